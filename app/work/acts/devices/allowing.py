"""Whether the client allowed what is taken out, copied or delegated, and what follows where nobody did.

The clauses themselves are asked, with the records as they will be: the desk knows no rule of its own. What is
still to come gets its application; what is done all the same needs a reason, and the duty stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.annexes.overrides import asks_of
from app.duties.duty import Action, Duty, Gap
from app.duties.evaluators.ground import ground_of
from app.duties.questions import applying
from app.duties.view import ContractView
from app.records import Approval, Asset, Contract, Device, Facts, Subcontract
from app.records.amounts import Amount
from app.records.approval import ApprovalPerson, ApprovalSubject, Basis, Serves
from app.records.days import DayOnly, When, certainly_after, wareki
from app.records.status import Status
from app.work.acts.devices.permits import (
    ASSET_OUT,
    COPY,
    DELEGATION,
    DEVICE_IN,
    DEVICE_OUT,
    WITHOUT,
    Permit,
)
from app.work.acts.plan import PROVISIONAL, Ask, Draft, Ground, Paper, Write, after, with_values

_DESTINED = (ASSET_OUT, DEVICE_OUT, DELEGATION)
"""What goes to somebody or somewhere that the application names in words."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was said of what is done. ``without``: why it goes on though the client allowed nothing.

    ``at``: its moment, where more than its day was said.
    """

    day: date
    at: When | None = None
    approval: Approval | None = None
    person: int | None = None
    purpose: str = ""
    until: date | None = None
    without: str = ""
    destination: str = ""
    premises: int | None = None
    ends: date | None = None
    """Where it does not come back: the last day on which it is done."""

    def ahead_of(self, ground: Ground) -> bool:
        """Whether it is still to come."""
        return certainly_after(self.at or DayOnly(self.day), ground.now)


@dataclass(frozen=True, slots=True)
class Going:
    """One thing of one contract that goes out by ``write``."""

    write: Write
    contract: int
    thing: Asset | Device | Subcontract
    quantity: Amount
    permit: Permit

    @property
    def called(self) -> str:
        return self.thing.control_number if isinstance(self.thing, Device) else self.thing.number


@dataclass(slots=True)
class Outcome:
    """What the plan of what was asked for holds."""

    writes: tuple[Write, ...]
    asks: list[Ask]
    refusals: list[str]
    remarks: list[str]
    papers: list[Paper]

    def draft(self, title: str, what: str, asks: Iterable[Ask] = (), remarks: Iterable[str] = ()) -> Draft:
        """The draft of it with what the act itself asks and tells; ``what``: as the journal calls it."""
        return Draft(
            title,
            f"{what}（{len(self.writes)}件）",
            self.writes,
            (*self.asks, *asks),
            tuple(self.refusals),
            (*self.remarks, *remarks),
            tuple(self.papers),
        )


class Allowing:
    """Some things that go out together, held against the clauses of their contracts."""

    def __init__(self, ground: Ground, terms: Terms, going: Iterable[Going], rest: Iterable[Write]) -> None:
        self._ground, self._facts, self._terms = ground, ground.facts, terms
        self._going = tuple(_resting(ground.facts, terms, one) for one in going)
        self._rest = tuple(rest)

    def outcome(self) -> Outcome:
        found = Outcome((), [], list(self._wrong()), list(self._ends()), [])
        applied: list[Write] = []
        going, lacking = list(self._going), set[tuple[int, Permit]]()
        then = after(self._facts, (*self._rest, *(_as_done(one.write) for one in going)))
        for contract, permit in dict.fromkeys(_group(one) for one in going):
            group = [one for one in going if _group(one) == (contract, permit)]
            gaps = tuple(self._gaps(then, contract, permit, group))
            if not gaps:
                continue
            lacking.add((contract, permit))
            meant = {gap.id for _duty, gap in gaps}
            group = [one for one in group if one.write.record.id in meant]
            application = self._lacking(found, contract, group, gaps)
            if application is not None:
                number = PROVISIONAL + len(going) + len(self._rest) + len(applied) + 1
                applied.append(Write(replace(application, id=number)))
                going = [_on(one, number) if one in group else one for one in going]
        if self._terms.without and not lacking:
            found.remarks.append("承諾を求める条項に反しないため、承諾を得ない理由は記録しません。")
        told = (_told(self._terms, one, lacking=_group(one) in lacking) for one in going)
        found.writes = (*applied, *self._rest, *told)
        return found

    def _lacking(
        self, found: Outcome, contract: int, group: list[Going], gaps: tuple[tuple[Duty, Gap], ...]
    ) -> Approval | None:
        """Say what is lacking; the application to be made where it is still to come and nobody made one."""
        terms, permit = self._terms, group[0].permit
        form = self._ground.forms[permit.form].title
        clauses = tuple(dict.fromkeys(duty.clause.number for duty, _gap in gaps))
        cited = "、".join(dict.fromkeys(self._ground.catalogue.cite(duty.clause) for duty, _gap in gaps))
        text = "".join(dict.fromkeys(gap.text for _duty, gap in gaps))
        said = f"{cited}：{text}"
        ahead = terms.ahead_of(self._ground)
        banned = any(self._banned(duty) for duty, _gap in gaps)
        if banned and ahead:
            found.refusals.append(f"{said}{permit.avoids}ずに済む方法を発注者と決めてください。")
            return None
        # What was done already without it: there is no approval that an application would be for. Nor is
        # anything to be handed in again that waits for its answer.
        if not banned and not (terms.without and not ahead) and not self._applied_for(group):
            due = max(terms.day - timedelta(days=1), self._ground.today) if ahead else None
            found.papers.append(Paper(contract, permit.form, due, text, clauses))
        if not ahead:
            ask = f"{said}{'' if banned else f'先に「{form}」で承諾を得てください。'}"
            if terms.without:
                found.remarks.append(f"{said}理由「{terms.without}」で登録し、義務は要対応のまま残ります。")
            else:
                found.asks.append(
                    Ask(
                        f"{ask}それでも{permit.did}ときは、その理由を入力してください。",
                        "without",
                        needed=True,
                    )
                )
            return None
        if any(_approval_of(one) is not None for one in group):
            found.asks.append(Ask(f"{said}承諾を得るまで{permit.does}ないでください。"))
            return None
        asked = f"「{form}」を作成して申請し、承諾を得るまで{permit.does}ないでください。"
        found.asks.append(Ask(f"{said}{asked}"))
        return self._application(contract, group)

    def _applied_for(self, group: list[Going]) -> bool:
        """Whether all of it was applied for, and the client has not answered yet."""
        held, today = [self._facts.find(Approval, _approval_of(one)) for one in group], self._ground.today
        return all(one is not None and one.pending(today) for one in held)

    def _application(self, contract: int, group: list[Going]) -> Approval:
        terms, permit = self._terms, group[0].permit
        return Approval(
            contract=contract,
            kind=permit.approval.value,
            basis=Basis.APPROVAL.value,
            serves=Serves.ONE.value,
            subjects=tuple(_subjects(group)),
            purpose=terms.purpose,
            destination=terms.destination if permit in _DESTINED else "",
            premises=terms.premises if permit is DEVICE_IN else None,
            persons=(ApprovalPerson(person=terms.person),) if terms.person else (),
            copies=_copies(group) if permit is COPY else None,
            return_by=terms.until,
            starts_on=terms.day,
            ends_on=terms.until or terms.ends,
        )

    def _gaps(
        self, then: Facts, contract: int, permit: Permit, group: list[Going]
    ) -> Iterator[tuple[Duty, Gap]]:
        """What the clauses find lacking in the records of the group, as if their day had come."""
        ground, wanted = self._ground, {(one.write.record.spec.name, one.write.record.id) for one in group}
        day = max(self._terms.day, ground.today)
        view = ContractView(then, ground.catalogue, ground.forms, then.get(Contract, contract), day)
        for duty in applying(view, permit.duty):
            for gap in duty.missing:
                # That it is not back yet is no want of an approval.
                back = gap.step.action is Action.ADD and gap.step.target == "event"
                if (gap.record, gap.id) in wanted and not back:
                    yield duty, gap

    def _banned(self, duty: Duty) -> bool:
        contract = self._facts.get(Contract, duty.contract)
        return ground_of(asks_of(contract, duty.clause, duty.kind)).absolute

    def _wrong(self) -> Iterator[str]:
        """What contradicts the approval that was named."""
        approval, terms = self._terms.approval, self._terms
        if approval is None or not self._going:
            return
        word = self._going[0].permit
        if approval.contract not in {one.contract for one in self._going}:
            yield f"{approval.number}は別の契約の承諾です。この契約の承諾を選んでください。"
        elif approval.kind not in {one.permit.approval for one in self._going}:
            yield f"{approval.number}は「{approval.kind}」の承諾です。この{word.act}の承諾を選んでください。"
        elif approval.refused_on is not None:
            yield (
                f"{approval.number}は{wareki(approval.refused_on)}に承諾されませんでした。"
                f"{word.does}ないか、承諾を選ばずに理由を入力してください。"
            )
        elif approval.granted_on is not None and approval.granted_on > terms.day:
            yield (
                f"{approval.number}の承諾日（{wareki(approval.granted_on)}）は、{word.act}の日"
                f"（{wareki(terms.day)}）より後です。日付か承諾を確かめ、承諾の前に{word.did}ときは、"
                "承諾を選ばずに理由を入力してください。"
            )
        elif not approval.in_period(terms.day):
            yield (
                f"{approval.number}の有効期間に、{word.act}の日（{wareki(terms.day)}）が入っていません。"
                f"日付か承諾を確かめ、承諾のないまま{word.did}ときは、承諾を選ばずに理由を入力してください。"
            )
        elif terms.until and approval.last_day and terms.until > approval.last_day:
            yield (
                f"持帰りの予定日（{wareki(terms.until)}）が{approval.number}の期限"
                f"（{wareki(approval.last_day)}）より後です。期限までに持ち帰るか、あらためて承諾を得てください。"
            )

    def _ends(self) -> Iterator[str]:
        """By when each thing has to be back under its approval."""
        for one in self._going:
            approval = self._facts.find(Approval, _approval_of(one))
            comes_back = one.permit in (ASSET_OUT, DEVICE_OUT, DEVICE_IN)
            if comes_back and approval is not None and approval.last_day is not None:
                last = wareki(approval.last_day)
                yield f"{one.called}は{approval.number}の期限（{last}）までに持ち帰ってください。"


def _resting(facts: Facts, terms: Terms, going: Going) -> Going:
    """``going``, resting on the approval that was named, or on the only one that names it for that day."""
    if terms.approval is not None and terms.approval.contract == going.contract:
        return _on(going, terms.approval.id)
    if terms.without:
        return going
    named = [
        one
        for one in facts.of(Approval, "contract", going.contract)
        if one.kind == going.permit.approval
        and one.refused_on is None
        and one.in_period(terms.day)
        and _names(one, terms, going.thing)
    ]
    return _on(going, named[0].id) if len(named) == 1 else going


def _names(approval: Approval, terms: Terms, thing: Asset | Device | Subcontract) -> bool:
    """Whether the approval names what it is for: the thing, or the company to which work goes."""
    if isinstance(thing, Subcontract):
        return bool(approval.destination) and approval.destination == terms.destination
    return any(
        thing.id == (row.asset if isinstance(thing, Asset) else row.device) for row in approval.subjects
    )


def _copies(group: list[Going]) -> int | None:
    """How many copies are asked for, where all are counted in whole numbers."""
    whole = [one.quantity for one in group if isinstance(one.quantity, int)]
    return sum(whole) if len(whole) == len(group) else None


def _on(going: Going, approval: int) -> Going:
    record = with_values(going.write.record, approval=approval)
    return replace(going, write=replace(going.write, record=record))


def _approval_of(going: Going) -> int | None:
    held: int | None = getattr(going.write.record, "approval", None)
    return held


def _subjects(group: Iterable[Going]) -> Iterator[ApprovalSubject]:
    for going in group:
        thing, many = going.thing, going.quantity
        if isinstance(thing, Asset):
            yield ApprovalSubject(
                asset=thing.id, item=thing.item, medium=thing.medium, quantity=many, unit=thing.unit
            )
        elif isinstance(thing, Device):
            yield ApprovalSubject(device=thing.id, item=thing.kind, quantity=many, unit="台")


def _group(going: Going) -> tuple[int, Permit]:
    return going.contract, going.permit


def _as_done(write: Write) -> Write:
    """A plan as if its day had come: what it will lack then has to be known now.

    That something is not back is no want of an approval: what was promised is left out.
    """
    record = write.record
    actual = {"status": Status.ACTUAL.value} if hasattr(record, "status") else {}
    promised = {"return_by": None} if hasattr(record, "return_by") else {}
    return replace(write, record=with_values(record, **actual, **promised))


def _told(terms: Terms, going: Going, *, lacking: bool) -> Write:
    """The write with what was said: what for, and why without an approval.

    What a later application prints never tells why nobody applied before: where the record keeps that apart,
    it stands there.
    """
    write, held = going.write, str(getattr(going.write.record, "reason", ""))
    if isinstance(write.record, Subcontract):
        return replace(write, record=with_values(write.record, unapproved=terms.without if lacking else ""))
    without = f"{WITHOUT}{terms.without}" if lacking and terms.without else ""
    reason = "。".join(text for text in (held, terms.purpose, without) if text)
    return replace(write, record=with_values(write.record, reason=reason))
