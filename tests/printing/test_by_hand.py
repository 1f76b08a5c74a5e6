"""What a paper leaves to be filled in by hand, and papers of which several copies are printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.printing import blocks as b
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render
from app.printing.type.words import spoken
from forms.layout.copies import FIRST, KEPT, SECOND, copies
from tests.support.places import find_text

Make = Callable[..., b.Document]
PageTexts = Callable[[bytes], list[str]]
VENDOR, CLIENT = ("株式会社𠮷野データ　様",), ("君津市", "総務部デジタル推進課")


@pytest.mark.parametrize("verb", ["承諾", "承認", "同意", "許可"])
def test_the_client_answers_in_the_verb_of_the_clause(
    verb: str, document: Make, page_texts: PageTexts
) -> None:
    made = document(b.Consent(VENDOR, CLIENT, verb))
    pdf = render(made)
    proof_read(pdf, made)
    text = spoken(page_texts(pdf)[0])
    for part in (f"{verb}欄", f"☐{verb}する", f"☐条件を付けて{verb}する", f"☐{verb}しない", "条件・理由"):
        assert part in text
    for part in ("文書番号", "第号", "令和年月日", *VENDOR, *CLIENT, "職・氏名", "印"):
        assert spoken(part) in text


def test_who_answers_stands_right_of_number_and_day(document: Make) -> None:
    pdf = render(document(b.Consent(VENDOR, CLIENT)))
    (number,), (client,) = find_text(pdf, "文書番号"), find_text(pdf, "君津市")
    assert client.left > number.left + 150
    assert abs(client.top - number.top) < 2


@pytest.mark.parametrize("times", [1, 40])
def test_long_names_of_both_sides_stay_within_the_frame(times: int, document: Make) -> None:
    made = document(b.Consent(("株式会社データ" * times,), ("総務部" * times, "情報政策課"), "承諾"))
    proof_read(render(made), made)


def test_an_answer_is_never_parted(document: Make, page_texts: PageTexts) -> None:
    made = document(*(b.Text("行") for _ in range(38)), b.Consent(VENDOR, CLIENT))
    pages = page_texts(render(made))
    assert "承諾欄" not in pages[0]
    assert "承諾欄" in pages[1]
    assert "職・氏名" in pages[1]


def sheets(rows: int = 1) -> tuple[b.Sheet, ...]:
    letter = b.Sheet(tuple(b.Text("本文") for _ in range(rows)), "授受票")
    return (letter, b.Sheet((b.Text("明細"),), "別紙", landscape=True, continues=True))


@pytest.mark.parametrize("number", [None, "2026-0003"])
def test_each_copy_says_which_it_is_on_every_page_and_is_numbered_by_itself(
    number: str | None, document: Make, page_texts: PageTexts
) -> None:
    made = document(*copies(sheets(60), FIRST, KEPT), number=number)
    pdf = render(made)
    proof_read(pdf, made)
    texts = [spoken(text) for text in page_texts(pdf)]
    assert len(texts) == 6
    for at, text in enumerate(texts):
        own, other = (FIRST, KEPT) if at < 3 else (KEPT, FIRST)
        assert f"（{own}）" in text
        assert f"（{other}）" not in text
        assert f"{at % 3 + 1}／3" in text


def test_each_copy_has_its_place_in_the_outline(document: Make) -> None:
    made = document(*copies(sheets(), FIRST, SECOND))
    assert [sheet.title for sheet in made.sheets] == [
        "授受票（正）",
        "別紙（正）",
        "授受票（副）",
        "別紙（副）",
    ]


@pytest.mark.parametrize("marks", [(), (FIRST,)])
def test_what_is_printed_once_is_no_copy(marks: tuple[str, ...]) -> None:
    assert copies(sheets(), *marks) == sheets()


def test_a_copy_that_does_not_say_which_it_is_is_not_let_out(document: Make) -> None:
    told, untold = document(*copies(sheets(), FIRST, KEPT)), document(*sheets(), *sheets())
    with pytest.raises(ProofError):
        proof_read(render(untold), told)
