"""期限の通知: never kinder than what is known, nothing kept that names anybody, only where it was chosen."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.preferences import Preferences
from app.ui.context import Context
from app.ui.reckoning.assessor import Assessor
from app.ui.settings.notice import NoticeSection
from app.ui.tray import autostart, kept, tray
from app.ui.tray.following import follow
from app.ui.tray.kept import FLAG, NOTHING, Kept, brief, said
from app.ui.tray.tray import Tray, Waiting
from app.work.assessing import assess
from tests.support.around import about
from tests.support.papers import FORMS
from tests.support.world import EVE, World

DAY = date(2026, 11, 20)
HELD = Kept(
    "2026-11-20",
    overdue=2,
    due={"2026-11-20": 1, "2026-11-27": 3, "2026-11-28": 5},
    undated=0,
    waiting=0,
    confirm=4,
    later={"2026-11-22": 7},
    findings=0,
)


# --- what is said -----------------------------------------------------------------------------------


def test_on_the_day_of_the_reckoning_the_counts_are_said() -> None:
    assert said(HELD, DAY) == "期限超過 2件、7日以内に期限 4件、要確認 4件。"


@pytest.mark.parametrize(("days", "overdue"), about(8, 5, 6, 11))
def test_a_deadline_that_passed_since_is_overdue_on_the_day_after_it(days: int, overdue: int) -> None:
    """On the 27th the three are still in time; on the 28th they are not, the five are; and so on."""
    held = Kept("2026-11-20", 2, {"2026-11-26": 3, "2026-11-27": 1, "2026-11-28": 5}, 0, 0, 0, {}, 0)
    assert f"期限超過 {overdue}件、" in said(held, DAY + timedelta(days=days))


@pytest.mark.parametrize(("ahead", "soon"), about(7, 3, 3, 0))
def test_soon_is_up_to_seven_days(ahead: int, soon: int) -> None:
    held = Kept("2026-11-20", 0, {(DAY + timedelta(days=ahead)).isoformat(): 3}, 0, 0, 0, {}, 0)
    assert f"7日以内に期限 {soon}件" in said(held, DAY)


@pytest.mark.parametrize(("days", "words"), about(2, "", "このほか7件", "このほか7件"))
def test_what_comes_round_since_is_said_from_its_day_on(days: int, words: str) -> None:
    text = said(HELD, DAY + timedelta(days=days))
    assert words in text
    assert ("このほか" in text) == bool(words)


@pytest.mark.parametrize("overdue", [0, 2])
def test_an_older_reckoning_is_never_told_as_todays(overdue: int) -> None:
    """Also where there is nothing: that nothing was due then does not say that nothing is."""
    text = said(Kept("2026-11-20", overdue, {}, 0, 0, 0, {}, 0), DAY + timedelta(days=1))
    assert text.startswith("2026年11月20日に台帳を開いたときの記録では、期限超過")
    assert text.endswith("その後に生じた義務は数えていません。台帳を開いて確かめてください。")


def test_every_count_that_is_not_nothing_is_said() -> None:
    held = Kept("2026-11-20", 0, {}, undated=1, waiting=2, confirm=3, later={}, findings=4)
    assert said(held, DAY) == (
        "期限超過 0件、7日以内に期限 0件、期日の定めのない要対応 1件、回答待ち 2件、要確認 3件、"
        "記録の食い違い 4件。"
    )


@pytest.mark.parametrize("days", [0, 400])
def test_windows_cuts_nothing_off(days: int) -> None:
    """It takes 255 characters of a notice, 127 beside an icon; at the end stands what makes it no kinder."""
    many = {(DAY + timedelta(days=day)).isoformat(): 99_999 for day in range(8)}
    held = Kept("2026-11-20", 999_999, many, 999_999, 999_999, 999_999, many, 999_999)
    today = DAY + timedelta(days=days)
    assert len(said(held, today)) <= 255
    assert len(f"受託台帳\n{brief(held, today)}") <= 127


def test_beside_the_icon_an_older_reckoning_has_its_day() -> None:
    assert brief(HELD, DAY) == "期限超過 2件、要確認 4件（きょうの計算）"
    later = brief(HELD, DAY + timedelta(days=8))
    assert later == "期限超過 6件、要確認 4件（2026年11月20日の記録から）"
    assert brief(None, DAY) == brief(HELD, DAY - timedelta(days=1)) == "台帳を開いて確かめてください。"


def test_without_a_reckoning_nothing_is_claimed() -> None:
    assert said(None, DAY) == NOTHING
    assert "期限をまだ計算していません" in NOTHING


def test_a_clock_that_went_back_is_told_and_no_count_with_it() -> None:
    text = said(HELD, DAY - timedelta(days=1))
    assert "PCの日付を確かめてください。" in text
    assert "件" not in text


# --- what is kept -----------------------------------------------------------------------------------


def test_what_is_kept_comes_back_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    kept.keep(tmp_path / "設定", HELD)
    assert kept.read(tmp_path / "設定") == HELD
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "設定" / "deadlines.json").stat().st_mode) == 0o600
    kept.forget(tmp_path / "設定")
    kept.forget(tmp_path / "設定")
    assert kept.read(tmp_path / "設定") is None
    assert list((tmp_path / "設定").iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"on": "2026-11-20", "overdue": -1, "due": {}, "undated": 0, "waiting": 0, "confirm": 0,'
        b' "later": {}, "findings": 0}',
        b'{"on": "2026-11-20", "overdue": 1, "due": {"soon": 1}, "undated": 0, "waiting": 0, "confirm": 0,'
        b' "later": {}, "findings": 0}',
        b'{"on": "2026-11-20", "overdue": true, "due": {}, "undated": 0, "waiting": 0, "confirm": 0,'
        b' "later": {}, "findings": 0}',
    ],
)
def test_a_damaged_reckoning_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "deadlines.json").write_bytes(damage)
    assert kept.read(tmp_path) is None


def test_the_window_keeps_counts_and_days_and_no_name_and_only_if_it_was_chosen(
    context: Context, sample: Any, qtbot: QtBot
) -> None:
    folder = context.preferences.path.parent
    follow(context)
    assessor = Assessor.of(context)
    with qtbot.waitSignal(assessor.reckoned, timeout=30_000):
        assessor.want()
    assert kept.read(folder) is None
    context.preferences.set(**{FLAG: True})
    with qtbot.waitSignal(assessor.reckoned, timeout=30_000):
        assessor.want()
    held, made = kept.read(folder), assessor.latest
    assert held is not None
    assert made is not None
    assert held.on == "2026-04-20"
    counts = made.counts()
    assert held.overdue + sum(held.due.values()) + held.undated + held.waiting + held.confirm == sum(
        counts[state] for state in list(counts) if state.name in {"OVERDUE", "DUE", "WAITING", "CONFIRM"}
    )
    assert held.overdue + held.confirm > 0
    text = (folder / "deadlines.json").read_text(encoding="utf-8")
    assert set(text) <= set('abcdefghijklmnopqrstuvwxyz0123456789-{}":, ')
    for name in (sample.contract.title, sample.client.name, sample.person.name, sample.contract.number):
        assert name not in text


# --- the icon ---------------------------------------------------------------------------------------


class Icon(QObject):
    """The place beside the clock, as far as it is asked for."""

    activated = Signal(object)
    messageClicked = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tip = ""
        self.shown = self.there = False
        self.setContextMenu = lambda menu: None
        self.setToolTip = self._tip
        self.isSystemTrayAvailable = lambda: self.there
        self.showMessage = lambda _title, text, _icon, _time: self.said.append(text)

    def _tip(self, text: str) -> None:
        self.tip = text

    def show(self) -> None:
        self.shown = True


@dataclass
class Beside:
    """A tray with everything around it."""

    tray: Tray
    icon: Icon
    days: list[date]
    opened: list[None] = field(default_factory=list)
    quits: list[None] = field(default_factory=list)


@pytest.fixture
def beside(qapp: QApplication, preferences: Preferences, monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    preferences.set(**{FLAG: True})
    kept.keep(preferences.path.parent, HELD)
    icon: Any = Icon()
    days, opened, quits = [DAY], list[None](), list[None]()
    monkeypatch.setattr(QApplication, "quit", lambda *_: quits.append(None))
    made = Tray(qapp, preferences, icon, lambda: opened.append(None), lambda: days[-1])
    yield Beside(made, icon, days, opened, quits)
    made.deleteLater()


def test_the_notice_is_said_once_a_day(beside: Beside, preferences: Preferences) -> None:
    beside.tray.look()
    beside.tray.look()
    assert beside.icon.said == [said(HELD, DAY)]
    beside.days.append(DAY + timedelta(days=1))
    beside.tray.look()
    beside.tray.look()
    assert beside.icon.said == [said(HELD, DAY), said(HELD, DAY + timedelta(days=1))]
    kept.keep(preferences.path.parent, Kept("2026-11-21", 9, {}, 0, 0, 0, {}, 0))
    beside.tray.look()
    assert "期限超過 9件" in beside.icon.tip
    assert len(beside.icon.said) == 2


def test_pressed_it_opens_the_window(beside: Beside) -> None:
    reasons = QSystemTrayIcon.ActivationReason
    beside.icon.activated.emit(reasons.Trigger)
    beside.icon.messageClicked.emit()
    beside.icon.activated.emit(reasons.Context)
    assert len(beside.opened) == 2
    assert [each.text() for each in beside.tray.menu.actions() if each.text()] == [
        "受託台帳を開く",
        "期限をもう一度知らせる",
        "きょうは通知を終える",
    ]


def test_it_ends_when_it_is_no_longer_chosen(beside: Beside, preferences: Preferences) -> None:
    preferences.set(**{FLAG: False})
    beside.tray.look()
    assert beside.quits == [None]
    assert beside.icon.said == []


@pytest.mark.parametrize(("looks", "in_vain"), about(60, False, True, True))
def test_a_place_beside_the_clock_is_waited_for_but_not_for_ever(
    beside: Beside, looks: int, in_vain: bool
) -> None:
    icon: Any = beside.icon
    waiting = Waiting(beside.tray, icon)
    waiting._timer.stop()
    for _ in range(looks):
        waiting.look()
    assert waiting.in_vain is in_vain
    assert not beside.icon.shown
    waiting.deleteLater()


def test_it_comes_up_once_there_is_a_place(beside: Beside) -> None:
    icon: Any = beside.icon
    waiting = Waiting(beside.tray, icon)
    waiting.look()
    assert beside.icon.said == []
    beside.icon.there = True
    waiting.look()
    assert beside.icon.shown
    assert len(beside.icon.said) == 1
    waiting.deleteLater()


def test_an_entry_that_was_left_behind_goes_and_nothing_is_shown(
    preferences: Preferences, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched: list[bool] = []
    monkeypatch.setattr(autostart, "switch", switched.append)
    with pytest.raises(PeopleError, match="選ばれていません"):
        tray.run(preferences)
    assert switched == [False]


# --- the choice -------------------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of the window in a folder of its own, and a person's own settings of the desktop."""
    name = "jutaku-window.exe" if sys.platform == "win32" else "jutaku-window"
    made = tmp_path / "Program Files" / "受託台帳" / name
    made.parent.mkdir(parents=True)
    made.touch()
    monkeypatch.setattr("sys.executable", str(made.with_name("jutaku")))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("JUTAKU_HOME", raising=False)
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in its registry")
def test_the_entry_starts_the_window_program_beside_the_clock(installed: Path, tmp_path: Path) -> None:
    assert not autostart.entered()
    autostart.switch(True)
    entry = tmp_path / "config" / "autostart" / "jutaku-daicho.desktop"
    assert f'Exec="{installed}" --tray\n' in entry.read_text(encoding="utf-8")
    assert autostart.entered()
    autostart.switch(False)
    autostart.switch(False)
    assert not entry.exists()
    assert not autostart.entered()


