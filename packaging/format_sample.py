"""Makes ``tests/ledger/formats/format-N.jutaku``: a ledger of today's format, kept for all later ones.

Run it before the first migration of a new format is written: afterwards no code can write the old format
any more. The passphrase is written here, since the file holds nothing but the sample.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from app.annexes.catalogue import Catalogue
from app.common import PeopleError
from app.duties.case import Case, FormFace
from app.exchange import demo
from app.exchange.documents import issuing
from app.ledger.door import Ledger
from app.ledger.migrations import FORMAT
from app.ledger.secret.keys import Cost, key_paths
from app.records import Contract, Submission
from app.start import Product

PASSPHRASE = "とても長い合言葉です"  # noqa: S105  # see the module: it opens a sample
CHEAP = Cost(memory=64, passes=1, lanes=1)
"""The tests unlock these ledgers at every run."""
DAY = date(2026, 11, 20)
KEPT = Path(__file__).resolve().parent.parent / "tests" / "ledger" / "formats"


class Maker:
    """The product, but every ledger it makes opens with ``PASSPHRASE``."""

    def __init__(self, product: Product) -> None:
        self._product = product

    @cached_property
    def catalogue(self) -> Catalogue:
        return self._product.catalogue

    @cached_property
    def forms(self) -> Mapping[str, FormFace]:
        return self._product.forms

    def create(
        self, path: Path, passphrase: str, officer: str, *, clock: Callable[[], datetime]
    ) -> tuple[Ledger, str]:
        del passphrase
        return self._product.create(path, PASSPHRASE, officer, CHEAP, clock)


def make(folder: Path) -> Path:
    """The demonstration, and a document of every form that it leaves out, as ``format-N`` in ``folder``.

    Raises ``PeopleError`` where that format is already kept: a kept file is never written anew.
    """
    kept = folder / f"format-{FORMAT}.jutaku"
    if kept.exists():
        raise PeopleError(f"「{kept}」は既にあります。")
    maker = Maker(Product())
    with tempfile.TemporaryDirectory() as place:
        made = demo.make_demo(maker, Path(place), DAY).path
        _issue_the_rest(maker, made)
        for source, target in zip((made, *key_paths(made)), (kept, *key_paths(kept)), strict=True):
            shutil.copyfile(source, target)
    return kept


def _issue_the_rest(maker: Maker, path: Path) -> None:
    from app.ledger.access import opening

    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        issued = {submission.form for submission in ledger.facts().all(Submission)}
        for name in sorted(maker.forms.keys() - issued):
            form, facts = maker.forms[name], ledger.facts()
            cases = (
                Case(facts, maker.catalogue, contract, DAY, forms=maker.forms)
                for contract in facts.all(Contract)
            )
            possible = (case for case in cases if issuing.prepare(form, case).statement is not None)
            case = next(possible, None)
            if case is None:
                raise PeopleError(f"{form.title}は、見本のどの契約についても作成できません。")
            issuing.issue(ledger, form, case)


def main() -> int:
    try:
        made = make(KEPT)
    except PeopleError as error:
        print(error, file=sys.stderr)
        return 1
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
