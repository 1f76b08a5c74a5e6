"""annex revise: the text of a new year against the annex as it stands, clause by clause and duty by duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line
from app.cli.readings.reading import documents_json, documents_told, read_text
from app.start import Product

if TYPE_CHECKING:
    from app.annexes.reading.revising.carrying import Carried
    from app.duties.duty import Duty
    from app.duties.whatif.revision_effects import Effects
    from app.exchange.readings.revising import Planned


def revise(wanted: Wanted) -> int:
    """Make the next version as a draft, or say with ``--dry-run`` what it would be."""
    from app.exchange.readings.revising import on_contracts, plan, store

    product = Product()
    read = read_text(wanted.file)
    with open_ledger(wanted, product) as ledger, Steps() as progress:
        facts = ledger.facts()
        catalogue = product.catalogue_of(facts)
        planned = plan(
            facts,
            catalogue,
            wanted.annex,
            read.reading,
            version=wanted.version,
            document=wanted.document,
            update=wanted.update,
            progress=progress,
        )
        found = on_contracts(facts, catalogue, product.forms, today(), planned.annex)
        if not wanted.dry_run:
            store(ledger, planned)
    for sentence in read.told:
        put_error(sentence)
    if wanted.json:
        put_json(_json(planned, found, written=not wanted.dry_run))
    else:
        for line in _told(planned, found, written=not wanted.dry_run):
            put_line(line)
    return 0


def _json(planned: Planned, found: tuple[Effects, ...], *, written: bool) -> dict[str, Any]:
    return {
        "annex": planned.annex.key,
        "from": planned.old.version,
        "version": planned.annex.version,
        "published": False,
        "written": written,
        **documents_json(planned.revised.review),
        "by_summary": planned.revised.by_summary,
        "clauses": [_clause(one) for one in planned.revised.clauses],
        "to_check": [planned.revised.review.items[at].number for at in planned.revised.review.open],
        "contracts": [
            {
                "contract": one.contract.number,
                "appearing": [_duty(duty) for duty in one.appearing],
                "disappearing": [_duty(duty) for duty in one.disappearing],
                "moved": [
                    {**_duty(moved.after), "before": str(moved.before.state), "after": str(moved.after.state)}
                    for moved in one.moved
                ],
                "outdated": [held.clause for held in one.outdated],
                "dropped": [{"clause": held.clause, "name": held.name} for held in one.dropped],
            }
            for one in found
        ],
    }


def _clause(one: Carried) -> dict[str, Any]:
    return {
        "status": one.step.value,
        "from": one.old["number"] if one.old else None,
        "to": one.new["number"] if one.new else None,
        "heading": (one.new or one.old or {})["heading"],
        "words": [{"fate": run.fate.value, "text": run.text} for run in one.runs],
        "kinds": one.new["kinds"] if one.new else [],
        "added": list(one.added),
        "unread": list(one.unread),
        "disputed": list(one.disputed),
    }


def _duty(duty: Duty) -> dict[str, str]:
    return {"clause": duty.clause.number, "kind": duty.kind}


def _told(planned: Planned, found: tuple[Effects, ...], *, written: bool) -> Iterator[str]:
    from app.exchange.readings.telling import changes, counts, on_contract

    did = "下書きとして登録しました" if written else "作ります（まだ登録していません）"
    yield f"「{planned.annex.title}」第{planned.old.version}版から第{planned.annex.version}版を{did}。"
    yield from documents_told(planned.revised.review)
    yield counts(planned.revised)
    for lines in changes(planned.revised):
        yield ""
        yield from lines
    for one in found:
        yield ""
        yield f"契約「{one.contract.title}」（{one.contract.number}）"
        yield from (f"  {line}" for line in on_contract(one))
    yield ""
    if planned.open:
        left = f"{planned.open}条項は人の確認が要ります。"
        yield f"{left}画面の「特記事項」で開いて確かめ、確定してから契約に適用してください。"
    else:
        yield "画面の「特記事項」で確かめ、確定してから契約に適用してください。"
