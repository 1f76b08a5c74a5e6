"""Where the window can go: each place a small value that any page can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class ShowToday:
    """きょう: what is due and why, in the view called ``view`` (empty: the one shown last)."""

    view: str = ""


@dataclass(frozen=True, slots=True)
class ShowContracts:
    """契約: the list of contracts."""


@dataclass(frozen=True, slots=True)
class ShowContract:
    """One contract, on the tab called ``tab`` (empty: the first); ``kind`` narrows the duties to one kind."""

    id: int
    tab: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShowStart:
    """契約の開始: what is due before the contract with this id begins, in the order to do it."""

    id: int


@dataclass(frozen=True, slots=True)
class ShowList:
    """台帳: the list of a record type (empty: the one shown last)."""

    kind: str = ""


ATTACHED = "attached"
"""添付: the tab of an editor on which files are kept with the record."""


@dataclass(frozen=True, slots=True)
class EditRecord:
    """The editor of one record; id 0 adds one, with ``preset`` values by field name.

    ``like``: the id of the record from which a new one takes what is usually the same. ``tab``: where on
    the page of a known one the work goes on (``ATTACHED``; empty: at its fields).
    """

    kind: str
    id: int = 0
    preset: Mapping[str, Any] = field(default_factory=dict, hash=False)
    like: int = 0
    tab: str = ""


@dataclass(frozen=True, slots=True)
class ShowDesk:
    """The page made by hand for records of a type (a desk), for the record with this id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class DoAct:
    """An act of a working day: its name, and the ids of what it is done to (none: asked first).

    ``given``: answers that are already known, by field name.
    """

    name: str
    ids: tuple[int, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MakeHandout:
    """A paper for one's own use: its name, and the ids of what it is made for (none: asked first)."""

    name: str
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BringIn:
    """取込み: a table of records of a type (empty: asked first), and its file where it is chosen already.

    ``pasted``: the text of the table instead, copied from a spreadsheet.
    """

    kind: str = ""
    path: Path | None = None
    pasted: str = ""


@dataclass(frozen=True, slots=True)
class ReadMachines:
    """What PCs tell of themselves: this one, or those whose ``files`` were left by the script.

    ``device``: the id of the record that this PC is (0: found by what it tells). ``others``: the files are
    asked for first.
    """

    files: tuple[Path, ...] = ()
    device: int = 0
    others: bool = False


@dataclass(frozen=True, slots=True)
class MergeLedger:
    """統合: another ledger is taken into this one."""


@dataclass(frozen=True, slots=True)
class ShowDone:
    """What was done to the ledger last, each to be taken back."""


@dataclass(frozen=True, slots=True)
class ShowOutside:
    """持出しの状況: what is out now, of one contract (0: of all)."""

    contract: int = 0


@dataclass(frozen=True, slots=True)
class ShowHandovers:
    """授受の状況: the hand-overs without a signed copy, of one contract (0: of all)."""

    contract: int = 0


@dataclass(frozen=True, slots=True)
class ShowDocuments:
    """書類: forms to issue and the archive."""


@dataclass(frozen=True, slots=True)
class ShowDocument:
    """One issued document (a submission)."""

    id: int


@dataclass(frozen=True, slots=True)
class IssueForm:
    """Making a document: the form's id, the contract's id and, if narrowed, the subjects."""

    form: str = ""
    contract: int = 0
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueMany:
    """Making many documents at once: the name of a set or the id of a form, and the id of a contract.

    ``papers``: exactly these instead, each the id of a contract and of a form; of those that are made for
    single records, the ones about ``only``.
    """

    name: str = ""
    contract: int = 0
    papers: tuple[tuple[int, str], ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What goes where in the client's own file for the form and contract with these ids."""

    form: str
    contract: int


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """設定, on the section called ``section`` (empty: the first); ``topic``: where the manual is opened."""

    section: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class EditAnnex:
    """One version of an annex: the user's own to be edited, any other to be read and started from.

    ``compare``: first what differs from the version before, and the contracts that may go over to it.
    """

    key: str
    version: int
    compare: bool = False


@dataclass(frozen=True, slots=True)
class ReadAnnex:
    """特記事項の読取り: of an own annex that was read from a text, or (without a key) of a new text.

    ``back``: a contract is being entered below, and is where one goes on with the annex.
    """

    key: str = ""
    version: int = 1
    back: bool = False


@dataclass(frozen=True, slots=True)
class ReviseAnnex:
    """新しい年度の文章と比べる: a text against this version of an annex."""

    key: str
    version: int


Target = (
    ShowToday
    | ShowContracts
    | ShowContract
    | ShowStart
    | ShowList
    | EditRecord
    | ShowDesk
    | DoAct
    | MakeHandout
    | BringIn
    | ReadMachines
    | MergeLedger
    | ShowDone
    | ShowOutside
    | ShowHandovers
    | ShowDocuments
    | ShowDocument
    | IssueForm
    | IssueMany
    | PlaceFacts
    | ShowSettings
    | EditAnnex
    | ReadAnnex
    | ReviseAnnex
)
