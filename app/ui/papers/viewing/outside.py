"""ほかのソフトで開く: a document in the program that this machine shows PDF files with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.common import PeopleError, Progress
from app.filesystem import remove_file
from app.ui.context import Context
from app.ui.system.copies_outside import put_outside

_OPENED = "PDFのコピーをほかのソフトで開きました。コピーは、受託台帳を終了するときに削除します。"
_NOTHING_OPENS = (
    "PDFを開くソフトが見つからないか、開けませんでした。「PDFを保存」で保存し、そのファイルを開いてください。"
)
_NOT_WRITTEN = "PDFのコピーを作成できません。ディスクの空き容量とアクセス権を確かめてください。"


def open_outside(context: Context, pdf: bytes, name: str) -> None:
    """Hand a copy called ``name`` to the system, and say what becomes of it."""
    settings = context.preferences.path.parent

    def work(_progress: Progress) -> Path:
        try:
            return put_outside(settings, name, pdf)
        except OSError as error:
            raise PeopleError(_NOT_WRITTEN) from error

    def done(path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            context.say(_OPENED)
            return
        remove_file(path)
        context.dialogs.warn(_NOTHING_OPENS)

    context.operations.run(work, done)
