"""An archive as it came from somewhere: nothing of it is unpacked to a place that it names, and no part is
believed before its SHA-256 was held against the manifest."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from app.common import Progress
from app.exchange.archive import age, manifest
from app.exchange.archive.manifest import MANIFEST, README, Manifest, NewerVersionError
from app.exchange.archive.writing import SEALED
from app.filesystem import opened, special, unreachable
from app.ledger.archiving.described import (
    BrokenArchiveError,
    Described,
    NewerArchiveError,
    UnusableArchiveError,
)
from app.ledger.writing import LARGEST_FILE

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one row: own annexes are the longest."""
_MOST_PARTS = 500_000
_MOST_GROWTH = 200
"""How many times its size an archive may unpack to: lines of a ledger pack to a twentieth at best."""
_ROOM = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = struct.Struct("<26xHH")
_BAD_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    KeyError,
    TypeError,
    age.BrokenSealError,
)


class ForeignArchiveError(UnusableArchiveError):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "は受託台帳のアーカイブではありません。受託台帳で書き出したアーカイブ（.zip）を選んでください。",
        )


class SealedArchiveError(UnusableArchiveError):
    """``given``: whether a passphrase was tried that is not its own."""

    def __init__(self, name: str, *, given: bool) -> None:
        said = (
            "のパスフレーズが違います。アーカイブを書き出したときのパスフレーズを指定してください。"
            if given
            else "は暗号化されています。アーカイブを書き出したときのパスフレーズを指定してください。"
        )
        super().__init__(name, said)


class SwollenArchiveError(UnusableArchiveError):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "は、広げると大きさの割に異常に大きくなるため読みません。台帳は作成していません。"
            "受託台帳で書き出した元のアーカイブを選んでください。",
        )


class UnreadableArchiveError(UnusableArchiveError):
    def __init__(self, name: str) -> None:
        super().__init__(name, "を読み取れません。媒体の接続とファイルのアクセス権を確かめてください。")


