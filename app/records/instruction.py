"""発注者の指示・求め・協議: what the client said, asked or discussed, and the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Flag, Many, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class InstructionKind(StrEnum):
    INSTRUCTION = "指示"
    REPORT = "報告の求め"
    IMPROVEMENT = "改善の求め"
    RETURN = "返還・廃棄の求め"
    WITNESS = "立会いの求め"
    RULES = "規程の提出の求め"
    DISCUSSION = "協議"


class Matter(StrEnum):
    """What a request for a report is about; several may be asked for at once."""

    PEOPLE = "責任者・従事者"
    PLACES = "作業場所"
    DEVICES = "PC・媒体"
    STRUCTURE = "管理体制"
    TRANSFERS = "授受・返還の記録"
    COMPLIANCE = "遵守・管理の状況"
    OTHER = "その他"


@record(
    "instruction",
    "発注者の指示・求め・協議",
    titled=("kind", "received_on"),
    carried=("contract", "kind", "from_whom", "method_asked"),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction(Record):
    """One instruction, request or discussion; open while it has no answer."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    kind: Annotated[str, Choice(label="種別", of=InstructionKind, other=True, listed=True)]
    received_on: Annotated[date, Day(label="受けた日", past=True, listed=True)]
    from_whom: Annotated[str, Text(label="発注者の担当者", searched=True)] = ""
    written: Annotated[bool | None, Flag(label="方式", yes="書面", no="口頭", listed=True)] = None
    reference: Annotated[str, Text(label="文書番号", searched=True)] = ""
    what: Annotated[str, Text(label="内容", lines=3, longest=2000, listed=True, searched=True)]
    about: Annotated[
        tuple[str, ...],
        Many(
            label="報告を求められた事項",
            of=Matter,
            hint="報告の求めの場合。空欄のものは、どの条項の求めとしても扱います",
        ),
    ] = ()
    period_from: Annotated[
        date | None, Day(label="求められた期間の始期", hint="報告などの対象期間が指定された場合")
    ] = None
    period_to: Annotated[date | None, Day(label="求められた期間の終期")] = None
    method_asked: Annotated[str, Text(label="求められた方法・様式", lines=2, longest=1000)] = ""
    asked_in_writing: Annotated[
        bool | None, Flag(label="求められた回答の方式", yes="書面", no="口頭でもよい")
    ] = None
    due_on: Annotated[date | None, Day(label="期限", listed=True)] = None
    answered_on: Annotated[date | None, Day(label="対応した日", past=True, listed=True)] = None
    answered_in_writing: Annotated[bool | None, Flag(label="回答の方式", yes="書面", no="口頭")] = None
    document: Annotated[int | None, Ref(label="回答した書類", to="submission")] = None
    result: Annotated[str, Text(label="対応の結果", lines=2, longest=2000)] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "due_on", "received_on")
        yield from not_before(self, "answered_on", "received_on")
        yield from not_before(self, "period_to", "period_from")
