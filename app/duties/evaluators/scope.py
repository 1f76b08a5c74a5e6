"""What one approval (承諾) allows, and how much of it has been used up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.duties.view import ContractView
from app.records import Approval, Location, Record
from app.records.amounts import Amount, amount_text
from app.records.approval import ApprovalKind, Basis, Serves
from app.records.days import wareki

_BY_ITSELF = (Basis.SPECIFICATION, Basis.STATUTE)
"""Grounds that stand in writing of themselves and need no day on which they were granted."""
_USED_UP = (ApprovalKind.COPY, ApprovalKind.DISPOSAL, ApprovalKind.COLLECTION)
"""Kinds whose quantities add up over all uses. What is taken out comes back: each take-out counts alone."""
_HANDLED = ("event", "device_use")
"""Records that say who handled the thing; no other can offend against the persons of an approval."""


class Use(NamedTuple):
    """One thing for which the client is asked; plain tuples, since a contract has thousands of them.

    ``since`` and ``until``: the first day and the last so far. ``things``: type, id and quantity of what is
    used. ``beforehand``: the client's approval on the same day comes too late. ``goes_on``: it lasts, and so
    can still be allowed after its first day, but late.
    """

    record: Record
    since: date
    until: date
    things: tuple[tuple[str, int, Amount], ...] = ()
    approval: int | None = None
    person: int | None = None
    destination: str = ""
    beforehand: bool = False
    goes_on: bool = False

    @property
    def subjects(self) -> tuple[tuple[str, int], ...]:
        """What an approval has to be for: the things used, else the record itself (a delegation)."""
        return tuple(thing[:2] for thing in self.things) or ((self.record.spec.name, self.record.id),)


class Fault(NamedTuple):
    """Why an approval does not allow a use, in a few words.

    ``due``: the day that passed. ``past``: nothing can be done about it any more. ``waiting``: unanswered.
    """

    words: str
    due: date | None = None
    past: bool = False
    waiting: bool = False


def stands(approval: Approval, day: date) -> bool:
    """Whether the client's word, the specification or the statute allows it, as known on ``day``."""
    refused = approval.refused_on is not None and approval.refused_on <= day
    by_itself = approval.basis in _BY_ITSELF and approval.granted_on is None
    return not refused and (by_itself or approval.granted(day))


def unasked(approval: Approval, day: date) -> bool:
    """Whether it was entered to be applied for, and by ``day`` was neither applied for nor answered.

    An instruction, a specification or a statute is not applied for; nor is what would be over by then.
    """
    days = (approval.applied_on, approval.granted_on, approval.refused_on)
    over = approval.ends_on is not None and approval.ends_on < day
    wanted = approval.basis == Basis.APPROVAL and not over
    return wanted and all(on is None or on > day for on in days)


