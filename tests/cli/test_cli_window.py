"""Starting the window from the command line: which ledger, and what happens without a display."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import show_window
from app.ledger.door import Ledger
from app.preferences import Preferences

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, str]]:
    """What the window was started with: the path to be unlocked, and the ledger that was opened behind it."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    seen: list[tuple[Path | None, str]] = []

    def run(_program: object, path: Path | None = None, opening: Callable[[], Ledger] | None = None) -> int:
        ledger = opening() if opening else None
        seen.append((path, ledger.path.name if ledger else ""))
        if ledger:
            ledger.close()
        return 0

    monkeypatch.setattr("app.ui.shell.app.run", run)
    return seen


def test_without_a_command_the_window_opens(run: Run, started: list[Any]) -> None:
    assert run().code == 0
    assert started == [(None, "")]
    assert gc.isenabled(), "a window that was closed before it was filled leaves it off"


def test_a_ledger_named_without_a_key_is_asked_for_its_passphrase(
    run: Run, started: list[Any], folder: Path
) -> None:
    assert run("--ledger", folder / "sample.jutaku").code == 0
    assert started == [(folder / "sample.jutaku", "")]


def test_a_ledger_with_its_passphrase_file_opens_at_once_and_is_remembered(
    jutaku: Run, started: list[Any], folder: Path
) -> None:
    assert jutaku().code == 0
    assert started == [(folder / "sample.jutaku", "sample.jutaku")]
    assert Preferences().ledger() == folder / "sample.jutaku"


def test_the_windowed_entry_understands_the_same_options(folder: Path, started: list[Any]) -> None:
    arguments = ["--ledger", str(folder / "sample.jutaku"), "--passphrase-file", str(folder / "pass.txt")]
    assert show_window(arguments) == 0
    assert started == [(folder / "sample.jutaku", "sample.jutaku")]


def test_a_wrong_passphrase_file_is_one_sentence(
    run: Run, started: list[Any], folder: Path, refused: Refused
) -> None:
    wrong = folder / "wrong.txt"
    wrong.write_text("wrong horse battery", encoding="utf-8")
    ran = run("--ledger", folder / "sample.jutaku", "--passphrase-file", wrong)
    assert "パスフレーズが違います" in refused(ran)
    assert started == []


@pytest.mark.parametrize(("arguments", "said"), [(["--colour"], "使えません"), (["--ledger"], "値を指定")])
def test_without_a_console_what_is_wrong_is_said_in_a_box(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr("app.cli.output._show_box", boxes.append)
    monkeypatch.setattr("sys.stderr", None)
    assert show_window(arguments) == 2
    assert len(boxes) == 1
    assert said in boxes[0]


def test_without_a_console_a_refused_ledger_is_told_in_a_box(
    monkeypatch: pytest.MonkeyPatch, started: list[Any], folder: Path
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr("app.cli.output._show_box", boxes.append)
    monkeypatch.setattr("sys.stderr", None)
    asked = ["--ledger", str(folder / "none.jutaku"), "--passphrase-file", str(folder / "pass.txt")]
    assert show_window(asked) == 1
    assert len(boxes) == 1
    assert "見つかりません" in boxes[0]
    assert started == []


@pytest.mark.parametrize("seen", [True, False], ids=["screen", "no screen"])
def test_without_a_console_what_the_window_told_is_not_told_again_in_a_box(
    monkeypatch: pytest.MonkeyPatch, started: list[Any], folder: Path, seen: bool
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr("app.cli.output._show_box", boxes.append)
    monkeypatch.setattr("app.cli.window.has_display", lambda: seen)
    monkeypatch.setattr("sys.stderr", None)
    wrong = folder / "wrong.txt"
    wrong.write_text("wrong horse battery", encoding="utf-8")
    asked = ["--ledger", str(folder / "sample.jutaku"), "--passphrase-file", str(wrong)]
    assert show_window(asked) == 1
    assert len(boxes) == (0 if seen else 1)
    assert started == []


def test_without_a_display_it_is_one_sentence_and_no_abort(
    run: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "画面がない" in refused(run())


@pytest.mark.parametrize("entry", ["window", "console"])
def test_a_ledger_dropped_on_the_icon_is_opened(
    run: Run, started: list[Any], folder: Path, entry: str
) -> None:
    """Explorer hands over the whole path, also for 送る and for a double click."""
    there = folder / "佐藤 𠮷子" / "受託台帳.JUTAKU"
    there.parent.mkdir()
    there.write_bytes((folder / "sample.jutaku").read_bytes())
    code = show_window([str(there)]) if entry == "window" else run(there).code
    assert code == 0
    assert started == [(there, "")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("届出書.pdf", b"%PDF-1.7\n", "「届出書.pdf」はPDFファイルで、受託台帳のファイルではありません。"),
        ("メモ.jutaku", "おぼえ書き\n".encode(), "受託台帳のファイルではありません。"),
        ("別.db", b"SQLite format 3\0" + bytes(4080), "暗号化されていない別のデータベースです。"),
        ("フォルダ", None, "受託台帳のファイルではありません。"),
    ],
)
def test_what_is_no_ledger_is_one_sentence_and_no_window(
    started: list[Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    path = tmp_path / name
    path.mkdir() if content is None else path.write_bytes(content)
    assert show_window([str(path)]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert started == []


def test_a_ledger_on_a_share_is_one_sentence_and_no_window(
    started: list[Any], folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.file.places._on_network", lambda _path: True)
    assert show_window([str(folder / "sample.jutaku")]) == 1
    told = capsys.readouterr().err
    assert "ネットワーク上のフォルダには置けません" in told
    assert told.count("\n") == 1
    assert started == []


def test_a_ledger_that_is_cut_opens_the_window_which_leads_to_the_backups(
    started: list[Any], folder: Path, tmp_path: Path
) -> None:
    """Double-clicked, it must not end in a box from which nothing leads on."""
    cut = tmp_path / "sample.jutaku"
    cut.write_bytes((folder / "sample.jutaku").read_bytes()[:-100])
    (tmp_path / "sample.jutaku-key").write_bytes((folder / "sample.jutaku-key").read_bytes())
    assert show_window([str(cut)]) == 0
    assert started == [(cut, "")]


@pytest.mark.parametrize("more", [["b.jutaku"], ["--ledger", "b.jutaku"]])
def test_two_ledgers_at_once_are_refused(
    started: list[Any], capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert show_window(["a.jutaku", *more]) == 2
    assert "台帳のファイルは1つずつ開きます。" in capsys.readouterr().err
    assert started == []


def test_a_windows_path_that_is_no_command_is_named_as_it_was_given(run: Run) -> None:
    assert r"「C:\users\髙橋」" in run(r"C:\users\髙橋").err
