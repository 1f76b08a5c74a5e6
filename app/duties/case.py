"""A case: what a form is asked about, and what it answers when a fact is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.common import PeopleError

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.duties.papers.claims import Claim
    from app.printing.blocks import Sheet
    from app.records import Contract, Facts, Statement
    from app.records.statement import Told, Within

Stated = Mapping[str, Mapping[str, str]]
"""Key of what is stated (``person:5``) → label → text, as in ``Statement.stated``."""
AGAIN = "再提出"
"""The variant of a document that says once more what was submitted before."""
NOTHING: Stated = MappingProxyType({})


PAGE = "頁"
"""The head of the last column of an index in which the tag of what is bound gives way to its page."""


class Bound(NamedTuple):
    """A file that is bound behind a document's own pages: the tag by which its index names it, how the
    outline calls it, the SHA-256 of its bytes and the name of the file.

    ``issued``: it is a document of the ledger itself, not a file from outside.
    """

    tag: str
    title: str
    digest: str
    file_name: str
    issued: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One contract on one day. ``day`` is the date printed: facts in force on it, and those already
    planned to start later. ``only`` narrows a form to some subjects (``"person:5"``); empty means all.
    ``comparing``: nothing will be printed, only ``Statement.stated`` is wanted to compare it with an older
    document; nothing is then asked for, and nothing left out as already dealt with.
    ``forms``: every form by its id, which a form that states how the duties stand hands to the engine.
    ``again``: the document is to say once more what was submitted before (再提出), and nothing else.
    ``called``: people, places, devices and both parties are called and described as on this day; None: as on
    ``day``.
    ``announced``: people, places and devices are described as the ledger says that they will be at the end of
    the work; contract and parties as on ``day``.
    ``within``: the period that is asked about, for a form that covers one (``FormFace.periodic``); None: the
    whole of the contract up to ``day``.
    ``today``: when it is made, the last day of which anything can be known; None where ``day`` is not ahead.
    """

    facts: Facts
    catalogue: Catalogue
    contract: Contract
    day: date
    only: tuple[str, ...] = ()
    comparing: bool = False
    forms: Mapping[str, FormFace] = field(default_factory=dict)
    today: date | None = None
    again: bool = False
    called: date | None = None
    announced: bool = False
    within: Within | None = None

    @property
    def ahead(self) -> bool:
        """Whether the day printed has not come yet: what is then, can only be expected."""
        return self.today is not None and self.day > self.today


@dataclass(frozen=True, slots=True)
class MissingFact:
    """What keeps a document from being printed: the record to open (id 0: to add) and its field.

    ``record`` is empty where there is nothing to open: the document has nothing to say.
    """

    sentence: str
    record: str
    id: int = 0
    field: str = ""


class MissingFactsError(PeopleError):
    """A document cannot be printed yet; ``missing`` names every missing fact."""

    def __init__(self, title: str, missing: Sequence[MissingFact]) -> None:
        self.missing = tuple(missing)
        sentences = [fact.sentence for fact in self.missing]
        super().__init__(f"{title}を作成できません。" + "".join(sentences), sentences)


class Demand(NamedTuple):
    """A field of a record without which a document is not printed; ``always``: whatever it is about."""

    record: str
    field: str
    always: bool


class FormFace(Protocol):
    """A printed form, as everything outside the forms knows it."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def proves(self) -> tuple[Claim, ...]:
        """What its documents prove of which kinds of duty."""
        ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of duty that its documents prove or name, each once, in the form's order."""
        ...

    @property
    def calls(self) -> str:
        """The label under which it states how a thing is called; empty where it states no things."""
        ...

    @property
    def past(self) -> bool:
        """Whether it tells of what has happened: no later change of a name makes that wrong."""
        ...

    @property
    def apart(self) -> bool:
        """Whether its documents are about records that may be chosen, not about the contract as a whole."""
        ...

    @property
    def numbered(self) -> bool:
        """Whether the document number stands at the head of the first sheet, as in a letter."""
        ...

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The fields that have to be filled in before its documents can be printed, each once."""
        ...

    @property
    def periodic(self) -> bool:
        """Whether its documents cover a period (``Case.within``)."""
        ...

    @property
    def announcing(self) -> bool:
        """Whether a notice of it tells beforehand how the ledger describes things from a later day on."""
        ...

    def announces(self, statement: Statement, facts: Facts) -> frozenset[str]:
        """The keys of those of which a document told beforehand what holds from a later day, and that day.

        Of another day than that of which the ledger knows today, nothing was told.
        """
        ...

    def gather(self, case: Case) -> Statement:
        """What the document states. Raises ``MissingFactsError`` naming every missing fact at once."""
        ...

    def recall(self, told: Told, facts: Facts, contract: Contract, now: Stated = NOTHING) -> Told:
        """What an archived document told, under the keys that the form uses today.

        ``now``: what the form states today. Where older documents put the texts of several things side by
        side, a text of today among them is taken as that thing's own.
        """
        ...

    def draw(self, statement: Statement) -> tuple[Sheet, ...]:
        """The statement laid out; pictures stand in it by the hash of their bytes."""
        ...

    def sheets(self, statement: Statement) -> tuple[Sheet, ...]:
        """As ``draw``, but as the client of the contract wants its papers: title, form number, columns,
        wording and copies as they were set when the statement was made."""
        ...

    def called_in(self, statement: Statement) -> str:
        """What the document of a statement is called: the title that was set for it, or the form's own."""
        ...

    def binds(self, statement: Statement) -> tuple[Bound, ...]:
        """The files that follow the pages of the document, as they are; none for most."""
        ...
