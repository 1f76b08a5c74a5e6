"""契約: one contract, the annexes it carries and the information entrusted under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.dated import former_problems
from app.records.kinds import Annex, Choice, Day, Flag, Many, Number, Ref, Row, Rows, Text, Version
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Option(StrEnum):
    """Subjects on which some clauses depend; switched on where the contract has them."""

    SPECIFIC_PERSONAL = "特定個人情報"
    ELECTRONIC_MEDIA = "電磁的記録媒体"
    DISPATCHED = "派遣"
    SUBCONTRACTING = "再委託"


class Information(StrEnum):
    PERSONAL = "個人情報"
    SPECIFIC_PERSONAL = "特定個人情報"
    CONFIDENTIAL = "機密情報"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractAnnex(Row):
    """An annex on personal information that a contract carries."""

    annex: Annotated[str, Annex(label="特記事項")]
    version: Annotated[int, Version(label="版", least=1, most=9999)] = 1
    options: Annotated[tuple[str, ...], Many(label="契約に当てはまる事項", of=Option)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractParameter(Row):
    """A number or word by which this contract differs from the annex's own assumption."""

    annex: Annotated[str, Annex(label="特記事項")]
    clause: Annotated[str, Text(label="条項", hint="例 第6条第4項")]
    name: Annotated[str, Text(label="項目", hint="何日前までか、期限が閉庁日のときなど")]
    value: Annotated[str, Text(label="値", hint="7、次の開庁日まで延びるなど")]


class Dated(StrEnum):
    """What a contract of amendment may change: the names are those of the fields."""

    TITLE = "契約件名"
    ENDS_ON = "履行期間の終期"
    ANNEXES = "特記事項"
    INFORMATION = "取り扱う情報"
    ITEMS = "情報項目"
    PERSONS = "本人の数"
    PARAMETERS = "この契約で定めた数値"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerContractFact(Row):
    """What a field said until a day."""

    what: Annotated[str, Choice(label="項目", of=Dated)]
    was: Annotated[str, Text(label="以前の内容", longest=8000, lines=3)] = ""
    until: Annotated[date, Day(label="いつまで", back=40)]


@record(
    "contract",
    "契約",
    key=("number",),
    titled=("title",),
    carried=("client", "annexes", "information", "items", "client_word", "vendor_word", "oath_wording"),
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """A contract and the annexes that bind its work."""

    client: Annotated[int, Ref(label="発注者", to="client", listed=True)]
    number: Annotated[str, Text(label="契約番号", listed=True, searched=True)]
    title: Annotated[str, Text(label="契約件名", listed=True, searched=True)]
    renews: Annotated[
        int | None,
        Ref(label="更新前の契約", to="contract", hint="前の年度から引き続く契約の場合に選びます"),
    ] = None
    signed_on: Annotated[date, Day(label="契約締結日")]
    starts_on: Annotated[date, Day(label="履行期間の始期", listed=True)]
    ends_on: Annotated[date, Day(label="履行期間の終期", listed=True)]
    annexes: Annotated[tuple[ContractAnnex, ...], Rows(label="特記事項", of=ContractAnnex, group="特記事項")]
    information: Annotated[
        tuple[str, ...], Many(label="取り扱う情報", of=Information, group="取り扱う情報")
    ] = ()
    items: Annotated[
        str,
        Text(
            label="情報項目",
            lines=3,
            longest=1000,
            searched=True,
            group="取り扱う情報",
            hint="氏名、住所など項目の名称だけを入力し、個人情報そのものは入力しないでください。",
        ),
    ] = ""
    persons: Annotated[int | None, Number(label="本人の数", unit="人", group="取り扱う情報")] = None
    ended_on: Annotated[date | None, Day(label="終了・解除した日", group="終了", later=True)] = None
    ended_why: Annotated[
        str, Text(label="終了の事由", group="終了", later=True, hint="期間満了、解除など")
    ] = ""
    closing_instruction: Annotated[
        int | None,
        Ref(
            label="残る情報資産についての発注者の指示",
            to="instruction",
            group="終了",
            later=True,
            hint="返還・廃棄が済まないまま契約を終える場合に、書面による指示を選びます。",
        ),
    ] = None
    client_word: Annotated[
        str,
        Text(label="発注者を指す語", longest=20, group="書類での呼び方と文面", hint="空欄は特記事項のとおり"),
    ] = ""
    vendor_word: Annotated[
        str,
        Text(label="自社を指す語", longest=20, group="書類での呼び方と文面", hint="空欄は特記事項のとおり"),
    ] = ""
    oath_wording: Annotated[
        str,
        Text(
            label="指定の誓約文",
            lines=6,
            longest=3000,
            group="書類での呼び方と文面",
            hint="発注者が文面を定めている場合に入力します。",
        ),
    ] = ""
    unsealed: Annotated[
        bool | None,
        Flag(
            label="書類への押印",
            yes="省略する",
            no="押印する",
            group="書類での呼び方と文面",
            hint="発注者が押印を求めない契約では「省略する」を選びます。空欄は押印するものとして印刷します。",
        ),
    ] = None
    parameters: Annotated[
        tuple[ContractParameter, ...],
        Rows(label="この契約で定めた数値", of=ContractParameter, group="この契約で定めた数値"),
    ] = ()
    former: Annotated[
        tuple[FormerContractFact, ...],
        Rows(
            label="以前の内容",
            of=FormerContractFact,
            group="以前の内容",
            later=True,
            hint="変更契約を登録するときに自動で残ります。過去の日付ではその日の内容によります",
        ),
    ] = ()

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from former_problems(self)
        yield from not_before(self, "ends_on", "starts_on")
        yield from not_before(self, "ended_on", "signed_on")
        if self.renews is not None and self.renews == self.id:
            yield "renews", "更新前の契約に自身は選べません。前の年度の契約を選ぶか、空欄にしてください。"
        seen: set[str] = set()
        for number, row in enumerate(self.annexes, 1):
            if row.annex in seen:
                yield f"annexes.{number}.annex", "同じ特記事項が2回あります。1つにしてください。"
            seen.add(row.annex)
        if self.ended_on and not self.ended_why:
            yield "ended_why", "終了・解除した日を入力したときは、終了の事由も入力してください。"

    @property
    def last_day(self) -> date:
        """The day on which the work ends: that of the period, or of cancellation before it.

        A contract that is closed after its period has not been at work until then: what was to be given back
        at the end of the work would otherwise not be late.
        """
        return min(self.ended_on or self.ends_on, self.ends_on)
