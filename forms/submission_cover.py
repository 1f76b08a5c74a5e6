"""書類送付書: which documents of a contract are sent together, how many of each, and what lies with them.

It proves nothing and cites no clause: each document enclosed speaks for itself.
"""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.duties.papers.settings import setting_of, worded
from app.printing.blocks import Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Statement, Submission, stated_key
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import field
from forms.parts.letter import letter_sheet
from forms.parts.paper import Paper
from forms.parts.texts import NONE

_OTHERS = "ほかの同封書類"
"""The paragraph of the setting that names, a line each, what is enclosed and is no document of the ledger."""
_COLUMNS = (
    Column("№", 6, "center"),
    Column("書類の名称・添付書類", 48),
    Column("文書番号", 18, "center", fit=True),
    Column("発行日", 20, "center", fit=True),
    Column("部数", 9, "right"),
)


def _issued(case: Case) -> tuple[Submission, ...]:
    """The documents of the contract that were issued by the day and can be sent, by number."""
    found = (
        one
        for one in case.facts.of(Submission, "contract", case.contract.id)
        if one.form != FORM.id
        and one.issued_on <= case.day
        and one.voided_on is None
        and one.sent_back_on is None
    )
    return tuple(sorted(found, key=lambda one: one.id))


def _sent(case: Case) -> set[str]:
    """Those that the client has already: enclosed only where they are named."""
    return {stated_key(one) for one in _issued(case) if one.submitted_on is not None}


_TITLE = field(Submission, "title")
_NUMBER = field(Submission, "number")
_ISSUED = field(Submission, "issued_on")


def _facts(paper: Paper[Submission]) -> dict[str, Any]:
    case = paper.case
    rows = [_row(case, one) for one in paper.things]
    setting = setting_of(case.facts, case.contract, FORM.id, case.day)
    others = [line.strip() for line in worded(setting, _OTHERS).splitlines() if line.strip()]
    return {
        "rows": rows,
        "others": others,
        "count": f"計{len(rows) + len(others)}件（発行した書類{sum(row[-1] for row in rows)}部）",
    }


def _row(case: Case, one: Submission) -> list[Any]:
    """Title, what is enclosed with it, number, day and copies, as many as were printed under the number."""
    told, form = Statement.read(one.statement), case.forms.get(one.form)
    facts = told.facts if told else {}
    copies = len({half.copy for sheet in form.sheets(told) for half in sheet.halves}) if told and form else 1
    return [one.title, list(facts.get("enclosures", ())), one.number, wareki(one.issued_on), copies]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter with the list of what is enclosed."""
    held = statement.facts
    rows = tuple(
        (str(at), "\n".join((title, *(f"・{name}" for name in with_it))), number, on, f"{copies}部")
        for at, (title, with_it, number, on, copies) in enumerate(held["rows"], 1)
    )
    others = tuple((str(at), name, NONE, NONE, NONE) for at, name in enumerate(held["others"], len(rows) + 1))
    sentence = "下記の契約に係る書類を、次のとおり送付します。御査収くださるようお願いします。"
    count = Text(held["count"], size=9, align="right", before=3)
    sections = (("送付する書類", (Table(_COLUMNS, (*rows, *others)), count)),)
    return (letter_sheet(statement, FORM.title, sentence, sections),)


FORM = Form(
    id="submission-cover",
    title="書類送付書",
    proves=(),
    about=About(
        Submission,
        _issued,
        settled=_sent,
        past=True,
        empty="この契約に、送付できる発行済みの書類がありません。先に書類を発行してください。",
        done="まだ提出していない発行済みの書類がありません。提出済みの書類を送るときは、その書類を指定してください。",
    ),
    entry=(_TITLE, _NUMBER, _ISSUED),
    facts=_facts,
    draw=draw,
    chosen=True,
    paragraphs=(_OTHERS,),
)
