"""Parts into one zip: written in one pass without a look back, each with the SHA-256 of what it holds."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from app.exchange.archive import age
from app.exchange.archive.manifest import MANIFEST, README, Manifest, Part
from app.file_kinds import FileKind, kind_of
from app.ledger.archiving.described import Described

SEALED = "archive.zip.age"
"""The name of the archive within the zip that carries it sealed."""
_ENDINGS = {
    FileKind.PDF: "pdf",
    FileKind.BOOK: "xlsx",
    FileKind.MACRO_BOOK: "xlsm",
    FileKind.WORD: "docx",
}
_PICTURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"II*\0", "tif"), (b"MM\0*", "tif"))
_PRIVATE = 0o600 << 16


class Writer:
    """Collects what the manifest will say of each part."""

    def __init__(self, packed: zipfile.ZipFile, now: datetime) -> None:
        self._packed = packed
        self._now = now
        self._parts: dict[str, Part] = {}

    def add(self, name: str, data: bytes) -> None:
        """One part of bytes as they are."""
        with self._entry(name, zipfile.ZIP_STORED) as file:
            file.write(data)
        self._parts[name] = Part(hashlib.sha256(data).hexdigest(), len(data))

    def add_lines(self, name: str, lines: Iterable[str]) -> None:
        """One part of lines of text; none of them is kept in memory."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._entry(name, zipfile.ZIP_DEFLATED) as file:
            for line in lines:
                data = f"{line}\n".encode()
                file.write(data)
                digest.update(data)
                size, count = size + len(data), count + 1
        self._parts[name] = Part(digest.hexdigest(), size, count)

    def finish(self, described: Described) -> Manifest:
        """Write the manifest, the last part."""
        made = Manifest(described, self._now.isoformat(timespec="seconds"), self._parts)
        with self._entry(MANIFEST, zipfile.ZIP_DEFLATED) as file:
            file.write(made.to_text().encode("utf-8"))
        return made

    @contextmanager
    def _entry(self, name: str, method: int) -> Iterator[IO[bytes]]:
        with entry(self._packed, name, self._now, method) as file:
            yield file


def file_name(digest: str, data: bytes) -> str:
    """The name of a kept file: its SHA-256, and an ending by what it holds."""
    ending = next((ending for start, ending in _PICTURES if data.startswith(start)), "")
    return f"files/{digest}.{ending or _ENDINGS.get(kind_of(data), 'bin')}"


@contextmanager
def writer(file: IO[bytes], passphrase: str, now: datetime, readme: str) -> Iterator[Writer]:
    """Parts into ``file``; with a ``passphrase`` sealed, within a zip that says how to open them."""
    if not passphrase:
        with zipfile.ZipFile(file, "w") as packed:
            yield Writer(packed, now)
        return
    with zipfile.ZipFile(file, "w") as carrier:
        with entry(carrier, README, now, zipfile.ZIP_STORED) as note:
            note.write(readme.encode("utf-8-sig"))
        with entry(carrier, SEALED, now, zipfile.ZIP_STORED) as out:
            sealer = age.Sealer(out, passphrase)
            with zipfile.ZipFile(sealer, "w") as packed:  # type: ignore[call-overload]  # it writes, and no more is asked of it
                yield Writer(packed, now)
            sealer.finish()


@contextmanager
def entry(packed: zipfile.ZipFile, name: str, now: datetime, method: int) -> Iterator[IO[bytes]]:
    """One part of a zip, open for writing, for its owner alone where it is unpacked."""
    about = zipfile.ZipInfo(name, now.timetuple()[:6])
    about.compress_type, about.external_attr = method, _PRIVATE
    with packed.open(about, "w", force_zip64=True) as file:
        yield file
