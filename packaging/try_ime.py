"""``dev.py test ime``: real keys through a Japanese input method (ibus and Mozc) on a display of its own.

Mozc composes for an ordinary user alone: root hands the work down to one. Everything started here carries the
session's folder in its environment and ends with it. What else is on the command line goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
"""The user without rights, on Debian as on every other Linux."""
PATIENCE = 30.0
"""Seconds within which a part of the session has to be there."""
MOZC = """\
engines { name: "mozc-jp" longname: "Mozc" layout: "default" rank: 80 }
active_on_launch: True
"""
"""Mozc that composes from the first key; read when the engine starts."""
DAEMON = ["ibus-daemon", "-xr", "--panel", "disable", "--emoji-extension", "disable"]
TESTS = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-n0", "tests/ui/ime"]
FOLDER, PICTURES = "JUTAKU_IME", "JUTAKU_IME_PICTURES"
"""In the environment: the folder of the session, and where pictures go. The tests run where there is one."""


class SessionError(Exception):
    """A part of the session did not come up; the text names it."""


def main(arguments: list[str]) -> int:
    """Run the tests in a session made for them. Returns pytest's exit code, 1 if there is no session."""
    try:
        if FOLDER in os.environ:
            return _test(arguments)
        parser = argparse.ArgumentParser(prog="dev.py test ime", description=__doc__)
        parser.add_argument("--pictures", type=Path, metavar="DIR", help="keep pictures of the screen in DIR")
        wanted, options = parser.parse_known_args(arguments)
        if wanted.pictures:
            wanted.pictures.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            return _hand_down(wanted.pictures, arguments)
        with _session(wanted.pictures) as variables:
            return _run("dbus-run-session", "--", sys.executable, __file__, *options, variables=variables)
    except SessionError as error:
        print(f"[ime] {error}", file=sys.stderr)
        return 1


def _hand_down(pictures: Path | None, arguments: list[str]) -> int:
    """Once more, as the user without rights: one that may read everything, so root's Python runs for it."""
    if pictures:
        os.chown(pictures, NOBODY, NOBODY)
    user = ["--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    reads = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    return _run("setpriv", *user, *reads, sys.executable, __file__, *arguments)


@contextmanager
def _session(pictures: Path | None) -> Iterator[dict[str, str]]:
    """A display with a window manager, a home in which Mozc has learnt nothing. Yields the environment."""
    with ExitStack() as stack:
        folder = tempfile.TemporaryDirectory(prefix="ime-", ignore_cleanup_errors=True)
        home = Path(stack.enter_context(folder))
        stack.callback(_end, home)
        variables = _environment(home)
        if pictures:
            variables[PICTURES] = str(pictures.resolve())
        variables["DISPLAY"] = _display(variables)
        _start(["openbox"], variables)
        yield variables


def _environment(home: Path) -> dict[str, str]:
    """All that the session is told by: nothing of the caller's own display, bus or input method."""
    config, run = home / ".config", home / "run"
    (config / "mozc").mkdir(parents=True)
    (config / "mozc" / "ibus_config.textproto").write_text(MOZC, encoding="utf-8")
    run.mkdir(mode=0o700)
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("XDG_", "DBUS_", "QT_", "WAYLAND_"))}
    places = {"HOME": home, "TMPDIR": home, "PYTEST_DEBUG_TEMPROOT": home, FOLDER: home}
    xdg = {"XDG_RUNTIME_DIR": run, "XDG_CONFIG_HOME": config}
    return {
        **kept,
        **{name: str(place) for name, place in {**places, **xdg}.items()},
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": "ibus",
        "XMODIFIERS": "@im=ibus",
        "LANG": "C.UTF-8",
    }


def _display(variables: dict[str, str]) -> str:
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="ascii") as told:
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x900x24", "-nolisten", "tcp"]
        _start(server, variables, pass_fds=(writing,))
        os.close(writing)
        number = told.readline().strip()
    if not number:
        raise SessionError("Xvfb shows no display")
    return f":{number}"


def _test(options: list[str]) -> int:
    """On the bus of the session: the input method, then the tests."""
    _start(DAEMON, dict(os.environ))
    _wait("ibus with Mozc", _composes)
    # After the daemon, which sets a layout of its own.
    _run("setxkbmap", "jp")
    return _run(*TESTS, *options)


def _composes() -> bool:
    """Whether the engine is chosen; the daemon takes a while before it can be."""
    _ask("ibus", "engine", "mozc-jp")
    return _ask("ibus", "engine") == "mozc-jp"


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8").stdout.strip()  # noqa: S603  # Debian's own, no shell


def _wait(what: str, there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise SessionError(f"{what} did not start within {PATIENCE:.0f} seconds")
        time.sleep(0.2)


def _start(command: list[str], variables: dict[str, str], pass_fds: tuple[int, ...] = ()) -> None:
    quiet = subprocess.DEVNULL
    subprocess.Popen(command, env=variables, stdin=quiet, stdout=quiet, stderr=quiet, pass_fds=pass_fds)  # noqa: S603  # Debian's own, no shell


def _run(*command: str, variables: dict[str, str] | None = None) -> int:
    return subprocess.run(command, env=variables, cwd=ROOT).returncode  # noqa: S603  # Debian's own and this script, no shell


def _end(home: Path) -> None:
    """End what was started for the session: Mozc's server leaves its parent, but not its environment."""
    mark = f"{FOLDER}={home}".encode()
    for each in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in each.read_bytes().split(b"\0"):
                os.kill(int(each.parent.name), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
