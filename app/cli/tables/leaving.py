"""export and template: records of a kind as a workbook or CSV, and an empty workbook to be filled in."""

from __future__ import annotations

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_line
from app.common import PeopleError
from app.exchange import importing, saving
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
    if wanted.sheet_for == PEOPLE:
        titles, rows = layout.for_people(facts, spec, records)
        data = (
            workbook.made_for_people(spec.label, titles, rows)
            if ending == _SHEET
            else csv_file.made(titles, rows)
        )
    else:
        held = layout.whole(spec, importing.named_first(spec, records), facts.key_of)
        data = (
            workbook.made(spec, held, Steps())
            if ending == _SHEET
            else csv_file.made([target.label for target in held.targets], held.rows)
        )
    saving.save(wanted.file, data)
    put_line(f"{spec.label}{len(records)}件を「{wanted.file.name}」に書き出しました。")
    return 0


def blank(wanted: Wanted) -> int:
    """Write an empty workbook that people fill in and bring in."""
    spec = importing.importable(wanted.kind)
    if wanted.file.suffix.lower() != _SHEET:
        raise PeopleError(f"ひな形のファイルの名前の終わりを「{_SHEET}」にしてください。")
    saving.save(wanted.file, template.made(spec))
    put_line(f"{spec.label}のひな形を「{wanted.file.name}」に書き出しました。")
    return 0
