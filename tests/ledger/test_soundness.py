"""A finished backup is looked at again before it is counted on; nothing beside it misleads or stops that."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.common import Cancelled, Progress
from app.ledger.copies import manifests, soundness
from app.ledger.copies.listing import judged
from app.ledger.copies.manifests import Backup, Manifest, backups, note_of
from app.ledger.door import Ledger
from app.ledger.file.driver import PAGE_SIZE
from app.ledger.migrations import FORMAT
from app.ledger.secret import keys


@pytest.fixture
def held(full: Ledger, tmp_path: Path) -> Backup:
    """A backup made a moment ago."""
    full.backup(tmp_path / "控え")
    return backups(tmp_path / "控え")[0]


def test_a_fresh_backup_is_sound(held: Backup) -> None:
    assert soundness.flaw(held) == ""
    assert soundness.full_flaw(held) == ""
    assert soundness.flaw_of(held.path) == ""


def emptied(held: Backup) -> None:
    held.path.write_bytes(b"")


def cut(held: Backup) -> None:
    os.truncate(held.path, held.manifest.size - 1)


def lengthened(held: Backup) -> None:
    with held.path.open("ab") as file:
        file.write(b"\0")


def zeroed(held: Backup) -> None:
    held.path.write_bytes(bytes(held.manifest.size))


def half_copied(held: Backup) -> None:
    os.truncate(held.path, held.manifest.size // 2)
    os.truncate(held.path, held.manifest.size)


def plain(held: Backup) -> None:
    page = b"SQLite format 3\0" + os.urandom(PAGE_SIZE - 16)
    held.path.write_bytes(page + held.path.read_bytes()[PAGE_SIZE:])


def text(held: Backup) -> None:
    held.path.write_bytes((b"minutes of the meeting\r\n" * held.manifest.size)[: held.manifest.size])


def gone(held: Backup) -> None:
    held.path.unlink()


def folder(held: Backup) -> None:
    held.path.unlink()
    held.path.mkdir()


def without_keys(held: Backup) -> None:
    for path in keys.key_paths(held.path):
        path.unlink()


def broken_keys(held: Backup) -> None:
    for path in keys.key_paths(held.path):
        path.write_bytes(b"{}")


def without_manifest(held: Backup) -> None:
    note_of(held.path).unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (emptied, "中身が空（0バイト）"),
        (cut, "大きさが作成時と違います"),
        (lengthened, "大きさが作成時と違います"),
        (zeroed, "暗号化された台帳ではありません"),
        (half_copied, "暗号化された台帳ではありません"),
        (plain, "暗号化された台帳ではありません"),
        (text, "暗号化された台帳ではありません"),
        (gone, "見つかりません"),
        (folder, "ファイルではありません"),
        (without_keys, "鍵ファイルがないか壊れています"),
        (broken_keys, "鍵ファイルがないか壊れています"),
        (without_manifest, "作成時の記録"),
    ],
)
def test_what_is_wrong_is_said_without_a_key(held: Backup, harm: Callable[[Backup], None], said: str) -> None:
    harm(held)
    assert said in soundness.flaw_of(held.path)
    assert soundness.flaw_of(held.path).endswith("。")


def _noted(held: Backup, **changed: Any) -> str:
    told = json.loads(note_of(held.path).read_text("utf-8"))
    note_of(held.path).write_text(json.dumps({**told, **changed}), "utf-8")
    return judged(held.path).problem


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"format": FORMAT}, ""),
        ({"format": FORMAT + 1}, "新しい版"),
        ({"format": 99}, "新しい版"),
        ({"head": "0" * 64}, "先頭値が0だけ"),
        ({"head": "0" * 63 + "1"}, ""),
        ({"sequence": 0}, "記録が0件"),
        ({"sequence": 1}, ""),
        ({"sequence": 2**63 - 1}, "件とあります"),
        ({"made_at": "1999-12-31T23:59:59+09:00"}, "1999-12-31"),
        ({"made_at": "2000-01-01T00:00:00+09:00"}, ""),
        ({"made_at": "8999-12-31T23:59:59+09:00"}, "8999-12-31"),
    ],
)
def test_a_manifest_that_tells_what_cannot_be_is_no_proof(
    held: Backup, changed: dict[str, Any], said: str
) -> None:
    found = _noted(held, **changed)
    assert said in found
    assert bool(found) is bool(said)


@pytest.mark.parametrize(("more", "stands"), [(-1, True), (0, True), (1, False)])
def test_a_file_holds_no_more_entries_than_fit_into_it(held: Backup, more: int, stands: bool) -> None:
    assert (_noted(held, sequence=held.manifest.size // 64 + more) == "") is stands


@pytest.mark.parametrize(("more", "stands"), [(-1, True), (1, False)])
def test_a_clock_may_be_a_day_ahead_and_no_more(held: Backup, more: int, stands: bool) -> None:
    made = datetime.now(UTC) + timedelta(days=1, minutes=more)
    assert (_noted(held, made_at=made.isoformat(timespec="seconds")) == "") is stands


def test_a_size_that_is_no_whole_page_is_cut_whatever_the_manifest_says(held: Backup) -> None:
    cut(held)
    told = json.loads(note_of(held.path).read_text("utf-8"))
    note_of(held.path).write_text(json.dumps({**told, "size": told["size"] - 1}), "utf-8")
    assert "途中で切れています" in soundness.flaw_of(held.path)


def test_the_key_files_of_another_ledger_do_not_open_it(
    held: Backup, make: Callable[..., tuple[Ledger, str]]
) -> None:
    other, _code = make("別.jutaku")
    for source, target in zip(keys.key_paths(other.path), keys.key_paths(held.path), strict=True):
        shutil.copyfile(source, target)
    assert "別の台帳" in soundness.flaw(held)
    other.close()


def test_one_key_file_is_enough(held: Backup) -> None:
    keys.key_paths(held.path)[0].unlink()
    assert soundness.flaw(held) == ""


def test_one_changed_bit_shows_in_the_whole_check_alone(held: Backup) -> None:
    data = bytearray(held.path.read_bytes())
    data[len(data) // 2] ^= 1
    held.path.write_bytes(data)
    assert soundness.flaw(held) == ""
    assert "変わっています" in soundness.full_flaw(held)


def test_the_whole_check_tells_how_far_it_is_and_can_be_stopped(held: Backup) -> None:
    said: list[tuple[int, int]] = []
    soundness.full_flaw(held, Progress(lambda done, total, _what: said.append((done, total))))
    assert said[0] == (0, held.manifest.size)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        soundness.full_flaw(held, progress)


def test_what_cannot_be_read_is_no_proof(held: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, *_rest: Any, **_named: Any) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refused)
    assert "読み取れません" in soundness.flaw(held)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_a_pipe_in_any_place_is_never_waited_for(held: Backup) -> None:
    for path in (held.path, *keys.key_paths(held.path), note_of(held.path)):
        path.unlink()
        os.mkfifo(path)
    assert soundness.flaw(held) == "ファイルではありません。"
    assert soundness.flaw_of(held.path) == soundness.NO_MANIFEST
    assert backups(held.path.parent) == []


MANIFEST = Manifest("0" * 36, 4, "2026-04-01T09:00:00+09:00", 7, "a" * 64, "b" * 64, 4096)


@pytest.mark.parametrize(
    ("changed", "stands"),
    [
        ({}, True),
        ({"more": "of a later version"}, True),
        ({"size": 0}, False),
        ({"size": 1}, True),
        ({"size": 2**63 - 1}, True),
        ({"size": 2**63}, False),
        ({"size": -1}, False),
        ({"size": True}, False),
        ({"size": 4096.0}, False),
        ({"size": "4096"}, False),
        ({"sequence": -1}, False),
        ({"sequence": 0}, True),
        ({"format": 0}, False),
        ({"head": "a" * 63}, False),
        ({"head": "A" * 64}, False),
        ({"sha256": "b" * 65}, False),
        ({"ledger": "../../etc/passwd"}, False),
        ({"ledger": ["0" * 36]}, False),
        ({"made_at": "2026-04-01T09:00:00"}, False),
        ({"made_at": "1969-12-31T23:59:59+09:00"}, False),
        ({"made_at": "1970-01-01T00:00:00+09:00"}, True),
        ({"made_at": "8999-12-31T23:59:59+09:00"}, True),
        ({"made_at": "9000-01-01T00:00:00+09:00"}, False),
        ({"made_at": 20260401}, False),
        ({"made_at": None}, False),
    ],
)
def test_a_manifest_stands_or_is_none(tmp_path: Path, changed: dict[str, Any], stands: bool) -> None:
    note = tmp_path / "a.json"
    note.write_text(json.dumps({**json.loads(MANIFEST.to_text()), **changed}), "utf-8")
    assert (manifests.read(note) is not None) is stands


def test_a_manifest_of_just_the_longest_text_stands(tmp_path: Path) -> None:
    note, text = tmp_path / "a.json", MANIFEST.to_text()
    for more, stands in ((-1, True), (0, True), (1, False)):
        note.write_bytes((text + " " * (65536 + more - len(text))).encode())
        assert (manifests.read(note) is not None) is stands


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(), one),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300)
    | st.just(b"[" * 60000)
    | st.just(b'{"size": ' + b"9" * 60000 + b"}")
    | st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("ledger", "format", "made_at", "sequence", "head", "sha256", "size"), JSON),
    ).map(lambda held: json.dumps({**json.loads(MANIFEST.to_text()), **held}).encode())
)
def test_no_manifest_raises(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jutaku"
    path.write_bytes(b"x")
    note_of(path).write_bytes(data)
    assert soundness.flaw_of(path)
    for held in backups(tmp_path):
        assert held.manifest.moment.date().year >= 1970
        assert soundness.full_flaw(held)
