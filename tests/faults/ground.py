"""The ledgers that faults are tried on."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.exchange.archive.archiving import archive
from app.exchange.demo import make_demo
from app.ledger.door import Ledger
from app.ledger.secret import keys
from app.records import Person
from app.start import Product
from tests.faults.judging import ARCHIVE, COPIES, Judge, look
from tests.ledger import conftest as sample
from tests.ledger.conftest import CHEAP, PASSPHRASE
from tests.ledger.test_verification import lose_a_paper

NAME = "d.jutaku"
FRESH = "n.jutaku"
FORMATS = Path(__file__).parents[1] / "ledger" / "formats"
TODAY = date(2026, 4, 2)
DEMO_DAY = date(2026, 11, 25)


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

    def make_demo(self) -> str:
        """The name of a base with the ledger of the demonstration, as much as a year of one company holds."""
        base = self.root / "demo"
        if not base.exists():
            base.mkdir()
            made = self.root / "demo files"
            make_demo(_Quick(), made, DEMO_DAY)
            for path in (made / "demo.jutaku", *keys.key_paths(made / "demo.jutaku")):
                path.rename(base / path.name.replace("demo.jutaku", NAME))
            shutil.rmtree(made)
        return base.name

    def remove(self) -> None:
        self.judge.end()
        shutil.rmtree(self.root, ignore_errors=True)


class _Quick(Product):
    """The product, with keys that are quickly made."""

    def create(
        self,
        path: Path,
        passphrase: str,
        officer: str,
        cost: keys.Cost | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> tuple[Ledger, str]:
        del passphrase, cost
        return super().create(path, PASSPHRASE, officer, CHEAP, clock)


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
        archive(ledger, base / ARCHIVE)
        for _ in range(2):
            ledger.add(Person(name="後から入った人", employment="社員"))
    lose_a_paper(base / NAME, ledger.key)
    # What a process of its own would have to load for each try, it finds loaded.
    look(base / NAME, code)
    for path in base.glob("*.lock"):
        path.unlink()
    for path in FORMATS.glob("format-1.jutaku*"):
        shutil.copy(path, old / path.name.replace("format-1.jutaku", NAME))
    shutil.copy(base / ARCHIVE, old / ARCHIVE)
    # What is never collected again is never copied into the processes of the tries.
    gc.collect()
    gc.freeze()
    return Ground(root, code, Judge(code))
