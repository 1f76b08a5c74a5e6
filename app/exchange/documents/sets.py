"""Which papers one act calls for: before the start of a contract, on a change, or a form for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import When
from app.common import Progress
from app.duties.case import Case, FormFace
from app.duties.engine import duties
from app.duties.papers.claims import proven_kinds
from app.exchange.documents.batch import Cover, Found, Wish, files_of
from app.exchange.documents.issuing import prepare
from app.records import Contract, Facts, Submission, stated_key
from app.records.statement import Within
from app.work.assessing import assess
from app.work.batches import BEFORE_START, ON_CHANGE, called_for, changed
from app.work.uncalled import uncalled

SETS = (BEFORE_START, ON_CHANGE)
"""The sets of papers that go by a name; every other name is that of a form."""
COVER = "submission-cover"
"""The form of the paper under which a set goes out."""
Periods = Callable[[FormFace, Contract], Within | None]
"""The period that a form is asked about for a contract; None: what it covers by itself."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What papers are made from. ``on``: the day printed; ``today``: when they are made."""

    facts: Facts
    catalogue: Catalogue
    forms: Mapping[str, FormFace]
    on: date
    today: date

    def case(self, contract: Contract, within: Within | None = None) -> Case:
        """What a form is asked about a contract."""
        return Case(
            self.facts,
            self.catalogue,
            contract,
            self.on,
            forms=self.forms,
            today=self.today,
            within=within,
        )


def asked(
    ground: Ground, name: str, contracts: Iterable[Contract], progress: Progress | None = None
) -> Iterator[tuple[Contract, FormFace]]:
    """The papers of a set, or of the form called ``name``, for these contracts. Raises ``Cancelled``."""
    held = tuple(contracts)
    if name == BEFORE_START:
        for contract in held:
            owed = duties(ground.facts, ground.catalogue, ground.forms, ground.on, contract.id)
            for called in called_for(owed, {When.BEFORE_START}):
                yield contract, ground.forms[called.form]
    elif name == ON_CHANGE:
        yield from _changes(ground, held, progress)
    else:
        yield from ((contract, ground.forms[name]) for contract in held)


def _changes(
    ground: Ground, contracts: tuple[Contract, ...], progress: Progress | None
) -> Iterator[tuple[Contract, FormFace]]:
    made = assess(ground.facts, ground.catalogue, ground.forms, ground.on, progress=progress)

    kinds = partial(proven_kinds, ground.forms)
    for contract in contracts:
        for called in changed(made.of(contract.id), made.drifts_of(contract.id), kinds):
            yield contract, ground.forms[called.form]


def wishes(
    ground: Ground,
    name: str,
    contracts: Iterable[Contract],
    periods: Periods = lambda _form, _contract: None,
    progress: Progress | None = None,
) -> tuple[Wish, ...]:
    """The documents of a set or form: one wish for each file. Raises ``Cancelled``."""
    return tuple(
        Wish(form, case)
        for contract, form in asked(ground, name, contracts, progress)
        for case in files_of(form, ground.case(contract, periods(form, contract)))
    )


def wishes_for(
    ground: Ground,
    papers: Iterable[tuple[int, str]],
    only: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> tuple[Wish, ...]:
    """The documents of ``papers``, each the id of a contract and of a form: one wish for each file.

    ``only``: of a form that is made for single records, those of them that are among its subjects are wanted;
    where none is, all that it has. Raises ``Cancelled``. A contract that is not among the facts has none.
    """
    held, found = tuple(papers), list[Wish]()
    for done, (number, name) in enumerate(held):
        form, contract = ground.forms[name], ground.facts.find(Contract, number)
        (progress or Progress()).step(done, len(held), form.title)
        if contract is not None:
            case = narrowed(form, ground.case(contract), only)
            found += [Wish(form, one) for one in files_of(form, case)]
    return tuple(found)


def narrowed(form: FormFace, case: Case, only: tuple[str, ...]) -> Case:
    """``case`` for those of ``only`` that the form has something to say of; as it is where it has nothing."""
    if not form.apart or not only:
        return case
    statement = prepare(form, replace(case, only=only)).statement
    return replace(case, only=statement.subjects) if statement and statement.subjects else case


def explained(
    ground: Ground, name: str, contracts: Iterable[Contract], found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """What was found, and, where nothing of it can be issued, why not of every other paper before the start.

    Whoever asks for the whole set and gets nothing has to see what was handed in, what is to be entered
    first, and what the annex does not ask.
    """
    if name != BEFORE_START or any(one.ready for one in found):
        return found
    rest = []
    for contract in contracts:
        owed = duties(ground.facts, ground.catalogue, ground.forms, ground.on, contract.id)
        for one in uncalled(ground.facts, contract, ground.forms.values(), owed, ground.on):
            wish = Wish(one.form, ground.case(contract))
            rest.append(Found(wish, None, one.why, state=one.state))
    return (*found, *rest)


def cover_of(ground: Ground, contract: Contract) -> Cover:
    """The cover under which what was filed for ``contract`` goes out, and nothing else."""

    def cover(facts: Facts, filed: tuple[Submission, ...]) -> Wish:
        own = tuple(stated_key(one) for one in filed if one.contract == contract.id)
        case = Case(facts, ground.catalogue, contract, ground.on, own, forms=ground.forms, today=ground.today)
        return Wish(ground.forms[COVER], case)

    return cover


def covers_for(ground: Ground, wanted: Iterable[Wish]) -> tuple[Cover, ...]:
    """One cover for each contract of which papers are wanted."""
    contracts = {one.case.contract.id: one.case.contract for one in wanted}
    return tuple(cover_of(ground, contract) for contract in contracts.values())
