"""責任者・従事者報告書: who is in charge of a contract and who works on it, new or changed."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.duties.drift import ADDED, REMOVED
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, Statement
from app.records.assignment import Role
from forms.form import Form
from forms.parts.basis import basis, roles_asked
from forms.parts.changes import (
    CHANGE,
    Theme,
    change_blocks,
    changes,
    previous,
    previous_facts,
    variant_of,
    with_known_ends,
)
from forms.parts.lasting import split
from forms.parts.letter import Section, letter, letter_sheet, under
from forms.parts.people import OnContract, department_of, in_order, on_contract
from forms.parts.texts import OPEN, day_text, lines, listed, or_none, unique
from forms.parts.wanted import Wanted

_ID, _TITLE = "personnel-report", "責任者・従事者報告書"
_KINDS = ("responsible-person", "worker-list")
_STARTS, _ENDS = "従事開始日", "従事終了日"


def gather(case: Case) -> Statement:
    """Everyone on the contract now or later, with roles. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    now, ended = on_contract(case)
    before = previous(case, _ID)
    stated = with_known_ends(
        {one.key: _entry(one) for one in now}, {one.key: _entry(one) for one in ended}, before, _ENDS
    )
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated)
    rests = basis(case, _KINDS, (one.person.employment for one in now))
    _ask(now, roles_asked(rests), wanted)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, rests),
        "responsible": _responsible(now),
        "workers": [_row(one, held) for one in now for held in one.assignments if _works(held)],
        "workers_word": rests.word("workers", Role.WORKER),
        "previous": previous_facts(before),
        "changes": changes(case, before, stated, _theme(case), wanted),
    }
    return wanted.checked(
        Statement(_ID, case.contract.id, case.day, variant_of(before), facts=facts, stated=stated)
    )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: on a change the changes first, then everyone as of now."""
    held = statement.facts
    people = ("責任者", (_responsible_table(held["responsible"]),)), (held["workers_word"], _workers(held))
    sections: tuple[Section, ...] = people
    who = f"責任者及び{held['workers_word']}"
    sentence = f"{under(statement)}下記の契約の業務に係る{who}を、次のとおり報告します。"
    if statement.variant == CHANGE:
        told = held["previous"]
        sentence = (
            f"{told['date']}付け（文書番号{told['number']}）で報告した{who}について、"
            f"{under(statement)}下記のとおり変更を報告します。"
        )
        sections = (
            ("変更の内容", change_blocks(statement)),
            *((f"変更後の{head}", blocks) for head, blocks in people),
        )
    return (letter_sheet(statement, _TITLE, sentence, sections),)


def _responsible_table(rows: list[dict[str, str]]) -> Table:
    columns = (
        Column("役割", 27),
        Column("氏名", 20, fit=True),
        Column("所属", 23),
        Column("役職", 15),
        Column("就任日", 15, "center", fit=True),
    )
    cells = tuple((row["役割"], row["氏名"], row["所属"], row["役職"], row[_STARTS]) for row in rows)
    return Table(columns, cells)


def _workers(held: Any) -> tuple[Block, ...]:
    rows = held["workers"]
    if not rows:
        return (Text("　責任者のほかに従事する者はいません。"),)
    columns = (
        Column("№", 5, "center"),
        Column("氏名", 19, fit=True),
        Column("所属・役職", 23),
        Column("雇用区分", 10, "center", fit=True),
        Column("担当する業務", 22),
        Column("従事する期間", 21),
    )
    cells = tuple(
        (
            str(number),
            row["氏名"],
            lines(row["所属"], row["役職"]) or or_none(""),
            row["雇用区分"],
            or_none(lines(row["業務"], row["情報"])),
            f"{row[_STARTS]}から\n" + (f"{row[_ENDS]}まで" if row[_ENDS] != OPEN else f"終了日{OPEN}"),
        )
        for number, row in enumerate(rows, 1)
    )
    return (Table(columns, cells),)


def _entry(one: OnContract) -> dict[str, str]:
    person = one.person
    return {
        "氏名": person.name,
        "所属": or_none(department_of(person)),
        "役職": or_none(person.post),
        "雇用区分": person.employment,
        "役割": "、".join(one.roles),
        "業務": or_none("、".join(unique(held.work for held in one.assignments))),
        "取り扱う情報": or_none("、".join(unique(held.information for held in one.assignments))),
        _STARTS: wareki(one.starts_on),
        _ENDS: day_text(one.ends_on, OPEN),
    }


def _row(one: OnContract, held: Assignment) -> dict[str, str]:
    return {
        "氏名": one.person.name,
        "所属": department_of(one.person),
        "役職": one.person.post,
        "雇用区分": one.person.employment,
        "業務": held.work,
        "情報": held.information,
        _STARTS: wareki(held.starts_on),
        _ENDS: day_text(held.ends_on, OPEN),
    }


def _works(held: Assignment) -> bool:
    return Role.WORKER in held.role_names


def _responsible(now: tuple[OnContract, ...]) -> list[dict[str, str]]:
    """One row for each role other than that of a worker, in the order of the roles."""
    rows = [
        (role, {"役割": role, **_row(one, held)})
        for one in now
        for held in one.assignments
        for role in held.role_names
        if role != Role.WORKER
    ]
    ranked = {role: number for number, role in enumerate(in_order({role for role, _ in rows}))}
    return [row for _, row in sorted(rows, key=lambda pair: ranked[pair[0]])]


def _ask(now: tuple[OnContract, ...], roles: tuple[str, ...], wanted: Wanted) -> None:
    wanted.need(now, "この契約の従事者がいません。従事の記録を登録してください。", "assignment")
    held = {role for one in now for role in one.roles}
    missing = [role for role in roles if role not in held]
    if now and missing:
        sentence = f"{listed(missing)}が決まっていません。担当する者の従事の記録に役割を加えてください。"
        wanted.need(None, sentence, "assignment", now[0].assignments[0].id, "roles")
    wanted.need(
        not now or held - {Role.WORKER} or missing,
        "責任者が決まっていません。担当する者の従事の記録に役割を加えてください。",
        "assignment",
        now[0].assignments[0].id if now else 0,
        "roles",
    )
    for one in now:
        person = one.person
        sentence = f"{person.name}さんの所属を入力してください。"
        wanted.need(department_of(person), sentence, "person", person.id, "department")
        if set(one.roles) - {Role.WORKER}:
            sentence = f"責任者である{person.name}さんの役職を入力してください。"
            wanted.need(person.post, sentence, "person", person.id, "post")


def _theme(case: Case) -> Theme:
    def source(key: str, kind: str) -> Assignment | None:
        """Of someone who left, the assignment that ended last; of a newcomer, the first; else the latest."""
        number = int(key.partition(":")[2])
        held = [a for a in case.facts.of(Assignment, "contract", case.contract.id) if a.person == number]
        lasting, ended = split(held, case.day)
        if kind == REMOVED:
            return max(ended, key=lambda a: (a.ends_on or a.starts_on, a.id), default=None)
        return next(iter(lasting if kind == ADDED else reversed(lasting)), None)

    return Theme(
        noun="役割",
        name="氏名",
        like="役割",
        starts=_STARTS,
        ends=_ENDS,
        told=("氏名", "所属", "役職"),
        moves=False,
        record="assignment",
        source=source,
    )


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
