"""dev.py: what it asks of the machine, what it runs, and when it sets up anew."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, failing: str = "\0") -> list[list[str]]:
    """Note every command instead of running it; those that hold ``failing`` fail."""
    seen: list[list[str]] = []

    def call(command: list[str | Path], _variables: object = None) -> int:
        seen.append([str(part) for part in command])
        return int(any(failing in part for part in seen[-1]))

    def quietly(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, call(command), "what went wrong\n")

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev, "quietly", quietly)
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "need_build_tools", lambda: seen.append(["dev", "build tools"]))
    return seen


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_an_old_python_is_named_before_anything_is_done(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = calls(dev, monkeypatch)
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["check"]) == 2
    assert "needs Python 3.11 to 3.14; this is 3.9.2" in capsys.readouterr().err
    assert seen == []


def test_its_syntax_is_read_by_a_python_that_is_too_old_to_run_it() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["--help"]])
def test_without_a_command_it_lists_them(
    dev: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == (0 if arguments == ["--help"] else 2)
    printed = capsys.readouterr()
    assert all(word in printed.out + printed.err for word in ("demo", "run", "test", "check", "bench"))


def test_check_runs_every_step_and_the_tests_last(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(["check"]) == 0
    words = [" ".join(command[1:]) for command in seen]
    assert words[0] == "build tools"
    assert "ruff format --check" in words[1]
    assert "ruff check" in words[2]
    assert words[3].endswith("mypy")
    assert "lint-imports" in seen[4][0]
    assert "pytest" in words[5]
    frozen = [word for word in words if "frozen_smoke.py" in word]
    assert frozen == (words[6:] if sys.platform.startswith("linux") else [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an input method of Linux")
def test_what_typing_japanese_takes_is_brought_before_it_is_used(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = calls(dev, monkeypatch)
    monkeypatch.setattr(dev, "missing_for_ime", lambda: ["ibus-mozc"])
    monkeypatch.setattr(dev, "install_debian_packages", lambda packages, _why: seen.append(packages))
    assert dev.main(["test", "ime", "-k", "days"]) == 0
    assert seen[0] == ["ibus-mozc"]
    assert [Path(seen[1][1]).name, *seen[1][2:]] == ["try_ime.py", "-k", "days"]


def test_japanese_is_typed_on_linux_alone(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = calls(dev, monkeypatch)
    monkeypatch.setattr(dev.sys, "platform", "win32")
    assert dev.main(["test", "ime"]) == 1
    assert "CHECKLIST.md" in capsys.readouterr().err
    assert not seen


def test_what_typing_japanese_takes_is_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.touch()
    monkeypatch.setattr(dev, "QT_SCREEN_LIBRARIES", {"no-such-library.so.9": "libnone9"})
    monkeypatch.setattr(dev, "IME_PARTS", {str(there): "here", str(tmp_path / "gone"): "ibus-mozc"})
    assert dev.missing_for_ime() == ["ibus-mozc", "libnone9"]


def test_a_program_is_not_frozen_for_a_check_that_failed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = calls(dev, monkeypatch, failing="pytest")
    assert dev.main(["check"]) == 1
    assert not any("frozen_smoke.py" in word for command in seen for word in command)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="frozen for trial on Linux alone")
def test_a_frozen_program_that_fails_fails_the_check(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls(dev, monkeypatch, failing="frozen_smoke.py")
    assert dev.main(["check"]) == 1
    printed = capsys.readouterr()
    assert "what went wrong" in printed.out
    assert "failed: frozen program" in printed.err


@pytest.mark.parametrize(
    ("arguments", "script"),
    [
        (["package", "windows", "--unsigned"], ["package.py", "windows", "--unsigned"]),
        (["package", "linux"], ["package.py", "linux"]),
        (["test", "windows", "cli", "--built"], ["try_windows.py", "cli", "--built"]),
    ],
)
def test_what_freezes_is_brought_before_it_is_used(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], script: list[str]
) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(arguments) == 0
    assert [command[1] for command in seen[:-1]] == ["build tools"]
    assert [Path(seen[-1][1]).name, *seen[-1][2:]] == script


def test_what_freezes_is_installed_once_for_each_lock(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "build.lock"
    lock.write_text("1\n", encoding="utf-8")
    done: list[str] = []
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "BUILD_LOCK", lock)
    monkeypatch.setattr(dev, "must", lambda _what, command: done.append(" ".join(map(str, command))))
    dev.need_build_tools()
    dev.need_build_tools()
    (only,) = done
    assert "--no-deps --require-hashes --only-binary :all: -r" in only
    lock.write_text("2\n", encoding="utf-8")
    dev.need_build_tools()
    assert len(done) == 2


def test_peers_are_installed_beside_the_program_and_for_printing_alone(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = calls(dev, monkeypatch)
    monkeypatch.setattr(dev, "PEERS", tmp_path)
    monkeypatch.setattr(dev, "need_libraries", lambda _who, _needed: None)
    assert dev.main(["bench", "qr"]) == 0
    assert [Path(command[1]).name for command in seen] == ["bench_qr.py"]
    for _ in range(2):
        assert dev.main(["bench", "printing", "--quick"]) == 0
    made, installed, *measured = seen[1:]
    assert made[1:] == ["-m", "venv", "--clear", str(tmp_path)]
    assert Path(installed[0]).is_relative_to(tmp_path)
    assert "--no-deps --require-hashes --only-binary :all: -r" in " ".join(installed)
    assert [[Path(command[1]).name, *command[2:]] for command in measured] == [
        ["bench_printing.py", "--quick"]
    ] * 2


def test_printing_is_measured_without_the_peers_that_cannot_be_had(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = calls(dev, monkeypatch, failing="peers.lock")
    monkeypatch.setattr(dev, "PEERS", tmp_path)
    assert dev.main(["bench", "printing"]) == 0
    assert Path(seen[-1][1]).name == "bench_printing.py"
    told = capsys.readouterr().err
    assert "installing the peers failed" in told
    assert "measuring without" in told


def test_the_program_knows_no_peer() -> None:
    peers = re.findall(r"^([\w-]+)==", (ROOT / "packaging/bench/presses/peers.lock").read_text("utf-8"), re.M)
    locks = [(ROOT / name).read_text("utf-8") for name in ("requirements.lock", "packaging/build.lock")]
    for name in ("fpdf2", "typst", "weasyprint"):
        assert name in peers
        assert not any(re.search(rf"^{name}==", lock, re.M) for lock in locks)
        assert name not in map(plain, declared())


def test_the_types_of_all_that_is_written_here_are_checked_alike() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"]
    assert set(settings["files"]) == {"app", "forms", "resources", "tests", "packaging", "dev.py"}
    assert all(set(one) == {"module", "ignore_missing_imports"} for one in settings["overrides"])


def test_check_stops_before_the_tests_and_names_what_failed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = calls(dev, monkeypatch, failing="mypy")
    assert dev.main(["check"]) == 1
    assert not any("pytest" in command for command in seen)
    printed = capsys.readouterr()
    assert "what went wrong" in printed.out
    assert "failed: types" in printed.err


def test_the_demo_opens_the_window_only_where_there_is_a_display(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = calls(dev, monkeypatch)
    monkeypatch.setattr(dev, "has_display", lambda: False)
    assert dev.main(["demo", str(tmp_path)]) == 0
    sheet = str(dev.HERE / "packaging" / "contact_sheet.py")
    assert [command[1:] for command in seen] == [["demo", str(tmp_path)], [sheet, str(tmp_path)]]
    monkeypatch.setattr(dev, "has_display", lambda: True)
    assert dev.main(["demo", str(tmp_path)]) == 0
    assert seen[-1][1:] == [
        "--ledger",
        str(tmp_path / "demo.jutaku"),
        "--passphrase-file",
        str(tmp_path / "passphrase.txt"),
    ]


def test_a_demo_that_fails_opens_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = calls(dev, monkeypatch, failing="demo")
    monkeypatch.setattr(dev, "has_display", lambda: True)
    assert dev.main(["demo"]) == 1
    assert len(seen) == 1


def test_run_hands_its_arguments_to_the_program(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(["run", "duties", "--json"]) == 0
    assert seen[0][1:] == ["duties", "--json"]
    assert Path(seen[0][0]).stem == "jutaku"


def test_faults_are_a_module_of_the_tests(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(["faults", "sweep", "--points", "3"]) == 0
    assert seen[0][1:] == ["-m", "tests.faults", "sweep", "--points", "3"]


def test_its_own_messages_leave_the_output_to_the_program(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "sound", lambda: False)
    for quiet in ("need_venv_module", "need_qt_libraries", "must"):
        monkeypatch.setattr(dev, quiet, lambda *_: None)
    monkeypatch.setattr(dev, "PROGRAM", Path(sys.executable))
    assert dev.main(["run", "-c", "print('{}')"]) == 0
    printed = capfd.readouterr()
    assert printed.out.splitlines() == ["{}"]
    assert "[dev] making .venv" in printed.err
    assert "[dev] set-up done" in printed.err


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["ledger"], ["tests/ledger", "-q", "-n"]),
        (["duties", "forms"], ["tests/duties", "tests/forms", "-q", "-n"]),
        (["ledger", "-x", "-k", "forms"], ["tests/ledger", "-x", "-k", "forms"]),
        (["-k", "ledger"], ["-k", "ledger"]),
        (["tests/test_dev.py::test_nothing", "-x"], ["tests/test_dev.py::test_nothing", "-x"]),
        ([], ["-q", "-n"]),
    ],
)
def test_rooms_are_tested_by_name_and_the_rest_is_for_pytest(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], wanted: list[str]
) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(["test", *arguments]) == 0
    assert seen[0][1:3] == ["-m", "pytest"]
    assert seen[0][3 : 3 + len(wanted)] == wanted


def test_the_tests_write_into_memory_only_where_there_is_enough_of_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    free = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(dev.shutil, "disk_usage", lambda place: free if place == tmp_path else 1 / 0)
    assert [dev.memory_for(size, tmp_path) for size in (999, 1000, 1001)] == [tmp_path, tmp_path, None]
    monkeypatch.setattr(dev.os, "access", lambda _place, _how: False)
    assert dev.memory_for(1000, tmp_path) is None


def test_without_memory_to_write_into_the_tests_write_to_the_disk(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert dev.memory_for(0, tmp_path / "none") is None
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    monkeypatch.setattr(dev, "memory_for", lambda _size: None)
    assert "PYTEST_DEBUG_TEMPROOT" not in dev.tests_environment()
    monkeypatch.setattr(dev, "memory_for", lambda _size: tmp_path)
    assert dev.tests_environment()["PYTEST_DEBUG_TEMPROOT"] == str(tmp_path)
    monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", "elsewhere")
    assert dev.tests_environment()["PYTEST_DEBUG_TEMPROOT"] == "elsewhere"


def test_who_wants_no_bytecode_among_the_sources_has_it_beside_the_packages(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker, and every program that a test starts, compiled all sources anew."""
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    assert "PYTHONPYCACHEPREFIX" not in dev.tests_environment()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in dev.tests_environment()
    assert Path(dev.tests_environment()["PYTHONPYCACHEPREFIX"]).parent == dev.VENV
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")
    assert dev.tests_environment()["PYTHONPYCACHEPREFIX"] == "elsewhere"


