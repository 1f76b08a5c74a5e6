"""Forms, crosses and registers of two types are answered, saved for mending and known like any table."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.exchange.mending import rest, runs
from app.exchange.mending.answering import answered
from app.exchange.mending.questions import Question, Questions
from app.exchange.mending.replies import Deed, Reply, offered, writable
from app.exchange.sheets.book import Book, Sheet
from app.exchange.sheets.excel.workbook import sheets
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import plan
from app.exchange.tables.telling import told
from app.exchange.tables.words import words_of
from app.records import SPECS, Contract, Facts, Location, Person
from tests.support.registers import TODAY, sheet, statuses
from tests.support.sample import _records

FACTS = Facts(tuple(_records()))
CONTRACT = FACTS.all(Contract)[0].number
ONE, TWO = (one.employee_number for one in FACTS.all(Person)[:2])
NAMES = tuple(one.name for one in FACTS.all(Person)[:3])
WHERE = FACTS.all(Location)[0].name
TAUGHT = {"topics.topic": "遵守事項", "contracts.contract": CONTRACT}
USED = ("管理番号", "種別", "所有", "使用者", "設置場所", "使用開始日")
GONE = ("廃棄日", "廃棄方法", "情報資産番号", "情報項目", "媒体名", "数量", "単位")
ONCE = {"contract": CONTRACT, "status": "実績", "responsible": ONE, "lines.result": "完了"}


def planned(kind: str, *held: Sheet, said: Said | None = None) -> TablePlan:
    return plan(FACTS, SPECS[kind], Book(held), said, today=TODAY)


def saved(kind: str, *held: Sheet, said: Said | None = None, **cells: Any) -> list[Sheet]:
    """What is left of the table as the workbook that is saved, with some cells mended."""
    data, _ = rest.made(FACTS, SPECS[kind], Book(held), said or Said(), today=TODAY)
    book = load_workbook(BytesIO(data))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    out = BytesIO()
    book.save(out)
    return list(sheets(out.getvalue()))


def shown(held: list[Sheet]) -> list[list[str]]:
    """The rows of a workbook as people see them."""
    cells = {(cell.row, cell.column): cell.shown for cell in held[0].cells}
    last, wide = max(row for row, _ in cells), max(column for _, column in cells)
    return [[cells.get((row, at), "") for at in range(1, wide + 1)] for row in range(1, last + 1)]


def question(found: TablePlan, row: int, at: int = 0) -> tuple[Questions, Question]:
    (line,) = (one for one in found.lines if one.row == row)
    return Questions(FACTS, found), Question(line, line.problems[at])


def write(found: TablePlan, said: Said, row: int, text: str, *, every: bool = False) -> Said:
    questions, one = question(found, row)
    asked = questions.alike(one.problem) if every else [one]
    return answered(said, questions, asked, Reply(Deed.WRITE, text, text), words=every)


def card(number: str, kind: str, note: str | None = None) -> Sheet:
    return sheet(
        ("PC管理カード",),
        ("備考", note),
        ("管理番号", number),
        ("種別", kind),
        ("所有", "自社"),
        name=number,
    )


def test_a_form_is_answered_by_its_value_and_tells_its_own_place() -> None:
    forms = (card("PC-901", "箱型"), card("PC-902", "箱型"), card("PC-903", "PC"))
    found = planned("device", *forms)
    assert statuses(found) == {1: "ask", 2: "ask", 3: "new"}
    assert found.lines[1].problems[0].where == "シート「PC-902」のB4"
    key = told(found)["rows"][1]["problems"][0]["key"]
    assert key == {"row": 2, "column": "C"}
    said = write(found, Said(), 2, "サーバ")
    assert statuses(planned("device", *forms, said=said)) == {1: "ask", 2: "new", 3: "new"}
    said = write(found, Said(), 2, "サーバ", every=True)
    assert statuses(planned("device", *forms, said=said)) == {1: "new", 2: "new", 3: "new"}


def test_forms_left_over_come_in_again_from_the_workbook() -> None:
    forms = (card("PC-901", "箱型", "予備"), card("PC-902", "箱型"), card("PC-903", "PC", "本社"))
    held = saved("device", *forms, C2="PC", C3="サーバ")
    assert [row[:5] for row in shown(held)[1:]] == [
        ["予備", "PC-901", "PC", "自社", "シート「PC-901」のA2"],
        ["", "PC-902", "サーバ", "自社", "シート「PC-902」のA2"],
    ]
    found = planned("device", *held)
    assert statuses(found) == {2: "new", 3: "new"}
    # A blank of a saved row is a blank, whatever stands above it now.
    assert [line.entry.get("note") for line in found.lines] == ["予備", None]


def test_a_training_of_a_cross_is_saved_with_all_who_attended() -> None:
    cross = sheet(
        ("氏名", "個人情報保護研修", "全体研修"),
        (None, "R8.4.10", "R8.6.1"),
        (NAMES[0], "○", "○"),
        (NAMES[1], "△", "○"),
        (NAMES[2], "○", "×"),
    )
    said = Said(constants=TAUGHT)
    found = planned("training", cross, said=said)
    assert sorted(statuses(found).values()) == ["ask", "new"]
    rows = shown(saved("training", cross, said=said))
    mark = rows[0].index(words_of(SPECS["training"]).targets["attendance.outcome"].label)
    assert [row[0] for row in rows[1:]] == list(NAMES)
    assert [row[mark] for row in rows[1:]] == ["○", "△", "○"]
    assert [row[-4] for row in rows[1:]] == [f"シート「台帳」のB{row}" for row in (3, 4, 5)]
    assert [row[-2] for row in rows[1:]] == [
        "同じ記録のほかの行に、確かめることがあります。",
        "シート「台帳」のB4：「△」は選択肢にありません。",
        "同じ記録のほかの行に、確かめることがあります。",
    ]
    held = saved("training", cross, said=said, **{f"{'ABCDEFGH'[mark]}3": "欠席"})
    (line,) = planned("training", *held, said=said).lines
    assert line.status == "new"
    assert [(one["person"], one["outcome"]) for one in line.entry["attendance"]] == [
        (NAMES[0], "出席"),
        (NAMES[1], "欠席"),
        (NAMES[2], "出席"),
    ]


def test_what_stood_above_is_written_out_whatever_its_column_tells() -> None:
    head = (*USED, "メーカー・型番", "記憶装置名", "暗号化")
    register = sheet(
        head,
        ("PC-901", "PC", "自社", ONE, WHERE, "R8.4.1", "NEC／A", "C", "全体"),
        ("PC-902", "箱型", "自社", "同上", "〃", "同上", "同上", "同上", "同上"),
    )
    said = Said(constants={"device_use.contract": CONTRACT})
    (_, row) = shown(saved("device", register, said=said))
    assert row[:9] == ["PC-902", "箱型", "自社", ONE, WHERE, "R8.4.1", "NEC／A", "C", "全体"]


def test_a_machine_and_its_use_are_saved_and_come_in_together() -> None:
    said = Said(constants={"device_use.contract": CONTRACT})
    register = sheet(
        USED,
        ("PC-901", "PC", "自社", ONE, WHERE, "R8.4.1"),
        ("PC-902", "箱型", "自社", TWO, WHERE, "R8.4.1"),
    )
    found = planned("device", *saved("device", register, said=said, B2="サーバ"), said=said)
    assert statuses(found) == {2: "new"}
    (use,) = found.besides
    assert [(one["device"], one["person"]) for one in use.entries.values()] == [("PC-902", TWO)]


def test_what_no_column_says_of_a_use_is_answered_for_one_row_or_all() -> None:
    register = sheet(
        USED,
        ("PC-901", "PC", "自社", ONE, WHERE, "R8.4.1"),
        ("PC-902", "PC", "自社", TWO, WHERE, "R8.4.1"),
    )
    found = planned("device", register)
    assert statuses(found) == {2: "ask", 3: "ask"}
    _, one = question(found, 2)
    assert (one.problem.asks, one.problem.path) == (Asks.FIELD, "device_use.contract")
    said = write(found, Said(), 2, CONTRACT)
    assert statuses(planned("device", register, said=said)) == {2: "new", 3: "ask"}
    said = write(found, Said(), 2, CONTRACT, every=True)
    both = planned("device", register, said=said)
    assert statuses(both) == {2: "new", 3: "new"}
    assert [use["contract"] for use in both.besides[0].entries.values()] == [CONTRACT] * 2


def test_the_number_of_what_was_disposed_of_goes_into_its_own_column() -> None:
    register = sheet(GONE, ("R8.4.1", "溶解", None, "名簿", "紙", 4, "枚"))
    said = Said(constants=ONCE)
    found = planned("disposal", register, said=said)
    said = write(found, said, 2, "A-9")
    assert said.answers.cells == {(2, 3): "A-9"}
    (line,) = planned("disposal", register, said=said).lines
    assert line.entry["lines"][0]["item"] == "名簿"
    assert line.entry["lines"][0]["asset"] == "A-9"


def test_without_such_a_column_nothing_is_written_over_the_line() -> None:
    register = sheet((*GONE[:2], *GONE[3:]), ("R8.4.1", "溶解", "名簿", "紙", 4, "枚"))
    questions, one = question(planned("disposal", register, said=Said(constants=ONCE)), 2)
    assert one.problem.asks == Asks.THING
    assert "「名簿」の番号" in one.problem.reason
    assert not writable(one)
    assert [reply.deed for reply in offered(questions, one)] == [Deed.LEAVE]


@pytest.mark.parametrize("making", [frozenset({"asset"}), frozenset[str]()])
def test_whether_assets_are_made_is_known_the_next_time(making: frozenset[str]) -> None:
    received = {"asset.classification": "個人情報", "event.kind": "受領", "event.happened_at": "2026-04-01"}
    register = sheet(GONE, ("R8.4.1", "溶解", "OLD-1", "名簿", "紙", 4, "枚"))
    said = Said(constants={**ONCE, **received}, making=making)
    run = runs.run_of(planned("disposal", register, said=said), said, "廃棄.xlsx", "")
    facts = Facts((*_records(), replace(run, id=1, revision=1)))
    found = runs.remembered(facts, planned("disposal", register))
    assert found is not None
    assert found.said.making == making
    assert ("asset.classification" in found.said.constants) == bool(making)
    assert runs.with_remembered(Said(), found).making == making


def test_columns_of_another_type_are_known_the_next_time() -> None:
    head = (*USED[:3], "席の主", *USED[4:])
    register = sheet(head, ("PC-901", "PC", "自社", ONE, WHERE, "R8.4.1"))
    said = Said(columns={4: "device_use.person"}, constants={"device_use.contract": CONTRACT})
    run = runs.run_of(planned("device", register, said=said), said, "PC.xlsx", "")
    assert (run.new, run.note) == (1, "契約のPC・媒体：新規1件")
    found = runs.remembered(Facts((replace(run, id=1, revision=1),)), planned("device", register))
    assert found is not None
    assert found.said.columns == {4: "device_use.person"}
    assert found.said.constants == {"device_use.contract": CONTRACT}
    assert f"は「{CONTRACT}」" in found.sentence
