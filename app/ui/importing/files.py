"""Files with tables, as they are chosen and copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from app.ui.parts.dropping import files_of

OPENED = "Excel・CSV (*.xlsx *.xlsm *.xls *.csv *.tsv);;すべてのファイル (*)"


def copied(given: QMimeData) -> Path | None:
    """The one file that was copied; None for none or several."""
    held = files_of(given)
    return held[0] if len(held) == 1 else None
