"""Leaving the window: not before a backup holds what was entered, unless the person says so."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.operations import Job
from app.ui.shell.progress import ProgressDialog


def may_leave(context: Context) -> bool:
    """Wait for the backup under way, and for one more if it began before the last change.

    Either can be turned away, which stops it at once. One that fails is asked about.
    """
    backing = context.backing
    while backing.running is not None or backing.wanted:
        job = backing.running or backing.now()
        if not _wait(context, job) or job.progress.stopped:
            break
        if backing.failure:
            saved = "" if context.ledger.gone else "台帳そのものは保存されています。"
            return context.dialogs.ask(backing.failure, "このまま終了", detail=saved, grave=True)
    return True


def _wait(context: Context, job: Job) -> bool:
    """Show how far ``job`` is until there is news of it; whether there was any."""
    dialog = ProgressDialog(context.operations, "バックアップを作成しています", "作成せずに終了")
    news: list[bool] = []

    def told() -> None:
        news.append(True)
        dialog.accept()

    connection = context.backing.told.connect(told)
    dialog.follow(job)
    context.dialogs.show(dialog)
    context.backing.told.disconnect(connection)
    return bool(news)
