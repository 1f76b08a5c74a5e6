"""Things offered as a ledger that are none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random

from app.ledger.access import opening
from app.ledger.door import Ledger
from tests.faults.apart import apart
from tests.faults.ground import NAME, Ground
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE

FILES = 2_000
"""How many are tried where nobody says how many."""


def files(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Whatever is offered as a ledger opens and verifies, or is refused in one sentence and left alone."""
    tally = Tally("hostile ledger files")
    whole = (ground.root / "today" / NAME).read_bytes()
    kinds = sorted(_SHAPES)
    for number in range(1, (wanted.most or FILES) + 1):
        draw, kind = drawn(wanted.seed, "file", number), kinds[number % len(kinds)]
        work = ground.begin("today")
        path = work / NAME
        path.unlink()
        _SHAPES[kind](path, whole, draw)
        if draw.random() < 0.3:
            (work / f"{NAME}-wal").write_bytes(draw.randbytes(draw.choice((0, 1, 32, 4152, 9000))))
        if draw.random() < 0.2:
            (work / f"{NAME}-key").write_bytes(draw.randbytes(400))
        told = apart(partial(_looked, path))
        tally.tried += 1
        tally.told[told.how] += 1
        if told.how not in ("done", "refused"):
            tally.fail((number, kind), f"{told.how} {told.what}")
    yield tally


def _looked(path: Path) -> None:
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        ledger.verify()


def _link(path: Path, _whole: bytes, _draw: Random) -> None:
    path.symlink_to(path)


_SHAPES: Mapping[str, Callable[[Path, bytes, Random], object]] = {
    "missing": lambda _path, _whole, _draw: None,
    "empty": lambda path, _whole, _draw: path.write_bytes(b""),
    "cut": lambda path, whole, draw: path.write_bytes(whole[: draw.randrange(len(whole))]),
    "cut at a page": lambda path, whole, draw: path.write_bytes(whole[: 4096 * draw.randrange(1, 40)]),
    "longer": lambda path, whole, draw: path.write_bytes(whole + draw.randbytes(draw.choice((1, 4096)))),
    "zeros inside": lambda path, whole, draw: path.write_bytes(_zeroed(whole, draw)),
    "random": lambda path, _whole, draw: path.write_bytes(draw.randbytes(draw.choice((1, 4096, 40960)))),
    "shuffled pages": lambda path, whole, draw: path.write_bytes(_shuffled(whole, draw)),
    "plain database": lambda path, whole, _draw: path.write_bytes(b"SQLite format 3\x00" + whole[16:]),
    "text": lambda path, _whole, _draw: path.write_text("台帳" * 3000, encoding="utf-8"),
    "zip": lambda path, _whole, draw: path.write_bytes(b"PK\x03\x04" + draw.randbytes(8188)),
    "folder": lambda path, _whole, _draw: path.mkdir(),
    "pipe": lambda path, _whole, _draw: os.mkfifo(path),
    "circle": _link,
}


def _zeroed(whole: bytes, draw: Random) -> bytes:
    at = draw.randrange(len(whole))
    size = draw.choice((1, 512, 4096))
    return whole[:at] + bytes(size) + whole[at + size :]


def _shuffled(whole: bytes, draw: Random) -> bytes:
    pages = [whole[at : at + 4096] for at in range(0, len(whole), 4096)]
    one, two = draw.sample(range(len(pages)), 2)
    pages[one], pages[two] = pages[two], pages[one]
    return b"".join(pages)
