"""すべて返還: everything of a contract that is still here goes back to the client at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.duties.holding.balance import balance
from app.duties.holding.parties import Parties, Who
from app.records import Contract, Event, Field, Record
from app.records.asset import Medium
from app.records.days import DayOnly, When, wareki
from app.records.event import EventKind
from app.records.kinds import Moment, Text
from app.work.acts.disposing.rest import Rest, Rests
from app.work.acts.handing.handover import (
    COUNTERPART,
    METHOD,
    PERSON,
    PLACE,
    PROTECTION,
    SAFEGUARDS,
    Handover,
    client_named,
)
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Left, Write
from app.work.acts.year.contracts import contract_of

_ON = Field(
    "on",
    Moment(label="返還した日時", past=True, back=2, hint="時刻が分からないときは日付だけ"),
    required=True,
    default=None,
)
_TO = Field("to", Text(label="受け取った者", hint="発注者の名称、担当課など"), required=True, default="")
_DATA = "電子データは、返還しても手元に残るためです。「すべて廃棄・消去」で登録してください。"


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract, at = contract_of(records), answers.get("on")
    title = f"すべて返還　{contract.number}　{contract.title}"
    if not isinstance(at, datetime | DayOnly):
        return Draft(title, title, asks=(Ask("返還した日時を入力してください。", "on", needed=True),))
    if not answers.get("to"):
        return Draft(title, title, asks=(Ask("受け取った者を入力してください。", "to", needed=True),))
    giving = _Giving(ground, contract, at, answers)
    if refusals := tuple(giving.refusals()):
        return Draft(title, title, refusals=refusals)
    writes, left = tuple(giving.writes()), giving.left()
    remarks = (
        *(f"返還しません：{ground.facts.title(one.record)}　{one.why}" for one in left),
        *giving.apart(),
        *giving.handover.remarks(),
    )
    return Draft(
        f"{title}（{wareki(at.date())}、{len(writes)}件）",
        f"すべて返還　{contract.number}（{len(writes)}件）",
        writes,
        tuple(giving.asks()),
        remarks=remarks,
        papers=(giving.handover.slip(),),
        left=left,
    )


@dataclass(frozen=True, slots=True)
class _Giving:
    """One hand-over to the client."""

    ground: Ground
    contract: Contract
    at: When
    answers: Answers

    def _rests(self) -> Rests:
        return Rests(self.ground.facts, self.contract, self.at.date())

    def _things(self) -> tuple[Rest, ...]:
        return tuple(one for one in self._rests().all() if one.held.asset.medium != Medium.DATA)

    def refusals(self) -> Iterator[str]:
        day = self.at.date()
        if wrong := tuple(self.handover.refusals()):
            yield from wrong
            return
        match Parties(self.ground.facts, self.contract.id).taker(self._event()).who:
            case Who.OTHER | Who.OWN:
                yield (
                    f"受け取った者「{self.answers['to']}」は発注者ではありません。"
                    "発注者以外に渡したときは、「取扱記録」に引渡として登録してください。"
                )
                return
            case _:
                pass
        if not self._things():
            kept = "返還できるものは電子データのほかに" if self.left() else "返還できるものは手元に"
            yield (
                f"{wareki(day)}の時点で、{kept}残っていません。受領・返還・廃棄の記録と日付を確かめてください。"
            )

    @property
    def handover(self) -> Handover:
        """As any other hand-over to the client."""
        return Handover(self.ground, self.contract, self.at, self.answers, EventKind.RETURNED)

    def _event(self, one: Rest | None = None) -> Event:
        handover = self.handover
        return handover.event(
            one.held.asset.id if one else 0,
            one.quantity if one else 0,
            from_party=handover.vendor,
            to_party=str(self.answers["to"]),
        )

    def writes(self) -> Iterator[Write]:
        for one in self._things():
            yield Write(self._event(one))

    def left(self) -> tuple[Left, ...]:
        """Data cannot be handed back: what was sent is still here."""
        return tuple(
            Left(one.held.asset, _DATA) for one in self._rests().all() if one.held.asset.medium == Medium.DATA
        )

    def apart(self) -> tuple[str, ...]:
        return tuple(self._rests().elsewhere("返還"))

    def asks(self) -> Iterator[Ask]:
        if Parties(self.ground.facts, self.contract.id).taker(self._event()).who is Who.UNKNOWN:
            yield Ask(
                f"受け取った者「{self.answers['to']}」が発注者の者かを確かめてください。"
                "発注者の名称か担当課で入力しないと、返還したものとして数えません。",
                "to",
            )
        yield from self.handover.asks()


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    name, person = client_named(ground, contract_of(records))
    return {"to": name, "counterpart": person}


def _offered(ground: Ground, record: Record) -> bool:
    return isinstance(record, Contract) and any(
        one.held for one in balance(ground.facts, record.id, ground.today)
    )


RETURN_ALL = Act(
    name="return-all",
    title="すべて返還",
    words=("返還", "返却", "全部返す", "残りの返還", "へんかん", "へんきゃく"),
    about=Contract,
    hint="手元に残っている情報資産を、1回の授受としてすべて発注者に返します。",
    fields=(_ON, _TO, COUNTERPART, PLACE, METHOD, SAFEGUARDS, PROTECTION, PERSON),
    draft=_draft,
    offered=_offered,
    given=_given,
)
