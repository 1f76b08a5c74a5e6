#!/usr/bin/env python3
"""Set up this checkout and work on it: run ``python3 dev.py`` for the list of commands.

Needs nothing but Python 3.11 to 3.14. Everything else is installed into ``.venv`` inside the checkout,
in the exact versions and with the hashes of ``requirements.lock``.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

USAGE = """\
usage: python3 dev.py COMMAND [ARGUMENTS]

  demo [DIR]                 make a sample ledger with its documents in DIR (default: demo) and show it
  run [ARGUMENTS]            start the program; with arguments, its command line (try: run --help)
  test [ROOM ..] [OPTIONS]   the tests of rooms (folders of tests/: test duties forms) or, without one, all;
                             what follows goes to pytest (test ledger -x -k undo)
  test windows [ROOM ..]     the tests with Windows' own Python, then the installer and what it installs
  test ime [OPTIONS]         real keys through a Japanese input method (ibus, Mozc) on a display of its own;
                             --pictures DIR keeps what was seen
  check                      formatting, lint, types, import contracts, tests, a frozen program tried
  package windows|linux      installer and portable ZIP for Windows, or a bundle for Linux, into dist/
  annex-format               write the tables of resources/annexes/FORMAT.md from what is declared
  train-reader [--check]     learn the reader's second opinion from the paragraphs labelled for tuning
                             (--check: measure it with authors left out, write nothing)
  migration                  print what the next migration has to say for what is declared and not built
  format-sample              keep a ledger of today's format for the tests; before a new migration is begun
  faults [CAMPAIGN ..]       break the disk under the ledger at every call, cut the power, flip bits, tamper
                             with what is stored (--points N, --step K: a sample; see faults --help)
  bench binder|duties|exchange|ledger|memory|preview|printing|qr|reader|start|ui|
        understanding [..]
                             measure a binder, the duties, the ledger's file, the preview, printing beside
                             four others (--quick: a tenth), codes read from scans, annexes taken apart,
                             the time to the first paint, how long the window stands still, or how well the
                             duties of an unknown annex are understood (--kinds: each kind)
"""

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMP = VENV / "installed-from"
WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
PROGRAM = SCRIPTS / ("jutaku.exe" if WINDOWS else "jutaku")
BUILD_LOCK = HERE / "packaging" / "build.lock"
PEERS = HERE / ".venv-peers"
PEERS_LOCK = HERE / "packaging" / "bench" / "presses" / "peers.lock"
SMOKE: list[str | Path] = [PYTHON, HERE / "packaging" / "frozen_smoke.py"]
IME: list[str | Path] = [PYTHON, HERE / "packaging" / "try_ime.py"]

INSTALL = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
PIP: list[str | Path] = [PYTHON, *INSTALL]
LOCKED = ["--require-hashes", "--only-binary", ":all:", "-r"]

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt loads on Linux in any case, and the Debian package that brings it."""

