"""Numbers without gaps, codes that lead back, archives that never change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.proof.document_codes import CODE_LENGTH, verification_code
from app.ledger.proof.heads import Kept
from app.records import Contract, Person, Statement, Submission, Vendor


@pytest.fixture
def contract(full: Ledger) -> int:
    return full.facts().all(Contract)[0].id


def test_numbers_run_by_fiscal_year_of_the_day_printed(
    full: Ledger, contract: int, issued: Callable[..., Any], stated: Callable[..., Statement]
) -> None:
    days = [date(2027, 3, 31), date(2027, 4, 1), date(2026, 4, 1), date(2027, 5, 1)]
    numbers = [issued(full, stated(contract, day)).number for day in days]
    assert numbers == ["2026-0003", "2027-0001", "2026-0004", "2027-0002"]
    assert full.verify().ok


def test_the_code_is_made_of_ledger_number_statement_and_head(
    full: Ledger, contract: int, stated: Callable[..., Statement]
) -> None:
    statement = stated(contract)
    head = full.head()
    held = full.reserve(statement)
    assert (held.number, held.head, held.sequence) == ("2026-0003", head.hash, head.sequence)
    parts = [part.encode() for part in (full.id, held.number, statement.canonical(), head.hash)]
    plain = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert held.code == hashlib.sha256(plain).hexdigest()[:20]
    made = full.issue(held, "届出書", b"pdf")
    assert (made.code, made.head, made.head_sequence) == (held.code, held.head, held.sequence)
    assert full.hold(Kept(made.head_sequence, made.head)).holds


def test_a_reservation_holds_only_while_nothing_else_is_written(
    full: Ledger, contract: int, stated: Callable[..., Statement]
) -> None:
    held = full.reserve(stated(contract))
    full.add(Person(name="新人", employment="社員"))
    with pytest.raises(LedgerError, match="台帳が変わりました"):
        full.issue(held, "届出書", b"pdf")
    assert full.issue(full.reserve(stated(contract)), "届出書", b"pdf").number == held.number


def test_a_reservation_cannot_be_used_twice_or_altered(
    full: Ledger, contract: int, stated: Callable[..., Statement]
) -> None:
    held = full.reserve(stated(contract))
    for wrong in (replace(held, number="2026-0009"), replace(held, code="0" * 20), replace(held, sequence=1)):
        with pytest.raises(LedgerError):
            full.issue(wrong, "届出書", b"pdf")
    full.issue(held, "届出書", b"pdf")
    with pytest.raises(LedgerError):
        full.issue(held, "届出書", b"pdf")
    assert full.verify().ok


def test_archived_bytes_come_back_as_issued(full: Ledger) -> None:
    first, second = full.facts().all(Submission)
    assert full.document_bytes(first) != full.document_bytes(second)
    assert hashlib.sha256(full.document_bytes(second)).hexdigest() == second.pdf
    assert [hit.key for hit in full.search(second.code)] == [second.number]
    with pytest.raises(LedgerError, match="台帳にありません"):
        full.blob("0" * 64)


def test_the_life_of_a_document(full: Ledger) -> None:
    submitted, fresh = full.facts().all(Submission)
    with pytest.raises(LedgerError, match="既に提出済み"):
        full.submit(submitted, date(2026, 4, 4), "郵送")
    with pytest.raises(LedgerError, match="まだ提出していません"):
        full.accept(fresh, date(2026, 4, 4))
    full.accept(submitted, date(2026, 4, 5))
    fresh = full.submit(fresh, date(2026, 4, 4), "その他：FAX", "税務課")
    assert fresh.stands
    back = full.send_back(fresh, date(2026, 4, 6), "宛名の誤り")
    assert not back.stands
    with pytest.raises(LedgerError, match="差し戻されています"):
        full.accept(back, date(2026, 4, 7))
    void = full.void(back, date(2026, 4, 7), "作り直し")
    assert (void.number, void.voided_on) == ("2026-0002", date(2026, 4, 7))
    attempts: tuple[Callable[[], Submission], ...] = (
        lambda: full.void(void, date(2026, 4, 8), "もう一度"),
        lambda: full.submit(void, date(2026, 4, 8), "持参"),
    )
    for again in attempts:
        with pytest.raises(LedgerError, match="無効にした書類"):
            again()
    assert [entry.operation for entry in full.history("submission", void.id)] == [
        "無効",
        "差戻し",
        "提出",
        "発行",
    ]
    assert full.verify().ok


def test_a_void_needs_a_reason_and_keeps_its_number(
    full: Ledger, contract: int, issued: Callable[..., Any], stated: Callable[..., Statement]
) -> None:
    held = full.facts().all(Submission)[1]
    with pytest.raises(LedgerError, match="理由"):
        full.void(held, date(2026, 4, 8), "  ")
    full.void(held, date(2026, 4, 8), "誤記")
    assert issued(full, stated(contract)).number == "2026-0003"


def test_reissuing_voids_the_old_one_in_the_same_change(
    full: Ledger, contract: int, stated: Callable[..., Statement]
) -> None:
    seen: list[Any] = []
    full.on_change(seen.append)
    old = full.facts().all(Submission)[0]
    held = full.reserve(stated(contract, date(2026, 4, 4)))
    new = full.issue(held, "届出書", b"pdf", replaces=old, why="宛名の訂正")
    void = full.get(Submission, old.id)
    assert (void.replaced_by, void.voided_why, void.voided_on) == (new.id, "宛名の訂正", new.issued_on)
    assert [made.changed for made in seen] == [{("submission", old.id), ("submission", new.id)}]


def test_a_paper_dated_back_voids_the_old_one_on_the_day_it_is_done(
    full: Ledger, contract: int, stated: Callable[..., Statement]
) -> None:
    """The day printed lies before the old paper was handed in: until today nobody had declared that void."""
    old = full.facts().all(Submission)[0]
    assert (old.issued_on, old.submitted_on) == (date(2026, 4, 2), date(2026, 4, 3))
    held = full.reserve(stated(contract))
    said: dict[str, Any] = {"replaces": old, "why": "宛名の訂正"}
    for day in (None, date(2026, 4, 2)):
        with pytest.raises(LedgerError, match="無効にした日は提出日以後の日に"):
            full.issue(held, "届出書", b"pdf", **said, voided_on=day)
    assert full.facts().get(Submission, old.id) == old
    new = full.issue(held, "届出書", b"pdf", **said, voided_on=date(2026, 4, 3))
    assert (new.issued_on, full.get(Submission, old.id).voided_on) == (date(2026, 4, 2), date(2026, 4, 3))
    assert full.verify().ok


def test_no_paper_was_void_before_it_was_handed_in(full: Ledger) -> None:
    old = full.facts().all(Submission)[0]
    with pytest.raises(LedgerError, match="無効にした日は提出日以後の日に"):
        full.void(old, date(2026, 4, 2), "誤り")
    assert full.void(old, date(2026, 4, 3), "誤り").voided_on == date(2026, 4, 3)


def test_what_was_issued_is_not_edited_retired_added_or_undone(full: Ledger) -> None:
    held = full.facts().all(Submission)[1]
    for edited in (
        replace(held, number="2026-0007"),
        replace(held, statement="{}"),
        replace(held, issued_on=date(2026, 5, 1)),
    ):
        with pytest.raises(LedgerError, match="変更できません"):
            full.change(edited)
    with pytest.raises(LedgerError, match="無効にしてください"):
        full.retire(held, "誤り")
    with pytest.raises(LedgerError, match="様式を発行して"):
        full.add(replace(held, number="2026-0008"))
    with pytest.raises(LedgerError, match="発行と無効は元に戻せません"):
        full.undo()
    assert full.change(replace(held, note="控えは金庫")).note == "控えは金庫"


def test_a_submission_may_be_taken_back(full: Ledger) -> None:
    held = full.facts().all(Submission)[1]
    full.submit(held, date(2026, 4, 4), "持参")
    full.undo()
    assert full.facts().get(Submission, held.id).submitted_on is None
    assert full.verify().ok


def test_a_ledger_without_vendor_issues_nothing(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="自社の情報が登録されていません"):
        ledger.reserve(Statement(form="oath", contract=1, on=date(2026, 4, 1)))


def test_the_vendors_own_number_format_is_used(
    full: Ledger, contract: int, issued: Callable[..., Any], stated: Callable[..., Statement]
) -> None:
    full.change(replace(full.facts().all(Vendor)[0], number_format="見本第{年度}-{連番:03}号"))
    assert issued(full, stated(contract)).number == "見本第2026-003号"
    assert full.search("見本第")[0].record == "submission"


def test_code_length() -> None:
    assert len(verification_code("a", "b", "c", "d")) == CODE_LENGTH == 20


@pytest.mark.parametrize(("over", "kept"), [(-1, True), (0, True), (1, False)])
def test_a_document_too_large_to_be_kept_says_what_to_do_and_takes_no_number(
    full: Ledger,
    contract: int,
    issued: Callable[..., Any],
    stated: Callable[..., Statement],
    monkeypatch: pytest.MonkeyPatch,
    over: int,
    kept: bool,
) -> None:
    pdf = b"%PDF-1.7 of a binder"
    monkeypatch.setattr("app.ledger.documents.LARGEST_FILE", len(pdf) - over)
    what, before = stated(contract), full.head()
    number = full.reserve(what).number
    if kept:
        assert issued(full, what, pdf).number == number
        return
    with pytest.raises(LedgerError, match="期間や対象を分けて、2件以上の書類にしてください。"):
        issued(full, what, pdf)
    assert full.head() == before
    assert full.reserve(what).number == number
