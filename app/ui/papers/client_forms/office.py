"""A client's file made into a PDF by LibreOffice, where this machine has it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment, QStandardPaths

from app.common import Cancelled, PeopleError, Progress
from app.exchange.filling.filler import Filled
from app.ui.system.copies_outside import put_outside, remove_copy

_NAMES = ("soffice", "libreoffice")
_PLACES = ("LibreOffice/program", "LibreOffice 5/program")
_PATIENCE = 120_000
"""Milliseconds that one file may take; the first start of LibreOffice takes a while."""
_SLICE = 100
"""Milliseconds between two looks at whether the PDF is still wanted."""
_REFUSED = (
    "LibreOfficeで印刷用のPDFを作成できませんでした。ファイルを保存し、WordかExcelで開いて印刷してください。"
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""Formulas are worked out anew: a sum of before the filling would be printed. Nothing is fetched or run."""


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice on this machine; ``settings``: the folder of the person's own in which it may work."""

    program: Path
    settings: Path

    @classmethod
    def found(cls, settings: Path) -> Office | None:
        """The program, None where this machine has none."""
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)") if sys.platform == "win32" else ()
        roots = [os.environ[one] for one in variables if os.environ.get(one)]
        folders = [str(Path(root) / place) for root in roots for place in _PLACES]
        for name in _NAMES:
            for at in (QStandardPaths.findExecutable(name), QStandardPaths.findExecutable(name, folders)):
                if at:
                    return cls(Path(at), settings)
        return None

    def printed(self, filled: Filled, progress: Progress) -> bytes:
        """A filled file as it prints; empty where LibreOffice makes nothing of it. Raises ``Cancelled``."""
        with suppress(PeopleError):
            return self.pdf_of(filled.data, filled.suffix, progress)
        return b""

    def pdf_of(self, data: bytes, suffix: str, progress: Progress) -> bytes:
        """The file as LibreOffice would print it. Raises ``PeopleError`` where it makes none, ``Cancelled``.

        It gets a profile of its own: it neither waits for a window that is open nor runs what somebody has
        installed there. File, profile and what it puts aside are removed, at the latest by the next start.
        Called in the worker.
        """
        try:
            source = put_outside(self.settings, f"paper{suffix}", data)
        except OSError as error:
            raise PeopleError(_REFUSED) from error
        try:
            profile = source.parent / "profile"
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
            self._run(source, profile, progress)
            return source.with_suffix(".pdf").read_bytes()
        except OSError as error:
            raise PeopleError(_REFUSED) from error
        finally:
            remove_copy(source)

    def _run(self, source: Path, profile: Path, progress: Progress) -> None:
        process = QProcess()
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.setProcessEnvironment(_beside(source.parent))
        if sys.platform != "win32":
            process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        told = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(source.parent))
        process.start(str(self.program), [f"-env:UserInstallation={profile.as_uri()}", *told, str(source)])
        for _slice in range(_PATIENCE // _SLICE):
            # Of a process that has ended already, to wait for its end is refused.
            if process.waitForFinished(_SLICE) or process.state() == QProcess.ProcessState.NotRunning:
                return
            if progress.stopped:
                _end(process)
                raise Cancelled
        _end(process)
        raise PeopleError(_REFUSED)


def _beside(folder: Path) -> QProcessEnvironment:
    """What the program puts aside is personal data too: it lies with the file, and goes with it."""
    made = QProcessEnvironment.systemEnvironment()
    for name in ("TMPDIR", "TEMP", "TMP"):
        made.insert(name, str(folder))
    return made


def _end(process: QProcess) -> None:
    """End the program with all that it started: what lives on would hold the file."""
    number = process.processId()
    if sys.platform == "win32":
        QProcess.execute("taskkill", ["/T", "/F", "/PID", str(number)])
    elif number:
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
    process.kill()
    process.waitForFinished()
