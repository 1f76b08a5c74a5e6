"""A ledger filled with the sample, made once and copied for every test; commands run in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.exchange.coming_in import importing
from app.exchange.demo import sample, settle
from app.ledger.secret.keys import Cost
from app.records import SPECS
from app.start import Product

DAY = date(2026, 11, 21)
PASSPHRASE = "きのう 見た 赤い 自転車"
CHEAP = Cost(8 * 1024, 1, 1)


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of the tests' own, and no passphrase from the environment they run in."""
    folder = tmp_path / "home"
    monkeypatch.setenv("JUTAKU_HOME", str(folder))
    monkeypatch.delenv("JUTAKU_PASSPHRASE_FILE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return folder


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is nearly over, whenever the tests run: every hour of it has come."""
    late = datetime.combine(DAY, time(23, 59)).astimezone()
    monkeypatch.setattr("app.cli.acts.command.now", lambda: late)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample ledger and its passphrase, never written to again."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "pass.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    made, _ = Product().create(folder / "sample.jutaku", PASSPHRASE, "髙橋 美咲", CHEAP)
    with made as ledger:
        for kind in SPECS:
            if SPECS[kind].by_hand:
                entries = settle(sample(kind), DAY)
                importing.apply(ledger, importing.plan(ledger.facts(), SPECS[kind], entries), None)
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """The test's own copy of the sample ledger."""
    return Path(shutil.copytree(filled, tmp_path / "work"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command as the shell would."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def jutaku(run: Run, folder: Path) -> Run:
    """Run one command on the test's copy of the sample ledger."""

    def ran(*arguments: object) -> Ran:
        return run(*arguments, "--ledger", folder / "sample.jutaku", "--passphrase-file", folder / "pass.txt")

    return ran


@pytest.fixture
def refused() -> Callable[[Ran], str]:
    """Check that a command failed with one Japanese sentence and printed nothing else; return it."""

    def sentence(ran: Ran) -> str:
        assert ran.code == 1
        assert ran.out == ""
        assert ran.err.count("\n") == 1
        assert ran.err.endswith("。\n") or ran.err.endswith("）\n")
        assert "Traceback" not in ran.err
        return ran.err.strip()

    return sentence
