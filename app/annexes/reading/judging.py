"""Whether a text is an annex at all: of what is none that is said, in one sentence."""

from __future__ import annotations

import re

from app.annexes.reading.model import Reading
from app.annexes.reading.text import bare
from app.common import PeopleError

LARGEST = 1_000_000
"""Characters of a text: ten times a long contract with its specification."""
_BINDS = re.compile(
    r"なければなら(?:ない|ぬ|なく)|なければなりません|てはなら|てはいけ|ては駄目|ものとす|ものとし|こと[。)]?$|こと。|できる|できない|とする。|負う"
    r"|禁止|遵守|義務|責任|てください|て下さい|ないでください|いるか"
)
"""How a contract binds: at least one of its clauses does."""
_ASKS = re.compile(rf"{_BINDS.pattern}|いう。|(?:下さ|くださ)い|ます。|行う。|努め|報告|提出|承諾|承認|措置")
_ABOUT = re.compile(
    r"個人情報|情報資産|機密|秘密|特定個人|個人番号|データ|契約|委託|受託|業務|[甲乙丙](?=[はがにのをと、及又へ])|発注者|受注者|事業者|管理者"
    r"|セキュリティ|協定|情報(?:の|を)|名簿"
)
_NAMED = re.compile(r"個人情報|情報資産|特定個人|個人番号|発注者|受注者|委託者|受託者|特記事項")
"""Whoever names this says what all of the text is about: a letter does not repeat it in each paragraph."""
_NAMES = 2
"""How often it does at least."""
_LEAST = 0.3
"""Of the paragraphs, how many speak as a contract does; of a menu or a novel next to none do."""
_SHORT_TEXT = 15
"""Letters of an item that names something and asks nothing."""
_BOUND = re.compile(r"(?:^|。)(?:甲|乙|丙|受注者|受託者|事業者|指定管理者|発注者|委託者)は")
_COLUMN, _FEW = 0.7, 30
_SHORTEST = 6
"""Letters of a sentence that is counted."""
_STORY = 0.4
"""Of the sentences, how many tell what happened from which on it is a story, if they are more than those that
speak as a contract does."""


_LETTER = re.compile("お世話になって|よろしくお願い|宜しくお願い|拝啓|敬具|ご査収|ご確認ください|議事録")
_TAG = re.compile(r"</(?:p|div|td|tr|li|span|body|table|h[1-6])\s*>|<br\s*/?>", re.IGNORECASE)
_FEW_TAGS = 3


def refuse_before(raw: str) -> None:
    """Raise ``PeopleError`` for a text that is empty, too long, or not in lines."""
    if not raw.strip():
        raise PeopleError("文章がありません。特記事項の文章を貼り付けるか、別のファイルを指定してください。")
    if len(raw) > LARGEST:
        raise PeopleError(
            f"文章が長すぎます（{LARGEST:,}文字まで、指定されたのは{len(raw):,}文字）。"
            "特記事項の部分だけを取り出して指定してください。"
        )
    # Within a table that is drawn, a converter's <br> only parts lines.
    if sum(len(_TAG.findall(line)) for line in raw.splitlines() if "|" not in line) >= _FEW_TAGS:
        raise PeopleError(
            "Webページの記号（HTMLのタグ）が入っています。"
            "ブラウザーで開き、表示された文章を選んでコピーし、貼り付けてください。"
        )
    filled = [line for line in (one.strip() for one in raw.splitlines()) if line]
    if len(filled) >= _FEW and sum(len(line) == 1 for line in filled) >= _COLUMN * len(filled):
        raise PeopleError(
            "1行に1文字ずつ並んでいるため、読む順序が分かりません（縦書きの文書かもしれません）。"
            "横書きに直した文章を貼り付けてください。"
        )


def refuse(reading: Reading) -> None:
    """Raise ``PeopleError`` for a text in which nothing reads like the clauses of a contract."""
    named = {at for at, one in enumerate(reading.documents) if one.title and _ABOUT.search(bare(one.title))}
    whole = len(_NAMED.findall(reading.raw)) >= _NAMES
    texts = [(bare(one.text), whole or one.document in named) for one in reading.paragraphs if one.text]
    asks = _BINDS if _LETTER.search(reading.raw) else _ASKS
    alike = sum(1 for text, known in texts if asks.search(text) and (known or _ABOUT.search(text)))
    few = alike < _LEAST * sum(1 for text, _ in texts if len(text) > _SHORT_TEXT)
    bound = any(_BINDS.search(text) or _BOUND.search(text) for text, _ in texts)
    if not alike or few or not bound or _is_story("".join(text for text, _ in texts)):
        raise PeopleError(
            "条項が見つかりません。番号の付いた条項のある特記事項や契約書の文章かを確かめてください。"
            "番号のない文章は、段落ごとに先頭に「・」を付けて貼り付けると読み取れます。"
        )


def _is_story(text: str) -> bool:
    """Whether it tells rather than asks: a novel speaks of promises and secrets too."""
    sentences = [f"{one}。" for one in text.split("。")[:-1] if len(one) >= _SHORTEST]
    told = sum(1 for one in sentences if one.endswith("た。"))
    asked = sum(1 for one in sentences if _ASKS.search(one) and _ABOUT.search(one))
    return bool(sentences) and told >= _STORY * len(sentences) and asked < told
