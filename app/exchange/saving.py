"""Files that leave the ledger: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.common import PeopleError
from app.filesystem import may_be_there, patiently, problem_of, remove_file, special
from app.ledger.errors import FULL, REFUSED

_LEDGER, _KEY = ".jutaku", "-key"


def check_place(path: Path) -> None:
    """Raise ``PeopleError`` if a file could not be saved as ``path``, before anything is made for it."""
    folder = path.absolute().parent
    if problem := problem_of(path) or special(path) or of_a_ledger(path):
        raise PeopleError(problem)
    if not folder.is_dir():
        raise PeopleError(f"保存先のフォルダ「{folder}」がありません。フォルダを確かめてください。")
    probe = _temporary(folder, path.name)
    try:
        patiently(probe.unlink)
        if path.exists():
            # Onto itself, which changes nothing: Windows refuses it while another program shows the file,
            # and a document would get its number before it turned out that it cannot be saved.
            patiently(lambda: path.replace(path))
    except OSError as error:
        raise _refused(path.name, error) from error


def save(path: Path, data: bytes) -> None:
    """Write ``data`` as ``path``, in place of what was there. Raises ``PeopleError`` and leaves no part."""
    with saving(path) as made, made.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def saving(path: Path) -> Iterator[Path]:
    """An empty file of its owner's beside ``path``, which takes its place once it was written and closed.

    Raises ``PeopleError`` for what a disk does, and whatever is raised within; no part is left then, and
    what was at ``path`` stands.
    """
    if problem := problem_of(path) or special(path) or of_a_ledger(path):
        raise PeopleError(problem)
    made = _temporary(path.absolute().parent, path.name)
    try:
        yield made
        patiently(lambda: made.replace(path))
    except BaseException as error:
        with suppress(OSError):
            remove_file(made)
        if isinstance(error, OSError):
            raise _refused(path.name, error) from error
        raise


def of_a_ledger(path: Path) -> str:
    """One sentence if ``path`` is, or is named as, a ledger or what stands beside one, else empty.

    A paper put in the place of a ledger would be the end of everything that it holds.
    """
    for one in (path, Path(os.path.realpath(path))):
        named = any(part.casefold().startswith(_LEDGER) for part in one.suffixes)
        if named or may_be_there(one.with_name(one.name + _KEY)):
            return (
                f"「{path.name}」は台帳とその鍵のファイルに使う名前のため、保存していません。"
                "別の名前を付けてください。"
            )
    return ""


def _temporary(folder: Path, name: str) -> Path:
    try:
        handle, made = tempfile.mkstemp(dir=folder, prefix=".", suffix=".tmp")
    except OSError as error:
        raise _refused(name, error) from error
    os.close(handle)
    return Path(made)


def _refused(name: str, error: OSError) -> PeopleError:
    if error.errno in REFUSED:
        return PeopleError(
            f"「{name}」を保存できません。"
            "ほかのソフトで開いていれば閉じ、フォルダのアクセス権を確かめてからもう一度お試しください。"
        )
    if error.errno in FULL:
        return PeopleError(
            f"「{name}」を保存できません。ディスクの空き容量が足りません。空きを作ってからもう一度お試しください。"
        )
    return PeopleError(
        f"「{name}」を保存できません。ディスクの読み書きに失敗しました。"
        "保存先の接続と状態を確かめてからもう一度お試しください。"
    )
