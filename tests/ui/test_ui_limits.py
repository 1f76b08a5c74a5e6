"""When the window makes a backup by itself, when a list is folded, and how much it names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Step
from app.ledger.copies.backup import backup
from app.ledger.copies.manifests import backups
from app.records import Person
from app.ui.backing import Backing
from app.ui.context import Context
from app.ui.reckoning.as_of import AsOf
from app.ui.today.task_list import TaskList
from app.work.tasks import Group, Task
from tests.support.around import DAY, about, around
from tests.ui.conftest import NOW, TODAY

Show = Callable[..., Any]
CLAUSE = load().annex("kimitsu-hoji").clauses[0]
WHOLE = 40
"""Lines of a list that is shown whole."""


@pytest.mark.parametrize("changed", [True, False], ids=["changed since", "as it was"])
@pytest.mark.parametrize(("today", "again"), around(NOW.date(), True, False, True))
def test_the_first_opening_of_a_day_backs_up_what_changed_since(
    context: Context, tmp_path: Path, qtbot: QtBot, today: date, again: bool, changed: bool
) -> None:
    ledger, folder = context.ledger, tmp_path / "made"
    backup(ledger.path, ledger.key, folder, clock=lambda: NOW)
    if changed:
        ledger.add(Person(name="佐藤花子", employment="社員"))
    held = Backing(ledger, context.operations, lambda: folder, lambda: NOW, lambda: today)
    held.look()
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert held.problem == ""
    assert len(backups(folder)) == 1 + (again and changed)


@pytest.mark.parametrize(("number", "lines"), about(WHOLE, WHOLE - 1, WHOLE, 0))
def test_a_list_of_forty_lines_is_shown_whole(
    context: Context, shown: Show, qtbot: QtBot, number: int, lines: int
) -> None:
    duty = Duty(1, "kimitsu-hoji", CLAUSE, "secrecy", State.CONFIRM, why="第1条：確かめてください。")
    tasks = [Task(1, Step("確かめる", Action.OPEN, "person", at), (duty,)) for at in range(1, number + 1)]
    made = shown(TaskList(context, contract=False))
    made.show_groups([(Group.CONFIRM, tasks)])
    qtbot.waitUntil(lambda: made.filled)
    assert len(made.rows()) == lines
    assert any(f"{number}" in one.text() for one in made.findChildren(QLabel))


@pytest.mark.parametrize(("chosen", "stays"), around(TODAY, True, False, True))
def test_today_goes_on_at_midnight_and_a_chosen_day_stays(
    context: Context, monkeypatch: pytest.MonkeyPatch, chosen: date, stays: bool
) -> None:
    as_of = AsOf.of(context)
    as_of.choose(chosen)
    assert (as_of.day, as_of.elsewhere) == (chosen, stays)
    monkeypatch.setattr(context, "today", lambda: TODAY + 5 * DAY)
    assert as_of.day == (chosen if stays else TODAY + 5 * DAY)
    assert as_of.elsewhere is stays
