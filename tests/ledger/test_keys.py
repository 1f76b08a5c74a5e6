"""The three ways to the master key."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field

import keyring.backend
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.errors import (
    KeyFileDamagedError,
    KeyFileMissingError,
    LedgerError,
    WrongCodeError,
    WrongPassphraseError,
)
from app.ledger.secret import keyring_store, keys
from app.ledger.secret.keys import Cost, KeyFile

CHEAP = Cost(memory=64, passes=1, lanes=1)
WORD = "とても長い合言葉です"


def test_the_default_cost_is_heavy_and_bearable() -> None:
    assert keys.COST.memory >= 64 * 1024
    assert keys.COST.bearable()


@settings(max_examples=50)
@given(key=st.binary(min_size=32, max_size=32))
def test_a_recovery_code_reads_back(key: bytes) -> None:
    code = keys.recovery_code(key)
    assert [len(group) for group in code.split("-")] == [7] * 8
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert keys.key_from_code(typed) == key
    assert keys.key_from_code("".join(chr(ord(char) + 0xFEE0) for char in code)) == key


@settings(max_examples=60)
@given(key=st.binary(min_size=32, max_size=32), place=st.integers(0, 55), other=st.integers(1, 31))
def test_one_wrong_character_of_a_recovery_code_is_found(key: bytes, place: int, other: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = list(keys.recovery_code(key).replace("-", ""))
    code[place] = alphabet[(alphabet.index(code[place]) + other) % 32]
    with pytest.raises(WrongCodeError, match=f"回復コードの{place // 7 + 1}組目に打ち間違い"):
        keys.key_from_code("".join(code))


@settings(max_examples=30)
@given(key=st.binary(min_size=32, max_size=32), place=st.integers(0, 54))
def test_two_characters_in_the_wrong_order_are_found(key: bytes, place: int) -> None:
    code = list(keys.recovery_code(key).replace("-", ""))
    code[place], code[place + 1] = code[place + 1], code[place]
    if code[place] != code[place + 1]:
        with pytest.raises(WrongCodeError, match=f"回復コードの{place // 7 + 1}組目に打ち間違い"):
            keys.key_from_code("".join(code))


def test_of_several_slips_no_group_is_named() -> None:
    code = list(keys.recovery_code(bytes(range(32))).replace("-", ""))
    for place in (3, 30, 50):
        code[place] = "7" if code[place] != "7" else "8"
    with pytest.raises(WrongCodeError, match="回復コードに打ち間違いがあります"):
        keys.key_from_code("".join(code))


@pytest.mark.parametrize("code", ["", "ABC", "U" * 56, "0" * 55, "0" * 57, "あ" * 56])
def test_what_is_no_recovery_code_is_refused(code: str) -> None:
    with pytest.raises(WrongCodeError):
        keys.key_from_code(code)


@settings(max_examples=25)
@given(passphrase=st.text(min_size=8, max_size=30))
def test_any_passphrase_opens_in_any_width(passphrase: str) -> None:
    key = keys.new_key()
    try:
        sealed = keys.seal(key, passphrase, "id", 1, cost=CHEAP)
    except LedgerError:
        return
    assert KeyFile.from_text(sealed.to_text()).open(passphrase) == key
    with pytest.raises(WrongPassphraseError):
        sealed.open(passphrase + "x")


def test_full_and_half_width_are_the_same_passphrase() -> None:
    key = keys.new_key()
    sealed = keys.seal(key, "ＡＢＣ１２３ﾋﾏﾜﾘの庭", "id", 1, cost=CHEAP)
    assert sealed.open("ABC123ヒマワリの庭") == key


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(LedgerError, match="8文字以上"):
        keys.seal(keys.new_key(), "短い", "id", 1, cost=CHEAP)


@pytest.mark.parametrize(
    "change",
    [
        {"kdf": {"name": "argon2id", "memory": 1 << 40, "passes": 1, "lanes": 1}},
        {"kdf": {"name": "argon2id", "memory": 1 << 20, "passes": 10**9, "lanes": 1}},
        {"kdf": {"name": "argon2id", "memory": 64, "passes": 1, "lanes": 10**6}},
        {"kdf": {"name": "argon2id", "memory": -1, "passes": 1, "lanes": 1}},
        {"kdf": {"name": "md5", "memory": 64, "passes": 1, "lanes": 1}},
        {"kdf": {"name": "argon2id", "memory": 128, "passes": 16384, "lanes": 16}},
        {"kdf": None},
        {"salt": "zz"},
        {"salt": "00" * 7},
        {"nonce": "00" * 7},
        {"nonce": ""},
        {"sealed": "*"},
        {"format": True},
        {"revision": "1"},
        {"kind": "other"},
        {"version": 2},
    ],
)
def test_a_hostile_key_file_is_refused_before_any_work(change: dict[str, object]) -> None:
    held = json.loads(keys.seal(keys.new_key(), WORD, "id", 1, cost=CHEAP).to_text())
    held.pop("checksum")
    held.update(change)
    held["checksum"] = keys._checksum(held)
    with pytest.raises(ValueError, match=r"."):
        KeyFile.from_text(json.dumps(held))


@settings(max_examples=100)
@given(data=st.data())
def test_a_damaged_key_file_is_never_taken_for_a_whole_one(data: st.DataObject) -> None:
    text = keys.seal(keys.new_key(), WORD, "id", 1, cost=CHEAP).to_text()
    place = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.characters(min_codepoint=33, max_codepoint=126).filter(lambda c: c != text[place]))
    try:
        KeyFile.from_text(text[:place] + other + text[place + 1 :])
    except (ValueError, RecursionError):
        return
    assert json.loads(text[:place] + other + text[place + 1 :]) == json.loads(text)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("harm", ["lost", "emptied", "scribbled"])
def test_one_lost_copy_of_the_key_file_is_made_anew(ledger: Ledger, which: int, harm: str) -> None:
    path = keys.key_paths(ledger.path)[which]
    before = path.read_bytes()
    ledger.close()
    if harm == "lost":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "emptied" else before[:100] + b"?" + before[101:])
    with Ledger.open(ledger.path, opening.unlock(ledger.path, WORD)):
        assert path.read_bytes() == before


def test_with_both_copies_gone_the_code_still_opens(make: Callable[..., tuple[Ledger, str]]) -> None:
    ledger, code = make()
    ledger.close()
    first, second = keys.key_paths(ledger.path)
    first.write_text("x", "ascii")
    second.unlink()
    with pytest.raises(KeyFileDamagedError, match="どちらも壊れています"):
        opening.unlock(ledger.path, WORD)
    first.unlink()
    with pytest.raises(KeyFileMissingError, match="回復コードで開いて"):
        opening.unlock(ledger.path, WORD)
    with Ledger.open(ledger.path, opening.unlock_with_code(ledger.path, code)) as again:
        again.change_passphrase("新しい合言葉にします", cost=CHEAP)
        assert again.recovery_code() == code
    assert opening.unlock(ledger.path, "新しい合言葉にします") == ledger.key


def test_the_typed_back_code_is_the_key(make: Callable[..., tuple[Ledger, str]]) -> None:
    ledger, code = make()
    assert keys.key_from_code(code.lower()) == ledger.key
    assert keys.key_from_code(keys.recovery_code(bytes(32))) != ledger.key
    with pytest.raises(WrongCodeError):
        keys.key_from_code(code[:-1])
    ledger.close()


def test_a_changed_passphrase_retires_the_old_one(ledger: Ledger) -> None:
    ledger.change_passphrase("新しい合言葉にします", cost=CHEAP)
    with pytest.raises(WrongPassphraseError, match="パスフレーズが違います"):
        opening.unlock(ledger.path, WORD)
    assert opening.unlock(ledger.path, "新しい合言葉にします") == ledger.key
    assert len(set(keys.read_copies(ledger.path))) == 1
    assert ledger.verify().ok


@dataclass
class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that forgets, swallows or fails as told."""

    priority = 1
    mood: str = ""
    held: dict[tuple[str, str], str] = field(default_factory=dict)

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.mood == "fails":
            raise MemoryError("The stub received bad data")
        if self.mood != "swallows":
            self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    made = MemoryKeyring()
    # Not keyring's own switch: on Windows the program names the system's store outright, and a test that
    # reached it would leave keys among those of whoever runs the tests.
    monkeypatch.setattr(keyring_store, "_backend", lambda: made)
    return made


