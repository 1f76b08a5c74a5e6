"""How much of a file is read: counted while it is read, whatever the file says of its own sizes."""

from __future__ import annotations

from app.common import PeopleError

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes of a file as it lies on the disk."""
LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes of all parts of a workbook that are read, counted while they are unpacked."""
MOST_PARTS = 5_000
MOST_SHEETS = 200
MOST_CELLS = 2_000_000
"""Filled cells of all sheets: 100,000 rows of 20 columns."""
MOST_TEXT = 128 * 1024 * 1024
"""Characters of all texts together."""
MOST_PASTED = 8_000_000
"""Characters that are taken from the clipboard: some 80,000 rows of a register."""
LONGEST_TEXT = 200_000
"""Characters of one cell; Excel takes 32,767."""
MOST_MERGES = 200_000
MOST_SECONDS = 120.0
MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of the process that reads."""


class Counted:
    """What all sheets of one file come to. Raises ``PeopleError`` where it is too much."""

    def __init__(self) -> None:
        self.cells = self._text = self._unpacked = 0

    def unpacked(self, size: int) -> None:
        """Another ``size`` bytes of a part."""
        self._unpacked += size
        if self._unpacked > LARGEST_UNPACKED:
            limit = LARGEST_UNPACKED // 1024 // 1024
            raise PeopleError(
                f"ファイルを展開すると大きすぎます（{limit}MBまで）。分けてから取り込んでください。"
            )

    def cell(self, count: int = 1) -> None:
        """Another filled cell, or some."""
        self.cells += count
        if self.cells > MOST_CELLS:
            raise PeopleError(
                f"セルが多すぎます（すべてのシートを合わせて{MOST_CELLS:,}個まで）。分けてから取り込んでください。"
            )

    def text(self, characters: int) -> None:
        """Another text of so many characters."""
        self._text += characters
        if self._text > MOST_TEXT:
            raise PeopleError("文字が多すぎます。要る列だけを新しいブックに写してから取り込んでください。")


def too_long() -> PeopleError:
    """For a cell with a text that no cell can hold."""
    return PeopleError("セルに入らない長さの文字があります。Excelで開き、保存し直してください。")
