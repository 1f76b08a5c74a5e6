"""Every clause of the five annexes is in the catalogue as labelled, and says all that it asks."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from app.annexes.catalogue import Annex, Catalogue, load
from app.annexes.choices import Submit
from app.annexes.clause import Clause
from app.annexes.kinds import KINDS, When
from app.records.contract import Option

Row = dict[str, str]
COMPLETE = {"besshi-44": 44, "hofu": 21, "kawaguchi": 46, "kimitsu-hoji": 43, "minato": 23}


def labelled() -> list[Row]:
    text = (Path(__file__).parent / "clauses.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def words(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


ANNEXES = load().annexes
CLAUSES = [clause for annex in ANNEXES for clause in annex.clauses]
every_annex = pytest.mark.parametrize("annex", ANNEXES, ids=lambda annex: annex.key)


def name(clause: Clause) -> str:
    return f"{clause.annex}-{clause.key}"


def test_the_list_of_clauses_has_all_rows_of_all_five_annexes() -> None:
    rows = labelled()
    assert len(rows) == sum(COMPLETE.values()) == 177
    assert {row["annex"] for row in rows} == set(COMPLETE)


def test_every_labelled_kind_and_moment_has_its_word() -> None:
    for row in labelled():
        assert set(words(row["when"])) <= {str(moment) for moment in When}, row
    assert {kind for row in labelled() for kind in words(row["duties"])} == set(KINDS)


def test_each_kind_and_each_moment_has_a_label_of_its_own() -> None:
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)
    assert len({moment.label for moment in When}) == len(When)


@pytest.mark.parametrize("annex", sorted(COMPLETE))
def test_the_annex_is_held_with_all_its_clauses(catalogue: Catalogue, annex: str) -> None:
    assert len(catalogue.clauses(annex)) == COMPLETE[annex]


@every_annex
def test_each_clause_stands_as_labelled_in_number_kinds_and_moments(annex: Annex) -> None:
    expected = [
        (row["clause"], words(row["duties"]), words(row["when"]))
        for row in labelled()
        if row["annex"] == annex.key
    ]
    found = [(clause.number, clause.kinds, clause.when) for clause in annex.clauses]
    assert found == expected


@every_annex
def test_the_options_of_an_annex_can_be_chosen_on_a_contract_and_switch_something(annex: Annex) -> None:
    offered = {option.key for option in annex.options}
    assert offered <= {str(option) for option in Option}
    assert offered == {option for clause in annex.clauses for option in clause.options}


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_each_clause_reads_as_sentences_and_says_what_each_of_its_kinds_asks(clause: Clause) -> None:
    assert clause.heading
    assert clause.summary.endswith("。")
    assert "\n" not in clause.summary
    assert set(clause.asked) == set(clause.kinds)


BANS = {
    "copy-approval",
    "takeout-approval",
    "equipment-takeout",
    "bringin-approval",
    "subcontract-approval",
    "disposal-approval",
}


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_a_ban_on_an_event_says_what_lifts_it(clause: Clause) -> None:
    for kind in BANS & set(clause.kinds):
        assert clause.asks(kind).exception, f"{clause.number} {kind}"


NEEDED = {
    "responsible-person": "roles",
    "training": "topics",
    "law": "items",
    "transfer-method": "items",
    "management-rules": "items",
    "status-report": "items",
    "disposal-certificate": "items",
    "incident-notice": "mishaps",
    "data-subject-request": "answer",
    "software-hygiene": "period_months",
    "backup-check": "period_months",
    "domestic-storage": "country",
}
"""Kind → what a clause of it must say, or nobody could tell when it is fulfilled."""


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_a_clause_says_what_its_kinds_cannot_be_judged_without(clause: Clause) -> None:
    for kind in set(clause.kinds) & set(NEEDED):
        assert getattr(clause.asks(kind), NEEDED[kind]), f"{clause.number} {kind}"


CONFIRMED = {
    "secrecy",
    "purpose-limit",
    "collection-limit",
    "law",
    "security-measures",
    "supervision",
    "management-system",
}
"""Kinds that rest on somebody's word or on a check, which grows old."""


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_what_is_always_to_be_kept_is_confirmed_again_within_a_period(clause: Clause) -> None:
    if When.STANDING not in clause.when:
        return
    for kind in CONFIRMED & set(clause.kinds):
        asks = clause.asks(kind)
        assert (asks.period_months, "period_months" in asks.assumed) == (12, True), f"{clause.number} {kind}"


@pytest.mark.parametrize("clause", CLAUSES, ids=name)
def test_a_report_in_stages_says_how_soon_the_second_follows_and_a_submission_when_it_is_due(
    clause: Clause,
) -> None:
    for kind in clause.kinds:
        asks = clause.asks(kind)
        assert (asks.then is not None) == (asks.stages == 2), f"{clause.number} {kind}"
        if asks.submit is Submit.PROMPTLY:
            assert asks.urgency or "submit" in asks.assumed, f"{clause.number} {kind}"


# What was published stays as it was: contracts name an annex by its version.


def published() -> dict[str, dict[str, str]]:
    """Annex → version → SHA-256 of its content as it was published."""
    text = (files("resources") / "annexes" / "published.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def digest(annex: str) -> str:
    """SHA-256 of what an annex says, whatever its layout, comments and order of keys."""
    text = (files("resources") / "annexes" / f"{annex}.toml").read_text(encoding="utf-8")
    content = json.dumps(tomllib.loads(text), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


@every_annex
def test_a_published_version_of_an_annex_is_never_changed(annex: Annex) -> None:
    held = published().get(annex.key, {})
    version = str(annex.version)
    assert held.get(version) == digest(annex.key), (
        f"The content of {annex.key}.toml is not what published.json holds for version {version}. "
        f"If that version has been released, raise `version` in {annex.key}.toml; then write "
        f'"<version>": "<digest>" under "{annex.key}" in resources/annexes/published.json. '
        f"The digest of what stands there now (the version counts too) is {digest(annex.key)}."
    )
    assert version == max(held, key=int), f"{annex.key}.toml is older than its last published version."


def test_no_published_annex_is_taken_away() -> None:
    assert set(published()) <= {annex.key for annex in ANNEXES}