def test_a_portable_program_or_one_that_is_not_there_is_not_entered(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUTAKU_HOME", "x")
    with pytest.raises(PeopleError, match="インストールした受託台帳で"):
        autostart.switch(True)
    monkeypatch.delenv("JUTAKU_HOME")
    installed.unlink()
    with pytest.raises(PeopleError, match="インストールした受託台帳で"):
        autostart.switch(True)
    assert not autostart.entered()


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the system was told, one after the other; started programs are not."""
    told: list[bool] = []
    monkeypatch.setattr(autostart, "switch", told.append)
    monkeypatch.setattr(autostart, "entered", lambda: bool(told) and told[-1])
    monkeypatch.setattr(tray, "start", lambda: None)
    return told


def test_it_is_off_until_it_is_chosen_and_leaves_nothing_behind(
    context: Context, entries: list[bool], qtbot: QtBot
) -> None:
    section = NoticeSection(context)
    qtbot.addWidget(section)
    section.refresh()
    folder = context.preferences.path.parent
    assert not section.choice.isChecked()
    assert section.text.plain == "通知しません。"
    assessor = Assessor.of(context)
    with qtbot.waitSignal(assessor.reckoned, timeout=30_000):
        assessor.want()
    section.choice.click()
    assert entries == [True]
    assert context.preferences.flag(FLAG)
    assert kept.read(folder) is not None
    assert section.text.plain.startswith("期限超過 0件")
    section.choice.click()
    assert entries == [True, False]
    assert not context.preferences.flag(FLAG)
    assert kept.read(folder) is None


def test_what_the_system_does_not_take_is_not_shown_as_chosen(
    context: Context, dialogs: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(_on: bool) -> None:
        raise PeopleError(autostart.NOT_TAKEN)

    monkeypatch.setattr(autostart, "switch", refuse)
    section = NoticeSection(context)
    qtbot.addWidget(section)
    section.choice.click()
    assert dialogs.said == [autostart.NOT_TAKEN]
    assert not section.choice.isChecked()
    assert not context.preferences.flag(FLAG)


def test_an_entry_that_was_switched_off_at_the_system_is_told(
    context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    context.preferences.set(**{FLAG: True})
    monkeypatch.setattr(autostart, "entered", lambda: False)
    section = NoticeSection(context)
    qtbot.addWidget(section)
    section.refresh()
    assert "スタートアップ アプリ" in section.state.text


@pytest.mark.parametrize(
    ("day", "due", "confirm"), [(EVE - timedelta(days=3), 1, 0), (EVE, 1, 0), (EVE + timedelta(days=1), 0, 1)]
)
def test_what_is_to_be_ready_is_told_by_its_day_though_nothing_is_entered(
    world: World, day: date, due: int, confirm: int
) -> None:
    world.clause("work-location", "before-start")
    held = kept.kept_of(assess(world.facts(), world.catalogue, FORMS, day))
    assert (sum(held.due.values()), held.confirm) == (due, confirm)
