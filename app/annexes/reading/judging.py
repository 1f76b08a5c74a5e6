"""Whether a text is an annex at all: of what is none that is said, in one sentence."""

from __future__ import annotations

import re

from app.annexes.reading.model import Reading
from app.common import PeopleError

LARGEST = 1_000_000
"""Characters of a text: ten times a long contract with its specification."""
_ASKS = re.compile(
    r"なければならない|てはならない|てはいけない|ものとする|できる。|できない|こと。|とする。|負う。|禁止|遵守|義務|いう。|下さい|ください|ます。|行う。|努め|"
    r"責任|報告|提出|承諾|承認|措置"
)
_ABOUT = re.compile(
    r"個人情報|情報資産|機密|秘密|特定個人|個人番号|データ|契約|委託|受託|業務|甲|乙|発注者|受注者|事業者"
)
_NAMED = re.compile(r"個人情報|情報資産|特定個人|個人番号|発注者|受注者|委託者|受託者|特記事項")
"""Whoever names this says what all of the text is about: a specification or a letter does not repeat it."""
_NAMES = 2
"""How often it does at least."""
_LEAST = 0.3
"""Of the paragraphs, how many speak as a contract does; of a menu or a novel next to none do."""
_COLUMN, _FEW = 0.7, 30
_SHORTEST = 6
"""Letters of a sentence that is counted."""
_STORY = 0.4
"""Of the sentences, how many tell what happened from which on it is a story, if they are more than those that
speak as a contract does."""


def refuse_before(raw: str) -> None:
    """Raise ``PeopleError`` for a text that is empty, too long, or not in lines."""
    if not raw.strip():
        raise PeopleError("文章がありません。特記事項の文章を貼り付けるか、別のファイルを指定してください。")
    if len(raw) > LARGEST:
        raise PeopleError(
            f"文章が長すぎます（{LARGEST:,}文字まで、指定されたのは{len(raw):,}文字）。"
            "特記事項の部分だけを取り出して指定してください。"
        )
    filled = [line for line in (one.strip() for one in raw.splitlines()) if line]
    if len(filled) >= _FEW and sum(len(line) == 1 for line in filled) >= _COLUMN * len(filled):
        raise PeopleError(
            "1行に1文字ずつ並んでいるため、読む順序が分かりません（縦書きの文書かもしれません）。"
            "横書きに直した文章を貼り付けてください。"
        )


def refuse(reading: Reading) -> None:
    """Raise ``PeopleError`` for a text in which nothing reads like the clauses of a contract."""
    held = [one.text for one in reading.paragraphs if one.text]
    named = len(_NAMED.findall(reading.raw)) >= _NAMES
    alike = sum(1 for text in held if _ASKS.search(text) and (named or _ABOUT.search(text)))
    few = alike < _LEAST * sum(1 for text in held if len(text) > 15)
    if not alike or few or _is_story("".join(held)):
        raise PeopleError(
            "条項が見つかりません。番号の付いた条項のある特記事項や契約書の文章かを確かめてください。"
        )


def _is_story(text: str) -> bool:
    """Whether it tells rather than asks: a novel speaks of promises and secrets too."""
    sentences = [f"{one}。" for one in text.split("。")[:-1] if len(one) >= _SHORTEST]
    told = sum(1 for one in sentences if one.endswith("た。"))
    asked = sum(1 for one in sentences if _ASKS.search(one) and _ABOUT.search(one))
    return bool(sentences) and told >= _STORY * len(sentences) and asked < told
