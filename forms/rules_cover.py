"""管理運営規定送付書: the vendor's own rules in force for a contract, as they are handed in on request."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Sheet, Table
from app.records import Rule, Statement
from app.records.rule import RuleKind
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import always, field
from forms.parts.letter import letter_sheet, under
from forms.parts.paper import Paper

_COLUMNS = (
    Column("№", 6, "center"),
    Column("規程の題名", 36),
    Column("版", 14, "center"),
    Column("施行日", 20, "center", fit=True),
    Column("定める内容", 36),
)


def _in_force(case: Case) -> tuple[Rule, ...]:
    """The vendor's own rules that hold on the day: those of the contract, and those that hold for all."""
    found = (
        rule
        for rule in case.facts.all(Rule)
        if rule.kind == RuleKind.OWN
        and (not rule.contracts or case.contract.id in rule.contract_ids)
        and (rule.starts_on is None or rule.starts_on <= case.day)
        and (rule.ends_on is None or rule.ends_on >= case.day)
    )
    return tuple(sorted(found, key=lambda rule: rule.id))


_ENTRY = (
    field(Rule, "title"),
    field(Rule, "version", needed=always),
    field(Rule, "starts_on", needed=always),
    field(Rule, "covers"),
)


def _facts(paper: Paper[Rule]) -> dict[str, Any]:
    return {"rows": [list(entry.values()) for entry in paper.entries]}


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter with the list of the rules."""
    rows = tuple((str(number), *row) for number, row in enumerate(statement.facts["rows"], 1))
    sentence = (
        f"{under(statement)}下記の契約に係る当社の管理運営に関する規程（{statement.facts['letter']['date']}"
        "現在のもの）を、次のとおり送付します。"
    )
    sections = ((f"送付する規程（{len(rows)}件）", (Table(_COLUMNS, rows),)),)
    return (letter_sheet(statement, FORM.title, sentence, sections),)


FORM = Form(
    id="rules-cover",
    title="管理運営規定送付書",
    proves=(Whole("management-rules"),),
    about=About(
        Rule,
        _in_force,
        empty="この契約に適用する自社の規程がありません。規程を種別「自社の規程」で登録してください。",
    ),
    entry=_ENTRY,
    facts=_facts,
    draw=draw,
)
