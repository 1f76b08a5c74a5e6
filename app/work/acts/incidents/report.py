"""誤送付・漏えい・ウイルス: accidents that begin with a contract or a person, not with a thing.

What was concerned is an asset of the contract, or only named; nothing is asked of the ledger beyond that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from app.records import Asset, Assignment, Contract, Facts, Field, Person, Record
from app.records.amounts import Amount
from app.records.days import wareki
from app.records.kinds import Number, Quantity, Ref, Text
from app.work.acts.devices.accident import ASTRAY, FIELDS, Accident, Concerned, Mishap, known_before
from app.work.acts.outside_term import early
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, all_of, only_of

_ASSET = Field(
    "asset",
    Ref(label="情報資産", to="asset", hint="台帳に登録してあるもの"),
    required=False,
    default=None,
)
_ITEM = Field(
    "item",
    Text(label="情報項目", hint="名称だけを入力します"),
    required=False,
    default="",
)
_QUANTITY = Field("quantity", Quantity(label="数量"), required=False, default=None)
_PERSONS = Field("persons", Number(label="本人の数", unit="人"), required=False, default=None)
_CONTRACT = Field("contract", Ref(label="契約", to="contract"), required=True, default=None)
_WHAT = (_ASSET, _ITEM, *ASTRAY, _QUANTITY, _PERSONS)
_WORDS = (
    "誤送付",
    "誤送信",
    "メールの送り間違い",
    "宛先間違い",
    "誤交付",
    "誤廃棄",
    "誤消去",
    "捨ててしまった",
    "漏えい",
    "漏洩",
    "流出",
    "ウイルス",
    "感染",
    "不正アクセス",
    "盗難",
    "紛失",
    "事故",
)
_UNKNOWN = "対象を確認中の情報"


class _Said(NamedTuple):
    """What was said to be concerned, of one contract."""

    asset: Asset | None
    item: str
    quantity: Amount | None
    persons: int | None

    @property
    def named(self) -> str:
        if self.asset is not None:
            return f"{self.asset.number}（{self.item or self.asset.item}）"
        return self.item or _UNKNOWN


def _said(facts: Facts, answers: Answers) -> _Said:
    return _Said(
        facts.find(Asset, answers.get("asset")),
        str(answers.get("item") or ""),
        answers.get("quantity"),
        answers.get("persons"),
    )


class _Report:
    """An accident with what was said, for some contracts."""

    def __init__(
        self, ground: Ground, contracts: tuple[Contract, ...], answers: Answers, by: Person | None = None
    ) -> None:
        self._facts, self._contracts, self._by = ground.facts, contracts, by
        self._accident = Accident(ground, answers)
        self._said = _said(ground.facts, answers)

    def draft(self) -> Draft:
        accident = self._accident
        named = "、".join(one.number for one in self._contracts)
        refusals = (*accident.refusals(), *self._refusals())
        needed = tuple(accident.open())
        if refusals or needed:
            title = f"{accident.kind or '事故'}　{named}"
            return Draft(title, title, asks=needed, refusals=refusals)
        concerned = {one.id: self._concerned() for one in self._contracts}
        rows = [row for held in concerned.values() for row in held.rows]
        remarks = (*self._early(), *known_before(self._facts, concerned, rows))
        return accident.draft(named, concerned, remarks, self._asks())

    def _concerned(self) -> Concerned:
        said = self._said
        held = Concerned(things=[said.named])
        if said.asset is not None or said.item or said.quantity is not None or said.persons is not None:
            asset = said.asset
            held.rows.append(
                self._accident.row(
                    asset=asset.id if asset else None,
                    item=said.item or (asset.item if asset else ""),
                    medium=asset.medium if asset else "",
                    quantity=said.quantity,
                    persons=said.persons,
                )
            )
        if self._by is not None:
            number = f"（社員番号{self._by.employee_number}）" if self._by.employee_number else ""
            held.note = f"取り扱った者：{self._by.name}{number}。報告書には印字されません。"
        return held

    def _refusals(self) -> Iterator[str]:
        asset = self._said.asset
        others = [one.number for one in self._contracts if asset is not None and asset.contract != one.id]
        if asset is not None and others:
            yield (
                f"{asset.number}は{'、'.join(others)}の情報資産ではありません。"
                "その情報資産の契約を選ぶか、情報項目に名称を入力してください。"
            )

    def _early(self) -> Iterator[str]:
        """Before the contract began nothing of it could be lost: told, and not refused."""
        day, label = self._accident.day, "起きた日" if self._accident.happened else "気づいた日"
        for one in self._contracts:
            yield from early(one, day, label)

    def _asks(self) -> Iterator[Ask]:
        said = self._said
        if said.asset is None and not said.item:
            yield Ask("どの情報かが分かったら、事故の「対象の情報」に加えてください。", "item")
        if said.persons is None:
            yield Ask("本人の数を確かめてください。分からない間は空欄のままにします。", "persons")
        if self._accident.kind in (Mishap.INFECTED, Mishap.INTRUDED):
            yield Ask("感染・侵入した機器が分かるときは、PC・媒体から登録すると中の情報も示されます。")


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    return _Report(ground, all_of(records, Contract), answers).draft()


def _draft_by(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    person = only_of(records, Person)
    contract = ground.facts.find(Contract, answers.get("contract"))
    if contract is None:
        title = f"{answers.get('kind') or '事故'}　{person.name}"
        return Draft(title, title, asks=(Ask("どの契約の事故かを選んでください。", "contract", needed=True),))
    draft = _Report(ground, (contract,), answers, person).draft()
    return draft if draft.refusals else _idle(ground, draft, person, contract, answers)


def _idle(ground: Ground, draft: Draft, person: Person, contract: Contract, answers: Answers) -> Draft:
    """What happened with somebody who does not work on the contract is a fact as well, and told."""
    day = Accident(ground, answers).day
    if contract in _worked(ground.facts, person, day):
        return draft
    said = f"{person.name}は、{wareki(day)}に{contract.number}に従事していません。契約を確かめてください。"
    return replace(draft, remarks=(*draft.remarks, said))


def _worked(facts: Facts, person: Person, day: date) -> tuple[Contract, ...]:
    """The contracts on which the person worked on ``day``."""
    held = (
        facts.find(Contract, one.contract)
        for one in facts.of(Assignment, "person", person.id)
        if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)
    )
    return tuple(dict.fromkeys(one for one in held if one is not None))


def _given_by(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """The contract, where somebody works on one only."""
    held = _worked(ground.facts, only_of(records, Person), ground.today)
    return {"contract": held[0].id} if len(held) == 1 else {}


REPORT = Act(
    name="report-accident",
    title="誤送付・漏えいなどの事故",
    words=_WORDS,
    hint="機器や情報資産を選ばずに、契約の事故を登録します。",
    about=Contract,
    fields=(*FIELDS, *_WHAT),
    draft=_draft,
    many=True,
    urgent=True,
)
REPORT_BY = Act(
    name="report-accident-by",
    title="誤送付などの事故",
    words=_WORDS,
    hint="この人が取り扱っていて起きた事故を登録します。氏名は備考に残り、報告書には印字されません。",
    about=Person,
    fields=(_CONTRACT, *FIELDS, *_WHAT),
    draft=_draft_by,
    given=_given_by,
    urgent=True,
)
