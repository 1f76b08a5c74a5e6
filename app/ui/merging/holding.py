"""The other ledger, open while its records are looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app.common import Cancelled, Progress
from app.exchange.merging.other import Other, other_ledger
from app.ledger.door import Ledger


class Holding:
    """At most one other ledger. What opens late, when nobody waits any more, is closed at once.

    A ledger that stayed open would keep its file from whoever works with it, and a copy of an archive would
    stay on the disk.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._gone = False

    def open(
        self, path: Path, passphrase: str, opened: Callable[[Path, bytes], Ledger], progress: Progress
    ) -> Other:
        """Open it in the place of the one before. Raises ``PeopleError`` or ``Cancelled``."""
        self.close()
        with ExitStack() as stack:
            other = stack.enter_context(other_ledger(path, passphrase, opened, progress))
            other.ledger.facts()
            with self._lock:
                if self._gone:
                    raise Cancelled
                self._stack = stack.pop_all()
        return other

    def close(self, *, for_good: bool = False) -> None:
        """Close what is open; ``for_good``: nothing may be opened after it."""
        with self._lock:
            self._gone = self._gone or for_good
            stack, self._stack = self._stack, ExitStack()
        stack.close()
