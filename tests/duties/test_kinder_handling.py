"""What a clause names of the handling or of a certificate must be shown, or it is not fulfilled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.choices import Act, Exempt, Medium, Submit
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records import Asset
from tests.support.world import AFTER, BEFORE, DURING, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY


def _kept(world: World) -> Asset:
    """An asset that was received with all that belongs to a hand-over, and lies in a known place."""
    asset = world.asset()
    given: dict[str, Any] = {"from_party": "架空市", "to_party": "当社", "method": "手渡し"}
    world.event(asset, "受領", 3, location=world.place().id, **given)
    return asset


def _ledger(world: World) -> Duty:
    world.under("kimitsu-hoji")
    return world.under_clause(DURING, "第6条第8項(4)", "handling-ledger")


# 取扱台帳


def test_a_ledger_that_says_all_the_clause_names_is_whole(world: World) -> None:
    asset, who = _kept(world), world.person()
    for kind in ("使用", "複写", "持出"):
        world.event(asset, kind, day=START + DAY, person=who.id)
    world.event(asset, "持帰", day=START + 2 * DAY, person=who.id)
    assert _ledger(world).state is State.SATISFIED


@pytest.mark.parametrize("kind", ["使用", "複写", "持出"])
def test_what_was_done_by_nobody_known_is_no_record_of_it(world: World, kind: str) -> None:
    asset = _kept(world)
    event = world.event(asset, kind, day=START + DAY)
    world.event(asset, kind, day=START + DAY)
    duty = _ledger(world)
    assert duty.state is State.DUE
    assert [(gap.id, gap.text) for gap in duty.missing] == [
        (event.id, f"{asset.number}の{kind}（令和8年4月2日）ほか1件に取り扱った者がありません。")
    ]


@pytest.mark.parametrize("field", ["from_party", "to_party", "method"])
def test_a_hand_over_without_its_parties_or_its_way_is_no_record_of_it(world: World, field: str) -> None:
    given: dict[str, Any] = {"from_party": "当社", "to_party": "架空市", "method": "手渡し", field: ""}
    event = world.event(_kept(world), "返還", day=START + DAY, **given)
    duty = _ledger(world)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.DUE, [event.id])


def test_what_is_kept_nobody_knows_where_is_not_shown_to_be_kept(world: World) -> None:
    asset = world.received()
    duty = _ledger(world)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.DUE, [asset.id])


def test_where_it_was_kept_does_not_matter_once_it_is_gone(world: World) -> None:
    world.disposal(world.received(), done=START)
    assert _ledger(world).state is State.SATISFIED


@pytest.mark.parametrize(("day", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED), (1, State.SATISFIED)])
def test_a_planned_disposal_whose_day_is_over_may_have_happened(world: World, day: int, state: State) -> None:
    plan = world.disposal(_kept(world), done=DURING + day * DAY, status="予定", result="")
    duty = _ledger(world)
    assert (duty.state, [gap.id for gap in duty.missing]) == (
        state,
        [plan.id] if state is State.CONFIRM else [],
    )


def test_what_no_record_can_show_is_asked_about(world: World) -> None:
    _kept(world)
    duty = world.duty(DURING, "handling-ledger", "standing", items=("閲覧", "保管"))
    assert duty.state is State.CONFIRM
    assert [gap.text for gap in duty.missing] == [
        "台帳に「閲覧」が記録されていることを、登録された内容からは示せません。"
    ]


def test_a_clause_that_names_nothing_asks_for_the_quantities_alone(world: World) -> None:
    world.event(world.received(), "使用", day=DURING)
    assert world.duty(DURING, "handling-ledger", "standing").state is State.SATISFIED


# 証明書


def _certificate(world: World, **asks: Any) -> Duty:
    given = {"submit": Submit.PROMPTLY, **asks}
    return world.duty(LATER, "disposal-certificate", "each-time", **given)


@pytest.mark.parametrize(
    ("item", "state"),
    [
        ("情報項目", State.SATISFIED),
        ("媒体名", State.SATISFIED),
        ("数量", State.SATISFIED),
        ("廃棄又は消去の方法", State.SATISFIED),
        ("責任者", State.SATISFIED),
        ("廃棄又は消去の年月日", State.SATISFIED),
        ("媒体を廃棄したこと", State.SATISFIED),
        ("立会人", State.CONFIRM),
        ("処理前の写真", State.CONFIRM),
    ],
)
def test_a_certificate_serves_by_what_it_is_known_to_carry(world: World, item: str, state: State) -> None:
    world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    assert _certificate(world, items=(item,)).state is state


def test_a_certificate_with_the_witness_carries_the_witness(world: World) -> None:
    world.disposal(world.received(), witness="総務課 高橋")
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    assert _certificate(world, items=("立会人",)).state is State.SATISFIED


@pytest.mark.parametrize(("left", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED), (1, State.SATISFIED)])
def test_who_had_left_before_the_disposal_did_not_answer_for_it(
    world: World, left: int, state: State
) -> None:
    world.worker(left_on=DURING + left * DAY)
    world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    assert _certificate(world, items=("責任者",)).state is state
    assert _certificate(world).state is State.SATISFIED


@pytest.mark.parametrize("what", ["証明書は不要とする。", "廃棄の証明書の提出を省略してよい。"])
def test_only_a_person_can_say_that_the_client_does_without_a_certificate(world: World, what: str) -> None:
    said = world.instruction("指示", what=what)
    world.disposal(world.received())
    spared = _certificate(world, exception=(Exempt.INSTRUCTION,))
    assert (spared.state, [gap.id for gap in spared.missing]) == (State.CONFIRM, [said.id])
    assert _certificate(world).state is State.OVERDUE


@pytest.mark.parametrize(
    ("what", "received"),
    [
        ("証明書を速やかに提出すること。", DURING),
        ("立会いは不要とする。", DURING),
        ("証明書は不要とする。", LATER + DAY),
    ],
)
def test_an_instruction_about_something_else_or_of_later_spares_nothing(
    world: World, what: str, received: Any
) -> None:
    world.instruction("指示", received, what=what)
    world.disposal(world.received())
    assert _certificate(world, exception=(Exempt.INSTRUCTION,)).state is State.OVERDUE


@pytest.mark.parametrize(("basis", "state"), [("指示", State.CONFIRM), ("承諾", State.OVERDUE)])
def test_the_order_to_destroy_may_do_without_its_certificate(world: World, basis: str, state: State) -> None:
    order = world.approval("廃棄", basis=basis, conditions="廃棄の証明書は要しない。", granted=BEFORE)
    world.disposal(world.received(), approval=order.id)
    assert _certificate(world, exception=(Exempt.INSTRUCTION,)).state is state


def test_one_certificate_that_is_missing_is_not_hidden_by_one_that_may_be_spared(world: World) -> None:
    order = world.approval("廃棄", basis="指示", conditions="証明書は不要。")
    world.disposal(world.received(), approval=order.id)
    other = world.disposal(world.received())
    duty = _certificate(world, exception=(Exempt.INSTRUCTION,))
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.OVERDUE, [other.id, order.id])


@pytest.mark.parametrize(
    ("media", "state"), [(Medium.PAPER, State.OVERDUE), (Medium.ELECTRONIC, State.NOT_DUE)]
)
def test_a_certificate_is_asked_of_the_media_that_the_clause_speaks_of(
    world: World, media: Medium, state: State
) -> None:
    world.disposal(world.received())
    assert _certificate(world, media=(media,)).state is state


def test_a_machine_may_have_carried_anything(world: World) -> None:
    held = world.disposal(world.received())
    line = held.lines[0]
    device = world.device()
    world.change(
        held, lines=(type(line)(item="作業データ", medium="PC", quantity=1, unit="台", device=device.id),)
    )
    assert _certificate(world, media=(Medium.ELECTRONIC,)).state is State.OVERDUE


# 返還・消去と報告


@pytest.mark.parametrize(
    ("exception", "state"), [((), State.CONFIRM), ((Exempt.INSTRUCTION,), State.SATISFIED)]
)
def test_only_a_clause_that_says_so_lets_an_instruction_leave_something(
    world: World, exception: tuple[Exempt, ...], state: State
) -> None:
    said = world.instruction("指示", written=True)
    world.change(world.contract, closing_instruction=said.id)
    world.received()
    asked = {"acts": (Act.DESTROY,), "exception": exception}
    assert world.duty(AFTER, "disposal", "on-completion", **asked).state is state


@pytest.mark.parametrize(
    ("written", "state"), [(True, State.SATISFIED), (False, State.OVERDUE), (None, State.OVERDUE)]
)
def test_the_chart_told_by_word_is_no_answer_where_writing_is_asked_for(
    world: World, written: bool | None, state: State
) -> None:
    world.structure(world.worker())
    world.instruction("報告の求め", about=("管理体制",), answered_on=DURING, answered_in_writing=written)
    assert world.duty(LATER, "management-system", "on-request", written=True).state is state


@pytest.mark.parametrize(("after", "state"), [(3, State.DUE), (4, State.DUE), (5, State.OVERDUE)])
def test_the_chart_that_is_asked_for_is_due_as_the_clause_counts(
    world: World, after: int, state: State
) -> None:
    world.structure(world.worker())
    world.instruction("報告の求め", about=("管理体制",))
    day = DURING + after * DAY
    assert world.duty(day, "management-system", "on-request", within_days=4).state is state
