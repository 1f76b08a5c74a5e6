"""What a new version changes, clause by clause, and what it does to a contract that goes over to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.annexes.own.annexes import read_own
from app.annexes.own.overlay import Overlay, resolve
from app.annexes.revision import Revision, compare
from app.common import PeopleError
from app.duties.whatif.revision_effects import Effects, applied, effects
from app.records import Attestation, ClauseText
from app.records.contract import ContractParameter
from tests.support.annexes import overlay
from tests.support.papers import FORMS
from tests.support.world import DURING, World

PLACE = '[[change]]\nkey = "work-location"\n'


def revised(shipped: Catalogue, body: str) -> Annex:
    """The second version of the annex, with these changes."""
    held = read_own(overlay(body, key="kimitsu-hoji", version=2), "見本")
    assert isinstance(held, Overlay)
    return resolve(held, shipped.annex("kimitsu-hoji"))


def compared(shipped: Catalogue, body: str) -> Revision:
    return compare(shipped.annex("kimitsu-hoji"), revised(shipped, body))


def effect(world: World, shipped: Catalogue, body: str, day: date = DURING) -> Effects:
    new = revised(shipped, body)
    return effects(world.facts(), world.catalogue, FORMS, day, world.contract, new)


@pytest.fixture
def bound(world: World) -> World:
    """A contract under the first version."""
    world.under("kimitsu-hoji")
    return world


def test_a_version_without_changes_keeps_every_clause(shipped: Catalogue) -> None:
    found = compared(shipped, "")
    assert [clause.key for clause in found.kept] == [c.key for c in shipped.annex("kimitsu-hoji").clauses]
    assert (found.changed, found.added, found.retired) == ((), (), ())


def test_each_changed_field_stands_before_and_after(shipped: Catalogue) -> None:
    body = (
        PLACE + 'number = "第6条の2"\nwhen = ["before-start"]\n'
        'parameters.days_before = 14\nunset = ["urgency"]\n'
    )
    (one,) = compared(shipped, body).changed
    found = {difference.field: (difference.before, difference.after) for difference in one.differences}
    assert found == {
        "number": ("第6条第4項", "第6条の2"),
        "when": (["before-start", "on-change"], ["before-start"]),
        "days_before": (1, 14),
        "urgency": ("あらかじめ", None),
    }
    assert [difference.parameter for difference in one.differences] == [False, False, True, True]


def test_a_parameter_of_one_kind_is_told_with_its_kind(shipped: Catalogue) -> None:
    (one,) = compared(shipped, PLACE + "parameters.work-location.days_before = 14\n").changed
    (difference,) = one.differences
    assert (difference.kind, difference.field, difference.after) == ("work-location", "days_before", 14)


def test_new_and_retired_clauses_are_told_apart(shipped: Catalogue) -> None:
    found = compared(
        shipped,
        'drop = ["copying"]\n[[clause]]\nafter = "copying"\n'
        'key = "other"\nnumber = "第5条"\nheading = "別の定め"\n'
        'summary = "別のことを定めます。"\nkinds = ["law"]\nwhen = ["standing"]\n',
    )
    assert [clause.key for clause in found.added] == ["other"]
    assert [clause.key for clause in found.retired] == ["copying"]


def test_a_clause_under_another_key_is_found_again_by_its_text(shipped: Catalogue) -> None:
    old = shipped.annex("kimitsu-hoji")
    clauses = tuple(
        replace(clause, key="renamed") if clause.key == "copying" else clause for clause in old.clauses
    )
    found = compare(old, replace(old, version=2, clauses=clauses))
    (one,) = found.changed
    assert [(d.field, d.before, d.after) for d in one.differences] == [("key", "copying", "renamed")]
    assert (found.added, found.retired) == ((), ())


def test_a_new_clause_brings_a_duty_and_a_dropped_one_takes_it(bound: World, shipped: Catalogue) -> None:
    found = effect(
        bound,
        shipped,
        'drop = ["copying"]\n[[clause]]\nkey = "pledge"\nnumber = "第90条"\nheading = "誓約"\n'
        'summary = "誓約です。"\nkinds = ["oath"]\nwhen = ["before-start"]\n',
    )
    assert [(duty.clause.number, duty.kind) for duty in found.appearing] == [("第90条", "oath")]
    assert [(duty.clause.number, duty.kind) for duty in found.disappearing] == [("第5条", "copy-approval")]


def test_a_longer_notice_moves_the_deadline(bound: World, shipped: Catalogue) -> None:
    bound.use(bound.place())
    found = effect(bound, shipped, PLACE + "parameters.days_before = 14\n")
    (moved,) = found.moved
    assert (moved.before.due, moved.after.due) == (date(2026, 3, 31), date(2026, 3, 17))
    assert moved.after.state is State.OVERDUE
    assert (found.appearing, found.disappearing) == ((), ())


def test_a_number_alone_moves_no_duty(bound: World, shipped: Catalogue) -> None:
    found = effect(bound, shipped, PLACE + 'number = "第6条の2"\n')
    assert (found.appearing, found.disappearing, found.moved) == ((), (), ())


def test_values_of_the_contract_follow_their_clause(bound: World, shipped: Catalogue) -> None:
    bound.change(
        bound.contract,
        parameters=(
            ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name="days_before", value="5"),
            ContractParameter(annex="kimitsu-hoji", clause="第5条", name="submit", value="none"),
        ),
    )
    body = 'drop = ["copying"]\n' + PLACE + 'number = "第6条の2"\n'
    contract = applied(bound.facts(), bound.contract, compared(shipped, body))[0]
    assert [row.version for row in contract.annexes] == [2]
    assert [(row.clause, row.value) for row in contract.parameters] == [("第6条の2", "5")]
    (dropped,) = effect(bound, shipped, body).dropped
    assert dropped.clause == "第5条"


def test_a_confirmation_does_not_pass_to_another_clause_with_its_number(
    bound: World, shipped: Catalogue
) -> None:
    given: dict[str, Any] = {"contract": bound.contract.id, "annex": "kimitsu-hoji"}
    kept = bound.add(Attestation(clause="第2条", confirmed_on=DURING, kept=True, **given))
    bound.add(Attestation(clause="第4条", confirmed_on=DURING, kept=True, **given))
    bound.add(ClauseText(clause="第4条", text="写し", **given))
    body = (
        '[[change]]\nkey = "purpose"\nnumber = "第4条の2"\n'
        '[[clause]]\nkey = "other"\nnumber = "第4条"\nheading = "別の定め"\nsummary = "別のことです。"\n'
        'kinds = ["purpose-limit"]\nwhen = ["standing"]\n'
    )
    _, *others = applied(bound.facts(), bound.contract, compared(shipped, body))
    assert [(type(one), one.clause) for one in others] == [  # type: ignore[attr-defined]  # both name a clause
        (Attestation, "第4条（第1版）"),
        (ClauseText, "第4条（第1版）"),
    ]
    found = effect(bound, shipped, body)
    assert kept not in found.outdated
    assert [one.clause for one in found.outdated] == ["第4条", "第4条"]


def test_a_contract_without_the_annex_is_named(world: World, shipped: Catalogue) -> None:
    world.under("kawaguchi")
    with pytest.raises(PeopleError, match="契約「架空業務」の特記事項に"):
        effect(world, shipped, "")
