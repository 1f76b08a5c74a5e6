"""A table that leaves the ledger: made in the worker, and saved; what would be lost of it is asked first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.common import Progress
from app.ui.context import Context

_PLAIN = "このファイルは暗号化されません。"


class Made(NamedTuple):
    """A file that was made. ``lost``: which characters it lacks and where they stand, a line each."""

    data: bytes
    lost: tuple[str, ...] = ()


Make = Callable[[Progress], Made]


def text_file(titles: Sequence[str], rows: Sequence[Sequence[Any]], *, windows: bool) -> Made:
    """The table as CSV: in UTF-8, or in the code page of Windows."""
    from app.exchange.going_out import csv_file

    encoding = csv_file.Encoding.WINDOWS if windows else csv_file.Encoding.UTF_8
    lost = csv_file.told(csv_file.lost(titles, rows, encoding))
    return Made(csv_file.made(titles, rows, encoding), lost)


def save(context: Context, path: Path, what: str, make: Make) -> None:
    """Make the file and write it to ``path``; nothing is written before what is lost was agreed to."""
    from app.exchange import saving

    def work(progress: Progress) -> Made:
        made = make(progress)
        if not made.lost:
            saving.save(path, made.data)
        return made

    def done(made: Made) -> None:
        if not made.lost:
            said(made)
        elif _agreed(context, path, made):
            context.operations.run(lambda _progress: saving.save(path, made.data), lambda _none: said(made))

    def said(made: Made) -> None:
        replaced = "表せない文字は「〓」にしました。" if made.lost else ""
        context.say(f"{what}を「{path.name}」に書き出しました。{replaced}{_PLAIN}")

    context.operations.run(work, done, title=f"{what}を書き出しています")


def _agreed(context: Context, path: Path, made: Made) -> bool:
    first, lines = made.lost[0], "\n".join(made.lost)
    return context.dialogs.ask(
        f"Shift_JISで表せない文字があります（{first}）。「〓」に置き換えて「{path.name}」に書き出しますか？",
        "置き換えて書き出す",
        detail=f"{lines}\n\nUTF-8で書き出せば、そのまま残ります。",
        grave=True,
    )
