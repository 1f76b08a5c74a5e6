"""退職: whoever leaves ends every assignment, and what is in that person's hands passes on or comes back.

What the person holds is read from the records themselves, never from a list of its own: nothing that is
registered can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from app.records import (
    Assignment,
    Contract,
    DeviceUse,
    Facts,
    Field,
    Improvement,
    Location,
    Person,
    Record,
    Structure,
    System,
)
from app.records.assignment import AssignmentRole, Role
from app.records.days import wareki
from app.records.kinds import Choice, Day, Ref, Text
from app.work.acts.devices.uses import begun_since
from app.work.acts.following import ended, goes_on, otherwise
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, only_of, renewed, with_values


class Handing(StrEnum):
    """What becomes of the machines and media that the leaver uses."""

    ON = "引継ぎ先が使う"
    BACK = "契約での使用を終える"


_DAY = Field("on", Day(label="退職日", back=2), required=True, default=None)
_WHY = Field("why", Text(label="変更の理由", hint="変更届に印字されます"), required=False, default="退職")
_FOLLOWS = Field(
    "follows",
    Ref(label="後任", to="person", hint="責任者の役割、管理体制、場所とシステムの管理を引き継ぐ者"),
    required=False,
    default=None,
)
_DEVICES = Field("devices", Choice(label="使用していたPC・媒体", of=Handing), required=False, default="")
_USER = Field("user", Ref(label="PC・媒体の引継ぎ先", to="person"), required=False, default=None)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    person = only_of(records, Person)
    machines = (_DEVICES, _USER) if _uses(ground.facts, person, ground.today) else ()
    return (_DAY, _WHY, *((_FOLLOWS,) if _manages(ground.facts, person) else ()), *machines)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    person, day = only_of(records, Person), answers.get("on")
    title = f"退職　{person.name}"
    if not isinstance(day, date):
        ask = Ask("退職日を入力してください。", "on", needed=True)
        return Draft(title, title, asks=(ask,))
    leaving = _Leaving(ground, person, day, answers)
    writes, asks = tuple(leaving.writes()), tuple(leaving.asks())
    return Draft(
        f"{title}（{wareki(day)}）",
        f"退職　{person.name}（{len(writes)}件）",
        writes,
        asks,
        tuple(leaving.refusals()),
    )


class _Leaving:
    """One person's leaving on a day, the last one at work."""

    def __init__(self, ground: Ground, person: Person, day: date, answers: Answers) -> None:
        facts = ground.facts
        self._facts, self._person, self._day, self._today = facts, person, day, ground.today
        self._why = str(answers.get("why") or "退職")
        self._follows = facts.find(Person, answers.get("follows"))
        self._handing = answers.get("devices") or ""
        self._user = facts.find(Person, answers.get("user"))
        self._next = day + timedelta(days=1)

    def writes(self) -> Iterator[Write]:
        yield from renewed(self._person, left_on=self._day)
        for one in self._assignments():
            yield ended(one, self._day, f"{self._person.name}の退職", change_reason=self._why)
        yield from self._successions()
        for place in _goes_on(self._facts, Structure, self._person, self._day):
            yield from self._passed_on(place, "person")
        for use in _uses(self._facts, self._person, self._day):
            yield from self._handed(use)
        for location in self._facts.of(Location, "responsible", self._person.id):
            yield from self._given(location, "responsible")
        for system in self._facts.of(System, "administrator", self._person.id):
            yield from self._given(system, "administrator")
        for improvement in self._facts.of(Improvement, "owner", self._person.id):
            if improvement.done_on is None:
                yield from self._given(improvement, "owner")

    def asks(self) -> Iterator[Ask]:
        for contract, role in self._vacant():
            if self._follows is None:
                yield Ask(
                    f"「{_called(contract)}」の{role}は{self._person.name}だけです。後任を選んでください。"
                    "決まっていないときは、決まりしだい登録してください。",
                    "follows",
                )
        if uses := _uses(self._facts, self._person, self._day):
            numbers = "、".join(dict.fromkeys(self._facts.key_of("device", use.device) for use in uses))
            if self._handing not in tuple(Handing):
                yield Ask(
                    f"{numbers}をどうするかを選んでください（{self._person.name}が使っています）。",
                    "devices",
                    needed=True,
                )
            elif self._handing == Handing.ON and self._user is None:
                yield Ask(f"{numbers}の引継ぎ先を選んでください。", "user", needed=True)
        if self._follows is None and (kept := tuple(self._kept())):
            yield Ask(
                f"{'、'.join(kept)}の担当が{self._person.name}のままになります。後任を選んでください。",
                "follows",
            )
        yield Ask("鍵・入室カード・社員証を回収し、利用者アカウントを停止してください。")

    def refusals(self) -> Iterator[str]:
        person = self._person
        if person.left_on is not None:
            yield f"{person.name}は{wareki(person.left_on)}に退職したと登録されています。"
        if person.joined_on is not None and self._day < person.joined_on:
            yield f"退職日が入社日（{wareki(person.joined_on)}）より前です。退職日を確かめてください。"
        yield from self._worked_since()
        for other, word in ((self._follows, "後任"), (self._user, "引継ぎ先")):
            if other is None:
                continue
            if other.id == person.id:
                yield f"{word}に本人は選べません。ほかの者を選んでください。"
            elif other.left_on is not None and other.left_on <= self._day:
                yield (
                    f"{other.name}は{wareki(other.left_on)}に退職するため、{word}にできません。"
                    "ほかの者を選んでください。"
                )

    def _worked_since(self) -> Iterator[str]:
        """What began after the day and before today was so: to take it back would rewrite the past."""
        name = self._person.name
        for one in self._assignments():
            if self._day < one.starts_on <= self._today:
                number = self._facts.key_of("contract", one.contract)
                yield (
                    f"{name}は{wareki(one.starts_on)}から{number}に従事していると登録されています。"
                    "退職日をその日以後にするか、従事しなかったときは、先にその「責任者・従事者」を取り消してください。"
                )
                return
        uses = _uses(self._facts, self._person, self._day)
        if told := begun_since(self._facts, uses, self._day, self._today):
            yield (
                f"{told}管理者（使用者）は{name}です。退職日をその日以後にするか、"
                "使っていなければ、先にその「契約のPC・媒体」の管理者（使用者）を改めてください。"
            )

    def _assignments(self) -> Iterator[Assignment]:
        """Those that go on: after the last day of its contract an assignment has ended by itself."""
        for one in self._facts.of(Assignment, "person", self._person.id):
            contract = self._facts.get(Contract, one.contract)
            if goes_on(one, self._day) and self._day < contract.last_day:
                yield one

    def _vacant(self) -> Iterator[tuple[Contract, str]]:
        """Roles that nobody else has in a contract after the day."""
        for one in self._assignments():
            others = {
                role
                for other in self._facts.of(Assignment, "contract", one.contract)
                if other.person != self._person.id and goes_on(other, self._day)
                for role in other.role_names
            }
            for role in one.role_names:
                if role != Role.WORKER and role not in others:
                    yield self._facts.get(Contract, one.contract), role

    def _successions(self) -> Iterator[Write]:
        """The successor takes the roles that would be vacant, from the day after."""
        if self._follows is None:
            return
        wanted: dict[int, list[str]] = {}
        for contract, role in self._vacant():
            wanted.setdefault(contract.id, []).append(role)
        for contract_id, roles in wanted.items():
            held = [
                one
                for one in self._facts.of(Assignment, "contract", contract_id)
                if one.person == self._follows.id and goes_on(one, self._day)
            ]
            rows = tuple(AssignmentRole(role=role) for role in roles)
            if held:
                yield from otherwise(
                    held[0], self._next, roles=(*held[0].roles, *rows), change_reason=self._why
                )
            else:
                yield Write(
                    Assignment(
                        person=self._follows.id,
                        contract=contract_id,
                        roles=rows,
                        starts_on=self._next,
                        change_reason=self._why,
                    )
                )

    def _passed_on(self, place: Structure, name: str) -> Iterator[Write]:
        if self._follows is None:
            yield ended(place, self._day, f"{self._person.name}の退職")
        else:
            yield from otherwise(place, self._next, **{name: self._follows.id})

    def _handed(self, use: DeviceUse) -> Iterator[Write]:
        if self._handing == Handing.BACK:
            yield ended(use, self._day, f"{self._person.name}の退職")
        elif self._user is not None:
            yield from otherwise(use, self._next, person=self._user.id)

    def _given(self, record: Record, name: str) -> Iterator[Write]:
        if self._follows is not None:
            yield Write(with_values(record, **{name: self._follows.id}), record)

    def _kept(self) -> Iterator[str]:
        for location in self._facts.of(Location, "responsible", self._person.id):
            yield f"作業場所「{self._facts.title(location)}」"
        for system in self._facts.of(System, "administrator", self._person.id):
            yield f"情報システム「{self._facts.title(system)}」"
        for one in self._facts.of(Improvement, "owner", self._person.id):
            if one.done_on is None:
                yield f"改善「{self._facts.title(one)}」"


