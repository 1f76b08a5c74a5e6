"""Names that no font can show: a notation the officer recorded is printed and told of, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue, load
from app.duties.case import Case, FormFace, MissingFactsError
from app.exchange.documents import issuing
from app.exchange.documents.composing import all_strings
from app.exchange.documents.issuing import Prepared, prepare
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.printing.pages import OpenPdf
from app.records import SPECS, Assignment, Disposal, Person, Statement, Submission, Vendor
from forms import all_forms
from tests.support.sample import DAY, KIMITSU, Sample

NAME = "渡邉\U000e0102　花子"
"""A sequence that no font of the program has; its base character is another shape of the name."""
NOTATION = "渡邊　花子"
NOTE = f"（注）「{NOTATION}」は、氏名に印刷できない文字があるため、台帳に登録した印刷用の表記によっています。"
PLAIN = "".join(NOTE.split())
TWO = "\ue000田\U000e01efです"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def forms() -> Mapping[str, FormFace]:
    return all_forms()


@pytest.fixture
def sample(catalogue: Catalogue) -> Sample:
    made = Sample(catalogue)
    made.change(Person, 3, name=NAME)
    return made


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = Ledger.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cost=cheap)
    facts = Sample(catalogue).facts
    with made:
        with made.write() as change:
            for kind in ("vendor", "client", "contract", "person", "assignment"):
                for record in facts.all(SPECS[kind].cls):
                    change.add(replace(record, id=0))
        made.change(replace(made.facts().get(Person, 3), name=NAME))
        yield made


def found(sample: Sample, forms: Mapping[str, FormFace], form: str, **more: Any) -> Prepared:
    return prepare(forms[form], sample.case(**more))


def read(pdf: bytes) -> list[str]:
    with OpenPdf(pdf) as opened:
        return ["".join(opened.text(page).split()) for page in range(opened.page_count)]


@pytest.mark.parametrize("form", ["personnel-report", "training-report", "device-register"])
def test_a_paper_that_names_several_waits_and_says_where_to_go(
    sample: Sample, forms: Mapping[str, FormFace], form: str
) -> None:
    made = found(sample, forms, form)
    assert (made.statement, made.left_out) == (None, ())
    (fact,) = made.missing
    assert (fact.record, fact.id, fact.field) == ("person", 3, "print_name")
    assert "U+9089 U+E0102" in fact.sentence
    assert fact.sentence.endswith("要員の「印刷用の表記」に入力してください。")
    assert fact.sentence.count("。") == 2


@pytest.mark.parametrize("form", ["personnel-report", "training-report", "device-register", "oath"])
def test_the_notation_is_printed_instead_and_told_of(
    sample: Sample, forms: Mapping[str, FormFace], form: str
) -> None:
    sample.change(Person, 3, print_name=NOTATION)
    pages = read(issuing.draft(forms[form], sample.case()))
    named = [page for page in pages if "渡邊花子" in page]
    assert named
    assert any(PLAIN in page for page in pages)
    if form == "oath":
        assert [PLAIN in page for page in pages] == ["渡邊花子" in page for page in pages]
    elif form != "device-register":  # whose names stand on a sheet of their own, after the letter
        assert "以上" not in "".join(pages).partition(PLAIN)[0].partition("記")[2]


def test_what_is_stated_of_whom_keeps_the_name(sample: Sample, forms: Mapping[str, FormFace]) -> None:
    """A notation recorded or changed later is no change of the facts that were reported."""
    sample.change(Person, 3, print_name=NOTATION)
    statement = found(sample, forms, "personnel-report").statement
    assert statement is not None
    assert statement.stated["person:3"]["氏名"] == NAME
    for later in ("ワタナベ　ハナコ", ""):
        sample.change(Person, 3, print_name=later)
        now = forms["personnel-report"].gather(sample.case(comparing=True))
        assert now.stated == statement.stated


def test_a_former_name_is_printed_as_the_earlier_document_did(
    sample: Sample, forms: Mapping[str, FormFace]
) -> None:
    sample.change(Person, 3, print_name=NOTATION)
    first = found(sample, forms, "personnel-report").statement
    assert first is not None
    sample.submitted(first)
    sample.change(Person, 3, name="佐藤　花子", print_name="")
    sample.change(Assignment, 31, changed_on=DAY, change_reason="婚姻による改姓")
    page = "".join(read(issuing.draft(forms["personnel-report"], sample.case())))
    assert "渡邊花子" in page
    assert PLAIN in page
    assert "佐藤花子" in page


def test_a_name_that_can_be_printed_is_printed_whatever_the_notation(
    sample: Sample, forms: Mapping[str, FormFace]
) -> None:
    sample.change(Person, 3, name="渡邉　花子", print_name="渡辺　花子")
    statement = found(sample, forms, "personnel-report").statement
    assert statement is not None
    told = all_strings(statement.facts)
    assert "渡邉　花子" in told
    assert not any("渡辺" in text for text in told)


def test_the_name_is_replaced_wherever_it_was_typed(sample: Sample, forms: Mapping[str, FormFace]) -> None:
    sample.change(Person, 3, print_name=NOTATION)
    sample.change(Disposal, 1, done_by=f"業務部　{NAME}")
    assert PLAIN in "".join(read(issuing.draft(forms["disposal-certificate"], sample.case())))


def test_a_notation_that_cannot_be_printed_is_named_itself(
    sample: Sample, forms: Mapping[str, FormFace]
) -> None:
    sample.change(Person, 3, print_name="渡\ue000　花子")
    (fact,) = found(sample, forms, "personnel-report").missing
    assert fact.field == "print_name"
    assert "印刷用の表記にある文字（U+E000）" in fact.sentence


def test_one_sentence_for_each_record_lists_all_its_characters(
    sample: Sample, forms: Mapping[str, FormFace]
) -> None:
    sample.change(Person, 4, name=TWO)
    facts = found(sample, forms, "personnel-report").missing
    assert [one.id for one in facts] == [3, 4]
    assert all(sign in facts[1].sentence for sign in ("（U+E000）", "U+7530 U+E01EF"))
    assert "田" not in facts[1].sentence.partition("」")[0]


def test_another_text_is_to_be_changed_itself(sample: Sample, forms: Mapping[str, FormFace]) -> None:
    sample.change(Person, 3, name="渡邉　花子")
    sample.change(Assignment, 31, work="検査\ue000")
    (fact,) = found(sample, forms, "personnel-report").missing
    assert (fact.record, fact.id, fact.field) == ("assignment", 31, "work")
    assert fact.sentence.endswith("この欄を、印刷できる文字に改めてください。")


def test_the_oaths_of_the_others_are_made(sample: Sample, forms: Mapping[str, FormFace]) -> None:
    whole = found(sample, forms, "oath", contract=KIMITSU)
    assert whole.statement is not None
    assert "person:3" not in whole.statement.subjects
    assert len(whole.statement.subjects) >= 5
    (fact,) = whole.left_out
    assert (fact.record, fact.id, fact.field) == ("person", 3, "print_name")
    assert "U+9089 U+E0102" in fact.sentence


def test_an_oath_asked_for_alone_is_refused(sample: Sample, forms: Mapping[str, FormFace]) -> None:
    made = found(sample, forms, "oath", only=("person:3",))
    assert (made.statement, made.left_out) == (None, ())
    assert [one.id for one in made.missing] == [3]


def test_a_character_in_every_sheet_holds_up_every_sheet(
    sample: Sample, forms: Mapping[str, FormFace]
) -> None:
    sample.change(Vendor, 1, name="株式会社\ue000")
    made = found(sample, forms, "oath")
    assert made.statement is None
    assert {(one.record, one.field) for one in made.missing} == {("vendor", "name"), ("person", "print_name")}


def test_issuing_leaves_out_whom_the_draft_left_out(
    ledger: Ledger, catalogue: Catalogue, forms: Mapping[str, FormFace]
) -> None:
    def case() -> Case:
        return issuing.case_of(ledger.facts(), catalogue, forms, "MK-1024", DAY)

    issued = issuing.issue(ledger, forms["oath"], case())
    subjects = Statement.from_canonical(issued.statement).subjects
    assert "person:3" not in subjects
    with pytest.raises(MissingFactsError):
        issuing.issue(ledger, forms["personnel-report"], case())
    ledger.change(replace(ledger.facts().get(Person, 3), print_name=NOTATION))
    report = issuing.issue(ledger, forms["personnel-report"], case())
    assert PLAIN in "".join(read(issuing.archived(ledger, report)))
    assert len(ledger.facts().all(Submission)) == 2
