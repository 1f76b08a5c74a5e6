"""The installer and what it installs, tried as its users meet it: each step on what the one before left."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from freezing import smoke
from freezing.project import BuildError, say, version

from trial.hard import Hard, NotHereError, small_disk
from trial.person import CONSOLE, UNINSTALL, WINDOW, Person, Wrong, expect, until
from trial.report import Row
from trial.starts import Starts

RUNNING, NEWER, FAILED = 5, 6, 2
"""Exit codes of the installer where it is silent."""
LEAVING = "アンインストール"
"""What the windows of the uninstaller are called, which goes on from a copy of itself by another name."""


@dataclass
class Trial:
    """The steps in their order, with what they share."""

    person: Person
    setup: Path
    portable: Path
    packages: Path
    """What the program needs when it runs from its sources."""

    @property
    def papers(self) -> PureWindowsPath:
        """A folder whose name holds a character that ends in a backslash in code page 932."""
        return self.person.home / "Documents" / "書類 ソ表"

    @property
    def ledger(self) -> str:
        """The sample ledger."""
        return str(self.papers / "demo.jutaku")

    @property
    def passphrase(self) -> str:
        """The file with its passphrase."""
        return str(self.papers / "passphrase.txt")

    def steps(self) -> dict[str, Callable[[], str | None]]:
        """Each step by what it shows; what it gives back is told in its row."""
        return {
            "a full disk leaves nothing behind": self.full_disk,
            "a folder of more than 300 characters is refused": self.too_deep,
            "a person installs": self.install_by_hand,
            "installed: program, start menu, kind of file, entry among the apps": self.look_at_it,
            "every command of the smoke test, in a Japanese folder": self.smoke,
            "a new ledger in a Japanese folder, shown in the window": self.new_ledger,
            "its window is up as soon as from the sources": self.start,
            "a ledger opens by its kind of file": self.open_by_kind,
            "installing and uninstalling are refused while it runs": self.refused_while_running,
            **Hard(self.person, self.papers, self._refused).steps(),
            "a backup is restored over the ledger": self.restore,
            "a newer version over an older one keeps settings and ledgers": self.upgrade,
            "a full disk leaves the old version running": self.full_disk_again,
            "an older version is refused over a newer one": self.downgrade,
            "the portable ZIP runs where it is unpacked": self.run_portable,
            "a person uninstalls, and is told what is left and where": self.uninstall_by_hand,
            "uninstalled silently: the program goes, what is the person's stays": self.uninstall,
        }

    def run(self) -> Iterator[Row]:
        """Take the steps in turn; yields a row for each."""
        for name, step in self.steps().items():
            say(name)
            started = time.monotonic()
            row = Row(name)
            try:
                said = step()
            except NotHereError as why:
                row.skipped, row.notes = 1, [f"skipped: {why}"]
            except (Wrong, BuildError, OSError) as error:
                row.failed, row.notes = 1, [f"FAILED {error}"]
            else:
                row.passed, row.notes = 1, [said] if said else []
            row.seconds = time.monotonic() - started
            yield row

    # The steps

    def full_disk(self) -> None:
        with small_disk(self.person, 20) as disk:
            done = self.person.run(self.setup, "/S", f"/D={disk}")
            expect(done.code == FAILED, f"exit code {done.code} instead of {FAILED}")
            left = [path for path in self.person.here(disk).rglob("*") if path.is_file()]
            expect(not left, f"files are left: {left[:3]}")
            expect(self.person.at_desk("value", UNINSTALL, "DisplayName") is None, "it counts as installed")

    def too_deep(self) -> None:
        # No blank in it: what follows /D= is taken to the end of the line, quotation marks and all.
        place = PureWindowsPath("C:\\users\\Public", *["深いフォルダ" * 10] * 5)
        done = self.person.run(self.setup, "/S", f"/D={place}")
        expect(done.code == FAILED, f"exit code {done.code} instead of {FAILED}")
        expect(not self.person.here(place).exists(), "a folder is left")
        expect(self.person.at_desk("value", UNINSTALL, "DisplayName") is None, "it counts as installed")

    def install_by_hand(self) -> None:
        with self.person.running(self.setup):
            self._turn("installer-welcome")
            self._turn("installer-folder")
            if until(lambda: self._is_installed() or None) is None:
                raise Wrong("the installer did not come to its end")
            self._turn("installer-installed")
            self._turn("installer-end")
            # The last page starts the program, as it is ticked.
            self.person.window(WINDOW)
            self.person.picture("window-first-start")
            self.person.close(WINDOW)

    def look_at_it(self) -> None:
        person = self.person
        expect(self._is_installed(), f"{person.installed} holds no {WINDOW}")
        menu = person.here(person.home) / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/受託台帳.lnk"
        expect(menu.is_file(), "the start menu has no entry")
        command = person.at_desk("value", r"Software\Classes\JutakuDaicho.Ledger\shell\open\command", "")
        expect(command == f'"{person.installed / WINDOW}" --ledger "%1"', f"a ledger is opened by {command}")
        expect(
            person.at_desk("value", r"Software\Classes\.jutaku", "") == "JutakuDaicho.Ledger",
            "no kind of file",
        )
        expect(person.at_desk("value", UNINSTALL, "DisplayVersion") == version(), "no entry among the apps")

    def smoke(self) -> None:
        if faults := smoke.faults(self.papers, self.person.jutaku):
            raise Wrong("\n".join(faults))

    def new_ledger(self) -> None:
        place = self.papers / "新しい台帳.jutaku"
        options = ["--passphrase-file", self.passphrase, "--recovery", str(self.papers / "回復.pdf")]
        code, text = self.person.jutaku(["new", str(place), *options])
        expect(code == 0, text)
        shown = ("--ledger", str(place), "--passphrase-file", self.passphrase)
        with self.person.running(self.person.installed / WINDOW, *shown):
            self._shows(str(place))
            self.person.picture("window-new-ledger")
            self.person.close(WINDOW)

    def start(self) -> str:
        return Starts(self.person, self.papers, self.packages).compare()

    def open_by_kind(self) -> None:
        self.person.at_desk("register")
        self.person.at_desk("open", self.ledger, JUTAKU_PASSPHRASE_FILE=self.passphrase)
        self._shows(self.ledger)
        self.person.picture("window-demo-by-kind-of-file")
        self.person.close(WINDOW)

    def refused_while_running(self) -> None:
        with self.person.running(self.person.installed / WINDOW, "--ledger", self.ledger):
            self.person.window(WINDOW)
            self._refused("the window")
            self.person.close(WINDOW)
        expect(self._is_installed(), "the program is gone")

    def restore(self) -> None:
        copies = self.person.here(self.papers / "控え")
        (backup,) = copies.glob("*.jutaku")
        opened = ["--ledger", self.ledger, "--passphrase-file", self.passphrase]
        code, text = self.person.jutaku([*opened, "restore", str(self.papers / "控え" / backup.name)])
        expect(code == 0, text)
        code, text = self.person.jutaku([*opened, "verify"])
        expect(code == 0, text)

    def upgrade(self) -> None:
        before = self._belongings()
        stale = self.person.here(self.person.installed) / "_internal" / "of-an-older-version.pyd"
        stale.touch()
        self.person.at_desk("put", UNINSTALL, "DisplayVersion", "0.0.1")
        expect(self._silently(self.setup) == 0, "the installer failed")
        expect(
            self.person.at_desk("value", UNINSTALL, "DisplayVersion") == version(), "the old version counts"
        )
        expect(not stale.exists(), "a module of the older version is still there")
        expect(self._belongings() == before, "settings or ledgers changed")
        code, text = self.person.jutaku(["--help"])
        expect(code == 0, text)

    def full_disk_again(self) -> None:
        place = self.person.here(self.person.installed)
        size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) // 2**20
        with small_disk(self.person, size + 40, place):
            expect(self._silently(self.setup) == FAILED, "it does not say that it failed")
            code, text = self.person.jutaku(["--help"])
            expect(code == 0, text)
            expect(not (place / "arriving").exists(), "half of the new version is left")

    def downgrade(self) -> None:
        self.person.at_desk("put", UNINSTALL, "DisplayVersion", "99.0.0")
        done = self._silently(self.setup)
        self.person.at_desk("put", UNINSTALL, "DisplayVersion", version())
        expect(done == NEWER, f"exit code {done} instead of {NEWER}")

    def run_portable(self) -> None:
        target = self.person.home / "Desktop" / "持ち運び"
        with zipfile.ZipFile(self.portable) as packed:
            for member in packed.infolist():
                packed.extract(member, self.person.here(target))
        (folder,) = self.person.here(target).iterdir()
        done = self.person.run(target / folder.name / CONSOLE, "places")
        expect(done.code == 0, done.text)

    def uninstall_by_hand(self) -> None:
        before = self._belongings()
        with self.person.running(self.person.installed / "uninstall.exe"):
            for page in ("confirm", "done"):
                self._turn(f"uninstaller-{page}", LEAVING)
                if until(lambda: (not self._is_installed()) or None) is None:
                    raise Wrong("the uninstaller did not come to its end")
            last = self.person.window("", LEAVING)
            told = "\n".join(self.person.at_desk("texts", str(last["window"])))
            self._turn("uninstaller-last", LEAVING)
        for words in ("台帳", "バックアップ", "設定", "ほかの場所", str(self.person.home)):
            expect(words in told, f"the last page does not tell of {words}:\n{told}")
        self._nothing_left(before)

    def uninstall(self) -> None:
        expect(self._silently(self.setup) == 0, "the installer failed")
        before = self._belongings()
        expect(self._silently(self.person.installed / "uninstall.exe") == 0, "the uninstaller failed")
        self._nothing_left(before)

    # What they share

    def _nothing_left(self, before: dict[str, int]) -> None:
        """Raise ``Wrong`` unless the program goes, and what is the person's is as it was ``before``."""
        place = self.person.here(self.person.installed)
        # The uninstaller goes on from a copy of itself, or it could not delete its own file.
        if until(lambda: (not place.exists()) or None) is None:
            raise Wrong(f"{[path.name for path in place.iterdir()]} are still there")
        expect(self._belongings() == before, "settings or ledgers changed")
        for key, name in _KEYS:
            expect(self.person.at_desk("value", key, name) is None, f"{key} is still there")

    def _refused(self, because: str) -> None:
        """Raise ``Wrong`` unless installing and uninstalling are refused, as the program is running."""
        done = self._silently(self.setup)
        expect(done == RUNNING, f"{because}: the installer ends with {done} instead of {RUNNING}")
        # Told its place, an uninstaller does not go on from a copy, whose exit code nobody sees.
        place = self.person.installed
        done = self.person.at_desk("run", f'"{place / "uninstall.exe"}" /S _?={place}')
        expect(done == RUNNING, f"{because}: the uninstaller ends with {done} instead of {RUNNING}")

    def _turn(self, page: str, title: str = "セットアップ") -> None:
        """Press the button that leads on from a page of the installer, or of the uninstaller."""
        shown = self.person.window("", title)
        self.person.picture(page)
        self.person.at_desk("press", str(shown["window"]), "1")
        time.sleep(1)

    def _shows(self, ledger: str) -> None:
        """Raise ``Wrong`` unless the window comes with this ledger, which its title keeps to itself."""
        self.person.window(WINDOW)

        def told() -> bool | None:
            _code, text = self.person.jutaku(["places", "--json"])
            return json.loads(text)["ledger"] == ledger or None

        if until(told) is None:
            raise Wrong(f"the window does not show {ledger}")
        code, text = self.person.jutaku(["--ledger", ledger, "--passphrase-file", self.passphrase, "records"])
        expect(code == 1, f"nobody has {ledger} open: {text}")

    def _is_installed(self) -> bool:
        value = self.person.at_desk("value", UNINSTALL, "EstimatedSize")
        return value is not None and self.person.here(self.person.installed / WINDOW).is_file()

    def _silently(self, program: PureWindowsPath | Path) -> int:
        return self.person.run(program, "/S").code

    def _belongings(self) -> dict[str, int]:
        """What is the person's own, with its size: settings, ledgers, keys, backups, papers."""
        home = self.person.here(self.person.home)
        places = [home / "AppData/Local/jutaku-daicho", self.person.here(self.papers)]
        return {
            str(path): path.stat().st_size
            for place in places
            for path in sorted(place.rglob("*"))
            if path.is_file()
        }


_KEYS = (
    (UNINSTALL, "DisplayName"),
    (r"Software\Classes\.jutaku", ""),
    (r"Software\Classes\JutakuDaicho.Ledger", ""),
    (r"Software\jutaku-daicho", "InstallDir"),
)
"""What an installed program has in the registry."""
