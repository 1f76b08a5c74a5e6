"""One word for one act and one thing, in everything that the program and its manual say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records import SPECS

ROOT = Path(__file__).resolve().parents[2]
ASKED = ROOT / "app" / "ui" / "search" / "acts.py"
"""Holds the words by which people look for an act, whatever the house calls it."""
SOURCES = sorted({path for room in ("app", "forms") for path in (ROOT / room).rglob("*.py")} - {ASKED})
MANUAL = sorted((ROOT / "resources" / "manual").glob("*.md"))

RECORDS = "|".join(re.escape(spec.label) for spec in SPECS.values())

WANTED = {
    "やめる": "戻る (leaving a dialog)",
    rf"({RECORDS})を(新しく)?追加": "登録 (a new record)",
    r"契約を編集|記録を編集": "変更 (of a record)",
    "作業場所の使用(?!を|に|へ)|PC・媒体の使用(?!を|に|へ|開始)": "契約の作業場所, 契約のPC・媒体",
    "(?<![・者])従事の(記録|登録)|「従事」": "責任者・従事者",
    "または": "又は",
    "および": "及び",
    "パソコン": "PC",
    "フォルダー": "フォルダ",
    "今日|本日": "きょう",
    "すでに": "既に",
    "下さい": "ください",
    "エラー": "誤り",
    "キャンセル|OK": "戻る, or the act itself",
    "届出が必要$": "要対応 (a state)",
}
"""What is never said, and what is said instead."""


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module, with its line; what is put into it is a ～.

    Docstrings are left out, and patterns with alternatives: those read what people write.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(map(_told, node.values))
        elif isinstance(node, ast.Constant) and not {id(node)} & (docs | parts) and "|" not in _told(node):
            yield node.lineno, _told(node)


def _told(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "～"


def faults(lines: Iterator[tuple[int, str]]) -> list[str]:
    """Each use of a word that is not the house's, with the line and what is said instead."""
    return [
        f"line {number}: {line!r} says {found[0]!r}; say {instead}"
        for number, line in lines
        if re.search(r"[぀-ヿ一-鿿]", line)
        for wrong, instead in WANTED.items()
        if (found := re.search(wrong, line))
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_program_says_one_word_for_one_thing(path: Path) -> None:
    assert faults(said(path)) == []


@pytest.mark.parametrize("path", MANUAL, ids=lambda path: path.name)
def test_the_manual_speaks_as_the_program_does(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert faults(iter(enumerate(lines, start=1))) == []


@pytest.mark.parametrize(
    "line",
    [
        "契約を追加",
        "責任者・従事者を新しく追加",
        "従事の登録",
        "PC・媒体の使用の一覧",
        "写しまたは控え",
        "今日",
    ],
)
def test_what_is_not_said_is_found(line: str) -> None:
    assert len(faults(iter([(1, line)]))) == 1


@pytest.mark.parametrize(
    "line", ["行を追加", "PC・媒体の使用を終える", "作業場所の使用を始める", "契約を登録", "きょう"]
)
def test_what_is_said_is_not(line: str) -> None:
    assert faults(iter([(1, line)])) == []
