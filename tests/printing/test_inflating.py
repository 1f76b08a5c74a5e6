"""A small file that inflates to more than the machine holds is refused before anything reads it."""

from __future__ import annotations

import base64
import zlib

import pytest

from app.exchange.proof.marks import printed
from app.printing.inflating import InflatedError, check_inflated
from app.printing.pictures import UnreadablePictureError, count_pages

MOST = 3 * 1024 * 1024


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Length 9>>stream\n" + body + b"\nendstream endobj\n%%EOF"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_as_much_is_inflated_as_the_limit(more: int) -> None:
    plain = b"0" * (MOST + more)
    spelled = base64.a85encode(zlib.compress(plain)) + b"~>"
    for body in (zlib.compress(plain), spelled, zlib.compress(plain).hex().encode() + b">"):
        if more > 0:
            with pytest.raises(InflatedError):
                check_inflated(pdf(body), MOST)
        else:
            check_inflated(pdf(body), MOST)


def test_what_is_compressed_twice_is_refused_as_well() -> None:
    with pytest.raises(InflatedError):
        check_inflated(pdf(zlib.compress(zlib.compress(b"0" * (MOST + 1)))), MOST)


def test_a_bomb_shows_no_mark_and_is_no_attachment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.printing.inflating.PAPER", MOST)
    monkeypatch.setattr("app.printing.pictures.SCAN", MOST)
    bomb = pdf(zlib.compress(b"0" * (MOST + 1)))
    assert printed(bomb) is None
    with pytest.raises(UnreadablePictureError, match="展開すると大きくなりすぎる"):
        count_pages(bomb, "添付")
