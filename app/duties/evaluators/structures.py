"""management-system: who answers to whom is recorded, still true, and reported where a clause asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.attested import attestation, confirm_step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.evaluators.over import broken, missed_rounds, span, vacancies
from app.duties.evaluators.periodic import again, lapses, often, owed, period_of
from app.duties.evaluators.requested import answer, requests
from app.duties.papers.claims import Whole
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Person, Structure
from app.records.instruction import InstructionKind, Matter


def judge(question: Question) -> Verdict:
    view = question.view
    reports = _reports(question) if question.reported else []
    why = "管理体制は、発注者の求めがあったときは報告する必要があります。"
    asked = answers(question, Matter.STRUCTURE, "管理体制の報告", why)
    if not view.held(Structure) and not reports and not asked.lacks:
        return question.unrecorded("管理体制が記録されていないため、責任の所在を示せません。", "structure")
    current = view.once(in_chart)
    lacks = [lack for row in view.held(Structure) for lack in _gone(question, row)]
    if not current and not lacks:
        lacks.append(_empty(question))
    lacks.extend(asked.lacks)
    if question.reported:
        lacks.extend(_unreported(question, reports))
    elif current:
        lacks.extend(_unconfirmed(question, current))
    evidence = [question.evidence(row, row.starts_on) for row in current]
    satisfied = f"管理体制に{len(current)}人が定められ{asked.words}。"
    if question.reported:
        satisfied = f"管理体制に{len(current)}人が定められ、発注者に報告されています。"
    return question.judge(
        lacks,
        [*evidence, *reports, *asked.evidence],
        satisfied,
        *_renewal(question, current, reports),
        remarks=[*asked.remarks, *_over(question, reports)],
    )


def _over(question: Question, reports: list[Evidence]) -> Iterator[Remark]:
    """Days on which nobody was in the chart, and reports that were let go by."""
    view = question.view
    held = sorted(view.held(Structure), key=lambda row: (row.starts_on, row.id))
    begun = [row for row in held if row.starts_on <= max(view.as_of, view.contract.starts_on)]
    first = max(view.contract.starts_on, view.contract.signed_on)
    for one in vacancies(first, ((row.starts_on, _until(view, row)) for row in begun)):
        text = f"管理体制は、{span(one.since, one.until)}定められていませんでした。"
        yield broken(text, begun[one.followed], one.since, one.until)
    if question.reported:
        missed = lapses(view, period_of(question.asks), _reported_on(reports))
        yield from missed_rounds("管理体制の報告", view.contract, missed)


def _until(view: ContractView, row: Structure) -> date | None:
    """The last day of a place in the chart: nobody holds it on after the day of leaving the company."""
    person = view.facts.find(Person, row.person)
    left = person.left_on if person is not None else None
    if left is None or (row.ends_on is not None and row.ends_on <= left):
        return row.ends_on
    return left


def _renewal(
    question: Question, current: tuple[Structure, ...], reports: list[Evidence]
) -> tuple[Deadline | None, Step]:
    period = period_of(question.asks)
    if question.reported:
        return again(question.view, period, _reported_on(reports)), _reporting(question)
    done = _confirmed_on(question, current)
    # What runs out in the window that runs is no lack yet.
    by = owed(question.view, period, done) or again(question.view, period, done)
    return by, confirm_step(question)


def in_chart(view: ContractView) -> tuple[Structure, ...]:
    """The places in the chart that are held on the day, or from the start of the work."""
    begun = max(view.as_of, view.contract.starts_on)
    return tuple(
        row
        for row in view.held(Structure)
        if row.starts_on <= begun and ((until := _until(view, row)) is None or until >= view.as_of)
    )


def _gone(question: Question, row: Structure) -> Iterator[Lack]:
    view = question.view
    person = view.facts.find(Person, row.person)
    still = row.starts_on <= view.as_of and (row.ends_on is None or row.ends_on >= view.as_of)
    if still and person is not None and person.left_on is not None and person.left_on < view.as_of:
        yield Lack(
            f"{row.unit}の担当者である{person.name}は、{shown(person.left_on)}に退職しています。",
            f"退職した者（{shown(person.left_on)}退職）が管理体制に残っているため、後任を定める必要があります。",
            "structure",
            row.id,
            person.left_on,
            open_record(row),
        )


def _empty(question: Question) -> Lack:
    """A chart is recorded, but nobody is in it on the day."""
    ended = [
        row
        for row in question.view.held(Structure)
        if (until := _until(question.view, row)) is not None and until < question.view.as_of
    ]
    why = "責任体制は、業務の開始の前に作り、業務の間は保つ必要があります。"
    if ended:
        day, last = max(((_until(question.view, row) or date.max, row) for row in ended), key=_by_end)
        text = f"管理体制の担当は{shown(day)}で終わり、後任が記録されていません。"
        return Lack(text, why, "structure", last.id, day, add("structure"))
    lack = Lack("業務の開始の時点の管理体制が記録されていません。", why, "structure", step=add("structure"))
    return lack.by(question.beforehand(question.view.contract.starts_on))


def _by_end(ended: tuple[date, Structure]) -> tuple[date, int]:
    return ended[0], ended[1].id


def _unconfirmed(question: Question, current: tuple[Structure, ...]) -> Iterator[Lack]:
    """A chart that nobody has changed or confirmed within the period may no longer be true."""
    period = period_of(question.asks)
    done = _confirmed_on(question, current)
    deadline = owed(question.view, period, done)
    if deadline is not None and deadline.day < question.view.as_of:
        yield Lack(
            f"管理体制が実際と合っていることを、{shown(max(done))}の後は確かめていません。",
            f"責任体制が保たれていることは、{often(period)}確かめる必要があります。",
            "attestation",
            step=confirm_step(question),
        ).by(deadline)


def _confirmed_on(question: Question, current: tuple[Structure, ...]) -> list[date]:
    """When somebody was put into the chart, or the chart was found to be true."""
    done = [row.starts_on for row in current]
    said = attestation(question)
    if said is not None and said.kept:
        done.append(said.confirmed_on)
    return [day for day in done if day <= question.view.day]


def _reports(question: Question) -> list[Evidence]:
    """What told the client of the structure: documents of a form for it, or an answer to a request for it.

    An answer to a request that does not say what was asked for proves nothing of the structure.
    """
    view = question.view
    documents = [
        question.evidence(document, document.submitted_on)
        for form in view.forms_for(question.kind, Whole)
        for document in view.standing(form)
    ]
    answers = [
        proof
        for one in requests(view, InstructionKind.REPORT)
        if Matter.STRUCTURE in one.about and (proof := answer(question, one)) is not None
    ]
    return [*documents, *answers]


def _unreported(question: Question, reports: list[Evidence]) -> Iterator[Lack]:
    period = period_of(question.asks)
    deadline = owed(question.view, period, _reported_on(reports))
    if deadline is not None:
        items = "、".join(question.asks.items) or "管理体制"
        yield Lack(
            f"{items}の報告の記録がありません。" if not reports else f"{items}の次の報告の記録がありません。",
            f"{items}は{often(period)}発注者に報告する必要があります。",
            "instruction",
            step=_reporting(question),
        ).by(deadline)


def _reported_on(reports: list[Evidence]) -> list[date]:
    return [one.on for one in reports if one.on is not None]


def _reporting(question: Question) -> Step:
    step = question.issue()
    about = (Matter.STRUCTURE.value,)
    return step if step.action else add("instruction", kind=InstructionKind.REPORT.value, about=about)


EVALUATOR = evaluator("management-system", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
