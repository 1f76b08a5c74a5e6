"""What Windows asks of names, lengths and files held open, wherever the tests run."""

from __future__ import annotations

import ast
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import filesystem
from app.common import PeopleError
from app.ledger.access import opening
from tests.support.around import about


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """As on Windows; the pauses that were made, none of them really."""
    made: list[float] = []
    monkeypatch.setattr(filesystem, "_WINDOWS", True)
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def test_what_may_not_be_looked_at_may_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filesystem.may_be_there(tmp_path)
    assert not filesystem.may_be_there(tmp_path / "none")

    def locked(_path: Path) -> bool:
        raise PermissionError(13, "the drive is locked")

    monkeypatch.setattr(Path, "exists", locked)
    assert filesystem.may_be_there(tmp_path / "none")


class Held:
    """A rename that is refused some times before it works."""

    def __init__(self, times: int, error: type[OSError] = PermissionError) -> None:
        self.left, self.error, self.done = times, error, 0

    def __call__(self) -> None:
        if self.left:
            self.left -= 1
            raise self.error
        self.done += 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_every_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir(mode=0o755)
    filesystem.private_folder(there / "a" / "b")
    filesystem.private_folder(there / "a" / "b")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (there, there / "a", there / "a" / "b")}
    assert modes == {"there": 0o755, "a": 0o700, "b": 0o700}
    (there / "file").touch()
    for taken in (there / "file", there / "file" / "x"):
        with pytest.raises(OSError, match="file"):
            filesystem.private_folder(taken)


def test_a_rename_waits_for_a_file_held_open_for_a_moment(pauses: list[float]) -> None:
    move = Held(3)
    filesystem.patiently(move)
    assert (move.done, len(pauses)) == (1, 3)


def test_it_does_not_wait_for_ever(pauses: list[float]) -> None:
    with pytest.raises(PermissionError):
        filesystem.patiently(Held(1000))
    assert 0.5 <= sum(pauses) <= 1


def test_other_faults_are_told_at_once(pauses: list[float]) -> None:
    with pytest.raises(FileExistsError):
        filesystem.patiently(Held(1, FileExistsError))
    assert pauses == []


def test_elsewhere_a_refusal_is_one_at_once(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    monkeypatch.setattr(filesystem, "_WINDOWS", False)
    with pytest.raises(PermissionError):
        filesystem.patiently(Held(1))
    assert pauses == []


def test_a_file_is_replaced_once_whoever_held_it_has_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = tmp_path / "made", tmp_path / "target"
    made.write_bytes(b"new")
    target.write_bytes(b"old")
    with target.open("rb") as held:
        monkeypatch.setattr(time, "sleep", lambda _seconds: held.close())
        filesystem.patiently(lambda: made.replace(target))
    assert target.read_bytes() == b"new"


def test_a_file_that_is_held_is_read_once_it_is_let_go(
    tmp_path: Path, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台帳.jutaku-key"
    path.write_bytes(b"key")
    os_open, held = os.open, Held(2)

    def scanned(*given: Any, **named: Any) -> int:
        held()
        return os_open(*given, **named)

    monkeypatch.setattr(os, "open", scanned)
    assert filesystem.read_plain(path, 100) == b"key"
    assert len(pauses) == 2


OWN_LOCKS = {"lock.py": 1, "claims.py": 1}
"""What takes away a file that this process itself holds locked: on Windows a wait would be in vain."""


def test_every_rename_and_removal_waits_for_who_holds_the_file() -> None:
    """A virus scanner may hold any fresh file for a moment; whoever does not wait fails now and then."""
    impatient: dict[str, int] = {}
    for path in Path("app").rglob("*.py"):
        if path.name != "filesystem.py" and (
            count := sum(map(_moves, _outside(ast.parse(path.read_bytes()))))
        ):
            impatient[path.name] = count
    assert impatient == OWN_LOCKS


def _outside(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that is not handed to ``patiently``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "patiently":
            continue
        yield node
        yield from _outside(node)


def _moves(node: ast.AST) -> bool:
    """Whether it renames or removes a file: ``replace`` of a text takes two things, of a day named ones."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name, alone = node.func.attr, len(node.args) == 1 and not node.keywords
    return name in {"unlink", "rename", "rmdir", "remove_file"} or (name == "replace" and alone)


@pytest.mark.parametrize(
    "name",
    ["con", "CON.pdf", "nul .txt", "com1.tar.gz", "COM¹", "lpt9", "a?b", "a:b.pdf", "a/b", "a.", "a ", ""],
)
def test_names_that_windows_cannot_make(name: str) -> None:
    assert not filesystem.usable_name(name)


@pytest.mark.parametrize(
    "name", ["台帳𠮷.jutaku", "console.pdf", "com10", "2026-0001 届出書（新規）.pdf", ".a"]
)
def test_names_that_it_can(name: str) -> None:
    assert filesystem.usable_name(name)
    assert filesystem.usable(name).endswith(name.removeprefix("."))


@given(st.text())
def test_any_text_is_made_a_usable_name_or_nothing(text: str) -> None:
    made = filesystem.usable(text)
    assert made == "" or filesystem.usable_name(made)
    assert filesystem.usable(made) == made


def test_a_refused_name_is_told_with_what_to_do(tmp_path: Path) -> None:
    problem = filesystem.problem_of(tmp_path / "aux.jutaku")
    assert problem.startswith("「aux.jutaku」はファイルの名前に使えません。")
    assert problem.endswith("別の名前を付けてください。")


def test_a_path_too_long_for_windows_is_told_there(pauses: list[float]) -> None:
    assert pauses == []
    folder = Path("C:/" if isinstance(Path(), PureWindowsPath) else "/") / "長い名前のフォルダ"
    assert filesystem.problem_of(folder / "a.jutaku", beside=40) == ""
    problem = filesystem.problem_of(folder / ("あ" * 200) / "a.jutaku", beside=40)
    assert "パスが長すぎます" in problem


def _long(characters: int) -> Path:
    """A path of so many characters, of a file that is not there."""
    root = Path("C:/" if isinstance(Path(), PureWindowsPath) else "/").absolute()
    name = "台帳.jutaku"
    folder = "深" * (characters - len(str(root)) - len(name) - 1)
    made = root / folder / name
    assert len(str(made)) == characters
    return made


@pytest.mark.parametrize(("characters", "told"), about(259, False, False, True))
def test_a_file_that_windows_cannot_reach_is_not_called_missing(
    characters: int, told: bool, pauses: list[float]
) -> None:
    assert bool(filesystem.unreachable(_long(characters))) is told
    del pauses


@pytest.mark.parametrize("open_it", [opening.examine, lambda path: filesystem.read_given(path, 100, "")])
def test_a_path_of_300_characters_is_one_sentence(
    open_it: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "stat", missing)
    with pytest.raises(PeopleError) as told:
        open_it(_long(300))
    assert "パスが長すぎるため（300文字、Windowsでは259文字まで）開けません。" in told.value.sentence
    assert told.value.problems == (told.value.sentence,)
    del pauses


def test_elsewhere_long_paths_are_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem, "_WINDOWS", False)
    assert filesystem.problem_of(Path("/") / ("あ" * 300) / "a.jutaku") == ""
