"""What is known from earlier imports: the same file, the same columns, and what differs of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.exchange.mending import runs
from app.exchange.sheets.book import Book
from app.exchange.tables.answers.answers import Answers
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import plan
from app.records import SPECS, Facts, ImportRun
from tests.support.registers import TODAY, Row, sheet

HEAD: Row = ("管理番号", "種別", "所有", "製造番号", "旧番号")
LINE: Row = ("PC-1", "箱型", "自社", "A1", "旧-1")
WHEN = datetime.fromisoformat("2026-11-20T09:00")
SAID = Said(
    columns={5: "note+"},
    constants={"maker": "NEC", "holds_from": "2026-04-01"},
    erases=frozenset((4,)),
    answers=Answers(
        words={(2, "箱型"): "サーバ"},
        groups={(3, "自社", "maker"): "NEC"},
        cells={(2, 4): "A9"},
    ),
)


def planned(head: Row = HEAD, line: Row = LINE, said: Said | None = None) -> TablePlan:
    return plan(Facts(()), SPECS["device"], Book((sheet(head, line),)), said, today=TODAY)


def run(number: int = 1, said: Said = SAID, **more: Any) -> ImportRun:
    made = runs.run_of(planned(said=said), said, "PC台帳.xlsx", runs.digest_of(b"x"))
    return replace(
        made, id=number, revision=1, recorded_at=datetime.fromisoformat("2026-11-20T09:00"), **more
    )


def test_a_run_says_what_was_brought_in_and_how() -> None:
    made = run()
    assert (made.record_kind, made.new, made.changed, made.left_out) == ("device", 1, 0, 0)
    assert [(one.title, one.field, one.erases) for one in made.columns][3:] == [
        ("製造番号", "serial", True),
        ("旧番号", "note+", None),
    ]
    # What was said of one row alone, or of this file's day, means nothing in another.
    assert [(one.title, one.shown, one.field, one.value) for one in made.answers] == [
        ("", "", "maker", '"NEC"'),
        ("種別", "箱型", "", "サーバ"),
        ("所有", "自社", "maker", "NEC"),
    ]
    assert not SPECS["import_run"].check(made)


def test_columns_are_known_by_their_titles_wherever_they_stand() -> None:
    head = ("旧番号", "№", "管理番号", "種　別", "所有", "製造番号")
    found = runs.remembered(Facts((run(),)), planned(head, ("旧-2", 1, "PC-2", "箱型", "自社", "A2")))
    assert found is not None
    assert found.said.columns == {1: "note+"}
    assert found.said.erases == {6}
    assert found.said.constants == {"maker": "NEC"}
    assert found.said.answers == Answers(words={(4, "箱型"): "サーバ"}, groups={(5, "自社", "maker"): "NEC"})
    assert (found.added, found.gone) == (("№",), ())
    assert "前回なかった列：「№」" in found.sentence
    assert "種別の「箱型」は「サーバ」" in found.sentence


def test_what_is_missing_is_said() -> None:
    found = runs.remembered(Facts((run(),)), planned(HEAD[:4], LINE[:4]))
    assert found is not None
    assert found.gone == ("旧番号",)
    assert "前回あって今回ない列：「旧番号」" in found.sentence


@pytest.mark.parametrize(("count", "known"), [(2, False), (3, True)])
def test_a_table_with_few_of_the_columns_is_another_one(count: int, known: bool) -> None:
    found = runs.remembered(Facts((run(),)), planned(HEAD[:count], LINE[:count]))
    assert (found is not None) is known


def test_the_last_of_the_same_columns_counts() -> None:
    other = run(2, replace(SAID, columns={5: None}))
    found = runs.remembered(Facts((run(1), other)), planned())
    assert found is not None
    assert found.run.id == 2
    assert found.said.columns == {5: None}


def test_other_kinds_of_records_are_another_matter() -> None:
    assert runs.remembered(Facts((run(record_kind="person"),)), planned()) is None


def test_a_field_of_an_earlier_program_is_decided_anew() -> None:
    made = run()
    old = replace(made, columns=tuple(replace(one, field="gone") for one in made.columns))
    found = runs.remembered(Facts((old,)), planned())
    assert found is not None
    assert found.said.columns == {}


def test_what_is_said_now_stands_before_what_was_said_then() -> None:
    found = runs.remembered(Facts((run(),)), planned())
    assert found is not None
    said = Said(columns={5: None}, answers=Answers(words={(2, "箱型"): "PC"}))
    merged = runs.with_remembered(said, found)
    assert merged.columns == {5: None}
    assert merged.answers.words == {(2, "箱型"): "PC"}


def test_the_same_file_is_known_by_its_content() -> None:
    facts, spec = Facts((run(1), run(2, new=7))), SPECS["device"]
    held = runs.before(facts, spec, runs.digest_of(b"x"))
    assert held is not None
    assert held.id == 2
    assert "令和8年11月20日に取り込んだ「PC台帳.xlsx」（新規7件）と同じ内容" in runs.told_of(held)
    assert runs.before(facts, spec, runs.digest_of(b"y")) is None
    assert runs.before(facts, SPECS["person"], runs.digest_of(b"x")) is None
    assert runs.before(facts, spec, "") is None


def test_titles_and_texts_that_no_record_could_hold_are_cut_or_left_out() -> None:
    head = (*HEAD[:4], "長" * 300)
    said = Said(columns={5: "note+"}, answers=Answers(words={(2, "箱\n型"): "PC", (2, " 箱"): "PC"}))
    made = runs.run_of(planned(head, LINE, said), said, "名" * 300, "")
    assert not SPECS["import_run"].check(made)
    assert made.answers == ()
    found = runs.remembered(Facts((replace(made, id=1, revision=1),)), planned(head))
    assert found is not None
    assert (found.added, found.gone) == ((), ())
