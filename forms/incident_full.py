"""事故発生報告書（詳報）: all that is known of an accident on a day; plans stand apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each, Stage
from app.duties.papers.drift import compare
from app.printing.blocks import Grid, Sheet
from app.printing.type.wareki import wareki
from app.records import Incident, Instruction, Statement, Submission, stated_key
from app.records.incident import said_kinds
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
    happened,
    incidents_of,
    known,
    notices,
    notices_blocks,
    outline,
    persons,
    suspicion,
    things_blocks,
)
from forms.parts.about import About
from forms.parts.cells import Cell, entry_of, field
from forms.parts.letter import letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import lines, unique

_FIRST = "incident-first"
_UNDECIDED = "未定"
_NO_RECORD = "理由の記録なし"
_NONE_DONE = "実施したものはありません。"
_NONE_PLANNED = "予定の記録はありません。"


def _told(incident: Incident, name: str, day: date) -> str:
    """What a field says, where it was known by the day; else that it is unknown."""
    return getattr(incident, name) if incident.known(name, day) else UNKNOWN


def _contained(case: Case, incident: Incident) -> str:
    return _done(incident, "containment", incident.contained_on, case.day) or UNKNOWN


def _done(incident: Incident, name: str, on: date | None, day: date) -> str:
    """What was done by the day, with its own day; empty where nothing was."""
    if on is None or not incident.known(name, day):
        return ""
    return lines(getattr(incident, name), f"（{wareki(on)}実施）")


def _prevented(case: Case, incident: Incident) -> str:
    return _done(incident, "prevention", incident.prevention_on, case.day) or _NONE_DONE


def _planned(case: Case, incident: Incident) -> str:
    if not incident.known("prevention_planned", case.day):
        return _NONE_PLANNED
    due = f"{wareki(incident.prevention_due_on)}まで" if incident.prevention_due_on else "期日は未定"
    return lines(incident.prevention_planned, f"（予定。{due}）")


def _instructed(case: Case, incident: Incident) -> str:
    on = incident.instructions_on
    if not incident.instructions or (on is not None and on > case.day):
        return "指示の記録はありません。"
    by = "、".join(filter(None, (wareki(on) if on else "", incident.instructions_by)))
    return lines(incident.instructions, f"（{by}）" if by else "")


def _followed(case: Case, incident: Incident) -> str:
    on = incident.instructions_done_on
    if not incident.instructions_done or (on is not None and on > case.day):
        return "対応の記録はありません。"
    return lines(incident.instructions_done, f"（{wareki(on)}）" if on else "")


def _excuse(case: Case, incident: Incident) -> Instruction | None:
    return case.facts.find(Instruction, incident.no_notice_instruction)


def _notice_decided(case: Case, incident: Incident) -> date | None:
    """When it was settled that the persons need not be told: its own day, else that of the client's word."""
    said = _excuse(case, incident)
    return incident.notice_decided_on or (said.received_on if said else None)


def _notified(case: Case, incident: Incident) -> str:
    on, decided = incident.persons_notified_on, _notice_decided(case, incident)
    if incident.persons_notified and on is not None and on <= case.day:
        count = incident.persons_notified_count
        how = unique((f"{count:,}人" if count is not None else "", incident.persons_notified_how))
        return f"済（{'、'.join((wareki(on), *how))}）"
    if incident.persons_notified is False and decided is not None and decided <= case.day:
        said = _excuse(case, incident)
        by = f"{wareki(said.received_on)}の発注者の指示による" if said else ""
        return f"要しない（{'。'.join(filter(None, (incident.no_notice_why, by))) or _NO_RECORD}）"
    return _to_come(incident.notice_planned_on)


def _published(case: Case, incident: Incident) -> str:
    on, decided = incident.published_on, incident.publication_decided_on
    if incident.published and on is not None and on <= case.day:
        return f"済（{'、'.join(filter(None, (wareki(on), incident.published_where)))}）"
    if incident.published is False and decided is not None and decided <= case.day:
        return f"要しない（{incident.no_publication_why or _NO_RECORD}）"
    return _to_come(incident.publication_planned_on)


