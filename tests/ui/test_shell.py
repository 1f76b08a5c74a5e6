"""The window itself: rooms, the trail of pages, shortcuts, undo, backups, faults, the look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError, Progress
from app.ledger.copies.manifests import backups
from app.records import Person
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.editor.page import EditorPage
from app.ui.lists.page import RecordsPage
from app.ui.operations import Operations
from app.ui.page import Page
from app.ui.parts import theme
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.icons import drawing
from app.ui.parts.keyboard import FIELDS
from app.ui.parts.look import Look
from app.ui.parts.widgets import em
from app.ui.settings.page import SettingsPage
from app.ui.shell.crash import Faults, details
from app.ui.shell.navigation import Navigation
from app.ui.shell.rooms import ROOMS
from app.ui.shell.window import NARROW, MainWindow
from app.ui.targets import (
    ATTACHED,
    DoAct,
    EditRecord,
    IssueForm,
    ShowContract,
    ShowList,
    ShowSettings,
    ShowToday,
    Target,
)
from app.ui.today.page import TodayPage
from tests.support.window.on_screen import on_screen

Settle = Callable[[], None]


@pytest.fixture
def window(context: Context, sample: Any, settled: Settle, qtbot: QtBot) -> Iterator[MainWindow]:
    del sample
    with on_screen(context, settled, qtbot, 1200, 760) as made:
        yield made


def test_each_room_opens_by_its_shortcut(window: MainWindow, qtbot: QtBot, settled: Settle) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for number, room in enumerate(ROOMS):
        key = Qt.Key(Qt.Key.Key_1 + number)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settled()
        assert type(window.page).__name__ == room.make.name
        assert window.navigation.rooms[number].isChecked()


def test_each_room_opens_by_a_click(window: MainWindow, qtbot: QtBot, settled: Settle) -> None:
    for number, room in enumerate(ROOMS):
        qtbot.mouseClick(window.navigation.rooms[number], Qt.MouseButton.LeftButton)
        settled()
        assert type(window.page).__name__ == room.make.name


def test_a_page_lies_above_its_room_until_one_goes_back(window: MainWindow, sample: Any) -> None:
    window.open(ShowList("person"))
    window.open(EditRecord("person", sample.person.id))
    assert isinstance(window.page, EditorPage)
    assert window.trail_bar.isVisible()
    window.back()
    assert type(window.page).__name__ == "RecordsPage"
    assert not window.trail_bar.isVisible()


def test_the_same_target_twice_is_one_page(window: MainWindow, sample: Any) -> None:
    window.open(ShowList("person"))
    window.open(EditRecord("person", sample.person.id))
    window.open(EditRecord("person", sample.person.id))
    window.back()
    assert not isinstance(window.page, EditorPage)


def test_what_is_already_open_is_gone_back_to(window: MainWindow, sample: Any, settled: Settle) -> None:
    window.open(ShowContract(sample.contract.id, "people"))
    settled()
    first = window.page
    assert isinstance(first, ContractPage)
    window.open(EditRecord("person", sample.person.id))
    window.open(ShowContract(sample.contract.id, "places"))
    settled()
    assert window.page is first
    assert first.tabs.tabText(first.tabs.currentIndex()) == "作業場所"
    window.back()
    assert type(window.page).__name__ == "TodayPage"


def test_an_editor_opens_on_its_files_also_if_it_was_open_before(window: MainWindow, sample: Any) -> None:
    person = sample.person.id
    for target, title in (
        (EditRecord("person", person), "内容"),
        (EditRecord("person", person, tab=ATTACHED), "添付（0）"),
    ):
        window.open(target)
        page = window.page
        assert isinstance(page, EditorPage)
        assert page.tabs.tabText(page.tabs.currentIndex()) == title
    window.back()
    assert not isinstance(window.page, EditorPage), "the same editor, not one above the other"
    window.open(EditRecord("person", person, tab=ATTACHED))
    page = window.page
    assert isinstance(page, EditorPage)
    assert window.focusWidget() is page.attachments.add_button


def test_a_long_trail_never_widens_the_window(window: MainWindow, sample: Any, context: Context) -> None:
    context.ledger.change(replace(sample.contract, title="長い件名の業務" * 20))
    window.resize(950, 600)
    window.open(ShowContract(sample.contract.id))
    window.open(EditRecord("contract", sample.contract.id))
    QApplication.processEvents()
    assert window.width() == 950
    assert window.minimumSizeHint().width() <= 950


@pytest.mark.parametrize(
    ("answer", "stays", "saved"),
    [(Unsaved.STAY, True, False), (Unsaved.DISCARD, False, False), (Unsaved.SAVE, False, True)],
)
def test_leaving_with_unsaved_changes_asks(
    window: MainWindow,
    sample: Any,
    dialogs: Any,
    context: Context,
    answer: Unsaved,
    stays: bool,
    saved: bool,
) -> None:
    window.open(EditRecord("person", sample.person.id))
    page = window.page
    assert isinstance(page, EditorPage)
    page.form.boxes["telephone"].input.show_value("03-0000-0001")
    dialogs.answers.append(answer)
    window.open(ShowList("device"))
    assert (window.page is page) is stays
    held = context.facts().get(Person, sample.person.id)
    assert (held.telephone == "03-0000-0001") is saved


def test_the_first_opening_of_a_day_makes_a_backup(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: context.backing.newest is not None, timeout=10_000)
    assert len(backups(context.backups())) == 1
    assert not window.banner.isVisible()


def test_closing_backs_up_what_changed_and_closes(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: context.backing.newest is not None, timeout=10_000)
    context.ledger.change(replace(sample.person, department="総務課"))
    dialogs.answers.append(lambda dialog: qtbot.waitUntil(lambda: dialog.result() == 1, timeout=10_000))
    with qtbot.waitSignal(window.closed, timeout=15_000):
        window.close()
    newest = context.backing.newest
    assert newest is not None
    assert newest.manifest.sequence == context.ledger.head().sequence


def test_closing_without_a_change_makes_no_further_backup(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: context.backing.newest is not None, timeout=10_000)
    with qtbot.waitSignal(window.closed, timeout=5_000):
        window.close()
    assert len(backups(context.backups())) == 1


def test_a_failed_backup_is_a_red_band_that_leads_to_the_settings(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path, settled: Settle
) -> None:
    settled()
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder", encoding="utf-8")
    context.preferences.set(backups=str(blocked / "inside"))
    context.backing.now()
    settled()
    assert window.banner.isVisible()
    assert "バックアップを作成できませんでした" in window.banner.text
    button = window.banner.findChild(QAbstractButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled()
    assert type(window.page).__name__ == "SettingsPage"
    context.preferences.set(backups=str(tmp_path / "backups"))
    context.backing.now()
    settled()
    assert not window.banner.isVisible()


@pytest.mark.parametrize(("width", "size"), [(900, 100), (600, 100), (911, 150), (1366, 150), (1366, 100)])
def test_the_rooms_carry_their_names_at_every_width_and_size(
    window: MainWindow, context: Context, width: int, size: int
) -> None:
    context.look.choose(size=size)
    window.resize(width, 512)
    QApplication.processEvents()
    strip = window.navigation
    for button in strip.findChildren(QPushButton):
        metrics = button.fontMetrics()
        # What would be taken back may stand behind the name, as far as there is room for it.
        said = button.text().strip()
        assert said == button.accessibleName() or said.startswith("元に戻す：「")
        assert button.width() >= metrics.horizontalAdvance(button.text()) + button.iconSize().width()
        assert strip.rect().contains(button.geometry())
        assert button.toolTip()
    assert strip.width() < (width / 3 if width < NARROW * size / 100 else width / 2)


def test_the_name_of_the_ledger_is_said_where_it_is_another_than_the_program(look: Look) -> None:
    for name, told in (("受託台帳", False), ("受託台帳2", True), ("台帳", True)):
        strip = Navigation(look)
        strip.call(name)
        assert strip._name.isVisibleTo(strip) is told
        strip.collapse(True)
        assert not strip._name.isVisibleTo(strip)


def test_the_keyboard_follows_the_room(window: MainWindow, qtbot: QtBot, settled: Settle) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for number in (2, 4, 1, 3, 0):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        settled()
        held = window.focusWidget()
        assert window.page.isAncestorOf(held), window.page
        assert isinstance(held, FIELDS)
        assert [one.isChecked() for one in window.navigation.rooms].index(True) == number


def test_one_comes_back_to_where_the_keyboard_was(window: MainWindow, sample: Any, settled: Settle) -> None:
    window.activateWindow()
    window.open(ShowList("person"))
    settled()
    page = window.page
    assert isinstance(page, RecordsPage)
    page.list.table.setFocus()
    window.open(EditRecord("person", sample.person.id))
    assert window.page.isAncestorOf(window.focusWidget())
    window.back()
    assert window.focusWidget() is page.list.table


def test_another_size_of_text_holds_at_once_wherever_one_goes(
    window: MainWindow, context: Context, settled: Settle
) -> None:
    window.open(ShowToday("matrix"))
    settled()
    window.open(ShowSettings("manual"))
    window.open(ShowSettings("appearance"))
    context.look.choose(size=150)
    window.open(ShowSettings("manual"))
    settings = window.page
    assert isinstance(settings, SettingsPage)
    chapters = settings.section.findChild(QListWidget)
    assert chapters is not None
    assert chapters.width() == em(chapters, 12)
    window.open(ShowToday("tasks"))
    settled()
    today = window.page
    assert isinstance(today, TodayPage)
    edit = today.choice.input.edit
    assert em(edit, 11) <= edit.maximumWidth() < em(edit, 12)


def test_what_leads_nowhere_fails_loudly(window: MainWindow, sample: Any) -> None:
    for target in (
        ShowSettings("vendor"),
        ShowList("nothing"),
        ShowToday("nothing"),
        ShowContract(sample.contract.id, "nothing"),
    ):
        with pytest.raises((KeyError, ValueError, StopIteration)):
            window.open(target)


def test_f1_opens_the_manual(window: MainWindow, qtbot: QtBot, settled: Settle) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    settled()
    assert isinstance(window.page, SettingsPage)
    assert window.page.section.name == "manual"


def test_ctrl_n_adds_where_one_is(window: MainWindow, qtbot: QtBot, settled: Settle) -> None:
    window.open(ShowList("device"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert window.page.title() == "PC・媒体の登録"


# --- operations -------------------------------------------------------------------------------------


def test_work_happens_elsewhere_and_its_answer_arrives_here(operations: Operations, qtbot: QtBot) -> None:
    threads: list[int] = []
    answers: list[tuple[str, int]] = []

    def work(_progress: Progress) -> str:
        threads.append(threading.get_ident())
        return "できました"

    operations.run(work, lambda text: answers.append((text, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("できました", threading.get_ident())]
    assert threads != [threading.get_ident()]


def test_only_the_newest_answer_of_a_key_counts(operations: Operations, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[int] = []
    operations.run(lambda _progress: gate.wait(5), lambda _answer: None)
    for number in range(5):
        operations.run(lambda _progress, number=number: number, answers.append, key="search")  # type: ignore[misc]  # bound now
    gate.set()
    qtbot.waitUntil(lambda: not operations.busy)
    assert answers == [4]


def test_a_cancelled_job_answers_nothing(operations: Operations, qtbot: QtBot) -> None:
    begun = threading.Event()
    answers: list[None] = []

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step(0, 0)

    job = operations.run(work, answers.append, title="長い仕事")
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not operations.busy)
    assert answers == []


def test_an_answer_for_a_widget_that_is_gone_is_dropped(operations: Operations, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[bool] = []
    owner = QObject()
    operations.run(lambda _progress: gate.wait(5), answers.append, owner=owner)
    owner.deleteLater()
    del owner
    qtbot.wait(1)
    gate.set()
    qtbot.waitUntil(lambda: not operations.busy)
    assert answers == []


def test_a_failure_goes_to_who_asked(operations: Operations, qtbot: QtBot) -> None:
    told: list[Exception] = []

    def work(_progress: Progress) -> None:
        raise PeopleError("だめでした。")

    operations.run(work, lambda _none: None, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "だめでした。"


# --- faults -----------------------------------------------------------------------------------------


def _fault() -> tuple[type[BaseException], BaseException, Any]:
    with pytest.raises(ValueError, match="山田 太郎") as caught:
        int("山田 太郎")
    return caught.type, caught.value, caught.tb


def test_the_details_of_a_fault_hold_no_personal_data() -> None:
    _kind, error, trace = _fault()
    text = details(error, trace)
    assert "ValueError" in text
    assert "_fault" in text
    assert "山田" not in text
    assert str(Path.home()) not in text


def test_a_module_that_the_installation_lacks_is_named() -> None:
    """Of any other error the text may quote a record; this one is a word of the program's own."""
    assert "ModuleNotFoundError: sqlite_utils.db\n" in details(
        ModuleNotFoundError("No module 山田", name="sqlite_utils.db"), None
    )
    assert "山田" not in details(ImportError("DLL load failed", name="C:/Users/山田 太郎/x"), None)


