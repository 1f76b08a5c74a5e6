"""The door: the one way into a ledger, for reading and for writing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from app.common import Progress, uncollected
from app.ledger import documents
from app.ledger.access import sealing
from app.ledger.access.aside import provable
from app.ledger.access.connecting import Opened, open_settled
from app.ledger.content.living import living
from app.ledger.copies import backup, claims
from app.ledger.documents import Drawn, Last, Reservation
from app.ledger.errors import LedgerError, LedgerGoneError, LookOnlyError
from app.ledger.file import driver
from app.ledger.file.driver import errors_for_people
from app.ledger.file.lock import login_name
from app.ledger.file.migrating import Clock
from app.ledger.proof import identity, journal
from app.ledger.proof.clock import behind, confirmed, remark, set_back
from app.ledger.reading import Reading
from app.ledger.secret import keys, passphrases
from app.ledger.writing import Change, ChangeSet, Rule
from app.records import SPECS, Facts, Record, Statement, Submission
from app.records.spelling.unseen import cleaned

if TYPE_CHECKING:
    from app.ledger.archiving.outgoing import Outgoing
    from app.ledger.content.calendar import Entry
    from app.ledger.content.skipped import Skipped
    from app.ledger.copies.standing import Standing
    from app.ledger.proof.heads import Held, Kept, Lost
    from app.ledger.proof.verifying import Verification
    from app.ledger.undoing.queue import Done
    from app.ledger.undoing.values import Undoing

R = TypeVar("R", bound=Record)


def local_now() -> datetime:
    """Now, with the offset of the local time zone."""
    return datetime.now().astimezone()


_SHEET = "recovery sheet"
"""The journal's word for typing the recovery code back."""


