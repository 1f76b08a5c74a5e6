"""What a schema said of an object is only remembered where it says the same of what is like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf.pdfa import Flavour
from pikepdf.pdfa._schemas import SchemaSet

from app.printing.proof import remembering
from app.printing.proof.archive import FLAVOUR
from app.printing.proof.remembering import Remembering


class Asked:
    """A schema that finds each object wrong that holds one of these, and counts how often it is asked."""

    def __init__(self, *wrong: object) -> None:
        self.times = 0
        self._wrong = wrong

    def iter_errors(self, held: Any, /) -> Iterator[str]:
        """One error for each."""
        self.times += 1
        return (str(value) for value in held.values() if value in self._wrong)


def test_of_the_same_object_it_is_asked_once() -> None:
    asked = Asked()
    remembered = Remembering(asked)
    for _ in range(3):
        assert list(remembered.iter_errors({"/Title": "u:誓約書"})) == []
    assert asked.times == 1


def test_pages_that_refer_to_other_objects_are_alike() -> None:
    asked = Asked()
    remembered = Remembering(asked)
    for number in (7, 12, 9000):
        page = {"/Parent": "2 0 R", "/Contents": f"{number} 0 R", "/Also": f"{number} 0 R"}
        assert list(remembered.iter_errors(page)) == []
    assert asked.times == 1


@pytest.mark.parametrize(
    "other",
    [
        {"/Parent": "2 0 R", "/Contents": "2 0 R"},  # twice the same where there were two
        {"/Parent": "2 0 R", "/Contents": "u:3 0 R"},  # a text that reads like a reference
        {"/Parent": "2 0 R", "/Contents": 'u:"3 0 R"'},
        {"/Parent": "2 0 R", "/Contents": True},
        {"/Parent": "2 0 R", "/Content": "3 0 R"},
        {"/Parent": "2 0 R"},
    ],
)
def test_what_differs_in_anything_else_is_asked_of_anew(other: dict[str, object]) -> None:
    asked = Asked()
    remembered = Remembering(asked)
    list(remembered.iter_errors({"/Parent": "2 0 R", "/Contents": "3 0 R"}))
    list(remembered.iter_errors(other))
    assert asked.times == 2


def test_one_and_one_point_naught_and_true_are_three() -> None:
    remembered = Remembering(Asked(1.5))
    for value in (1, 1.0, True):
        list(remembered.iter_errors({"/V": value}))
    assert len(remembered._sound) == 3


def test_what_is_wrong_is_said_each_time() -> None:
    asked = Asked("u:x")
    remembered = Remembering(asked)
    for _ in range(2):
        assert list(remembered.iter_errors({"/JS": "u:x"})) == ["u:x"]
    assert asked.times == 2


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "_MOST", 3)
    remembered = Remembering(Asked())
    for number in range(10):
        list(remembered.iter_errors({"/Title": f"u:{number}"}))
        assert len(remembered._sound) <= 3


def test_no_name_is_kept() -> None:
    remembered = Remembering(Asked())
    list(remembered.iter_errors({"/Title": "u:渡邉"}))
    (kept,) = remembered._sound
    assert len(kept) == 32
    assert "渡邉".encode() not in kept


_VALUES = st.sampled_from(
    ["/Page", "/Pages", "/Font", "/TrueType", "u:題名", "3 0 R", "9 0 R", 0, 1, -1, 2.5, True, None]
)
_KEYS = st.sampled_from(["/Type", "/Subtype", "/Parent", "/Title", "/Dest", "/Next", "/JS", "/Count", "/S"])
_OBJECTS = st.dictionaries(_KEYS, _VALUES | st.lists(_VALUES, max_size=4), max_size=6)
_ROLES = ("Page", "OutlineItem", "Font", "Catalog", "Action")


@given(st.sampled_from(_ROLES), st.lists(_OBJECTS, min_size=2, max_size=5))
def test_the_rules_of_the_archive_say_of_each_what_they_say_of_it_alone(
    role: str, objects: list[dict[str, object]]
) -> None:
    schema = SchemaSet(Flavour(FLAVOUR))._validator(role)
    remembered = Remembering(schema)
    for held in (*objects, *objects):
        alone = [error.message for error in schema.iter_errors(held)]
        assert [error.message for error in remembered.iter_errors(held)] == alone
