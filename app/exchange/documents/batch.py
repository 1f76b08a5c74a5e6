"""Several documents issued in one go: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.common import PeopleError, Progress
from app.duties.case import Case, FormFace, MissingFact
from app.duties.papers.dating import not_yet
from app.exchange.documents.issuing import Prepared, drawn_for, issue, prepare, require_current, to_issue
from app.exchange.documents.own_form import cases_of, own_form_of
from app.ledger.documents import Drawn, Reserve
from app.ledger.door import Ledger
from app.records import Facts, Statement, Submission

EMPTY = "発行できる書類がありません。"


@dataclass(frozen=True, slots=True)
class Wish:
    """One document that is wanted: the form, and what it is asked about."""

    form: FormFace
    case: Case


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a wish before anything is written: its statement, or what keeps it from being issued."""

    wish: Wish
    statement: Statement | None
    missing: tuple[MissingFact, ...] = ()
    left_out: tuple[MissingFact, ...] = ()
    state: str = ""
    """How a paper stands that is not to be issued now, in a word or two; empty where it was asked for."""

    @property
    def ready(self) -> bool:
        """Whether it can be issued."""
        return self.statement is not None


Cover = Callable[[Facts, tuple[Submission, ...]], Wish]
"""The paper under which the others go out, wished for once they have their numbers."""


def look(wishes: Iterable[Wish], progress: Progress | None = None) -> tuple[Found, ...]:
    """What each document would state, or lacks; nothing is drawn. Raises ``Cancelled``."""
    wanted, found = tuple(wishes), []
    for done, wish in enumerate(wanted):
        (progress or Progress()).step(done, len(wanted), wish.form.title)
        made = prepare(wish.form, wish.case)
        ahead = not_yet(wish.case.day, wish.case.today) if wish.case.today else ""
        if made.statement is not None and ahead:
            found.append(Found(wish, None, (MissingFact(ahead, ""),)))
            continue
        first, *others = files_of(wish.form, wish.case, made)
        found.append(Found(Wish(wish.form, first), made.statement, made.missing, made.left_out))
        found.extend(Found(Wish(wish.form, one), made.statement) for one in others)
    return tuple(found)


def files_of(form: FormFace, case: Case, made: Prepared | None = None) -> tuple[Case, ...]:
    """One case for each file that the document of ``case`` needs: several in a client's own form alone.

    ``made``: what the form answers, where it was asked already.
    """
    if own_form_of(case.facts, case.contract.id, form.id, case.day) is None:
        return (case,)
    statement = (made or prepare(form, case)).statement
    return (case,) if statement is None else cases_of(form, case, statement)


def issue_each(
    ledger: Ledger, form: FormFace, case: Case, progress: Progress | None = None, *, ours: bool = False
) -> tuple[Submission, ...]:
    """Issue the document of ``case``, in as many files as it needs, all or none of them.

    Raises as ``issue`` does.
    """
    cases = (case,) if ours else files_of(form, case)
    if len(cases) == 1:
        return (issue(ledger, form, case, progress, ours=ours),)
    return issue_all(ledger, [Wish(form, one) for one in cases], progress)


def issue_all(
    ledger: Ledger,
    wishes: Sequence[Wish],
    progress: Progress | None = None,
    covers: Sequence[Cover] = (),
) -> tuple[Submission, ...]:
    """Number, print and file every document, in this order, as one change; then the ``covers`` if any.

    Raises ``MissingFactsError`` or ``PeopleError`` for the first that cannot be issued, ``LedgerError`` if
    the ledger changed since its facts were read or refuses, ``Cancelled``; then none is issued and no number
    is used.
    """
    if not wishes:
        raise PeopleError(EMPTY)
    progress = progress or Progress()
    total = len(wishes) * 2 + 1
    statements = []
    for done, wish in enumerate(wishes):
        progress.step(done, total, wish.form.title)
        statements.append(to_issue(wish.form, wish.case))
    drawn: list[Drawn] = []
    reserved = ledger.reserve_all(statements)
    for wish in wishes:
        require_current(ledger, wish.case.facts, wish.case)
    for wish, held in zip(wishes, reserved, strict=True):
        progress.step(len(wishes) + len(drawn), total, f"{wish.form.title}　{held.number}")
        drawn.append(drawn_for(ledger, wish.form, wish.case, held))
    progress.step(total - 1, total, "台帳に保管しています")

    def last(cover: Cover, facts: Facts, reserve: Reserve) -> Drawn:
        filed = tuple(one for one in facts.all(Submission) if one.number in numbers)
        wish = cover(facts, filed)
        case = replace(wish.case, facts=facts)
        return drawn_for(ledger, wish.form, case, reserve(to_issue(wish.form, case)))

    numbers = {one.reservation.number for one in drawn}
    # From here on nothing may stop it: what is filed is issued, whatever was asked meanwhile.
    return ledger.issue_all(drawn, [partial(last, cover) for cover in covers])
