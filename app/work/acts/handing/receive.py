"""受領: many new things come from the client at once, each typed in a row, as one hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.records import Asset, Contract, Event, Field, Location, Record
from app.records.amounts import Amount, broken_piece
from app.records.days import wareki
from app.records.event import EventKind
from app.records.kinds import Moment, Ref, Rows, Text
from app.work.acts.devices.uses import is_away
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
from app.work.acts.handing.rows import ReceivedThing
from app.work.acts.plan import (
    PROVISIONAL,
    Act,
    Answers,
    Ask,
    Draft,
    Ground,
    Misfit,
    Write,
    only_of,
    unanswered,
)

_ON = Field(
    "on", Moment(label="受領した日時", past=True, back=2, hint=HOUR_HINT), required=True, default=None
)
_FROM = Field(
    "from_party", Text(label="渡した者", hint="発注者の名称、担当課など"), required=True, default=""
)
_THINGS = Field("things", Rows(label="受領したもの", of=ReceivedThing), required=True, default=())
_LOCATION = Field("location", Ref(label="保管する場所", to="location"), required=False, default=None)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract, at = only_of(records, Contract), moment_of(answers)
    title = f"受領　{contract.number}　{contract.title}"
    things: tuple[ReceivedThing, ...] = tuple(answers.get("things") or ())
    giver = str(answers.get("from_party") or "")
    if at is None or not giver or not things:
        open_ = unanswered(
            (at, "on", "受領した日時を入力してください。"),
            (giver, "from_party", "渡した者を入力してください。"),
            (things, "things", "受領したものを、1件ずつ数量まで入力してください。"),
        )
        return Draft(title, title, asks=open_)
    taking = _Taking(Handover(ground, contract, at, answers, EventKind.RECEIVED), things)
    if refusals := tuple(taking.refusals()):
        return Draft(title, title, refusals=refusals)
    return Draft(
        f"{title}（{wareki(at.date())}、{len(things)}件）",
        f"受領　{contract.number}（{len(things)}件）",
        tuple(taking.writes()),
        tuple(taking.asks()),
        remarks=(*taking.handover.remarks(), *taking.again()),
        papers=(taking.handover.slip(),),
    )


def _row(at: int) -> str:
    return f"{_THINGS.name}.{at}"


@dataclass(frozen=True, slots=True)
class _Taking:
    """One hand-over to the vendor."""

    handover: Handover
    things: tuple[ReceivedThing, ...]

    def writes(self) -> Iterator[Write]:
        """Each thing becomes an asset of the contract, and comes in with an event of its own."""
        handover, place = self.handover, self._place()
        for at, one in enumerate(self.things, 1):
            asset = Asset(
                id=PROVISIONAL + at,
                contract=handover.contract.id,
                item=one.item,
                classification=one.classification,
                medium=one.medium,
                unit=one.unit,
                persons=one.persons,
                identifier=one.identifier,
                return_by=one.return_by,
            )
            yield Write(asset, row=_row(at))
        for at, one in enumerate(self.things, 1):
            event = handover.event(
                PROVISIONAL + at,
                one.quantity,
                from_party=str(handover.answers["from_party"]),
                to_party=handover.vendor,
                location=place.id if place else None,
            )
            yield Write(event, row=_row(at))

    def refusals(self) -> Iterator[str]:
        yield from self.handover.refusals()
        place = self._place()
        if place is not None and is_away(place):
            yield f"{place.name}は{place.kind}のため、保管する場所にできません。ほかの場所を選んでください。"
        seen: dict[str, int] = {}
        for at, one in enumerate(self.things, 1):
            if said := broken_piece(one.quantity, one.unit):
                # Said here, of what was typed: the ledger would say it of the asset and of its event.
                yield Misfit.at(f"{_row(at)}.quantity", said)
            if one.identifier and one.identifier in seen:
                yield Misfit.at(
                    f"{_row(at)}.identifier",
                    f"封印番号・製造番号等「{one.identifier}」は、{seen[one.identifier]}行目と同じです。"
                    "番号を確かめてください。",
                )
            seen.setdefault(one.identifier, at)
            if one.return_by is not None and one.return_by < self.handover.at.date():
                yield Misfit.at(
                    f"{_row(at)}.return_by", "返却期限が、受領した日より前です。日付を確かめてください。"
                )

    def asks(self) -> Iterator[Ask]:
        if self._place() is None:
            yield Ask("保管する場所を選んでください。", "location")
        yield from self.handover.asks()

    def again(self) -> Iterator[str]:
        """What came on the same day by the ledger already, so much of the same: it may be the same thing."""
        facts, day = self.handover.ground.facts, self.handover.at.date()
        came: dict[tuple[str, str, Amount], str] = {}
        for asset in facts.of(Asset, "contract", self.handover.contract.id):
            for event in facts.of(Event, "asset", asset.id):
                if event.kind == EventKind.RECEIVED and event.happened_at.date() == day:
                    came[asset.item, asset.identifier, event.quantity] = asset.number
        for at, one in enumerate(self.things, 1):
            if number := came.get((one.item, one.identifier, one.quantity)):
                yield (
                    f"{at}行目の「{one.item}」は、同じ日の受領が{number}として登録されています。"
                    "二重に登録していないかを確かめてください。"
                )

    def _place(self) -> Location | None:
        return self.handover.ground.facts.find(Location, self.handover.answers.get("location"))


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    name, person = client_named(ground, only_of(records, Contract))
    return {"from_party": name, "counterpart": person}


RECEIVE = Act(
    name="receive",
    title="受領（授受）",
    words=("受領", "授受", "受け取る", "受け取った", "預かる", "預かった", "じゅりょう", "じゅじゅ"),
    hint="発注者から受け取ったものを、1回の授受としてまとめて登録し、授受票を作成します。",
    about=Contract,
    fields=(
        _THINGS,
        _ON,
        _FROM,
        COUNTERPART,
        PLACE,
        METHOD,
        SAFEGUARDS,
        PROTECTION,
        PERSON,
        _LOCATION,
    ),
    draft=_draft,
    given=_given,
)
