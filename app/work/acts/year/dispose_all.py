"""すべて廃棄・消去: all of a contract that is still here and that the method fits, destroyed in one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.duties.holding.balance import balance
from app.duties.holding.destruction import DESTROYING, misfits
from app.records import Approval, Contract, Disposal, Field, Person, Record
from app.records.approval import ApprovalKind
from app.records.asset import Medium
from app.records.days import wareki
from app.records.disposal import DisposalLine, LineResult, Method, Outcome
from app.records.kinds import Choice, Day, Ref, Text
from app.records.status import Status
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Left, Write
from app.work.acts.year.contracts import contract_of
from app.work.acts.year.rest import Rest, Rests

_ON = Field("on", Day(label="廃棄・消去の年月日"), required=True, default=None)
_METHOD = Field("method", Choice(label="方法", of=Method, other=True), required=True, default="")
_RESPONSIBLE = Field("responsible", Ref(label="責任者", to="person"), required=True, default=None)
_RESULT = Field("result", Choice(label="結果", of=LineResult), required=True, default="")
_OUTCOME = Field(
    "outcome",
    Choice(label="確認の判定", of=Outcome, hint="「合格」のほかは、廃棄・消去が終わったことになりません"),
    required=False,
    default="",
)
_VERIFICATION = Field("verification", Text(label="確認の方法"), required=False, default="")
_APPROVAL = Field(
    "approval",
    Ref(label="承諾", to="approval", hint="廃棄・消去に先立つ承諾や指示"),
    required=False,
    default=None,
)
_WITNESS = Field(
    "witness",
    Text(label="立会人", hint="発注者の職員が立ち会った場合の所属・氏名"),
    required=False,
    default="",
)
_DONE_BY = Field("done_by", Text(label="実施者"), required=False, default="")
_PLACE = Field("place", Text(label="実施場所"), required=False, default="")
_TOOL = Field("tool", Text(label="使用したソフト・機器"), required=False, default="")
_REASON = Field(
    "method_reason",
    Text(label="方法の理由・追加の措置", hint="指示と異なる方法によった場合に入力します"),
    required=False,
    default="",
)
_NEEDED = (_ON, _METHOD, _RESPONSIBLE, _RESULT)
_TAKEN = ("verification", "witness", "done_by", "place", "tool", "method_reason")
"""Texts of the disposal that the act takes as they are."""


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract = contract_of(records)
    title = f"すべて廃棄・消去　{contract.number}　{contract.title}"
    if missing := tuple(_missing(answers)):
        return Draft(title, title, asks=missing)
    clearing = _Clearing(ground, contract, answers["on"], answers)
    if refusals := tuple(clearing.refusals()):
        return Draft(title, title, refusals=refusals)
    made, left = clearing.disposal(), clearing.left()
    number = len(made.lines)
    apart = Rests(ground.facts, contract, answers["on"]).elsewhere("廃棄・消去")
    return Draft(
        f"{title}（{wareki(answers['on'])}、{number}件）",
        f"すべて廃棄・消去　{contract.number}（{number}件）",
        (Write(made),),
        tuple(clearing.asks(made)),
        remarks=(
            *(f"廃棄・消去しません：{ground.facts.title(one.record)}　{one.why}" for one in left),
            *apart,
            *clearing.remarks(made),
        ),
        left=left,
    )


def _missing(answers: Answers) -> Iterator[Ask]:
    for field in _NEEDED:
        if not answers.get(field.name):
            yield Ask(f"{field.label}を入力してください。", field.name, needed=True)


@dataclass(frozen=True, slots=True)
class _Clearing:
    """One act of destruction."""

    ground: Ground
    contract: Contract
    day: date
    answers: Answers

    def _rests(self) -> tuple[Rest, ...]:
        return Rests(self.ground.facts, self.contract, self.day).all()

    def refusals(self) -> Iterator[str]:
        day, facts = self.day, self.ground.facts
        if day > self.ground.today:
            yield (
                f"廃棄・消去の年月日（{wareki(day)}）がきょうより後です。行ってから登録してください。"
                "予定は「廃棄・消去」に予定として登録できます。"
            )
            return
        if self.answers["result"] != LineResult.DONE:
            yield (
                "結果が「不良」のものは、「廃棄・消去」の画面で明細ごとに、"
                "その後の措置とあわせて登録してください。"
            )
            return
        if not self._rests():
            yield (
                f"{wareki(day)}の時点で、廃棄・消去できるものは手元に残っていません。"
                "受領・返還・廃棄の記録と日付を確かめてください。"
            )
            return
        if not self._fitting():
            number = self._rests()[0].named
            yield (
                f"「{self.answers['method']}」で廃棄・消去できる媒体が残っていません（{number}など）。"
                "媒体に合う方法を選んでください。"
            )
            return
        person = facts.find(Person, self.answers["responsible"])
        if person is not None and person.left_on is not None and person.left_on < day:
            yield (
                f"{person.name}は{wareki(person.left_on)}に退職しています。責任者か年月日を確かめてください。"
            )
        yield from self._approval_problems(facts.find(Approval, self.answers.get("approval")))

    def _approval_problems(self, approval: Approval | None) -> Iterator[str]:
        """An answer of the client that came later allowed nothing on the day."""
        if approval is None:
            return
        if approval.contract != self.contract.id or approval.kind != ApprovalKind.DISPOSAL:
            yield f"承諾「{approval.number}」は、この契約の廃棄の承諾ではありません。選び直してください。"
        elif approval.granted_on is None:
            yield (
                f"承諾「{approval.number}」はまだ承諾されていません。"
                "承諾日を登録するか、承諾を空欄にしてください。"
            )
        elif approval.granted_on > self.day:
            yield (
                f"承諾「{approval.number}」の承諾日（{wareki(approval.granted_on)}）が廃棄・消去の年月日"
                f"（{wareki(self.day)}）より後です。日付を確かめるか、承諾を空欄にして登録してください。"
            )

    def _line(self, one: Rest) -> DisposalLine:
        asset = one.held.asset
        return DisposalLine(
            asset=asset.id,
            item=asset.item,
            medium=asset.medium,
            quantity=one.quantity,
            unit=asset.unit,
            serial=asset.identifier,
            result=self.answers["result"],
        )

    def _of(self, lines: tuple[DisposalLine, ...]) -> Disposal:
        answers = self.answers
        texts: dict[str, Any] = {name: answers.get(name) or "" for name in _TAKEN}
        return Disposal(
            contract=self.contract.id,
            status=Status.ACTUAL,
            done_on=self.day,
            method=answers["method"],
            lines=lines,
            responsible=answers["responsible"],
            approval=answers.get("approval"),
            outcome=answers.get("outcome") or "",
            **texts,
        )

    def _misfit(self, one: Rest) -> str:
        """Why the method cannot work on it; else empty. A reason for one medium is none for another."""
        if one.held.asset.medium == Medium.DATA and self.answers["method"] in DESTROYING:
            return "置かれている機器・媒体を確かめて、「廃棄・消去」の画面で登録してください。"
        found = misfits(self.ground.facts, self._of((self._line(one),)))
        return f"{found[0].words}。媒体に合う方法でもう一度登録してください。" if found else ""

    def _fitting(self) -> tuple[Rest, ...]:
        return tuple(one for one in self._rests() if not self._misfit(one))

    def disposal(self) -> Disposal:
        return self._of(tuple(map(self._line, self._fitting())))

    def left(self) -> tuple[Left, ...]:
        return tuple(Left(one.held.asset, why) for one in self._rests() if (why := self._misfit(one)))

    def asks(self, made: Disposal) -> Iterator[Ask]:
        if any(made.ought_to_be_verified(line) and not made.judged(line) for line in made.lines):
            yield Ask(
                f"「{made.method}」は見た目では効果が分からないため、確認の判定を選んでください。",
                "outcome",
                needed=True,
            )
        if made.approval is None and (clause := self._asking()):
            yield Ask(
                f"{clause}が廃棄・消去の承諾を求めています。承諾を選んでください。"
                "選ばないと、承諾のない廃棄・消去として残ります。",
                "approval",
            )
        received = [one.number for one in self._fitting() if one.held.received]
        if received:
            yield Ask(
                f"発注者から受け取ったもの（{'、'.join(received)}）も廃棄・消去します。"
                "返還ではなく廃棄・消去とする発注者の指示又は了解があるかを確かめてください。"
            )

    def _asking(self) -> str:
        """The clause of the contract that asks for an approval, as it is cited; empty where none does."""
        catalogue = self.ground.catalogue
        for row in self.contract.annexes:
            if catalogue.find(row.annex, row.version) is not None:
                for clause in catalogue.clauses(row.annex, "disposal-approval", row.version):
                    return catalogue.cite(clause)
        return ""

    def remarks(self, made: Disposal) -> Iterator[str]:
        """What is not proven does not end it, and gets no certificate."""
        open_ones = [line for line in made.lines if not made.ended(line)]
        if open_ones and made.outcome:
            yield (
                f"確認の判定が「{made.outcome}」のため、{len(open_ones)}件の残りは減らず、"
                "廃棄・消去証明書も作成できません。"
            )


def _offered(ground: Ground, record: Record) -> bool:
    return isinstance(record, Contract) and any(
        one.held for one in balance(ground.facts, record.id, ground.today)
    )


DISPOSE_ALL = Act(
    name="dispose-all",
    title="すべて廃棄・消去",
    words=("廃棄", "消去", "シュレッダー", "溶解", "残りの廃棄", "はいき", "しょうきょ"),
    about=Contract,
    hint="手元に残っている情報資産のうち方法に合うものを、1回の廃棄・消去としてまとめて登録します。",
    fields=(
        _ON,
        _METHOD,
        _RESPONSIBLE,
        _RESULT,
        _OUTCOME,
        _VERIFICATION,
        _APPROVAL,
        _WITNESS,
        _DONE_BY,
        _PLACE,
        _TOOL,
        _REASON,
    ),
    draft=_draft,
    offered=_offered,
)
