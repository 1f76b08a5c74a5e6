"""監査の実施・指摘・改善: what was shown, what was found wanting, who puts it right by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.records import Audit, Field, Improvement, Record
from app.records.audit import Finding
from app.records.days import wareki
from app.records.improvement import Source
from app.records.kinds import Day, Number, Ref, Text
from app.work.acts.filling import filling
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, only_of, renewed, with_values

HOLD = filling(
    Audit,
    "hold-audit",
    "監査の実施を記録",
    ("held_on", "location", "place", "auditor", "attended", "accepted", "refused_why"),
    ("監査を受けた", "調査が終わった", "立ち会った"),
    "いつ、どこで、誰が実施し、誰が立ち会ったかを記録します。",
)


def _put_off(_ground: Ground, record: Record, values: Mapping[str, Any]) -> Iterator[str]:
    """A promise that moves later, and an effect of what nobody did, are said before they are written."""
    if not isinstance(record, Improvement):
        raise TypeError(record)
    after = with_values(record, **values)
    if record.due_on is not None and (after.due_on is None or after.due_on > record.due_on):
        to = wareki(after.due_on) if after.due_on is not None else "定めなし"
        yield f"期日を{wareki(record.due_on)}から{to}に変えます。発注者に示した期日なら、先に協議します。"
    if (after.effect or after.effect_on) and after.done_on is None:
        yield "実施日がないまま、効果の確認が登録されます。実施した日を確かめてください。"


IMPROVE = filling(
    Improvement,
    "improve",
    "改善の実施・効果を記録",
    ("reason", "action", "owner", "due_on", "done_on", "effect", "effect_by", "effect_on"),
    ("改善した", "是正した", "効果を確かめた"),
    "改善の措置、実施した日、効果の確認を記録します。",
    remarks=_put_off,
)
_WHAT = Field(
    "what", Text(label="渡した資料", lines=2, longest=1000, hint="文書番号や名称"), required=True, default=""
)
_HANDED = Field("on", Day(label="渡した日", past=True), required=True, default=None)
_WHOM = Field("to", Text(label="受け取った者"), required=False, default="")
_FINDING = Field("finding", Text(label="指摘", lines=3, longest=1000), required=True, default="")
_FOUND = Field("on", Day(label="指摘を受けた日", past=True), required=True, default=None)
_OWNER = Field("owner", Ref(label="改善の担当者", to="person"), required=False, default=None)
_DUE = Field("due_on", Day(label="改善の期日"), required=False, default=None)
_ACTION = Field("action", Text(label="改善の措置", lines=2, longest=1000), required=False, default="")
_NUMBER = Field("number", Number(label="指摘の番号", least=1, most=999), required=True, default=None)
_ANSWER = Field("answer", Text(label="回答", lines=3, longest=1000), required=True, default="")
_ANSWERED = Field("on", Day(label="回答した日", past=True), required=True, default=None)


def _hand(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    audit, day = only_of(records, Audit), answers.get("on")
    what, to = str(answers.get("what") or ""), str(answers.get("to") or "")
    title = f"渡した資料　{audit.number}"
    needed = tuple(
        _needed((what, "渡した資料を入力してください。", "what"), (day, "渡した日を入力してください。", "on"))
    )
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    line = f"{wareki(day)}　{what}{f'（受領：{to}）' if to else ''}"
    material = "\n".join(filter(None, (audit.material, line)))
    return Draft(
        f"{title}（{wareki(day)}）",
        title,
        renewed(audit, material=material),
        refusals=tuple(_ahead(ground, day, "渡した日")),
    )


def _find(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    audit, day = only_of(records, Audit), answers.get("on")
    said = str(answers.get("finding") or "")
    title = f"監査の指摘　{audit.number}"
    needed = tuple(
        _needed(
            (said, "指摘を入力してください。", "finding"), (day, "指摘を受けた日を入力してください。", "on")
        )
    )
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    number = max((called for called, _row in audit.numbered_findings), default=0) + 1
    row = Finding(number=number, finding=said)
    improvement = Improvement(
        contract=audit.contract,
        source=str(Source.AUDIT),
        audit=audit.id,
        finding_number=number,
        found_on=day,
        finding=said,
        action=str(answers.get("action") or ""),
        owner=answers.get("owner"),
        due_on=answers.get("due_on"),
    )
    return Draft(
        f"{title}　指摘{number}",
        title,
        (*renewed(audit, findings=(*audit.findings, row)), Write(improvement)),
        tuple(_open_improvement(improvement)),
        remarks=tuple(_unheld(audit)),
    )


def _open_improvement(improvement: Improvement) -> Iterator[Ask]:
    if improvement.owner is None:
        yield Ask("改善の担当者を決めてください。", "owner")
    if improvement.due_on is None:
        yield Ask("改善の期日を決めてください。", "due_on")


def _unheld(audit: Audit) -> Iterator[str]:
    if audit.held_on is None:
        yield f"{audit.number}の実施日が記録されていません。実施したときは、続けて記録してください。"


def _answer(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    audit, day, number = only_of(records, Audit), answers.get("on"), answers.get("number")
    said = str(answers.get("answer") or "")
    title = f"指摘への回答　{audit.number}"
    needed = tuple(
        _needed(
            (number, "指摘の番号を入力してください。", "number"),
            (said, "回答を入力してください。", "answer"),
            (day, "回答した日を入力してください。", "on"),
        )
    )
    if needed or not isinstance(day, date) or not isinstance(number, int):
        return Draft(title, title, asks=needed)
    told, held = f"{title}　指摘{number}（{wareki(day)}）", audit.finding(number)
    if held is None:
        known = "、".join(str(called) for called, _row in audit.numbered_findings)
        has = f"あるのは{known}です。" if known else "先に「指摘を受けた」で登録してください。"
        return Draft(told, title, refusals=(f"{audit.number}に指摘{number}はありません。{has}",))
    if audit.held_on is not None and day < audit.held_on:
        held_on = wareki(audit.held_on)
        before = f"回答した日（{wareki(day)}）が実施日（{held_on}）より前です。日付を確かめてください。"
        return Draft(told, title, refusals=(before,))
    findings = tuple(
        Finding(number=row.number, finding=row.finding, answer=said, answered_on=day) if row is held else row
        for row in audit.findings
    )
    return Draft(told, title, renewed(audit, findings=findings))


def _needed(*said: tuple[object, str, str]) -> Iterator[Ask]:
    for value, sentence, field in said:
        if not value:
            yield Ask(sentence, field, needed=True)


def _ahead(ground: Ground, day: date, label: str) -> Iterator[str]:
    if day > ground.today:
        yield f"{label}（{wareki(day)}）がきょうより後です。してから、その日を登録してください。"


def _today(ground: Ground, records: tuple[Record, ...]) -> Answers:
    del records
    return {"on": ground.today}


def _first_unanswered(ground: Ground, records: tuple[Record, ...]) -> Answers:
    audit = only_of(records, Audit)
    number = next((called for called, row in audit.numbered_findings if row.answered_on is None), None)
    return {"on": ground.today, "number": number}


def _unanswered(_ground: Ground, record: Record) -> bool:
    return isinstance(record, Audit) and any(row.answered_on is None for row in record.findings)


HAND_OVER = Act(
    name="hand-material",
    title="渡した資料を記録",
    words=("資料を渡した", "提出した資料", "写しを渡した"),
    hint="監査・調査で渡した資料を、日付とともに記録します。",
    about=Audit,
    fields=(_WHAT, _HANDED, _WHOM),
    draft=_hand,
    given=_today,
)
FIND = Act(
    name="add-finding",
    title="指摘を受けた",
    words=("指摘", "改善を求められた", "是正"),
    hint="指摘と、その改善の担当者・期日を一度に登録します。",
    about=Audit,
    fields=(_FINDING, _FOUND, _OWNER, _DUE, _ACTION),
    draft=_find,
    given=_today,
)
ANSWER_FINDING = Act(
    name="answer-finding",
    title="指摘への回答を記録",
    words=("回答した", "指摘に答えた"),
    hint="発注者に回答した内容と日を、指摘に記録します。",
    about=Audit,
    fields=(_NUMBER, _ANSWER, _ANSWERED),
    draft=_answer,
    offered=_unanswered,
    given=_first_unanswered,
)
