"""The five rooms and the pages that open above them; each module is imported when first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.targets import (
    EditAnnex,
    EditRecord,
    IssueForm,
    ShowContract,
    ShowContracts,
    ShowDocument,
    ShowDocuments,
    ShowList,
    ShowSettings,
    ShowToday,
    Target,
)


@dataclass(frozen=True, slots=True)
class Room:
    """One room: its target, its name, its icon and where its page is."""

    target: type[Any]
    label: str
    icon: str
    module: str
    page: str

    def make(self, context: Context) -> QWidget:
        """The room's page."""
        return cast(QWidget, getattr(import_module(self.module), self.page)(context))


ROOMS = (
    Room(ShowToday, "きょう", "today", "app.ui.today.page", "TodayPage"),
    Room(ShowContracts, "契約", "contract", "app.ui.contract.list_page", "ContractsPage"),
    Room(ShowList, "台帳", "ledger", "app.ui.lists.page", "RecordsPage"),
    Room(ShowDocuments, "書類", "documents", "app.ui.papers.archive_page", "DocumentsPage"),
    Room(ShowSettings, "設定", "settings", "app.ui.settings.page", "SettingsPage"),
)

_ANNEX = ("app.ui.annexes.page", "AnnexPage")
_ABOVE = {
    EditAnnex: _ANNEX,
    EditRecord: ("app.ui.editor.page", "EditorPage"),
    ShowContract: ("app.ui.contract.page", "ContractPage"),
    ShowDocument: ("app.ui.papers.paper_page", "DocumentPage"),
    IssueForm: ("app.ui.papers.issue_page", "IssuePage"),
}
"""Pages that open above a room: each is made with the context and its target."""


def room_of(target: Target) -> int | None:
    """The number of the room that ``target`` names, None for a page above a room."""
    return next((number for number, room in enumerate(ROOMS) if isinstance(target, room.target)), None)


def same_place(one: Target, other: Target) -> bool:
    """Whether two targets are shown by the same page, on another tab perhaps."""
    if isinstance(one, ShowContract) and isinstance(other, ShowContract):
        return one.id == other.id
    return one == other


def page_of(context: Context, target: Target) -> QWidget:
    """A new page for a target that is no room."""
    own_annex = isinstance(target, EditRecord) and target.kind == "own_annex" and target.id
    module, name = _ANNEX if own_annex else _ABOVE[type(target)]
    return cast(QWidget, getattr(import_module(module), name)(context, target))
