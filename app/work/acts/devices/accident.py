"""What an accident with some things is recorded as: one incident for each contract that is concerned.

Nothing of it is assumed. What was on a lost thing, and how it was protected, is what the ledger says of that
day; what the ledger does not say stays open, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.records import Client, Contract, Facts, Field, Incident
from app.records.dated import as_of
from app.records.days import DayOnly, When, ahead_of, certainly_after, wareki, wareki_moment
from app.records.incident import IncidentAsset, IncidentKind, TimelineEntry
from app.records.kinds import Choice, Day, Flag, Moment, Text
from app.work.acts.plan import Answers, Ask, Draft, Ground, Paper, Write


class Mishap(StrEnum):
    """What happened, as whoever finds it says it."""

    LOST = "紛失"
    STOLEN = "盗難"
    MISSENT = "誤送付・誤交付"
    LEAKED = "漏えい"
    INFECTED = "ウイルス感染"
    INTRUDED = "不正アクセス"
    DISCARDED = "誤廃棄・誤消去"
    BROKEN = "破損"
    FALSIFIED = "改ざん"
    BREACH = "定めに反する取扱い"


_KINDS: Mapping[str, tuple[IncidentKind, ...]] = MappingProxyType(
    {
        Mishap.LOST: (IncidentKind.LOSS, IncidentKind.RISK),
        Mishap.STOLEN: (IncidentKind.THEFT,),
        Mishap.MISSENT: (IncidentKind.LEAK,),
        Mishap.LEAKED: (IncidentKind.LEAK,),
        Mishap.INFECTED: (IncidentKind.RISK,),
        Mishap.INTRUDED: (IncidentKind.RISK,),
        Mishap.DISCARDED: (IncidentKind.LOSS,),
        Mishap.BROKEN: (IncidentKind.DAMAGE,),
        Mishap.FALSIFIED: (IncidentKind.FALSIFICATION,),
        Mishap.BREACH: (IncidentKind.VIOLATION,),
    }
)
"""What happened → the kinds of incident that it is: what is lost is gone, and may be in other hands."""
_NEXT: Mapping[str, str] = MappingProxyType(
    {
        Mishap.LOST: "警察署や交通機関の遺失物係に届け出てください。",
        Mishap.STOLEN: "警察署に届け出てください。",
        Mishap.MISSENT: "誤って渡した相手に連絡し、開かずに返すか消すよう求めてください。",
        Mishap.LEAKED: "公開や送信を止め、渡った先に削除を求めてください。",
        Mishap.INFECTED: "回線から切り離し、初期化や消去をせずに保存してください。",
        Mishap.INTRUDED: "回線から切り離し、利用者アカウントを停止してください。",
    }
)
_TO_SOMEBODY = frozenset((Mishap.MISSENT, Mishap.LEAKED, Mishap.BREACH))
"""What somebody may have got who should not have."""
_COMES_BACK = _TO_SOMEBODY | {Mishap.LOST, Mishap.STOLEN, Mishap.DISCARDED}
"""What may be got back, or erased where it went."""
_RECORDED = "したことと時刻は、事故の「経過」に記録してください。"
_LONGEST = 200
"""Characters that the protection of a lost medium may take up in its own field."""

KIND = Field("kind", Choice(label="何が起きたか", of=Mishap), required=True, default="")
FOUND = Field("found", Moment(label="気づいた日時", past=True, back=2), required=True, default=None)
HAPPENED = Field(
    "happened",
    Moment(label="起きた日時", past=True, back=2, hint="分からない間は空欄"),
    required=False,
    default=None,
)
BY = Field("by", Text(label="気づいた者", hint="所属と氏名"), required=False, default="")
HOW = Field("how", Text(label="気づいた経緯", lines=2, longest=1000), required=False, default="")
PLACE = Field("place", Text(label="起きた場所"), required=False, default="")
FIELDS = (KIND, FOUND, HAPPENED, BY, HOW, PLACE)
RECIPIENT = Field(
    "recipient",
    Text(label="誤って渡った相手", hint="会社名や区分だけを入力します"),
    required=False,
    default="",
)
RECOVERED = Field(
    "recovered",
    Flag(label="回収", yes="回収・削除を確かめた", no="回収できていない", hint="分からない間は空欄"),
    required=False,
    default=None,
)
RECOVERED_ON = Field(
    "recovered_on",
    Day(label="回収の結果が判明した日", past=True, back=2),
    required=False,
    default=None,
)
ASTRAY = (RECIPIENT, RECOVERED, RECOVERED_ON)
"""What is asked besides where something may have gone to somebody by mistake."""


@dataclass
class Concerned:
    """What an accident concerns of one contract: ``things`` in words, a row for each, their protection.

    ``note``: what no paper tells.
    """

    things: list[str] = field(default_factory=list)
    rows: list[IncidentAsset] = field(default_factory=list)
    protection: list[str] = field(default_factory=list)
    note: str = ""


class Accident:
    """What was said of an accident."""

    def __init__(self, ground: Ground, answers: Answers) -> None:
        self.ground, self.facts = ground, ground.facts
        self.kind = str(answers.get("kind") or "")
        self.found: When | None = answers.get("found")
        self.happened: When | None = answers.get("happened")
        self._by, self._how = str(answers.get("by") or ""), str(answers.get("how") or "")
        self._place = str(answers.get("place") or "")
        self._recipient = str(answers.get("recipient") or "")
        self._recovered: bool | None = answers.get("recovered")
        self._recovered_on: date | None = answers.get("recovered_on")

    @property
    def lost(self) -> bool:
        """Whether the thing itself was lost or taken."""
        return self.kind in (Mishap.LOST, Mishap.STOLEN)

    @property
    def gone(self) -> bool:
        """Whether the thing itself is in other hands: only then its protection says anything.

        A locked disk protects nothing that was leaked from it while it was open.
        """
        return self.lost or self.kind == Mishap.MISSENT

    @property
    def day(self) -> date:
        """The day of which the ledger is asked: that on which it happened, as far as it is known."""
        moment = self.happened or self.found
        return moment.date() if moment is not None else self.ground.today

    @property
    def until(self) -> date:
        """The day on which it was found."""
        return self.found.date() if self.found is not None else self.ground.today

    def open(self) -> Iterator[Ask]:
        """What has to be said before anything can be written."""
        if self.kind not in _KINDS:
            yield Ask("何が起きたかを選んでください。", "kind", needed=True)
        if self.found is None:
            yield Ask("気づいた日時を入力してください。", "found", needed=True)
        if self.kind in _KINDS:
            yield from self._astray()

    def _astray(self) -> Iterator[Ask]:
        """Where it does not fit what happened, a report would tell of a hand into which nothing came.

        The day on which it was back is never guessed: a report would tell it earlier than it was.
        """
        if self._recipient and self.kind not in _TO_SOMEBODY:
            yield Ask(
                f"{self.kind}には、誤って渡った相手を入力しません。消すか、「誤送付・誤交付」か「漏えい」を選んでください。",
                "recipient",
                needed=True,
            )
        if self._recovered is not None and self.kind not in _COMES_BACK:
            yield Ask(f"{self.kind}では、回収を選びません。選択を外してください。", "recovered", needed=True)
        elif self._recovered and self._recovered_on is None and self.until < self.ground.today:
            yield Ask("回収・削除を確かめた日を入力してください。", "recovered_on", needed=True)
        elif self._recovered_on is not None and self._recovered is None:
            yield Ask("回収できたかを選ぶか、その判明した日を消してください。", "recovered", needed=True)

    def refusals(self) -> Iterator[str]:
        for label, moment in (("気づいた日時", self.found), ("起きた日時", self.happened)):
            if moment is not None and (ahead := ahead_of(moment, self.ground.now)):
                yield f"{label}（{wareki_moment(moment)}）が{ahead}より後です。日時を確かめてください。"
                return
        if (
            self.happened is not None
            and self.found is not None
            and certainly_after(self.happened, self.found)
        ):
            yield (
                f"気づいた日時（{wareki_moment(self.found)}）が起きた日時（{wareki_moment(self.happened)}）より"
                "前です。日時を確かめてください。"
            )

    def draft(
        self, named: str, concerned: Mapping[int, Concerned], remarks: Iterable[str], asks: Iterable[Ask]
    ) -> Draft:
        """The whole plan. ``named``: what it began from. Those to be telephoned stand first."""
        title = f"{self.kind}　{named}"
        found = self.found or DayOnly(self.until)
        writes = tuple(Write(self._incident(one, found, held)) for one, held in concerned.items())
        return Draft(
            f"{title}（発見{wareki(self.until)}）",
            f"{title}（{len(writes)}件）",
            writes,
            (*asks, *self._asks()),
            remarks=(*self._telephones(concerned), *remarks),
            papers=tuple(
                Paper(
                    one,
                    "incident-first",
                    None,
                    f"{'、'.join(held.things)}の{self.kind}を発注者に報告します。",
                )
                for one, held in concerned.items()
            ),
        )

    def row(self, **values: Any) -> IncidentAsset:
        """A row of what is concerned, known since the discovery."""
        return IncidentAsset(**values, known_on=self.until)

    def _incident(self, contract: int, found: When, held: Concerned) -> Incident:
        what = f"{'、'.join(held.things)}の{self.kind}"
        protection, apart = _protection(self.day, held.protection)
        return Incident(
            contract=contract,
            **self.said(),
            circumstances=f"{what}。{apart}",
            assets=tuple(held.rows),
            protection=protection,
            note=held.note,
            timeline=(TimelineEntry(at=found, who=self._by, what=f"{what}に気付いた"),),
        )

    def said(self) -> Mapping[str, Any]:
        """What was said of it, by the fields of an incident."""
        return {
            "kinds": tuple(map(str, _KINDS[self.kind])),
            "found_at": self.found,
            "found_by": self._by,
            "found_how": self._how,
            "happened_at": self.happened,
            "happened_known_on": self.until if self.happened is not None else None,
            "place": self._place,
            "recipient": self._recipient,
            "recovered": self._recovered,
            "recovered_on": self._recovered_on or (self.until if self._recovered else None),
        }

    def _asks(self) -> Iterator[Ask]:
        if self.kind == Mishap.MISSENT:
            if not self._recipient:
                yield Ask("誤って渡った相手を入力してください。", "recipient")
            if self._recovered is None:
                yield Ask("回収できたかを確かめてください。", "recovered")
        if not self._by:
            yield Ask("気づいた者の所属と氏名を入力してください。", "by")
        if isinstance(self.found, DayOnly):
            yield Ask("気づいた時刻を入力してください。直ちに報告したかは、時刻によって決まります。", "found")
        if told := _NEXT.get(self.kind, ""):
            yield Ask(f"{told}{_RECORDED}")

    def _telephones(self, contracts: Iterable[int]) -> Iterator[str]:
        """Whom to telephone at once, each client once with its contracts."""
        by_client: dict[int, list[Contract]] = {}
        for number in contracts:
            contract = self.facts.get(Contract, number)
            by_client.setdefault(contract.client, []).append(contract)
        for number, held in by_client.items():
            client = as_of(self.facts.get(Client, number), self.ground.today)
            who = " ".join(text for text in (client.department, client.contact) if text)
            call = f"電話{client.telephone}" if client.telephone else "電話番号は登録されていません"
            numbers = "、".join(one.number for one in held)
            yield f"すぐに電話する相手：{client.name}{f'　{who}' if who else ''}　{call}（{numbers}）"


def known_before(facts: Facts, contracts: Iterable[int], rows: Iterable[IncidentAsset]) -> Iterator[str]:
    """The incidents about the same things that are not closed: told, so that none is recorded twice."""
    held = tuple(rows)
    devices = {one.device for one in held if one.device is not None}
    assets = {one.asset for one in held if one.asset is not None}
    for contract in contracts:
        for one in facts.of(Incident, "contract", contract):
            same = any(row.device in devices or row.asset in assets for row in one.assets)
            if one.closed_on is None and same:
                yield (
                    f"{one.number}（発見{wareki(one.found_at.date())}）が同じものの事故として登録されています。"
                    "別の事故かを確かめてください。"
                )


def _protection(day: date, told: Iterable[str]) -> tuple[str, str]:
    """How it was protected on ``day``, and the same for the circumstances where it is too long for its field.

    Cut off it would be kinder than the facts: what is not encrypted may stand last.
    """
    text = "、".join(dict.fromkeys(told))
    whole = f"{wareki(day)}現在　{text}" if text else ""
    if len(whole) <= _LONGEST:
        return whole, ""
    return "「状況」に記載", f"媒体の保護（{wareki(day)}現在）：{text}。"
