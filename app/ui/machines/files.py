"""The files that other PCs left, chosen or dragged, and the script that makes them leave one."""

from __future__ import annotations

from pathlib import Path

from app.common import Progress
from app.exchange.machine.script import ENDING, NAMES
from app.ui.context import Context

_CHOSEN = f"PCの情報 (*{ENDING})"
_NEXT = (
    "2つのファイルをほかのPCに渡し、同じフォルダに置いて「pc-info.cmd」を開いてください。"
    f"同じフォルダに「コンピュータ名{ENDING}」ができます。"
)


def told_by_machines(files: tuple[Path, ...]) -> bool:
    """Whether all are files that PCs left."""
    return all(path.name.casefold().endswith(ENDING) for path in files)


def chosen(context: Context) -> tuple[Path, ...]:
    """Ask for the files of other PCs, several at once."""
    return tuple(context.dialogs.open_files("ほかのPCの情報のファイルを開く", _CHOSEN, several=True))


def save_script(context: Context) -> None:
    """Ask for a folder, and leave the script there."""
    folder = context.dialogs.choose_folder("読取りスクリプトを保存するフォルダ")
    if folder is None:
        return
    there = [name for name in NAMES if (folder / name).exists()]
    if there and not context.dialogs.ask(
        f"「{folder.name}」には既に{'と'.join(f'「{name}」' for name in there)}があります。上書きしますか？",
        "上書きする",
        grave=True,
    ):
        return

    def work(progress: Progress) -> tuple[Path, ...]:
        from app.exchange.machine import script

        progress.step(0, 0, "読取りスクリプトを保存しています")
        return script.write(folder)

    def done(made: tuple[Path, ...]) -> None:
        names = "と".join(f"「{path.name}」" for path in made)
        context.dialogs.tell(f"「{folder.name}」に{names}を保存しました。", _NEXT)

    context.operations.run(work, done, title="読取りスクリプトを保存しています")
