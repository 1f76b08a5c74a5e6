"""A chart of who stands under whom: a tree where the paper is wide enough, else rows that go in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import PeopleError
from app.printing.blocks import Box, Chart, Document, Sheet, Text
from app.printing.drawing.chart import chart_pieces
from app.printing.pages import OpenPdf
from app.printing.paper import paper
from app.printing.proof.reading import proof_read
from app.printing.render import render
from app.printing.tagging.tree import Element

NAMES = ("𠮷田　一郎", "葛\U000e0100城　健", "ジョン・スミス＝ドゥ・ラ・クルス", "髙橋")


def box(number: int, above: int | None) -> Box:
    return Box((f"第{number}部署", "現場責任者", f"{NAMES[number % 4]}{number}"), above)


def printed(boxes: list[Box], *, landscape: bool = False) -> list[str]:
    """The pages of a proof-read sheet with the chart, without white space."""
    sheet = Sheet((Text("前の文"), Chart(tuple(boxes)), Text("後の文")), "図", landscape=landscape)
    document = Document("図", (sheet,))
    pdf = render(document)
    proof_read(pdf, document)
    with OpenPdf(pdf) as opened:
        return ["".join(opened.text(page).split()) for page in range(opened.page_count)]


def wide(count: int) -> list[Box]:
    return [box(0, None), *(box(number, 0) for number in range(1, count + 1))]


def deep(levels: int) -> list[Box]:
    return [box(number, number - 1 if number else None) for number in range(levels)]


@pytest.mark.parametrize(
    ("count", "landscape", "tree"), [(5, False, True), (6, False, False), (8, True, True), (9, True, False)]
)
def test_it_is_a_tree_as_long_as_the_boxes_can_be_read(count: int, landscape: bool, tree: bool) -> None:
    pages = "".join(printed(wide(count), landscape=landscape))
    assert all(f"第{number}部署" in pages for number in range(count + 1))
    pieces = chart_pieces(Chart(tuple(wide(count))), paper(landscape).text_width, Element("Sect"))
    assert (len(pieces) == 1) is tree


@pytest.mark.parametrize("boxes", [wide(200), deep(12), deep(34), [box(n, None) for n in range(40)]])
def test_what_no_page_holds_goes_on_overleaf(boxes: list[Box]) -> None:
    pages = printed(boxes)
    assert len(pages) > 1 or len(boxes) <= 12
    for number in range(len(boxes)):
        assert any(f"第{number}部署" in page for page in pages)
    assert pages[0].startswith("下書き1／")
    assert pages[-1].endswith("後の文")


def test_too_many_steps_are_refused_in_one_sentence() -> None:
    assert printed(deep(36))
    with pytest.raises(
        PeopleError, match="図の段が多すぎる（37段）ため印刷できません。報告先の登録を確かめてください。"
    ):
        printed(deep(37))


def test_a_name_of_four_hundred_characters_is_printed_in_its_box() -> None:
    name = "寿限無" * 133 + "終"
    pages = printed([box(0, None), Box(("部署", name), 0)])
    assert name in "".join(pages)


def test_a_box_follows_what_it_hangs_from() -> None:
    for boxes in ([box(0, 1), box(1, None)], [box(0, None), box(1, 0), box(2, None), box(3, 1)], [box(0, 0)]):
        with pytest.raises(ValueError, match="not on its way"):
            printed(boxes)


def test_a_chart_of_nobody_is_nothing() -> None:
    assert printed([]) == ["下書き1／1前の文後の文"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.booleans())
def test_any_tree_passes_the_proof(ups: list[int], landscape: bool) -> None:
    boxes: list[Box] = []
    path: list[int] = []
    for number, up in enumerate(ups):
        path = path[: max(0, len(path) - up)]
        boxes.append(box(number, path[-1] if path else None))
        path.append(number)
    pages = "".join(printed(boxes, landscape=landscape))
    assert all(f"第{number}部署" in pages for number in range(len(ups)))
