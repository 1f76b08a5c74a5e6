"""Documents: number, verification code and archive, in one transaction with the journal.

A document prints its own number and code, so both are *reserved* before it is drawn and hold only if
nothing was written meanwhile. Numbers have no gaps: one that was issued stays with its document, void
or not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.ledger import asking
from app.ledger.errors import LedgerError, MovedError
from app.ledger.file.driver import Connection, one
from app.ledger.proof import journal
from app.ledger.proof.document_codes import verification_code
from app.ledger.writing import LARGEST_FILE, Change
from app.records import Facts, Statement, Submission
from app.records.days import fiscal_year
from app.records.numbering import document_number


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a document prints about itself: its number, its code, and the journal head it follows."""

    number: str
    code: str
    head: str
    sequence: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as it is to be filed: what was reserved for it, what it is called, its PDF."""

    reservation: Reservation
    title: str
    pdf: bytes
    filled: bytes = b""
    """The client's own file with the facts in it, where it is that which is handed in."""


Reserve = Callable[[Statement], Reservation]
Last = Callable[[Facts, Reserve], Drawn]
"""Draws the paper that speaks of those filed just before it, from the facts that hold them already."""


def reserve(
    connection: Connection, ledger: str, facts: Facts, statements: Iterable[Statement]
) -> tuple[Reservation, ...]:
    """The numbers and codes that these would get now, filed together in this order; nothing is written.

    They all follow the same head of the journal: the last entry that stands before any of them. Raises
    ``LedgerError``.
    """
    if facts.vendor is None:
        raise LedgerError("自社の情報が登録されていません。設定の「自社」を入力してから発行してください。")
    head = journal.head(connection, ledger)
    last: dict[int, int] = {}
    made = []
    for statement in statements:
        year = fiscal_year(statement.on)
        if year not in last:
            sql = "SELECT last FROM number_sequence WHERE fiscal_year = ?"
            last[year] = one(connection, sql, (year,)) or 0
        last[year] += 1
        number = document_number(facts.vendor.number_format, statement.on, last[year])
        code = verification_code(ledger, number, statement.canonical(), head.hash)
        made.append(Reservation(number, code, head.hash, head.sequence, statement))
    return tuple(made)


def issue(
    change: Change, connection: Connection, expected: Sequence[Reservation], drawn: Sequence[Drawn]
) -> tuple[Submission, ...]:
    """File drawn documents. ``expected`` is what a reservation would give now, within the transaction.

    Raises ``MovedError`` if anything was written since theirs were made, ``LedgerError`` for one that is too
    large to be kept.
    """
    if tuple(expected) != tuple(one.reservation for one in drawn):
        raise MovedError
    for one_drawn in drawn:
        _refuse_too_large(one_drawn)
    return tuple(_file(change, connection, one) for one in drawn)


def _refuse_too_large(drawn: Drawn) -> None:
    """A binder is as large as what is attached to its records: nobody can make the paper itself smaller."""
    size, most = (-(-number // (1024 * 1024)) for number in (len(drawn.pdf), LARGEST_FILE))
    if len(drawn.pdf) > LARGEST_FILE:
        raise LedgerError(
            f"「{drawn.title}」は{size}MBになり、台帳に保管できる{most}MBを超えるため、発行していません。"
            "期間や対象を分けて、2件以上の書類にしてください。"
        )


def _file(change: Change, connection: Connection, drawn: Drawn) -> Submission:
    held, filled = drawn.reservation, drawn.filled
    statement = held.statement
    connection.execute(
        "INSERT INTO number_sequence (fiscal_year, last) VALUES (?, 1)"
        " ON CONFLICT (fiscal_year) DO UPDATE SET last = last + 1",
        (fiscal_year(statement.on),),
    )
    first, last = statement.within or (None, None)
    submission = Submission(
        number=held.number,
        form=statement.form,
        title=drawn.title,
        contract=statement.contract,
        issued_on=statement.on,
        period_from=first,
        period_to=last,
        pdf=hashlib.sha256(drawn.pdf).hexdigest(),
        filled=hashlib.sha256(filled).hexdigest() if filled else "",
        statement=statement.canonical(),
        code=held.code,
        head=held.head,
        head_sequence=held.sequence,
    )
    return change.issue(submission, drawn.pdf, *((filled,) if filled else ()))


def submit(change: Change, submission: Submission, on: date, how: str, received_by: str) -> Submission:
    """Record that a document was handed in; an application has then asked. Raises ``LedgerError``."""
    _refuse_void(submission)
    if submission.submitted_on is not None:
        raise LedgerError(f"書類「{submission.number}」は既に提出済みです。提出日を確かめてください。")
    sent = replace(submission, submitted_on=on, how=how, received_by=received_by)
    made = change.amend(sent, "submit")
    asking.handed_in(change, made, "submit")
    return made


def accept(change: Change, submission: Submission, on: date) -> Submission:
    """Record that the client accepted a document. Raises ``LedgerError``."""
    _require_submitted(submission)
    if submission.accepted_on is not None:
        raise LedgerError(f"書類「{submission.number}」は既に受理済みです。受理日を確かめてください。")
    return change.amend(replace(submission, accepted_on=on), "accept")


def send_back(change: Change, submission: Submission, on: date, why: str) -> Submission:
    """Record that the client sent a document back. Raises ``LedgerError``."""
    _require_submitted(submission)
    asking.taken_back(change, submission, "send back")
    return change.amend(replace(submission, sent_back_on=on, sent_back_why=why), "send back")


def void(
    change: Change, submission: Submission, on: date, why: str, replaced_by: Submission | None = None
) -> Submission:
    """Declare a document void; it keeps its number. Raises ``LedgerError``."""
    _refuse_void(submission)
    if not why.strip():
        raise LedgerError(f"書類「{submission.number}」を無効にする理由を入力してください。")
    asking.taken_back(change, submission, "void")
    other = replaced_by.id if replaced_by else None
    return change.amend(replace(submission, voided_on=on, voided_why=why.strip(), replaced_by=other), "void")


def _refuse_void(submission: Submission) -> None:
    if submission.voided_on is not None:
        raise LedgerError(
            f"書類「{submission.number}」は無効にした書類です。新しく発行した書類を使ってください。"
        )


def _require_submitted(submission: Submission) -> None:
    _refuse_void(submission)
    if submission.submitted_on is None:
        raise LedgerError(
            f"書類「{submission.number}」はまだ提出していません。先に提出日を記録してください。"
        )
    if submission.sent_back_on is not None:
        raise LedgerError(f"書類「{submission.number}」は差し戻されています。作り直して提出してください。")
