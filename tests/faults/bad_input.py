"""Files from outside: fuzzed imports, and things offered as a ledger that are none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from app.exchange import importing, json_text
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import SPECS
from tests.faults.ground import NAME, Ground, apart
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE

IMPORTS, FILES = 400, 120
"""How many are tried where nobody says how many."""
_ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 10**18, 1e300, "", " ", "\x00", "\u202e", "髙" * 3000, "令和8年13月1日", "=1+1"),
    *([], {}, [[]], [{}], [None], {"id": 1}, "2026-02-30", "９９９", "\U000e0100", "a\nb"),
)


def imports(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Whatever an import file holds, it is taken whole, or refused in one sentence with nothing written."""
    tally = Tally("fuzzed imports")
    work = ground.begin("today")
    path = work / NAME
    key = opening.unlock(path, PASSPHRASE)
    with Ledger.open(path, key) as ledger:
        samples = {
            name: importing.export(ledger.facts(), spec) for name, spec in SPECS.items() if spec.by_hand
        }
        count = sum(ledger.counts().values())
    for number in range(1, (wanted.most or IMPORTS) + 1):
        draw = drawn(wanted.seed, "import", number)
        name = draw.choice(sorted(samples))
        data = _mutated(draw, samples[name])
        told = apart(partial(_brought, path, key, name, data))
        tally.tried += 1
        tally.told[told.how] += 1
        after = apart(partial(_counted, path, key, verify=number % 25 == 0)).value
        if told.how not in ("done", "refused"):
            tally.fail(number, f"{name}: {told.how} {told.what}")
        elif after is None or not after[1]:
            tally.fail(number, f"{name}: the ledger does not open or verify")
        elif after[0] - count != (told.value if told.how == "done" else 0):
            tally.fail(number, f"{name}: {told.how}, but {after[0] - count} records more")
        count = after[0] if after else count
    yield tally


def _brought(path: Path, key: bytes, name: str, data: bytes) -> int:
    json_text.check_kind(data, "a.json")
    entries, _ = json_text.read_entries(data)
    with Ledger.open(path, key) as ledger:
        plan = importing.plan(ledger.facts(), importing.importable(name), entries, update=True)
        return int(importing.apply(ledger, plan, None)["new"])


def _counted(path: Path, key: bytes, *, verify: bool) -> tuple[int, bool]:
    with Ledger.open(path, key) as ledger:
        return sum(ledger.counts().values()), not verify or ledger.verify().ok


def _mutated(draw: Random, entries: list[dict[str, Any]]) -> bytes:
    made: list[Any] = json.loads(json.dumps(entries))
    for _ in range(draw.randint(0, 2)):
        if made and isinstance(one := draw.choice(made), dict) and one:
            name = draw.choice(sorted(one))
            match draw.randrange(5):
                case 0:
                    del one[name]
                case 1:
                    one[draw.choice(("id", "revision", "retired", "無い項目", ""))] = draw.choice(_ODD)
                case 2:
                    made.append(dict(one))
                case _:
                    one[name] = draw.choice(_ODD)
    data = bytearray(json.dumps(made, ensure_ascii=draw.random() < 0.5).encode(draw.choice(_ENCODINGS)))
    if draw.random() < 0.2:
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(data))
            data[at : at + draw.randrange(3)] = draw.randbytes(draw.randrange(3))
    return bytes(data)


_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16")


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
