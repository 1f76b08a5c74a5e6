"""Colours, type and the style sheet: one calm look, light and dark, in three text sizes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtGui import QColor, QPalette

Colours = Mapping[str, str]

LIGHT: Colours = MappingProxyType(
    {
        "window": "#f3f5f8",
        "surface": "#ffffff",
        "stripe": "#f8fafc",
        "line": "#dde1e7",
        "border": "#868e9a",
        "text": "#191c20",
        "sub": "#4c5562",
        "faint": "#5f6774",
        "primary": "#1b4fb0",
        "primary-hover": "#153f8e",
        "primary-press": "#0f3070",
        "on-primary": "#ffffff",
        "soft": "#e6eefb",
        "select": "#d9e6fa",
        "marked": "#d9e6fa",
        "on-marked": "#191c20",
        "off": "#5f6774",
        "focus": "#0b3d91",
        "danger": "#b9131f",
        "danger-soft": "#fdebec",
        "warn": "#765a00",
        "warn-soft": "#fff4d0",
        "ok": "#17693d",
        "ok-soft": "#e4f4ea",
        "info": "#1b4fb0",
        "info-soft": "#e6eefb",
        "wait": "#5a3ea6",
        "wait-soft": "#efeafb",
        "muted": "#545d6a",
        "muted-soft": "#eaedf1",
    }
)
DARK: Colours = MappingProxyType(
    {
        "window": "#14171c",
        "surface": "#1c2027",
        "stripe": "#20252d",
        "line": "#343b46",
        "border": "#7b8594",
        "text": "#eceff4",
        "sub": "#b6bfcb",
        "faint": "#949eac",
        "primary": "#8fb6ff",
        "primary-hover": "#a9c7ff",
        "primary-press": "#c2d7ff",
        "on-primary": "#0d1a33",
        "soft": "#22324f",
        "select": "#2a3f66",
        "marked": "#2a3f66",
        "on-marked": "#eceff4",
        "off": "#949eac",
        "focus": "#bcd3ff",
        "danger": "#ff9b9b",
        "danger-soft": "#472225",
        "warn": "#f0cb6b",
        "warn-soft": "#3e3413",
        "ok": "#84d9a8",
        "ok-soft": "#183a28",
        "info": "#8fb6ff",
        "info-soft": "#22324f",
        "wait": "#c4b0ff",
        "wait-soft": "#312a52",
        "muted": "#b6bfcb",
        "muted-soft": "#2a303a",
    }
)
"""``select`` is behind what is chosen and keeps its own colours, ``marked`` behind what takes ``on-marked``.

Text on its ground keeps 4.5 : 1 and the border of an input 3 : 1 (WCAG 2.1 AA); a test computes it."""

TONES = ("danger", "warn", "ok", "info", "wait", "muted")
"""What a state may look like, always beside a word and a sign."""

RARE = "Jutaku Rare Mincho"
ABROAD = ("Segoe UI", "Malgun Gothic", "Microsoft YaHei UI")
"""What Windows shows Latin letters with marks, Hangul and hanzi in."""
FALL_BACKS = ("Jutaku East Mincho", "Jutaku Latin Mincho")
FAMILIES = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo UI", "Noto Sans CJK JP", RARE, *ABROAD, *FALL_BACKS)
POINTS = 10.5


def palette(colours: Colours) -> QPalette:
    """What Fusion draws by itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "stripe"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.Highlight, "marked"),
        (role.HighlightedText, "on-marked"),
        (role.PlaceholderText, "faint"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "surface"),
        (role.Link, "primary"),
        (role.LinkVisited, "primary"),
        (role.Accent, "primary"),
        (role.Light, "surface"),
        (role.Midlight, "line"),
        (role.Mid, "line"),
        (role.Dark, "border"),
        (role.Shadow, "border"),
        (role.BrightText, "danger"),
    ):
        made.setColor(where, QColor(colours[name]))
    for where in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours["off"]))
    return made


