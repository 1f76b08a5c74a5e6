"""A person at the laboratory's Windows: installs, starts, looks, closes."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any, TypeVar

from freezing.project import ROOT
from PIL import ImageGrab
from windows.interpreter import Interpreter
from windows.laboratory import Laboratory, Outcome, reading

DESK = ROOT / "packaging" / "trial" / "desk.py"
WINDOW, CONSOLE = "jutaku-window.exe", "jutaku.exe"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\jutaku-daicho"
T = TypeVar("T")
PATIENCE = 600
"""Seconds for what takes a few on a free machine."""


class Wrong(Exception):
    """Something did not come out as it must; the text says what."""


@dataclass
class Person:
    """Hands and eyes in the laboratory."""

    laboratory: Laboratory
    interpreter: Interpreter
    pictures: Path | None = None
    """Where pictures of the screen are kept, if they are."""

    @property
    def home(self) -> PureWindowsPath:
        """The person's own folder."""
        (place,) = (
            path for path in (self.laboratory.drive / "users").iterdir() if path.name not in {"Public"}
        )
        return PureWindowsPath("C:\\users", place.name)

    @property
    def installed(self) -> PureWindowsPath:
        """Where the installer puts the program."""
        return self.home / "AppData" / "Local" / "Programs" / "jutaku-daicho"

    def here(self, path: PureWindowsPath) -> Path:
        """Where this machine sees the file."""
        return self.laboratory.path(str(path))

    def run(self, program: PureWindowsPath | Path, *arguments: str, **variables: str) -> Outcome:
        """Run a program to its end."""
        return self.laboratory.run([str(program), *arguments], seconds=PATIENCE * 3, variables=variables)

    def jutaku(self, arguments: Sequence[str]) -> tuple[int, str]:
        """Run the installed command line."""
        done = self.run(self.installed / CONSOLE, *arguments)
        return done.code, done.text

    def at_desk(self, *words: str, **variables: str) -> Any:
        """Have something done at the desk. Raises ``Wrong`` with what it says instead of an answer."""
        script = self.laboratory.windows_path(DESK)
        done = self.run(self.interpreter.program, script, *words, **variables)
        if done.code or not done.text:
            raise Wrong(f"{' '.join(words)}:\n{done.text}")
        return json.loads(done.text.splitlines()[-1])

    def windows(self, program: str) -> list[dict[str, Any]]:
        """The windows of a program that are seen now; of any where it is empty."""
        return [
            one
            for one in self.at_desk("shown")
            if one["title"] and (not program or one["program"].lower() == program.lower())
        ]

    def window(self, program: str, title: str = "") -> dict[str, Any]:
        """The window of ``program`` whose title holds ``title``, once it is there.

        Raises ``Wrong`` if it does not come.
        """
        seen: list[dict[str, Any]] = []

        def look() -> dict[str, Any] | None:
            seen[:] = self.windows(program)
            return next((one for one in seen if title in one["title"]), None)

        found = until(look)
        if found is None:
            raise Wrong(f"{program} shows no window {title}; it shows {[one['title'] for one in seen]}")
        return found

    def close(self, program: str) -> None:
        """Close every window of a program and wait until it is gone. Raises ``Wrong`` if it stays."""
        for one in self.windows(program):
            self.at_desk("close", str(one["window"]))
        if until(lambda: not self.windows(program) or None) is None:
            raise Wrong(f"{program} does not end when its window is closed")

    def picture(self, name: str) -> None:
        """Keep a picture of the screen."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            time.sleep(2)  # what is being painted
            ImageGrab.grab(xdisplay=self.laboratory.display).save(self.pictures / f"{name}.png")

    @contextmanager
    def running(
        self, program: PureWindowsPath | Path, *arguments: str, **variables: str
    ) -> Iterator[list[str]]:
        """Have a program run meanwhile, ended afterwards if it is still there; yields what it writes."""
        process = self.laboratory.start([str(program), *arguments], variables=variables)
        lines, reader = reading(process)
        try:
            yield lines
        finally:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            reader.join(1)


def until(look: Callable[[], T | None], seconds: float = PATIENCE) -> T | None:
    """The first answer of ``look`` that is not None; None where there is none in time."""
    end = time.monotonic() + seconds
    while (answer := look()) is None and time.monotonic() < end:
        time.sleep(1)
    return answer


def expect(held: bool, otherwise: str) -> None:
    """Raise ``Wrong`` saying ``otherwise`` unless something holds."""
    if not held:
        raise Wrong(otherwise)
