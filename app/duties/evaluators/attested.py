"""What only a person can say: the newest confirmation of a clause, and whether it still counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from app.annexes.kinds import When
from app.counting.deadlines import Deadline
from app.duties.breaches import plain_number
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.periodic import again, often, owed, period_of
from app.duties.evaluators.touched import broken, reopened
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Attestation
from app.records.days import LATEST


def attested(question: Question) -> tuple[list[Lack], list[Evidence]]:
    """What the newest confirmation of the clause lacks, and the confirmation where it counts.

    Both are empty where nobody has confirmed the clause: then only a person can say (``unattested``).
    """
    newest = attestation(question)
    if newest is None:
        return [], []
    if newest.kept is not True:
        return [_broken(question, newest)], []
    lapsed = _lapsed(question, newest)
    return ([lapsed], []) if lapsed else ([], [question.evidence(newest, newest.confirmed_on)])


def renewal(question: Question) -> tuple[Deadline | None, Step]:
    """By when the clause has to be confirmed anew, and the step; None where the contract ends before."""
    said = attestation(question)
    if said is None or said.kept is not True:
        return None, NO_STEP
    return _until(question, said), confirm_step(question)


def _until(question: Question, said: Attestation) -> Deadline | None:
    lasts = When.AFTER_END in question.clause.when
    last = LATEST if lasts else question.view.contract.last_day
    if said.valid_until is not None:
        return Deadline(said.valid_until, _NAMED) if said.valid_until < last else None
    on = said.confirmed_on
    return again(question.view, period_of(question.asks), (on,), on, last, on)


_NAMED = "遵守確認に記録した有効期限"


def attestation(question: Question) -> Attestation | None:
    """The newest confirmation of the clause until the day, whether it still counts or not."""
    said = _said(question)
    return said[-1] if said else None


def doubted(question: Question) -> list[Lack]:
    """The incidents that leave open whether the newest confirmation still holds."""
    said = attestation(question)
    return reopened(question, said.confirmed_on if said else None, confirm_step(question))


def told(question: Question) -> list[Remark]:
    """What was broken and is over: found not to be kept and kept since, or an incident that was a breach.

    A confirmation that came late is told of where the clause itself sets how often it is due; how often
    the product has it asked is nobody's promise to the client.
    """
    said = _said(question)
    return [*_mended(said), *_late(question, said), *broken(question)]


def _mended(said: Sequence[Attestation]) -> Iterator[Remark]:
    """Each time that the clause was found not to be kept, until it was found kept."""
    first = None
    for one in said:
        if one.kept is False:
            first = first or one
        elif one.kept is True and first is not None:
            text = (
                f"{shown(first.confirmed_on)}に「守られていない」と確かめ、"
                f"{shown(one.confirmed_on)}に守られていることを確かめました。"
            )
            yield Remark(text, "attestation", first.id, first.confirmed_on, one.confirmed_on, late=False)
            first = None


def _late(question: Question, said: Sequence[Attestation]) -> Iterator[Remark]:
    asks = question.asks
    if asks.period_months is None or "period_months" in asks.assumed:
        return
    for one, later in pairwise(said):
        due = again(question.view, period_of(asks), (one.confirmed_on,), one.confirmed_on, LATEST)
        if due is not None and later.confirmed_on > due.day:
            text = f"遵守確認は、期限（{shown(due.day)}）の後の{shown(later.confirmed_on)}でした。"
            yield Remark(text, "attestation", later.id, due.day, later.confirmed_on)


def _said(question: Question) -> tuple[Attestation, ...]:
    """The confirmations of the clause until the day, the newest last."""
    clause = question.clause
    return question.view.once(_by_clause).get((clause.annex, plain_number(clause.number)), ())


def denied(view: ContractView) -> Iterator[Attestation]:
    """The newest confirmation of each clause that was found not kept, and not found kept since."""
    for said in view.once(_by_clause).values():
        told = [one for one in said if one.kept is not None]
        if told and told[-1].kept is False:
            yield told[-1]


def unattested(question: Question, evidence: Sequence[Evidence] = ()) -> Verdict:
    """Nobody has confirmed the clause yet, and no record could tell: only a person can say."""
    lack = Lack("この条項が守られていることを確かめた記録がありません。", "", "attestation")
    why = "守られているかは記録だけでは分からないため、実情を確かめて遵守確認を登録してください。"
    return question.confirm(why, (lack,), evidence, confirm_step(question))


def confirm_step(question: Question) -> Step:
    """The step of confirming the clause anew; the day is left to the person who confirms."""
    return add("attestation", annex=question.clause.annex, clause=question.clause.number)


def _by_clause(view: ContractView) -> Mapping[tuple[str, str], tuple[Attestation, ...]]:
    said = (one for one in view.held(Attestation) if one.confirmed_on <= view.day)
    found: dict[tuple[str, str], tuple[Attestation, ...]] = {}
    for one in sorted(said, key=lambda one: (one.confirmed_on, one.id)):
        key = (one.annex, plain_number(one.clause))
        found[key] = (*found.get(key, ()), one)
    return found


def _broken(question: Question, said: Attestation) -> Lack:
    if said.kept is None:
        text = f"{shown(said.confirmed_on)}の遵守確認に、守られているかどうかの結果がありません。"
        why = "遵守確認は、守られているかどうかの結果を記録する必要があります。"
        return Lack(text, why, "attestation", said.id, None, open_record(said))
    remark = said.remark.strip().rstrip("。")
    about = f"（{remark}）" if remark else ""
    return Lack(
        f"{shown(said.confirmed_on)}の遵守確認は「守られていない」です{about}。",
        f"守られていないと確かめたとき（{shown(said.confirmed_on)}）は、是正して改めて確かめる必要があります。",
        "attestation",
        said.id,
        None,
        confirm_step(question),
    )


def _lapsed(question: Question, said: Attestation) -> Lack | None:
    """The confirmation counts until its own last day, else for the period that the clause asks for."""
    view = question.view
    until = view.day if When.AFTER_END in question.clause.when else view.as_of
    if said.valid_until is not None:
        return _expired(question, said, said.valid_until) if said.valid_until < until else None
    period = period_of(question.asks)
    deadline = owed(view, period, (said.confirmed_on,), said.confirmed_on, until)
    if deadline is None or deadline.day >= until:
        return None
    return _expired(question, said, deadline.day, f"{often(period)}確かめる").by(deadline)


def _expired(
    question: Question, said: Attestation, last: date, how: str = "有効期限までに改めて確かめる"
) -> Lack:
    return Lack(
        f"遵守確認は{shown(said.confirmed_on)}のものが最後で、{shown(last)}で効力が切れています。",
        f"守られていることは、{how}必要があります。",
        "attestation",
        said.id,
        last,
        confirm_step(question),
    )
