"""The five rooms and the pages that open above them; each module is imported when first shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.common import Lazy
from app.ui.context import Context
from app.ui.page import Page
from app.ui.targets import (
    BringIn,
    DoAct,
    EditAnnex,
    EditRecord,
    IssueForm,
    IssueMany,
    MakeHandout,
    MergeLedger,
    PlaceFacts,
    ReadAnnex,
    ReadMachines,
    ReviseAnnex,
    ShowContract,
    ShowContracts,
    ShowDesk,
    ShowDocument,
    ShowDocuments,
    ShowDone,
    ShowHandovers,
    ShowList,
    ShowOutside,
    ShowSettings,
    ShowStart,
    ShowToday,
    Target,
)

if TYPE_CHECKING:
    from app.ui.homes import Opening


@dataclass(frozen=True, slots=True)
class Room:
    """One room: its target, its name, its icon and its page."""

    target: type[Any]
    label: str
    icon: str
    make: Lazy[[Context], Page]


ROOMS = (
    Room(ShowToday, "きょう", "today", Lazy("app.ui.today.page", "TodayPage")),
    Room(ShowContracts, "契約", "contract", Lazy("app.ui.contract.list_page", "ContractsPage")),
    Room(ShowList, "台帳", "ledger", Lazy("app.ui.lists.page", "RecordsPage")),
    Room(ShowDocuments, "書類", "documents", Lazy("app.ui.papers.archive_page", "DocumentsPage")),
    Room(ShowSettings, "設定", "settings", Lazy("app.ui.settings.page", "SettingsPage")),
)

_ABOVE: Mapping[type[Any], Opening] = {
    EditAnnex: Lazy("app.ui.annexes.page", "AnnexPage"),
    ReadAnnex: Lazy("app.ui.annexes.reading.page", "ReadingPage"),
    ReviseAnnex: Lazy("app.ui.annexes.revising.page", "RevisingPage"),
    ShowDone: Lazy("app.ui.undo.page", "UndoPage"),
    ShowHandovers: Lazy("app.ui.handovers.page", "HandoversPage"),
    ShowOutside: Lazy("app.ui.outside.page", "OutsidePage"),
    DoAct: Lazy("app.ui.acts.page", "ActPage"),
    BringIn: Lazy("app.ui.importing.page", "ImportPage"),
    ReadMachines: Lazy("app.ui.machines.page", "MachinesPage"),
    MergeLedger: Lazy("app.ui.merging.page", "MergePage"),
    MakeHandout: Lazy("app.ui.handouts.page", "HandoutPage"),
    ShowContract: Lazy("app.ui.contract.page", "ContractPage"),
    ShowStart: Lazy("app.ui.contract.start_page", "StartPage"),
    ShowDocument: Lazy("app.ui.papers.paper_page", "DocumentPage"),
    IssueForm: Lazy("app.ui.papers.issue_page", "IssuePage"),
    IssueMany: Lazy("app.ui.papers.many.page", "ManyPage"),
    PlaceFacts: Lazy("app.ui.papers.client_forms.placing_page", "PlacingPage"),
}
"""Pages above a room beside the editors of records; each is made with the context and its target."""


def room_of(target: Target) -> int | None:
    """The number of the room that ``target`` names, None for a page above a room."""
    return next((number for number, room in enumerate(ROOMS) if isinstance(target, room.target)), None)


def same_place(one: Target, other: Target) -> bool:
    """Whether two targets are shown by the same page, on another tab perhaps."""
    if isinstance(one, ShowContract) and isinstance(other, ShowContract):
        return one.id == other.id
    if isinstance(one, EditRecord) and isinstance(other, EditRecord) and one.id:
        return (one.kind, one.id) == (other.kind, other.id)
    return one == other


def page_of(context: Context, target: Target) -> Page:
    """A new page for a target that is no room."""
    # Late: the strip of rooms is painted before anything is known of records.
    from app.ui.homes import desk_of, editor_of

    if isinstance(target, EditRecord):
        return editor_of(target)(context, target)
    if isinstance(target, ShowDesk):
        return desk_of(target)(context, target)
    return _ABOVE[type(target)](context, target)
