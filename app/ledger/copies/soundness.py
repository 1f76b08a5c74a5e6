"""Whether a finished backup can still be counted on, judged without its key.

A backup was proven when it was made; since then a stick was pulled out, a disk lost pages, somebody
emptied or replaced the file. Until it is looked at again, its name in a list says nothing.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.common import Progress
from app.filesystem import opened
from app.ledger.copies import manifests, marks
from app.ledger.copies.manifests import Backup, Manifest
from app.ledger.file.driver import PAGE_SIZE
from app.ledger.file.pages import PLAIN, looks_encrypted
from app.ledger.migrations import FORMAT
from app.ledger.secret import keys

NO_MANIFEST = "作成時の記録（.json）がないか壊れているため、最後まで作成されたものか分かりません。"
_CHANGED = "中身が作成時から変わっています。復元には使えません。"
_UNREADABLE = "読み取れません。保存先の接続とファイルのアクセス権を確かめてください。"
_SAMPLES = 32
"""Pages looked at, evenly over the file: a copy cut short and filled up with zeros shows among them."""
_UNUSED_PAGE = 0x40000000 // PAGE_SIZE
"""SQLite never writes the page that holds this byte: it keeps its locks there."""
_CHUNK = 1024 * 1024
_NO_HEAD = "0" * 64
_MOST_ENTRIES = 2**40
_LEAST_ENTRY = 64
"""Bytes that every entry of a journal takes at the very least: its hash."""
_FIRST_YEAR = 2000
_CLOCK = timedelta(days=1)
"""So far ahead the clock of the computer may have been on which a backup was made."""
_STRANGE = "作成時の記録（.json）が誤っています"


def flaw_of(path: Path) -> str:
    """``flaw`` of the backup ``path`` with the manifest that lies beside it."""
    manifest = manifests.read(manifests.note_of(path))
    return NO_MANIFEST if manifest is None else flaw(Backup(path, manifest))


def flaw(held: Backup) -> str:
    """Why ``held`` cannot be counted on, empty if nothing speaks against it; reads a few pages only.

    A predicate in Japanese that stands by itself or after 「バックアップ「名前」は」. Never raises.
    """
    try:
        return (
            _size_flaw(held)
            or marks.read(held.path)
            or _pages_flaw(held.path)
            or note_flaw(held.manifest)
            or _key_flaw(held)
        )
    except OSError:
        return _UNREADABLE


def full_flaw(held: Backup, progress: Progress | None = None) -> str:
    """``flaw``, and every byte against the checksum of the day it was made; what differs is marked.

    Raises ``Cancelled`` alone.
    """
    if found := flaw(held):
        return found
    try:
        same = checksum(held.path, progress or Progress()) == held.manifest.sha256
    except OSError:
        return _UNREADABLE
    if not same:
        marks.put(held.path, _CHANGED)
    return "" if same else _CHANGED


def checksum(path: Path, progress: Progress) -> str:
    """The SHA-256 of a file. Raises ``OSError`` or ``Cancelled``."""
    made, done, size = hashlib.sha256(), 0, path.stat().st_size
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            progress.step(done, size, "バックアップの中身を確かめています")
            made.update(chunk)
            done += len(chunk)
    return made.hexdigest()


def note_flaw(manifest: Manifest) -> str:
    """What a manifest says that no backup can be, empty if nothing: anyone may have written it."""
    if manifest.format > FORMAT:
        return "新しい版の受託台帳で作られています。受託台帳を更新してから復元してください。"
    if manifest.head == _NO_HEAD:
        return f"{_STRANGE}（先頭値が0だけです）。書き換えられていないか確かめてください。"
    if not 0 < manifest.sequence <= min(_MOST_ENTRIES, manifest.size // _LEAST_ENTRY):
        return (
            f"{_STRANGE}（記録が{manifest.sequence:,}件とありますが、そのような台帳はありません）。"
            "書き換えられていないか確かめてください。"
        )
    return ""


def day_flaw(manifest: Manifest) -> str:
    """What is wrong with the day a manifest tells, empty if nothing.

    Not one of the backup itself: it may hold all it says, made while the clock of the computer was wrong.
    """
    if manifest.moment.year < _FIRST_YEAR or manifest.moment > datetime.now(UTC) + _CLOCK:
        return (
            f"{_STRANGE}（作成日時が{manifest.moment:%Y-%m-%d}です）。"
            "PCの時計が合っているか、書き換えられていないか確かめてください。"
        )
    return ""


def _size_flaw(held: Backup) -> str:
    if not held.path.exists():
        return "ファイルが見つかりません。"
    if not held.path.is_file():
        return "ファイルではありません。"
    size, made = held.path.stat().st_size, held.manifest.size
    if not size:
        return "中身が空（0バイト）です。復元には使えません。"
    if size != made:
        return f"大きさが作成時と違います（作成時 {made:,}バイト、現在 {size:,}バイト）。復元には使えません。"
    return "" if size % PAGE_SIZE == 0 else "途中で切れています。復元には使えません。"


def _pages_flaw(path: Path) -> str:
    with opened(path) as file:
        last = path.stat().st_size // PAGE_SIZE - 1
        for number in sorted({last * step // _SAMPLES for step in range(_SAMPLES + 1)}):
            file.seek(number * PAGE_SIZE)
            page = file.read(PAGE_SIZE)
            if number != _UNUSED_PAGE and (page.startswith(PLAIN) or not looks_encrypted(page)):
                return "中身が暗号化された台帳ではありません。復元には使えません。"
    return ""


def _key_flaw(held: Backup) -> str:
    copies = [copy for copy in keys.read_copies(held.path) if copy is not None]
    if not copies:
        return "鍵ファイルがないか壊れています。開くには回復コードが要ります。"
    if not any(copy.ledger == held.manifest.ledger for copy in copies):
        return "鍵ファイルが別の台帳のものです。開くには回復コードが要ります。"
    return ""
