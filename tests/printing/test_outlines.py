"""Outlines and shown codes as our own eyes read them: never more leniently than the slow way does."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing import blocks as b
from app.printing.proof import fonts as proof
from app.printing.render import render
from app.printing.type.face import Face
from app.printing.type.fonts import BODY, BOLD, EAST, LATIN, RARE

PARTS = SimpleNamespace(getGlyphName=str, extended=False)


def outlines(name: str) -> Iterator[bytes]:
    face = Face(BytesIO(resources.files("resources").joinpath("fonts", name).read_bytes()))
    table = face.get_table("glyf")
    return (table[start:end] for start, end in pairwise(face.glyphPos))


def expanded(outline: bytes) -> bool:
    """Whether fontTools takes it apart."""
    try:
        Glyph(outline).expand(PARTS)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("name", [BODY, BOLD, RARE, EAST, LATIN])
def test_every_outline_of_our_fonts_is_readable(name: str) -> None:
    assert all(map(proof._readable.__wrapped__, outlines(name)))


SIMPLE = next(one for one in outlines(BODY) if len(one) > 150 and one[0] < 0x80)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SIMPLE) - 1), st.integers(0, 255), st.integers(0, len(SIMPLE)))
def test_what_fonttools_cannot_take_apart_is_never_readable(at: int, value: int, end: int) -> None:
    damaged = bytearray(SIMPLE)
    damaged[at] = value
    for tried in (bytes(damaged), SIMPLE[:end], bytes(damaged)[:end]):
        if proof._readable.__wrapped__(tried):
            assert expanded(tried)


@pytest.mark.parametrize("cut", [1, 4, 40])
def test_an_outline_that_ends_too_early_or_too_late_is_not(cut: int) -> None:
    assert proof._readable(SIMPLE)
    assert not proof._readable(SIMPLE[:-cut].rstrip(b"\0")[:-1])
    assert not proof._readable(SIMPLE + b"\0" * (cut + 4))


def test_the_codes_of_our_pages_are_those_that_reading_them_through_finds(
    document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = proof._read_through
    made = document(b.Text("氏名　𠮷田「花子」 ABC"), b.Table((b.Column("所属", 1),), (("運用課",),)))
    with pikepdf.open(BytesIO(render(made))) as pdf:
        wanted = [through(page) for page in pdf.pages]
        monkeypatch.setattr(proof, "_read_through", lambda _page: pytest.fail("read through"))
        assert [proof._used(page) for page in pdf.pages] == wanted


@pytest.mark.parametrize(
    "shown", [b"(\x01\x02) Tj", b"[<0102>] TJ", b"<0102> '", b'1 1 <0102> "', b"BI /W 1 ID <01> Tj EI"]
)
def test_whatever_else_shows_words_is_read_through(shown: bytes) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"BT /F1+0 9 Tf " + shown + b" ET")
        assert proof._used(page) == proof._read_through(page)
