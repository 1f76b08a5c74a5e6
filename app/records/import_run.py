"""取込みの記録: which file was brought in, how its columns were understood, and what came of it.

It says that a file was brought in before, and how; what a table of the same head means is offered from it. A
file may be named after somebody, and what its columns hold is personal: it lies in the ledger, never among
the settings of a machine.
"""

from dataclasses import dataclass
from typing import Annotated

from app.records.kinds import Flag, Number, Row, Rows, Text
from app.records.spec import Made, Record, Section, record

LONGEST_TITLE, LONGEST_VALUE = 200, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportColumn(Row):
    """A column by its title, and the field into which it went; none: it was not brought in."""

    title: Annotated[str, Text(label="見出し", longest=LONGEST_TITLE, fixed=True)]
    field: Annotated[str, Text(label="取り込んだ項目", longest=60, fixed=True)] = ""
    erases: Annotated[
        bool | None, Flag(label="空欄", yes="登録済みの内容を消した", no="消していない", fixed=True)
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAnswer(Row):
    """What was said once for all: of a text in a column, of a field by a column's text, of a field alone."""

    title: Annotated[str, Text(label="見出し", longest=LONGEST_TITLE, fixed=True)] = ""
    shown: Annotated[str, Text(label="表の値", longest=LONGEST_VALUE, fixed=True)] = ""
    field: Annotated[str, Text(label="項目", longest=60, fixed=True)] = ""
    value: Annotated[str, Text(label="取り込んだ値", longest=LONGEST_VALUE, fixed=True)] = ""


@record(
    "import_run",
    "取込みの記録",
    titled=("file_name",),
    made=Made.FROM_STEP,
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun(Record):
    """One file that was brought in. ``digest``: the SHA-256 of the file, in hexadecimal digits."""

    record_kind: Annotated[str, Text(label="取り込んだ記録の種類", longest=40, fixed=True, unseen=True)]
    file_name: Annotated[str, Text(label="ファイル名", longest=200, fixed=True, listed=True)]
    sheet: Annotated[str, Text(label="シート", longest=100, fixed=True, listed=True)] = ""
    digest: Annotated[str, Text(label="ファイルのSHA-256", longest=64, fixed=True)] = ""
    new: Annotated[int | None, Number(label="新規", unit="件", fixed=True, listed=True)] = None
    changed: Annotated[int | None, Number(label="変更", unit="件", fixed=True, listed=True)] = None
    same: Annotated[int | None, Number(label="変更なし", unit="件", fixed=True)] = None
    left_out: Annotated[
        int | None, Number(label="取り込まなかった行", unit="行", fixed=True, listed=True)
    ] = None
    erased: Annotated[int | None, Number(label="空欄で消した値", unit="件", fixed=True)] = None
    columns: Annotated[tuple[ImportColumn, ...], Rows(label="列と項目", of=ImportColumn, fixed=True)] = ()
    answers: Annotated[
        tuple[ImportAnswer, ...], Rows(label="まとめて答えた内容", of=ImportAnswer, fixed=True)
    ] = ()
