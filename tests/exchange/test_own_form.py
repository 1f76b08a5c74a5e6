"""A paper in the client's own form: the same facts, number, archive, drift and proof as in ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from app.annexes.catalogue import Catalogue, load
from app.common import PeopleError
from app.duties.case import Case
from app.duties.change_notices import drift
from app.exchange.documents import issuing
from app.exchange.documents.batch import files_of
from app.exchange.documents.copying import second_copy
from app.exchange.documents.own_form import OWN_FORM, OwnForm
from app.exchange.filling.drafts import marked
from app.exchange.filling.filler import fill, inspect
from app.exchange.filling.values import Names
from app.exchange.proof.given import compare_paper
from app.exchange.proof.proving import prove
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.printing.pages import OpenPdf
from app.printing.type.words import DRAFT
from app.records import SPECS, Location, PaperSetting, Statement, Submission
from app.records.paper_setting import PaperPlace
from forms import all_forms
from tests.support.office import docx, par, row, sheet_row, table, text_cell, unpacked, xlsx
from tests.support.sample import DAY, Sample

FORM = all_forms()["location-notice"]
WORD = docx(
    par("{文書番号}　{日付}")
    + par("{宛名}")
    + table(row("契約番号", ""), row("作業場所", "所在地"), row("{作業場所／名称}", "{作業場所／所在地}"))
    + par("□ 新規　□ 変更"),
    stories={"footer1": par("照合コード {照合コード}　台帳 {台帳の先頭値}")},
)
BOOK = xlsx(sheet_row(1, text_cell("A1", "{文書番号}"), text_cell("B1", "{契約番号}")))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = Ledger.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cost=cheap)
    facts = Sample(catalogue).facts
    with made:
        with made.write() as change:
            for kind in ("vendor", "client", "contract", "location", "location_use"):
                for record in facts.all(SPECS[kind].cls):
                    change.add(replace(record, id=0))
        yield made


def case(ledger: Ledger, catalogue: Catalogue) -> Case:
    return issuing.case_of(ledger.facts(), catalogue, all_forms(), "MK-1024", DAY)


def give(ledger: Ledger, data: bytes, name: str, *places: PaperPlace, contract: int = 1) -> PaperSetting:
    """Keep the client's file for the notice of places."""
    digest = hashlib.sha256(data).hexdigest()
    setting = PaperSetting(
        contract=contract, form=FORM.id, starts_on=DAY, own_file=digest, own_file_name=name, places=places
    )
    return ledger.add(setting, {digest: data})


def word(ledger: Ledger) -> PaperSetting:
    return give(
        ledger,
        WORD,
        "様式第１号.docx",
        PaperPlace(place="表1:1:2", name="契約番号"),
        PaperPlace(place="チェック1", name="届出の区分"),
        PaperPlace(place="チェック2", name="届出の区分"),
    )


