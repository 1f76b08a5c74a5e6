"""One change of the ledger: records written together, or not at all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from app.ledger.content import store
from app.ledger.content.contents import Content, content_of, files_in, moment_text, record_of
from app.ledger.content.files import put_file
from app.ledger.content.history import kind_of, undo_of
from app.ledger.content.keys import key_holder
from app.ledger.content.references import check_references
from app.ledger.errors import (
    DuplicateKeyError,
    InvalidRecordError,
    LedgerError,
    Refusal,
    RefusedError,
    StaleRecordError,
    UnknownRecordError,
)
from app.ledger.file.driver import Connection, one, rows
from app.ledger.outgoing import Outgoing
from app.ledger.proof.journal import Deed, Writer
from app.records import Facts, Record, Spec, Submission
from app.records.ordering import key_text
from app.records.spelling.fold import alike

R = TypeVar("R", bound=Record)

Rule = Callable[[Facts, Sequence[Record]], Sequence[Refusal]]
"""The facts as they would be, and the records written (retired ones too) → what is wrong with which."""

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of one file kept in the ledger."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one committed change touched, for screens. ``number`` is what ``undo`` takes."""

    number: int
    sequence: int
    changed: frozenset[tuple[str, int]]
    operation: str
    reason: str


class Change:
    """Collects the writes of one transaction; made by ``Ledger.write``, which also ends it."""

    def __init__(
        self, connection: Connection, facts: Facts, writer: Writer, officer: str, now: datetime, reason: str
    ) -> None:
        self._connection = connection
        self._facts = facts
        self._writer = writer
        self._officer = officer
        self._now = now.replace(tzinfo=None, microsecond=0)
        self._reason = reason
        self._out = Outgoing(connection, writer)
        self._staged: dict[tuple[str, int], Record] = {}
        self._last_assigned: dict[str, int] = {}
        self._shared_numbers: dict[tuple[str, Hashable], str] = {}
        self._operations: set[str] = set()

    @property
    def facts(self) -> Facts:
        """The facts as they were before this change."""
        return self._facts

    def gather(self, count: int) -> None:
        """Say that some ``count`` records are to be written: many are written table by table.

        Nothing else differs, and what was refused before is refused at the same record. Who reads the tables
        themselves before the change has ended does not find all of it.
        """
        self._out.gather(count)

    def add(self, record: R, files: Mapping[str, bytes] | None = None) -> R:
        """Write a new record and return it with its id, revision and, where the ledger gives one, its key.

        ``files``: SHA-256 → bytes for the record's file fields that the ledger does not hold yet.
        Raises ``LedgerError`` with every problem of the record.
        """
        if isinstance(record, Submission):
            raise LedgerError("提出書類は様式を発行して登録してください。")
        return self._add(record, files or {}, "add")

    def change(self, record: R, files: Mapping[str, bytes] | None = None) -> R:
        """Write a record anew; its ``revision`` must be the one last read. Raises ``LedgerError``."""
        held = self._current(record)
        if isinstance(held, Submission) and any(
            getattr(held, f.name) != getattr(record, f.name) for f in held.spec.fields if f.kind.fixed
        ):
            raise LedgerError("発行した書類の内容は変更できません。無効にしてから作り直してください。")
        return self._change(record, held, files or {}, "change")

    def retire(self, record: R, why: str) -> R:
        """Take a record out of the facts and keep it in the ledger. Raises ``LedgerError``."""
        if isinstance(record, Submission):
            raise LedgerError("発行した書類は取り消せません。書類の画面で無効にしてください。")
        if not why.strip():
            raise LedgerError(f"{record.spec.label}を取り消す理由を入力してください。")
        held = self._current(record)
        gone = replace(held, retired_at=self._now, retired_why=why.strip())
        return self._rewrite(gone, "retire", why.strip())

    def put_back(self, record: Record, number: int) -> None:
        """Write ``record`` as it was before change ``number``, retired or not; for undo alone.

        Raises ``DuplicateKeyError``.
        """
        if record.retired_at is None:
            stands = self._facts.find(type(record), record.id) is not None
            self._check_key(record, record if stands else None)
        self._rewrite(record, undo_of(number), self._reason)

    def amend(self, record: R, operation: str) -> R:
        """Record what became of a document, or of what it asks for, under its own name in the journal.

        Raises ``LedgerError``.
        """
        return self._change(record, self._current(record), {}, operation)

    def issue(self, submission: Submission, *files: bytes) -> Submission:
        """File a document just drawn; the caller has checked its number. Raises ``LedgerError``."""
        kept = {hashlib.sha256(data).hexdigest(): data for data in files}
        return self._add(submission, kept, "issue")

    def _add(self, record: R, files: Mapping[str, bytes], operation: str) -> R:
        record = self._with_key(record)
        content = self._check(record, None, files)
        if record.spec.single and self._holds_any(record.spec.name):
            raise LedgerError(f"{record.spec.label}は1件だけ登録できます。登録済みのものを変更してください。")
        kept: dict[str, Any] = {
            "revision": 1,
            "recorded_at": self._now,
            "recorded_by": self._officer,
            "retired_at": None,
            "retired_why": "",
        }
        content |= {**kept, "recorded_at": moment_text(self._now)}
        # An import adds a hundred thousand: of each its content is made once, and the record once.
        content["id"] = self._out.next_id(record.spec.name)
        made = replace(record, id=content["id"], **kept)
        self._write(made, None, content, operation, self._reason)
        return made

    def _holds_any(self, name: str) -> bool:
        self._out.write()
        sql = f'SELECT 1 FROM "{name}" WHERE retired_at IS NULL LIMIT 1'  # noqa: S608  # a declared name
        return bool(one(self._connection, sql))

    def _change(self, record: R, held: Record, files: Mapping[str, bytes], operation: str) -> R:
        record = self._with_key(record, held)
        if fixed := list(record.changed_from(held)):
            raise InvalidRecordError(record.spec.label, {path: [sentence] for path, sentence in fixed})
        self._check(record, held, files)
        return self._rewrite(replace(record, retired_at=None, retired_why=""), operation, self._reason)

    def _rewrite(self, record: R, operation: str, reason: str) -> R:
        made = replace(record, revision=record.revision + 1, recorded_at=self._now, recorded_by=self._officer)
        self._write(made, self._standing(record), content_of(made), operation, reason)
        return made

    def _write(
        self, made: Record, held: Record | None, content: Content, operation: str, reason: str
    ) -> None:
        name = made.spec.name
        deed = Deed(operation, name, made.id, made.revision, key_text(made), reason, content)
        self._out.put(made, held, content, deed)
        self._staged[name, made.id] = made
        self._operations.add(operation)

    def _standing(self, record: Record) -> Record | None:
        """The record as it stands in this change so far, retired or not; None where it was retired before."""
        return self._staged.get((record.spec.name, record.id)) or self._facts.find(type(record), record.id)

    def _current(self, record: R) -> R:
        spec = record.spec
        held = self._standing(record)
        if held is None or held.retired_at is not None:
            raise UnknownRecordError(spec.label)
        if held.revision != record.revision:
            raise StaleRecordError(spec.label)
        return held  # type: ignore[return-value]  # staged under its own type's name

    def _check(self, record: Record, held: Record | None, files: Mapping[str, bytes]) -> Content:
        """The content of a record that may be written. Raises ``LedgerError`` with every problem of it."""
        spec = record.spec
        if problems := spec.check(record):
            # What a record of an older program already said does not stand in the way of another change.
            known = {} if held is None else spec.check(held)
            problems = {path: said for path, said in problems.items() if known.get(path) != said}
        if problems:
            raise InvalidRecordError(spec.label, problems)
        self._check_key(record, held)
        content = content_of(record)
        for digest in files_in(spec.name, content):
            self._keep_file(digest, files)
        return content

    def _check_key(self, record: Record, held: Record | None) -> None:
        """No other record has the key. One that is only alike, and was there before, is no new fault."""
        if self._out.surely_free(record):
            return
        self._out.write()
        other = key_holder(self._connection, record, held)
        if not other:
            return
        spec = record.spec
        content = store.read(self._connection, store.shape(spec.name), [other])[other]
        named = key_text(record_of(spec.name, content))
        raise DuplicateKeyError(spec.label, key_text(record), spec.key, named)

    def _keep_file(self, digest: str, files: Mapping[str, bytes]) -> None:
        if one(self._connection, "SELECT 1 FROM blob WHERE sha256 = ?", (digest,)):
            return
        data = files.get(digest)
        if data is None:
            raise LedgerError("ファイルの中身が渡されていません。ファイルを選び直してください。")
        if len(data) > LARGEST_FILE:
            raise LedgerError(
                f"ファイルが大きすぎます。{LARGEST_FILE // 1024 // 1024}MB以下にしてから登録してください。"
            )
        if hashlib.sha256(data).hexdigest() != digest:
            raise LedgerError("ファイルが読込み中に変わりました。ファイルを選び直してください。")
        put_file(self._connection, digest, data)

    def _with_key(self, record: R, held: Record | None = None) -> R:
        """``record`` with its key: the one it had, or the next one of the ledger's own numbers."""
        spec = record.spec
        name = spec.number_field
        if not name or getattr(record, name) or not record.wants_number():
            return record
        if held is not None and held.wants_number():
            # One of the time before numbers keeps having none: the officer who changes it gave it none.
            return _with(record, name, getattr(held, name))
        shared = (spec.name, record.numbered_with())
        if shared[1] is not None and shared in self._shared_numbers:
            return _with(record, name, self._shared_numbers[shared])
        number = self._last_assigned.get(spec.name)
        self._last_assigned[spec.name] = (self._highest(spec) if number is None else number) + 1
        self._shared_numbers[shared] = spec.assigned.format(self._last_assigned[spec.name])
        return _with(record, name, self._shared_numbers[shared])

    def _highest(self, spec: Spec[Any]) -> int:
        # Retired records count too: a number once given never means another thing.
        # By whatever hand and in whatever width: PC-004 is taken where ＰＣ－００４ is.
        self._out.write()
        pattern = re.compile(re.escape(alike(spec.assigned.partition("{")[0])) + r"0*(\d{1,9})")
        used = rows(self._connection, f'SELECT "{spec.number_field}", id FROM "{spec.name}"')  # noqa: S608  # declared names
        found = (pattern.fullmatch(alike(str(key))) for key, _id in used)
        highest = max((int(match[1]) for match in found if match), default=0)
        # One without a number is called by its id.
        return max([highest, *(int(number) for key, number in used if spec.late and not key)])

    def finish(self, rules: Sequence[Rule]) -> tuple[Facts, ChangeSet] | None:
        """Check what only the whole change can tell; return the new facts, or None if nothing was written.

        Raises ``LedgerError``.
        """
        if not self._staged:
            return None
        self._out.finish()
        written = tuple(self._staged.values())
        after = self._facts.replaced(
            [record for record in written if record.retired_at is None],
            [(type(record), record.id) for record in written if record.retired_at is not None],
        )
        check_references(after, written)
        if refusals := [one for rule in rules for one in rule(after, written)]:
            raise RefusedError(refusals)
        return after, ChangeSet(
            number=self._writer.number,
            sequence=self._writer.head.sequence,
            changed=frozenset(self._staged),
            operation=kind_of(next(iter(self._operations))) if len(self._operations) == 1 else "change",
            reason=self._reason,
        )


def _with(record: R, name: str, value: object) -> R:
    changes: dict[str, Any] = {name: value}
    return replace(record, **changes)
