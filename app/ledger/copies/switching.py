"""Putting a proven copy in the place of a ledger: the old or the new one opens whenever it is cut short.

The copy is made beside the ledger and bears a name derived from it, so that what a crash leaves explains
itself: while the copy's main file is there, nothing was switched; once only its key files are, it was. No
ledger is ever without a main file, and at every moment one of its two key files opens the main file there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.common import Progress
from app.filesystem import patiently, remove_file
from app.ledger.errors import LedgerError, WriteFailedError
from app.ledger.file.copying import copy_whole
from app.ledger.file.small_files import sync_folder, write_whole
from app.ledger.secret import keys

KEPT = "復元前"
"""What the name of the ledger kept from before tells, with the moment."""
_FORMER = "以前の鍵"
"""What the name of key files tells that a ledger left behind which is gone."""
_PART = ".part"
ASIDE = "-aside"
"""The log of a ledger too broken to take it in: it is the kept file's, and must not meet the new one."""
_SIDES = ("-wal", "-shm", "-journal")
_BESIDES = (*_SIDES, ".lock", ".user")

Step = Callable[[], object]


def candidate_of(ledger: Path) -> Path:
    """Where the copy that may take the place of ``ledger`` is made."""
    return ledger.with_name(f".{ledger.name}.restoring")


def kept_name(ledger: Path, now: datetime) -> Path:
    """A free name beside ``ledger`` for what it was until ``now``."""
    stem = f"{ledger.stem}-{KEPT}-{now:%Y%m%d-%H%M%S}"
    number, path = 1, ledger.with_name(f"{stem}{ledger.suffix}")
    while path.exists():
        number += 1
        path = ledger.with_name(f"{stem}-{number}{ledger.suffix}")
    return path


def exchange(ledger: Path, kept: Path, progress: Progress) -> None:
    """Keep ``ledger`` as ``kept`` and put its candidate in its place. The caller holds the ledger's lock.

    Raises ``LedgerError``, or ``Cancelled`` while the ledger is still being copied. The old one stands then
    and nothing else is left, unless it was already switched: then the rest is done at the next opening.
    """
    try:
        for step in steps(ledger, kept, progress):
            step()
    except BaseException as error:
        copy = candidate_of(ledger)
        if copy.exists():
            with suppress(OSError, LedgerError):
                _take_back(ledger, copy)
                _remove([kept, kept.with_name(f"{kept.name}-wal"), *keys.key_paths(kept)])
                _clear_parts(ledger)
        if isinstance(error, OSError):
            raise WriteFailedError from error
        raise


def steps(ledger: Path, kept: Path, progress: Progress) -> Iterator[Step]:
    """What is done, in order; after any of them the old or the new ledger opens under its own name."""
    copy = candidate_of(ledger)
    for source, target in _to_keep(ledger, kept):
        part = target.with_name(f".{target.name}{_PART}")
        yield lambda source=source, part=part: copy_whole(source, part, progress, "現在の台帳を残しています")  # type: ignore[misc]  # bound at once
        yield lambda part=part, target=target: patiently(lambda: part.rename(target))  # type: ignore[misc]  # bound at once
    yield lambda: sync_folder(ledger.parent)
    first, second = keys.key_paths(ledger)
    new_first, new_second = keys.key_paths(copy)
    if new_second.exists():
        yield lambda: write_whole(second, new_second.read_bytes())
    if (log := ledger.with_name(f"{ledger.name}-wal")).exists():
        yield lambda: patiently(lambda: log.replace(copy.with_name(copy.name + ASIDE)))
    yield lambda: _remove([ledger.with_name(f"{ledger.name}-shm")])
    yield lambda: patiently(lambda: copy.replace(ledger))
    yield lambda: sync_folder(ledger.parent)
    if new_first.exists():
        yield lambda: write_whole(first, new_first.read_bytes())
    yield lambda: _clear(copy)


def place(ledger: Path, now: datetime, rename: Callable[[Path, Path], None]) -> list[Path]:
    """Put the candidate where no ledger is yet, by ``rename``; key files of a former one are kept aside.

    Returns where those are. Raises ``LedgerError``; they are back in their place then.
    """
    copy, made = candidate_of(ledger), []
    moved = _leftover(ledger, copy, now)
    try:
        for path, aside in moved:
            patiently(lambda path=path, aside=aside: path.rename(aside))  # type: ignore[misc]  # bound at once
        for source, target in zip(keys.key_paths(copy), keys.key_paths(ledger), strict=True):
            if source.exists() and not target.exists():
                made.append(target)
                write_whole(target, source.read_bytes())
        rename(copy, ledger)
        sync_folder(ledger.parent)
    except FileExistsError:
        _put_back(made, moved)
        raise LedgerError(f"「{ledger.name}」は既にあります。別の名前を付けてください。") from None
    except OSError as error:
        _put_back(made, moved)
        raise WriteFailedError from error
    except BaseException:
        _put_back(made, moved)
        raise
    _clear(copy)
    return [aside for _path, aside in moved]


