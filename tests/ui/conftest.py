"""What every test of the window stands on: the look, offscreen; a ledger; and dialogs that are answered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.preferences import Preferences
from app.records import Client, Contract, Device, Location, Person, Vendor
from app.records.contract import ContractAnnex
from app.start import Product
from app.ui.context import Context, Program
from app.ui.operations import Operations
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.look import Look
from tests.ledger.conftest import fill
from tests.support.ledgers import Original

CHEAP = Cost(memory=64, passes=1, lanes=1)
TODAY = date(2026, 4, 20)
NOW = datetime(2026, 4, 20, 9, 30, tzinfo=timezone(timedelta(hours=9)))
PASSPHRASE = "ひみつの長い合言葉 2026"


@dataclass
class FakeDialogs:
    """Answers what the window asks, in the order in which the answers were put here; remembers what was said.

    An answer to ``show`` may be a function: it is handed the dialog and fills it in as a person would.
    """

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    shown: list[QDialog] = field(default_factory=list)

    def tell(self, text: str, detail: str = "") -> None:
        self.said.append(f"{text}{detail}")

    def warn(self, text: str, detail: str = "") -> None:
        self.said.append(f"{text}{detail}")

    def ask(self, text: str, yes: str, *, detail: str = "", no: str = "戻る", grave: bool = False) -> bool:
        del yes, detail, no, grave
        return bool(self._next(text))

    def ask_text(
        self, title: str, label: str, *, text: str = "", yes: str = "OK", need: bool = True
    ) -> str | None:
        del label, text, yes, need
        answer = self._next(title)
        return None if answer is None else str(answer)

    def ask_unsaved(self, what: str) -> Unsaved:
        return Unsaved(self._next(what))

    def open_files(self, title: str, pattern: str = "", *, several: bool = False) -> list[Path]:
        del pattern, several
        return list(self._next(title))

    def save_file(self, title: str, name: str, pattern: str = "") -> Path | None:
        del pattern
        answer = self._next(f"{title}：{name}")
        return None if answer is None else Path(answer)

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        del start
        answer = self._next(title)
        return None if answer is None else Path(answer)

    def show(self, dialog: QDialog) -> bool:
        self.shown.append(dialog)
        self.asked.append(dialog.windowTitle())
        answer = self.answers.pop(0) if self.answers else False
        if callable(answer):
            answer(dialog)
            return dialog.result() == QDialog.DialogCode.Accepted
        return bool(answer)

    def _next(self, question: str) -> Any:
        self.asked.append(question)
        if not self.answers:
            raise AssertionError(f"nobody answers: {question}")
        return self.answers.pop(0)


def sweep() -> None:
    """Delete what was put away; a turn of the events outside any loop leaves it where it is."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module", autouse=True)
def left_to_nobody() -> Iterator[None]:
    """Windows that a module leaves behind are gone after it: a change of look dresses all that are there."""
    yield
    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    sweep()


@pytest.fixture(autouse=True)
def put_away(left_to_nobody: None) -> Iterator[None]:
    """What a test put away is gone after it."""
    yield
    sweep()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["jutaku", "-style", "Fusion"]


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Iterator[Look]:
    """The look, put on once: it dresses the whole application."""
    made = Look(qapp, "light")
    yield made
    made.release()


@pytest.fixture(scope="session")
def product() -> Product:
    return Product()


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "settings" / "settings.json")


@pytest.fixture
def program(product: Product, preferences: Preferences) -> Program:
    return Program(product, preferences, cost=CHEAP, today=lambda: TODAY, now=lambda: NOW)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def operations(qapp: QApplication) -> Iterator[Operations]:
    failures: list[Exception] = []
    made = Operations(failures.append)
    yield made
    made.stop()
    assert not failures, failures


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory, product: Product) -> Original:
    """A ledger as it is when it was just made."""
    path = tmp_path_factory.mktemp("blank") / "台帳.jutaku"
    return Original.of(product.create(path, PASSPHRASE, "山田 太郎", CHEAP)[0])


@pytest.fixture(scope="session")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A ledger with one record of every type, whatever the rules between them say."""
    path = tmp_path_factory.mktemp("one-of-each") / "台帳.jutaku"
    made, _code = Ledger.create(path, PASSPHRASE, "山田 太郎", cost=CHEAP)
    fill(made)
    return Original.of(made)


@pytest.fixture
def ledger(tmp_path: Path, product: Product, blank: Original) -> Iterator[Ledger]:
    path = tmp_path / "台帳.jutaku"
    made = product.open(path, blank.copy_to(path))
    yield made
    made.close()


@pytest.fixture
def context(
    look: Look, program: Program, ledger: Ledger, dialogs: FakeDialogs, operations: Operations
) -> Iterator[Context]:
    """An empty ledger with everything around it."""
    if (look.mode, look.size) != ("light", 100):
        look.choose("light", 100)
    made = Context(program, ledger, dialogs, operations, look)
    yield made
    made.close()


@dataclass
class Sample:
    """A few records that refer to each other."""

    vendor: Vendor
    client: Client
    contract: Contract
    person: Person
    other_person: Person
    location: Location
    device: Device


@pytest.fixture
def sample(ledger: Ledger) -> Sample:
    """A small, whole beginning: vendor, client, contract, two people, a place and a machine."""
    with ledger.write() as change:
        vendor = change.add(
            Vendor(
                name="株式会社みほん情報",
                address="東京都みほん区1-2-3",
                representative_title="代表取締役",
                representative_name="𠮷田 一郎",
            )
        )
        client = change.add(Client(name="みなと北市", addressee="みなと北市長"))
        contract = change.add(
            Contract(
                client=client.id,
                number="R8-12",
                title="健診データ入力業務",
                signed_on=date(2026, 3, 25),
                starts_on=date(2026, 4, 1),
                ends_on=date(2027, 3, 31),
                annexes=(ContractAnnex(annex="kimitsu-hoji"),),
            )
        )
        person = change.add(Person(name="髙橋 花子", kana="タカハシ ハナコ", employment="社員"))
        other = change.add(Person(name="𠮷田 次郎", kana="ヨシダ ジロウ", employment="社員"))
        location = change.add(Location(name="本社第二作業室", kind="作業", address="東京都みほん区1-2-3"))
        device = change.add(Device(kind="PC", owner="自社", serial="SN-001"))
    return Sample(vendor, client, contract, person, other, location, device)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a widget and waits until it is there; it is put away after the test."""

    def show(widget: QWidget, width: int = 1100, height: int = 720) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def settled(qtbot: QtBot, operations: Operations) -> Callable[[], None]:
    """Waits until the worker has nothing left to answer."""
    return lambda: qtbot.waitUntil(lambda: not operations.busy, timeout=10_000)


@pytest.fixture
def stopped_late(context: Context, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """中止 is pressed when the last step, ``does`` of ``held``, is done: nothing looks any more."""

    def wait(held: Any, does: str) -> None:
        step = getattr(held, does)

        def last(*given: Any, **named: Any) -> Any:
            made = step(*given, **named)
            for job in context.operations._jobs:
                if job.title:
                    job.cancel()
            return made

        monkeypatch.setattr(held, does, last)

    return wait
