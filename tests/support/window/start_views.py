"""What is shown before a ledger is open: unlocking, and the steps of the first run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from app.ui.first_run.wizard import Wizard
from app.ui.shell.start_window import StartWindow
from tests.support.window.stage import Stage

View = Callable[[Stage], QWidget | None]
_STEPS = ("officer", "place", "passphrase", "sheet", "vendor", "client", "contract", "done")
_MADE = 3
"""From this step on there is a ledger."""


def _start(stage: Stage, *, known: bool) -> StartWindow:
    path = stage.path if known else None
    window = StartWindow(stage.program, stage.look, stage.dialogs, stage.operations, path)
    stage.put(window)
    return window


def _unlock(by_code: bool, stage: Stage) -> QWidget:
    window = _start(stage, known=True)
    if by_code:
        window.unlock.way_button.click()
    return window


def _step(at: int, stage: Stage) -> QWidget:
    window = _start(stage, known=False)
    wizard = window.wizard
    assert wizard is not None
    wizard.officer.name.setText("山田 太郎")
    wizard.place.use(stage.folder / "first" / "台帳.jutaku")
    wizard.passphrase.passphrase.first.edit.setText("ひみつの長い合言葉 2026")
    wizard.passphrase.passphrase.second.edit.setText("ひみつの長い合言葉 2026")
    if at >= _MADE:
        _make(wizard, stage)
    wizard._go(at)
    return window


def _make(wizard: Wizard, stage: Stage) -> None:
    wizard._go(_MADE - 1)
    wizard.next()
    stage.settle()
    made = wizard.ledger
    assert made is not None, wizard.notice.text

    def put_away() -> None:
        made.close()
        for each in made.path.parent.iterdir():
            each.unlink()
        # The window closes what it holds; by then nothing is left to close.
        wizard.ledger = None
        stage.program.preferences.set(ledger=str(stage.path))

    stage.later(put_away)


VIEWS: Mapping[str, View] = {
    "start-unlock": partial(_unlock, False),
    "start-recover": partial(_unlock, True),
    **{f"start-{name}": partial(_step, at) for at, name in enumerate(_STEPS)},
}
"""By name."""
