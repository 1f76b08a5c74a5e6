"""Import files that somebody damaged: each is taken whole, or refused with nothing written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

from app.common import PeopleError
from app.exchange import json_text
from app.exchange.coming_in import importing
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import SPECS
from tests.faults.batches import in_batches, numbers
from tests.faults.ground import NAME, Ground
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE

IMPORTS = 50_000
"""How many are tried where nobody says how many."""
ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 10**18, 1e300, "", " ", "\x00", "\u202e", "髙" * 3000, "令和8年13月1日", "=1+1"),
    *(
        [],
        {},
        [[]],
        [{}],
        [None],
        {"id": 1},
        "2026-02-30",
        "９９９",
        "\U000e0100",
        "a\nb",
        2**63,
        -(2**63) - 1,
    ),
    *(
        "\ud800",
        "令和元年5月1日",
        "0001-01-01",
        "9999-12-31",
        [1, "x", None],
        {"": []},
        0.1,
        "\ufeff",
        "か\u3099",
    ),
)
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp932")
_MANY = 300


def imports(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Whatever an import file holds, it is taken whole, or refused in one sentence with nothing written."""
    path = ground.begin("today") / NAME
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        samples = {
            name: importing.export(ledger.facts(), spec) for name, spec in SPECS.items() if spec.by_hand
        }
    begin = partial(_imports, ground, samples, wanted.seed)
    yield in_batches(Tally("fuzzed imports"), [*numbers(wanted.most, IMPORTS, wanted.at)], begin)


@contextmanager
def _imports(ground: Ground, samples: Mapping[str, list[dict[str, Any]]], seed: int) -> Iterator[Imports]:
    path = ground.begin("today") / NAME
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        yield Imports(ledger, samples, seed)


class Imports:
    """One ledger that a file after the other is imported into."""

    def __init__(self, ledger: Ledger, samples: Mapping[str, list[dict[str, Any]]], seed: int) -> None:
        self._ledger, self._samples, self._seed = ledger, samples, seed
        self._file = ledger.path.with_name("a.json")

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "import", number)
        name = draw.choice(sorted(self._samples))
        self._file.write_bytes(_mutated(draw, self._samples[name], self._samples))
        with all_or_nothing(self._ledger) as counted:
            counted(self._bring(name))

    def _bring(self, name: str) -> int:
        data = json_text.read_file(self._file)
        json_text.check_kind(data, self._file.name)
        entries, _ = json_text.read_entries(data)
        plan = importing.plan(self._ledger.facts(), importing.importable(name), entries, update=True)
        return int(importing.apply(self._ledger, plan, None)["new"])

    def end(self) -> None:
        found = self._ledger.verify()
        assert found.ok, found.problems[0].problem


@contextmanager
def all_or_nothing(ledger: Ledger) -> Iterator[Any]:
    """Raise ``AssertionError`` if what is refused has written, or what is taken is not what was told."""
    before, head, told = _held(ledger), ledger.head(), [0]
    try:
        yield lambda new: told.__setitem__(0, new)
    except PeopleError:
        assert (_held(ledger), ledger.head()) == (before, head), "refused, and something was written"
        raise
    assert _held(ledger) - before == told[0], f"{_held(ledger) - before} records more, {told[0]} told"


def _held(ledger: Ledger) -> int:
    return sum(ledger.counts().values())


def _mutated(
    draw: Random, entries: list[dict[str, Any]], others: Mapping[str, list[dict[str, Any]]]
) -> bytes:
    made: list[Any] = json.loads(json.dumps(entries))
    for _ in range(draw.randint(0, 3)):
        _change(draw, made, others)
    text = json.dumps(made, ensure_ascii=draw.random() < 0.5)
    data = bytearray(text.encode(draw.choice(_ENCODINGS), "replace"))
    if draw.random() < 0.2:
        damage(draw, data)
    return bytes(data)


def _change(draw: Random, made: list[Any], others: Mapping[str, list[dict[str, Any]]]) -> None:
    """One thing in one record, or in one of its nested rows, is otherwise."""
    one = draw.choice(made) if made else None
    rows = (
        [row for value in one.values() if isinstance(value, list) for row in value]
        if isinstance(one, dict)
        else []
    )
    if rows and draw.random() < 0.4:
        one = draw.choice(rows)
    if not isinstance(one, dict) or not one:
        return
    name = draw.choice(sorted(one))
    match draw.randrange(8):
        case 0:
            del one[name]
        case 1:
            one[draw.choice(("id", "revision", "retired", "無い項目", ""))] = draw.choice(ODD)
        case 2:
            made.append(dict(one))
        case 3:
            one[name] = one[draw.choice(sorted(one))]
        case 4:
            made.extend(dict(one) for _ in range(draw.choice((2, _MANY))))
        case 5:
            other = draw.choice([*others.values()])
            made.append(draw.choice(other) if other else {})
        case 6 if isinstance(one[name], str) and one[name]:
            text = one[name]
            at = draw.randrange(len(text))
            one[name] = text[:at] + draw.choice(("", "\u3000", "\x07", "\n", "𠮷", text)) + text[at + 1 :]
        case _:
            one[name] = draw.choice(ODD)


def damage(draw: Random, data: bytearray) -> None:
    """Change, add or take away a few bytes at a few places."""
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(data) or 1)
        data[at : at + draw.randrange(3)] = draw.randbytes(draw.randrange(3))
