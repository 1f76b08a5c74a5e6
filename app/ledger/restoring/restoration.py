"""One restore from the first look to the switch: nothing is written before it was shown and agreed to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.common import Progress
from app.ledger.access import creation, opening
from app.ledger.copies import backup, manifests, marks, soundness, switching
from app.ledger.copies.manifests import Manifest
from app.ledger.errors import (
    DamagedError,
    EmptyFileError,
    LedgerError,
    MissingLedgerError,
    NotOursError,
    PlainDatabaseError,
    ReadOnlyError,
    StrangeLogError,
    TruncatedError,
    WrongKeyError,
)
from app.ledger.file import driver, logs
from app.ledger.file.copying import UnwritablePlaceError
from app.ledger.file.driver import Connection, errors_for_people
from app.ledger.file.lock import LedgerLock
from app.ledger.file.migrating import Clock
from app.ledger.file.places import refuse_network
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.restoring import candidate, gap, source
from app.ledger.restoring.candidate import Copied
from app.ledger.restoring.difference import Difference, compare
from app.ledger.restoring.source import BrokenBackupError
from app.ledger.secret import keys, passphrases
from app.ledger.secret.keys import COST, Cost

_BROKEN = (
    EmptyFileError,
    TruncatedError,
    DamagedError,
    NotOursError,
    PlainDatabaseError,
    StrangeLogError,
)
"""What a ledger may be that is to be replaced because of it."""
_SPARE = 16 * 1024 * 1024


class OtherLedgerError(LedgerError):
    """The backup is of another ledger than the one it was to replace. Nothing was changed."""

    def __init__(self, backup_file: Path, theirs: str, ledger: Path, ours: str) -> None:
        super().__init__(
            f"バックアップ「{backup_file.name}」は別の台帳{_of(theirs)}のもので、"
            f"台帳「{ledger.stem}」{_of(ours)}のものではありません。"
            "入れ替えずに、別のファイルとして復元してください。"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a restore would do, for people to agree to.

    ``difference`` is None where there is no ledger to compare with, or none that can be read: ``problem``
    then says why. ``kept``: where the ledger of today would be kept, None if nothing is replaced.
    """

    source: Path
    target: Path
    copied: Copied
    difference: Difference | None
    problem: str
    kept: Path | None
    notes: tuple[str, ...] = ()

    @property
    def loses(self) -> bool:
        """Whether anything goes, or may go, that people must have read of."""
        gone = self.difference
        return bool(self.problem) or (gone is not None and bool(gone.lost or gone.papers))

    @property
    def made(self) -> str:
        """When the backup was made, as its manifest says; empty for a bare copy."""
        return self.copied.manifest.made_at if self.copied.manifest else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A restored ledger, not yet open. ``notes``: what else people must know."""

    path: Path
    kept: Path | None
    notes: tuple[str, ...]


class Restoration:
    """Made with the backup's key; ``prepare``, then ``finish`` or ``close``."""

    def __init__(
        self,
        backup_file: Path,
        key: bytes,
        target: Path,
        *,
        clock: Clock,
        backups: Path | None = None,
        new: bool = False,
        held: bool = False,
        own: str = "",
    ) -> None:
        """``new``: ``target`` must not exist. ``held``: this program has the ledger there open meanwhile.
        ``own``: whose ledger that is, where it is known.

        ``backups``: the folder for the backup made of the present ledger before.
        """
        self.source = backup_file.absolute()
        self.target = target.absolute()
        self.key = key
        self._clock = clock
        self._backups = backups or backup.default_folder(self.target)
        self._new = new
        self._held = held
        self._own = own
        self._lock: LedgerLock | None = None
        self._plan: Plan | None = None

    def prepare(self, progress: Progress | None = None, *, passphrase: str = "", cost: Cost = COST) -> Plan:
        """Copy, prove and compare; the ledger of today stays as it is.

        ``passphrase``: what shall open the restored ledger, where the backup's own is lost. Raises
        ``LedgerError`` or ``Cancelled``; nothing is left then.
        """
        progress = progress or Progress()
        try:
            self._check()
            if not self._held:
                self._take_lock()
            switching.settle(self.target)
            self._check_free()
            self._check_room()
            copied = candidate.make(self.source, self.key, self.target, progress)
            if copied.manifest is not None and not copied.changed:
                marks.clear(self.source)
            if passphrase:
                # Only now is it known by which names somebody would begin to guess.
                passphrases.check(passphrase, (copied.officer, self.target.stem))
            difference, problem = self._compared(copied)
            candidate.renew(self.target, self.key, self._clock)
            if passphrase:
                candidate.seal(self.target, self.key, copied.ledger, passphrase, cost)
            self._plan = self._planned(copied, difference, problem)
        except BaseException as error:
            if isinstance(error, BrokenBackupError) and manifests.note_of(self.source).is_file():
                marks.put(self.source, error.flaw)
            self.close()
            raise
        return self._plan

    def finish(self, progress: Progress | None = None) -> Outcome:
        """Switch the copy in and write the gap into its journal; the ledger at ``target`` is closed by now.

        Raises ``LedgerError``, or ``Cancelled`` before anything is switched; the ledger of today then stands.
        """
        progress, plan = progress or Progress(), self._plan
        if plan is None:
            raise RuntimeError("not prepared")
        try:
            if self._lock is None:
                self._take_lock()
            copy = switching.candidate_of(self.target)
            if not copy.exists():
                raise LedgerError("復元の準備をした写しがありません。復元をもう一度始めてください。")
            self._check_unchanged(plan)
            said = self._backed_up(plan, progress)
            with errors_for_people():
                gap.write(
                    copy,
                    self.key,
                    gap.Gap(plan.source, plan.target, plan.kept, plan.difference, plan.problem, plan.copied),
                    self._clock(),
                )
            candidate.sync(copy)
            if plan.kept is None:
                said = (*said, *self._placed())
            else:
                switching.exchange(self.target, plan.kept, progress)
        finally:
            self.close()
        return Outcome(self.target, plan.kept, (*plan.notes, *said))

    def close(self) -> None:
        """Remove what was prepared and not switched in; again is harmless."""
        if self._lock is not None or self._held:
            switching.discard(self.target)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _check(self) -> None:
        refuse_network(self.target)
        candidate.check_place(self.target)
        if self.target.exists() and self.source.exists() and self.source.samefile(self.target):
            raise LedgerError(
                "バックアップと復元先が同じファイルです。別のバックアップか復元先を選んでください。"
            )
        source.look(self.source)
        source.check_key(self.source, self.key)

    def _take_lock(self) -> None:
        try:
            self._lock = LedgerLock(self.target, self._clock())
        except ReadOnlyError as error:
            raise UnwritablePlaceError(self.target.parent) from error

    def _check_free(self) -> None:
        if self._new and self.target.exists():
            raise LedgerError(
                f"「{self.target.name}」は既にあります。上書きはしません。別の名前を付けてください。"
            )

    def _check_room(self) -> None:
        here = self.target.stat().st_size if self.target.exists() else 0
        needed = self.source.stat().st_size * 2 + here * 2 + _SPARE
        free = shutil.disk_usage(self.target.parent).free
        if free < needed:
            raise LedgerError(
                "復元先のディスクの空きが足りません"
                f"（必要 約{_megabytes(needed)}MB、空き {_megabytes(free)}MB）。"
                "台帳には手を加えていません。空きを作るか、別のフォルダを選んでください。"
            )

    def _compared(self, copied: Copied) -> tuple[Difference | None, str]:
        """What the ledger of today has and the copy has not; or why that cannot be told."""
        if not self.target.exists():
            return None, "現在の台帳のファイルが見つかりません。" if self._held else ""
        present, problem = self._present()
        if present is None:
            told = opening.ledger_id(self.target)
            if told and told != copied.ledger:
                raise OtherLedgerError(self.source, copied.name, self.target, self._own)
            return None, problem
        with closing(present), errors_for_people():
            known = identity.read(present)
            if known is None or known.ledger != copied.ledger:
                raise OtherLedgerError(self.source, copied.name, self.target, candidate.name_of(present))
            copy = switching.candidate_of(self.target)
            try:
                with closing(driver.connect(copy, self.key)) as other:
                    return compare(present, other, copied.ledger), ""
            except driver.Error:
                # A page of its journal is gone: what it held past the backup nobody can tell.
                return None, "現在の台帳の記録を読み取れません。"

    def _present(self) -> tuple[Connection | None, str]:
        try:
            opening.examine(self.target)
            opening.peek(self.target, self.key)
            with errors_for_people():
                if logs.unsettled(self.target):
                    # Before it is brought in: a log of another state of the file would write over this one.
                    logs.judge(self.target, self.key)
                return driver.connect(self.target, self.key), ""
        except (*_BROKEN, MissingLedgerError) as error:
            return None, error.sentence
        except WrongKeyError:
            return None, "現在の台帳は、バックアップの鍵では開けません。"

    def _planned(self, copied: Copied, difference: Difference | None, problem: str) -> Plan:
        kept = switching.kept_name(self.target, self._clock()) if self.target.exists() else None
        return Plan(self.source, self.target, copied, difference, problem, kept, tuple(self._notes(copied)))

    def _notes(self, copied: Copied) -> list[str]:
        notes = []
        if copied.manifest is None:
            notes.append(
                "作成時の記録（.json）がないファイルです。検証には通りましたが、いつ、最後まで作成されたものかは分かりません。"
            )
        else:
            notes.extend(_of_manifest(copied, copied.manifest))
        if copied.format < FORMAT:
            notes.append(
                "古い形式のバックアップのため、写しを今の形式に改めます。バックアップは元のままです。"
            )
        theirs = keys.read_copies(switching.candidate_of(self.target))
        ours = keys.read_copies(self.target)
        if not any(theirs) and not any(ours):
            notes.append(
                "鍵ファイルがないため、復元した台帳は回復コードで開きます。開いたあと、設定でパスフレーズを決めてください。"
            )
        elif any(theirs) and any(ours) and [k and k.sealed for k in theirs] != [k and k.sealed for k in ours]:
            notes.append(
                "復元した台帳は、このバックアップを作成したときのパスフレーズで開きます。"
                "その後に変更したパスフレーズでは開きません。"
            )
        return notes

    def _placed(self) -> Iterator[str]:
        """Put the ledger where none is; what is to be said of key files that a former one left there."""
        aside = switching.place(self.target, self._clock(), creation.rename_to_free)
        if aside:
            names = "、".join(f"「{path.name}」" for path in aside)
            yield f"復元先に残っていた別の鍵ファイルは、消さずに{names}として残しました。"

    def _check_unchanged(self, plan: Plan) -> None:
        if plan.difference is None:
            return
        with errors_for_people(), closing(driver.connect(self.target, self.key)) as present:
            head = journal.head(present, plan.copied.ledger)
            driver.checkpoint(present)
        if head != plan.difference.present:
            raise LedgerError("確かめた後に台帳が変更されました。復元をもう一度始めてください。")

    def _backed_up(self, plan: Plan, progress: Progress) -> tuple[str, ...]:
        """A proven backup of the ledger of today where that can be had; what to say where it cannot."""
        if plan.kept is None:
            return ()
        why = plan.problem
        if plan.difference is not None:
            try:
                backup.backup(self.target, self.key, self._backups, progress, clock=self._clock)
            except LedgerError as error:
                why = error.sentence
        if not why:
            return ()
        return (
            f"復元前の台帳はバックアップにできませんでした（{why.rstrip('。')}）。"
            f"そのままの形で「{plan.kept.name}」に残してあります。",
        )


def _of_manifest(copied: Copied, manifest: Manifest) -> Iterator[str]:
    """What speaks against a manifest, now that it can be held against what the file holds."""
    if copied.changed:
        yield "作成した後に中身が変わっています。検証には通りましたが、作成時のままではありません。"
    if copied.contradicted:
        yield (
            f"作成時の記録（.json）の{'・'.join(copied.contradicted)}が、ファイルの中身と合いません。"
            "中身は検証に通りましたが、作成時の記録は信用できません。"
        )
    elif flaw := soundness.note_flaw(manifest) or soundness.day_flaw(manifest):
        yield flaw


def _of(name: str) -> str:
    return f"（{name}）" if name else ""


def _megabytes(size: int) -> str:
    return f"{-(-size // 1024 // 1024):,}"
