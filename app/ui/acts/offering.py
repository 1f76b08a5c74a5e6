"""The acts that can be done to a record, behind one button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from app.records import Record
from app.ui.context import Context
from app.ui.parts.widgets import Button
from app.ui.targets import DoAct

_NONE = "いま行える手続きはありません"


class ActsButton(Button):
    """Offers them when it is pressed: what can be done follows from the records of that moment.

    ``besides``: what else the page offers there, each with its words, its hint and what it does.
    """

    def __init__(
        self,
        context: Context,
        record: Callable[[], Record | None],
        *besides: tuple[str, str, Callable[[], object]],
    ) -> None:
        super().__init__("手続き")
        self.setAccessibleName("手続き（更新、変更、終了など）")
        self._context, self._record, self._besides = context, record, besides
        offered = QMenu(self)
        offered.setAccessibleName("手続き")
        offered.setToolTipsVisible(True)
        offered.aboutToShow.connect(self._fill)
        self.setMenu(offered)
        self.setHidden(context.ledger.read_only)

    def _fill(self) -> None:
        from app.work.acts.catalogue import offered
        from app.work.acts.plan import Ground

        menu, context, record = self.menu(), self._context, self._record()
        if record is None:
            return
        menu.clear()
        ground = Ground(context.facts(), context.catalogue, context.forms, context.today())
        for one in offered(ground, record):
            made = menu.addAction(f"{one.title}…", partial(context.navigate, DoAct(one.name, (record.id,))))
            made.setToolTip(one.hint)
        for text, hint, do in self._besides:
            menu.addAction(text, do).setToolTip(hint)
        if menu.isEmpty():
            menu.addAction(_NONE).setEnabled(False)
