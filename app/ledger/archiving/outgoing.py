"""All that a ledger holds as of one moment, proven before anything of it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.common import Progress
from app.ledger.archiving import tables
from app.ledger.archiving.described import Described
from app.ledger.archiving.tables import Part
from app.ledger.errors import LedgerError
from app.ledger.file import driver
from app.ledger.file.driver import Connection, one
from app.ledger.file.migrating import format_of
from app.ledger.proof import identity, journal


class UnprovenLedgerError(LedgerError):
    """What would go out is not what the journal vouches for; nothing was written."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"台帳の検証で誤りが見つかったため、アーカイブは作成していません。{found}"
            "設定の「台帳の検証」で台帳を確かめてください。"
        )


class Outgoing:
    """The ledger as of the moment in which it was opened; it may be written to meanwhile."""

    def __init__(self, connection: Connection) -> None:
        """For ``outgoing`` alone."""
        self._connection = connection
        known = identity.read(connection)
        if known is None:
            raise RuntimeError("opened without identity")
        head = journal.head(connection, known.ledger)
        self.described = Described(
            known.ledger, format_of(connection), known.officer, head.sequence, head.hash
        )

    def parts(self) -> Iterator[Part]:
        """Every table, records first."""
        return tables.parts(self._connection)

    def digests(self) -> list[str]:
        """The SHA-256 of every kept file."""
        return [str(name) for (name,) in self._connection.execute("SELECT sha256 FROM blob ORDER BY rowid")]

    def file(self, digest: str) -> bytes:
        """The bytes of a kept file."""
        return bytes(one(self._connection, "SELECT data FROM blob WHERE sha256 = ?", (digest,)))


@contextmanager
def outgoing(path: Path, key: bytes, progress: Progress) -> Iterator[Outgoing]:
    """What the ledger at ``path`` holds. Raises ``LedgerError`` for one that does not prove itself."""
    from app.ledger.proof.verifying import verify

    with closing(driver.connect(path, key)) as connection:
        # One moment for the proof and for what is read after it.
        connection.execute("BEGIN")
        try:
            found = verify(connection, progress)
            if not found.ok:
                raise UnprovenLedgerError(found.problems[0].sentence)
            yield Outgoing(connection)
        finally:
            connection.execute("ROLLBACK")
