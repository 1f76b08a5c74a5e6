"""台帳: every record type with its number, and the list of the one that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from app.ledger.writing import ChangeSet
from app.records import SPECS
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
        self._old: set[str] = set()
        self.side = SideList(context.look, "台帳", "記録の種類", "発注者の指示・求め・協議　 9,999")
        for section in Section:
            self.side.add_heading(section)
            for spec in SPECS.values():
                if spec.section is section:
                    self.side.add(spec.name, spec.label)
        self.stack = QStackedWidget()
        self.side.beside(self.stack, self)
        self.side.chosen.connect(self._show)
        self.choose(_FIRST)

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
        shown = self.stack.currentWidget()
        if not isinstance(shown, RecordList):
            raise TypeError(type(shown))
        return shown

    def refresh(self) -> None:
        self._count()
        self.list.load()
        self._old.discard(self.list.spec.name)

    def add(self) -> None:
        self.list.add()

    def _show(self, kind: str) -> None:
        if kind not in self._lists:
            self._lists[kind] = RecordList(self.context, SPECS[kind])
            self.stack.addWidget(self._lists[kind])
        elif kind in self._old:
            self._lists[kind].load()
        self._old.discard(kind)
        self.stack.setCurrentWidget(self._lists[kind])

    def take(self, changes: ChangeSet) -> None:
        touched = {kind for kind, _ in changes.changed}
        if not self.isVisible():
            # Made on a page above this one: whoever comes back looks for it.
            for kind, record_id in self.context.made_by(changes):
                if kind in self._lists:
                    self._lists[kind].expect([record_id])
        self._old |= {kind for kind, held in self._lists.items() if touched & held.shows}
        if self.isVisible():
            self._count()
            shown = self.list.spec.name
            if shown in touched:
                self.list.load()
            elif shown in self._old:
                # It names other records as well, and those names may have changed.
                self.list.renew()
            self._old.discard(shown)

    def _count(self) -> None:
        self.side.number(self.context.ledger.counts())
