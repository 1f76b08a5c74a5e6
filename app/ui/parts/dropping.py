"""Files that are dragged onto a widget and dropped there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def files_of(given: QMimeData) -> tuple[Path, ...]:
    """The files that are dragged or copied; what is no file of this machine is left out."""
    return tuple(Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile())


class TakesFiles:
    """Stands before the class of a widget that files may be dropped on, which calls ``setAcceptDrops``."""

    def takes(self, files: tuple[Path, ...]) -> bool:
        """Whether these files, one at least, may be dropped here: the pointer shows it."""
        raise NotImplementedError

    def drop(self, files: tuple[Path, ...]) -> None:
        """Files that it takes were dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._taken(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := self._taken(event):
            event.acceptProposedAction()
            self.drop(files)

    def _taken(self, event: QDropEvent) -> tuple[Path, ...]:
        files = files_of(event.mimeData())
        return files if files and self.takes(files) else ()
