"""Cross-checks of information assets: their history, what is still out, and what is left at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.duties.checks.check import Check, Found, found
from app.duties.checks.leftover import left_open
from app.duties.evaluators.histories import incomplete
from app.duties.evaluators.homecoming import back_by, brought_back
from app.duties.evaluators.kept_backups import backups_left
from app.duties.evaluators.takeouts import TAKING_OUT
from app.duties.finding import Severity
from app.duties.holding.balance import EVENTS, whereabouts
from app.duties.questions import asked
from app.duties.verdict import add, open_record, shown
from app.duties.view import ContractView
from app.records import Event, Instruction
from app.records.amounts import amount_text
from app.records.event import EventKind
from app.records.status import Status

_TRIP = 30
"""Days after which what was taken out without a day of return is long out: the product's assumption."""
_WORK = (
    EventKind.RECEIVED,
    EventKind.COLLECTED,
    EventKind.MADE,
    EventKind.USED,
    EventKind.COPIED,
    EventKind.TAKEN_OUT,
)
"""What belongs to the work; handing back, bringing back and putting away may follow its end."""


def _still_out(view: ContractView) -> Iterator[Found]:
    """Past the day by which it was to be back, or long out where none is set."""
    back = view.once(brought_back)
    for claim in TAKING_OUT.matching(view, "").claims.values():
        event = view.facts.get(Event, claim.use.record.id)
        if event.id in back:
            continue
        asset = view.assets[event.asset]
        by = back_by(event.return_by, claim.approvals)
        until = by.day if by else claim.use.since + timedelta(days=_TRIP)
        if until < view.day:
            limit = f"{by.word}（{shown(until)}）" if by else f"{_TRIP}日"
            what = f"{asset.number}の持出し（{shown(claim.use.since)}）"
            text = f"{what}は、{limit}を過ぎても持帰りの記録がありません。"
            yield found(text, event, add("event", asset=asset.id, kind=str(EventKind.BROUGHT_BACK)))


def _without_history(view: ContractView) -> Iterator[Found]:
    for one in view.balances:
        if one.received or one.copied:
            continue
        if not one.moved:
            text = f"{one.asset.number}（{one.asset.item}）には、受領などの取扱記録が1件もありません。"
            yield found(text, one.asset, add("event", asset=one.asset.id, kind=str(EventKind.RECEIVED)))
        else:
            for lack in incomplete(one):
                yield Found(lack.text, lack.record, lack.id, lack.step)


def _out_of_time(view: ContractView) -> Iterator[Found]:
    """Work on an asset before the contract was signed or after the work ended: a slip, or worse."""
    contract = view.contract
    first, last = min(contract.signed_on, contract.starts_on), contract.last_day
    spread = view.spread
    if spread is None or (first <= spread[0] and spread[1] <= last):
        return
    odd: list[Event] = []
    for kind in _WORK:
        held = view.happened.get(kind, ())
        odd.extend(event for event in held if not first <= event.happened_at.date() <= last)
    for event, asset in view.in_time(odd):
        on = event.happened_at.date()
        when = "契約締結日より前" if on < first else "契約が終わった後"
        day = shown(on)
        yield found(f"{asset.number}の{event.kind}（{day}）が、{when}の日付になっています。", event)


def _left(view: ContractView) -> Iterator[Found]:
    """What is still here after the end, unless the client said in writing what becomes of it."""
    if not view.ended:
        return
    lines = left_open(view.balances)
    said = view.facts.find(Instruction, view.contract.closing_instruction)
    if not lines or (said is not None and said.written and said.contract == view.contract.id):
        return
    last = shown(view.contract.last_day)
    more = f"ほか{len(lines) - 1}件" if len(lines) > 1 else ""
    one = lines[0]
    away = f"、うち{whereabouts(one)}" if one.away else ""
    text = (
        f"業務は{last}に終わりましたが、{one.asset.number}（{one.asset.item}、{amount_text(one.held)}{one.asset.unit}{away}）"
        f"{more}が返還・廃棄されずに残っています。"
    )
    returns = asked(view, "return")
    step = add("event", asset=one.asset.id, kind=str(EventKind.RETURNED)) if returns else add("disposal")
    yield found(text, one.asset, step)


def _plan_passed(view: ContractView) -> Iterator[Found]:
    """A planned disposal or event whose day is over: done, and then a fact to record, or put off."""
    for disposal in view.planned_disposals:
        if disposal.done_on < view.day:
            what = f"{shown(disposal.done_on)}に予定した廃棄・消去"
            yield found(f"{what}が予定のままのため、行ったかを確かめてください。", disposal)
    for event in view.facts.over(EVENTS, view.contract.id):
        if event.status == Status.PLANNED and event.happened_at.date() < view.day:
            number = view.assets[event.asset].number
            what = f"{shown(event.happened_at.date())}に予定した{number}の{event.kind}"
            yield found(f"{what}が予定のままのため、行ったかを確かめてください。", event)


def _copies_left(view: ContractView) -> Iterator[Found]:
    if view.day <= view.contract.last_day:
        return
    for run, number in backups_left(view):
        more = f"など{number}回分" if number > 1 else ""
        what = f"{run.what}のバックアップ（{shown(run.done_on)}{more}）"
        text = f"業務の終了後も、{what}を消去した記録がありません。"
        yield found(text, run, add("disposal") if run.device else open_record(run))


CHECKS = (
    Check(
        "take-out-not-back", "持帰りの記録がない持出し", Severity.VIOLATION, ("takeout-approval",), _still_out
    ),
    Check(
        "asset-without-history",
        "取扱記録のない情報資産",
        Severity.WARNING,
        ("handling-ledger",),
        _without_history,
    ),
    Check(
        "event-out-of-time", "契約の期間の外の取扱い", Severity.WARNING, ("handling-ledger",), _out_of_time
    ),
    Check("asset-left", "終了後に残る情報資産", Severity.VIOLATION, ("return", "disposal"), _left),
    Check(
        "plan-passed",
        "予定の日を過ぎた廃棄・取扱い",
        Severity.REMARK,
        ("disposal", "handling-ledger"),
        _plan_passed,
    ),
    Check("backup-left", "終了後に残るバックアップ", Severity.REMARK, ("disposal", "return"), _copies_left),
)
