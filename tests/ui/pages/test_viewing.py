"""Finding one's way in a document: words, pages, parts, sizes; and what that costs in memory."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.printing.blocks import Document, Sheet, Text, Title
from app.printing.pages import OpenPdf
from app.printing.render import render
from app.ui.context import Context
from app.ui.papers.preview import Preview
from app.ui.papers.viewing import drawing, pictures
from app.ui.papers.viewing.arrangement import GAP, Arrangement, Fit
from app.ui.papers.viewing.drawing import to_draw

A4 = (595.28, 841.89)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Nine oaths, each with its own entry in the outline; on two of them somebody is named."""
    named = {3: "従事者　髙橋 花子（ﾃﾞｰﾀ入力）", 7: "従事者　高橋花子　高橋 太郎"}
    sheets = [Sheet((Title("誓約書"), Text(named.get(n, "従事者"))), f"誓約書（{n}）") for n in range(1, 10)]
    return render(Document("誓約書", tuple(sheets), "2026-0001", "自社"))


@pytest.fixture
def preview(context: Context, shown: Any, pdf: bytes, qtbot: QtBot) -> Preview:
    made = Preview(context)
    shown(made, 700, 600)
    made.show_pdf(pdf)
    qtbot.waitUntil(lambda: made.pages.drawn(0) and made.contents.count() == 9)
    return made


def look_for(preview: Preview, text: str, qtbot: QtBot) -> str:
    """Type into the line and wait until every page was read; what is said of it."""
    preview.find_words()
    preview.find_bar.line.clear()
    preview.find_bar.line.insert(text)
    qtbot.waitUntil(lambda: preview.finder.complete)
    return preview.find_bar.said.text()


def test_words_are_counted_gone_through_and_marked_in_every_spelling(preview: Preview, qtbot: QtBot) -> None:
    assert look_for(preview, "高橋花子", qtbot) == "1／2件"
    qtbot.waitUntil(lambda: preview.pages.page == 2)
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Return)
    assert (preview.find_bar.said.text(), preview.pages.page) == ("2／2件", 2)
    qtbot.waitUntil(lambda: preview.pages.page == 6)
    qtbot.mouseClick(preview.find_bar.next, Qt.MouseButton.LeftButton)
    assert preview.find_bar.said.text() == "1／2件"
    qtbot.mouseClick(preview.find_bar.previous, Qt.MouseButton.LeftButton)
    assert preview.find_bar.said.text() == "2／2件"
    assert look_for(preview, "データ", qtbot) == "1／1件"
    assert look_for(preview, "再委託", qtbot) == "見つかりません"
    assert not preview.find_bar.next.isEnabled()


