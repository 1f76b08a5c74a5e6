"""The home of each record type in the window: where a record is shown, where a new one is begun, its editor.

A page made by hand for a record type (a desk) takes its place here, in one line of ``_HOMES``; lists, search,
きょう and every reference lead there. What holds for a record type elsewhere too (how one comes to be, what
only the program writes) its declaration says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.common import Lazy
from app.records import SPECS, Made, Record, Spec, fields_of
from app.records.kinds import Ref, Rows
from app.ui.context import Context
from app.ui.page import Page
from app.ui.targets import (
    ATTACHED,
    EditRecord,
    IssueForm,
    ShowContract,
    ShowDesk,
    ShowDocument,
    ShowDocuments,
    ShowSettings,
    Target,
)

Opening = Lazy[[Context, Any], Page]
"""A page that opens above a room, made with the context and its target."""
_EDITOR: Opening = Lazy("app.ui.editor.page", "EditorPage")
ANNEX_PAGE: Opening = Lazy("app.ui.annexes.page", "AnnexPage")
"""Annexes of the product, which are no records, open there as well."""


@dataclass(frozen=True, slots=True)
class Home:
    """What differs from most record types.

    ``shown``: id → where the record is shown, instead of in its editor. ``begun``: id of a contract (0: none)
    → where a new record is begun, instead of in an empty editor. ``editor``: the page that edits one.
    ``desk``: the page made by hand for one, which shows it; from there its editor is reached.
    ``awaits``: files belong to it once an act has written it, such as photographs: the act leads there.
    """

    shown: Callable[[int], Target] | None = None
    begun: Callable[[int], Target] | None = None
    editor: Opening = _EDITOR
    desk: Opening | None = None
    awaits: bool = False


_VENDOR = ShowSettings("owner")
_HOMES: Mapping[str, Home] = MappingProxyType(
    {
        "vendor": Home(lambda _id: _VENDOR),
        "contract": Home(ShowContract),
        "submission": Home(ShowDocument, lambda id_: IssueForm("", id_) if id_ else ShowDocuments()),
        "incident": Home(desk=Lazy("app.ui.incidents.page", "IncidentPage")),
        "audit": Home(desk=Lazy("app.ui.audits.page", "AuditPage")),
        "disposal": Home(awaits=True),
        "own_annex": Home(begun=lambda _contract: ShowSettings("annexes"), editor=ANNEX_PAGE),
    }
)
_USUAL = Home()
_LIST = "saved_list"

add_here: Lazy[[Context, Spec[Any], Mapping[str, Any]], Record | None] = Lazy(
    "app.ui.editor.dialog", "add_record"
)
"""Lets the user add a record on the spot, from a field that needs it; None if it was not."""

_SAID_WHERE_EMPTY: Mapping[Made, str] = MappingProxyType(
    {
        Made.BY_ISSUING: "書類の画面で様式を発行すると、ここに控えが並びます。",
        Made.WITH_OWNER: "契約や要員などの画面の「添付」から登録したファイルが、ここに並びます。",
        Made.FROM_STEP: "「記録の食い違い」などのボタンから登録すると、ここに並びます。",
    }
)


def home(kind: str, record_id: int, *, retired: bool = False) -> Target:
    """Where a record is shown. ``retired``: it is out of the facts; only its editor still tells of it."""
    held = _HOMES.get(kind, _USUAL)
    if held.desk is not None and record_id and not retired:
        return ShowDesk(kind, record_id)
    return EditRecord(kind, record_id) if held.shown is None or retired else held.shown(record_id)


def goes_on(kind: str, record_id: int, *, new: bool) -> Target | None:
    """Where the work goes on with what an act wrote; None where nothing more waits for it there.

    ``new``: the act began the record. A desk is where an act on a record that was there came from.
    """
    held = _HOMES.get(kind, _USUAL)
    if held.awaits:
        return EditRecord(kind, record_id, tab=ATTACHED)
    return home(kind, record_id) if new and held.desk is not None else None


def opening(target: Target) -> str:
    """What a button says that leads to a desk or to a record."""
    match target:
        case ShowDesk():
            return f"{SPECS[target.kind].label}の画面を開く"
        case EditRecord(tab=at):
            where = "の添付" if at == ATTACHED else ""
            return f"{SPECS[target.kind].label}{where}を開く"
        case _:
            raise TypeError(target)


def new_record(kind: str, contract: int = 0, given: Mapping[str, Any] | None = None) -> Target | None:
    """Where a record is begun for a contract (0: for none), with values ``given`` by field name.

    None where it is made only together with the record to which it belongs, or from a step that gives
    what it is about.
    """
    begun = _HOMES.get(kind, _USUAL).begun
    if begun is not None:
        return begun(contract)
    made = SPECS[kind].made
    if made is Made.WITH_OWNER or (made is Made.FROM_STEP and not given):
        return None
    return EditRecord(kind, 0, {**_for_contract(kind, contract), **(given or {})})


def begin(context: Context, kind: str, contract: int = 0, given: Mapping[str, Any] | None = None) -> None:
    """Go where a record is begun, if it can be begun by itself."""
    target = new_record(kind, contract, given)
    if target is not None:
        context.navigate(target)


def begin_like(context: Context, record: Record) -> None:
    """Begin another record with what is usually the same as in ``record``, if that can be."""
    if record.spec.repeated:
        context.navigate(EditRecord(record.spec.name, 0, like=record.id))


def place(kind: str, record_id: int, contract: int = 0) -> Target | None:
    """Where a record is shown, or with id 0 where one is begun for a contract; None where neither can be."""
    return home(kind, record_id) if record_id else new_record(kind, contract)


def editor_of(target: EditRecord) -> Opening:
    """The page that edits a record of that type."""
    return _HOMES.get(target.kind, _USUAL).editor


def desk_of(target: ShowDesk) -> Opening:
    """The desk of that type. Raises ``KeyError`` for a type that has none."""
    desk = _HOMES[target.kind].desk
    if desk is None:
        raise KeyError(target.kind)
    return desk


def said_where_empty(spec: Spec[Any]) -> str:
    """What to do so that there are records of a type, in one sentence."""
    if spec.name == _LIST:
        return "各一覧の「表示と絞り込み」から保存すると、ここに並びます。"
    return _SAID_WHERE_EMPTY.get(spec.made, f"{spec.label}を登録すると、ここに一覧で表示されます。")


def _for_contract(kind: str, contract: int) -> Mapping[str, Any]:
    """What a new record of a type starts with when it is made for a contract."""
    if not contract:
        return {}
    for field in fields_of(SPECS[kind].cls):
        if field.name == "contract" and isinstance(field.kind, Ref):
            return {"contract": contract}
        if field.name == "contracts" and isinstance(field.kind, Rows):
            row: Any = field.kind.of
            return {"contracts": (row(contract=contract),)}
    return {}
