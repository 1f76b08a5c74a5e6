"""What is asked when the work ends, and when the client asks for things back or wants to attend."""

from __future__ import annotations

from datetime import timedelta

from app.annexes.choices import Act, Exempt, Urgency
from app.annexes.kinds import State
from app.duties.duty import Action
from app.duties.verdict import assumed
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

DAY = timedelta(days=1)
LATER = DURING + timedelta(days=30)


def test_speedily_after_the_end_is_counted_in_open_days(world: World) -> None:
    world.received()
    duty = world.duty(END, "return", "on-completion", copies=True, urgency=Urgency.SPEEDILY)
    assert duty.due is not None
    assert duty.due > END
    assert assumed(duty.counted)
    assert (
        world.duty(duty.due, "return", "on-completion", copies=True, urgency=Urgency.SPEEDILY).state
        is State.DUE
    )
    late = world.duty(duty.due + DAY, "return", "on-completion", copies=True, urgency=Urgency.SPEEDILY)
    assert late.state is State.OVERDUE


def test_a_request_before_the_end_is_due_by_its_own_day(world: World) -> None:
    world.under("kawaguchi")
    asset = world.received(designated=True)
    assert world.under_clause(DURING, "契約書 第10条", "return").state is State.NOT_DUE
    asked = world.instruction("返還・廃棄の求め", DURING, due_on=LATER)
    duty = world.under_clause(DURING, "契約書 第10条", "return")
    assert (duty.state, duty.due, duty.missing[0].id) == (State.DUE, LATER, asked.id)
    assert world.under_clause(LATER + DAY, "契約書 第10条", "return").state is State.OVERDUE
    assert world.under_clause(DURING, "特記事項 第11", "return").state is State.NOT_DUE
    world.change(asked, answered_on=LATER)
    assert world.under_clause(LATER, "契約書 第10条", "return").state is State.DUE, "nothing went since"
    world.event(asset, "返還", day=LATER)
    assert world.under_clause(LATER, "契約書 第10条", "return").state is State.SATISFIED


def test_a_clause_on_requests_alone_asks_nothing_at_the_end(world: World) -> None:
    world.under("hofu")
    world.received()
    assert world.under_clause(AFTER, "第8", "disposal").state is State.NOT_DUE
    world.instruction("返還・廃棄の求め", END)
    assert world.under_clause(AFTER, "第8", "disposal").state is State.DUE


def test_copies_are_asked_back_only_where_the_clause_means_them(world: World) -> None:
    asset = world.received()
    world.event(asset, "複写", day=DURING)
    world.event(asset, "返還", day=END)
    assert world.duty(AFTER, "return", "on-completion").state is State.SATISFIED
    assert world.duty(AFTER, "return", "on-completion", copies=True).state is State.OVERDUE


def test_a_destroyed_copy_does_not_stand_in_for_the_original(world: World) -> None:
    asset = world.received()
    world.event(asset, "複写", day=DURING)
    world.disposal(asset, done=END)
    assert world.duty(AFTER, "return", "on-completion").state is State.OVERDUE


def test_a_written_instruction_on_what_is_left_excuses_it(world: World) -> None:
    world.received()
    said = world.instruction("指示", END, written=True)
    asks = {"copies": True, "exception": (Exempt.INSTRUCTION,)}
    assert world.duty(AFTER, "return", "on-completion", **asks).state is State.OVERDUE
    world.change(world.contract, closing_instruction=said.id)
    duty = world.duty(AFTER, "return", "on-completion", **asks)
    assert (duty.state, duty.evidence[0].id) == (State.SATISFIED, said.id)
    assert world.duty(AFTER, "return", "on-completion", copies=True).state is State.CONFIRM
    world.change(said, written=False)
    assert world.duty(AFTER, "return", "on-completion", **asks).state is State.OVERDUE


def test_destruction_as_instructed_stands_in_for_return(world: World) -> None:
    asks = {"acts": (Act.RETURN,), "copies": True, "exception": (Exempt.INSTRUCTION,)}
    asset = world.received()
    gone = world.disposal(asset, done=END)
    assert world.duty(AFTER, "return", "on-completion", **asks).state is State.CONFIRM
    world.change(gone, approval=world.approval("廃棄", asset, basis="指示").id)
    assert world.duty(AFTER, "return", "on-completion", **asks).state is State.SATISFIED


def test_an_approval_of_the_day_of_disposal_is_not_beforehand(world: World) -> None:
    approval = world.approval("廃棄", granted=DURING)
    world.disposal(world.received(), approval=approval.id)
    duty = world.duty(LATER, "disposal-approval", "on-completion")
    assert duty.state is State.DUE
    assert "が後" in duty.missing[0].text
    world.change(approval, granted_on=DURING - DAY)
    assert world.duty(LATER, "disposal-approval", "on-completion").state is State.SATISFIED


def test_every_line_of_a_disposal_has_to_be_allowed(world: World) -> None:
    allowed, other = world.received(), world.received()
    world.disposal(allowed, other, approval=world.approval("廃棄", allowed).id)
    assert "承諾の対象外" in world.duty(LATER, "disposal-approval", "on-completion").missing[0].text


def test_a_clause_on_destruction_asks_nothing_for_an_erasure(world: World) -> None:
    world.under("besshi-44")
    world.disposal(
        world.received(medium="電子データ"), method="データ消去ソフトウェアによる消去", tool="消去ソフト"
    )
    assert world.under_clause(LATER, "41", "disposal-approval").state is State.NOT_DUE


def test_a_request_to_attend_is_about_the_disposals_that_follow_it(world: World) -> None:
    world.disposal(world.received(), done=START)
    world.instruction("立会いの求め", DURING, answered_on=DURING)
    assert world.duty(LATER, "witness", "each-time", "on-request").state is State.NOT_DUE
    after = world.disposal(world.received(), done=LATER)
    duty = world.duty(LATER, "witness", "each-time", "on-request")
    assert (duty.state, duty.missing[0].id) == (State.DUE, after.id)
    assert (duty.next.action, duty.next.id) == (Action.OPEN, after.id)
    world.change(after, witness="架空市 総務課 高橋")
    assert world.duty(LATER, "witness", "each-time", "on-request").state is State.SATISFIED


def test_an_exception_that_the_clause_does_not_admit_is_named(world: World) -> None:
    world.under("kawaguchi")
    approval = world.approval("第三者提供", basis="法令", granted=BEFORE)
    duty = world.under_clause(DURING, "特記事項 第8", "purpose-limit")
    assert duty.state is State.DUE
    assert approval.number in duty.missing[0].text
    world.change(approval, basis="承諾")
    duty = world.under_clause(DURING, "特記事項 第8", "purpose-limit")
    assert (duty.state, duty.evidence[0].id) == (State.CONFIRM, approval.id)
