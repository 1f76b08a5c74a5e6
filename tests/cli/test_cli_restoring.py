"""backups and restore: exact JSON, exit codes, and one sentence for everything that is no backup."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.secret import keys

Run = Callable[..., Any]
Refused = Callable[[Any], str]
PASSPHRASE = "きのう 見た 赤い 自転車"


@pytest.fixture
def made(jutaku: Run, folder: Path) -> Path:
    """A backup, after which one more record was written."""
    backup = Path(jutaku("backup", folder / "控え", "--json").json["backup"])
    record = folder / "client.json"
    record.write_text(json.dumps([{"name": "あとの市", "addressee": "あとの市長"}]), "utf-8")
    assert jutaku("import", "client", record).code == 0
    return backup


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


def test_backups_are_listed_with_what_is_wrong(jutaku: Run, run: Run, folder: Path, made: Path) -> None:
    again = Path(jutaku("backup", folder / "控え", "--json").json["backup"])
    data = bytearray(again.read_bytes())
    data[len(data) // 2 + 99] ^= 1
    again.write_bytes(data)
    (folder / "控え" / "写し.jutaku").write_bytes(made.read_bytes())
    ran = run("backups", "--dir", folder / "控え", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [list(one) for one in ran.json] == [
        ["file", "made", "bytes", "entries", "verified", "problem"]
    ] * 3
    newest, oldest, bare = ran.json
    assert (newest["file"], newest["verified"]) == (str(again), False)
    assert "変わって" in newest["problem"]
    assert (oldest["file"], oldest["bytes"]) == (str(made), made.stat().st_size)
    assert (oldest["verified"], oldest["problem"], oldest["made"][-6]) == (True, None, "+")
    assert (bare["made"], bare["entries"], bare["verified"]) == (None, None, False)
    shown = run("backups", "--dir", folder / "控え").out
    assert "検証済み" in shown
    assert made.name in shown


def test_without_a_folder_those_of_the_ledger_are_listed(jutaku: Run, made: Path) -> None:
    assert [Path(one["file"]).parent.name for one in jutaku("backups", "--json").json] == ["sample-backup"]


def test_a_folder_that_is_not_there_is_one_sentence(run: Run, refused: Refused, tmp_path: Path) -> None:
    assert "フォルダ" in refused(run("backups", "--dir", tmp_path / "none", "--json"))


def test_a_dry_run_says_what_would_be_lost_and_writes_nothing(jutaku: Run, folder: Path, made: Path) -> None:
    before, ledger = names(folder), (folder / "sample.jutaku").read_bytes()
    ran = jutaku("restore", made, "--dry-run", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert list(ran.json) == ["backup", "made", "entries", "verified", "lost", "only_in_backup"]
    assert (ran.json["backup"], ran.json["verified"]) == (str(made), True)
    lost, beside = ran.json["lost"]
    assert list(lost) == ["entry", "record", "key", "at"]
    assert (lost["entry"], lost["record"]) == (ran.json["entries"] + 1, "client")
    assert beside["record"] == "import_run"
    assert "あとの市" in lost["key"]
    assert ran.json["only_in_backup"] == []
    assert (names(folder), (folder / "sample.jutaku").read_bytes()) == (before, ledger)
    assert "この復元で失われる記録：2件" in jutaku("restore", made, "--dry-run").out


def test_no_name_steers_the_terminal(run: Run, folder: Path, made: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows takes no such names")
    (folder / "控え" / "写\x1b[2J\u202eし\x9b\x07.jutaku").write_bytes(made.read_bytes())
    shown = run("backups", "--dir", folder / "控え").out
    assert "写\\x1b[2J\\u202eし\\x9b\\x07.jutaku" in shown
    told = run("backups", "--dir", folder / "控え", "--json")
    assert any("写\x1b[2J\u202eし\x9b\x07.jutaku" in one["file"] for one in told.json)
    for out in (shown, told.out):
        assert not set("\x1b\u202e\x9b\x07") & set(out)


def test_a_sentence_with_a_strange_name_is_marked_as_well(run: Run, refused: Refused, tmp_path: Path) -> None:
    assert "none\\x1b\\u2066" in refused(run("backups", "--dir", tmp_path / "none\x1b\u2066"))


def test_a_restore_puts_nothing_in_the_place_of_a_pipe(
    run: Run, refused: Refused, folder: Path, made: Path
) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no pipes in folders")
    os.mkfifo(folder / "pipe.jutaku")
    word = folder / "pass.txt"
    for given in (("--ledger", folder / "pipe.jutaku"), ("--to", folder / "pipe.jutaku")):
        assert "パイプ" in refused(run("restore", made, *given, "--passphrase-file", word))
    assert (folder / "pipe.jutaku").is_fifo()


def test_a_restore_that_fails_leaves_no_lock_behind(
    jutaku: Run, refused: Refused, folder: Path, made: Path
) -> None:
    made.write_bytes(made.read_bytes()[:-4096] + bytes(4096))
    before = {path.name for path in folder.iterdir()}
    refused(jutaku("restore", made, "--to", folder / "new.jutaku"))
    assert {path.name for path in folder.iterdir()} == before


def test_a_dry_run_says_what_the_manifest_contradicts(jutaku: Run, made: Path) -> None:
    note = made.with_name(f"{made.name}.json")
    note.write_text(json.dumps({**json.loads(note.read_text("utf-8")), "sequence": 1}), "utf-8")
    said = "作成時の記録（.json）の記録の件数が、ファイルの中身と合いません。"
    (told,) = jutaku("restore", made, "--dry-run", "--json").json["notes"]
    assert said in told
    assert said in jutaku("restore", made, "--dry-run").out


def test_a_restore_switches_and_keeps_what_was_there(jutaku: Run, run: Run, folder: Path, made: Path) -> None:
    before = jutaku("records", "--json").json["client"]
    ran = jutaku("restore", made, "--json")
    assert (ran.code, ran.err) == (0, "")
    kept = Path(ran.json["kept"])
    assert jutaku("records", "--json").json["client"] == before - 1
    assert jutaku("verify", "--json").json["ok"] is True
    old = ("--ledger", kept, "--passphrase-file", folder / "pass.txt")
    assert run("records", *old, "--json").json["client"] == before
    assert jutaku("restore", made).out.count("復元") >= 2


def test_a_file_and_the_recovery_code_are_enough(run: Run, folder: Path, made: Path, tmp_path: Path) -> None:
    code = tmp_path / "code.txt"
    code.write_text(keys.recovery_code(unlock(made, PASSPHRASE)), "utf-8")
    for path in keys.key_paths(made):
        path.unlink()
    secret = tmp_path / "new.txt"
    secret.write_text("まったく あたらしい 合言葉", "utf-8")
    new = tmp_path / "新.jutaku"
    given = ("--recovery-code-file", code, "--passphrase-file", secret)
    ran = run("restore", made, "--to", new, *given, "--json")
    assert (ran.code, ran.json["kept"], ran.json["lost"]) == (0, None, [])
    with Ledger.open(new, unlock(new, "まったく あたらしい 合言葉")) as ledger:
        assert ledger.verify().ok
    assert run("records", "--passphrase-file", secret, "--json").code == 0


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_is_no_backup_is_one_sentence(
    jutaku: Run, folder: Path, made: Path, refused: Refused, tmp_path: Path, dry: list[str]
) -> None:
    ledger = (folder / "sample.jutaku").read_bytes()
    hollow = tmp_path / "hollow.jutaku"
    hollow.write_bytes(b"")
    assert "空" in refused(jutaku("restore", hollow, *dry))
    assert "見つかりません" in refused(jutaku("restore", tmp_path / "none.jutaku", *dry))
    assert "フォルダ" in refused(jutaku("restore", made.parent, *dry))
    assert "テキスト" not in refused(jutaku("restore", folder / "pass.txt", *dry))
    assert "既にあります" in refused(jutaku("restore", made, "--to", folder / "sample.jutaku", *dry))
    assert "同じファイル" in refused(jutaku("restore", folder / "sample.jutaku", *dry))
    assert (folder / "sample.jutaku").read_bytes() == ledger


def test_without_a_key_it_says_which_ways_there_are(
    run: Run, refused: Refused, made: Path, folder: Path
) -> None:
    said = refused(run("restore", made, "--ledger", folder / "sample.jutaku"))
    assert "--passphrase-file" in said
    assert "--recovery-code-file" in said


def test_a_backup_is_not_opened_as_the_ledger(run: Run, refused: Refused, made: Path, folder: Path) -> None:
    said = refused(run("records", "--ledger", made, "--passphrase-file", folder / "pass.txt"))
    assert "バックアップから復元" in said
