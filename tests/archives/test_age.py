"""Sealed files: the published format, pieces at their borders, and whatever is no longer as it was sealed."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.archive import age

PIECE = 64 * 1024
PASSPHRASE = "夜の 長い 合言葉"
BY_AGE = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA0eGZBK1pzT0xFNCtzVC9PcnFVSlVRIDE4CjlsWDVJbGgwd0"
    "JHbjVPdktKNFpoMHBhZmdsQ2ZCeUdkb3Q0YXFLZVhHUTAKLS0tIDl2Lzh6dHRCVUE5eldEOWJVY0VxT1BvSWJXKzZL"
    "T2huaE1Nb3pZNlZwTE0K2ysxhSt71MrEZ98Qz0SgPiSp04McE+39KhYVfvuA+ReeVVAwyOArjFBA2djW"
)
"""``age -p`` 1.1.1 of Debian made it of ``TEXT``, with the passphrase ``correct horse battery``."""
TEXT = "受託台帳\n".encode()


@pytest.fixture(autouse=True)
def easily_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK", 1)


def sealed(data: bytes, step: int = 1000) -> bytes:
    out = io.BytesIO()
    sealer = age.Sealer(out, PASSPHRASE)
    for at in range(0, len(data), step):
        sealer.write(data[at : at + step])
    sealer.finish()
    return out.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> age.Opened:
    return age.Opened(io.BytesIO(data), passphrase)


def test_what_another_program_sealed_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(BY_AGE, "correct horse battery").readall() == TEXT


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_pieces_end_where_the_format_has_them_end(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    whole = sealed(data[:size])
    assert opened(whole).readall() == data[:size]
    header = whole.index(b"\n---") + 49
    assert len(whole) == header + 16 + size + 16 * max(1, -(-size // PIECE))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3 * PIECE), st.integers(0, 3 * PIECE), st.integers(0, 70_000))
def test_any_part_is_read_in_any_order(size: int, at: int, many: int) -> None:
    data = bytes(number * 7 % 251 for number in range(size))
    with io.BufferedReader(opened(sealed(data, 65_537))) as file:
        file.seek(min(at, size))
        assert file.read(many) == data[min(at, size) :][:many]
        file.seek(-min(5, size), io.SEEK_END)
        assert file.read() == data[size - min(5, size) :]


@pytest.mark.parametrize("typed", ["夜の 長い 合言葉", "夜の　長い　合言葉"])
def test_an_input_method_may_switch_widths(typed: str) -> None:
    assert opened(sealed(b"a"), typed).readall() == b"a"


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(age.WrongPassphraseError):
        opened(sealed(b"a"), "夜の 長い 合い言葉")


@pytest.mark.parametrize("size", [0, 5, PIECE, 2 * PIECE + 5])
def test_a_missing_end_is_noticed_when_it_is_opened(size: int) -> None:
    whole = sealed(bytes(size))
    header = whole.index(b"\n---") + 49
    ends = {header, header + 15, header + 16, header + 31, len(whole) - 1, len(whole) - 16}
    ends |= {header + 16 + PIECE + 16, header + 16 + 2 * (PIECE + 16)}
    for end in sorted(end for end in ends if header <= end < len(whole)):
        with pytest.raises(age.BrokenSealError):
            opened(whole[:end])
    for more in (b"\0", bytes(16), bytes(PIECE + 16)):
        with pytest.raises(age.BrokenSealError):
            opened(whole + more)


def test_every_byte_counts() -> None:
    whole = sealed(b"content")
    for at in range(len(whole)):
        other = bytearray(whole)
        other[at] ^= 1
        with pytest.raises((age.BrokenSealError, age.NotSealedError, age.WrongPassphraseError)):
            opened(bytes(other)).readall()


def test_pieces_in_another_order_are_not_read() -> None:
    whole = sealed(bytes(PIECE) + b"\1" * PIECE + b"\2")
    start = whole.index(b"\n---") + 49 + 16
    size = PIECE + 16
    swapped = whole[:start] + whole[start + size : start + 2 * size] + whole[start : start + size]
    file = opened(swapped + whole[start + 2 * size :])
    with pytest.raises(age.BrokenSealError):
        file.readall()


@pytest.mark.parametrize("work", [b"0", b"20", b"63", b"01", b"-1"])
def test_a_forged_cost_is_not_paid(work: bytes) -> None:
    whole = sealed(b"a")
    at = whole.index(b" 1\n")
    with pytest.raises(age.NotSealedError):
        opened(whole[:at] + b" " + work + whole[at + 2 :])


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v1\n", b"PK\3\4" + bytes(600)])
def test_what_is_no_sealed_file_is_told_apart(data: bytes) -> None:
    with pytest.raises(age.NotSealedError):
        opened(data)
