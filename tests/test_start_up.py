"""What a start may load: libraries for single tasks wait until the task is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from app.exchange.demo import make_demo
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.start import Product

ROOT = Path(__file__).resolve().parent.parent
LATER = (
    "app.annexes.catalogue",
    "app.duties.engine",
    "app.exchange",
    "app.ledger.access.creation",
    "app.ledger.proof.verifying",
    "app.printing",
    "asyncio",
    "cryptography",
    "forms",
    "hypothesis",
    "keyring",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "sqlite3",
    "sqlite_utils",
    "tomllib",
    "zxingcpp",
)
"""Nothing of these is needed to open a ledger of today's format and to paint the first page."""
LEDGERS_OWN = (
    "app.annexes",
    "app.duties",
    "app.ledger.door",
    "app.ledger.file.driver",
    "app.records",
    "app.ui.homes",
    "app.ui.today",
    "app.work",
    "filelock",
    "sqlcipher3",
)
"""Nor of these to paint a window whose ledger is not open yet."""

AT_FIRST_SIGHT = """
import sys
from pathlib import Path

import app.__main__
from app.start import Product

product = Product()
path, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])

from PySide6.QtWidgets import QApplication
from app.ui.shell import app as ui
from app.ui.context import Program

class Told(ui.FirstSight):
    def __init__(self, window, then):
        print("page", type(window.stack.currentWidget()).__name__)
        super().__init__(window, lambda: self.tell(then))

    def tell(self, then):
        print(*sys.modules, sep="\\n")
        then()

class Desk(ui.Desk):
    def _seen(self, ledger):
        print("OPEN", "page " + type(self.window.page).__name__, *sys.modules, sep="\\n")
        QApplication.exit(0)  # not quit(): that would ask the window, which makes a backup first

ui.FirstSight, ui.Desk = Told, Desk
sys.exit(ui.run(Program(product), path, lambda: product.open(path, key)))
"""

ASKED_FIRST = """
import sys
from pathlib import Path

import app.__main__, app.cli.window
from app.start import Product

from PySide6.QtWidgets import QApplication
from app.ui.shell import app as ui
from app.ui.context import Program

def made(cls):
    for one in cls.__subclasses__():
        yield one
        yield from made(one)

class Told(ui.FirstSight):
    def __init__(self, window, then):
        self.page = window.stack.currentWidget()
        self.before = list(sys.modules)
        super().__init__(window, lambda: self.tell(then))

    def tell(self, then):
        print("page", type(self.page).__name__)
        print("made", *(one.__name__ for one in made(ui.QObject)))
        print(*sys.modules, sep="\\n")
        then()
        desk.operations.idle.connect(self.loaded)

    def loaded(self):
        print("LOADED", *sys.modules, sep="\\n")
        QApplication.exit(0)

class Desk(ui.Desk):
    def __init__(self, *given):
        super().__init__(*given)
        global desk
        desk = self

ui.FirstSight, ui.Desk = Told, Desk
sys.exit(ui.run(Program(Product()), path=Path(sys.argv[1])))
"""

ENTERED = """
import sys
from pathlib import Path

import app.__main__, app.cli.window
from app.start import Product

from PySide6.QtWidgets import QApplication
from app.ui.shell import app as ui
from app.ui.context import Program

class Desk(ui.Desk):
    def _prepare(self):
        super()._prepare()
        # Not yet: whatever was asked of the worker is there first.
        self.operations.run(lambda _progress: None, self._enter)

    def _enter(self, _none):
        self.before = set(sys.modules)
        self.start.unlock.passphrase.edit.setText(sys.argv[2])
        self.start.unlock.open()

    def show(self, ledger):
        super().show(ledger)
        from app.ui.reckoning.as_of import AsOf
        AsOf.of(self.window.context).ready.connect(self._filled)

    def _filled(self, made):
        print("duties", len(made.duties))
        self.operations.idle.connect(self._stands)

    def _stands(self):
        print("rows", self.window.page.list.widget().findChildren(ui.QObject) != [])
        print(*sorted(set(sys.modules) - self.before), sep="\\n")
        QApplication.exit(0)

ui.Desk = Desk
sys.exit(ui.run(Program(Product()), path=Path(sys.argv[1])))
"""

WITHOUT_A_COMMAND = "import sys, app.__main__, app.cli.window; print(*sys.modules, sep='\\n')"


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[Path, str]:
    """A new ledger and its key in hexadecimal digits."""
    path = tmp_path / "起動.jutaku"
    made, _ = Product().create(path, "きのう 見た 赤い 自転車", "担当", Cost(8 * 1024, 1, 1))
    made.close()
    return path, made.key.hex()


