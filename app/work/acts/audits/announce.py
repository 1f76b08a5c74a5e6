"""監査の予告: what the client announced, from the moment it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.records import Audit, Contract, Field, Location, Record
from app.records.audit import AuditKind
from app.records.days import wareki
from app.records.kinds import Choice, Day, Flag, Ref, Text
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Paper, Write, all_of
from app.work.batches import BINDER

_KIND = Field("kind", Choice(label="種別", of=AuditKind, other=True), required=True, default="")
_ON = Field("planned_on", Day(label="実施の予定日"), required=False, default=None)
_AUDITOR = Field("auditor", Text(label="実施する者", hint="発注者の所属と氏名"), required=False, default="")
_PLACE = Field("location", Ref(label="実施する作業場所", to="location"), required=False, default=None)
_HEARD = Field("announced_on", Day(label="通知を受けた日", past=True), required=True, default=None)
_HOW = Field("announced_how", Text(label="通知の方法", hint="文書番号など"), required=False, default="")
_ACCEPTED = Field(
    "accepted", Flag(label="受入れ", yes="受け入れた", no="断った"), required=False, default=None
)
_WHY = Field("refused_why", Text(label="断った理由", lines=2, longest=1000), required=False, default="")
_FIELDS = (_KIND, _ON, _AUDITOR, _PLACE, _HEARD, _HOW, _ACCEPTED, _WHY)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contracts = all_of(records, Contract)
    named = "、".join(one.number for one in contracts)
    kind, heard = str(answers.get("kind") or ""), answers.get("announced_on")
    title = f"監査の予告　{named}"
    needed = tuple(_needed(kind, heard))
    if needed or not isinstance(heard, date):
        return Draft(title, title, asks=needed)
    planned: date | None = answers.get("planned_on")
    values: dict[str, Any] = {
        one.name: answers[one.name] for one in _FIELDS if answers.get(one.name) is not None
    }
    writes = tuple(Write(Audit(contract=one.id, **values)) for one in contracts)
    when = f"　{wareki(planned)}予定" if planned else ""
    return Draft(
        f"{title}　{kind}{when}",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(_asks(answers, planned)),
        remarks=tuple(_remarks(ground, contracts, answers, planned)),
        papers=tuple(
            Paper(one.id, BINDER, planned, f"{kind}で示す記録と書類を1冊に綴じます。")
            for one in (() if answers.get("accepted") is False else contracts)
        ),
    )


def _needed(kind: str, heard: object) -> Iterator[Ask]:
    if not kind:
        yield Ask("種別（監査、実地調査、検査など）を選んでください。", "kind", needed=True)
    if not isinstance(heard, date):
        yield Ask("通知を受けた日を入力してください。", "announced_on", needed=True)


def _asks(answers: Answers, planned: date | None) -> Iterator[Ask]:
    if planned is None:
        yield Ask("実施の予定日が分かったら入力してください。", "planned_on")
    elif planned < (heard := answers["announced_on"]):
        yield Ask(
            f"通知を受けた日（{wareki(heard)}）が実施の予定日（{wareki(planned)}）より後です。"
            "日付を確かめてください。",
            "announced_on",
        )
    if not answers.get("auditor"):
        yield Ask("実施する発注者の所属と氏名を入力してください。", "auditor")


def _remarks(
    ground: Ground, contracts: tuple[Contract, ...], answers: Answers, planned: date | None
) -> Iterator[str]:
    """What may be a slip, and may be true: told, and not refused."""
    for one in contracts:
        if planned is not None and planned > one.last_day:
            yield f"{one.number}は{wareki(one.last_day)}に終わります。終了後の監査かを確かめてください。"
        for known in ground.facts.of(Audit, "contract", one.id):
            if known.held_on is None and known.accepted is not False:
                day = f"（{wareki(known.planned_on)}予定）" if known.planned_on else ""
                yield f"{one.number}に、実施前の{known.number}{day}があります。別の監査か確かめてください。"
    if planned is not None and planned < ground.today:
        yield f"予定日（{wareki(planned)}）は過ぎています。実施したときは、続けて実施日を記録してください。"
    place = ground.facts.find(Location, answers.get("location"))
    if place is not None:
        yield f"実施場所は{place.name}です。"


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    del records
    return {"announced_on": ground.today, "kind": str(AuditKind.AUDIT)}


ANNOUNCE = Act(
    name="announce-audit",
    title="監査・調査の予告を受けた",
    words=("監査", "調査", "実地調査", "立入", "立入検査", "検査", "監査の通知", "監査の準備"),
    hint="予告を登録し、当日までに直すことと、示す書類の準備に進みます。",
    about=Contract,
    fields=_FIELDS,
    draft=_draft,
    given=_given,
    many=True,
)
