"""What a screen may not hide or offer: a failed backup, documents taken back, a share of what is not due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import SPECS, Made
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.lists.view import RecordList
from app.ui.shell.window import MainWindow
from app.ui.targets import ShowContract

Show = Callable[..., Any]


@pytest.fixture
def window(
    context: Context, sample: Any, shown: Show, settled: Callable[[], None], tmp_path: Path
) -> MainWindow:
    """A window whose backups can no longer be written, over a ledger that has changed since the last one."""
    made: MainWindow = shown(MainWindow(context))
    settled()
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder", encoding="utf-8")
    context.preferences.set(backups=str(blocked / "inside"))
    context.ledger.change(replace(sample.person, department="総務課"))
    return made


def fails(qtbot: QtBot, window: MainWindow) -> Callable[[Any], None]:
    """Waits, as the dialog does, until the backup was given up."""
    return lambda dialog: qtbot.waitUntil(lambda: bool(window.backing.problem), timeout=10_000)


def test_leaving_without_a_backup_is_asked_about(
    window: MainWindow, dialogs: Any, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    dialogs.answers += [fails(qtbot, window), False]
    window.close()
    settled()
    assert window.isVisible()
    assert "バックアップを作成できませんでした" in dialogs.asked[-1]
    dialogs.answers += [fails(qtbot, window), True]
    with qtbot.waitSignal(window.closed, timeout=10_000):
        window.close()


@pytest.mark.parametrize("kind", SPECS)
def test_a_document_is_never_offered_to_be_taken_back(kind: str, context: Context, shown: Show) -> None:
    """It is declared void on its own page, where its number stays; all other records can be taken out."""
    held = shown(RecordList(context, SPECS[kind]))
    assert held.retire_button.isVisible() == (kind != "submission")
    assert (SPECS[kind].made is Made.BY_ISSUING) == (kind == "submission")


def test_the_delete_key_takes_no_document_back(
    context: Context, shown: Show, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = shown(RecordList(context, SPECS["submission"]))
    monkeypatch.setattr(RecordList, "chosen", property(lambda _self: [1]))
    monkeypatch.setattr(context.ledger, "page", lambda _kind, _ids: [])
    held.retire()
    assert dialogs.asked == []


@pytest.mark.parametrize(
    ("counts", "share", "whole"),
    [
        ({State.SATISFIED: 2, State.DUE: 1}, "義務3件のうち充足2件", 3),
        ({State.SATISFIED: 2, State.DUE: 1, State.NOT_DUE: 5}, "義務3件のうち充足2件", 3),
        ({State.SATISFIED: 2, State.DUE: 1, State.NOT_APPLICABLE: 5}, "義務3件のうち充足2件", 3),
        (
            {State.SATISFIED: 2, State.WAITING: 1, State.CONFIRM: 1, State.OVERDUE: 1},
            "義務5件のうち充足2件",
            5,
        ),
        ({State.NOT_DUE: 4}, "義務0件のうち充足0件", 1),
    ],
)
def test_the_share_counts_what_is_due_and_nothing_else(
    counts: dict[State, int], share: str, whole: int, context: Context, sample: Any, shown: Show
) -> None:
    page = shown(ContractPage(context, ShowContract(sample.contract.id)))
    made: Any = SimpleNamespace(counts=lambda _contract: Counter(counts))
    page._show_states(made)
    assert page._share.text() == share
    assert page.progress.maximum() == whole
    assert page.progress.value() == counts.get(State.SATISFIED, 0)
