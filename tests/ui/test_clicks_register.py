"""From an office's register of 300 PCs to the printed PC・電子媒体管理台帳: every press of the mouse counts.

A question of the system or of the program is one press as well: the answer to it. Typed fields are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.records import Assignment, Device, DeviceUse, LocationUse, Submission
from app.records.assignment import AssignmentRole
from app.ui.context import Context
from app.ui.importing.page import ImportPage
from app.ui.lists.page import RecordsPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.paper_page import DocumentPage
from app.ui.papers.printing import PrintDialog
from app.ui.shell.rooms import ROOMS
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowList
from tests.support.books import book, rows
from tests.support.clicks import Clicks
from tests.support.window.hand import Hand, commit
from tests.ui.test_clicks_first_run import Paper

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
MACHINES = 300
_ABOVE = (
    ("情報機器管理台帳",),
    ("令和8年11月20日現在", *(None,) * 12, "総務課"),
    ("No.", "資産番号", "機器", *(None,) * 6, "管理", None, None, None, "備考"),
    (
        *(None, None, "種別", "メーカー", "型番", "製造番号", "OS", "ウイルス対策ソフト", "暗号化"),
        *("使用者", "設置場所", "導入年月日", "所有区分"),
    ),
)
_JOINED = ("A1:N1", "A3:A4", "B3:B4", "C3:I3", "J3:M3", "N3:N4")
_USERS = ("髙橋　花子", "𠮷田　次郎")


def register(path: Path) -> Path:
    """As an office keeps it: two titles, a head of two lines, 和暦, ditto marks, who uses each."""
    held: list[tuple[object, ...]] = []
    for n in range(1, MACHINES + 1):
        first = n % 10 == 1
        held.append(
            (
                n,
                f"NB-{n:03}",
                "ノートPC" if first else "〃",
                "富士通" if first else "〃",
                "U939" if first else "〃",
                f"R{n:07}",
                "Windows 11 Pro" if first else "〃",
                "Microsoft Defender" if first else "〃",
                "フルディスク" if first else "〃",
                _USERS[n * len(_USERS) // (MACHINES + 1)],
                "本社第二作業室" if first else "〃",
                f"R{2 + n % 6}.{1 + n % 10}.{1 + n % 28}",
                "購入" if n % 2 else "リース",
                "予備機" if n % 40 == 0 else None,
            )
        )
    joined = "".join(f'<mergeCell ref="{one}"/>' for one in _JOINED)
    path.write_bytes(book(rows(*_ABOVE, *held), after=f"<mergeCells>{joined}</mergeCells>"))
    return path


class Officer:
    """Somebody at the mouse."""

    def __init__(self, qtbot: QtBot, window: MainWindow, dialogs: Any, clicks: Clicks) -> None:
        self.qtbot, self.window, self.dialogs, self.clicks = qtbot, window, dialogs, clicks
        self.seen = {"印刷"}

    @property
    def page(self) -> Any:
        return self.window.page

    @property
    def presses(self) -> int:
        """Of the mouse, the answers to questions included; of the print dialog its own button is pressed."""
        return self.clicks.count + len([one for one in self.dialogs.asked if one not in self.seen])

    def rest(self) -> None:
        operations = self.window.context.operations
        self.qtbot.waitUntil(lambda: not operations.busy, timeout=60_000)
        QApplication.processEvents()

    def press(self, button: QWidget) -> None:
        self.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=60_000)
        self.qtbot.mouseClick(button, LEFT)
        self.rest()

    def type(self, text: str) -> None:
        """Into what has the keyboard; then the tabulator, to the next field."""
        held = self.window.focusWidget()
        assert held is not None
        commit(held, text)
        self.rest()
        self.qtbot.keyClick(held, Qt.Key.Key_Tab)
        self.rest()

    def find(self, text: str) -> None:
        """Ctrl+K, the words, Return: what is found first is opened."""
        self.dialogs.answers.append(True)
        self.window.show_search()
        dialog = self.dialogs.shown[-1]
        self.seen.add(dialog.windowTitle())
        commit(dialog.edit, text)
        dialog.find_now()
        self.rest()
        dialog.open()
        self.rest()

    def pick_menu(self, button: Any, text: str) -> None:
        """A button with a menu, and the line of it that begins so."""
        hand = Hand(_Around(self), self.qtbot, self.clicks)  # type: ignore[arg-type]
        hand.choose(button, text)


class _Around:
    """What a hand asks of the stage on which it plays."""

    def __init__(self, officer: Officer) -> None:
        self.window, self.context, self.settle = officer.window, officer.window.context, officer.rest


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def officer(
    context: Context,
    sample: Any,
    paper: Paper,
    dialogs: Any,
    shown: Any,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Officer]:
    """A new ledger with one contract, its person in charge and its place; the window on きょう."""
    sample_begins(context, sample)
    monkeypatch.setitem(context.program.services, "printer", paper)
    window = shown(MainWindow(context), 1366, 740)
    with Clicks(qapp) as clicks:
        made = Officer(qtbot, window, dialogs, clicks)
        made.rest()
        yield made


def sample_begins(context: Context, sample: Any) -> None:
    begins = {"contract": sample.contract.id, "starts_on": date(2026, 4, 1)}
    responsible = (AssignmentRole(role="業務責任者"),)
    with context.ledger.write() as change:
        change.add(Assignment(person=sample.person.id, roles=responsible, **begins))
        change.add(LocationUse(location=sample.location.id, purpose="入力", **begins))


def test_a_register_of_300_machines_to_the_printed_list(
    officer: Officer, paper: Paper, context: Context, dialogs: Any, tmp_path: Path
) -> None:
    """Ten presses: six until the machines are in the ledger, four until the list is printed."""
    me, path = officer, register(tmp_path / "PC台帳.xlsx")
    me.press(me.window.navigation.rooms[[one.target for one in ROOMS].index(ShowList)])
    page = me.page
    assert isinstance(page, RecordsPage)
    (item,) = page.side.list.findItems("PC・媒体", Qt.MatchFlag.MatchStartsWith)[:1]
    me.qtbot.mouseClick(page.side.list.viewport(), LEFT, pos=page.side.list.visualItemRect(item).center())
    me.rest()
    dialogs.answers.append([path])
    me.pick_menu(page.list.excel.button, "Excelから取り込む")
    bring = me.page
    assert isinstance(bring, ImportPage)
    asked = bring.columns.constants.form
    assert asked is not None
    assert list(asked.inputs) == ["storages.name", "device_use.contract", "device_use.starts_on"]
    # What no column says is asked once, and the keyboard stands there.
    first = asked.inputs["storages.name"].fields()[0]
    assert me.window.focusWidget() is first
    for text in ("内蔵SSD", "R8-12", "R8.4.1"):
        me.type(text)

    me.press(bring.confirm)
    assert bring.notice.text == ""
    assert len(context.facts().all(DeviceUse)) == MACHINES
    assert {one.control_number for one in context.facts().all(Device)} >= {"NB-001", f"NB-{MACHINES}"}
    assert me.presses == 6
    me.find("PC・電子媒体管理台帳")
    issue = me.page
    assert isinstance(issue, IssuePage)
    me.qtbot.waitUntil(lambda: issue._drawn is not None, timeout=60_000)
    dialogs.answers.append(True)
    me.press(issue.issue)
    shown = me.page
    assert isinstance(shown, DocumentPage)

    def order(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintDialog)
        dialog.show()
        me.qtbot.mouseClick(dialog.ok, LEFT)

    dialogs.answers.append(order)
    me.press(shown.ways["印刷"])
    me.qtbot.waitUntil(lambda: bool(paper.printed), timeout=60_000)
    (made,) = context.facts().all(Submission)
    assert made.form == "device-register"
    assert len(set(re.findall(r"NB-\d{3}", made.statement))) == MACHINES
    assert me.presses == 10