def yellow(image: QImage) -> int:
    dots = (image.pixelColor(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return sum(dot.red() > 200 and dot.blue() < 120 for dot in dots)


def test_a_finding_is_washed_over_where_it_stands_and_no_longer_when_the_search_is_put_away(
    preview: Preview, qtbot: QtBot
) -> None:
    look_for(preview, "高橋花子", qtbot)
    qtbot.waitUntil(lambda: preview.pages.page == 2 and preview.pages.drawn(2))
    assert yellow(preview.pages.viewport().grab().toImage()) > 20
    qtbot.keyClick(preview.find_bar.line, Qt.Key.Key_Escape)
    assert not preview.find_bar.isVisible()
    assert yellow(preview.pages.viewport().grab().toImage()) == 0


def test_findings_of_one_document_are_not_those_of_the_next(preview: Preview, qtbot: QtBot) -> None:
    assert look_for(preview, "高橋", qtbot) == "1／3件"
    other = render(Document("別", (Sheet((Title("別紙"), Text("高橋")), "別紙"),), "2026-0002", "自社"))
    preview.show_pdf(other)
    qtbot.waitUntil(lambda: preview.finder.complete)
    assert preview.find_bar.said.text() == "1／1件"
    preview.show_pdf(None)
    assert not preview.find_words()


def test_a_page_is_gone_to_by_its_number_in_any_digits(
    preview: Preview, context: Context, qtbot: QtBot
) -> None:
    preview.number.setText("９")
    qtbot.keyClick(preview.number, Qt.Key.Key_Return)
    assert preview.pages.page == 8
    assert preview.number.text() == "9"
    assert not preview.next.isEnabled()
    for wrong in ("10", "0", "三", ""):
        preview.number.setText(wrong)
        with qtbot.waitSignal(context.said) as told:
            qtbot.keyClick(preview.number, Qt.Key.Key_Return)
        assert told.args == ["ページ番号は1から9までの数字で入力してください。"]
        assert preview.number.text() == "9"


def test_the_contents_lead_to_each_part_and_follow_the_pages(preview: Preview, qtbot: QtBot) -> None:
    assert not preview.contents.isVisible()
    qtbot.mouseClick(preview.outline, Qt.MouseButton.LeftButton)
    assert preview.contents.isVisible()
    item = preview.contents.item(4)
    assert item.text() == "誓約書（5）"
    place = preview.contents.visualItemRect(item).center()
    qtbot.mouseClick(preview.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert preview.pages.page == 4
    preview.pages.go(7)
    assert preview.contents.currentRow() == 7
    qtbot.mouseClick(preview.outline, Qt.MouseButton.LeftButton)
    assert not preview.contents.isVisible()


def test_a_document_of_one_part_has_no_contents(preview: Preview, settled: Any) -> None:
    preview.show_pdf(render(Document("別", (Sheet((Title("別紙"),), "別紙"),), "2026-0002", "自社")))
    settled()
    assert not preview.outline.isVisible()


def test_the_contents_stand_there_by_themselves_in_a_wide_window(preview: Preview, qtbot: QtBot) -> None:
    preview.resize(1600, 600)
    assert preview.contents.isVisible()


def test_pages_lie_beside_each_other_where_the_window_is_wide(preview: Preview, qtbot: QtBot) -> None:
    pages = preview.pages
    assert pages.across == 1
    preview.resize(2000, 700)
    assert pages.across == 3
    assert pages.seen()[:3] == [0, 1, 2]
    pages.go(1)
    assert pages.page == 1
    qtbot.keyClick(pages, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    assert pages.fit is Fit.WHOLE
    assert pages.across == 3
    assert pages.zoom * A4[1] * 96 / 72 <= pages.viewport().height()


@pytest.mark.parametrize(("width", "across"), [(1152, 1), (1155, 2)])
def test_two_pages_lie_side_by_side_only_where_both_can_be_read(width: int, across: int) -> None:
    laid = Arrangement([A4] * 4, QSize(width, 600), Fit.WIDTH, 1.0)
    assert laid.across == across
    assert laid.zoom >= 0.7
    assert laid.extent.width() <= width + 2


def test_no_page_lies_on_another() -> None:
    sizes = [A4, A4[::-1], A4, A4, A4[::-1]]
    laid = Arrangement(sizes, QSize(1000, 600), Fit.FREE, 0.3)
    places = [laid.place(page) for page in range(5)]
    assert laid.across == 2
    assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[:at])
    assert laid.within(QRect(0, 0, 1000, GAP // 2)) == []
    assert laid.within(QRect(0, 0, 1000, 10_000)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("zoom", [0.5, 1.25, 4.0])
def test_what_is_seen_is_dot_for_dot_what_the_page_is_at_that_size(
    preview: Preview, pdf: bytes, qtbot: QtBot, zoom: float
) -> None:
    pages = preview.pages
    pages.set_zoom(zoom)
    pages.verticalScrollBar().setValue(40)
    qtbot.waitUntil(lambda: all(map(pages.drawn, pages.seen())))
    seen = pages.viewport().grab().toImage()
    with OpenPdf(pdf) as opened:
        width, height, data = opened.image(0, pages._scale())
    whole = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
    left, top = (round(one) for one in pages._origin(0).toTuple())
    for x in range(max(0, left) + 2, min(seen.width(), left + width) - 2, 3):
        for y in range(2, min(seen.height(), top + height) - 2, 3):
            assert seen.pixelColor(x, y).rgb() == whole.pixelColor(x - left, y - top).rgb()


def test_of_a_very_large_page_only_what_is_in_sight_is_drawn(preview: Preview, qtbot: QtBot) -> None:
    pages = preview.pages
    pages.set_zoom(4.0)
    qtbot.waitUntil(lambda: pages.drawn(0) and len(pages._pictures.of(0)) == 2)
    assert pages._pictures.of(0)[-1].image.height() < 841 * 4 * 96 / 72
    pages.verticalScrollBar().setValue(3000)
    assert not pages.drawn(0)
    qtbot.waitUntil(lambda: pages.drawn(0))


@pytest.mark.parametrize(("side", "whole"), [(2449, True), (2450, False)])
def test_the_limit_of_a_page_that_is_drawn_whole(side: int, whole: bool) -> None:
    size = QSize(side, drawing.WHOLE // 2449)
    area = to_draw(size, QRect(0, 0, 100, 100), QSize(100, 100))
    assert (area.size() == size) is whole


def test_memory_is_bounded_however_many_pages_are_looked_at(
    preview: Preview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 3 * 1024 * 1024)
    pages = preview.pages
    for page in range(9):
        pages.go(page)
        qtbot.waitUntil(partial(pages.drawn, page))
    in_sight = sum(one.image.sizeInBytes() for page in pages.seen() for one in pages._pictures.of(page))
    assert pages.held <= pictures.MOST + in_sight
    assert pages._pictures.of(0) == []


def test_pages_that_were_scrolled_past_are_not_drawn(
    preview: Preview, context: Context, qtbot: QtBot, settled: Any
) -> None:
    pages = preview.pages
    context.operations.hold()
    for page in (3, 5, 8):
        pages.go(page)
        pages._draw_seen()
    context.operations.release()
    settled()
    assert pages.drawn(8)
    assert pages._pictures.of(3) == []
