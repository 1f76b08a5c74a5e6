"""Who stands under whom: the places of a structure in the order of a tree, and what hangs in the air."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.catalogue import load
from app.duties.chart import in_tree, loose
from app.duties.checks import findings
from app.duties.view import ContractView
from app.records import Structure
from tests.support.world import DURING, World


def place(number: int, above: int | None, person: int | None = None) -> Structure:
    """The place with this number, held by the person of the same number unless another is given."""
    return Structure(
        id=number,
        contract=1,
        unit=f"第{number}課",
        part="実行",
        person=person or number,
        reports_to=above,
        starts_on=date(2026, 4, 1),
    )


def shape(held: list[Structure]) -> list[tuple[int, int | None]]:
    """The places by number, a head without a place as its person below 0, each with what it hangs from."""
    return [(node.place.id if node.place else -node.person, node.above) for node in in_tree(held)]


def test_a_place_stands_after_the_one_it_hangs_from_and_before_that_ones_neighbour() -> None:
    held = [place(1, None), place(2, 1), place(3, 1), place(4, 2), place(5, None)]
    assert shape(held) == [(1, None), (2, 0), (4, 1), (3, 0), (5, None)]
    assert loose(held) == ()


def test_who_holds_two_places_is_reported_to_in_the_first() -> None:
    held = [place(1, None), place(2, None, person=1), place(3, 1)]
    assert shape(held) == [(1, None), (3, 0), (2, None)]


def test_a_head_without_a_place_stands_above_those_who_report_to_it() -> None:
    assert shape([place(1, 9), place(2, 1), place(3, 9)]) == [(-9, None), (1, 0), (2, 1), (3, 0)]


@pytest.mark.parametrize(
    ("held", "hanging"),
    [
        ([place(1, 2), place(2, 1)], [1, 2]),
        ([place(1, 2), place(2, 1), place(3, 2), place(4, None)], [1, 2, 3]),
        ([place(1, None), place(2, 9)], []),
    ],
)
def test_a_circle_is_found_with_what_hangs_from_it(held: list[Structure], hanging: list[int]) -> None:
    assert [one.id for one in loose(held)] == hanging


@given(st.lists(st.integers(1, 12) | st.none(), max_size=12))
def test_every_place_is_in_the_tree_or_loose_and_none_twice(heads: list[int | None]) -> None:
    held = [place(number, above) for number, above in enumerate(heads, 1) if above != number]
    tree = in_tree(held)
    shown = [node.place.id for node in tree if node.place]
    assert sorted([*shown, *(one.id for one in loose(held))]) == sorted(one.id for one in held)
    for number, node in enumerate(tree):
        if node.above is not None:
            assert node.above < number
            assert node.place
            assert tree[node.above].person == node.place.reports_to


@pytest.mark.parametrize(("role", "told"), [("業務責任者", True), ("授受担当者", False), ("従事者", False)])
def test_who_holds_a_post_stands_in_the_chart_where_there_is_one(role: str, told: bool) -> None:
    world = World(load())
    world.clause("management-system", "before-start")
    world.worker("鈴木一郎", role)

    def seen() -> list[str]:
        view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
        return [one.text for one in findings(view) if one.check == "structure-apart"]

    assert seen() == [], "without any chart the duty itself says that it is wanting"
    world.structure(world.worker("佐藤花子"))
    assert seen() == ([f"{role}の鈴木一郎が、管理体制に登録されていません。"] if told else [])
