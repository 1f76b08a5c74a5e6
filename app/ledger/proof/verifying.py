"""Verification: the live rows, archived documents and search text against what the journal vouches for.

What this proves: that nothing was changed behind the program's back since the head it ends in. Someone
who has the key *and* forges the whole chain anew, puts an older file back or cuts off the end is found only
by a head kept outside: printed on a document, in a backup's manifest (``heads``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.common import Progress
from app.ledger.content.contents import canonical
from app.ledger.file import driver, migrating
from app.ledger.file.driver import Connection, one, rows
from app.ledger.migrations import FORMAT, MIGRATIONS
from app.ledger.proof import damage, identity, journal, meaning, structure
from app.ledger.proof.chain import Walk, about, last_of, walked
from app.ledger.proof.live import Look, check_rows, check_written
from app.ledger.proof.problems import Finding, Problem, in_order

__all__ = ["Problem", "Verification", "quick", "quick_check", "verify", "verify_file"]

_CACHE = 16_000
"""Kilobytes of pages that verification keeps: it reads nearly everything once."""
_UNLOOKED = "ほかの処理が書き込んでいるため、ファイルの傷みは確かめられませんでした。"
_UNWALKED = "壊れたページがあるため、記録簿との突き合わせはしていません。"
_UNREADABLE = Problem(0, journal.LEDGER, "", f"ファイルが壊れていて読めません。{damage.RESTORE}")


@dataclass(frozen=True, slots=True)
class Verification:
    """``problems`` by journal entry, the first bad one first; see ``in_order``.

    ``since``: the entry whose full proof this one builds on, 0 if everything was looked at.
    ``unlooked``: what could not be looked at just now, as one sentence; it is no proof of that.
    """

    ok: bool
    entries: int
    problems: tuple[Problem, ...]
    since: int = 0
    unlooked: str = ""


def verify_file(path: Path, key: bytes, progress: Progress) -> Verification:
    """Check the ledger at ``path`` whole, on connections of its own and as of one moment."""
    return _checked(partial(driver.connect, path, key), _agreeing, progress, whole=True)


def quick(path: Path, key: bytes, proven: journal.Head | None, progress: Progress) -> Verification:
    """Check every page, what the file declares, and what was written after the entry ``proven``.

    ``proven``: the end of a chain that was once verified whole, and kept outside the file. If the chain no
    longer holds it, or without one, every entry is looked at. Changes made behind the program's back to
    what was written before it are found by ``verify_file`` alone.
    """
    connect = partial(driver.connect, path, key)
    return _checked(connect, lambda one, said: quick_check(one, proven, said), progress, whole=False)


def _checked(
    connect: damage.Connect,
    verified: Callable[[Connection, Progress], Verification],
    progress: Progress,
    *,
    whole: bool,
) -> Verification:
    """``verified``, with every page looked at beside it; of a damaged file, what can no longer be read."""
    progress.step(0, 0, "ファイルの傷みを確かめています")
    found: Verification | None = None
    try:
        with structure.beside(connect, whole=whole) as answer, closing(connect()) as connection:
            connection.execute(f"PRAGMA cache_size=-{_CACHE}")
            found = _readable(lambda: verified(connection, progress))
            pages, problems = answer(progress)
    except driver.Error as error:
        if not driver.is_of_the_file(error):
            raise
        pages, problems, found = damage.Pages(looked=True), [], None
    if found is None or pages.damaged:
        lost = in_order(damage.page_faults(connect, pages)) or (_UNREADABLE,)
        return Verification(False, 0, lost, unlooked=_UNWALKED)
    told = in_order((*found.problems, *problems))
    return replace(found, ok=not told, problems=told, unlooked="" if pages.looked else _UNLOOKED)


def _readable(verified: Callable[[], Verification]) -> Verification | None:
    """``verified``, None where a page or a text does not hold together: which, the pages tell."""
    try:
        return verified()
    except driver.Error as error:
        if not driver.is_of_the_file(error):
            raise
        return None


def verify(connection: Connection, progress: Progress) -> Verification:
    """Check everything that the ledger says against its journal, whatever its format; the pages aside."""
    found = _agreeing(connection, progress)
    problems = in_order((*found.problems, *structure.collected(connection)))
    return replace(found, ok=not problems, problems=problems)


def _agreeing(connection: Connection, progress: Progress) -> Verification:
    """``verify`` but for what SQLite itself finds."""
    finding = Finding()
    with _as_of_now(connection):
        known = _identified(connection, finding)
        if known is None:
            return Verification(False, 0, in_order(finding.problems))
        walk = walked(connection, known.ledger, finding, progress)
        finding.take(_declaration_faults(connection), journal.LEDGER)
        finding.take(_identity_faults(connection, walk), journal.LEDGER)
        _check_live(connection, known.ledger, walk, finding, progress)
    problems = in_order(finding.problems)
    return Verification(not problems, walk.entries, problems)


def quick_check(
    connection: Connection, proven: journal.Head | None = None, progress: Progress | None = None
) -> Verification:
    """See ``quick``; the pages aside."""
    progress = progress or Progress()
    finding = Finding()
    with _as_of_now(connection):
        known = _identified(connection, finding)
        if known is None:
            return Verification(False, 0, in_order(finding.problems))
        since = proven.sequence if proven and _holds(connection, known.ledger, proven) else 0
        walk = walked(connection, known.ledger, finding, progress, since + 1)
        if migrating.fingerprint(connection) != known.layout:
            finding.problems.append(_about_ledger("台帳の構造が書き換えられています。"))
        finding.take(_identity_faults(connection, walk), journal.LEDGER)
        check_written(connection, walk, finding)
    problems = in_order(finding.problems)
    return Verification(not problems, walk.entries, problems, since)


@contextmanager
def _as_of_now(connection: Connection) -> Iterator[None]:
    """One moment for all that is read; within a transaction of the caller, its own."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _holds(connection: Connection, ledger: str, head: journal.Head) -> bool:
    return meaning.hash_of(connection, ledger, head.sequence) == head.hash


