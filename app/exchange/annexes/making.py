"""The workbook of an annex: the sheets that people fill in, with lists to choose from and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from app.annexes.annex import HEAD as HEAD_LABELS
from app.annexes.annex import WORDS, Annex
from app.annexes.asks import PARAMETERS as ASKED
from app.annexes.clause import Clause
from app.annexes.files.text import clause_table, parameter_lines
from app.annexes.kinds import KINDS, When
from app.annexes.parameter_types import Parameter
from app.common import PeopleError
from app.records.contract import Option

HEAD, PARTS, OPTIONS, CLAUSES, HELP = "基本", "文書", "事項", "条項", "説明"
"""The sheets of an annex; the last one is only read by people."""
PART_LABELS = {"key": "部の名前", "title": "題名", **WORDS}
OPTION_LABELS = {"key": "事項", "label": "説明"}
TEXT_LABELS = {"number": "条項番号", "key": "識別名", "heading": "見出し", "summary": "要約"}
MANY_LABELS = {"kinds": "義務の種別", "when": "時期", "options": "該当する事項"}
PARAMETERS = "条件"

_SPARE_ROWS = 200
"""Rows below the last clause that offer the lists as well."""
_LEAST = {"kinds": 5, "when": 3, "options": 2}
"""Columns for values of which a clause may have several."""
_LONGEST_CELL = 32_767
_LIVE = ("=", "+", "-", "@")
"""What makes a spreadsheet take a text that someone types anew for a formula."""


def workbook(annex: Annex) -> bytes:
    """The annex as an .xlsx file. Raises ``PeopleError`` for a text that no cell can hold."""
    from openpyxl import Workbook

    book = Workbook()
    clauses = book.active
    clauses.title = CLAUSES
    columns = _clauses(clauses, annex)
    _explain(book.create_sheet(HELP))
    _offer(clauses, columns, len(annex.clauses))
    head = [[label, _head(annex, key)] for key, label in HEAD_LABELS.items()]
    _fill(book.create_sheet(HEAD), ["項目", "値"], head, [18, 60])
    parts = [
        [part.key or None, part.title, *(part.words.get(word) for word in WORDS)] for part in annex.parts
    ]
    _fill(book.create_sheet(PARTS), list(PART_LABELS.values()), parts, [14, 40])
    options = [[option.key, option.label] for option in annex.options]
    _fill(book.create_sheet(OPTIONS), list(OPTION_LABELS.values()), options, [20, 60])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _head(annex: Annex, key: str) -> Any:
    value = getattr(annex, key)
    return str(value) if isinstance(value, int) else value


def _clauses(sheet: Any, annex: Annex) -> list[str]:
    """Fill the sheet of clauses; returns for each of its columns which field it holds."""
    many = {
        name: max([least, *(len(getattr(clause, name)) for clause in annex.clauses)])
        for name, least in _LEAST.items()
    }
    columns = [*TEXT_LABELS, *(name for name, count in many.items() for _ in range(count)), "parameters"]
    numbered = [f"{MANY_LABELS[name]}{at}" for name, count in many.items() for at in range(1, count + 1)]
    rows = [_row(clause, many) for clause in annex.clauses]
    widths = [18, 22, 24, 60, *[20] * len(numbered), 48]
    _fill(sheet, [*TEXT_LABELS.values(), *numbered, PARAMETERS], rows, widths)
    sheet.freeze_panes = "C2"
    return columns


def _row(clause: Clause, many: dict[str, int]) -> list[Any]:
    shown = {
        "kinds": [KINDS[kind].label for kind in clause.kinds],
        "when": [When(moment).label for moment in clause.when],
        "options": list(clause.options),
    }
    cells: list[Any] = [getattr(clause, name) for name in TEXT_LABELS]
    for name, count in many.items():
        cells += [*shown[name], *[None] * (count - len(shown[name]))]
    lines = parameter_lines(clause_table(clause).get("parameters", {}))
    return [*cells, "\n".join(lines) or None]


def _explain(sheet: Any) -> None:
    lists = _lists()
    heads = [*(MANY_LABELS[name] for name in lists), "条件の名前", "条件の意味と書き方"]
    columns: list[Sequence[str]] = [*lists.values(), list(ASKED), [_written(one) for one in ASKED.values()]]
    longest = max(len(column) for column in columns)
    rows = [[column[at] if at < len(column) else None for column in columns] for at in range(longest)]
    _fill(sheet, heads, rows, [30, 14, 20, 24, 90])


def _written(parameter: Parameter) -> str:
    """What a condition is called, and how its value is written in the cell."""
    values = "・".join(
        value if value == words else f"{value}（{words}）" for value, words in parameter.choices.items()
    )
    return f"{parameter.label}：{parameter.entered}{f'　{values}' if values else ''}"


def _lists() -> dict[str, list[str]]:
    return {
        "kinds": [kind.label for kind in KINDS.values()],
        "when": [moment.label for moment in When],
        "options": [str(option) for option in Option],
    }


def _offer(sheet: Any, columns: Sequence[str], count: int) -> None:
    """Let each cell that takes one of a list offer that list."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, (name, values) in enumerate(_lists().items(), 1):
        letter = get_column_letter(at)
        source = f"'{HELP}'!${letter}$2:${letter}${len(values) + 1}"
        offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        offer.error = "一覧から選んでください。"
        for column in (number for number, held in enumerate(columns, 1) if held == name):
            letter_of = get_column_letter(column)
            offer.add(f"{letter_of}2:{letter_of}{count + _SPARE_ROWS}")
        sheet.add_data_validation(offer)


def _fill(sheet: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    wrapped = Alignment(wrap_text=True, vertical="top")
    for at, values in enumerate([heads, *rows], 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                cell = _put(sheet, at, column, value)
                cell.alignment = wrapped
                if at == 1:
                    cell.font = Font(bold=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _put(sheet: Any, row: int, column: int, value: Any) -> Any:
    from openpyxl.utils.exceptions import IllegalCharacterError

    cell = sheet.cell(row, column)
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        raise PeopleError(
            f"「{value[:20]}…」は長すぎて、Excelのセルに入りません（{_LONGEST_CELL:,}文字まで）。"
            "テキスト（.toml）で書き出すと、全文が残ります。"
        )
    try:
        cell.value = value
    except IllegalCharacterError:
        shown = "".join(c if c.isprintable() else "?" for c in str(value)[:20])
        raise PeopleError(
            f"「{shown}…」にExcelで扱えない制御文字があります。削除してから書き出してください。"
        ) from None
    if isinstance(value, str):
        # No text of ours may come alive as a formula, neither now nor when someone edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LIVE)
    return cell
