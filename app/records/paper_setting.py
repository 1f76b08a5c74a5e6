"""書類の設定: how one form is printed for one contract, from a day on."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from app.records.kinds import Choice, Day, File, Flag, FormId, Many, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record

FOUND = frozenset(
    (
        *("状況", "備考", "改善の状況", "残数量", "所在・理由", "受講"),
        *("結果", "実施の結果", "点検項目と結果", "復元試験", "是正の措置"),
        *("結果・是正の措置", "所見・是正の措置", "根拠（確かめた記録・現物）・所見"),
        *("異常", "異常の内容・措置", "見つかったもの・措置", "点検の記録がない台数"),
        *("更新\nプログラム", "マルウェア\n対策の定義", "禁止\nソフトウェア"),
    )
)
"""Columns that say how it stands: without them, or under another name, a paper would tell what was done and
not how it came out (残数量 called 返還済)."""
_DONE = re.compile("完了|完結|(?<![経救])済")
"""Words that say that a thing is done: no setting says so of what the form does not."""
_OPEN = ("予定", "見込", "残")
"""Words of a column that say that a thing is not done yet: its heading keeps them."""
_FIRST_WORD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"incident-first": ("速報", "第一報", "第1報", "第１報")}
)
"""Form → words of which its title keeps one: without it what was known at first reads as all there is."""
_ASKS = ("申請", "申込", "申出", "願", "届", "協議", "依頼", "伺")
"""Words of which the title of an application keeps one: 再委託承諾書 reads as if the client had consented."""
_APPLICATION = "-application"
_COVERS = frozenset(("submission-cover", "evidence-binder"))
"""Forms that name what they hold or send."""
_SAYS: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = (
    (
        ("廃棄", "消去", "抹消", "破棄", "返還", "返却", "返納"),
        _COVERS.union(
            ("disposal-certificate", "disposal-application", "closing-statement", "return-note"),
            ("transfer-record", "transfer-slip", "handling-ledger", "leaving-oath"),
            ("request-notice", "incident-first", "incident-full"),
        ),
    ),
    (("証明",), _COVERS | {"disposal-certificate"}),
    (("異常なし", "異常無し", "問題なし", "問題無し", "違反なし", "事故なし"), frozenset()),
)
"""Words of a title → the forms that say so: a register called 返却報告書 reads as if all were given back."""


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
        str,
        FormId(label="様式", longest=60, listed=True, searched=True),
    ]
    starts_on: Annotated[date, Day(label="適用の始期", listed=True)]
    ends_on: Annotated[date | None, Day(label="適用の終期", listed=True)] = None
    title: Annotated[str, Text(label="書類の題名", longest=100, listed=True, hint="空欄はそのまま")] = ""
    style_number: Annotated[str, Text(label="様式番号", longest=60, listed=True, hint="様式第3号など")] = ""
    addressee: Annotated[str, Text(label="宛名", hint="空欄は発注者の宛名。敬称も入力します")] = ""
    copies: Annotated[
        tuple[str, ...], Many(label="部数", of=Copy, hint="2部以上を選ぶと、正・副・控の別を印刷します")
    ] = ()
    beside: Annotated[
        bool | None,
        Flag(
            label="2部の用紙",
            yes="1枚に2部を並べ、切取線を入れる",
            no="1部を1枚に印刷する",
            hint="A4判を横に使い、1部が半分（A5判）に収まる書類に限ります",
        ),
    ] = None
    seal: Annotated[str, Choice(label="押印", of=Seal, hint="空欄は契約の「書類への押印」のとおり")] = ""
    ticks: Annotated[
        bool | None,
        Flag(
            label="選択の欄",
            yes="チェック欄（☑・☐）で印刷する",
            no="選んだものだけを印刷する",
            hint="決まった選択肢から選んだ項目の印刷のしかた",
        ),
    ] = None
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
        yield from self.kinder()
        yield from _twice("columns", "column", "列", [row.column for row in self.columns])
        yield from _twice("places", "place", "場所", [row.place for row in self.places])
        if self.own_file and not self.own_file_name.lower().endswith((".docx", ".xlsx")):
            yield "own_file_name", "発注者の様式のファイル名は、「.docx」か「.xlsx」で終えてください。"
        yield from _twice("wording", "paragraph", "段落", [row.paragraph for row in self.wording])

    def kinder(self) -> Iterator[tuple[str, str]]:
        """Field and sentence for each name by which a paper would say more than its form does."""
        if self.title and _DONE.search(self.title):
            yield (
                "title",
                f"題名「{self.title}」は、済んでいないことまで済んだように読めるため使えません。"
                "「完了」「済」を含まない題名にしてください。",
            )
        keeps = _FIRST_WORD.get(self.form, ())
        if self.title and keeps and not any(word in self.title for word in keeps):
            yield (
                "title",
                f"題名「{self.title}」では、速報であることが分かりません。「{keeps[0]}」を含む題名にしてください。",
            )
        if self.title and self.form.endswith(_APPLICATION) and not any(one in self.title for one in _ASKS):
            yield (
                "title",
                f"題名「{self.title}」では、申請であることが分かりません。"
                "「申請」「届」「願」などを含む題名にしてください。",
            )
        for word in (one for words, forms in _SAYS if self.form not in forms for one in words):
            if word in self.title:
                yield (
                    "title",
                    f"題名「{self.title}」は、この書類が述べていない「{word}」を述べたように読めるため使えません。"
                    f"「{word}」を含まない題名にしてください。",
                )
        for number, row in enumerate(self.columns, 1):
            if row.heading and row.heading != row.column and (why := _otherwise(row)):
                yield (
                    f"columns.{number}.heading",
                    f"列「{row.column}」の見出しを「{row.heading}」には変えられません。"
                    f"{why}「見出しの変更」を改めるか、空欄にしてください。",
                )

    def holds_on(self, day: date) -> bool:
        """Whether papers of ``day`` are printed by it."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def _otherwise(row: PaperColumn) -> str:
    """Why a column may not be called by the heading of ``row``; empty where it may."""
    if row.column in FOUND:
        return "どうであったかを述べる列だからです。"
    if _DONE.search(row.heading) and not _DONE.search(row.column):
        return "済んでいないことまで済んだように読めるからです。"
    if any(word in row.column and word not in row.heading for word in _OPEN):
        return "まだ行っていないことが分からなくなるからです。"
    return ""


def _twice(rows: str, name: str, label: str, held: list[str]) -> Iterator[tuple[str, str]]:
    counts = Counter(held)
    for number, one in enumerate(held, 1):
        if counts[one] > 1:
            yield f"{rows}.{number}.{name}", f"{label}「{one}」が2回あります。1行にまとめてください。"
