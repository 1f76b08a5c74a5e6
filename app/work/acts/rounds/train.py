"""研修: one session for one or several contracts, with what their clauses demand and whoever still lacks it.

A session to come is planned: nobody has attended it, and nothing of it is claimed before it was held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.annexes.overrides import asks_of
from app.duties.engine import duties_of_kind
from app.records import Contract, Field, Person, Record, Training
from app.records.days import wareki
from app.records.for_contract import ForContract
from app.records.kinds import Day, Many, Ref, Text
from app.records.training import Attendance, Outcome, Topic, TrainingTopic
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, numbered, renewed
from app.work.acts.rounds.asking import (
    absent_from,
    contracts_of,
    numbers_of,
    people_of,
    told_since,
    view_of,
)
from app.work.acts.rounds.attending import KIND, lackers
from app.work.acts.rounds.listed import Listed

_TITLE = "個人情報の取扱いに関する研修"

_DAY = Field(
    "on", Day(label="実施日", back=2, hint="先の日は、予定として登録します"), required=True, default=None
)
_NAME = Field("title", Text(label="研修名"), required=True, default="")
_TOPICS = Field("topics", Many(label="研修内容", of=Topic), required=True, default=())
_MORE = Field(
    "more", Text(label="その他の研修内容", hint="複数は「、」で区切ります"), required=False, default=""
)
_PEOPLE = Field(
    "people",
    Listed(label="受講者", hint="選んだ者は出席とします。予定の研修では使いません"),
    required=False,
    default=(),
)
_ABSENT = Field("absent", Listed(label="うち欠席した者"), required=False, default=())
_MAKE_UP = Field("makeup", Day(label="補講の予定日", hint="欠席した者の補講"), required=False, default=None)
_LECTURER = Field("lecturer", Text(label="講師"), required=False, default="")
_PLACE = Field("place", Text(label="場所又は方法"), required=False, default="")
_MATERIAL = Field("material", Text(label="教材"), required=False, default="")
_SESSION = Field(
    "session",
    Ref(
        label="予定していた研修", to="training", hint="予定として登録した研修を行ったとき、又は日を改めるとき"
    ),
    required=False,
    default=None,
)
_FIELDS = (
    _DAY,
    _NAME,
    _TOPICS,
    _MORE,
    _PEOPLE,
    _ABSENT,
    _MAKE_UP,
    _LECTURER,
    _PLACE,
    _MATERIAL,
    _SESSION,
)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    contracts = contracts_of(records)
    options = people_of(ground.facts, _scope(ground, contracts))
    fields = []
    for one in _FIELDS:
        kind = one.kind
        if isinstance(kind, Listed):
            one = Field(
                one.name,
                Listed(label=kind.label, hint=kind.hint, options=options),
                one.required,
                one.default,
            )
        if one is not _SESSION or _planned(ground, contracts):
            fields.append(one)
    return tuple(fields)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contracts = _covered(ground, contracts_of(records), answers)
    title, day = f"研修　{numbers_of(contracts)}", answers.get("on")
    session = _Session(ground, contracts, answers)
    needed = tuple(session.needed())
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    refusals = tuple(session.refusals(day))
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = numbered(session.writes())
    return Draft(
        f"{title}（{wareki(day)}{'の予定' if session.ahead else ''}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(session.asks()),
        remarks=(*session.remarks(), *told_since(ground, contracts, writes, KIND)),
    )


class _Session:
    """One session on a day."""

    def __init__(self, ground: Ground, contracts: tuple[Contract, ...], answers: Answers) -> None:
        self._ground, self._facts, self._contracts, self._answers = ground, ground.facts, contracts, answers
        said = answers.get("on")
        self._day: date | None = said if isinstance(said, date) else None
        self.ahead = self._day is not None and self._day > ground.today
        listed = Listed(label="", options=people_of(ground.facts, _scope(ground, contracts)))
        self._absent = listed.ids(answers.get("absent"))
        held = (*listed.ids(answers.get("people")), *self._absent)
        self._people = tuple(one.id for one in listed.options if one.id in held)
        self._former = ground.facts.find(Training, answers.get("session"))

    @property
    def _topics(self) -> tuple[str, ...]:
        more = (part.strip() for part in str(self._answers.get("more") or "").split("、"))
        return (*(self._answers.get("topics") or ()), *(f"その他：{one}" for one in more if one))

    def needed(self) -> Iterator[Ask]:
        if self._day is None:
            yield Ask("実施日を入力してください。", "on", needed=True)
        if not self._answers.get("title"):
            yield Ask("研修名を入力してください。", "title", needed=True)
        if not self._topics:
            yield Ask("研修内容を選んでください。", "topics", needed=True)
        if self._day is not None and not self.ahead and not self._people:
            yield Ask("受講者を選んでください。", "people", needed=True)

    def refusals(self, day: date) -> Iterator[str]:
        former = self._former
        if former is not None and former.attendance:
            yield (
                f"研修「{former.title}」（{wareki(former.held_on)}）には、受講者が登録されています。"
                "予定していた研修を選び直すか、空欄にしてください。"
            )
        for one in self._contracts:
            if day > one.last_day:
                yield (
                    f"実施日が契約{one.number}の末日（{wareki(one.last_day)}）より後です。"
                    "日付を確かめるか、その契約を除いてください。"
                )
        for number in () if self.ahead else self._people:
            person = self._facts.get(Person, number)
            for why in absent_from(self._facts, person, self._contracts, day):
                yield f"{why}実施日を確かめるか、受講者から外してください。"

    def asks(self) -> Iterator[Ask]:
        if not self._answers.get("lecturer"):
            yield Ask("講師を入力すると、研修の報告書に印字されます。", "lecturer")
        if self._absent and not self.ahead and not self._answers.get("makeup"):
            yield Ask("欠席した者の補講の予定日を入力してください。", "makeup")

    def remarks(self) -> Iterator[str]:
        if self.ahead:
            yield (
                "予定として登録します。受講したことにはなりません。実施したら、もう一度「研修」を開いて"
                "受講者を登録してください。"
            )
        yield from self._unkept()
        demanded = _demanded(self._ground, self._contracts)
        if missing := [one for one in demanded if one not in self._topics]:
            yield (
                f"条項が求める「{'」「'.join(missing)}」が研修内容にありません。"
                "この研修だけでは義務を果たしません。"
            )
        listed = set(self._people)
        left = (
            [] if self.ahead else [one for one in lackers(self._ground, self._contracts) if one not in listed]
        )
        if left:
            names = "、".join(self._facts.get(Person, one).name for one in left)
            yield f"{names}は受講者に入っていません。研修は要るままです。"
        if not self.ahead:
            yield from dict.fromkeys(self._missed())

    def _unkept(self) -> Iterator[str]:
        """What was said and has no place yet: dropped without a word, somebody would count on it."""
        makeup = self._answers.get("makeup")
        if self.ahead and self._absent:
            names = "、".join(self._facts.get(Person, one).name for one in self._absent)
            yield (
                f"まだ行っていない研修の欠席は登録しません（{names}）。"
                "実施した日から、同じ予定に欠席と補講の予定日を登録してください。"
            )
        elif makeup and (self.ahead or not self._absent):
            yield f"補講の予定日（{wareki(makeup)}）は、欠席した者がいないため登録しません。"

    def _missed(self) -> Iterator[str]:
        """Sessions at which somebody was absent: a day made up is entered there, not as a session anew."""
        for contract in self._contracts:
            for number, missed in view_of(self._ground, contract).missed.items():
                if number in self._people and number not in self._absent:
                    name = self._facts.get(Person, number).name
                    yield (
                        f"{name}は研修「{missed.title}」（{wareki(missed.held_on)}）を欠席しています。"
                        "その補講であれば、その研修の受講者の欄に補講日を登録してください。"
                    )

    def writes(self) -> tuple[Write, ...]:
        said: dict[str, Any] = {
            "title": str(self._answers["title"]),
            "held_on": self._day,
            "topics": tuple(TrainingTopic(topic=one) for one in self._topics),
            "attendance": () if self.ahead else tuple(self._row(one) for one in self._people),
        }
        for name in ("lecturer", "place", "material"):
            if text := str(self._answers.get(name) or ""):
                said[name] = text
        said["contracts"] = tuple(ForContract(contract=one.id) for one in self._contracts)
        return renewed(self._former, **said) if self._former is not None else (Write(Training(**said)),)

    def _row(self, person: int) -> Attendance:
        if person not in self._absent:
            return Attendance(person=person, outcome=Outcome.ATTENDED.value)
        makeup = self._answers.get("makeup") or None
        return Attendance(person=person, outcome=Outcome.ABSENT.value, planned_on=makeup)


def _demanded(ground: Ground, contracts: tuple[Contract, ...]) -> tuple[str, ...]:
    """Every topic that a clause of one of the contracts asks for, in the order of the list of topics."""
    found = {
        str(topic)
        for contract in contracts
        for duty in duties_of_kind(view_of(ground, contract), KIND)
        for topic in asks_of(contract, duty.clause, duty.kind).topics
    }
    return tuple(one.value for one in Topic if one.value in found)


def _planned(ground: Ground, contracts: tuple[Contract, ...]) -> tuple[Training, ...]:
    """The sessions announced for all of the contracts of which nobody's attendance is recorded."""
    meant = {one.id for one in contracts}
    return tuple(
        one for one in ground.facts.all(Training) if not one.attendance and meant <= set(one.contract_ids)
    )


