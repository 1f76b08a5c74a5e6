"""管理体制報告書: the chart of who answers to whom for a contract, who holds which role, and the measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.chart import Node, in_tree, loose
from app.duties.papers.claims import Whole
from app.printing.blocks import Box, Chart, Column, Sheet, Table, Text
from app.records import Assignment, Person, SafetyMeasure, Statement, Structure
from app.records.assignment import Role
from app.records.check import Measure
from app.records.ordering import in_order
from forms.denied import gone
from forms.form import Form
from forms.layout.structure import Placed, assignments, places
from forms.parts.about import About
from forms.parts.basis import roles_asked
from forms.parts.cells import Cell, field
from forms.parts.lasting import planned
from forms.parts.letter import Section, annex_sheet, letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import department_of
from forms.parts.people import in_order as by_rank
from forms.parts.texts import listed, or_none, unique

_ACROSS = 4
"""More places than these side by side are drawn on a sheet across."""
_PLACES = (
    Column("部署", 22, lower="分担"),
    Column("体制上の役割", 18),
    Column("氏名", 20, fit=True, lower="役職"),
    Column("報告先", 18, fit=True),
    Column("緊急連絡先", 20),
)
_MEASURES = (
    Column("№", 5, "center"),
    Column("区分", 13, "center"),
    Column("措置の内容", 46),
    Column("根拠", 36),
)
_ROLES = (Column("役割", 30), Column("氏名", 22, fit=True), Column("所属", 30), Column("役職", 18))


def _in_structure(case: Case) -> Iterator[Placed]:
    """Everyone in the chart, and whoever holds a role beyond that of a worker, by name."""
    held, parts = places(case), assignments(case)
    in_charge = {one.person for one in parts if set(one.role_names) - {Role.WORKER}}
    numbers = dict.fromkeys([*(one.person for one in held), *in_charge])
    people = (case.facts.find(Person, number) for number in numbers)
    for person in in_order(one for one in people if one):
        yield Placed(
            person,
            tuple(one for one in held if one.person == person.id),
            tuple(one for one in parts if one.person == person.id),
        )


def _joined(*names: str) -> Any:
    def read(case: Case, one: Placed) -> str:
        texts = (case.facts.shown(place, name) for place in one.places for name in names)
        return or_none("、".join(unique(texts)))

    return read


_NAME = field(Person, "name")
_ENTRY: tuple[Cell[Placed], ...] = (
    _NAME,
    Cell("所属", lambda _case, one: or_none(department_of(one.person))),
    field(Person, "post"),
    Cell("役割", lambda _case, one: or_none("、".join(one.roles))),
    Cell("部署", _joined("unit")),
    Cell("分担", _joined("part")),
    Cell("体制上の役割", _joined("title")),
    Cell("報告先", _joined("reports_to")),
    Cell("緊急連絡先", _joined("emergency")),
)


def _unplaced(paper: Paper[Placed]) -> Iterator[tuple[int, str]]:
    """A chart without anybody, or one that goes round in a circle, shows no structure."""
    held = places(paper.case)
    if not held:
        yield 0, "この契約の管理体制が登録されていません。担当者と報告先を登録してください。"
    for one in loose(held):
        name = paper.case.facts.get(Person, one.person).name
        yield (
            one.id,
            f"{name}さんの報告先をたどると、互いに報告し合う形になっています。"
            "管理体制の「報告先」を改めてください。",
        )
    if held and not any(one.emergency for one in held):
        yield held[0].id, "緊急連絡先が一つも登録されていません。管理体制の「緊急連絡先」を入力してください。"


def _left(paper: Paper[Placed]) -> Iterator[tuple[int, str]]:
    """Who has left the company answers for nothing."""
    for one in places(paper.case):
        if person := gone(paper.case, one.person, paper.case.day):
            yield one.id, f"退職した{person.name}さんが管理体制に残っています。終期を入力してください。"


def _vacant(paper: Paper[Placed]) -> Iterator[tuple[int, str]]:
    """Every role that the clauses name is held."""
    held = {role for one in paper.things for role in one.roles}
    if missing := [role for role in roles_asked(paper.rests) if role not in held]:
        yield (
            0,
            f"{listed(missing)}が決まっていません。"
            "担当する者の「責任者・従事者」の登録に役割を加えてください。",
        )


def _measures(case: Case) -> tuple[SafetyMeasure, ...]:
    """The measures in force on the day, the contract's and those of the whole company, class by class."""
    found = (
        one
        for one in case.facts.all(SafetyMeasure)
        if (not one.contracts or case.contract.id in one.contract_ids)
        and one.starts_on <= case.day
        and (one.ends_on is None or one.ends_on >= case.day)
    )
    ranks = {kind: number for number, kind in enumerate(Measure)}
    return tuple(sorted(found, key=lambda one: (ranks[Measure(one.measure)], one.id)))


