"""handling-ledger: the history of each asset, with what a clause wants on record of each way of handling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from app.annexes.kinds import State
from app.duties.evaluators.disposed_elsewhere import whole_disposals
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.handling import TRANSFERS, concerned, events_of
from app.duties.evaluators.keeping import homeless, unplaced_assets
from app.duties.holding.balance import Balance
from app.duties.holding.holders import in_time
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Asset, Device, Event
from app.records.asset import Medium
from app.records.event import GIVING_BACK, EventKind


class _Way(NamedTuple):
    """A way of handling: the words by which clauses call it, its events, and what each of them must say.

    ``told``: field of the event → what people call it there.
    """

    words: tuple[str, ...]
    kinds: tuple[EventKind, ...]
    told: tuple[tuple[str, str], ...]


_WHO = (("person", "取り扱った者"),)
_WAYS = (
    _Way(
        ("受渡", "受け渡", "授受", "返還"),
        TRANSFERS,
        (("from_party", "渡した者"), ("to_party", "受け取った者"), ("method", "授受の方法")),
    ),
    _Way(("使用", "利用"), (EventKind.USED,), _WHO),
    _Way(("複写", "複製"), (EventKind.COPIED,), _WHO),
    _Way(("持出", "持ち出"), (EventKind.TAKEN_OUT,), _WHO),
)
"""機密保持及び個人情報保護に関する特記事項第6条第8項(4): the state of each way of handling is recorded."""
_KEPT = ("保管",)
_DESTROYED = ("廃棄", "消去")
_WHY = "情報資産の取扱いは、その状況が分かるように台帳に記録する必要があります。"


def judge(question: Question) -> Verdict:
    balances = concerned(question)
    if not balances:
        return question.unrecorded("情報資産が登録されていないため、取扱いの経過を示せません。", "asset")
    lacks = [lack for one in balances for lack in incomplete(one)]
    lacks.extend(_after_the_end(question, balances))
    doubts = list(_with_the_medium(question, balances))
    for item in question.asks.items:
        lacks.extend(_unsaid(question, item))
        doubts.extend(_unknown(question, item))
    evidence = [question.evidence(one.asset) for one in balances if one.moved]
    satisfied = f"情報資産{len(balances)}件の取扱いの経過がつながり、数量が合っています。"
    return question.judge(_once(lacks), evidence, satisfied, doubts=_once(doubts))


def incomplete(one: Balance) -> Iterator[Lack]:
    """What keeps the history of one asset from being whole: no beginning, or more gone than ever came."""
    asset = one.asset
    why = "情報資産は、受け取りから廃棄までの取扱いを数量とともに記録する必要があります。"
    if not one.received and not one.copied:
        text = f"{asset.number}（{asset.item}）を受け取った、又は作った記録がありません。"
        yield Lack(text, why, "asset", asset.id, None, add("event"))
    elif one.received + one.copied < one.returned + one.disposed:
        text = f"{asset.number}（{asset.item}）は、受け取った数量より多く返還・廃棄されたことになっています。"
        yield Lack(text, why, "asset", asset.id, None, open_record(asset))


def _after_the_end(question: Question, balances: Iterable[Balance]) -> Iterator[Lack]:
    """What was used or put elsewhere after the last of it had gone: something of the history is wrong."""
    view = question.view
    ended = {asset.id: event.happened_at.date() for event, asset in view.events_of(*GIVING_BACK)}
    for disposal in view.disposals:
        for line in disposal.lines:
            if line.asset is not None and disposal.ended(line):
                ended[line.asset] = max(disposal.done_on, ended.get(line.asset, disposal.done_on))
    nothing = {one.asset.id for one in balances if one.moved and not one.held}
    for event, asset in view.events_of(EventKind.USED, EventKind.MOVED):
        day = event.happened_at.date()
        if asset.id in nothing and day > ended.get(asset.id, date.max):
            yield Lack(
                f"{asset.number}の{event.kind}（{shown(day)}）は、すべて返還・廃棄された後の日付です。",
                "情報資産は、受け取りから廃棄までの取扱いを順を追って記録する必要があります。",
                "event",
                event.id,
                step=open_record(event),
            )


def _with_the_medium(question: Question, balances: Iterable[Balance]) -> Iterator[Lack]:
    """What counts as held though the medium on which it was put last was erased or destroyed since.

    For whatever contract that was done: a disposal of the machine alone moves no balance.
    """
    last = question.view.once(_last_on)
    for one in balances:
        device, since = last.get(one.asset.id, (0, None))
        if not one.held or since is None:
            continue
        gone = next((d for d, _line in whole_disposals(question.view, device) if d.done_on >= since), None)
        held = question.view.facts.find(Device, device)
        if gone is not None and held is not None:
            asset = one.asset
            text = (
                f"{asset.number}（{asset.item}）が入っていた{held.control_number}は、"
                f"{shown(gone.done_on)}に廃棄・消去されています。"
            )
            why = (
                f"{asset.number}は残っていることになっているため、{held.control_number}とともになくなったかを確かめ、"
                "なくなった分の廃棄・消去を登録してください。"
            )
            yield Lack(text, why, "asset", asset.id, step=open_record(asset))


def _last_on(view: ContractView) -> Mapping[int, tuple[int, date]]:
    """Asset → the device on which it was put last, and when; paper that was read on one stayed on none."""
    found: dict[int, Event] = {}
    for event in chain.from_iterable(view.happened.values()):
        data = view.assets[event.asset].medium == Medium.DATA
        if event.device is None or (event.kind == EventKind.USED and not data):
            continue
        before = found.get(event.asset)
        if before is None or in_time(before) <= in_time(event):
            found[event.asset] = event
    return {
        asset: (event.device, event.happened_at.date())
        for asset, event in found.items()
        if event.device is not None
    }


def _unsaid(question: Question, item: str) -> Iterator[Lack]:
    """What is recorded of a way of handling without saying all that shows its state."""
    for way in _WAYS:
        if _speaks(item, way.words):
            for field, label in way.told:
                bare = [pair for pair in events_of(question, *way.kinds) if not getattr(pair[0], field)]
                yield from _bare(bare, label)
    if _speaks(item, _KEPT):
        yield from unplaced_assets(homeless(question.view, question.asks.applies_to, ()), _WHY)


def _bare(found: Sequence[tuple[Event, Asset]], label: str) -> Iterator[Lack]:
    """That some events do not say one thing, in one sentence however many they are."""
    if found:
        event, asset = found[0]
        more = f"ほか{len(found) - 1:,}件" if len(found) > 1 else ""
        text = (
            f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）{more}に{label}がありません。"
        )
        yield Lack(text, _WHY, "event", event.id, step=open_record(event))


def _unknown(question: Question, item: str) -> Iterator[Lack]:
    """What only a person can say: whether a plan was carried out, and what no record of the ledger shows."""
    if _speaks(item, _DESTROYED):
        yield from _plans_gone_by(question)
    elif not _speaks(item, (*_KEPT, *(word for way in _WAYS for word in way.words))):
        text = f"台帳に「{item}」が記録されていることを、登録された内容からは示せません。"
        yield Lack(text, f"取扱いのうち「{item}」が記録されているかを確かめてください。")


def _plans_gone_by(question: Question) -> Iterator[Lack]:
    for disposal in question.view.planned_disposals:
        if disposal.done_on < question.view.day:
            text = f"{shown(disposal.done_on)}に予定した廃棄・消去を行ったかが記録されていません。"
            why = "予定の日を過ぎた廃棄・消去を、行ったかどうか確かめてください。"
            yield Lack(text, why, "disposal", disposal.id, step=open_record(disposal))


def _once(lacks: list[Lack]) -> tuple[Lack, ...]:
    """Each of them once: two items may name the same way of handling."""
    return tuple(dict.fromkeys(lacks))


def _speaks(item: str, words: Sequence[str]) -> bool:
    return any(word in item for word in words)


EVALUATOR = evaluator("handling-ledger", judge, State.DUE, State.CONFIRM, State.SATISFIED)
