"""What a machine lacks for the Windows build is installed at once, or named with the command that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from freezing.project import BuildError, Done
from windows import debian


@pytest.fixture(name="commands")
def _commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A bare Debian on which nothing is really done: the commands that are run on it."""
    done: list[list[str]] = []

    def ran(command: Sequence[str | Path], _variables: Mapping[str, str] | None = None) -> Done:
        done.append([str(word) for word in command])
        return Done(0, "C.utf8\nPOSIX\n")

    monkeypatch.setattr(debian, "ran", ran)
    monkeypatch.setattr(debian, "FILES", {Path("/nowhere/ja_JP"): "locales", **debian.FILES})
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt-get" else None)
    return done


def test_who_may_install_gets_everything_at_once(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    debian.need_tools()
    update, install = commands
    assert update[:2] == ["apt-get", "update"]
    assert {"wine64", "nsis", "gcc-mingw-w64-x86-64-win32", "osslsigncode", "xvfb", "locales"} <= set(install)


def test_who_may_not_is_told_the_command(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(BuildError, match=r"sudo apt-get install .* nsis .* locales"):
        debian.need_tools()
    assert commands == []


def test_a_missing_locale_is_made(commands: list[list[str]]) -> None:
    debian.need_locale()
    assert commands[-1] == ["localedef", "-i", "ja_JP", "-f", "UTF-8", "ja_JP.UTF-8"]
