"""Search finds what people would call the same word, however short."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger.content import search
from app.ledger.door import Ledger
from app.records import Client, Device, Person
from app.records.spelling.fold import squeezed, words_of


def person(name: str, **given: Any) -> Person:
    return Person(name=name, employment="社員", **given)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("髙橋 一郎", "高橋"),
        ("髙橋 一郎", "橋"),
        ("高橋 一郎", "髙"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("葛󠄀城", "葛城"),
        ("\ufa19谷", "神谷"),
        ("渡邉", "渡辺"),
        ("ﾀｶﾊｼ", "たかはし"),
        ("たかはし", "タカハシ"),
        ("ＡＢＣ商会", "abc"),
        ("富士フイルム", "富士フィルム"),
        ("㈱見本", "(株)"),
        ("1－2－3", "1-2-3"),
        ("か\u3099っこう", "がつこう"),
        ('a"b', 'a"b'),
        ("100%_達成", "%_"),
        ("O'Brien", "o'b"),
        ("最後の字", "字"),
        ("佐久間 晴香", "佐久間晴香"),
        ("佐久間晴香", "佐久間　晴香"),
        ("サクマ ハルカ", "ｻｸﾏﾊﾙｶ"),
        ("サクマ ハルカ", "さくまはるか"),
        ("PC-001", "PC001"),
        ("PC001", "ＰＣー００１"),
    ],
)
def test_the_same_word_is_found(ledger: Ledger, stored: str, typed: str) -> None:
    ledger.add(person(stored))
    ledger.add(person("まったく別"))
    assert [hit.title for hit in ledger.search(typed)] == [stored]


def test_words_do_not_run_across_fields(ledger: Ledger) -> None:
    ledger.add(person("山田", department="太郎課"))
    assert ledger.search("田太") == []
    assert len(ledger.search("田 太")) == 1
    assert ledger.search("田 次") == []


def test_a_hit_says_where_it_matched(ledger: Ledger) -> None:
    ledger.add(person("山田", department="情報管理課"))
    hit = ledger.search("管理")[0]
    assert (hit.record, hit.key, hit.title, hit.text) == ("person", "E-001", "山田", "所属：情報管理課")


def test_the_newest_comes_first_and_the_limit_holds(ledger: Ledger) -> None:
    for number in range(5):
        ledger.add(person(f"山田{number}"))
    assert [hit.id for hit in ledger.search("山田", limit=2)] == [5, 4]
    assert [hit.id for hit in ledger.search("山", limit=2)] == [5, 4]


def test_search_may_keep_to_one_type(ledger: Ledger) -> None:
    ledger.add(person("見本"))
    ledger.add(Client(name="見本市", addressee="見本市長"))
    assert {hit.record for hit in ledger.search("見本")} == {"person", "client"}
    assert [hit.record for hit in ledger.search("見本", record="client")] == ["client"]


def test_nothing_is_found_for_nothing(ledger: Ledger) -> None:
    ledger.add(person("山田"))
    assert [ledger.search(text) for text in ("", "  ", "　", "\n", "ない", "無")] == [[]] * 6


def test_changed_retired_and_restored_records_are_found_as_they_are(ledger: Ledger) -> None:
    held = ledger.change(replace(ledger.add(person("山田")), name="佐藤"))
    assert (ledger.search("山田"), len(ledger.search("佐藤"))) == ([], 1)
    ledger.retire(held, "誤り")
    assert ledger.search("佐藤") == []
    ledger.undo()
    assert len(ledger.search("佐藤")) == 1
    assert ledger.verify().ok


def test_short_words_with_very_many_continuations_are_found(ledger: Ledger, monkeypatch: Any) -> None:
    monkeypatch.setattr(search, "_MOST_TERMS", 3)
    with ledger.write() as change:
        for number in range(20):
            change.add(Device(kind="PC", owner="自社", maker=f"山{number}"))
    assert len(ledger.search("山")) == 20
    assert len(ledger.search("山 山1")) == len({1, *range(10, 20)})


LETTERS = "あアかｶが髙高﨑山田一12ＡaB-－% \"'_\u3000𠮷葛\U000e0100"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    names=st.lists(st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(bool), max_size=6),
    queries=st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8),
    changes=st.lists(st.tuples(st.integers(0, 5), st.text(LETTERS, min_size=1, max_size=8)), max_size=3),
)
def test_search_agrees_with_looking_at_every_name(
    ledger: Ledger, names: list[str], queries: list[str], changes: list[tuple[int, str]]
) -> None:
    with ledger.write() as change:
        made = [
            change.add(Client(name=f"{number}号", addressee=name)) for number, name in free(ledger, names)
        ]
        for place, text in changes:
            if place < len(made) and text.strip():
                made[place] = change.change(replace(made[place], addressee=text.strip()))
    everyone = ledger.facts().all(Client)
    for query in queries:
        words = words_of(query)
        wanted = {
            client.id
            for client in everyone
            if words
            and all(word in squeezed(client.name) or word in squeezed(client.addressee) for word in words)
        }
        other = "敬称様"  # the same in every record, and searched nowhere
        assert {hit.id for hit in ledger.search(query, 10_000)} == wanted, (query, other)


def free(ledger: Ledger, names: list[str]) -> list[tuple[int, str]]:
    start = len(ledger.listing("client"))
    return list(enumerate(names, start + 1))
