"""情報資産の持帰り: what was taken out is back, all of it or a part; what is not stays out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.duties.holding.balance import Balance
from app.records import Approval, Asset, Event, Field, Location, Person, Record
from app.records.amounts import Amount, amount_text
from app.records.days import DayOnly, When, wareki
from app.records.event import EventKind
from app.records.kinds import Moment, Quantity, Ref
from app.records.status import Status
from app.work.acts.devices.check_in import TO, future, late, same_of
from app.work.acts.devices.check_out_assets import assets_of
from app.work.acts.devices.contents import balance_of, balances_of, coming_back, trips
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write

_WHEN = Field("on", Moment(label="持ち帰った日時", past=True, back=2), required=True, default=None)
_PERSON = Field("person", Ref(label="持ち帰った者", to="person"), required=False, default=None)
_QUANTITY = Field(
    "quantity",
    Quantity(label="数量", hint="一部だけのとき。空欄は、持出し中のすべて"),
    required=False,
    default=None,
)
_OF_ASSETS = (_WHEN, TO, _PERSON)


def _draft_assets(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets, when = assets_of(records), answers.get("on")
    title = f"情報資産の持帰り　{'、'.join(one.number for one in assets)}"
    if when is None:
        return Draft(title, title, asks=(Ask("持ち帰った日時を入力してください。", "on", needed=True),))
    back = _Assets(ground, assets, when, answers)
    refusals = tuple(back.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = tuple(back.writes())
    return Draft(
        f"{title}（{wareki(when.date())}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(back.asks()),
        remarks=tuple(back.remarks()),
    )


class _Assets:
    """Some assets of which what was out is back at one moment: all of it, or of a single one a part."""

    def __init__(self, ground: Ground, assets: tuple[Asset, ...], when: When, answers: Answers) -> None:
        self._ground, self._facts, self._assets, self._when = ground, ground.facts, assets, when
        self._to = ground.facts.find(Location, answers.get("to"))
        self._person = ground.facts.find(Person, answers.get("person"))
        self._part: Amount | None = answers.get("quantity") if len(assets) == 1 else None

    def writes(self) -> Iterator[Write]:
        for asset in self._assets:
            place = self._to or self._line(asset).place
            yield Write(
                Event(
                    asset=asset.id,
                    kind=EventKind.BROUGHT_BACK.value,
                    status=Status.ACTUAL.value,
                    happened_at=self._when,
                    quantity=self._part or self._out(asset),
                    person=self._person.id if self._person else None,
                    location=place.id if place else None,
                )
            )

    def asks(self) -> Iterator[Ask]:
        for asset in self._assets:
            if self._to is None and self._line(asset).place is None:
                yield Ask(f"{asset.number}を戻した場所を選んでください。", "to")

    def refusals(self) -> Iterator[str]:
        yield from future(self._when, self._ground)
        if self._person is not None:
            yield from unfit(self._person, self._when.date(), "持ち帰った者")
        for asset in self._assets:
            out = self._out(asset)
            if not out:
                yield (
                    f"{asset.number}は{wareki(self._when.date())}に持ち出されたままではありません。"
                    "番号と日時を確かめてください。"
                )
            elif self._part is not None and self._part > out:
                yield (
                    f"{asset.number}の数量が、持出し中の{amount_text(out)}{asset.unit}を超えます。"
                    "数量と日時を確かめてください。"
                )

    def remarks(self) -> Iterator[str]:
        for asset in self._assets:
            rest = self._out(asset) - (self._part or self._out(asset))
            if rest:
                yield f"{asset.number}の残りの{amount_text(rest)}{asset.unit}は、持出し中のままです。"
            yield from self._late(asset)

    def _late(self, asset: Asset) -> Iterator[str]:
        """Of each trip that ends with this: the latest may be in time, and an earlier one long overdue."""
        day = self._when.date()
        out = trips(self._facts, asset, day)
        for event in coming_back(out, self._part or self._out(asset)):
            approval = self._facts.find(Approval, event.approval)
            since = f"（{wareki(event.happened_at.date())}の持出し）" if len(out) > 1 else ""
            yield from late(event.return_by, approval, f"{asset.number}{since}", day)

    def _out(self, asset: Asset) -> Amount:
        """How much was out then and is not told as back since: nothing comes back twice."""
        now = balance_of(self._facts, asset, self._ground.today)
        return max(0, min(self._line(asset).out, now.taken))

    def _line(self, asset: Asset) -> Balance:
        return balance_of(self._facts, asset, self._when.date())


def _given_assets(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """Today, at an hour that only the officer knows, all that is out, to where it was, by whoever took it.

    How it was carried nobody knows.
    """
    assets = assets_of(records)
    lines = [balance_of(ground.facts, one, ground.today) for one in assets]
    outs = [trip.event for one in assets for trip in trips(ground.facts, one, ground.today)]
    people = [one.person for one in outs if one.person is not None]
    given = {
        "on": DayOnly(ground.today),
        "to": same_of(line.place.id if line.place else None for line in lines),
        "person": same_of(people),
        "quantity": lines[0].out if len(lines) == 1 else None,
    }
    return {name: value for name, value in given.items() if value}


def _not_out(ground: Ground, records: tuple[Record, ...]) -> Mapping[int, str]:
    held = {one.id for one in assets_of(records)}
    out = {one.asset.id for one in balances_of(ground.facts, held, ground.today) if one.out}
    return dict.fromkeys(held - out, "持出し中ではありません。")


CHECK_IN_ASSET = Act(
    name="check-in-asset",
    title="情報資産の持帰り",
    words=("持帰り", "持ち帰り", "返却", "戻した", "帰った"),
    hint="持出し中のもの又はその一部を、持ち出す前の場所に戻します。",
    about=Asset,
    fields=(*_OF_ASSETS, _QUANTITY),
    draft=_draft_assets,
    many=True,
    asked=lambda _ground, records: (*_OF_ASSETS, _QUANTITY) if len(records) == 1 else _OF_ASSETS,
    offered=lambda ground, one: not _not_out(ground, (one,)),
    unfit=_not_out,
    given=_given_assets,
)
