"""Issuing a document: gather, check every character, reserve its number, draw, proof-read, archive.

In this order nothing is ever half-written: the ledger is touched once, at the end, and only by a file
that was read back and found right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.annexes.catalogue import Catalogue
from app.common import PeopleError, Progress
from app.duties.case import AGAIN, Case, FormFace, MissingFact, MissingFactsError
from app.exchange.composing import Pictures, all_strings, compose, print_document, title_of
from app.ledger.door import Ledger
from app.printing.blocks import Mark
from app.records import SPECS, Contract, Facts, Record, Statement, Submission, fields_of
from app.records.kinds import Row, Rows, Text

__all__ = [
    "Pictures",
    "Prepared",
    "archived",
    "case_of",
    "draft",
    "issue",
    "missing_of",
    "preflight",
    "prepare",
    "reissue",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a form answers: the statement to print, or what is missing for it."""

    statement: Statement | None
    missing: tuple[MissingFact, ...] = ()


def case_of(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    contract: str,
    day: date,
    only: tuple[str, ...] = (),
) -> Case:
    """The case of the contract with this number. Raises ``PeopleError`` if there is none."""
    for held in facts.all(Contract):
        if held.number == contract:
            return Case(facts, catalogue, held, day, only, forms=forms)
    raise PeopleError(f"契約番号「{contract}」の契約がありません。番号を確かめてください。")


def prepare(form: FormFace, case: Case) -> Prepared:
    """What ``form`` would print; every missing fact and every character without a glyph, all at once."""
    try:
        statement = form.gather(case)
    except MissingFactsError as error:
        return Prepared(None, error.missing)
    unprintable = tuple(preflight(case.facts, statement))
    return Prepared(None, unprintable) if unprintable else Prepared(statement)


def draft(
    form: FormFace, case: Case, pictures: Pictures | None = None, progress: Progress | None = None
) -> bytes:
    """The PDF with 下書き on every page, without number and seal; nothing is written.

    ``pictures``: where photographs are taken from (``ledger.blob``); without it their titles stand in
    their place. Raises as ``issue`` does.
    """
    statement = _prepared(form, case)
    return print_document(compose(form, statement, _author(case.facts), pictures), progress)


def issue(
    ledger: Ledger,
    form: FormFace,
    case: Case,
    progress: Progress | None = None,
    *,
    replaces: Submission | None = None,
    why: str = "",
) -> Submission:
    """Number, print and archive the document of ``case``; ``replaces`` is voided in the same transaction.

    Raises ``MissingFactsError`` naming every missing fact, ``LedgerError`` if the ledger changed
    meanwhile or refuses, ``Cancelled``; then nothing is written and no number is used.
    """
    statement = _prepared(form, case)
    held = ledger.reserve(statement)
    mark = Mark(held.code, held.head, held.sequence)
    old = replaces.number if replaces else ""
    document = compose(form, statement, _author(case.facts), ledger.blob, held.number, mark, instead_of=old)
    pdf = print_document(document, progress)
    return ledger.issue(held, title_of(form, statement), pdf, replaces=replaces, why=why)


def reissue(
    ledger: Ledger,
    form: FormFace,
    case: Case,
    submission: Submission,
    why: str,
    progress: Progress | None = None,
) -> Submission:
    """Issue the document anew in place of ``submission``, which becomes void for the reason ``why``.

    It is made for the same subjects, and as though the old one had already been void: a 新規 stays one, and
    so does a 再提出. The paper says which it replaces.
    """
    if not why.strip():
        raise PeopleError(f"書類「{submission.number}」を差し替える理由を入力してください。")
    told = Statement.from_canonical(submission.statement)
    only = case.only or told.subjects
    voided = replace(submission, voided_on=case.day, voided_why=why)
    without = replace(case, facts=case.facts.replaced([voided]), only=only)
    without = replace(without, again=told.variant == AGAIN)
    return issue(ledger, form, without, progress, replaces=submission, why=why)


def archived(ledger: Ledger, submission: Submission) -> bytes:
    """The PDF as it was issued. Raises ``PeopleError`` if it is not the one that was archived."""
    pdf = ledger.document_bytes(submission)
    if hashlib.sha256(pdf).hexdigest() != submission.pdf:
        raise PeopleError(
            f"書類「{submission.number}」の保存内容が発行時と違います。バックアップから復元してください。"
        )
    return pdf


def _prepared(form: FormFace, case: Case) -> Statement:
    prepared = prepare(form, case)
    if prepared.statement is None:
        raise MissingFactsError(form.title, prepared.missing)
    return prepared.statement


def _author(facts: Facts) -> str:
    return facts.vendor.name if facts.vendor else ""


def preflight(facts: Facts, statement: Statement) -> Iterator[MissingFact]:
    """Every character that no font has, with the record and field in which it was typed."""
    from app.printing.type.fonts import missing_characters

    found = list(dict.fromkeys(c for text in all_strings(statement.facts) for c in missing_characters(text)))
    for character in found:
        yield from _places(facts, statement, character)


def _places(facts: Facts, statement: Statement, character: str) -> Iterator[MissingFact]:
    printed = [text for text in all_strings(statement.facts) if character in text]
    sign = " ".join(f"U+{ord(part):04X}" for part in character)
    told = False
    for record, path, label, text in _typed(facts):
        if character in text and any(text in one for one in printed):
            told = True
            name = f"{record.spec.label}「{facts.title(record).replace(character, '〓')}」"
            yield MissingFact(
                f"{name}の{label}にある文字（{sign}）は印刷できる字形がありません。"
                "印刷できる文字に改めてください。",
                record.spec.name,
                record.id,
                path,
            )
    if not told:
        yield MissingFact(
            f"印字する内容に、印刷できる字形のない文字（{sign}）があります。元の記録を改めてください。", ""
        )


def _typed(facts: Facts) -> Iterator[tuple[Record, str, str, str]]:
    """Every text that people typed: record, path of the field, its label, the text."""
    for spec in SPECS.values():
        if spec.by_hand:
            for record in facts.all(spec.cls):
                yield from ((record, *found) for found in _texts(record, ""))


def _texts(holder: Record | Row, prefix: str) -> Iterator[tuple[str, str, str]]:
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if isinstance(field.kind, Rows):
            for number, row in enumerate(value, 1):
                yield from _texts(row, f"{prefix}{field.name}.{number}.")
        elif isinstance(value, str) and value and _free(field.kind):
            yield f"{prefix}{field.name}", field.label, value


def _free(kind: object) -> bool:
    return isinstance(kind, Text) or getattr(kind, "other", False) is True


def missing_of(forms: Iterable[FormFace], case: Case) -> dict[str, tuple[MissingFact, ...]]:
    """For each form, what the ledger lacks to print it; empty where it can be printed."""
    return {form.id: prepare(form, case).missing for form in forms}
