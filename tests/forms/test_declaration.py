"""A form that names what does not exist fails when it is imported, with its module and the name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from app.records import DeviceUse, Event, LocationUse, Person
from app.records.paths import Path as FieldPath
from forms import form_in

WORKING = """
    from app.duties.papers.claims import Each, Stage, Whole
    from app.records import Assignment, Device, DeviceUse, LocationUse, Person
    from app.records.spec import Record
    from forms.form import Form
    from forms.parts.about import About, lasting
    from forms.parts.cells import Cell, always, field
    from forms.parts.needs import Asked, need

    class Stranger(Record):
        pass

    def facts(paper):
        return {}

    def draw(statement):
        return ()

    FORM = Form(
        id="made_up".replace("_", "-"),
        title="試しの様式",
        proves=(Whole("equipment-register"),),
        about=lasting(DeviceUse),
        entry=(field(DeviceUse, "device.control_number"),),
        needs=(need(DeviceUse, "person.name"), Asked(DeviceUse, "status", lambda paper: ())),
        facts=facts,
        draw=draw,
    )
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("made_up", None)


def written(folder: Path, old: str = "", new: str = "") -> None:
    text = dedent(WORKING)
    assert old in text
    (folder / "made_up.py").write_text(text.replace(old, new) if old else text, encoding="utf-8")


def test_a_form_that_names_only_what_exists_is_read(folder: Path) -> None:
    written(folder)
    form = form_in("made_up")
    assert (form.kinds, form.calls) == (("equipment-register",), "管理番号")


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        (
            'field(DeviceUse, "device.control_number")',
            'field(DeviceUse, "device.control_nomber")',
            TypeError,
            "made_up: Device has no field 'control_nomber' (path 'device.control_nomber' from DeviceUse)",
        ),
        (
            '"person.name"',
            '"persom.name"',
            TypeError,
            "made_up: DeviceUse has no field 'persom' (path 'persom.name' from DeviceUse)",
        ),
        (
            '"person.name"',
            '"status.name"',
            TypeError,
            "made_up: DeviceUse.status names no other record (path 'status.name' from DeviceUse)",
        ),
        ('"status"', '"state"', TypeError, "made_up: DeviceUse has no field 'state'"),
        (
            "Asked(DeviceUse,",
            "Asked(Stranger,",
            TypeError,
            "made_up: Stranger is no record of the ledger",
        ),
        (
            'need(DeviceUse, "person.name")',
            'need(LocationUse, "location.name")',
            TypeError,
            "made_up: made-up is not about LocationUse (path 'location.name')",
        ),
        (
            'Whole("equipment-register")',
            'Whole("equipment-list")',
            ValueError,
            "made_up: made-up proves 'equipment-list', which is no kind of duty",
        ),
        (
            'Whole("equipment-register")',
            'Whole("equipment-register"), Each("oath")',
            ValueError,
            "made_up: made-up speaks both for the contract and for single records",
        ),
        (
            "about=lasting(DeviceUse)",
            'about=About(DeviceUse, lasting(DeviceUse).select, formerly="machine")',
            TypeError,
            "made_up: DeviceUse has no field 'machine'",
        ),
        ('id="made_up"', 'id="made_down"', ValueError, "made_up: its form is called 'made-down'"),
    ],
)
def test_what_does_not_exist_is_named_with_the_module(
    folder: Path, old: str, new: str, error: type[Exception], said: str
) -> None:
    written(folder, old, new)
    with pytest.raises(error) as caught:
        form_in("made_up")
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("start", "text", "label"),
    [
        (LocationUse, "location.area", "区域"),
        (DeviceUse, "device.storages", "記憶装置"),
        (Event, "method", "授受・搬送の方法"),
        (Person, "subcontractor.name", "名称"),
    ],
)
def test_the_label_of_a_path_is_the_one_that_the_field_declares(start: type, text: str, label: str) -> None:
    assert FieldPath(start, text).label == label
