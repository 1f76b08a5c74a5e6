"""Every view, in small and large windows, with small and large text: nothing is cut or covered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.start import Product
from app.ui.inputs.base import Combo
from app.ui.inputs.ref import RefInput
from app.ui.papers.issue_page import IssuePage
from app.ui.parts.look import Look
from app.ui.parts.space.screen import keep_inside
from app.ui.parts.tables.lines_table import Column, LinesTable, line
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.targets import EditRecord, IssueForm
from tests.support.window.contrast import weak
from tests.support.window.faults import faults
from tests.support.window.stage import Stage
from tests.support.window.views import VIEWS

SIZES = (QSize(1366, 768), QSize(1280, 720), QSize(911, 512))
"""The screens of the office: plain, of a small notebook, and 1366 × 768 at 150 %."""
ON = {100: (SIZES[0], SIZES[2]), 150: (SIZES[2],)}
"""Percent of the text → the screens it is looked at on: the plain one, and the one with the least room."""
_ALIKE = frozenset(f"issue-{form}" for form in Product().forms) - {"issue-oath"}
"""One page with another form in it: looked at where there is the least room."""
WALK = [
    *(
        pytest.param(name, 100, "light")
        for name in VIEWS
        if not name.startswith(("new-", "refused-")) and name not in _ALIKE
    ),
    *(pytest.param(name, 150, "dark") for name in VIEWS if not name.startswith("new-")),
]
"""A refused record is a new one that says more; what has room for large text has it for small text."""
LIVE = ("today-tasks", "contract-people", "documents", "list-incident", "edit-incident", "issue-oath")
"""Views that must follow another size of text while they are open."""
_FRAME = QSize(16, 48)
_TURNS_AWAY = ("戻る", "閉じる", "保存しない")
unraised = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


@pytest.fixture(scope="module", autouse=True)
def plain_again(look: Look) -> Iterator[None]:
    """Each test puts on the look it asks for and leaves it on; no other module meets it."""
    yield
    wear(look, 100, "light")


@pytest.fixture(scope="module")
def stage(look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(look, tmp_path_factory.mktemp("layout"))
    yield made
    made.close()
    assert not made.failures, made.failures


def wear(look: Look, percent: int, mode: str) -> None:
    if (look.mode, look.size) != (mode, percent):
        look.choose(mode, percent)


def laid_out(stage: Stage, shown: QWidget, size: QSize) -> list[str]:
    """What is wrong on a screen of that size."""
    if isinstance(shown, QDialog):
        keep_inside(shown, size - _FRAME)
    else:
        shown.resize(size)
    stage.settle()
    found = faults(shown)
    if shown.size() != shown.size().boundedTo(size):
        found.append(f"larger than the screen: {shown.width()}×{shown.height()}")
    return [f"{size.width()}×{size.height()}: {said}" for said in found]


@unraised
@pytest.mark.parametrize(("name", "percent", "mode"), WALK)
def test_nothing_is_cut_covered_or_squeezed(name: str, percent: int, mode: str, stage: Stage) -> None:
    wear(stage.look, percent, mode)
    shown = VIEWS[name](stage)
    try:
        wrong = [] if shown is None else [one for size in ON[percent] for one in laid_out(stage, shown, size)]
        wrong += [] if shown is None else weak(shown)
    finally:
        stage.leave()
    assert wrong == []


@unraised
@pytest.mark.parametrize("name", [name for name in VIEWS if name.startswith("dialog-")])
def test_the_buttons_that_end_a_dialog_are_in_sight_where_there_is_the_least_room(
    name: str, stage: Stage
) -> None:
    wear(stage.look, 150, "dark")
    shown = VIEWS[name](stage)
    try:
        assert isinstance(shown, QDialog)
        keep_inside(shown, SIZES[-1] - _FRAME)
        stage.settle()
        boxes = [one for box in shown.findChildren(QDialogButtonBox) for one in box.buttons()]
        ends = {
            one
            for one in shown.findChildren(QPushButton)
            if one in boxes or one.parentWidget() is shown or one.text() in _TURNS_AWAY or one.isDefault()
        }
        seen = {one for one in ends if one.isVisible()}
        assert seen
        assert [one.text() for one in seen if one.visibleRegion().boundingRect() != one.rect()] == []
    finally:
        stage.leave()


@unraised
@pytest.mark.parametrize("percent", [100, 150])
def test_the_button_that_issues_a_paper_is_in_sight_however_much_there_is_to_choose(
    percent: int, stage: Stage
) -> None:
    """A report on a period has the most choices, and 911 × 512 the least room for them."""
    wear(stage.look, percent, "light")
    stage.go(IssueForm("status-report")).resize(SIZES[-1])
    stage.settle()
    page = stage.window.page
    assert isinstance(page, IssuePage)
    try:
        assert page.issue.visibleRegion().boundingRect() == page.issue.rect()
    finally:
        stage.leave()


@unraised
@pytest.mark.parametrize("name", LIVE)
def test_a_view_follows_another_size_of_text_at_once(name: str, stage: Stage) -> None:
    wear(stage.look, 100, "light")
    shown = VIEWS[name](stage)
    assert shown is not None
    try:
        stage.settle()
        wear(stage.look, 150, "light")
        wrong = [one for size in SIZES for one in laid_out(stage, shown, size)]
    finally:
        stage.leave()
    assert wrong == []


@unraised
@pytest.mark.parametrize("percent", [100, 150])
def test_a_list_of_candidates_stands_below_its_box_and_cuts_no_name(percent: int, stage: Stage) -> None:
    """More people than the list shows at once, then fewer: no row is half shown, no room left empty.

    One name has a rare character: from a higher font, it must not make its line higher than the others.
    """
    wear(stage.look, percent, "light")
    stage.go(EditRecord("assignment")).resize(SIZES[0])
    stage.settle()
    person = stage.window.page.findChild(RefInput)
    assert person is not None
    most, edit = person._completer.maxVisibleItems(), person.edit
    try:
        for typed, long in (("", True), ("吉", False)):
            person._offer(typed)
            stage.settle()
            popup = person._popup
            rows = [popup.visualRect(popup.model().index(at, 0)) for at in range(popup.model().rowCount())]
            assert (len(rows) > most) == long
            assert any("𠮷" in str(popup.model().index(at, 0).data()) for at in range(len(rows)))
            assert len({row.height() for row in rows}) == 1
            assert popup.geometry().top() > edit.mapToGlobal(edit.rect().bottomLeft()).y()
            last = rows[:most][-1].bottom()
            assert last <= popup.viewport().height() <= last + 8
            assert popup.verticalScrollBar().isVisible() == long
    finally:
        person._popup.hide()
        stage.leave()


@unraised
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("percent", [100, 150])
def test_a_drop_down_list_with_the_keyboard_shows_its_last_choice(
    percent: int, mode: str, look: Look, qtbot: QtBot
) -> None:
    wear(look, percent, mode)
    holder, combo = QWidget(), Combo()
    combo.addItems(["", "漏えい", "滅失", "その他"])
    QVBoxLayout(holder).addWidget(combo)
    qtbot.addWidget(holder)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    combo.setFocus()
    combo.showPopup()
    last = combo.view().visualRect(combo.model().index(3, 0))
    try:
        assert 0 < last.bottom() <= combo.view().viewport().height()
    finally:
        combo.hidePopup()


def too_long() -> QWidget:
    made = QLabel("届出のない作業場所で作業しています")
    made.setFixedWidth(60)
    return made


def narrow_button() -> QWidget:
    made = QPushButton("誓約書を作成")
    made.setAccessibleName("誓約書を作成")
    made.setFixedWidth(40)
    return made


def bare_input() -> QWidget:
    return QLineEdit()


def faint_radio() -> QWidget:
    made = QRadioButton("はい")
    made.setStyleSheet("QRadioButton::indicator { border: 1px solid #dddddd; background: #ffffff; }")
    return made


def tight_list() -> QWidget:
    made = QListWidget()
    made.setAccessibleName("目次")
    made.addItems(["誓約書　佐藤 大輔", "誓約書　髙橋 美咲"])
    return made


def broad_list() -> QWidget:
    made = QTreeWidget()
    make_roomy(made)
    made.setAccessibleName("発行する書類")
    made.setHeaderLabels(["契約", "状態"])
    QTreeWidgetItem(made, ["みなと北市", "発行できます"])
    made.setColumnWidth(0, 400)
    return made


def faint_hint() -> QWidget:
    made = QLineEdit()
    made.setAccessibleName("氏名")
    made.setPlaceholderText("山田 太郎")
    made.setStyleSheet("placeholder-text-color: #b0b0b0")
    return made


BROKEN: dict[str, tuple[Callable[[], QWidget], str]] = {
    "label": (too_long, "cut: QLabel"),
    "button": (narrow_button, "cut: QPushButton"),
    "input": (bare_input, "nameless: QLineEdit"),
    "radio": (faint_radio, "faint: indicator"),
    "hint": (faint_hint, "faint: hint"),
    "tight list": (tight_list, "tight: lines of QListWidget"),
    "broad list": (broad_list, "sideways: QTreeWidget"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_found(name: str, look: Look, shown: Callable[..., QWidget]) -> None:
    wear(look, 100, "light")
    make, said = BROKEN[name]
    holder = QWidget()
    QVBoxLayout(holder).addWidget(make())
    shown(holder, 300, 100)
    found = [*faults(holder), *weak(holder)]
    assert any(one.startswith(said) for one in found), found


def test_parts_over_each_other_and_outside_are_found(look: Look, shown: Callable[..., QWidget]) -> None:
    wear(look, 100, "light")
    holder = QWidget()
    for x in (0, 30, 280):
        made = QPushButton("開く", holder)
        made.setGeometry(x, 10, 60, 34)
    shown(holder, 300, 100)
    assert {one.partition(":")[0] for one in faults(holder)} >= {"overlap", "outside"}


def test_a_column_cut_beside_room_is_found(look: Look, shown: Callable[..., QWidget]) -> None:
    wear(look, 100, "light")
    table = LinesTable(look, "見本", (Column("番号", 4), Column("件名", 4, stretch=True)))
    holder = QWidget()
    QVBoxLayout(holder).addWidget(table)
    shown(holder, 500, 200)
    table.show_lines([line(1, "MD-2026-031", "短い")])
    assert faults(holder) == []
    table.setColumnWidth(0, 40)
    assert any(one.startswith("spare: column 「番号」") for one in faults(holder))
