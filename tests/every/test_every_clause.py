"""Every clause of a known annex is in the catalogue as labelled, and the two annexes are complete."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.duties.catalogue import Catalogue, Clause, load
from app.duties.kinds import KINDS, When

Row = dict[str, str]
COMPLETE = {"kimitsu-hoji": 43, "kawaguchi": 46}


def labelled() -> list[Row]:
    text = (Path(__file__).parent / "clauses.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def words(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


HELD = [annex.key for annex in load().annexes]
CLAUSES = [clause for annex in load().annexes for clause in annex.clauses]


def name(clause: Clause) -> str:
    return f"{clause.annex}-{clause.key}"


def test_the_list_of_clauses_has_all_rows_of_all_five_annexes() -> None:
    rows = labelled()
    assert len(rows) == 177
    assert {row["annex"] for row in rows} == {"kawaguchi", "besshi-44", "kimitsu-hoji", "hofu", "minato"}


def test_every_labelled_kind_and_moment_has_its_word() -> None:
    for row in labelled():
        assert set(words(row["duties"])) <= set(KINDS), row
        assert set(words(row["when"])) <= {str(moment) for moment in When}, row


def test_there_are_46_kinds_and_each_moment_has_a_label_of_its_own() -> None:
    assert len(KINDS) == 46
    assert len({kind.label for kind in KINDS.values()}) == 46
    assert len({moment.label for moment in When}) == len(When)


@pytest.mark.parametrize("annex", sorted(COMPLETE))
def test_the_annex_is_held_with_all_its_clauses(catalogue: Catalogue, annex: str) -> None:
    assert len(catalogue.clauses(annex)) == COMPLETE[annex]


@pytest.mark.parametrize("annex", HELD)
def test_each_clause_stands_as_labelled_in_number_kinds_and_moments(catalogue: Catalogue, annex: str) -> None:
    expected = [
        (row["clause"], words(row["duties"]), words(row["when"]))
        for row in labelled()
        if row["annex"] == annex
    ]
    found = [(clause.number, clause.kinds, clause.when) for clause in catalogue.clauses(annex)]
    assert found == expected


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_each_clause_reads_as_sentences_and_says_what_each_of_its_kinds_asks(clause: Clause) -> None:
    assert clause.heading
    assert clause.summary.endswith("。")
    assert "\n" not in clause.summary
    assert set(clause.asked) == set(clause.kinds)


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_a_ban_on_an_event_says_what_lifts_it(clause: Clause) -> None:
    for kind in {"copy-approval", "takeout-approval", "equipment-takeout", "subcontract-approval"} & set(
        clause.kinds
    ):
        assert clause.asks(kind).exception, f"{clause.number} {kind}"


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_a_named_document_or_training_says_what_it_must_cover(clause: Clause) -> None:
    needed = {
        "responsible-person": "roles",
        "training": "topics",
        "disposal-certificate": "items",
        "incident-notice": "mishaps",
        "domestic-storage": "country",
    }
    for kind in clause.kinds:
        if kind in needed:
            assert getattr(clause.asks(kind), needed[kind]), f"{clause.number} {kind}"