class Scope:
    """One approval as it is known on the day of a view, and the uses that it has served so far."""

    def __init__(self, view: ContractView, approval: Approval, kinds: tuple[ApprovalKind, ...]) -> None:
        self.approval = approval
        self.single = approval.serves == Serves.ONE
        self._always = tuple(_always(view, approval, kinds))
        self._listed = {
            ("asset", row.asset) if row.asset is not None else ("device", row.device): row.quantity
            for row in approval.subjects
            if row.asset is not None or row.device is not None
        }
        self._closed = bool(approval.subjects) and all(
            row.asset is not None or row.device is not None for row in approval.subjects
        )
        """Whether it allows nothing but what it lists; what is listed in words may be any thing."""
        premises = view.facts.find(Location, approval.premises)
        self._destination = approval.destination or (premises.name if premises else "")
        self._copies = approval.copies if approval.kind == ApprovalKind.COPY else None
        self._persons = frozenset(row.person for row in approval.persons)
        self._first: date | None = None
        self._taken: dict[tuple[str, int], Amount] = {}
        self._served: set[tuple[str, int]] = set()

    @property
    def things(self) -> tuple[tuple[str, int | None], ...]:
        """The things that it lists by their record."""
        return tuple(self._listed)

    def serves_another(self, use: Use) -> bool:
        """Whether it names nothing of what it is for, and has served something else than ``use`` already.

        Such an approval was given for something; that it was for this as well, only a person can say.
        """
        named = self.approval.subjects if use.things else self._destination
        return not named and bool(self._served) and not self._served.issuperset(use.subjects)

    def again(self, use: Use) -> date | None:
        """The day of the first occasion where ``use`` is another one.

        To one occasion belong different things on one day; what has no things (a delegation) stands alone.
        """
        if self._first is None:
            return None
        same = use.since == self._first and bool(use.things)
        if same and not any(thing[:2] in self._taken for thing in use.things):
            return None
        return self._first

    def take(self, use: Use) -> None:
        """Let the approval serve ``use``."""
        self._first = self._first or use.since
        self._served.update(use.subjects)
        for kind, number, quantity in use.things:
            self._taken[kind, number] = self._taken.get((kind, number), 0) + quantity

    def faults(self, use: Use) -> tuple[Fault, ...]:
        """Why it does not allow ``use`` after all that it has served."""
        approval = self.approval
        found = self._always
        granted = approval.granted_on
        if not found and granted is not None and granted >= use.since:
            found = tuple(_late(approval, granted, use))
        if not (approval.in_period(use.since) and approval.in_period(use.until)):
            found = (*found, _outside(approval, use))
        if self._closed and any(thing[:2] not in self._listed for thing in use.things):
            found = (*found, Fault("承諾の対象外"))
        if self._persons and use.person is not None and use.person not in self._persons:
            found = (*found, Fault("承諾された者以外による取扱い"))
        if self._listed or self._copies is not None:
            found = (*found, *self._exceeded(use))
        if self.single and (before := self.again(use)):
            found = (*found, Fault(f"1回限りの承諾で{wareki(before)}に使用済み", past=True))
        return found

    def doubts(self, use: Use) -> tuple[str, ...]:
        """What two records say in words that differ: only a person can tell whether they mean the same."""
        allowed = self._destination
        found: tuple[str, ...] = ()
        if allowed and use.destination and _folded(use.destination) != _folded(allowed):
            differ = f"相手方又は行き先（「{use.destination}」）が、承諾（「{allowed}」）"
            found = (f"{differ}と同じかを確かめてください",)
        if self._persons and use.person is None and use.record.spec.name in _HANDLED:
            found = (*found, "取り扱った者が記録されていないため、承諾された者かを確かめてください")
        return found

    def _exceeded(self, use: Use) -> Iterator[Fault]:
        """Quantities beyond what is allowed; where they are used up, with what has been served already."""
        adds_up = self.approval.kind in _USED_UP
        for kind, number, quantity in use.things:
            limit = self._listed.get((kind, number))
            total = quantity + (self._taken.get((kind, number), 0) if adds_up else 0)
            if limit is not None and total > limit:
                yield Fault(f"数量超過（承諾{amount_text(limit)}に対し{amount_text(total)}）", past=True)
        if self._copies is not None:
            total = sum(self._taken.values()) + sum(quantity for _kind, _number, quantity in use.things)
            if total > self._copies:
                yield Fault(
                    f"部数超過（承諾{amount_text(self._copies)}に対し{amount_text(total)}）", past=True
                )


def _always(view: ContractView, approval: Approval, kinds: tuple[ApprovalKind, ...]) -> Iterator[Fault]:
    """What keeps an approval from allowing anything of the kinds, as far as is known on the day asked."""
    if approval.contract != view.contract.id:
        yield Fault("別の契約の承諾")
    elif approval.kind not in kinds:
        yield Fault(f"「{approval.kind}」についての承諾")
    if approval.refused_on is not None and approval.refused_on <= view.day:
        yield Fault("不承諾")
    elif not stands(approval, view.day):
        waiting = approval.pending(view.day)
        yield Fault("発注者の回答前" if waiting else "承諾日の記録なし", waiting=waiting)


def _late(approval: Approval, granted: date, use: Use) -> Iterator[Fault]:
    """What is done as instructed may follow the word at once; an approval was there the day before."""
    if granted > use.since or (use.beforehand and approval.basis != Basis.INSTRUCTION):
        yield Fault(f"承諾日（{wareki(granted)}）が後", past=True)


def _outside(approval: Approval, use: Use) -> Fault:
    begun, ended = approval.starts_on, approval.last_day
    words = f"{wareki(begun) if begun else ''}から{wareki(ended) if ended else ''}まで"
    return Fault(f"有効期間（{words}）の外", ended if approval.in_period(use.since) else None)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
