"""Breaches that are over: whether it is recorded how they were handled, and what the client said since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from unicodedata import normalize

from app.annexes.clause import Clause
from app.duties.duty import Remark, Step
from app.duties.verdict import add
from app.duties.view import ContractView
from app.records import BreachHandling, Record
from app.records.breach_handling import Handled

_Breach = tuple[str, str, str, int, date | None]
"""Annex, clause as compared, record type, its id, and since when: what one breach is known by."""


def handled(view: ContractView, clause: Clause, remark: Remark) -> BreachHandling | None:
    """How the breach that ``remark`` tells of under ``clause`` was handled until the day; None: not yet.

    Only what names this clause, this record and this beginning counts: what was said of another breach of
    the same record settles nothing here. Of several, the newest.
    """
    key = _key(clause.annex, clause.number, remark.record, remark.id, remark.since)
    return view.once(_handlings).get(key)


def afterwards_approved(
    view: ContractView, record: Record, *, written: bool = False, clause: Clause | None = None
) -> BreachHandling | None:
    """The client's later word (事後の承諾, 不問) on this very record until the day; None where there is none.

    ``written``: the clause wants the approval in writing, so that only a written word settles it. The first
    such word: from its day on nothing more is owed, and the breach stays as a remark. ``clause``: only what
    was said of this clause counts, where a record can offend several in different ways.
    """
    words = view.once(_words).get((record.spec.name, record.id), ())
    return next((one for one in words if _said_of(one, clause) and (one.written or not written)), None)


def _said_of(one: BreachHandling, clause: Clause | None) -> bool:
    return clause is None or (one.annex, plain_number(one.clause)) == (
        clause.annex,
        plain_number(clause.number),
    )


def handle_step(clause: Clause, remark: Remark) -> Step:
    """The step of recording how ``remark`` was handled; what happened and when is left to the officer."""
    return _step(clause, remark.record, remark.id, remark.since, remark.text)


def approve_step(clause: Clause, record: Record, since: date, what: str) -> Step:
    """The step of recording the client's later word on ``record``, which had no approval on ``since``."""
    return _step(clause, record.spec.name, record.id, since, what, handled=Handled.APPROVED.value)


def plain_number(number: str) -> str:
    """A clause number as people may write it: width and spaces make no difference."""
    return "".join(normalize("NFKC", number).split())


def _step(clause: Clause, kind: str, record_id: int, since: date | None, what: str, **given: str) -> Step:
    known = {} if since is None else {"since": since}
    return add(
        "breach_handling",
        annex=clause.annex,
        clause=clause.number,
        record_kind=kind,
        record_id=record_id,
        **known,
        what=what,
        **given,
    )


def _key(annex: str, clause: str, kind: str, record_id: int, since: date | None) -> _Breach:
    return annex, plain_number(clause), kind, record_id, since


def _handlings(view: ContractView) -> Mapping[_Breach, BreachHandling]:
    return {
        _key(one.annex, one.clause, one.record_kind, one.record_id, one.since): one for one in _done(view)
    }


def _words(view: ContractView) -> Mapping[tuple[str, int], tuple[BreachHandling, ...]]:
    found: dict[tuple[str, int], tuple[BreachHandling, ...]] = {}
    for one in _done(view):
        if one.handled in (Handled.APPROVED, Handled.WAIVED):
            key = (one.record_kind, one.record_id)
            found[key] = (*found.get(key, ()), one)
    return found


def _done(view: ContractView) -> list[BreachHandling]:
    held = (one for one in view.held(BreachHandling) if one.handled_on <= view.day)
    return sorted(held, key=lambda one: (one.handled_on, one.id))
