"""A second opinion on the kinds of a paragraph says how sure they are, and is never taken for a find."""

from __future__ import annotations

import tomllib
import zlib
from pathlib import Path

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.prepared import Paragraph, prepare
from app.annexes.reading.understanding.proposing import hits, offers, proposals
from app.annexes.reading.understanding.second import (
    BUCKETS,
    fingerprint,
    opinions,
    packed,
    read_text,
    weights,
)
from app.annexes.reading.understanding.silence import silence

LABELLED = Path(__file__).parent / "labelled"
TUNING = [
    one
    for name in ("tuning", "earlier", "counted")
    for one in tomllib.loads((LABELLED / f"{name}.toml").read_text(encoding="utf-8"))["paragraph"]
]


def test_the_second_opinion_makes_surer_and_is_never_taken_for_found() -> None:
    text = "乙は、甲の承諾なしに、資料を複写してはならない。"
    prepared = prepare(Paragraph(text, client="甲", vendor="乙"))
    found = hits(prepared)
    alone, agreed = (proposals(prepared, found, {"copy-approval": one})[0] for one in (0.0, 0.5))
    assert alone.confidence < agreed.confidence
    (offered,) = offers(prepared, {}, {"copy-approval": 0.5, "secrecy": 0.1})
    assert offered.kind == "copy-approval"
    assert offered.confidence <= 0.25
    assert offered.evidence
    assert offers(prepared, found, {"copy-approval": 0.5}) == ()


def test_a_definition_and_the_clients_own_duty_are_never_offered() -> None:
    for text in (
        "この特記事項において「複写」とは、資料を複写し、又は撮影することをいう。",
        "甲は、乙に渡す名簿を施錠できる保管庫に保管しなければならない。",
    ):
        prepared = prepare(Paragraph(text, client="甲", vendor="乙"))
        assert offers(prepared, {}, dict.fromkeys(KINDS, 0.9)) == ()


def test_what_the_second_opinion_takes_for_a_duty_is_not_said_to_be_none() -> None:
    prepared = prepare(Paragraph("甲は、乙に渡す名簿を保管する。", client="甲", vendor="乙"))
    assert silence(prepared, {"secrecy": 0.11}) != ""
    assert silence(prepared, {"secrecy": 0.12}) == ""


def test_the_second_opinion_knows_the_kinds_of_this_program_and_says_the_same_each_time() -> None:
    prepared = prepare(
        Paragraph("乙は、従事者の名簿を甲に提出しなければならない。", client="甲", vendor="乙")
    )
    assert set(weights().kinds) == set(KINDS)
    first = opinions(prepared)
    assert first == opinions(prepared)
    assert max(first, key=first.__getitem__) == "worker-list"
    assert opinions(prepare(Paragraph(""))) is not None


def test_weights_come_back_as_they_were_packed() -> None:
    table = [[0, 0] for _ in range(BUCKETS)]
    table[7] = [-128, 127]
    raw = zlib.decompress(packed("abc", ("oath", "law"), table, 0.5, [0.25, -1.0]))
    source, names, scale, bias, numbers = raw.split(b"\n", 4)
    assert (source, names, float(scale)) == (b"abc", b"oath law", 0.5)
    assert bias.split() == [b"0.2500", b"-1.0000"]
    assert list(numbers[14:16]) == [0, 255]
    assert len(numbers) == 2 * BUCKETS


def test_the_second_opinion_was_learned_from_the_paragraphs_of_today() -> None:
    """After other labelled paragraphs: ``python dev.py train-reader``."""
    found = fingerprint(
        (read_text(prepare(Paragraph(one["text"], **one["context"]))), one["kinds"]) for one in TUNING
    )
    assert weights().source == found
