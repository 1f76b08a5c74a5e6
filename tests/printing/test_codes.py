"""The code at the foot of a page: any reader reads it, each page has its own, clear of all else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from reportlab.graphics.barcode import qrencoder

from app.printing import blocks as b
from app.printing.codes.drawing import ABOVE_EDGE, CLEAR, LEFT, WIDE
from app.printing.codes.payload import MOST, PaperCode, is_newer, paper_code, payload
from app.printing.codes.symbol import QUIET, SIDE, modules
from app.printing.pages import OpenPdf
from app.printing.paper import LANDSCAPE, MM, PORTRAIT, Paper
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render

Make = Callable[..., b.Document]
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SAID = "J1-7F3A-1A2B3C4D5E6F7A8B-"


def read(pdf: bytes, page: int) -> list[str]:
    """What codes on a page say, as a scan of 200 dots per inch shows it."""
    with OpenPdf(pdf) as opened:
        held = opened.image(page, 200 / 72)
    image = Pillow.frombytes("RGB", (held.width, held.height), held.data)
    return [one.text for one in zxingcpp.read_barcodes(image)]


@given(st.text(LETTERS, min_size=1, max_size=MOST))
def test_the_modules_are_those_of_another_encoder(text: str) -> None:
    other = qrencoder.QRCode(2, qrencoder.QRErrorCorrectLevel.Q)
    other.addData(qrencoder.QRAlphaNum(text))
    other.makeImpl(False, 6)
    assert modules(text) == tuple(tuple(map(bool, row)) for row in other.modules)


def test_it_holds_so_much_and_no_more() -> None:
    assert modules("A" * (MOST - 1)) != modules("A" * MOST)
    with pytest.raises(ValueError, match="30 characters"):
        modules("A" * (MOST + 1))
    with pytest.raises(ValueError, match="substring"):
        modules("小")


@given(st.text("0123456789abcdef", min_size=20, max_size=20), st.integers(1, 12_000))
def test_what_is_written_is_read_again(code: str, page: int) -> None:
    said = payload("7f3a", code, page)
    assert len(said) <= MOST
    assert set(said) <= set(LETTERS)
    assert paper_code(said) == PaperCode("7f3a", code[:16], page if page <= 9_999 else 0)


@pytest.mark.parametrize(
    "said", ["", "J1", "https://example.jp/", SAID + "x", SAID, SAID + "12345", SAID.lower() + "1"]
)
def test_other_codes_are_none_of_ours(said: str) -> None:
    assert paper_code(said) is None
    assert not is_newer(said)


def test_a_code_of_a_later_program_is_known_for_one_of_ours() -> None:
    assert is_newer("J2-7F3A-1A2B3C4D5E6F7A8B-1-X")
    assert not is_newer(SAID + "1")


def test_every_page_has_its_own_code_through_all_sheets(document: Make) -> None:
    sheet = b.Sheet((b.Text("甲"), b.NewPage(), b.Text("乙")), "一")
    pdf = render(document(sheet, b.Sheet((b.Text("丙"),), "二", landscape=True)))
    assert [read(pdf, page) for page in range(3)] == [[SAID + "1"], [SAID + "2"], [SAID + "3"]]


def test_a_draft_bears_none(document: Make) -> None:
    draft = document(b.Text("甲"), number=None)
    pdf = render(draft)
    proof_read(pdf, draft)
    assert read(pdf, 0) == []


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_it_is_18_millimetres_with_white_around_it_and_clear_of_the_text(size: Paper) -> None:
    assert WIDE >= 18 * MM
    assert CLEAR >= QUIET * WIDE / SIDE
    assert min(LEFT, ABOVE_EDGE) >= 4.2 * MM  # what printers leave white
    edge = LEFT + WIDE + CLEAR
    assert size.bottom >= edge or size.left >= edge


@pytest.mark.parametrize(
    "last",
    [
        b.Submitter((("所在地", "見本市"), ("商号又は名称", "株式会社見本")), None, 1),
        b.Signature((("住所", ""), ("氏名", "")), 1),
        b.Consent(("株式会社見本　様",), ("見本市長",)),
    ],
)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_seal_at_the_very_foot_of_the_page_is_10_millimetres_away(
    document: Make, last: b.Block, landscape: bool
) -> None:
    lowest = 1e9
    for lines in range(60):
        blocks = (*(b.Text("文") for _ in range(lines)), last)
        with OpenPdf(render(document(b.Sheet(blocks, "一", landscape=landscape)))) as opened:
            if opened.page_count > 1:
                break
            with opened.reading(0) as (_, text):
                at = text.get_text_range().rindex("印")
                left, bottom, right, top = text.get_charbox(at)
        x, y = (left + right) / 2, (bottom + top) / 2
        lowest = min(lowest, y)
        # A seal of 18 mm is set around the sign; from its edge to the nearest point of the code.
        away = max(x - LEFT - WIDE, 0), max(y - ABOVE_EDGE - WIDE, 0)
        assert (away[0] ** 2 + away[1] ** 2) ** 0.5 - 9 * MM >= 10 * MM
    assert lowest < 70 * MM


def test_a_code_that_says_something_else_or_is_printed_over_is_found(document: Make) -> None:
    simple = document(b.Text("甲"))
    assert simple.mark
    pdf = render(simple)
    proof_read(pdf, simple)
    other = replace(simple, mark=replace(simple.mark, ledger="7f3b"))
    with pytest.raises(ProofError, match="code page 1"):
        proof_read(pdf, other)
    low = replace(simple, sheets=(b.Sheet((b.Text("甲"),), "試し刷り", landscape=True),))
    with pytest.raises(ProofError, match="code page 1"):
        proof_read(pdf, low)