QT_SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt loads besides to show a window on an X display."""

WEASYPRINT_LIBRARIES = {
    "libfontconfig.so.1": "libfontconfig1",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}
"""What WeasyPrint, a peer of our printing, loads on Linux, and the Debian package that brings it."""

IME_PARTS = {
    "/usr/bin/ibus-daemon": "ibus",
    "/usr/share/ibus/component/mozc.xml": "ibus-mozc",
    "/usr/lib/mozc/mozc_server": "mozc-server",
    "/usr/bin/dbus-run-session": "dbus",
    "/usr/bin/Xvfb": "xvfb",
    "/usr/bin/openbox": "openbox",
    "/usr/bin/xdotool": "xdotool",
    "/usr/bin/setxkbmap": "x11-xkb-utils",
}
"""What typing through a Japanese input method takes, where Debian puts it, and the package that brings it."""


TESTS_ROOM = 2 << 30
"""Bytes: several times what lies in the temporary folders of the tests at one time."""


class StopError(Exception):
    """Set-up or a step failed; the text says what to do."""


def say(line: str) -> None:
    """One line about this script's own doings; what it runs has the standard output to itself."""
    print(f"[dev] {line}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    if not (3, 11) <= sys.version_info[:2] < (3, 15):
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"dev.py needs Python 3.11 to 3.14; this is {found} ({sys.executable}).", file=sys.stderr)
        return 2
    commands = {
        "demo": demo,
        "run": run,
        "test": test,
        "check": check,
        "package": package,
        "annex-format": annex_format,
        "train-reader": train_reader,
        "migration": migration,
        "format-sample": format_sample,
        "faults": faults,
        "bench": bench,
    }
    if not arguments or arguments[0] not in commands:
        print(USAGE, end="", file=sys.stdout if arguments[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        set_up()
        return commands[arguments[0]](arguments[1:])
    except StopError as stop:
        print(f"[dev] {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# Commands


def demo(arguments: list[str]) -> int:
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
        raise StopError("usage: python3 dev.py demo [DIR]")
    folder = Path(arguments[0] if arguments else "demo").absolute()
    if failed := call([PROGRAM, "demo", folder]):
        return failed
    if failed := call([PYTHON, HERE / "packaging" / "contact_sheet.py", folder]):
        return failed
    if not has_display():
        return 0
    say("opening the window; close it to return")
    ledger: list[str | Path] = ["--ledger", folder / "demo.jutaku"]
    return call([PROGRAM, *ledger, "--passphrase-file", folder / "passphrase.txt"])


def run(arguments: list[str]) -> int:
    return call([PROGRAM, *arguments])


def test(arguments: list[str]) -> int:
    if arguments[:1] == ["windows"]:
        need_build_tools()
        return call([PYTHON, HERE / "packaging" / "try_windows.py", *arguments[1:]])
    if arguments[:1] == ["ime"]:
        need_ime()
        return call([*IME, *arguments[1:]])
    named = list(itertools.takewhile(lambda argument: not argument.startswith("-"), arguments))
    # Each worker has rooms of its own, and one that is done takes over from the others.
    several = ["-q", "-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]
    options = arguments[len(named) :] or several
    return call([PYTHON, "-m", "pytest", *map(room, named), *options], tests_environment())


def room(name: str) -> str:
    """Where the tests of a room lie; a path of a test stays as it is."""
    if (HERE / "tests" / name).is_dir():
        return f"tests/{name}"
    if (HERE / name.partition("::")[0]).exists():
        return name
    rooms = sorted(path.name for path in (HERE / "tests").iterdir() if any(path.glob("**/test_*.py")))
    raise StopError(f"tests/ has no room {name}; it has {', '.join(rooms)}")


def check(arguments: list[str]) -> int:
    if arguments:
        raise StopError("usage: python3 dev.py check")
    steps: dict[str, list[str | Path]] = {
        "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
        "types": [PYTHON, "-m", "mypy"],
        "import contracts": [SCRIPTS / ("lint-imports.exe" if WINDOWS else "lint-imports")],
    }
    need_build_tools()
    failed = [name for name, command in steps.items() if not passes(name, command)]
    if failed:
        raise StopError(f"failed: {', '.join(failed)}; the tests were not run")
    say("tests")
    if code := test([]):
        return code
    if not sys.platform.startswith("linux"):
        return 0
    if not passes("frozen program", SMOKE):
        raise StopError("failed: frozen program")
    return 0


def package(arguments: list[str]) -> int:
    need_build_tools()
    return call([PYTHON, HERE / "packaging" / "package.py", *arguments])


def annex_format(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        raise StopError("usage: python3 dev.py annex-format [--check]")
    return call([PYTHON, HERE / "packaging" / "annex_format.py", *arguments])


def train_reader(arguments: list[str]) -> int:
    return call([PYTHON, HERE / "packaging" / "train_reader.py", *arguments])


def migration(arguments: list[str]) -> int:
    if arguments:
        raise StopError("usage: python3 dev.py migration")
    return call([PYTHON, HERE / "packaging" / "migration_text.py"])


def format_sample(arguments: list[str]) -> int:
    if arguments:
        raise StopError("usage: python3 dev.py format-sample")
    return call([PYTHON, HERE / "packaging" / "format_sample.py"])


def faults(arguments: list[str]) -> int:
    return call([PYTHON, "-m", "tests.faults", *arguments], tests_environment())


def bench(arguments: list[str]) -> int:
    measures = {
        path.stem.removeprefix("bench_"): path for path in (HERE / "packaging" / "bench").glob("bench_*.py")
    }
    if not arguments or arguments[0] not in measures:
        raise StopError(f"usage: python3 dev.py bench {'|'.join(sorted(measures))} [ARGUMENTS]")
    if arguments[0] == "printing":
        have_peers()
    return call([PYTHON, measures[arguments[0]], *arguments[1:]])


def passes(name: str, command: list[str | Path]) -> bool:
    started = time.monotonic()
    done = quietly(command)
    say(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.1f} s)")
    if done.returncode:
        print(done.stdout, end="", flush=True)
    return done.returncode == 0


# Set-up


def set_up() -> None:
    """Bring ``.venv`` and Qt's system libraries to what the lock asks for; a no-op once done."""
    wanted = fingerprint()
    if sound() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    started = time.monotonic()
    need_venv_module()
    need_qt_libraries()
    if not sound():
        say(f"making .venv with Python {'.'.join(map(str, sys.version_info[:3]))}")
        base = getattr(sys, "_base_executable", sys.executable)
        must("making .venv", [base, "-m", "venv", "--clear", VENV])
    say("installing the locked packages (about 130 MB to download the first time)")
    must("installing", [*PIP, *LOCKED, HERE / "requirements.lock"])
    say("installing the program itself, editable")
    # Without this mode every start of Python pays 25 ms for an import hook, the program's included.
    plain_path = ["--config-settings", "editable_mode=compat"]
    must(
        "installing the program", [*PIP, "--no-deps", "--no-build-isolation", *plain_path, "--editable", HERE]
    )
    STAMP.write_text(wanted, encoding="utf-8")
    say(f"set-up done in {time.monotonic() - started:.0f} s")


def need_build_tools() -> None:
    """Bring what freezes the program, which nobody needs who only runs it; a no-op once done."""
    stamp = VENV / "tools-from"
    wanted = hashlib.sha256(BUILD_LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("installing what freezes the program")
    must("installing the build's tools", [*PIP, "--no-deps", *LOCKED, BUILD_LOCK])
    stamp.write_text(wanted, encoding="utf-8")


def have_peers() -> None:
    """Bring what printing is measured against, beside the program and never into it; a no-op once done.

    What cannot be had is said, and the measure does without.
    """
    try:
        need_peers()
        need_libraries("WeasyPrint", WEASYPRINT_LIBRARIES)
    except StopError as stop:
        say(f"{stop}\n[dev] measuring without what is missing")


def need_peers() -> None:
    stamp = PEERS / "installed-from"
    wanted = hashlib.sha256(PEERS_LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("installing what printing is measured against, in an environment of its own")
    base = getattr(sys, "_base_executable", sys.executable)
    must("making .venv-peers", [base, "-m", "venv", "--clear", PEERS])
    python = PEERS / PYTHON.relative_to(VENV)
    install: list[str | Path] = [python, *INSTALL, "--no-deps", *LOCKED, PEERS_LOCK]
    must("installing the peers", install)
    stamp.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """What the installation depends on: the lock, the project's own metadata, this Python, this place."""
    found = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform} {HERE}\n".encode())
    for name in ("requirements.lock", "pyproject.toml"):
        found.update((HERE / name).read_bytes())
    return found.hexdigest()


def sound() -> bool:
    """Whether ``.venv`` runs, lies where it was made, and was made by this minor version of Python."""
    if not PYTHON.exists():
        return False
    seen = "import pip, sys; print(*sys.version_info[:2]); print(sys.prefix)"
    try:
        done = quietly([PYTHON, "-c", seen])
    except OSError:
        return False
    version, _, prefix = done.stdout.strip().partition("\n")
    if done.returncode or version != "{} {}".format(*sys.version_info[:2]):
        return False
    return Path(prefix).resolve() == VENV.resolve()


def need_venv_module() -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        install_debian_packages(["python3-venv"], "Python's venv module is missing")
        importlib.invalidate_caches()


def need_qt_libraries() -> None:
    need_libraries("Qt", {**QT_LIBRARIES, **(QT_SCREEN_LIBRARIES if has_display() else {})})


def need_libraries(who: str, needed: dict[str, str]) -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = {name: package for name, package in needed.items() if not loads(name)}
    if missing:
        install_debian_packages(sorted(set(missing.values())), f"{who} needs {', '.join(missing)}")


def missing_for_ime() -> list[str]:
    """The packages that typing through an input method of Linux still needs, sorted."""
    libraries = {name: package for name, package in QT_SCREEN_LIBRARIES.items() if not loads(name)}
    parts = {name: package for name, package in IME_PARTS.items() if not Path(name).exists()}
    return sorted({*libraries.values(), *parts.values()})


def need_ime() -> None:
    if not sys.platform.startswith("linux"):
        raise StopError("test ime needs Linux; on Windows a person goes by packaging/windows/CHECKLIST.md")
    if missing := missing_for_ime():
        install_debian_packages(missing, "A Japanese input method needs more")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_debian_packages(packages: list[str], why: str) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("apt-get"):
        raise StopError(
            f"{why}. On Debian the packages are {' '.join(packages)}: install what matches them here."
        )
    if not as_root:
        raise StopError(f"{why}. Run this, then try again:\n  sudo {' '.join(command)}")
    say(f"{why}: installing {' '.join(packages)}")
    must("apt-get update", ["apt-get", "update", "-qq"])
    must("apt-get install", command)


def has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    linux = sys.platform.startswith("linux")
    return not linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# Processes


def environment() -> dict[str, str]:
    found = {**os.environ, "PYTHONUTF8": "1", "DEBIAN_FRONTEND": "noninteractive"}
    if not has_display():
        found.setdefault("QT_QPA_PLATFORM", "offscreen")
    return found


def tests_environment() -> dict[str, str]:
    found = {**environment(), "QT_QPA_PLATFORM": "windows" if WINDOWS else "offscreen"}
    if quick := memory_for(TESTS_ROOM):
        # What pytest makes its temporary folders in, unless the caller says otherwise.
        found.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick))
    # Where no bytecode is kept, each worker and each program that a test starts compiles every source anew.
    if found.pop("PYTHONDONTWRITEBYTECODE", ""):
        found.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))
    return found


def memory_for(size: int, place: Path = Path("/dev/shm")) -> Path | None:  # noqa: S108  # pytest makes a private folder in it
    """Where files lie in memory, if ``size`` bytes are free there: a disk is waited for at every commit."""
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return None
    return place if free >= size and os.access(place, os.W_OK | os.X_OK) else None


def call(command: list[str | Path], variables: dict[str, str] | None = None) -> int:
    """Run a command with its output shown as it comes: the program where the caller is, tools here."""
    where = None if command[0] == PROGRAM else HERE
    return subprocess.run(list(map(str, command)), env=variables or environment(), cwd=where).returncode  # noqa: S603  # our own tools, no shell


def quietly(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own tools, no shell
        list(map(str, command)),
        env=environment(),
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def must(what: str, command: list[str | Path] | list[str]) -> None:
    done = quietly(list(command))
    if done.returncode:
        raise StopError(f"{what} failed (exit code {done.returncode}):\n{done.stdout}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
