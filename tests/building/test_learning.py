"""What the reader's second opinion is taught: always the same, and a kind follows its words."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.signs import signs
from app.annexes.reading.understanding.prepared import Paragraph, prepare

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
TEXTS = {
    "copy-approval": ("資料を複写してはならない。", "名簿の複写は許可を得る。", "無断の複写を禁ずる。"),
    "training": ("従事者に研修を行う。", "研修を年一回行う。", "着手前に研修を受けさせる。"),
}


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    before = set(sys.modules)
    for room in ("bench", "learning"):
        monkeypatch.syspath_prepend(str(PACKAGING / room))
    yield importlib.import_module("learning")
    for name in {"learning", "taught", "labelled_paragraphs"} - before:
        sys.modules.pop(name, None)


def told(learning: ModuleType, authors: int = 3) -> list[object]:
    return [
        learning.Example(prepared, signs(prepared), frozenset({kind}), f"hand{at % authors}")
        for kind, texts in TEXTS.items()
        for at, text in enumerate(texts)
        for prepared in [prepare(Paragraph(text))]
    ]


def test_the_same_paragraphs_teach_the_same_and_a_kind_follows_its_words(learning: ModuleType) -> None:
    first, again = (learning.learn(told(learning)) for _ in range(2))
    assert (first.rows, first.out, first.bias) == (again.rows, again.out, again.bias)
    names = list(KINDS)
    for kind, other in (("copy-approval", "training"), ("training", "copy-approval")):
        found = signs(prepare(Paragraph(TEXTS[kind][0])))
        likely = dict(zip(names, first.likely(found), strict=True))
        assert likely[kind] > likely[other]


def test_what_fewer_than_three_hands_write_is_not_learned(learning: ModuleType) -> None:
    common = set(learning.common(told(learning)))
    assert common
    assert common < {sign for one in told(learning) for sort in one.signs.sorts for sign in sort}  # type: ignore[attr-defined]
    assert learning.common(told(learning, authors=2)) == []


def test_the_clients_own_duties_are_taught_as_none_of_the_vendors(learning: ModuleType) -> None:
    found = learning.of_clients()
    assert found
    assert all(one.told and not one.kinds for one in found)
