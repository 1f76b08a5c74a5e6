"""Whether each use of what was entrusted had the ground that a clause asks for, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.duties.breaches import afterwards_approved, approve_step, handle_step, handled
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.ground import Ground, ground_of
from app.duties.evaluators.matching import Claim, Matching
from app.duties.evaluators.scope import Fault, Use, unasked
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Approval, BreachHandling, Record, stated_key
from app.records.approval import ApprovalKind, Basis
from app.records.breach_handling import Handled

_NAMED: Mapping[str, str] = {
    Basis.APPROVAL: "承諾",
    Basis.INSTRUCTION: "発注者の指示",
    Basis.SPECIFICATION: "仕様書の定め",
    Basis.STATUTE: "法令の定め",
}


class Subject(NamedTuple):
    """What one kind of duty wants approvals for.

    ``act``: the word for it. ``kinds``: of the approvals, the usual one first. ``matching``: all uses of the
    contract, matched with approvals of one basis or (empty) of any. ``stated``: a word in an item that the
    application must carry → the field of the approval that carries it.
    """

    act: str
    kinds: tuple[ApprovalKind, ...]
    matching: Callable[[ContractView, str], Matching]
    describe: Callable[[ContractView, Use], str]
    stated: Mapping[str, str] = {}


@dataclass
class Findings:
    """What is missing or doubtful over the uses that a clause means, and the approvals that prove the rest.

    ``act``: the word for a use as the clause narrows it. ``found``: uses whose record names no approval.
    ``remarks``: what was not as the clause asks and is over; ``settled``: the client's later words on it.
    """

    question: Question
    subject: Subject
    act: str
    lacks: list[Lack] = field(default_factory=list)
    doubts: list[Lack] = field(default_factory=list)
    proofs: dict[int, Approval] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    settled: dict[int, BreachHandling] = field(default_factory=dict)
    found: int = 0
    _offences: dict[int, tuple[Fault, ...]] = field(default_factory=dict)

    @cached_property
    def ground(self) -> Ground:
        return ground_of(self.question.asks)

    @cached_property
    def why(self) -> str:
        """The rule behind every lack, in one sentence."""
        if self.ground.absolute:
            return f"{self.act}は例外なく禁じられ、承諾があっても認められません。"
        if self.ground.instructed:
            return f"{self.act}は、{self.ground.words}に基づいて行う必要があります。"
        return f"{self.act}には、{self.ground.words}があらかじめ必要です。"

    def look_at(self, records: Iterable[Record], over: Mapping[int, date | None] | None = None) -> None:
        """Judge the uses of ``records``, and add the applications that wait for the client's answer.

        ``over``: the uses that have ended, with their last day where it is known. Under an absolute ban
        every use offends; only one that is over and was told the client is nothing but a remark.
        """
        numbers = [record.id for record in records]
        if self.ground.absolute:
            claims = self.subject.matching(self.question.view, "").claims
            for number in numbers:
                self._banned(claims[number].use, over or {})
            return
        for basis in self.ground.together or ("",):
            matching = self.subject.matching(self.question.view, basis)
            for number in numbers:
                self._claimed(matching.claims[number], basis)
            self.lacks.extend(self._waits(one) for one in matching.pending if not self._offending(one))
            self.lacks.extend(self._unasked(one) for one in matching.unasked if not self._offending(one))

    def verdict(self, satisfied: str) -> Verdict:
        """Missing grounds first; doubts alone are for a person to confirm."""
        evidence = self.proven
        if self.lacks or not self.doubts:
            sentence = satisfied + self._added() if self.proofs or not self.settled else self._afterwards()
            return self.question.judge((*self.lacks, *self.doubts), evidence, sentence, remarks=self.remarks)
        why = f"{self.act}の承諾について、記載の違いを確かめる必要があります。"
        unclear = self.question.confirm(why, self.doubts, evidence, self.doubts[0].step)
        return unclear._replace(remarks=tuple(self.remarks))

    @property
    def proven(self) -> list[Evidence]:
        """The approvals on which the uses rest, and the client's later words on the rest."""
        found = [self.evidence(one) for one in self.proofs.values()]
        found.extend(self.question.evidence(one, one.handled_on) for one in self.settled.values())
        return found

    def evidence(self, approval: Approval) -> Evidence:
        """The approval as evidence; the clauses that rest on it share it."""
        return self.question.view.once(_evidence, approval.id)

    def _afterwards(self) -> str:
        return f"{self.act}{len(self.settled)}件は、いずれも発注者の事後の承諾又は不問で処理されています。"

    def _added(self) -> str:
        """What is to be known beside it, in brackets, and the end of the sentence."""
        conditions = [one.number for one in self.proofs.values() if one.conditions]
        parts = []
        if self.settled:
            parts.append(f"ほかに事後の承諾又は不問で処理した{len(self.settled)}件")
        if self.found:
            parts.append(f"うち{self.found}件は承諾の範囲から対応付け")
        if conditions:
            parts.append(f"条件の付いた承諾は{'、'.join(conditions[:5])}")
        return f"（{'、'.join(parts)}）。" if parts else "。"

    def _claimed(self, claim: Claim, basis: str) -> None:
        approvals = claim.approvals
        if not claim.named:
            approvals = tuple(one for one in approvals if not self._offending(one))
            near = [one for one in claim.near if not self._offending(one)]
            if not approvals and near:
                self.doubts.append(self._nearby(claim.use, near))
                return
            if len(approvals) != 1:
                self._lacking(claim.use, self._unclear(claim.use, approvals, basis), "承諾の記録なし")
                return
            self.found += 1
        faults = claim.faults
        for approval in approvals:
            faults += self._offending(approval)
            if claim.again:
                faults += tuple(self.ground.worn(approval, claim.again))
            if not faults:
                self.proofs[approval.id] = approval
        if faults:
            reasons = "、".join(fault.words for fault in faults)
            since = max((fault.due for fault in faults if fault.due), default=None)
            self._lacking(claim.use, self._unfit(claim.use, approvals, faults), reasons, since)
        for words in claim.doubts:
            self.doubts.append(self._lack(claim.use, f"{self._described(claim.use)}は、{words}。"))

    def _lacking(self, use: Use, lack: Lack, reasons: str, until: date | None = None) -> None:
        """Add what is missing, unless the client's later word on this very use has settled it.

        ``until``: the last day that was still allowed; what was said by then says nothing of the time after.
        """
        view = self.question.view
        word = afterwards_approved(view, use.record, written=self.question.asks.written)
        if word is None or use.since > view.day or (until is not None and word.handled_on <= until):
            self.lacks.append(lack)
            return
        self.settled[word.id] = word
        said = "の承諾を得ました" if word.handled == Handled.APPROVED else "の了承（不問）を得ました"
        text = (
            f"{self._described(use)}は承諾どおりでなく（{reasons}）、{shown(word.handled_on)}に発注者{said}。"
        )
        self.remarks.append(
            Remark(text, use.record.spec.name, use.record.id, use.since, word.handled_on, late=True)
        )

    def _nearby(self, use: Use, near: list[Approval]) -> Lack:
        numbers = "、".join(one.number for one in near)
        return self._lack(
            use,
            f"{self._described(use)}が、対象の記載がない{numbers}によるものかを確かめ、"
            f"{use.record.spec.label}に承諾を記録してください。",
        )

    def _offending(self, approval: Approval) -> tuple[Fault, ...]:
        """What keeps the approval from being the ground asked for, whatever it is used for."""
        known = self._offences.get(approval.id)
        if known is None:
            unstated = (
                Fault(f"「{item}」の記載なし")
                for item in self.question.asks.items
                for word, name in self.subject.stated.items()
                if word in item and not getattr(approval, name)
            )
            known = self._offences[approval.id] = (*self.ground.offended(approval), *unstated)
        return known

    def _described(self, use: Use) -> str:
        return self.subject.describe(self.question.view, use)

    def _banned(self, use: Use, over: Mapping[int, date | None]) -> None:
        lack = self._lack(
            use, f"{self._described(use)}は禁止に反するため、事情と対応を確かめる必要があります。"
        )
        if use.record.id in over:
            until = over[use.record.id]
            ended = f"{shown(until)}までで終わっています" if until else "終わっています"
            text = f"{self._described(use)}は禁止に反しましたが、{ended}。"
            breach = Remark(text, use.record.spec.name, use.record.id, use.since, until, late=False)
            clause = self.question.clause
            told = handled(self.question.view, clause, breach)
            if told is not None and told.handled != Handled.NEEDLESS:
                self.remarks.append(breach)
                return
            lack = lack._replace(step=handle_step(clause, breach))
        self.lacks.append(lack)

    def _unclear(self, use: Use, approvals: tuple[Approval, ...], basis: str) -> Lack:
        what = self._described(use)
        if approvals:
            numbers = "、".join(one.number for one in approvals)
            text = f"{what}に当たる承諾が複数（{numbers}）あるため、どれによるかを記録する必要があります。"
            return self._before(use, self._lack(use, text))
        ground = _NAMED.get(basis, "承諾")
        basis = basis or self.ground.single[0]
        lack = self._lack(use, f"{what}に{ground}の記録がありません。")
        step = add("approval", kind=str(self.subject.kinds[0]), basis=basis)
        return self._before(use, lack._replace(step=step))

    def _unfit(self, use: Use, approvals: tuple[Approval, ...], faults: tuple[Fault, ...]) -> Lack:
        what = self._described(use)
        number = "、".join(one.number for one in approvals) or "記録された承諾"
        if use.since > self.question.view.day and all(fault.waiting for fault in faults):
            lack = self._lack(use, f"{what}は、{number}の申請に対する発注者の回答を待っています。")
            return lack._replace(step=open_record(approvals[0]), waiting=True)
        reasons = "、".join(fault.words for fault in faults)
        lack = self._lack(use, f"{what}は、{number}では認められません（{reasons}）。")
        if use.since > self.question.view.day and (step := self._asking(approvals)).action:
            lack = lack._replace(step=step)
        passed = [fault.due for fault in faults if fault.due]
        if passed:
            return lack._replace(due=min(passed))
        if not all(fault.past for fault in faults):
            return self._before(use, lack)
        # Nothing but what the client says of it afterwards can still put it right.
        return lack._replace(step=approve_step(self.question.clause, use.record, use.since, lack.text))

    def _waits(self, approval: Approval) -> Lack:
        asked = f"、申請{shown(approval.applied_on)}" if approval.applied_on else ""
        return Lack(
            f"{approval.number}（{approval.kind}{asked}）は、発注者の回答を待っています。",
            f"{self.act}は、発注者の回答があるまで行えません。",
            "approval",
            approval.id,
            step=open_record(approval),
            waiting=True,
        )

    def _unasked(self, approval: Approval) -> Lack:
        # One that is only planned has no number yet.
        return Lack(
            f"{approval.number or approval.spec.label}（{approval.kind}）は、まだ発注者に申請していません。",
            self.why,
            "approval",
            approval.id,
            step=self._asking((approval,)),
        )

    def _asking(self, approvals: Iterable[Approval]) -> Step:
        """Ask the client for what nobody has asked for yet: the application, printed or to be printed."""
        wanted = (one for one in approvals if unasked(one, self.question.view.day))
        return next((self.question.issue(stated_key(one)) for one in wanted), NO_STEP)

    def _lack(self, use: Use, text: str) -> Lack:
        return Lack(text, self.why, use.record.spec.name, use.record.id, step=open_record(use.record))

    def _before(self, use: Use, lack: Lack) -> Lack:
        """What goes on has to be allowed before its first day; what is over has no day left."""
        return lack.by(self.question.beforehand(use.since)) if use.goes_on else lack


def none_left(findings: Findings) -> Verdict:
    """What was done against a ban is over and was told the client: nothing is left to do, all to be seen."""
    over = f"{findings.act}は例外なく禁じられています（終わって処理済みの違反{len(findings.remarks)}件）"
    return findings.question.not_due(f"{over}。")._replace(remarks=tuple(findings.remarks))


def _evidence(view: ContractView, approval: int) -> Evidence:
    record = view.facts.get(Approval, approval)
    on = record.granted_on or record.starts_on
    return Evidence("approval", record.id, view.facts.key(record), on)
