"""client-form: looking at a client's own Word or Excel file, saying what goes where, and keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.access import contract_of, form_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.duties.case import Case, FormFace
    from app.exchange.filling.filler import Filled, Form
    from app.exchange.filling.values import Names, Placement
    from app.ledger.door import Ledger
    from app.records import Submission

_LONGEST = 40
_OFFICE = (".docx", ".xlsx")


def client_form(wanted: Wanted) -> int:
    """Show the places of a file and the names with their values; keep it with its placements."""
    from app.duties.case import Case
    from app.exchange.documents.issuing import prepare
    from app.exchange.documents.names import Printed, names_of
    from app.exchange.documents.own_form import one_sheet
    from app.exchange.filling.filler import inspect, suggest
    from app.exchange.json_text import read_file
    from app.printing.type.words import DRAFT

    product = Product()
    form = form_of(product, wanted.form)
    data = read_file(wanted.file)
    opened = inspect(data, wanted.file.name)
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        contract, on = contract_of(facts, wanted.contract), wanted.on or today()
        case = Case(facts, product.catalogue_of(facts), contract, on, forms=product.forms, today=today())
        statement = prepare(form, case).statement
        names = None
        if statement is not None:
            first = one_sheet(form, case, statement)
            names = names_of(form, first, Printed(DRAFT, DRAFT, DRAFT))
        places = _placements(wanted.places)
        if wanted.suggest and names is not None:
            named = {one.place for one in places}
            places += [one for one in suggest(opened, names) if one.place not in named]
        filled = None if names is None else _tried(opened, names, places)
        if wanted.keep:
            _keep(ledger, wanted, data, places)
    _report(wanted, opened, names, places, filled)
    return 0


def _placements(given: list[str]) -> list[Placement]:
    from app.exchange.filling.values import Placement

    found = []
    for one in given:
        place, parted, rest = one.partition("=")
        name, _second, when = rest.partition("=")
        if not parted or not place.strip() or not name.strip():
            raise PeopleError(
                f"--place の「{one}」は、場所と項目を「=」でつないでください（例 様式!B5=契約番号）。"
            )
        found.append(Placement(place.strip(), name.strip(), when.strip()))
    return found


def _tried(opened: Form, names: Names, places: list[Placement]) -> Filled:
    from app.exchange.filling.filler import fill

    return fill(opened, names, places)


def _keep(ledger: Ledger, wanted: Wanted, data: bytes, places: list[Placement]) -> None:
    from app.exchange.documents.own_form import keep_form

    contract = contract_of(ledger.facts(), wanted.contract).id
    keep_form(ledger, contract, wanted.form, wanted.on or today(), (data, wanted.file.name), places)


def _report(
    wanted: Wanted, opened: Form, names: Names | None, places: list[Placement], filled: Filled | None
) -> None:
    from app.exchange.documents.looking_again import notes_of

    placed = {one.place: one.name for one in places}
    if wanted.json:
        put_json(
            {
                "places": [
                    {
                        "place": one.id,
                        "kind": one.kind,
                        "where": one.where,
                        "text": one.text,
                        "near": one.near,
                        "name": placed.get(one.id, ""),
                    }
                    for one in opened.places
                ],
                "names": [] if names is None else [[one.name, one.shown] for one in names.all()],
                "kept": wanted.keep,
                **told(filled),
            }
        )
        return
    rows = [
        (one.id, one.kind, one.where, one.near[:_LONGEST], one.text[:_LONGEST], placed.get(one.id, ""))
        for one in opened.places
    ]
    put_table(("場所", "種別", "位置", "見出し", "今の文字", "項目"), rows, "記入できる場所はありません。")
    if names is not None:
        values = [(one.name, one.shown[:_LONGEST]) for one in names.all()]
        put_table(("項目", "いまの内容"), values, "項目はありません。")
    for line in notes_of(filled):
        put_line(line)
    if wanted.keep:
        put_line(f"「{wanted.file.name}」を発注者の様式として登録しました。")


def told(filled: Filled | None) -> dict[str, list[str]]:
    """What is to be looked at in a filled file, for JSON; nothing where there is none."""
    if filled is None:
        return {}
    return {"unfilled": list(filled.unfilled), "remarks": list(filled.remarks)}


def look(form: FormFace, case: Case, ledger: Ledger, wanted: Wanted) -> Filled | None:
    """The client's file as it would be filled, or None where ours is printed. Raises ``PeopleError``.

    A file is saved under its own ending: a Word document called .pdf is opened by no program, nor is a
    PDF called .xlsx, and whoever asks for one believes to hold the client's form.
    """
    from app.exchange.documents.issuing import fill_draft
    from app.exchange.documents.own_form import own_form_of

    own = None if wanted.own_form else own_form_of(case.facts, case.contract.id, form.id, case.day)
    if own is None:
        if wanted.out.suffix.lower() in _OFFICE:
            raise PeopleError(
                f"{form.title}は自社の様式（PDF）で作成します。保存先の名前を「.pdf」で終えてください。"
                "発注者の様式で作成するときは、先に client-form で登録してください。"
            )
        return None
    if wanted.out.suffix.lower() != own.suffix:
        raise PeopleError(
            f"{form.title}は発注者の様式「{own.name}」に記入します。保存先の名前を「{own.suffix}」で終えてください。"
            "自社の様式で作成するときは --own-form を付けてください。"
        )
    filled = fill_draft(form, case, ledger.blob)
    if filled is not None and wanted.draft:
        _check_name(filled, wanted)
    return filled


def _check_name(filled: Filled, wanted: Wanted) -> None:
    """A draft is called one where its form has no place that tells: on a screen no page shows its mark."""
    from app.printing.type.words import DRAFT

    if any(DRAFT in one.text for one in filled.put) or DRAFT in wanted.out.name:
        return
    raise PeopleError(
        "この様式には文書番号を記入する場所がなく、発行した書類と見分けがつきません。"
        f"保存先の名前に「{DRAFT}」を入れてください（例 {wanted.out.stem}（{DRAFT}）{wanted.out.suffix}）。"
    )


def saved_bytes(ledger: Ledger, filed: Submission) -> bytes:
    """What is handed in of a document: the client's filled file, or our PDF."""
    return ledger.blob(filed.filled) if filed.filled else ledger.document_bytes(filed)
