"""this-pc: what this PC, or others by their files, tell of themselves; and into the ledger, after a plan."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.cli.access import open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line, put_table
from app.common import PeopleError
from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan, Outcome
from app.exchange.machine import brought, here, planning, script, telling
from app.exchange.machine.machine import Machine
from app.preferences import Preferences
from app.records import Device, Facts
from app.start import Product

_WORDS = {
    Outcome.NEW: "新規",
    Outcome.CHANGED: "変更",
    Outcome.SAME: "変更なし",
    Outcome.ERROR: "要確認",
}


def this_pc(wanted: Wanted) -> int:
    """Show what the PCs tell, write the script for others, or bring them into the ledger."""
    if wanted.script is not None:
        for place in script.write(wanted.script):
            put_line(f"「{place}」に書き出しました。")
        return 0
    if not wanted.register and (wanted.number or wanted.owner or wanted.dry_run):
        raise PeopleError("--number、--owner、--dry-run は --register とともに指定してください。")
    if wanted.number and len(wanted.files) > 1:
        raise PeopleError("--number は、1台を登録するときに指定してください。")
    machines = brought.read(wanted.files) if wanted.files else (here.this_pc(today()),)
    if not wanted.register:
        _show(wanted, machines)
        return 0
    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
        planned = planning.plan(facts, machines, owner=wanted.owner, number=wanted.number, today=today())
        if not wanted.dry_run:
            try:
                importing.apply(ledger, planned, Preferences().backups(ledger.path))
            except importing.ImportRefusedError as error:
                if wanted.json:
                    put_json(_told(facts, machines, planned))
                put_error(error.sentence)
                return 1
    if wanted.json:
        put_json(_told(facts, machines, planned))
    else:
        _show_plan(facts, machines, planned)
    return 0


def _show(wanted: Wanted, machines: tuple[Machine, ...]) -> None:
    if wanted.json:
        put_json([_plain(one) for one in machines])
        return
    for one in machines:
        put_table(("項目", "内容"), one.rows, "")
        for remark in one.remarks:
            put_line(f"確認：{remark}")


def _plain(machine: Machine) -> dict[str, Any]:
    """One PC as JSON: null where it did not tell."""
    told = {**asdict(machine), "on": machine.on.isoformat(), "untold": list(machine.untold)}
    return {name: None if value == "" else value for name, value in told.items()}


def _changes(facts: Facts, planned: ImportPlan, at: int) -> dict[str, tuple[str, str]]:
    """Label → what stands there, and what will; of a new one what will."""
    return {one.label: (one.before, one.after) for one in telling.changes(facts, planned, at)}


def _told(facts: Facts, machines: tuple[Machine, ...], planned: ImportPlan) -> dict[str, Any]:
    rows = [
        {"pc": machines[at].called, "status": str(row.outcome), "changes": _changes(facts, planned, at)}
        for at, row in enumerate(planned.rows)
    ]
    problems = [{"row": one.row, "field": one.field, "problem": one.sentence} for one in planned.problems]
    return {**planned.counts, "rows": rows, "problems": problems, "notes": list(planned.notes)}


def _show_plan(facts: Facts, machines: tuple[Machine, ...], planned: ImportPlan) -> None:
    rows: list[tuple[str, ...]] = []
    for at, row in enumerate(planned.rows):
        called = (machines[at].called, _WORDS[row.outcome])
        changes = _changes(facts, planned, at)
        rows += [(*called, label, before, after) for label, (before, after) in changes.items()]
        if not changes:
            rows.append((*called, "", "", ""))
    put_table(("PC", "状態", "項目", "いまの内容", "登録する内容"), rows, "PCがありません。")
    for note in planned.notes:
        put_line(f"確認：{note}")
    for problem in planned.problems:
        put_line(f"確認：{planned.sentence_of(problem)}")
    found = "、".join(f"{_WORDS[outcome]}{planned.counts[str(outcome)]}件" for outcome in Outcome)
    put_line(f"{Device.spec.label}：{found}")
