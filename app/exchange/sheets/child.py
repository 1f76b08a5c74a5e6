"""What runs in the process of its own: it reads one file and tells what it finds in it.

It opens no ledger and no file. Whatever a foreign file makes a library do (ask for all memory, never end,
raise anything), it happens here, and the program that asked goes on.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import PurePath

from app.common import PeopleError
from app.exchange.sheets import AS_TEXT
from app.exchange.sheets.book import Sheet
from app.exchange.sheets.limits import MOST_MEMORY, MOST_SECONDS
from app.exchange.sheets.packing import Message, packed, send
from app.file_kinds import FileKind, kind_of

PASTED = "\0"
"""Stands in the place of a file's name for what was copied from a spreadsheet."""


def main() -> int:
    """Read the file that stands in the input behind its name; see ``apart`` for who asks."""
    _bounded()
    # The process ends when all is told, and until then nothing that it made is garbage.
    gc.disable()
    # The streams of ``sys`` are None in a program without a console, the pipes are there all the same.
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        name = given.readline().decode("utf-8").removesuffix("\n")
        data = given.read()
        try:
            for message in messages(name, data):
                send(out, message)
        except BrokenPipeError:
            return 1
    return 0


def messages(name: str, data: bytes) -> Iterator[Message]:
    """What there is to tell of a file: its sheets and ``end``, or in one sentence why it is not read."""
    try:
        told: list[str] = []
        for sheet in _sheets(name, data, told):
            yield from packed(sheet)
        yield ("end", tuple(told))
    except PeopleError as error:
        yield ("no", error.sentence)
    except MemoryError:
        yield ("large",)
    except ImportError:
        # The installation lacks something: that is no fault of the file, and must not be said of it.
        raise
    except Exception as error:  # what a library stumbles over in a foreign file is of no class of its own
        yield ("damaged", type(error).__name__)


def _sheets(name: str, data: bytes, told: list[str]) -> Iterator[Sheet]:
    from app.exchange.sheets import plain_text

    if name == PASTED:
        yield from plain_text.pasted(data.decode("utf-8", "replace")).sheets
        return
    if name.startswith(AS_TEXT):
        from app.exchange.sheets.documents import lines

        yield from lines.sheets(name.removeprefix(AS_TEXT), data, told)
        return
    kind = kind_of(data, name)
    if kind.is_book:
        from app.exchange.sheets.excel import workbook

        yield from workbook.sheets(data)
    elif kind is FileKind.OLD_BOOK and data.startswith(b"\xd0\xcf"):
        from app.exchange.sheets.excel import old_workbook

        yield from old_workbook.sheets(data)
    elif kind in (FileKind.CSV, FileKind.TEXT, FileKind.UNKNOWN):
        book = plain_text.read(data)
        told.extend(book.told)
        yield from book.sheets
    else:
        raise PeopleError(_refusal(kind, PurePath(name).suffix))


def _refusal(kind: FileKind, ending: str) -> str:
    """What a file is that holds no table, and what to do with it."""
    if kind is FileKind.EMPTY:
        return "中身が空です。別のファイルを選んでください。"
    if kind is FileKind.LOCKED:
        return f"{kind.label}です。Excelで開いてパスワードを外し、保存し直してください。"
    if kind is FileKind.JSON:
        return "中身はJSONです。名前の終わりを「.json」にして取り込んでください。"
    if kind.is_table or (kind in (FileKind.PAGE, FileKind.XML) and ending.lower().startswith(".xls")):
        return f"中身は{kind.label}です。Excelで開き、「.xlsx」で保存し直してください。"
    return (
        f"中身は{kind.label}です。取り込めるのは、Excelブック（.xlsx、.xlsm、.xls）かCSV（.csv、.tsv）です。"
    )


def _bounded() -> None:
    """Take no more than a table can need. On Windows, whoever started the process sees to that (``job``)."""
    if sys.platform != "win32":
        import resource

        seconds = int(MOST_SECONDS)
        for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, seconds)):
            _, hard = resource.getrlimit(what)
            wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (wanted, wanted))
