"""Making a plan: what an act drafts, held against the ledger's rules, with the papers that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from app.duties.rules.over_records import problems
from app.records import Facts, Field, Record, fields_of
from app.records.kinds import Rows
from app.records.plausible import far_off
from app.work.acts.papers import following, joined
from app.work.acts.plan import (
    Act,
    Answers,
    Draft,
    Ground,
    Misfit,
    Paper,
    Plan,
    Todo,
    Write,
    after,
    numbered,
    with_values,
)


def plan_of(act: Act, ground: Ground, records: tuple[Record, ...], answers: Answers) -> Plan:
    """What ``act`` will do to ``records`` where the officer says ``answers``.

    Where it is refused it calls for no paper: nothing happens. Raises nothing; a refusal is a sentence.
    """
    draft = act.draft(ground, records, answers)
    far = _far(act, ground, records, answers)
    # One thing of several contracts is told of once.
    remarks = tuple(dict.fromkeys((*far, *draft.remarks)))
    draft = replace(draft, writes=numbered(draft.writes), remarks=remarks)
    refusals = tuple(dict.fromkeys((*draft.refusals, *refused(ground, draft.writes, act.fields))))
    if refusals:
        return Plan(act.name, draft, (), refusals, ground.facts)
    seen = ground._replace(today=max(ground.today, draft.takes_effect or ground.today))
    found = following(seen, draft.writes)
    papers = joined((*draft.papers, *(one for one in found.papers if _by_then(one, draft))))
    todos = tuple(one for one in found.todos if _by_then(one, draft))
    return Plan(act.name, draft, papers, (), ground.facts, todos)


def _far(act: Act, ground: Ground, records: tuple[Record, ...], answers: Answers) -> Iterator[str]:
    """Each day that was said and is possible and hardly meant; what was known already was not said now."""
    for field in act.fields:
        said = tuple(_far_in(field, answers.get(field.name), ground.today))
        if said and answers[field.name] != act.given(ground, records).get(field.name):
            yield from said


def _far_in(field: Field, value: Any, today: date) -> Iterator[str]:
    if isinstance(field.kind, Rows):
        for row in value or ():
            for inner in fields_of(type(row)):
                yield from _far_in(inner, getattr(row, inner.name), today)
    elif said := far_off(field, value, today):
        yield f"{said}日付を確かめてください。"


def _by_then(one: Paper | Todo, draft: Draft) -> bool:
    if draft.until is None:
        return True
    return isinstance(one, Paper) if one.due is None else one.due < draft.until


def refused(ground: Ground, writes: tuple[Write, ...], asked: tuple[Field, ...] = ()) -> Iterator[str]:
    """Why the ledger would not take ``writes``, each sentence with the record that it is about.

    ``asked``: the fields of the act. What is wrong with a record made out of a row is said of the cell that
    it stands in.
    """
    then = after(ground.facts, writes)
    typed = _Typed(then, {one.name: one for one in asked}, {_key(one.record): one.row for one in writes})
    standing = [one for one in writes if not one.gone]
    for one in standing:
        # As at the door: what the record already said does not stand in the way of another change.
        known: Mapping[str, list[str]] = {} if one.before is None else one.before.spec.check(one.before)
        for path, said in one.record.spec.check(one.record).items():
            if known.get(path) != said:
                yield from (typed.told(one.record, path, sentence) for sentence in said)
    # Written now: held against the moment at which it was last written, what happened since would be refused.
    dated = [with_values(one.record, recorded_at=ground.now) for one in standing]
    for problem in problems(ground.catalogue, then.replaced(dated), dated):
        yield typed.told(problem.record, problem.path, problem.sentence)


class _Typed(NamedTuple):
    """The tables that were typed, and which record comes out of which row."""

    then: Facts
    asked: Mapping[str, Field]
    rows: Mapping[tuple[str, int], str]

    def told(self, record: Record, path: str, sentence: str) -> str:
        row = self.rows.get(_key(record), "")
        kind = self.asked[row.partition(".")[0]].kind if row else None
        if isinstance(kind, Rows) and any(one.name == path for one in fields_of(kind.of)):
            return Misfit.at(f"{row}.{path}", sentence)
        return told(self.then, record, sentence)


def _key(record: Record) -> tuple[str, int]:
    return record.spec.name, record.id


def told(facts: Facts, record: Record, sentence: str) -> str:
    """``sentence`` with the record that it is about."""
    return f"{record.spec.label}「{facts.title(record).strip()}」：{sentence}"
