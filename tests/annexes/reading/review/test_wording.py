"""The wording of a clause under a contract: the person's own copy, else the text its annex was read from."""

from __future__ import annotations

from datetime import date

from app.annexes.files.text import text_of_table
from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import written
from app.annexes.reading.review.wording import clause_words
from app.records import ClauseText, Contract, Facts, OwnAnnex
from app.records.contract import ContractAnnex

TEXT = """個人情報取扱特記事項

第１条（秘密の保持）
　受注者は、業務で知った個人情報を他人に知らせてはならない。
第２条（事故）
　受注者は、個人情報の事故を知ったときは、直ちに発注者に報告しなければならない。
"""


def _facts(reading: str, *more: ClauseText) -> Facts:
    content = text_of_table(draft(begin(read(TEXT)), "kakuu", "特記事項")).rstrip()
    annex = OwnAnnex(id=1, annex="kakuu", title="特記事項", content=content, reading=reading)
    contract = Contract(
        id=1,
        client=1,
        number="1",
        title="業務",
        signed_on=date(2026, 4, 1),
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        annexes=(ContractAnnex(annex="kakuu"),),
    )
    return Facts((contract, annex, *more))


def test_the_text_that_was_read_is_the_wording_until_a_person_copies_another() -> None:
    reading = written(begin(read(TEXT)))
    found = clause_words(_facts(reading), 1, "kakuu", 1)
    assert found["第1条"] == "受注者は、業務で知った個人情報を他人に知らせてはならない。"
    copy = ClauseText(id=1, contract=1, annex="kakuu", clause="第1条", text="契約書の文")
    found = clause_words(_facts(reading, copy), 1, "kakuu", 1)
    assert found["第1条"] == "契約書の文"
    assert found["第2条"].startswith("受注者は、個人情報の事故")


def test_another_version_and_what_cannot_be_read_back_have_no_wording() -> None:
    assert clause_words(_facts(written(begin(read(TEXT)))), 1, "kakuu", 2) == {}
    assert clause_words(_facts("壊れた文章"), 1, "kakuu", 1) == {}
