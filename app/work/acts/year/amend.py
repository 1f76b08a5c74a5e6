"""変更契約: what a contract says otherwise from a day on; what it said until then stays with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.annexes.catalogue import Catalogue
from app.annexes.revision import compare
from app.common import PeopleError
from app.duties.whatif.revision_effects import applied
from app.records import Assignment, Contract, DeviceUse, Facts, Field, LocationUse, Record, Structure
from app.records.contract import ContractAnnex, Information, Option
from app.records.dated import with_former
from app.records.days import wareki
from app.records.kinds import Annex, Day, Flag, Many, Number, Text, Version
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, renewed, with_values
from app.work.acts.year.contracts import contract_of

_ON = Field("on", Day(label="変更の効力が生じる日"), required=True, default=None)
_ENDS = Field("ends_on", Day(label="変更後の履行期間の終期"), required=False, default=None)
_EXTENDS = Field(
    "extends",
    Flag(label="終期までの従事・使用", yes="変更後の終期まで延ばす", no="いまの終了日のままにする"),
    required=False,
    default=None,
)
_TITLE = Field("title", Text(label="変更後の契約件名"), required=False, default="")
_INFORMATION = Field(
    "information", Many(label="変更後の取り扱う情報", of=Information), required=False, default=()
)
_ITEMS = Field(
    "items",
    Text(
        label="変更後の情報項目",
        lines=3,
        longest=1000,
        hint="項目の名称だけを入力し、個人情報そのものは入力しないでください。",
    ),
    required=False,
    default="",
)
_PERSONS = Field("persons", Number(label="変更後の本人の数", unit="人"), required=False, default=None)
_ANNEX = Field(
    "annex",
    Annex(label="変更後の特記事項", hint="加える特記事項、又は版が変わる特記事項"),
    required=False,
    default="",
)
_VERSION = Field(
    "version",
    Version(label="特記事項の版", least=1, most=9999, hint="空欄は最新の版"),
    required=False,
    default=None,
)
_OPTIONS = Field("options", Many(label="契約に当てはまる事項", of=Option), required=False, default=())
_REPLACES = Field(
    "replaces",
    Annex(label="置き換える特記事項", hint="変更後の特記事項に代わって外れるもの"),
    required=False,
    default="",
)
_PLAIN = (_ENDS, _TITLE, _INFORMATION, _ITEMS, _PERSONS)
"""Fields of the contract itself that the act takes as they are."""
_LASTING: tuple[type[Assignment | LocationUse | DeviceUse | Structure], ...] = (
    Assignment,
    Structure,
    LocationUse,
    DeviceUse,
)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract, day = contract_of(records), answers.get("on")
    title = f"変更契約　{contract.number}　{contract.title}"
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("変更の効力が生じる日を入力してください。", "on", needed=True),))
    amending = _Amending(ground.facts, ground.catalogue, contract, day, answers)
    if refusals := tuple(amending.refusals()):
        return Draft(title, title, refusals=refusals)
    try:
        writes = tuple(amending.writes())
    except (PeopleError, ValueError) as error:
        return Draft(title, title, refusals=(str(error),))
    if not writes:
        return Draft(title, title, asks=(Ask("変わる事項を入力してください。", "ends_on", needed=True),))
    return Draft(
        f"{title}（{wareki(day)}から）",
        f"変更契約　{contract.number}（{len(writes)}件）",
        writes,
        tuple(amending.asks()),
        takes_effect=day,
    )


@dataclass(frozen=True, slots=True)
class _Amending:
    """One contract of amendment, and the day from which it holds."""

    facts: Facts
    catalogue: Catalogue
    contract: Contract
    day: date
    answers: Answers

    def refusals(self) -> Iterator[str]:
        contract, day, ends = self.contract, self.day, self.answers.get("ends_on")
        if contract.ended_on is not None:
            yield (
                f"契約「{contract.number}」は{wareki(contract.ended_on)}に終えたと登録されているため、変更できません。"
                "続きの契約は「契約の更新」で登録してください。"
            )
        elif day > contract.ends_on:
            yield (
                f"変更の日（{wareki(day)}）が履行期間の終期（{wareki(contract.ends_on)}）より後です。"
                "日付を確かめるか、続きの契約を「契約の更新」で登録してください。"
            )
        if day < contract.signed_on:
            yield (
                f"変更の日（{wareki(day)}）が契約締結日（{wareki(contract.signed_on)}）より前です。"
                "初めからの誤りは、契約の画面で訂正してください。"
            )
        if ends is not None and ends < day:
            yield (
                f"変更後の終期（{wareki(ends)}）が変更の日（{wareki(day)}）より前です。"
                "終期を確かめるか、既に終わった契約は「契約を終える」で登録してください。"
            )
        replaced = self.answers.get("replaces")
        if replaced and not self.answers.get("annex"):
            yield "置き換える特記事項を選んだときは、変更後の特記事項も選んでください。"
        elif replaced and all(row.annex != replaced for row in contract.annexes):
            yield f"特記事項「{replaced}」はこの契約にありません。置き換える特記事項を選び直してください。"

    def writes(self) -> Iterator[Write]:
        """Raises ``ValueError`` and ``PeopleError`` with one sentence for what cannot be so."""
        changed, *others = self._annexes()
        given = {one.name: self.answers.get(one.name) for one in _PLAIN}
        made = with_values(changed, **{name: value for name, value in given.items() if _said(value)})
        if made != self.contract:
            yield Write(with_former(self.contract, made, self.day), self.contract)
        for record in others:
            yield Write(record, self.facts.get(type(record), record.id))
        if self.answers.get("extends"):
            for one in self._ending():
                yield from renewed(one, ends_on=made.ends_on)

    def _annexes(self) -> tuple[Contract, *tuple[Record, ...]]:
        """The contract with the annex that it carries from the day on, and what has to follow it."""
        key, contract = self.answers.get("annex"), self.contract
        if not key:
            return (contract,)
        new = self.catalogue.annex(key, self.answers.get("version"))
        row = ContractAnnex(annex=key, version=new.version, options=self.answers.get("options") or ())
        held = next((one for one in contract.annexes if one.annex == key), None)
        replaced = self.answers.get("replaces")
        if held is None:
            rows = tuple(one for one in contract.annexes if one.annex != replaced)
            settings = tuple(one for one in contract.parameters if one.annex != replaced)
            return (with_values(contract, annexes=(*rows, row), parameters=settings),)
        if held.version == new.version and held.options == row.options:
            raise PeopleError(
                f"契約「{contract.number}」には既に「{new.title}」第{new.version}版が付いています。"
                "変更後の特記事項とその版を確かめてください。"
            )
        made, others = contract, list[Record]()
        if held.version != new.version:
            old = self.catalogue.annex(key, held.version)
            made, *others = applied(self.facts, contract, compare(old, new))
        if self.answers.get("options"):
            rows = tuple(row if one.annex == key else one for one in made.annexes)
            made = with_values(made, annexes=rows)
        return made, *others

    def asks(self) -> Iterator[Ask]:
        ends = self.answers.get("ends_on")
        later = ends is not None and ends > self.contract.ends_on and self.answers.get("extends") is None
        if later and (number := len(self._ending())):
            yield Ask(
                f"いまの終期（{wareki(self.contract.ends_on)}）で終わる従事・使用が{number}件あります。"
                "変更後の終期まで延ばすかを選んでください。",
                "extends",
            )
        if self.answers.get("annex"):
            yield Ask(
                "変更後の特記事項にある義務のうち、変更の日より前を期限とするものは、期限超過として示されます。発注者と取り扱いを確かめてください。"
            )
        if self.answers.get("annex") and not self.answers.get("options"):
            yield Ask("変更後の特記事項のうち、この契約に当てはまる事項を確かめてください。", "options")
        yield Ask("変更契約書の写しを契約に添付し、届出済みの書類が変更後も正しいかを確かめてください。")

    def _ending(self) -> tuple[Record, ...]:
        return _ending_with(self.facts, self.contract)


def _said(value: Any) -> bool:
    return value is not None and value not in ("", ())


def _ending_with(facts: Facts, contract: Contract) -> tuple[Record, ...]:
    """People, places and machines whose last day is that of the contract."""
    return tuple(
        one
        for cls in _LASTING
        for one in facts.of(cls, "contract", contract.id)
        if one.ends_on == contract.ends_on
    )


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    ending = (_EXTENDS,) if _ending_with(ground.facts, contract_of(records)) else ()
    return (
        _ON,
        _ENDS,
        *ending,
        _TITLE,
        _INFORMATION,
        _ITEMS,
        _PERSONS,
        _ANNEX,
        _VERSION,
        _OPTIONS,
        _REPLACES,
    )


AMEND = Act(
    name="amend",
    title="変更契約",
    words=("変更契約", "契約変更", "期間の変更", "延長", "へんこうけいやく", "えんちょう"),
    about=Contract,
    hint="期間・件名・特記事項などの変更を、その効力が生じる日から登録します。それまでの内容も残ります。",
    fields=(
        _ON,
        _ENDS,
        _EXTENDS,
        _TITLE,
        _INFORMATION,
        _ITEMS,
        _PERSONS,
        _ANNEX,
        _VERSION,
        _OPTIONS,
        _REPLACES,
    ),
    draft=_draft,
    asked=_asked,
    offered=lambda ground, one: isinstance(one, Contract) and one.ended_on is None,
)
