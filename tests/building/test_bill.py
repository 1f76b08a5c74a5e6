"""The bill of materials, and the licence text of every part."""

from __future__ import annotations

import json
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

pytest.importorskip("cyclonedx", reason="what freezes the program is not installed")

from freezing import sbom
from freezing.bundle import add_licences
from freezing.complete import TEXTS, without_text
from freezing.project import version

NAMES = ("lxml", "pyside6-essentials", "reportlab")
INSIDE = {"lxml": {"libxml2": "2.14.6"}, "python": {"CPython": "3.13.2"}}


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> dict[str, Distribution]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return {name: distribution(name) for name in NAMES}


def test_the_bill_names_every_part_and_what_is_inside(parts: dict[str, Distribution], tmp_path: Path) -> None:
    path = tmp_path / "bill.json"
    sbom.write(path, "windows-x64", parts, INSIDE)
    named = sbom.named(path)
    assert named.keys() == {*NAMES, "libxml2", "CPython"}
    assert named["lxml"] == parts["lxml"].version
    held = json.loads(path.read_text(encoding="utf-8"))
    assert (held["bomFormat"], held["specVersion"]) == ("CycloneDX", "1.6")
    assert held["metadata"]["component"]["version"] == version()


def test_two_bills_of_one_build_are_alike(parts: dict[str, Distribution], tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        sbom.write(tmp_path / name, "windows-x64", dict(reversed(parts.items())), INSIDE)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    sbom.write(tmp_path / "c.json", "linux-x86_64", parts, INSIDE)
    assert (tmp_path / "a.json").read_bytes() != (tmp_path / "c.json").read_bytes()


def test_a_part_without_its_licence_in_full_is_named(parts: dict[str, Distribution], tmp_path: Path) -> None:
    texts = tmp_path / TEXTS
    texts.mkdir(parents=True)
    for name in ("lxml", "reportlab", "LGPL-3.0"):
        (texts / f"{name}.txt").write_text("…", encoding="utf-8")
    assert without_text(tmp_path, parts) == ["pyside6-essentials"], "the LGPL adds to the GPL"
    (texts / "GPL-3.0.txt").write_text("…", encoding="utf-8")
    assert without_text(tmp_path, parts) == []


def test_the_texts_that_a_part_brings_are_taken_along(parts: dict[str, Distribution], tmp_path: Path) -> None:
    licence = tmp_path / "COPYING.txt"
    licence.write_text("of the freezer", encoding="utf-8")
    add_licences(tmp_path, parts, {"pyinstaller": licence})
    assert (tmp_path / "licenses" / "pyinstaller" / "COPYING.txt").is_file()
    for name in ("lxml", "reportlab"):
        found = [path for path in (tmp_path / "licenses" / name).rglob("*") if path.is_file()]
        assert all(path.stat().st_size > 100 for path in found)
        assert found
