"""One disposal of one contract as the act will write it, and what stands in its way or has to be known.

The clauses themselves are asked with the record as it will be. What cannot work on a medium and what nobody
allowed can be written down as it happened, but never without a reason that stays; what has not ended is
never told as if it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from app.annexes.overrides import asks_of
from app.duties.evaluators.disposing import unallowed
from app.duties.evaluators.ground import ground_of
from app.duties.holding.destruction import ERASING, Flaw, flaws, misfits
from app.duties.questions import applying, asked
from app.duties.view import ContractView
from app.records import Approval, Contract, Disposal, Person
from app.records.approval import ApprovalKind, ApprovalSubject, Basis, Serves
from app.records.days import wareki
from app.records.disposal import DisposalLine, LineResult, Method
from app.records.status import Status
from app.work.acts.devices.persons import unfit
from app.work.acts.disposing.fields import TAKEN
from app.work.acts.plan import PROVISIONAL, Answers, Ask, Ground, Paper, Write, after, with_values

APPLICATION = "disposal-application"
_NUMBER = PROVISIONAL
_APPROVAL = PROVISIONAL + 1
_REFUSED = frozenset(("followed", "unpassed", "unpassed_as", "outcome", "method_reason"))
"""Fields without which the ledger takes no such disposal."""
_VERIFIED = (*ERASING, Method.DEGAUSSED)
_FOR_ERASED = (("tool", "使用したソフト・機器"), ("tool_version", "バージョン"))
_FOR_VERIFIED = (("verification", "確認の方法"), ("verification_result", "確認の結果"))


@dataclass(frozen=True)
class Destroying:
    """``lines``: what is disposed of, with what came of each. ``plan``: the record in which it was meant."""

    ground: Ground
    contract: Contract
    day: date
    answers: Answers
    lines: tuple[DisposalLine, ...]
    plan: Disposal | None = None

    @property
    def ahead(self) -> bool:
        """Whether it is still to come."""
        return self.day > self.ground.today

    @cached_property
    def made(self) -> Disposal:
        """The record as the act will write it."""
        answers = self.answers
        given: dict[str, Any] = {
            "status": (Status.PLANNED if self.ahead else Status.ACTUAL).value,
            "done_on": self.day,
            "method": answers["method"],
            "lines": tuple(map(self._as_said, self.lines)),
            "responsible": answers["responsible"],
            "approval": answers.get("approval"),
            "outcome": "" if self.ahead else answers.get("outcome") or "",
        }
        given |= {name: answers[name] for name in TAKEN if answers.get(name) not in (None, "")}
        if self.plan is not None:
            return with_values(self.plan, **given)
        return Disposal(id=_NUMBER, contract=self.contract.id, **given)

    def _as_said(self, line: DisposalLine) -> DisposalLine:
        return replace(line, result="", followed="", outcome="") if self.ahead else line

    def _unkept(self) -> Iterator[str]:
        """What was said of what is still to come, as people call it: it is told, and never written."""
        if self.answers.get("failed"):
            yield "不良"
        if self.answers.get("followed"):
            yield "不良後の措置"
        if self.answers.get("outcome") or self.answers.get("unpassed"):
            yield "確認の判定"
        if self.answers.get("unapproved"):
            yield "承諾を得ないで行った理由"

    @cached_property
    def application(self) -> Approval | None:
        """What is to be applied for: it is still to come, the clause asks, and nothing was named."""
        if not self.ahead or not self._lacking or self.made.approval is not None or self._banned:
            return None
        return Approval(
            id=_APPROVAL,
            contract=self.contract.id,
            kind=ApprovalKind.DISPOSAL.value,
            basis=Basis.APPROVAL.value,
            serves=Serves.ONE.value,
            subjects=tuple(map(_subject, self.lines)),
            purpose=str(self.answers.get("purpose") or ""),
        )

    def writes(self, asks: Iterable[Ask]) -> tuple[Write, ...]:
        """The disposal, after the application on which it is to rest.

        None while something is open that the ledger would refuse: that is asked, and told once.
        """
        if any(one.needed and one.field in _REFUSED for one in asks):
            return ()
        made, asked_for = self.made, self.application
        if not self._lacking or self.ahead:
            made = with_values(made, unapproved="")
        if asked_for is None:
            return (Write(made, self.plan),)
        return (Write(asked_for), Write(with_values(made, approval=asked_for.id), self.plan))

    def refusals(self) -> Iterator[str]:
        """What contradicts the ledger."""
        person = self.ground.facts.find(Person, self.answers["responsible"])
        if person is not None:
            yield from unfit(person, self.day, "責任者")
        yield from self._approval_problems(self.ground.facts.find(Approval, self.made.approval))
        if self._banned and self.ahead:
            yield (
                f"{self._cited}が廃棄・消去を禁じています。行う予定は登録できません。"
                "取扱いを発注者と協議してください。"
            )

    def asks(self) -> Iterator[Ask]:
        """What only a person can answer."""
        yield from self._on_method()
        yield from self._on_verification()
        yield from self._on_approval()
        yield from self._on_witness()
        yield from self._for_certificate()

    def remarks(self) -> Iterator[str]:
        """What is not proven does not end it, and gets no certificate; a reason is kept and seen."""
        made = self.made
        if self.ahead:
            yield (
                f"{wareki(self.day)}の予定として登録します。行ったら、同じものの廃棄・消去をもう一度登録すると"
                "実績に改まります。"
            )
            if unkept := tuple(self._unkept()):
                yield f"まだ行っていないため、入力された{'・'.join(unkept)}は登録しません。"
            return
        failed = [line for line in made.lines if line.result == LineResult.FAILED]
        if failed:
            # The certificate is of the whole disposal: one line that failed keeps it from those that did not.
            whole = "、完了したものを含めて" if len(failed) < len(made.lines) else ""
            yield (
                f"不良の{len(failed)}件（{_named(failed)}）は、残りが減りません。やり直したら、あらためて登録して"
                f"ください。それまで、この廃棄・消去の証明書は{whole}作成できません。"
            )
        unproven = [one for one in made.lines if one.result == LineResult.DONE and not made.ended(one)]
        if unproven and any(map(made.judged, unproven)):
            judged = "・".join(dict.fromkeys(f"「{made.judged(one)}」" for one in unproven))
            yield (
                f"確認の判定が{judged}のため、{len(unproven)}件の残りは減らず、"
                "この廃棄・消去の証明書は作成できません。"
            )
        if self._lacking and made.unapproved:
            yield (
                f"{self._cited}：{self._lacking[0][1]}"
                f"理由「{made.unapproved}」で登録し、義務は要対応のまま残ります。"
            )
        elif made.unapproved:
            yield "承諾を求める条項に反しないため、承諾を得ないで行った理由は記録しません。"

    def papers(self) -> tuple[Paper, ...]:
        """The application that is to be answered before the day."""
        asked_for = self.application
        if asked_for is None:
            return ()
        clauses = tuple(dict.fromkeys(number for number, _text, _cited in self._lacking))
        due = self.day - timedelta(days=1)
        return (Paper(self.contract.id, APPLICATION, due, self._lacking[0][1], clauses),)

    @cached_property
    def _view(self) -> ContractView:
        """The contract with the disposal as if its day had come: what it will lack then is known now."""
        ground = self.ground
        done = with_values(self.made, status=Status.ACTUAL.value)
        then = after(ground.facts, (Write(done, self.plan),))
        return ContractView(then, ground.catalogue, ground.forms, self.contract, max(self.day, ground.today))

    @cached_property
    def _lacking(self) -> tuple[tuple[str, str, str], ...]:
        """Number of the clause, what it finds lacking in the approval, and how it is cited."""
        view = self._view
        done = next(one for one in view.disposals if one.id == self.made.id)
        cite = self.ground.catalogue.cite
        return tuple(
            (question.clause.number, lack.text, cite(question.clause))
            for question in asked(view, "disposal-approval")
            for lack in unallowed(question, done)
        )

    @property
    def _cited(self) -> str:
        return "、".join(dict.fromkeys(cited for _number, _text, cited in self._lacking))

    @cached_property
    def _banned(self) -> bool:
        contract = self.contract
        return bool(self._lacking) and any(
            ground_of(asks_of(contract, duty.clause, duty.kind)).absolute
            for duty in applying(self._view, "disposal-approval")
        )

    def _on_approval(self) -> Iterator[Ask]:
        if not self._lacking:
            return
        said = f"{self._cited}：{self._lacking[0][1]}"
        form = self.ground.forms[APPLICATION].title
        if self.ahead:
            yield Ask(f"{said}「{form}」を作成して申請し、承諾を得るまで行わないでください。")
            if self.made.witness_asked is None:
                yield Ask("申請書に印字する、発注者の立会いの要・不要を選んでください。", "witness_asked")
        elif not self.made.unapproved:
            yield Ask(
                f"{said}まだ行っていなければ、年月日をこれから行う日にすると「{form}」を作成できます。"
                "承諾があれば選び、承諾を得ないで行ったときは、その理由を入力してください。",
                "unapproved",
                needed=True,
            )

    def _on_witness(self) -> Iterator[Ask]:
        if self.ahead or self.made.witness:
            return
        for duty in applying(self._view, "witness"):
            for gap in duty.missing:
                if (gap.record, gap.id) == ("disposal", self.made.id):
                    yield Ask(
                        f"{self.ground.catalogue.cite(duty.clause)}：{gap.text}立会人を入力してください。"
                        "立会いがなかったときは、空欄のまま登録でき、義務は要対応のまま残ります。",
                        "witness",
                    )

    def _on_method(self) -> Iterator[Ask]:
        made = self.made
        found = misfits(self.ground.facts, made) if self.ahead else self._flaws()
        for flaw in () if made.method_reason else found:
            told = f"{_name(made.lines[flaw.row])}は、{flaw.words}。"
            if flaw.certain:
                yield Ask(
                    f"{told}方法を改めるか、方法の理由・追加の措置を入力してください。",
                    "method_reason",
                    needed=True,
                )
            else:
                yield Ask(told)

    def _flaws(self) -> tuple[Flaw, ...]:
        """As the clauses, the client's instruction and the conditions of the approval have it."""
        facts, made = self.ground.facts, self.made
        approval = facts.find(Approval, made.approval)
        methods = {method for question in asked(self._view, "disposal") for method in question.asks.methods}
        found = (*misfits(facts, made), *flaws(facts, made, sorted(methods), (approval,) if approval else ()))
        return tuple(dict.fromkeys(found))

    def _on_verification(self) -> Iterator[Ask]:
        made = self.made
        if not self.ahead and any(
            made.ought_to_be_verified(one) and not made.judged(one) for one in made.lines
        ):
            yield Ask(
                f"「{made.method}」は見た目では効果が分からないため、確認の判定を選んでください。",
                "outcome",
                needed=True,
            )

    def _for_certificate(self) -> Iterator[Ask]:
        """What the certificate cannot be printed without."""
        made = self.made
        if self.ahead or not any(map(made.ended, made.lines)):
            return
        wanted = [*(_FOR_ERASED if made.method in ERASING else ())]
        wanted += _FOR_VERIFIED if made.method in _VERIFIED else ()
        if made.standard:
            wanted.append(("standard_edition", "基準の版"))
        for name, called in wanted:
            if not getattr(made, name):
                yield Ask(f"廃棄・消去証明書には{called}が要ります。", name)

    def _approval_problems(self, approval: Approval | None) -> Iterator[str]:
        """An answer of the client that came later allowed nothing on the day."""
        if approval is None:
            return
        number, way = approval.number, "承諾を得ないで行ったときは、承諾を空欄にして理由を入力してください。"
        if approval.contract != self.contract.id or approval.kind != ApprovalKind.DISPOSAL:
            yield f"承諾「{number}」は、この契約の廃棄の承諾ではありません。選び直してください。"
        elif approval.refused_on is not None:
            yield f"承諾「{number}」は{wareki(approval.refused_on)}に承諾されませんでした。{way}"
        elif self.ahead:
            return
        elif approval.granted_on is None and approval.basis in (Basis.APPROVAL, Basis.INSTRUCTION):
            yield f"承諾「{number}」はまだ承諾されていません。承諾日を登録するか、承諾を空欄にしてください。"
        elif approval.granted_on is not None and approval.granted_on > self.day:
            yield (
                f"承諾「{number}」の承諾日（{wareki(approval.granted_on)}）が廃棄・消去の年月日"
                f"（{wareki(self.day)}）より後です。日付を確かめるか、承諾を空欄にして登録してください。"
            )


def missing(answers: Answers, today: date, labels: Mapping[str, str]) -> Iterator[Ask]:
    """The answers without which nothing can be planned. ``labels``: of the fields that are always needed."""
    for name, label in labels.items():
        if not answers.get(name):
            yield Ask(f"{label}を入力してください。", name, needed=True)
    day = answers.get("on")
    if isinstance(day, date) and day <= today and not answers.get("result"):
        yield Ask("結果を入力してください。", "result", needed=True)


def _subject(line: DisposalLine) -> ApprovalSubject:
    return ApprovalSubject(
        asset=line.asset,
        device=line.device if line.asset is None else None,
        item=line.item,
        medium=line.medium,
        quantity=line.quantity,
        unit=line.unit,
    )


def _name(line: DisposalLine) -> str:
    return f"{line.item}（{line.medium}）"


def _named(lines: list[DisposalLine]) -> str:
    return "、".join(map(_name, lines))
