"""責任者・従事者報告書: who is in charge of a contract and who works on it, new or changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.duties.papers.drift import ADDED, REMOVED
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, Person, Statement
from app.records.assignment import Role
from app.records.paths import Path
from forms.changing.notice import CHANGE, change_blocks, told_under
from forms.changing.theme import Theme
from forms.denied import WORKING
from forms.form import Form
from forms.parts.basis import roles_asked
from forms.parts.cells import Cell, field
from forms.parts.lasting import planned, split
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import Asked, need
from forms.parts.paper import Paper
from forms.parts.people import OnContract, department_of, employments, in_order, people
from forms.parts.texts import OPEN, day_text, lines, listed, or_none, unique


def _in_charge(_case: Case, one: OnContract) -> bool:
    return bool(set(one.roles) - {Role.WORKER})


def _of_the_house(_case: Case, one: OnContract) -> bool:
    return not one.person.agency


_NAME = field(Person, "name")
_DEPARTMENT: Cell[OnContract] = Cell(
    "所属",
    lambda _case, one: or_none(department_of(one.person)),
    rests=(Path(Person, "department"),),
)
_POST = field(Person, "post", needed=_in_charge)
_EMPLOYMENT = field(Person, "employment")
_ROLES: Cell[OnContract] = Cell("役割", lambda _case, one: one.roles_told)
_STARTS: Cell[OnContract] = Cell("従事開始日", lambda _case, one: wareki(one.starts_on))
_ENDS: Cell[OnContract] = Cell("従事終了日", lambda _case, one: day_text(one.ends_on, OPEN))


def _work(_case: Case, one: OnContract) -> str:
    return or_none("、".join(unique(held.work for held in one.assignments)))


def _information(_case: Case, one: OnContract) -> str:
    return or_none("、".join(unique(held.information for held in one.assignments)))


_WORK: Cell[OnContract] = Cell("業務", _work)
_INFORMATION: Cell[OnContract] = Cell("取り扱う情報", _information)


def _vacant(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    """Every role that the clauses name is held, and somebody is in charge."""
    if not paper.things:
        return
    first = min((one.starts_on, one.assignments[0].id) for one in paper.things)[1]
    held = {role for one in paper.things for role in one.roles}
    missing = [role for role in roles_asked(paper.rests) if role not in held]
    if missing or not held - {Role.WORKER}:
        who = listed(missing) if missing else "責任者"
        yield first, f"{who}が決まっていません。担当する者の「責任者・従事者」の登録に役割を加えてください。"


def _facts(paper: Paper[OnContract]) -> dict[str, Any]:
    held = [(one, assignment) for one in paper.things for assignment in one.assignments]
    return {
        "responsible": _responsible(paper.case, held),
        "workers": [_row(paper.case, *pair) for pair in held if Role.WORKER in pair[1].role_names],
        "count": _count(held),
        "workers_word": paper.rests.word("workers", Role.WORKER),
    }


def _count(held: list[tuple[OnContract, Assignment]]) -> str:
    """How many people there are, whoever has several roles counted once."""
    workers = {one.person.id for one, assignment in held if Role.WORKER in assignment.role_names}
    others = {one.person.id for one, _ in held} - workers
    return f"計{len(workers | others)}人（うち責任者等の役割のみの者{len(others)}人）"


def _row(case: Case, one: OnContract, held: Assignment) -> list[str]:
    """Name, department, post, employment, work and information, first day, last day."""
    person = one.person
    work = lines(held.work, f"（情報：{held.information}）" if held.information else "")
    start = wareki(held.starts_on) + planned(held.starts_on, case.day)
    end = day_text(held.ends_on, OPEN) + planned(held.ends_on, case.day)
    return [person.name, department_of(person), person.post, person.employment, work, start, end]


def _responsible(case: Case, held: list[tuple[OnContract, Assignment]]) -> list[list[str]]:
    """One row for each role other than that of a worker, in the order of the roles."""
    rows = [
        [role, one.person.name, department_of(one.person), one.person.post, _tenure(case, assignment)]
        for one, assignment in held
        for role in assignment.role_names
        if role != Role.WORKER
    ]
    ranked = {role: number for number, role in enumerate(in_order({row[0] for row in rows}))}
    return sorted(rows, key=lambda row: ranked[row[0]])


def _tenure(case: Case, held: Assignment) -> str:
    """Since when somebody is in charge, and until when where it is recorded: nobody is told as staying."""
    since = lines(wareki(held.starts_on), planned(held.starts_on, case.day))
    if held.ends_on is None:
        return since
    return lines(since, f"{wareki(held.ends_on)}まで", planned(held.ends_on, case.day))


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: on a change the changes first, then everyone as of now."""
    held = statement.facts
    everyone = ("責任者", (_responsible_table(held["responsible"]),)), (held["workers_word"], _workers(held))
    sections: tuple[Section, ...] = everyone
    who = f"責任者及び{held['workers_word']}"
    sentence = f"{under(statement)}下記の契約の業務に係る{who}を、次のとおり報告します。"
    if statement.variant == CHANGE:
        told = told_under(statement)
        sentence = f"{told}で報告した{who}について、{under(statement)}下記のとおり変更を報告します。"
        sections = (
            ("変更の内容", change_blocks(statement)),
            *((f"変更後の{head}", blocks) for head, blocks in everyone),
        )
    return (letter_sheet(statement, FORM.title, sentence, sections),)


