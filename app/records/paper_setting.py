"""書類の設定: how one form is printed for one contract, from a day on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, File, Flag, Many, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Copy(StrEnum):
    """One copy of a paper, and what is printed on it where there are several."""

    ORIGINAL = "正"
    DUPLICATE = "副"
    OWN = "控"


class Seal(StrEnum):
    PRINTED = "押印欄を印刷する"
    NONE = "押印欄を印刷しない"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperColumn(Row):
    """One column of the form's table: whether it is printed, and under which heading.

    Columns that are named stand in the order of the rows, those that are not after them as the form has them.
    """

    column: Annotated[str, Text(label="列", longest=60, hint="書類に印刷されている見出し")]
    shown: Annotated[bool | None, Flag(label="印刷", yes="する", no="しない")] = None
    heading: Annotated[str, Text(label="見出しの変更", longest=60, hint="空欄はそのまま")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWording(Row):
    """The client's own words in the place of one fixed paragraph, its leading blanks kept."""

    paragraph: Annotated[str, Text(label="段落", longest=60, hint="本文、誓約文など")]
    text: Annotated[str, Text(label="文面", lines=6, longest=4000, hint="行頭の空白もそのまま印刷します")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlace(Row):
    """Where one fact goes in the client's own file, by its name in the list of names of the form."""

    place: Annotated[str, Text(label="場所", longest=120, hint="様式!B5、表1:2:3、{名前} など")]
    name: Annotated[str, Text(label="項目", longest=120)]
    when: Annotated[str, Text(label="チェックする値", longest=120, hint="空欄はチェック欄の横の文字")] = ""


@record(
    "paper_setting",
    "書類の設定",
    titled=("contract", "form"),
    carried=("contract", "addressee", "copies", "seal", "starts_on"),
    section=Section.DOCUMENTS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSetting(Record):
    """What a contract has otherwise in a form; a later setting takes its place from its own day on."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    form: Annotated[
        str, Text(label="様式", longest=60, listed=True, searched=True, hint="oath、location-notice など")
    ]
    starts_on: Annotated[date, Day(label="適用の始期", listed=True)]
    ends_on: Annotated[date | None, Day(label="適用の終期", listed=True)] = None
    title: Annotated[str, Text(label="書類の題名", longest=100, listed=True, hint="空欄はそのまま")] = ""
    style_number: Annotated[str, Text(label="様式番号", longest=60, listed=True, hint="様式第3号など")] = ""
    addressee: Annotated[str, Text(label="宛名", hint="空欄は発注者の宛名。敬称も入力します")] = ""
    copies: Annotated[
        tuple[str, ...], Many(label="部数", of=Copy, hint="2部以上を選ぶと、正・副・控の別を印刷します")
    ] = ()
    seal: Annotated[str, Choice(label="押印", of=Seal, hint="空欄は契約の「書類への押印」のとおり")] = ""
    columns: Annotated[tuple[PaperColumn, ...], Rows(label="表の列", of=PaperColumn, group="表の列")] = ()
    wording: Annotated[
        tuple[PaperWording, ...], Rows(label="定められた文面", of=PaperWording, group="定められた文面")
    ] = ()

    own_file: Annotated[
        str, File(label="発注者の様式のファイル", hint="Word（.docx）かExcel（.xlsx）", group="発注者の様式")
    ] = ""
    own_file_name: Annotated[str, Text(label="ファイル名", listed=True, group="発注者の様式")] = ""
    places: Annotated[
        tuple[PaperPlace, ...], Rows(label="記入する場所", of=PaperPlace, group="記入する場所")
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "ends_on", "starts_on")
        yield from _twice("columns", "column", "列", [row.column for row in self.columns])
        yield from _twice("places", "place", "場所", [row.place for row in self.places])
        if self.own_file and not self.own_file_name.lower().endswith((".docx", ".xlsx")):
            yield "own_file_name", "発注者の様式のファイル名は、「.docx」か「.xlsx」で終えてください。"
        yield from _twice("wording", "paragraph", "段落", [row.paragraph for row in self.wording])

    def holds_on(self, day: date) -> bool:
        """Whether papers of ``day`` are printed by it."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def _twice(rows: str, name: str, label: str, held: list[str]) -> Iterator[tuple[str, str]]:
    counts = Counter(held)
    for number, one in enumerate(held, 1):
        if counts[one] > 1:
            yield f"{rows}.{number}.{name}", f"{label}「{one}」が2回あります。1行にまとめてください。"
