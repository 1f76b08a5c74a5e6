"""Issuing a document: gather, check every character, reserve its number, draw, proof-read, archive.

In this order nothing is ever half-written: the ledger is touched once, at the end, and only by a file
that was read back and found right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from app.annexes.catalogue import Catalogue
from app.common import PeopleError, Progress
from app.duties.case import AGAIN, Case, FormFace, MissingFact, MissingFactsError
from app.duties.papers.dating import not_yet, too_far_ahead, undated, unsigned_yet
from app.exchange.documents.composing import Pictures, compose, print_document, title_of
from app.exchange.documents.own_form import filled_for, one_sheet, own_form_of, put_into, record_of
from app.exchange.filling.filler import Filled
from app.ledger.documents import Drawn, Reservation
from app.ledger.door import Ledger
from app.ledger.errors import MovedError
from app.ledger.proof.document_codes import ledger_tag
from app.printing.blocks import Document, Mark
from app.records import Contract, Facts, Statement, Submission
from app.records.dated import as_of

__all__ = [
    "Pictures",
    "Prepared",
    "archived",
    "case_of",
    "draft",
    "drawn_for",
    "fill_draft",
    "issue",
    "missing_of",
    "prepare",
    "reissue",
    "require_current",
    "sketch",
    "to_issue",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a form answers: the statement to print, or what is missing for it.

    ``left_out``: what keeps some from getting their own sheet, while the statement is that of the others.
    """

    statement: Statement | None
    missing: tuple[MissingFact, ...] = ()
    left_out: tuple[MissingFact, ...] = ()


class Sketch(NamedTuple):
    """A draft for the screen. ``read``: proof-reads it, and raises ``ProofError``; None: that is done."""

    pdf: bytes
    read: Callable[[], None] | None


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
    """What ``form`` would print; every missing fact and every character without a glyph, all at once.

    Of a day that no paper may bear it prints nothing, not even as a draft.
    """
    if wrong := _wrong_day(case):
        return Prepared(None, (wrong,))
    from app.exchange.documents.characters import as_printed, unprintable, without_those

    try:
        statement = as_printed(case.facts, form.gather(case))
        lacking = tuple(unprintable(case.facts, statement))
        rest = without_those(form, case, statement) if lacking else ()
        if rest:
            others = form.gather(replace(case, only=rest))
            return Prepared(as_printed(case.facts, others), left_out=lacking)
    except MissingFactsError as error:
        return Prepared(None, error.missing)
    return Prepared(None, lacking) if lacking else Prepared(statement)


def draft(
    form: FormFace, case: Case, pictures: Pictures | None = None, progress: Progress | None = None
) -> bytes:
    """The PDF with 下書き on every page, without number and seal; nothing is written.

    ``pictures``: where photographs are taken from (``ledger.blob``); without it their titles stand in
    their place. Raises as ``issue`` does.
    """
    statement = _prepared(form, case)
    document = compose(form, statement, _author(case), pictures)
    return _printed(form, statement, document, pictures, progress)


def sketch(
    form: FormFace, case: Case, statement: Statement, pictures: Pictures, progress: Progress | None = None
) -> Sketch:
    """As ``draft`` of what ``prepare`` answered, for the screen: proof-read once it is seen.

    Nobody waits for the proof of what is neither filed nor handed to anyone. What is bound behind a paper is
    proof-read at once, because the pages of the index are known only then.
    """
    document = compose(form, statement, _author(case), pictures)
    if form.binds(statement):
        return Sketch(_printed(form, statement, document, pictures, progress), None)
    from app.printing.render import render

    pdf = render(document, progress)
    return Sketch(pdf, partial(_read_over, pdf, document))


def _read_over(pdf: bytes, document: Document) -> None:
    from app.printing.proof.reading import proof_read

    proof_read(pdf, document)


def issue(
    ledger: Ledger,
    form: FormFace,
    case: Case,
    progress: Progress | None = None,
    *,
    replaces: Submission | None = None,
    why: str = "",
    ours: bool = False,
    held: Facts | None = None,
) -> Submission:
    """Number, print and archive the document of ``case``; ``replaces`` is voided in the same transaction.

    It is void from the day on which this is done (``case.today``), also where the new one is dated back.
    It goes into the client's own file where the contract has one for the form, unless ``ours`` is wanted.
    ``held``: the facts of the ledger from which those of ``case`` were made; None: they are the same.

    Raises ``MissingFactsError`` naming every missing fact, ``PeopleError`` for a day that has not come,
    ``LedgerError`` if the ledger changed since its facts were read or refuses, ``Cancelled``; then nothing is
    written and no number is used.
    """
    statement = to_issue(form, case, ours=ours)
    reserved = ledger.reserve(statement)
    require_current(ledger, held or case.facts, case)
    drawn = drawn_for(ledger, form, case, reserved, progress, replaces=replaces)
    return ledger.issue(
        drawn.reservation,
        drawn.title,
        drawn.pdf,
        filled=drawn.filled,
        replaces=replaces,
        why=why,
        voided_on=case.today,
    )


