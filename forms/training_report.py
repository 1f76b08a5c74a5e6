"""研修実施報告書: training held for a contract, what it covered, who attended and who is left."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.printing.blocks import Block, Column, Grid, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, Person, Statement, Submission, Training
from app.records.attachment import AttachmentKind
from app.records.training import Outcome
from forms.form import Form
from forms.parts.basis import Basis, basis
from forms.parts.enclosures import enclosures
from forms.parts.lasting import lasts
from forms.parts.letter import Section, letter, letter_sheet, under
from forms.parts.people import department_of, on_contract
from forms.parts.texts import day_text, full_width, or_none
from forms.parts.wanted import Wanted

_ID, _TITLE = "training-report", "研修実施報告書"
_KINDS = ("training",)
_PAPERS = (AttachmentKind.MATERIAL,)
_ASKED = (("place", "場所又は方法"), ("lecturer", "講師"), ("material", "教材"))


def gather(case: Case) -> Statement:
    """The sessions not reported yet, or those asked for. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    held = tuple(t for t in _held(case) if not case.only or _key(t) in case.only)
    chosen = held if case.only else tuple(t for t in held if _unreported(case, t))
    wanted.need(
        chosen,
        "報告していない研修がありません。研修を実施したら、その記録を登録してください。"
        if held
        else "この契約を対象とする研修の記録がありません。研修を登録してください。",
        "training",
    )
    for training in chosen:
        _ask(training, wanted)
    stated = {_key(training): _entry(case, training) for training in chosen}
    subjects = tuple(stated)
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated, subjects=subjects)
    rests = basis(case, _KINDS, (one.person.employment for one in on_contract(case)[0]))
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, rests),
        "sessions": [_session(case, training, rests) for training in chosen],
        "enclosures": enclosures(
            case.facts, [("training", t.id) for t in chosen], (AttachmentKind.MATERIAL,)
        ),
    }
    return wanted.checked(
        Statement(
            _ID,
            case.contract.id,
            case.day,
            facts=facts,
            stated=stated,
            subjects=subjects,
        )
    )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: for each session its particulars, the numbers, the list of attendants."""
    sessions = statement.facts["sessions"]
    sections: list[Section] = []
    for number, session in enumerate(sessions, 1):
        name = f"研修{full_width(number)}" if len(sessions) > 1 else "研修"
        sections.append((f"{name}の内容", (_particulars(session),)))
        sections.append((f"{name}の受講状況", _attendance(session)))
    sentence = f"{under(statement)}下記の契約の業務に従事する者への研修を実施したので、次のとおり報告します。"
    return (letter_sheet(statement, _TITLE, sentence, tuple(sections)),)


def _particulars(session: dict[str, Any]) -> Grid:
    return Grid(
        (
            ("研修名", session["title"]),
            ("実施日", session["on"], "場所又は方法", session["place"]),
            ("講師", session["lecturer"], "教材", session["material"]),
            ("研修内容", session["topics"]),
        ),
        size=9.5,
        label=0.18,
    )


def _attendance(session: dict[str, Any]) -> tuple[Block, ...]:
    numbers = Grid(
        (
            ("対象者", session["expected"], "受講者", session["attended"]),
            ("未受講者", session["left"]),
        ),
        size=9.5,
        label=0.18,
    )
    columns = (
        Column("№", 6, "center"),
        Column("氏名", 24, fit=True),
        Column("所属", 34),
        Column("受講", 12, "center"),
        Column("受講日", 24, "center", fit=True),
    )
    rows = tuple((str(number), *row) for number, row in enumerate(session["people"], 1))
    return numbers, Text("受講者名簿", size=9.5, bold=True, before=6, after=2), Table(columns, rows)


def _held(case: Case) -> tuple[Training, ...]:
    found = case.facts.covering(Training, case.contract.id)
    return tuple(sorted((t for t in found if t.held_on <= case.day), key=lambda t: (t.held_on, t.id)))


def _key(training: Training) -> str:
    return f"training:{training.id}"


def _unreported(case: Case, training: Training) -> bool:
    """Whether no standing report says of the session what the ledger says now (a later 補講 counts)."""
    reports = sorted(
        (submission.submitted_on, submission.id, told.stated[_key(training)])
        for submission in case.facts.of(Submission, "contract", case.contract.id)
        if submission.form == _ID and submission.submitted_on and submission.stands
        if (told := case.facts.told(submission)) and _key(training) in told.stated
    )
    return not reports or reports[-1][2] != _entry(case, training)


def _expected(case: Case, training: Training) -> tuple[Person, ...]:
    """Who should attend: everyone listed, and whose work had begun by then or begins with the contract.

    It does not depend on the day asked: someone who joins later makes no old report wrong. Of a session
    held for several contracts, a client is told of its own workers only.
    """
    begun = max(training.held_on, case.contract.starts_on)
    assigned = case.facts.of(Assignment, "contract", case.contract.id)
    working = [one.person for one in assigned if one.starts_on <= begun and lasts(one, training.held_on)]
    ever, shared = {one.person for one in assigned}, len(training.contracts) > 1
    listed = [row.person for row in training.attendance if not shared or row.person in ever]
    ids = dict.fromkeys([*listed, *working])
    return tuple(person for number in ids if (person := case.facts.find(Person, number)))


def _entry(case: Case, training: Training) -> dict[str, str]:
    people = (f"{p.name}：{_outcome(training, p)}" for p in _expected(case, training))
    return {
        "研修名": training.title,
        "実施日": wareki(training.held_on),
        "場所又は方法": or_none(training.place),
        "講師": or_none(training.lecturer),
        "教材": or_none(training.material),
        "研修内容": "、".join(training.topic_names),
        "受講": "、".join(people),
    }


def _outcome(training: Training, person: Person) -> str:
    """What the session's list says of a person, whatever the day."""
    row = next((row for row in training.attendance if row.person == person.id), None)
    if row is None:
        return Outcome.ABSENT.value
    return f"{row.outcome}（{wareki(row.made_up_on)}）" if row.made_up_on else row.outcome


