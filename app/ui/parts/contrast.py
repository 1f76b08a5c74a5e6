"""Windows' contrast themes: people who see little have chosen every colour, and the window keeps to them."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QStyleHints

from app.ui.parts.theme import TONES, Colours


@dataclass(frozen=True, slots=True)
class Few:
    """The colours that a contrast theme has, as ``#rrggbb``; nothing else may be drawn in any other."""

    ground: str
    text: str
    marked: str
    on_marked: str
    link: str
    off: str


DARK_GROUND = Few("#000000", "#ffffff", "#1aebff", "#000000", "#ffff00", "#3ff23f")
LIGHT_GROUND = Few("#ffffff", "#000000", "#37006e", "#ffffff", "#00009f", "#600000")
"""For systems that say only that they want contrast."""

_WINDOWS_COLOURS = {"ground": 5, "text": 8, "marked": 13, "on_marked": 14, "link": 26, "off": 17}
"""COLOR_WINDOW, …_WINDOWTEXT, …_HIGHLIGHT, …_HIGHLIGHTTEXT, …_HOTLIGHT, …_GRAYTEXT of ``GetSysColor``."""


def wanted(hints: QStyleHints) -> Few | None:
    """The colours of the contrast theme that is on, None where none is."""
    if hints.accessibility().contrastPreference() is not Qt.ContrastPreference.HighContrast:
        return None
    if sys.platform == "win32":
        return _of_windows()
    return DARK_GROUND if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT_GROUND


def _of_windows() -> Few:
    found = LIGHT_GROUND
    if sys.platform == "win32":
        import ctypes

        ask = ctypes.windll.user32.GetSysColor
        found = Few(**{name: as_text(ask(number)) for name, number in _WINDOWS_COLOURS.items()})
    return found


def as_text(colour: int) -> str:
    """A COLORREF, in which red is the lowest byte, as ``#rrggbb``."""
    return f"#{colour & 0xFF:02x}{colour >> 8 & 0xFF:02x}{colour >> 16 & 0xFF:02x}"


def colours_of(few: Few) -> Colours:
    """Every colour of the window out of the few. What light and shade told, frames tell: see ``sheet``."""
    grounds = ("window", "surface", "stripe", "soft", "select", "muted-soft", *(f"{t}-soft" for t in TONES))
    texts = ("line", "border", "text", "sub", "faint", *TONES)
    return {
        **dict.fromkeys(grounds, few.ground),
        **dict.fromkeys(texts, few.text),
        **dict.fromkeys(("primary", "primary-hover", "primary-press"), few.link),
        "on-primary": few.ground,
        "focus": few.marked,
        "marked": few.marked,
        "on-marked": few.on_marked,
        "off": few.off,
    }


def sheet(few: Few) -> str:
    """What the style sheet says besides: every part has a frame, a thick one where the keyboard is."""
    focused = f"border: 3px solid {few.marked};"
    return f"""
QLabel[role="chip"], QLabel[role="required"], QLabel[role="origin"], QFrame[role="notice"] {{
  border: 1px solid {few.text}; }}
QFrame[role="navigation"] {{ border-right: 1px solid {few.text}; }}
QPushButton[kind="nav"]:checked {{ border-color: {few.text}; }}
QPushButton:default, QPushButton[kind="primary"] {{ background: {few.ground}; color: {few.text};
  border: 2px solid {few.text}; padding: 4px 13px; }}
QPushButton:hover, QPushButton:default:hover, QPushButton[kind="primary"]:hover {{
  background: {few.ground}; color: {few.text}; border-color: {few.marked}; }}
QPushButton:pressed, QPushButton:checked, QPushButton[kind="primary"]:pressed, QToolButton:checked {{
  background: {few.marked}; color: {few.on_marked}; }}
QPushButton[kind="nav"]:checked {{ background: {few.ground}; color: {few.link}; }}
QPushButton:focus, QPushButton:default:focus, QPushButton[kind="primary"]:focus,
QPushButton[kind="quiet"]:focus, QPushButton[kind="danger"]:focus {{ {focused} padding: 3px 12px; }}
QPushButton[kind="nav"]:focus {{ border-color: {few.marked}; border-style: dashed; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton:default:disabled {{
  background: {few.ground}; color: {few.off}; border: 1px dashed {few.off}; }}
QToolButton:hover {{ border-color: {few.text}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {{ {focused} padding: 3px 6px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ color: {few.off}; border-style: dashed; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] {{
  border: 3px double {few.text}; padding: 3px 6px; }}
QTableView:focus, QTreeView:focus, QListView:focus, QTextBrowser:focus {{ border: 2px solid {few.marked}; }}
QTabBar::tab:selected {{ border: 1px solid {few.text}; border-bottom: 3px solid {few.link}; }}
QProgressBar {{ border: 1px solid {few.text}; }}
"""
