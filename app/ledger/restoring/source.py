"""The backup that is to be restored, as it lies on its medium: looked at and unlocked, never written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.ledger.access import opening
from app.ledger.copies import manifests
from app.ledger.errors import (
    CutOrBrokenError,
    CutOrLongerError,
    DamagedError,
    EmptyFileError,
    KeyFileDamagedError,
    KeyFileMissingError,
    LedgerError,
    MissingLedgerError,
    NewerFormatError,
    NotOursError,
    PlainDatabaseError,
    TruncatedError,
    WrongKeyError,
    WrongPassphraseError,
)
from app.ledger.secret import keyring_store, keys

T = TypeVar("T")
_ANOTHER = "別のバックアップを選んでください。"
_SAID: tuple[tuple[type[LedgerError], str], ...] = (
    (MissingLedgerError, f"見つかりません。媒体がつながっているか確かめるか、{_ANOTHER}"),
    (EmptyFileError, f"中身が空（0バイト）です。{_ANOTHER}"),
    (CutOrBrokenError, f"途中までしか写されていないか、壊れています。{_ANOTHER}"),
    (
        CutOrLongerError,
        f"途中までしか写されていないか、後ろに余計なデータが付いています。{_ANOTHER}",
    ),
    (TruncatedError, f"途中までしか写されていません。{_ANOTHER}"),
    (PlainDatabaseError, f"暗号化されていない別のデータベースです。{_ANOTHER}"),
    (NotOursError, "受託台帳のバックアップではありません。拡張子 .jutaku のファイルを選んでください。"),
)
_OTHER_KEY = f"この鍵では開けません。別の台帳のものか、ファイルの先頭が壊れています。{_ANOTHER}"


class UnusableBackupError(LedgerError):
    """Nothing can be restored from this file; nothing was changed."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"バックアップ「{path.name}」は{what}")


class BrokenBackupError(UnusableBackupError):
    """Its pages or its journal are not what they were. ``flaw``: a predicate as of ``soundness.flaw``."""

    def __init__(self, path: Path, flaw: str) -> None:
        super().__init__(path, f"{flaw}{_ANOTHER}")
        self.flaw = flaw


class OtherKeyError(UnusableBackupError):
    """The key that was tried does not open it; its own passphrase or code may."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _OTHER_KEY)


class NewerBackupError(LedgerError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"バックアップ「{path.name}」は新しい版の受託台帳で作られています。"
            "どのファイルにも手を加えていません。受託台帳を更新してから復元してください。"
        )


class BackupPassphraseError(LedgerError):
    def __init__(self) -> None:
        super().__init__(
            "パスフレーズが違います。このバックアップを作成したときのパスフレーズを入力するか、"
            "回復コードで開いてください。"
        )


class NoKeyFileError(LedgerError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"バックアップ「{path.name}」の隣に、使える鍵ファイル（{path.name}-key）がありません。"
            "回復シートの回復コードで開いてください。"
        )


def look(path: Path) -> None:
    """Raise ``LedgerError`` with what is wrong with the file as far as it shows without its key."""
    if path.is_dir():
        raise LedgerError(f"「{path.name}」はフォルダです。その中のバックアップ（.jutaku）を選んでください。")
    told(path, lambda: opening.examine(path))
    manifest = manifests.read(manifests.note_of(path))
    if manifest is not None and path.stat().st_size < manifest.size:
        raise UnusableBackupError(path, f"途中までしか写されていません。{_ANOTHER}")


def check_key(path: Path, key: bytes) -> None:
    """Raise ``LedgerError`` unless ``key`` opens the backup. Not a byte beside it changes."""
    told(path, lambda: _peek(path, key))


def by_passphrase(path: Path, passphrase: str, ledger: Path | None = None) -> bytes:
    """The master key, by the backup's own key files or, where it has none, by those of ``ledger``."""
    look(path)
    for holder in (path, ledger):
        if holder is None or not any(held is not None for held in keys.read_copies(holder)):
            continue
        try:
            key = keys.open_with_passphrase(holder, passphrase)
        except WrongPassphraseError:
            raise BackupPassphraseError from None
        except (KeyFileMissingError, KeyFileDamagedError):
            continue
        check_key(path, key)
        return key
    raise NoKeyFileError(path)


def by_code(path: Path, code: str) -> bytes:
    """The master key from the recovery sheet. Raises ``LedgerError``."""
    look(path)
    key = keys.key_from_code(code)
    check_key(path, key)
    return key


def by_keyring(path: Path) -> bytes | None:
    """The master key if the operating system remembers it for the backup's ledger."""
    look(path)
    manifest = manifests.read(manifests.note_of(path))
    ledger = opening.ledger_id(path) or (manifest.ledger if manifest else "")
    key = keyring_store.recall(ledger) if ledger else None
    if key is not None:
        check_key(path, key)
    return key


def _peek(path: Path, key: bytes) -> None:
    try:
        opening.peek(path, key)
    except TruncatedError:
        # All its pages are there: one of them is not what it was.
        raise DamagedError(path.name) from None


def told(path: Path, work: Callable[[], T]) -> T:
    """What ``work`` on the backup or its copy gives; what is wrong is told of the backup."""
    try:
        return work()
    except NewerFormatError:
        raise NewerBackupError(path) from None
    except WrongKeyError:
        raise OtherKeyError(path) from None
    except DamagedError:
        raise BrokenBackupError(path, "壊れています。") from None
    except LedgerError as error:
        for kind, said in _SAID:
            if isinstance(error, kind):
                raise UnusableBackupError(path, said) from None
        raise
