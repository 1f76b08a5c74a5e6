"""An assessment made after a change is the one made anew, whatever changed, and spares what it can."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.common import Cancelled, Progress
from app.duties.case import FormFace, MissingFactsError
from app.duties.change_notices import drift
from app.duties.engine import duties
from app.duties.evaluators import EVALUATORS
from app.duties.verdict import Question, Verdict
from app.records import SPECS, Asset, Contract, Event, Facts, Location, Person, Submission, Vendor, fields_of
from app.records.contract import ContractAnnex
from app.records.kinds import Ref, Rows
from app.work.assessing import assess
from app.work.assessment import Assessment
from forms import all_forms
from tests.support.plain import plain
from tests.support.sample import KAWAGUCHI, KIMITSU, Sample
from tests.support.values import holders

CATALOGUE = load()
FORMS = all_forms()
DAY = date(2026, 8, 20)
ANNEXES = tuple(annex.key for annex in CATALOGUE.annexes)


IDS = st.integers(1, 2)


def in_use(facts: Facts) -> Mapping[str, set[int]]:
    """The records that others name: the door lets nobody retire them."""
    found: dict[str, set[int]] = defaultdict(set)
    for spec in SPECS.values():
        for record in facts.all(spec.cls):
            for kind, number in named_by(record):
                found[kind].add(number)
    return found


def named_by(holder: Any) -> Iterator[tuple[str, int]]:
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if isinstance(field.kind, Rows):
            for row in value:
                yield from named_by(row)
        elif isinstance(field.kind, Ref) and value is not None:
            yield field.kind.to, value


def office() -> Facts:
    """The sample ledger under every annex there is, with every document that it can print submitted.

    Two plain records of each type that it has none of: every reference leads somewhere.
    """
    sample = Sample(CATALOGUE)
    for contract, keys in ((KIMITSU, ANNEXES[::2]), (KAWAGUCHI, ANNEXES[1::2])):
        sample.change(Contract, contract, annexes=tuple(ContractAnnex(annex=key) for key in keys))
        for form in FORMS.values():
            try:
                sample.submitted(form.gather(sample.case(contract)))
            except MissingFactsError:
                continue
    bare = [spec.cls for spec in SPECS.values() if not sample.facts.all(spec.cls)]
    return sample.facts.replaced(plain(cls, id=number) for cls in bare for number in (1, 2))


OFFICE = office()
IN_USE = in_use(OFFICE)
BEFORE = assess(OFFICE, CATALOGUE, FORMS, DAY)
YESTERDAY = DAY - timedelta(days=1)
DAYS = st.one_of(
    st.sampled_from(
        [date(2019, 4, 30), date(2019, 5, 1), date(2026, 3, 31), date(2026, 12, 31), date(2028, 2, 29)]
    ),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(-40, 40).map(lambda days: DAY + timedelta(days=days)),
)
"""The end of an era, of a fiscal year, of a year, of a long February; days of the ledger; days nearby."""


def made_anew(facts: Facts, today: date | None = None, day: date = DAY) -> Assessment:
    every = (record for spec in SPECS.values() for record in facts.all(spec.cls))
    return assess(Facts(every), CATALOGUE, FORMS, day, today=today)


def same(one: Assessment, other: Assessment) -> bool:
    """Whether both say the same in everything but what was asked of the facts to find it."""
    return answers(one) == answers(other)


def answers(made: Assessment) -> tuple[object, ...]:
    by_contract = [
        (number, one.duties, one.drifts, one.findings, one.planned) for number, one in made.contracts.items()
    ]
    whole = (made.duties, made.drifts, made.unknown, made.findings, made.planned)
    return made.day, by_contract, whole


def changed(facts: Facts, name: str, data: st.DataObject) -> Facts:
    """``facts`` after a record of a type was entered, written anew with other values, or retired."""
    cls: type[Any] = SPECS[name].cls
    held = [record.id for record in facts.all(cls)]
    number = data.draw(st.sampled_from([*held, max(held, default=0) + 1]))
    if number in held and number not in IN_USE[name] and data.draw(st.booleans()):
        return facts.replaced([], [(cls, number)])
    fixed: dict[str, Any] = {"id": number}
    if cls is Contract:
        keys = data.draw(st.lists(st.sampled_from(ANNEXES), unique=True, max_size=2))
        fixed["annexes"] = tuple(ContractAnnex(annex=key) for key in keys)
    if cls is Submission:
        other = data.draw(st.sampled_from(facts.all(Submission)))
        fixed |= {"statement": other.statement, "form": other.form}
    return facts.replaced([data.draw(holders(cls, IDS, **fixed))])


@pytest.mark.parametrize("name", SPECS)
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_after_any_change_it_is_as_if_made_anew(name: str, data: st.DataObject) -> None:
    after = changed(OFFICE, name, data)
    today = data.draw(st.sampled_from((None, YESTERDAY, DAY)))
    assert same(assess(after, CATALOGUE, FORMS, DAY, BEFORE, today=today), made_anew(after, today))


def test_it_holds_what_duties_and_drift_answer_one_by_one() -> None:
    facts = OFFICE.replaced([replace(OFFICE.get(Location, 1), address="架空市2-2")])
    made = assess(facts, CATALOGUE, FORMS, DAY)
    assert made.duties == duties(facts, CATALOGUE, FORMS, DAY)
    assert made.drifts == drift(facts, CATALOGUE, FORMS, DAY)
    assert made.drifts
    for contract in (KIMITSU, KAWAGUCHI):
        assert made.of(contract) == duties(facts, CATALOGUE, FORMS, DAY, contract)
        assert made.drifts_of(contract) == drift(facts, CATALOGUE, FORMS, DAY, contract)
        assert made.counts(contract).total() == len(made.of(contract))
    assert not made.of(99)
    assert not made.drifts_of(99)
    stale = {one.submission.id for one in made.drifts}
    assert {one.id for one in facts.all(Submission) if made.stale(one)} == stale


def spared(facts: Facts, day: date = DAY) -> set[int]:
    """The contracts that were not reckoned again."""
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    made = assess(facts, CATALOGUE, FORMS, day, before)
    return {number for number, one in made.contracts.items() if one is before.contracts.get(number)}


def test_a_change_of_one_contract_spares_the_others() -> None:
    event = next(one for one in OFFICE.all(Event) if _contract_of(one) == KIMITSU)
    assert spared(OFFICE.replaced([replace(event, quantity=event.quantity + 1)])) == {KAWAGUCHI}
    assert spared(OFFICE) == {KIMITSU, KAWAGUCHI}


def _contract_of(event: Event) -> int:
    return OFFICE.get(Asset, event.asset).contract


def test_a_contract_that_is_new_or_gone_comes_and_goes() -> None:
    new = replace(OFFICE.get(Contract, KIMITSU), id=9, number="9", title="新しい契約")
    made = assess(OFFICE.replaced([new]), CATALOGUE, FORMS, DAY, BEFORE)
    assert made.of(9)
    gone = assess(OFFICE.replaced([], [(Contract, KIMITSU)]), CATALOGUE, FORMS, DAY, BEFORE)
    assert [*gone.contracts] == [KAWAGUCHI]
    assert {duty.contract for duty in gone.duties} == {KAWAGUCHI}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Contract and kind of each duty that an evaluator was asked about."""
    asked: list[tuple[int, str]] = []

    def noting(kind: str, judge: Callable[[Question], Verdict]) -> Callable[[Question], Verdict]:
        def judged(question: Question) -> Verdict:
            asked.append((question.view.contract.id, kind))
            return judge(question)

        return judged

    every = {kind: replace(one, judge=noting(kind, one.judge)) for kind, one in EVALUATORS.items()}
    monkeypatch.setattr("app.duties.engine.EVALUATORS", every)
    return asked


