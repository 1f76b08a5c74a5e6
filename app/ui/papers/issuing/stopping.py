"""Turning away from papers that are being issued: 中止 that came too late, and leaving the page meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import Submission
from app.ui.context import Context
from app.ui.operations import Job

TOO_LATE = "中止は間に合わず、発行されました。"
_AT_WORK = "書類を発行しています。終わるのを待たずに、この画面を離れますか？"
_UNSEEN = (
    "発行は続きますが、結果は表示されません。発行できたかどうかは、書類の一覧で確かめてください。"
    "中止するときは、画面の下の「中止」を押します。"
)


def too_late(job: Job | None, made: Sequence[Submission]) -> str:
    """That somebody asked to stop when ``made`` was filed already; empty where nobody did."""
    return f"{TOO_LATE}{what_stands(made)}" if made and job is not None and job.progress.stopped else ""


def what_stands(made: Sequence[Submission]) -> str:
    """What was issued although somebody asked to stop, and what can be done about it."""
    first, last = made[0].number, made[-1].number
    told = f"「{first}」" if len(made) == 1 else f"「{first}」から「{last}」までの{len(made)}件"
    return f"{told}は、台帳に保管されています。不要なものは、書類の画面で無効にできます。"


def may_leave(context: Context) -> bool:
    """Whether somebody goes though papers are being issued: what comes of it is said on that page alone."""
    return context.dialogs.ask(_AT_WORK, "離れる", detail=_UNSEEN)
