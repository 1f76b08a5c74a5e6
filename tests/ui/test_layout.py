"""Every view, in small and large windows, with small and large text: nothing is cut or squeezed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QWidget,
)

from app.ui.parts.look import Look
from app.ui.parts.space.screen import keep_inside
from tests.support.window.contrast import weak
from tests.support.window.faults import faults
from tests.support.window.stage import Stage
from tests.support.window.views import VIEWS

SIZES = (QSize(1366, 768), QSize(1280, 720), QSize(911, 512))
"""The screens of the office: plain, of a small notebook, and 1366 × 768 at 150 %."""
LOOKS = ((100, "light"), (150, "dark"))
LIVE = ("today-tasks", "contract-people", "documents", "list-incident", "edit-incident", "settings-annexes")
"""Views that must follow another size of text while they are open."""
unraised = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    look.choose("light", 100)
    made = Stage(look, tmp_path_factory.mktemp("layout"))
    yield made
    made.close()
    look.choose("light", 100)
    assert not made.failures, made.failures


def laid_out(stage: Stage, shown: QWidget, size: QSize) -> list[str]:
    """What is wrong in a window of that size, and whether it is that size at all."""
    if isinstance(shown, QDialog):
        keep_inside(shown, size - QSize(16, 48))
    else:
        shown.resize(size)
    stage.settle()
    larger = (
        [f"larger than {size.toTuple()}: {shown.size().toTuple()}"]
        if shown.size() != shown.size().boundedTo(size)
        else []
    )
    return [
        f"{size.width()}×{size.height()}: {said}" for said in (*larger, *faults(shown), *cut_lists(shown))
    ]


def cut_lists(shown: QWidget) -> list[str]:
    return []


@unraised
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(("percent", "mode"), LOOKS)
def test_nothing_is_cut_covered_or_squeezed(name: str, percent: int, mode: str, stage: Stage) -> None:
    if (stage.look.mode, stage.look.size) != (mode, percent):
        stage.look.choose(mode, percent)
    shown = VIEWS[name](stage)
    try:
        wrong = [] if shown is None else [one for size in SIZES for one in laid_out(stage, shown, size)]
        wrong += [] if shown is None else weak(shown)
    finally:
        stage.leave()
    assert wrong == []
