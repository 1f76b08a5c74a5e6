"""An old workbook (.xls), sheet by sheet, by xlrd, which keeps formats, merged and hidden cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from app.common import PeopleError
from app.exchange.sheets.book import Cell, CellError, Merge, Sheet, Value
from app.exchange.sheets.excel.codes import BUILT_IN, GENERAL
from app.exchange.sheets.excel.showing import Format, exact, general
from app.exchange.sheets.limits import LONGEST_TEXT, MOST_SHEETS, Counted, too_long

_TEXT, _NUMBER, _DAY, _BOOL, _ERROR = 1, 2, 3, 4, 5


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of an old workbook in their order.

    Raises ``PeopleError``, or whatever xlrd stumbles over in a damaged file.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, logfile=StringIO(), formatting_info=True, on_demand=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise PeopleError(
                "パスワードで保護されたブックです。Excelで開いてパスワードを外し、保存し直してください。"
            ) from error
        raise
    if book.nsheets > MOST_SHEETS:
        raise PeopleError(
            f"シートが多すぎます（{MOST_SHEETS}枚まで）。要るシートだけを写してから取り込んでください。"
        )
    reading = _Reading(book)
    for at in range(book.nsheets):
        yield reading.sheet(book.sheet_by_index(at), xlrd.error_text_from_code)
        book.unload_sheet(at)


class _Reading:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._counted = Counted()
        self._formats: dict[int, Format] = {}

    def sheet(self, sheet: Any, errors: dict[int, str]) -> Sheet:
        hidden_columns = {at for at, held in sheet.colinfo_map.items() if held.hidden}
        cells: list[Cell] = []
        for row in range(sheet.nrows):
            info = sheet.rowinfo_map.get(row)
            hidden_row = bool(info and info.hidden)
            for column, cell in enumerate(sheet.row(row)):
                if (told := self._cell(cell, errors)) is None:
                    continue
                shown, value = told
                self._counted.cell()
                self._counted.text(len(shown))
                note = sheet.cell_note_map.get((row, column))
                cells.append(
                    Cell(
                        row + 1,
                        column + 1,
                        shown,
                        value,
                        hidden_row or column in hidden_columns or not shown,
                        note.text if note else "",
                        self._struck(cell, sheet.rich_text_runlist_map.get((row, column), ())),
                    )
                )
        merges = tuple(
            Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        )
        return Sheet(sheet.name, tuple(cells), merges, hidden=sheet.visibility != 0)

    def _cell(self, cell: Any, errors: dict[int, str]) -> tuple[str, Value] | None:
        match cell.ctype:
            case x if x == _TEXT and cell.value != "":
                if len(cell.value) > LONGEST_TEXT:
                    raise too_long()
                return self._format(cell.xf_index).text(cell.value), cell.value
            case x if x in (_NUMBER, _DAY):
                held = self._format(cell.xf_index)
                if held.plain:
                    number = exact(cell.value)
                    return general(number), number
                return held.show(cell.value)
            case x if x == _BOOL:
                return ("TRUE" if cell.value else "FALSE"), bool(cell.value)
            case x if x == _ERROR:
                text = errors.get(cell.value, "#ERR!")
                return text, CellError(text)
        return None

    def _struck(self, cell: Any, runs: Iterable[tuple[int, int]]) -> bool:
        """Whether the cell is lined out, or a part of it."""
        fonts = [self._book.xf_list[cell.xf_index].font_index, *(font for _, font in runs)]
        return any(self._book.font_list[font].struck_out for font in fonts)

    def _format(self, style: int) -> Format:
        if style not in self._formats:
            key = self._book.xf_list[style].format_key
            held = self._book.format_map.get(key)
            # Of the formats that Excel builds in, xlrd knows the code only where English Excel has one.
            declared = held.format_str if held is not None and key not in BUILT_IN else ""
            code = declared or BUILT_IN.get(key, GENERAL)
            self._formats[style] = Format(code, since_1904=bool(self._book.datemode))
        return self._formats[style]
