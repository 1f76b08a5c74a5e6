"""Sheets of labels on A4, of makers or of one's own measures; all in millimetres.

The measures of 12, 24 and 44 faces are those that are published for the products named (by others than their
maker; those of 44 faces after its drawing), and fill the paper to the tenth. For 12 faces they differ by
0.4 mm at the top, where the middle is taken. For 65 faces no product with its margins was found: the labels
stand in the middle. Hence the trial print that is asked for before a sheet is used first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from app.printing.paper import MM, PORTRAIT

_PAIR = re.compile(r"(\d+(?:\.\d{1,2})?)\s*[x×*]\s*(\d+(?:\.\d{1,2})?)")
_PARTS = re.compile(r"[、，,;\n]+")
_MOST = 25
MOST_FACES = _MOST * _MOST
"""Of any sheet."""
_LEAST_WIDE, _LEAST_HIGH = 20.0, 10.0
"""On less no scanner reads the code beside a number."""
_ROUNDING = 0.05
_EXAMPLE = "5×13、38.1×21.2、4.8×10.7、2.5×0"
EXAMPLE = f"列×段、1面の幅×高さ、左×上の余白、横×縦の間隔をmmで（例：{_EXAMPLE}）"
"""What is typed for a sheet of one's own."""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """``left``, ``top``: the first label from the edges of the paper. ``gap``, ``below``: between two labels.

    ``wide``, ``high``: of one label. ``product``: on whose measures it goes; empty where none is known.
    """

    columns: int
    rows: int
    wide: float
    high: float
    left: float
    top: float
    gap: float = 0.0
    below: float = 0.0
    product: str = ""

    @property
    def faces(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    @property
    def title(self) -> str:
        """24面（66×33.9mm、エーワン72224など）"""
        whose = f"{self.product}など" if self.product else "要試し刷り"
        return f"{self.faces}面（{self.wide:g}×{self.high:g}mm、{whose}）"

    def place(self, face: int) -> tuple[float, float]:
        """The upper left corner of a face, counted from 0 along the rows."""
        row, column = divmod(face, self.columns)
        return self.left + column * (self.wide + self.gap), self.top + row * (self.high + self.below)

    def faults(self) -> Iterator[str]:
        """Why nothing can be printed on it, in sentences; none where it lies on the paper."""
        if not (1 <= self.columns <= _MOST and 1 <= self.rows <= _MOST):
            yield f"列と段は、それぞれ1から{_MOST}までにしてください。"
        elif self.wide < _LEAST_WIDE or self.high < _LEAST_HIGH:
            yield f"1面は、幅{_LEAST_WIDE:g}mm、高さ{_LEAST_HIGH:g}mm以上にしてください。"
        else:
            yield from self._outside()

    def _outside(self) -> Iterator[str]:
        across = self.left + self.columns * self.wide + (self.columns - 1) * self.gap
        down = self.top + self.rows * self.high + (self.rows - 1) * self.below
        for words, needed, there in (
            ("幅", across, PORTRAIT.width / MM),
            ("高さ", down, PORTRAIT.height / MM),
        ):
            if needed > there + _ROUNDING:
                yield f"{words}の合計が{needed:g}mmになり、A4（{there:g}mm）に収まりません。"


SHEETS = (
    LabelSheet(2, 6, 86.4, 42.3, 18.6, 21.6, product="エーワン72212"),
    LabelSheet(3, 8, 66, 33.9, 6, 12.9, product="エーワン72224"),
    LabelSheet(4, 11, 48.3, 25.4, 8.4, 8.8, product="エーワン28388"),
    LabelSheet(5, 13, 38.1, 21.2, 4.75, 10.7, 2.5),
)
"""The ones that offices have, by the number of their faces."""


def measured(text: str) -> LabelSheet:
    """The sheet of the measures that ``text`` says. Raises ``ValueError`` with one sentence."""
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", text).casefold()) if part.strip()]
    pairs = [_PAIR.fullmatch(part.strip()) for part in parts]
    held = [(float(one[1]), float(one[2])) for one in pairs if one]
    if len(held) != len(parts) or len(held) not in (3, 4):
        raise ValueError(f"用紙の寸法が読めません。{EXAMPLE}")
    (columns, rows), (wide, high), (left, top), (gap, below) = (*held, (0.0, 0.0))[:4]
    if columns % 1 or rows % 1:
        raise ValueError("用紙の寸法の列と段は、整数で入力してください。")
    sheet = LabelSheet(int(columns), int(rows), wide, high, left, top, gap, below)
    for fault in sheet.faults():
        raise ValueError(f"用紙の寸法を確かめてください。{fault}")
    return sheet
