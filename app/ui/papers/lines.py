"""Issued documents as rows of a table, for one contract or for all."""

from __future__ import annotations

from app.records import Contract, Facts, Submission
from app.ui.parts.lines_table import Cell, Column, Line, line
from app.work.states import document_mark, named, short_day

DOCUMENT_COLUMNS = (
    Column("文書番号", 6),
    Column("書類名", 12, stretch=True),
    Column("状態", 7),
    Column("発行日", 5),
    Column("提出日", 5),
    Column("提出方法", 5),
    Column("受領者", 6),
)


def document_line(facts: Facts, one: Submission, stale: bool | None, *, contract: bool = False) -> Line:
    """An issued document, ``stale`` as in ``document_mark``; ``contract``: with the one it belongs to."""
    shown = document_mark(one, stale)
    held = facts.find(Contract, one.contract)
    return line(
        one.id,
        one.number,
        one.title,
        *([named(facts, held) if held else ""] if contract else []),
        Cell(shown.text, shown.word, shown.tone),
        Cell(short_day(one.issued_on), one.issued_on),
        Cell(short_day(one.submitted_on), one.submitted_on),
        one.how,
        one.received_by,
    )
