"""The code is read from what a copier makes of the sheet, and never read wrongly."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from made_scans import CORNERS, Scan, as_page
from PIL import Image

from app.common import Cancelled, PeopleError, Progress
from app.exchange.scans.reading import read_page, read_scan
from app.ledger.door import Ledger
from app.ledger.proof.document_codes import ledger_tag
from app.printing.codes.payload import PaperCode
from app.records import Submission

Papers = tuple[Submission, Submission, Submission]


def own(ledger: Ledger, paper: Submission, page: int = 1) -> PaperCode:
    return PaperCode(ledger_tag(ledger.id), paper.code[:16], page)


@pytest.mark.parametrize(("seal", "skew"), [*zip(CORNERS, (3.0, -3.0) * 3, strict=True)])
def test_a_seal_over_any_corner_of_it_does_not_hide_it(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], seal: str, skew: float
) -> None:
    read = read_page(as_page(scan(papers[0], Scan(200, skew, seal))))
    assert read.codes == (own(ledger, papers[0]),)


@pytest.mark.parametrize("turn", [90, 180, 270, 30])
def test_a_sheet_lies_on_the_glass_as_it_likes(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], turn: int
) -> None:
    with Image.open(BytesIO(scan(papers[0], Scan(150, turn)))) as opened:
        turned = BytesIO()
        opened.save(turned, "PNG")
    (read,) = read_scan(turned.getvalue(), "「s.png」")
    assert read.codes == (own(ledger, papers[0]),)


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "JPEG", "PNG"])
def test_pictures_of_every_kind_are_read_as_well_as_pdf(
    ledger: Ledger, papers: Papers, scan: Callable[..., bytes], kind: str
) -> None:
    with Image.open(BytesIO(scan(papers[0]))) as opened:
        out = BytesIO()
        opened.save(out, kind)
    (read,) = read_scan(out.getvalue(), "「s」")
    assert read.codes == (own(ledger, papers[0]),)


def test_the_file_as_it_was_issued_is_read_too(ledger: Ledger, papers: Papers) -> None:
    read = read_scan(ledger.document_bytes(papers[0]), "「s.pdf」")
    assert [one.codes for one in read] == [
        (own(ledger, papers[0], page),) for page in range(1, len(read) + 1)
    ]


def test_a_seal_alone_is_something_and_dust_is_not(stamp: bytes) -> None:
    (read,) = read_scan(stamp, "「印.png」")
    assert (read.codes, read.empty) == ((), False)
    page = Image.new("L", (1240, 1754), 250)
    page.paste(90, (300, 300, 306, 307))
    out = BytesIO()
    page.save(out, "PNG")
    (read,) = read_scan(out.getvalue(), "「塵.png」")
    assert read.empty


def test_a_picture_of_nothing_shows_nothing(blank: bytes) -> None:
    (read,) = read_scan(blank, "「白紙.png」")
    assert (read.codes, read.foreign, read.newer) == ((), 0, False)


@pytest.mark.parametrize("size", [(1, 1), (1, 90), (90, 1), (2, 3), (600, 5)])
def test_a_picture_of_hardly_any_size_shows_nothing(size: tuple[int, int]) -> None:
    out = BytesIO()
    Image.new("L", size).save(out, "PNG")
    assert read_scan(out.getvalue(), "「s.png」")[0].codes == ()


def test_what_cannot_be_opened_is_one_sentence(
    ledger: Ledger, papers: Papers, locked: Callable[[bytes], bytes], scan: Callable[..., bytes]
) -> None:
    with pytest.raises(PeopleError, match="パスワードが掛かっています"):
        read_scan(locked(ledger.document_bytes(papers[0])), "「s.pdf」")
    with pytest.raises(PeopleError, match="壊れているため読み取れません"):
        read_scan(scan(papers[0])[:3000], "「s.jpg」")
    with pytest.raises(PeopleError, match="印刷できない形式"):
        read_scan(b"abc", "「s.txt」")


def test_a_long_file_can_be_cancelled_and_a_longer_one_is_refused(
    several: Callable[..., bytes], blank: bytes
) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_scan(blank, "「s」", progress)
    small = BytesIO()
    Image.new("L", (8, 8)).save(small, "PNG")
    with pytest.raises(PeopleError, match="101ページあります"):
        read_scan(several([small.getvalue()] * 101), "「s.pdf」")
