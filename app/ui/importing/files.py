"""Files with tables, as they are chosen and dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

OPENED = "Excel・CSV (*.xlsx *.xlsm *.xls *.csv *.tsv);;すべてのファイル (*)"


def dropped(given: QMimeData) -> Path | None:
    """The one file that is dragged; None for none or several."""
    held = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
    return held[0] if len(held) == 1 else None
