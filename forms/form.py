"""What a printed form is: what it proves, about which records, what it states of each, how it is drawn.

From this declaration follow the statement and its keys, what is missing, what has changed since, the button
that a duty offers and what counts as handed in. Conditions and drawing are plain Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar

from app.duties.case import NOTHING, Bound, Case, Demand, MissingFact, MissingFactsError, Stated
from app.duties.papers.claims import Claim, Each, Whole, check_claims
from app.duties.papers.drift import compare
from app.duties.papers.settings import setting_of
from app.printing.blocks import Sheet
from app.records import Contract, Facts, Statement
from app.records.statement import Told, Within
from forms.changing.ahead import AHEAD, Ahead, Then, ahead, foretold
from forms.changing.days import announced
from forms.changing.notice import Changes, since
from forms.changing.theme import Theme
from forms.layout.as_set import SETTING, addressed, as_set, kept, parted, title_of, unknown
from forms.parts.about import About
from forms.parts.again import Again, Previous, sources, standing
from forms.parts.basis import basis
from forms.parts.cells import Cell, always, entry_of, key_of, reading
from forms.parts.letter import LETTER, Head
from forms.parts.needs import Asked, Need, missing_of, untold
from forms.parts.paper import Paper
from forms.parts.people import as_called, days_ahead

T = TypeVar("T")


def _nothing(_statement: Statement) -> tuple[Bound, ...]:
    return ()


def _nobody(_case: Case) -> tuple[str, ...]:
    return ()


def _plain(_case: Case) -> str:
    return ""


def _first_day(case: Case) -> date:
    return case.contract.starts_on


@dataclass(frozen=True)
class Form(Generic[T]):
    """One form. Raises ``TypeError`` or ``ValueError`` where it is declared for what it names wrongly.

    ``about``: the things that it states, none where it speaks of the contract alone; ``entry``: what it
    states of each, ``called`` the cell by which people know it (the first where not given). ``needs``:
    what must be known beyond the cells that say so themselves. ``facts``: all else that is printed.
    ``changes``: it is told anew on a change, with the table of changes. ``foretells``: the cells that rest on
    what a record keeps with the day from which it holds, where it has no such table and tells what is to come
    below its lines. ``under``: the kinds whose clauses
    it cites (the first that it proves where not given), narrowed to those that mean workers of one of
    ``employments``. ``head``: what stands around the body. ``numbered``: the document number stands at the
    head of the first sheet; a sheet that is not the vendor's own word (誓約書) carries it at its foot only.
    ``binds``: the files that are bound behind its own pages.
    ``marked``: the variant of a document that tells neither of a change nor of another document (途中).
    ``paragraphs``: what a setting may word beyond the fixed paragraph that every letter has.
    ``choices``: label on its form sheets → the closed list of what may stand there, which a setting may print
    as boxes. ``chosen``: it is about records that are chosen though it proves nothing of them.
    ``titled``: what a document is called, where its title follows the words of the clause.
    ``periodic``: it covers a period; where none is asked, from ``begins`` (the first day of the contract)
    up to the day printed.
    """

    id: str
    title: str
    proves: tuple[Claim, ...]
    facts: Callable[[Paper[T]], dict[str, Any]]
    draw: Callable[[Statement], tuple[Sheet, ...]]
    about: About[T] | None = None
    entry: tuple[Cell[T], ...] = ()
    needs: tuple[Need[T] | Asked[T], ...] = ()
    called: Cell[T] | None = None
    changes: Theme | None = None
    foretells: tuple[Cell[T], ...] = ()
    under: tuple[str, ...] = ()
    employments: Callable[[Case], Iterable[str]] = _nobody
    head: Head | None = LETTER
    numbered: bool = True
    binds: Callable[[Statement], tuple[Bound, ...]] = _nothing
    periodic: bool = False
    marked: Callable[[Case], str] = _plain
    chosen: bool = False
    paragraphs: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: Callable[[Case], date] = _first_day
    titled: Callable[[Statement], str] | None = None

    def __post_init__(self) -> None:
        check_claims((self,))
        if any(isinstance(claim, Whole) for claim in self.proves) and self.apart:
            raise ValueError(f"{self.id} speaks both for the contract and for single records")
        if self.apart and self.about is None:
            raise ValueError(f"{self.id} says of no record what it proves")
        needed = (one.path for one in self.needs if isinstance(one, Need))
        for path in (*(cell.path for cell in self.entry), *needed):
            if path and (self.about is None or path.start is not self.about.record):
                raise TypeError(f"{self.id} is not about {path.start.__name__} (path {path.text!r})")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of duty that its documents prove or name, in the order of the declaration."""
        return tuple(dict.fromkeys(claim.kind for claim in self.proves))

    @property
    def calls(self) -> str:
        """The label under which it states how a thing is called; empty where it states no things."""
        return self.called.label if self.called else self.entry[0].label if self.entry else ""

    @property
    def past(self) -> bool:
        """Whether it tells of what has happened (``FormFace.past``)."""
        return self.about is not None and self.about.past

    @property
    def apart(self) -> bool:
        """Whether its documents are about records that may be chosen (``FormFace.apart``)."""
        return self.chosen or any(isinstance(claim, Each) for claim in self.proves)

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The fields that have to be filled in before it can be printed (``FormFace.demands``)."""
        cells = (Need(cell.path, cell.needed) for cell in self.entry if cell.path and cell.needed)
        needs = (*cells, *(one for one in self.needs if isinstance(one, Need)))
        found: dict[tuple[str, str], bool] = {}
        for one in needs:
            record, name = one.path.ends
            key = (record.spec.name, name)
            found[key] = found.get(key, False) or one.when is always
        return tuple(Demand(*key, sure) for key, sure in found.items())

    @property
    def announcing(self) -> bool:
        """Whether it tells beforehand what holds from a later day (``FormFace.announcing``)."""
        return self.changes is not None or bool(self.foretells)

    def announces(self, statement: Statement, facts: Facts) -> frozenset[str]:
        """Of what a document told beforehand what holds from a later day (``FormFace.announces``)."""
        if self.changes:
            return announced(statement, facts, self.changes.dated)
        return foretold(statement, facts, self.foretells)

    def gather(self, case: Case) -> Statement:
        """What the document states. Raises ``MissingFactsError`` naming every missing fact at once.

        ``case.only`` narrows a form for single records; one for the whole contract is never a part of it.
        """
        asked_of, within = case, self._within(case)
        case = replace(as_called(case), within=within)
        before = self._standing(case) if self.changes or (case.again and not case.comparing) else ()
        if self.changes and before and not (case.again or case.comparing):
            # A notice of change tells what is to come: to be told of it beforehand, clauses ask for it.
            case = replace(as_called(replace(asked_of, announced=True)), within=within)
        asked = case if self.apart else replace(case, only=())
        things = self.about.chosen(asked) if self.about else ()
        if case.again and self.apart and not case.comparing:
            known = sources(before, self._stated(case, things))
            things = tuple(one for one in things if key_of(one) in known)
        now = self._stated(case, things)
        later = self._ahead(asked_of, before, things, now)
        stated = later.stated
        told = self._told(case, before, stated, things)
        bare = Statement(
            self.id,
            case.contract.id,
            case.day,
            stated=told.stated if told else stated,
            subjects=tuple(stated) if self.apart else (),
            within=case.within,
        )
        if case.comparing:
            return bare
        rests = basis(case, self.under or self.kinds[:1], self.employments(case))
        paper = Paper(case, things, tuple(now[key_of(one)] for one in things), rests)
        missing = tuple(dict.fromkeys(self._missing(paper, told)))
        if missing:
            raise MissingFactsError(self.title, missing)
        facts = {**(self.head.facts(case, rests) if self.head else {}), **self.facts(paper)}
        if later.rows:
            facts[AHEAD] = [dict(row) for row in later.rows]
        if told is None:
            return self._set(case, replace(bare, variant=self.marked(case), facts=facts))
        return self._set(case, replace(bare, variant=told.variant, facts={**facts, **told.facts}))

    def _ahead(self, case: Case, before: tuple[Previous, ...], things: tuple[T, ...], now: Stated) -> Ahead:
        """What is to come of what is stated ``now``. What is told once more tells only what was told then."""
        if not self.foretells or case.comparing or self.about is None:
            return Ahead((), now)
        found = []
        for day in days_ahead(case):
            then = as_called(replace(case, called=day))
            found.append(Then(day, self._stated(then, self.about.chosen(replace(then, only=())))))
        made = ahead(things, self.calls, now, found)
        if case.again and (not before or compare(before[-1].told.stated, made.stated)):
            return Ahead((), now)
        return made

    def _within(self, case: Case) -> Within | None:
        """The period covered. Nothing is known of the days after the one printed, so it never goes beyond.

        A document about records that are named covers none: a period over a part of them would read as
        though it listed all.
        """
        if not self.periodic or (self.apart and case.only):
            return None
        first, last = case.within or (self.begins(case), case.day)
        return first, max(first, min(last, case.day))

    def _told(
        self, case: Case, before: tuple[Previous, ...], stated: Stated, things: tuple[T, ...]
    ) -> Changes | Again | None:
        """What the document tells of another: what has changed since, or that it says the same again."""
        last = before[-1] if before else None
        changes = since(self.changes, case, last, stated, self._told_of) if self.changes else None
        if not case.again or case.comparing:
            return changes
        now = changes.stated if changes else stated
        if self.apart:
            found = sources(before, now)
            return Again(found, now, then=self._then(case, found, things))
        return Again(dict.fromkeys(now, last) if last else {}, now, last)

    def _then(self, case: Case, found: Mapping[str, Previous], things: Iterable[T]) -> Stated:
        """What has happened, each thing under the names of the day of the document that told of it."""
        held = ((found[key_of(one)], one) for one in things if self.past and key_of(one) in found)
        return {
            key_of(one): entry_of(
                self.entry, as_called(replace(case, called=before.submission.issued_on)), one
            )
            for before, one in held
        }

    def _standing(self, case: Case) -> tuple[Previous, ...]:
        return standing(case, self.id, lambda told: self.recall(told, case.facts, case.contract))

    def sheets(self, statement: Statement) -> tuple[Sheet, ...]:
        """The statement laid out as the client wants it (``FormFace.sheets``)."""
        return as_set(self.draw(statement), self._title(statement), statement.facts)

    def called_in(self, statement: Statement) -> str:
        """What a document is called: the client's title for the form, or its own."""
        return title_of(self._title(statement), statement.facts)

    def _title(self, statement: Statement) -> str:
        return self.titled(statement) if self.titled else self.title

    def _set(self, case: Case, statement: Statement) -> Statement:
        """The statement with what was set for the contract and the day printed.

        Raises ``MissingFactsError`` where a column or paragraph is set that the paper does not have, or a
        name that says more than the form: a setting of before that was refused may be held.
        """
        setting = setting_of(case.facts, case.contract, self.id, case.day)
        if setting is None:
            return statement
        facts = dict(statement.facts)
        if self.head:
            facts = addressed(facts, setting, case.facts.vendor.seal if case.facts.vendor else "")
        made = replace(statement, facts={**facts, SETTING: kept(setting, self.choices)})
        found = [*setting.kinder()]
        if setting.columns or setting.wording or setting.ticks:
            found += unknown(self.draw(statement), setting, self.paragraphs, self.choices)
        found += parted(self.draw(statement), setting)
        if found:
            wrong = (MissingFact(sentence, setting.spec.name, setting.id, name) for name, sentence in found)
            raise MissingFactsError(self.title, tuple(wrong))
        return made

    def recall(self, told: Told, facts: Facts, contract: Contract, now: Stated = NOTHING) -> Told:
        """What an archived document told, under the keys of today (``FormFace.recall``)."""
        if self.about is None:
            return told
        read = {cell.label: cell.formerly for cell in self.entry if cell.formerly}
        held = self.about.recall(told, facts, contract, now)
        return held if not read else held._replace(stated=reading(held.stated, read))

    def _stated(self, case: Case, things: Iterable[T]) -> dict[str, Mapping[str, str]]:
        return {key_of(one): entry_of(self.entry, case, one) for one in things}

    def _told_of(self, case: Case) -> tuple[Stated, Stated]:
        """What is stated of the things of a case, and of those that have ended by its day."""
        about = self.about
        return (
            (self._stated(case, about.chosen(case)), self._stated(case, about.ended(case)))
            if about
            else ({}, {})
        )

    def _missing(self, paper: Paper[T], told: Changes | Again | None) -> Iterator[MissingFact]:
        if self.about and not paper.things and not isinstance(told, Again):
            yield from self.about.missing(paper.case, self.title)
        cells = (Need(cell.path, cell.needed) for cell in self.entry if cell.path and cell.needed)
        yield from missing_of((*cells, *self.needs), paper)
        yield from untold((cell.path for cell in self.entry if cell.path), paper)
        if self.head:
            yield from self.head.missing(paper.case)
        if told:
            yield from told.missing
