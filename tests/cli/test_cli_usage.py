"""How the command line speaks when it is used wrongly, and what it costs to start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMANDS = (
    *(
        "new",
        "verify",
        "backup",
        "backups",
        "restore",
        "demo",
        "records",
        "import",
        "search",
        "annexes",
        "clauses",
    ),
    *("duties", "balance", "forms", "issue", "submit", "void", "documents"),
)

LATIN_WORDS = re.compile(r"\b(usage|required|invalid|error|argument|expected|positional|options)\b")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["recrods"], "「"),
        (["issue"], "FORM, --contract, --out を指定してください。"),
        (["import", "device"], "FILE を指定してください。"),
        (["duties", "--on", "2026-02-30"], "日付として読めません"),
        (["duties", "--contract"], "--contract に値を指定してください。"),
        (["calendar"], "--ics を指定してください。"),
        (["forms", "--colour"], "--colour は使えません。"),
        (["submit", "2026-0001", "--on", "2026-04-01"], "--how を指定してください。"),
        (["leave", "incident", "I-1"], "要員（person）を指定してください。事故（incident）には使えません。"),
        (["leave", "E-001", "E-002"], "要員（person）を指定してください。「E-001」という種類はありません。"),
        (["restore"], "BACKUP を指定してください。"),
        (["new", "x.jutaku"], "--recovery を指定してください。"),
        (["forms", "--json=1"], "--json に値は付けられません。"),
    ],
)
def test_wrong_usage_is_explained_in_japanese_with_exit_code_2(
    run: Callable[..., Any], arguments: list[str], said: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("使い方: jutaku")
    assert said in ran.err or said == "「"
    assert not LATIN_WORDS.search(ran.err)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_japanese_and_names_every_command(run: Callable[..., Any], command: str) -> None:
    ran = run(*([command] if command else []), "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert "使い方: jutaku" in ran.out
    assert not LATIN_WORDS.search(ran.out)
    if not command:
        assert all(name in ran.out for name in COMMANDS)


def test_options_may_stand_before_or_after_the_command(run: Callable[..., Any]) -> None:
    assert run("--json", "annexes").json == run("annexes", "--json").json


def test_questions_that_need_no_ledger_load_neither_driver_nor_window(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from app.cli import main\n"
        "assert main(['records', '--schema', '--json']) == 0\n"
        "heavy = {'sqlcipher3', 'sqlite_utils', 'reportlab', 'pikepdf', 'pypdfium2', 'PySide6', 'keyring',\n"
        "         'cryptography', 'app.ledger', 'app.printing', 'forms'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=Path.cwd(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8")


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "utf-8"])
def test_json_is_utf_8_whatever_the_console_speaks(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "records", "--schema", "--json"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    assert "PC・媒体" in done.stdout.decode("utf-8")
    assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_tables_and_sentences_survive_a_console_that_lacks_characters(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "clauses", "𠮷"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["cp932", "cp1252", "ascii"])
def test_help_survives_a_console_that_lacks_characters(encoding: str) -> None:
    for arguments in (["--help"], ["issue", "--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            env={**os.environ, "PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"--ledger" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "app", "clauses", "kawaguchi", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0
    assert said == b""
