"""What makes a passphrase too easy to guess, each with one sentence that says so and what to do.

Widths, case, blanks, kana and variants of kanji make no difference to whoever guesses. Whatever
somebody guesses at one go counts as one character: a common word, a name that stands in the ledger, a run
along the keyboard or an alphabet, digits behind a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.ledger.errors import LedgerError
from app.records.spelling.fold import fold

SHORTEST = 8
"""Characters as they are seen."""
FEWEST_KINDS = 5
"""Different characters."""
FEWEST_PIECES = 5
"""Different pieces that have to be guessed one after the other."""

_SHORTEST_RUN = 3
_LONGEST_UNIT = 7
_LONGEST_PIECE = 24
_LOOKED_AT = 64
_SHORTEST_NAME = 2
_NO_LETTERS = re.compile(r"[\W\d_]+")

_RUNS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890-^\\",
    "qwertyuiop@[",
    "asdfghjkl;:]",
    "zxcvbnm,./\\",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "!\"#$%&'()",
    "!@#$%^&*()",
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"),
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
    "一二三四五六七八九十",
    "月火水木金土日",
)
_WORDS = (  # as ``fold`` writes them
    *("password", "passphrase", "passwd", "passcode", "letmein", "welcome", "iloveyou", "administrator"),
    *("admin", "login", "guest", "secret", "changeme", "default", "master", "trustnoone", "computer"),
    *("internet", "security", "windows", "microsoft", "google", "sunshine", "princess", "football"),
    *("baseball", "basketball", "superman", "batman", "dragon", "monkey", "shadow", "michael", "freedom"),
    *(
        "whatever",
        "starwars",
        "pokemon",
        "doraemon",
        "nintendo",
        "sakura",
        "arigatou",
        "konnichiwa",
        "nippon",
    ),
    *("japan", "tokyo", "test", "user", "root", "love", "hello", "jutaku", "daicho"),
    *(
        "ぱすわーど",
        "ぱすふれーず",
        "ぱすこーど",
        "あいことば",
        "ひみつ",
        "あんしようばんごう",
        "じゆたくだいちよう",
    ),
    *("こんにちは", "ありがとう", "おはよう", "さくら", "どらえもん", "ぽけもん", "てすと"),
    *("たいせつ", "だいじ", "大切", "大事", "ぜつたい", "わすれない"),
    *("合言葉", "暗証番号", "秘密", "受託台帳", "台帳", "管理者", "担当者", "個人情報", "株式会社", "会社"),
)
_ALIKE = str.maketrans("авеёікмнорстухјѕһԁԛԝӏɡαβγεηικνορτυχωıøłđ", "abeeikmhopctyxjshdqwlgabyenikvoptuxwiold")
"""Letters of other scripts that look like Latin ones, small as ``fold`` leaves them."""
_DATE = re.compile(
    r"(?:西暦|令和|平成|昭和|大正|[rhst])?(?:\d{1,4}|元)[年./-]\d{1,2}[月./-]\d{1,2}日?"
    r"|(?:\d{1,4}|元)年\d{1,2}月|\d{1,2}月\d{1,2}日|(?<!\d)(?:19|20)\d{6}(?!\d)"
)
_BEHIND = re.compile(r"[\W\d_]{1,4}$")
_LEET = str.maketrans("0134578@$!|", "oieastbasil")


_AGAIN = "短い言葉の繰返しはパスフレーズに使えません。別の言葉も加えてください。"


def normal(passphrase: str) -> str:
    """A passphrase as it opens: an input method switches widths unseen."""
    return unicodedata.normalize("NFKC", passphrase)


def check(passphrase: str, names: Iterable[str] = ()) -> None:
    """Raise ``LedgerError`` with the sentence of ``weakness``."""
    if sentence := weakness(passphrase, names):
        raise LedgerError(sentence)


def weakness(passphrase: str, names: Iterable[str] = ()) -> str:
    """Why a passphrase is refused, in one sentence; empty for one that is not.

    ``names``: what whoever knows the ledger guesses first, such as its officer's name.
    """
    seen = "".join(c for c in normal(passphrase) if unicodedata.category(c) not in ("Cc", "Cf", "Mn"))
    text = _plain(seen)
    if passphrase and not text:
        return "空白だけのパスフレーズは使えません。文字を入力してください。"
    if len(seen.strip()) < SHORTEST:
        return f"パスフレーズは{SHORTEST}文字以上で入力してください。"
    return _repeated(text) or _guessed(text, names) or _built(text, names)


def pieces(passphrase: str, names: Iterable[str] = ()) -> list[str]:
    """What has to be guessed one after the other: what was just said again, and a year, count once."""
    text = _plain(normal(passphrase))[:_LOOKED_AT]
    held = tuple(filter(None, map(_name, names)))
    return _fewest(text, text.translate(_LEET), held, digits=True, again=True)


def _repeated(text: str) -> str:
    if len(set(text)) == 1:
        return "同じ文字の繰返しはパスフレーズに使えません。別の文字も混ぜてください。"
    if _recurs(text):
        return _AGAIN
    if text.isdecimal() and len(text) >= SHORTEST and not _is_run(text):
        return "数字だけのパスフレーズは使えません。言葉を加えてください。"
    if len(set(text)) < FEWEST_KINDS:
        return f"使っている文字が{len(set(text))}種類だけです。{FEWEST_KINDS}種類以上の文字を使ってください。"
    return ""


def _recurs(text: str) -> bool:
    units = range(2, min(_LONGEST_UNIT, len(text) // 2) + 1)
    return any(all(text[at] == text[at - unit] for at in range(unit, len(text))) for unit in units)


def _built(text: str, names: Iterable[str]) -> str:
    """Why a text is guessed that is put together by a rule which whoever guesses tries early."""
    bare = _BEHIND.sub("", text)
    if _recurs(bare):
        return _AGAIN
    if any(_is_run(one[::2]) and _is_run(one[1::2]) for one in (text, bare)):
        return (
            "二つの並びを交互にした文字（a1b2c3d4など）のパスフレーズは使えません。別の言葉を加えてください。"
        )
    rest = _DATE.sub("", text)[:_LOOKED_AT]
    if rest != text[:_LOOKED_AT]:
        held = tuple(filter(None, map(_name, names)))
        left = _fewest(rest, rest.translate(_LEET), held, digits=True)
        if len(set(left)) + 1 < FEWEST_PIECES:
            return (
                "日付にわずかな文字を足しただけのパスフレーズは使えません。"
                "日付と関係のない言葉を加えてください。"
            )
    return ""


def _guessed(text: str, names: Iterable[str]) -> str:
    held = tuple(filter(None, map(_name, names)))
    plain = text[:_LOOKED_AT]
    worded = plain.translate(_LEET)
    named = any(name in plain for name in held)
    common = any(word in plain or word in worded for word in _WORDS)
    pieces = _fewest(plain, worded, held, digits=named or common)
    if len(set(pieces)) >= FEWEST_PIECES:
        return ""
    if named:
        return (
            "担当者の氏名や台帳の名前から推測できるパスフレーズは使えません。関係のない言葉を加えてください。"
        )
    if common:
        return "よく使われる言葉（passwordなど）だけのパスフレーズは使えません。別の言葉を加えてください。"
    return "並びのままの文字（12345678、qwertyなど）のパスフレーズは使えません。別の言葉を加えてください。"


def _fewest(plain: str, worded: str, names: Sequence[str], *, digits: bool, again: bool = False) -> list[str]:
    """The text as whoever guesses would put it together, in the fewest pieces."""
    best: list[list[str]] = [[]]
    for end in range(1, len(plain) + 1):
        ways = [[*best[end - 1], plain[end - 1]]]
        for start in range(max(0, end - _LONGEST_PIECE), end - 1):
            part = plain[start:end]
            word = part in _WORDS or worded[start:end] in _WORDS or part in names
            word = word or (again and plain[:start].endswith(part))
            if word or _is_run(part) or (digits and _NO_LETTERS.fullmatch(part)):
                ways.append([*best[start], part])
        best.append(min(ways, key=len))
    return best[-1]


def _is_run(part: str) -> bool:
    if len(part) < _SHORTEST_RUN:
        return False
    return len(set(part)) == 1 or any(part in run or part[::-1] in run for run in _RUNS)


def _plain(text: str) -> str:
    return "".join(map(_latin, fold(text).translate(_ALIKE).split()))


def _latin(text: str) -> str:
    """``text`` without the accents of Latin letters; the voice marks of kana tell words apart."""
    if text.isascii():
        return text
    parted = (unicodedata.normalize("NFD", one)[0] for one in text)
    return "".join(base if base.isascii() else one for base, one in zip(parted, text, strict=True))


def _name(name: str) -> str:
    """A name as it may stand in a passphrase; empty where it is too short to be looked for."""
    held = _plain(name)
    return held if len(held) >= _SHORTEST_NAME else ""
