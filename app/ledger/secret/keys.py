"""The master key of a ledger and the ways to it: passphrase with key file, and recovery code.

The key file lies beside the ledger in two checksummed copies. It holds the master key sealed with
AES-GCM under a key that Argon2id makes from the passphrase; a new passphrase seals anew and never
touches the ledger file itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.filesystem import patiently
from app.ledger.errors import (
    WrongCodeError,
    WrongPassphraseError,
)
from app.ledger.file.small_files import write_whole
from app.ledger.secret import passphrases, unreadable

KEY_BYTES = 32

_KIND = "jutaku-daicho-key"
_VERSION = 1
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE_LENGTH = 56
_GROUP = 7
_CHECK_BYTES = 3
_MOST_TEXT = 65536
_MOST_MEMORY = 256 * 1024
_MOST_PASSES = 64
_SALT, _NONCE = 16, 12
"""Bytes of each, as every key file was written: their makers take no other."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id's parameters: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int

    def bearable(self) -> bool:
        """Whether a file may ask for it: a forged one must not cost minutes or all memory.

        Several copies may lie beside a ledger, and each is tried: one may ask for twice what ``COST`` does.
        Many passes over next to nothing cost more than their memory says: each begins its lanes anew.
        """
        sane = 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory <= _MOST_MEMORY
        return sane and 1 <= self.passes <= _MOST_PASSES and self.memory * self.passes <= 4 * _MOST_MEMORY


