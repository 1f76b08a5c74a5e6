"""事故対応: whom to telephone, the clocks, what was on the lost thing, the reports, what comes next.

Everything is read from the ledger and from what was judged of it; nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from app.duties.duty import Duty, Gap
from app.duties.papers.drift import statement_of
from app.records import Client, Contract, Device, Facts, Incident, Submission, stated_key
from app.records.dated import as_of
from app.records.days import DayOnly
from app.records.incident import IncidentNotice
from app.work.acts.devices.contents import contents, protected

FIRST, FULL = "incident-first", "incident-full"
"""The forms of the first report and of the full one."""
KINDS = ("incident-notice", "incident-followup")
"""The kinds of duty that speak of an incident."""


class Call(NamedTuple):
    """Whom to telephone for one contract of an accident, and what they were told so far, in time order."""

    incident: Incident
    contract: Contract
    client: Client
    told: tuple[IncidentNotice, ...]

    @property
    def who(self) -> str:
        """Department and name, as the ledger has them; empty for neither."""
        return " ".join(text for text in (self.client.department, self.client.contact) if text)


class Report(NamedTuple):
    """One of the two papers on an incident, with the newest that stands; None: none was issued."""

    form: str
    paper: Submission | None


class Clock(NamedTuple):
    """One clause and what it asks of this incident.

    ``open``: what is still missing, each with its day; empty where nothing is. ``late``: what came after its
    day. ``counted``: how the day was counted.
    """

    duty: Duty
    open: tuple[Gap, ...]
    late: tuple[str, ...]

    @property
    def due(self) -> date | None:
        """The first of its days; None where nothing is missing or no day is set."""
        days = (gap.due or self.duty.due for gap in self.open)
        return min((day for day in days if day is not None), default=None)


class Content(NamedTuple):
    """A lost thing: its protection on the day, what was surely on it, what may have been."""

    device: Device
    protection: str
    sure: tuple[str, ...]
    doubtful: tuple[str, ...]


class Point(NamedTuple):
    """One thing that may not be forgotten: what, by when, and the act that records it."""

    text: str
    due: date | None
    act: str
    clause: str = ""


def siblings(facts: Facts, incident: Incident) -> tuple[Incident, ...]:
    """The incidents of other contracts that the same accident is recorded as.

    Found at the same time, of the same kinds, and with a machine or a medium, or with its words in common.
    """
    devices = {row.device for row in incident.assets if row.device is not None}
    return tuple(
        one
        for one in facts.all(Incident)
        if one.id != incident.id
        and one.contract != incident.contract
        and one.found_at == incident.found_at
        and one.kinds == incident.kinds
        and (
            devices & {row.device for row in one.assets if row.device is not None}
            or (bool(one.circumstances) and one.circumstances == incident.circumstances)
        )
    )


def calls(facts: Facts, incident: Incident, today: date) -> tuple[Call, ...]:
    """Everyone to be telephoned of the accident: the client of this incident first."""
    found = []
    for one in (incident, *siblings(facts, incident)):
        contract = facts.get(Contract, one.contract)
        told = tuple(sorted(one.notices, key=lambda row: row.notified_at))
        found.append(Call(one, contract, as_of(facts.get(Client, contract.client), today), told))
    return tuple(found)


def reports(facts: Facts, incident: Incident) -> tuple[Report, ...]:
    """The first report and the full one, each with the newest document that was not declared void."""
    return tuple(Report(form, _newest(facts, incident, form)) for form in (FIRST, FULL))


def _newest(facts: Facts, incident: Incident, form: str) -> Submission | None:
    held = (one for one in _papers(facts, incident) if one.form == form)
    return max(held, key=lambda one: one.id, default=None)


def _papers(facts: Facts, incident: Incident) -> Iterator[Submission]:
    key = stated_key(incident)
    for one in facts.of(Submission, "contract", incident.contract):
        if one.form in (FIRST, FULL) and one.voided_on is None:
            statement = statement_of(one)
            if statement is not None and key in statement.subjects:
                yield one


def clocks(facts: Facts, incident: Incident, duties: Iterable[Duty]) -> tuple[Clock, ...]:
    """What each clause of the contract asks of this incident, the most pressing first.

    A clause that neither lacks nor has anything of it does not mean it.
    """
    papers = {one.id for one in _papers(facts, incident)}
    found = []
    for duty in duties:
        if duty.kind not in KINDS or duty.contract != incident.contract:
            continue
        lacking = tuple(gap for gap in duty.missing if _about(incident, gap.record, gap.id))
        late = tuple(one.text for one in duty.remarks if _about(incident, one.record, one.id))
        has = any(
            _about(incident, one.record, one.id) or (one.record == "submission" and one.id in papers)
            for one in duty.evidence
        )
        if lacking or late or has:
            found.append(Clock(duty, lacking, late))
    return tuple(sorted(found, key=lambda one: (not one.open, one.due or date.max)))


def unmeant(incident: Incident, duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Every duty of ``KINDS`` of the contract, for where ``clocks`` found none.

    That no clause means this incident is not that the contract has none.
    """
    return tuple(one for one in duties if one.kind in KINDS and one.contract == incident.contract)


