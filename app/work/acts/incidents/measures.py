"""What must not be forgotten of an incident, a few fields at a time, and its closing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.duties.engine import duties_of
from app.duties.view import ContractView
from app.records import Contract, Field, Incident, Record
from app.records.days import wareki
from app.records.incident import Statute
from app.records.kinds import Day
from app.work.acts.filling import filling
from app.work.acts.incidents.statute import hints, stands
from app.work.acts.incidents.telling import still_open
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, only_of, renewed, with_values

ASTRAY = ("recipient", "recovered", "recovered_on")
"""Whom it reached, and whether it is back: asked only of what may have gone to somebody."""
CONTAIN = filling(
    Incident,
    "contain",
    "拡大防止・回収を記録",
    ("containment", "contained_on", *ASTRAY),
    ("拡大防止", "回収した", "停止した", "見つかった"),
    "広がりを防いだ措置と、回収できたかを記録します。",
    offered=still_open,
    fits=lambda one, name: name not in ASTRAY or (isinstance(one, Incident) and name in one.astray),
)
INSTRUCTED = filling(
    Incident,
    "instructed",
    "事故についての発注者の指示",
    (
        "instructions",
        "instructions_by",
        "instructions_on",
        "instructions_done",
        "instructions_done_on",
        "discussed_on",
    ),
    ("指示を受けた", "協議した"),
    "発注者の指示と協議、それへの対応を記録します。",
    offered=still_open,
)
TELL_PERSONS = filling(
    Incident,
    "tell-persons",
    "本人への通知・公表を記録",
    (
        "persons",
        "persons_known_on",
        "persons_notified",
        "persons_notified_on",
        "persons_notified_count",
        "persons_notified_how",
        "notice_planned_on",
        "no_notice_why",
        "notice_decided_on",
        "no_notice_instruction",
        "published",
        "published_on",
        "published_where",
        "publication_planned_on",
        "no_publication_why",
        "publication_decided_on",
    ),
    ("本人への通知", "お詫び", "公表", "記者発表"),
    "本人への通知と公表を、したか、予定か、要しないかを記録します。",
    offered=still_open,
)
PREVENT = filling(
    Incident,
    "prevent",
    "原因・再発防止を記録",
    (
        "cause",
        "cause_known_on",
        "secondary_harm",
        "secondary_harm_known_on",
        "prevention",
        "prevention_on",
        "prevention_planned",
        "prevention_planned_on",
        "prevention_due_on",
    ),
    ("原因", "再発防止", "二次被害"),
    "原因、二次被害、再発防止策を記録します。",
    offered=still_open,
)


def _statutory(ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    """What a decision lets go, or puts off, is said before it is written."""
    if not isinstance(record, Incident):
        raise TypeError(record)
    after = with_values(record, **values)
    if after.statute == Statute.NONE:
        yield from hints(ground.facts, after)
        if not after.statute_why:
            yield "報告を要しない理由が記録されていません。発注者と確かめ、その判断の理由を入力してください。"
    later = {one.title: one.due for one in stands(after)}
    for one in stands(record):
        due = later.get(one.title)
        if one.due is not None and due is not None and due > one.due:
            yield f"{one.title}の目安・期限が、{wareki(one.due)}から{wareki(due)}に遅くなります。"


STATUTORY = filling(
    Incident,
    "statutory-report",
    "自社の法定報告を記録",
    (
        "statute",
        "statute_why",
        "statute_known_on",
        "wrongful",
        "statute_told_on",
        "statute_first_on",
        "statute_final_on",
    ),
    ("個人情報保護委員会", "委員会への報告", "速報", "確報", "第26条"),
    "個人情報保護法第26条の報告について、決めたことと、した日を記録します。",
    offered=still_open,
    remarks=_statutory,
)
_ON = Field("on", Day(label="終結した日", past=True), required=True, default=None)


def open_points(ground: Ground, incident: Incident) -> Iterator[str]:
    """What the clauses of its contract still ask about an incident, each once."""
    contract = ground.facts.find(Contract, incident.contract)
    if contract is None:
        return
    view = ContractView(ground.facts, ground.catalogue, ground.forms, contract, ground.today)
    gaps = (gap for duty in view.once(duties_of) for gap in duty.missing)
    yield from dict.fromkeys(
        gap.text for gap in gaps if gap.record == incident.spec.name and gap.id == incident.id
    )


def _close(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    """Closed with something open is recorded as what it is: the clauses ask for it all the same."""
    incident = only_of(records, Incident)
    title, day = f"事故の終結　{incident.number}", answers.get("on")
    if incident.closed_on is not None:
        said = (
            f"{incident.number}は{wareki(incident.closed_on)}に終結したと登録されています。"
            "日付が違うときや終結していなかったときは、「事故」の終結した日を改めてください。"
        )
        return Draft(title, title, refusals=(said,))
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("終結した日を入力してください。", "on", needed=True),))
    if day > ground.today:
        said = f"終結した日（{wareki(day)}）がきょうより後です。終結してから、その日を登録してください。"
        return Draft(title, title, refusals=(said,))
    return Draft(
        f"{title}（{wareki(day)}）",
        title,
        renewed(incident, closed_on=day),
        tuple(Ask(text) for text in (*open_points(ground, incident), *_undecided(incident))),
    )


def _undecided(incident: Incident) -> Iterator[str]:
    if not incident.statute:
        yield "自社の法定報告（個人情報保護法第26条）が要るかどうかが記録されていません。"


def _given(ground: Ground, records: tuple[Record, ...]) -> Mapping[str, Any]:
    del records
    return {"on": ground.today}


CLOSE_INCIDENT = Act(
    name="close-incident",
    title="事故の終結",
    words=("事故を終える", "終結", "解決した"),
    hint="残っていることを示してから、事故を終結にします。",
    about=Incident,
    fields=(_ON,),
    draft=_close,
    offered=still_open,
    given=_given,
)
