"""How an act stands once it was written: taken back, or with papers that are still to be issued."""

from __future__ import annotations

from collections.abc import Iterable

from app.records import Facts, Submission, stated_key
from app.work.acts.plan import Paper, Write


def undone(facts: Facts, writes: Iterable[Write]) -> bool:
    """Whether the ledger says of every record what it said before it was written."""
    return all(_as_before(facts, one) for one in writes)


def _as_before(facts: Facts, one: Write) -> bool:
    now = facts.find(type(one.record), one.record.id)
    if one.before is None or one.gone:
        return (now is None) is (one.before is None)
    return now is not None and all(
        getattr(now, field.name) == getattr(one.before, field.name) for field in one.changed
    )


def keys_of(writes: Iterable[Write]) -> tuple[str, ...]:
    """How papers call what was written and stands."""
    return tuple(stated_key(one.record) for one in writes if not one.gone)


def still_to_issue(planned: Facts, facts: Facts, papers: Iterable[Paper]) -> tuple[tuple[int, str], ...]:
    """Contract and form of each paper of which none was issued since the plan was made from ``planned``.

    One that is void was not issued.
    """
    return tuple(
        (one.contract, one.form)
        for one in papers
        if not any(
            made.form == one.form and made.voided_on is None and planned.find(Submission, made.id) is None
            for made in facts.of(Submission, "contract", one.contract)
        )
    )
