"""Passphrases that anybody guesses are refused with their reason, and the next better one is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.secret import keys, passphrases
from app.ledger.secret.passphrases import weakness
from tests.ledger.conftest import CHEAP

NAMES = ("髙橋 美咲", "見本商事")
REASONS = {
    "8文字以上": ("", "短い", "a1b2c3d", "はちもじないで", "漢字かな七文字", "a\u200b\u200bb1c2d3"),
    "空白だけ": (" ", " " * 8, "\u3000" * 8, "\u200b" * 9, "\t \u3000" * 4),
    "同じ文字": ("aaaaaaaa", "AaAaAaAa", "ああああああああ", "11111111", "a a a a a"),
    "短い言葉の繰返し": (
        "abababab",
        "abcabcab",
        "ひみつひみつひみつ",
        "パスワードパスワード",
        "foobar1foobar1",
        "ledgerledger12",
        "ledgerledger2026",
        "あひるのあひるの！",
    ),
    "数字だけ": ("20260401", "0901234567890"),
    "種類だけ": ("aabbccaa", "aabbccdd", "かかききかかくけ"),
    "並びのまま": (
        *("12345678", "87654321", "0123456789", "abcdefgh", "ABCDEFGH", "qwertyui", "asdfghjk", "lkjhgfds"),
        *("1qaz2wsx", "abcd1234", "qwer1234", "あいうえおかきく", "アイウエオカキク", "いろはにほへとち"),
        *("12345678abc", "!@#$%^&*"),
    ),
    "よく使われる言葉": (
        *("password", "Password", "PASSWORD1", "passw0rd", "P@ssw0rd", "p@$$w0rd!", "password2026!"),
        *(
            "1password1",
            "iloveyou",
            "sunshine99",
            "adminadmin1",
            "sakura0401",
            "ぱすわーど１２３",
            "ひみつのあいことば",
        ),
        *("раsswоrd1", "ραsswοrd1", "pässwörd"),
        "password " * 5,
    ),
    "二つの並び": ("a1b2c3d4e5f6", "1a2b3c4d", "a1b2c3d4!!", "zaybxcwdve"),
    "日付にわずかな": (
        *("2026年11月26日です", "令和8年11月26日だよ", "2026-11-26abc", "11月26日ですね", "x20261126yz"),
    ),
    "氏名や台帳の名前": ("髙橋美咲2026", "高橋　美咲！！！！", "見本商事1234", "髙橋美咲見本商事"),
}
WEAK = [(reason, word) for reason, words in REASONS.items() for word in words]
GOOD = (
    *("あさがおの庭にて", "𠮷田の庭の柿の木", "正しい 馬 電池 ホチキス", "correct horse battery", "ab3!kZ9q"),
    *("すもももももももものうち", "受託台帳の鍵です", "password and pear", "12345678abxy", "3f29c1-a0b1c2"),
    *("髙橋美咲の白い自転車", "20260401白い自転車"),
)


def full_width(text: str) -> str:
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
    return text.translate(wide)


@pytest.mark.parametrize("width", [str, full_width], ids=["half", "full"])
@pytest.mark.parametrize(("reason", "word"), WEAK)
def test_a_passphrase_that_anybody_guesses_is_refused_with_its_reason(
    reason: str, word: str, width: Callable[[str], str]
) -> None:
    assert reason in weakness(width(word), NAMES)


@pytest.mark.parametrize("word", GOOD)
def test_one_that_has_to_be_thought_of_is_taken(word: str) -> None:
    assert weakness(word, NAMES) == ""
    assert weakness(full_width(word), NAMES) == ""


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("12345678abx", False),
        ("12345678abxy", True),
        ("passwordabcx", False),
        ("passwordkimu", True),
        ("髙橋美咲xyw", False),
        ("髙橋美咲xywk", True),
        ("aabbccdd", False),
        ("aabbccdf", True),
        ("foobar1foobar1", False),
        ("foobar12foobar12", True),
        ("ledgerledger1234", False),
        ("ledgerledger12345", True),
        ("ledgersledgers1", False),
        ("landlordlandlord1", True),
        ("a1b2c3d4x9", True),
        ("2026年11月26日です", False),
        ("2026年11月26日ですね", False),
        ("2026年11月26日です柿", False),
        ("2026年11月26日です柿木", True),
    ],
)
def test_the_limit_and_what_lies_beside_it(word: str, taken: bool) -> None:
    assert (weakness(word, NAMES) == "") is taken


@given(st.text(max_size=90), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_is_judged_in_one_sentence_or_none(word: str, names: list[str]) -> None:
    found = weakness(word, names)
    assert found == "" or (found.endswith("。") and found.count("。") <= 2)
    assert weakness(full_width(word), names) == found


@given(st.text(alphabet="kzqxvjwbgp", min_size=12, max_size=20).filter(lambda word: len(set(word)) > 7))
def test_a_random_one_is_never_refused(word: str) -> None:
    assert weakness(word, NAMES) == ""


@given(
    st.sampled_from([word for _reason, word in WEAK if word.strip()]), st.sampled_from(["", "1", "!", "99"])
)
def test_digits_and_signs_behind_a_weak_one_make_it_no_better(word: str, behind: str) -> None:
    if len(word) >= passphrases.SHORTEST and any(
        reason in ("よく使われる言葉", "氏名や台帳の名前") for reason, one in WEAK if one == word
    ):
        assert weakness(word + behind, NAMES) != ""


def test_no_sentence_shows_what_was_typed() -> None:
    for _reason, word in WEAK:
        if word != "password" and len(word.strip()) >= passphrases.SHORTEST and word not in ("12345678",):
            assert word not in weakness(word, NAMES)


def test_every_door_asks(make: Callable[..., tuple[Ledger, str]], tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="よく使われる言葉"):
        make(passphrase="ｐａｓｓｗｏｒｄ１")  # the weak one it is about
    with pytest.raises(LedgerError, match="氏名や台帳の名前"):
        make(passphrase="担当花子2026")  # the officer's own name
    assert list(tmp_path.glob("*.jutaku*")) == []
    ledger, _code = make("見本商事.jutaku")
    with ledger:
        for word in ("見本商事1234", "担当花子1234", "12345678"):
            with pytest.raises(LedgerError, match="使えません"):
                ledger.change_passphrase(word, cost=CHEAP)
        assert ledger.head().sequence == 1
    with pytest.raises(LedgerError, match="並びのまま"):
        keys.seal(keys.new_key(), "12345678", "id", 1, cost=CHEAP)


def test_a_ledger_with_a_weak_passphrase_of_old_still_opens(
    make: Callable[..., tuple[Ledger, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(passphrases, "weakness", lambda *_: "")
        ledger, _code = make(passphrase="password")  # the weak one it is about
        ledger.close()
    assert opening.unlock(ledger.path, "ｐａｓｓｗｏｒｄ") == ledger.key
