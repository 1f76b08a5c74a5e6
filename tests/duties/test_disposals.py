"""Which disposal leaves nothing readable, and what certifies it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.choices import Act
from app.annexes.kinds import State
from app.duties.duty import Duty
from tests.support.world import DURING, World

LATER = DURING + timedelta(days=5)


def disposal_duty(world: World, *acts: Act, **more: Any) -> Duty:
    return world.duty(LATER, "disposal", "each-time", acts=acts, **more)


@pytest.mark.parametrize(
    ("medium", "method", "state"),
    [
        ("紙", "裁断", State.SATISFIED),
        ("紙", "溶解", State.SATISFIED),
        ("紙", "物理的破壊", State.DUE),
        ("光学媒体", "裁断", State.SATISFIED),
        ("光学媒体", "磁気消去", State.DUE),
        ("外付HDD", "磁気消去", State.SATISFIED),
        ("USBメモリ", "焼却", State.DUE),
        ("電子データ", "データ消去ソフトウェアによる消去", State.SATISFIED),
        ("その他：マイクロフィルム", "焼却", State.CONFIRM),
    ],
)
def test_a_method_must_fit_its_medium(world: World, medium: str, method: str, state: State) -> None:
    world.disposal(world.received(medium=medium), method=method, tool="消去ソフト")
    assert disposal_duty(world).state is state


def test_an_erasure_names_its_software(world: World) -> None:
    one = world.disposal(world.received(medium="USBメモリ"), method="暗号化消去")
    duty = disposal_duty(world, Act.ERASE)
    assert (duty.state, duty.missing[0].id) == (State.DUE, one.id)
    world.change(one, tool="消去ソフト")
    assert disposal_duty(world, Act.ERASE).state is State.SATISFIED


def test_a_clause_on_erasure_does_not_speak_of_shredding(world: World) -> None:
    world.disposal(world.received())
    assert disposal_duty(world, Act.ERASE).state is State.NOT_DUE
    assert disposal_duty(world, Act.DESTROY).state is State.SATISFIED


def test_a_failed_line_is_open_until_the_same_thing_is_finished(world: World) -> None:
    asset = world.received(medium="外付HDD")
    world.disposal(asset, method="磁気消去", result="不良")
    assert disposal_duty(world).state is State.DUE
    world.disposal(asset, method="物理的破壊", done=LATER)
    assert disposal_duty(world).state is State.SATISFIED


def test_a_medium_that_is_a_device_is_judged_as_that_device(world: World) -> None:
    device = world.device(kind="携帯端末")
    one = world.disposal(world.received(), method="磁気消去")
    world.change(
        one,
        lines=(
            type(one.lines[0])(
                device=device.id, item="名簿", medium="端末", quantity=1, unit="台", result="完了"
            ),
        ),
    )
    assert disposal_duty(world).state is State.DUE


def test_a_disposal_of_a_later_day_has_not_happened_yet(world: World) -> None:
    world.disposal(world.received(), done=LATER + timedelta(days=1))
    assert disposal_duty(world).state is State.NOT_DUE


def test_a_certificate_that_no_longer_fits_its_disposal_is_due_again(world: World) -> None:
    one = world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    assert world.duty(LATER, "disposal-certificate", "each-time").state is State.SATISFIED
    world.change(one, method="溶解")
    duty = world.duty(LATER, "disposal-certificate", "each-time")
    assert duty.state is State.DUE
    assert duty.missing[0].record == "submission"
