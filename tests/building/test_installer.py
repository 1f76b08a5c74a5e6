"""The installer and the program name the same things."""

from __future__ import annotations

import re
from pathlib import Path

from freezing.project import ROOT
from trial.installed import FAILED, NEWER, RUNNING
from windows import installer

from app.ui.tray import autostart, tray

SCRIPT = (ROOT / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
NAMED = dict(re.findall(r'^!define (\w+) "?(.*?)"?$', SCRIPT, re.MULTILINE))
"""What the script gives a name to."""


def test_the_uninstaller_removes_the_very_entry_by_which_the_program_starts_at_a_sign_in() -> None:
    """Else Windows would look for a program that is gone, at every sign-in."""
    assert (NAMED["STARTS"], NAMED["STARTED"]) == (autostart.RUN, autostart.NAME)
    assert NAMED["APPROVED"] == autostart.APPROVED
    for key in ("STARTS", "APPROVED"):
        assert f'DeleteRegValue HKCU "${{{key}}}" "${{STARTED}}"' in SCRIPT


def test_who_is_told_that_the_program_runs_is_told_how_to_end_the_notice_too() -> None:
    assert NAMED["ENDING"] == tray.ENDING
    (told,) = (line for line in SCRIPT.splitlines() if "「再試行」" in line)
    assert "${ENDING}" in told


def test_the_installer_knows_the_programs_by_their_names() -> None:
    assert (NAMED["WINDOW"], NAMED["CONSOLE"]) == installer.PROGRAMS


def test_a_folder_is_refused_below_which_a_file_would_have_too_long_a_path(tmp_path: Path) -> None:
    longest = Path("_internal", "some", "library", "data.bin")
    (tmp_path / longest).parent.mkdir(parents=True)
    (tmp_path / longest).touch()
    (tmp_path / "jutaku.exe").touch()
    folder = "C:\\" + "x" * (installer.deepest(tmp_path) - 3)
    assert len(f"{folder}\\{installer.ARRIVING}\\{longest}") == 259
    assert f'!insertmacro Unpack "$INSTDIR\\{installer.ARRIVING}"' in SCRIPT


def test_silent_exit_codes_are_those_that_the_trial_expects() -> None:
    assert (NAMED["RUNNING"], NAMED["NEWER"], NAMED["FAILED"]) == (str(RUNNING), str(NEWER), str(FAILED))
