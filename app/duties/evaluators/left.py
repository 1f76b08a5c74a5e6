"""What is left at the end of the work, with whom, and what left too late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from app.counting.deadlines import Deadline, deadline_after
from app.duties.duty import Remark
from app.duties.evaluators.copies import held_of, meant_by
from app.duties.evaluators.handling import designated
from app.duties.holding.balance import Balance, balance, whereabouts
from app.duties.verdict import Lack, Question, add, shown
from app.duties.view import ContractView
from app.records import Asset
from app.records.amounts import amount_text
from app.records.event import GIVING_BACK


class Doubt(NamedTuple):
    """One thing that is open: ``certain``, or only a person can say, and then ``why`` asks for it."""

    why: str
    lack: Lack
    certain: bool = False


_UNNAMED = (
    "残りはありませんが、発注者に渡したかが分からない引渡しがあるため、受け取った者を確かめてください。"
)

_UNDESIGNATED = "残っている情報資産が、発注者が返還を指定したものかを確かめてください。"


def how_soon(question: Question) -> str:
    return str(question.asks.urgency or "")


def deadline_of(question: Question) -> Deadline:
    """The last day for what has to be gone at the end of the work."""
    last = question.view.contract.last_day
    return deadline_after(last, question.asks) or Deadline(last, f"業務の最終日の{shown(last)}")


def gone(question: Question, one: Balance) -> bool:
    return one.moved and not held_of(question, one)


def left_of(question: Question, one: Balance, kind: str) -> Iterator[Doubt]:
    """What of one asset is left, of whatever the clause means; ``kind``: the record that would end it."""
    asset = one.asset
    how = how_soon(question) or "その日のうちに"
    copies = "写しも含めて" if question.asks.copies else ""
    why = (
        f"業務が終わったとき（{shown(question.view.contract.last_day)}）は、"
        f"{copies}{how}返還、廃棄又は消去する必要があります。"
    )
    deadline = deadline_of(question)
    held = held_of(question, one)
    if not one.moved:
        text = f"{asset.number}（{asset.item}）は取扱いの記録がなく、残りを示せません。"
        lack = _lack(text, why, asset, "event")
        known = designated(question, asset) is True
        yield Doubt(why, lack.by(deadline), certain=True) if known else Doubt(_UNDESIGNATED, lack)
    elif held > one.unclear:
        known = designated(question, asset) is True
        text = f"{asset.number}（{asset.item}）が{amount_text(held)}{asset.unit}残っています{_apart(one)}。"
        lack = _lack(text, why, asset, kind)
        yield Doubt(why, lack.by(deadline), certain=True) if known else Doubt(_UNDESIGNATED, lack)
    elif held:
        text = (
            f"{asset.number}（{asset.item}）の{whereabouts(one)}は、発注者に返ったものかを確かめられません。"
        )
        yield Doubt(_UNNAMED, _lack(text, why, asset, kind))


def _lack(text: str, why: str, asset: Asset, kind: str) -> Lack:
    given = {"asset": asset.id} if kind == "event" else {}
    return Lack(text, why, "asset", asset.id, step=add(kind, **given))


def _apart(one: Balance) -> str:
    parts = [f"持出し中{amount_text(one.out)}{one.asset.unit}"] if one.out else []
    if one.away:
        parts.append(whereabouts(one))
    return f"（うち{'、'.join(parts)}）" if parts else ""


def ended_late(question: Question, balances: Iterable[Balance]) -> Iterator[Remark]:
    """What is gone, but was there still after the day on which it had to be."""
    deadline = deadline_of(question)
    then = question.view.once(_balances_on, deadline.day) if deadline.day < question.view.day else {}
    for one in balances:
        before = then.get(one.asset.id)
        if before is None or not gone(question, one) or not held_of(question, before):
            continue
        asset, on = one.asset, question.view.once(_left_on).get(one.asset.id)
        ended = f"、完了{shown(on)}" if on else ""
        text = (
            f"{asset.number}（{asset.item}）の返還、廃棄又は消去は、期限の後でした"
            f"（期限{shown(deadline.day)}{ended}）。"
        )
        yield Remark(text, "asset", asset.id, deadline.day, on)


def went_since(question: Question, day: date) -> bool:
    """Whether anything of which the clause speaks left the vendor's hands on or after ``day``."""
    ends = question.view.once(_left_on)
    return any(ends.get(one.asset.id, date.min) >= day for one in meant_by(question))


def _balances_on(view: ContractView, day: date) -> Mapping[int, Balance]:
    return {one.asset.id: one for one in balance(view.facts, view.contract.id, day)}


def _left_on(view: ContractView) -> Mapping[int, date]:
    """Asset → the day on which the last of it left the vendor's hands so far."""
    found = {asset.id: event.happened_at.date() for event, asset in view.events_of(*GIVING_BACK)}
    for disposal in view.disposals:
        for line in disposal.lines:
            if line.asset is not None and disposal.ended(line):
                found[line.asset] = max(disposal.done_on, found.get(line.asset, disposal.done_on))
    return found
