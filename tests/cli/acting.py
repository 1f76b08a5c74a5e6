"""Acts by the command line: shown, written and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import SPECS, Facts
from app.start import Product
from tests.cli.conftest import PASSPHRASE

Run = Callable[..., Any]


def shown_and_written(jutaku: Run, folder: Path, *act: str) -> dict[str, Any]:
    """Show the act, do it and undo it; the plan, after seeing that nothing else was written."""
    with opened(folder) as ledger:
        before = told(ledger.facts())
    shown = jutaku(*act, "--dry-run", "--json").json
    with opened(folder) as ledger:
        assert told(ledger.facts()) == before
    assert jutaku(*act, "--json").json == shown
    with opened(folder) as ledger:
        assert told(ledger.facts()) != before
        ledger.undo()
        assert told(ledger.facts()) == before
    found: dict[str, Any] = shown
    return found


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    path = folder / "sample.jutaku"
    with Product().open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        yield ledger


def told(facts: Facts) -> set[tuple[str, ...]]:
    """What every record says."""
    return {
        (name, str(one.id), *(str(getattr(one, field.name)) for field in one.spec.fields))
        for name, spec in SPECS.items()
        for one in facts.all(spec.cls)
    }