def test_only_what_asked_for_a_place_is_judged_again(judged: list[tuple[int, str]]) -> None:
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    every = {*judged}
    judged.clear()
    place = replace(OFFICE.get(Location, 1), room="別室")
    made = assess(OFFICE.replaced([place]), CATALOGUE, FORMS, DAY, before)
    kinds = {kind for _contract, kind in judged}
    assert {"work-location", "locked-storage", "worker-list"} <= kinds, "the list of workers names the place"
    assert not kinds & {"oath", "training", "incident-notice", "backup"}
    assert len(judged) < len(every) / 2
    judged.clear()
    assess(made.facts.replaced([replace(OFFICE.get(Event, 1), note="変更")]), CATALOGUE, FORMS, DAY, made)
    assert judged
    judged.clear()
    assess(made.facts, CATALOGUE, FORMS, DAY, made)
    assert not {contract for contract, _kind in judged} - {_contract_of(OFFICE.get(Event, 1))}


def test_what_a_duty_says_again_is_no_reason_to_look_at_more(judged: list[tuple[int, str]]) -> None:
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    judged.clear()
    noted = OFFICE.replaced([replace(OFFICE.get(Location, 1), note="鍵は総務課")])
    made = assess(noted, CATALOGUE, FORMS, DAY, before)
    assert judged
    for number, one in made.contracts.items():
        former = before.contracts[number]
        pairs = (
            *zip(one.duties, former.duties, strict=True),
            *zip(one.findings, former.findings, strict=True),
        )
        assert all(new is old for new, old in pairs)


def test_stopped_half_way_and_begun_again_it_is_as_if_made_anew() -> None:
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    place = replace(OFFICE.get(Location, 1), lock="", entry_control="", store="", country="米国")
    facts = OFFICE.replaced([place])
    progress = Progress(lambda _done, _total, _what: progress.cancel())
    with pytest.raises(Cancelled):
        assess(facts, CATALOGUE, FORMS, DAY, before, progress)
    then = facts.replaced([replace(OFFICE.get(Person, 2), name="別名")])
    assert same(assess(then, CATALOGUE, FORMS, DAY, before), made_anew(then))
    assert same(assess(OFFICE, CATALOGUE, FORMS, DAY, before), made_anew(OFFICE))


