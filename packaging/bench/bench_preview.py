"""From the click to the first page of a document, against the bare work that this cannot do without.

Documents of the sample ledger are opened in the real window, archived ones and drafts, until their first page
stands there sharp and is painted. The baseline does in the window's thread and nothing else what must be done
in any case: the same bytes out of the ledger, or the same draft, and the same page drawn in the same size. A
document of a thousand pages is then opened, jumped in and searched, with the memory that this takes.

Told by the clock and in processor time of all threads. Nothing waits for a timer: on a quiet machine the
clock tells no more than the processor; on one that others use only the latter says something.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from app.duties.case import Case
from app.exchange.demo import make_demo
from app.exchange.documents.composing import get_ready
from app.exchange.documents.issuing import archived, draft, prepare
from app.ledger.access.opening import unlock
from app.preferences import Preferences
from app.printing.blocks import Document, Sheet, Text, Title
from app.printing.pages import OpenPdf
from app.printing.render import render
from app.records import Contract, Submission
from app.start import Product
from app.ui.context import Context, Program
from app.ui.operations import Operations
from app.ui.papers.preview import Preview
from app.ui.parts.dialogs import QtDialogs
from app.ui.parts.look import Look
from app.ui.shell.window import MainWindow
from app.ui.targets import IssueForm, ShowDocument, ShowDocuments, Target

_PATIENCE = 60.0
_FORMS = ("location-notice", "worker-list", "disposal-certificate", "handling-ledger")
_PAGES = 1000


def until(app: QApplication, ready: Callable[[], bool]) -> None:
    """Let the window live until something is there. Raises ``TimeoutError``.

    Whatever comes wakes it: asking again and again would count as work of the window while a worker works.
    """
    end = time.monotonic() + _PATIENCE
    guard = QTimer()
    guard.start(round(_PATIENCE * 1000))
    while not ready():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError


class Took(NamedTuple):
    """Milliseconds by the clock, and of the processor in all threads."""

    clock: float
    processor: float


class Measured(NamedTuple):
    """Medians of the window and of the bare work."""

    ours: Took
    bare: Took

    @property
    def ratio(self) -> float:
        """How much more work the window does."""
        return self.ours.processor / self.bare.processor


class Watch:
    """Runs from when it is made; rubbish of before is collected first."""

    def __init__(self) -> None:
        gc.collect()
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        """How long it has run."""
        clock, processor = time.perf_counter() - self._clock, time.process_time() - self._processor
        return Took(clock * 1000, processor * 1000)


def median(held: Sequence[Took]) -> Took:
    """The median of each."""
    return Took(*(statistics.median(one) for one in zip(*held, strict=True)))


class Bench:
    """The window over the sample ledger."""

    def __init__(self, app: QApplication, context: Context, window: MainWindow) -> None:
        self.app, self.context, self.window = app, context, window
        self._label = QLabel()
        self._label.resize(800, 600)
        self._label.show()

    def opened(self, target: Target) -> tuple[Took, Preview]:
        """From the click to the first page on the screen."""
        watch = Watch()
        self.window.open(target)
        preview = self.window.page.findChild(Preview)
        if preview is None:
            raise TypeError(target)
        until(self.app, lambda: preview.pages.count > 0 and preview.pages.drawn(0))
        preview.pages.viewport().repaint()
        return watch.took(), preview

    def bare(self, pdf: Callable[[], bytes], scale: float) -> Took:
        """The bare work, for the same page at ``scale`` dots of a point."""
        watch = Watch()
        with OpenPdf(pdf()) as opened:
            width, height, data = opened.image(0, scale)
        image = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
        self._label.setPixmap(QPixmap.fromImage(image))
        self._label.repaint()
        return watch.took()

    def compare(self, target: Target, pdf: Callable[[], bytes], times: int) -> Measured:
        """The window and the bare work in turn, so that both meet the same noise."""
        ours, theirs = list[Took](), list[Took]()
        for _ in range(times):
            took, preview = self.opened(target)
            ours.append(took)
            theirs.append(self.bare(pdf, preview.pages._scale()))  # the same page in the same size
            self.rest()
        return Measured(median(ours), median(theirs))

    def rest(self) -> None:
        """Go back to the archive and wait until nobody works."""
        while self.window.stack._trail:  # nobody asks: nothing was changed
            self.window.back()
        until(self.app, lambda: not self.context.operations.busy)
        for _ in range(5):
            self.app.processEvents()


def memory() -> int:
    """Megabytes of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(one.split()[1]) // 1024 for one in lines if one.startswith("VmRSS")), 0)


