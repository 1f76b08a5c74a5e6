"""Commands that make many papers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.access import contract_of, form_of, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_json, put_line
from app.cli.papers import issue, within_of
from app.common import PeopleError
from app.filesystem import pdf_name
from app.start import Product

if TYPE_CHECKING:
    from app.duties.case import FormFace
    from app.exchange.documents.batch import Found, Wish
    from app.exchange.documents.sets import Ground
    from app.exchange.filling.filler import Filled
    from app.ledger.door import Ledger
    from app.records import Contract, Facts, Submission
    from app.records.statement import Within

    Looked = Mapping[int, Filled]
    """Documents by id → the client's file, as it was filled."""


def batch(wanted: Wanted) -> int:
    """Issue a form for many contracts, or the papers that one act calls for: all that can be, or none."""
    from app.exchange.documents.batch import EMPTY, issue_all, look
    from app.exchange.documents.looking_again import looked_at
    from app.exchange.documents.sets import covers_for, explained

    product = Product()
    if not wanted.dry_run:
        _check_folder(wanted.out)
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        contracts = _contracts(facts, wanted)
        ground = _ground(product, facts, wanted)
        with Steps() as steps:
            found = look(_wishes(product, ground, contracts, wanted, steps), steps)
            found = explained(ground, wanted.set, contracts, found)
        ready = [one.wish for one in found if one.ready]
        if wanted.dry_run:
            return _report(wanted, facts, found, (), {})
        if not ready:
            raise PeopleError(_reasons(facts, found) or EMPTY)
        with Steps() as steps:
            made = issue_all(ledger, ready, steps, covers_for(ground, ready) if wanted.cover else ())
        saved = _save(ledger, made, wanted)
        looked = looked_at(ledger, product.forms, made)
        return _report(wanted, facts, found, tuple(zip(made, saved, strict=True)), looked)


def binder(wanted: Wanted) -> int:
    """Issue the evidence binder of a contract, or a draft of it."""
    wanted.form, wanted.about, wanted.again, wanted.own_form = "evidence-binder", [], False, False
    return issue(wanted)


def _contracts(facts: Facts, wanted: Wanted) -> tuple[Contract, ...]:
    from app.records import Contract

    if wanted.all_contracts == bool(wanted.contracts):
        raise PeopleError("--contract で契約番号を指定するか、--all-contracts を指定してください。")
    if wanted.all_contracts:
        return facts.all(Contract)
    return tuple(contract_of(facts, number) for number in dict.fromkeys(wanted.contracts))


def _ground(product: Product, facts: Facts, wanted: Wanted) -> Ground:
    from app.exchange.documents.sets import Ground
    from app.work.batches import BEFORE_START

    if wanted.cover and wanted.set != BEFORE_START:
        raise PeopleError(f"--cover は、着手前の書類一式（{BEFORE_START}）を発行するときに付けます。")
    return Ground(facts, product.catalogue_of(facts), product.forms, wanted.on or today(), today())


def _wishes(
    product: Product, ground: Ground, contracts: Sequence[Contract], wanted: Wanted, steps: Steps
) -> tuple[Wish, ...]:
    from app.exchange.documents.sets import SETS, wishes

    if wanted.set not in SETS:
        form_of(product, wanted.set)

    def period(form: FormFace, contract: Contract) -> Within | None:
        return within_of(form, wanted, contract, ground.on)

    return wishes(ground, wanted.set, contracts, period, steps)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise PeopleError(f"保存先のフォルダ「{folder}」がありません。フォルダを確かめてください。")


def _save(ledger: Ledger, made: Sequence[Submission], wanted: Wanted) -> Sequence[Path]:
    """Save what was issued. It stands in the ledger already: what cannot be saved is said with its number."""
    from app.exchange.documents.filing import TOGETHER, not_saved, one_pdf, save_each
    from app.exchange.saving import save

    paths = save_each(ledger, made, wanted.out)
    # A client's own file is no PDF: it is printed by itself.
    if wanted.together and (pdf := one_pdf(ledger, made)):
        try:
            save(wanted.out / pdf_name(made[0].number, TOGETHER), pdf)
        except PeopleError as error:
            raise PeopleError(not_saved(made, error)) from error
    return paths


def _reasons(facts: Facts, found: Sequence[Found]) -> str:
    """Why each paper cannot be issued, in one line; those that stand alike for the same reason are one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in found:
        key = one.wish.case.contract.number, "".join(_why(one))
        alike.setdefault(key, []).append(one.wish.form.title)
    return "".join(f"{number}の{'、'.join(titles)}：{why}" for (number, why), titles in alike.items())


def _called(facts: Facts, one: Found) -> str:
    return f"{one.wish.case.contract.number}の{one.wish.form.title}"


def _why(one: Found) -> list[str]:
    return [fact.sentence for fact in (*one.missing, *one.left_out)]


def _report(
    wanted: Wanted,
    facts: Facts,
    found: Sequence[Found],
    made: Sequence[tuple[Submission, Path]],
    looked: Looked,
) -> int:
    lacking = [one for one in found if not one.ready or one.left_out]
    ready = [one for one in found if one.ready]
    if wanted.json:
        put_json(
            {
                "issued": [_issued(facts, one, path, looked.get(one.id)) for one, path in made],
                "ready": [_named(one) for one in ready] if wanted.dry_run else [],
                "lacking": [{**_named(one), "why": _why(one)} for one in lacking],
            }
        )
        return 0
    _put_issued(wanted, made, looked)
    for found_one in ready if wanted.dry_run else ():
        put_line(f"発行できます：{_called(facts, found_one)}")
    for found_one in lacking:
        word = "一部を含めていません" if found_one.ready else "発行していません"
        put_line(f"{word}：{_called(facts, found_one)}　{''.join(_why(found_one))}")
    return 0


def _issued(facts: Facts, one: Submission, path: Path, filled: Filled | None) -> dict[str, object]:
    from app.cli.clients.own_forms import told

    return {
        "number": one.number,
        "form": one.form,
        "contract": facts.key_of("contract", one.contract),
        "out": str(path),
        "client_form": bool(one.filled),
        **told(filled),
    }


def _put_issued(wanted: Wanted, made: Sequence[tuple[Submission, Path]], looked: Looked) -> None:
    from app.exchange.documents.filing import apart_from_one_pdf
    from app.exchange.documents.looking_again import notes_of

    for one, path in made:
        put_line(f"{one.title}　{one.number}　{path}{'（発注者の様式）' if one.filled else ''}")
        for line in notes_of(looked.get(one.id)):
            put_line(f"　{line}")
    if wanted.together and (apart := apart_from_one_pdf([one for one, _path in made])):
        put_line(apart)


def _named(one: Found) -> dict[str, str]:
    return {"form": one.wish.form.id, "contract": one.wish.case.contract.number}
