"""Starting the window from the command line: which ledger, and what happens without a display."""

from __future__ import annotations

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


def test_without_a_display_it_is_one_sentence_and_no_abort(
    run: Run, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "画面がない" in refused(run())
