"""従事者名簿: everyone who works on a contract, in a list that is kept, and handed in where a clause asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, Oath, Person, Statement, Training
from app.records.oath import OathKind
from app.records.person import Employment
from forms.changing.ahead import ahead_blocks
from forms.denied import WORKING
from forms.form import Form
from forms.layout.registers import register_sheet
from forms.parts.cells import Cell, always, field
from forms.parts.lasting import planned
from forms.parts.needs import Asked, need
from forms.parts.paper import Paper
from forms.parts.people import OnContract, employments, people
from forms.parts.texts import OPEN, day_text, or_none, unique

_NO_RECORD = "記録なし"
"""What the ledger does not say happened is neither told as done nor as refused."""
_UNKNOWN = "未確認"
_COLUMNS = (
    Column("№", 3.5, "center"),
    Column("氏名", 15, fit=True, lower="フリガナ"),
    Column("所属", 18, lower="役職"),
    Column("雇用区分", 14, lower="作業場所"),
    Column("役割", 17),
    Column("取り扱う情報", 19),
    Column("従事開始日", 14, "center", fit=True, lower="従事終了日"),
    Column("誓約書署名日", 14, "center", fit=True, lower="研修受講日"),
)
_TEMPORARY = (
    Column("氏名", 16, fit=True),
    Column("派遣元", 24),
    Column("労働者派遣契約の番号", 18),
    Column("派遣期間", 20),
    Column("秘密保持の明記", 11, "center"),
    Column("契約終了後の秘密保持の明記", 13, "center"),
)


def _information_of(case: Case, held: Assignment) -> str:
    """What the person handles; where nothing narrower is recorded, what the contract entrusts as a whole."""
    return held.information or "、".join(case.contract.information)


def _information(case: Case, one: OnContract) -> str:
    return or_none("、".join(unique(_information_of(case, held) for held in one.assignments)))


def _places(case: Case, one: OnContract) -> str:
    return or_none("、".join(unique(case.facts.shown(held, "location") for held in one.assignments)))


def _temporary(_case: Case, one: OnContract) -> bool:
    return one.person.employment == Employment.DISPATCHED


def _of_the_house(_case: Case, one: OnContract) -> bool:
    return not one.person.agency


def _agency(_case: Case, one: OnContract) -> str:
    return or_none(one.person.agency)


def _secrecy(case: Case, one: OnContract) -> str:
    if not _temporary(case, one):
        return or_none("")
    return "／".join(_stated(flag) for flag in (one.person.agency_secrecy, one.person.agency_secrecy_lasting))


def _stated(flag: bool | None) -> str:
    return _UNKNOWN if flag is None else "あり" if flag else "なし"


_NAME = field(Person, "name")
_DATED: tuple[Cell[OnContract], ...] = (
    field(Person, "department"),
    field(Person, "post"),
    field(Person, "employment"),
)
_ENTRY: tuple[Cell[OnContract], ...] = (
    _NAME,
    field(Person, "kana", needed=always),
    *_DATED,
    Cell("役割", lambda _case, one: one.roles_told),
    Cell("取り扱う情報", _information),
    Cell("作業場所", _places),
    Cell("派遣元", _agency),
    Cell("派遣契約の秘密保持", _secrecy),
    Cell("従事開始日", lambda _case, one: wareki(one.starts_on)),
    Cell("従事終了日", lambda _case, one: day_text(one.ends_on, OPEN)),
)
"""What a list stands for until it changes. Oaths and training go on after it: they are told of its day."""


def _uninformed(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        for held in one.assignments:
            if not _information_of(paper.case, held):
                yield (
                    held.id,
                    f"{one.person.name}さんの取り扱う情報が分かりません。「責任者・従事者」の「取り扱う情報」か、"
                    "契約の「取り扱う情報」を入力してください。",
                )


def _facts(paper: Paper[OnContract]) -> dict[str, Any]:
    case = paper.case
    temporary = [one.person for one in paper.things if _temporary(case, one)]
    return {
        "rows": [_row(case, one, held) for one in paper.things for held in one.assignments],
        "count": f"計{len(paper.things)}人",
        "temporary": [_agency_row(person) for person in temporary],
    }


def _row(case: Case, one: OnContract, held: Assignment) -> list[list[str]]:
    """The cells of a line, with one or two lanes each."""
    person = one.person
    return [
        [person.name, person.kana],
        [or_none(person.department or person.agency), or_none(person.post)],
        [person.employment, or_none(case.facts.shown(held, "location"))],
        ["\n".join(held.role_names)],
        [_information_of(case, held)],
        [
            wareki(held.starts_on) + planned(held.starts_on, case.day),
            day_text(held.ends_on, OPEN) + planned(held.ends_on, case.day),
        ],
        [day_text(_sworn(case, person), _NO_RECORD), day_text(_trained(case, person), _NO_RECORD)],
    ]


def _sworn(case: Case, person: Person) -> date | None:
    """When the oath for this contract was signed by the day."""
    signed = (
        oath.signed_on
        for oath in case.facts.of(Oath, "person", person.id)
        if oath.kind == OathKind.STARTING and case.contract.id in oath.contract_ids
    )
    return min((on for on in signed if on is not None and on <= case.day), default=None)


def _trained(case: Case, person: Person) -> date | None:
    """When training for this contract was last attended by the day."""
    held = (one.attended_on(person.id) for one in case.facts.covering(Training, case.contract.id))
    return max((on for on in held if on is not None and on <= case.day), default=None)


def _agency_row(person: Person) -> list[str]:
    begun, ended = day_text(person.agency_from, _UNKNOWN), day_text(person.agency_to, _UNKNOWN)
    known = person.agency_from or person.agency_to
    return [
        person.name,
        person.agency,
        person.agency_contract or _UNKNOWN,
        f"{begun}から\n{ended}まで" if known else _UNKNOWN,
        _stated(person.agency_secrecy),
        _stated(person.agency_secrecy_lasting),
    ]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The list across; below it what the agencies promised for temporary workers."""
    held = statement.facts
    rows = tuple(
        (str(number), *(tuple(cell) if len(cell) > 1 else cell[0] for cell in row))
        for number, row in enumerate(held["rows"], 1)
    )
    blocks: tuple[Block, ...] = (
        Table(_COLUMNS, rows, size=8),
        Text(held["count"], size=9, align="right", before=3),
    )
    blocks = (*blocks, *ahead_blocks(held))
    if held["temporary"]:
        head = Text("派遣の従事者に係る派遣契約", size=9.5, bold=True, before=8, after=2, leads=True)
        agencies = Table(_TEMPORARY, tuple(tuple(row) for row in held["temporary"]), size=8)
        return (register_sheet(statement, FORM.title, (*blocks, head, agencies), landscape=True),)
    return (register_sheet(statement, FORM.title, blocks, landscape=True),)


FORM = Form(
    id="worker-list",
    title="従事者名簿",
    proves=(Whole("worker-list", words=("名簿", "一覧"), rank=1), Whole("dispatch-contract")),
    employments=employments,
    about=people(),
    entry=_ENTRY,
    foretells=(_NAME, *_DATED),
    needs=(
        need(Person, "department", _of_the_house),
        need(Person, "agency", _temporary),
        Asked(Assignment, "information", _uninformed),
        WORKING,
    ),
    facts=_facts,
    draw=draw,
)
