"""What the tests of the printing room share: documents, and two independent readers of a file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.printing import blocks as b
from app.printing.pages import OpenPdf

MARK = b.Mark(code="1a2b3c4d5e6f7a8b9c0d", head="9f86d081" * 8, sequence=812, ledger="7f3a")


@pytest.fixture
def document() -> Callable[..., b.Document]:
    """Make a document of one sheet, or of the sheets given."""

    def make(*contents: b.Block | b.Sheet, number: str | None = "2026-0003") -> b.Document:
        sheets = tuple(part for part in contents if isinstance(part, b.Sheet))
        loose = tuple(part for part in contents if not isinstance(part, b.Sheet))
        if loose:
            sheets += (b.Sheet(loose, "試し刷り"),)
        return b.Document("試し刷り", sheets, number, "株式会社𠮷野データ", MARK if number else None)

    return make


@pytest.fixture
def page_texts() -> Callable[[bytes], list[str]]:
    """The text of every page as the reader of the program gives it."""

    def read(pdf: bytes) -> list[str]:
        with OpenPdf(pdf) as opened:
            return [opened.text(page).replace("\r\n", "\n") for page in range(opened.page_count)]

    return read


@pytest.fixture
def other_reader(tmp_path: Path) -> Callable[[bytes], str]:
    """The text of a file as poppler gives it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler is not installed")

    def read(pdf: bytes) -> str:
        path = tmp_path / "read.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([program, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    return read


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """The bytes of a picture of one colour."""

    def make(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
        out = BytesIO()
        Image.new(mode, size, (200, 30, 30, 128)[: len(mode)]).save(out, kind)
        return out.getvalue()

    return make


@pytest.fixture
def roster() -> Callable[[int], b.Table]:
    """A table of ``count`` people with a column of every kind."""

    def make(count: int) -> b.Table:
        columns = (
            b.Column("番号", 1, "center"),
            b.Column("氏名", 3),
            b.Column("所属", 4),
            b.Column("従事開始日", 2.4, "center", fit=True),
            b.Column("件数", 1.6, "right"),
        )
        names = ("𠮷田　花子", "髙﨑　一郎", "葛\U000e0100城　徹", "辻\U000e0100　裕子")
        rows = tuple(
            (
                str(n),
                names[n % 4],
                f"情報システム部第{n}課（再委託先を含む。）",
                "令和8年12月31日",
                f"{n * 7919:,}",
            )
            for n in range(1, count + 1)
        )
        return b.Table(columns, rows)

    return make
