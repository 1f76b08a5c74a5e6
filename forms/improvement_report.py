"""改善報告書: what was found wanting, why, what is done about it by whom, and whether it worked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.evaluators.improvements import improvements_of
from app.duties.papers.claims import Each
from app.duties.view import ContractView
from app.printing.blocks import Grid, Sheet
from app.printing.type.wareki import wareki
from app.records import Audit, Check, Improvement, Incident, Instruction, Person, Statement
from forms.form import Form
from forms.layout.period import UNRECORDED
from forms.layout.reported import reported
from forms.parts.about import About
from forms.parts.cells import Cell, always, field
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import full_width, lines

_NOT_DONE, _UNSEEN = "未実施", "未確認"


def _known(case: Case) -> tuple[Improvement, ...]:
    """What was found wanting on the contract by the day, also by its audits, incidents and requests."""
    return improvements_of(ContractView(case.facts, case.catalogue, case.forms, case.contract, case.day))


def _reported(case: Case) -> set[str]:
    """Those of which a standing report says what the ledger says now; what was done since is told again."""
    return reported(case, FORM.id, FORM.entry, _known(case))


def _by(case: Case, day: date | None) -> date | None:
    return day if day is not None and day <= case.day else None


def _source(case: Case, one: Improvement) -> str:
    """From what it came: the audit, the incident, the check or the request of the client with its number."""
    facts = case.facts
    audit, incident = facts.find(Audit, one.audit), facts.find(Incident, one.incident)
    check, asked = facts.find(Check, one.own_check), facts.find(Instruction, one.instruction)
    told = (
        _audited(audit, one) if audit else "",
        f"{wareki(incident.found_at.date())}に発見した事故" if incident else "",
        f"{wareki(check.done_on)}の{check.kind}の点検" if check else "",
        _asked(asked) if asked else "",
    )
    return lines(one.source, *told)


def _audited(audit: Audit, one: Improvement) -> str:
    on = audit.held_on or audit.announced_on
    number = f"（指摘{one.finding_number}）" if one.finding_number else ""
    return f"{wareki(on) + 'の' if on else ''}{audit.kind}{number}"


def _asked(asked: Instruction) -> str:
    reference = f"（文書番号　{asked.reference}）" if asked.reference else ""
    return f"{wareki(asked.received_on)}の{asked.kind}{reference}"


def _done(case: Case, one: Improvement) -> str:
    """When it was done. A due day is told as such and never as a day on which it was done."""
    if on := _by(case, one.done_on):
        return wareki(on)
    return _NOT_DONE + (f"（期日　{wareki(one.due_on)}）" if one.due_on else "（期日は未定）")


def _effect(case: Case, one: Improvement) -> str:
    """What came of it, once it was done and somebody has looked."""
    if _by(case, one.done_on) is None or not one.effect:
        return _UNSEEN
    if one.effect_on is not None and _by(case, one.effect_on) is None:
        return _UNSEEN
    person = case.facts.find(Person, one.effect_by)
    on = wareki(one.effect_on) if one.effect_on else f"確認日の{UNRECORDED}"
    return lines(one.effect, f"（{'　'.join(filter(None, (on, person.name if person else '')))}）")


def _planned(case: Case, one: Improvement) -> str:
    """The measure; before it is done it is what is going to be done."""
    return one.action if _by(case, one.done_on) else f"（予定）{one.action}"


_SOURCE: Cell[Improvement] = Cell("指摘等の別", _source)
_FOUND = field(Improvement, "found_on", label="指摘等の日")
_FINDING = field(Improvement, "finding")
_REASON = field(Improvement, "reason", needed=always)
_ACTION: Cell[Improvement] = Cell("改善の措置", _planned)
_OWNER = field(Improvement, "owner.name", label="担当者", needed=always)
_DONE: Cell[Improvement] = Cell("実施日", _done)
_EFFECT: Cell[Improvement] = Cell("効果の確認", _effect)


def _unplanned(paper: Paper[Improvement]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if not one.action:
            name = " ".join(one.finding.split())
            yield one.id, f"改善「{name}」の改善の措置を入力してください。"


def _facts(paper: Paper[Improvement]) -> dict[str, Any]:
    told = zip(paper.things, paper.entries, strict=True)
    done = [_by(paper.case, one.done_on) is not None for one in paper.things]
    rows = [_told(paper.case, one, entry) for one, entry in told]
    return {"improvements": rows, "done": [all(done), any(done)]}


def _told(case: Case, one: Improvement, entry: Mapping[str, str]) -> list[list[str]]:
    due = wareki(one.due_on) if one.due_on else UNRECORDED
    discussed = wareki(one.discussed_on) if _by(case, one.discussed_on) and one.discussed_on else UNRECORDED
    return [
        [_SOURCE.label, entry[_SOURCE.label], _FOUND.label, entry[_FOUND.label]],
        [_FINDING.label, entry[_FINDING.label]],
        [_REASON.label, entry[_REASON.label]],
        [_ACTION.label, entry[_ACTION.label]],
        [_OWNER.label, entry[_OWNER.label], "発注者との協議", discussed],
        ["期日", due, _DONE.label, entry[_DONE.label]],
        [_EFFECT.label, entry[_EFFECT.label]],
    ]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter, a grid for each of what was found wanting."""
    held = statement.facts["improvements"]
    sections: list[Section] = []
    for at, rows in enumerate(held, 1):
        name = f"改善を要する事項{full_width(at)}" if len(held) > 1 else "改善を要する事項"
        sections.append((name, (Grid(tuple(map(tuple, rows)), size=9.5, label=0.18),)))
    whole, some = statement.facts["done"]
    what = "講じた措置" if whole else "講じた措置及び講じる予定の措置" if some else "講じる予定の措置"
    sentence = (
        f"{under(statement)}下記の契約に係る個人情報等の取扱いについて改善を要する事項に対し、"
        f"{what}を次のとおり報告します。"
    )
    return (letter_sheet(statement, FORM.title, sentence, tuple(sections)),)


FORM = Form(
    id="improvement-report",
    title="改善報告書",
    proves=(Each("improvement"),),
    about=About(
        Improvement,
        _known,
        settled=_reported,
        past=True,
        done="まだ報告していない改善はありません。もう一度出すときは「再提出」を選んでください。",
    ),
    entry=(_SOURCE, _FOUND, _FINDING, _REASON, _ACTION, _OWNER, _DONE, _EFFECT),
    needs=(Asked(Improvement, "action", _unplanned),),
    facts=_facts,
    draw=draw,
)