def _about(incident: Incident, record: str, record_id: int) -> bool:
    return record == incident.spec.name and record_id == incident.id


def lost(facts: Facts, incident: Incident) -> tuple[Content, ...]:
    """What the ledger says of each machine or medium of the incident, for the day on which it happened."""
    day = (incident.happened_at or incident.found_at).date()
    found = []
    for number in dict.fromkeys(row.device for row in incident.assets):
        device = facts.find(Device, number)
        if device is None:
            continue
        held = contents(facts, device, day)
        sure, doubtful = (tuple(one.named for one in held if one.sure is state) for state in (True, False))
        found.append(Content(device, protected(device, day), sure, doubtful))
    return tuple(found)


_ACTS: Mapping[str, str] = MappingProxyType(
    {
        "読み取れません": "instructed",  # First, since the client's words are quoted before it.
        "伝えた記録": "tell-client",
        "第一報": "tell-client",
        "書面による報告": "tell-client",
        "報告が": "tell-client",
        "指示": "instructed",
        "協議": "instructed",
        "拡大防止": "contain",
        "本人": "tell-persons",
        "公表": "tell-persons",
        "再発防止": "prevent",
        "原因": "prevent",
    }
)
"""Words of what is missing → the act that records it; the first that stands in the sentence counts."""


def act_for(text: str) -> str:
    """The act that records what a sentence says is missing; empty: the whole record has to be looked at."""
    return next((act for words, act in _ACTS.items() if words in text), "")


def points(incident: Incident, held: Iterable[Clock], today: date) -> tuple[Point, ...]:
    """What may not be forgotten next: what clauses ask, then what was planned, then what nobody has said."""
    found = [
        Point(gap.text, gap.due or one.duty.due, act_for(gap.text), one.duty.clause.number)
        for one in held
        for gap in one.open
    ]
    found += _planned(incident)
    asked = {one.act for one in found}
    found += [one for one in _unsaid(incident) if one.act not in asked]
    unique = {one.text: one for one in reversed(found)}
    first = list(unique.values())[::-1]
    return tuple(sorted(first, key=lambda one: one.due or date.max))


def _planned(incident: Incident) -> Iterator[Point]:
    if incident.recovered is False:
        yield Point("まだ回収できていません。", None, "contain")
    if incident.notice_planned_on is not None:
        yield Point("本人への通知を予定しています。", incident.notice_planned_on, "tell-persons")
    if incident.publication_planned_on is not None:
        yield Point("公表を予定しています。", incident.publication_planned_on, "tell-persons")
    if incident.prevention_planned and incident.prevention_due_on is not None:
        yield Point(
            f"再発防止策（予定）：{incident.prevention_planned}", incident.prevention_due_on, "prevent"
        )


def _unsaid(incident: Incident) -> Iterator[Point]:
    """What the annex may not ask, and every accident needs."""
    if not incident.containment and incident.recovered is not False:
        yield Point("広がりを防いだ措置が記録されていません。", None, "contain")
    if incident.persons_notified is None and incident.notice_planned_on is None:
        yield Point("本人への通知をどうするかが記録されていません。発注者と決めます。", None, "tell-persons")
    elif incident.published is None and incident.publication_planned_on is None:
        yield Point("公表をどうするかが記録されていません。発注者と決めます。", None, "tell-persons")
    if not incident.cause:
        yield Point("原因が記録されていません。", None, "prevent")
    elif not incident.prevention:
        yield Point("再発防止策が実施されていません。", None, "prevent")


def elapsed(incident: Incident, now: datetime) -> str:
    """How long ago it was found, in words; where the hour is not known, in days."""
    found = incident.found_at
    if isinstance(found, DayOnly):
        days = (now.date() - found.date()).days
        return f"発見から{days}日" if days > 0 else "発見はきょう（時刻なし）"
    minutes = int((now.replace(tzinfo=None) - found).total_seconds()) // 60
    if minutes < 0:
        return ""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return f"発見から{days}日{hours}時間"
    return f"発見から{hours}時間{left}分" if hours else f"発見から{left}分"
