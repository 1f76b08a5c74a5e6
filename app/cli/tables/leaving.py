"""export and template: records of a kind as a workbook or CSV, and an empty workbook to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_line
from app.common import PeopleError
from app.exchange import saving
from app.exchange.coming_in import importing
from app.exchange.going_out import csv_file, layout, template, workbook
from app.records import SPECS
from app.records.ordering import in_order
from app.start import Product

_SHEET, _TEXT = ".xlsx", ".csv"
PEOPLE, IMPORT = "people", "import"


def export(wanted: Wanted) -> int:
    """Write the records of a kind into a file: to come back, or as people see the list."""
    spec = SPECS.get(wanted.kind) or importing.importable(wanted.kind)
    ending = wanted.file.suffix.lower()
    if ending not in (_SHEET, _TEXT):
        raise PeopleError(f"書き出すファイルの名前の終わりを「{_SHEET}」か「{_TEXT}」にしてください。")
    saving.check_place(wanted.file)
    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
    records = in_order(facts.all(spec.cls))
    if ending == _SHEET and wanted.encoding:
        raise PeopleError(f"--encoding は、「{_TEXT}」に書き出すときに指定してください。")
    if wanted.sheet_for == PEOPLE:
        titles, rows = layout.for_people(facts, spec, records)
        data = (
            workbook.made_for_people(spec.label, titles, rows)
            if ending == _SHEET
            else _text(wanted, titles, rows)
        )
    else:
        held = layout.whole(spec, importing.named_first(spec, records), facts.key_of)
        data = (
            workbook.made(spec, held, Steps())
            if ending == _SHEET
            else _text(wanted, [target.label for target in held.targets], held.rows)
        )
    saving.save(wanted.file, data)
    put_line(f"{spec.label}{len(records)}件を「{wanted.file.name}」に書き出しました。")
    return 0


def _text(wanted: Wanted, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """The CSV file. Raises ``PeopleError`` where characters would be lost that nobody gave up."""
    encoding = csv_file.Encoding(wanted.encoding or csv_file.Encoding.UTF_8)
    lost = csv_file.lost(titles, rows, encoding)
    if lost and not wanted.replace:
        raise PeopleError(
            f"{encoding.label}で表せない文字があるため、書き出しませんでした"
            f"（{'／'.join(csv_file.told(lost))}）。UTF-8で書き出すか、「{csv_file.IN_PLACE}」に置き換えてよければ"
            " --replace を指定してください。"
        )
    for one in csv_file.told(lost):
        put_line(f"「{csv_file.IN_PLACE}」に置き換えました。{one}")
    return csv_file.made(titles, rows, encoding)


def blank(wanted: Wanted) -> int:
    """Write an empty workbook that people fill in and bring in."""
    spec = importing.importable(wanted.kind)
    if wanted.file.suffix.lower() != _SHEET:
        raise PeopleError(f"ひな形のファイルの名前の終わりを「{_SHEET}」にしてください。")
    saving.save(wanted.file, template.made(spec))
    put_line(f"{spec.label}のひな形を「{wanted.file.name}」に書き出しました。")
    return 0
