"""How well what is drawn stands out from its ground, by the colours that are really on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from tests.support.window.faults import place

_SAMPLES = 14
"""Pixels that are looked at along each side of an area."""
_SHARE = 0.15
"""The share of them that a colour has if it is a ground."""
_TEXT, _PART = 4.5, 3.0
"""The least of WCAG 2.1 AA for text, and for the parts of what is operated."""


def ratio(one: QColor, other: QColor) -> float:
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def weak(root: QWidget) -> list[str]:
    """Every text and indicator of ``root`` that is too faint, each with its place."""
    image = root.grab().toImage()
    seen = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and one.window() is root]
    return [said for one in seen for said in _faint(one, root, image)]


def _faint(one: QWidget, root: QWidget, image: QImage) -> Iterator[str]:
    area = one.rect().translated(one.mapTo(root, one.rect().topLeft())).intersected(root.rect())
    hidden = one.visibleRegion().isEmpty() or area.width() < 8 or area.height() < 8
    if hidden or not one.isEnabled():
        return
    grounds = _grounds(image, area)
    for what, colour in _texts(one):
        # Bold text may cover as much as its ground does: the ground is what is least like the text.
        shown = max(ratio(_over(colour, ground), ground) for ground in grounds)
        if shown < _TEXT:
            yield f"faint: {what} of {place(one)}: {shown:.1f}"
    if isinstance(one, QCheckBox | QRadioButton):
        shown = _indicator(one)
        if shown < _PART:
            yield f"faint: indicator of {place(one)}: {shown:.1f}"


def _texts(one: QWidget) -> Iterator[tuple[str, QColor]]:
    palette = one.palette()
    if isinstance(one, QLabel) and one.text():
        yield "text", palette.color(one.foregroundRole())
    if isinstance(one, QLineEdit | QPlainTextEdit):
        yield "text", palette.color(QPalette.ColorRole.Text)
        if one.placeholderText():
            yield "hint", palette.color(QPalette.ColorRole.PlaceholderText)


def _grounds(image: QImage, area: QRect) -> list[QColor]:
    """The colours that an area mostly has."""
    around = area.adjusted(-3, -3, 3, 3).intersected(image.rect())
    across = range(around.left(), around.right() + 1, max(1, around.width() // _SAMPLES))
    down = range(around.top(), around.bottom() + 1, max(1, around.height() // _SAMPLES))
    found = Counter(image.pixel(x, y) for x in across for y in down)
    least = found.total() * _SHARE
    return [QColor(colour) for colour, count in found.most_common(3) if count >= least]


def _over(colour: QColor, ground: QColor) -> QColor:
    """A colour as it is seen on its ground, through which it may let shine."""
    held = colour.alphaF()

    def mixed(part: float, below: float) -> float:
        return part * held + below * (1 - held)

    return QColor.fromRgbF(
        mixed(colour.redF(), ground.redF()),
        mixed(colour.greenF(), ground.greenF()),
        mixed(colour.blueF(), ground.blueF()),
    )


def _indicator(one: QCheckBox | QRadioButton) -> float:
    """The contrast of the best drawn line of an indicator with what lies around it."""
    image = one.grab().toImage()
    option = QStyleOptionButton()
    one.initStyleOption(option)
    element = QStyle.SubElement.SE_CheckBoxIndicator
    if isinstance(one, QRadioButton):
        element = QStyle.SubElement.SE_RadioButtonIndicator
    box = one.style().subElementRect(element, option, one)
    around = QColor(image.pixel(max(0, box.left() - 2), min(box.center().y(), image.height() - 1)))
    inside = box.intersected(image.rect())
    drawn = {
        image.pixel(x, y)
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    }
    return max((ratio(QColor(colour), around) for colour in drawn), default=1.0)
