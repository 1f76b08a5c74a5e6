"""Labels and sheets in the window: chosen, seen as they will be, printed or saved, never written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.common import Progress
from app.records import Device
from app.ui.context import Context, Program
from app.ui.handouts.page import HandoutPage
from app.ui.inputs.picking.dialog import PickDialog
from app.ui.offers.menu import ActsMenu
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import Printers, PrintOrder
from app.ui.targets import MakeHandout
from tests.support.inputs import line_of


class Printer:
    """A printer that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []

    def printers(self) -> Printers:
        return Printers(("事務所",), "事務所")

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        progress.step(1, 1, title)
        self.sent.append((title, order.last))


def test_labels_are_chosen_seen_printed_and_saved(
    context: Context,
    program: Program,
    shown: Callable[..., Any],
    qtbot: QtBot,
    dialogs: Any,
    work: Any,
    tmp_path: Path,
) -> None:
    paper = Printer()
    context.program = replace(program, services={"printer": paper})
    before = context.ledger.facts()
    page: HandoutPage = shown(HandoutPage(context, MakeHandout("labels")))
    assert not page.print_button.isEnabled()

    def choose(dialog: PickDialog) -> None:
        dialog.table.turn(0)
        dialog.accept()

    dialogs.answers.append(choose)
    qtbot.mouseClick(page.pick, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.print_button.isEnabled)
    assert page.form is not None
    first = page.form.inputs["from"]
    line_of(first).setText("25")
    first.edited.emit()
    qtbot.waitUntil(lambda: "24面です" in page.notice.text)
    assert not page.print_button.isEnabled(), "what is not seen is not printed"
    line_of(first).setText("２４")
    first.edited.emit()
    qtbot.waitUntil(page.print_button.isEnabled)
    dialogs.answers.append(lambda dialog: PrintDialog.accept(dialog))
    qtbot.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(paper.sent))
    assert paper.sent == [("管理ラベル", 1)]
    dialogs.answers.append(str(tmp_path / "ラベル"))
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "ラベル.pdf").read_bytes().startswith(b"%PDF")
    assert context.ledger.facts() is before


def test_a_paper_is_offered_among_what_can_be_done(
    context: Context, shown: Callable[..., Any], wanted: list[Any], work: Any
) -> None:
    device = context.facts().get(Device, work.device.id)
    menu = ActsMenu(context, lambda: ((device,),), shown(HandoutPage(context, MakeHandout("labels"))))
    menu.fill()
    (press,) = (one for one in menu.actions() if one.text() == "管理ラベルを印刷…")
    press.trigger()
    assert wanted == [MakeHandout("labels", (device.id,))]
