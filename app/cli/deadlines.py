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
    from app.exchange.calendar_file import entries, save_calendar
    from app.exchange.saving import check_place

    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise PeopleError("--from の日が --to の日より後です。期間を確かめてください。")
    check_place(wanted.ics)
    product, made = Product(), now()
    with open_ledger(wanted, product) as ledger:
        facts, ledger_id = ledger.facts(), ledger.id
    contract = contract_of(facts, wanted.contract).id if wanted.contract else None
    catalogue = product.catalogue_of(facts)
    owed = duties(facts, catalogue, product.forms, made.date(), contract)
    held = entries(facts, catalogue, owed, ledger_id, wanted.since, wanted.until)
    count = save_calendar(wanted.ics, held, made)
    if wanted.json:
        put_json({"deadlines": count, "out": str(wanted.ics)})
    else:
        put_line(f"期限{count}件を「{wanted.ics.name}」に保存しました。")
    return 0
