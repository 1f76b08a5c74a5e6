"""Texts of five styles are read: each paragraph under its number, and of what the letter of each asks."""

from __future__ import annotations

import pytest

from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import begin
from tests.support.window.reading_texts import STYLED

NUMBERS = {
    "statute": "第1条 第2条 第3条第1項 第3条第2項 第4条第1項 第4条第2項 第5条 第6条 第7条 第8条 第9条",
    "basic": "第1 第2 第3 第4 第5 第6 第7 第8 第9 第10",
    "specification": "1(1) 1(1)ア 1(1)イ 1(2) 2(1) 2(2) 2(2)ア 2(2)イ 2(2)ウ 3(1) 3(2) 3(3) 4(1) 4(2)"
    " 4(3) 5(1) 5(2) 6(1) 6(2)",
    "table": " ".join(f"表の{at}行目" for at in range(1, 12)),
    "letter": "1 2 3 4 5 6 7 8 9",
}
ASKED = {
    "statute": {"secrecy", "worker-list", "training", "copy-approval", "subcontract-approval", "return"},
    "basic": {
        "responsible-person",
        "purpose-limit",
        "locked-storage",
        "takeout-approval",
        "audit",
        "witness",
    },
    "specification": {
        "management-system",
        "worker-list",
        "work-location",
        "copy-approval",
        "encryption",
        "return",
    },
    "table": {"secrecy", "oath", "training", "subcontract-approval", "incident-notice", "return"},
    "letter": {"purpose-limit", "locked-storage", "copy-approval", "subcontract-approval", "incident-notice"},
}


@pytest.mark.parametrize("style", STYLED)
def test_each_style_is_read_paragraph_by_paragraph(style: str) -> None:
    review = begin(read(STYLED[style]))
    assert [item.number for item in review.items] == NUMBERS[style].split()
    assert {kind for item in review.items for kind in item.kinds} >= ASKED[style]
    held = "".join(item.text + item.heading for item in review.items) + "".join(
        one.text for one in review.rest
    )
    for sentence in "".join(STYLED[style].split()).split("。")[:-1]:
        assert sentence[-8:] in "".join(held.split()), "nothing of the text is lost"
