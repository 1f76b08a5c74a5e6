"""設定: the sections at the left, one of them at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout

from app.ui.context import Context
from app.ui.lists.page import KindDelegate
from app.ui.page import Page
from app.ui.parts.widgets import label
from app.ui.settings.access import AccessSection
from app.ui.settings.annexes import AnnexesSection
from app.ui.settings.appearance import AppearanceSection
from app.ui.settings.backups import BackupSection
from app.ui.settings.checking import CheckSection
from app.ui.settings.manual import AboutSection, ManualSection
from app.ui.settings.owner import OwnerSection
from app.ui.settings.section import Section
from app.ui.targets import ShowSettings, Target

_SECTIONS: tuple[type[Section], ...] = (
    OwnerSection,
    AnnexesSection,
    AccessSection,
    AppearanceSection,
    BackupSection,
    CheckSection,
    ManualSection,
    AboutSection,
)


class SettingsPage(Page):
    """The room of settings; a section is made when it is first shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._made: dict[int, Section] = {}
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName("設定の項目")
        delegate = KindDelegate(context.look)
        delegate.setParent(self.list)
        self.list.setItemDelegate(delegate)
        self.list.setMouseTracking(True)
        for section in _SECTIONS:
            item = QListWidgetItem(section.heading, self.list)
            # Without it the delegate takes the line for a heading, which is never shown as chosen.
            item.setData(Qt.ItemDataRole.UserRole, section.name)
        self.stack = QStackedWidget()
        side = QFrame()
        side.setProperty("role", "panel")
        side_layout = QVBoxLayout(side)
        side_layout.setContentsMargins(6, 14, 6, 8)
        side_layout.addWidget(label("　設定", "h2"))
        side_layout.addWidget(self.list, 1)
        self._side = side
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._show)
        context.look.changed.connect(self._fit)
        self._fit()
        self.list.setCurrentRow(0)

    def title(self) -> str:
        return "設定"

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowSettings) and target.section:
            self.choose(target.section)

    def choose(self, name: str) -> None:
        """Show the section called ``name``."""
        for at, section in enumerate(_SECTIONS):
            if section.name == name:
                self.list.setCurrentRow(at)

    @property
    def section(self) -> Section:
        """The section one sees."""
        return self._made[self.list.currentRow()]

    def refresh(self) -> None:
        self.section.refresh()

    def _show(self, at: int) -> None:
        if at not in self._made:
            self._made[at] = _SECTIONS[at](self.context)
            self.stack.addWidget(self._made[at])
        self.shows = self._made[at].shows
        self._made[at].refresh()
        self.stack.setCurrentWidget(self._made[at])

    def _fit(self) -> None:
        self._side.setFixedWidth(self.fontMetrics().horizontalAdvance("パスフレーズと回復シート") + 56)
        self.list.scheduleDelayedItemsLayout()
