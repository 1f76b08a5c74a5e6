"""発注者の回答・指示: what the client answers, asks or sends back, however it came, bound to what it answers.

Only what was said is written. What came by word where a clause wants it written stays open: the clauses judge
that, not this desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from app.ledger.asking import unasked
from app.records import (
    Approval,
    Contract,
    Field,
    Instruction,
    Record,
    Submission,
)
from app.records.days import wareki
from app.records.instruction import InstructionKind
from app.records.kinds import Choice, Day, Text
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, with_values
from app.work.acts.rounds.asking import contracts_of
from app.work.acts.rounds.consents import before, former_note, noted, unconfirmed, unwritten
from app.work.acts.rounds.listed import One
from app.work.acts.rounds.resting import rests_on, waiting


class Said(StrEnum):
    GRANTED = "承諾"
    REFUSED = "不承諾"
    ACCEPTED = "書類の受理"
    SENT_BACK = "書類の差戻し"
    ASKED = "指示・求め・協議"


class By(StrEnum):
    """How it came. Whether a mail is in writing is for the contract to say, and for a person to judge."""

    WORD = "電話・口頭"
    MAIL = "メール"
    PAPER = "書面"


_ACCEPTED, _SENT_BACK = "accept", "send back"
"""What becomes of a document, as the journal calls it."""

_SAID = Field("said", Choice(label="回答・指示の種類", of=Said), required=True, default="")
_TO = Field(
    "to",
    One(label="何への回答か", hint="回答を待っている承諾、提出した書類。指示・求め・協議では空欄にします"),
    required=False,
    default="",
)
_DAY = Field("on", Day(label="受けた日", past=True), required=True, default=None)
_BY = Field("by", Choice(label="方法", of=By), required=True, default="")
_WHO = Field("who", Text(label="発注者の担当者"), required=False, default="")
_REFERENCE = Field("reference", Text(label="発注者の文書番号"), required=False, default="")
_KIND = Field(
    "kind",
    Choice(label="指示・求め・協議の種別", of=InstructionKind, other=True),
    required=False,
    default="",
)
_WORDS = Field(
    "words",
    Text(
        label="内容・条件・理由",
        lines=3,
        longest=1000,
        hint="承諾の条件、不承諾・差戻しの理由、指示・求め・協議の内容",
    ),
    required=False,
    default="",
)
_DUE = Field("due", Day(label="期限", hint="指示・求めに期限がある場合"), required=False, default=None)
_FIELDS = (_SAID, _TO, _DAY, _BY, _WHO, _REFERENCE, _KIND, _WORDS, _DUE)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    held = waiting(ground, _contract(records))
    kind = One(label=_TO.label, hint=_TO.kind.hint, options=tuple(one.choice for one in held))
    to = Field(_TO.name, kind, required=False, default="")
    return tuple(to if one is _TO else one for one in _FIELDS)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract = _contract(records)
    title = f"発注者の回答・指示　{contract.number}"
    answer = _Answer(ground, contract, answers)
    needed, day = tuple(answer.needed()), answers.get("on")
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    refusals = tuple(answer.refusals(day))
    if refusals:
        return Draft(title, title, refusals=refusals)
    said = f"{title}　{answers['said']}"
    writes = tuple(answer.writes(day))
    return Draft(
        f"{said}（{wareki(day)}）",
        f"{said}（{len(writes)}件）",
        writes,
        tuple(answer.asks()),
        remarks=tuple(answer.remarks(day)),
    )


class _Answer:
    """One thing that the client said on a day."""

    def __init__(self, ground: Ground, contract: Contract, answers: Answers) -> None:
        self._ground, self._facts, self._contract, self._answers = ground, ground.facts, contract, answers
        said = answers.get("said")
        self._said = Said(said) if said in tuple(Said) else None
        held = {one.choice.label: one.record for one in waiting(ground, contract)}
        self._to = held.get(str(answers.get("to") or ""))
        self._named = bool(answers.get("to"))
        self._words = str(answers.get("words") or "")

    def needed(self) -> Iterator[Ask]:
        if self._said is None:
            yield Ask("回答・指示の種類を選んでください。", "said", needed=True)
            return
        if not isinstance(self._answers.get("on"), date):
            yield Ask("受けた日を入力してください。", "on", needed=True)
        if self._answers.get("by") not in tuple(By):
            yield Ask("方法（電話・口頭、メール、書面）を選んでください。", "by", needed=True)
        if self._said is Said.ASKED and not self._answers.get("kind"):
            yield Ask("指示・求め・協議の種別を選んでください。", "kind", needed=True)
        if self._said in (Said.ASKED, Said.SENT_BACK) and not self._words:
            what = "差戻しの理由" if self._said is Said.SENT_BACK else "指示・求め・協議の内容"
            yield Ask(f"{what}を「内容・条件・理由」に入力してください。", "words", needed=True)
        if self._said is not Said.ASKED and not self._named and any(self._fitting()):
            yield Ask("何への回答かを選んでください。", "to", needed=True)

    def refusals(self, day: date) -> Iterator[str]:
        number = self._contract.number
        if day > self._ground.today:
            yield f"受けた日（{wareki(day)}）がきょうより後です。受けてから、その日を登録してください。"
        if self._said is Said.ASKED:
            if self._named:
                yield "指示・求め・協議では、「何への回答か」を空欄にしてください。"
        elif not self._named:
            yield self._nothing(number)
        elif self._to is None:
            yield "選んだものには、もう回答が登録されています。「何への回答か」を選び直してください。"
        elif not self._fits(self._to):
            meant = "回答を待っている承諾" if self._approving else "提出した書類"
            yield f"「{self._said}」は{meant}への回答です。「何への回答か」を選び直してください。"
        elif isinstance(self._to, Approval) and self._to.granted_on is not None:
            yield from unconfirmed(
                self._to, day, by_paper=self._said is Said.GRANTED and self._written is True
            )
        if self._said is not Said.ASKED and (self._answers.get("kind") or self._answers.get("due")):
            yield (
                "種別と期限は、指示・求め・協議のときだけ入力できます。"
                "回答・指示の種類を選び直すか、種別と期限を空欄にしてください。"
            )

    @property
    def _approving(self) -> bool:
        return self._said in (Said.GRANTED, Said.REFUSED)

    def _fits(self, record: Record) -> bool:
        return isinstance(record, Approval if self._approving else Submission)

    def _fitting(self) -> Iterator[Record]:
        return (one.record for one in waiting(self._ground, self._contract) if self._fits(one.record))

    def _nothing(self, number: str) -> str:
        if self._approving:
            return (
                f"{number}に、回答を待っている承諾がありません。"
                "申請をしていない承諾・指示は、「承諾」の画面で登録してください。"
            )
        return (
            f"{number}に、受理又は差戻しを待っている書類がありません。"
            "提出したときは、先に書類の画面で提出を記録してください。"
        )

    def writes(self, day: date) -> Iterator[Write]:
        record = self._to
        if record is None:
            yield Write(self._instruction(day))
            return
        note = noted(former_note(record), self._told(day))
        if isinstance(record, Approval):
            yield Write(with_values(record, note=note, **self._approval(day)), record)
            return
        back = self._said is Said.SENT_BACK
        if back:
            # What came back asks for nothing: left as applied for, it would pass for being with the client.
            for approval in unasked(self._facts, record):
                yield Write(with_values(approval, applied_on=None), approval, operation=_SENT_BACK)
        operation = _SENT_BACK if back else _ACCEPTED
        yield Write(with_values(record, note=note, **self._paper(day)), record, operation=operation)

    def _approval(self, day: date) -> dict[str, Any]:
        who, reference = self._text("who"), self._text("reference")
        values: dict[str, Any] = {"written": self._written}
        if reference:
            values["reference"] = reference
        if self._said is Said.REFUSED:
            return values | {"refused_on": day, "refused_why": self._words}
        if who:
            values["granted_by"] = who
        if self._words:
            values["conditions"] = self._words
        return values | {"granted_on": day}

    def _paper(self, day: date) -> dict[str, Any]:
        if self._said is Said.SENT_BACK:
            return {"sent_back_on": day, "sent_back_why": self._words}
        return {"accepted_on": day}

    def _instruction(self, day: date) -> Instruction:
        return Instruction(
            contract=self._contract.id,
            kind=str(self._answers["kind"]),
            received_on=day,
            from_whom=self._text("who"),
            written=self._written,
            reference=self._text("reference"),
            what=self._words,
            due_on=self._answers.get("due") or None,
            note=self._told(day) if self._answers["by"] == By.MAIL else "",
        )

    @property
    def _written(self) -> bool | None:
        """Whether it came in writing; None of a mail: nobody has judged yet whether it counts as that."""
        return {By.PAPER.value: True, By.WORD.value: False}.get(str(self._answers["by"]))

    def _told(self, day: date) -> str:
        """What the record has no field for: who said it and how it came."""
        who = self._text("who")
        from_whom = f"{who}から" if who else "発注者から"
        return f"{wareki(day)}　{from_whom}{self._answers['by']}で{self._said}"

    def _text(self, name: str) -> str:
        return str(self._answers.get(name) or "")

    def asks(self) -> Iterator[Ask]:
        if not self._text("who"):
            yield Ask("発注者の担当者の氏名を入力してください。", "who")
        if self._said is Said.REFUSED and not self._words:
            yield Ask("不承諾の理由を「内容・条件・理由」に入力してください。", "words")
        if self._answers["by"] == By.MAIL:
            yield Ask(
                "メールが契約にいう書面に当たるかを確かめ、当たるときは記録の「方式」を「書面」にしてください。"
            )
        if self._answers["by"] != By.WORD:
            yield Ask("受け取った書面・メールを、記録に添付してください。")
        if self._said is Said.SENT_BACK:
            yield Ask("書類を直して、作り直してください。")

    def remarks(self, day: date) -> Iterator[str]:
        if isinstance(self._to, Approval):
            if self._said is Said.GRANTED:
                yield from unwritten(self._ground, self._to, self._written)
                yield from before(self._facts, self._to, day)
            if self._said is Said.REFUSED and any(rests_on(self._facts, self._to)):
                yield f"{self._to.number}によるとした記録があります。承諾のない取扱いになります。"
            if self._to.applied_on is None:
                number = self._to.number
                yield (f"{number}には申請日がありません。申請したときは「承諾」の画面で登録してください。")


def _contract(records: tuple[Record, ...]) -> Contract:
    (contract,) = contracts_of(records)
    return contract


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    del records
    return {"on": ground.today}


ANSWER = Act(
    name="answer",
    title="発注者の回答・指示",
    words=(
        "回答",
        "承諾",
        "不承諾",
        "許可",
        "指示",
        "求め",
        "依頼",
        "受理",
        "差戻し",
        "電話",
        "メール",
        "連絡",
    ),
    hint="発注者の回答、指示、書類の受理や差戻しを、何への回答かと合わせて登録します。",
    about=Contract,
    fields=_FIELDS,
    draft=_draft,
    asked=_asked,
    given=_given,
)
