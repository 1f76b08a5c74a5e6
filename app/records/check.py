"""点検: what was looked at, or made known, by whom and with which result."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Many, Ref, Row, Rows, Text
from app.records.spec import Record, Section, Shared, record


class CheckKind(StrEnum):
    STORAGE = "保管状況"
    ACCURACY = "データの正確性"
    SAFETY = "安全管理措置"
    NOTICE = "周知"
    SUPERVISION = "監督"
    SUBCONTRACTOR = "再委託先"
    LAW = "法令等の遵守"


class Measure(StrEnum):
    ORGANISATIONAL = "組織的"
    HUMAN = "人的"
    PHYSICAL = "物理的"
    TECHNICAL = "技術的"


class Theme(StrEnum):
    """What was made known to workers, or looked at when they were supervised."""

    SECRECY = "在職中と退職後の秘密保持"
    PURPOSE = "目的外利用の禁止"
    TAKE_OUT = "無断持出しの禁止"
    HANDLING = "情報の適正な取扱い"
    SAFETY = "安全管理措置の実施"
    ORDERS = "責任者の指示に従うこと"
    WHOLE = "特記事項に定める義務の遵守"


class Result(StrEnum):
    GOOD = "適"
    BAD = "不適"
    NOT_APPLICABLE = "対象外"
    UNSEEN = "未確認"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem(Row):
    """One thing looked at."""

    item: Annotated[str, Text(label="点検項目", longest=500)]
    measure: Annotated[str, Choice(label="措置の区分", of=Measure)] = ""
    result: Annotated[str, Choice(label="結果", of=Result)]
    safety: Annotated[
        int | None, Ref(label="対象の措置", to="safety_measure", hint="登録した安全管理措置を点検した場合")
    ] = None
    evidence: Annotated[str, Text(label="根拠", longest=500, hint="確かめた記録、書類、現物など")] = ""
    remark: Annotated[str, Text(label="所見", longest=1000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPerson(Row):
    """A person to whom something was made known, or who was supervised."""

    person: Annotated[int, Ref(label="要員", to="person")]


@record(
    "check",
    "点検",
    key=("number",),
    assigned="CK-{:03}",
    late=True,
    titled=("kind", "done_on"),
    shared=Shared.ONE,
    carried=(
        "kind",
        "contracts",
        "checked_by",
        "subject",
        "measures",
        "location",
        "system",
        "subcontract",
        "items.item",
        "items.measure",
        "items.safety",
        "how",
        "asset",
        "rule",
        "document",
    ),
    section=Section.CHECKS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Record, ForContracts):
    """One check, or one notice to workers, for one contract or several."""

    number: Annotated[
        str, Text(label="点検番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    kind: Annotated[str, Choice(label="種別", of=CheckKind, other=True, listed=True)]
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract, listed=True)]
    done_on: Annotated[date, Day(label="実施日", past=True, listed=True)]
    checked_by: Annotated[int | None, Ref(label="実施者", to="person", listed=True)] = None
    subject: Annotated[
        str,
        Text(
            label="点検・周知の内容",
            lines=2,
            longest=1000,
            listed=True,
            searched=True,
            hint="場所、書類、方法など",
        ),
    ] = ""
    how: Annotated[
        str, Text(label="点検・周知の方法", longest=500, hint="現場の確認、聴き取り、書面の配布、口頭など")
    ] = ""
    themes: Annotated[
        tuple[str, ...],
        Many(label="周知・監督した事項", of=Theme, hint="周知又は監督の場合に、及んだものをすべて選びます"),
    ] = ()
    measures: Annotated[tuple[str, ...], Many(label="安全管理措置の区分", of=Measure)] = ()
    location: Annotated[int | None, Ref(label="場所", to="location", group="対象")] = None
    system: Annotated[int | None, Ref(label="情報システム", to="system", group="対象")] = None
    subcontract: Annotated[int | None, Ref(label="再委託", to="subcontract", group="対象")] = None
    asset: Annotated[int | None, Ref(label="情報資産", to="asset", group="対象")] = None
    device: Annotated[int | None, Ref(label="PC・媒体", to="device", group="対象")] = None
    backup: Annotated[int | None, Ref(label="バックアップ", to="backup_run", group="対象")] = None
    rule: Annotated[int | None, Ref(label="規程", to="rule", group="対象")] = None
    document: Annotated[
        str, Text(label="書類・記録簿", searched=True, group="対象", hint="入退室記録簿、作業日報など")
    ] = ""
    persons: Annotated[tuple[CheckPerson, ...], Rows(label="対象の要員", of=CheckPerson, group="対象")] = ()
    items: Annotated[tuple[CheckItem, ...], Rows(label="点検項目と結果", of=CheckItem, group="結果")] = ()
    action: Annotated[str, Text(label="是正の措置", lines=2, longest=1000, group="結果")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        if any(row.result == Result.BAD for row in self.items) and not self.action:
            yield "action", "不適の項目があるときは、是正の措置を入力してください。"
        if self.kind == CheckKind.SUBCONTRACTOR and self.subcontract is None:
            yield "subcontract", "再委託先の点検には、対象の再委託を選んでください。"

    @property
    def finished(self) -> bool:
        """Whether all that was to be looked at was: one with something left to see is none yet."""
        return all(row.result != Result.UNSEEN for row in self.items)

    @property
    def good(self) -> bool:
        """Whether nothing was found wanting."""
        return all(row.result != Result.BAD for row in self.items)
