"""異動・変更: a name, a post, a department or a role is another one from a day on; what was before stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.records import Assignment, Contract, Field, Person, Record
from app.records.assignment import AssignmentRole, Role
from app.records.dated import with_former
from app.records.days import wareki
from app.records.kinds import Choice, Day, Ref, Text
from app.records.person import Employment
from app.work.acts.following import goes_on, otherwise
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, only_of, with_values

_OF_PERSON = ("name", "kana", "department", "post", "employment")
_DAY = Field("on", Day(label="変更の日（この日から新しい内容）"), required=True, default=None)
_NAME = Field("name", Text(label="氏名"), required=False, default="")
_KANA = Field("kana", Text(label="フリガナ"), required=False, default="")
_DEPARTMENT = Field("department", Text(label="所属"), required=False, default="")
_POST = Field("post", Text(label="役職"), required=False, default="")
_EMPLOYMENT = Field("employment", Choice(label="雇用区分", of=Employment), required=False, default="")
_ROLE = Field(
    "role",
    Choice(label="新しい役割", of=Role, other=True, hint="空欄なら役割は変わりません"),
    required=False,
    default="",
)
_CONTRACT = Field(
    "contract",
    Ref(label="役割が変わる契約", to="contract", hint="空欄なら、従事しているすべての契約"),
    required=False,
    default=None,
)
_WHY = Field("why", Text(label="変更の理由", hint="変更届に印字されます"), required=False, default="")


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    person, day = only_of(records, Person), answers.get("on")
    title = f"異動・変更　{person.name}"
    if not isinstance(day, date):
        ask = Ask("変更の日を入力してください。", "on", needed=True)
        return Draft(title, title, asks=(ask,))
    refusals: list[str] = []
    own, roles = (
        tuple(_of_person(person, day, answers, refusals)),
        tuple(_of_roles(ground, person, day, answers)),
    )
    writes = (*own, *roles, *(_reasons(ground, person, day, answers, roles) if own else ()))
    if not writes and not refusals:
        ask = Ask("変わる項目を入力してください。いまの内容と同じです。", "post", needed=True)
        return Draft(title, title, asks=(ask,))
    if person.left_on is not None and person.left_on < day:
        refusals.append(f"{person.name}は{wareki(person.left_on)}に退職しています。日付を確かめてください。")
    reason = f"{title}（{len(writes)}件）"
    return Draft(f"{title}（{wareki(day)}から）", reason, writes, (), tuple(refusals))


def _of_person(person: Person, day: date, answers: Answers, refusals: list[str]) -> Iterator[Write]:
    said: dict[str, Any] = {name: answers[name] for name in _OF_PERSON if answers.get(name)}
    made = with_values(person, **said)
    if made == person:
        return
    try:
        yield Write(with_former(person, made, day), person)
    except ValueError as error:
        refusals.append(str(error))


def _of_roles(ground: Ground, person: Person, day: date, answers: Answers) -> Iterator[Write]:
    role, only = answers.get("role"), answers.get("contract")
    if not role:
        return
    roles, why = (AssignmentRole(role=str(role)),), str(answers.get("why") or "")
    for one in _going_on(ground, person, day):
        if (not only or one.contract == only) and one.roles != roles:
            yield from otherwise(one, day, roles=roles, changed_on=day, change_reason=why)


def _reasons(
    ground: Ground, person: Person, day: date, answers: Answers, written: tuple[Write, ...]
) -> Iterator[Write]:
    """The reason, where the notices of the contracts look for it: not kept, it would be asked again."""
    why = str(answers.get("why") or "")
    known = {(one.before or one.record).id for one in written}
    for one in _going_on(ground, person, day) if why else ():
        if one.id not in known and one.change_reason != why:
            yield Write(with_values(one, change_reason=why), one)


def _going_on(ground: Ground, person: Person, day: date) -> Iterator[Assignment]:
    for one in ground.facts.of(Assignment, "person", person.id):
        if day <= ground.facts.get(Contract, one.contract).last_day and (
            goes_on(one, day) or one.ends_on == day
        ):
            yield one


def _given(_ground: Ground, records: tuple[Record, ...]) -> Answers:
    person = only_of(records, Person)
    return {name: getattr(person, name) for name in _OF_PERSON}


CHANGE = Act(
    name="change",
    title="異動・変更",
    words=("異動", "改姓", "昇進", "役職", "配置換え", "担当替え", "結婚", "いどう"),
    about=Person,
    hint="氏名・所属・役職・役割を、ある日から変えます。それまでの内容は残り、必要な届出を示します。",
    fields=(_DAY, _NAME, _KANA, _DEPARTMENT, _POST, _EMPLOYMENT, _ROLE, _CONTRACT, _WHY),
    draft=_draft,
    offered=lambda _ground, one: isinstance(one, Person) and one.left_on is None,
    given=_given,
)