def _called(contract: Contract) -> str:
    return f"{contract.number}　{contract.title}"


def _goes_on(facts: Facts, cls: type[Structure], person: Person, day: date) -> tuple[Structure, ...]:
    return tuple(one for one in facts.of(cls, "person", person.id) if goes_on(one, day))


def _uses(facts: Facts, person: Person, day: date) -> tuple[DeviceUse, ...]:
    return tuple(
        one
        for one in facts.of(DeviceUse, "person", person.id)
        if goes_on(one, day) and day < facts.get(Contract, one.contract).last_day
    )


def _manages(facts: Facts, person: Person) -> bool:
    """Whether anything of the person's asks for a successor."""
    roles = {role for one in facts.of(Assignment, "person", person.id) for role in one.role_names}
    owned = (
        facts.of(Structure, "person", person.id),
        facts.of(Location, "responsible", person.id),
        facts.of(System, "administrator", person.id),
        facts.of(Improvement, "owner", person.id),
    )
    return bool(roles - {Role.WORKER}) or any(owned)


LEAVE = Act(
    name="leave",
    title="退職",
    words=("退職", "退社", "辞める", "辞めた", "やめた", "たいしょく"),
    about=Person,
    hint="すべての契約の従事を終え、役割と使用していたPC・媒体を引き継ぎ、必要な届出を示します。",
    fields=(_DAY, _WHY, _FOLLOWS, _DEVICES, _USER),
    draft=_draft,
    asked=_asked,
    offered=lambda _ground, one: isinstance(one, Person) and one.left_on is None,
    given=lambda _ground, _records: {"why": "退職"},
)
