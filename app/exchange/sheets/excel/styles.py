"""How the cells of a workbook are formatted: the number format of each style, and which are lined out."""

from __future__ import annotations

from app.exchange.sheets.excel.codes import BUILT_IN, GENERAL, LONGEST_CODE
from app.exchange.sheets.excel.package import Attributes, Reader
from app.exchange.sheets.excel.showing import Format

FALSE = frozenset({"0", "false"})


class Styles(Reader):
    """The format of each cell by the number of its style; what the file does not declare is General."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._of_cells: list[int] = []
        self._within = self._font = False
        self._fonts: list[bool] = []
        self._font_of: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and (number := _number(attributes.get("numFmtId", ""))) is not None:
            # Those of conditional formats stand in another list and change how a cell looks, not its text.
            self._codes.setdefault(number, attributes.get("formatCode", GENERAL)[:LONGEST_CODE])
        elif name == "fonts":
            self._font = True
        elif name == "font" and self._font:
            self._fonts.append(False)
        elif name == "strike" and self._font and self._fonts:
            self._fonts[-1] = attributes.get("val", "1") not in FALSE
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self._font_of.append(_number(attributes.get("fontId", "0")) or 0)
            self._of_cells.append(_number(attributes.get("numFmtId", "0")) or 0)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._within = False
        elif name == "fonts":
            self._font = False

    def struck(self) -> frozenset[int]:
        """The styles whose font is lined out."""
        return frozenset(
            style for style, font in enumerate(self._font_of) if font < len(self._fonts) and self._fonts[font]
        )

    def formats(self, *, since_1904: bool) -> list[Format]:
        """The format of each style."""
        made: dict[str, Format] = {}
        found = []
        for number in self._of_cells:
            code = self._codes.get(number) or BUILT_IN.get(number, GENERAL)
            if code not in made:
                made[code] = Format(code, since_1904=since_1904)
            found.append(made[code])
        return found


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
