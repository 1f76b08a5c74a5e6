"""A big ledger as an encrypted file, made once and kept beside the user's other caches, not in the checkout.

Its name says the size, the format of the ledger and a digest of what makes it, so that another program makes
another file. Each document carries a PDF of the size that forms have; the bytes are no PDF, which nothing
that is measured here reads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import platformdirs
from big_ledger import big_ledger

from app.ledger.door import Ledger
from app.ledger.migrations import FORMAT
from app.ledger.secret.keys import Cost
from app.records import SPECS, Facts, Record, Statement, Submission
from app.start import Product

PASSPHRASE = "きのう 見た 赤い 自転車"  # noqa: S105  # it opens a ledger of made-up people
CHEAP = Cost(memory=64, passes=1, lanes=1)
_PDF = 120_000
"""Bytes of one document: what a form of one page takes with its fonts."""
_HERE = Path(__file__).resolve().parent
_MAKERS = (*_HERE.glob("big_*.py"), *_HERE.parent.parent.glob("app/ledger/migrations/m*.py"))
"""What a kept file rests on: a format that is not released yet may still grow."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept ledger and its key."""

    path: Path
    key: bytes


def kept(contracts: int) -> Kept:
    """The big ledger of so many contracts, made if it is not there yet."""
    folder = Path(platformdirs.user_cache_dir("jutaku-bench", appauthor=False)) / _name(contracts)
    path, key = folder / "big.jutaku", folder / "key.hex"
    if not key.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"making a ledger of {contracts} contracts in {folder}", file=sys.stderr)
        held = _make(path, contracts)
        # Last of all: a file that was left half-made has no key beside it.
        key.write_text(held.hex(), encoding="ascii")
    return Kept(path, bytes.fromhex(key.read_text(encoding="ascii")))


def copy(held: Kept, folder: Path) -> Path:
    """A copy of a kept ledger that may be written."""
    path = folder / held.path.name
    for one in held.path.parent.glob(f"{held.path.name}*"):
        shutil.copyfile(one, folder / one.name)
    return path


def _name(contracts: int) -> str:
    made = hashlib.sha256()
    for source in sorted(_MAKERS):
        made.update(source.read_bytes())
    return f"format-{FORMAT}-contracts-{contracts}-{made.hexdigest()[:8]}"


def _clock() -> Iterator[datetime]:
    """A moment for each question: nothing of the file depends on when it is made."""
    first = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=9)))
    return (first + timedelta(seconds=number) for number in count())


def _make(path: Path, contracts: int) -> bytes:
    product, moments = Product(), _clock()
    facts = big_ledger(product.catalogue, product.forms, contracts)
    ledger, _code = Ledger.create(path, PASSPHRASE, "架空 担当", cost=CHEAP, clock=lambda: next(moments))
    try:
        with ledger.write("大きな台帳") as change:
            for record in _in_order(facts):
                made = change.add(replace(record, revision=0))
                if made.id != record.id:
                    raise RuntimeError(f"{record.spec.name} {record.id} became {made.id}")
        for document in facts.all(Submission):
            _issue(ledger, document)
        return ledger.key
    finally:
        ledger.close()


def _in_order(facts: Facts) -> Iterator[Record]:
    for spec in SPECS.values():
        if spec.cls is not Submission:
            yield from facts.all(spec.cls)


def _issue(ledger: Ledger, document: Submission) -> None:
    reserved = ledger.reserve(Statement.from_canonical(document.statement))
    made = ledger.issue(reserved, document.title, os.urandom(_PDF))
    if document.submitted_on is not None:
        ledger.submit(made, document.submitted_on, document.how)
