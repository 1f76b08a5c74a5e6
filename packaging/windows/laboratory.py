"""The laboratory: a Japanese Windows under wine, in which Windows programs are built and tried.

It holds three stand-ins for libraries that wine 8 lacks (``shims``). They lie in its system folder alone
and must never reach the users: ``leaked`` looks for them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from freezing.project import BuildError, ran, say

from windows.debian import LOCALE, NAMES

SHIMS = Path(__file__).resolve().parent / "shims"
COMPILER = "x86_64-w64-mingw32-gcc"
WINE = "wine"
SCREEN = "1366x768x24"
_OVERRIDES = (
    "mscoree,mshtml,winedbg.exe,winemenubuilder.exe=;"
    + ",".join(sorted(source.stem for source in SHIMS.glob("*.c")))
    + "=n,b"
)
_REPLACED = r"HKCU\Software\Wine\Fonts\Replacements"
_FAMILIES = ("MS UI Gothic", "MS PGothic", "MS Shell Dlg", "MS Shell Dlg 2", "Tahoma")
"""What Windows' own dialogs are set in; the program brings fonts of its own."""
_LAST_WORDS = 5.0
"""Seconds to wait for output after a program has ended."""
_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")


@dataclass(frozen=True)
class Outcome:
    """How a Windows program ended, and what it wrote on both of its streams."""

    code: int
    text: str


@dataclass(frozen=True)
class Laboratory:
    """One prefix of wine on a screen of its own."""

    prefix: Path
    display: str
    user: str = ""
    """The person's name in that Windows; empty: the name of whoever runs this."""

    @property
    def drive(self) -> Path:
        """``C:`` as this machine sees it."""
        return self.prefix / "drive_c"

    def environment(self, variables: Mapping[str, str] | None = None) -> dict[str, str]:
        """Of a process in this laboratory. ``QT_*`` does not pass wine by its own name, ``WINEQT_*`` does."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))
        }
        return {
            **kept,
            # Else its Documents and Desktop are those of whoever builds.
            "HOME": str(self.prefix / "home"),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES,
            "WINEQT_QPA_PLATFORM": "windows",
            "LANG": LOCALE,
            "LC_ALL": LOCALE,
            "DISPLAY": self.display,
            "XAUTHORITY": "",
            **self._name(),
            **(variables or {}),
        }

    def _name(self) -> dict[str, str]:
        """Have wine, which asks this machine for the person's name, be told another one."""
        if not self.user:
            return {}
        people, groups = self.prefix / "home" / "passwd", self.prefix / "home" / "group"
        return {
            "LD_PRELOAD": str(NAMES),
            "NSS_WRAPPER_PASSWD": str(people),
            "NSS_WRAPPER_GROUP": str(groups),
        }

    def enter(self) -> None:
        """Make the person's folder outside the prefix's own drive, and enter the name there."""
        home = self.prefix / "home"
        home.mkdir(parents=True, exist_ok=True)
        if self.user:
            ids = f"{os.getuid()}:{os.getgid()}"
            (home / "passwd").write_text(f"{self.user}:x:{ids}::{home}:/bin/sh\n", encoding="utf-8")
            (home / "group").write_text(f"people:x:{os.getgid()}:\n", encoding="utf-8")

    def start(
        self,
        command: Sequence[str | Path],
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a Windows program. Its output must be a pipe: with a plain file its Python cannot start."""
        return subprocess.Popen(  # noqa: S603  # our own program, no shell
            [WINE, *map(str, command)],
            cwd=folder,
            env=self.environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(
        self,
        command: Sequence[str | Path],
        folder: Path | None = None,
        each: Callable[[str], None] | None = None,
        seconds: float = 3600,
        variables: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Run a Windows program to its end; ``each`` is handed every line as it comes.

        Raises ``BuildError`` where it has not ended after ``seconds``.
        """
        process = self.start(command, folder, variables)
        lines, reader = reading(process, each)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise BuildError(f"{Path(str(command[0])).name} did not end in {seconds:.0f} seconds") from None
        # What a program has started, wine's own desktop for one, may hold its pipe much longer.
        reader.join(_LAST_WORDS)
        return Outcome(code, "\n".join(lines))

    def windows_path(self, path: Path) -> str:
        """What Windows programs call a path of this machine."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path.absolute()).replace("/", "\\")

    def path(self, windows_path: str) -> Path:
        """The path on this machine of what Windows programs call so."""
        root = self.drive if windows_path.startswith("C:") else Path("/")
        return root / windows_path[3:].replace("\\", "/")


def reading(
    process: subprocess.Popen[bytes], each: Callable[[str], None] | None = None
) -> tuple[list[str], threading.Thread]:
    """Read what a program writes from now on: the lines so far, and the thread that adds to them."""
    lines: list[str] = []

    def read() -> None:
        for raw in process.stdout or ():
            lines.append(read_text(raw).rstrip("\r\n"))
            if each:
                each(lines[-1])

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    return lines, reader


def read_text(raw: bytes) -> str:
    """What a Windows program wrote: UTF-8 where it is that, else code page 932 as in Japan."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp932", "replace")