def style_sheet(colours: Colours, points: float, arrow: str, tick: str) -> str:
    """The style sheet; ``arrow`` and ``tick`` are paths of small pictures in the theme's colours."""
    c = colours
    line = round(points * 96 / 72 * 1.42)
    return f"""
* {{ outline: none; }}
QToolTip {{ color: {c["surface"]}; background: {c["text"]}; border: none; padding: 4px 8px; }}
QLabel[role="h1"] {{ font-size: {points * 1.6:.1f}pt; font-weight: 700; }}
QLabel[role="h2"] {{ font-size: {points * 1.25:.1f}pt; font-weight: 700; }}
QLabel[role="h3"] {{ font-weight: 700; }}
QLabel[role="number"] {{ font-size: {points * 1.9:.1f}pt; font-weight: 700; }}
QLabel[role="sub"] {{ color: {c["sub"]}; }}
QLabel[role="hint"] {{ color: {c["faint"]}; font-size: {points * 0.92:.1f}pt; }}
QFrame[role="navigation"] QLabel[role="hint"] {{ padding-left: 6px; }}
QLabel[role="error"] {{ color: {c["danger"]}; font-size: {points * 0.95:.1f}pt; }}
QLabel[role="required"] {{ color: {c["danger"]}; background: {c["danger-soft"]}; border-radius: 3px;
  padding: 1px 6px; font-size: {points * 0.82:.1f}pt; font-weight: 700; }}
QLabel[role="origin"] {{ color: {c["info"]}; background: {c["info-soft"]}; border-radius: 3px;
  padding: 1px 6px; font-size: {points * 0.82:.1f}pt; font-weight: 700; }}
QLabel[role="chip"] {{ border-radius: 8px; padding: 3px 9px; font-size: {points * 0.92:.1f}pt;
  font-weight: 700; }}
{_tones(c, 'QLabel[role="chip"]')}
QFrame[role="notice"] {{ border-radius: 6px; }}
{_tones(c, 'QFrame[role="notice"]')}
{_tones(c, 'QFrame[role="notice"] QLabel', ground=False)}
QLabel[role="sign"] {{ font-weight: 700; }}
QFrame[role="card"] {{ background: {c["surface"]}; border: 1px solid {c["line"]}; border-radius: 8px; }}
QFrame[role="panel"] {{ background: {c["surface"]}; border: none; }}
QFrame[role="drop"] {{ background: {c["surface"]}; border: 2px dashed {c["border"]}; border-radius: 8px; }}
QFrame[role="drop"][over="true"] {{ background: {c["soft"]}; border-color: {c["primary"]}; }}
QFrame[role="rule"] {{ background: {c["line"]}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="rowbox"] {{ background: {c["stripe"]}; border: 1px solid {c["line"]}; border-radius: 6px; }}
QFrame[role="rowhead"] {{ border: 1px solid transparent; }}
QFrame[role="navigation"] {{ background: {c["surface"]}; border: none; border-right: 1px solid {c["line"]}; }}
QPushButton {{ padding: 5px 14px; min-height: {line}px; border: 1px solid {c["border"]}; border-radius: 6px;
  background: {c["surface"]}; color: {c["text"]}; }}
QPushButton:hover {{ background: {c["soft"]}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c["select"]}; }}
QPushButton:focus {{ border: 2px solid {c["focus"]}; padding: 4px 13px; }}
QPushButton:default, QPushButton[kind="primary"] {{ background: {c["primary"]}; color: {c["on-primary"]};
  border-color: {c["primary"]}; font-weight: 700; }}
QPushButton:default:hover, QPushButton[kind="primary"]:hover {{ background: {c["primary-hover"]}; }}
QPushButton:default:pressed, QPushButton[kind="primary"]:pressed {{ background: {c["primary-press"]}; }}
QPushButton[kind="primary"]:focus, QPushButton:default:focus {{ border: 2px solid {c["text"]}; }}
QPushButton[kind="nav"] {{ background: transparent; border: 2px solid transparent; text-align: left;
  padding: 9px 10px; }}
QPushButton[kind="nav"][narrow="true"] {{ padding: 4px 6px; }}
QPushButton[kind="nav"]:hover {{ background: {c["window"]}; }}
QPushButton[kind="nav"]:checked {{ background: {c["soft"]}; color: {c["primary"]}; font-weight: 700; }}
QPushButton[kind="nav"]:focus {{ border-color: {c["focus"]}; }}
QLabel[role="brand"] {{ font-size: {points * 1.25:.1f}pt; font-weight: 700; color: {c["primary"]};}}
QFrame[role="navigation"] QLabel[role="brand"] {{ padding-left: 6px; }}
QPushButton[kind="danger"] {{ color: {c["danger"]}; border-color: {c["danger"]}; }}
QPushButton[kind="danger"]:hover {{ background: {c["danger-soft"]}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {c["primary"]}; }}
QPushButton[kind="quiet"]:hover {{ background: {c["soft"]}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {c["focus"]}; }}
QPushButton[kind="link"] {{ background: transparent; border: none; color: {c["primary"]}; padding: 2px 0;
  min-height: 0; text-align: left; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c["focus"]}; padding: 0; border-radius: 3px; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton:default:disabled {{
  color: {c["off"]}; background: {c["muted-soft"]}; border-color: {c["line"]}; }}
QPushButton[kind="quiet"]:disabled {{ background: transparent; border-color: transparent; }}
QToolButton {{ border: 2px solid transparent; border-radius: 6px; padding: 4px; background: transparent; }}
QToolButton:hover {{ background: {c["soft"]}; }}
QToolButton:focus {{ border-color: {c["focus"]}; }}
QToolButton:checked {{ background: {c["select"]}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {line}px; }}
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox {{ padding: 5px 8px; border-radius: 6px;
  border: 1px solid {c["border"]}; background: {c["surface"]}; color: {c["text"]};
  placeholder-text-color: {c["faint"]}; selection-background-color: {c["primary"]};
  selection-color: {c["on-primary"]}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {{ border: 2px solid {c["primary"]};
  padding: 4px 7px; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] {{
  border: 2px solid {c["danger"]}; padding: 4px 7px; background: {c["danger-soft"]}; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{
  color: {c["sub"]}; background: {c["muted-soft"]}; border-color: {c["line"]}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; min-height: 0;
  background: transparent; }}
QComboBox::drop-down {{ border: none; width: 26px; subcontrol-origin: padding;
  subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ border: 1px solid {c["border"]}; background: {c["surface"]};
  selection-background-color: {c["marked"]}; selection-color: {c["on-marked"]}; padding: 2px; }}
QCheckBox, QRadioButton {{ spacing: 7px; padding: 3px 2px; border: 2px solid transparent;
  border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c["focus"]}; }}
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator, QListView::indicator {{
  width: 17px; height: 17px; border: 1px solid {c["border"]}; border-radius: 4px;
  background: {c["surface"]}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked,
QListView::indicator:checked {{
  background: {c["primary"]}; border-color: {c["primary"]}; image: url("{tick}"); }}
QCheckBox::indicator:disabled {{ background: {c["muted-soft"]}; border-color: {c["line"]}; }}
QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {c["sub"]}; border-radius: 9px;
  background: {c["surface"]}; }}
QRadioButton::indicator:checked {{ border-color: {c["primary"]}; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {c["primary"]}, stop: 0.5 {c["primary"]}, stop: 0.6 {c["surface"]},
  stop: 1 {c["surface"]}); }}
QRadioButton::indicator:disabled {{ background: {c["muted-soft"]}; border-color: {c["line"]}; }}
QTableView, QTreeView, QListView {{ border: 1px solid {c["line"]}; border-radius: 6px;
  background: {c["surface"]}; gridline-color: {c["line"]}; alternate-background-color: {c["stripe"]}; }}
QTableView:focus, QTreeView:focus, QListView:focus {{ border: 1px solid {c["primary"]}; }}
QTableView::item {{ padding: 0 6px; }}
QTableCornerButton::section {{ background: {c["surface"]}; border: none; }}
QHeaderView {{ background: {c["surface"]}; }}
QHeaderView::section {{ background: {c["surface"]}; color: {c["sub"]}; border: none;
  border-bottom: 1px solid {c["border"]}; padding: 7px 9px; font-weight: 700; }}
QHeaderView::section:hover {{ background: {c["soft"]}; }}
QListView[role="plain"], QListView[role="plain"]:focus {{ border: none; background: transparent; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c["line"]}; }}
QTabBar::tab {{ padding: 8px 8px; border: none; border-bottom: 3px solid transparent; color: {c["sub"]};
  background: transparent; }}
QTabBar::tab:selected {{ color: {c["primary"]}; border-bottom-color: {c["primary"]}; font-weight: 700; }}
QTabBar::tab:hover {{ background: {c["soft"]}; }}
QTabBar::tab:focus {{ border: 2px solid {c["focus"]}; border-bottom-width: 3px; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; border: none; }}
QProgressBar {{ border: 1px solid {c["line"]}; border-radius: 5px; background: {c["muted-soft"]};
  text-align: center; max-height: 12px; }}
QProgressBar::chunk {{ background: {c["primary"]}; border-radius: 4px; }}
QStatusBar {{ background: {c["surface"]}; border-top: 1px solid {c["line"]}; color: {c["sub"]}; }}
QStatusBar::item {{ border: none; }}
QMenu {{ background: {c["surface"]}; border: 1px solid {c["border"]}; padding: 4px; }}
QMenu::item {{ padding: 6px 22px 6px 14px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c["marked"]}; color: {c["on-marked"]}; }}
QMenu::item:disabled {{ color: {c["off"]}; }}
QMenu::separator {{ height: 1px; background: {c["line"]}; margin: 4px 8px; }}
QSplitter::handle {{ background: {c["line"]}; }}
QCalendarWidget QWidget {{ alternate-background-color: {c["surface"]}; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; button-layout: 3; }}
QTextBrowser {{ border: none; background: {c["surface"]}; padding: 8px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c["border"]}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {c["sub"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _tones(c: Colours, selector: str, *, ground: bool = True) -> str:
    lines = []
    for tone in TONES:
        background = f"background: {c[f'{tone}-soft']};" if ground else "background: transparent;"
        lines.append(f'{selector}[tone="{tone}"] {{ color: {c[tone]}; {background} }}')
    return "\n".join(lines)
