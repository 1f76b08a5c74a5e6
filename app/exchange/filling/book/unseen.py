"""What was put where nobody sees or reads it, or where the client lets nobody type."""

from __future__ import annotations

from collections.abc import Iterator

from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.sheets import At, S, Sheet
from app.exchange.filling.measuring import LEGIBLE

_YES = ("1", "true")


def say_unseen(cells: Cells) -> None:
    """Tell of filled cells that are hidden or protected, one sentence for each sheet."""
    for sheet in cells.book.sheets:
        filled = sorted(at for part, at in cells.put_in if part == sheet.part)
        unseen = [at for at in filled if at in set(_hidden(sheet, filled))]
        if unseen:
            cells.finder.outcome.remarks.append(
                f"{_called(sheet, unseen)}は表示されないため、印刷されません。"
            )
        small = [at for at in filled if cells.book.looks.of(sheet.cells.get(at)).size < LEGIBLE]
        if small:
            cells.finder.outcome.remarks.append(
                f"{_called(sheet, small)}は文字が小さすぎるため、読めません。"
            )
        guarded = [at for at in filled if cells.book.looks.of(sheet.cells.get(at)).locked]
        if guarded and _is_protected(sheet):
            cells.finder.outcome.remarks.append(
                f"{_called(sheet, guarded)}は、発注者が入力できないように保護しています。"
                "記入してよいか確かめてください。"
            )


def _called(sheet: Sheet, held: list[At]) -> str:
    more = f"ほか{len(held) - 1}か所" if len(held) > 1 else ""
    return f"{where(sheet, held[0])}{more}"


def _hidden(sheet: Sheet, filled: list[At]) -> Iterator[At]:
    rows = {
        int(row.get("r", 0))
        for row in sheet.root.iterfind(f"{S}sheetData/{S}row")
        if row.get("hidden") in _YES
    }
    columns = [
        range(int(one.get("min", 1)), int(one.get("max", 1)) + 1)
        for one in sheet.root.iterfind(f"{S}cols/{S}col")
        if one.get("hidden") in _YES
    ]
    for at in filled:
        if sheet.hidden or at[0] in rows or any(at[1] in held for held in columns):
            yield at


def _is_protected(sheet: Sheet) -> bool:
    held = sheet.root.find(f"{S}sheetProtection")
    return held is not None and held.get("sheet") in _YES