def _responsible_table(rows: list[list[str]]) -> Table:
    columns = (
        Column("役割", 26),
        Column("氏名", 21, fit=True),
        Column("所属", 22),
        Column("役職", 14),
        Column("就任日", 17, "center"),
    )
    return Table(columns, tuple(tuple(row) for row in rows))


def _workers(held: Any) -> tuple[Block, ...]:
    if not held["workers"]:
        return (Text("　責任者のほかに、従事者として登録している者はありません。"),)
    columns = (
        Column("№", 5, "center"),
        Column("氏名", 19, fit=True),
        Column("所属・役職", 23),
        Column("雇用区分", 10, "center"),
        Column("担当する業務", 22),
        Column("従事する期間", 21),
    )
    cells = tuple(
        (
            str(number),
            name,
            or_none(lines(department, post)),
            employment,
            or_none(work),
            f"{starts}から\n" + (f"{ends}まで" if ends != OPEN else f"終了日{OPEN}"),
        )
        for number, (name, department, post, employment, work, starts, ends) in enumerate(held["workers"], 1)
    )
    count = (Text(held["count"], size=9, align="right", before=3),) if "count" in held else ()
    return (Table(columns, cells), *count)


def _assignment(case: Case, key: str, kind: str) -> Assignment | None:
    """Of someone who left, the assignment that ended last; of a newcomer, the first; else the latest."""
    person = case.facts.stated(key)
    held = [
        one
        for one in case.facts.of(Assignment, "contract", case.contract.id)
        if person is not None and one.person == person.id
    ]
    lasting, ended = split(held, case.day)
    if kind == REMOVED:
        return max(ended, key=lambda a: (a.ends_on or a.starts_on, a.id), default=None)
    return next(iter(lasting if kind == ADDED else reversed(lasting)), None)


FORM = Form(
    id="personnel-report",
    title="責任者・従事者報告書",
    proves=(Whole("responsible-person"), Whole("worker-list")),
    under=("responsible-person", "worker-list"),
    employments=employments,
    about=people(),
    entry=(
        _NAME,
        _DEPARTMENT,
        _POST,
        _EMPLOYMENT,
        _ROLES,
        _WORK,
        _INFORMATION,
        _STARTS,
        _ENDS,
    ),
    needs=(need(Person, "department", _of_the_house), Asked(Assignment, "roles", _vacant), WORKING),
    changes=Theme(
        Assignment,
        noun=_ROLES,
        name=_NAME,
        starts=_STARTS,
        ends=_ENDS,
        told=(_NAME, _DEPARTMENT, _POST),
        source=_assignment,
        dated=(_NAME, _DEPARTMENT, _POST, _EMPLOYMENT),
        passing=(_ROLES, _WORK, _INFORMATION, _STARTS, _ENDS),
    ),
    facts=_facts,
    draw=draw,
)
