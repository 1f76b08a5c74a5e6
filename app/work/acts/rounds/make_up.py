"""補講: who was absent from a session makes it up on a day, and that session says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from app.records import Contract, Field, Person, Record, Training
from app.records.days import wareki
from app.records.kinds import Day
from app.records.training import Attendance, Outcome
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, all_of, only_of, renewed
from app.work.acts.rounds.asking import absent_from, person_option, told_since
from app.work.acts.rounds.attending import KIND, planned_make_ups
from app.work.acts.rounds.listed import Listed

_DAY = Field(
    "on", Day(label="補講日", back=2, hint="先の日は、予定として登録します"), required=True, default=None
)
_PEOPLE = Field(
    "people", Listed(label="補講を受けた者", hint="予定のときは、補講を受ける者"), required=True, default=()
)
_FIELDS = (_DAY, _PEOPLE)
_ALL_PRESENT = "欠席したままの者はいません。"
_NOT_ENTERED = "受講者がまだ登録されていません。"


def _people(ground: Ground, session: Training) -> Listed:
    """Those who were absent and have not made it up."""
    facts = ground.facts
    absent = (facts.get(Person, row.person) for row in session.attendance if row.outcome == Outcome.ABSENT)
    options = tuple(person_option(one) for one in absent)
    return Listed(label=_PEOPLE.label, hint=_PEOPLE.kind.hint, options=options)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    session = only_of(records, Training)
    return (_DAY, replace(_PEOPLE, kind=_people(ground, session)))


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    session, day = only_of(records, Training), answers.get("on")
    title = f"補講　{session.title}（{wareki(session.held_on)}）"
    if why := _none_absent(ground, (session,)).get(session.id):
        return Draft(title, title, refusals=(f"研修「{session.title}」には、{why}",))
    ids = _people(ground, session).ids(answers.get("people"))
    asks = []
    if not isinstance(day, date):
        asks.append(Ask("補講日を入力してください。", "on", needed=True))
    if not ids:
        asks.append(Ask("補講を受けた者を選んでください。", "people", needed=True))
    if asks or not isinstance(day, date):
        return Draft(title, title, asks=tuple(asks))
    contracts = tuple(ground.facts.get(Contract, one) for one in session.contract_ids)
    if refusals := tuple(_refusals(ground, session, contracts, day, ids)):
        return Draft(title, title, refusals=refusals)
    ahead = day > ground.today
    rows = tuple(_row(row, day, ahead=ahead) if row.person in ids else row for row in session.attendance)
    writes = renewed(session, attendance=rows)
    left = [
        ground.facts.get(Person, row.person).name
        for row in rows
        if row.outcome == Outcome.ABSENT and not ahead
    ]
    remarks = ["予定として登録します。受講したことにはなりません。"] if ahead else []
    if left:
        remarks.append(f"{'、'.join(left)}は、まだ補講を受けていません。")
    return Draft(
        f"{title}を{wareki(day)}に{'予定' if ahead else ''}",
        f"{title}（{len(ids)}人）",
        writes,
        remarks=(*remarks, *told_since(ground, contracts, writes, KIND)),
    )


def _refusals(
    ground: Ground, session: Training, contracts: tuple[Contract, ...], day: date, ids: tuple[int, ...]
) -> Iterator[str]:
    if day < session.held_on:
        yield f"補講日が研修の実施日（{wareki(session.held_on)}）より前です。日付を確かめてください。"
    for number in ids:
        for why in absent_from(ground.facts, ground.facts.get(Person, number), contracts, day):
            yield f"{why}補講日を確かめるか、選択から外してください。"


def _row(row: Attendance, day: date, *, ahead: bool) -> Attendance:
    if ahead:
        return replace(row, planned_on=day)
    return replace(row, outcome=Outcome.MADE_UP.value, made_up_on=day)


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """Everybody who has to make it up, on the day for which it is planned where that has come."""
    session = only_of(records, Training)
    due = [day for day in planned_make_ups(session) if day <= ground.today]
    people = _people(ground, session)
    return {"on": max(due, default=ground.today), "people": people.choices}


def _none_absent(_ground: Ground, records: tuple[Record, ...]) -> Mapping[int, str]:
    """Sessions that nobody has to make up: id → why."""
    return {
        one.id: _ALL_PRESENT if one.attendance else _NOT_ENTERED
        for one in all_of(records, Training)
        if not any(row.outcome == Outcome.ABSENT for row in one.attendance)
    }


MAKE_UP = Act(
    name="make-up",
    title="補講",
    words=("補講", "欠席者の研修", "後日の受講", "ほこう"),
    hint="欠席した者が補講を受けた日を、その研修に登録します。",
    about=Training,
    fields=_FIELDS,
    draft=_draft,
    asked=_asked,
    offered=lambda ground, one: isinstance(one, Training) and not _none_absent(ground, (one,)),
    unfit=_none_absent,
    given=_given,
)