@contextmanager
def standing() -> Iterator[Bench]:
    """The window, painted, with the sample ledger judged and what printing needs loaded, as after a start."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        product, today = Product(), datetime.now().astimezone().date()
        print("making the sample ledger", file=sys.stderr)
        made = make_demo(product, Path(folder), today)
        key = unlock(made.path, made.passphrase_file.read_text(encoding="utf-8").strip())
        look, operations = Look(app, "light"), Operations(_fail)
        program = Program(product, Preferences(Path(folder) / "settings.json"), today=lambda: today)
        with product.open(made.path, key) as ledger:
            try:
                context = Context(program, ledger, QtDialogs(), operations, look)
                window = MainWindow(context)
                window.resize(1366, 768)
                window.show()
                get_ready()
                window.open(ShowDocuments())
                bench = Bench(app, context, window)
                bench.rest()
                yield bench
                window.hide()
            finally:
                operations.stop()
        look.release()


def papers(bench: Bench, times: int) -> Iterator[tuple[str, Measured]]:
    """Every measure of archived documents and drafts, by name."""
    context = bench.context
    facts, ledger = context.facts(), context.ledger
    held = facts.all(Submission)
    longest = max(held, key=lambda one: len(ledger.blob(one.pdf)))
    for document in {one.id: one for one in (held[0], held[-1], longest)}.values():
        bare = partial(archived, ledger, document)
        yield f"archived {document.form}", bench.compare(ShowDocument(document.id), bare, times)
    contract = next(one for one in facts.all(Contract) if one.number == "MK-1024")
    case = Case(
        facts, context.catalogue, contract, context.today(), forms=context.forms, today=context.today()
    )
    for name in _FORMS:
        if prepare(context.forms[name], case).statement is not None:
            bare = partial(draft, context.forms[name], case, ledger.blob)
            yield f"draft {name}", bench.compare(IssueForm(name, contract.id), bare, times)


def large(bench: Bench) -> Iterator[str]:
    """What a document of a thousand pages takes: milliseconds, and megabytes beyond those of its file."""
    lines = tuple(Text("髙橋 花子 が記録を確かめて控えを残す。") for _ in range(25))
    sheets = tuple(Sheet((Title("誓約書"), *lines), f"誓約書（{n}）") for n in range(1, _PAGES + 1))
    pdf = render(Document("誓約書", sheets, "2026-0001", "自社"))
    preview = Preview(bench.context)
    preview.resize(1366, 768)
    preview.show()
    bench.rest()
    before = memory()

    def line(name: str, act: Callable[[], object], ready: Callable[[], bool]) -> str:
        watch = Watch()
        act()
        until(bench.app, ready)
        preview.pages.viewport().repaint()
        took = watch.took()
        return f"{name:<34}{took.clock:>8.0f}{took.processor:>11.0f}"

    pages, finder = preview.pages, preview.finder
    yield line(f"first of {_PAGES:,} pages", lambda: preview.show_pdf(pdf), lambda: pages.drawn(0))
    bench.rest()
    yield line("jump to page 700", lambda: pages.go(699), lambda: pages.drawn(699))
    preview.find_words()
    search = partial(preview.find_bar.line.setText, "高橋花子")
    yield line("first finding from there", search, lambda: finder.number > 0)
    yield line("all other findings", lambda: None, lambda: finder.complete)
    pages.set_zoom(4.0)
    until(bench.app, lambda: all(map(pages.drawn, pages.seen())))
    bench.rest()
    gc.collect()
    yield f"{finder.total:,} findings, at 400 %: {memory() - before:,} MB more than before"


def _fail(error: Exception) -> None:
    raise error


def main(arguments: list[str]) -> int:
    """Print a line for each measure. Returns the exit code."""
    parser = argparse.ArgumentParser(description="from the click to the first page of a document")
    parser.add_argument("-n", type=int, default=7, metavar="TIMES", help="runs of each (default: 7)")
    wanted = parser.parse_args(arguments)
    with standing() as bench:
        said = f"{'clock':>8}{'processor':>11}{'bare':>8}{'processor':>14}{'ratio':>8}"
        print(f"{'ms to the first page':<34}{said}")
        for name, found in papers(bench, max(1, wanted.n)):
            ours, bare = found
            told = f"{bare.clock:>8.0f}{bare.processor:>14.0f}{found.ratio:>8.2f} x"
            print(f"{name:<34}{ours.clock:>8.0f}{ours.processor:>11.0f}{told}")
        for line in large(bench):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
