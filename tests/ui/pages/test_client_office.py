"""A client's file made into a PDF by LibreOffice: what it is told, what goes wrong, nothing left."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.common import Cancelled, PeopleError, Progress
from app.ui.papers.client_forms import office
from app.ui.papers.client_forms.office import Office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program played here is a shell script")
Play = Callable[[str], Office]
FILE = b"PK, with names in it"


@pytest.fixture
def play(tmp_path: Path, qapp: QApplication) -> Play:
    """A program in the place of LibreOffice, and the folder it may work in."""

    def make(script: str) -> Office:
        path = tmp_path / "soffice"
        path.write_text(f'#!/bin/sh\nhere="{tmp_path}"\n{script}\n', encoding="utf-8")
        path.chmod(0o700)
        return Office(path, tmp_path / "settings")

    return make


def left(tmp_path: Path) -> list[Path]:
    """Files that are still there once it is over."""
    return [one for one in (tmp_path / "settings").rglob("*") if one.is_file()]


MADE = """
for one; do printf '%s\\n' "$one"; done > "$here/told"
printf '%s\\n' "$TMPDIR" "$TEMP" "$TMP" > "$here/aside"
for last; do :; done
cat "$last" > "$here/given"
cat "${1#*file://}/user/registrymodifications.xcu" > "$here/profile"
printf 'aside' > "$TMPDIR/lu1.tmp"
printf '%%PDF of it' > "${last%.*}.pdf"
"""


def test_the_pdf_comes_back_and_nothing_is_left(play: Play, tmp_path: Path) -> None:
    made = play(MADE).pdf_of(FILE, ".docx", Progress())
    assert made == b"%PDF of it"
    assert (tmp_path / "given").read_bytes() == FILE
    profile, *told, out, source = (tmp_path / "told").read_text().splitlines()
    assert told == ["--headless", "--norestore", "--convert-to", "pdf", "--outdir"]
    assert source == f"{out}/paper.docx"
    assert profile == f"-env:UserInstallation=file://{out}/profile"
    assert set((tmp_path / "aside").read_text().split()) == {out}
    assert Path(out).is_relative_to(tmp_path / "settings" / "opened" / str(os.getpid()))
    assert left(tmp_path) == []


def test_formulas_are_worked_out_anew_and_no_macro_runs(play: Play, tmp_path: Path) -> None:
    play(MADE).pdf_of(FILE, ".xlsx", Progress())
    profile = "".join((tmp_path / "profile").read_text().split())
    assert 'oor:name="OOXMLRecalcMode"oor:op="fuse"><value>0</value>' in profile
    assert 'oor:name="DisableMacrosExecution"oor:op="fuse"><value>true</value>' in profile


@pytest.mark.parametrize("script", ["exit 1", "exit 0"])
def test_where_it_makes_nothing_the_way_by_hand_is_told(play: Play, tmp_path: Path, script: str) -> None:
    with pytest.raises(PeopleError, match="WordかExcelで開いて印刷してください"):
        play(script).pdf_of(FILE, ".docx", Progress())
    assert left(tmp_path) == []


def test_a_program_that_cannot_be_started_is_told_so(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="WordかExcelで開いて印刷してください"):
        Office(tmp_path / "nothing", tmp_path / "settings").pdf_of(FILE, ".docx", Progress())
    assert left(tmp_path) == []


HANGS = 'exec 9> "$here/alive"\nsleep 60 &\nwait'


def ended(alive: int) -> bool:
    """Whether no process of the program holds the pipe any more."""
    held = select.poll()
    held.register(alive, select.POLLHUP)
    return bool(held.poll(5_000))


@pytest.fixture
def alive(tmp_path: Path) -> Iterator[int]:
    """A pipe that the program holds as long as any of its processes lives."""
    os.mkfifo(tmp_path / "alive")
    made = os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)
    yield made
    os.close(made)


def test_one_that_never_ends_is_ended_with_all_it_started(
    play: Play, tmp_path: Path, alive: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_PATIENCE", 300)
    with pytest.raises(PeopleError, match="WordかExcelで開いて印刷してください"):
        play(HANGS).pdf_of(FILE, ".docx", Progress())
    assert ended(alive)
    assert left(tmp_path) == []


def test_a_pdf_that_is_not_wanted_any_more_is_not_waited_for(play: Play, tmp_path: Path, alive: int) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        play(HANGS).pdf_of(FILE, ".docx", progress)
    assert ended(alive)
    assert left(tmp_path) == []
