"""The check at every start: in the background, once the window is filled; it speaks only of what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.common import PeopleError, Progress, uncollected
from app.ui.operations import Lane, Operations

if TYPE_CHECKING:
    from app.exchange.proof.proving import Proof
    from app.ledger.door import Ledger


class Watching(QObject):
    """Looks at the ledger once; ``told`` when it is done, ``problem`` is then the sentence to show in red."""

    told = Signal()

    def __init__(self, ledger: Ledger, operations: Operations, folder: Callable[[], Path]) -> None:
        """``folder``: where backups go, whose heads the ledger is held against."""
        super().__init__()
        self._ledger = ledger
        self._operations = operations
        self._folder = folder
        self.problem = ""
        self.looked = False
        """Whether it has come to an end, whatever it found."""

    def look(self) -> None:
        """Check every page, what the file declares and what was written since the last proven backup."""
        self._operations.run(
            self._prove, self._found, failed=self._failed, owner=self, lane=Lane.COPIES, key="watching"
        )

    def _prove(self, progress: Progress) -> Proof:
        from app.exchange.proof.proving import prove

        with uncollected():
            return prove(self._ledger, self._folder(), progress, quick=True)

    def _found(self, proof: Proof) -> None:
        problems = proof.problems
        more = f"（ほかに{len(problems) - 1:,}件）" if len(problems) > 1 else ""
        self._tell(f"台帳に異常が見つかりました。{problems[0].sentence}{more}" if problems else "")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._tell(f"台帳を検査できませんでした。{error.sentence}")

    def _tell(self, problem: str) -> None:
        self.problem, self.looked = problem, True
        self.told.emit()
