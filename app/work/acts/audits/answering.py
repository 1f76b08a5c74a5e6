"""監査の指摘と回答: what was handed over, what was found wanting, who puts it right by when, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.records import Audit, Field, Improvement, Record
from app.records.audit import Finding
from app.records.days import wareki
from app.records.improvement import Source
from app.records.kinds import Day, Number, Ref, Text
from app.work.acts.audits.known import before, owner_unfit, owner_until, unheld
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, only_of, renewed

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


_THEN = "／"
"""Between an answer and the next: a cell holds no line breaks."""


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
    refusals = list(_ahead(ground, day, "渡した日"))
    if line in audit.material.splitlines():
        refusals.append(f"同じ資料（{line}）が登録されています。別の資料のときは、名称を改めてください。")
    return Draft(
        f"{title}（{wareki(day)}）",
        title,
        renewed(audit, material=material),
        refusals=tuple(refusals),
        remarks=tuple(before(audit, "渡した日", day, "事前に渡したものか、日付を確かめてください。")),
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
    if refusals := (*_told_twice(audit, said), *owner_unfit(ground, answers.get("owner"), day)):
        return Draft(title, title, refusals=refusals)
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
        remarks=(
            *unheld(audit),
            *before(audit, "指摘を受けた日", day),
            *owner_until(ground, improvement.owner, day, improvement.due_on),
        ),
    )


def _open_improvement(improvement: Improvement) -> Iterator[Ask]:
    if improvement.owner is None:
        yield Ask("改善の担当者を決めてください。", "owner")
    if improvement.due_on is None:
        yield Ask("改善の期日を決めてください。", "due_on")


def _told_twice(audit: Audit, said: str) -> Iterator[str]:
    for number, row in audit.numbered_findings:
        if row.finding == said:
            told = f"同じ指摘が指摘{number}に登録されています。"
            yield f"{told}別の指摘のときは、違いが分かるように入力してください。"
            return


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
    if ahead := tuple(_ahead(ground, day, "回答した日")):
        return Draft(told, title, refusals=ahead)
    if audit.held_on is not None and day < audit.held_on:
        held_on = wareki(audit.held_on)
        early = f"回答した日（{wareki(day)}）が実施日（{held_on}）より前です。日付を確かめてください。"
        return Draft(told, title, refusals=(early,))
    if held.answered_on is not None and said in _said_before(held, day):
        same = f"指摘{number}には、その日の同じ回答が登録されています。日付か回答を確かめてください。"
        return Draft(told, title, refusals=(same,))
    row = _answered(held, said, day)
    return Draft(
        told,
        title,
        renewed(audit, findings=tuple(row if one is held else one for one in audit.findings)),
        remarks=(
            *unheld(audit),
            *_answered_before(held, number),
            *_not_found_yet(ground, audit, number, day),
        ),
    )


def _answered(held: Finding, said: str, day: date) -> Finding:
    """The finding with its answer. A second answer stands after the first, whose words and day stay."""
    if held.answered_on is None:
        return replace(held, answer=said, answered_on=day)
    return replace(held, answer=_THEN.join(filter(None, (held.answer, _dated(said, day)))))


def _answered_before(held: Finding, number: int) -> Iterator[str]:
    if held.answered_on is not None:
        told = f"指摘{number}には{wareki(held.answered_on)}に回答しています。"
        yield f"{told}その回答と日を残し、今回の回答を日付とともに加えます。"


def _said_before(held: Finding, day: date) -> Iterator[str]:
    """What was answered on ``day`` already."""
    if held.answered_on == day:
        yield held.answer
    start = _dated("", day)
    yield from (one.removeprefix(start) for one in held.answer.split(_THEN) if one.startswith(start))


def _dated(said: str, day: date) -> str:
    return f"{wareki(day)}　{said}"


def _not_found_yet(ground: Ground, audit: Audit, number: int, day: date) -> Iterator[str]:
    found = (
        one.found_on
        for one in ground.facts.of(Improvement, "audit", audit.id)
        if one.finding_number == number and one.found_on > day
    )
    for since in sorted(found)[:1]:
        yield (
            f"回答した日（{wareki(day)}）が指摘を受けた日（{wareki(since)}）より前です。日付を確かめてください。"
        )


def _needed(*said: tuple[object, str, str]) -> Iterator[Ask]:
    for value, sentence, field in said:
        if not value:
            yield Ask(sentence, field, needed=True)


def _ahead(ground: Ground, day: date, label: str) -> Iterator[str]:
    if day > ground.today:
        yield f"{label}（{wareki(day)}）がきょうより後です。済んでから、その日を登録してください。"


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
