"""研修実施報告書: training held for a contract, what it covered, who attended and who is left."""

from __future__ import annotations

from itertools import chain
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Grid, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Assignment, Person, Statement, Training
from app.records.attachment import AttachmentKind
from app.records.ordering import in_order
from app.records.training import Outcome
from forms.denied import LEARNED
from forms.form import Form
from forms.layout.reported import reported
from forms.parts.about import About
from forms.parts.basis import Basis
from forms.parts.cells import Cell, always, field, pairs
from forms.parts.enclosures import enclosures
from forms.parts.lasting import lasts
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.people import department_of, employments
from forms.parts.texts import NONE, day_text, full_width, lines, or_none


def _held(case: Case) -> tuple[Training, ...]:
    """The sessions for the contract by the day, by day."""
    found = case.facts.covering(Training, case.contract.id)
    return tuple(sorted((t for t in found if t.held_on <= case.day), key=lambda t: (t.held_on, t.id)))


def _reported(case: Case) -> set[str]:
    """The sessions of which the last standing report says what the ledger says now; a later 補講 counts."""
    return reported(case, FORM.id, FORM.entry, _held(case))


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
    held = (case.facts.find(Person, number) for number in {*listed, *working})
    return tuple(in_order(person for person in held if person))


def _attendance(case: Case, training: Training) -> str:
    return "、".join(f"{p.name}：{_outcome(training, p)}" for p in _expected(case, training))


def _outcome(training: Training, person: Person) -> str:
    """What the session's list says of a person, whatever the day."""
    row = next((row for row in training.attendance if row.person == person.id), None)
    if row is None:
        return Outcome.ABSENT.value
    return f"{row.outcome}（{wareki(row.made_up_on)}）" if row.made_up_on else row.outcome


_UNSCORED = 4
"""Name, department, attended or not, and when: what stands of a person where no test was held."""
_TITLE = field(Training, "title")
_ON = field(Training, "held_on")
_PLACE = field(Training, "place", needed=always)
_LECTURER = field(Training, "lecturer", needed=always)
_MATERIAL = field(Training, "material", needed=always)
_TOPICS: Cell[Training] = Cell("研修内容", lambda _case, training: "、".join(training.topic_names))
_PARTICULARS = ((_TITLE,), (_ON, _PLACE), (_LECTURER, _MATERIAL), (_TOPICS,))
"""What is stated of a session, line by line."""


def _facts(paper: Paper[Training]) -> dict[str, Any]:
    told = zip(paper.things, paper.entries, strict=True)
    return {
        "sessions": [_session(paper, training, dict(entry)) for training, entry in told],
        "enclosures": enclosures(paper.case.facts, paper.things, (AttachmentKind.MATERIAL,)),
    }


def _session(paper: Paper[Training], training: Training, entry: dict[str, str]) -> dict[str, Any]:
    case, told = paper.case, {**entry, _TOPICS.label: _topics(training, paper.rests)}
    told[_ON.label] = lines(told[_ON.label], training.hours)
    expected = _expected(case, training)
    attended = {p.id: on for p in expected if (on := training.attended_on(p.id)) and on <= case.day}
    left = [p for p in expected if p.id not in attended]
    scored = any(row.score is not None for row in training.attendance)
    return {
        "particulars": [list(pairs(told, *line)) for line in _PARTICULARS],
        "expected": f"{len(expected)}人",
        "attended": f"{len(attended)}人",
        "left": f"{len(left)}人" + "".join(f"\n{_left(training, person)}" for person in left),
        "people": [
            [
                p.name,
                or_none(department_of(p)),
                "済" if p.id in attended else "未",
                day_text(attended.get(p.id)),
                *([_score(training, p)] if scored else []),
            ]
            for p in expected
        ],
    }


def _score(training: Training, person: Person) -> str:
    score = next((row.score for row in training.attendance if row.person == person.id), None)
    return NONE if score is None else f"{score}点"


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


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: for each session its particulars, the numbers, the list of attendants."""
    sessions = statement.facts["sessions"]
    sections: list[Section] = []
    for number, session in enumerate(sessions, 1):
        name = f"研修{full_width(number)}" if len(sessions) > 1 else "研修"
        rows = tuple(tuple(line) for line in session["particulars"])
        sections.append((f"{name}の内容", (Grid(rows, size=9.5, label=0.18),)))
        sections.append((f"{name}の受講状況", _attended(session)))
    sentence = f"{under(statement)}下記の契約の業務に従事する者への研修を実施したので、次のとおり報告します。"
    return (letter_sheet(statement, FORM.title, sentence, tuple(sections)),)


def _attended(session: dict[str, Any]) -> tuple[Block, ...]:
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
        Column("受講日", 20, "center", fit=True),
        *(
            (Column("確認テスト", 14, "center"),)
            if any(len(row) > _UNSCORED for row in session["people"])
            else ()
        ),
    )
    rows = tuple((str(number), *row) for number, row in enumerate(session["people"], 1))
    return (
        numbers,
        Text("受講者名簿", size=9.5, bold=True, before=6, after=2, leads=True),
        Table(columns, rows),
    )


FORM = Form(
    id="training-report",
    title="研修実施報告書",
    proves=(Each("training"),),
    about=About(
        Training,
        _held,
        settled=_reported,
        past=True,
        done="まだ報告していない研修はありません。もう一度出すときは「再提出」を選んでください。",
    ),
    entry=(*chain.from_iterable(_PARTICULARS), Cell("受講", _attendance)),
    needs=(need(Training, "attendance"), LEARNED),
    employments=employments,
    facts=_facts,
    draw=draw,
)
