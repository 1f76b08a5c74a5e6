"""Forms are found by what one is doing: each form and each kind of duty belongs to one group."""

from __future__ import annotations

import pytest

from app.annexes.kinds import KINDS
from app.duties.papers.claims import Cites, Claim, Each, Whole
from app.duties.papers.grouping import Group, group_of, group_of_kind, grouped
from forms import all_forms
from tests.support.papers import paper


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_duty_belongs_to_a_group(kind: str) -> None:
    assert group_of_kind(kind) in Group


@pytest.mark.parametrize(
    ("claims", "group"),
    [
        ((Each("oath"), Each("disposal")), Group.START),
        ((Cites("disposal"), Each("audit")), Group.ANSWER),
        ((Cites("return"), Cites("disposal")), Group.END),
        ((Cites("status-report"), Cites("audit")), Group.SEND),
        ((), Group.SEND),
    ],
)
def test_what_a_form_proves_decides_then_what_it_names(claims: tuple[Claim, ...], group: Group) -> None:
    assert group_of(paper("x", "試し", *claims)) is group


def test_every_form_stands_in_one_group_in_their_order() -> None:
    found = grouped(all_forms().values())
    names = [form.id for held in found.values() for form in held]
    assert sorted(names) == sorted(all_forms())
    assert list(found) == [group for group in Group if group in found]
    assert all(found.values())


def test_the_usual_form_of_a_kind_comes_before_the_others() -> None:
    usual, other = paper("b", "い", Whole("training")), paper("a", "ろ", Whole("training", rank=1))
    assert grouped([other, usual])[Group.START] == (usual, other)
