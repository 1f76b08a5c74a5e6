"""A client's file made into a PDF by LibreOffice, where this machine has it."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths

from app.common import PeopleError
from app.exchange.filling.filler import Filled

_NAMES = ("soffice", "libreoffice")
_PLACES = ("LibreOffice/program", "LibreOffice 5/program")
_PATIENCE = 120_000
"""Milliseconds that one file may take; the first start of LibreOffice takes a while."""
_REFUSED = (
    "LibreOfficeで印刷用のPDFを作成できませんでした。ファイルを保存し、WordかExcelで開いて印刷してください。"
)


def libreoffice() -> Path | None:
    """The program, None where this machine has none."""
    variables = ("PROGRAMFILES", "PROGRAMFILES(X86)") if sys.platform == "win32" else ()
    roots = [os.environ[one] for one in variables if os.environ.get(one)]
    folders = [str(Path(root) / place) for root in roots for place in _PLACES]
    for name in _NAMES:
        for found in (QStandardPaths.findExecutable(name), QStandardPaths.findExecutable(name, folders)):
            if found:
                return Path(found)
    return None


def printed(filled: Filled) -> bytes:
    """A filled file as it prints; empty where there is no LibreOffice, or that makes nothing of it."""
    program = libreoffice()
    if program is None:
        return b""
    with suppress(PeopleError):
        return pdf_of(filled.data, filled.suffix, program)
    return b""


def pdf_of(data: bytes, suffix: str, program: Path) -> bytes:
    """The file as LibreOffice would print it. Raises ``PeopleError`` where it makes none.

    It gets a profile of its own: it neither waits for a window that is open nor runs what somebody has
    installed there. File and profile are removed. Called in the worker.
    """
    with tempfile.TemporaryDirectory(prefix="jutaku-", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        source = folder / f"paper{suffix}"
        source.write_bytes(data)
        process = QProcess()
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        profile = (folder / "profile").as_uri()
        told = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source))
        process.start(str(program), [f"-env:UserInstallation={profile}", *told])
        if not process.waitForFinished(_PATIENCE):
            process.kill()
            process.waitForFinished()
            raise PeopleError(_REFUSED)
        try:
            return (folder / "paper.pdf").read_bytes()
        except OSError as error:
            raise PeopleError(_REFUSED) from error