def _session(case: Case, training: Training, rests: Basis) -> dict[str, Any]:
    expected = _expected(case, training)
    attended = {p.id: on for p in expected if (on := training.attended_on(p.id)) and on <= case.day}
    left = [p for p in expected if p.id not in attended]
    return {
        "title": training.title,
        "on": wareki(training.held_on),
        "place": or_none(training.place),
        "lecturer": or_none(training.lecturer),
        "material": or_none(training.material),
        "topics": _topics(training, rests),
        "expected": f"{len(expected)}人",
        "attended": f"{len(attended)}人",
        "left": f"{len(left)}人" + "".join(f"\n{_left(training, person)}" for person in left),
        "people": [
            [
                p.name,
                or_none(department_of(p)),
                "済" if p.id in attended else "未",
                day_text(attended.get(p.id)),
            ]
            for p in expected
        ],
    }


def _left(training: Training, person: Person) -> str:
    """A person who has not attended yet, and when it is to be made up."""
    row = next((row for row in training.attendance if row.person == person.id), None)
    when = f"{wareki(row.made_up_on)}に補講予定" if row and row.made_up_on else "補講の日は未定"
    return f"{person.name}（{when}）"


def _topics(training: Training, rests: Basis) -> str:
    """The topics covered, under the clause that asks for them."""
    told: dict[str, tuple[str, ...]] = {}
    for rest in rests.rests:
        covered = tuple(str(topic) for topic in rest.asks.topics if topic in training.topic_names)
        if covered:
            told[rest.annex.cite(rest.clause)] = covered
    beside = [topic for topic in training.topic_names if not any(topic in held for held in told.values())]
    rows = [f"{'、'.join(topics)}（{cited}）" for cited, topics in told.items()]
    return "\n".join([*rows, *(["、".join(beside)] if beside else [])])


def _ask(training: Training, wanted: Wanted) -> None:
    for field, label in _ASKED:
        sentence = f"研修「{training.title}」の{label}を入力してください。"
        wanted.need(getattr(training, field), sentence, "training", training.id, field)
    sentence = f"研修「{training.title}」の受講者を入力してください。"
    wanted.need(training.attendance, sentence, "training", training.id, "attendance")


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
