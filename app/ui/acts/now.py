"""An act that one press does: its plan is written at once, as one change, and 元に戻す takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from app.common import PeopleError, Progress
from app.records import Record
from app.ui.context import Context
from app.ui.offers.menu import ground_of
from app.work.acts.doing import Doing, Done
from app.work.acts.plan import Act
from app.work.acts.planning import plan_of


def at_this_moment(context: Context) -> datetime:
    """The minute that the clock shows."""
    return context.moment()


def do_now(
    context: Context,
    act: Act,
    record: Record,
    answers: Mapping[str, Any],
    owner: QObject,
    done: Callable[[Done], None],
    failed: Callable[[PeopleError], None],
) -> None:
    """Plan and write it in the worker; where it is refused nothing is written, and ``failed`` is told why."""
    ground, ledger = ground_of(context), context.ledger

    def work(_progress: Progress) -> Done:
        plan = plan_of(act, ground, (record,), answers)
        if plan.refusals:
            raise PeopleError(plan.refusals[0], list(plan.refusals))
        if needed := [one.text for one in plan.asks if one.needed]:
            raise PeopleError(needed[0], needed)
        return Doing(ledger, plan).confirm()

    def wrong(error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        failed(error)

    context.operations.run(work, done, failed=wrong, owner=owner)
