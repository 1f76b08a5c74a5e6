"""What a printed form is: one module each, found by ``forms.all_forms``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.duties.case import Case
from app.printing.blocks import Sheet
from app.records import Statement


@dataclass(frozen=True, slots=True)
class Form:
    """A form: ``gather`` says what a document states, ``draw`` lays a statement out as sheets.

    ``numbered``: the document number stands at the head of the first sheet, as in a letter of the vendor;
    a sheet that is not the vendor's own word (誓約書) carries it at its foot only.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    gather: Callable[[Case], Statement]
    draw: Callable[[Statement], tuple[Sheet, ...]]
    numbered: bool = True
