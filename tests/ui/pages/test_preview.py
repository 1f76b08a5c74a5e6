"""The preview: pages drawn when they are seen, as sharp as the screen, moved by mouse and keys."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.printing.blocks import Document, Sheet, Text, Title
from app.printing.render import render
from app.ui.context import Context
from app.ui.papers.preview import Preview
from app.ui.papers.viewing.page_view import Pages


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Six upright pages and one that lies."""
    sheets = tuple(Sheet((Title(f"第{n}紙"), Text("髙橋 𠮷田")), f"第{n}紙") for n in range(1, 7))
    return render(
        Document("見本", (*sheets, Sheet((Title("横長"),), "横長", landscape=True)), "2026-0001", "自社")
    )


@pytest.fixture
def preview(context: Context, shown: Any, pdf: bytes, qtbot: QtBot) -> Preview:
    made = Preview(context)
    shown(made, 700, 600)
    made.show_pdf(pdf)
    qtbot.waitUntil(lambda: made.pages.drawn(0))
    return made


def dark_dots(image: QImage) -> int:
    step = 3
    return sum(
        QColor(image.pixel(x, y)).lightness() < 90
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    )


def test_only_the_pages_in_sight_are_drawn(preview: Preview, qtbot: QtBot, settled: Any) -> None:
    settled()
    assert preview.pages.count == 7
    assert preview.pages.drawn(0)
    assert not preview.pages.drawn(4)
    preview.pages.go(4)
    qtbot.waitUntil(lambda: preview.pages.drawn(4))
    assert preview.pages.page == 4


def test_a_page_fits_the_width_and_shows_ink(preview: Preview) -> None:
    assert preview.pages.fit.value == "width"
    assert dark_dots(preview.pages.viewport().grab().toImage()) > 5
    before = preview.pages.zoom
    preview.resize(1000, 600)
    assert preview.pages.zoom > before


def test_a_page_is_drawn_with_the_dots_of_the_screen(preview: Preview, qtbot: QtBot) -> None:
    pages = preview.pages
    pages.set_zoom(1.0)
    qtbot.waitUntil(lambda: pages.drawn(0))
    held = pages._pictures.of(0)[0].image
    assert abs(held.width() - 595 * 96 / 72 * pages.devicePixelRatioF()) <= 2


def test_keys_and_wheel_move_and_zoom(preview: Preview, qtbot: QtBot) -> None:
    pages = preview.pages
    pages.setFocus()
    bar = pages.verticalScrollBar()
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(pages, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(pages, Qt.Key.Key_Home)
    assert bar.value() == 0
    zoom = pages.zoom
    qtbot.keyClick(pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pages.zoom > zoom
    assert pages.fit.value == "free"
    qtbot.keyClick(pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.fit.value == "width"
    zoom = pages.zoom
    place = QPointF(50, 50)
    event = QWheelEvent(
        place,
        pages.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pages.viewport(), event)
    assert pages.zoom > zoom


def test_buttons_turn_the_pages(preview: Preview, qtbot: QtBot) -> None:
    assert not preview.previous.isEnabled()
    qtbot.mouseClick(preview.next, Qt.MouseButton.LeftButton)
    assert preview.pages.page == 1
    assert (preview.number.text(), preview._where.text()) == ("2", "／7")
    qtbot.mouseClick(preview.previous, Qt.MouseButton.LeftButton)
    assert preview.pages.page == 0
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    assert preview.pages.fit.value == "free"
    qtbot.mouseClick(preview.wide, Qt.MouseButton.LeftButton)
    assert preview.pages.fit.value == "width"


def test_the_page_can_be_read_out(preview: Preview) -> None:
    assert "髙橋 𠮷田" in preview.pages.accessibleDescription()


def test_another_file_takes_the_place_of_the_first_at_once(
    preview: Preview, qtbot: QtBot, settled: Any
) -> None:
    other = render(Document("別", (Sheet((Title("別紙"),), "別紙"),), "2026-0002", "自社"))
    preview.pages.go(6)
    preview.show_pdf(other)
    assert preview.pages.count == 1
    settled()
    qtbot.waitUntil(lambda: preview.pages.drawn(0))
    preview.show_pdf(None)
    assert preview.pages.count == 0
    assert not preview.larger.isEnabled()


def test_memory_keeps_only_some_pages(context: Context, shown: Any, pdf: bytes, qtbot: QtBot) -> None:
    made = Pages(context)
    shown(made, 500, 400)
    made.show_pdf(pdf)
    for page in range(7):
        made.go(page)
        qtbot.waitUntil(partial(made.drawn, page))
    assert len(made._pictures) == 7
