"""Backups that nothing says were erased."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from app.duties.evaluators.backups import backups
from app.duties.evaluators.disposed_elsewhere import whole_disposals
from app.duties.view import ContractView
from app.records import BackupRun


def backups_left(view: ContractView) -> Iterator[tuple[BackupRun, int]]:
    """Of each thing backed up, the newest backup not erased by the day, and how many there are.

    A backup is erased by a disposal of the contract on or after its day that finished its medium or names,
    as its item, what was backed up.
    """
    left: dict[str, list[BackupRun]] = {}
    for run in view.once(backups):
        if not _erased(view, run):
            left.setdefault(run.what, []).append(run)
    for held in left.values():
        yield max(held, key=attrgetter("done_on", "id")), len(held)


def _erased(view: ContractView, run: BackupRun) -> bool:
    """Whether nothing of it is left; with a medium disposed of for another contract it went as well."""
    if run.device is not None and any(
        one.done_on >= run.done_on for one, _line in whole_disposals(view, run.device)
    ):
        return True
    return any(
        disposal.ended(line)
        and ((run.device is not None and line.device == run.device) or run.what in line.item)
        for disposal in view.disposals
        if disposal.done_on >= run.done_on
        for line in disposal.lines
    )