@contextmanager
def laboratory(prefix: Path, user: str = "") -> Iterator[Laboratory]:
    """Open the laboratory with this prefix, made if it is not there, and end all that runs in it afterwards.

    ``user``: the person's name in a Windows that is made now. Raises ``BuildError`` while another process
    has it open: its end would end ours.
    """
    # Told to end, this process still ends what it started: a screen and a Windows would go on for ever.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with _alone(prefix), _screen() as display:
        held = Laboratory(prefix, display, user)
        environment = held.environment()
        held.enter()
        _quietly(["wineserver", "-p"], environment)
        try:
            # The services of a Windows start with its first program, and hold its pipe as long as they live.
            _quietly(["wine", "wineboot", "-i"], environment)
            if not (prefix / "ready").is_file():
                _make(held, environment)
            yield held
        finally:
            _quietly(["wineserver", "-k"], environment)
            _quietly(["wineserver", "-w"], environment)


@contextmanager
def _alone(prefix: Path) -> Iterator[None]:
    prefix.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(prefix.with_name(f"{prefix.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildError(f"another build or trial runs in {prefix}: wait until it has ended") from None
    try:
        yield
    finally:
        lock.release()


def _make(held: Laboratory, environment: Mapping[str, str]) -> None:
    say("making a Windows under wine")
    _quietly(["wine", "winecfg", "-v", "win10"], environment)
    system = held.drive / "windows" / "system32"
    if not system.is_dir():
        raise BuildError(f"wine made no Windows in {held.prefix}")
    for source in sorted(SHIMS.glob("*.c")):
        made = system / f"{source.stem}.dll"
        made.unlink(missing_ok=True)
        command = [COMPILER, "-shared", "-O2", "-s", "-o", str(made), str(source), "-ladvapi32"]
        done = ran(command)
        if done.code:
            raise BuildError(f"{source.name} could not be compiled:\n{done.text}")
    for family in _FAMILIES:
        _quietly(["wine", "reg", "add", _REPLACED, "/v", family, "/d", "VL PGothic", "/f"], environment)
    (held.prefix / "ready").touch()


@contextmanager
def _screen() -> Iterator[str]:
    """A screen that nobody sees, as large as the usual notebook's."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, pass_fds=[writing], stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603  # Debian's own, no shell
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise BuildError("Xvfb could not make a screen")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def _quietly(command: Sequence[str], environment: Mapping[str, str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603  # wine's own, no shell


def leaked(folder: Path) -> list[Path]:
    """Files of the laboratory or of wine itself in a bundle, below ``folder``: there must be none."""
    names = {f"{source.stem}.dll" for source in SHIMS.glob("*.c")}
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and (path.name.lower() in names or _of_wine(path))
    )


def _of_wine(path: Path) -> bool:
    """Whether the file is one of wine's own libraries, which say so in the header for DOS."""
    with path.open("rb") as file:
        head = file.read(128)
    return head.startswith(b"MZ") and any(mark in head for mark in _MARKS)
