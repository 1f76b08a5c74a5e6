"""Documents issued while somebody goes on with other things: what became of them is told all the same.

A page that was left is gone by the time its documents have their numbers. Said nowhere, they would be issued
a second time, or be missed in the hand.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget

from app.common import PeopleError, Progress
from app.records import Submission
from app.ui.context import Context
from app.ui.operations import Job

Made = tuple[Submission, ...]
_SHOWN = 3


def issue_beside(
    context: Context,
    page: QWidget,
    work: Callable[[Progress], Made],
    done: Callable[[Made], None],
    failed: Callable[[Exception], None],
    title: str,
) -> Job:
    """Issue in the worker, then ``done`` or ``failed``; where ``page`` was left, a sentence of the window."""

    def tell(made: Made) -> None:
        if shiboken6.isValid(page):
            done(made)
        elif made and context.is_open:
            context.dialogs.tell(
                f"{_numbers(made)}を発行し、台帳に保管しました。",
                "画面を離れたため、印刷はしていません。「書類」で開いて印刷します。",
            )

    def fail(error: Exception) -> None:
        if shiboken6.isValid(page) or not isinstance(error, PeopleError):
            failed(error)
        elif context.is_open:
            context.dialogs.warn("書類を発行できませんでした。", "".join(error.problems))

    return context.operations.run(work, tell, failed=fail, title=title)


def _numbers(made: Made) -> str:
    more = f"ほか{len(made) - _SHOWN}件" if len(made) > _SHOWN else ""
    return "、".join(f"{one.number}　{one.title}" for one in made[:_SHOWN]) + more
