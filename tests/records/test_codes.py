"""Postal codes, telephone numbers, mail addresses and serial numbers are kept as papers print them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import Client, Device, Location, Subcontractor, Vendor
from app.records.codes import Code, Mail, Postal, Telephone
from app.records.kinds import Kind

POSTAL, TELEPHONE = Postal(label="郵便番号"), Telephone(label="電話番号")
MAIL, CODE = Mail(label="電子メール"), Code(label="製造番号")


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (POSTAL, "１２３ー４５６７", "123-4567"),
        (POSTAL, "3320012", "332-0012"),
        (POSTAL, "〒123−4567", "123-4567"),
        (POSTAL, " 123 4567\u200b", "123-4567"),
        *((POSTAL, f"123{dash}4567", "123-4567") for dash in "ー－−‐‑–—ｰ"),
        (TELEPHONE, "０３ー１２３４ー５６７８", "03-1234-5678"),
        (TELEPHONE, "０３−１２３４−５６７８", "03-1234-5678"),
        (TELEPHONE, "０３ｰ１２３４ｰ５６７８", "03-1234-5678"),
        (TELEPHONE, "03.1234.5678", "03-1234-5678"),
        (TELEPHONE, "03 1234 5678", "03-1234-5678"),
        (TELEPHONE, "03 - 1234 - 5678", "03-1234-5678"),
        (TELEPHONE, "（０３）１２３４ー５６７８（内線１２３）", "（03）1234-5678（内線123）"),
        (TELEPHONE, "(048)123-4567 ext. 5", "(048)123-4567 ext. 5"),
        (TELEPHONE, "フリーダイヤル０１２０ー１２３ー４５６", "フリーダイヤル0120-123-456"),
        (TELEPHONE, "ﾌﾘｰﾀﾞｲﾔﾙ0120-123-456", "ﾌﾘｰﾀﾞｲﾔﾙ0120-123-456"),
        (TELEPHONE, "0312345678 0312345679", "0312345678 0312345679"),
        (TELEPHONE, "＋８１　３　１２３４　５６７８", "+81 3 1234 5678"),
        (MAIL, "ｉｎｆｏ＠example．jp", "info@example.jp"),
        (MAIL, "infoーdesk@example。jp", "info-desk@example.jp"),
        (CODE, "\u202aＳＮ－７７８１", "SN-7781"),
        (CODE, "SNー7781", "SN-7781"),
        (CODE, "封印（赤）第１２号", "封印（赤）第１２号"),
    ],
)
def test_codes_are_read_into_their_form(kind: Kind, typed: str, kept: str) -> None:
    assert kind.from_text(typed) == kept
    assert not list(kind.problems(kept))


@pytest.mark.parametrize(
    "typed", ["123-456", "123-45678", "12-34567", "１２３４５６", "ABC-4567", "〒", "123--4567"]
)
def test_a_postal_code_of_other_than_seven_digits_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="123-4567 のように7桁の数字で入力してください"):
        POSTAL.from_text(typed)
    assert list(POSTAL.problems(typed))


@pytest.mark.parametrize(
    "typed", ["info", "@example.jp", "info@", "a@b@c", "a@example.jp b@example.jp", "a b@example.jp"]
)
def test_a_mail_address_without_one_at_sign_between_two_parts_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="@ を1つだけ入れて入力してください。"):
        MAIL.from_text(typed)
    assert list(MAIL.problems(typed))


@pytest.mark.parametrize(
    ("cls", "kind"),
    [
        (Vendor, {"postal_code": Postal, "telephone": Telephone, "email": Mail}),
        (Client, {"postal_code": Postal, "telephone": Telephone, "email": Mail}),
        (Subcontractor, {"postal_code": Postal, "telephone": Telephone}),
        (Location, {"postal_code": Postal}),
        (Device, {"serial": Code}),
    ],
)
def test_every_party_and_place_reads_its_codes(cls: Any, kind: dict[str, type]) -> None:
    assert {name: type(cls.spec.field(name).kind) for name in kind} == kind


def test_one_sentence_stands_at_the_field_and_an_import_reads_alike() -> None:
    given = {
        "name": "見本市",
        "addressee": "見本市長",
        "postal_code": "１２３ー４５６７",
        "email": "a＠b．jp",
    }
    for read in (Client.spec.from_texts, lambda entry: Client.spec.from_json(entry, lambda _kind, _key: 0)):
        made, problems = read(given)
        assert problems == {}
        assert made is not None
        assert (made.postal_code, made.email) == ("123-4567", "a@b.jp")
        assert {path: len(said) for path, said in read({**given, "postal_code": "12"})[1].items()} == {
            "postal_code": 1
        }


@pytest.mark.parametrize("kind", [POSTAL, TELEPHONE, MAIL, CODE], ids=lambda kind: type(kind).__name__)
@given(text=st.text() | st.text("０1-ー－−‐ｰ @＠．.（）()ｱア内線\u200b\xa0", max_size=14))
def test_reading_twice_is_reading_once(kind: Kind, text: str) -> None:
    try:
        once = kind.from_text(text)
    except ValueError:
        return
    assert kind.from_text(once) == once


@given(st.text("0123456789０１２３４５６７８９-ー－ （）()内線", max_size=20))
def test_no_digit_of_a_telephone_number_is_lost(text: str) -> None:
    import unicodedata

    digits = [c for c in unicodedata.normalize("NFKC", text) if c.isdigit()]
    assert [c for c in TELEPHONE.from_text(text) if c.isdigit()] == digits
