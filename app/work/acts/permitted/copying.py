"""複写・複製: an asset is copied, under the approval that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.duties.holding.balance import movements
from app.duties.holding.parties import Parties
from app.duties.holding.premises import elsewhere
from app.records import Approval, Asset, Contract, Device, Event, Field, Location, Person, Record
from app.records.amounts import Amount, amount_text
from app.records.days import DayOnly, When, certainly_after, wareki, wareki_moment
from app.records.event import EventKind
from app.records.kinds import Flag, Moment, Quantity, Ref, Text
from app.records.status import Status
from app.work.acts.devices.allowing import Allowing, Going, Terms
from app.work.acts.devices.contents import balance_of
from app.work.acts.devices.permits import APPROVAL, COPY, without
from app.work.acts.devices.persons import strangers, unfit
from app.work.acts.devices.uses import retired
from app.work.acts.outside_term import outside_term
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, numbered, only_of, unanswered

_WHEN = Field(
    "on",
    Moment(label="複写する日時", back=2, hint="時刻が分からないときは日付だけ"),
    required=True,
    default=None,
)
_QUANTITY = Field("quantity", Quantity(label="複写した数量"), required=True, default=None)
_PERSON = Field("person", Ref(label="複写する者", to="person"), required=False, default=None)
_LOCATION = Field("location", Ref(label="複写物を保管する場所", to="location"), required=False, default=None)
_DEVICE = Field("device", Ref(label="複写に使うPC・媒体", to="device"), required=False, default=None)
_PURPOSE = Field("purpose", Text(label="目的", longest=300), required=False, default="")
_FOR_WORK = Field(
    "for_work",
    Flag(label="利用の目的", yes="委託業務のため", no="委託業務以外のため"),
    required=False,
    default=None,
)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    asset, when, quantity = only_of(records, Asset), answers.get("on"), answers.get("quantity")
    title = f"複写　{asset.number}　{asset.item}"
    if not isinstance(when, datetime | DayOnly) or not quantity:
        dated = isinstance(when, datetime | DayOnly)
        open_ = unanswered(
            (dated, "on", "複写する日時を入力してください。"),
            (quantity, "quantity", "複写した数量を入力してください。"),
        )
        return Draft(title, title, asks=open_)
    copying = _Copying(ground, asset, when, quantity, answers)
    if refusals := tuple(copying.refusals()):
        return Draft(title, title, refusals=refusals)
    day = f"{wareki(when.date())}{'の予定' if copying.ahead else ''}"
    named = f"{title}（{day}、{amount_text(quantity)}{asset.unit}）"
    return copying.allowing().outcome().draft(named, title, copying.asks(), copying.remarks())


@dataclass(frozen=True, slots=True)
class _Copying:
    """One copy of one asset."""

    ground: Ground
    asset: Asset
    when: When
    quantity: Amount
    answers: Answers

    @property
    def ahead(self) -> bool:
        """Whether it is still to come."""
        return certainly_after(self.when, self.ground.now)

    def allowing(self) -> Allowing:
        """The copy as it will be, held against the clauses of its contract."""
        answers = self.answers
        terms = Terms(
            day=self.when.date(),
            at=self.when,
            approval=self.ground.facts.find(Approval, answers.get("approval")),
            person=answers.get("person") or None,
            purpose=str(answers.get("purpose") or ""),
            without=str(answers.get("without") or ""),
        )
        (write,) = numbered((Write(self._event()),))
        going = Going(write, self.asset.contract, self.asset, self.quantity, COPY)
        return Allowing(self.ground, terms, (going,), ())

    def refusals(self) -> Iterator[str]:
        facts, day = self.ground.facts, self.when.date()
        if (person := facts.find(Person, self.answers.get("person"))) is not None:
            yield from unfit(person, day, "複写する者")
        yield from retired(facts.find(Device, self.answers.get("device")), day)
        place = facts.find(Location, self.answers.get("location"))
        if place is not None and elsewhere(facts, facts.get(Contract, self.asset.contract), place):
            yield (
                f"{place.name}はこの契約の作業場所でも発注者の施設でもないため、複写物を保管する場所にできません。"
                "外へ持ち出すときは、「情報資産の持出し」も登録してください。"
            )
        if not balance_of(facts, self.asset, day).held:
            yield (
                f"{self.asset.number}は、{wareki(day)}に手元に残っていません。番号と日時を確かめてください。"
            )
        elif not self._was_here():
            yield (
                f"{self.asset.number}は、{wareki_moment(self.when)}には手元にありません（受領などの記録は"
                "それより後です）。番号と日時を確かめてください。"
            )

    def _same(self, one: Event) -> bool:
        return (one.kind, one.happened_at, one.quantity) == (EventKind.COPIED, self.when, self.quantity)

    def _was_here(self) -> bool:
        """Whether anything of it may have come by the moment: the balance of a day knows no hour."""
        facts, asset = self.ground.facts, self.asset
        moves = movements(facts.of(Event, "asset", asset.id), (), Parties(facts, asset.contract))
        return any(one.held > 0 and not certainly_after(one.at, self.when) for one in moves)

    def asks(self) -> Iterator[Ask]:
        if not self.answers.get("person"):
            yield Ask("複写する者を選んでください。", "person")
        if not self.answers.get("location"):
            yield Ask("複写物を保管する場所を選んでください。", "location")

    def remarks(self) -> Iterator[str]:
        facts, day = self.ground.facts, self.when.date()
        yield from outside_term(facts.get(Contract, self.asset.contract), day, "複写する日", "複写")
        if (person := facts.find(Person, self.answers.get("person"))) is not None:
            yield from strangers(facts, person, (self.asset.contract,), day)
        if any(self._same(one) for one in facts.of(Event, "asset", self.asset.id)):
            yield (
                f"{self.asset.number}の{wareki_moment(self.when)}の複写（{amount_text(self.quantity)}"
                f"{self.asset.unit}）は、既に登録されています。二重に登録していないかを確かめてください。"
            )
        if self.ahead:
            when = wareki_moment(self.when)
            yield f"{when}の予定として登録します。複写したら、取扱記録を実績に改めてください。"
        unit = self.asset.unit
        yield (
            f"複写した{amount_text(self.quantity)}{unit}も{self.asset.number}の残数量に加わり、"
            "返還・廃棄が必要になります。"
        )

    def _event(self) -> Event:
        answers = self.answers
        said: dict[str, Any] = {name: answers.get(name) or None for name in ("person", "location", "device")}
        return Event(
            asset=self.asset.id,
            kind=EventKind.COPIED.value,
            status=(Status.PLANNED if self.ahead else Status.ACTUAL).value,
            happened_at=self.when,
            quantity=self.quantity,
            for_work=answers.get("for_work"),
            **said,
        )


def _offered(ground: Ground, record: Record) -> bool:
    return isinstance(record, Asset) and bool(balance_of(ground.facts, record, ground.today).held)


COPYING = Act(
    name="copy",
    title="複写・複製",
    words=("複写", "複製", "コピー", "複写する", "写し", "バックアップを取る", "ふくしゃ"),
    hint="条項が求める承諾と照らして登録し、承諾がなければ申請書を示します。",
    about=Asset,
    fields=(
        _WHEN,
        _QUANTITY,
        _PERSON,
        _LOCATION,
        _DEVICE,
        APPROVAL,
        _PURPOSE,
        _FOR_WORK,
        without(COPY),
    ),
    draft=_draft,
    offered=_offered,
)
