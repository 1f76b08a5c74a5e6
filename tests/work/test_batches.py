"""Which papers belong to one act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import State, When
from app.duties.duty import Action
from app.duties.engine import duties
from app.duties.papers.grouping import Group, grouped
from app.records import Contract, LocationUse, Submission
from app.records.days import wareki
from app.work.batches import Due, called_for, due_together
from app.work.tasks import tasks
from app.work.uncalled import uncalled
from forms import all_forms
from tests.support.sample import DAY, KIMITSU, LATER, Sample

FORMS = all_forms()
START = frozenset({When.BEFORE_START})


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def called(sample: Sample, catalogue: Catalogue, day: date, when: frozenset[When]) -> list[str]:
    found = called_for(duties(sample.facts, catalogue, FORMS, day, KIMITSU), when)
    assert {one.contract for one in found} <= {KIMITSU}
    return [one.form for one in found]


def test_before_the_start_the_notices_are_called_for_once_each(catalogue: Catalogue) -> None:
    found = called(Sample(catalogue), catalogue, DAY, START)
    assert {"location-notice", "personnel-report"} <= set(found)
    assert len(found) == len(set(found))


def test_what_was_handed_in_is_not_called_for_until_it_changes(catalogue: Catalogue) -> None:
    sample = Sample(catalogue)
    statement = FORMS["location-notice"].gather(sample.case(KIMITSU))
    sample.submitted(statement)
    assert "location-notice" not in called(sample, catalogue, DAY, START)
    sample.moved()
    assert "location-notice" in called(sample, catalogue, LATER, frozenset({When.ON_CHANGE}))


def test_what_the_state_says_is_satisfied_or_not_due_is_never_called_for(catalogue: Catalogue) -> None:
    sample = Sample(catalogue)
    for day in (DAY - timedelta(days=400), DAY, LATER):
        held = duties(sample.facts, catalogue, FORMS, day, KIMITSU)
        calm = [duty for duty in held if duty.state in (State.SATISFIED, State.NOT_APPLICABLE)]
        assert called_for(calm, frozenset(When)) == ()


def due(sample: Sample, catalogue: Catalogue, day: date) -> tuple[Due, ...]:
    return due_together(tasks(duties(sample.facts, catalogue, FORMS, day, KIMITSU)))


def test_several_papers_of_a_start_are_offered_together_and_a_single_one_is_not(catalogue: Catalogue) -> None:
    sample = Sample(catalogue)
    (found,) = due(sample, catalogue, DAY)
    assert found.contract == KIMITSU
    held = tasks(duties(sample.facts, catalogue, FORMS, DAY, KIMITSU))
    started = [
        one
        for one in held
        if one.step.action is Action.ISSUE and any(START & set(duty.clause.when) for duty in one.duties)
    ]
    assert due_together(started[:1]) == ()
    assert due_together(started[:2]) == (Due(KIMITSU, 2),)


def said(sample: Sample, catalogue: Catalogue, day: date = DAY) -> dict[str, tuple[str, str]]:
    held = sample.facts
    owed = duties(held, catalogue, FORMS, day, KIMITSU)
    found = uncalled(held, held.get(Contract, KIMITSU), FORMS.values(), owed, day)
    return {one.form.id: (one.state, "".join(fact.sentence for fact in one.why)) for one in found}


def test_of_every_paper_before_the_start_that_is_not_called_for_it_is_said_why(catalogue: Catalogue) -> None:
    sample = Sample(catalogue)
    before = said(sample, catalogue)
    wanted = called(sample, catalogue, DAY, START)
    start = {form.id for form in grouped(FORMS.values())[Group.START]}
    assert not before.keys() & set(wanted)
    assert before.keys() | set(wanted) >= start
    assert all(state and why for state, why in before.values())
    assert any(state == "求めなし" and "特記事項は" in why for state, why in before.values())
    printed = sample.submitted(
        FORMS["location-notice"].gather(sample.case(KIMITSU)), submitted_on=None, how=""
    )
    state, why = said(sample, catalogue)["location-notice"]
    assert state == "提出待ち"
    assert printed.number in why
    sample.change(Submission, printed.id, submitted_on=DAY, how="持参")
    state, why = said(sample, catalogue)["location-notice"]
    assert (state, why) == ("提出済み", f"{wareki(DAY)}に提出済みです（文書番号{printed.number}）。")


def test_a_record_that_comes_before_the_paper_is_named_with_what_to_open(catalogue: Catalogue) -> None:
    sample = Sample(catalogue)
    sample.drop(LocationUse, *(use.id for use in sample.facts.of(LocationUse, "contract", KIMITSU)))
    held = sample.facts
    owed = duties(held, catalogue, FORMS, DAY, KIMITSU)
    found = uncalled(held, held.get(Contract, KIMITSU), FORMS.values(), owed, DAY)
    (place,) = [one for one in found if one.form.id == "location-notice"]
    assert place.state == "記録が先"
    assert all(fact.record for fact in place.why)
