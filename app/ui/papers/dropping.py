"""Files dropped anywhere on the window: a PDF or a picture is a stamped copy that came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui.parts.dropping import files_of

_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"})


class Dropping(QObject):
    """Hands on what is dropped on ``widget`` where nothing on it takes it: the attachments of a record do."""

    def __init__(self, widget: QWidget, take: Callable[[list[Path]], None]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (paths := _scans(event)):
            # A drag that enters is such an event, too.
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self._take(paths)
            return True
        return super().eventFilter(watched, event)


def _scans(event: QDropEvent) -> list[Path]:
    paths = list(files_of(event.mimeData()))
    return paths if all(path.suffix.casefold() in _ENDINGS for path in paths) else []