def test_a_fault_is_told_calmly_and_its_details_are_saved(
    dialogs: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "詳細.txt"
    dialogs.answers = [True, path]
    Faults(dialogs).handle(*_fault())
    assert "予期しない誤りが起きました" in dialogs.asked[0]
    assert "ValueError" in path.read_text(encoding="utf-8")
    assert "Traceback" not in capsys.readouterr().err


# --- the look ---------------------------------------------------------------------------------------


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_TEXTS = [
    *((name, ground) for name in ("text", "sub", "faint", "primary") for ground in ("surface", "window")),
    *((tone, f"{tone}-soft") for tone in theme.TONES),
    *((tone, "surface") for tone in theme.TONES),
    *(("on-primary", ground) for ground in ("primary", "primary-hover", "primary-press")),
    ("text", "select"),
    ("on-marked", "marked"),
    ("primary", "soft"),
    ("text", "danger-soft"),
    *((name, ground) for name in ("faint", "sub") for ground in ("stripe", "danger-soft", "muted-soft")),
]


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_keeps_its_contrast(colours: theme.Colours) -> None:
    weak = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in _TEXTS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert _contrast(colours["border"], colours["surface"]) >= 3
    assert _contrast(colours["focus"], colours["surface"]) >= 3


def test_the_theme_can_be_changed_while_it_runs(window: MainWindow, look: Look) -> None:
    light = window.palette().window().color()
    look.choose(mode="dark")
    assert window.palette().window().color() != light
    look.choose(mode="light")
    assert window.palette().window().color() == light


def test_larger_text_makes_larger_rows_and_letters(window: MainWindow, look: Look) -> None:
    window.open(ShowList("person"))
    assert isinstance(window.page, RecordsPage)
    table = window.page.list.table
    before = table.verticalHeader().defaultSectionSize()
    look.choose(size=150)
    assert table.verticalHeader().defaultSectionSize() == round(before * 1.5)
    assert window.font().pointSizeF() == pytest.approx(theme.POINTS * 1.5)
    look.choose(size=100)


def test_every_icon_draws_something_in_its_colour(look: Look) -> None:
    for room in ROOMS:
        assert b"#123456" in drawing(room.icon, "#123456")
        icon = look.icon(room.icon)
        image = icon.pixmap(20, 20, QIcon.Mode.Normal).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20))


