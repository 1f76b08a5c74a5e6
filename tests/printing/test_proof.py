"""The proof finds what a clerk would find on paper."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as TTGlyph

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.pen import Pen
from app.printing.proof.archive import _rules as rules_of
from app.printing.proof.archive import broken_rules
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render
from app.printing.setting import Setter
from app.printing.type.fonts import fonts
from app.printing.type.lines import break_text

Make = Callable[..., b.Document]


def kinds(pdf: bytes, document: b.Document) -> set[str]:
    with pytest.raises(ProofError) as caught:
        proof_read(pdf, document)
    return {finding.kind for finding in caught.value.findings}


def altered(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


@pytest.fixture
def simple(document: Make) -> b.Document:
    return document(b.Text("氏名　山田　花子"), b.Table((b.Column("所属", 1),), (("運用課",), ("運用課",))))


@pytest.mark.parametrize("before", [0, 250, 480, 520, 1000])
def test_boxes_are_read_after_however_many_different_characters(document: Make, before: int) -> None:
    kanji = [chr(code) for code in range(0x4E00, 0x4E00 + 4 * before)]
    missing = set(fonts().body.missing("".join(kanji)))
    shown = [character for character in kanji if character not in missing][:before]
    assert len(shown) == before
    answer = document(b.Text("".join(shown)), b.Text("☐　承諾する　　☑　承諾しない"))
    proof_read(render(answer), answer)


def test_a_text_that_is_not_on_paper_is_found(document: Make, simple: b.Document) -> None:
    other = document(b.Text("氏名　山本　花子"), *simple.sheets[0].blocks[1:])
    assert kinds(render(simple), other) == {"text"}


def test_a_text_printed_once_but_given_twice_is_found(document: Make, simple: b.Document) -> None:
    twice = document(*simple.sheets[0].blocks, b.Text("運用課"))
    assert kinds(render(simple), twice) == {"text"}


def test_texts_in_another_order_are_found(document: Make) -> None:
    assert kinds(render(document(b.Text("甲"), b.Text("乙"))), document(b.Text("乙"), b.Text("甲"))) == {
        "text"
    }


def test_the_error_holds_no_printed_text(document: Make) -> None:
    with pytest.raises(ProofError) as caught:
        proof_read(render(document(b.Text("甲"))), document(b.Text("渡邉")))
    assert "渡邉" not in str(caught.value)
    assert "渡邉" not in repr(caught.value.findings)


def test_a_wrong_number_or_a_draft_taken_for_a_document_is_found(simple: b.Document) -> None:
    assert "furniture" in kinds(render(simple), replace(simple, number="2026-0004"))
    assert "furniture" in kinds(render(replace(simple, number=None, mark=None)), simple)


def test_sheets_that_are_not_those_of_the_outline_are_found(simple: b.Document) -> None:
    other = replace(simple, sheets=(replace(simple.sheets[0], title="別の表題"),))
    assert kinds(render(simple), other) == {"outline"}


def test_a_font_that_is_not_in_the_file_is_found(simple: b.Document) -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        del first_font(pdf).FontDescriptor.FontFile2

    assert "font not embedded" in kinds(altered(render(simple), strip), simple)


def test_a_whole_font_is_found(simple: b.Document) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        first_font(pdf).BaseFont = pikepdf.Name("/BIZUDMincho-Regular")

    assert "font not subset" in kinds(altered(render(simple), rename), simple)


def test_a_font_that_cannot_be_copied_out_is_found(simple: b.Document) -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        del first_font(pdf).ToUnicode

    assert {"font without ToUnicode", "unreadable"} <= kinds(altered(render(simple), strip), simple)


@pytest.mark.parametrize("shown", [b"<00> Tj", b"[<00>] TJ", b"<00> '", b'0 0 <00> "'])
def test_a_character_drawn_as_an_empty_box_is_found(simple: b.Document, shown: bytes) -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        before, operator, after = page.Contents.read_bytes().partition(b"> Tj")
        page.Contents = pdf.make_stream(before + operator + b" " + shown + after)

    assert "missing glyph" in kinds(altered(render(simple), damage), simple)


def test_a_glyph_that_looks_like_the_empty_box_is_found(simple: b.Document) -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        descriptor = first_font(pdf).FontDescriptor
        font = TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
        glyphs, order = font["glyf"], font.getGlyphOrder()
        for name in order[1:]:
            glyphs[name] = glyphs[order[0]]
        out = BytesIO()
        font.save(out)
        descriptor.FontFile2 = pdf.make_stream(out.getvalue())

    assert "missing glyph" in kinds(altered(render(simple), damage), simple)


def test_text_in_a_font_that_the_page_does_not_know_is_found(simple: b.Document) -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"BT /F9+0 9 Tf (x) Tj ET")

    assert "font unknown" in kinds(altered(render(simple), damage), simple)


def test_a_file_that_is_not_fit_for_the_archive_is_found(simple: b.Document) -> None:
    def add_script(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")

    assert kinds(altered(render(simple), add_script), simple) == {"not PDF/A-2b"}


def strip_metadata(pdf: pikepdf.Pdf) -> None:
    """The file no longer says that it is PDF/A."""
    del pdf.Root.Metadata


def wrong_part(pdf: pikepdf.Pdf) -> None:
    """The file says that it is another PDF/A."""
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"part>2<", b"part>3<"))


def without_colours(pdf: pikepdf.Pdf) -> None:
    """The file does not say what its colours are."""
    pdf.Root.OutputIntents = pikepdf.Array()


def wrong_width(pdf: pikepdf.Pdf) -> None:
    """The file says of characters that they are wider than they are drawn."""
    font = first_font(pdf)
    font.Widths = pikepdf.Array([width + 40 for width in font.Widths])


def without_widths(pdf: pikepdf.Pdf) -> None:
    """The file says nothing of how wide its characters are."""
    del first_font(pdf).Widths


def without_program(pdf: pikepdf.Pdf) -> None:
    """A font is not in the file."""
    del first_font(pdf).FontDescriptor.FontFile2


def script(pdf: pikepdf.Pdf) -> None:
    """Something runs when the file is opened."""
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")


def see_through(pdf: pikepdf.Pdf) -> None:
    """An operator that PDF does not know."""
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" xyzzy ")


def no_font_at_all(pdf: pikepdf.Pdf) -> None:
    """What should be a font is not one."""
    first_font(pdf).FontDescriptor.FontFile2 = pdf.make_stream(b"no font")


def no_change(pdf: pikepdf.Pdf) -> None:
    """The file as it was written."""
    del pdf


BROKEN = (
    strip_metadata,
    wrong_part,
    without_colours,
    wrong_width,
    without_widths,
    without_program,
    script,
    see_through,
)


@pytest.mark.parametrize("damage", BROKEN)
def test_each_rule_of_the_archive_that_is_broken_is_found(
    simple: b.Document, damage: Callable[[pikepdf.Pdf], None]
) -> None:
    assert "not PDF/A-2b" in kinds(altered(render(simple), damage), simple)


@pytest.mark.parametrize("damage", BROKEN)
def test_what_is_wrong_is_found_however_often_the_like_was_sound(
    simple: b.Document, damage: Callable[[pikepdf.Pdf], None]
) -> None:
    sound = render(simple)
    proof_read(sound, simple)
    broken = altered(sound, damage)
    for _ in range(2):
        assert "not PDF/A-2b" in kinds(broken, simple)
    proof_read(sound, simple)


@pytest.mark.parametrize("damage", [no_change, no_font_at_all, *BROKEN])
def test_without_outlines_the_archive_finds_the_same_rules(
    simple: b.Document, damage: Callable[[pikepdf.Pdf], None]
) -> None:
    """The whole file, which is slow, against what is proof-read."""
    pdf = altered(render(simple), damage)
    assert broken_rules(pdf) == rules_of(BytesIO(pdf))


def glyph_damaged(change: Callable[[TTFont], None]) -> Callable[[pikepdf.Pdf], None]:
    """What changes the program of the first font."""

    def damage(pdf: pikepdf.Pdf) -> None:
        descriptor = first_font(pdf).FontDescriptor
        font = TTFont(BytesIO(descriptor.FontFile2.read_bytes()))
        change(font)
        out = BytesIO()
        font.save(out)
        descriptor.FontFile2 = pdf.make_stream(out.getvalue())

    return damage


def empty_outline(font: TTFont) -> None:
    """Each character but the first is drawn as the empty box is: not at all."""
    glyphs, order = font["glyf"], font.getGlyphOrder()
    for name in order:
        glyphs[name] = TTGlyph()


def torn_outline(pdf: pikepdf.Pdf) -> None:
    """The table of outlines ends where the last one begins."""
    descriptor = first_font(pdf).FontDescriptor
    program = bytearray(descriptor.FontFile2.read_bytes())
    loca = TTFont(BytesIO(bytes(program)))["loca"]
    (count,) = struct.unpack_from(">H", program, 4)
    for at in range(12, 12 + 16 * count, 16):
        if program[at : at + 4] == b"glyf":
            struct.pack_into(">L", program, at + 12, max(place for place in loca if place < max(loca)))
    descriptor.FontFile2 = pdf.make_stream(bytes(program))


def unreadable_outline(pdf: pikepdf.Pdf) -> None:
    """The outlines are there and are no outlines."""
    descriptor = first_font(pdf).FontDescriptor
    program = bytearray(descriptor.FontFile2.read_bytes())
    (count,) = struct.unpack_from(">H", program, 4)
    for at in range(12, 12 + 16 * count, 16):
        tag, _sum, start, size = struct.unpack_from(">4sLLL", program, at)
        if tag == b"glyf":
            program[start + 10 : start + size] = bytes([0xA7]) * (size - 10)
    descriptor.FontFile2 = pdf.make_stream(bytes(program))


@pytest.mark.parametrize("damage", [torn_outline, unreadable_outline, glyph_damaged(empty_outline)])
def test_an_outline_that_cannot_be_read_or_is_not_there_is_found(
    simple: b.Document, damage: Callable[[pikepdf.Pdf], None]
) -> None:
    assert "missing glyph" in kinds(altered(render(simple), damage), simple)


def test_text_that_is_copied_out_as_another_is_found(simple: b.Document) -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        font = first_font(pdf)
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"> <", b"> <30"))

    assert "text" in kinds(altered(render(simple), damage), simple)


def with_piece(monkeypatch: pytest.MonkeyPatch, *pieces: Piece) -> None:
    """Let a fault of the layout happen that the layout itself does not make."""
    set_properly = Setter.pieces

    def also(setter: Setter, blocks: tuple[b.Block, ...]) -> list[Piece]:
        return [*set_properly(setter, blocks), *pieces]

    monkeypatch.setattr(Setter, "pieces", also)


def test_ink_outside_the_margins_is_found(document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = break_text(fonts().body, "はみ出し", 9e9)
    with_piece(monkeypatch, Piece(20, lambda pen, x, top: pen.line(line, x + 460, top, 10)))
    made = document(b.Text("本文"))
    assert kinds(render(made), made) == {"outside the margins"}


def test_characters_over_each_other_are_found(document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = break_text(fonts().body, "重なり", 9e9)
    with_piece(monkeypatch, Piece(20, lambda pen, x, top: pen.line(line, x + 4, top - 17, 10)))
    made = document(b.Text("本文本文"))
    assert "overlap" in kinds(render(made), made)


def test_a_character_over_a_vertical_rule_is_found(document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = break_text(fonts().body, "罫線越え", 9e9)

    def draw(pen: Pen, x: float, top: float) -> None:
        """A faulty table."""
        pen.line(line, x, top, 10)
        pen.rules([(x + 15, top, x + 15, top + 12)], 0.4)

    with_piece(monkeypatch, Piece(20, draw))
    made = document(b.Text("本文"))
    assert kinds(render(made), made) == {"crosses a rule"}


def test_a_rule_that_stands_in_a_form_is_a_rule_as_well(document: Make) -> None:
    def damage(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        names = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 600, 850]}
        inner = pdf.make_stream(b"0.4 w 67 0 m 67 842 l S", **names, Resources=pikepdf.Dictionary())
        within = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
        page.Resources.XObject = pikepdf.Dictionary(
            Outer=pdf.make_stream(b"/Inner Do", **names, Resources=within)
        )
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /Outer Do")

    made = document(b.Text("本文"))
    assert "crosses a rule" in kinds(altered(render(made), damage), made)


def test_long_documents_are_proofed_to_the_last_page(document: Make) -> None:
    sheets = [b.Sheet((b.Text(f"誓約書　第{n}号"),), f"誓約書{n}") for n in range(40)]
    made = document(*sheets)
    pdf = render(made)
    proof_read(pdf, made)
    sheets[38] = b.Sheet((b.Text("誓約書　第0号"),), "誓約書38")
    assert kinds(pdf, document(*sheets)) == {"text"}
