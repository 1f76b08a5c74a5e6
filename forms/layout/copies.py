"""正・副・控: the same paper for each of those who keep one, in one document under one number."""

from __future__ import annotations

from dataclasses import replace

from app.printing.blocks import Sheet

FIRST, SECOND, KEPT = "正", "副", "控"
"""What goes to the client, what comes back with the answer, and what stays with whoever hands it over."""


def copies(sheets: tuple[Sheet, ...], *marks: str) -> tuple[Sheet, ...]:
    """``sheets`` once for each of ``marks``, which stands on every page; each copy is numbered from 1.

    A single mark, or none, leaves them as they are: a paper that is printed once is no copy of anything.
    """
    if len(marks) < 2:
        return sheets
    return tuple(
        replace(sheet, copy=mark, title=f"{sheet.title}（{mark}）") for mark in marks for sheet in sheets
    )