class Reading:
    """An archive whose manifest was read; made by ``archive_at``."""

    def __init__(self, name: str, packed: zipfile.ZipFile, held: Manifest, progress: Progress) -> None:
        self._name = name
        self._packed = packed
        self._progress = progress
        self._read = 0
        self.manifest = held
        self._total = -(-sum(part.size for part in held.parts.values()) // _CHUNK)

    @property
    def name(self) -> str:
        return self._name

    @property
    def described(self) -> Described:
        return self.manifest.described

    @property
    def parts(self) -> Sequence[str]:
        return [name for name in self.manifest.parts if name.endswith(".jsonl")]

    def lines(self, part: str) -> Iterator[str]:
        """The lines of a part. Raises ``BrokenArchiveError`` before the last one if any byte is otherwise."""
        told = self.manifest.parts[part]
        count = 0
        with self._faults(part):
            for line in self._checked(part, lambda file: file.readline(LONGEST_LINE + 1)):
                if not line.endswith(b"\n"):
                    raise BrokenArchiveError(self._name, part)
                count += 1
                yield line.decode("utf-8")
            if count != told.rows:
                raise BrokenArchiveError(self._name, part)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """SHA-256 and bytes of every kept file."""
        for part, told in self.manifest.parts.items():
            if part.startswith("files/"):
                digest = part.removeprefix("files/").partition(".")[0]
                if told.sha256 != digest or told.size > LARGEST_FILE:
                    raise BrokenArchiveError(self._name, part)
                with self._faults(part):
                    yield digest, b"".join(self._checked(part, lambda file: file.read(_CHUNK)))

    def begin(self) -> None:
        """Count what is read from the beginning again."""
        self._read = 0

    def check(self) -> None:
        """Read every part and hold it against the manifest. Raises ``LedgerError`` or ``Cancelled``."""
        for part in self.manifest.parts:
            with self._faults(part):
                for _ in self._checked(part, lambda file: file.read(_CHUNK)):
                    pass

    def _checked(self, part: str, take: Callable[[IO[bytes]], bytes]) -> Iterator[bytes]:
        """What ``take`` gives until the end; the last of it only once the whole is what the manifest says."""
        told, digest, size, held = self.manifest.parts[part], hashlib.sha256(), 0, b""
        with self._packed.open(part) as file:
            while data := take(file):
                if held:
                    yield held
                digest.update(data)
                size += len(data)
                self._read += len(data)
                if size > told.size:
                    raise BrokenArchiveError(self._name, part)
                self._progress.step(self._read // _CHUNK, self._total, "アーカイブを読んでいます")
                held = data
        if (digest.hexdigest(), size) != (told.sha256, told.size):
            raise BrokenArchiveError(self._name, part)
        if held:
            yield held

    @contextmanager
    def _faults(self, part: str) -> Iterator[None]:
        try:
            yield
        except _BAD_ZIP as error:
            raise BrokenArchiveError(self._name, part) from error
        except OSError as error:
            raise UnreadableArchiveError(self._name) from error


@contextmanager
def archive_at(path: Path, passphrase: str = "", progress: Progress | None = None) -> Iterator[Reading]:
    """The archive in a file, opened with its passphrase if it is sealed.

    Raises ``LedgerError`` with what it is instead, or what is wrong with it; nothing is written.
    """
    name = path.name
    with ExitStack() as held:
        try:
            file = held.enter_context(opened(_plain(path)))
            size = file.seek(0, io.SEEK_END)
        except OSError as error:
            raise UnreadableArchiveError(name) from error
        packed = held.enter_context(_zip(name, file))
        if set(packed.namelist()) == {README, SEALED}:
            inner = held.enter_context(_unsealed(name, file, packed.getinfo(SEALED), passphrase))
            packed = held.enter_context(_zip(name, inner))
        yield Reading(name, packed, _manifest(name, packed, size), progress or Progress())


def is_sealed(path: Path) -> bool:
    """Whether an archive asks for a passphrase; False for what is none. Raises nothing."""
    try:
        with opened(_plain(path)) as file, zipfile.ZipFile(file) as packed:
            return SEALED in packed.namelist()
    except (OSError, UnusableArchiveError, *_BAD_ZIP):
        return False


def _plain(path: Path) -> Path:
    if problem := special(path):
        raise UnusableArchiveError(path.name, f"は読めません。{problem}")
    if not path.exists():
        missing = "が見つかりません。ファイルの場所を確かめて選び直してください。"
        raise UnusableArchiveError(path.name, unreachable(path) or missing)
    return path


def _zip(name: str, file: BinaryIO) -> zipfile.ZipFile:
    try:
        packed = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        file.seek(0)
        if file.read(4) == b"PK\x03\x04":
            raise UnusableArchiveError(
                name,
                "は途中までしか写されていないか、壊れています。"
                "台帳は作成していません。元のファイルから写し直してください。",
            ) from None
        raise ForeignArchiveError(name) from None
    except _BAD_ZIP as error:
        raise BrokenArchiveError(name) from error
    if len(packed.infolist()) > _MOST_PARTS:
        raise SwollenArchiveError(name)
    # Other methods may ask for gigabytes before they give a byte; a part locked by a zip is none of ours.
    if any(one.compress_type not in _METHODS or one.flag_bits & 1 for one in packed.infolist()):
        raise BrokenArchiveError(name)
    return packed


def _unsealed(name: str, file: BinaryIO, about: zipfile.ZipInfo, passphrase: str) -> BinaryIO:
    if not passphrase:
        raise SealedArchiveError(name, given=False)
    try:
        return io.BufferedReader(age.Opened(_Window(file, about), passphrase), 1 << 17)
    except age.WrongPassphraseError:
        raise SealedArchiveError(name, given=True) from None
    except (age.NotSealedError, OSError, *_BAD_ZIP) as error:
        raise BrokenArchiveError(name) from error


def _manifest(name: str, packed: zipfile.ZipFile, size: int) -> Manifest:
    names = packed.namelist()
    if MANIFEST not in names:
        raise ForeignArchiveError(name)
    try:
        with packed.open(MANIFEST) as file:
            data = file.read(manifest.LONGEST + 1)
        if not manifest.is_ours(data):
            raise ForeignArchiveError(name)
        held = manifest.read(data)
    except NewerVersionError:
        raise NewerArchiveError(name) from None
    except (*_BAD_ZIP, RecursionError, AttributeError) as error:
        raise BrokenArchiveError(name, MANIFEST) from error
    # One name twice, one of a place elsewhere, one that nobody vouches for: all are other than was written.
    if sorted(names) != sorted([*held.parts, MANIFEST]):
        raise BrokenArchiveError(name)
    if sum(part.size for part in held.parts.values()) > _MOST_GROWTH * size + _ROOM:
        raise SwollenArchiveError(name)
    return held


class _Window(io.RawIOBase):
    """The bytes of one stored part of a zip, in any order; ``zipfile`` itself reads them only forwards."""

    def __init__(self, file: BinaryIO, about: zipfile.ZipInfo) -> None:
        if about.compress_type != zipfile.ZIP_STORED:
            raise zipfile.BadZipFile
        file.seek(about.header_offset)
        named, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        self._file = file
        self._start = about.header_offset + _LOCAL_HEADER.size + named + extra
        self._size = about.file_size
        self._at = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._size - self._at)
        self._file.seek(self._start + self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data