def _leftover(ledger: Path, copy: Path, now: datetime) -> list[tuple[Path, Path]]:
    """Key files at ``ledger`` that are not the copy's, each with the dated name that keeps it.

    Where the copy has none, those there may be what opens it: they stay.
    """
    if not any(path.exists() for path in keys.key_paths(copy)):
        return []
    number, free = 1, ledger.with_name(f"{ledger.stem}-{_FORMER}-{now:%Y%m%d-%H%M%S}{ledger.suffix}")
    stem = free.stem
    while any(path.exists() for path in keys.key_paths(free)):
        number += 1
        free = free.with_name(f"{stem}-{number}{ledger.suffix}")
    three = zip(keys.key_paths(ledger), keys.key_paths(copy), keys.key_paths(free), strict=True)
    return [(here, aside) for here, new, aside in three if here.exists() and _read(here) != _read(new)]


def _put_back(made: list[Path], moved: list[tuple[Path, Path]]) -> None:
    _remove(made)
    for path, aside in moved:
        with suppress(OSError):
            if aside.exists() and not path.exists():
                patiently(lambda path=path, aside=aside: aside.rename(path))  # type: ignore[misc]  # bound at once


def settle(ledger: Path) -> None:
    """Bring what a restore left that was cut short to one end. The caller holds the ledger's lock."""
    copy = candidate_of(ledger)
    if copy.exists():
        _take_back(ledger, copy)
    elif any(path.exists() for path in keys.key_paths(copy)):
        for source, target in zip(keys.key_paths(copy), keys.key_paths(ledger), strict=True):
            if source.exists():
                write_whole(target, source.read_bytes())
        _clear(copy)
    elif copy.with_name(copy.name + ASIDE).exists():
        _clear(copy)
    _clear_parts(ledger)


def discard(ledger: Path) -> None:
    """Remove the candidate of ``ledger``, which was not switched in. The caller holds the ledger's lock."""
    copy = candidate_of(ledger)
    if copy.exists():
        _clear(copy, keys.key_paths(copy))
        with suppress(OSError):
            sync_folder(ledger.parent)
        # Last: without its main file the key files would say that it was switched in.
        _remove([copy])


def _take_back(ledger: Path, copy: Path) -> None:
    first, second = keys.key_paths(ledger)
    ours, theirs = _read(second), _read(keys.key_paths(copy)[1])
    if ledger.exists():
        if ours and ours == theirs and (held := keys.read_copies(ledger)[0]) is not None:
            write_whole(second, held.to_text().encode("ascii"))
        aside, log = copy.with_name(copy.name + ASIDE), ledger.with_name(f"{ledger.name}-wal")
        if aside.exists() and not log.exists():
            patiently(lambda: aside.replace(log))
    else:
        _remove([path for path in (first, second) if _read(path) and _read(path) == theirs])
    discard(ledger)


def _clear_parts(ledger: Path) -> None:
    """What a kept ledger got that was never whole: parts of files, and key files of none."""
    kept = f"{ledger.stem}-{KEPT}-"
    for path in list(ledger.parent.iterdir()):
        name = path.name.removesuffix("-wal").removesuffix("-key2").removesuffix("-key")
        part = path.name.startswith(f".{kept}") and path.name.endswith(_PART)
        lonely = name.startswith(kept) and name.endswith(ledger.suffix) and not path.with_name(name).exists()
        if part or lonely:
            _remove([path])


def _to_keep(ledger: Path, kept: Path) -> Iterator[tuple[Path, Path]]:
    """The main file last: whoever sees its name may open it."""
    log = ledger.with_name(f"{ledger.name}-wal")
    if log.exists() and log.stat().st_size:
        yield log, kept.with_name(f"{kept.name}-wal")
    for source, target in zip(keys.key_paths(ledger), keys.key_paths(kept), strict=True):
        if source.is_file():
            yield source, target
    yield ledger, kept


def _clear(copy: Path, more: tuple[Path, ...] = ()) -> None:
    found = [copy.with_name(copy.name + side) for side in (*_BESIDES, ASIDE)]
    _remove([*found, *(more or keys.key_paths(copy))])


def _read(path: Path) -> bytes:
    try:
        return patiently(path.read_bytes)
    except OSError:
        return b""


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            remove_file(path)
