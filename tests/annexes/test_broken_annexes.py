"""Parameters that would be read and then be kinder than their text, or be dropped unseen."""

from __future__ import annotations

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.files.annex_file import read_annex
from app.annexes.files.text import text_of
from app.common import PeopleError


def _changed(shipped: Catalogue, old: str, new: str) -> tuple[str, int]:
    text = text_of(shipped.annex("hofu"))
    assert old in text
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("stages = 1", "stages = 3", "1 以上 2 以下"),
        ("stages = 1", "stages = 0", "1 以上 2 以下"),
        ('assumed = ["period_months"]', 'assumed = ["period_months", "urgency"]', "種別の条件ではありません"),
    ],
)
def test_what_no_evaluator_would_heed_is_refused_with_its_line(
    shipped: Catalogue, old: str, new: str, words: str
) -> None:
    text, line = _changed(shipped, old, new)
    with pytest.raises(PeopleError) as caught:
        read_annex(text.encode(), "試験", "")
    assert f"{line}行目" in str(caught.value)
    assert words in str(caught.value)


def test_two_stages_are_read(shipped: Catalogue) -> None:
    text, _line = _changed(shipped, "stages = 1", "stages = 2")
    assert read_annex(text.encode(), "試験", "").clauses
