"""情報資産の持出し: assets leave with somebody, for somewhere, under the approval that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.duties.holding.balance import Balance
from app.records import Asset, Contract, Device, Event, Field, Person, Record
from app.records.amounts import Amount, amount_text
from app.records.days import When, wareki, wareki_moment
from app.records.event import EventKind
from app.records.kinds import Many, Moment, Quantity, Ref, Text
from app.records.safeguard import Safeguard
from app.records.status import Status
from app.work.acts.devices.allowing import Allowing, Going
from app.work.acts.devices.check_out import (
    PERSON,
    PURPOSE,
    UNTIL,
    WITHOUT,
    back_before_out,
    terms_of,
)
from app.work.acts.devices.contents import balance_of, trips
from app.work.acts.devices.permits import APPROVAL, ASSET_OUT
from app.work.acts.devices.persons import strangers, unfit
from app.work.acts.devices.uses import retired
from app.work.acts.outside_term import outside_term
from app.work.acts.plan import (
    Act,
    Answers,
    Ask,
    Draft,
    Ground,
    Write,
    all_of,
    numbered,
    unanswered,
    with_values,
)

_TO = Field("to", Text(label="持出し先"), required=True, default="")
_WHEN = Field("on", Moment(label="持ち出す日時", back=2), required=True, default=None)
_QUANTITY = Field(
    "quantity",
    Quantity(label="数量", hint="一部だけのとき。空欄は、手元にあるすべて"),
    required=False,
    default=None,
)
_SAFEGUARDS = Field("safeguards", Many(label="持出しの措置", of=Safeguard), required=False, default=())
_DEVICE = Field("device", Ref(label="入れて運ぶPC・媒体", to="device"), required=False, default=None)
_FIELDS = (_TO, _WHEN, PERSON, _SAFEGUARDS, _DEVICE, APPROVAL, PURPOSE, UNTIL, WITHOUT)


_KEPT = ("person", "device", "return_by")
"""What a plan said stays, where nothing else is said when it becomes a fact."""


def assets_of(records: tuple[Record, ...]) -> tuple[Asset, ...]:
    """The assets that an act is done to. Raises ``TypeError`` for another record."""
    return all_of(records, Asset)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets = assets_of(records)
    title, when = f"情報資産の持出し　{'、'.join(one.number for one in assets)}", answers.get("on")
    destination = str(answers.get("to") or "")
    if not destination or when is None:
        open_ = unanswered(
            (destination, "to", "持出し先を入力してください。"),
            (when, "on", "持ち出す日時を入力してください。"),
        )
        return Draft(title, title, asks=open_)
    taking = _Taking(ground, assets, when, {**answers, "to": destination})
    refusals = tuple(taking.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    named = f"{title}（{wareki(when.date())}{'の予定' if taking.ahead else ''}）"
    return taking.allowing().outcome().draft(named, title, taking.asks(), taking.remarks())


class _Taking:
    """Some assets that are taken to one place at one moment."""

    def __init__(self, ground: Ground, assets: tuple[Asset, ...], when: When, answers: Answers) -> None:
        self._ground, self._facts, self._assets, self._when = ground, ground.facts, assets, when
        self._answers, self._day = answers, when.date()
        self._terms = replace(terms_of(ground, answers, self._day), at=when, destination=str(answers["to"]))
        self._part: Amount | None = answers.get("quantity") if len(assets) == 1 else None
        self.ahead = self._terms.ahead_of(ground)
        """Whether it is still to come."""

    def allowing(self) -> Allowing:
        """The events as they will be, held against the clauses of their contracts."""
        writes = numbered(self._write(one) for one in self._assets)
        going = [
            Going(write, asset.contract, asset, self._quantity(asset), ASSET_OUT)
            for write, asset in zip(writes, self._assets, strict=True)
        ]
        return Allowing(self._ground, self._terms, going, ())

    def asks(self) -> Iterator[Ask]:
        if self._terms.person is None:
            yield Ask("持ち出す者を選んでください。", "person")
        if not self._answers.get("safeguards"):
            yield Ask("持出しの措置（施錠ケース、暗号化など）を選んでください。", "safeguards")

    def remarks(self) -> Iterator[str]:
        for contract in dict.fromkeys(one.contract for one in self._assets):
            held = self._facts.get(Contract, contract)
            yield from outside_term(held, self._day, "持ち出す日", "持出し")
        person = self._facts.find(Person, self._terms.person)
        if person is not None:
            yield from strangers(self._facts, person, (one.contract for one in self._assets), self._day)
        if self.ahead:
            yield (
                f"{wareki_moment(self._when)}の予定として登録します。持ち出したら、同じ日の持出しをもう一度登録すると"
                "実績に改まります。"
            )

    def refusals(self) -> Iterator[str]:
        person = self._facts.find(Person, self._terms.person)
        if person is not None:
            yield from unfit(person, self._day, "持ち出す者")
        yield from retired(self._facts.find(Device, self._answers.get("device")), self._day)
        yield from back_before_out(self._terms)
        for asset in self._assets:
            line = self._balance(asset)
            here, number = _here(line), asset.number
            if line.out and (self._part is None or not here):
                out = (one.event for one in trips(self._facts, asset, self._day))
                told = "、".join(f"{wareki(one.happened_at.date())}から{one.destination}に" for one in out)
                yield (
                    f"{number}は{told}{amount_text(line.out)}{asset.unit}を持出し中です。"
                    f"先に「情報資産の持帰り」を登録してください。"
                )
            elif not here:
                yield f"{number}は、持ち出せるものが手元に残っていません。番号と日時を確かめてください。"
            elif self._part is not None and self._part > here:
                yield (
                    f"{number}の数量が、手元にある{amount_text(here)}{asset.unit}を超えます。"
                    "数量を確かめてください。"
                )

    def _balance(self, asset: Asset) -> Balance:
        return balance_of(self._facts, asset, self._day)

    def _quantity(self, asset: Asset) -> Amount:
        return self._part or _here(self._balance(asset))

    def _write(self, asset: Asset) -> Write:
        said: dict[str, Any] = {
            "happened_at": self._when,
            "quantity": self._quantity(asset),
            "destination": self._terms.destination,
            "person": self._terms.person,
            "safeguards": tuple(self._answers.get("safeguards") or ()),
            "device": self._answers.get("device") or None,
            "return_by": self._terms.until,
            "status": (Status.PLANNED if self.ahead else Status.ACTUAL).value,
        }
        plan = self._planned(asset)
        if plan is not None:
            kept = {name: value for name, value in said.items() if value or name not in _KEPT}
            return Write(with_values(plan, **kept), plan)
        return Write(Event(asset=asset.id, kind=EventKind.TAKEN_OUT.value, **said))

    def _planned(self, asset: Asset) -> Event | None:
        """The plan of this very take-out, which becomes a fact now."""
        held = [
            one
            for one in self._facts.of(Event, "asset", asset.id)
            if one.kind == EventKind.TAKEN_OUT
            and one.status == Status.PLANNED
            and one.happened_at.date() == self._day
        ]
        return held[0] if len(held) == 1 else None


def _here(line: Balance) -> Amount:
    """How much of an asset can be taken out."""
    return max(0, line.held - line.away - line.out)


CHECK_OUT_ASSET = Act(
    name="check-out-asset",
    title="情報資産の持出し",
    words=("持出し", "持ち出し", "持ち出す", "外出", "客先"),
    hint="条項が求める承諾と照らして登録し、承諾がなければ申請書を示します。",
    about=Asset,
    fields=(*_FIELDS, _QUANTITY),
    draft=_draft,
    many=True,
    asked=lambda _ground, records: (*_FIELDS, _QUANTITY) if len(records) == 1 else _FIELDS,
)
