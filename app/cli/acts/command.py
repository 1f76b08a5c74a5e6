"""One act: its plan shown, and written unless a dry run was asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger, record_of, today
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line
from app.common import PeopleError
from app.records.days import wareki
from app.records.kinds import Kind, Ref, Rows
from app.start import Product

if TYPE_CHECKING:
    from app.records import Facts, Field, Record
    from app.work.acts.plan import Act, Ground, Paper, Plan, Todo, Write


def act(wanted: Wanted) -> int:
    """Plan the act that the command names; write it, or only show it. 1 where it is refused or asks first."""
    from app.work.acts.catalogue import ACTS
    from app.work.acts.doing import Doing
    from app.work.acts.plan import Ground, after
    from app.work.acts.planning import plan_of

    product, made = Product(), ACTS[str(wanted.command)]
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        ground = Ground(facts, product.catalogue_of(facts), product.forms, today())
        records = tuple(_record(facts, made.about.spec.name, key) for key in dict.fromkeys(wanted.keys))
        answers = {**made.given(ground, records), **_answers(wanted, facts, _fields(made, ground, records))}
        plan = plan_of(made, ground, records, answers)
        if plan.refusals:
            raise PeopleError(plan.refusals[0], list(plan.refusals))
        then = after(facts, plan.writes)
        if wanted.dry_run:
            return _show(wanted, product, plan, then)
        if needed := [one.text for one in plan.asks if one.needed]:
            raise PeopleError(needed[0], needed)
        Doing(ledger, plan).confirm()
        return _show(wanted, product, plan, then)


def _record(facts: Facts, kind: str, key: str) -> Record:
    from app.records import SPECS

    found = record_of(facts, kind, key)
    if found is None:
        raise PeopleError(f"{SPECS[kind].label}「{key}」は登録されていません。番号を確かめてください。")
    return found


def _fields(act: Act, ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    """All fields of the act, each as it is asked for these records where it is asked."""
    asked = {one.name: one for one in act.fields_for(ground, records)}
    return tuple(asked.get(one.name, one) for one in act.fields)


def _answers(wanted: Wanted, facts: Facts, fields: tuple[Field, ...]) -> dict[str, Any]:
    """What the options say, as the fields of the act hold it. Raises ``PeopleError`` for a wrong one."""
    given = {field: getattr(wanted, f"answer_{field.name}", None) for field in fields}
    return {field.name: _answer(facts, field, text) for field, text in given.items() if text is not None}


def _answer(facts: Facts, field: Field, text: str) -> Any:
    kind = field.kind
    if not text.strip():
        # Said to be nothing: what was known already does not stand for it.
        return field.default
    if isinstance(kind, Ref):
        return _record(facts, kind.to, text).id
    if isinstance(kind, Rows):
        return _rows(facts, field, text)
    try:
        value = kind.from_text(text)
    except ValueError as error:
        raise PeopleError(f"{_option(field)}：{error}") from None
    if problems := list(kind.problems(value)):
        raise PeopleError(f"{_option(field)}：{problems[0]}")
    return value


def _rows(facts: Facts, field: Field, text: str) -> Any:
    """Rows as JSON, or the name of a file that holds them. Raises ``PeopleError`` with every problem."""
    from app.records import read_rows
    from app.records.known import Known

    try:
        said = text if text.lstrip().startswith("[") else Path(text).read_text(encoding="utf-8")
        given = json.loads(said)
    except (OSError, ValueError):
        raise PeopleError(
            f"{_option(field)}：行の一覧（JSON）として読めません。書き方か、ファイルの名前を確かめてください。"
        ) from None

    known = Known(facts)

    def read(kind: Kind, value: Any) -> Any:
        return kind.from_json(value, known.id_of)

    rows, problems = read_rows(field, given, read, strict=True)
    if problems:
        told = [f"{_option(field)} {path}：{said}" for path, found in problems.items() for said in found]
        raise PeopleError(told[0], told)
    return rows


def _option(field: Field) -> str:
    return f"--{field.name.replace('_', '-')}"


def _show(wanted: Wanted, product: Product, plan: Plan, facts: Facts) -> int:
    if wanted.json:
        put_json(renewal(plan, facts) if plan.act == "renew" else told(plan, facts))
        return 0
    put_line(plan.draft.title)
    for one in plan.writes:
        put_line(f"　{_line(facts, one)}")
    for remark in plan.draft.remarks:
        put_line(f"　{remark}")
    for ask in plan.asks:
        put_line(f"確認：{ask.text}")
    for paper in plan.papers:
        number, title = facts.key_of("contract", paper.contract), product.forms[paper.form].title
        due = f"{wareki(paper.due)}まで" if paper.due else "期日の定めなし"
        put_line(f"書類：{number}　{title}　{due}　{paper.text}")
    for todo in plan.todos:
        number, due = facts.key_of("contract", todo.contract), f"　{wareki(todo.due)}まで" if todo.due else ""
        put_line(f"必要：{number}　{todo.clause}{due}　{todo.text}")
    put_line("何も変更していません。" if wanted.dry_run else f"{len(plan.writes)}件を登録しました。")
    return 0


def _line(facts: Facts, one: Write) -> str:
    """One record of the plan as people read it; ``facts``: as they will be."""
    act = "登録" if one.before is None else "取消し" if one.gone else "変更"
    before = one.before
    changed = "、".join(f"{field.label} {_change(facts, one, field)}" for field in one.changed)
    return f"{act}　{one.record.spec.label}　{facts.title(before or one.record)}　{one.gone or changed}"


def _change(facts: Facts, one: Write, field: Field) -> str:
    from app.work.acts.telling import shown

    said = [shown(facts, held, field) or "－" for held in (one.before, one.record) if held is not None]
    return " → ".join(said)


def told(plan: Plan, facts: Facts) -> dict[str, Any]:
    """A plan as ``--json`` prints it."""
    return {
        "writes": [_written(one, facts) for one in plan.writes],
        "asks": [one.text for one in plan.asks],
        "remarks": list(plan.draft.remarks),
        "papers": [_paper(one, facts) for one in plan.papers],
        "todos": [_todo(one, facts) for one in plan.todos],
    }


def renewal(plan: Plan, facts: Facts) -> dict[str, Any]:
    """A renewal as ``--json`` prints it: the new contract, what goes over to it and what does not.

    Whatever has no natural key is called by that from which it is carried over. What is to be done besides
    papers stands among what is asked.
    """
    contract, *others = plan.writes
    return {
        "contract": contract.record.spec.to_json(contract.record, facts.key_of),
        "carried": [_carried(one.source or one.record, one.why, facts) for one in others],
        "ends": [_carried(one.record, one.why, facts) for one in plan.draft.left],
        "asks": [*(one.text for one in plan.asks), *(one.text for one in plan.todos)],
        "papers": list(dict.fromkeys(one.form for one in plan.papers)),
    }


def _carried(record: Record, why: str, facts: Facts) -> dict[str, Any]:
    return {"record": record.spec.name, "key": facts.key(record), "why": why}


def _written(one: Write, facts: Facts) -> dict[str, Any]:
    fields = one.changed
    return {
        "record": one.record.spec.name,
        "key": facts.key(one.before) if one.before is not None else None,
        "before": {} if one.before is None else _values(one.before, fields, facts),
        "after": None if one.gone else _values(one.record, fields, facts),
    }


def _values(record: Record, fields: tuple[Field, ...], facts: Facts) -> dict[str, Any]:
    whole = record.spec.to_json(record, facts.key_of)
    return {field.name: whole[field.name] for field in fields}


def _todo(todo: Todo, facts: Facts) -> dict[str, Any]:
    return {
        "contract": facts.key_of("contract", todo.contract),
        "clause": todo.clause,
        "due": todo.due.isoformat() if todo.due else None,
        "text": todo.text,
    }


def _paper(paper: Paper, facts: Facts) -> dict[str, Any]:
    return {
        "form": paper.form,
        "contract": facts.key_of("contract", paper.contract),
        "due": paper.due.isoformat() if paper.due else None,
    }
