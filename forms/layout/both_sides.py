"""Where the people of both sides put their names to one paper, and where one side confirms a receipt."""

from __future__ import annotations

from app.printing.blocks import BLANK_DATE, Block, Column, KeepTogether, Signature, Table, Text

_DAY, _OFFICE, _NAME = "年月日", "所属", "氏名（署名又は記名押印）"
_ROOM = "\n　"
"""A line to write on by hand takes two printed ones."""


def both_sides(
    sentence: str, left: str, right: str, *, size: float = 9.5, filled: tuple[str, str] = ("", "")
) -> Block:
    """A sentence, and below it a column for each side to date and sign; kept on one page.

    ``left`` and ``right`` say who signs there; ``filled``: the names that are known beforehand and stand
    printed above the place of the signature.
    """
    columns = (Column("", 20), Column(left, 40, "center"), Column(right, 40, "center"))
    rows = (
        (_DAY, BLANK_DATE, BLANK_DATE),
        (_OFFICE, _ROOM, _ROOM),
        (_NAME, *(f"{name}{_ROOM}" for name in filled)),
    )
    return KeepTogether((Text(sentence, size=size, before=6, after=2), Table(columns, rows, size=size)))


def receipt(sentence: str) -> Block:
    """受領欄: one side confirms by hand what it took over; kept on one page."""
    rows = (("受領年月日", BLANK_DATE), ("所属", ""), ("氏名", ""))
    head = Text("受領欄", bold=True, before=8, after=2, leads=True)
    return KeepTogether((head, Text(f"　{sentence}"), Signature(rows, seal_row=2)))
