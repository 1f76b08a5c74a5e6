"""持出しの状況: what is out of the places of work on a day, with whom, until when and on which ground.

What is out is what the duties say is out, and on which approval it rests is what they found: the board has no
rule of its own, and so is never kinder than they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from app.annexes.catalogue import Catalogue
from app.annexes.overrides import asks_of
from app.common import Progress
from app.duties.duty import Duty
from app.duties.evaluators import moving, takeouts
from app.duties.evaluators.ground import ground_of
from app.duties.evaluators.homecoming import BackBy, back_by, brought_back
from app.duties.evaluators.matching import Claim
from app.duties.questions import applying
from app.duties.view import ContractView
from app.records import Asset, Contract, Device, DeviceUse, Event, Location, Person
from app.records.amounts import Amount
from app.records.days import When
from app.records.event import EventKind
from app.records.spelling.collation import order
from app.records.status import Status
from app.work.acts.devices.permits import WITHOUT
from app.work.acts.plan import Ground

_NAMED = 3
"""Things named one by one in a sentence; the rest is counted."""


class Lateness(Enum):
    """How urgent it is that something comes back, the most urgent first."""

    OVERDUE = "期限超過"
    TODAY = "きょうまで"
    LATER = "期限内"
    NO_DAY = "期限の定めなし"


class Standing(NamedTuple):
    """On what it rests that something is out. ``allowed``: no clause finds anything wrong with it.

    ``text``: the approval, or plainly that there is none and why. ``clauses``: those that ask for one.
    """

    text: str
    allowed: bool
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """One thing of one contract that is out. ``record``: what says so.

    ``person``: who took an asset out, or has the machine now; None where nothing says who. ``permit``: the
    kind of duty that asks for its approval. ``act``: the act by which it is back; empty where it was moved
    and is to be moved again.
    """

    record: Event | DeviceUse
    thing: Asset | Device
    contract: Contract
    quantity: Amount
    unit: str
    person: Person | None
    place: str
    since: When | date
    limit: BackBy | None
    standing: Standing
    permit: str
    act: str
    lateness: Lateness

    @property
    def number(self) -> str:
        """By which number the thing is called."""
        return self.thing.number if isinstance(self.thing, Asset) else self.thing.control_number

    @property
    def item(self) -> str:
        """What the thing is, in words."""
        return self.thing.item if isinstance(self.thing, Asset) else self.thing.kind

    @property
    def day(self) -> date:
        """The day since which it is out."""
        return self.since if type(self.since) is date else self.since.date()  # type: ignore[union-attr]  # a moment

    @property
    def who(self) -> str:
        """What ``person`` is to it: a machine may have passed into other hands since it was taken out."""
        return "持ち出した者" if self.by_event else "管理者（使用者）"

    @property
    def by_event(self) -> bool:
        """Whether it is an asset, and not a machine or a medium."""
        return isinstance(self.thing, Asset)


def outside(ground: Ground, contract: int = 0, progress: Progress | None = None) -> tuple[Outside, ...]:
    """Everything that is out on the day of the clock (of one contract; 0: of all). Raises ``Cancelled``.

    What is overdue stands first, the longest overdue before the others; then what is to be back today, then
    by its day, and last what nobody promised for any day.
    """
    meant = [one for one in ground.facts.all(Contract) if contract in (0, one.id)]
    progress, found = progress or Progress(), list[Outside]()
    for number, one in enumerate(meant):
        progress.step(number, len(meant), one.title)
        found.extend(_of(ground, one))
    return tuple(sorted(found, key=_urgency))


def _urgency(one: Outside) -> tuple[object, ...]:
    until = one.limit.day if one.limit else date.max
    return list(Lateness).index(one.lateness), until, one.day, order(one.number), one.record.id


def _of(ground: Ground, contract: Contract) -> Iterator[Outside]:
    view = ContractView(ground.facts, ground.catalogue, ground.forms, contract, ground.today)
    yield from _assets(view, ground.catalogue)
    yield from _devices(view, ground.catalogue)


def _assets(view: ContractView, catalogue: Catalogue) -> Iterator[Outside]:
    """Every take-out and every asset moved out of which something is not back."""
    back, left = brought_back(view), _left(view)
    for claim in takeouts.TAKING_OUT.matching(view, "").claims.values():
        event = view.facts.get(Event, claim.use.record.id)
        if event.id in back:
            continue
        asset = view.assets[event.asset]
        limit = back_by(event.return_by, claim.approvals)
        yield Outside(
            record=event,
            thing=asset,
            contract=view.contract,
            quantity=left.get(event.id) or event.quantity,
            unit=asset.unit,
            person=view.facts.find(Person, event.person),
            place=claim.use.destination,
            since=event.happened_at,
            limit=limit,
            standing=_Ground(view, catalogue, "takeout-approval").standing(claim, event.reason),
            permit="takeout-approval",
            act="check-in-asset" if event.kind == EventKind.TAKEN_OUT else "",
            lateness=_lateness(limit, view.day),
        )


def _left(view: ContractView) -> dict[int, Amount]:
    """Take-out → how much of it is still out; what was taken out first comes back first."""
    out = {one.asset.id: one.out for one in view.balances if one.out}
    trips: dict[int, list[Event]] = defaultdict(list)
    for event, asset in view.events_of(EventKind.TAKEN_OUT):
        if asset.id in out:
            trips[asset.id].append(event)
    found: dict[int, Amount] = {}
    for asset_id, held in trips.items():
        rest = out[asset_id]
        for event in reversed(held):
            found[event.id] = min(rest, event.quantity)
            rest -= found[event.id]
    return found


def _devices(view: ContractView, catalogue: Catalogue) -> Iterator[Outside]:
    """Every machine or medium that is in use away from the places of work, or was brought to the client."""
    for kind, subject in (
        ("equipment-takeout", moving.TAKING_OUT),
        ("bringin-approval", moving.BRINGING_IN),
    ):
        for claim in subject.matching(view, "").claims.values():
            use = view.facts.get(DeviceUse, claim.use.record.id)
            if not _away(use, view.day):
                continue
            place = view.facts.find(Location, use.location)
            limit = back_by(use.return_by, claim.approvals, "返却予定日")
            yield Outside(
                record=use,
                thing=view.facts.get(Device, use.device),
                contract=view.contract,
                quantity=1,
                unit="台",
                person=view.facts.find(Person, use.person),
                place=place.name if place else "",
                since=_out_since(view, use),
                limit=limit,
                standing=_Ground(view, catalogue, kind).standing(claim, use.reason),
                permit=kind,
                act="check-in",
                lateness=_lateness(limit, view.day),
            )


def _out_since(view: ContractView, use: DeviceUse) -> date:
    """Since when it is there: that it passed into other hands meanwhile brought it back to nobody."""
    since = use.starts_on
    former = [
        one for one in view.held(DeviceUse) if one.device == use.device and one.location == use.location
    ]
    for one in sorted(former, key=lambda one: one.starts_on, reverse=True):
        touches = one.ends_on is not None and one.ends_on >= since - timedelta(days=1)
        if one.starts_on < since and touches and one.status != Status.PLANNED:
            since = one.starts_on
    return since


def _away(use: DeviceUse, day: date) -> bool:
    ended = use.ends_on is not None and use.ends_on <= day
    return use.status != Status.PLANNED and use.starts_on <= day and not ended


def _lateness(limit: BackBy | None, day: date) -> Lateness:
    if limit is None:
        return Lateness.NO_DAY
    if limit.day < day:
        return Lateness.OVERDUE
    return Lateness.TODAY if limit.day == day else Lateness.LATER


class _Ground(NamedTuple):
    """What the clauses of one kind of duty ask before something goes out."""

    view: ContractView
    catalogue: Catalogue
    kind: str

    def standing(self, claim: Claim, reason: str) -> Standing:
        """On what the use of ``claim`` rests; ``reason``: what its record says."""
        duties = applying(self.view, self.kind)
        clauses = self._cited(duties)
        banned = self._cited(one for one in duties if self._bans(one))
        numbers = "、".join(one.number for one in claim.approvals)
        if banned:
            return Standing(f"{'、'.join(banned)}が禁じています{_why(reason)}", False, clauses)
        if claim.faults:
            faults = "、".join(fault.words for fault in claim.faults)
            held = numbers or "記録された承諾"
            return Standing(f"{held}では認められません（{faults}）{_why(reason)}", False, clauses)
        if claim.approvals:
            doubts = f"（{'、'.join(claim.doubts)}）" if claim.doubts else ""
            return Standing(f"{numbers}{doubts}", not doubts, clauses)
        if not clauses:
            return Standing("承諾を求める条項はありません", True)
        return Standing(f"承諾なし{_why(reason) or '：理由の記録がありません'}", False, clauses)

    def _cited(self, duties: Iterable[Duty]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.catalogue.cite(one.clause) for one in duties))

    def _bans(self, duty: Duty) -> bool:
        return ground_of(asks_of(self.view.contract, duty.clause, duty.kind)).absolute


def _why(reason: str) -> str:
    """The reason for which it went on without the client's word, where the record says one."""
    _before, mark, said = reason.partition(WITHOUT)
    return f"：{said}" if mark else ""


