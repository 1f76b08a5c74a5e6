"""The ledgers that faults are tried on."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.ledger.door import Ledger
from app.records import Person
from tests.faults.judging import COPIES, Judge, look
from tests.ledger import conftest as sample
from tests.ledger.conftest import CHEAP, PASSPHRASE
from tests.ledger.test_verification import lose_a_paper

NAME = "d.jutaku"
FRESH = "n.jutaku"
FORMATS = Path(__file__).parents[1] / "ledger" / "formats"
TODAY = date(2026, 4, 2)


@dataclass(frozen=True)
class Ground:
    """A folder with the ledgers tries begin from, and one that is made anew for each try."""

    root: Path
    code: str
    judge: Judge

    @property
    def work(self) -> Path:
        return self.root / "work"

    def begin(self, base: str) -> Path:
        """The work folder, as the try begins."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.root / base, self.work)
        return self.work

    def remove(self) -> None:
        self.judge.end()
        shutil.rmtree(self.root, ignore_errors=True)


def prepare() -> Ground:
    """Make the ground, in memory where there is such a place."""
    shared = Path("/dev/shm")  # noqa: S108  # a RAM disk of its own folder
    root = Path(tempfile.mkdtemp(prefix="jutaku-faults-", dir=shared if shared.is_dir() else None))
    os.environ["JUTAKU_HOME"] = str(root / "home")
    base, old = root / "today", root / "old"
    base.mkdir()
    old.mkdir()
    ledger, code = Ledger.create(base / NAME, PASSPHRASE, "担当 花子", cost=CHEAP)
    with ledger:
        sample.fill(ledger)
        ledger.backup(base / COPIES)
        for _ in range(2):
            ledger.add(Person(name="後から入った人", employment="社員"))
    lose_a_paper(base / NAME, ledger.key)
    # What a process of its own would have to load for each try, it finds loaded.
    look(base / NAME, code)
    for path in base.glob("*.lock"):
        path.unlink()
    for path in FORMATS.glob("format-1.jutaku*"):
        shutil.copy(path, old / path.name.replace("format-1.jutaku", NAME))
    # What is never collected again is never copied into the processes of the tries.
    gc.collect()
    gc.freeze()
    return Ground(root, code, Judge(code))
