"""The command that writes deadlines to a file for the user's own calendar."""

from __future__ import annotations

from app.cli.access import contract_of, now, open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line
from app.common import PeopleError
from app.start import Product


def calendar(wanted: Wanted) -> int:
    """Save the deadlines as they stand today, of one contract or of all."""
    from app.duties.engine import duties
    from app.exchange.calendar_file import Span, entries, export
    from app.exchange.saving import check_place

    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise PeopleError("--from の日が --to の日より後です。期間を確かめてください。")
    check_place(wanted.ics)
    product, made = Product(), now()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        contract = contract_of(facts, wanted.contract).id if wanted.contract else 0
        catalogue = product.catalogue_of(facts)
        owed = duties(facts, catalogue, product.forms, made.date(), contract or None)
        current = entries(facts, catalogue, owed, ledger.id)
        written = export(ledger, wanted.ics, current, made, Span(contract, wanted.since, wanted.until))
    if wanted.json:
        counts = {"deadlines": written.deadlines, "cancelled": written.cancelled}
        put_json({**counts, "out": str(wanted.ics)})
    else:
        put_line(written.told(wanted.ics.name))
    return 0
