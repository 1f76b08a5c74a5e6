"""Imports by their plan: what is read, what is refused, and that nothing is ever half written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import Cancelled, PeopleError, Progress
from app.exchange import json_text
from app.exchange.coming_in import importing
from app.exchange.demo import sample, settle
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.records import SPECS, Facts, Person
from app.start import Product

DAY = date(2026, 11, 21)
IMPORTED = [name for name, spec in SPECS.items() if spec.by_hand]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("import")
    made, _ = Product().create(folder / "l.jutaku", "correct horse battery", "髙橋", Cost(8192, 1, 1))
    with made as ledger:
        for kind in IMPORTED:
            entries = settle(sample(kind), DAY)
            importing.apply(ledger, importing.plan(ledger.facts(), SPECS[kind], entries), None)
        yield ledger


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**13), 10**13) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged_entries(draw: st.DrawFn) -> tuple[str, list[Any]]:
    """Sample entries with fields taken out, put in, or replaced by anything at all."""
    kind = draw(st.sampled_from(IMPORTED))
    held = settle(sample(kind), DAY)
    entries = []
    for entry in draw(st.lists(st.sampled_from(held), min_size=1, max_size=4)):
        changed = dict(entry)
        for _ in range(draw(st.integers(0, 3))):
            name = draw(st.sampled_from([f.name for f in SPECS[kind].fields] + ["id", "zz", ""]))
            changed[name] = draw(json_values)
        entries.append(changed if draw(st.integers(0, 9)) else draw(json_values))
    return kind, entries


@settings(max_examples=250)
@given(damaged_entries(), st.booleans())
def test_no_entry_whatever_crashes_the_plan(
    ledger: Ledger, case: tuple[str, list[Any]], update: bool
) -> None:
    kind, entries = case
    planned = importing.plan(ledger.facts(), SPECS[kind], entries, update=update)
    assert len(planned.rows) == len(entries)
    assert bool(planned.problems) == (planned.counts["error"] > 0)
    for problem in planned.problems:
        sentence = planned.sentence_of(problem)
        assert sentence.endswith("。")
        assert "\n" not in sentence


@settings(max_examples=60)
@given(damaged_entries(), st.booleans())
def test_an_import_writes_all_or_nothing(ledger: Ledger, case: tuple[str, list[Any]], update: bool) -> None:
    kind, entries = case
    before = (ledger.head(), snapshot(ledger.facts()))
    planned = importing.plan(ledger.facts(), SPECS[kind], entries, update=update)
    try:
        counts = importing.apply(ledger, planned, None)
    except PeopleError:
        assert (ledger.head(), snapshot(ledger.facts())) == before
    else:
        written = counts["new"] + counts["changed"]
        assert ledger.head().sequence == before[0].sequence + written
    assert ledger.quick_check().ok


@settings(max_examples=300)
@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    try:
        entries, encoding = json_text.read_entries(data)
    except PeopleError as error:
        said = error.sentence
    else:
        said = f"{len(entries)}件を{encoding}で読みました。"
    assert said.endswith("。")
    assert "\n" not in said


@pytest.mark.parametrize(
    "entry",
    [{"a\nb": 1}, {"employment": "社\n員"}, {"employment": "長" * 100_000}, {"joined_on": "\x00\u2028"}],
)
def test_foreign_text_in_a_sentence_breaks_no_line_and_floods_nobody(
    ledger: Ledger, entry: dict[str, Any]
) -> None:
    planned = importing.plan(ledger.facts(), Person.spec, [{"name": "山", "employment": "社員", **entry}])
    (sentence,) = {planned.sentence_of(problem) for problem in planned.problems}
    assert sentence.isprintable()
    assert len(sentence) < 500
    assert sentence.endswith("。")


def snapshot(facts: Facts) -> list[object]:
    return [record for spec in SPECS.values() for record in facts.all(spec.cls)]


@pytest.mark.parametrize("kind", IMPORTED)
def test_the_export_of_every_kind_fills_an_empty_ledger(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    made, _ = Product().create(tmp_path / "two.jutaku", "correct horse battery", "髙橋", Cost(8192, 1, 1))
    facts = ledger.facts()
    with made as other:
        for name in IMPORTED:
            exported = json.loads(json.dumps(importing.export(facts, SPECS[name])))
            importing.apply(other, importing.plan(other.facts(), SPECS[name], exported), None)
            if name == kind:
                break
        again = [without_id(entry) for entry in importing.export(other.facts(), SPECS[kind])]
    assert again == [without_id(entry) for entry in importing.export(facts, SPECS[kind])]


def without_id(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "id"}


def test_a_cancelled_import_leaves_nothing(ledger: Ledger) -> None:
    before = ledger.head()
    people = [{"name": f"者{n}", "employment": "社員"} for n in range(20)]
    planned = importing.plan(ledger.facts(), Person.spec, people)
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 10 else None)
    with pytest.raises(Cancelled):
        importing.apply(ledger, planned, None, progress)
    assert ledger.head() == before


def test_a_backup_that_fails_stops_the_import(ledger: Ledger, tmp_path: Path) -> None:
    before = ledger.head()
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    planned = importing.plan(ledger.facts(), Person.spec, [{"name": "山", "employment": "社員"}])
    with pytest.raises(PeopleError):
        importing.apply(ledger, planned, blocked)
    assert ledger.head() == before


def test_a_record_changed_meanwhile_is_not_overwritten(ledger: Ledger) -> None:
    entry = {"employee_number": "E-004", "post": "課長", "holds_from": "訂正"}
    planned = importing.plan(ledger.facts(), Person.spec, [entry], update=True)
    other = importing.plan(ledger.facts(), Person.spec, [{**entry, "post": "係長"}], update=True)
    importing.apply(ledger, other, None)
    with pytest.raises(importing.ImportRefusedError, match=r"1件目：.*他の画面で変更"):
        importing.apply(ledger, planned, None)


def test_a_file_with_a_mark_and_one_without_read_alike() -> None:
    text = '[{"name":"髙橋"}]'
    assert json_text.read_entries(b"\xef\xbb\xbf" + text.encode()) == ([{"name": "髙橋"}], "UTF-8")
    assert json_text.read_entries(text.encode("cp932")) == ([{"name": "髙橋"}], "Shift_JIS（CP932）")


def test_more_entries_than_allowed_are_refused_before_they_are_looked_at() -> None:
    data = b"[" + b"1," * json_text.MOST_ENTRIES + b"1]"
    with pytest.raises(PeopleError, match="100,000件まで"):
        json_text.read_entries(data)


@pytest.mark.parametrize("kind", ["incident", "audit", "approval", "person", "asset", "device"])
def test_what_gets_its_number_from_the_ledger_is_not_brought_in_twice(ledger: Ledger, kind: str) -> None:
    spec, facts = SPECS[kind], ledger.facts()
    held = facts.all(spec.cls)[0]
    entry = {**spec.to_json(held, facts.key_of), spec.number_field: ""}
    (problem,) = importing.plan(facts, spec, [entry]).problems
    assert f"（{facts.key(held)}）が既に登録されています" in problem.sentence
    assert "番号を書いてください" in problem.sentence
    again = importing.plan(facts, spec, [entry], update=True)
    assert (again.counts["same"], again.counts["new"], again.problems) == (1, 0, ())


@pytest.mark.parametrize(
    "other", [{"number": "I-901"}, {"place": "別の作業室"}], ids=["a number", "another place"]
)
def test_a_second_accident_comes_in_with_what_tells_it_apart(ledger: Ledger, other: dict[str, str]) -> None:
    spec, facts = SPECS["incident"], ledger.facts()
    entry = {
        **spec.to_json(facts.all(spec.cls)[0], facts.key_of),
        "number": "",
        **other,
    }
    plan = importing.plan(facts, spec, [entry])
    assert (plan.counts["new"], plan.problems) == (1, ())
