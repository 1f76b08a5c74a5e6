"""Commands on printed documents: issuing, what became of them, and whether they still hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.access import contract_of, form_of, open_ledger, record_of, submission_of, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.duties.case import Case, FormFace
    from app.records import Contract, Facts, Statement, Submission
    from app.records.statement import Within


def forms(wanted: Wanted) -> int:
    """The forms that can be printed; for people, by what one is doing."""
    held = Product().forms.values()
    if wanted.json:
        put_json([{"id": form.id, "title": form.title, "kinds": list(form.kinds)} for form in held])
    else:
        from app.annexes.kinds import kind_label
        from app.duties.papers.grouping import grouped

        rows = [
            (group, form.id, form.title, "・".join(map(kind_label, form.kinds)))
            for group, forms_of in grouped(held).items()
            for form in forms_of
        ]
        put_table(("区分", "様式", "名称", "満たす義務"), rows, "様式はありません。")
    return 0


def issue(wanted: Wanted) -> int:
    """Print a form: as a draft, or numbered and filed in the ledger."""
    from app.cli.clients import own_forms
    from app.duties.case import Case
    from app.exchange.documents import issuing
    from app.exchange.documents.looking_again import notes_of
    from app.exchange.saving import check_place, save

    product = Product()
    form = form_of(product, wanted.form)
    check_place(wanted.out)
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        contract, on = contract_of(facts, wanted.contract), wanted.on or today()
        case = Case(
            facts,
            product.catalogue_of(facts),
            contract,
            on,
            only=_about(form, facts, wanted.about),
            forms=product.forms,
            today=today(),
            again=wanted.again,
            within=within_of(form, wanted, contract, on),
        )
        prepared = issuing.prepare(form, case)
        left_out = prepared.left_out
        _check_about(form, case, prepared.statement)
        filled = own_forms.look(form, case, ledger, wanted)
        if wanted.draft:
            made = filled.data if filled else issuing.draft(form, case, ledger.blob)
            save(wanted.out, made)
            number = sha256 = None
        else:
            filed = issuing.issue(ledger, form, case, ours=wanted.own_form)
            number, sha256 = filed.number, filed.filled or filed.pdf
            _save_filed(wanted.out, own_forms.saved_bytes(ledger, filed), filed.number)
    if wanted.json:
        told = {"left_out": [one.sentence for one in left_out]} if left_out else {}
        told |= own_forms.told(filled)
        put_json({"number": number, "form": form.id, "sha256": sha256, "out": str(wanted.out), **told})
    else:
        put_line(f"{form.title}　{number or '下書き'}　{wanted.out}")
        for line in notes_of(filled):
            put_line(line)
        for one in left_out:
            put_line(f"この書類に含めていません：{one.sentence}")
    return 0


def _about(form: FormFace, facts: Facts, named: list[str]) -> tuple[str, ...]:
    """The records named by ``--about`` as statements call them. Raises ``PeopleError`` if one is none."""
    from app.records import SPECS, stated_key

    if named and not form.apart:
        raise PeopleError(f"{form.title}は契約の全体について作成します。--about を付けずに作成してください。")
    found = []
    for one in named:
        kind, parted, key = one.partition(":")
        if not parted:
            raise PeopleError(
                f"--about の「{one}」は、記録の種類と番号を「:」でつないでください（例 approval:AP-001）。"
            )
        if kind not in SPECS:
            raise PeopleError(
                f"--about の「{one}」は、記録の種類が分かりません。jutaku records で種類を確かめてください。"
            )
        held = record_of(facts, kind, key)
        if held is None:
            raise PeopleError(
                f"{SPECS[kind].label}「{key}」は登録されていません。--about の番号を確かめてください。"
            )
        found.append(stated_key(held))
    return tuple(found)


def _check_about(form: FormFace, case: Case, statement: Statement | None) -> None:
    """Refuse to leave out in silence what was asked for by name."""
    if statement is None:
        return
    for key in case.only:
        if key not in statement.subjects:
            held = case.facts.stated(key)
            called = f"{held.spec.label}「{case.facts.title(held)}」" if held else "指定した記録"
            raise PeopleError(f"{called}は、この契約の{form.title}の対象になりません。")


def within_of(form: FormFace, wanted: Wanted, contract: Contract, on: date) -> Within | None:
    """The period asked for. Raises ``PeopleError`` where the form covers none or the days are no period."""
    since, until = wanted.since, wanted.until
    if since is None and until is None:
        return None
    if not form.periodic:
        raise PeopleError(f"{form.title}は期間を対象としません。--from と --to を付けずに作成してください。")
    first, last = since or contract.starts_on, until or on
    if last < first:
        raise PeopleError("対象期間の終わりが始まりより前です。--from と --to を確かめてください。")
    if last > on:
        raise PeopleError("対象期間の終わりが書類の日付より後です。--to か --on を確かめてください。")
    return first, last


def submit(wanted: Wanted) -> int:
    """Record that a document was handed in."""
    assert wanted.on is not None  # noqa: S101  # the option is required
    from app.duties.papers.drift import in_hand

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
        held = submission_of(facts, wanted.number)
        since = in_hand(facts, product.catalogue_of(facts), product.forms, held, today())
        done = ledger.submit(held, wanted.on, wanted.how, wanted.received_by)
        if since is not None and since.stale:
            put_error(
                f"{done.number}を発行した後に、台帳の内容が変わりました。記載した内容は現況と相違します。"
            )
        return _report(wanted, done, "提出済みにしました。")


def void(wanted: Wanted) -> int:
    """Declare a document void."""
    with open_ledger(wanted, Product()) as ledger:
        held = submission_of(ledger.facts(), wanted.number)
        done = ledger.void(held, wanted.on or today(), wanted.why)
        return _report(wanted, done, "無効にしました。")


def documents(wanted: Wanted) -> int:
    """Every document with what became of it, and whether the ledger has moved away from it."""
    from app.duties.change_notices import drift
    from app.duties.papers.drift import outdated
    from app.records import Submission

    product = Product()
    with open_ledger(wanted, product) as ledger:
        facts = ledger.facts()
    contract = contract_of(facts, wanted.contract).id if wanted.contract else None
    held = facts.all(Submission) if contract is None else facts.of(Submission, "contract", contract)
    changed = drift(facts, product.catalogue_of(facts), product.forms, wanted.on or today(), contract)
    since = outdated(facts, product.catalogue_of(facts), product.forms, held, wanted.on or today())
    stale = {one.submission.id for one in (*changed, *since)}
    numbers = {one.id: facts.key_of("contract", one.contract) for one in held}
    if wanted.json:
        put_json([_document(one, numbers[one.id], one.id in stale) for one in held])
    else:
        rows = [
            (
                one.number,
                one.title,
                numbers[one.id],
                one.issued_on.isoformat(),
                _day(one.submitted_on) or "",
                _standing(one, one.id in stale),
            )
            for one in held
        ]
        put_table(
            ("文書番号", "書類", "契約", "発行日", "提出日", "状態"), rows, "発行した書類はありません。"
        )
    return 0


def _save_filed(out: Path, pdf: bytes, number: str) -> None:
    from app.exchange.saving import save

    try:
        save(out, pdf)
    except PeopleError as error:
        raise PeopleError(
            f"書類「{number}」は発行して台帳に保管しましたが、「{out.name}」に保存できませんでした。"
            "書類の画面から控えを保存してください。"
        ) from error


def _report(wanted: Wanted, done: Submission, sentence: str) -> int:
    if wanted.json:
        put_json(
            {
                "number": done.number,
                "submitted": _day(done.submitted_on),
                "voided": _day(done.voided_on),
            }
        )
    else:
        put_line(f"書類「{done.number}」を{sentence}")
    return 0


def _document(one: Submission, contract: str, stale: bool) -> dict[str, object]:
    return {
        "number": one.number,
        "form": one.form,
        "contract": contract,
        "issued": _day(one.issued_on),
        "submitted": _day(one.submitted_on),
        "voided": _day(one.voided_on),
        "sha256": one.pdf,
        "stale": stale,
    }


def _standing(one: Submission, stale: bool) -> str:
    if one.voided_on:
        return "無効"
    if one.sent_back_on:
        return "差戻し"
    if stale:
        return "現況と相違" if one.submitted_on else "発行後に相違"
    if one.accepted_on:
        return "受理済み"
    return "提出済み" if one.submitted_on else "未提出"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
