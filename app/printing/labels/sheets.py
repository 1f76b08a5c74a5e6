"""Sheets of labels on A4 as makers publish their measures; all in millimetres."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """``left``, ``top``: the first label from the edges of the paper. ``gap``: between two columns.

    ``wide``, ``high``: of one label.
    """

    columns: int
    rows: int
    wide: float
    high: float
    left: float
    top: float
    gap: float = 0.0

    @property
    def faces(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def title(self) -> str:
        """24面（66×33.9mm）"""
        return f"{self.faces}面（{self.wide:g}×{self.high:g}mm）"

    def place(self, face: int) -> tuple[float, float]:
        """The upper left corner of a face, counted from 0 along the rows."""
        row, column = divmod(face, self.columns)
        return self.left + column * (self.wide + self.gap), self.top + row * self.high


SHEETS = (
    LabelSheet(2, 6, 86.4, 42.3, 18.6, 21.6),
    LabelSheet(3, 8, 66, 33.9, 6, 12.9),
    LabelSheet(4, 11, 48.3, 25.4, 8.4, 8.8),
    LabelSheet(5, 13, 38.1, 21.2, 4.75, 10.7, 2.5),
)
"""The ones that offices have, by the number of their faces."""