def test_a_room_that_is_none_is_named_with_those_there_are(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = calls(dev, monkeypatch)
    assert dev.main(["test", "lodger"]) == 1
    assert (
        "no room lodger; it has annexes, archives, building, cli, counting, duties" in capsys.readouterr().err
    )
    assert seen == []


@pytest.mark.parametrize("arguments", [["bench"], ["bench", "stop"], ["check", "x"], ["demo", "a", "b"]])
def test_wrong_arguments_are_explained(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert calls(dev, monkeypatch) == []
    assert dev.main(arguments) == 1
    assert "usage: python3 dev.py" in capsys.readouterr().err


def test_set_up_is_repeated_only_when_the_lock_or_the_metadata_change(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("1\n", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    done: list[list[str]] = []
    monkeypatch.setattr(dev, "HERE", tmp_path)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(dev, "sound", lambda: True)
    monkeypatch.setattr(dev, "need_venv_module", lambda: None)
    monkeypatch.setattr(dev, "need_qt_libraries", lambda: None)
    monkeypatch.setattr(dev, "must", lambda _what, command: done.append([*map(str, command)]))
    dev.set_up()
    dev.set_up()
    packages, program = done
    assert "--require-hashes --only-binary :all: -r" in " ".join(packages)
    assert "--no-deps --no-build-isolation" in " ".join(program)
    (tmp_path / "requirements.lock").write_text("2\n", encoding="utf-8")
    dev.set_up()
    assert len(done) == 4


def test_missing_libraries_are_installed_by_root_and_named_to_others(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    command = "apt-get install -y --no-install-recommends libegl1"
    with pytest.raises(dev.StopError, match=re.escape(command)):
        dev.need_qt_libraries()
    ran: list[list[str]] = []
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev, "must", lambda _what, command: ran.append(command))
    dev.need_qt_libraries()
    assert " ".join(ran[-1]) == command
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.StopError, match="libegl1"):
        dev.need_qt_libraries()


def declared() -> list[str]:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return re.findall(r'^    "([A-Za-z0-9_.-]+(?:\[[a-z]+\])?)[<>=]', project, re.M)


def plain(name: str) -> str:
    """The name of a distribution in the one spelling that all its spellings share."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_by(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = [
        [name.name for name in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for node in tree
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    return {name.partition(".")[0] for found in names for name in found}


def test_whatever_is_imported_is_declared() -> None:
    files = [path for room in ("app", "forms", "resources") for path in (ROOT / room).rglob("*.py")]
    parts = packages_distributions()
    own = {*sys.stdlib_module_names, "app", "forms", "resources"}
    foreign = {name for path in files for name in imported_by(path)} - own
    named = {plain(Requirement(text).name) for text in declared()}
    # A package may belong to several distributions; one of them is enough.
    missing = {name for name in foreign if not set(map(plain, parts.get(name, [name]))) & named}
    assert {"PIL", "PySide6", "sqlite_utils"} <= foreign
    assert missing == set()


def test_every_installed_part_has_its_notice() -> None:
    notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8").lower()
    named = re.sub(r"[-_.]+", "-", notices)
    wanted = declared()
    assert "reportlab" in wanted
    missing = sorted(name for name in runtime_parts(wanted) if name not in named)
    assert missing == []


def runtime_parts(wanted: list[str]) -> set[str]:
    found: set[str] = set()
    waiting = [Requirement(text) for text in wanted]
    while waiting:
        requirement = waiting.pop()
        name = plain(requirement.name)
        if name in found:
            continue
        try:
            parts = distribution(requirement.name)
        except PackageNotFoundError:
            continue
        found.add(name)
        for text in parts.requires or []:
            needed = Requirement(text)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(needed)
    return found
