"""What a paper of what has happened says, and the ledger no longer does: for one that is not handed in yet.

What it states (``Statement.stated``) is what its record is called by. All else that it prints was true on the
day of its issue: a telephone call that was taken back afterwards would go to the client as one that was made.
What came to the ledger later is no such thing: the paper is as of its day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.duties.case import Case, FormFace, MissingFactsError
from app.records import Contract, Facts, Statement

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.records.statement import Json

_BETWEEN = "　"
"""Between the texts of a row."""


def gone_from(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    form: FormFace,
    contract: Contract,
    printed: Statement,
    day: date,
) -> tuple[str, ...]:
    """The texts that ``printed`` holds and the ledger would not print on the same day any more, each once.

    None for a form that tells of how things stand, for a day ahead of ``day``, and where the form would not
    print the paper again at all (it was submitted meanwhile, or is handed in once more).
    """
    if not form.past or printed.on > day:
        return ()
    case = Case(
        facts, catalogue, contract, printed.on, only=printed.subjects, forms=forms, within=printed.within
    )
    try:
        now = form.gather(case)
    except MissingFactsError:
        return ()
    # Read back as the archive is: a tuple that was printed is a list by now.
    return tuple(dict.fromkeys(_gone(printed.facts, json.loads(json.dumps(now.facts)))))


def _gone(before: Json, after: Json) -> Iterator[str]:
    """What ``before`` says and ``after`` does not; more in ``after`` is nothing that is gone."""
    if isinstance(before, Mapping):
        other = after if isinstance(after, Mapping) else {}
        for name, held in before.items():
            yield from _gone(held, other.get(name))
    elif isinstance(before, Sequence) and not isinstance(before, str):
        yield from _gone_rows(before, after if isinstance(after, list) else [])
    elif before != after and (text := _said(before)):
        yield text


def _gone_rows(before: Sequence[Json], after: list[Json]) -> Iterator[str]:
    """Rows that are there no more; of what is one sheet after another, what is gone from each."""
    if len(before) == len(after) and all(isinstance(one, Mapping) for one in (*before, *after)):
        for one, other in zip(before, after, strict=True):
            yield from _gone(one, other)
        return
    left = list(after)
    for one in before:
        if one in left:
            left.remove(one)
        elif text := _said(one):
            yield text


def _said(value: Json) -> str:
    """The texts of a value, one after the other."""
    if isinstance(value, Mapping):
        return _BETWEEN.join(filter(None, map(_said, value.values())))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _BETWEEN.join(filter(None, map(_said, value)))
    return "" if value is None or isinstance(value, bool) else str(value)
