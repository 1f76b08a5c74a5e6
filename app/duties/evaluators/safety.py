"""security-measures: the measures are checked within the period; particular ones are discussed on request."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline
from app.duties.duty import Step
from app.duties.evaluators.checked import begun_checks, checks, good, lapsed, lasting_checks, unmended
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import again, period_of
from app.duties.evaluators.requested import answer, requests, unanswered
from app.duties.evaluators.touched import broken, reopened
from app.duties.holding.parties import folded
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, shown
from app.records import Check
from app.records.check import CheckKind, Measure
from app.records.instruction import InstructionKind


def judge(question: Question) -> Verdict:
    if question.clause.when == (When.ON_REQUEST,):
        return _discussed(question)
    done, begun = checks(question.view, CheckKind.SAFETY), begun_checks(question.view, CheckKind.SAFETY)
    lacks = list(unmended(question, begun))
    if not done and not lacks:
        return question.unrecorded("安全管理措置の点検の記録がないため、措置の状況を示せません。", "check")
    counted = lasting_checks(question, CheckKind.SAFETY)
    lacks.extend(
        _unchecked(question, counted)
        if counted
        else lapsed(question, "安全管理措置の点検", done, CheckKind.SAFETY)
    )
    evidence = [question.evidence(one, one.done_on) for one in counted]
    effort = "努めるべき" if question.asks.best_effort else ""
    last = (done or begun)[-1].done_on
    satisfied = f"{effort}安全管理措置は{shown(last)}の点検で確かめられています。"
    again_by, step = (None, NO_STEP) if lacks else _renewal(question, counted)
    doubts = reopened(question, last, add("check", kind=CheckKind.SAFETY.value))
    doubts.extend(_unnamed(question, counted))
    over = tuple(broken(question))
    return question.judge(lacks, evidence, satisfied, again_by, step, remarks=over, doubts=doubts)


def _renewal(question: Question, counted: tuple[Check, ...]) -> tuple[Deadline | None, Step]:
    """Where several checks together saw what is asked for, it comes round again with the first of them."""
    newest = (
        next((c.done_on for c in counted if one in _seen(question, c)), None) for one in _asked(question)
    )
    seen_on = [day for day in newest if day] or [one.done_on for one in counted[:1]]
    by = again(question.view, period_of(question.asks), (min(seen_on),)) if seen_on else None
    return by, add("check", kind=CheckKind.SAFETY.value)


def _seen(question: Question, check: Check) -> set[str]:
    """The measures that a check saw; one of which it names items has to be found right in one of them."""
    right = {row.measure for row in check.items if good(question, check, row)}
    not_right = {row.measure for row in check.items} - right
    return {*(one for one in check.measures if one not in not_right), *right}


def _asked(question: Question) -> tuple[Measure, ...]:
    """The measures that the clause names; all four where it speaks of safety in general.

    A clause that lists other things (places, media, documents) asks for a check of these and no more.
    """
    asks = question.asks
    if not asks.items and not asks.media:
        return tuple(Measure)
    return tuple(measure for measure in Measure if any(measure in item for item in asks.items))


def _unchecked(question: Question, counted: tuple[Check, ...]) -> Iterator[Lack]:
    seen = {measure for one in counted for measure in _seen(question, one)}
    absent = [measure for measure in _asked(question) if measure not in seen]
    if absent:
        named = "・".join(absent)
        yield Lack(
            f"{named}安全管理措置を適と確かめた点検が記録されていません。",
            f"安全管理措置の点検では、{named}措置も確かめて区分を記録する必要があります。",
            "check",
            counted[0].id,
            None,
            add("check", kind=CheckKind.SAFETY.value),
        )


def _unnamed(question: Question, counted: tuple[Check, ...]) -> Iterator[Lack]:
    """What the clause lists besides the measures and no check names; only a person can say it was seen."""
    asked = [item for item in question.asks.items if not any(measure in item for measure in Measure)]
    rows = [row.item for one in counted for row in one.items if good(question, one, row)]
    seen = [folded(text) for text in (*(one.subject for one in counted), *rows)]
    absent = [item for item in asked if not any(folded(item) in text for text in seen)]
    if counted and absent:
        named = "」「".join(absent)
        yield Lack(
            f"安全管理措置の点検に、「{named}」の記載がありません。",
            f"「{named}」を確かめた点検かどうかは記録から分からないため、確かめて点検項目に記録してください。",
            "check",
            counted[0].id,
            step=add("check", kind=CheckKind.SAFETY.value, subject="、".join(asked)),
        )


def _discussed(question: Question) -> Verdict:
    asked = requests(question.view, InstructionKind.DISCUSSION)
    if not asked:
        return question.not_due(
            "安全管理措置についての協議は記録されていませんが、申入れがあれば協議が必要です。"
        )
    why = "安全管理措置の内容は、発注者の申入れを受けて協議し、その結果を残す必要があります。"
    answers = [(one, answer(question, one)) for one in asked]
    lacks = [unanswered(question, one, "協議の結果", why) for one, proof in answers if proof is None]
    evidence = [proof for _one, proof in answers if proof]
    return question.judge(lacks, evidence, f"発注者との協議{len(asked)}件の結果が記録されています。")


EVALUATOR = evaluator(
    "security-measures", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.NOT_DUE, State.SATISFIED
)
