"""正・副・控: the same paper for each of those who keep one, in one document under one number."""

from __future__ import annotations

from dataclasses import replace

from app.printing.blocks import Sheet

FIRST, SECOND, KEPT = "正", "副", "控"
"""What goes to the client, what comes back with the answer, and what stays with whoever hands it over."""


TWO = 2
"""So many copies stand beside each other on one sheet."""


def beside(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Both copies of a paper on one sheet, to be cut apart. Raises ``ValueError`` where there are not two.

    Whether a copy fits its half is seen when it is set.
    """
    marks = tuple(dict.fromkeys(sheet.copy for sheet in sheets))
    held = [[sheet for sheet in sheets if sheet.copy == mark] for mark in marks]
    if len(marks) != TWO or len(held[0]) != len(held[1]):
        raise ValueError("not two copies")
    if any(sheet.landscape or sheet.continues for sheet in sheets):
        raise ValueError("more than one upright page")
    return tuple(
        replace(
            left, title=f"{left.title.removesuffix(f'（{left.copy}）')}（{'・'.join(marks)}）", second=right
        )
        for left, right in zip(*held, strict=True)
    )


def copies(sheets: tuple[Sheet, ...], *marks: str) -> tuple[Sheet, ...]:
    """``sheets`` once for each of ``marks``, which stands on every page; each copy is numbered from 1.

    A single mark, or none, leaves them as they are: a paper that is printed once is no copy of anything.
    """
    if len(marks) < 2:
        return sheets
    return tuple(
        replace(sheet, copy=mark, title=f"{sheet.title}（{mark}）") for mark in marks for sheet in sheets
    )