def test_what_could_not_be_judged_is_judged_anew_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assess(OFFICE, CATALOGUE, FORMS, DAY)
    facts = OFFICE.replaced([replace(OFFICE.get(Location, 1), lock="", entry_control="", store="")])

    def broken(_question: Question) -> Verdict:
        raise RuntimeError("a fault of an evaluator")

    every = dict(EVALUATORS)
    with monkeypatch.context() as patched:
        every["locked-storage"] = replace(every["locked-storage"], judge=broken)
        patched.setattr("app.duties.engine.EVALUATORS", every)
        with pytest.raises(RuntimeError):
            assess(facts, CATALOGUE, FORMS, DAY, before)
    assert same(assess(facts, CATALOGUE, FORMS, DAY, before), made_anew(facts))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_over_any_history_it_is_as_if_made_anew(data: st.DataObject) -> None:
    """Records entered, changed and retired, steps undone, contracts under other annexes, other days asked."""
    past, day = [OFFICE], DAY
    made = assess(OFFICE, CATALOGUE, FORMS, DAY)
    for _step in range(data.draw(st.integers(2, 5))):
        if data.draw(st.integers(0, 3)) == 0:
            facts = data.draw(st.sampled_from(past))
        else:
            facts = changed(past[-1], data.draw(st.sampled_from(sorted(SPECS))), data)
        past.append(facts)
        day = data.draw(st.one_of(st.just(day), DAYS))
        made = assess(facts, CATALOGUE, FORMS, day, made)
        assert same(made, made_anew(facts, day=day))


def test_on_another_day_only_what_turns_by_then_is_judged_again(judged: list[tuple[int, str]]) -> None:
    made = assess(OFFICE, CATALOGUE, FORMS, DAY)
    every = len(judged)
    judged.clear()
    made = assess(OFFICE, CATALOGUE, FORMS, DAY + timedelta(days=1), made)
    assert len(judged) < every / 10
    after = OFFICE.get(Contract, KIMITSU).last_day + timedelta(days=1)
    judged.clear()
    made = assess(OFFICE, CATALOGUE, FORMS, after, made)
    assert len(judged) > every / 3, "the work has ended"
    assert same(made, made_anew(OFFICE, day=after))


def test_another_catalogue_or_set_of_forms_spares_nothing() -> None:
    others: list[tuple[Catalogue, Mapping[str, FormFace]]] = [(load(), FORMS), (CATALOGUE, dict(FORMS))]
    for catalogue, forms in others:
        before = assess(OFFICE, CATALOGUE, FORMS, DAY)
        made = assess(OFFICE, catalogue, forms, DAY, before)
        assert not any(one is before.contracts[number] for number, one in made.contracts.items())


def test_changes_one_after_the_other_are_all_seen() -> None:
    facts, made = OFFICE, BEFORE
    for change in (
        replace(OFFICE.get(Location, 1), lock="", entry_control="", store=""),
        replace(OFFICE.get(Person, 2), name="葛\U000e0100城"),
        replace(OFFICE.get(Vendor, 1), name="別の会社"),
    ):
        facts = facts.replaced([change])
        made = assess(facts, CATALOGUE, FORMS, DAY, made)
        assert same(made, made_anew(facts))


def test_what_the_clock_is_checked_against_is_never_taken_from_before() -> None:
    written = replace(OFFICE.get(Person, 2), recorded_at=datetime.combine(DAY, time(9)))
    facts = OFFICE.replaced([written])
    late = assess(facts, CATALOGUE, FORMS, DAY, today=YESTERDAY)
    assert [one.id for one in late.findings if one.check == "clock-set-back"] == [2]
    for today in (DAY, None, YESTERDAY):
        made = assess(facts, CATALOGUE, FORMS, DAY, late, today=today)
        assert same(made, made_anew(facts, today))
        assert any(one.check == "clock-set-back" for one in made.findings) is (today == YESTERDAY)


def test_the_search_for_cycles_is_on_again_afterwards_and_off_where_it_was() -> None:
    progress = Progress(lambda _done, _total, _what: progress.cancel())
    assert gc.isenabled()
    with pytest.raises(Cancelled):
        assess(OFFICE, CATALOGUE, FORMS, DAY, progress=progress)
    assert gc.isenabled()
    gc.disable()
    try:
        assess(OFFICE, CATALOGUE, FORMS, DAY, BEFORE)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_can_be_stopped_between_two_contracts() -> None:
    seen: list[str] = []

    def say(done: int, total: int, what: str) -> None:
        seen.append(f"{done}/{total} {what}")
        progress.cancel()

    progress = Progress(say)
    with pytest.raises(Cancelled):
        assess(OFFICE, CATALOGUE, FORMS, DAY, progress=progress)
    assert seen == [f"0/2 {OFFICE.get(Contract, KIMITSU).title}"]


def test_the_bench_prints_a_line_for_each_size() -> None:
    script = Path(__file__).parents[2] / "packaging" / "bench" / "bench_duties.py"
    done = subprocess.run(
        [sys.executable, str(script), "--quick", "--growth", "1", "2"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    assert "whole ms" in head
    assert [line.split()[0] for line in lines] == ["2", "4"]
