"""audit: each audit was held, or refused for a reason where that is allowed, and its findings answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Auditor
from app.annexes.kinds import State, When
from app.duties.breaches import afterwards_approved
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.incidents import incidents_of
from app.duties.evaluators.periodic import again, made_up, often, owed, period_of
from app.duties.evaluators.stated import unclear
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Audit, BreachHandling, LocationUse
from app.records.audit import AuditKind


def judge(question: Question) -> Verdict:
    audits = _meant(question)
    lacks = [lack for one in audits for lack in _open(question, one)]
    lacks.extend(_again(question, audits))
    evidence = [proof for one in audits for proof in _proofs(question, one)]
    if not lacks and not evidence:
        return question.not_due("監査・調査の通知は記録されていませんが、求められれば応じる必要があります。")
    coming = again(question.view, period_of(question.asks), _counting(question, audits))
    doubts = [lack for one in audits for lack in (*_elsewhere(question, one), *_unanswered(question, one))]
    over = [*_over(question, audits), *_made_up(question, audits)]
    satisfied = _satisfied(question, audits)
    return question.judge(lacks, evidence, satisfied, coming, add("audit"), remarks=over, doubts=doubts)


def _satisfied(question: Question, audits: tuple[Audit, ...]) -> str:
    view = question.view
    refused = "、".join(one.number for one in audits if _refused(view, one))
    held = sum(_held(view, one) is not None for one in audits)
    if not held:
        return f"監査・調査（{refused}）は、理由を示して断っています。"
    answered = sum(_answered(view, one) for one in audits)
    findings = f"指摘{answered}件に回答しています" if answered else "回答を要する指摘はありません"
    told = f"（{refused}は理由を示して断っています）" if refused else ""
    again = "、".join(one.number for one in audits if _turned(view, one)) if question.asks.refusal else ""
    told += f"（{again}は、先に断っています）" if again else ""
    done = "受け入れ" if question.asks.auditor is Auditor.CLIENT else "行い"
    return f"監査・調査{held}件を{done}、{findings}{told}。"


def _meant(question: Question) -> tuple[Audit, ...]:
    """The audits of which the clause speaks: the client's or the vendor's own, after an incident if so said.

    The vendor's own audit is no audit by the client, and nobody else's is one that the vendor owes itself.
    """
    view = question.view
    own = question.asks.auditor is Auditor.OWN
    found = tuple(one for one in _known(view) if (one.kind == AuditKind.OWN) is own)
    if question.clause.when == (When.ON_INCIDENT,):
        incidents = incidents_of(question)
        since = min((one.found_at.date() for one in incidents), default=date.max)
        found = tuple(one for one in found if (one.announced_on or one.held_on or date.max) >= since)
        return found if incidents else ()
    return found


def _known(view: ContractView) -> tuple[Audit, ...]:
    """Every audit announced or held until the day; one without any day is known at once."""
    return tuple(
        one
        for one in view.held(Audit)
        if min((day for day in (one.announced_on, one.held_on) if day), default=date.min) <= view.day
    )


def _held(view: ContractView, audit: Audit) -> date | None:
    return audit.held_on if audit.held_on and audit.held_on <= view.day else None


def _refused(view: ContractView, audit: Audit) -> bool:
    return audit.accepted is False and _held(view, audit) is None


def _turned(view: ContractView, audit: Audit) -> bool:
    """Whether it was refused at first, and then accepted or held: that does not unmake the refusal."""
    if audit.accepted is False:
        return _held(view, audit) is not None
    return audit.accepted is True and bool(audit.refused_why)


def _word(question: Question, audit: Audit) -> BreachHandling | None:
    """What the client has said since of an audit that was not as the clause asks."""
    return afterwards_approved(question.view, audit, clause=question.clause)


def _answered(view: ContractView, audit: Audit) -> int:
    return sum(row.answered_on is not None and row.answered_on <= view.day for row in audit.findings)


def _proofs(question: Question, audit: Audit) -> Iterator[Evidence]:
    if held := _held(question.view, audit):
        yield question.evidence(audit, held)
    elif _refused(question.view, audit):
        word = None if question.asks.refusal else _word(question, audit)
        if word is not None:
            yield question.evidence(word, word.handled_on)
        elif question.asks.refusal and audit.refused_why:
            yield question.evidence(audit, audit.announced_on)


def _open(question: Question, audit: Audit) -> Iterator[Lack]:
    """What is still to be done about an audit that was announced."""
    view = question.view
    held = _held(view, audit)
    if _refused(view, audit):
        yield from _unexcused(question, audit)
        return
    if held is None:
        yield _unheld(question, audit)
        return
    why = "監査・調査で受けた指摘には、回答し、その日を残す必要があります。"
    for number, row in enumerate(audit.findings, 1):
        if row.answered_on is None or row.answered_on > view.day:
            text = f"{audit.called}（実施{shown(held)}）の指摘{number}に回答した日が記録されていません。"
            step = open_record(audit)._replace(text="指摘への回答を記録")
            yield Lack(text, why, "audit", audit.id, step=step)


def _unanswered(question: Question, audit: Audit) -> Iterator[Lack]:
    """Answers with a day whose words may promise no more than to think about it."""
    for number, row in enumerate(audit.findings, 1):
        if _held(question.view, audit) and row.answered_on and row.answered_on <= question.view.day:
            yield from unclear(audit, f"{audit.called}の指摘{number}への回答", row.answer)


def _unexcused(question: Question, audit: Audit) -> Iterator[Lack]:
    """A refusal that the clause does not allow, or that names no reason."""
    step = open_record(audit)
    if not question.asks.refusal:
        if _word(question, audit) is None:
            text = f"{audit.called}は断っていますが、この条項は断ることを認めていません。"
            why = "監査・調査を求められたときは、これに応じる必要があります。"
            yield Lack(text, why, "audit", audit.id, audit.planned_on, step)
    elif not audit.refused_why:
        text = f"{audit.called}を断った理由が記録されていません。"
        why = "監査・調査を断ることができるのは、正当な理由があるときに限られます。"
        yield Lack(text, why, "audit", audit.id, None, step)


def _elsewhere(question: Question, audit: Audit) -> Iterator[Lack]:
    """An audit that is to take place where the work is done, and is not known to have done so."""
    held = _held(question.view, audit)
    if not question.asks.on_site or held is None or _on_site(question.view, audit, held):
        return
    if _word(question, audit) is not None:
        return
    text = f"{audit.called}（実施{shown(held)}）が業務の作業場所で行われたことが記録されていません。"
    why = "監査・調査は業務の作業場所で行うこととされているため、行われた場所を確かめてください。"
    yield Lack(text, why, "audit", audit.id, step=open_record(audit))


def _on_site(view: ContractView, audit: Audit, held: date) -> bool:
    """Whether it was held at a place that was in use for the contract on that day."""
    return any(
        use.location == audit.location
        and use.starts_on <= held
        and (use.ends_on is None or use.ends_on >= held)
        for use in view.held(LocationUse)
    )


def _again(question: Question, audits: tuple[Audit, ...]) -> Iterator[Lack]:
    """The audit that is owed in every period, where the clause asks for one."""
    if question.asks.period_months is None:
        return
    period = period_of(question.asks)
    if deadline := owed(question.view, period, _counting(question, audits)):
        own = question.asks.auditor is Auditor.OWN
        whose = "自社による" if own else "発注者による"
        text = f"この期間の{whose}監査・調査が記録されていません。"
        ask = "行う" if own else "受ける"
        why = f"監査・調査は、{often(period)}{ask}必要があります。"
        yield Lack(text, why, "audit", step=add("audit")).by(deadline)


def _counting(question: Question, audits: tuple[Audit, ...]) -> list[date]:
    """When the audits meant were held, where the clause asks for one in every period; nothing else."""
    if question.asks.period_months is None:
        return []
    return [held for one in audits if (held := _held(question.view, one))]


def _made_up(question: Question, audits: tuple[Audit, ...]) -> Iterator[Remark]:
    """The periods that ended without an audit and were followed up by a later one."""
    for due, on in made_up(question.view, period_of(question.asks), _counting(question, audits)):
        audit = next(one for one in audits if one.held_on == on)
        text = f"{audit.called}は、期限（{shown(due)}）の後の{shown(on)}の実施でした。"
        yield Remark(text, "audit", audit.id, due, on)


def _over(question: Question, audits: tuple[Audit, ...]) -> Iterator[Remark]:
    """Refusals that the clause does not allow and that are over, and audits elsewhere that were let pass."""
    for one in audits:
        word = _word(question, one)
        if _turned(question.view, one) and not question.asks.refusal:
            yield _given_up(question, one, word)
        if word is None:
            continue
        told = f"{shown(word.handled_on)}に「{word.handled}」と記録しています"
        if _refused(question.view, one) and not question.asks.refusal:
            text = f"{one.called}は断ることができないものを断り、{told}。"
            since = one.announced_on or word.since
        elif (
            question.asks.on_site
            and (held := _held(question.view, one))
            and not _on_site(question.view, one, held)
        ):
            text = f"{one.called}は業務の作業場所で行われたことが確かでなく、{told}。"
            since = held
        else:
            continue
        yield Remark(text, "audit", one.id, since, word.handled_on, late=False)


def _given_up(question: Question, audit: Audit, word: BreachHandling | None) -> Remark:
    """That it was refused at first though nobody may refuse."""
    held = _held(question.view, audit)
    then = f"{shown(held)}に実施しています" if held else "その後に受け入れています"
    told = f"（{shown(word.handled_on)}に「{word.handled}」と記録）" if word else ""
    text = f"{audit.called}は断ることができないものを一度断り、{then}{told}。"
    return Remark(
        text, "audit", audit.id, audit.announced_on or (word.since if word else None), held, late=False
    )


def _unheld(question: Question, audit: Audit) -> Lack:
    step = open_record(audit)._replace(text="監査の実施を記録")
    if audit.accepted is None:
        step = step._replace(text="監査の受入れ・断りを記録")
        told = f"（通知{shown(audit.announced_on)}）" if audit.announced_on else ""
        if not question.asks.refusal:
            text = f"{audit.called}{told}を受け入れたことも実施も記録されていません。"
            why = "監査・調査を求められたときは、これに応じる必要があります。"
            return Lack(text, why, "audit", audit.id, audit.planned_on, step)
        text = f"{audit.called}{told}を受け入れるか断るかが記録されていません。"
        why = "監査・調査を求められたときは、受け入れるか、断る理由を示す必要があります。"
        return Lack(text, why, "audit", audit.id, audit.planned_on, step)
    planned = f"（予定{shown(audit.planned_on)}）" if audit.planned_on else ""
    text = f"{audit.called}{planned}の実施が記録されていません。"
    why = "受け入れた監査・調査は、実施した日と指摘を残す必要があります。"
    return Lack(text, why, "audit", audit.id, audit.planned_on, step)


EVALUATOR = evaluator("audit", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED)
