"""Where it is hard for the installed program: it says so in one sentence, and nothing is half-written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

from freezing.project import ran

from trial.person import WINDOW, Person, Wrong, expect, until

SHARE = PureWindowsPath("\\\\fileserver\\総務課\\台帳.jutaku")
LATER = 99
"""The format of a ledger of times to come."""
LONGEST = 259
"""Characters of a path, as Windows takes them by default."""


@dataclass(frozen=True)
class Hard:
    """What makes it hard for the program of ``person``, whose sample ledger is in ``papers``."""

    person: Person
    papers: PureWindowsPath
    refused: Callable[[str], None]
    """Raises ``Wrong`` unless installing and uninstalling are refused; the text says because of what."""

    def steps(self) -> dict[str, Callable[[], None]]:
        """Each step by what it shows."""
        return {
            "installing and uninstalling are refused while the notice stands by the clock": self.notice,
            "a ledger of a later version is left as it is, by command and window": self.later_version,
            "a ledger is not made on a share": self.share,
            "a ledger in OneDrive is warned of": self.cloud,
            "a path of 300 characters is told, one of 259 is written": self.long_path,
        }

    def notice(self) -> None:
        settings = self.person.here(self.person.home) / "AppData/Local/jutaku-daicho/settings.json"
        before = settings.read_text(encoding="utf-8")
        settings.write_text(json.dumps({**json.loads(before), "notice": True}), encoding="utf-8")
        try:
            with self.person.running(self.person.installed / WINDOW, "--tray"):
                lock = settings.with_name("tray.lock")
                if until(lambda: lock.exists() or None) is None:
                    raise Wrong("the notice does not come up")
                self.person.picture("notice")
                self.refused("the notice")
                # It follows the setting, and ends where it is no longer chosen.
                settings.write_text(before, encoding="utf-8")
                if until(lambda: (not lock.exists()) or None) is None:
                    raise Wrong("the notice does not end when it is no longer chosen")
        finally:
            settings.write_text(before, encoding="utf-8")

    def later_version(self) -> None:
        place = self.papers / "新しい版"
        folder = self.person.here(place)
        folder.mkdir()
        for path in self.person.here(self.papers).glob("demo.*"):
            if path.is_file():
                shutil.copy(path, folder)
        passphrase = self.papers / "passphrase.txt"
        of_the_future(
            folder / "demo.jutaku", self.person.here(passphrase).read_text(encoding="utf-8").strip()
        )
        before = digests(folder)
        opened = ("--ledger", str(place / "demo.jutaku"), "--passphrase-file", str(passphrase))
        self._told(1, "新しい版の受託台帳で作られています", *opened, "records")
        with self.person.running(self.person.installed / WINDOW, *opened):
            self.person.window(WINDOW)
            self.person.picture("window-later-version")
            self.person.close(WINDOW)
        expect(digests(folder) == before, "the ledger of a later version was touched")

    def share(self) -> None:
        with self._no_new_file():
            self._told(1, "ネットワーク上のフォルダには置けません", *self._new(SHARE))

    def cloud(self) -> None:
        place = self.person.home / "OneDrive" / "受託台帳"
        self.person.here(place).mkdir(parents=True)
        self._told(0, "OneDriveと同期されています", *self._new(place / "台帳.jutaku"))

    def long_path(self) -> None:
        folder = self.papers
        while len(str(folder)) < LONGEST - 70:
            folder /= "深い フォルダ" * 4
        fits, beyond = (folder / self._filling(folder, length) for length in (LONGEST, 300))
        self.person.here(folder).mkdir(parents=True)
        with self._no_new_file():
            self._told(1, "長すぎます", *self._opened(), "calendar", "--ics", str(beyond))
        self._told(0, "", *self._opened(), "calendar", "--ics", str(fits))
        expect(self.person.here(fits).is_file(), "a path of 259 characters was not written")

    # What they share

    def _filling(self, folder: PureWindowsPath, length: int) -> str:
        """A file name that brings the path to so many characters."""
        return "期" * (length - len(str(folder)) - 1 - 4) + ".ics"

    def _opened(self) -> Sequence[str]:
        return (
            "--ledger",
            str(self.papers / "demo.jutaku"),
            "--passphrase-file",
            str(self.papers / "passphrase.txt"),
        )

    def _new(self, path: PureWindowsPath) -> Sequence[str]:
        sheet = str(self.papers / f"回復 {path.parent.name}.pdf")
        return (
            "new",
            str(path),
            "--passphrase-file",
            str(self.papers / "passphrase.txt"),
            "--recovery",
            sheet,
        )

    def _told(self, code: int, sentence: str, *arguments: str) -> None:
        """Raise ``Wrong`` unless the command line ends so, and where it fails with this one line."""
        done, text = self.person.jutaku(arguments)
        if done != code or sentence not in text or (code and len(text.strip().splitlines()) != 1):
            raise Wrong(f"exit code {done} instead of {code}, and it says:\n{text}")

    @contextmanager
    def _no_new_file(self) -> Iterator[None]:
        """Raise ``Wrong`` if anything is written among the papers meanwhile."""
        before = digests(self.person.here(self.papers))
        yield
        after = digests(self.person.here(self.papers))
        expect(before == after, f"written in vain: {sorted(after.keys() ^ before.keys())}")


def of_the_future(ledger: Path, passphrase: str) -> None:
    """Make ``ledger`` one of a format that does not exist yet."""
    from app.ledger.access import opening
    from app.ledger.file import driver

    with closing(driver.connect(ledger, opening.unlock(ledger, passphrase))) as connection:
        connection.execute(f"PRAGMA user_version={LATER}")


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below ``folder``, by its path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


class NotHereError(Exception):
    """A step cannot be taken on this machine; the text says why."""


@contextmanager
def small_disk(person: Person, megabytes: int, over: Path | None = None) -> Iterator[PureWindowsPath]:
    """A disk of so many MiB; ``over``: the folder that it takes the place of, with its content.

    Raises ``NotHereError`` where disks cannot be mounted.
    """
    place = over or person.laboratory.drive / "small"
    place.mkdir(exist_ok=True)
    with TemporaryDirectory() as kept:
        shutil.copytree(place, kept, dirs_exist_ok=True)
        if ran(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place]).code:
            raise NotHereError("a small disk is mounted by root alone")
        try:
            shutil.copytree(kept, place, dirs_exist_ok=True)
            yield PureWindowsPath(person.laboratory.windows_path(place))
        finally:
            if ran(["umount", place]).code:
                ran(["umount", "--lazy", place])
