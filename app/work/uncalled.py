"""Why a paper of the set before the start is not to be issued now: handed in, waiting, lacking, not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.annexes.kinds import State, When
from app.duties.case import FormFace, MissingFact
from app.duties.duty import Action, Duty
from app.duties.papers.claims import claim_of
from app.duties.papers.grouping import Group, grouped
from app.records import Contract, Facts, Submission
from app.records.days import wareki
from app.work.batches import CALM, called_for

_QUIET = (*CALM, State.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Uncalled:
    """A form that is not to be issued now. ``state``: how it stands, in a word or two; ``why``: each reason
    in a sentence, with the record to open where something is to be entered first.
    """

    form: FormFace
    state: str
    why: tuple[MissingFact, ...]


def uncalled(
    facts: Facts, contract: Contract, forms: Iterable[FormFace], duties: Iterable[Duty], day: date
) -> tuple[Uncalled, ...]:
    """What of the papers before the start ``duties`` (all of the contract on ``day``) do not call for."""
    held = tuple(duties)
    called = {one.form for one in called_for(held, {When.BEFORE_START})}
    asked = tuple(one for one in held if When.BEFORE_START in one.clause.when)
    found = []
    for group, of_group in grouped(forms).items():
        for form in (one for one in of_group if one.id not in called):
            own = [one for one in asked if claim_of(form, one.kind) is not None]
            if group is Group.START or any(one.state not in _QUIET for one in own):
                found.append(_said(facts, contract, form, own, day))
    return tuple(found)


def _said(facts: Facts, contract: Contract, form: FormFace, own: Sequence[Duty], day: date) -> Uncalled:
    if not own:
        return _one(form, "求めなし", "この契約の特記事項は、着手前の書類として求めていません。")
    papers = [
        one
        for one in facts.of(Submission, "contract", contract.id)
        if one.form == form.id and one.issued_on <= day and one.voided_on is None and one.sent_back_on is None
    ]
    unsent = [one for one in papers if one.submitted_on is None or one.submitted_on > day]
    still = [one for one in own if one.state not in CALM]
    if still and unsent:
        return _one(
            form,
            "提出待ち",
            f"発行済みで、まだ提出していません（文書番号{unsent[-1].number}）。提出したら、提出日を記録してください。",
        )
    if still:
        return _open(form, still)
    if sent := [one for one in papers if one not in unsent]:
        last = max(sent, key=lambda one: (one.submitted_on or one.issued_on, one.id))
        on = wareki(last.submitted_on or last.issued_on)
        return _one(form, "提出済み", f"{on}に提出済みです（文書番号{last.number}）。")
    return _settled(facts, form, own)


def _open(form: FormFace, still: Sequence[Duty]) -> Uncalled:
    """Something is owed, and another thing than this paper comes first."""
    gaps = {gap.text: gap for duty in still for gap in duty.missing}
    if not gaps:
        return _one(form, "時期でない", *dict.fromkeys(duty.why for duty in still))
    steps = (gap.step for gap in gaps.values())
    if all(step.action is Action.ISSUE for step in steps):
        return _one(form, "ほかの書類", "求められている事項は、一覧にあるほかの書類で提出します。")
    lacks = (MissingFact(gap.text, gap.record, gap.id) for gap in gaps.values())
    return Uncalled(form, "記録が先", tuple(lacks))


def _settled(facts: Facts, form: FormFace, own: Sequence[Duty]) -> Uncalled:
    """Nothing is owed, and no paper of this form was handed in: another was, or a record does, or no case."""
    numbers = dict.fromkeys(_papers(facts, own))
    if numbers:
        named = "、".join(numbers)
        return _one(form, "提出済み", f"求められている事項は、ほかの書類（{named}）の提出で済んでいます。")
    return _one(form, "発行不要", *dict.fromkeys(duty.why for duty in own))


def _papers(facts: Facts, own: Iterable[Duty]) -> Iterator[str]:
    for duty in own:
        for proof in duty.evidence:
            paper = facts.find(Submission, proof.id) if proof.record == Submission.spec.name else None
            if paper is not None:
                yield f"{paper.title}　{paper.number}"


def _one(form: FormFace, state: str, *sentences: str) -> Uncalled:
    return Uncalled(form, state, tuple(MissingFact(sentence, "") for sentence in sentences))
