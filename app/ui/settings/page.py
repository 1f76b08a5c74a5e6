"""設定: the sections at the left, one of them at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.side_list import SideList
from app.ui.settings.access import AccessSection
from app.ui.settings.annexes import AnnexesSection
from app.ui.settings.appearance import AppearanceSection
from app.ui.settings.archives import ArchiveSection
from app.ui.settings.backups import BackupSection
from app.ui.settings.checking import CheckSection
from app.ui.settings.manual import AboutSection, ManualSection
from app.ui.settings.notice import NoticeSection
from app.ui.settings.owner import OwnerSection
from app.ui.settings.section import Section
from app.ui.targets import ShowSettings, Target

SECTIONS: tuple[type[Section], ...] = (
    OwnerSection,
    AnnexesSection,
    AccessSection,
    AppearanceSection,
    NoticeSection,
    BackupSection,
    ArchiveSection,
    CheckSection,
    ManualSection,
    AboutSection,
)


class SettingsPage(Page):
    """The room of settings; a section is made when it is first shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._made: dict[str, Section] = {}
        self.side = SideList(context.look, "設定", "設定の項目", "パスフレーズと回復シート")
        for section in SECTIONS:
            self.side.add(section.name, section.heading)
        self.stack = QStackedWidget()
        self.side.beside(self.stack, self)
        self.side.chosen.connect(self._show)
        self.choose(SECTIONS[0].name)
        self._text_size = context.look.size
        context.look.changed.connect(self._resize_text)

    def title(self) -> str:
        return "設定"

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowSettings) and target.section:
            self.choose(target.section)
            if target.topic and isinstance(self.section, ManualSection):
                self.section.show_topic(target.topic)

    @property
    def topic(self) -> str:
        return self.section.topic

    def choose(self, name: str) -> None:
        """Show the section called ``name``."""
        self.side.choose(name)

    @property
    def section(self) -> Section:
        """The section one sees."""
        return self._made[self.side.key]

    def refresh(self) -> None:
        self.section.refresh()

    def _resize_text(self) -> None:
        """Another size of text: what was measured in the former one is made anew when it is next shown."""
        if self.context.look.size == self._text_size:
            return
        self._text_size = self.context.look.size
        for name in [one for one in self._made if one != self.side.key]:
            gone = self._made.pop(name)
            self.stack.removeWidget(gone)
            gone.deleteLater()

    def _show(self, name: str) -> None:
        if name not in self._made:
            made = next(one for one in SECTIONS if one.name == name)(self.context)
            self._made[name] = made
            self.stack.addWidget(made)
        self.shows = self.section.shows
        self.section.refresh()
        self.stack.setCurrentWidget(self.section)
