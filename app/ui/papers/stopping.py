"""中止 that came too late: what was filed by then is issued, and people are told so."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import Submission
from app.ui.operations import Job

TOO_LATE = "中止は間に合わず、発行されました。"


def too_late(job: Job | None, made: Sequence[Submission]) -> str:
    """That somebody asked to stop when ``made`` was filed already; empty where nobody did."""
    return f"{TOO_LATE}{what_stands(made)}" if made and job is not None and job.progress.stopped else ""


def what_stands(made: Sequence[Submission]) -> str:
    """What was issued although somebody asked to stop, and what can be done about it."""
    first, last = made[0].number, made[-1].number
    told = f"「{first}」" if len(made) == 1 else f"「{first}」から「{last}」までの{len(made)}件"
    return f"{told}は、台帳に保管されています。不要なものは、書類の画面で無効にできます。"