class Ledger(Reading):
    """An open ledger. One at a time per file; its methods may be called from any thread.

    Subscribers are called in the thread that wrote, after the transaction is on disk.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        opened: Opened,
        rules: Sequence[Rule],
        clock: Clock,
        titles: Callable[[str], str],
    ) -> None:
        """For ``create`` and ``open`` alone."""
        super().__init__(path, key, opened.connection, threading.RLock(), self.facts, titles)
        if opened.presence is None:
            # Beside a ledger where nothing can be written another connection would put its own files.
            self._readers.close()
        self.path = path
        self._key = key
        self._opened = opened
        self._rules = tuple(rules)
        self._clock = clock
        self._facts: Facts | None = None
        self._subscribers: list[Callable[[ChangeSet], None]] = []
        self._followers: list[Callable[[int], None]] = []
        known = identity.read(opened.connection)
        if known is None:
            raise RuntimeError("opened without identity")
        self._identity = known
        self._login = login_name()
        settled = "" if self.read_only else sealing.settle(opened.connection, path)
        self.notices = (settled,) if settled else ()
        """What was found and done about it while opening, one sentence each, for whoever opened."""

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        officer: str,
        *,
        rules: Sequence[Rule] = (),
        cost: keys.Cost = keys.COST,
        clock: Clock = local_now,
        titles: Callable[[str], str] = str,
    ) -> tuple[Ledger, str]:
        """Make a new ledger at ``path`` and open it; return it with its recovery code, shown only now.

        ``titles``: id of a printed form → its title, for whoever reads the facts.
        Raises ``LedgerError`` for a path that exists, a network place, a short passphrase, or no officer.
        """
        from app.ledger.access.creation import create_file

        key = create_file(path, passphrase, officer, cost, clock)
        return cls.open(path, key, rules=rules, clock=clock, titles=titles), keys.recovery_code(key)

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        *,
        rules: Sequence[Rule] = (),
        clock: Clock = local_now,
        titles: Callable[[str], str] = str,
    ) -> Ledger:
        """Open the ledger at ``path`` with its master key (see ``opening``), migrating it if it is older.

        ``titles``: as for ``create``.
        Where nothing can be written it is open for reading alone, see ``read_only``. Raises ``LedgerError``
        that names what is wrong; a refused file is left as it is.
        """
        opened = open_settled(path, key, clock)
        try:
            with errors_for_people():
                return cls(path, key, opened, rules, clock, titles)
        except BaseException:
            opened.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Bring everything into the main file and give the ledger free; again is harmless."""
        with self._lock:
            self._readers.close()
            try:
                if not self.read_only:
                    with errors_for_people():
                        driver.checkpoint(self._connection)
            except (LedgerError, driver.ProgrammingError):
                # Closing must not fail: the log keeps what could not be brought in until the next opening.
                pass
            finally:
                self._opened.close()

    @property
    def read_only(self) -> bool:
        """Whether the ledger lies where nothing can be written: every write raises ``LookOnlyError``."""
        return self._opened.presence is None

    @property
    def gone(self) -> bool:
        """Whether the file is no longer the one at its path: nothing written from here on is found again."""
        try:
            self._opened.require_writable()
        except LedgerGoneError:
            return True
        except LookOnlyError:
            return False
        return False

    @property
    def id(self) -> str:
        """The ledger's own id, never changed."""
        return self._identity.ledger

    @property
    def officer(self) -> str:
        """The name under which this ledger's officer writes."""
        return self._identity.officer

    def set_officer(self, officer: str) -> None:
        """Record another officer's name, from the next entry on. Raises ``LedgerError`` for a blank one."""
        officer = cleaned(officer).text
        if not officer:
            raise LedgerError("担当者の氏名を入力してください。")
        with self._noting():
            with self._opened.writing():
                writer = self._writer()
                identity.set_officer(self._connection, officer)
                writer.append(identity.deed(self._connection, "officer"))
            self._identity = identity.read(self._connection) or self._identity

    def change_passphrase(
        self,
        passphrase: str,
        *,
        cost: keys.Cost = keys.COST,
        backups: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Seal the master key under another passphrase, after a backup into ``backups``.

        The journal tells when. Backups made before still open with the passphrase of their day. Raises
        ``LedgerError``; see ``sealing.change`` for what has happened then.
        """
        passphrases.check(passphrase, (self.officer, self.path.stem))
        self._opened.require_writable()
        if backups is not None:
            try:
                self.backup(backups, progress)
            except LedgerError as error:
                raise sealing.NoBackupError(error) from error
        with self._noting():
            fresh = sealing.fresh_seal(self._connection, self.path, self._key, passphrase, cost)
            sealing.change(self._connection, self.path, fresh, self._opened.writing, self._writer)

    @property
    def sheet_proven(self) -> bool:
        """Whether somebody ever typed the recovery code of today's key back from its sheet."""
        with self._lock, errors_for_people():
            return identity.has_deed(self._connection, _SHEET, since=journal.OTHER_KEY)

    def prove_sheet(self) -> None:
        """Note in the journal that the recovery code was typed back from its sheet."""
        with self._noting(), self._opened.writing():
            self._writer().append(identity.deed(self._connection, _SHEET))

    def note_wrong_tries(self, number: int) -> None:
        """Note in the journal how many wrong passphrases or codes were typed before this opening."""
        with self._noting(), self._opened.writing():
            self._writer().append(identity.deed(self._connection, "wrong tries", f"{number}回"))

    def renew_calendar(self, renew: Callable[[Mapping[str, Entry]], Sequence[Entry]]) -> None:
        """Remember what ``renew`` writes for the user's calendar, given what was written before.

        The journal tells when. Where it raises, nothing is remembered. Raises ``LedgerError`` for a ledger
        that cannot be written, before ``renew`` is called.
        """
        from app.ledger.content import calendar

        with self._noting(), self._opened.writing():
            held = calendar.read(self._connection)
            changed = [one for one in renew(held) if held.get(one.uid) != one]
            if changed:
                calendar.put(self._connection, changed)
                self._writer().append(identity.deed(self._connection, "calendar"))

    def clock_behind(self) -> str:
        """One sentence if this computer's clock is behind what the journal holds, else empty."""
        with self._lock, errors_for_people():
            return behind(self._connection, self._clock())

    def clock_remark(self) -> str:
        """One sentence on entries written before their predecessors, empty where there is none."""
        with self._lock, errors_for_people():
            return remark(self._connection)

    def confirm_clock(self) -> None:
        """Note in the journal that the officer says this computer's clock is right."""
        with self._noting(), self._opened.writing():
            self._writer().append(confirmed(self._connection))

    def skipped(self) -> list[Skipped]:
        """Document numbers that restores took the documents of, settled ones too, the oldest first."""
        from app.ledger.content import skipped

        with self._lock, errors_for_people():
            return skipped.read(self._connection)

    def settle_skipped(self, number: int, why: str, *, last: int = 0) -> None:
        """Record what became of a line of ``skipped``; ``last``: of an unknown one, the last number in use.

        Raises ``LedgerError`` for a blank ``why`` or a line that is settled.
        """
        from app.ledger.content import skipped

        at = self._clock().isoformat(timespec="seconds")
        with self._noting(), self._opened.writing():
            skipped.settle(self._connection, number, at, self.officer, why, last)
            self._writer().append(identity.deed(self._connection, "settle number", why.strip()))

    def recovery_code(self) -> str:
        """The master key as a recovery code, for printing the sheet again."""
        return keys.recovery_code(self._key)

    @property
    def key(self) -> bytes:
        """The master key, for the keyring and for backups."""
        return self._key

    def facts(self) -> Facts:
        """All records that are not retired, as of the last committed change."""
        held = self._facts
        if held is not None:
            return held
        with self._lock, errors_for_people():
            if self._facts is None:
                with uncollected():
                    records = (record for name in SPECS for record in living(self._connection, name))
                    self._facts = Facts(records, self._titles)
            return self._facts

    def head(self) -> journal.Head:
        """The last entry of the journal, as documents and backups carry it."""
        with self._lock, errors_for_people():
            return journal.head(self._connection, self.id)

    def on_entry(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Call ``callback`` with the last entry's number after everything the journal tells of.

        Changes of records are among it, and deeds of which ``on_change`` never hears. Returns what ends that.
        """
        self._followers.append(callback)
        return lambda: self._followers.remove(callback)

    def on_change(self, callback: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Call ``callback`` after every committed change; returns what ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    @contextmanager
    def write(self, reason: str = "") -> Iterator[Change]:
        """One change: everything written within is committed together at the end, or nothing is.

        Raises ``LedgerError`` with the sentences for people.
        """
        with self._lock:
            with errors_for_people():
                before = self.facts()
                with self._readers.beside(), self._opened.writing():
                    change = Change(
                        self._connection, before, self._writer(), self.officer, self._clock(), reason.strip()
                    )
                    yield change
                    result = change.finish(self._rules)
            if result is None:
                return
            self._facts, made = result
        for follow in tuple(self._followers):
            follow(made.sequence)
        for tell in tuple(self._subscribers):
            tell(made)

    def add(self, record: R, files: Mapping[str, bytes] | None = None, *, reason: str = "") -> R:
        """Write one new record; see ``Change.add``."""
        with self.write(reason) as change:
            return change.add(record, files)

    def change(self, record: R, files: Mapping[str, bytes] | None = None, *, reason: str = "") -> R:
        """Write one record anew; see ``Change.change``."""
        with self.write(reason) as change:
            return change.change(record, files)

    def retire(self, record: R, why: str) -> R:
        """Take one record out of the facts; see ``Change.retire``."""
        with self.write(why) as change:
            return change.retire(record, why)

    def done(self, most: int, *, redo: bool | None = None) -> tuple[Done, ...]:
        """The last ``most`` changes that can be taken back or done again (``redo``), the newest first.

        They are the ledger's own, whichever window or command wrote them.
        """
        from app.ledger.undoing.queue import queue

        with self._reading() as connection:
            return tuple(islice(queue(connection, self.facts(), redo=redo), most))

    def undoing(self, number: int = 0) -> Undoing:
        """What ``undo`` would do of change ``number`` (0: the newest that stands); writes nothing.

        Raises ``LedgerError`` where there is no such change.
        """
        from app.ledger.undoing import preview
        from app.ledger.undoing.standing import standing

        with self._lock, errors_for_people():
            connection = self._connection
            wanted = number or next((one.number for one in standing(connection) if not one.redo), 0)
            return preview.undoing(connection, self.facts(), self._rules, wanted, self._clock())

    def undo(self, what: Undoing | int = 0) -> Undoing:
        """Take back exactly what was shown, as one change; return it.

        With the number of a change (0: the newest that stands) all of it or nothing. Raises ``LedgerError``:
        where nothing goes back, or the ledger moved on since, so that a second time nothing is done.
        """
        from app.ledger.undoing.writing import put_back

        self._opened.require_writable()
        shown = self.undoing(what) if isinstance(what, int) else what
        if isinstance(what, int) and shown.stays:
            whys = [one.why for one in shown.stays]
            raise LedgerError(whys[0], whys)
        with self.write(shown.title) as change:
            put_back(change, shown)
        return shown

    def reserve(self, statement: Statement) -> Reservation:
        """The number and code that a document for ``statement`` would print now; writes nothing."""
        with self._lock, errors_for_people():
            return self._reserve(self.facts(), (statement,))[0]

    def reserve_all(self, statements: Iterable[Statement]) -> tuple[Reservation, ...]:
        """What documents filed together, in this order, would print now; writes nothing."""
        with self._lock, errors_for_people():
            return self._reserve(self.facts(), statements)

    def _reserve(self, facts: Facts, statements: Iterable[Statement]) -> tuple[Reservation, ...]:
        return documents.reserve(self._connection, self.id, facts, statements)

    def issue(
        self,
        reservation: Reservation,
        title: str,
        pdf: bytes,
        *,
        filled: bytes = b"",
        replaces: Submission | None = None,
        why: str = "",
        voided_on: date | None = None,
    ) -> Submission:
        """File the drawn document; ``replaces`` is declared void with it, for the reason ``why``.

        ``voided_on``: the day on which that is declared, None: the day printed. A paper may be dated back,
        but the one before held until somebody declared it void, and never was void before it was handed in.
        ``filled``: the client's own file with the facts in it, where it is that which is handed in.
        """
        with self.write(why) as change:
            expected = self._reserve(self.facts(), (reservation.statement,))
            drawn = Drawn(reservation, title, pdf, filled)
            (made,) = documents.issue(change, self._connection, expected, (drawn,))
            if replaces is not None:
                documents.void(change, replaces, voided_on or reservation.statement.on, why, made)
            return made

    def issue_all(self, drawn: Sequence[Drawn], last: Sequence[Last] = ()) -> tuple[Submission, ...]:
        """File drawn documents together, or none of them; each of ``last`` draws one that lists others.

        What one of ``last`` raises undoes them all: it is drawn within the transaction, from their numbers.
        """
        with self.write() as change:
            expected = self._reserve(self.facts(), (one.reservation.statement for one in drawn))
            made = documents.issue(change, self._connection, expected, drawn)
            for draw in last:
                made += self._file_last(change, self.facts().replaced(made), draw)
            return made

    def _file_last(self, change: Change, facts: Facts, draw: Last) -> tuple[Submission, ...]:
        """File one that lists those of ``facts`` filed just before it."""

        def reserve(statement: Statement) -> Reservation:
            return self._reserve(facts, (statement,))[0]

        drawn = draw(facts, reserve)
        return documents.issue(change, self._connection, (reserve(drawn.reservation.statement),), (drawn,))

    def submit(self, submission: Submission, on: date, how: str, received_by: str = "") -> Submission:
        """Record that a document was handed in on a day, how, and who took it."""
        with self.write() as change:
            return documents.submit(change, submission, on, how, received_by)

    def accept(self, submission: Submission, on: date) -> Submission:
        """Record that the client accepted a document."""
        with self.write() as change:
            return documents.accept(change, submission, on)

    def send_back(self, submission: Submission, on: date, why: str) -> Submission:
        """Record that the client sent a document back."""
        with self.write(why) as change:
            return documents.send_back(change, submission, on, why)

    def void(self, submission: Submission, on: date, why: str) -> Submission:
        """Declare a document void; it keeps its number."""
        with self.write(why) as change:
            return documents.void(change, submission, on, why)

    def document_bytes(self, submission: Submission) -> bytes:
        """The archived PDF."""
        return self.blob(submission.pdf)

    def verify(self, progress: Progress | None = None) -> Verification:
        """Check the whole ledger against its journal; see ``verifying``."""
        from app.ledger.proof import verifying
        from app.ledger.proof.problems import Problem

        with errors_for_people(), provable(self.path, copy=self.read_only) as path:
            found = verifying.verify_file(path, self._key, progress or Progress())
            stale = sealing.faults(self._connection, self.path)
        if not stale:
            return found
        problem = Problem(0, journal.LEDGER, "", stale)
        return verifying.Verification(False, found.entries, (problem, *found.problems))

    def quick_check(
        self, proven: journal.Head | None = None, progress: Progress | None = None
    ) -> Verification:
        """Check every page, and what was written after ``proven``; see ``verifying.quick``."""
        from app.ledger.proof import verifying

        with errors_for_people(), provable(self.path, copy=self.read_only) as path:
            return verifying.quick(path, self._key, proven, progress or Progress())

    def hold(self, kept: Kept) -> Held:
        """Hold a head that was kept outside against the chain; see ``heads``."""
        from app.ledger.proof import heads

        with self._lock, errors_for_people():
            return heads.hold(self._connection, kept)

    def check_head(self, sequence: int, start: str) -> bool:
        """Whether entry ``sequence`` still has the hash that begins with ``start``."""
        from app.ledger.proof.heads import Kept

        return self.hold(Kept(sequence, start)).holds

    def lost(self) -> list[Lost]:
        """What restores took away of this ledger, the newest first."""
        from app.ledger.proof import heads

        with self._lock, errors_for_people():
            return heads.lost(self._connection)

    def backup(self, folder: Path | None = None, progress: Progress | None = None) -> Path:
        """Copy the ledger into ``folder`` (the default one if None) and prove the copy; see ``backup``."""
        self._opened.require_writable()
        where = folder or backup.default_folder(self.path)
        return backup.backup(self.path, self._key, where, progress, clock=self._clock)

    @contextmanager
    def outgoing(self, progress: Progress | None = None) -> Iterator[Outgoing]:
        """All that the ledger holds as of one moment, proven; for an archive. Raises ``LedgerError``."""
        from app.ledger.archiving.outgoing import outgoing

        with (
            errors_for_people(),
            provable(self.path, copy=self.read_only) as path,
            outgoing(path, self._key, progress or Progress()) as held,
        ):
            yield held

    def standing(
        self, folder: Path, progress: Progress | None = None, *, proven: Path | None = None
    ) -> Standing:
        """How far the backups in ``folder`` can be counted on; see ``standing``."""
        from app.ledger.copies import standing

        return standing.standing(folder, self.id, self.head(), self.check_head, progress, proven)

    def clear_backups(self, folder: Path) -> int:
        """Remove what killed backups left in ``folder`` and beside the ledger; the bytes that came free."""
        places = {folder, backup.default_folder(self.path)}
        return sum(claims.clear(place, self.path.stem, self.path.suffix) for place in places)

    def secure(self, folder: Path, progress: Progress | None = None) -> Path:
        """The backup in ``folder`` that holds all of the ledger, made if there is none that is sound."""
        progress = progress or Progress()
        found = self.standing(folder, progress)
        if found.newest is not None and not found.behind:
            return found.newest.path
        return self.backup(folder, progress)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """A deed that writes the journal and no record; who follows the journal hears of it after it."""
        with self._lock, errors_for_people():
            yield
            last = journal.head(self._connection, self.id).sequence
        for follow in tuple(self._followers):
            follow(last)

    def _writer(self) -> journal.Writer:
        actor, now = journal.Actor(self.officer, self._login), self._clock()
        first = set_back(self._connection, now)
        return journal.Writer(self._connection, self.id, actor, now, first)