def _unmeasured(paper: Paper[Placed]) -> Iterator[tuple[int, str]]:
    if not _measures(paper.case):
        yield 0, "実施している安全管理措置が登録されていません。安全管理措置を登録してください。"


def _facts(paper: Paper[Placed]) -> dict[str, Any]:
    case = paper.case
    tree = in_tree(places(case))
    return {
        "chart": [[_box(case, node), node.above] for node in tree],
        "places": [_place(case, node.place) for node in tree if node.place],
        "roles": _roles(case, paper.things),
        "measures": [[one.measure, one.what, or_none(one.evidence)] for one in _measures(case)],
    }


def _person(case: Case, one: Structure) -> Person:
    return case.facts.get(Person, one.person)


def _box(case: Case, node: Node) -> list[str]:
    """Unit, role in the structure, and name with post; of who has no place of their own the department."""
    person, one = case.facts.get(Person, node.person), node.place
    name = f"{person.name}（{person.post}）" if person.post else person.name
    if one is None:
        return [text for text in (department_of(person), name) if text]
    unit = one.unit if one.part in one.unit else f"{one.unit}（{one.part}）"
    return [text for text in (unit, one.title, name + planned(one.starts_on, case.day)) if text]


def _place(case: Case, one: Structure) -> list[Any]:
    person = _person(case, one)
    return [
        [one.unit, one.part],
        or_none(one.title),
        [person.name + planned(one.starts_on, case.day), or_none(person.post)],
        or_none(case.facts.shown(one, "reports_to")),
        or_none(one.emergency),
    ]


def _roles(case: Case, things: tuple[Placed, ...]) -> list[list[str]]:
    """A line for each role other than that of a worker and each who holds it, in the order of the roles."""
    found: dict[str, list[list[str]]] = {}
    for one in things:
        for part in one.assignments:
            for role in part.role_names:
                name = one.person.name + planned(part.starts_on, case.day)
                row = [role, name, or_none(department_of(one.person)), or_none(one.person.post)]
                if role != Role.WORKER and row not in found.setdefault(role, []):
                    found[role].append(row)
    return [row for role in by_rank(found) for row in found[role]]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with the chart, the places in it and the roles; a wide chart stands on a sheet across."""
    held = statement.facts
    boxes = tuple(Box(tuple(texts), above) for texts, above in held["chart"])
    chart, apart = Chart(boxes), _leaves(boxes) > _ACROSS
    rows = tuple(
        tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in held["places"]
    )
    sections: list[Section] = [
        ("管理体制図", (Text("別紙のとおり", indent=1),) if apart else (chart,)),
        ("管理体制の担当者及び緊急連絡先", (Table(_PLACES, rows),)),
    ]
    if held["roles"]:
        sections.append(("責任者等の役割", (Table(_ROLES, tuple(map(tuple, held["roles"]))),)))
    measures = tuple((str(number), *row) for number, row in enumerate(held["measures"], 1))
    sections.append(("実施している安全管理措置", (Table(_MEASURES, measures),)))
    day = held["letter"]["date"]
    sentence = f"{under(statement)}下記の契約に係る管理体制（{day}現在）を、次のとおり報告します。"
    letter = letter_sheet(statement, FORM.title, sentence, tuple(sections), close=True)
    return (letter, annex_sheet(statement, "管理体制図", (chart,))) if apart else (letter,)


def _leaves(boxes: tuple[Box, ...]) -> int:
    """How many places nothing hangs from: as many boxes stand side by side."""
    return len(boxes) - len({box.above for box in boxes} - {None})


FORM = Form(
    id="management-report",
    title="管理体制報告書",
    proves=(Whole("management-system"), Whole("responsible-person", words=("体制",), rank=1)),
    under=("management-system", "responsible-person"),
    about=About(Person, _in_structure, adds=Structure),
    entry=_ENTRY,
    needs=(
        Asked(Structure, "reports_to", _unplaced),
        Asked(Structure, "ends_on", _left),
        Asked(Assignment, "roles", _vacant),
        Asked(SafetyMeasure, "", _unmeasured),
    ),
    facts=_facts,
    draw=draw,
)
