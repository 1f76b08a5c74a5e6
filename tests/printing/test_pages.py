"""Reading finished files: pictures for preview and paper, places of texts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from app.common import Cancelled, PeopleError
from app.printing import blocks as b
from app.printing.pages import Image as Picture
from app.printing.pages import OpenPdf, page_count
from app.printing.pictures import read_picture
from app.printing.render import render
from app.printing.type.wareki import wareki
from tests.support.places import find_text


@pytest.fixture
def pdf(document: Callable[..., b.Document]) -> bytes:
    return render(document(b.Text("一枚目　作業場所"), b.NewPage(), b.Text("二枚目　作業場所")))


def picture(pdf: bytes, scale: float) -> Picture:
    with OpenPdf(pdf) as opened:
        return opened.image(0, scale)


def test_pages_are_pictures_on_white(pdf: bytes) -> None:
    first = picture(pdf, 1.3)
    assert len(first.data) == first.width * first.height * 3
    assert first.width == pytest.approx(595.28 * 1.3, abs=1.5)
    assert first.data[:3] == b"\xff\xff\xff"
    assert min(first.data) < 80


def test_size_count_and_places_of_a_text(pdf: bytes) -> None:
    assert page_count(pdf) == 2
    with OpenPdf(pdf) as opened:
        assert opened.size(1) == pytest.approx((595.28, 841.89), abs=0.02)
    places = find_text(pdf, "作業場所")
    assert [place.page for place in places] == [0, 1]
    assert places[0].right - places[0].left == pytest.approx(4 * 10.5, abs=2)
    assert find_text(pdf, "無い語") == []


def test_photographs_lose_where_they_were_taken_and_are_made_smaller() -> None:
    out = BytesIO()
    taken = Image.new("RGB", (4000, 100), (10, 20, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CAMERA"
    taken.save(out, "JPEG", exif=exif)
    picture = read_picture(out.getvalue())
    assert (picture.width, picture.height) == (45, 1800)
    assert b"CAMERA" not in picture.data


def test_an_enormous_picture_is_refused_in_one_sentence(picture: Callable[..., bytes]) -> None:
    with pytest.raises(PeopleError, match="画素数"):
        read_picture(picture("PNG", "L", (9000, 7000)))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 20), "令和8年11月20日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
    ],
)
def test_days_are_written_in_their_era(day: date, text: str) -> None:
    assert wareki(day) == text


def test_days_can_be_written_in_full_width() -> None:
    assert wareki(date(2026, 11, 20), full_width=True) == "令和８年１１月２０日"


def test_two_threads_may_read_at_once(pdf: bytes) -> None:
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(lambda _: (find_text(pdf, "作業場所"), picture(pdf, 0.5)), range(24)))
    assert all(result == read[0] for result in read)


def test_a_file_let_go_meanwhile_ends_what_reads_it_as_cancelled(pdf: bytes) -> None:
    opened = OpenPdf(pdf)
    opened.close()
    opened.close()
    reads: list[Callable[[], object]] = [
        lambda: opened.page_count,
        lambda: opened.size(0),
        lambda: opened.text(0),
        lambda: opened.letters(0),
        lambda: opened.outline(),
        lambda: opened.image(0, 1.0),
        lambda: opened.seen(0, 1.0),
        lambda: opened.grey(0, 1.0),
    ]
    for read in reads:
        with pytest.raises(Cancelled):
            read()


def test_a_page_is_seen_and_read_in_one_opening(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenPdf(pdf) as opened:
        apart, part = (opened.image(0, 1.5), opened.text(0)), (10, 20, 30, 40)
        cut = opened.image(0, 1.5, part)
        asked: list[int] = []
        reader = type(opened._document)
        get = reader.__getitem__

        def counted(document: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfPage:
            asked.append(page)
            return get(document, page)

        monkeypatch.setattr(reader, "__getitem__", counted)
        assert opened.seen(0, 1.5) == apart
        assert opened.seen(0, 1.5, part) == (cut, apart[1])
    assert asked == [0, 0]
