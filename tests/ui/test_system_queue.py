"""Paper through a real print service: a CUPS of the test's own, whose queues hold their jobs.

Skipped where there is no CUPS (``apt install cups``); everything else of printing is tested without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.printing.blocks import Document, Sheet, Text, Title
from app.printing.pages import OpenPdf
from app.printing.render import render

_ROOT = Path(__file__).parents[2]
_CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not Path(_CUPSD).exists() or not shutil.which("lpadmin") or os.geteuid() != 0,
    reason="no CUPS that this test may start",
)

_CONF = """Listen {0}/sock
WebInterface No
Browsing No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """FileDevice Yes
ServerRoot {0}/etc
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/spool/tmp
ErrorLog {0}/error
AccessLog {0}/access
PageLog {0}/page
SystemGroup root
"""
_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*OpenUI *PageSize/Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
"""
_DUPLEX = """*OpenUI *Duplex/Sides: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/One: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""
_PRINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.common import PeopleError, Progress
from app.ui.papers.printing_port import Duplex, PrintOrder, QtPaper
app = QApplication([])
name, pdf, copies, first, last, duplex = sys.argv[1:]
print(" ".join(QtPaper().printers().names))
order = PrintOrder(name, int(copies), int(first), int(last), Duplex[duplex])
try:
    QtPaper().send(Path(pdf).read_bytes(), "2026-0001　誓約書", order, Progress())
except PeopleError as refused:
    print(refused)
"""


@dataclass
class Queues:
    """``Office`` prints on both sides, ``Plain`` on one; both hold what they are given."""

    folder: Path
    service: subprocess.Popen[bytes]

    @property
    def where(self) -> dict[str, str]:
        """The environment in which it is found."""
        found = {"CUPS_SERVER": str(self.folder / "sock"), "QT_QPA_PLATFORM": "offscreen"}
        return {**os.environ, **found, "PYTHONPATH": str(_ROOT)}

    def call(self, *command: str) -> str:
        """Run something against this CUPS; what it said."""
        done = subprocess.run(
            command, env=self.where, capture_output=True, timeout=60, check=True, encoding="utf-8"
        )
        return done.stdout

    def up(self) -> bool:
        """Whether it answers."""
        asked = subprocess.run(("lpstat", "-r"), env=self.where, capture_output=True, timeout=60)
        return b"is running" in asked.stdout

    def send(self, pdf: bytes, name: str, copies: int, first: int, last: int, duplex: str) -> str:
        """Print as the window does, in a process of its own: CUPS is asked for once in each."""
        path = self.folder / "paper.pdf"
        path.write_bytes(pdf)
        wanted = (name, str(path), str(copies), str(first), str(last), duplex)
        return self.call(sys.executable, "-c", _PRINT, *wanted)

    def jobs(self) -> list[tuple[bytes, bytes]]:
        """What the service keeps of each job when it ends: the order, and the file."""
        self.service.terminate()
        self.service.wait(20)
        spool = self.folder / "spool"
        return [
            (order.read_bytes(), (spool / f"d{order.name[1:]}-001").read_bytes())
            for order in sorted(spool.glob("c[0-9]*"))
        ]


@pytest.fixture
def queues(qtbot: QtBot) -> Iterator[Queues]:
    # Below the folder of a test the name of the socket would be too long for the system.
    with tempfile.TemporaryDirectory(prefix="q", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        for name in ("etc/ppd", "spool/tmp", "cache", "state"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_CONF.format(folder), encoding="utf-8")
        (folder / "files.conf").write_text(_FILES.format(folder), encoding="utf-8")
        (folder / "plain.ppd").write_text(_PPD, encoding="ascii")
        (folder / "office.ppd").write_text(_PPD + _DUPLEX, encoding="ascii")
        command = (_CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf"))
        service = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            made = Queues(folder, service)
            qtbot.waitUntil(made.up, timeout=20_000)
            for name in ("Office", "Plain"):
                ppd = str(folder / f"{name.lower()}.ppd")
                made.call("lpadmin", "-p", name, "-E", "-v", "file:/dev/null", "-P", ppd)
                made.call("cupsdisable", name)
            yield made
        finally:
            service.terminate()
            service.wait(20)


def oaths(pages: int) -> bytes:
    """Oaths of so many people, a page each."""
    sheets = tuple(
        Sheet((Title("誓約書"), Text(f"従事者 {n}")), f"誓約書（{n}）") for n in range(1, pages + 1)
    )
    return render(Document("誓約書", sheets, "2026-0001", "自社"))


def test_the_queue_gets_copies_range_and_sides_and_nobody_shares_a_sheet(queues: Queues) -> None:
    assert queues.send(oaths(4), "Office", 2, 2, 4, "LONG").split() == ["Office", "Plain"]
    ((order, file),) = queues.jobs()
    assert b"DuplexNoTumble" in order or b"two-sided-long-edge" in order
    assert b"copies" in order
    with OpenPdf(file) as opened:
        ink = [min(opened.grey(page, 0.5).data) < 200 for page in range(opened.page_count)]
    assert ink == [True, False, True, False, True, False]


def test_on_one_side_every_page_follows_the_other(queues: Queues) -> None:
    queues.send(oaths(3), "Plain", 1, 1, 0, "ONE")
    ((_order, file),) = queues.jobs()
    with OpenPdf(file) as opened:
        assert opened.page_count == 3
        assert all(min(opened.grey(page, 0.5).data) < 200 for page in range(3))


def test_a_printer_without_two_sides_says_so_and_gets_nothing(queues: Queues) -> None:
    said = queues.send(oaths(1), "Plain", 1, 1, 0, "LONG")
    assert "プリンター「Plain」では両面（長辺とじ）を使えません" in said
    assert queues.jobs() == []
