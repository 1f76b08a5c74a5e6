"""Windows' contrast themes: the window keeps to their colours, is legible, and shows the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QStyleHints
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts import contrast
from app.ui.parts.look import Look
from app.ui.parts.widgets import button
from app.ui.settings.appearance import AppearanceSection
from tests.support.window.contrast import ratio, weak
from tests.support.window.contrast_themes import CONTRASTS
from tests.support.window.stage import Stage
from tests.support.window.views import VIEWS

SEEN = ("today-tasks", "today-calendar", "contract-clauses", "settings-backup", "edit-person", "start-unlock")


@pytest.fixture(params=CONTRASTS, scope="module")
def contrasted(request: pytest.FixtureRequest, look: Look) -> Iterator[Look]:
    look.few = CONTRASTS[request.param]
    look.choose("light", 100)
    yield look
    look.few = None
    look.choose("light", 100)


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(look, tmp_path_factory.mktemp("contrast"))
    yield made
    made.close()
    assert not made.failures, made.failures


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
def test_every_text_is_legible_and_nothing_else_is_drawn(contrasted: Look, stage: Stage) -> None:
    for name in SEEN:
        shown = VIEWS[name](stage)
        assert shown is not None
        shown.resize(QSize(1366, 768))
        stage.settle()
        assert weak(shown) == [], name
        stage.leave()


def test_only_the_colours_of_the_theme_are_used(contrasted: Look) -> None:
    few = contrasted.few
    assert few is not None
    allowed = {few.ground, few.text, few.marked, few.on_marked, few.link, few.off}
    assert set(contrasted.colours.values()) <= allowed
    assert contrasted.dark is (QColor(few.ground).lightnessF() < 0.5)


def _changed(before: QImage, after: QImage) -> int:
    """How many pixels changed so much that it is seen (WCAG 2.1: 3 : 1)."""
    every = [(x, y) for x in range(before.width()) for y in range(before.height())]
    return sum(ratio(before.pixelColor(*at), after.pixelColor(*at)) >= 3 for at in every)


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "danger", "nav", "edit", "check", "radio"])
def test_the_keyboard_is_seen_wherever_it_is(kind: str, contrasted: Look, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    makers = {"edit": QLineEdit, "check": QCheckBox, "radio": QRadioButton}
    made: QWidget = makers[kind](holder) if kind in makers else button("登録する", kind=kind)
    made.setParent(holder)
    other = QPushButton("他", holder)
    made.setGeometry(10, 10, 160, 36)
    other.setGeometry(10, 60, 160, 36)
    holder.resize(200, 110)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    other.setFocus()
    before = holder.grab(made.geometry()).toImage()
    made.setFocus()
    assert made.hasFocus()
    assert _changed(before, holder.grab(made.geometry()).toImage()) > 60, kind
    del contrasted


def test_the_theme_is_taken_up_when_it_is_switched_on(
    look: Look, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[None] = []
    look.changed.connect(lambda: told.append(None))
    signal = qapp.styleHints().accessibility().contrastPreferenceChanged
    monkeypatch.setattr(contrast, "wanted", lambda _hints: contrast.DARK_GROUND)
    signal.emit(Qt.ContrastPreference.HighContrast)
    assert look.colours["window"] == contrast.DARK_GROUND.ground
    assert qapp.palette().window().color().name() == "#000000"
    monkeypatch.setattr(contrast, "wanted", lambda _hints: contrast.LIGHT_GROUND)
    look._system_changed()  # another theme instead
    assert look.colours["window"] == contrast.LIGHT_GROUND.ground
    monkeypatch.setattr(contrast, "wanted", lambda _hints: None)
    signal.emit(Qt.ContrastPreference.NoPreference)
    assert look.colours["text"] == "#191c20"
    assert len(told) == 3


@pytest.mark.parametrize(
    ("preference", "scheme", "few"),
    [
        (Qt.ContrastPreference.NoPreference, Qt.ColorScheme.Dark, None),
        (Qt.ContrastPreference.HighContrast, Qt.ColorScheme.Dark, contrast.DARK_GROUND),
        (Qt.ContrastPreference.HighContrast, Qt.ColorScheme.Light, contrast.LIGHT_GROUND),
    ],
)
def test_contrast_is_asked_of_the_system(
    preference: Qt.ContrastPreference, scheme: Qt.ColorScheme, few: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    hints = SimpleNamespace(
        accessibility=lambda: SimpleNamespace(contrastPreference=lambda: preference),
        colorScheme=lambda: scheme,
    )
    asked: QStyleHints = hints  # type: ignore[assignment]
    assert contrast.wanted(asked) == few


def test_a_colour_of_windows_has_red_in_its_lowest_byte() -> None:
    assert contrast.as_text(0x00FFEB1A) == "#1aebff"
    assert contrast.as_text(0) == "#000000"


def test_the_settings_say_whose_colours_are_on(contrasted: Look, context: Any) -> None:
    made = AppearanceSection(context)
    assert "コントラスト テーマ" in made.contrast.text
    context.look.few, kept = None, contrasted.few
    made.refresh()
    assert made.contrast.text == ""
    context.look.few = kept
    made.deleteLater()
