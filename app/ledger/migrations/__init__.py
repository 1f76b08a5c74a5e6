"""The formats of a ledger, in order; a ledger of any older format becomes today's by running the rest.

Each is a module ``m0003_engine`` of this package: its number, its name, and its ``apply``.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Migration:
    """One step between two formats. ``apply`` is run inside a transaction."""

    number: int
    name: str
    apply: Callable[[Database], None]


def _found() -> Iterator[Migration]:
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        if named := re.fullmatch(r"m(\d{4})_(\w+)", module):
            yield Migration(int(named[1]), named[2], import_module(f"{__name__}.{module}").apply)


MIGRATIONS = tuple(_found())
FORMAT = MIGRATIONS[-1].number
"""The format that this program writes."""
