"""出席簿: who is to come to a training session, each with a place to sign."""

from __future__ import annotations

from enum import StrEnum

from app.common import PeopleError
from app.exchange.handouts.handout import Handout, printed
from app.printing import blocks as b
from app.records import Contract, Facts, Field, Person, Record, Training
from app.records.days import wareki
from app.records.kinds import Choice
from app.records.ordering import in_order
from app.records.training import Outcome
from app.work.acts.plan import Answers, Ground, only_of
from app.work.acts.rounds.asking import absent_from
from app.work.acts.rounds.attending import expected, lackers, planned_make_ups

_TITLE = "出席簿"
_SPARE = 3
"""Empty rows for whoever comes besides."""
_COLUMNS = (
    b.Column("№", 5, "center"),
    b.Column("社員番号", 14),
    b.Column("氏名", 24),
    b.Column("所属", 22),
    b.Column("署名", 35),
)


class Whom(StrEnum):
    """Who stands on the sheet."""

    ALL = "従事する者全員"
    LACKING = "まだ受けていない者"
    ABSENT = "欠席した者（補講）"


_WHOM = Field("whom", Choice(label="載せる者", of=Whom), required=True, default="")


def _make(ground: Ground, records: tuple[Record, ...], answers: Answers) -> bytes:
    session = only_of(records, Training)
    people = _people(ground, session, str(answers.get("whom") or _usual(ground, session)))
    if not people:
        raise PeopleError(
            f"研修「{session.title}」の出席簿に載せる者がいません。"
            "対象の契約の「責任者・従事者」と、載せる者の選択を確かめてください。"
        )
    return printed(_TITLE, (_sheet(ground.facts, session, people),))


def _people(ground: Ground, session: Training, whom: str) -> list[Person]:
    facts = ground.facts
    contracts = tuple(facts.get(Contract, one) for one in session.contract_ids)
    numbers: tuple[int, ...]
    if whom == Whom.ABSENT:
        numbers = tuple(one.person for one in session.attendance if one.outcome == Outcome.ABSENT)
    elif whom == Whom.LACKING:
        numbers = lackers(ground, contracts)
    else:
        numbers = expected(facts, contracts, session.held_on)
    day = min(planned_make_ups(session), default=session.held_on)
    people = in_order(facts.get(Person, one) for one in numbers)
    # Who has left by then cannot come, and would only be signed for.
    return [one for one in people if not any(absent_from(facts, one, contracts, day))]


def _sheet(facts: Facts, session: Training, people: list[Person]) -> b.Sheet:
    make_up = planned_make_ups(session)
    numbers = "、".join(facts.key_of("contract", one) for one in session.contract_ids)
    head = b.Grid(
        (
            ("研修名", session.title),
            ("実施日", "、".join(wareki(one) for one in make_up or (session.held_on,))),
            ("実施時間", session.hours if not make_up else ""),
            ("場所又は方法", session.place),
            ("講師", session.lecturer),
            ("研修内容", "、".join(session.topic_names)),
            ("対象の契約", numbers),
        )
    )
    rows = [
        (str(at), one.employee_number, _name(one), one.department, "") for at, one in enumerate(people, 1)
    ]
    rows += [("", "", "", "", "")] * _SPARE
    note = "出席した者が、自ら署名します。"
    title = f"{_TITLE}（補講）" if make_up else _TITLE
    blocks = (b.Title(title), b.Gap(3), head, b.Gap(4), b.Text(note, size=9), b.Gap(2))
    return b.Sheet((*blocks, b.Table(_COLUMNS, tuple(rows), size=11)), _TITLE)


def _name(person: Person) -> str:
    """The name, or as it is to be printed where no font has it."""
    from app.printing.type.fonts import missing_characters

    return person.print_name if person.print_name and missing_characters(person.name) else person.name


def _usual(ground: Ground, session: Training) -> str:
    if any(one.outcome == Outcome.ABSENT for one in session.attendance):
        return Whom.ABSENT.value
    contracts = tuple(ground.facts.get(Contract, one) for one in session.contract_ids)
    return Whom.LACKING.value if lackers(ground, contracts) else Whom.ALL.value


def _offered(ground: Ground, one: Record) -> bool:
    """For a session to come, or held and not yet entered, and for those who still have to make it up."""
    del ground
    return isinstance(one, Training) and (
        not one.attendance or any(row.outcome == Outcome.ABSENT for row in one.attendance)
    )


ATTENDANCE = Handout(
    name="attendance",
    title=_TITLE,
    words=("出席表", "受講者名簿", "署名簿", "研修の出席", "しゅっせき"),
    hint="予定の研修に出る者を、署名の欄とともに印刷します。",
    about=Training,
    many=False,
    fields=lambda _ground, _records: (_WHOM,),
    given=lambda ground, records: {"whom": _usual(ground, only_of(records, Training))},
    make=_make,
    offered=_offered,
    needed_next=True,
)
