"""現物確認（棚卸）: what should be at a place is looked for, thing by thing, and a check says what was seen.

What was not looked at is written as 未確認; until nothing is, the check is not done, and can be gone on with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.records import Check, Contract, Field, Location, LocationUse, Person, Record
from app.records.check import CheckKind
from app.records.days import wareki
from app.records.for_contract import ForContract
from app.records.kinds import Choice, Day, Ref, Text
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Act, Answers, Ask, Draft, Follow, Ground, Write, only_of, renewed
from app.work.acts.stock.expected import contracts_of
from app.work.acts.stock.holdings import holding_of, unplaced
from app.work.acts.stock.rows import LEFT, OFFENDING, Seen
from app.work.acts.stock.sought import Scope, sought_at, sought_on
from app.work.acts.stock.tally import entries, tally
from app.work.acts.stock.written import is_stocktake, item_of, said_of

_NAMED = 5
_RECENT = timedelta(days=31)
"""So long after it was broken off a stock-take is gone on with; later it is begun anew."""


@dataclass(frozen=True, kw_only=True)
class Tally(Text):
    """Numbers as they were scanned or ticked, one a line. ``place``: the id of the place looked at."""

    place: int = 0


_DAY = Field("on", Day(label="確認日", past=True, back=2), required=True, default=None)
_SEEN = Field(
    "seen",
    Tally(
        label="確かめたもの",
        lines=6,
        longest=50_000,
        hint="番号を読み取ってEnter。1行に1つ。ないものは「番号 なし」、数えたものは「番号 数量」",
    ),
    required=True,
    default="",
)
_BY = Field("by", Ref(label="実施者", to="person"), required=False, default=None)
_ACTION = Field(
    "action",
    Text(label="措置", lines=2, longest=1000, hint="ないもの、場所の違うものなどがあったとき"),
    required=False,
    default="",
)
_CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="空欄は、この場所にあるすべての契約のもの"),
    required=False,
    default=None,
)
_SCOPE = Field(
    "scope", Choice(label="対象", of=Scope, hint="電子データは含みません"), required=True, default=""
)
_FORMER = Field(
    "former",
    Ref(label="途中の現物確認", to="check", hint="続きから行う点検。空欄にすると、初めから行います"),
    required=False,
    default=None,
)
_FIELDS = (_SEEN, _DAY, _BY, _ACTION, _CONTRACT, _SCOPE, _FORMER)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    place = only_of(records, Location)
    kind = Tally(label=_SEEN.label, lines=6, longest=50_000, hint=_SEEN.kind.hint, place=place.id)
    fields = (Field(_SEEN.name, kind, _SEEN.required, _SEEN.default), *_FIELDS[1:])
    return fields if _broken_off(ground, place) is not None else fields[:-1]


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    place, day = only_of(records, Location), answers.get("on")
    title = f"現物確認　{place.name}"
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("確認日を入力してください。", "on", needed=True),))
    look = _Look(ground, place, day, answers)
    refusals = tuple(look.refusals())
    if refusals:
        return Draft(title, title, refusals=refusals)
    asks = tuple(look.asks())
    writes = () if any(one.needed for one in asks) else look.writes()
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(look.rows)}件）",
        writes,
        asks,
        remarks=tuple(look.remarks()),
        follows=tuple(look.follows()) if writes else (),
    )


class _Look:
    """One place on one day."""

    def __init__(self, ground: Ground, place: Location, day: date, answers: Answers) -> None:
        self._ground, self._facts, self._place, self._day = ground, ground.facts, place, day
        self._answers = answers
        self._contract = ground.facts.find(Contract, answers.get("contract"))
        self._by = ground.facts.find(Person, answers.get("by"))
        self._former = ground.facts.find(Check, answers.get("former"))
        self._action = str(answers.get("action") or "")
        said = str(answers.get("seen") or "")
        only = self._contract.id if self._contract else None
        self._scope = Scope(answers.get("scope") or Scope.BOTH)
        self._sought = sought_at(ground.facts, place, day, only, self._scope)
        self._begun = bool(entries(said))
        self.rows = tally(ground.facts, place, day, said, only, self._sought)

    def refusals(self) -> Iterator[str]:
        if self._day > self._ground.today:
            yield f"確認日（{wareki(self._day)}）がきょうより後です。確かめてから、その日を登録してください。"
        if self._by is not None:
            yield from unfit(self._by, self._day, "実施者")
        if not self._sought:
            whose = f"{self._contract.number}の" if self._contract else ""
            yield (
                f"{self._place.name}には、{wareki(self._day)}にあるはずの{whose}{self._scope.things}が"
                "登録されていません。「契約のPC・媒体」の設置・保管場所と、取扱記録の場所を確かめてください。"
            )
        former = self._former
        if former is not None and (former.location != self._place.id or former.finished):
            yield "「途中の現物確認」は、この場所の、未確認の残る点検を選んでください。"
        elif former is not None and self._day < former.done_on:
            begun = wareki(former.done_on)
            yield f"確認日が、途中の現物確認の日（{begun}）より前です。日付を確かめてください。"

    def asks(self) -> Iterator[Ask]:
        if not self._begun:
            yield Ask("番号を読み取るか、一覧で選んで「あり」「なし」を押してください。", "seen", needed=True)
            return
        if any(one.seen in OFFENDING for one in self.rows) and not self._action:
            yield Ask("合わないものについて、行った措置を入力してください。", "action", needed=True)
        if self._by is None:
            yield Ask("実施者を選んでください。", "by")
        if left := [one.number for one in self.rows if one.seen in LEFT]:
            yield Ask(
                f"{'、'.join(left)}は「未確認」として登録します。"
                "すべて確かめるまで、点検を行ったことになりません。続きは、もう一度「現物確認」で行えます。",
                "seen",
            )

    def remarks(self) -> Iterator[str]:
        yield from (one.told for one in self.rows if one.told)
        yield from self._unplaced()
        if not self._begun:
            return
        if others := dict.fromkeys(name for one in self._contracts for name in self._others(one)):
            yield f"これらの契約の場所は、ほかに{'、'.join(others)}があります。それぞれ確かめてください。"

    def _unplaced(self) -> Iterator[str]:
        """What no stock-take finds, because nothing says where it is."""
        if self._scope == Scope.DEVICES:
            return
        if held := unplaced(self._facts, (one.id for one in self._contracts), self._day):
            named = "、".join(one.number for one in held[:_NAMED])
            more = f"ほか{len(held) - _NAMED}件" if len(held) > _NAMED else ""
            yield (
                f"保管場所の登録がない情報資産（{named}{more}）は、どの場所の現物確認にも入りません。"
                "取扱記録に場所を登録してください。"
            )

    @property
    def _contracts(self) -> tuple[Contract, ...]:
        return contracts_of(self._facts, self._sought.contracts, self._day)

    def _others(self, contract: Contract) -> Iterator[str]:
        """The other places of a contract where something should be on the day."""
        for use in self._facts.of(LocationUse, "contract", contract.id):
            place = self._facts.find(Location, use.location)
            if place is None or place.id == self._place.id:
                continue
            if sought_at(self._facts, place, self._day, contract.id, self._scope):
                yield place.name

    def writes(self) -> tuple[Write, ...]:
        said: dict[str, Any] = {
            "done_on": self._day,
            "items": tuple(item_of(one) for one in self.rows),
            "contracts": tuple(ForContract(contract=one.id) for one in self._contracts),
        }
        if self._by is not None:
            said["checked_by"] = self._by.id
        if self._action:
            said["action"] = self._action
        if self._former is not None:
            return renewed(self._former, **said)
        made = Check(
            kind=CheckKind.STORAGE.value,
            subject=f"{self._scope.things}の現物確認（棚卸）",
            how="現物と台帳の照合",
            location=self._place.id,
            **said,
        )
        return (Write(made),)

    def follows(self) -> Iterator[Follow]:
        """What is to be done about what was not there, or was where it should not be."""
        for seen, act, text, said in (
            (Seen.ABSENT, "lose", "紛失・盗難を登録", {}),
            (Seen.ELSEWHERE, "move", "ここへの移動を登録", {"to": self._place.id}),
        ):
            ids = tuple(one.device.id for one in self.rows if one.seen == seen and one.device is not None)
            if ids:
                yield Follow(act, ids, f"{text}（{len(ids)}件）", said)
        yield from self._of_assets()

    def _of_assets(self) -> Iterator[Follow]:
        """Of assets: whether what is missing is lost, people decide; the accident is only offered."""
        missing = [one for one in self.rows if one.asset and one.seen in (Seen.ABSENT, Seen.SHORT)]
        if missing:
            ids = tuple(one.asset.id for one in missing if one.asset)
            lost = [(one.due or 0) - (one.counted or 0) for one in missing]
            part = {"quantity": lost[0]} if len(missing) == 1 else {}
            yield Follow("lose-asset", ids, f"情報資産の紛失などの事故を登録（{len(ids)}件）", part)
        strayed = (one.asset for one in self.rows if one.asset and one.seen == Seen.ELSEWHERE)
        out = tuple(one.id for one in strayed if holding_of(self._facts, one, self._day).out)
        if out:
            yield Follow("check-in-asset", out, f"情報資産の持帰りを登録（{len(out)}件）")


def _broken_off(ground: Ground, place: Location) -> Check | None:
    """The stock-take of the place that was begun lately and not finished; None where there is none."""
    held = (
        one
        for one in ground.facts.of(Check, "location", place.id)
        if one.kind == CheckKind.STORAGE and is_stocktake(one)
    )
    newest = max(held, key=lambda one: (one.done_on, one.id), default=None)
    if newest is None or newest.finished or newest.done_on < ground.today - _RECENT:
        return None
    return newest


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    known: dict[str, Any] = {"on": ground.today, "scope": Scope.BOTH.value}
    former = _broken_off(ground, only_of(records, Location))
    if former is not None:
        known |= {"former": former.id, "seen": said_of(former), "action": former.action}
        known["by"] = former.checked_by
        known["scope"] = next(
            (one.value for one in Scope if former.subject.startswith(f"{one.things}の")), ""
        )
    return known


def _offered(ground: Ground, one: Record) -> bool:
    return isinstance(one, Location) and sought_on(ground.facts, one, ground.today)


STOCKTAKE = Act(
    name="stock-take",
    title="現物確認（棚卸）",
    words=("現物確認", "棚卸", "実査", "員数点検", "あるか確かめる", "バーコード", "たなおろし", "げんぶつ"),
    hint="場所にあるはずのPC・媒体と情報資産を、番号の読み取り又は一覧で1つずつ確かめます。",
    about=Location,
    fields=_FIELDS,
    draft=_draft,
    asked=_asked,
    offered=_offered,
    given=_given,
    kept=("seen", "by", "action", "contract", "scope"),
)
