"""Which passphrase opens a ledger: its change, and the key files held against what the ledger knows.

The ledger keeps the seal that counts (``content/wrap``). A change stages the new key files, decides in one
transaction, then puts them in place. Killed before the transaction it never was; killed after it, the next
opening completes it. Nobody is told of a failure that changed something.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.ledger.content import wrap
from app.ledger.errors import LedgerError, LedgerGoneError, WriteFailedError
from app.ledger.file import driver
from app.ledger.file.driver import rows
from app.ledger.file.migrating import format_of
from app.ledger.file.small_files import write_whole
from app.ledger.proof import identity
from app.ledger.secret import keys, staging
from app.ledger.secret.keys import KeyFile

if TYPE_CHECKING:
    from app.ledger.file.driver import Connection
    from app.ledger.proof.journal import Writer

COMPLETED = (
    "途中で止まっていたパスフレーズの変更を完了しました。次からは新しいパスフレーズで開いてください。"
    "前のパスフレーズでは開けません。"
)
UNDONE = "途中で止まっていたパスフレーズの変更を取り消しました。次からも、前のパスフレーズで開いてください。"
STALE = (
    "台帳の隣の鍵ファイルが、最後に決めたパスフレーズのものではありませんでした"
    "（前の鍵ファイルが戻されたおそれがあります）。最後に決めたパスフレーズの鍵ファイルに戻しました。"
    "次からは、そのパスフレーズで開いてください。"
)
APART = (
    "台帳の隣の鍵ファイルとその控えが一致しません。前のパスフレーズでも開けるおそれがあります。"
    "設定でパスフレーズを変更すると、1つに揃います。"
)
UNWRITTEN = (
    "台帳の隣の鍵ファイルが、最後に決めたパスフレーズのものではありません。書き直されるまでは、"
    "前のパスフレーズでも開けます。フォルダの空きとアクセス権を確かめて、台帳を開き直してください。"
)


class NoBackupError(LedgerError):
    """The backup before the change failed, so that nothing was changed."""

    def __init__(self, why: LedgerError) -> None:
        super().__init__(
            f"変更する前のバックアップを作成できないため、パスフレーズは変更していません。{why.sentence}"
        )


class UnsureChangeError(LedgerError):
    """The disk failed so that nobody knows whether the change is on it; the next opening decides."""

    def __init__(self) -> None:
        super().__init__(
            "ディスクの読み書きに失敗し、パスフレーズを変更できたかどうか確かめられませんでした。"
            "前のパスフレーズと新しいパスフレーズの両方を控えたまま、台帳を開き直してください。"
            "開くときに、どちらかに決めてお知らせします。"
        )


class HalfChangedError(LedgerError):
    """The ledger took the change and the key files could not follow; the next opening writes them."""

    def __init__(self) -> None:
        super().__init__(
            "パスフレーズを変更しましたが、鍵ファイルを置き換えられませんでした。"
            "次に台帳を開くときに置き換えます。それまでは前のパスフレーズでも開けることがあります。"
            "ディスクの状態を確かめて、台帳を開き直してください。"
        )


def change(
    connection: Connection,
    path: Path,
    fresh: KeyFile,
    transaction: Callable[[], AbstractContextManager[None]],
    writer: Callable[[], Writer],
) -> None:
    """Make ``fresh`` the seal that counts. Raises ``LedgerError``.

    Works without any key file too, after the recovery code has opened the ledger. Whatever is raised but
    ``UnsureChangeError`` and ``HalfChangedError`` leaves everything as it was.
    """
    try:
        staging.stage(path, fresh)
    except LedgerError:
        _require_cleared(path)
        raise
    before, after = wrap.read(connection), staging.plain(fresh).to_text()
    try:
        # An empty log, so that one which cannot be written can still be cut back to nothing.
        driver.checkpoint(connection)
        with transaction():
            wrap.put(connection, after)
            writer().append(identity.deed(connection, "passphrase"))
    except LedgerGoneError:
        # What was written went into a file that nobody finds again: its key files are not touched.
        staging.clear(path)
        raise
    except BaseException as error:
        held = _certain(connection)
        if held not in (before, after):
            raise UnsureChangeError from error
        if held == before:
            staging.clear(path)
            _require_cleared(path)
            raise
    _put_in_place(path)


def fresh_seal(connection: Connection, path: Path, key: bytes, passphrase: str, cost: keys.Cost) -> KeyFile:
    """``key`` sealed under ``passphrase`` and proven to open. Raises ``LedgerError`` for a weak one."""
    known = identity.read(connection)
    if known is None:
        raise RuntimeError("opened without identity")
    found = [held for held in (*keys.read_copies(path), counting(connection)) if held is not None]
    revision = max((held.revision for held in found), default=0) + 1
    fresh = keys.seal(key, passphrase, known.ledger, known.format, cost=cost, revision=revision)
    if fresh.open(passphrase) != key:
        raise WriteFailedError
    return fresh


def counting(connection: Connection) -> KeyFile | None:
    """The seal that counts, ``None`` where the ledger notes none."""
    text = wrap.read(connection)
    try:
        return KeyFile.from_text(text) if text else None
    except ValueError:
        return None


def adopt(connection: Connection, path: Path, ledger: str) -> None:
    """Note, in the caller's transaction, the one seal that the key files agree on, if they do."""
    found = {staging.plain(held) for held in keys.read_copies(path) if held and held.ledger == ledger}
    if len(found) == 1:
        wrap.put(connection, found.pop().to_text())


