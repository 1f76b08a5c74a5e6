"""backup-check: backups, and checks of storage and accuracy, are made within the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.checked import begun_checks, checks, lapsed, lasting_checks, unmended
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import Part, again, counts, earliest, often, owed, period_of
from app.duties.evaluators.rounds import late_rounds
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import BackupRun
from app.records.backup_run import RestoreResult, RunResult
from app.records.check import CheckKind

BACKUP, RESTORE = "バックアップ", "復元の試験"
STORAGE, ACCURACY = "保管状況の点検", "データの正確性の点検"
_BACKUP, _STORAGE, _ACCURACY, _RESTORE = "バックアップ", "保管", "正確", "復元"
_CHECKED = (
    (_STORAGE, CheckKind.STORAGE, STORAGE),
    (_ACCURACY, CheckKind.ACCURACY, ACCURACY),
)


def judge(question: Question) -> Verdict:
    view = question.view
    # One that failed kept nothing safe; where its traces may lie is another question (``backups``).
    runs = tuple(run for run in view.once(backups) if run.result != RunResult.BAD)
    kinds = (CheckKind.STORAGE, CheckKind.ACCURACY)
    wanting = any(unmended(question, begun_checks(view, *kinds)))
    if not runs and not checks(view, *kinds) and not wanting:
        return question.unrecorded(
            "バックアップも点検も記録されていないため、実施の状況を示せません。", "backup_run"
        )
    asked = _asked(question)
    lacks: list[Lack] = []
    evidence: list[Evidence] = []
    if _BACKUP in asked:
        lacks.extend(_backed_up(question, runs, evidence))
    if _RESTORE in asked:
        lacks.extend(_restored(question, runs))
    for word, kind, what in _CHECKED:
        if word in asked:
            lacks.extend(_checked(question, kind, what, evidence))
    satisfied = f"{'、'.join(question.asks.items) or 'バックアップと点検'}は、期間内に行われています。"
    again_by, step = earliest(_renewals(question, asked, runs))
    return question.judge(lacks, evidence, satisfied, again_by, step, tuple(_late(question, asked, runs)))


def _late(question: Question, asked: tuple[str, ...], runs: tuple[BackupRun, ...]) -> Iterator[Remark]:
    """What the clause asks for and was done after its day; and what could not be restored for a time."""
    view, period = question.view, period_of(question.asks)
    if _BACKUP in asked:
        made = {run.done_on: run for run in runs}
        for due, on in late_rounds(view, period, made):
            text = f"バックアップは、期限（{shown(due)}）の後の{shown(on)}でした。"
            yield Remark(text, "backup_run", made[on].id, due, on)
        yield from _unrestorable(question, runs)
    if _RESTORE in asked:
        tried = {run.restore_tested_on: run for run in _restorable(question, runs) if run.restore_tested_on}
        for due, on in late_rounds(view, period, tried):
            text = f"復元の試験は、期限（{shown(due)}）の後の{shown(on)}でした。"
            yield Remark(text, "backup_run", tried[on].id, due, on)
    for word, kind, what in _CHECKED:
        if word in asked:
            seen = {one.done_on: one for one in checks(view, kind)}
            for due, on in late_rounds(view, period, seen):
                text = f"{what}は、期限（{shown(due)}）の後の{shown(on)}でした。"
                yield Remark(text, "check", seen[on].id, due, on)


def _unrestorable(question: Question, runs: tuple[BackupRun, ...]) -> Iterator[Remark]:
    """Backups that turned out useless, until the next one of the same thing was made."""
    for run in runs:
        if run.restore_result != RestoreResult.BAD or not _tested(question, run):
            continue
        after = next(
            (one.done_on for one in runs if one.what == run.what and one.done_on > run.done_on), None
        )
        if after is not None:
            text = (
                f"{run.what}のバックアップ（{shown(run.done_on)}）は復元できないもので、"
                f"{shown(after)}に取り直されました。"
            )
            yield Remark(text, "backup_run", run.id, run.done_on, after, late=False)


def _renewals(
    question: Question, asked: tuple[str, ...], runs: tuple[BackupRun, ...]
) -> Iterator[tuple[Deadline | None, Step]]:
    """By when each of the things that the clause asks for is done again."""
    view, period = question.view, period_of(question.asks)
    if _BACKUP in asked:
        yield again(view, period, [run.done_on for run in runs]), add("backup_run")
    if _RESTORE in asked:
        yield again(view, period, _tested_on(question, runs)), add("backup_run")
    for word, kind, _what in _CHECKED:
        if word in asked:
            days = [one.done_on for one in lasting_checks(question, kind)]
            yield again(view, period, days), add("check", kind=kind.value)


def backups(view: ContractView) -> tuple[BackupRun, ...]:
    """The backups that hold information of the contract and were made until the day, by day."""
    done = (run for run in view.covering(BackupRun) if run.done_on <= view.day)
    return tuple(sorted(done, key=attrgetter("done_on", "id")))


def newest_backups(view: ContractView) -> tuple[BackupRun, ...]:
    """Of each thing that is backed up, the newest backup: where its copies are kept now."""
    return tuple({run.what: run for run in view.once(backups)}.values())


def parts(question: Question) -> Iterator[Part]:
    """Each of the things that the clause asks for within the period, for the contract as a whole."""
    asked = _asked(question)
    runs = tuple(run for run in question.view.once(backups) if run.result != RunResult.BAD)
    if _BACKUP in asked:
        yield Part(BACKUP, "", 0, tuple(run.done_on for run in runs))
    if _RESTORE in asked:
        yield Part(RESTORE, "", 0, tuple(_tested_on(question, runs)))
    for word, kind, what in _CHECKED:
        if word in asked:
            yield Part(what, "", 0, tuple(one.done_on for one in checks(question.view, kind)))


def _asked(question: Question) -> tuple[str, ...]:
    words = (_BACKUP, _STORAGE, _ACCURACY, _RESTORE)
    named = tuple(word for word in words if any(word in item for item in question.asks.items))
    return named or words[:3]


def _backed_up(question: Question, runs: tuple[BackupRun, ...], evidence: list[Evidence]) -> Iterator[Lack]:
    period = period_of(question.asks)
    days = [run.done_on for run in runs]
    deadline = owed(question.view, period, days)
    if deadline is not None:
        last = f"は{shown(runs[-1].done_on)}が最後です" if runs else "の記録がありません"
        why = f"バックアップは{often(period)}行う必要があります。"
        newest = runs[-1].id if runs else 0
        yield Lack(f"バックアップ{last}。", why, "backup_run", newest, step=add("backup_run")).by(deadline)
    elif counts(question.view, period, days):
        evidence.append(question.evidence(runs[-1], runs[-1].done_on))
    for run in question.view.once(newest_backups):
        if run.restore_result == RestoreResult.BAD and _tested(question, run):
            yield Lack(
                f"{run.what}のバックアップ（{shown(run.done_on)}）は、復元試験で復元できませんでした。",
                "復元できないバックアップは、取り直す必要があります。",
                "backup_run",
                run.id,
                None,
                add("backup_run", what=run.what),
            )


def _tested(question: Question, run: BackupRun) -> bool:
    return run.restore_tested_on is not None and run.restore_tested_on <= question.view.day


def _restorable(question: Question, runs: tuple[BackupRun, ...]) -> list[BackupRun]:
    """The backups that were restored to try it, and came out well."""
    return [run for run in runs if run.restore_result == RestoreResult.GOOD and _tested(question, run)]


def _tested_on(question: Question, runs: tuple[BackupRun, ...]) -> list[date]:
    return [run.restore_tested_on for run in _restorable(question, runs) if run.restore_tested_on]


def _restored(question: Question, runs: tuple[BackupRun, ...]) -> Iterator[Lack]:
    period = period_of(question.asks)
    deadline = owed(question.view, period, _tested_on(question, runs))
    if deadline is not None:
        step = open_record(runs[-1]) if runs else add("backup_run")
        why = f"バックアップが復元できることは、{often(period)}試験する必要があります。"
        yield Lack(
            "復元できることを確かめた試験の記録が、期間内にありません。", why, "backup_run", step=step
        ).by(deadline)


def _checked(question: Question, kind: CheckKind, what: str, evidence: list[Evidence]) -> Iterator[Lack]:
    counted = lasting_checks(question, kind)
    evidence.extend(question.evidence(one, one.done_on) for one in counted[:1])
    done = checks(question.view, kind)
    if not counted:
        yield from lapsed(question, what, done, kind)
    yield from unmended(question, begun_checks(question.view, kind))


EVALUATOR = evaluator("backup-check", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
