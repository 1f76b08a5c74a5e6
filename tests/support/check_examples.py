"""For each cross-check a small story that it must see, and the same story as it should be."""

from __future__ import annotations

from tests.support import check_examples_papers, check_examples_people, check_examples_things
from tests.support.check_story import EXAMPLES, LEDGER_EXAMPLES

MODULES = (check_examples_people, check_examples_things, check_examples_papers)
"""Importing a module collects its stories."""

__all__ = ["EXAMPLES", "LEDGER_EXAMPLES", "MODULES"]