def test_the_keyring_remembers_one_ledger(ledger: Ledger, ring: MemoryKeyring) -> None:
    assert opening.unlock_from_keyring(ledger.path) is None
    assert keyring_store.remember(ledger.id, ledger.key)
    assert opening.unlock_from_keyring(ledger.path) == ledger.key
    assert keyring_store.recall("another") is None
    assert keyring_store.forget(ledger.id)
    assert keyring_store.forget(ledger.id)
    assert opening.unlock_from_keyring(ledger.path) is None
    assert ring.held == {}


@pytest.mark.parametrize("mood", ["fails", "swallows"])
def test_a_keyring_that_takes_nothing_is_a_plain_no(ring: MemoryKeyring, mood: str) -> None:
    ring.mood = mood
    assert not keyring_store.remember("id", bytes(32))


@pytest.mark.parametrize("held", ["", "zz", "00"])
def test_a_remembered_value_that_is_no_key_is_none(ring: MemoryKeyring, held: str) -> None:
    ring.set_password("jutaku-daicho/id", "master-key", held)
    assert keyring_store.recall("id") is None


@pytest.mark.skipif(os.name != "nt", reason="the credential store of Windows")
def test_on_windows_keys_stay_on_this_computer() -> None:
    backend = keyring_store._backend()
    assert type(backend).__name__ == "WinVaultKeyring"
    assert backend.persist == 2  # CRED_PERSIST_LOCAL_MACHINE
