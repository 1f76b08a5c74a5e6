"""What is stored is changed behind the program's back: bits of pages, columns, archived papers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.common import Progress
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.file.driver import rows
from app.ledger.proof import verifying
from tests.faults.apart import Told, apart
from tests.faults.ground import NAME, Ground
from tests.faults.tally import Tally, Wanted, drawn
from tests.ledger.conftest import PASSPHRASE
from tests.ledger.test_verification import columns, forge, tamper


def bits(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """One bit of every page is flipped: opening refuses the file, or the check at every start finds it."""
    for base in _bases(ground, wanted):
        tally = Tally(f"one bit in each page, {base}")
        path = ground.begin(base) / NAME
        held = path.read_bytes()
        for page in wanted.points(len(held) // driver.PAGE_SIZE):
            bit = drawn(wanted.seed, page).randrange(driver.PAGE_SIZE * 8)
            _flip(path, held, (page - 1) * driver.PAGE_SIZE * 8 + bit)
            _found(tally, page, apart(lambda path=path: _quickly_checked(path)))  # type: ignore[misc]
        yield tally


def _bases(ground: Ground, wanted: Wanted) -> tuple[str, ...]:
    """The small ledger, and the large one where no sample is asked for."""
    return ("today",) if wanted.most else ("today", ground.make_demo())


def columns_changed(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Every column of every table is changed with the key in hand: verification finds it."""
    tally = Tally("each column of each table")
    work = ground.begin("today")
    path = work / NAME
    key = opening.unlock(path, PASSPHRASE)
    whole = path.read_bytes()
    with closing(driver.connect(path, key)) as connection:
        plans = [(where, tamper(connection, *where)) for where in columns(connection)]
    for number in wanted.points(len(plans)):
        where, statement = plans[number - 1]
        if statement is None:
            tally.fail(where, "the sample holds nothing there")
            continue
        path.write_bytes(whole)

        def change(statement: tuple[str, tuple[object, ...]] = statement) -> bool:
            forge(path, key, statement)
            return verifying.verify_file(path, key, Progress()).ok

        _found(tally, where, apart(change))
    yield tally


def papers(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Every archived file is altered, removed, and given the bytes of another."""
    for base in _bases(ground, wanted):
        yield _archived(ground, wanted, base)


def _archived(ground: Ground, wanted: Wanted, base: str) -> Tally:
    tally = Tally(f"archived files, {base}")
    path = ground.begin(base) / NAME
    key = opening.unlock(path, PASSPHRASE)
    whole = path.read_bytes()
    with closing(driver.connect(path, key)) as connection:
        hashes = [str(row[0]) for row in rows(connection, "SELECT sha256 FROM blob ORDER BY sha256")]
    other = dict(zip(hashes, [*hashes[1:], hashes[0]], strict=True))
    every = [(deed, one) for deed in _DEEDS for one in hashes]
    for number in wanted.points(len(every)):
        deed, one = every[number - 1]
        path.write_bytes(whole)

        def change(deed: str = deed, one: str = one) -> bool:
            values = (other[one], one) if deed == "swapped" else (one,)
            forge(path, key, (_DEEDS[deed], values))
            return verifying.verify_file(path, key, Progress()).ok

        _found(tally, (deed, one[:8]), apart(change))
    return tally


_DEEDS = {
    "altered": "UPDATE blob SET data = CAST(data || x'00' AS BLOB) WHERE sha256 = ?",
    "missing": "DELETE FROM blob WHERE sha256 = ?",
    "swapped": "UPDATE blob SET data = (SELECT data FROM blob WHERE sha256 = ?) WHERE sha256 = ?",
}


def keys_put_back(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Key files are cut, flipped, replaced: the ledger opens, or one sentence says why not."""
    tally = Tally("key files damaged")
    held = {path.name: path.read_bytes() for path in (ground.root / "today").glob(f"{NAME}-key*")}
    for number in wanted.points(200):
        work, draw = ground.begin("today"), drawn(wanted.seed, "keys", number)
        for name in draw.sample(sorted(held), draw.randint(1, len(held))):
            data = bytearray(held[name])
            match draw.randrange(4):
                case 0:
                    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
                case 1:
                    del data[draw.randrange(len(data)) :]
                case 2:
                    data.extend(bytes(data))
                case _:
                    data = bytearray(draw.randbytes(len(data)))
            (work / name).write_bytes(data)
        told = _opened_and_verified(work / NAME)
        tally.tried += 1
        tally.told[told.how] += 1
        if told.how not in ("done", "refused") or told.value is False:
            tally.fail(number, f"{told.how} {told.what}")
    yield tally


def _flip(path: Path, held: bytes, bit: int) -> None:
    data = bytearray(held)
    data[bit // 8] ^= 1 << bit % 8
    for beside in path.parent.glob(f"{NAME}-*"):
        if beside.name.endswith(("-wal", "-shm")):
            beside.unlink()
    path.write_bytes(data)


def _opened_and_verified(path: Path) -> Told:
    def look() -> bool:
        with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
            return ledger.verify().ok

    return apart(look)


def _quickly_checked(path: Path) -> bool:
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        return ledger.quick_check(ledger.head()).ok


def _found(tally: Tally, at: object, told: Told) -> None:
    """Count one change: it has to be refused, or not to verify."""
    tally.tried += 1
    tally.told[told.how] += 1
    if told.how not in ("done", "refused"):
        tally.fail(at, f"{told.how} {told.what}")
    elif told.how == "done" and told.value:
        tally.fail(at, "not found")
