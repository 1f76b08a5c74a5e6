"""new, verify, backup, and every way in which a ledger may fail to open."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.exchange.demo import sample
from app.ledger.access.opening import unlock, unlock_with_code
from app.ledger.door import Ledger
from app.printing.pages import OpenPdf

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "pass.txt"
    path.write_text("正しい 馬 電池 ホチキス\r\n", encoding="utf-8-sig", newline="")
    return path


def test_a_new_ledger_comes_with_its_recovery_sheet_and_is_used_from_then_on(
    run: Run, tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sheet = tmp_path / "台帳.jutaku", tmp_path / "回復シート.pdf"
    ran = run("new", path, "--passphrase-file", secret, "--recovery", sheet, "--officer", "髙橋 美咲")
    assert (ran.code, ran.err) == (0, "")
    with OpenPdf(sheet.read_bytes()) as opened:
        text = "".join(opened.text(0).split())
    assert "髙橋美咲" in text
    code = "".join(c for c in text[text.index("回復コード") + 5 : text.index("２使うとき")])
    assert unlock_with_code(path, code) == unlock(path, "正しい 馬 電池 ホチキス")
    assert code[:7] not in ran.out
    monkeypatch.setenv("JUTAKU_PASSPHRASE_FILE", str(secret))
    assert run("records", "--json").json["vendor"] == 0
    with Ledger.open(path, unlock(path, "正しい 馬 電池 ホチキス")) as ledger:
        assert ledger.officer == "髙橋 美咲"
    if os.name != "nt":
        assert stat.S_IMODE(sheet.stat().st_mode) == 0o600


def test_nothing_is_overwritten_and_nothing_is_left_half_made(
    run: Run, tmp_path: Path, secret: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sheet = tmp_path / "l.jutaku", tmp_path / "s.pdf"

    def new(ledger: Path, recovery: Path) -> Any:
        return run("new", ledger, "--passphrase-file", secret, "--recovery", recovery)

    sheet.write_bytes(b"another ledger's sheet")
    assert "既にあります" in refused(new(path, sheet))
    assert sheet.read_bytes() == b"another ledger's sheet"
    assert "がありません" in refused(new(path, tmp_path / "none" / "s.pdf"))
    other = tmp_path / "other.jutaku"
    other.write_bytes(b"another ledger")
    assert "既にあります" in refused(new(other, tmp_path / "t.pdf"))
    assert other.read_bytes() == b"another ledger"
    other.unlink()
    assert "パスフレーズ" in refused(run("new", path, "--recovery", tmp_path / "t.pdf"))

    def fail(*_: object) -> bytes:
        raise OSError(28, "no space")

    monkeypatch.setattr("app.exchange.recovery_sheet.recovery_pdf", fail)
    assert new(path, tmp_path / "t.pdf").code == 1
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".jutaku" or "-key" in p.name) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1行だけ"),
        (b"\n", "1行だけ"),
        (b"one\ntwo\n", "1行だけ"),
        (b"\xff\xfe\x00", "1行だけ"),
        (b"x" * 5000, "1行だけ"),
        (b"wrong horse battery", "パスフレーズが違います"),
        (None, "読めません"),
    ],
)
def test_a_passphrase_file_that_does_not_open_the_ledger_is_named(
    run: Run, folder: Path, refused: Refused, content: bytes | None, said: str
) -> None:
    file = folder / "other.txt"
    if content is not None:
        file.write_bytes(content)
    ran = run("records", "--ledger", folder / "sample.jutaku", "--passphrase-file", file, "--json")
    assert said in refused(ran)


def test_files_that_are_no_open_ledger_are_told_apart(run: Run, folder: Path, refused: Refused) -> None:
    def said(path: Path) -> str:
        return refused(run("records", "--ledger", path, "--passphrase-file", folder / "pass.txt"))

    empty, text, plain = folder / "empty.jutaku", folder / "text.jutaku", folder / "plain.jutaku"
    empty.write_bytes(b"")
    text.write_text("これは台帳ではない\n" * 500, encoding="utf-8")
    plain.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    cut = folder / "sample.jutaku"
    cut.write_bytes(cut.read_bytes()[:-100])
    sentences = [said(folder / "none.jutaku"), said(empty), said(text), said(plain), said(cut)]
    for word, sentence in zip(
        (
            "見つかりません",
            "空です",
            "受託台帳のファイルではありません",
            "暗号化されていない",
            "途中で切れて",
        ),
        sentences,
        strict=True,
    ):
        assert word in sentence
    assert len(set(sentences)) == 5


def test_without_ledger_or_key_it_says_what_to_give(run: Run, folder: Path, refused: Refused) -> None:
    assert "--ledger" in refused(run("records"))
    assert "--passphrase-file" in refused(run("records", "--ledger", folder / "sample.jutaku"))


def test_the_passphrase_file_of_the_environment_comes_second(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.setenv("JUTAKU_PASSPHRASE_FILE", str(folder / "pass.txt"))
    ledger = folder / "sample.jutaku"
    assert run("records", "--ledger", ledger, "--json").code == 0
    wrong = folder / "wrong.txt"
    wrong.write_text("wrong horse battery", encoding="utf-8")
    assert "違います" in refused(run("records", "--ledger", ledger, "--passphrase-file", wrong))


def test_a_key_that_the_system_remembers_opens_without_a_passphrase(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "sample.jutaku"
    key = unlock(path, (folder / "pass.txt").read_text(encoding="utf-8").strip())
    monkeypatch.setattr("app.ledger.access.opening.unlock_from_keyring", lambda _path: key)
    assert run("records", "--ledger", path, "--json").json["person"] == len(sample("person"))


def test_a_ledger_in_use_is_refused_within_two_seconds_and_says_who_holds_it(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    path = folder / "sample.jutaku"
    command: list[str | Path] = [sys.executable, "-m", "app", "records", "--ledger", path]
    with Ledger.open(path, unlock(path, (folder / "pass.txt").read_text(encoding="utf-8").strip())):
        done = subprocess.run(
            [*command, "--passphrase-file", folder / "pass.txt"],
            capture_output=True,
            timeout=300,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    assert done.returncode == 1
    assert "使用中" in done.stderr.decode("utf-8")
    assert jutaku("records").code == 0


def test_verify_finds_nothing_wrong_in_a_sound_ledger(jutaku: Run) -> None:
    found = jutaku("verify", "--json").json
    assert found["ok"] is True
    assert found["entries"] > 100
    assert found["problems"] == []
    assert "改変は見つかりませんでした" in jutaku("verify").out


def test_verify_tells_an_archived_pdf_from_an_altered_and_a_foreign_one(jutaku: Run, folder: Path) -> None:
    out = folder / "n.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", "2026-03-20", "--out", out)
    found = jutaku("verify", "--pdf", out, "--json")
    assert (found.code, found.json["ok"], found.json["document"]) == (0, True, "2025-0001")
    assert "控えと一致しました" in jutaku("verify", "--pdf", out).out
    altered = folder / "altered.pdf"
    altered.write_bytes(out.read_bytes() + b"\n%changed\n")
    ran = jutaku("verify", "--pdf", altered, "--json")
    assert (ran.code, ran.json["ok"], ran.json["document"]) == (1, False, "2025-0001")
    assert "内容が控えと異なります" in ran.json["problems"][0]["problem"]
    assert ran.err.count("\n") == 1
    foreign = folder / "draft.pdf"
    jutaku(
        "issue", "location-notice", "--contract", "MK-1024", "--on", "2026-03-20", "--draft", "--out", foreign
    )
    ran = jutaku("verify", "--pdf", foreign, "--json")
    assert (ran.json["ok"], ran.json["document"]) == (False, None)


def test_verify_names_a_file_that_is_no_pdf(jutaku: Run, folder: Path, refused: Refused) -> None:
    assert "PDFではありません" in refused(jutaku("verify", "--pdf", folder / "pass.txt", "--json"))
    assert "見つかりません" in refused(jutaku("verify", "--pdf", folder / "none.pdf", "--json"))
    broken = folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    assert jutaku("verify", "--pdf", broken, "--json").json["document"] is None


def test_a_backup_opens_with_the_same_passphrase_and_verifies(jutaku: Run, run: Run, folder: Path) -> None:
    made = Path(jutaku("backup", folder / "控え", "--json").json["backup"])
    assert made.parent == folder / "控え"
    secret = ("--passphrase-file", folder / "pass.txt")
    assert run("restore", made, "--to", folder / "二つ目.jutaku", *secret).code == 0
    copy = ("--ledger", folder / "二つ目.jutaku", *secret)
    assert run("verify", *copy, "--json").json["ok"] is True
    assert run("records", *copy, "--json").json == jutaku("records", "--json").json


def test_a_backup_into_a_file_is_refused(jutaku: Run, folder: Path, refused: Refused) -> None:
    refused(jutaku("backup", folder / "pass.txt"))


def test_a_fault_of_the_program_is_one_sentence_and_its_record_holds_no_values(
    jutaku: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("髙橋 美咲")

    monkeypatch.setattr("app.ledger.door.Ledger.facts", broken)
    assert "不具合" in refused(jutaku("records"))
    noted = (home / "log" / "errors.txt").read_text(encoding="utf-8")
    assert "RuntimeError" in noted
    assert "髙橋" not in noted


@pytest.mark.parametrize("size", [241, 400])
def test_a_name_too_long_is_called_that_and_nothing_is_made(
    run: Run, tmp_path: Path, secret: Path, refused: Refused, size: int
) -> None:
    (folder := tmp_path / "保存先").mkdir()
    name, sheet = "長" * size, folder / "回復シート.pdf"
    arguments = ("--passphrase-file", secret, "--recovery")
    assert "名前が長すぎて" in refused(run("new", folder / f"{name}.jutaku", *arguments, sheet))
    long_sheet = folder / f"{name * 2}.pdf"
    assert "名前が長すぎます" in refused(run("new", folder / "台帳.jutaku", *arguments, long_sheet))
    assert "名前が長すぎます" in refused(run("demo", folder / (name * 2)))
    assert list(folder.iterdir()) == []
