"""The start of a contract and its year, as ``jutaku start`` and ``jutaku year`` tell them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from app.cli.access import contract_of
from app.cli.arguments import Wanted
from app.cli.desks.judged import Judged, iso, judged, put_section
from app.cli.options.acts import TAKEN
from app.cli.options.taken import spelled
from app.cli.output import put_json, put_line, put_table

if TYPE_CHECKING:
    from app.records import Facts
    from app.work.course.starting import Stage, Starting
    from app.work.course.timeline import Point, Timeline


def start(wanted: Wanted) -> int:
    """Everything that is due before a contract begins, in the order in which it is done."""
    from app.work.course.starting import starting

    held = judged(wanted)
    found = starting(held.made, contract_of(held.made.facts, wanted.contract))
    if wanted.json:
        put_json(_start(held, found))
    else:
        _show_start(held, found)
    return 0


def _show_start(held: Judged, found: Starting) -> None:
    from app.work.course import stage_words
    from app.work.course.telling import late_of
    from app.work.states import named

    put_line(f"{named(held.made.facts, found.contract)}の開始")
    put_line("　".join(filter(None, (stage_words.begins(found), found.said, *late_of(found)))))
    for number, one in enumerate(found.stages, 1):
        put_section(f"{number}　{one.title}　{_standing(one, found.day)}", _lines(one, found.contract.number))
    put_line()
    put_line(stage_words.besides(found))


def _standing(stage: Stage, day: date) -> str:
    from app.records.days import wareki
    from app.work.course.stage_words import stage_mark
    from app.work.states import days_left

    said = stage_mark(stage).text
    if stage.due is None or stage.done:
        return said
    return f"{said}　{days_left(stage.due, day)}　{wareki(stage.due)}"


def _lines(stage: Stage, number: str) -> Iterator[str]:
    from app.work.course.stage_words import stage_lines

    yield from stage_lines(stage)
    if not stage.done and (said := _way(stage, number)):
        yield f"次の手順：{said}"


def _way(stage: Stage, number: str) -> str:
    """What does the stage: its act, else the step of its duties."""
    from app.work.acts.catalogue import ACTS

    if not stage.act:
        return stage.step.text
    return f"{ACTS[stage.act].title}（{spelled(stage.act, TAKEN[stage.act], [number])}）"


def _start(held: Judged, found: Starting) -> dict[str, Any]:
    facts = held.made.facts
    return {
        "contract": found.contract.number,
        "title": found.contract.title,
        "client": facts.key_of("client", found.contract.client),
        "starts_on": found.contract.starts_on.isoformat(),
        "day": found.day.isoformat(),
        "said": found.said,
        "done": found.done,
        "late": len(found.late),
        "stages": [_stage(one, found.contract.number) for one in found.stages],
        "unset": found.unset,
    }


def _stage(one: Stage, number: str) -> dict[str, Any]:
    from app.work.course.stage_words import stage_lines

    return {
        "kind": one.kind,
        "title": one.title,
        "state": str(one.state),
        "done": one.done,
        "due": iso(one.due) if not one.done else None,
        "missing": list(one.missing),
        "said": list(stage_lines(one)),
        "clauses": list(one.clauses),
        "act": one.act or None,
        "next": "" if one.done else _way(one, number),
    }


def year(wanted: Wanted) -> int:
    """What was handed in, what happened, what comes and what is late under a contract, day by day."""
    from app.work.course.timeline import timeline

    held = judged(wanted)
    facts = held.made.facts
    contract = contract_of(facts, wanted.contract)
    drawn = timeline(held.made, contract)
    if wanted.json:
        put_json(_year(facts, contract.number, drawn))
        return 0
    from app.work.states import named, period

    put_line(f"契約の1年　{contract.number}　{named(facts, contract)}")
    put_line(f"{period(drawn.starts_on, drawn.ends_on)}　{drawn.said}")
    put_line()
    rows = [(one.day.isoformat(), str(one.mark), one.text) for one in drawn.points]
    put_table(("日付", "区分", "内容"), rows, "この契約には、日付のある記録も期限もありません。")
    return 0


def _year(facts: Facts, number: str, drawn: Timeline) -> dict[str, Any]:
    from app.work.course.timeline import Mark

    return {
        "contract": number,
        "starts_on": drawn.starts_on.isoformat(),
        "ends_on": drawn.ends_on.isoformat(),
        "today": drawn.today.isoformat(),
        "counts": {one.name.lower(): drawn.count(one) for one in Mark},
        "points": [_point(facts, one) for one in drawn.points],
    }


def _point(facts: Facts, one: Point) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "mark": one.mark.name.lower(),
        "text": one.text,
        "record": one.record or None,
        "key": facts.key_of(one.record, one.id) if one.record else None,
        "kind": one.kind or None,
    }
