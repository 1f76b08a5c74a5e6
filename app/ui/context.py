"""What every page is given: the ledger, the words of the catalogue, the clock, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.common import PeopleError
from app.preferences import Preferences
from app.ui.operations import Operations
from app.ui.parts.dialogs import Dialogs, sentences
from app.ui.parts.look import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.annexes.catalogue import Catalogue
    from app.ledger.door import Ledger
    from app.ledger.restoring.restoration import Restoration
    from app.ledger.secret.keys import Cost
    from app.ledger.writing import ChangeSet
    from app.records import Facts
    from app.ui.backing import Backing
    from app.ui.targets import Target


class Product(Protocol):
    """What the composition root offers; each part is loaded when it is first asked for."""

    @property
    def catalogue(self) -> Catalogue: ...

    def catalogue_of(self, facts: Facts) -> Catalogue:
        """The product's annexes and those that a ledger keeps."""
        ...

    @property
    def forms(self) -> Mapping[str, Any]:
        """Every printed form by its id; pages see a ``FormFace``, issuing a form that can be drawn."""
        ...

    def open(self, path: Path, key: bytes) -> Ledger: ...

    def create(
        self, path: Path, passphrase: str, officer: str, cost: Cost | None = None
    ) -> tuple[Ledger, str]: ...


def _local_now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Program:
    """What the window is started with."""

    product: Product
    preferences: Preferences = field(default_factory=Preferences)
    cost: Cost | None = None
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = _local_now
    services: Mapping[str, Any] = field(default_factory=dict)
    """Ports that only some pages need, by name, such as the printing queue (``"printer"``)."""


class Context(QObject):
    """The open ledger and everything around it; one per ledger, handed to each page.

    The window is painted before its ledger is open: until ``take``, nothing of it can be asked.
    """

    opened = Signal()
    """The ledger is there from now on."""
    changed = Signal(object)
    """A ``ChangeSet`` after every write, in the window's thread."""
    wanted = Signal(object)
    """A target someone asked to see."""
    said = Signal(str)
    """A passing sentence about what was just done."""
    restoring = Signal(object)
    """A ``Restoration`` that was agreed to: the ledger has to be closed for it."""
    _wrote = Signal(object)
    _grew = Signal(int)

    def __init__(
        self, program: Program, ledger: Ledger | None, dialogs: Dialogs, operations: Operations, look: Look
    ) -> None:
        """``ledger``: None where it is opened later, see ``take``."""
        super().__init__()
        self.program = program
        self.dialogs = dialogs
        self.operations = operations
        self.look = look
        self.leave: Callable[[], bool] = lambda: True
        """Asks what becomes of unsaved changes; False if the person stays with them. Set by the window."""
        self.place: QWidget | None = None
        """Where the page that is just being made will stand; None where it is made by itself."""
        self._ledger: Ledger | None = None
        self._backing: Backing | None = None
        self._ends: tuple[Callable[[], None], ...] = ()
        self._closed = False
        self._wrote.connect(self._pass_on, Qt.ConnectionType.AutoConnection)
        if ledger is not None:
            self.take(ledger)

    def take(self, ledger: Ledger) -> None:
        """The ledger is open: everything can be asked from now on. It is taken once."""
        # Late: neither the window for the passphrase nor the one that is still empty needs it.
        from app.ui.backing import Backing

        if self._ledger is not None:
            raise RuntimeError("a context has one ledger")
        self._ledger = ledger
        self._backing = backing = Backing(ledger, self.operations, self.backups, self.program.now, self.today)
        backing.setParent(self)
        backing.cleared.connect(self.said)
        self._grew.connect(backing.changed, Qt.ConnectionType.AutoConnection)
        # Both write in the worker's thread as well: the signals carry it over to the window's.
        self._ends = (ledger.on_entry(self._grew.emit), ledger.on_change(self._wrote.emit))
        self.opened.emit()

    @property
    def is_open(self) -> bool:
        """Whether there is a ledger that was not let go: what was queued before must not ask a closed one."""
        return self._ledger is not None and not self._closed

    @property
    def ledger(self) -> Ledger:
        """The open ledger. Raises ``RuntimeError`` before there is one: nothing is to be said of it then."""
        if self._ledger is None:
            raise RuntimeError("the ledger is not open yet")
        return self._ledger

    @property
    def backing(self) -> Backing:
        """What makes backups and knows how the last one went. Raises as ``ledger`` does."""
        if self._backing is None:
            raise RuntimeError("the ledger is not open yet")
        return self._backing

    @property
    def catalogue(self) -> Catalogue:
        """Every annex, the ledger's own too; read in the worker once the window stands, see ``Desk``."""
        return self.program.product.catalogue_of(self.facts())

    @property
    def forms(self) -> Mapping[str, Any]:
        """Every printed form by its id."""
        return self.program.product.forms

    @property
    def preferences(self) -> Preferences:
        """How the window looks and where things lie."""
        return self.program.preferences

    def today(self) -> date:
        """The day for which everything is reckoned."""
        return self.program.today()

    def moment(self) -> datetime:
        """The minute that the clock shows, of the day for which everything is reckoned."""
        now = self.program.now().time()
        return datetime.combine(self.today(), now.replace(second=0, microsecond=0))

    def facts(self) -> Facts:
        """All records as of the last change."""
        return self.ledger.facts()

    def made_by(self, changes: ChangeSet) -> frozenset[tuple[str, int]]:
        """The records, by type and id, that a change wrote for the first time."""
        facts = self.facts()
        found = ((kind, facts.named(kind, record_id)) for kind, record_id in changes.changed)
        return frozenset((kind, record.id) for kind, record in found if record and record.revision == 1)

    def navigate(self, target: Target) -> None:
        """Ask the window to show ``target``."""
        self.wanted.emit(target)

    def say(self, text: str) -> None:
        """Show a passing sentence at the bottom of the window."""
        self.said.emit(text)

    def _pass_on(self, changes: ChangeSet) -> None:
        """What was written, to all that show it; what is still on its way at the end is shown by nobody."""
        if not self._closed:
            self.changed.emit(changes)

    def restore(self, agreed: Restoration) -> None:
        """Ask for the ledger to be closed, and what was agreed to put in its place."""
        self.restoring.emit(agreed)

    def attempt(self, work: Callable[[], Any]) -> bool:
        """Do something quick that may fail for a reason people can act on; tell them. True if it worked."""
        try:
            work()
        except PeopleError as error:
            self.tell(error)
            return False
        return True

    def tell(self, error: PeopleError) -> None:
        """Tell what went wrong; where only a backup mends it, with the way there."""
        from app.ui.targets import ShowSettings

        more = sentences(error.problems) if len(error.problems) > 1 else ""
        if not error.by_restoring:
            self.dialogs.warn(error.sentence, more)
        elif self.dialogs.ask(error.sentence, "バックアップから復元…", detail=more, no="閉じる"):
            self.navigate(ShowSettings("backup"))

    def backups(self) -> Path:
        """The folder that backups go to."""
        from app.preferences import backups_of

        named = self.preferences.text("backups")
        return Path(named) if named else backups_of(self.ledger.path)

    def close(self) -> None:
        """Stop listening; the ledger itself is closed by whoever opened it. Again is harmless."""
        self._closed = True
        # It may stay for a while: nothing asks the ledger by itself once that is closed.
        for timer in self.findChildren(QTimer):
            timer.stop()
        if self._backing is not None:
            self._backing.stop()
        for end in self._ends:
            end()
        self._ends = ()
