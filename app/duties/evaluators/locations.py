"""work-location: the places of work are identified, and notified before their use where the annex asks."""

from __future__ import annotations

from datetime import date

from app.annexes.kinds import State
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.changes import Subject, changes, dated_days, told_after_all
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.evaluators.over import first_told, told_in_the_end, told_late
from app.duties.evaluators.unlisted import unlisted_places
from app.duties.verdict import Lack, Question, Verdict, shown
from app.records import Location, LocationUse, stated_key
from app.records.instruction import Matter


def judge(question: Question) -> Verdict:
    uses = question.view.location_uses
    if not uses:
        unknown = question.unrecorded(
            "契約で使う作業場所が登録されていないため、届出や特定の状況を示せません。", "location_use"
        )
        return unknown._replace(remarks=_over(question))
    if not question.reported:
        why = "作業場所は、発注者の求めがあったときは報告する必要があります。"
        asked = answers(question, Matter.PLACES, "作業場所の報告", why)
        evidence = [question.evidence(use, use.starts_on) for use, _place in uses]
        satisfied = f"作業場所{len(uses)}か所が特定され、登録され{asked.words}。"
        return question.judge(
            asked.lacks,
            [*evidence, *asked.evidence],
            satisfied,
            remarks=asked.remarks,
            doubts=tuple(unlisted_places(question.view)),
        )
    return _notified(question, uses)


def _notified(question: Question, uses: tuple[tuple[LocationUse, Location], ...]) -> Verdict:
    lacks: list[Lack] = []
    evidence: dict[int, Evidence] = {}
    remarks = list(_over(question))
    for use, place in uses:
        proof = question.view.proof(question.kind, stated_key(use))
        if proof is None:
            lacks.append(_unnotified(question, use, place))
            continue
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        told = told_late(
            question, f"{place.name}の使用", use, use.starts_on, first_told(question, stated_key(use))
        )
        remarks.extend(told)
    lacks.extend(changes(question, "作業場所", lambda key: _subject(question, key)))
    satisfied = f"作業場所{len(uses)}か所は、すべて提出済みの届出書に載っています。"
    doubts = tuple(unlisted_places(question.view))
    return question.judge(lacks, tuple(evidence.values()), satisfied, remarks=remarks, doubts=doubts)


def _over(question: Question) -> tuple[Remark, ...]:
    """Places that were used without being told in time and are no more; and changes told after their day."""
    if not question.reported:
        return ()
    view = question.view
    gone = (
        remark
        for use, place in view.former_location_uses
        for remark in told_in_the_end(question, f"{place.name}の使用", use, _period(use), stated_key(use))
    )
    return (*gone, *told_after_all(question, lambda key: _subject(question, key)))


def _period(use: LocationUse) -> tuple[date, date]:
    return use.starts_on, use.ends_on or use.starts_on


def _unnotified(question: Question, use: LocationUse, place: Location) -> Lack:
    when = question.when(f"使用開始（{shown(use.starts_on)}）")
    return Lack(
        f"{place.name}（使用開始{shown(use.starts_on)}）の届出書が提出されていません。",
        f"作業場所は{when}届け出る必要があります。",
        "location_use",
        use.id,
        step=question.issue(stated_key(use)),
    ).by(question.told_by(use.starts_on))


def _subject(question: Question, key: str) -> Subject | None:
    facts = question.view.facts
    use = facts.stated(key)
    if not isinstance(use, LocationUse):
        return None
    place = facts.find(Location, use.location)
    title = place.name if place else facts.title(use)
    days = dated_days(place) if place else ()
    period = use.starts_on, use.ends_on
    return Subject(key, title, "location_use", use.id, *period, use.changed_on, dated=days)


EVALUATOR = evaluator("work-location", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