def test_it_goes_into_the_clients_file_and_the_archive_keeps_both(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    data = ledger.blob(made.filled)
    assert hashlib.sha256(data).hexdigest() == made.filled
    told = [text for _where, text in inspect(data, "a.docx").texts]
    assert told[0] == f"{made.number}　令和8年6月1日"
    assert "みなと北市長　様" in told
    assert "MK-1024" in told
    assert "☑ 新規　□ 変更" in told
    assert f"照合コード {made.code}　台帳 {made.head_sequence}:{made.head}" in told
    for place in ("本社　第一作業室", "本社　保管庫", "印刷センター"):
        assert place in told
    assert made.title == "作業場所届出書（新規）"
    with OpenPdf(ledger.document_bytes(made)) as pdf:
        record = "".join("".join(pdf.text(page).split()) for page in range(pdf.page_count))
    for said in (
        made.number,
        made.filled,
        "提出する書類ではありません",
        "様式第１号.docx",
        "提出するファイルに記載",
    ):
        assert said in record


def test_the_statement_keeps_the_file_and_its_places_when_the_setting_changes(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    setting = word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    digest = hashlib.sha256(BOOK).hexdigest()
    later = replace(setting, own_file=digest, own_file_name="新様式.xlsx", places=())
    ledger.change(later, {digest: BOOK})
    own = OwnForm.of_statement(Statement.from_canonical(made.statement))
    assert own is not None
    assert (own.file, own.name, len(own.placements)) == (
        hashlib.sha256(WORD).hexdigest(),
        "様式第１号.docx",
        3,
    )
    assert ledger.blob(own.file) == WORD
    assert hashlib.sha256(ledger.blob(made.filled)).hexdigest() == made.filled


def test_it_is_submitted_and_drifts_as_ours_does(ledger: Ledger, catalogue: Catalogue) -> None:
    word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    ledger.submit(made, DAY, "持参")
    forms = all_forms()
    assert drift(ledger.facts(), catalogue, forms, DAY, made.contract) == ()
    place = ledger.facts().all(Location)[0]
    ledger.change(replace(place, room="402号室"))
    (found,) = drift(ledger.facts(), catalogue, forms, DAY + timedelta(1), made.contract)
    assert found.submission.id == made.id


def test_ours_is_printed_where_it_is_wanted_and_where_no_file_is_given(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    assert issuing.issue(ledger, FORM, case(ledger, catalogue)).filled == ""
    word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue), ours=True)
    assert made.filled == ""
    assert OWN_FORM not in Statement.from_canonical(made.statement).facts


@pytest.mark.parametrize("days", [-1, 0])
def test_a_setting_counts_from_its_own_day_on(ledger: Ledger, catalogue: Catalogue, days: int) -> None:
    word(ledger)
    made = issuing.issue(ledger, FORM, replace(case(ledger, catalogue), day=DAY + timedelta(days)))
    assert bool(made.filled) is (days == 0)


def test_a_draft_says_so_where_the_number_would_stand(ledger: Ledger, catalogue: Catalogue) -> None:
    word(ledger)
    filled = issuing.fill_draft(FORM, case(ledger, catalogue), ledger.blob)
    assert filled is not None
    assert filled.texts[0][1] == f"{DRAFT}　令和8年6月1日"
    assert inspect(filled.data, "a.docx").texts[1][1] == f"{DRAFT}　令和8年6月1日"
    assert ledger.facts().all(SPECS["submission"].cls) == ()


def test_a_draft_says_so_on_its_pages_and_an_issued_file_has_no_such_mark(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    give(ledger, docx(par("{契約番号}"), stories={"header1": par("様式第１号")}), "様式.docx")
    asked = case(ledger, catalogue)
    drafted = issuing.fill_draft(FORM, asked, ledger.blob)
    assert drafted is not None
    first, *_others = inspect(drafted.data, "a.docx").texts
    assert first == ("本文", DRAFT)
    for part in ("word/document.xml", "word/header1.xml"):
        assert b"framePr" in unpacked(drafted.data)[part]
    issued = ledger.blob(issuing.issue(ledger, FORM, asked).filled)
    assert DRAFT not in str(inspect(issued, "a.docx").texts)
    assert not any(b"framePr" in part for part in unpacked(issued).values())


HEADS = {
    "": "&R&18下書き",
    "<headerFooter><oddHeader>&amp;L様式第1号</oddHeader></headerFooter>": "&L様式第1号&R&18下書き",
    "<headerFooter><oddHeader>A&amp;&amp;R&amp;R2頁</oddHeader></headerFooter>": "A&&R&R&18下書き&11\n2頁",
    '<headerFooter differentFirst="1"><oddFooter>&amp;P</oddFooter></headerFooter>': "&R&18下書き",
}


@pytest.mark.parametrize("head", list(HEADS))
def test_a_draft_of_a_workbook_says_so_at_the_head_of_each_page(head: str) -> None:
    rows = sheet_row(1, text_cell("A1", "{契約番号}"))
    form = xlsx(
        rows,
        after=f'<pageMargins left="1"/>{head}<drawing r:id="rId1"/>',
    )
    filled = fill(inspect(form, "a.xlsx"), Names({"契約番号": "MK-1024"}), ())
    drafted = marked(filled, DRAFT)
    before, after = unpacked(filled.data), unpacked(drafted.data)
    assert {one for one in after if after[one] != before[one]} == {"xl/worksheets/sheet1.xml"}
    root = etree.fromstring(after["xl/worksheets/sheet1.xml"])
    tags = [etree.QName(one).localname for one in root]
    assert tags == ["sheetData", "pageMargins", "headerFooter", "drawing"]
    heads = {etree.QName(one).localname: one.text for one in root[2]}
    assert heads["oddHeader"] == HEADS[head]
    assert list(heads) == sorted(heads, key=["oddHeader", "oddFooter", "firstHeader"].index)
    assert ("firstHeader" in heads) == ("differentFirst" in head)


def test_an_unknown_name_issues_nothing(ledger: Ledger, catalogue: Catalogue) -> None:
    give(ledger, docx(par("{電話番号２}")), "様式.docx")
    with pytest.raises(PeopleError, match="「\\{電話番号２\\}」に当たる名前がありません"):
        issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert ledger.facts().all(SPECS["submission"].cls) == ()


def test_the_filled_file_is_known_again_and_its_change_too(ledger: Ledger, catalogue: Catalogue) -> None:
    word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    data = ledger.blob(made.filled)
    assert compare_paper(ledger, data).same
    other = docx(par(f"照合コード {made.code} 台帳 {made.head_sequence}:{made.head}"))
    found = compare_paper(ledger, other)
    assert (found.same, found.submission) == (False, made)
    assert not compare_paper(ledger, WORD).same
    assert compare_paper(ledger, WORD).submission is None


def test_verification_holds_the_head_of_the_record(
    ledger: Ledger, catalogue: Catalogue, tmp_path: Path
) -> None:
    word(ledger)
    issuing.issue(ledger, FORM, case(ledger, catalogue))
    assert prove(ledger, tmp_path).ok


def test_what_is_not_on_the_paper_is_said_in_the_record(ledger: Ledger, catalogue: Catalogue) -> None:
    give(ledger, BOOK, "様式.xlsx")
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    with OpenPdf(ledger.document_bytes(made)) as pdf:
        assert "提出するファイルには記載なし" in "".join(pdf.text(0).split())


def test_a_paper_of_one_sheet_each_goes_into_one_file_each(catalogue: Catalogue, tmp_path: Path) -> None:
    sample = Sample(catalogue)
    form = all_forms()["training-report"]
    own = OwnForm("0" * 64, "様式.docx", ())
    statement = form.gather(sample.case(1, DAY))
    from app.exchange.documents.own_form import put_into

    assert OWN_FORM in put_into(form, statement, own).facts
    oath = all_forms()["oath"]
    with pytest.raises(PeopleError, match="対象1件ごとに発行します"):
        put_into(oath, oath.gather(sample.case(1, DAY)), own)


def test_the_record_is_never_handed_out_as_a_second_copy(ledger: Ledger, catalogue: Catalogue) -> None:
    word(ledger)
    made = issuing.issue(ledger, FORM, case(ledger, catalogue))
    sent = ledger.submit(made, DAY, "持参")
    with pytest.raises(PeopleError, match="発行したときのファイルを保存し直して"):
        second_copy(ledger, sent, DAY, "紛失")


def test_oaths_in_the_clients_form_are_issued_one_each(ledger: Ledger, catalogue: Catalogue) -> None:
    oath = all_forms()["oath"]
    sample = Sample(catalogue)
    digest = hashlib.sha256(BOOK).hexdigest()
    setting = PaperSetting(
        id=1, contract=1, form="oath", starts_on=DAY, own_file=digest, own_file_name="誓約書.xlsx"
    )
    whole = sample.case(1, DAY)
    whole = replace(whole, facts=whole.facts.replaced([setting]))
    cases = files_of(oath, whole)
    assert [one.only for one in cases] == [(one,) for one in oath.gather(whole).subjects]
    assert len(files_of(FORM, whole)) == 1


def test_a_file_that_would_go_out_empty_is_not_issued(ledger: Ledger, catalogue: Catalogue) -> None:
    give(ledger, docx(par("作業場所届出書") + table(row("契約番号", ""))), "様式第１号.docx")
    for made in (
        lambda: issuing.issue(ledger, FORM, case(ledger, catalogue)),
        lambda: issuing.fill_draft(FORM, case(ledger, catalogue), ledger.blob),
    ):
        with pytest.raises(PeopleError, match="記入する項目が一つもありません"):
            made()
    assert not ledger.facts().all(Submission)


def test_what_the_document_counts_as_telling_and_the_file_nowhere_says_is_told(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    give(ledger, docx(par("{文書番号}　{契約番号}")), "様式第１号.docx")
    filled = issuing.fill_draft(FORM, case(ledger, catalogue), ledger.blob)
    assert filled is not None
    for place in ("第一作業室", "保管庫", "印刷センター"):
        assert any(place in one and "どこにもありません" in one for one in filled.unfilled)


def test_the_forms_own_words_tell_of_nothing(ledger: Ledger, catalogue: Catalogue) -> None:
    words = par("{文書番号}　作業場所　第一作業室　保管庫　印刷センター　作業　保管　入力")
    give(ledger, docx(words), "様式第１号.docx")
    filled = issuing.fill_draft(FORM, case(ledger, catalogue), ledger.blob)
    assert filled is not None
    assert sum("どこにもありません" in one for one in filled.unfilled) == 3


def test_of_a_file_that_says_all_of_it_nothing_is_told(ledger: Ledger, catalogue: Catalogue) -> None:
    word(ledger)
    filled = issuing.fill_draft(FORM, case(ledger, catalogue), ledger.blob)
    assert filled is not None
    assert filled.unfilled == ()
