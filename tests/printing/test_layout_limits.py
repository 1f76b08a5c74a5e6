"""When characters overlap and when ink stands outside the margins: the point at which the proof speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing import blocks as b
from app.printing.flow import Piece
from app.printing.proof import layout
from app.printing.proof.layout import Ink
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render
from app.printing.setting import Setter
from app.printing.type.fonts import fonts
from app.printing.type.lines import break_text

Make = Callable[..., b.Document]


@pytest.mark.parametrize(("wide", "shared"), [(0.9, 0.0), (1.0, 0.0), (1.1, 11.0)])
def test_ink_is_shared_where_it_overlaps_by_more_than_a_point(wide: float, shared: float) -> None:
    ink = Ink(0, 0, 10, 10)
    for other in (Ink(10 - wide, 0, 20, 10), Ink(0, 10 - wide, 10, 20)):
        assert ink.shared(other) == pytest.approx(shared)
        assert other.shared(ink) == pytest.approx(shared)


def test_what_stands_apart_in_both_ways_shares_nothing() -> None:
    assert Ink(0, 0, 10, 10).shared(Ink(20, 20, 30, 30)) == 0.0


def outside(document: Make, monkeypatch: pytest.MonkeyPatch, right: float, down: float) -> bool:
    """Whether the proof finds ink outside the margins where a character is drawn so far off its place."""
    usual = Setter.pieces
    (line,) = break_text(fonts().body, "口", 9e9)

    def also(setter: Setter, blocks: object) -> list[Piece]:
        drawn = Piece(20, lambda pen, x, top: pen.line(line, x + right, top + down, 10))
        return [drawn, *usual(setter, blocks)]  # type: ignore[arg-type]  # as the setter is asked

    monkeypatch.setattr(Setter, "pieces", also)
    made = document(b.Text("本文"))
    try:
        proof_read(render(made), made)
    except ProofError as error:
        return "outside the margins" in {finding.kind for finding in error.findings}
    return False


@pytest.mark.parametrize(
    ("right", "down"),
    [(-15.0, 0.0), (480.0, 0.0), (0.0, -15.0), (0.0, 760.0)],
    ids=["to the left", "to the right", "above", "below"],
)
def test_ink_beyond_any_of_the_four_margins_is_found(
    document: Make, monkeypatch: pytest.MonkeyPatch, right: float, down: float
) -> None:
    assert outside(document, monkeypatch, right, down)


def test_ink_in_its_place_is_not(document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not outside(document, monkeypatch, 0.0, 0.0)


_PLACE = st.integers(0, 40).map(lambda number: number / 2)
_BOX = st.tuples(_PLACE, _PLACE, st.integers(0, 12), st.integers(0, 12))


@given(st.lists(_BOX, max_size=12), st.lists(st.tuples(_PLACE, _PLACE, st.integers(0, 20)), max_size=8))
def test_what_is_looked_up_is_what_every_character_held_against_every_rule_gives(
    boxes: list[tuple[float, float, int, int]], drawn: list[tuple[float, float, int]]
) -> None:
    inks = [layout.Ink(left, low, left + wide, low + high) for left, low, wide, high in boxes]
    rules = [(x, low, low + high) for x, low, high in drawn]
    crossed = sum(
        any(
            ink.left + layout._RULE_SLACK < x < ink.right - layout._RULE_SLACK
            and ink.bottom < high
            and ink.top > low
            for x, low, high in rules
        )
        for ink in inks
    )
    over = sum(
        one.shared(other) > layout._COVERED * min(one.area, other.area)
        for number, one in enumerate(inks)
        for other in inks[:number]
    )
    assert layout._crossings(inks, rules) == crossed
    assert layout._overlaps(inks) == over
