"""Files sealed with a passphrase in the published format ``age-encryption.org/v1``.

Any program that knows that format opens them with the passphrase, this one not needed. Nothing of it is of
our own making: scrypt, HKDF, HMAC and ChaCha20-Poly1305 are those of ``cryptography``, put together as the
specification says (https://c2sp.org/age). The content goes by pieces of 64 KiB, each proven before anything
of it is handed on; a missing end is noticed, and no memory grows with the file.
"""

from __future__ import annotations

import base64
import io
import re
import secrets
from typing import Protocol

from app.ledger.secret.passphrases import normal

WORK = 18
"""Of scrypt: two to this power. 256 MiB, and about a second, for every guess; what ``age`` itself takes."""
_MOST_WORK = 19
"""A forged file must not cost all memory."""
_PIECE = 64 * 1024
_TAG, _SALT, _FILE_KEY, _KEY = 16, 16, 16, 32
_VERSION = b"age-encryption.org/v1\n"
_LABEL = b"age-encryption.org/v1/scrypt"
_LONGEST_HEADER = 512
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
    rb" ([A-Za-z0-9+/]{43})\n"
)


class NotSealedError(Exception):
    """No file of this format, or one that was not sealed with a passphrase alone."""


class WrongPassphraseError(Exception):
    """Sealed with another passphrase."""


class BrokenSealError(Exception):
    """A piece is not what was sealed, or the end is missing."""


class Writable(Protocol):
    def write(self, data: bytes, /) -> int: ...


class Seekable(Protocol):
    def seek(self, offset: int, whence: int = ..., /) -> int: ...

    def read(self, size: int = ..., /) -> bytes: ...


class Sealer:
    """Writes what it is given sealed to ``out``; without ``finish`` the file counts as cut short."""

    def __init__(self, out: Writable, passphrase: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._out = out
        self._held = bytearray()
        self._number = 0
        work = WORK
        file_key, salt, nonce = (secrets.token_bytes(size) for size in (_FILE_KEY, _SALT, 16))
        wrapped = ChaCha20Poly1305(_stretched(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
        head = _VERSION + b"-> scrypt %s %d\n%s\n---" % (_text(salt), work, _text(wrapped))
        out.write(head + b" " + _text(_mac(file_key, head)) + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def write(self, data: bytes, /) -> int:
        self._held += data
        # The last piece is marked as such, so that a full one waits until more comes.
        while len(self._held) > _PIECE:
            self._put(bytes(self._held[:_PIECE]), last=False)
            del self._held[:_PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing waits that could go yet."""

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._held), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class Opened(io.RawIOBase):
    """The content of a sealed file, in any order; each piece is proven before it is read."""

    def __init__(self, file: Seekable, passphrase: str) -> None:
        """Raises ``NotSealedError``, ``WrongPassphraseError``, or ``BrokenSealError`` (a missing end)."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._file = file
        file_key, start = _unwrapped(file, passphrase)
        file.seek(start)
        nonce = file.read(16)
        if len(nonce) != 16:
            raise BrokenSealError
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._start = start + 16
        sealed = file.seek(0, io.SEEK_END) - self._start
        self._pieces = max(1, -(-sealed // (_PIECE + _TAG)))
        self._size = sealed - self._pieces * _TAG
        self._at = 0
        self._piece = (-1, b"")
        self._load(self._pieces - 1)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # RawIOBase takes any buffer
        if self._at >= self._size or not len(buffer):
            return 0
        number, offset = divmod(self._at, _PIECE)
        part = self._load(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _load(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._piece[0] != number:
            self._file.seek(self._start + number * (_PIECE + _TAG))
            held = self._file.read(_PIECE + _TAG)
            last = number == self._pieces - 1
            try:
                piece = self._cipher.decrypt(_nonce(number, last=last), held, None)
            except (InvalidTag, ValueError):
                raise BrokenSealError from None
            if not piece and number:
                raise BrokenSealError
            self._piece = (number, piece)
        return self._piece[1]


def _unwrapped(file: Seekable, passphrase: str) -> tuple[bytes, int]:
    """The key of the content, and where it begins."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    file.seek(0)
    found = _HEADER.match(file.read(_LONGEST_HEADER))
    if found is None or not 1 <= int(found[2]) <= _MOST_WORK:
        raise NotSealedError
    salt, wrapped, mac = (base64.b64decode(part + b"=" * (-len(part) % 4)) for part in found.group(1, 3, 4))
    try:
        stretched = _stretched(passphrase, salt, int(found[2]))
        file_key = ChaCha20Poly1305(stretched).decrypt(bytes(12), wrapped, None)
    except InvalidTag:
        raise WrongPassphraseError from None
    if not secrets.compare_digest(_mac(file_key, found[0][: found.start(4) - 1]), mac):
        raise BrokenSealError
    return file_key, found.end()


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    kdf = Scrypt(salt=_LABEL + salt, length=_KEY, n=1 << work, r=8, p=1)
    return kdf.derive(normal(passphrase).encode("utf-8", "surrogatepass"))


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=purpose).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    import hmac

    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