COST = Cost(memory=128 * 1024, passes=4, lanes=4)
"""About half a second on the machines this was measured on, and 128 MiB on any."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One sealed key. ``format`` is the ledger's, repeated here to be read without the key."""

    ledger: str
    format: int
    revision: int
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def to_text(self) -> str:
        held: dict[str, Any] = {
            "kind": _KIND,
            "version": _VERSION,
            "ledger": self.ledger,
            "format": self.format,
            "revision": self.revision,
            "kdf": {
                "name": "argon2id",
                "memory": self.cost.memory,
                "passes": self.cost.passes,
                "lanes": self.cost.lanes,
            },
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "sealed": base64.b64encode(self.sealed).decode("ascii"),
        }
        return json.dumps({**held, "checksum": _checksum(held)}, ensure_ascii=True, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> KeyFile:
        """Read what ``to_text`` wrote. Raises ``ValueError`` for anything else, unbearable costs included."""
        held = json.loads(text)
        if not isinstance(held, dict) or held.pop("checksum", "") != _checksum(held):
            raise ValueError("checksum")
        if held.get("kind") != _KIND or held.get("version") != _VERSION:
            raise ValueError("kind")
        try:
            return cls._from_mapping(held)
        except (KeyError, TypeError, AttributeError, binascii.Error) as error:
            raise ValueError("shape") from error

    @classmethod
    def _from_mapping(cls, held: Mapping[str, Any]) -> KeyFile:
        kdf = held["kdf"]
        cost = Cost(*(_whole(kdf[name]) for name in ("memory", "passes", "lanes")))
        if kdf["name"] != "argon2id" or not cost.bearable():
            raise ValueError("cost")
        salt, nonce = bytes.fromhex(held["salt"]), bytes.fromhex(held["nonce"])
        if (len(salt), len(nonce)) != (_SALT, _NONCE):
            raise ValueError("size")
        return cls(
            ledger=str(held["ledger"]),
            format=_whole(held["format"]),
            revision=_whole(held["revision"]),
            cost=cost,
            salt=salt,
            nonce=nonce,
            sealed=base64.b64decode(held["sealed"], validate=True),
        )

    def open(self, passphrase: str) -> bytes:
        """The master key. Raises ``WrongPassphraseError``."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        made = _derive(passphrase, self.salt, self.cost)
        try:
            key = AESGCM(made).decrypt(self.nonce, self.sealed, self._bound())
        except (InvalidTag, ValueError):
            raise WrongPassphraseError from None
        if len(key) != KEY_BYTES:
            raise WrongPassphraseError
        return key

    def _bound(self) -> bytes:
        cost = self.cost
        return f"{_KIND}|{_VERSION}|{self.ledger}|{cost.memory}|{cost.passes}|{cost.lanes}".encode()


def new_key() -> bytes:
    """A fresh master key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(
    key: bytes, passphrase: str, ledger: str, form: int, *, cost: Cost = COST, revision: int = 1
) -> KeyFile:
    """Seal ``key`` under ``passphrase``. Raises ``LedgerError`` for one that is easily guessed."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    passphrases.check(passphrase)
    blank = KeyFile(
        ledger, form, revision, cost, secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE), b""
    )
    made = _derive(passphrase, blank.salt, cost)
    return replace(blank, sealed=AESGCM(made).encrypt(blank.nonce, key, blank._bound()))


def key_paths(ledger: Path) -> tuple[Path, Path]:
    """Where the two copies of the key file of ``ledger`` lie."""
    return ledger.with_name(f"{ledger.name}-key"), ledger.with_name(f"{ledger.name}-key2")


def staged_paths(ledger: Path) -> tuple[Path, Path]:
    """Where new key files of ``ledger`` wait until the ledger itself has taken the change."""
    first, second = key_paths(ledger)
    return first.with_name(f"{first.name}.new"), second.with_name(f"{second.name}.new")


def read_copies(ledger: Path) -> tuple[KeyFile | None, KeyFile | None]:
    """Both copies of the key file, ``None`` for one that is missing or damaged."""
    first, second = key_paths(ledger)
    return read_key_file(first), read_key_file(second)


def key_files(ledger: Path) -> list[KeyFile]:
    """The distinct readable copies, the newest first; those of a change that was cut short among them.

    Raises ``LedgerError`` that says why if there is none.
    """
    found: list[KeyFile] = []
    for copy in (*read_copies(ledger), *map(read_key_file, staged_paths(ledger))):
        if copy is not None and copy not in found:
            found.append(copy)
    if found:
        return sorted(found, key=lambda held: -held.revision)
    raise unreadable.reason(key_paths(ledger))


def open_with_passphrase(ledger: Path, passphrase: str) -> bytes:
    """The master key. While two key files disagree the passphrase of either opens; opening then decides."""
    files = key_files(ledger)
    for held in files[:-1]:
        try:
            return held.open(passphrase)
        except WrongPassphraseError:
            continue
    return files[-1].open(passphrase)


def write_copies(ledger: Path, held: KeyFile) -> None:
    """Write both copies, one after the other, so that a whole one stands at every moment."""
    for path in reversed(key_paths(ledger)):
        write_whole(path, held.to_text().encode("ascii"))


def note_format(ledger: Path, form: int) -> None:
    """Put the ledger's format number where an older program sees it before it touches the ledger."""
    for path, held in zip(key_paths(ledger), read_copies(ledger), strict=True):
        if held is not None and held.format != form:
            write_whole(path, replace(held, format=form).to_text().encode("ascii"))


def recovery_code(key: bytes) -> str:
    """The master key itself with a checksum, in eight groups of seven: what the recovery sheet shows."""
    number = int.from_bytes(key + _check(key), "big")
    digits = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return "-".join(digits[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def key_from_code(code: str) -> bytes:
    """Read a recovery code as typed: any width, case or grouping. Raises ``WrongCodeError``."""
    typed = unicodedata.normalize("NFKC", code).upper().translate(_LOOKALIKES)
    digits = [char for char in typed if char.isalnum()]
    if len(digits) != _CODE_LENGTH or not set(digits) <= set(_ALPHABET):
        raise WrongCodeError
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    key = _checked(number)
    if key is None:
        raise WrongCodeError(_group_of_slip(digits, number))
    return key


def _checked(number: int) -> bytes | None:
    held = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    key, check = held[:KEY_BYTES], held[KEY_BYTES:]
    return key if hmac.compare_digest(check, _check(key)) else None


def _group_of_slip(digits: Sequence[str], number: int) -> int:
    """The group in which one other character, or two neighbours in the other order, make a sound code.

    It is only told, never mended: one wrong code in ten thousand has such a neighbour by chance. 0: none.
    """
    for place, digit in enumerate(digits):
        at, held = 5 * (_CODE_LENGTH - 1 - place), _ALPHABET.index(digit)
        others = [number ^ (held ^ other) << at for other in range(len(_ALPHABET)) if other != held]
        if place + 1 < _CODE_LENGTH:
            apart = held ^ _ALPHABET.index(digits[place + 1])
            others.append(number ^ apart << at ^ apart << at - 5)
        if any(_checked(other) for other in others):
            return place // _GROUP + 1
    return 0


def read_key_file(path: Path) -> KeyFile | None:
    """The sealed key in one file, ``None`` if it is missing or damaged."""
    try:
        # A pipe in its place would be waited for without end.
        if not path.is_file() or path.stat().st_size > _MOST_TEXT:
            return None
        return KeyFile.from_text(patiently(lambda: path.read_text("ascii")))
    except (OSError, ValueError, RecursionError):
        return None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return kdf.derive(passphrases.normal(passphrase).encode("utf-8", "surrogatepass"))


def _checksum(held: Mapping[str, Any]) -> str:
    text = json.dumps(held, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"jutaku-daicho recovery code" + key).digest()[:_CHECK_BYTES]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("number")
    return value
