"""A case: what a form is asked about, and what it answers when a fact is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from app.common import PeopleError

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.records import Contract, Facts, Statement


@dataclass(frozen=True, slots=True)
class Case:
    """One contract on one day. ``day`` is the date printed: facts in force on it, and those already
    planned to start later. ``only`` narrows a form to some subjects (``"person:5"``); empty means all.
    ``comparing``: nothing will be printed, only ``Statement.stated`` is wanted to compare it with an older
    document; a form then neither asks for the reason of a change nor leaves out subjects already dealt with.
    ``forms``: every form by its id, which a form that states how the duties stand hands to the engine.
    """

    facts: Facts
    catalogue: Catalogue
    contract: Contract
    day: date
    only: tuple[str, ...] = ()
    comparing: bool = False
    forms: Mapping[str, FormFace] = field(default_factory=dict)


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


class FormFace(Protocol):
    """What the duty engine and the screens know of a form."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of duty that the form discharges where an annex has a clause for them."""
        ...

    def gather(self, case: Case) -> Statement:
        """What the document states. Raises ``MissingFactsError`` naming every missing fact at once."""
        ...
