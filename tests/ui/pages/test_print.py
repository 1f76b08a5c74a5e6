"""Paper: pages painted whole and upright; refusals in one sentence; names that Windows takes."""

from __future__ import annotations

import ntpath
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.common import Cancelled, PeopleError, Progress
from app.filesystem import pdf_name
from app.printing.blocks import Document, Sheet, Text, Title
from app.printing.inked import inked
from app.printing.pages import OpenPdf
from app.printing.render import render
from app.ui.context import Context, Program
from app.ui.papers.printing import PrintDialog, print_pdf, save_pdf
from app.ui.papers.printing_port import NO_PRINTER, Duplex, PaperPort, Printers, PrintOrder, QtPaper, paint
from tests.support.inputs import line_of


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """An upright page, one that lies, and another upright one."""
    sheets = (
        Sheet((Title("廃棄・消去証明書"), Text("髙橋 𠮷田")), "証明書"),
        Sheet((Title("明細"),), "明細", landscape=True),
        Sheet((Title("控え"),), "控え"),
    )
    return render(Document("証明書", sheets, "2026-0001", "自社"))


def to_file(path: Path) -> QPrinter:
    """A printer that writes a file, for want of paper."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    made.setResolution(150)
    return made


def corner_ink(opened: OpenPdf, page: int) -> tuple[int, int]:
    """Dark dots in the upper and in the lower half of a page."""
    width, height, data = opened.grey(page, 1)
    half = height // 2 * width
    return sum(dot < 100 for dot in data[:half]), sum(dot < 100 for dot in data[half:])


def test_every_page_is_painted_upright_on_a4(qapp: Any, tmp_path: Path, pdf: bytes) -> None:
    steps: list[tuple[int, int, str]] = []
    paint(to_file(tmp_path / "out.pdf"), pdf, "証明書", PrintOrder(""), Progress(lambda *s: steps.append(s)))
    with OpenPdf((tmp_path / "out.pdf").read_bytes()) as opened:
        assert opened.page_count == 3
        for page in range(3):
            width, height = opened.size(page)
            assert (round(width), round(height)) == (595, 842)
        upper, lower = corner_ink(opened, 0)
        assert upper > lower
        upper, lower = corner_ink(opened, 2)
        assert upper > lower
    assert steps[-1][:2] == (3, 3)


def darkness(opened: OpenPdf, page: int) -> list[int]:
    """How much ink there is in each of 40 bands of a page, in per mille."""
    width, height, data = opened.grey(page, 1)
    band = height // 40
    parts = (data[at * band * width : (at + 1) * band * width] for at in range(40))
    return [round(1000 * (1 - sum(one) / 255 / len(one))) for one in parts]


def test_what_is_painted_is_the_page_and_most_of_its_white_is_not_sent(
    qapp: Any, tmp_path: Path, pdf: bytes
) -> None:
    printer = to_file(tmp_path / "out.pdf")
    printer.setResolution(600)
    paint(printer, pdf, "証明書", PrintOrder("", first=1, last=1), Progress())
    with OpenPdf(pdf) as asked, OpenPdf((tmp_path / "out.pdf").read_bytes()) as made:
        wanted, got = darkness(asked, 0), darkness(made, 0)
        assert all(abs(one - other) <= 3 for one, other in zip(wanted, got, strict=True))
        assert max(wanted) > 5
        picture = asked.grey(0, 600 / 72)
        sent = sum(box.width * box.height for box in inked(picture))
    assert sent < 0.25 * picture.width * picture.height


def test_only_the_wanted_pages_are_painted(qapp: Any, tmp_path: Path, pdf: bytes) -> None:
    paint(to_file(tmp_path / "out.pdf"), pdf, "証明書", PrintOrder("", first=2, last=2), Progress())
    with OpenPdf((tmp_path / "out.pdf").read_bytes()) as opened:
        assert opened.page_count == 1


def test_no_page_in_range_is_told(qapp: Any, tmp_path: Path, pdf: bytes) -> None:
    with pytest.raises(PeopleError, match="ページの範囲"):
        paint(to_file(tmp_path / "out.pdf"), pdf, "証明書", PrintOrder("", first=9, last=9), Progress())


def test_printing_can_be_stopped_between_pages(qapp: Any, tmp_path: Path, pdf: bytes) -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        paint(to_file(tmp_path / "out.pdf"), pdf, "証明書", PrintOrder(""), progress)


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_cannot_begin_is_told(qapp: Any, tmp_path: Path, pdf: bytes) -> None:
    with pytest.raises(PeopleError, match="PDFを保存"):
        paint(to_file(tmp_path / "ない" / "out.pdf"), pdf, "証明書", PrintOrder(""), Progress())


def test_without_a_printer_one_sentence_says_what_to_do(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(PeopleError) as refused:
        QtPaper().printers()
    assert str(refused.value) == NO_PRINTER


class FakePaper:
    """A port that keeps what it is given."""

    def __init__(self, found: Printers | None) -> None:
        self.found = found
        self.sent: list[tuple[str, PrintOrder]] = []

    def printers(self) -> Printers:
        if self.found is None:
            raise PeopleError(NO_PRINTER)
        return self.found

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        progress.step(1, 1, title)
        self.sent.append((title, order))


@pytest.fixture
def paper(context: Context, program: Program) -> FakePaper:
    from dataclasses import replace

    made = FakePaper(Printers(("受付", "事務所"), "事務所"))
    port: PaperPort = made
    context.program = replace(program, services={"printer": port})
    return made


def test_the_default_printer_is_offered_and_the_order_sent(
    context: Context, paper: FakePaper, dialogs: Any, qtbot: QtBot, pdf: bytes
) -> None:
    def choose(dialog: PrintDialog) -> None:
        assert dialog.printer.currentText() == "事務所"
        line_of(dialog.form.inputs["copies"]).setText("２")
        line_of(dialog.form.inputs["last"]).setText("1")
        dialog.accept()

    dialogs.answers.append(choose)
    print_pdf(context, pdf, "2026-0001　証明書", 3)
    qtbot.waitUntil(lambda: bool(dialogs.said))
    assert paper.sent == [("2026-0001　証明書", PrintOrder("事務所", copies=2, first=1, last=1))]
    assert "事務所" in dialogs.said[-1]


def test_sides_are_asked_for_and_what_stays_blank_is_said(
    context: Context, paper: FakePaper, dialogs: Any, qtbot: QtBot, pdf: bytes
) -> None:
    def choose(dialog: PrintDialog) -> None:
        dialog.show()
        assert dialog.duplex.currentText() == "プリンターの設定のまま"
        assert not dialog._new_sheets.isVisible()
        dialog.duplex.setCurrentText("両面（長辺とじ）")
        assert "新しい用紙" in dialog._new_sheets.plain
        assert dialog._new_sheets.isVisible()
        dialog.accept()

    dialogs.answers.append(choose)
    print_pdf(context, pdf, "2026-0001　証明書", 3)
    qtbot.waitUntil(lambda: bool(dialogs.said))
    assert paper.sent[0][1] == PrintOrder("事務所", first=1, last=3, duplex=Duplex.LONG)


@pytest.mark.parametrize(
    ("order", "inked_pages"),
    [
        (PrintOrder("", duplex=Duplex.LONG), [True, False, True, False, True]),
        (PrintOrder("", duplex=Duplex.SHORT, first=2), [True, False, True]),
        (PrintOrder("", duplex=Duplex.LONG, copies=2, first=3), [True, False]),
        (PrintOrder("", duplex=Duplex.ONE, copies=2), [True, True, True]),
        (PrintOrder(""), [True, True, True]),
    ],
)
def test_on_both_sides_no_two_papers_share_a_sheet(
    qapp: Any, tmp_path: Path, pdf: bytes, order: PrintOrder, inked_pages: list[bool]
) -> None:
    paint(to_file(tmp_path / "out.pdf"), pdf, "証明書", order, Progress())
    with OpenPdf((tmp_path / "out.pdf").read_bytes()) as opened:
        found = [min(opened.grey(page, 1).data) < 128 for page in range(opened.page_count)]
    assert found == inked_pages


def test_a_long_paper_goes_on_on_the_back(qapp: Any, tmp_path: Path) -> None:
    long = Sheet((Title("台帳"), *(Text("記録を確かめて控える。") for _ in range(60))), "台帳")
    made = render(Document("台帳", (long,), "2026-0001", "自社"))
    with OpenPdf(made) as opened:
        count = opened.page_count
    assert count > 1
    paint(to_file(tmp_path / "out.pdf"), made, "台帳", PrintOrder("", duplex=Duplex.LONG), Progress())
    with OpenPdf((tmp_path / "out.pdf").read_bytes()) as opened:
        assert opened.page_count == count


def test_a_pdf_is_saved_where_the_last_one_was_and_only_the_folder_is_remembered(
    context: Context, dialogs: Any, tmp_path: Path, pdf: bytes
) -> None:
    folder = tmp_path / "提出"
    folder.mkdir()
    dialogs.answers += [folder / "みなと北市.pdf", None]
    assert save_pdf(context, pdf, "2026-0001_証明書.pdf")
    assert not save_pdf(context, pdf, "2026-0002_届.pdf")
    assert dialogs.asked == ["PDFを保存：2026-0001_証明書.pdf", f"PDFを保存：{folder / '2026-0002_届.pdf'}"]
    assert (folder / "みなと北市.pdf").read_bytes() == pdf
    kept = context.preferences.path.read_text(encoding="utf-8")
    assert "提出" in kept
    assert "みなと北市" not in kept
    (folder / "みなと北市.pdf").unlink()
    folder.rmdir()
    dialogs.answers.append(None)
    save_pdf(context, pdf, "2026-0003_届.pdf")
    assert dialogs.asked[-1] == "PDFを保存：2026-0003_届.pdf"


def test_a_page_beyond_the_last_is_refused(context: Context, qtbot: QtBot) -> None:
    dialog = PrintDialog(context, "証明書", Printers(("受付",)), 3)
    qtbot.addWidget(dialog)
    line_of(dialog.form.inputs["last"]).setText("4")
    dialog.accept()
    assert not dialog.result()
    line_of(dialog.form.inputs["last"]).setText("2")
    line_of(dialog.form.inputs["first"]).setText("3")
    dialog.accept()
    assert (dialog.order().first, dialog.order().last) == (2, 3)


def test_turning_away_sends_nothing(context: Context, paper: FakePaper, dialogs: Any, settled: Any) -> None:
    dialogs.answers.append(False)
    print_pdf(context, b"", "証明書", 1)
    settled()
    assert paper.sent == []


_BASE = ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))


@given(st.lists(st.text(max_size=80), max_size=4))
def test_every_name_is_one_that_windows_takes(parts: list[str]) -> None:
    name = pdf_name(*parts)
    assert name.endswith(".pdf")
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(sign) >= 32 for sign in name)
    assert ntpath.basename(name) == name
    assert name.split(".")[0].lower().strip() not in _BASE
    assert not name.removesuffix(".pdf").endswith((" ", "."))
    assert len(name) <= 126


@pytest.mark.parametrize("word", ["CON", "nul.txt", "Lpt1", "com9.a.b"])
def test_reserved_names_are_led_by_a_sign(word: str) -> None:
    assert pdf_name(word).startswith("_")


def test_a_name_in_a_file_name_stays_as_it_is_written() -> None:
    for name in ("\ufa19谷", "\ufa10本", "葛\U000e0100城", "𠮷田"):
        assert pdf_name("2026-0003", name) == f"2026-0003_{name}.pdf"
