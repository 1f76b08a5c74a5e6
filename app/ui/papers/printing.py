"""From an archived document to paper or to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from app.common import Progress
from app.records import Field
from app.records.kinds import Number
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm
from app.ui.inputs.base import Combo
from app.ui.papers.printing_port import SAVE_PDF, TWO_SIDED, Duplex, PaperPort, Printers, PrintOrder, QtPaper
from app.ui.parts.widgets import button, em, label, prose
from app.ui.system.saving_place import ask_where

_NEW_SHEETS = "書類、別紙、正・副の区切りでは、新しい用紙に移ります。裏面は白紙のまま残ります。"

Failed = Callable[[Exception], None]


def port(context: Context) -> PaperPort:
    """The way to paper; tests put another in its place."""
    return cast(PaperPort, context.program.services.get("printer") or QtPaper())


def save_pdf(context: Context, pdf: bytes, name: str) -> bool:
    """Ask where, and save the file as it is archived. True if it was saved."""
    from app.exchange.saving import save

    path = ask_where(context, "paper", SAVE_PDF, name, "PDF (*.pdf)")
    if path is None:
        return False
    named = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
    return context.attempt(lambda: save(named, pdf))


def print_pdf(
    context: Context,
    pdf: bytes,
    title: str,
    pages: int,
    sent: Callable[[], object] = lambda: None,
    failed: Failed | None = None,
) -> None:
    """Ask for the printers in the worker, then which and how many; print in the worker.

    ``sent`` once the printer took it all, never before; ``failed`` takes what went wrong, else it is told.
    """
    way = port(context)

    def choose(found: Printers) -> None:
        dialog = PrintDialog(context, title, found, pages)
        if context.dialogs.show(dialog):
            _send(context, way, pdf, title, dialog.order(), sent, failed)

    context.operations.run(
        lambda _progress: way.printers(), choose, failed=failed, title="プリンターを調べています"
    )


def _send(
    context: Context,
    way: PaperPort,
    pdf: bytes,
    title: str,
    order: PrintOrder,
    sent: Callable[[], object],
    failed: Failed | None,
) -> None:
    def work(progress: Progress) -> None:
        way.send(pdf, title, order, progress)

    def done(_nothing: None) -> None:
        sent()
        context.dialogs.tell(f"「{title}」をプリンター「{order.printer}」に送りました。")

    context.operations.run(work, done, failed=failed, title="印刷しています")


def _count(name: str, text: str, most: int) -> Field:
    return Field(name, Number(label=text, least=1, most=most), required=True, default=1)


class PrintDialog(QDialog):
    """Which printer, which pages, how many copies, on which sides."""

    def __init__(self, context: Context, title: str, printers: Printers, pages: int) -> None:
        super().__init__()
        self.setWindowTitle("印刷")
        self.printer = Combo()
        self.printer.setAccessibleName("プリンター")
        self.printer.addItems(printers.names)
        self.printer.setCurrentText(printers.default)
        self.duplex = Combo()
        self.duplex.setAccessibleName("両面・片面")
        for way in Duplex:
            self.duplex.addItem(str(way), way)
        self.duplex.currentIndexChanged.connect(lambda _at: self._explain())
        self._new_sheets = prose(_NEW_SHEETS, "hint")
        self.form = FieldsForm(
            context,
            (
                _count("copies", "部数", 99),
                _count("first", "最初のページ", pages),
                _count("last", "最後のページ", pages),
            ),
            {"copies": 1, "first": 1, "last": pages},
        )
        self._order = PrintOrder("")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = button("印刷")
        buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("戻る")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(label("印刷", "h2"))
        layout.addWidget(prose(f"{title}（{pages}ページ、A4）", "sub"))
        layout.addWidget(label("プリンター", "h3"))
        layout.addWidget(self.printer)
        layout.addWidget(label("両面・片面", "h3"))
        layout.addWidget(self.duplex)
        layout.addWidget(self._new_sheets)
        layout.addWidget(self.form)
        layout.addWidget(buttons)
        self.setMinimumWidth(em(self, 34))
        self._explain()

    def order(self) -> PrintOrder:
        """What was chosen."""
        return self._order

    def _explain(self) -> None:
        self._new_sheets.setVisible(self.duplex.currentData() in TWO_SIDED)

    def accept(self) -> None:
        values = self.form.read()
        if values is None:
            return
        first, last = sorted((values["first"], values["last"]))
        chosen = PrintOrder(self.printer.currentText())
        self._order = replace(
            chosen,
            copies=values["copies"],
            first=first,
            last=last,
            duplex=Duplex(self.duplex.currentData()),
        )
        super().accept()
