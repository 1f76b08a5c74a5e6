"""台帳: every record type with its number, and the list of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.ledger.writing import ChangeSet
from app.records import SPECS, Record
from app.records.spec import Section
from app.ui.context import Context
from app.ui.lists.view import RecordList
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.parts.side_list import SideList
from app.ui.targets import ShowList, Target

_FIRST = "person"


class RecordsPage(Page):
    """The room of lists. The numbers of all record types are in sight."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lists: dict[str, RecordList] = {}
        self.side = SideList(context.look, "台帳", "記録の種類", "発注者の指示・求め・協議　 9,999")
        for section in Section:
            self.side.add_heading(section)
            for spec in SPECS.values():
                if spec.section is section:
                    self.side.add(spec.name, spec.label)
        self.stack = QStackedWidget()
        self.side.beside(self.stack, self)
        self.side.chosen.connect(self._show)

    def title(self) -> str:
        return "台帳"

    @property
    def topic(self) -> str:
        return topic_of(self.list.spec.name)

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowList) and target.kind:
            self.choose(target.kind)

    def choose(self, kind: str) -> None:
        """Show the list of a record type."""
        self.side.choose(kind)

    @property
    def list(self) -> RecordList:
        """The list one sees."""
        self._need_list()
        shown = self.stack.currentWidget()
        if not isinstance(shown, RecordList):
            raise TypeError(type(shown))
        return shown

    def chosen_records(self) -> Sequence[Sequence[Record]]:
        return (self.list.chosen_records,)

    def escape(self) -> bool:
        if self.list.model.shown.conditions:
            self.list.show_all()
            return True
        return super().escape()

    def refresh(self) -> None:
        self._count()
        self.list.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._need_list()

    def _need_list(self) -> None:
        """Make the first list where no other was ever asked for, and not before one is looked at."""
        if self.stack.currentWidget() is None:
            self.choose(_FIRST)

    def add(self) -> None:
        self.list.add()

    def _show(self, kind: str) -> None:
        if kind not in self._lists:
            self._lists[kind] = RecordList(self.context, SPECS[kind])
            self.stack.addWidget(self._lists[kind])
        self.stack.setCurrentWidget(self._lists[kind])

    def take(self, changes: ChangeSet) -> None:
        touched = {kind for kind, _ in changes.changed}
        seen = self.list if self.isVisible() else None
        for held in self._lists.values():
            if held is not seen and touched & held.shows:
                held.outdate()
        if seen is None:
            # Made on a page above this one: whoever comes back looks for it.
            for kind, record_id in self.context.made_by(changes):
                if kind in self._lists:
                    self._lists[kind].expect([record_id])
            return
        self._count()
        if seen.spec.name in touched:
            seen.take({record_id for kind, record_id in changes.changed if kind == seen.spec.name})
        elif touched & seen.shows:
            # It names other records as well, and those names may have changed.
            seen.renew()

    def _count(self) -> None:
        facts = self.context.facts()
        self.side.number({name: facts.count(spec.cls) for name, spec in SPECS.items()})
