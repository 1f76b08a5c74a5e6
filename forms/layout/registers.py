"""The head of a register or record: kept in the house, or sent under a letter; no letter itself."""

from __future__ import annotations

from app.printing.blocks import Block, Gap, Sheet, Text, Title
from app.printing.type.wareki import wareki
from app.records import Statement
from forms.parts.letter import contract_grid, repeats


def register_sheet(
    statement: Statement,
    title: str,
    blocks: tuple[Block, ...],
    *,
    landscape: bool = False,
    close: bool = True,
) -> Sheet:
    """One sheet: whose register of which contract, on which day or of which period, under which clause.

    It addresses nobody and bears no seal; the contract's grid names both parties in the annex's own words.
    The clause it is kept under stands below its title, none where the annex has none.
    """
    held = statement.facts["letter"]
    name = f"{title}（{statement.variant}）" if statement.variant else title
    head = (
        Text(f"{held['date']}現在" if statement.within is None else held["date"], align="right"),
        Title(name),
        *repeats(statement),
        *((Text(f"（{held['cited']}関係）", align="center", size=9, after=4),) if held["cited"] else ()),
        *((Text(f"対象期間　{covered(statement)}", size=9.5, after=3),) if statement.within else ()),
        contract_grid(held["contract"]),
        Gap(3),
    )
    return Sheet((*head, *blocks), name, landscape=landscape, close=close)


def covered(statement: Statement) -> str:
    """「令和8年4月1日から令和8年9月30日まで」; empty where the document covers no period."""
    if statement.within is None:
        return ""
    first, last = statement.within
    return f"{wareki(first)}から{wareki(last)}まで"