def require_current(ledger: Ledger, held: Facts, case: Case) -> None:
    """Raise ``MovedError`` unless ``held``, from which ``case`` was told, is the ledger as it is now.

    To be asked once the numbers are reserved: what was written after the facts were read and before the
    reservation stands before the journal's head that the paper prints, and the paper would say otherwise.
    What is written later, the filing itself refuses.
    """
    if ledger.facts() is not held or held.find(Contract, case.contract.id) != case.contract:
        raise MovedError


def fill_draft(form: FormFace, case: Case, blob: Pictures) -> Filled | None:
    """The client's own file as it would be filled, or None where the contract has none for the form.

    下書き stands on its pages and where the number would. Of papers with a sheet for each record it is the
    first one's. Nothing is written. Raises as ``issue`` does.
    """
    own = own_form_of(case.facts, case.contract.id, form.id, case.day)
    if own is None:
        return None
    statement = one_sheet(form, case, _prepared(form, case))
    return filled_for(form, put_into(form, statement, own), blob)


def to_issue(form: FormFace, case: Case, *, ours: bool = False) -> Statement:
    """What the document of ``case`` will state. Raises as ``issue`` does."""
    statement = _prepared(form, case)
    if case.today is not None and (ahead := not_yet(case.day, case.today)):
        raise PeopleError(ahead)
    own = None if ours else own_form_of(case.facts, case.contract.id, form.id, case.day)
    return statement if own is None else put_into(form, statement, own)


def drawn_for(
    ledger: Ledger,
    form: FormFace,
    case: Case,
    held: Reservation,
    progress: Progress | None = None,
    *,
    replaces: Submission | None = None,
) -> Drawn:
    """The document under its number, printed and proof-read, to be filed. Raises ``Cancelled``."""
    mark = Mark(held.code, held.head, held.sequence, ledger_tag(ledger.id))
    old = replaces.number if replaces else ""
    author, told = _author(case), held.statement
    filled = filled_for(form, told, ledger.blob, held.number, mark)
    if filled is not None:
        document = record_of(form, told, filled, author, held.number, mark)
        return Drawn(held, title_of(form, told), print_document(document, progress), filled.data)
    document = compose(form, told, author, ledger.blob, held.number, mark, instead_of=old)
    return Drawn(held, title_of(form, told), _printed(form, told, document, ledger.blob, progress))


def _printed(
    form: FormFace,
    statement: Statement,
    document: Document,
    files: Pictures | None,
    progress: Progress | None,
) -> bytes:
    """The document, with what is bound behind it where the files can be had."""
    bound = form.binds(statement)
    if not bound or files is None:
        return print_document(document, progress)
    from app.exchange.documents.binding import bind

    return bind(document, bound, files, progress)


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
    return issue(ledger, form, without, progress, replaces=submission, why=why, held=case.facts)


class AlteredDocumentError(PeopleError):
    """What is kept of a document is not what was issued."""

    by_restoring = True

    def __init__(self, number: str) -> None:
        super().__init__(f"書類「{number}」の保存内容が発行時と違います。バックアップから復元してください。")


def archived(ledger: Ledger, submission: Submission) -> bytes:
    """The PDF as it was issued. Raises ``PeopleError`` if it is not the one that was archived."""
    pdf = ledger.document_bytes(submission)
    if hashlib.sha256(pdf).hexdigest() != submission.pdf:
        raise AlteredDocumentError(submission.number)
    return pdf


def _prepared(form: FormFace, case: Case) -> Statement:
    prepared = prepare(form, case)
    if prepared.statement is None:
        raise MissingFactsError(form.title, prepared.missing)
    return prepared.statement


def _wrong_day(case: Case) -> MissingFact | None:
    if sentence := undated(case.contract, case.day):
        return MissingFact(sentence, "contract", case.contract.id, "signed_on")
    if sentence := unsigned_yet(case.contract, case.within):
        return MissingFact(sentence, "contract", case.contract.id, "signed_on")
    if case.today is not None and (sentence := too_far_ahead(case.day, case.today)):
        return MissingFact(sentence, "")
    return None


def _author(case: Case) -> str:
    """The vendor as on the day of the paper: its properties bear no name that its pages do not."""
    vendor = case.facts.vendor
    return as_of(vendor, case.day).name if vendor else ""


def missing_of(forms: Iterable[FormFace], case: Case) -> dict[str, tuple[MissingFact, ...]]:
    """For each form, what the ledger lacks to print it; empty where it can be printed."""
    return {form.id: prepare(form, case).missing for form in forms}