def settle(connection: Connection, path: Path) -> str:
    """Bring the key files to what the ledger knows; return one sentence if somebody has to hear of it.

    Lost and damaged copies are written anew without a word. Where a folder cannot be written the ledger
    opens all the same.
    """
    known = identity.read(connection)
    ledger = known.ledger if known else ""
    counts = counting(connection)
    if counts is None:
        return _agree(path, ledger, format_of(connection))
    begun = staging.staged(path)
    copies = keys.read_copies(path)
    foreign = any(held is not None and not staging.same(held, counts) for held in copies)
    try:
        _write(path, replace(counts, format=format_of(connection)))
    except WriteFailedError:
        return UNWRITTEN if foreign else ""
    staging.clear(path)
    if begun is not None:
        return COMPLETED if staging.same(begun, counts) else UNDONE
    return STALE if foreign else ""


def faults(connection: Connection, path: Path) -> str:
    """One sentence if a key file beside the ledger opens with another passphrase than the one that counts."""
    counts = counting(connection)
    copies = [held for held in keys.read_copies(path) if held is not None]
    if counts is None:
        return APART if len({staging.plain(held) for held in copies}) > 1 else ""
    return "" if all(staging.same(held, counts) for held in copies) else UNWRITTEN


def _certain(connection: Connection) -> str | None:
    """The seal that counts after a write that failed, ``None`` if the disk may still hold another.

    A log whose last commit could not be made sure may be read again at the next opening; cut back to
    nothing, it cannot.
    """
    with suppress(driver.Error):
        if not rows(connection, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            return wrap.read(connection)
    return None


def _require_cleared(path: Path) -> None:
    """Raise ``UnsureChangeError`` while a new key file lies there: its passphrase opens until it is gone."""
    if staging.staged(path) is not None:
        raise UnsureChangeError


def _put_in_place(path: Path) -> None:
    for last in (False, True):
        try:
            staging.promote(path)
        except OSError as error:
            if last:
                raise HalfChangedError from error
        else:
            staging.clear(path)
            return


def _write(path: Path, counts: KeyFile) -> None:
    for target, held in zip(keys.key_paths(path), keys.read_copies(path), strict=True):
        if not staging.same(held, counts) or (held and held.format != counts.format):
            write_whole(target, counts.to_text().encode("ascii"))


def _agree(path: Path, ledger: str, form: int) -> str:
    """Without a noted seal: heal one copy from the other, and say so if two sound ones differ.

    Which of them the user still knows is not for the program to guess; one of another ledger opens nothing.
    """
    own = [held for held in keys.read_copies(path) if held is not None and held.ledger == ledger]
    if not own:
        return ""
    if len({staging.plain(held) for held in own}) > 1:
        return APART
    with suppress(WriteFailedError):
        _write(path, replace(own[0], format=form))
    staging.clear(path)
    return ""
