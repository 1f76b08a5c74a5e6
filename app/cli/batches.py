"""Commands that make many papers at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.annexes.kinds import When
from app.cli.access import contract_of, form_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_json, put_line
from app.cli.papers import issue, within_of
from app.common import PeopleError
from app.filesystem import pdf_name
from app.start import Product

if TYPE_CHECKING:
    from app.duties.case import Case, FormFace
    from app.exchange.documents.batch import Found, Wish
    from app.ledger.door import Ledger
    from app.records import Contract, Facts, Submission

_SETS = MappingProxyType(
    {
        "before-start": frozenset({When.BEFORE_START}),
        "on-change": frozenset({When.ON_CHANGE}),
    }
)
"""The sets of papers that go by a name, with the moments at which their clauses ask."""
_TOGETHER = "一式"


def batch(wanted: Wanted) -> int:
    """Issue a form for many contracts, or the papers that one act calls for: all that can be, or none."""
    from app.exchange.documents.batch import EMPTY, issue_all, look

    product, on = Product(), wanted.on or today()
    if not wanted.dry_run:
        _check_folder(wanted.out)
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        contracts = _contracts(facts, wanted)
        with Steps() as steps:
            found = look(_wishes(product, facts, contracts, on, wanted), steps)
        ready = [one.wish for one in found if one.ready]
        if wanted.dry_run:
            return _report(wanted, facts, found, ())
        if not ready:
            raise PeopleError(_reasons(facts, found) or EMPTY)
        with Steps() as steps:
            made = issue_all(ledger, ready, steps)
        saved = _save(ledger, made, wanted)
        return _report(wanted, facts, found, tuple(zip(made, saved, strict=True)))


def binder(wanted: Wanted) -> int:
    """Issue the evidence binder of a contract, or a draft of it."""
    wanted.form, wanted.about, wanted.again = "evidence-binder", [], False
    return issue(wanted)


def _contracts(facts: Facts, wanted: Wanted) -> tuple[Contract, ...]:
    from app.records import Contract

    if wanted.all_contracts == bool(wanted.contracts):
        raise PeopleError("--contract で契約番号を指定するか、--all-contracts を指定してください。")
    if wanted.all_contracts:
        return facts.all(Contract)
    return tuple(contract_of(facts, number) for number in dict.fromkeys(wanted.contracts))


def _wishes(
    product: Product, facts: Facts, contracts: Sequence[Contract], on: date, wanted: Wanted
) -> Iterator[Wish]:
    from app.exchange.documents.batch import Wish, files_of

    for contract, form in _asked(product, facts, contracts, on, wanted.set):
        within = within_of(form, wanted, contract, on)
        for case in files_of(form, _case(product, facts, contract, on, within)):
            yield Wish(form, case)


def _case(product: Product, facts: Facts, contract: Contract, on: date, within: Any) -> Case:
    from app.duties.case import Case

    catalogue = product.catalogue_of(facts)
    return Case(facts, catalogue, contract, on, forms=product.forms, today=today(), within=within)


def _asked(
    product: Product, facts: Facts, contracts: Sequence[Contract], on: date, name: str
) -> Iterator[tuple[Contract, FormFace]]:
    from app.duties.engine import duties
    from app.work.batches import called_for

    if name not in _SETS:
        form = form_of(product, name)
        yield from ((contract, form) for contract in contracts)
        return
    for contract in contracts:
        owed = duties(facts, product.catalogue_of(facts), product.forms, on, contract.id)
        for called in called_for(owed, _SETS[name]):
            yield contract, product.forms[called.form]


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise PeopleError(f"保存先のフォルダ「{folder}」がありません。フォルダを確かめてください。")


def _save(ledger: Ledger, made: Sequence[Submission], wanted: Wanted) -> list[Path]:
    """Save what was issued. It stands in the ledger already: what cannot be saved is said with its number."""
    from app.cli.clients.own_forms import saved_bytes
    from app.exchange.documents.own_form import suffix_of
    from app.exchange.saving import save

    paths = []
    try:
        for one in made:
            path = wanted.out / pdf_name(one.number, one.title)
            paths.append(path.with_suffix(suffix_of(one) or path.suffix))
            save(paths[-1], saved_bytes(ledger, one))
        # A client's own file is no PDF: it is printed by itself.
        files = [(one, ledger.document_bytes(one)) for one in made if not one.filled]
        if wanted.together and files:
            save(wanted.out / pdf_name(made[0].number, _TOGETHER), _joined(files))
    except PeopleError as error:
        numbers = f"{made[0].number}から{made[-1].number}まで" if len(made) > 1 else made[0].number
        raise PeopleError(
            f"書類「{numbers}」は発行して台帳に保管しましたが、保存できませんでした。{error.sentence}"
            "書類の画面から控えを保存してください。"
        ) from error
    return paths


def _joined(files: Sequence[tuple[Submission, bytes]]) -> bytes:
    from app.printing.binding.joining import Part, joined

    parts = [Part(f"{one.number}　{one.title}", pdf) for one, pdf in files]
    return joined(parts, f"{files[0][0].number}　{_TOGETHER}")


def _reasons(facts: Facts, found: Sequence[Found]) -> str:
    return "".join(f"{_called(facts, one)}：{''.join(_why(one))}" for one in found)


def _called(facts: Facts, one: Found) -> str:
    return f"{one.wish.case.contract.number}の{one.wish.form.title}"


def _why(one: Found) -> list[str]:
    return [fact.sentence for fact in (*one.missing, *one.left_out)]


def _report(
    wanted: Wanted, facts: Facts, found: Sequence[Found], made: Sequence[tuple[Submission, Path]]
) -> int:
    lacking = [one for one in found if not one.ready or one.left_out]
    ready = [one for one in found if one.ready]
    if wanted.json:
        put_json(
            {
                "issued": [
                    {
                        "number": one.number,
                        "form": one.form,
                        "contract": facts.key_of("contract", one.contract),
                        "out": str(path),
                    }
                    for one, path in made
                ],
                "ready": [_named(one) for one in ready] if wanted.dry_run else [],
                "lacking": [{**_named(one), "why": _why(one)} for one in lacking],
            }
        )
        return 0
    for one, path in made:
        put_line(f"{one.title}　{one.number}　{path}")
    for found_one in ready if wanted.dry_run else ():
        put_line(f"発行できます：{_called(facts, found_one)}")
    for found_one in lacking:
        word = "一部を含めていません" if found_one.ready else "発行していません"
        put_line(f"{word}：{_called(facts, found_one)}　{''.join(_why(found_one))}")
    return 0


def _named(one: Found) -> dict[str, str]:
    return {"form": one.wish.form.id, "contract": one.wish.case.contract.number}
