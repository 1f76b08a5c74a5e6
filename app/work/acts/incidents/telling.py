"""発注者への連絡と経過: who was told what and when, and what was done, one line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.records import Client, Contract, Field, Incident, Record
from app.records.dated import as_of
from app.records.days import DayOnly, When, ahead_of, certainly_after, wareki_moment
from app.records.incident import IncidentNotice, Stage, TimelineEntry
from app.records.kinds import Choice, Moment, Text
from app.work.acts.outside_term import early
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, only_of, renewed

PHONE = "電話"
"""How a first word usually reaches the client."""
_STAGE = Field("stage", Choice(label="段階", of=Stage), required=True, default="")
_AT = Field("at", Moment(label="連絡した日時", past=True, back=2), required=True, default=None)
_HOW = Field("how", Text(label="方法", hint="電話、持参、メールなど"), required=False, default="")
_WHOM = Field("to_whom", Text(label="相手方", hint="発注者の所属と氏名"), required=False, default="")
_BY = Field("by", Text(label="連絡した者", hint="自社の所属と氏名"), required=False, default="")
_CONTENT = Field("content", Text(label="伝えた内容", lines=2, longest=1000), required=False, default="")
_DONE_AT = Field("at", Moment(label="日時", past=True, back=2), required=True, default=None)
_WHO = Field("who", Text(label="行った者", hint="所属と氏名"), required=False, default="")
_WHAT = Field("what", Text(label="したこと", lines=2, longest=1000), required=True, default="")


def whom(ground: Ground, contract: Contract) -> str:
    """Whom at the client one telephones: department and name, as the ledger has them; empty for neither."""
    client = as_of(ground.facts.get(Client, contract.client), ground.today)
    return " ".join(text for text in (client.department, client.contact) if text)


def _tell(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    incident = only_of(records, Incident)
    at: When | None = answers.get("at")
    stage = str(answers.get("stage") or "")
    title = f"発注者への連絡　{incident.number}"
    needed = tuple(_needed(at, stage))
    if needed or at is None:
        return Draft(title, title, asks=needed)
    told = f"{title}　{stage}（{wareki_moment(at)}）"
    if refusals := tuple(_refusals(ground, incident, at, "連絡した日時")):
        return Draft(told, title, refusals=refusals)
    to, how = str(answers.get("to_whom") or ""), str(answers.get("how") or "")
    content = str(answers.get("content") or "")
    row = IncidentNotice(stage=stage, notified_at=at, how=how, to_whom=to, content=content)
    if refusals := tuple(_twice(incident, row)):
        return Draft(told, title, refusals=refusals)
    said = f"発注者{f'（{to}）' if to else ''}に{f'{how}で' if how else ''}連絡した（{stage}）"
    entry = TimelineEntry(at=at, who=str(answers.get("by") or ""), what=said)
    asks = () if to else (Ask("相手方の所属と氏名を入力してください。", "to_whom"),)
    values: dict[str, Any] = {"notices": (*incident.notices, row), "timeline": _with(incident, entry)}
    remarks = tuple(_told_then(incident, row))
    return Draft(told, f"{title}　{stage}", renewed(incident, **values), asks, remarks=remarks)


def _twice(incident: Incident, row: IncidentNotice) -> Iterator[str]:
    """That one word is entered twice: the second would pass for the next report, of which nothing was said.

    Of a day without an hour both reports may be true.
    """
    for one in incident.notices:
        same = (one.notified_at, one.to_whom, one.content) == (row.notified_at, row.to_whom, row.content)
        if same and (one.stage == row.stage or not isinstance(row.notified_at, DayOnly)):
            when = wareki_moment(one.notified_at)
            yield (
                f"同じ日時（{when}）の連絡が「{one.stage}」として登録されています。"
                "別の連絡のときは、相手方か伝えた内容の違いを入力してください。"
            )
            return


def _told_then(incident: Incident, row: IncidentNotice) -> Iterator[str]:
    """That something else was told at the same moment: it may be one call entered twice."""
    for one in incident.notices:
        if one.notified_at == row.notified_at:
            to = f"、{one.to_whom}" if one.to_whom else ""
            yield f"同じ日時の連絡（{one.stage}{to}）が登録されています。別の連絡かを確かめてください。"


def _needed(at: When | None, stage: str) -> Iterator[Ask]:
    if stage not in tuple(Stage):
        yield Ask("段階（第一報、書面報告、最終報告）を選んでください。", "stage", needed=True)
    if at is None:
        yield Ask("連絡した日時を入力してください。", "at", needed=True)


def _refusals(ground: Ground, incident: Incident, at: When, label: str) -> Iterator[str]:
    if ahead := ahead_of(at, ground.now):
        yield f"{label}（{wareki_moment(at)}）が{ahead}より後です。済んでから、その日時を登録してください。"
    elif label == "連絡した日時" and certainly_after(incident.found_at, at):
        yield (
            f"{label}（{wareki_moment(at)}）が、発見した日時（{wareki_moment(incident.found_at)}）より前です。"
            "どちらかの日時を直してください。"
        )


def _note(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    incident = only_of(records, Incident)
    at: When | None = answers.get("at")
    what = str(answers.get("what") or "")
    title = f"事故の経過　{incident.number}"
    needed = []
    if at is None:
        needed.append(Ask("日時を入力してください。", "at", needed=True))
    if not what:
        needed.append(Ask("したことを入力してください。", "what", needed=True))
    if needed or at is None:
        return Draft(title, title, asks=tuple(needed))
    if refusals := tuple(_refusals(ground, incident, at, "日時")):
        return Draft(title, title, refusals=refusals)
    told = f"{title}（{wareki_moment(at)}）"
    entry = TimelineEntry(at=at, who=str(answers.get("who") or ""), what=what)
    if entry in incident.timeline:
        same = f"同じ経過（{wareki_moment(at)}）が登録されています。日時か内容を確かめてください。"
        return Draft(told, title, refusals=(same,))
    contract = ground.facts.get(Contract, incident.contract)
    return Draft(
        told,
        title,
        renewed(incident, timeline=_with(incident, entry)),
        remarks=tuple(early(contract, at.date(), "日時")),
    )


def _with(incident: Incident, entry: TimelineEntry) -> tuple[TimelineEntry, ...]:
    """The course of events with one more, in the order in which they happened."""
    return tuple(sorted((*incident.timeline, entry), key=lambda one: one.at))


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    incident = only_of(records, Incident)
    told = {one.stage for one in incident.notices}
    stage = next((one for one in Stage if str(one) not in told), Stage.FINAL)
    contract = ground.facts.get(Contract, incident.contract)
    how = PHONE if stage is Stage.FIRST else ""
    return {"stage": str(stage), "how": how, "to_whom": whom(ground, contract)}


def still_open(_ground: Ground, record: Record) -> bool:
    """Whether an incident is not closed."""
    return isinstance(record, Incident) and record.closed_on is None


TELL = Act(
    name="tell-client",
    title="発注者への連絡を記録",
    words=("電話した", "第一報", "報告した", "連絡した"),
    hint="いつ、誰に、どのように知らせたかを記録します。",
    about=Incident,
    fields=(_STAGE, _AT, _HOW, _WHOM, _BY, _CONTENT),
    draft=_tell,
    given=_given,
)
NOTE = Act(
    name="note-incident",
    title="経過を追加",
    words=("経過", "したこと", "警察に届けた", "停止した"),
    hint="したことと時刻を、事故の経過に1行加えます。",
    about=Incident,
    fields=(_DONE_AT, _WHO, _WHAT),
    draft=_note,
)
