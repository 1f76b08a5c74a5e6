"""An oath signed before the contract, or before its signer joined, may be for something else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.view import ContractView
from tests.support.world import BEFORE, DURING, World

DAY = timedelta(days=1)


def told(world: World) -> list[str]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    return [one.text for one in findings(view) if one.check == "oath-too-early"]


@pytest.mark.parametrize(("days", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED), (1, State.SATISFIED)])
@pytest.mark.parametrize("joined", [False, True])
def test_an_oath_before_the_contract_or_the_person_is_a_doubt(
    world: World, joined: bool, days: int, state: State
) -> None:
    limit = BEFORE if joined else world.contract.signed_on
    world.oath(world.worker(joined_on=limit if joined else None), signed=limit + days * DAY)
    duty = world.duty(DURING, "oath", "before-start")
    assert duty.state is state
    early = [gap.text for gap in duty.missing]
    assert early == told(world)
    if days < 0:
        (text,) = early
        assert ("入社" if joined else "契約の締結") in text
        assert text.count("令和8年") == 2


def test_one_signed_in_time_stands_before_one_signed_too_early(world: World) -> None:
    person = world.worker()
    world.oath(person, signed=world.contract.signed_on - DAY)
    good = world.oath(person, signed=world.contract.signed_on)
    duty = world.duty(DURING, "oath", "before-start")
    assert (duty.state, [one.id for one in duty.evidence]) == (State.SATISFIED, [good.id])
    assert not told(world)


@pytest.mark.parametrize(("days", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED)])
def test_no_secrecy_is_promised_by_it(world: World, days: int, state: State) -> None:
    world.oath(world.worker(), signed=world.contract.signed_on + days * DAY)
    assert world.duty(DURING, "secrecy", "standing").state is state


@pytest.mark.parametrize(("days", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED)])
def test_the_oath_of_a_leaver_as_well(world: World, days: int, state: State) -> None:
    leaver = world.worker(left_on=DURING - DAY)
    on: date = world.contract.signed_on + days * DAY
    world.oath(leaver, signed=on, kind="退職時", given_back="入館証")
    assert world.duty(DURING, "retirement-secrecy", "on-leaving").state is state


@pytest.mark.parametrize(("days", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED)])
def test_who_has_gone_signed_for_this_contract_as_well(world: World, days: int, state: State) -> None:
    world.oath(world.worker())
    world.oath(world.worker("佐々木実", ends=DURING - DAY), signed=world.contract.signed_on + days * DAY)
    assert world.duty(DURING, "oath", "before-start").state is state
