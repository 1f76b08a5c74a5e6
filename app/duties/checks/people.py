"""Cross-checks of people: who works without what is needed, after leaving, or without being a worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.annexes.clause import Clause
from app.annexes.kinds import When
from app.duties.chart import loose
from app.duties.checks.check import OPEN, Check, Found, found
from app.duties.duty import Step
from app.duties.evaluators.leaving import leavers_of
from app.duties.evaluators.oath_holders import oaths as oaths_of
from app.duties.evaluators.oath_holders import signed, too_early
from app.duties.evaluators.structures import in_chart
from app.duties.evaluators.workers import handled_by_outsiders
from app.duties.finding import Severity
from app.duties.questions import applying, asked
from app.duties.verdict import add, open_record, shown
from app.duties.view import ContractView, Worker
from app.records import Asset, Assignment, Event, Person
from app.records.assignment import Role
from app.records.oath import OathKind
from app.records.person import Employment

_A_YEAR_AND_A_DAY = timedelta(days=366)


def _active(view: ContractView) -> Iterator[Worker]:
    """Those whose work has begun and not ended."""
    return (worker for worker in view.workers if worker.since <= view.as_of)


def _to_swear(view: ContractView) -> Iterator[tuple[Worker, Clause]]:
    """Everyone at work of whom a clause wants an oath, other than on leaving, with the first such clause."""
    seen: set[int] = set()
    for question in asked(view, "oath"):
        if set(question.clause.when) == {When.ON_LEAVING}:
            continue
        for worker in view.workers_of(question.asks.workers):
            if worker.since <= view.as_of and worker.person.id not in seen:
                seen.add(worker.person.id)
                yield worker, question.clause


def _unsworn(view: ContractView) -> Iterator[Found]:
    held = signed(view, OathKind.STARTING)
    for worker, clause in _to_swear(view):
        if worker.person.id not in held:
            text = (
                f"{worker.person.name}は{shown(worker.since)}から従事していますが、"
                "署名済みの誓約書がありません。"
            )
            step = _sign(view, worker.person, OathKind.STARTING)
            yield found(text, worker.person, step)._replace(clause=clause)


def _sworn_early(view: ContractView) -> Iterator[Found]:
    for kind in OathKind:
        for oath in signed(view, kind).values():
            if text := too_early(view, oath):
                yield found(text, oath)


def _sign(view: ContractView, person: Person, kind: OathKind) -> Step:
    unsigned = [one for one in oaths_of(view, kind).get(person.id, ()) if one.signed_on is None]
    return open_record(unsigned[0]) if unsigned else add("oath", person=person.id, kind=kind.value)


def _untrained(view: ContractView) -> Iterator[Found]:
    for worker in _active(view):
        if worker.person.id not in view.attended:
            text = (
                f"{worker.person.name}は{shown(worker.since)}から従事していますが、"
                "この契約の研修を受けた記録がありません。"
            )
            missed = view.missed.get(worker.person.id)
            yield found(text, worker.person, open_record(missed) if missed else add("training"))


def _trained_long_ago(view: ContractView) -> Iterator[Found]:
    for worker in _active(view):
        held = view.attended.get(worker.person.id)
        if held and held[-1][0] + _A_YEAR_AND_A_DAY <= view.as_of:
            text = f"{worker.person.name}の研修は{shown(held[-1][0])}が最後で、1年を超えています。"
            yield found(text, worker.person, add("training"))


def _unlisted(view: ContractView) -> Iterator[Found]:
    """Workers whom no submitted document names; a duty that is met (by oaths instead) lists everyone."""
    seen: set[int] = set()
    duties, questions = applying(view, "worker-list"), asked(view, "worker-list")
    for duty, question in zip(duties, questions, strict=True):
        if not question.reported or duty.state not in OPEN:
            continue
        for worker in question.view.workers_of(question.asks.workers):
            if worker.since > view.as_of or worker.person.id in seen:
                continue
            if view.proof(question.kind, worker.subject) is None:
                seen.add(worker.person.id)
                text = (
                    f"{worker.person.name}は{shown(worker.since)}から従事していますが、"
                    "提出済みの名簿・報告書に載っていません。"
                )
                first = worker.assignments[0]
                yield found(text, first, question.issue(worker.subject))._replace(clause=question.clause)


def _leaves(view: ContractView) -> Iterator[tuple[Assignment, Person, date]]:
    for one in view.assignments:
        person = view.facts.find(Person, one.person)
        if person is not None and person.left_on is not None:
            yield one, person, person.left_on


def _assigned_after_leaving(view: ContractView) -> Iterator[Found]:
    for one, person, left in _leaves(view):
        if left < (one.ends_on or view.as_of):
            until = f"{shown(one.ends_on)}までと" if one.ends_on else "終わっていないことに"
            yield found(f"{person.name}は{shown(left)}に退職していますが、従事が{until}なっています。", one)


def _handled_after_leaving(view: ContractView) -> Iterator[Found]:
    left = {person.id: (person, day) for _one, person, day in _leaves(view) if day < view.day}
    if not left:
        return
    late = (
        event
        for held in view.happened.values()
        for event in held
        if event.person in left and event.happened_at.date() > left[event.person][1]
    )
    for person, events in _by_person(view.in_time(late)):
        name, day = left[person]
        yield found(
            f"{shown(day)}に退職した{name.name}が、{_handled(events)}を扱ったことになっています。",
            events[0][0],
        )


def _outsiders(view: ContractView) -> Iterator[Found]:
    """Who did not work on the contract on the day; what was done after leaving has a check of its own."""
    left = {person.id: day for _one, person, day in _leaves(view)}
    handled = (
        (event, asset)
        for event, asset in view.once(handled_by_outsiders)
        if event.happened_at.date() <= left.get(event.person or 0, date.max)
    )
    for person, events in _by_person(tuple(handled)):
        record = view.facts.find(Person, person)
        name = record.name if record else "取り扱った者"
        yield found(f"{_handled(events)}を扱った{name}は、その日の従事者ではありません。", events[0][0])


def _by_person(
    handled: tuple[tuple[Event, Asset], ...],
) -> Iterator[tuple[int, list[tuple[Event, Asset]]]]:
    """Event by event a careless entry would fill the page: one line for each person."""
    held: dict[int, list[tuple[Event, Asset]]] = {}
    for event, asset in handled:
        if event.person is not None:
            held.setdefault(event.person, []).append((event, asset))
    yield from held.items()


def _handled(events: list[tuple[Event, Asset]]) -> str:
    event, asset = events[0]
    more = f"ほか{len(events) - 1}件" if len(events) > 1 else ""
    return f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）{more}"


def _left_unsworn(view: ContractView) -> Iterator[Found]:
    held = signed(view, OathKind.LEAVING)
    for person, day in view.once(leavers_of, ()):
        if day < view.day and person.id not in held:
            text = f"{person.name}は{shown(day)}に退職しましたが、退職時の誓約書に署名した記録がありません。"
            yield found(text, person, _sign(view, person, OathKind.LEAVING))


def _dispatch_over(view: ContractView) -> Iterator[Found]:
    for worker in _active(view):
        person = worker.person
        until = person.agency_to
        if person.employment == Employment.DISPATCHED and until is not None and until < view.as_of:
            yield found(
                f"{person.name}の派遣期間は{shown(until)}に終わっていますが、従事が続いています。", person
            )


_NO_POST = (Role.WORKER, Role.HANDOVER)
"""Who only works, or hands things over, need not stand in the chart."""


def _apart_from_roles(view: ContractView) -> Iterator[Found]:
    """The chart says who answers to whom, the assignments who holds which role: a client is told both."""
    chart = view.once(in_chart)
    held = {worker.person.id: _roles_of(view, worker) for worker in view.workers}
    for row in chart:
        person = view.facts.find(Person, row.person)
        if person and row.title in set(Role) and row.title not in held.get(person.id, {}):
            yield found(
                f"管理体制では{person.name}が{row.title}ですが、責任者・従事者の登録では{row.title}ではありません。",
                row,
            )
    placed = {row.person for row in chart}
    for worker in view.workers if chart else ():
        for role, one in held[worker.person.id].items():
            if role not in _NO_POST and worker.person.id not in placed:
                yield found(
                    f"{role}の{worker.person.name}が、管理体制に登録されていません。",
                    one,
                    add("structure", person=worker.person.id, title=role),
                )


def _roles_of(view: ContractView, worker: Worker) -> dict[str, Assignment]:
    begun = max(view.as_of, view.contract.starts_on)
    return {role: one for one in worker.assignments if one.starts_on <= begun for role in one.role_names}


def _circle(view: ContractView) -> Iterator[Found]:
    for row in loose(view.once(in_chart)):
        person = view.facts.find(Person, row.person)
        name = person.name if person else row.unit
        yield found(f"{name}の報告先をたどると、互いに報告し合う形になっています。", row)


CHECKS = (
    Check("worker-without-oath", "誓約書のない従事者", Severity.VIOLATION, ("oath",), _unsworn),
    Check(
        "oath-too-early",
        "契約の締結又は入社より前の誓約書",
        Severity.REMARK,
        ("oath", "retirement-secrecy"),
        _sworn_early,
    ),
    Check(
        "worker-without-training", "研修を受けていない従事者", Severity.VIOLATION, ("training",), _untrained
    ),
    Check("training-long-ago", "1年を超えた研修", Severity.WARNING, ("training",), _trained_long_ago),
    Check("worker-unlisted", "名簿に載っていない従事者", Severity.VIOLATION, ("worker-list",), _unlisted),
    Check(
        "assigned-after-leaving",
        "退職した者の従事",
        Severity.VIOLATION,
        ("worker-list", "retirement-secrecy"),
        _assigned_after_leaving,
    ),
    Check(
        "handled-after-leaving",
        "退職後の取扱い",
        Severity.VIOLATION,
        ("worker-list", "retirement-secrecy"),
        _handled_after_leaving,
    ),
    Check(
        "structure-apart",
        "役割と合わない管理体制",
        Severity.WARNING,
        ("management-system", "responsible-person"),
        _apart_from_roles,
    ),
    Check(
        "structure-circle",
        "互いに報告し合う管理体制",
        Severity.WARNING,
        ("management-system", "responsible-person"),
        _circle,
    ),
    Check("handled-by-outsider", "従事者でない者の取扱い", Severity.VIOLATION, ("worker-list",), _outsiders),
    Check(
        "left-without-oath",
        "退職時の誓約がない者",
        Severity.VIOLATION,
        ("retirement-secrecy",),
        _left_unsworn,
    ),
    Check(
        "dispatch-over", "派遣期間の終わった従事者", Severity.WARNING, ("dispatch-contract",), _dispatch_over
    ),
)
