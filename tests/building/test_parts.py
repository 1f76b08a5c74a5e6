"""Which parts of others are pinned, fetched and listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezing.parts import HERE, declared, needed, pins, windows
from freezing.project import ROOT, BuildError

LOCKS = (ROOT / "requirements.lock", ROOT / "packaging" / "build.lock")
LINUX = {**windows("3.13.2"), "sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_everything_is_pinned_to_one_version_and_to_hashes(lock: Path) -> None:
    found = pins(lock, windows("3.13.2"))
    assert len(found) > 10
    for pin in found:
        assert str(pin.requirement.specifier).startswith("==")
        assert all(one.startswith("--hash=sha256:") and len(one) == 78 for one in pin.hashes)


def test_markers_are_asked_for_the_machine_that_runs_the_program() -> None:
    lock = ROOT / "requirements.lock"
    there = {pin.name for pin in pins(lock, windows("3.13.2"))}
    assert {"pywin32-ctypes", "colorama"} <= there
    assert not there & {"jeepney", "secretstorage", "backports-tarfile"}
    assert {"jeepney", "secretstorage"} <= {pin.name for pin in pins(lock, LINUX)}
    older = {pin.name for pin in pins(lock, windows("3.11.9"))}
    assert "backports-tarfile" in older


def test_pip_is_handed_the_pin_without_its_marker() -> None:
    (pin,) = (pin for pin in pins(ROOT / "requirements.lock", windows("3.13.2")) if pin.name == "colorama")
    name, *hashes = pin.line().split()
    assert name.startswith("colorama==")
    assert hashes == list(pin.hashes)


def test_a_pin_without_a_hash_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("# a word\nattrs==26.1.0\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"some\.lock pins attrs==26\.1\.0 without a hash"):
        pins(lock, HERE)


def test_tools_and_parts_are_pinned_to_the_same_versions() -> None:
    first, second = (
        {pin.name: str(pin.requirement.specifier) for pin in pins(lock, windows("3.13.2"))} for lock in LOCKS
    )
    shared = first.keys() & second.keys()
    assert "packaging" in shared
    assert {name for name in shared if first[name] != second[name]} == set()


def test_what_the_program_needs_is_found_with_all_that_it_needs_in_turn() -> None:
    found = needed(declared(), HERE)
    assert {
        "pyside6-essentials",
        "shiboken6",
        "sqlcipher3",
        "lxml",
        "jsonschema",
        "referencing",
    } <= found.keys()
    assert not found.keys() & {"pytest", "hypothesis", "mypy", "ruff", "pyinstaller"}


def test_a_part_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="reportlab>=5 is needed and not installed"):
        needed(["reportlab>=5"], HERE, [tmp_path])
