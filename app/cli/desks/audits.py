"""The desk of an audit, as ``jutaku audit`` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from app.cli.acts.answers import record_named
from app.cli.arguments import Wanted
from app.cli.desks.judged import Judged, iso, judged, put_section
from app.cli.output import put_json, put_line

if TYPE_CHECKING:
    from app.duties.finding import Finding
    from app.records import Audit, Improvement
    from app.work.desks.audit import Ahead, Answered
    from app.work.tasks import Task


def audit(wanted: Wanted) -> int:
    """What an auditor would find, the papers that show it, what was handed over, what came of findings."""
    from app.work.desks import audit as desk

    held = judged(wanted)
    about = cast("Audit", record_named(held.made.facts, "audit", wanted.number))
    made, contract = held.made, about.contract
    found = desk.ahead(made.of(contract), made.drifts_of(contract), made.findings_of(contract), made.day)
    if wanted.json:
        put_json(_json(held, about, found))
    else:
        _show(held, about, found)
    return 0


def _show(held: Judged, about: Audit, found: Ahead) -> None:
    from app.work.desks import audit_words as say
    from app.work.desks.audit import stage

    put_line(say.heading(about))
    put_line(say.about(held.made.facts, about))
    put_line(stage(about, held.made.day))
    put_section(say.counted(about, found), _open(held, found))
    put_section("示す書類", _papers(held, about, found))
    put_section("渡した資料", about.material.split("\n") if about.material else [say.NO_MATERIAL])
    put_section("指摘と改善", _findings(held, about))


def _open(held: Judged, found: Ahead) -> Iterator[str]:
    from app.work.desks import audit_words as say

    for group, tasks in found.groups:
        yield f"［{group}　{len(tasks)}件］"
        for one in tasks:
            yield from _task(held, one)
    for finding in found.findings:
        step = f"次の手順：{finding.next.text}" if finding.next.text else ""
        yield "　".join(filter(None, (str(finding.severity), finding.text, finding.clause, step)))
    if not found.lines:
        yield f"{say.NOTHING}。{say.NOTHING_WHY}"


def _task(held: Judged, one: Task) -> Iterator[str]:
    from app.records.days import wareki
    from app.work.states import days_left, mark

    due = (days_left(one.due, held.made.day), wareki(one.due)) if one.due else ()
    yield "　".join((mark(one.state).text, *due, one.text))
    # The window counts what is missing besides, and shows it under なぜ: here is room for all of it.
    yield from (f"　{gap.text}" for gap in one.gaps[1:])
    about = "、".join(one.clauses)
    step = f"次の手順：{one.step.text}" if one.step.text else ""
    if said := "　".join(filter(None, (about, step))):
        yield f"　{said}"


def _papers(held: Judged, about: Audit, found: Ahead) -> Iterator[str]:
    from app.work.desks import audit as desk
    from app.work.desks import audit_words as say

    facts = held.made.facts
    newest = desk.newest_binder(facts, about.contract)
    if newest is not None:
        yield say.binder(newest)
    papers = desk.papers(facts, about.contract)
    yield f"提出した書類{len(papers)}件"
    yield from (f"　{one.number}　{one.title}" for one in papers)
    if wanted := desk.to_issue(found):
        yield f"まだ発行していない書類{len(wanted)}件"
        yield from (f"　{held.product.forms[form].title}" for _contract, form in wanted)


def _findings(held: Judged, about: Audit) -> Iterator[str]:
    from app.work.desks import audit as desk
    from app.work.desks import audit_words as say

    facts, day = held.made.facts, held.made.day

    def told(one: Improvement) -> Iterator[str]:
        yield f"　{say.improvement(one)}"
        yield f"　{say.owed(facts, one, day)}"

    answers = desk.answers(facts, about)
    for one in answers:
        yield say.finding(one)
        yield f"　{say.answer(one) or say.NO_ANSWER}"
        for improvement in one.improvements:
            yield from told(improvement)
        if not one.improvements:
            yield f"　{say.NO_IMPROVEMENT}"
    for improvement in desk.loose(facts, about):
        yield from told(improvement)
    if not answers:
        yield say.NO_FINDING


def _json(held: Judged, about: Audit, found: Ahead) -> dict[str, Any]:
    from app.work.desks import audit as desk

    facts, day = held.made.facts, held.made.day
    newest = desk.newest_binder(facts, about.contract)
    return {
        "audit": about.number,
        "contract": facts.key_of("contract", about.contract),
        "kind": about.kind,
        "planned": iso(about.planned_on),
        "held": iso(about.held_on),
        "stage": desk.stage(about, day),
        "next": desk.next_act(about) or None,
        "lines": found.lines,
        "begun_today": found.today,
        "open": [
            {"group": group.name.lower(), "title": str(group), "tasks": [_said(one) for one in tasks]}
            for group, tasks in found.groups
        ],
        "mismatches": [_mismatch(one) for one in found.findings],
        "papers": [one.number for one in desk.papers(facts, about.contract)],
        "to_issue": [form for _contract, form in desk.to_issue(found)],
        "binder": {"number": newest.number, "issued": iso(newest.issued_on)} if newest else None,
        "material": about.material.split("\n") if about.material else [],
        "findings": [_answered(held, one) for one in desk.answers(facts, about)],
        "improvements": [_improvement(held, one) for one in desk.loose(facts, about)],
    }


def _said(one: Task) -> dict[str, Any]:
    return {
        "state": str(one.state),
        "due": iso(one.due),
        "text": one.text,
        "missing": [gap.text for gap in one.gaps],
        "clauses": list(one.clauses),
        "next": one.step.text,
    }


def _mismatch(one: Finding) -> dict[str, Any]:
    return {
        "severity": one.severity.name.lower(),
        "text": one.text,
        "clause": one.clause or None,
        "next": one.next.text,
    }


def _answered(held: Judged, one: Answered) -> dict[str, Any]:
    return {
        "number": one.number,
        "finding": one.finding.finding,
        "answered": iso(one.finding.answered_on),
        "answer": one.finding.answer,
        "improvements": [_improvement(held, row) for row in one.improvements],
    }


def _improvement(held: Judged, one: Improvement) -> dict[str, Any]:
    from app.records import Person
    from app.work.desks.audit import standing

    facts = held.made.facts
    owner = facts.find(Person, one.owner)
    return {
        "number": one.number,
        "action": one.action,
        "owner": facts.key(owner) if owner else None,
        "due": iso(one.due_on),
        "done": iso(one.done_on),
        "effect": iso(one.effect_on),
        "standing": list(standing(one, held.made.day)),
    }
