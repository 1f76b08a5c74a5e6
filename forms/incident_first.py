"""事故発生報告書（速報）: what is known on its day; never cause, harm or prevention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Stage
from app.printing.blocks import Grid, Sheet, Text
from app.printing.type.wareki import wareki
from app.records import Incident, Statement, Submission, stated_key
from forms.form import Form
from forms.layout.accident import (
    KINDS,
    UNKNOWN,
    about,
    at,
    concerned,
    course,
    course_blocks,
    dated,
    incidents_of,
    known,
    notices,
    notices_blocks,
    outline,
    persons,
    suspicion,
    things_blocks,
)
from forms.layout.handed import told_by
from forms.parts.about import About
from forms.parts.cells import Cell, field
from forms.parts.letter import letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper

_NO_MEASURES = "この書面の日付までの記録はありません。"


def _settled(case: Case) -> set[str]:
    """The accidents of which no first report is to be made: it was made already, or they are closed."""
    return told_by(case, FORM.id) | {stated_key(one) for one in incidents_of(case) if _closed(case, one)}


def _closed(case: Case, incident: Incident) -> bool:
    return incident.closed_on is not None and incident.closed_on <= case.day


def _firsts(case: Case, incident: Incident) -> list[Submission]:
    """The first reports on an accident that stand, by their days."""
    key = stated_key(incident)
    held = case.facts.of(Submission, "contract", case.contract.id)
    told = ((one, case.facts.told(one)) for one in held if one.form == FORM.id and one.stands)
    return sorted((one for one, of in told if of and key in of.subjects), key=lambda one: one.issued_on)


def _over(paper: Paper[Incident]) -> Iterator[tuple[int, str]]:
    """After the first report, or the end, a paper that says that the cause will follow would be untrue."""
    case = paper.case
    for one in () if case.again else paper.things:
        if made := _firsts(case, one):
            yield (
                one.id,
                f"{one.number}の速報は提出済み（文書番号{made[-1].number}）のため、その後に判明したことは詳報で報告し、"
                "同じ速報をもう一度出すときは「再提出」（--again）を選んでください。",
            )
        elif _closed(case, one):
            yield one.id, f"{one.number}は終結しているため、速報ではなく詳報を作成してください。"


def _as_of(case: Case, incident: Incident) -> date:
    """The day up to which it tells what was known: of one handed in again, that of the first."""
    days = [one.issued_on for one in _firsts(case, incident)] if case.again else []
    return min((*days, case.day))


def _facts(paper: Paper[Incident]) -> dict[str, Any]:
    return {"incidents": [_told(paper.case, one) for one in paper.things]}


def _told(case: Case, incident: Incident) -> dict[str, Any]:
    day = _as_of(case, incident)
    contained = incident.containment if incident.known("containment", day) else ""
    return {
        "as_of": wareki(day),
        **suspicion(incident),
        "outline": outline(case, incident, day),
        "things": concerned(case, incident, day),
        "persons": persons(incident, day),
        "protection": known(incident.protection),
        "measures": contained or _NO_MEASURES,
        "course": course(incident, day),
        "notices": notices(incident, day),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter for each accident."""
    return tuple(_letter(statement, one) for one in statement.facts["incidents"])


def _letter(statement: Statement, held: dict[str, Any]) -> Sheet:
    sentence = (
        f"{under(statement)}{about(held)}{held['as_of']}現在で判明している事項を、次のとおり報告します。"
    )
    rows = tuple(tuple(row) for row in held["outline"])
    later = f"「{UNKNOWN}」の事項並びに原因、被害及び再発防止策は、判明し次第、別に報告します。"
    sections = (
        ("事故の概要", (Grid(rows, size=9.5, label=0.18),)),
        ("対象の情報", things_blocks(held["things"], held["persons"], held["protection"])),
        ("これまでに取った措置", (Grid((("拡大防止の措置", held["measures"]),), size=9.5, label=0.2),)),
        *((("経過", course_blocks(held["course"])),) if held["course"] else ()),
        ("発注者への連絡", (*notices_blocks(held["notices"]), Text(later, size=9, before=4))),
    )
    return letter_sheet(statement, FORM.title, sentence, sections, close=True)


FORM = Form(
    id="incident-first",
    title="事故発生報告書（速報）",
    proves=(Stage("incident-notice", stage=1),),
    about=About(
        Incident,
        incidents_of,
        settled=_settled,
        empty="この契約の事故が登録されていません。事故を登録してください。",
        done=(
            "これから速報を作成する事故はありません（作成済みか、終結しています）。同じ速報をもう一度出すときは「再提出」を、"
            "その後に判明したことは詳報で報告してください。"
        ),
        past=True,
    ),
    entry=(
        field(Incident, "number"),
        Cell("発見した日時", lambda _case, incident: at(incident.found_at)),
    ),
    needs=(*dated("containment"), Asked(Incident, "", _over)),
    choices={"種類": KINDS},
    facts=_facts,
    draw=draw,
)
