"""Connections that only read, beside the one that writes: whoever reads does not wait for whoever writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.ledger.errors import LedgerError
from app.ledger.file.driver import Connection, Error, connect
from app.ledger.file.presence import which_file

_CACHE = "PRAGMA cache_size=-8000"
"""Kilobytes: each reader has a cache of its own beside the writer's."""


class Readers:
    """Query-only connections on one open file, each used by one thread at a time and kept for the next.

    A reader sees what was committed when it began. None is to be had while the caller's own thread writes
    (it would not see what was just written), where the file at the path is another one by now (its records
    are not those of the ledger that is open), and where no second connection can be made: then the caller
    reads as it writes.
    """

    def __init__(self, path: Path, key: bytes, prepare: Callable[[Connection], None]) -> None:
        """``prepare`` is called with each new connection."""
        self._path = path
        self._key = key
        self._prepare = prepare
        self._opened = which_file(path)
        self._idle: list[Connection] = []
        self._gate = threading.Lock()
        self._closed = False
        self._writes: int | None = None

    @contextmanager
    def beside(self) -> Iterator[None]:
        """The caller's thread writes: until it is done, it reads by the connection that it writes by."""
        self._writes = threading.get_ident()
        try:
            yield
        finally:
            self._writes = None

    def take(self) -> Connection | None:
        """A connection for the caller alone until ``give``, or None."""
        with self._gate:
            if self._closed or self._writes == threading.get_ident():
                return None
            if self._idle:
                return self._idle.pop()
        return self._made()

    def give(self, connection: Connection, *, sound: bool = True) -> None:
        """Take a connection back; one on which something failed is not used again."""
        with self._gate:
            if sound and not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Give the file free; a connection still in use is closed when it is given back."""
        with self._gate:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _made(self) -> Connection | None:
        if self._opened is None or which_file(self._path) != self._opened:
            return None
        try:
            made = connect(self._path, self._key, "ro")
        except (Error, RuntimeError, LedgerError):
            return None
        for setting in ("PRAGMA query_only=ON", _CACHE):
            made.execute(setting)
        self._prepare(made)
        return made
