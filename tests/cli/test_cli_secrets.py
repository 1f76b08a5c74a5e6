"""The command that changes the passphrase, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access.opening import unlock
from app.ledger.copies.manifests import backups
from app.ledger.errors import WrongPassphraseError
from app.ledger.secret.keys import key_paths

Run = Callable[..., Any]
Refused = Callable[[Any], str]
OLD, NEW = "きのう 見た 赤い 自転車", "あした 乗る 青い 自転車"


@pytest.fixture
def wanted(folder: Path) -> Path:
    path = folder / "new.txt"
    path.write_text(NEW + "\n", encoding="utf-8")
    return path


def test_the_passphrase_is_changed_after_a_backup(jutaku: Run, folder: Path, wanted: Path) -> None:
    ledger = folder / "sample.jutaku"
    ran = jutaku("passphrase", "--new-passphrase-file", wanted, "--json")
    assert (ran.code, ran.json) == (0, {"ledger": str(ledger), "changed": True})
    assert "バックアップ" in ran.err
    key = unlock(ledger, NEW)
    with pytest.raises(WrongPassphraseError):
        unlock(ledger, OLD)
    (saved,) = backups(folder / "sample-backup")
    assert unlock(saved.path, OLD) == key


def test_a_weak_one_is_refused_before_anything_is_done(
    jutaku: Run, refused: Refused, folder: Path, wanted: Path
) -> None:
    wanted.write_text("ｐａｓｓｗｏｒｄ\n", encoding="utf-8")
    assert "よく使われる言葉" in refused(jutaku("passphrase", "--new-passphrase-file", wanted))
    assert not (folder / "sample-backup").exists()
    assert unlock(folder / "sample.jutaku", OLD)


def test_a_new_ledger_refuses_a_weak_one(run: Run, refused: Refused, folder: Path, wanted: Path) -> None:
    wanted.write_text("12345678\n", encoding="utf-8")
    made = run("new", folder / "n.jutaku", "--passphrase-file", wanted, "--recovery", folder / "s.pdf")
    assert "並びのまま" in refused(made)
    assert not list(folder.glob("n.jutaku*"))


def test_the_present_one_has_to_be_given(run: Run, refused: Refused, folder: Path, wanted: Path) -> None:
    ran = run("passphrase", "--ledger", folder / "sample.jutaku", "--new-passphrase-file", wanted)
    assert "現在のパスフレーズ" in refused(ran)


def test_an_old_key_file_put_back_is_said_on_the_error_stream(
    jutaku: Run, folder: Path, wanted: Path
) -> None:
    first = key_paths(folder / "sample.jutaku")[0]
    old = first.read_bytes()
    assert jutaku("passphrase", "--new-passphrase-file", wanted).code == 0
    first.write_bytes(old)
    ran = jutaku("records", "--json")
    assert ran.code == 0
    assert "鍵ファイルに戻しました" in ran.err
    assert ran.json["vendor"] == 1
