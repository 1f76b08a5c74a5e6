"""直す行を保存: rows that are not brought in go out with the reasons, as a workbook that comes in again."""

from __future__ import annotations

from app.common import Progress
from app.exchange import saving
from app.exchange.mending import rest
from app.ui.context import Context
from app.ui.importing.making import Asked
from app.ui.system.saving_place import ask_where

_BOOK = ".xlsx"


def save_rest(context: Context, held: Asked) -> None:
    """Ask where, and save the rows that are not brought in."""
    spec = held.spec
    name = f"{spec.label}（直す行）{_BOOK}"
    path = ask_where(context, "tables", "直す行を保存する", name, "Excelブック (*.xlsx)")
    if path is None:
        return
    path = path if path.suffix.lower() == _BOOK else path.with_name(f"{path.name}{_BOOK}")
    if not context.attempt(lambda: saving.check_place(path)):
        return

    def work(progress: Progress) -> int:
        data, count = rest.made(
            held.facts, spec, held.book, held.said, update=held.update, today=held.today, progress=progress
        )
        saving.save(path, data)
        return count

    context.operations.run(
        work,
        lambda count: context.say(
            f"直す行{count:,}件を「{path.name}」に保存しました。このファイルは暗号化されません。"
        ),
        title="直す行を保存しています",
    )