def _to_come(on: date | None) -> str:
    return f"予定（{wareki(on)}）" if on else _UNDECIDED


def _closed(case: Case, incident: Incident) -> str:
    on = incident.closed_on
    return wareki(on) if on is not None and on <= case.day else "終結していません。"


def _kinds(_case: Case, incident: Incident) -> str:
    return said_kinds(incident.kinds)


def _things(case: Case, incident: Incident) -> str:
    return "\n".join("　".join(row) for row in concerned(case, incident, case.day)) or UNKNOWN


_HARM: Cell[Incident] = Cell("二次被害", lambda case, one: _told(one, "secondary_harm", case.day))
_CAUSE: Cell[Incident] = Cell("原因", lambda case, one: _told(one, "cause", case.day))
_CONTAINED: Cell[Incident] = Cell("拡大防止の措置", _contained)
_SAID: Cell[Incident] = Cell("発注者の指示", _instructed)
_FOLLOWED: Cell[Incident] = Cell("指示への対応", _followed)
_NOTIFIED: Cell[Incident] = Cell("本人への通知", _notified)
_PUBLISHED: Cell[Incident] = Cell("公表", _published)
_PREVENTED: Cell[Incident] = Cell("実施済み", _prevented)
_PLANNED: Cell[Incident] = Cell("予定", _planned)
_ENTRY: tuple[Cell[Incident], ...] = (
    field(Incident, "number"),
    Cell("種類", _kinds, formerly=lambda text: said_kinds(text.split("、"))),
    Cell("発見した日時", lambda _case, one: at(one.found_at)),
    Cell("発生した日時", lambda case, one: happened(one, case.day)),
    field(Incident, "place", otherwise=UNKNOWN),
    field(Incident, "circumstances", otherwise=UNKNOWN),
    Cell("対象の情報", _things),
    Cell("本人の数（全体）", lambda case, one: persons(one, case.day)),
    field(Incident, "protection", otherwise=UNKNOWN),
    _CAUSE,
    _HARM,
    _CONTAINED,
    _SAID,
    _FOLLOWED,
    _NOTIFIED,
    _PUBLISHED,
    _PREVENTED,
    _PLANNED,
)
"""What a later report has to tell anew once it reads otherwise; that the accident was closed is not."""


def _reports(case: Case, incident: Incident, *forms: str) -> list[Submission]:
    """The documents of ``forms`` on an accident, neither voided nor sent back, as they were made."""
    key = stated_key(incident)
    held = [
        one
        for one in case.facts.of(Submission, "contract", case.contract.id)
        if one.form in forms
        and one.voided_on is None
        and one.sent_back_on is None
        and one.issued_on <= case.day
        and (told := case.facts.told(one))
        and key in told.subjects
    ]
    return sorted(held, key=lambda one: (one.issued_on, one.id))


def _settled(case: Case) -> set[str]:
    """The accidents of which the last report says what is known today: there is nothing to tell anew."""
    return {stated_key(one) for one in incidents_of(case) if _still(case, one)}


def _still(case: Case, incident: Incident) -> bool:
    last = next(reversed(_reports(case, incident, FORM.id)), None)
    told = case.facts.told(last) if last else None
    key = stated_key(incident)
    if last is None or told is None or key not in told.stated:
        return False
    now = entry_of(_ENTRY, replace(case, called=last.issued_on), incident)
    return not compare({"": told.stated[key]}, {"": now})


def _facts(paper: Paper[Incident]) -> dict[str, Any]:
    pairs = zip(paper.things, paper.entries, strict=True)
    return {"incidents": [_whole(paper.case, one, dict(entry)) for one, entry in pairs]}