class _Cheap(Product):
    """Ledgers whose key is derived at once."""

    def create(
        self,
        path: Path,
        passphrase: str,
        officer: str,
        cost: Cost | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> tuple[Ledger, str]:
        return super().create(path, passphrase, officer, cost or Cost(8 * 1024, 1, 1), clock)


def _lines(tmp_path: Path, *arguments: str) -> list[str]:
    variables = {
        **os.environ,
        "JUTAKU_HOME": str(tmp_path / "home"),
        "PYTHONIOENCODING": "utf-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    ran = subprocess.run(
        [sys.executable, "-c", *arguments], cwd=ROOT, env=variables, capture_output=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr.decode("utf-8", "replace")
    return ran.stdout.decode("utf-8").splitlines()


def test_the_window_is_painted_before_its_ledger_is_loaded_and_its_page_before_single_tasks(
    ledger: tuple[Path, str], tmp_path: Path
) -> None:
    path, key = ledger
    page, *told = _lines(tmp_path, AT_FIRST_SIGHT, str(path), key)
    at = told.index("OPEN")
    first, then = set(told[:at]), set(told[at:])
    assert page == "page Opening"
    assert "app.ui.shell.window" in first
    assert sorted({*LEDGERS_OWN, *LATER} & first) == []
    assert told[at + 1] == "page TodayPage"
    assert {"app.ledger.door", "filelock"} <= then


def test_a_passphrase_is_asked_for_before_the_ledger_and_its_records_are_loaded(
    ledger: tuple[Path, str], tmp_path: Path
) -> None:
    path, _key = ledger
    page, made, *told = _lines(tmp_path, ASKED_FIRST, str(path))
    at = told.index("LOADED")
    first, then = set(told[:at]), set(told[at:])
    assert page == "page UnlockPage"
    assert {"QLineEdit", "UnlockPage"} <= set(made.split())
    # PySide6 makes a class when it is named, and all of them where it has to find out what something is.
    assert sorted({"QFileDialog", "QMessageBox", "QStyle", "QTreeView"} & set(made.split())) == []
    assert sorted({*LEDGERS_OWN, "app.ui.shell.window", *LATER} & first) == []
    # And while it is typed, all that the first page needs.
    assert {*LEDGERS_OWN, "app.ui.shell.window", "app.ui.today.page", "forms", "tomllib"} <= then
    assert not {"app.printing.render", "reportlab", "pikepdf"} & then


def test_once_the_passphrase_is_typed_nothing_is_loaded_any_more(tmp_path: Path) -> None:
    made = make_demo(_Cheap(), tmp_path, datetime.now().astimezone().date())
    passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
    duties, rows, *loaded = _lines(tmp_path, ENTERED, str(made.path), passphrase)
    assert int(duties.removeprefix("duties ")) > 50
    assert rows == "rows True"
    # Where there is ``pwd``, the name of who logged in is asked of it; of nothing the line is empty.
    assert set(loaded) <= {"pwd", ""}


def test_neither_qt_nor_the_ledger_is_loaded_to_read_the_command_line(tmp_path: Path) -> None:
    loaded = _lines(tmp_path, WITHOUT_A_COMMAND)
    assert sorted({"PySide6", "app.ledger.door", "app.records", "filelock", *LATER} & set(loaded)) == []


STYLED = """
import sys
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QProgressBar, QPushButton
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget
from app.ui.parts.look import Look, application

app = application(["program"]) if sys.argv[1] == "started" else QApplication(["program"])
look = Look(app, "light")
window = QWidget()
layout = QVBoxLayout(window)
for kind in (QCheckBox, QComboBox, QLineEdit, QProgressBar, QPushButton, QTabBar):
    layout.addWidget(kind())
layout.itemAt(0).widget().setChecked(True)
layout.itemAt(5).widget().addTab("きょう")
window.resize(400, 400)
window.show()
for mode, size in (("light", 100), ("dark", 100), ("dark", 150), ("light", 125)):
    look.choose(mode, size)
    app.processEvents()
    image = window.grab().toImage()
    print(mode, size, hash(bytes(image.constBits())))
look.release()
"""


def test_started_in_its_style_the_program_looks_as_if_it_had_put_it_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    started, put_on = (_lines(tmp_path, STYLED, way) for way in ("started", "put on"))
    assert started == put_on
    assert len({line.split()[-1] for line in started}) == 4


PLAIN = """
import builtins, sys
plain = builtins.__import__
from app.ui.shell.plain_imports import plain_imports
assert builtins.__import__ is not plain, "PySide6 puts no hook around imports any more: the module can go"
plain_imports()
print(getattr(builtins.__import__, "__name__", ""))
del builtins.__orig_import__
hook = builtins.__import__
plain_imports()
print(builtins.__import__ is hook)
from PySide6.QtCore import *
from PySide6.QtWidgets import QLabel
print(QObject.__name__, QLabel.__name__)
"""


def test_qt_reads_no_source_of_what_is_loaded_and_its_classes_are_found_all_the_same(tmp_path: Path) -> None:
    name, left, found = _lines(tmp_path, PLAIN)
    assert name != "__feature_import__"
    assert left == "True"
    assert found == "QObject QLabel"
