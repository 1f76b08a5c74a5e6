"""Pictures and scans: upright, every page, told by content; whatever cannot be printed is named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.common import PeopleError
from app.printing import blocks as b
from app.printing.pictures import (
    MOST_PAGES,
    UnreadablePictureError,
    count_pages,
    printed_pages,
    read_picture,
    shown_pages,
)
from app.printing.render import render

NAME = "添付した写真「写真001.heic」"
TURNS = {1: "NW", 2: "NE", 3: "SE", 4: "SW", 5: "NW", 6: "NE", 7: "SE", 8: "SW"}
"""EXIF orientation → the corner in which the red of a picture's first corner is to be seen."""


def marked(orientation: int, form: str = "JPEG") -> bytes:
    """A picture of 240 × 120 with one red quarter, and a tag that says how to turn it."""
    image = Image.new("RGB", (240, 120), "white")
    image.paste("red", (0, 0, 120, 60))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    image.save(out, form, exif=exif)
    return out.getvalue()


def scan(count: int, mode: str = "1", form: str = "TIFF", **how: Any) -> bytes:
    """A file of ``count`` pages, each a little wider than the one before it."""
    pages = [Image.new(mode, (20 + number, 30), 1) for number in range(count)]
    out = BytesIO()
    pages[0].save(out, form, save_all=True, append_images=pages[1:], **how)
    return out.getvalue()


def corner(page: Any) -> str:
    """Where the red is."""
    image = Image.frombytes("RGB", (page.width, page.height), page.data)
    at = {"NW": (5, 5), "NE": (-6, 5), "SW": (5, -6), "SE": (-6, -6)}
    for name, (x, y) in at.items():
        red, green, _blue = image.getpixel((x % image.width, y % image.height))  # type: ignore[misc]  # RGB
        if red > 200 and green < 80:
            return name
    return ""


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_upright_as_it_was_taken(orientation: int, form: str) -> None:
    data = marked(orientation, form)
    (page,) = shown_pages(data, 240, NAME)
    assert (page.width, page.height) == ((240, 120) if orientation < 5 else (120, 240))
    assert corner(page) == TURNS[orientation]
    printed = read_picture(printed_pages(data, NAME)[0])
    assert (printed.width, printed.height) == (page.width, page.height)


@pytest.mark.parametrize("how", [{}, {"compression": "group4"}, {"compression": "tiff_lzw"}])
def test_every_page_of_a_fax_is_printed(how: dict[str, Any]) -> None:
    data = scan(3, **how)
    assert count_pages(data, NAME) == 3
    assert [read_picture(page).width for page in printed_pages(data, NAME)] == [20, 21, 22]
    assert [page.width for page in shown_pages(data, 400, NAME, 2)] == [20, 21]


def test_every_page_of_a_pdf_is_printed(document: Callable[..., b.Document]) -> None:
    pdf = render(document(b.Text("一枚目"), b.NewPage(), b.Text("二枚目")))
    pages = [read_picture(page) for page in printed_pages(pdf, NAME)]
    assert [(page.width, page.height) for page in pages] == [(1273, 1800)] * 2


@pytest.mark.parametrize("form", ["BMP", "GIF", "WEBP", "PNG", "JPEG"])
def test_every_kind_of_picture_is_printed(form: str) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, form)
    (page,) = printed_pages(out.getvalue(), NAME)
    assert (read_picture(page).width, read_picture(page).height) == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "LA"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (8, 6), 0).save(out, "TIFF")
    (page,) = shown_pages(out.getvalue(), 100, NAME)
    assert (page.width, page.height, len(page.data)) == (8, 6, 8 * 6 * 3)


def test_sixteen_bits_of_grey_are_not_all_white() -> None:
    out = BytesIO()
    Image.new("I;16", (8, 6), 0x8000).save(out, "TIFF")
    (page,) = shown_pages(out.getvalue(), 100, NAME)
    assert set(page.data) == {0x80}


def test_a_moving_picture_counts_as_one() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert len(printed_pages(out.getvalue(), NAME)) == 1


@pytest.mark.parametrize(
    ("pages", "fits"), [(MOST_PAGES - 1, True), (MOST_PAGES, True), (MOST_PAGES + 1, False)]
)
def test_a_file_of_too_many_pages_is_refused_by_name(pages: int, *, fits: bool) -> None:
    data = scan(pages)
    if fits:
        assert len(printed_pages(data, NAME)) == pages
        return
    with pytest.raises(PeopleError) as refused:
        printed_pages(data, NAME)
    assert str(refused.value) == (
        f"{NAME}は101ページあります。印刷できるのは100ページまでです。分けて添付し直してください。"
    )


@pytest.mark.parametrize(
    "data",
    [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"PK\x03\x04 word", b"plain text", b"RIFF\0\0\0\0WAVE", b""],
)
def test_what_is_no_picture_is_named_with_what_to_do(data: bytes) -> None:
    with pytest.raises(UnreadablePictureError) as refused:
        printed_pages(data, NAME)
    assert not refused.value.damaged
    assert str(refused.value) == (
        f"{NAME}は印刷できない形式です。JPEG、PNG、TIFFかPDFにして添付し直してください。"
    )


@pytest.mark.parametrize(
    "data", [marked(1)[:400], marked(1, "PNG")[:80], scan(3)[:60], b"BM broken", b"%PDF-1.7"]
)
def test_a_damaged_picture_says_so_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadablePictureError) as refused:
        [read_picture(page, NAME) for page in printed_pages(data, NAME)]
    assert refused.value.damaged
    assert str(refused.value).startswith(f"{NAME}は")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP"]), st.data())
def test_no_damage_is_ever_a_traceback(form: str, data: st.DataObject) -> None:
    whole = scan(2) if form == "TIFF" else _plain(form)
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=6)) if broken else ():
        broken[at] = data.draw(st.integers(0, 255))
    with suppress(PeopleError):
        for page in printed_pages(bytes(broken), NAME):
            read_picture(page, NAME)


def _plain(form: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (12, 9), "red").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("wide", [1799, 1800, 1801, 3599, 3600, 3601, 7200])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_photograph_is_printed_upright_and_no_finer_than_it_is_wanted(
    wide: int, orientation: int
) -> None:
    image = Image.new("RGB", (wide, wide // 2), "white")
    image.paste("red", (0, 0, wide // 2, wide // 4))
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    image.save(out, "JPEG", exif=exif)
    made = read_picture(printed_pages(out.getvalue(), NAME)[0])
    long = min(wide, 1800)
    assert sorted((made.width, made.height), reverse=True) == [long, pytest.approx(long / 2, abs=1)]
    assert (made.width > made.height) == (orientation == 1)
    (seen,) = shown_pages(out.getvalue(), long, NAME)
    assert corner(seen) == TURNS[orientation]


def test_a_large_photograph_that_breaks_off_is_named_though_it_is_taken_apart_coarsely() -> None:
    out = BytesIO()
    Image.effect_noise((4000, 3000), 80).convert("RGB").save(out, "JPEG")
    with pytest.raises(UnreadablePictureError, match="壊れている"):
        printed_pages(out.getvalue()[:-2000], NAME)