def counted(found: Iterable[Outside]) -> dict[Lateness, int]:
    """How many things are out, each once under the most urgent of what holds of it; none is left out.

    A machine that several contracts use is out for each of them, and is one machine.
    """
    things: dict[tuple[str, int], Lateness] = {}
    for one in sorted(found, key=_urgency):
        key = ("event", one.record.id) if one.by_event else ("device", one.thing.id)
        things.setdefault(key, one.lateness)
    held = list(things.values())
    return {late: held.count(late) for late in Lateness}


def summary(found: Iterable[Outside]) -> tuple[str, Lateness]:
    """What is out in one sentence, and how urgent the most urgent of it is; empty where nothing is out."""
    held = tuple(found)
    if not held:
        return "", Lateness.NO_DAY
    counts = counted(held)
    things = sum(counts.values())
    first = next(late for late in Lateness if counts[late])
    if first in (Lateness.OVERDUE, Lateness.TODAY):
        numbers = tuple(dict.fromkeys(one.number for one in held if one.lateness is first))
        named = "、".join(numbers[:_NAMED])
        more = f"ほか{len(numbers) - _NAMED}件" if len(numbers) > _NAMED else ""
        what = "期限を過ぎて" if first is Lateness.OVERDUE else "きょうまでに"
        still = "持ち出されたままのもの" if first is Lateness.OVERDUE else "持ち帰るもの"
        return f"{what}{still}：{named}{more}（外にあるもの{things}件）", first
    return f"外にあるもの{things}件", first
