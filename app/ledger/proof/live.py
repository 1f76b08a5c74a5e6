"""The live rows, table by table, each held once against everything that is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Protocol

from app.common import Progress
from app.ledger.content import store
from app.ledger.content.contents import canonical
from app.ledger.content.streaming import Row, Streamed
from app.ledger.file.driver import Connection, one
from app.ledger.proof import journal
from app.ledger.proof.chain import Walk, about
from app.ledger.proof.known import Last
from app.ledger.proof.problems import Finding, Problem

_EVERY = 5000
"""Rows between two reports of progress."""


class Look(Protocol):
    """Something else that is asked of every row while it is at hand."""

    def begin(self, streamed: Streamed) -> bool:
        """A table begins; whether anything is asked of its rows."""

    def take(self, row: Row, last: Last | None) -> Iterator[Problem]:
        """What is wrong with a row."""

    def end(self) -> Iterator[Problem]:
        """What is wrong with the table as a whole, once all its rows were taken."""


def check_rows(
    connection: Connection, walk: Walk, looks: Sequence[Look], finding: Finding, progress: Progress
) -> None:
    """Hold every live row against the journal and against ``looks``."""
    shapes = list(store.shapes_in(connection))
    for shape in shapes:
        table = _Table(connection, walk, Streamed(shape))
        finding.take(table.faults(looks, progress), shape.table)
    for name in walk.known.keys() - {shape.table for shape in shapes} - {journal.LEDGER}:
        finding.take(_gone(connection, walk, name), name)


def check_written(connection: Connection, walk: Walk, finding: Finding) -> None:
    """Hold the rows of those records against the journal that the walk met, and no others."""
    for shape in store.shapes_in(connection):
        if shape.table in walk.known:
            table = _Table(connection, walk, Streamed(shape))
            finding.take(table.faults_of_known(), shape.table)


class _Table:
    """One table against the chain."""

    def __init__(self, connection: Connection, walk: Walk, streamed: Streamed) -> None:
        self._connection = connection
        self._walk = walk
        self._streamed = streamed
        self._name = streamed.where.table
        self._known = walk.known[self._name]

    def faults(self, looks: Sequence[Look], progress: Progress) -> Iterator[Problem]:
        """What is wrong with all its rows."""
        wanted = [look for look in looks if look.begin(self._streamed)]
        for number, row in enumerate(self._streamed.rows(self._connection)):
            if number % _EVERY == 0:
                progress.step(number, 0, "登録内容を確かめています")
            last = self._known.see(row.id)
            yield from self._row_faults(row, last)
            for look in wanted:
                yield from look.take(row, last)
        yield from _gone(self._connection, self._walk, self._name)
        for look in wanted:
            yield from look.end()

    def faults_of_known(self) -> Iterator[Problem]:
        """What is wrong with the rows that the walk met."""
        ids = list(self._known.ids())
        for start in range(0, len(ids), store.AT_ONCE):
            for row in self._streamed.rows(self._connection, ids[start : start + store.AT_ONCE]):
                yield from self._row_faults(row, self._known.see(row.id))
        yield from _gone(self._connection, self._walk, self._name)

    def _row_faults(self, row: Row, last: Last | None) -> Iterator[Problem]:
        if last is None:
            if self._walk.whole:
                yield Problem(0, self._name, str(row.id), "記録にない登録が加えられています。")
        elif not self._agrees(row, last):
            yield about(self._connection, self._name, last, "登録内容が記録と合いません。")
        if not row.gapless:
            yield about(self._connection, self._name, last, "明細の順番が記録と合いません。")

    def _agrees(self, row: Row, last: Last) -> bool:
        try:
            text = self._streamed.text(row)
        except (TypeError, ValueError):
            # A value that no record holds: the chain cannot have committed to it.
            return False
        return journal.commit_content(last.salt, text) == last.after or self._grown(row, last, text)

    def _grown(self, row: Row, last: Last, text: str) -> bool:
        """Whether ``row`` differs from what was written only by what migrations did to every such row."""
        told = one(self._connection, "SELECT content FROM history WHERE sequence = ?", (last.sequence,))
        if journal.commit_content(last.salt, str(told)) != last.after:
            return False
        try:
            held = store.grown(self._streamed.where, json.loads(str(told)))
        except (ValueError, TypeError, AttributeError):
            return False
        return canonical(held) == text


def _gone(connection: Connection, walk: Walk, name: str) -> Iterator[Problem]:
    if name not in walk.known:
        return
    known = walk.known[name]
    for record_id in known.unseen():
        yield about(connection, name, known.get(record_id), "登録が消されています。")
