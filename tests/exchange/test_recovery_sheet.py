"""The recovery sheet: everything on it can be read back from the paper."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.recovery_sheet import recovery_pdf, recovery_sheet
from app.ledger.secret.keys import key_from_code, new_key, recovery_code
from app.printing.pages import OpenPdf
from app.printing.render import MissingGlyph


def test_the_code_on_paper_opens_what_it_was_made_for() -> None:
    key = new_key()
    code = recovery_code(key)
    with OpenPdf(recovery_pdf("受託台帳", date(2026, 11, 21), "髙橋 美咲", code)) as opened:
        assert opened.page_count == 1
        text = "".join(opened.text(0).split())
    groups = code.split("-")
    assert "".join(groups) in text
    assert key_from_code("".join(groups)) == key
    for said in ("台帳の回復シート", "受託台帳", "令和8年11月21日", "髙橋美咲", "保管場所"):
        assert said in text
    assert "下書き" not in text


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=32))
def test_no_group_is_lost_however_the_code_is_set_apart(key: bytes) -> None:
    code = recovery_code(key)
    by_hyphen = recovery_sheet("l", date(2026, 1, 1), "o", code)
    by_space = recovery_sheet("l", date(2026, 1, 1), "o", code.replace("-", " "))
    assert by_hyphen == by_space


def test_a_name_that_no_font_can_print_is_named() -> None:
    with pytest.raises(MissingGlyph):
        recovery_pdf("l", date(2026, 1, 1), "\U0001f600", recovery_code(new_key()))