# --- read aloud -------------------------------------------------------------------------------------


def _unnamed(root: QWidget) -> list[str]:
    """Widgets that take the keyboard and have nothing to be read out by."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QLabel)
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inner:
            continue
        parent = widget.parentWidget()
        if parent is not None and parent.metaObject().className() == "QComboBoxPrivateContainer":
            continue  # the list of a drop-down takes the name of its field when it opens
        if widget.focusProxy() is not None or (parent is not None and parent.focusProxy() is widget):
            continue
        text = getattr(widget, "text", None)
        if not widget.accessibleName() and not (callable(text) and text()):
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize(
    "target",
    [
        *(room.target() for room in ROOMS),
        *(
            EditRecord(kind)
            for kind in ("vendor", "client", "contract", "person", "training", "device", "event", "disposal")
        ),
        EditRecord("person", 1),
        *(
            ShowSettings(name)
            for name in ("owner", "access", "appearance", "backup", "check", "manual", "about")
        ),
    ],
    ids=str,
)
def test_everything_that_takes_the_keyboard_has_a_name(
    window: MainWindow, target: Any, settled: Settle
) -> None:
    window.open(target)
    settled()
    assert _unnamed(window) == []


def test_the_day_is_the_one_given(context: Context) -> None:
    assert context.today() == date(2026, 4, 20)


def test_a_scan_dropped_anywhere_is_a_copy_that_came_back(
    window: MainWindow, settled: Settle, dialogs: Any, tmp_path: Path
) -> None:
    Image.new("L", (300, 400), 255).save(tmp_path / "白紙.png")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(tmp_path / "白紙.png"))])
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    dialogs.answers.append(None)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how))
    settled()
    assert dialogs.asked[-1] == "受領印のある控え"


def test_a_page_that_cannot_be_made_leaves_nothing_in_its_place(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing, shown = window.stack.count(), window.page

    def unmade(context: Context, _target: Target) -> Page:
        Page(context)
        raise LookupError("of a test")

    monkeypatch.setattr("app.ui.shell.pages.page_of", unmade)
    with pytest.raises(LookupError):
        window.open(IssueForm("oath", 1))
    assert window.stack.count() == standing
    assert window.page is shown
    assert window.context.place is None


def test_an_act_that_is_done_is_begun_anew_when_it_is_asked_for_again(
    window: MainWindow, context: Context, sample: Any, qtbot: QtBot
) -> None:
    target = DoAct("train", (sample.contract.id,))
    window.open(target)
    page = window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    window.open(target)
    assert window.page is page, "what is not registered yet is gone on with"
    page.form.inputs["topics"].show_value(("遵守事項",))
    page.form.inputs["on"].show_value(context.today() + timedelta(days=7))
    page.form.inputs["on"].edited.emit()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    page.save()
    qtbot.waitUntil(lambda: page.done is not None)
    window.open(target)
    anew = window.page
    assert isinstance(anew, ActPage)
    assert anew is not page
    assert anew.form is not None