def _scope(ground: Ground, contracts: tuple[Contract, ...]) -> tuple[Contract, ...]:
    """The contracts, and those for which the one session announced for them is held as well."""
    planned = _planned(ground, contracts)
    return _with(ground, contracts, planned[0]) if len(planned) == 1 else contracts


def _covered(ground: Ground, contracts: tuple[Contract, ...], answers: Answers) -> tuple[Contract, ...]:
    """The contracts, and those for which the session that is meant was announced."""
    former = ground.facts.find(Training, answers.get("session"))
    return _with(ground, contracts, former) if former is not None else contracts


def _with(ground: Ground, contracts: tuple[Contract, ...], session: Training) -> tuple[Contract, ...]:
    numbers = dict.fromkeys((*session.contract_ids, *(one.id for one in contracts)))
    return tuple(ground.facts.get(Contract, one) for one in numbers)


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    asked = contracts_of(records)
    contracts = _scope(ground, asked)
    listed = Listed(label="", options=people_of(ground.facts, contracts))
    said: dict[str, Any] = {
        "title": _TITLE,
        "topics": _demanded(ground, contracts),
        "people": listed.labels(lackers(ground, contracts)),
    }
    if len(planned := _planned(ground, asked)) != 1:
        return said
    (one,) = planned
    said |= {"session": one.id, "title": one.title, "on": one.held_on}
    said |= {name: getattr(one, name) for name in ("lecturer", "place", "material")}
    known = tuple(topic.value for topic in Topic)
    said["topics"] = tuple(name for name in known if name in one.topic_names)
    said["more"] = "、".join(name.partition("：")[2] for name in one.topic_names if name not in known)
    return said


TRAIN = Act(
    name="train",
    title="研修",
    words=("研修", "教育", "講習", "受講", "出席", "補講", "けんしゅう"),
    hint="契約の条項が求める内容と、まだ受けていない者を示し、1回の研修として登録します。",
    about=Contract,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    asked=_asked,
    offered=lambda ground, one: isinstance(one, Contract) and ground.today <= one.last_day,
    given=_given,
)
