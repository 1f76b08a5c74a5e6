"""Search finds what people would call the same word, however short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger.content import search
from app.ledger.door import Ledger
from app.records import Client, Contract, Device, PaperSetting, Person
from app.records.contract import ContractAnnex
from app.records.spelling.collation import order
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


TITLES = {"oath": "誓約書", "leaving-oath": "退職時誓約書", "location-notice": "作業場所届出書"}


@pytest.fixture
def titled(make: Callable[..., tuple[Ledger, str]]) -> Iterator[tuple[Ledger, dict[str, PaperSetting]]]:
    """A ledger that knows what forms are called, with a setting of each."""
    ledger, _code = make(titles=lambda form: TITLES.get(form, form))
    client = ledger.add(Client(name="見本市", addressee="見本市長"))
    contract = ledger.add(
        Contract(
            client=client.id,
            number="R8-1",
            title="入力業務",
            signed_on=date(2026, 3, 20),
            starts_on=date(2026, 4, 1),
            ends_on=date(2027, 3, 31),
            annexes=(ContractAnnex(annex="kimitsu-hoji"),),
        )
    )
    day = contract.starts_on
    yield (
        ledger,
        {form: ledger.add(PaperSetting(contract=contract.id, form=form, starts_on=day)) for form in TITLES},
    )
    ledger.close()


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("誓約書", {"oath", "leaving-oath"}),
        ("退職時 誓約", {"leaving-oath"}),
        ("届", {"location-notice"}),
        ("ｻｷﾞｮｳ", set()),
        ("作業 誓約", set()),
        ("証明", set()),
    ],
)
def test_a_setting_is_found_by_what_its_form_is_called(
    titled: tuple[Ledger, dict[str, PaperSetting]],
    typed: str,
    forms: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger, held = titled
    wanted = {held[form].id for form in forms}
    for most in (search._MOST_TERMS, 0):
        monkeypatch.setattr(search, "_MOST_TERMS", most)
        assert {hit.id for hit in ledger.search(typed)} == wanted
        assert set(ledger.listing("paper_setting", text=typed)) == wanted
    assert {hit.text for hit in ledger.search(typed)} == {f"様式：{TITLES[form]}" for form in forms}
    assert ledger.verify().ok
    for setting in held.values():
        ledger.retire(setting, "不要")
    assert set(ledger.listing("paper_setting", text=typed, retired=True)) == wanted


def test_settings_stand_in_the_order_of_what_their_forms_are_called(
    titled: tuple[Ledger, dict[str, PaperSetting]],
) -> None:
    ledger, held = titled
    ordered = [held[form].id for form in sorted(TITLES, key=lambda form: order(TITLES[form], ""))]
    assert list(ledger.listing("paper_setting", "form")) == ordered


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
