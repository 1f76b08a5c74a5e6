"""フォルダを開く: the system's own window of a folder, for who has to find a file again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.ui.parts.dialogs import Dialogs


def open_folder(dialogs: Dialogs, folder: Path) -> None:
    """Show ``folder`` in Explorer; if there is none, or nothing that shows it, say so."""
    if not folder.is_dir():
        dialogs.warn(f"フォルダ「{folder}」がまだないか、見つかりません。ドライブの接続を確かめてください。")
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        dialogs.warn(f"フォルダ「{folder}」を表示できません。エクスプローラーで開いてください。")
