"""Saving the deadlines to a file for the user's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.context import Context
from app.ui.reckoning.assessor import Assessor

if TYPE_CHECKING:
    from app.common import Progress

_PATTERN = "iCalendar (*.ics)"


def save_calendar(context: Context, contract: int = 0) -> None:
    """Ask for a file and save today's deadlines in it: of one contract, or of all (0)."""
    from app.exchange.calendar_file import NAME, Span, Written, entries, export
    from app.exchange.saving import check_place

    chosen = context.dialogs.save_file("期限を予定表のファイルに保存", f"{NAME}.ics", _PATTERN)
    if chosen is None:
        return
    path = chosen if chosen.suffix.lower() == ".ics" else chosen.with_name(f"{chosen.name}.ics")
    if not context.attempt(lambda: check_place(path)):
        return
    former = Assessor.of(context).latest

    def work(progress: Progress) -> Written:
        # Reckoned here, in the worker: what the pages show may be a change behind.
        from app.work.assessing import assess

        facts, catalogue = context.facts(), context.catalogue
        made = assess(facts, catalogue, context.forms, context.today(), former, progress)
        owed = made.of(contract) if contract else made.duties
        held = entries(facts, catalogue, owed, context.ledger.id)
        return export(context.ledger, path, held, context.program.now(), Span(contract))

    def done(written: Written) -> None:
        context.say(written.told(path.name))

    context.operations.run(work, done, title="期限を保存しています")
