"""A table as a workbook of Excel: real days and numbers, no text that comes alive, ready to be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from app.common import PeopleError, Progress
from app.exchange.going_out.layout import Layout
from app.exchange.tables.own import MARK, MARK_SHEET
from app.exchange.tables.words import Target
from app.records import Spec
from app.records.days import DayOnly, wareki, wareki_moment
from app.records.kinds import Choice, Flag, Kind

_DAY = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"'
_MOMENT = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日" h"時"mm"分"'
_FIRST_DAY = date(1900, 3, 1)
"""From here on the days of a sheet are those of the calendar."""
_LONGEST_CELL = 32_767
_LIVE = ("=", "+", "-", "@")
"""What makes a spreadsheet take a text that someone types anew for a formula."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LISTS = "選択肢"
_SPARE_ROWS = 500
"""Rows below the last record that offer the lists as well."""
_NARROW, _WIDE = 8, 50
_EVERY = 500


def made(
    spec: Spec[Any], layout: Layout, progress: Progress | None = None, notes: Sequence[Sequence[str]] = ()
) -> bytes:
    """The workbook of a table that comes back. ``notes``: the rows of a further sheet for people.

    Raises ``PeopleError`` for a text that no cell can hold; ``Cancelled``.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(spec.label)
    titles = [target.label for target in layout.targets]
    _set_up(sheet, spec.label, titles, layout.rows)
    lists = {
        at: _choices(target.field.kind)
        for at, target in enumerate(layout.targets, 1)
        if _choices(target.field.kind)
    }
    _offer(sheet, lists, len(layout.rows))
    sheet.append([_title(sheet, one.label, required=_required(one)) for one in layout.targets])
    _append(sheet, layout.rows, progress or Progress())
    if notes:
        _explain(book, notes)
    _hidden(book, _LISTS, _columns(lists))
    _hidden(book, MARK_SHEET, [[MARK]])
    return _saved(book)


def made_for_people(label: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook of a list as the window shows it. Raises as ``made``."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(label)
    _set_up(sheet, label, titles, rows)
    sheet.append([_title(sheet, title) for title in titles])
    _append(sheet, rows, Progress())
    return _saved(book)


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _append(sheet: Any, rows: Sequence[Sequence[Any]], progress: Progress) -> None:
    for number, row in enumerate(rows):
        if number % _EVERY == 0:
            progress.step(number, len(rows))
        sheet.append([None if value is None else _cell(sheet, value) for value in row])


def _set_up(sheet: Any, label: str, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Widths, what stays in view, and how it is printed: A4 across, the titles on every page."""
    from openpyxl.utils import get_column_letter

    for at, title in enumerate(titles):
        widest = max((_width(_shown(row[at])) for row in rows[:1_000] if row[at] is not None), default=0)
        letter = get_column_letter(at + 1)
        sheet.column_dimensions[letter].width = min(max(widest, _width(title), _NARROW) + 2, _WIDE)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(titles), 1))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = _fit()
    sheet.oddHeader.center.text = label.replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"


def _fit() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _title(sheet: Any, title: str, *, required: bool = False) -> Any:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = _cell(sheet, title)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FFE8C7" if required else "E8EDF2")
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _required(target: Target) -> bool:
    return target.field.required and target.rows is None


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils.exceptions import IllegalCharacterError

    held = value
    if isinstance(value, DayOnly):
        held = value.day
    day = held.date() if isinstance(held, datetime) else held
    if isinstance(day, date) and day < _FIRST_DAY:
        held = wareki_moment(value) if isinstance(value, datetime) else wareki(day)
    if isinstance(held, str):
        held = _ESCAPED.sub("_x005F_", held)
        if len(held) > _LONGEST_CELL:
            raise PeopleError(
                f"「{held[:20]}…」は長すぎてExcelのセルに入りません（{_LONGEST_CELL:,}文字まで）。"
                "JSONで書き出してください。"
            )
    try:
        cell = WriteOnlyCell(sheet, value=held)
    except IllegalCharacterError:
        shown = "".join(c if c.isprintable() else "?" for c in str(held)[:20])
        raise PeopleError(
            f"「{shown}」にExcelで扱えない制御文字があります。消してから書き出してください。"
        ) from None
    if isinstance(held, str):
        # No text of ours may come alive as a formula, neither now nor when someone edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = held.startswith(_LIVE)
    elif isinstance(held, datetime):
        cell.number_format = _MOMENT
    elif isinstance(held, date):
        cell.number_format = _DAY
    return cell


def _shown(value: Any) -> str:
    if isinstance(value, datetime | DayOnly):
        return wareki_moment(value)
    if isinstance(value, date):
        return wareki(value)
    return max(str(value).splitlines() or [""], key=_width)


def _width(text: str) -> int:
    """How wide a text is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _choices(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, Choice):
        return kind.choices
    return (kind.yes, kind.no) if isinstance(kind, Flag) else ()


def _offer(sheet: Any, lists: Mapping[int, Sequence[str]], rows: int) -> None:
    """Let each cell that takes one of a list offer it; another text is warned of, not refused (その他：…)."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for order, (at, values) in enumerate(lists.items(), 1):
        source, letter = get_column_letter(order), get_column_letter(at)
        offer = DataValidation(
            type="list",
            formula1=f"'{_LISTS}'!${source}$1:${source}${len(values)}",
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
        )
        offer.error = "一覧から選んでください。"
        offer.add(f"{letter}2:{letter}{rows + 1 + _SPARE_ROWS}")
        sheet.data_validations.append(offer)


def _columns(lists: Mapping[int, Sequence[str]]) -> list[list[Any]]:
    longest = max((len(values) for values in lists.values()), default=0)
    return [[values[at] if at < len(values) else None for values in lists.values()] for at in range(longest)]


def _hidden(book: Any, name: str, rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_state = "hidden"
    _append(sheet, rows, Progress())


def _explain(book: Any, notes: Sequence[Sequence[str]]) -> None:
    sheet = book.create_sheet("書き方")
    for letter, size in zip("ABCD", (26, 8, 60, 30), strict=True):
        sheet.column_dimensions[letter].width = size
    for row in notes:
        sheet.append([_cell(sheet, text) for text in row])