def _identified(connection: Connection, finding: Finding) -> identity.Identity | None:
    known: identity.Identity | None = None
    with finding.reading(journal.LEDGER):
        known = identity.read(connection)
    if known is None:
        finding.problems.append(_about_ledger("台帳の識別情報がありません。"))
    return known


def _check_live(
    connection: Connection, ledger: str, walk: Walk, finding: Finding, progress: Progress
) -> None:
    files = meaning.Files(connection)
    texts = meaning.SearchText(connection)
    looks: list[Look] = [meaning.Documents(connection, ledger), files]
    if today := migrating.format_of(connection) == FORMAT:
        looks.append(texts)
    check_rows(connection, walk, looks, finding, progress)
    finding.take(meaning.id_faults(connection, walk), journal.LEDGER)
    finding.take(files.faults(walk, progress), "blob")
    if today:
        finding.take(texts.faults(), "search")


def _declaration_faults(connection: Connection) -> Iterator[Problem]:
    form = migrating.format_of(connection)
    if migrating.schema_entries(connection) != migrating.expected_entries(form):
        yield _about_ledger("台帳の構造が書き換えられています。")
    steps = rows(connection, "SELECT number, name FROM migration ORDER BY number")
    if steps != [(step.number, step.name) for step in MIGRATIONS if step.number <= form]:
        yield _about_ledger("台帳の版の記録が書き換えられています。")
    if one(connection, "PRAGMA application_id") != driver.APPLICATION_ID:
        yield _about_ledger("ファイルの識別番号が書き換えられています。")


def _identity_faults(connection: Connection, walk: Walk) -> Iterator[Problem]:
    last = walk.known[journal.LEDGER].get(1) or last_of(connection, journal.LEDGER, 1)
    told = canonical(identity.content(connection))
    if last is None or journal.commit_content(last.salt, told) != last.after:
        yield about(connection, journal.LEDGER, last, "台帳の識別情報が記録と合いません。")


def _about_ledger(sentence: str) -> Problem:
    return Problem(0, journal.LEDGER, "", sentence)
