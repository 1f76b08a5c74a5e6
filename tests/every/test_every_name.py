"""Names in strings: what is imported late is there, and no page is asked for what it does not declare."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.common import Lazy

ROOT = Path(app.__file__).parent


def trees(folder: Path, word: str) -> Iterator[tuple[Path, ast.AST]]:
    """The modules in which ``word`` stands anywhere: no other can use that name."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if word in text:
            yield path, ast.parse(text)


def lazies() -> list[tuple[str, str]]:
    """Module and name of everything that the program imports late by ``Lazy``."""
    calls = (
        node for _path, tree in trees(ROOT, "Lazy") for node in ast.walk(tree) if isinstance(node, ast.Call)
    )
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Lazy"]
    return [(ast.literal_eval(call.args[0]), ast.literal_eval(call.args[1])) for call in made]


@pytest.mark.parametrize(("module", "name"), lazies())
def test_what_is_imported_late_is_there(module: str, name: str) -> None:
    assert callable(Lazy[..., object](module, name).load())


def test_pages_rooms_and_commands_are_imported_late() -> None:
    found = {name for _module, name in lazies()}
    assert {"TodayPage", "ContractPage", "EditorPage", "AnnexPage", "DutiesTab", "MatrixView"} <= found


def test_a_renamed_class_is_told() -> None:
    with pytest.raises(AttributeError):
        Lazy[..., object]("app.ui.editor.page", "NoSuchPage").load()


def test_nothing_else_imports_by_name() -> None:
    """A second registry of names in strings would escape the test above."""
    for folder in ("ui", "cli", "work"):
        for path, tree in trees(ROOT / folder, "import_module"):
            names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            assert "import_module" not in names, path


def test_the_window_asks_no_object_for_a_name_it_may_not_have() -> None:
    """``getattr`` with a name written out would hide that a page lacks what the window expects of it."""
    for path, tree in trees(ROOT / "ui", "getattr"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
                assert not isinstance(node.args[1], ast.Constant), f"{path.name}:{node.lineno}"


def test_every_section_of_the_settings_that_is_named_is_there() -> None:
    """An unknown one would leave the user where he is, without a word."""
    from app.ui.settings.page import SECTIONS

    there = {section.name for section in SECTIONS}
    for path, tree in trees(ROOT / "ui", "ShowSettings"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ShowSettings":
                named = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                assert set(named) <= there, path
