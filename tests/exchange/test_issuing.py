"""Issuing: one numbered, archived document or nothing at all."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from app.annexes.catalogue import Catalogue, load
from app.common import Cancelled, PeopleError, Progress
from app.duties.case import Case, FormFace, MissingFactsError
from app.duties.papers.dating import AHEAD
from app.exchange.documents import batch, composing, issuing
from app.ledger.door import Ledger
from app.ledger.errors import MovedError
from app.ledger.proof.document_codes import verification_code
from app.ledger.secret.keys import Cost
from app.printing.blocks import Document, Gap, KeepTogether, Photo, Sheet, Submitter, Text
from app.printing.pages import OpenPdf
from app.printing.proof.reading import ProofError
from app.records import SPECS, Contract, Location, LocationUse, Record, Statement, Submission
from app.records.dated import with_former
from forms import all_forms
from tests.support.around import around
from tests.support.sample import DAY, LATER, Sample

FORM = all_forms()["location-notice"]


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress((b"\0" + b"\xcc\x20\x20" * 8) * 8)),
        chunk(b"IEND", b""),
    )
)
SEAL = hashlib.sha256(PNG).hexdigest()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    """A ledger with the vendor, its seal, the contracts and the places of the sample."""
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = Ledger.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cost=cheap)
    facts = Sample(catalogue).facts
    with made:
        with made.write() as change:
            for kind in ("vendor", "client", "contract", "location", "location_use"):
                for record in facts.all(SPECS[kind].cls):
                    change.add(replace(record, id=0))
        vendor = made.facts().vendor
        assert vendor is not None
        made.change(replace(vendor, seal=SEAL), {SEAL: PNG})
        yield made


def case(ledger: Ledger, catalogue: Catalogue, day: date = DAY) -> Case:
    return issuing.case_of(ledger.facts(), catalogue, all_forms(), "MK-1024", day)


def change(ledger: Ledger, cls: type[Record], number: int, **fields: Any) -> None:
    ledger.change(replace(ledger.facts().get(cls, number), **fields))


def texts(pdf: bytes) -> str:
    with OpenPdf(pdf) as opened:
        return "".join("".join(opened.text(page) for page in range(opened.page_count)).split())


def untouched(ledger: Ledger, head: str) -> bool:
    return ledger.head().hash == head and not ledger.facts().all(Submission)


def test_an_issued_document_prints_its_number_and_code_and_is_archived(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    before = ledger.head()
    issued = issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert (issued.number, issued.title) == ("2026-0001", "作業場所届出書（新規）")
    assert issued.code == verification_code(ledger.id, issued.number, issued.statement, before.hash)
    pdf = issuing.archived(ledger, issued)
    text = texts(pdf)
    assert "文書番号2026-0001" in text
    assert f"照合コード{issued.code}" in text
    assert f"台帳{before.sequence}:{before.hash}" in text
    statement = Statement.from_canonical(issued.statement)
    assert statement.facts["places"][0]["名称"] == "本社　第一作業室"
    assert ledger.verify().ok


@pytest.mark.parametrize(("day", "author"), around(DAY, "旧社名", "新社名", "新社名"))
def test_the_properties_of_a_paper_name_the_vendor_as_on_its_day(
    ledger: Ledger, catalogue: Catalogue, day: date, author: str
) -> None:
    vendor = ledger.facts().vendor
    assert vendor is not None
    before = ledger.change(replace(vendor, name="旧社名"))
    ledger.change(with_former(before, replace(before, name="新社名"), DAY))
    pdf = issuing.draft(FORM, case(ledger, catalogue, day), ledger.blob)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo.Author) == author
    assert author in texts(pdf)


def test_a_draft_has_no_number_no_seal_and_writes_nothing(ledger: Ledger, catalogue: Catalogue) -> None:
    head = ledger.head().hash
    text = texts(issuing.draft(FORM, case(ledger, catalogue), ledger.blob))
    assert "下書き" in text
    assert "文書番号" not in text
    assert untouched(ledger, head)


def test_the_seal_is_on_what_is_issued_and_not_on_a_draft(ledger: Ledger, catalogue: Catalogue) -> None:
    statement = FORM.gather(case(ledger, catalogue))

    def seal(document: Document) -> bytes | None:
        return next(b.seal for b in document.sheets[0].blocks if isinstance(b, Submitter))

    assert seal(composing.compose(FORM, statement, "", ledger.blob, "2026-0001")) == PNG
    assert seal(composing.compose(FORM, statement, "", ledger.blob)) is None


def test_photographs_are_put_in_by_their_hash(ledger: Ledger, catalogue: Catalogue) -> None:
    photo = KeepTogether((Photo(SEAL.encode(), "写真"),))
    form = replace(FORM, draw=lambda _statement: (Sheet((photo,), "別紙"),))
    statement = FORM.gather(case(ledger, catalogue))
    filled = composing.compose(form, statement, "", ledger.blob).sheets[0].blocks[0]
    assert filled == KeepTogether((Photo(PNG, "写真"),))
    named = composing.compose(form, statement, "", None).sheets[0].blocks[0]
    assert named == KeepTogether((Text("（写真）写真"),))


def photographed(data: bytes) -> FormFace:
    """A form whose annex sheet carries one photograph, the file of which is ``data``."""
    photo = KeepTogether((Gap(3), Photo(b"ab", "破壊の写真", file="写真001.heic")))
    return replace(FORM, draw=lambda _statement: (Sheet((photo,), "別紙"),))


def test_every_page_of_a_scan_is_on_paper_with_its_number(ledger: Ledger, catalogue: Catalogue) -> None:
    pages = [Image.new("1", (30, 20 + number)) for number in range(3)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    form = photographed(b"")
    document = composing.compose(form, form.gather(case(ledger, catalogue)), "", lambda _sha: out.getvalue())
    blocks = document.sheets[0].blocks
    kept = [one for block in blocks if isinstance(block, KeepTogether) for one in block.blocks]
    assert kept[::2] == [Gap(3)] * 3
    assert [one.caption for one in kept if isinstance(one, Photo)] == [
        "破壊の写真（3ページ中1ページ）",
        "破壊の写真（3ページ中2ページ）",
        "破壊の写真（3ページ中3ページ）",
    ]
    with OpenPdf(composing.print_document(document)) as pdf:
        text = "".join(pdf.text(number) for number in range(pdf.page_count))
    assert "3ページ中3ページ" in text


def test_a_photograph_that_cannot_be_printed_is_named_and_nothing_is_written(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "blob", lambda _sha: b"\0\0\0\x18ftypheic")
    head = ledger.head().hash
    with pytest.raises(PeopleError) as refused:
        issuing.issue(ledger, photographed(b""), case(ledger, catalogue))
    assert str(refused.value) == (
        "添付した写真「写真001.heic」は印刷できない形式です。JPEG、PNG、TIFFかPDFにして添付し直してください。"
    )
    assert ledger.head().hash == head


def test_a_seal_that_is_no_picture_is_named(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = FORM.gather(case(ledger, catalogue))
    with pytest.raises(PeopleError, match="自社の印影の画像は印刷できない形式です"):
        composing.compose(FORM, statement, "", lambda _sha: b"no picture", "2026-0001")


def test_missing_facts_are_named_and_nothing_is_written(ledger: Ledger, catalogue: Catalogue) -> None:
    change(ledger, Location, 1, lock="", area="")
    head = ledger.head().hash
    with pytest.raises(MissingFactsError) as caught:
        issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert {(fact.record, fact.field) for fact in caught.value.missing} == {
        ("location", "lock"),
        ("location", "area"),
    }
    assert untouched(ledger, head)


def test_a_character_without_a_glyph_is_named_with_its_record_and_field(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    change(ledger, Location, 3, name="印刷センターก")
    head = ledger.head().hash
    (fact,) = issuing.prepare(FORM, case(ledger, catalogue)).missing
    assert (fact.record, fact.id, fact.field) == ("location", 3, "name")
    assert "U+0E01" in fact.sentence
    assert "名称" in fact.sentence
    with pytest.raises(MissingFactsError):
        issuing.draft(FORM, case(ledger, catalogue))
    assert untouched(ledger, head)


def test_a_file_that_fails_its_proof_is_not_archived(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ledger.head().hash
    blank = composing.print_document(Document("白紙", (Sheet((Text("白紙"),), "白紙"),), "1"))
    monkeypatch.setattr("app.printing.render.render", lambda _document, _progress=None: blank)
    with pytest.raises(ProofError):
        issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert untouched(ledger, head)


def test_a_cancelled_print_uses_no_number(ledger: Ledger, catalogue: Catalogue) -> None:
    head = ledger.head().hash
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        issuing.issue(ledger, FORM, case(ledger, catalogue), progress)
    assert untouched(ledger, head)


def test_a_ledger_that_changed_while_printing_is_not_written(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = case(ledger, catalogue)
    drawn = composing.print_document

    def meanwhile(document: Document, progress: Progress | None) -> bytes:
        change(ledger, Location, 2, note="点検済み")
        return drawn(document, progress)

    monkeypatch.setattr(issuing, "print_document", meanwhile)
    with pytest.raises(PeopleError, match="もう一度"):
        issuing.issue(ledger, FORM, asked)
    assert not ledger.facts().all(Submission)


@pytest.mark.parametrize("way", ["one", "in place of another", "several"])
@pytest.mark.parametrize("moment", ["before it is told", "before its number is reserved"])
def test_what_is_written_before_the_number_is_reserved_is_never_missing_on_the_paper(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, way: str, moment: str
) -> None:
    old = issuing.issue(ledger, FORM, case(ledger, catalogue))
    asked, told = case(ledger, catalogue), issuing.to_issue

    def move() -> None:
        change(ledger, Location, 1, room="地下書庫")

    def meanwhile(form: FormFace, case: Case, *, ours: bool = False) -> Statement:
        statement = told(form, case, ours=ours)
        move()
        return statement

    if moment == "before it is told":
        move()
    else:
        monkeypatch.setattr(issuing, "to_issue", meanwhile)
        monkeypatch.setattr(batch, "to_issue", meanwhile)
    ways: dict[str, Callable[[], object]] = {
        "one": lambda: issuing.issue(ledger, FORM, asked),
        "several": lambda: batch.issue_all(ledger, [batch.Wish(FORM, asked)]),
        "in place of another": lambda: issuing.reissue(ledger, FORM, asked, old, "誤記"),
    }
    with pytest.raises(MovedError, match="台帳が変わりました。もう一度発行してください"):
        ways[way]()
    assert [one.voided_on for one in ledger.facts().all(Submission)] == [None]
    monkeypatch.undo()
    again = issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert again.number == "2026-0002"
    assert "地下書庫" in texts(issuing.archived(ledger, again))


def test_a_contract_that_changed_since_it_was_asked_about_is_not_told_as_it_was(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    asked = case(ledger, catalogue)
    change(ledger, Contract, asked.contract.id, title="別の業務")
    with pytest.raises(MovedError):
        issuing.issue(ledger, FORM, replace(asked, facts=ledger.facts()))


def test_reissuing_voids_the_old_one_and_stays_new(ledger: Ledger, catalogue: Catalogue) -> None:
    old = ledger.submit(issuing.issue(ledger, FORM, case(ledger, catalogue)), DAY, "持参")
    change(ledger, Location, 1, lock="シリンダー錠")
    new = issuing.reissue(ledger, FORM, case(ledger, catalogue), old, "施錠の記載誤り")
    voided = ledger.get(Submission, old.id)
    assert (new.number, new.title) == ("2026-0002", "作業場所届出書（新規）")
    assert voided is not None
    assert (voided.voided_on, voided.voided_why, voided.replaced_by) == (DAY, "施錠の記載誤り", new.id)
    with pytest.raises(PeopleError, match="理由"):
        issuing.reissue(ledger, FORM, case(ledger, catalogue), new, " ")


def test_what_is_made_anew_with_an_earlier_day_voids_the_old_one_today(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    asked = case(ledger, catalogue)
    old = ledger.submit(issuing.issue(ledger, FORM, asked), LATER, "持参")
    new = issuing.reissue(ledger, FORM, replace(asked, facts=ledger.facts(), today=LATER), old, "誤記")
    assert (new.issued_on, ledger.get(Submission, old.id).voided_on) == (DAY, LATER)


def test_a_change_notice_follows_a_submitted_one(ledger: Ledger, catalogue: Catalogue) -> None:
    ledger.submit(issuing.issue(ledger, FORM, case(ledger, catalogue)), DAY, "持参")
    change(ledger, LocationUse, 3, ends_on=date(2026, 7, 31), change_reason="契約終了のため")
    issued = issuing.issue(ledger, FORM, case(ledger, catalogue, LATER))
    assert issued.title == "作業場所届出書（変更）"
    text = texts(issuing.archived(ledger, issued))
    assert "作業場所の終了" in text
    assert "契約終了のため" in text


def test_an_archived_file_that_was_altered_is_refused(
    ledger: Ledger, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issuing.issue(ledger, FORM, case(ledger, catalogue))
    monkeypatch.setattr(ledger, "document_bytes", lambda _submission: b"%PDF other")
    with pytest.raises(PeopleError, match="発行時と違います"):
        issuing.archived(ledger, issued)


def test_a_contract_is_found_by_its_number_or_named(ledger: Ledger, catalogue: Catalogue) -> None:
    assert case(ledger, catalogue).contract == ledger.facts().get(Contract, 1)
    with pytest.raises(PeopleError, match="契約番号「X」"):
        issuing.case_of(ledger.facts(), catalogue, all_forms(), "X", DAY)


def test_what_is_missing_is_told_for_every_form_at_once(ledger: Ledger, catalogue: Catalogue) -> None:
    forms: list[FormFace] = list(all_forms().values())
    missing = issuing.missing_of(forms, case(ledger, catalogue))
    assert missing["location-notice"] == ()
    assert {fact.record for fact in missing["oath"]} == {"assignment"}
    assert set(missing) == {form.id for form in forms}


SIGNED = date(2026, 3, 16)


def dated(ledger: Ledger, catalogue: Catalogue, day: date, today: date) -> Case:
    held = case(ledger, catalogue, day)
    assert held.contract.signed_on == SIGNED
    return replace(held, today=today)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_no_paper_is_older_than_its_contract_not_even_a_draft(
    ledger: Ledger, catalogue: Catalogue, days: int, refused: bool
) -> None:
    head, day = ledger.head().hash, SIGNED + timedelta(days=days)
    prepared = issuing.prepare(FORM, dated(ledger, catalogue, day, LATER))
    said = [fact.sentence for fact in prepared.missing if "より前です" in fact.sentence]
    assert bool(said) is refused
    if refused:
        assert prepared.missing[0].record == "contract"
        assert "発行日（令和8年3月15日）" in said[0]
        assert "締結日（令和8年3月16日）" in said[0]
        for print_it in (issuing.draft, partial(issuing.issue, ledger)):
            with pytest.raises(MissingFactsError, match="より前です"):
                print_it(FORM, dated(ledger, catalogue, day, LATER))
    assert untouched(ledger, head)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_no_paper_covers_days_before_its_contract_was_signed(
    ledger: Ledger, catalogue: Catalogue, days: int, refused: bool
) -> None:
    asked = replace(dated(ledger, catalogue, DAY, LATER), within=(SIGNED + timedelta(days=days), DAY))
    prepared = issuing.prepare(all_forms()["status-report"], asked)
    said = [fact.sentence for fact in prepared.missing if "対象期間の初日" in fact.sentence]
    assert bool(said) is refused
    if refused:
        assert "対象期間の初日（令和8年3月15日）" in said[0]
        assert "締結日（令和8年3月16日）より前です" in said[0]


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_what_has_not_come_yet_is_a_draft_at_most(
    ledger: Ledger, catalogue: Catalogue, days: int, refused: bool
) -> None:
    held = dated(ledger, catalogue, DAY + timedelta(days=days), DAY)
    assert issuing.draft(FORM, held)
    head = ledger.head().hash
    if refused:
        with pytest.raises(
            PeopleError, match=r"^発行日（.*）がきょうより後のため、下書きだけを作成できます。"
        ):
            issuing.issue(ledger, FORM, held)
        assert untouched(ledger, head)
    else:
        assert issuing.issue(ledger, FORM, held).number == "2026-0001"


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_draft_goes_a_year_ahead(ledger: Ledger, catalogue: Catalogue, days: int, refused: bool) -> None:
    held = dated(ledger, catalogue, DAY + AHEAD + timedelta(days=days), DAY)
    said = [fact.sentence for fact in issuing.prepare(FORM, held).missing if "先すぎます" in fact.sentence]
    assert bool(said) is refused
