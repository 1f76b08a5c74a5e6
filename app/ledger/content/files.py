"""Putting a file into the ledger without holding it twice more: what a statement is given is copied."""

from __future__ import annotations

from app.ledger.file.driver import Connection

PIECE = 1024 * 1024
"""Bytes that are handed over at once."""


def put_file(connection: Connection, digest: str, data: bytes) -> None:
    """Write a file under its SHA-256, within the transaction that is open.

    A binder of a thousand pages has 80 MB. In a statement of its own it would be copied as the value and
    once more as the row, on top of all that was needed to make it.
    """
    if len(data) <= PIECE:
        connection.execute("INSERT INTO blob (sha256, data) VALUES (?, ?)", (digest, data))
        return
    made = connection.execute("INSERT INTO blob (sha256, data) VALUES (?, zeroblob(?))", (digest, len(data)))
    row, whole = made.lastrowid, memoryview(data)
    blob = connection.open_blob("blob", "data", row)
    try:
        for at in range(0, len(data), PIECE):
            blob.write(whole[at : at + PIECE])
    finally:
        blob.close()
