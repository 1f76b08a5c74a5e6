"""The look that is on: it dresses the application, and again whenever the user changes it."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSize, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyleFactory

from app.ui.parts import contrast
from app.ui.parts.icons import drawing, icon, picture
from app.ui.parts.theme import (
    ABROAD,
    DARK,
    FALL_BACKS,
    FAMILIES,
    LIGHT,
    POINTS,
    RARE,
    Colours,
    palette,
    style_sheet,
)

STYLE = "Fusion"
MODES = {"system": "OSに合わせる", "light": "明るい", "dark": "暗い"}
SIZES = {100: "標準", 125: "大きい", 150: "とても大きい"}
"""Text sizes in percent."""
_STYLED = "styled"
"""The property of an application that wears the style already."""
_FONTS = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf")
_RARE = "JutakuRareMincho-Regular.ttf"
_FALL_BACKS = ("JutakuEastMincho-Regular.ttf", "JutakuLatinMincho-Regular.ttf")
"""What no other font shows: names of people from abroad, where the machine has no fonts for them."""


def application(arguments: Sequence[str]) -> QApplication:
    """An application that is started in the style of the program.

    Put on later, it would be handed over as an object, and PySide6 would make all that can be said of a style
    known first. That takes time at a start and is not needed there.
    """
    app = QApplication([*arguments, "-style", STYLE])
    app.setProperty(_STYLED, True)
    return app


class Look(QObject):
    """Colours, fonts and icons of one application. ``changed`` after every change of theme or size.

    ``few``: the colours of the system's contrast theme, which come before whatever is chosen here; else None.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: str = "system", size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode if mode in MODES else "system"
        self.size = size if size in SIZES else 100
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pictures = tempfile.TemporaryDirectory(prefix="jutaku-", ignore_cleanup_errors=True)
        self._translator = QTranslator(app)
        _load_fonts()
        self._speak_japanese()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._contrast_changed)
        self.few = contrast.wanted(hints)
        self._dress()

    @property
    def dark(self) -> bool:
        """Whether the dark colours are on."""
        if self.few is not None:
            return QColor(self.few.ground).lightnessF() < 0.5
        if self.mode == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.mode == "dark"

    @property
    def colours(self) -> Colours:
        """The colours that are on, by name."""
        if self.few is not None:
            return contrast.colours_of(self.few)
        return DARK if self.dark else LIGHT

    @property
    def points(self) -> float:
        """The size of plain text in points."""
        return POINTS * self.size / 100

    @property
    def row_height(self) -> int:
        """The height of a table row in logical pixels."""
        return round(34 * self.size / 100)

    def colour(self, name: str) -> QColor:
        """One colour, for what paints itself."""
        return QColor(self.colours[name])

    def choose(self, mode: str | None = None, size: int | None = None) -> None:
        """Change theme or text size at once."""
        self.mode = mode if mode in MODES else self.mode
        self.size = size if size in SIZES else self.size
        self._dress()
        self.changed.emit()

    def icon(self, name: str, tone: str = "sub") -> QIcon:
        """The icon called ``name`` in one of the colours."""
        if self.few is not None and tone == "on-primary":
            # There a button is told by its frame, and has the ground of the window.
            tone = "text"
        held = self._icons.get((name, tone))
        if held is None:
            c = self.colours
            held = self._icons[name, tone] = icon(name, c[tone], c["off"], c["primary"])
        return held

    def dress(self, button: QAbstractButton, name: str, tone: str = "sub") -> QAbstractButton:
        """Give ``button`` an icon that follows the theme."""
        _Keeper(self, button, name, tone)
        return button

    def release(self) -> None:
        """Remove the small pictures that the style sheet needs on disk."""
        self._pictures.cleanup()

    def _contrast_changed(self) -> None:
        self.few = contrast.wanted(self._app.styleHints())
        self._dress()
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.few is not None:
            # One contrast theme was chosen after another.
            self._contrast_changed()
            return
        if self.mode == "system":
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._icons.clear()
        self._tell_system()
        c = self.colours
        arrow = self._picture("chevron-down", c["sub"])
        tick = self._picture("check", c["on-primary"])
        # In this order: a style sheet set after the font would bring back the system's fonts on Windows, and
        # one that is still on keeps the widgets that exist from taking a new font.
        self._app.setStyleSheet("")
        if not self._app.property(_STYLED):
            self._app.setStyle(QStyleFactory.create(STYLE))
        self._app.setPalette(palette(c))
        self._app.setFont(self._font())
        besides = contrast.sheet(self.few) if self.few is not None else ""
        self._app.setStyleSheet(style_sheet(c, self.points, arrow, tick) + besides)
        self._app.setFont(self._font())
        self._give_fonts_back()

    def _give_fonts_back(self) -> None:
        """On Windows lists and heads of tables that exist would stay with the system's font of 9 points.

        Nothing is collected meanwhile: a dialog that nobody holds any more would leave parts of it in the
        list that are gone, and to ask one of them for its font ends the program.
        """
        own = self._font().family()
        collected = gc.isenabled()
        gc.disable()
        try:
            for widget in self._app.allWidgets():
                if not widget.font().resolveMask() and widget.font().family() != own:
                    widget.setFont(QFont())
        finally:
            if collected:
                gc.enable()

    def _tell_system(self) -> None:
        """Have the frames of the windows, which the system draws, follow the theme as well."""
        hints = self._app.styleHints()
        if self.mode == "system" or self.few is not None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if self.mode == "dark" else Qt.ColorScheme.Light)

    def _font(self) -> QFont:
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(self.points)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _picture(self, name: str, colour: str) -> str:
        path = Path(self._pictures.name) / f"{name}-{colour.lstrip('#')}.png"
        if not path.exists():
            picture(drawing(name, colour), 48).save(str(path))
        return path.as_posix()

    def _speak_japanese(self) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load("qtbase_ja", folder):
            self._app.installTranslator(self._translator)


class _Keeper(QObject):
    """Sets the icon of one button now and after each change of look; dies with the button."""

    def __init__(self, look: Look, button: QAbstractButton, name: str, tone: str) -> None:
        super().__init__(button)
        self._look, self._button, self._name, self._tone = look, button, name, tone
        look.changed.connect(self._set)
        self._set()

    def _set(self) -> None:
        self._button.setIcon(self._look.icon(self._name, self._tone))
        side = round(20 * self._look.size / 100)
        self._button.setIconSize(QSize(side, side))


def _load_fonts() -> None:
    known = set(QFontDatabase.families())
    folder = files("resources").joinpath("fonts")
    wanted = () if FAMILIES[0] in known else _FONTS
    fall_backs = () if known.issuperset(ABROAD) or FALL_BACKS[0] in known else _FALL_BACKS
    for name in (*wanted, *(() if RARE in known else (_RARE,)), *fall_backs):
        _load_font(folder.joinpath(name))


def _load_font(font: Traversable) -> None:
    # From its file where it is one: Qt then reads the pages it needs, not all seven megabytes at every start.
    if isinstance(font, Path):
        QFontDatabase.addApplicationFont(str(font))
    else:
        QFontDatabase.addApplicationFontFromData(font.read_bytes())
