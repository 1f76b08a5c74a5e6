"""One act: its plan shown, and written unless a dry run was asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.cli.access import now, open_ledger, today
from app.cli.acts.answers import answers, record_named
from app.cli.arguments import Wanted
from app.cli.options.acts import TAKEN
from app.cli.options.taken import spelled
from app.cli.output import put_json, put_line
from app.common import PeopleError
from app.records.days import wareki
from app.start import Product

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.records import Facts, Field, Record
    from app.work.acts.plan import Act, Follow, Ground, Paper, Plan, Todo, Write


def act(wanted: Wanted) -> int:
    """Plan the act that the command names; write it, or only show it. 1 where it is refused or asks first."""
    from app.work.acts.catalogue import ACTS
    from app.work.acts.doing import Doing
    from app.work.acts.plan import Ground, after
    from app.work.acts.planning import plan_of

    product, made = Product(), ACTS[str(wanted.command)]
    with open_ledger(wanted, product) as ledger:
        facts, day = ledger.facts(), today()
        clock = datetime.combine(day, now().time())
        ground = Ground(facts, product.catalogue_of(facts), product.forms, day, clock)
        records = tuple(record_named(facts, made.about.spec.name, key) for key in dict.fromkeys(wanted.keys))
        said = {**made.given(ground, records), **answers(wanted, facts, _fields(made, ground, records))}
        plan = plan_of(made, ground, records, said)
        if plan.refusals:
            raise PeopleError(plan.refusals[0], list(plan.refusals))
        then = after(facts, plan.writes)
        if wanted.dry_run:
            return _show(wanted, product, plan, then)
        if needed := [one.text for one in plan.asks if one.needed]:
            raise PeopleError(needed[0], needed)
        Doing(ledger, plan).confirm()
        return _show(wanted, product, plan, then)


def _fields(act: Act, ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    """All fields of the act, each as it is asked for these records where it is asked."""
    asked = {one.name: one for one in act.fields_for(ground, records)}
    return tuple(asked.get(one.name, one) for one in act.fields)


def _show(wanted: Wanted, product: Product, plan: Plan, facts: Facts) -> int:
    from app.work.acts.catalogue import ACTS

    if wanted.json:
        put_json(renewal(plan, facts) if plan.act == "renew" else told(plan, facts))
        return 0
    put_line(plan.draft.title)
    catalogue = product.catalogue_of(facts)
    for one in plan.writes:
        put_line(f"　{_line(catalogue, facts, one)}")
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
    for follow in plan.draft.follows:
        about = ACTS[follow.act].about.spec.name
        keys = [facts.key_of(about, one) for one in follow.ids]
        put_line(f"次の手続き：{follow.text}　{spelled(follow.act, TAKEN[follow.act], keys)}")
    put_line("何も変更していません。" if wanted.dry_run else f"{len(plan.writes)}件を登録しました。")
    return 0


def _line(catalogue: Catalogue, facts: Facts, one: Write) -> str:
    """One record of the plan as people read it; ``facts``: as they will be."""
    act = "登録" if one.before is None else "取消し" if one.gone else "変更"
    before = one.before
    changed = "、".join(f"{field.label} {_change(catalogue, facts, one, field)}" for field in one.changed)
    return f"{act}　{one.record.spec.label}　{facts.title(before or one.record)}　{one.gone or changed}"


def _change(catalogue: Catalogue, facts: Facts, one: Write, field: Field) -> str:
    from app.work.acts.telling import shown

    both = [held for held in (one.before, one.record) if held is not None]
    said = [shown(facts, catalogue, held, field) or "－" for held in both]
    return " → ".join(said)


def told(plan: Plan, facts: Facts) -> dict[str, Any]:
    """A plan as ``--json`` prints it."""
    return {
        "writes": [_written(one, facts) for one in plan.writes],
        "asks": [one.text for one in plan.asks],
        "remarks": list(plan.draft.remarks),
        "papers": [_paper(one, facts) for one in plan.papers],
        "todos": [_todo(one, facts) for one in plan.todos],
        **({"follows": [_follow(one, facts) for one in follows]} if (follows := plan.draft.follows) else {}),
    }


def _follow(one: Follow, facts: Facts) -> dict[str, Any]:
    from app.work.acts.catalogue import ACTS

    about = ACTS[one.act].about.spec.name
    return {"act": one.act, "keys": [facts.key_of(about, each) for each in one.ids]}


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
