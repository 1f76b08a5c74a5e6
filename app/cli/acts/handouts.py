"""Labels and sheets for one's own use: made and saved; nothing is written to the ledger."""

from __future__ import annotations

from app.cli.access import open_ledger, today
from app.cli.acts.answers import answers, record_named
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line
from app.start import Product


def handout(wanted: Wanted) -> int:
    """Make the paper that the command names for the records of these keys, and save it."""
    from app.exchange.handouts.catalogue import HANDOUTS
    from app.exchange.saving import check_place, save
    from app.work.acts.plan import Ground

    product, made = Product(), HANDOUTS[str(wanted.command)]
    check_place(wanted.out)
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        ground = Ground(facts, product.catalogue_of(facts), product.forms, today())
        records = tuple(record_named(facts, made.about.spec.name, key) for key in dict.fromkeys(wanted.keys))
        said = {**made.given(ground, records), **answers(wanted, facts, made.fields(ground, records))}
        save(wanted.out, made.make(ground, records, said))
    if wanted.json:
        put_json({"handout": made.name, "records": len(records), "file": str(wanted.out)})
    else:
        put_line(f"{made.title}（{len(records)}件）を「{wanted.out}」に保存しました。")
    return 0