def _whole(case: Case, incident: Incident, entry: dict[str, str]) -> dict[str, Any]:
    made = _reports(case, incident, _FIRST, FORM.id)
    # What was only printed has reached nobody: nothing follows upon it.
    earlier = [one for one in made if one.submitted_on is not None and one.submitted_on <= case.day]
    return {
        "entry": entry,
        **suspicion(incident),
        "closed": _closed(case, incident),
        "earlier": [
            ["速報" if one.form == _FIRST else "詳報", wareki(one.issued_on), one.number]
            for one in earlier[-1:]
        ],
        "outline": outline(case, incident, case.day),
        "things": concerned(case, incident, case.day),
        "persons": persons(incident, case.day),
        "protection": known(incident.protection),
        "course": course(incident, case.day),
        "notices": notices(incident, case.day),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter for each accident."""
    return tuple(_letter(statement, one) for one in statement.facts["incidents"])


def _letter(statement: Statement, held: dict[str, Any]) -> Sheet:
    sentence = f"{under(statement)}{about(held)}次のとおり報告します。"
    entry = held["entry"]
    outlined = (("報告の種別", _sort(held["earlier"])), *(tuple(row) for row in held["outline"]))

    def grid(*cells: Cell[Incident]) -> tuple[Grid, ...]:
        return (Grid(tuple((cell.label, entry[cell.label]) for cell in cells), size=9.5, label=0.2),)

    sections = (
        ("事故の概要", (Grid(outlined, size=9.5, label=0.18),)),
        ("対象の情報", things_blocks(held["things"], held["persons"], held["protection"])),
        ("経過", course_blocks(held["course"])),
        ("原因及び被害", grid(_CAUSE, _HARM)),
        ("拡大防止の措置", grid(_CONTAINED)),
        ("発注者への報告及び指示", (*notices_blocks(held["notices"]), *grid(_SAID, _FOLLOWED))),
        ("本人への通知及び公表", grid(_NOTIFIED, _PUBLISHED)),
        ("再発防止策", grid(_PREVENTED, _PLANNED)),
        ("終結", (Grid((("終結した日", held["closed"]),), size=9.5, label=0.2),)),
    )
    return letter_sheet(statement, FORM.title, sentence, sections, close=True)


def _sort(earlier: list[list[str]]) -> str:
    """新規 or 続報, the latter with the day and number of the report before it."""
    if not earlier:
        return "☑　新規　　☐　続報"
    stage, day, number = earlier[-1]
    return f"☐　新規　　☑　続報（前回　{stage}　{day}付け　文書番号{number}）"


def _undecided(paper: Paper[Incident]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if one.persons_notified is False and _notice_decided(paper.case, one) is None:
            label = one.spec.field("notice_decided_on").label
            yield (
                one.id,
                f"{one.number}の本人への通知を要しないとした日がありません。「{label}」を入力してください。",
            )


def _unsettled(paper: Paper[Incident]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if one.published is False and one.publication_decided_on is None:
            label = one.spec.field("publication_decided_on").label
            yield one.id, f"{one.number}の公表を要しないとした日がありません。「{label}」を入力してください。"


FORM = Form(
    id="incident-full",
    title="事故発生報告書（詳報）",
    proves=(Stage("incident-notice", stage=2, rank=1), Each("incident-followup")),
    about=About(
        Incident,
        incidents_of,
        settled=_settled,
        empty="この契約の事故が登録されていません。事故を登録してください。",
        done=(
            "前回の詳報の後に判明したことはありません。"
            "同じ内容をもう一度出すときは「再提出」を選んでください。"
        ),
        past=True,
    ),
    entry=_ENTRY,
    needs=(
        *dated("containment", "cause", "secondary_harm", "prevention", "prevention_planned"),
        Asked(Incident, "notice_decided_on", _undecided),
        Asked(Incident, "publication_decided_on", _unsettled),
    ),
    under=("incident-notice", "incident-followup"),
    choices={"種類": KINDS},
    facts=_facts,
    draw=draw,
)
