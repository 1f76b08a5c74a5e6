"""The composition root: the one place that knows every room and hands each what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.annexes.own.annexes import OwnAnnexes
    from app.ledger.door import Ledger
    from app.ledger.errors import Refusal
    from app.ledger.secret.keys import Cost
    from app.ledger.writing import Rule
    from app.records import Facts, Record
    from forms.form import Form


class Product:
    """Catalogue, forms and rules, each loaded when first asked for; and ledgers made with them."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The product's annexes. Raises ``PeopleError`` naming file and line of a broken one."""
        from app.annexes.catalogue import load

        return load()

    def catalogue_of(self, facts: Facts) -> Catalogue:
        """The product's annexes and those that a ledger keeps; the same object while neither changes."""
        return self._own.catalogue(facts)

    @cached_property
    def _own(self) -> OwnAnnexes:
        from app.annexes.own.annexes import OwnAnnexes

        return OwnAnnexes(self.catalogue)

    @cached_property
    def forms(self) -> Mapping[str, Form[Any]]:
        """Every form by its id."""
        from forms import all_forms

        return all_forms()

    def title_of(self, form: str) -> str:
        """The title of a printed form by its id; the id where there is no such form."""
        held = self.forms.get(form)
        return held.title if held is not None else form

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """What the ledger's door asks before it commits a change; nothing of it is needed to read."""
        return (self._check,)

    def _check(self, after: Facts, changed: Sequence[Record]) -> Sequence[Refusal]:
        return self._over_several(after, changed)

    @cached_property
    def _over_several(self) -> Rule:
        from app.duties.rules.over_records import rules

        return rules(self.catalogue)

    def open(self, path: Path, key: bytes) -> Ledger:
        """Open a ledger with its master key. Raises ``LedgerError``."""
        from app.ledger.door import Ledger

        return Ledger.open(path, key, rules=self.rules, titles=self.title_of)

    def create(
        self,
        path: Path,
        passphrase: str,
        officer: str,
        cost: Cost | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> tuple[Ledger, str]:
        """Make a new ledger and return it with its recovery code. Raises ``LedgerError``.

        ``clock``: what time it is to the ledger, where that is not the machine's.
        """
        from app.ledger.door import Ledger, local_now
        from app.ledger.secret.keys import COST

        return Ledger.create(
            path,
            passphrase,
            officer,
            rules=self.rules,
            cost=cost or COST,
            clock=clock or local_now,
            titles=self.title_of,
        )
