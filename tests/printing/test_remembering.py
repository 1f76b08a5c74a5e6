"""What a schema said of an object is only remembered where it says the same of what is like it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf.pdfa import Flavour
from pikepdf.pdfa._context import ValidationContext
from pikepdf.pdfa._fontprogram import TrueTypeProgram
from pikepdf.pdfa._fonts import FontInfo, GlyphRef
from pikepdf.pdfa._schemas import SchemaSet

from app.printing.proof import remembering
from app.printing.proof.archive import FLAVOUR
from app.printing.proof.remembering import Remembering, note_codes_once
from app.printing.type.fonts import BODY, RARE, load_face


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


def test_codes_and_outlines_are_asked_once_and_found_the_same() -> None:
    note_codes_once()
    context = ValidationContext.__new__(ValidationContext)
    font = FontInfo("of a test", kind="truetype", ok=True)
    shown = bytes([7, 1, 7, 7, 255, 1])
    assert sorted(font.decode_string(shown, context)) == [GlyphRef(1), GlyphRef(7), GlyphRef(255)]
    font.record(font.decode_string(shown, context), 0)
    font.record(font.decode_string(bytes([1]), context), 3)
    assert font.usage == {1: {0, 3}, 7: {0}, 255: {0}}
    assert FontInfo("denied", kind="truetype").decode_string(shown, context) == []
    double = FontInfo("of two bytes", kind="type0", ok=True)
    assert double.decode_string(bytes([0, 7, 0, 7]), context) == [GlyphRef(7, 7), GlyphRef(7, 7)]


def test_of_two_fonts_each_has_the_glyphs_of_its_own() -> None:
    note_codes_once()
    faces = [load_face(name).face for name in (BODY, RARE)]
    cut = [
        face.makeSubset([0, *sorted(face.charToGlyph)[5 : 5 + count]])
        for face, count in zip(faces, (3, 9), strict=True)
    ]
    few, more = map(TrueTypeProgram, cut)
    for _ in range(2):
        assert [few.has_gid(gid) for gid in (-1, 0, 3, 4, 9)] == [False, True, True, False, False]
        assert [more.has_gid(gid) for gid in (9, 10)] == [True, False]


def test_an_outline_that_cannot_be_read_is_no_glyph() -> None:
    note_codes_once()
    face = load_face(BODY).face
    program = bytearray(face.makeSubset([0, ord("髙")]))
    count, tables = struct.unpack_from(">H", program, 4)[0], {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _sum, start, size = struct.unpack_from(">4sLLL", program, at)
        tables[tag] = start, size
    start, _size = tables[b"glyf"]
    first = struct.unpack_from(">H", program, tables[b"loca"][0] + 2)[0] * 2
    struct.pack_into(">h", program, start + first, 20_000)  # contours that are not there
    assert not TrueTypeProgram(bytes(program)).has_gid(1)
