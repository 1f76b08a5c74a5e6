"""Characters that nobody can see are refused, and those that choose a drawing stay."""

from __future__ import annotations

import pytest

from app.records.kinds import Choice, Text
from app.records.submission import How

NAME = Text(label="氏名")
MORE = Text(label="備考", lines=3)


@pytest.mark.parametrize(
    "text", ["𠮷田 一郎", "葛\U000e0100城", "葛\ufe00城", "か\u3099", "Nguyễn Văn An", "神\ufa19"]
)
def test_what_can_be_seen_is_kept_as_typed(text: str) -> None:
    assert NAME.from_text(text) == text
    assert not list(NAME.problems(text))


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u200d", "\u202e", "\u2066", "\u00ad", "\u2060", "\ufeff", "\U000e0041"]
)
def test_what_cannot_be_seen_is_refused_with_its_place(sign: str) -> None:
    said = f"目に見えない文字（U+{ord(sign):04X}）があります。消して入力し直してください。"
    assert list(NAME.problems(f"佐藤{sign}花子")) == [f"氏名の「佐藤」の後に{said}"]
    assert list(NAME.problems(f"{sign}佐藤花子")) == [f"氏名の先頭に{said}"]
    assert list(MORE.problems(f"一行目\n二{sign}")) == [f"備考の「一行目二」の後に{said}"]


def test_the_text_of_another_choice_is_no_way_around() -> None:
    kind = Choice(label="提出方法", of=How, other=True)
    assert not list(kind.problems("その他：便利箱"))
    (said,) = kind.problems("その他：便\u202e箱")
    assert said.startswith("提出方法の「その他：便」の後に目に見えない文字（U+202E）")
