"""Commands on records: what there is, how it is declared, bringing it in, finding it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line, put_table
from app.common import PeopleError
from app.exchange.schema import schema
from app.records import SPECS, Facts, Spec
from app.records.ordering import in_order
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.coming_in.planner import ImportPlan

_MOST_HITS = 200


def records(wanted: Wanted) -> int:
    """Counts of every record type, the records of one, or the declaration of all."""
    if wanted.kind and wanted.kind not in SPECS:
        raise PeopleError(
            f"記録の種類「{wanted.kind}」はありません。{'・'.join(SPECS)} から指定してください。"
        )
    if wanted.schema:
        chosen = [SPECS[wanted.kind]] if wanted.kind else list(SPECS.values())
        return _schema(wanted, chosen)
    with open_ledger(wanted, Product()) as ledger:
        if wanted.kind:
            return _list(wanted, ledger.facts(), SPECS[wanted.kind])
        return _counts(wanted, ledger.facts())


def bring(wanted: Wanted, spec: Spec[Any], data: bytes, name: str) -> int:
    """Bring in what a JSON file called ``name`` holds: all of it or nothing, after a backup."""
    from app.exchange import json_text
    from app.exchange.coming_in import importing
    from app.exchange.mending import runs
    from app.preferences import Preferences

    entries, _ = json_text.read_entries(data)
    with open_ledger(wanted, Product()) as ledger:
        facts, digest = ledger.facts(), runs.digest_of(data)
        plan = importing.plan(facts, spec, entries, update=wanted.update, today=today())
        before = runs.before(facts, spec, digest)
        known = [runs.told_of(before)] if before is not None else []
        if not wanted.dry_run:
            try:
                run = runs.run_of_entries(plan, name, digest)
                importing.apply(ledger, plan, Preferences().backups(ledger.path), beside=(run,))
            except importing.ImportRefusedError as error:
                if wanted.json:
                    put_json(_told(plan, known))
                put_error(error.sentence)
                return 1
    if wanted.json:
        put_json({**_told(plan, known), **({"rows": _rows(plan)} if wanted.dry_run else {})})
        return 0
    for note in (*known, *plan.notes):
        put_line(note)
    for doubt in plan.doubts:
        put_line(f"確認：{plan.sentence_of(doubt)}")
    for problem in plan.problems:
        put_line(plan.sentence_of(problem))
    counts = plan.counts
    wrong = f"、誤り{counts['error']}件" if counts["error"] else ""
    put_line(
        f"{spec.label}：新規{counts['new']}件、変更{counts['changed']}件、変更なし{counts['same']}件{wrong}"
    )
    return 0


def _told(plan: ImportPlan, known: list[str]) -> dict[str, Any]:
    problems = [{"row": p.row, "field": p.field, "problem": p.sentence} for p in plan.problems]
    return {**plan.counts, "problems": problems, **_noted(plan), **({"known": known} if known else {})}


def _rows(plan: ImportPlan) -> list[dict[str, Any]]:
    return [{"row": row.row, "status": str(row.outcome)} for row in plan.rows]


def _noted(plan: ImportPlan) -> dict[str, Any]:
    doubts = [{"row": one.row, "field": one.field, "doubt": one.sentence} for one in plan.doubts]
    return {**({"notes": list(plan.notes)} if plan.notes else {}), "doubts": doubts}


def search(wanted: Wanted) -> int:
    """Find a text in every searched field of every record."""
    if not wanted.text.strip():
        raise PeopleError("探す語を指定してください。")
    with open_ledger(wanted, Product()) as ledger:
        hits = ledger.search(wanted.text, _MOST_HITS)
    if wanted.json:
        put_json([{"record": hit.record, "key": hit.key, "text": hit.text} for hit in hits])
    else:
        rows = [(SPECS[hit.record].label, hit.key, hit.text) for hit in hits]
        put_table(("種類", "キー", "内容"), rows, "見つかりませんでした。")
    return 0


def _schema(wanted: Wanted, chosen: list[Spec[Any]]) -> int:
    if wanted.json:
        put_json({spec.name: schema(spec) for spec in chosen})
        return 0
    for spec in chosen:
        put_line(f"{spec.label}（{spec.name}）")
        rows = [
            (f.name, f.label, f.kind.name, "必須" if f.required else "", f.kind.hint) for f in spec.fields
        ]
        put_table(("項目", "名称", "型", "", "説明"), rows, "")
        put_line()
    return 0


def _counts(wanted: Wanted, facts: Facts) -> int:
    counts = {name: len(facts.all(spec.cls)) for name, spec in SPECS.items()}
    if wanted.json:
        put_json(counts)
    else:
        rows = [(SPECS[name].label, name, f"{count:,}") for name, count in counts.items()]
        put_table(("種類", "名前", "件数"), rows, "")
    return 0


def _list(wanted: Wanted, facts: Facts, spec: Spec[Any]) -> int:
    from app.exchange.coming_in.importing import export

    if wanted.json:
        put_json(export(facts, spec))
        return 0
    heads = [f.label for f in spec.listed]
    rows = [[facts.shown(record, f.name) for f in spec.listed] for record in in_order(facts.all(spec.cls))]
    put_table(heads, rows, f"{spec.label}は登録されていません。")
    return 0
