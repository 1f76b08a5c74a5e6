"""What is on the clipboard, as a table that is brought in: cells that were copied, or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app.exchange.sheets.clipboard import is_table
from app.ui.importing.files import copied

NAME = "貼り付けた表"
"""What stands in the place of a file's name."""
NOTHING = "クリップボードに表がありません。Excelで見出しを含む範囲をコピーしてから、貼り付けてください。"


def held() -> Path | str | None:
    """The file or the text of a table on the clipboard; None where there is neither."""
    given = QGuiApplication.clipboard().mimeData()
    if (path := copied(given)) is not None:
        return path
    text = given.text()
    return text if is_table(text) else None
