"""What every hand-over (授受) asks and writes: one moment, one place, both parties, one way; and its slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.records import Client, Contract, Event, Field, Person
from app.records.days import DayOnly, When, ahead_of, wareki_moment
from app.records.event import EventKind
from app.records.handover import without_sections
from app.records.kinds import Many, Ref, Text
from app.records.safeguard import Safeguard
from app.records.status import Status
from app.work.acts.devices.persons import strangers, unfit
from app.work.acts.outside_term import early, outside_term
from app.work.acts.plan import Answers, Ask, Ground, Paper

SLIP = "transfer-slip"
"""The form that both sides sign, in two copies."""

COUNTERPART = Field("counterpart", Text(label="発注者の担当者の氏名"), required=False, default="")
PLACE = Field("place", Text(label="授受の場所", hint="発注者の庁舎の窓口など"), required=False, default="")
METHOD = Field("method", Text(label="授受・搬送の方法", hint="手渡し、書留など"), required=False, default="")
SAFEGUARDS = Field("safeguards", Many(label="搬送の措置", of=Safeguard), required=False, default=())
PROTECTION = Field(
    "protection", Text(label="措置の補足", hint="一覧にない措置、暗号の方式など"), required=False, default=""
)
PERSON = Field("person", Ref(label="取り扱った者", to="person"), required=False, default=None)
HOUR_HINT = "時刻が分からないときは日付だけ"

_SIGN = (
    "授受票を2通印刷して双方で署名し、署名済みの控えを登録してください。"
    "登録するまで「署名済みの控え待ち」です。"
)


def moment_of(answers: Answers) -> When | None:
    """When it was; None where nothing was said."""
    at = answers.get("on")
    return at if isinstance(at, datetime | DayOnly) else None


def client_named(ground: Ground, contract: Contract) -> tuple[str, str]:
    """How the client is called on a slip, and its person for hand-overs by the name alone.

    The slip prints both under each other: the section stands on it once.
    """
    client = ground.facts.find(Client, contract.client)
    if client is None:
        return "", ""
    section = client.department
    said = (*section.split(), "".join(section.split()))
    return f"{client.name}　{section}".strip(), without_sections(client.handover_person, said)


def not_yet(did: str, do: str, at: When, ground: Ground) -> Iterator[str]:
    """That the hand-over has not happened yet; ``did`` and ``do``: 返還した and 返還して."""
    if ahead := ahead_of(at, ground.now):
        when = "日" if isinstance(at, DayOnly) else "日時"
        yield (
            f"{did}{when}（{wareki_moment(at)}）が{ahead}より後です。{do}から登録してください。"
            "予定は「取扱記録」に予定として登録できます。"
        )


def slip_needs(answers: Answers) -> Iterator[Ask]:
    """What the slip is refused without: the hand-over itself can be recorded all the same."""
    for field in (METHOD, PLACE):
        if not answers.get(field.name):
            yield Ask(f"{field.kind.label}を入力しないと、授受票を発行できません。", field.name)


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over of one contract; ``kind``: 受領 or 返還."""

    ground: Ground
    contract: Contract
    at: When
    answers: Answers
    kind: EventKind

    @property
    def vendor(self) -> str:
        """How the vendor is called on the slip."""
        vendor = self.ground.facts.vendor
        return vendor.name if vendor else ""

    def event(self, asset: int, quantity: Any, **values: Any) -> Event:
        """One thing of it."""
        answers = self.answers
        return Event(
            asset=asset,
            kind=self.kind.value,
            status=Status.ACTUAL.value,
            happened_at=self.at,
            quantity=quantity,
            counterpart=str(answers.get("counterpart") or ""),
            handover_place=str(answers.get("place") or ""),
            method=str(answers.get("method") or ""),
            safeguards=tuple(answers.get("safeguards") or ()),
            protection=str(answers.get("protection") or ""),
            person=answers.get("person") or None,
            **values,
        )

    def refusals(self) -> Iterator[str]:
        """What cannot be true of any hand-over."""
        day = self.at.date()
        yield from not_yet(f"{self.kind}した", f"{self.kind}して", self.at, self.ground)
        if (person := self._person()) is not None:
            yield from unfit(person, day, "取り扱った者")

    def remarks(self) -> Iterator[str]:
        """What should be known beforehand."""
        if (person := self._person()) is not None:
            yield from strangers(self.ground.facts, person, (self.contract.id,), self.at.date())
        day, label = self.at.date(), f"{self.kind}した日"
        if self.kind is EventKind.RETURNED:
            # What is left is given back when the work is over.
            yield from early(self.contract, day, label)
        else:
            yield from outside_term(self.contract, day, label, self.kind)

    def asks(self) -> Iterator[Ask]:
        """What the slip will lack."""
        yield from slip_needs(self.answers)
        if not self.answers.get("counterpart"):
            yield Ask(
                f"{COUNTERPART.kind.label}を入力してください（授受票に印字されます）。", COUNTERPART.name
            )
        if not self.answers.get("safeguards") and not self.answers.get("protection"):
            yield Ask(
                "搬送の措置（施錠ケース、封緘など）を選んでください（授受票に印字されます）。", "safeguards"
            )
        yield Ask(_SIGN)

    def slip(self) -> Paper:
        """The slip of exactly this hand-over."""
        return Paper(self.contract.id, SLIP, None, "2通を印刷し、双方で署名して1通ずつ保管します。")

    def _person(self) -> Person | None:
        return self.ground.facts.find(Person, self.answers.get("person"))
