"""responsible-person: every role that the annex names is held, and reported where the annex asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.annexes.kinds import State
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.changes import Subject, changes, dated_days, told_after_all
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.evaluators.over import (
    broken,
    first_told,
    span,
    told_in_the_end,
    told_late,
    vacancies,
)
from app.duties.evaluators.structures import in_chart
from app.duties.papers.drift import Difference
from app.duties.verdict import Lack, Question, Verdict, add, shown
from app.records import Assignment, Person, stated_key
from app.records.assignment import AssignmentRole
from app.records.instruction import Matter
from app.records.structure import Part


def judge(question: Question) -> Verdict:
    roles = tuple(str(role) for role in question.asks.roles)
    if not roles:
        return question.confirm("特記事項に役割の名称がないため、責任者として定めた者を確かめてください。")
    found = _Found()
    for role in roles:
        holders = _holders(question, role)
        if not holders:
            found.lacks.append(_vacant(question, role))
        for holder in holders:
            found.holders.append(holder)
            found.evidence.append(question.evidence(holder, holder.starts_on))
            found.lacks.extend(_unplaced(question, holder, role))
            if question.reported:
                found.lacks.extend(_report(question, holder, role, found))
        found.remarks.extend(_vacancies(question, role))
        if question.reported:
            found.remarks.extend(_never_told(question, role))
    if question.reported:
        found.lacks.extend(_stale(question, roles, found))
    else:
        _on_request(question, found)
    return question.judge(
        found.lacks, found.evidence, _satisfied(question, roles, found.asked), remarks=found.remarks
    )


class _Found:
    """What was gathered role by role."""

    def __init__(self) -> None:
        self.lacks: list[Lack] = []
        self.evidence: list[Evidence] = []
        self.holders: list[Assignment] = []
        self.remarks: list[Remark] = []
        self.asked = "ています"


def _on_request(question: Question, found: _Found) -> None:
    """Where the client hears of the responsible persons only when it asks."""
    why = "責任者は、発注者の求めがあったときは報告する必要があります。"
    asked = answers(question, Matter.PEOPLE, "責任者の報告", why)
    found.lacks.extend(asked.lacks)
    found.evidence.extend(asked.evidence)
    found.remarks.extend(asked.remarks)
    found.asked = asked.words


def _holders(question: Question, role: str) -> tuple[Assignment, ...]:
    """Who holds the role on the day, or from the start of the work; nobody who has left the company does."""
    view = question.view
    begun = max(view.as_of, view.contract.starts_on)
    return tuple(
        one
        for worker in view.workers
        for one in worker.assignments
        if role in one.role_names and one.starts_on <= begun
    )


def _held(question: Question, role: str) -> list[Assignment]:
    """Every assignment in the role that has begun and was not over before it did, by its first day."""
    view = question.view
    held = (one for one in view.assignments if role in one.role_names and view.works(one, one.starts_on))
    begun = (one for one in held if one.starts_on <= max(view.as_of, view.contract.starts_on))
    return sorted(begun, key=lambda one: (one.starts_on, one.id))


def _vacancies(question: Question, role: str) -> Iterator[Remark]:
    """Since the start of the work, or the signature where that came later, the role was held on every day."""
    view = question.view
    held = _held(question, role)
    first = max(view.contract.starts_on, view.contract.signed_on)
    for one in vacancies(first, ((one.starts_on, view.works_until(one)) for one in held)):
        text = f"{role}は、{span(one.since, one.until)}定められていませんでした。"
        yield broken(text, held[one.followed], one.since, one.until)


def _never_told(question: Question, role: str) -> Iterator[Remark]:
    """Who held the role and does so no more, and was told late or never."""
    view = question.view
    for one in _held(question, role):
        until = view.works_until(one)
        if until is not None and until < view.as_of:
            person = view.facts.get(Person, one.person)
            period = (one.starts_on, until)
            what = f"{role}（{person.name}）"
            yield from told_in_the_end(question, what, one, period, stated_key(person), says=role)


def _vacant(question: Question, role: str) -> Lack:
    view = question.view
    left = [
        until
        for one in view.assignments
        if role in one.role_names and (until := view.works_until(one)) is not None and until < view.as_of
    ]
    text = f"{role}が定められていません。"
    if left:
        day = max(left)
        why = f"{role}の従事が{shown(day)}に終わったため、その日までに後任を定める必要がありました。"
        return Lack(text, why, "assignment", 0, day, _appoint(role))
    start = view.contract.starts_on
    why = f"{role}は業務の開始（{shown(start)}）の{question.eve}までに定める必要があります。"
    step = _appoint(role, starts_on=start) if view.day < start else _appoint(role)
    return Lack(text, why, "assignment", step=step).by(question.beforehand(start))


def _appoint(role: str, **given: Any) -> Step:
    return add("assignment", roles=(AssignmentRole(role=role),), **given)


def _unplaced(question: Question, holder: Assignment, role: str) -> Iterator[Lack]:
    """Where the clause says in which part of the structure a role is held, the chart must show it there."""
    wanted = [part for part in Part for item in question.asks.items if item.startswith(role) and part in item]
    for part in wanted:
        chart = question.view.once(in_chart)
        if any(row.person == holder.person and row.part == part for row in chart):
            continue
        name = question.view.facts.get(Person, holder.person).name
        yield Lack(
            f"{role}（{name}）が、{part}の部署の者として管理体制に登録されていません。",
            f"{role}は、{part}の部署に置く必要があります。",
            "assignment",
            holder.id,
            step=add("structure", person=holder.person, part=part.value, title=role),
        ).by(question.beforehand(holder.starts_on))


def _report(question: Question, holder: Assignment, role: str, found: _Found) -> Iterator[Lack]:
    person = question.view.facts.get(Person, holder.person)
    key, name = stated_key(person), person.name
    # Told of as a worker is not told of as responsible: the paper must name the role.
    proof = question.view.proof(question.kind, key, says=role)
    if proof is None:
        when = question.when(f"従事の開始（{shown(holder.starts_on)}）")
        yield Lack(
            f"{role}（{name}）の報告書が提出されていません。",
            f"{role}は{when}報告する必要があります。",
            "assignment",
            holder.id,
            step=question.issue(key),
        ).by(question.told_by(holder.starts_on))
        return
    found.evidence.append(question.evidence(proof, proof.submitted_on))
    told = told_late(
        question, f"{role}（{name}）", holder, holder.starts_on, first_told(question, key, says=role)
    )
    found.remarks.extend(told)


def _stale(question: Question, roles: tuple[str, ...], found: _Found) -> tuple[Lack, ...]:
    people = {holder.person for holder in found.holders}
    held = {stated_key(question.view.facts.get(Person, person)) for person in people}

    def relevant(difference: Difference) -> bool:
        texts = [text for _label, *pair in difference.lines for text in pair]
        return difference.key in held or any(role in text for role in roles for text in texts)

    def subject(key: str) -> Subject | None:
        return person_subject(question, key)

    found.remarks.extend(told_after_all(question, subject, relevant))
    return changes(question, "責任者", subject, relevant)


def person_subject(question: Question, key: str) -> Subject | None:
    """The person behind a key of a list, with the last of the assignments on this contract."""
    person = question.view.facts.stated(key)
    if not isinstance(person, Person):
        return None
    held = [one for one in question.view.assignments if one.person == person.id]
    names = tuple((row.name, row.until + timedelta(days=1)) for row in person.former_names if row.until)
    if not held:
        begun = question.view.contract.starts_on
        return Subject(key, person.name, "person", person.id, begun, None, None, names, dated_days(person))
    until = question.view.works_until
    last = max(held, key=lambda one: (until(one) or date.max, one.starts_on, one.id))
    period = last.starts_on, until(last)
    days = dated_days(person)
    return Subject(key, person.name, "assignment", last.id, *period, last.changed_on, names, days)


def _satisfied(question: Question, roles: tuple[str, ...], asked: str) -> str:
    named = "、".join(roles)
    if question.reported:
        return f"{named}が定められ、その報告書が提出されています。"
    return f"{named}が定められ{asked}。"


EVALUATOR = evaluator("responsible-person", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
