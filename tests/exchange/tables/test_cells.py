"""One cell in the many ways in which offices write it: read where it is certain, asked about where not."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.sheets.book import Cell, CellError, Value
from app.exchange.tables.values import cells
from app.exchange.tables.values.found import Ask, Blank, Found, Sure, Wrong
from app.exchange.tables.words import words_of
from app.records import SPECS
from app.records.days import short_wareki, wareki
from app.records.spelling.fold import squeezed


def read(kind: str, path: str, shown: str, value: Value | None = None) -> Found:
    words = words_of(SPECS[kind])
    held = shown if value is None else value
    return cells.read(Cell(5, 3, shown, held), words.targets[path], words)


DAY = "2026-04-01"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "令和8年4月1日",
            "R8.4.1",
            "Ｒ８．４．１",
            "令和八年四月一日",
            "令和 8年 4月 1日",
            "R08.04.01",
            "令和8年4月1日（水）",
        ),
        *(
            "2026-04-01",
            "2026/4/1",
            "2026.4.1",
            "20260401",
            "2026年4月1日",
            "2026/04/01 0:00",
            "2026/4/1 9:30",
        ),
    ],
)
def test_a_whole_day_is_read_in_any_writing(text: str) -> None:
    assert read("device", "introduced_on", text) == Sure(DAY)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("令和8年4月1日", date(2026, 4, 1)),
        ("R8.4.1", date(2026, 4, 1)),
        ("4月1日", date(2026, 4, 1)),
        ("1-Apr-26", date(2026, 4, 1)),
        ("4/1/26", date(2026, 4, 1)),
        ("2026/4/1 9:30", datetime(2026, 4, 1, 9, 30)),  # noqa: DTZ001  # a sheet knows no zones
        ("46113", 46113),
        ("20260401", 20260401),
        ("46113", "46113"),
    ],
)
def test_a_day_of_the_sheet_is_read_where_people_see_it(shown: str, value: Value) -> None:
    assert read("device", "introduced_on", shown, value) == Sure(DAY)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("令和8年", date(2026, 4, 1)),
        ("2026年4月", date(2026, 4, 1)),
        ("水曜日", date(2026, 4, 1)),
        ("50401", 50401),
        ("80401", 80401),
        ("8.4.1", None),
        ("26/4/1", None),
        ("'26.4.1", None),
        ("4/1", None),
        ("4月1日", None),
        ("R8.4", None),
        ("令和8年4月", None),
        ("2026/4", None),
        ("R7.4.1～R8.3.31", None),
        ("未定", None),
        ("納品時", None),
    ],
)
def test_a_day_that_is_not_all_there_is_asked(shown: str, value: Value | None) -> None:
    assert isinstance(read("device", "introduced_on", shown, value), Ask)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("4/31", None),
        ("2026/2/29", None),
        ("平成40年4月1日", None),
        ("令和8年4月1日（木）", None),
        ("12", 12),
        ("9:30", time(9, 30)),
        ("TRUE", True),
        ("#N/A", CellError("#N/A")),
        ("1900/2/29", CellError("1900/2/29")),
    ],
)
def test_what_is_no_day_is_wrong(shown: str, value: Value | None) -> None:
    assert isinstance(read("device", "introduced_on", shown, value), Wrong)


@given(st.dates(date(1989, 1, 8), date(2060, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    for text in (wareki(day), short_wareki(day), day.isoformat(), f"{day.year}/{day.month}/{day.day}"):
        assert read("person", "joined_on", text) == Sure(day.isoformat())


def test_an_hour_is_kept_where_the_field_has_one() -> None:
    moment = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001
    assert read("event", "happened_at", "2026/4/1 9:30", moment) == Sure("2026-04-01 09:30")
    assert read("event", "happened_at", "R8.4.1 9時30分") == Sure("2026-04-01 09:30")
    assert read("event", "happened_at", "2026/4/1", date(2026, 4, 1)) == Sure(DAY)


@pytest.mark.parametrize("text", ["－", "-", "ー", "―", "　", "／", "該当なし"])
@pytest.mark.parametrize("path", ["introduced_on", "maker", "kind", "network"])
def test_a_dash_says_nothing(text: str, path: str) -> None:
    assert read("device", path, text) == Blank()


@pytest.mark.parametrize(
    ("shown", "value", "found"),
    [
        ("12", 12, Sure(12)),
        ("1,200", None, Sure(1200)),
        ("１，２００", None, Sure(1200)),
        ("1,234件", 1234, Sure(1234, "件")),
        ("3枚", None, Sure(3, "枚")),
        ("12.5", Decimal("12.5"), Sure("12.5")),
        ("12.5kg", None, Sure("12.5", "kg")),
    ],
)
def test_a_quantity_is_read_with_its_unit(shown: str, value: Value | None, found: Found) -> None:
    assert read("event", "quantity", shown, value) == found


@pytest.mark.parametrize("text", ["約100", "およそ30件"])
def test_about_so_many_is_asked(text: str) -> None:
    assert isinstance(read("event", "quantity", text), Ask)


@pytest.mark.parametrize(
    ("shown", "value"), [("多数", None), ("3～5", None), ("1/2", None), ("2026/4/1", date(2026, 4, 1))]
)
def test_what_is_no_number_is_wrong(shown: str, value: Value | None) -> None:
    assert isinstance(read("event", "quantity", shown, value), Wrong)


def test_part_of_a_person_is_wrong() -> None:
    assert isinstance(read("contract", "persons", "1.5", Decimal("1.5")), Wrong)


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("kind", "ノートパソコン", "PC"),
        ("kind", "ＰＣ", "PC"),
        ("kind", "ﾉｰﾄPC", "PC"),
        ("kind", "USB", "USBメモリ"),
        ("kind", "ｉＰａｄ", "携帯端末"),
        ("kind", "その他：プリンタ", "その他：プリンタ"),
        ("kind", "□PC　☑サーバ　□USB", "サーバ"),
        ("owner", "購入", "自社"),
        ("owner", "リース品", "リース"),
        ("storages.encryption", "無", "なし"),
    ],
)
def test_a_choice_is_read_in_the_words_of_offices(path: str, text: str, found: str) -> None:
    assert read("device", path, text) == Sure(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("kind", "プリンタ"),
        ("kind", "その他"),
        ("kind", "□PC　□サーバ"),
        ("kind", "☑PC　☑サーバ"),
        ("owner", "○"),
        ("storages.encryption", "○"),
        ("kind", "不明"),
    ],
)
def test_another_word_is_asked_never_guessed(path: str, text: str) -> None:
    assert isinstance(read("device", path, text), Ask)


@pytest.mark.parametrize(
    ("kind", "path", "text", "found"),
    [
        ("backup_run", "encrypted", "○", True),
        ("backup_run", "encrypted", "有", True),
        ("backup_run", "encrypted", "×", False),
        ("device_check", "patches", "済", True),
        ("device_check", "patches", "適用済み", True),
        ("device_check", "forbidden", "なし", False),
        ("device_check", "forbidden", "有", True),
        ("person", "agency_secrecy", "あり", True),
        ("instruction", "written", "書面", True),
    ],
)
def test_yes_and_no_are_read(kind: str, path: str, text: str, found: bool) -> None:
    assert read(kind, path, text) == Sure(found)


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("device_check", "forbidden", "○"),
        ("device_check", "forbidden", "×"),
        ("access_review", "anomalies", "○"),
        ("instruction", "written", "○"),
        ("backup_run", "encrypted", "△"),
    ],
)
def test_a_mark_that_may_mean_either_is_asked(kind: str, path: str, text: str) -> None:
    assert isinstance(read(kind, path, text), Ask)


@pytest.mark.parametrize(
    ("kind", "path", "shown", "value", "found"),
    [
        ("device", "control_number", "0012", 12, Sure("0012")),
        ("device", "serial", "二行\n目", None, Sure("二行 目")),
        ("person", "name", " 髙橋　美咲 ", None, Sure("髙橋　美咲")),
        ("person", "telephone", "03-1234-5678", None, Sure("03-1234-5678")),
        ("device", "note", "一行\n二行", None, Sure("一行\n二行")),
    ],
)
def test_a_text_is_what_people_see(kind: str, path: str, shown: str, value: Value | None, found: Any) -> None:
    assert read(kind, path, shown, value) == found


@pytest.mark.parametrize(
    ("kind", "path", "shown", "value"),
    [
        ("device", "serial", "1月2日", date(2026, 1, 2)),
        ("device", "serial", "1.2E+11", None),
        ("device", "serial", "1234567890123450", 1234567890123450),
        ("person", "telephone", "312345678", 312345678),
        ("location", "postal_code", "600001", 600001),
    ],
)
def test_what_excel_may_have_spoiled_is_asked(kind: str, path: str, shown: str, value: Value | None) -> None:
    assert isinstance(read(kind, path, shown, value), Ask)


@given(st.text(max_size=30), st.sampled_from(sorted(SPECS)))
def test_no_text_is_too_odd_for_any_field(text: str, kind: str) -> None:
    words = words_of(SPECS[kind])
    for target in words.targets.values():
        assert isinstance(cells.read(Cell(1, 1, text, text), target, words), Sure | Ask | Wrong | Blank)


@pytest.mark.parametrize("text", ["○", "×", "有", "あり", "済"])
def test_a_mark_is_no_name_of_a_thing(text: str) -> None:
    assert isinstance(read("device", "anti_malware", text), Ask)
    assert read("device", "note", text) == Sure(text)


def test_every_word_of_offices_names_a_field_and_means_one_thing() -> None:
    for spec in SPECS.values():
        words = words_of(spec)
        for title, paths in words.titles.items():
            nearest = min(near for near, _ in paths)
            chosen = [path for near, path in paths if near == nearest]
            # Two fields of nested rows may have one label; such a column is written with both.
            assert len(chosen) == 1 or all("." in path for path in chosen), (spec.name, title)


def test_every_word_of_the_resource_belongs_to_a_field_and_a_choice() -> None:
    held = tomllib.loads(resources.files("resources").joinpath("sheets", "words.toml").read_text("utf-8"))
    for name in held.keys() - {"every", "makers"}:
        words = words_of(SPECS[name])
        assert held[name].keys() - {"values"} <= words.targets.keys(), name
        for path, choices in held[name].get("values", {}).items():
            kind: Any = words.targets[path].field.kind
            assert choices.keys() <= set(kind.choices), (name, path)
            said = [squeezed(word) for several in choices.values() for word in several]
            assert len(said) == len(set(said)), (name, path)
