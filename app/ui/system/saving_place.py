"""Where files of a kind were saved last: that folder is offered again."""

from __future__ import annotations

from pathlib import Path

from app.ui.context import Context


def ask_where(context: Context, kind: str, title: str, name: str, pattern: str = "") -> Path | None:
    """Ask where to save ``name``, beginning where the last file of ``kind`` was saved.

    The folder alone is remembered on this machine, never the name of a file: that names people
    and clients. None where the person turned away.
    """
    kept = f"saved_{kind}"
    folder = context.preferences.text(kept)
    offered = str(Path(folder) / name) if folder and Path(folder).is_dir() else name
    path = context.dialogs.save_file(title, offered, pattern)
    if path is not None:
        context.preferences.set(**{kept: str(path.absolute().parent)})
    return path
