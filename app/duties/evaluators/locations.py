"""work-location: the places of work are identified, and notified before their use where the annex asks."""

from __future__ import annotations

from app.duties.duty import Evidence
from app.duties.evaluators.changes import Subject, changes
from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State
from app.duties.verdict import Lack, Question, Verdict, shown
from app.records import Location, LocationUse


def judge(question: Question) -> Verdict:
    uses = question.view.location_uses
    if not uses:
        return question.unrecorded(
            "作業場所の使用が記録されていないため、届出や特定の状況を示せません。", "location_use"
        )
    if not question.reported:
        evidence = [question.evidence(use, use.starts_on) for use, _place in uses]
        return question.judge((), evidence, f"作業場所{len(uses)}か所が特定され、登録されています。")
    return _notified(question, uses)


def _notified(question: Question, uses: tuple[tuple[LocationUse, Location], ...]) -> Verdict:
    lacks: list[Lack] = []
    evidence: dict[int, Evidence] = {}
    late = []
    for use, place in uses:
        key = f"location_use:{use.id}"
        proof = question.view.proof(question.kind, key)
        if proof is None:
            lacks.append(_unnotified(question, use, place))
            continue
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        if proof.submitted_on and question.told_late(use.starts_on, proof):
            late.append(f"{place.name}（提出{shown(proof.submitted_on)}、使用開始{shown(use.starts_on)}）")
    lacks.extend(changes(question, "作業場所", lambda key: _subject(question, key)))
    satisfied = f"作業場所{len(uses)}か所は、すべて提出済みの届出書に載っています。"
    if late:
        satisfied = f"作業場所は届け出られていますが、{'、'.join(late)}は{question.too_late('使用開始')}。"
    return question.judge(lacks, tuple(evidence.values()), satisfied)


def _unnotified(question: Question, use: LocationUse, place: Location) -> Lack:
    when = question.when(f"使用開始（{shown(use.starts_on)}）")
    return Lack(
        f"{place.name}（使用開始{shown(use.starts_on)}）の届出書が提出されていません。",
        f"作業場所は{when}届け出る必要があります。",
        "location_use",
        use.id,
        step=question.issue(f"location_use:{use.id}"),
    ).by(question.told_by(use.starts_on))


def _subject(question: Question, key: str) -> Subject | None:
    kind, _, number = key.partition(":")
    facts = question.view.facts
    use = facts.find(LocationUse, int(number)) if kind == "location_use" and number.isdecimal() else None
    if use is None:
        return None
    place = facts.find(Location, use.location)
    title = place.name if place else question.view.facts.title(use)
    return Subject(key, title, "location_use", use.id, use.starts_on, use.ends_on, use.changed_on)


EVALUATOR = evaluator("work-location", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
