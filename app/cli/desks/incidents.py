"""The desk of an accident, as ``jutaku incident`` tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from app.cli.acts.answers import record_named
from app.cli.arguments import Wanted
from app.cli.desks.judged import Judged, iso, judged, put_section
from app.cli.options.acts import TAKEN
from app.cli.options.taken import spelled
from app.cli.output import put_json, put_line

if TYPE_CHECKING:
    from app.records import Incident
    from app.work.desks.incident import Call, Clock, Content, Point, Report


class _Desk(NamedTuple):
    """All that the desk shows of one accident, in its order."""

    held: Judged
    incident: Incident
    calls: tuple[Call, ...]
    clocks: tuple[Clock, ...]
    reports: tuple[Report, ...]
    points: tuple[Point, ...]
    lost: tuple[Content, ...]


def incident(wanted: Wanted) -> int:
    """Whom to telephone, the clocks, the reports, what comes next, what was on it and the course."""
    from app.work.desks import incident as desk

    held = judged(wanted)
    facts, day = held.made.facts, held.made.day
    about = cast("Incident", record_named(facts, "incident", wanted.number))
    clocks = desk.clocks(facts, about, held.made.of(about.contract))
    found = _Desk(
        held,
        about,
        desk.calls(facts, about, day),
        clocks,
        desk.reports(facts, about),
        desk.points(about, clocks, day),
        desk.lost(facts, about),
    )
    if wanted.json:
        put_json(_json(found))
    else:
        _show(found)
    return 0


def _show(found: _Desk) -> None:
    from app.work.desks import incident_words as say

    facts = found.held.made.facts
    put_line(say.heading(found.incident))
    put_line(say.about(facts, found.incident))
    put_line(say.state(found.incident))
    put_section("連絡", _calls(found))
    put_section("期限", _clocks(found))
    put_section("発注者への報告書", _reports(found))
    put_section("忘れてはならないこと", _points(found))
    contents = say.contents(facts, found.incident, found.lost)
    put_section("失われたものの中身と保護", (one.text for lines in contents for one in lines))
    course = [f"{when}　{what}" for when, what in say.course(found.incident)]
    put_section("経過", course or [say.NO_COURSE])


def _calls(found: _Desk) -> Iterator[str]:
    from app.work.desks import incident_words as say

    for at, one in enumerate(found.calls):
        yield say.whom(one, sibling=at > 0)
        yield one.client.telephone or say.NO_TELEPHONE
        yield say.of_contract(found.held.made.facts, one)
        yield from [say.told(row) for row in one.told] or [say.NOT_TOLD]


def _clocks(found: _Desk) -> Iterator[str]:
    from app.records.days import wareki
    from app.work.desks import incident_words as say
    from app.work.desks.incident import elapsed, unmeant

    day, now = found.held.made.day, found.held.now
    if found.incident.closed_on is None and now is not None and (since := elapsed(found.incident, now)):
        yield since
    for one in found.clocks:
        yield say.source(found.held.made.catalogue, one)
        if not one.open:
            yield say.NOTHING_LACKING
        else:
            yield f"{say.left(one.due, day)}　{wareki(one.due)}" if one.due else say.NO_DAY
            # The window counts what is missing besides: here is room for all of it.
            yield from (gap.text for gap in one.open)
            yield from filter(None, [say.asked(one), say.counted(one)])
        yield from one.late
    if not found.clocks:
        judged = found.held.made.of(found.incident.contract)
        yield from say.uncounted(found.held.made.facts, found.incident, unmeant(found.incident, judged))
    yield from _statute(found)


def _statute(found: _Desk) -> Iterator[str]:
    from app.records.days import wareki
    from app.work.acts.incidents import statute
    from app.work.desks import incident_words as say

    yield say.STATUTE
    yield statute.said(found.incident)
    for one in statute.stands(found.incident):
        if done := say.stood(one):
            yield done
        else:
            due = one.due
            when = f"{say.left(due, found.held.made.day, expected=one.about)}　{wareki(due)}" if due else ""
            yield f"{one.title}　{when or say.NO_DAY}"
        yield one.counted
    if not found.incident.statute:
        yield from statute.hints(found.held.made.facts, found.incident)
        yield from (statute.WHEN, statute.INSTEAD)
    yield statute.SOURCE


def _reports(found: _Desk) -> Iterator[str]:
    from app.work.desks import incident_words as say
    from app.work.states import document_mark

    for one in found.reports:
        title = found.held.product.forms[one.form].title
        state = document_mark(one.paper).text if one.paper else say.UNMADE
        yield "　".join(filter(None, (title, state, say.issued(one))))


def _points(found: _Desk) -> Iterator[str]:
    from app.records.days import wareki
    from app.work.desks import incident_words as say

    for one in found.points:
        due = f"{say.left(one.due, found.held.made.day)}　{wareki(one.due)}" if one.due else ""
        # Of what is closed only the editor still takes what comes late.
        acts = one.act and found.incident.closed_on is None
        act = f"記録：{spelled(one.act, TAKEN[one.act], [found.incident.number])}" if acts else ""
        yield "　".join(filter(None, (one.text, due, one.clause, act)))
    if not found.points:
        yield say.NOTHING_LEFT


def _json(found: _Desk) -> dict[str, Any]:
    from app.records.days import moment_to_iso
    from app.work.desks import incident_words as say

    facts, about = found.held.made.facts, found.incident
    contents = say.contents(facts, about, found.lost)
    return {
        "incident": about.number,
        "contract": facts.key_of("contract", about.contract),
        "kinds": list(about.kinds),
        "found": moment_to_iso(about.found_at),
        "state": say.state(about),
        "closed": iso(about.closed_on),
        "calls": [_call(one) for one in found.calls],
        "clocks": [_clock(found, one) for one in found.clocks],
        "statute": _decided(found),
        "reports": [_report(found, one) for one in found.reports],
        "next": [
            {"text": one.text, "due": iso(one.due), "act": one.act or None, "clause": one.clause or None}
            for one in found.points
        ],
        "contents": [{"text": one.text, "wanting": one.wanting} for lines in contents for one in lines],
        "course": [
            {"at": moment_to_iso(row.at), "what": row.what, "who": row.who}
            for row in sorted(about.timeline, key=lambda one: one.at, reverse=True)
        ],
    }


def _call(one: Call) -> dict[str, Any]:
    from app.records.days import moment_to_iso

    return {
        "incident": one.incident.number,
        "contract": one.contract.number,
        "client": one.client.name,
        "who": one.who,
        "telephone": one.client.telephone or None,
        "told": [
            {
                "at": moment_to_iso(row.notified_at),
                "stage": row.stage,
                "how": row.how or None,
                "to": row.to_whom or None,
            }
            for row in one.told
        ],
    }


def _clock(found: _Desk, one: Clock) -> dict[str, Any]:
    from app.work.desks import incident_words as say

    return {
        "annex": one.duty.annex,
        "clause": one.duty.clause.number,
        "source": say.source(found.held.made.catalogue, one),
        "kind": one.duty.kind,
        "due": iso(one.due),
        "open": [{"text": gap.text, "due": iso(gap.due or one.duty.due)} for gap in one.open],
        "late": list(one.late),
        "counted": one.duty.counted,
    }


def _decided(found: _Desk) -> dict[str, Any]:
    from app.work.acts.incidents import statute

    about = found.incident
    return {
        "said": statute.said(about),
        "decided": about.statute or None,
        "steps": [
            {
                "title": one.title,
                "due": iso(one.due),
                "about": one.about,
                "done": iso(one.done),
                "late": one.late,
                "counted": one.counted,
            }
            for one in statute.stands(about)
        ],
        "hints": [] if about.statute else list(statute.hints(found.held.made.facts, about)),
        "source": statute.SOURCE,
    }


def _report(found: _Desk, one: Report) -> dict[str, Any]:
    from app.work.desks import incident_words as say
    from app.work.states import document_mark

    paper = one.paper
    return {
        "form": one.form,
        "title": found.held.product.forms[one.form].title,
        "number": paper.number if paper else None,
        "issued": iso(paper.issued_on) if paper else None,
        "state": document_mark(paper).word if paper else say.UNMADE,
    }
