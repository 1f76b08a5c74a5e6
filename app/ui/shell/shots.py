"""Pictures of the main screens, for the demonstration and for looking at them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.common import PeopleError, Progress
from app.duties.papers.claims import proving
from app.ledger.door import Ledger
from app.records import Contract, Submission
from app.ui.context import Context, Program
from app.ui.shell.app import Desk
from app.ui.shell.window import MainWindow
from app.ui.targets import (
    EditAnnex,
    EditRecord,
    IssueForm,
    ShowContract,
    ShowContracts,
    ShowDocument,
    ShowDocuments,
    ShowList,
    ShowSettings,
    ShowToday,
    Target,
)
from app.ui.today.task_list import TaskList

SIZE = (1366, 768)
_PATIENCE = 20.0
"""Seconds that a screen may take to fill itself."""


def save_screens(
    context: Context,
    directory: Path,
    size: tuple[int, int] = SIZE,
    *,
    mark: str = "",
    progress: Progress | None = None,
) -> list[Path]:
    """Draw the main screens into PNG files in ``directory``; return their paths.

    ``size`` in logical pixels; ``mark`` is added to each name, such as "-dark". Needs a running
    application on any platform, offscreen as well. Raises ``PeopleError`` if a file cannot be written.
    """
    progress = progress or Progress()
    window = MainWindow(context)
    window.resize(*size)
    window.show()
    made = []
    try:
        screens = list(targets(context))
        for number, (name, target) in enumerate(screens):
            progress.step(number, len(screens), "画面を画像にしています")
            window.open(target)
            settle(context)
            path = directory / f"{number + 1:02}-{name}{mark}.png"
            if not window.grab().save(str(path)):
                raise PeopleError(f"画面の画像「{path.name}」を保存できません。保存先を確かめてください。")
            made.append(path)
    finally:
        window.hide()
        window.deleteLater()
    return made


def shoot(program: Program, ledger: Ledger, directory: Path, progress: Progress | None = None) -> list[Path]:
    """As ``save_screens``, from outside the window: without a display, and with an application of its own.

    The caller closes the ledger.
    """
    if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen" and sys.platform == "win32":
        # There this platform finds no font of the system's, and every character would be an empty box.
        os.environ.setdefault("QT_QPA_FONTDIR", str(files("resources") / "fonts"))
    former = qInstallMessageHandler(_without_noise)
    try:
        app = QApplication.instance() or QApplication(["jutaku"])
        if not isinstance(app, QApplication):
            raise TypeError(type(app))
        desk = Desk(app, program)
        try:
            context = Context(program, ledger, desk.dialogs, desk.operations, desk.look)
            return save_screens(context, directory, progress=progress)
        finally:
            desk.end()
    finally:
        qInstallMessageHandler(former)


def _without_noise(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    # The one line that the offscreen platform says of every window, and that means nothing.
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def targets(context: Context) -> Iterator[tuple[str, Target]]:
    """What is worth a picture in this ledger, by name."""
    facts = context.facts()
    contracts, papers = facts.all(Contract), facts.all(Submission)
    for view in ("tasks", "calendar", "rounds", "matrix"):
        yield f"today-{view}", ShowToday(view)
    yield "contracts", ShowContracts()
    if contracts:
        first = contracts[0].id
        for tab in ("clauses", "duties", "people", "assets"):
            yield f"contract-{tab}", ShowContract(first, tab)
        yield "issue", IssueForm(proving(context.forms.values(), "work-location")[0].id, first)
    yield "documents", ShowDocuments()
    if papers:
        yield "document", ShowDocument(papers[-1].id)
    for kind in ("person", "device", "event"):
        yield f"list-{kind}", ShowList(kind)
    if contracts:
        yield "edit-contract", EditRecord("contract", contracts[0].id)
    yield "new-training", EditRecord("training")
    for section in ("annexes", "access", "backup", "manual"):
        yield f"settings-{section}", ShowSettings(section)
    for annex in context.catalogue.annexes[:1]:
        yield "annex", EditAnnex(annex.key, annex.version)


def settle(context: Context) -> None:
    """Let the worker answer and the screen fill itself, to the last row that it adds by and by."""
    end = time.monotonic() + _PATIENCE
    quiet = 0
    # A first answer may ask for more: the screen counts as filled after several quiet turns.
    while quiet < 5 and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        time.sleep(0.01)
        pending = context.operations.busy or not all(one.filled for one in _lists())
        quiet = 0 if pending else quiet + 1


def _lists() -> list[TaskList]:
    """The lists that are seen."""
    return [one for one in QApplication.allWidgets() if isinstance(one, TaskList) and one.isVisible()]
