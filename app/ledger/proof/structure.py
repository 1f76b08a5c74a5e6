"""What SQLite itself finds wrong with a file: pages, trees, references, the index of words.

All of it is done within SQLite, which lets other threads of the program go on meanwhile. Where nothing else
does, as on the command line, it runs in a thread beside the walk along the journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from app.common import Progress
from app.ledger.file import driver
from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import damage, journal
from app.ledger.proof.problems import Finding, Problem

if TYPE_CHECKING:
    from concurrent.futures import Future

_CACHE = 4000
"""Kilobytes of pages that a connection keeps here: it reads nearly everything once."""
_WAIT = 0.05
"""Seconds between two looks at whether somebody cancelled."""

Answer = tuple[damage.Pages, list[Problem]]


@contextmanager
def beside(connect: damage.Connect, *, whole: bool) -> Iterator[Callable[[Progress], Answer]]:
    """Look at every page, and if ``whole`` at how they hang together, while the caller does something else.

    Yields what waits for the answer, and raises what the driver raised or ``Cancelled``. Left before that,
    it is stopped. In a worker it is only begun by asking: behind it stands a window, and two threads at work
    would take twice as many turns from its own.
    """
    from concurrent.futures import ThreadPoolExecutor

    stop = Progress()
    with closing(connect()) as connection:
        connection.execute(f"PRAGMA cache_size=-{_CACHE}")
        # Begun before anybody else reads: a reader would keep the log from being brought in.
        looked = damage.begin(connection)
        if threading.current_thread() is not threading.main_thread():
            yield lambda progress: _look(connect, connection, progress, looked=looked, whole=whole)
            return
        with ThreadPoolExecutor(1, "structure") as thread:
            found = thread.submit(_look, connect, connection, stop, looked=looked, whole=whole)
            try:
                yield partial(_answer, found)
            finally:
                stop.cancel()


def _look(
    connect: damage.Connect, connection: Connection, stop: Progress, *, looked: bool, whole: bool
) -> Answer:
    with driver.cancellable(connection, stop):
        pages = damage.Pages(looked)
        # Whoever follows the trees of a file reads each of its pages but free ones, checksum and all.
        needed = looked and (not whole or bool(one(connection, "PRAGMA freelist_count")))
        if needed:
            pages = damage.Pages(looked, damage.damaged(connection))
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if pages.damaged or not whole:
            return pages, []
        torn = _torn(connection)
        if torn and looked and not needed:
            # Only now, to name them: whoever met one is answered nothing more on the same connection.
            with closing(connect()) as other:
                pages = damage.look(other)
        return pages, [] if pages.damaged else [*torn, *_loose(connection)]


def _answer(found: Future[Answer], progress: Progress) -> Answer:
    while True:
        progress.step(0, 0, "ファイルの構造を確かめています")
        try:
            return found.result(_WAIT)
        except TimeoutError:
            if found.done():
                raise


def collected(connection: Connection) -> list[Problem]:
    """What is wrong with a file whose pages are sound, what cannot even be read among it."""
    return [*_torn(connection), *_loose(connection)]


def _torn(connection: Connection) -> list[Problem]:
    finding = Finding()
    finding.take(damage.structure_faults(connection), journal.LEDGER)
    return finding.problems


def _loose(connection: Connection) -> list[Problem]:
    finding = Finding()
    finding.take(_reference_faults(connection), journal.LEDGER)
    finding.take(_index_faults(connection), "search")
    return finding.problems


def _reference_faults(connection: Connection) -> Iterator[Problem]:
    for table in dict.fromkeys(str(row[0]) for row in rows(connection, "PRAGMA foreign_key_check")):
        yield Problem(0, damage.record_in(table), "", "参照先のない行があります。")


def _index_faults(connection: Connection) -> Iterator[Problem]:
    # Asking the index takes the right to write for a moment: not while others would wait for all the rest.
    try:
        connection.execute("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)")
    except driver.Error as error:
        if driver.is_of_the_disk(error):
            raise
        yield Problem(0, "search", "", "検索の索引が本文と合いません。")
    # The check above follows the index from its pages; an entry that leads to no page it never meets.
    if rows(
        connection,
        "SELECT 1 FROM search_fts_idx WHERE NOT EXISTS"
        " (SELECT 1 FROM search_fts_data AS page WHERE page.id = (segid << 37) + (pgno >> 1))",
    ):
        yield Problem(0, "search", "", "検索の索引に行き先のない項目があります。")
    held = dict(rows(connection, "SELECT k, v FROM search_fts_config"))
    if held.keys() != {"version", "secure-delete"} or held["secure-delete"] != 1:
        yield Problem(0, "search", "", "検索の索引の設定が書き換えられています。")
