"""Paper: the operating system's print queues, page by page, with progress and a way to stop.

Only paper goes this way; a PDF file is the archived bytes themselves. Qt asks the system's print service
only when a person asks to print, since doing so may take long and opens a connection to that service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from app.common import PeopleError, Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    from app.printing.pages import OpenPdf

GREY_DPI = 600
"""Dots per inch of a page without colour: as sharp as office printers print."""
COLOUR_DPI = 300
"""Dots per inch of a page with colour, such as a red seal: a page then takes 26 MB, not 104."""
SAVE_PDF = "PDFを保存"
"""The button beside each one that prints; what says that printing failed leads there."""
NO_PRINTER = (
    "使えるプリンターが見つかりません。プリンターの接続と設定を確かめるか、"
    f"「{SAVE_PDF}」で保存してください。"
)


class Duplex(StrEnum):
    """On which sides of the sheets; the words that people read."""

    AS_SET = "プリンターの設定のまま"
    ONE = "片面"
    LONG = "両面（長辺とじ）"
    SHORT = "両面（短辺とじ）"


TWO_SIDED = (Duplex.LONG, Duplex.SHORT)


@dataclass(frozen=True, slots=True)
class Printers:
    """The queues by name; ``default`` is empty where none is set."""

    names: tuple[str, ...]
    default: str = ""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is wanted on paper: pages from ``first`` to ``last``, counted from 1."""

    printer: str
    copies: int = 1
    first: int = 1
    last: int = 0
    """0: to the end."""
    duplex: Duplex = Duplex.AS_SET


class PaperPort(Protocol):
    """How pages get onto paper. Its methods are called in the worker."""

    def printers(self) -> Printers:
        """The queues of this computer. Raises ``PeopleError`` where there is none."""

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        """Print. Raises ``PeopleError`` if the queue does not take it, ``Cancelled``."""


class QtPaper:
    """The queues through Qt."""

    def printers(self) -> Printers:
        from PySide6.QtPrintSupport import QPrinterInfo

        names = tuple(QPrinterInfo.availablePrinterNames())
        if not names:
            raise PeopleError(NO_PRINTER)
        default = QPrinterInfo.defaultPrinterName()
        return Printers(names, default if default in names else "")

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        info = QPrinterInfo.printerInfo(order.printer)
        if info.isNull():
            raise PeopleError(
                f"プリンター「{order.printer}」が見つかりません。接続を確かめるか、別のプリンターを選んでください。"
            )
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setCopyCount(order.copies)
        printer.setCollateCopies(True)
        _set_sides(printer, info, order)
        paint(printer, pdf, title, order, progress)


def _set_sides(printer: QPrinter, info: QPrinterInfo, order: PrintOrder) -> None:
    """Ask for both sides, or one. Raises ``PeopleError`` where the printer cannot: Qt would say nothing."""
    from PySide6.QtPrintSupport import QPrinter

    modes = {
        Duplex.ONE: QPrinter.DuplexMode.DuplexNone,
        Duplex.LONG: QPrinter.DuplexMode.DuplexLongSide,
        Duplex.SHORT: QPrinter.DuplexMode.DuplexShortSide,
    }
    mode = modes.get(order.duplex)
    if order.duplex in TWO_SIDED and mode not in info.supportedDuplexModes():
        raise PeopleError(
            f"プリンター「{order.printer}」では{order.duplex}を使えません。"
            "片面を選ぶか、両面印刷のできるプリンターを選んでください。"
        )
    if mode is not None:
        printer.setDuplex(mode)


def paint(printer: QPrinter, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
    """Paint the wanted pages onto ``printer``, each at its own size.

    Raises ``PeopleError`` if the printer does not begin or go on, ``Cancelled``; a job that was begun is
    then taken back as far as the queue allows.
    """
    from app.printing.pages import OpenPdf

    printer.setDocName(title)
    printer.setCreator("受託台帳")
    # The paper always stands upright and pages that lie are turned here: queues that are told to turn the
    # paper within a job turn the wrong pages (CUPS put upright pages upside down).
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setFullPage(True)
    printer.setPageLayout(layout)
    with OpenPdf(pdf) as opened:
        wanted = range(max(order.first, 1) - 1, min(order.last or opened.page_count, opened.page_count))
        if not wanted:
            raise PeopleError("印刷するページがありません。ページの範囲を確かめてください。")
        painter = QPainter()
        if not painter.begin(printer):
            raise PeopleError(
                f"プリンターが印刷を受け付けません。電源と接続を確かめるか、「{SAVE_PDF}」で保存してください。"
            )
        try:
            _paint_pages(printer, painter, opened, _sheets(opened, wanted, order), progress)
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()


def _sheets(opened: OpenPdf, wanted: Sequence[int], order: PrintOrder) -> list[int | None]:
    """The sides in their order, None for one left blank: on both sides, each part begins on a new sheet.

    Two persons' oaths, or 正 and 副, on the two sides of one sheet could not be handed to two people.
    """
    if order.duplex not in TWO_SIDED:
        return list(wanted)
    starts = {entry.page for entry in opened.outline()}
    sides = list[int | None]()
    for page in wanted:
        if page in starts and len(sides) % 2:
            sides.append(None)
        sides.append(page)
    # The next copy begins on a new sheet too, whoever counts the copies.
    return [*sides, None] if len(sides) % 2 and order.copies > 1 else sides


def _paint_pages(
    printer: QPrinter,
    painter: QPainter,
    opened: OpenPdf,
    wanted: Sequence[int | None],
    progress: Progress,
) -> None:
    for number, page in enumerate(wanted):
        progress.step(number, len(wanted), f"{number + 1}／{len(wanted)}ページを印刷しています")
        if number and not printer.newPage():
            raise PeopleError("印刷が途中で止まりました。プリンターの状態を確かめてください。")
        if page is None:
            continue
        _paint_page(painter, opened, page, printer.resolution() / 72)
    progress.step(len(wanted), len(wanted), "プリンターに送りました")


def _paint_page(painter: QPainter, opened: OpenPdf, page: int, dots: float) -> None:
    """Paint one page at its own size, where it has ink; ``dots``: device dots of a point."""
    from app.printing.inked import inked, part

    width, height = opened.size(page)
    coloured = _coloured(opened.image(page, 1).data)
    picture = opened.image(page, COLOUR_DPI / 72) if coloured else opened.grey(page, GREY_DPI / 72)
    form, dot = (QImage.Format.Format_RGB888, 3) if coloured else (QImage.Format.Format_Grayscale8, 1)
    painter.save()
    if width > height:
        painter.translate(0, round(width * dots))
        painter.rotate(-90)
    across, down = width * dots / picture.width, height * dots / picture.height
    for box in inked(picture):
        data = part(picture, box)
        drawn = QImage(data, box.width, box.height, box.width * dot, form)
        # On whole dots of the device: two boxes that touch have one edge, and no line of white between them.
        left, top = round(box.left * across), round(box.top * down)
        right, low = round((box.left + box.width) * across), round((box.top + box.height) * down)
        painter.drawImage(QRect(left, top, right - left, low - top), drawn)
    painter.restore()


def _coloured(data: bytes) -> bool:
    """Whether any dot is more than a shade of grey."""
    return not data[0::3] == data[1::3] == data[2::3]
