"""What is judged of the whole ledger for a desk, and how its sections are printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from app.cli.access import now, open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_line
from app.start import Product

if TYPE_CHECKING:
    from app.work.assessment import Assessment


class Judged(NamedTuple):
    """An assessment of the day that is asked for; ``now``: the moment of the clock, None for another day."""

    product: Product
    made: Assessment
    now: datetime | None


def judged(wanted: Wanted) -> Judged:
    """Judge the ledger as of ``--on``, else of today, as the window does."""
    from app.work.assessing import assess

    product, clock = Product(), now()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    day, today = wanted.on or clock.date(), clock.date()
    same = day == today
    made = assess(facts, product.catalogue_of(facts), product.forms, day, today=today if same else None)
    return Judged(product, made, clock if same else None)


def put_section(title: str, lines: Iterable[str]) -> None:
    """Print a heading and, below it, its lines."""
    put_line()
    put_line(f"■ {title}")
    for line in lines:
        put_line(f"　{line}")


def iso(day: date | None) -> str | None:
    """A day for JSON."""
    return day.isoformat() if day else None
