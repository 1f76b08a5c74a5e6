"""返還: chosen things go back to the client at once, never more of each than is here, as one hand-over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.duties.holding.balance import balance
from app.duties.holding.parties import Parties, Who
from app.records import Asset, Contract, Field, Record
from app.records.amounts import Amount, amount_text, broken_piece
from app.records.asset import Medium
from app.records.days import wareki
from app.records.event import EventKind
from app.records.kinds import Moment, Rows, Text
from app.work.acts.devices.contents import balance_of
from app.work.acts.disposing.rest import Rest, Rests, spent
from app.work.acts.handing.handover import (
    COUNTERPART,
    HOUR_HINT,
    METHOD,
    PERSON,
    PLACE,
    PROTECTION,
    SAFEGUARDS,
    Handover,
    client_named,
    moment_of,
)
from app.work.acts.handing.rows import ReturnedThing
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Misfit, Write, all_of, unanswered

_ON = Field(
    "on", Moment(label="返還した日時", past=True, back=2, hint=HOUR_HINT), required=True, default=None
)
_TO = Field("to", Text(label="受け取った者", hint="発注者の名称、担当課など"), required=True, default="")
_DATA = "電子データは、返還しても手元に残ります。「廃棄・消去」で登録してください。"
_THINGS = Field("things", Rows(label="返還したもの", of=ReturnedThing), required=True, default=())


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    assets, at = all_of(records, Asset), moment_of(answers)
    contract = ground.facts.get(Contract, assets[0].contract)
    title = f"返還　{contract.number}　{contract.title}"
    things: tuple[ReturnedThing, ...] = tuple(answers.get("things") or ())
    taker = str(answers.get("to") or "")
    if at is None or not taker or not things:
        open_ = unanswered(
            (at, "on", "返還した日時を入力してください。"),
            (taker, "to", "受け取った者を入力してください。"),
            (things, "things", "返還したものを、1件ずつ数量まで入力してください。"),
        )
        return Draft(title, title, asks=open_)
    giving = _Giving(Handover(ground, contract, at, answers, EventKind.RETURNED), things)
    if refusals := tuple(giving.refusals()):
        return Draft(title, title, refusals=refusals)
    return Draft(
        f"{title}（{wareki(at.date())}、{len(things)}件）",
        f"返還　{contract.number}（{len(things)}件）",
        tuple(giving.writes()),
        tuple(giving.asks()),
        remarks=(*giving.handover.remarks(), *giving.remarks()),
        papers=(giving.handover.slip(),),
    )


@dataclass(frozen=True, slots=True)
class _Giving:
    """One hand-over to the client."""

    handover: Handover
    things: tuple[ReturnedThing, ...]

    def writes(self) -> Iterator[Write]:
        handover = self.handover
        for at, one in enumerate(self.things, 1):
            event = handover.event(
                one.asset, one.quantity, from_party=handover.vendor, to_party=str(handover.answers["to"])
            )
            yield Write(event, row=f"{_THINGS.name}.{at}")

    def refusals(self) -> Iterator[str]:
        yield from self.handover.refusals()
        if self._who() in (Who.OTHER, Who.OWN):
            yield (
                f"受け取った者「{self.handover.answers['to']}」は発注者ではありません。"
                "発注者以外に渡したときは、「取扱記録」に引渡として登録してください。"
            )
        here, seen = self._here(), set[int]()
        for at, one in enumerate(self.things, 1):
            for cell, said in self._wrong(one, here, again=one.asset in seen):
                yield Misfit.at(f"{_THINGS.name}.{at}.{cell}", said)
            seen.add(one.asset)

    def _wrong(
        self, one: ReturnedThing, here: Mapping[int, Rest], *, again: bool
    ) -> Iterator[tuple[str, str]]:
        """The cells of a row that cannot be so, and why."""
        facts = self.handover.ground.facts
        asset = facts.get(Asset, one.asset)
        left = here[one.asset].quantity if one.asset in here else 0
        if asset.contract != self.handover.contract.id:
            yield (
                "asset",
                f"{asset.number}は別の契約（{facts.key_of('contract', asset.contract)}）のものです。"
                "1回の授受は1件の契約です。外して、その契約の返還として登録してください。",
            )
        elif again:
            yield "asset", f"{asset.number}は、ほかの行にもあります。1行にまとめてください。"
        elif asset.medium == Medium.DATA:
            yield (
                "asset",
                f"{asset.number}は電子データのため、返還しても手元に残ります。"
                "外して、「廃棄・消去」で登録してください。",
            )
        elif not left:
            yield (
                "asset",
                f"{asset.number}は、{wareki(self.handover.at.date())}に手元に残っていません。"
                "番号と日時を確かめてください。",
            )
        elif said := broken_piece(one.quantity, asset.unit):
            yield "quantity", said
        elif one.quantity > left:
            yield (
                "quantity",
                f"{asset.number}の数量が、{wareki(self.handover.at.date())}に手元にある"
                f"{amount_text(left)}{asset.unit}を超えます。数量と日時を確かめてください。",
            )

    def remarks(self) -> Iterator[str]:
        """What of the same things stays, and what of them is not here."""
        here, meant = self._here(), {one.asset for one in self.things}
        for one in self.things:
            rest = here[one.asset].quantity - one.quantity
            if rest:
                asset = here[one.asset].held.asset
                yield f"{asset.number}は、返還のあとも{amount_text(rest)}{asset.unit}が手元に残ります。"
        for line in balance(self.handover.ground.facts, self.handover.contract.id, self.handover.at.date()):
            if line.asset.id in meant and line.out:
                away = f"{amount_text(line.out)}{line.asset.unit}"
                yield f"{line.asset.number}の持出し中の{away}は、返還に含みません。"

    def asks(self) -> Iterator[Ask]:
        if self._who() is Who.UNKNOWN:
            yield Ask(
                f"受け取った者「{self.handover.answers['to']}」が発注者の者かを確かめてください。"
                "発注者の名称か担当課で入力しないと、返還したものとして数えません。",
                "to",
            )
        yield from self.handover.asks()

    def _who(self) -> Who:
        handover = self.handover
        event = handover.event(0, 0, to_party=str(handover.answers["to"]))
        return Parties(handover.ground.facts, handover.contract.id).taker(event).who

    def _here(self) -> Mapping[int, Rest]:
        handover = self.handover
        rests = Rests(handover.ground.facts, handover.contract, handover.at.date())
        return {one.held.asset.id: one for one in rests.all()}


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """The client, and of everything that was chosen as much as is here."""
    assets = all_of(records, Asset)
    contract = ground.facts.get(Contract, assets[0].contract)
    name, person = client_named(ground, contract)
    here = {one.held.asset.id: one.quantity for one in Rests(ground.facts, contract, ground.today).all()}
    things = tuple(
        ReturnedThing(asset=one.id, quantity=here.get(one.id, 0) or _whole(ground, one)) for one in assets
    )
    return {"to": name, "counterpart": person, "things": things}


def _whole(ground: Ground, asset: Asset) -> Amount:
    """As much as is here of an asset of another contract: that it cannot go with the others is said."""
    line = balance_of(ground.facts, asset, ground.today)
    return max(line.held - line.away - line.out, 0)


def _unfit(ground: Ground, records: tuple[Record, ...]) -> Mapping[int, str]:
    assets = all_of(records, Asset)
    data = {one.id: _DATA for one in assets if one.medium == Medium.DATA}
    return {**spent(ground.facts, assets, ground.today), **data}


RETURN = Act(
    name="return",
    title="返還（授受）",
    words=("返還", "返却", "授受", "返す", "返した", "へんかん", "へんきゃく"),
    hint="選んだものを、1回の授受としてまとめて発注者に返し、授受票を作成します。",
    about=Asset,
    fields=(_THINGS, _ON, _TO, COUNTERPART, PLACE, METHOD, SAFEGUARDS, PROTECTION, PERSON),
    draft=_draft,
    many=True,
    offered=lambda ground, one: not _unfit(ground, (one,)),
    unfit=_unfit,
    given=_given,
)
