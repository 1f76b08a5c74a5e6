"""Answers to a plan: each offered one settles its question in the file's own terms and changes no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.common import PeopleError
from app.exchange.mending.answering import answered, answered_by_group
from app.exchange.mending.questions import Question, Questions
from app.exchange.mending.replies import Deed, Reply, offered, writable
from app.exchange.sheets.book import Book, Sheet
from app.exchange.tables import mapping
from app.exchange.tables.answers.answers import Answers, Asks
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import plan
from app.records import SPECS, Device, Facts, Person, Record
from tests.support.registers import TODAY, Row, sheet

HEAD: Row = ("管理番号", "種別", "所有", "製造番号", "備考")


class Table:
    """A table and what is said of it, planned anew after each answer."""

    def __init__(
        self, kind: str, *rows: Row, records: tuple[Record, ...] = (), said: Said | None = None, **more: Any
    ) -> None:
        self.kind, self.facts, self.said = kind, Facts(records), said or Said()
        self.sheet: Sheet = sheet(*rows, **more)

    @property
    def plan(self) -> TablePlan:
        return plan(self.facts, SPECS[self.kind], Book((self.sheet,)), self.said, today=TODAY)

    def question(self, row: int, at: int = 0) -> tuple[Questions, Question]:
        planned = self.plan
        (line,) = (one for one in planned.lines if one.row == row)
        return Questions(self.facts, planned), Question(line, line.problems[at])

    def offers(self, row: int) -> tuple[Reply, ...]:
        return offered(*self.question(row))

    def answer(self, row: int, reply: Reply, *, every: bool = False) -> None:
        questions, question = self.question(row)
        asked = questions.alike(question.problem) if every else [question]
        self.said = answered(self.said, questions, asked, reply, words=every)

    def write(self, row: int, text: str, *, every: bool = False) -> None:
        self.answer(row, Reply(Deed.WRITE, text, text), every=every)

    def choose(self, row: int, words: str, *, every: bool = False) -> None:
        found = [one for one in self.offers(row) if words in one.label]
        assert len(found) == 1, [one.label for one in self.offers(row)]
        self.answer(row, found[0], every=every)

    def status(self) -> dict[int, str]:
        return {one.row: str(one.status) for one in self.plan.lines}

    def entry(self, row: int) -> dict[str, Any]:
        return next(dict(one.entry) for one in self.plan.lines if one.row == row)


def test_a_value_is_mended_in_its_cell_alone() -> None:
    held = Table("device", HEAD, ("PC-1", "箱型", "自社"), ("PC-2", "箱型", "自社"))
    assert held.status() == {2: "ask", 3: "ask"}
    held.write(2, "サーバ")
    assert held.status() == {2: "new", 3: "ask"}
    assert held.entry(2)["kind"] == "サーバ"


def test_the_sheet_that_is_mended_is_the_one_that_is_brought_in() -> None:
    held = Table("device", HEAD, ("PC-1", "箱型", "自社"))
    held.write(2, "サーバ")
    assert held.plan.told == ()


def test_one_answer_serves_every_row_in_which_the_same_stands() -> None:
    held = Table("device", HEAD, ("PC-1", "箱型", "自社"), ("PC-2", "箱型", "自社"), ("PC-3", "筒型", "自社"))
    held.choose(2, "サーバ", every=True)
    assert held.status() == {2: "new", 3: "new", 4: "ask"}
    assert held.said.answers.words == {(2, "箱型"): "サーバ"}


def test_an_answer_of_which_nothing_can_be_made_is_asked_about_and_answered_again() -> None:
    held = Table("device", HEAD, ("PC-1", "箱型", "自社"), ("PC-2", "箱型", "自社"))
    held.write(2, "円盤", every=True)
    assert held.status() == {2: "ask", 3: "ask"}
    held.write(2, "サーバ", every=True)
    assert held.status() == {2: "new", 3: "new"}


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("令和5年", "2023-04-01"),
        ("平成5年", "1993-04-01"),
        ("昭和5年", "1930-04-01"),
        ("平成17年", "2005-04-01"),
    ],
)
def test_a_day_without_its_era_is_offered_in_each(shown: str, read: str) -> None:
    head = (*HEAD[:4], "購入日")
    held = Table("device", head, ("PC-1", "PC", "自社", None, "5.4.1"))
    held.choose(2, shown)
    assert held.entry(2)["introduced_on"] == read


def test_no_day_is_offered_that_does_not_exist() -> None:
    head = (*HEAD[:4], "購入日")
    held = Table("device", head, ("PC-1", "PC", "自社", None, "64.1.8"))
    assert ["昭和" in one.text for one in held.offers(2)] == [False] * len(held.offers(2))


def test_a_text_that_was_doubted_can_be_meant_as_it_stands() -> None:
    held = Table("device", HEAD, ("PC-1（旧PC-9）", "PC", "自社"))
    held.choose(2, "この文字のまま")
    assert held.entry(2)["control_number"] == "PC-1（旧PC-9）"
    assert held.status() == {2: "new"}


def test_a_sign_in_the_place_of_a_lost_character_is_asked_about_and_answered() -> None:
    held = Table(
        "device", HEAD, ("PC-1", "PC", "自社", "", "〓橋の席"), ("PC-2", "PC", "自社", "", "〓橋の席")
    )
    assert held.status() == {2: "ask", 3: "ask"}
    _, question = held.question(3)
    assert (question.problem.where, question.problem.value) == ("E3", "〓橋の席")
    assert "元の文字に直して" in question.problem.advice
    held.write(2, "髙橋の席")
    assert held.status() == {2: "new", 3: "ask"}
    held.choose(3, "この文字のまま")
    assert held.status() == {2: "new", 3: "new"}
    assert (held.entry(2)["note"], held.entry(3)["note"]) == ("髙橋の席", "〓橋の席")


def test_a_blank_is_an_answer_where_the_field_may_be_blank() -> None:
    held = Table("device", (*HEAD[:4], "購入日"), ("PC-1", "PC", "自社", None, "不明"))
    held.choose(2, "空欄にする")
    assert "introduced_on" not in held.entry(2)
    assert held.status() == {2: "new"}
    assert not [one for one in Table("device", HEAD, ("PC-1", "?", "自社")).offers(2) if "空欄" in one.label]


@pytest.mark.parametrize("row", [4, 5])
def test_a_hidden_row_is_brought_in_where_somebody_says_so(row: int) -> None:
    rows = [("PC-1", "PC", "自社"), ("PC-2", "PC", "自社"), ("PC-3", "PC", "自社"), ("PC-4", "PC", "自社")]
    held = Table("device", HEAD, *rows, hidden_rows=(4, 5))
    assert {held.status()[4], held.status()[5]} == {"ask"}
    held.choose(row, "この行を取り込む")
    assert held.status()[row] == "new"
    assert held.status()[9 - row] == "ask"


def test_a_machine_under_gone_ones_is_in_use_only_where_somebody_says_so() -> None:
    rows = [HEAD, ("PC-1", "PC", "自社"), ("■廃棄済",), ("PC-2", "PC", "自社"), ("PC-3", "PC", "自社")]
    held = Table("device", *rows)
    assert held.status() == {2: "new", 3: "skipped", 4: "ask", 5: "ask"}
    held.choose(4, "続いている")
    held.write(5, "令和8年3月31日")
    assert held.status()[4] == held.status()[5] == "new"
    assert "retired_on" not in held.entry(4)
    assert held.entry(5)["retired_on"] == "2026-03-31"


def test_of_two_rows_of_one_record_one_is_chosen() -> None:
    held = Table("device", HEAD, ("PC-1", "PC", "自社"), ("PC-1", "PC", "リース"), ("PC-2", "PC", "自社"))
    held.choose(3, "ほかの行は取り込まない")
    assert held.status() == {2: "skipped", 3: "new", 4: "new"}


def test_a_row_without_a_number_is_one_that_is_there_or_a_new_one() -> None:
    there = Person(id=1, revision=1, name="佐藤 花子", employment="正社員", employee_number="E-003")
    head = ("氏名", "雇用区分")
    held = Table("person", head, ("佐藤　花子", "正社員"), ("鈴木 一郎", "正社員"), records=(there,))
    assert held.status() == {2: "ask", 3: "ask"}
    assert [one.deed for one in held.offers(2)[:2]] == [Deed.SAME, Deed.PASS]
    held.choose(2, "E-003")
    held.choose(3, "新しい記録")
    assert held.status() == {2: "changed", 3: "new"}
    assert held.entry(2)["employee_number"] == "E-003"


def test_a_record_that_a_row_is_said_to_be_must_be_there() -> None:
    said = Said(answers=Answers(same={2: "E-999"}))
    held = Table("person", ("氏名", "雇用区分"), ("佐藤花子", "正社員"), said=said)
    assert held.status() == {2: "error"}
    assert "「E-999」は登録されていません" in held.plan.lines[0].problems[0].reason


def test_likeness_asks_and_never_merges() -> None:
    there = Person(id=1, revision=1, name="佐藤 花子", employment="正社員", employee_number="E-003")
    head = ("氏名", "雇用区分")
    said = Said(constants={"employee_number": ""})
    held = Table("person", head, ("佐藤花子", "正社員"), ("鈴木 一郎", "正社員"), records=(there,), said=said)
    assert held.status() == {2: "ask", 3: "new"}
    held.choose(2, "別のもの")
    assert held.status() == {2: "new", 3: "new"}


def test_two_rows_of_one_name_or_one_machine_are_asked_about() -> None:
    people = ("氏名", "雇用区分"), ("佐藤 花子", "正社員"), ("鈴木 一郎", "正社員"), ("佐藤　花子", "パート")
    held = Table("person", *people, said=Said(constants={"employee_number": ""}))
    assert held.status() == {2: "new", 3: "new", 4: "ask"}
    assert "2行目と同じ要員かもしれません" in held.plan.lines[2].problems[0].reason
    held.choose(4, "別のもの")
    assert held.status() == {2: "new", 3: "new", 4: "new"}
    machines = ("種別", "所有", "製造番号"), ("PC", "自社", "A-1"), ("PC", "自社", "a1"), ("PC", "自社", None)
    table = Table("device", *machines, said=Said(constants={"control_number": ""}, head=(1,)))
    assert table.status() == {2: "new", 3: "ask", 4: "new"}


def test_many_rows_that_get_their_numbers_at_once_are_asked_about_if_they_are_there() -> None:
    there = Person(id=1, revision=1, name="佐藤 花子", employment="正社員", employee_number="E-003")
    rows = ("氏名", "雇用区分"), ("佐藤花子", "正社員"), ("鈴木 一郎", "正社員")
    held = Table("person", *rows, records=(there,))
    held.choose(3, "新しい記録", every=True)
    assert held.status() == {2: "ask", 3: "new"}
    held.choose(2, "E-003")
    assert held.entry(2)["employee_number"] == "E-003"


def test_a_machine_of_the_same_serial_is_asked_about() -> None:
    there = Device(id=1, revision=1, kind="PC", owner="自社", serial="A-1", control_number="PC-7")
    head = ("種別", "所有", "製造番号")
    said = Said(constants={"control_number": ""}, head=(1,))
    held = Table("device", head, ("PC", "自社", "a1"), ("PC", "自社", "A2"), records=(there,), said=said)
    assert held.status() == {2: "ask", 3: "new"}
    held.choose(2, "PC-7")
    assert held.entry(2)["control_number"] == "PC-7"


def test_a_record_that_is_there_is_updated_row_by_row() -> None:
    there = [Device(id=at, revision=1, kind="PC", owner="自社", control_number=f"PC-{at}") for at in (1, 2)]
    held = Table("device", HEAD, ("PC-1", "PC", "リース"), ("PC-2", "PC", "リース"), records=tuple(there))
    assert held.status() == {2: "error", 3: "error"}
    held.choose(2, "更新する")
    assert held.status() == {2: "changed", 3: "error"}


def test_what_no_column_says_is_answered_for_a_row_a_group_or_all() -> None:
    head = ("管理番号", "種別", "備考")
    rows = [("PC-1", "PC", "本社"), ("PC-2", "PC", "本社"), ("PC-3", "PC", "支店"), ("PC-4", "PC", None)]
    held = Table("device", head, *rows)
    assert set(held.status().values()) == {"ask"}
    questions, question = held.question(2)
    assert question.problem.asks == Asks.FIELD
    (group,) = questions.groups(question)
    assert (group.column.letter, group.shown, group.size) == ("C", "本社", 2)
    held.said = answered_by_group(held.said, question, group, "自社")
    assert held.status() == {2: "new", 3: "new", 4: "ask", 5: "ask"}
    held.write(4, "リース")
    assert held.entry(4)["owner"] == "リース"
    assert held.status()[5] == "ask"
    held.write(5, "私物", every=True)
    assert [held.entry(row)["owner"] for row in (2, 3, 4, 5)] == ["自社", "自社", "リース", "私物"]


def test_a_value_that_the_field_does_not_know_is_wrong_and_not_taken() -> None:
    held = Table("device", ("管理番号", "種別"), ("PC-1", "PC"))
    held.write(2, "箱")
    assert held.status() == {2: "error"}
    held.write(2, "自社")
    assert held.status() == {2: "new"}


def test_a_row_over_several_is_mended_where_the_value_stands() -> None:
    head = ("管理番号", "種別", "所有", "記憶装置名", "暗号化")
    held = Table("device", head, ("PC-1", "PC", "自社", "C", "全体"), (None, None, None, "D", "たぶん"))
    (line,) = held.plan.lines
    assert line.rows == (2, 3)
    held.choose(2, "一部")
    assert held.said.answers.cells == {(3, 5): "一部"}
    assert held.status() == {2: "new"}


def test_an_answer_changes_nothing_above_the_rows() -> None:
    held = Table("device", ("箱型",), HEAD, ("PC-1", "箱型", "自社"))
    held.said = replace(held.said, answers=Answers(words={(1, "箱型"): "x"}, cells={(2, 1): "種別"}))
    assert held.plan.head == (2,)
    assert held.plan.columns[0].title == "管理番号"


def test_every_question_that_takes_a_text_says_so() -> None:
    held = Table("device", HEAD, ("PC-1", "箱型", "自社"), hidden_rows=(2,))
    planned = held.plan
    kinds = {one.asks: writable(Question(planned.lines[0], one)) for one in planned.lines[0].problems}
    assert kinds == {Asks.HIDDEN: False, Asks.VALUE: True}


def test_a_blank_erases_only_where_that_was_chosen_for_the_column() -> None:
    there = Device(
        id=1,
        revision=1,
        kind="PC",
        owner="自社",
        control_number="PC-1",
        serial="A1",
        note="予備",
        introduced_on=date(2024, 4, 1),
    )
    rows = (HEAD, ("PC-1", "PC", "自社", None, "－"))

    def planned(*letters: int) -> TablePlan:
        said = Said(erases=frozenset(letters))
        book = Book((sheet(*rows),))
        return plan(Facts((there,)), SPECS["device"], book, said, update=True, today=TODAY)

    assert (planned().counts["same"], planned().erased) == (1, 0)
    found = planned(4, 5)
    assert found.counts["changed"] == 1
    assert sorted(found.lines[0].erased) == ["note", "serial"]
    assert found.erased == 2
    # What a record cannot be without is never erased, and what no column says stays.
    blank = plan(
        Facts((there,)),
        SPECS["device"],
        Book((sheet(HEAD, ("PC-1", None, None, "A1", None)),)),
        Said(erases=frozenset((1, 2, 3, 4))),
        update=True,
        today=TODAY,
    )
    assert (blank.counts["same"], blank.erased) == (1, 0)


def test_answers_are_read_from_a_file() -> None:
    said = mapping.read(
        """{"erases": ["e"], "answers": [
            {"column": "B", "value": "箱型", "write": "サーバ"},
            {"row": 3, "column": "C", "write": "自社"},
            {"row": 4, "field": "owner", "write": "リース"},
            {"column": "D", "value": "本社", "field": "owner", "write": "自社"},
            {"row": 5, "leave": true}, {"row": 6, "same": "PC-1"}, {"row": 7, "new": true},
            {"row": 8, "accept": true}]}""".encode(),
        "m.json",
        SPECS["device"],
    )
    assert said.erases == {5}
    assert said.without == {5}
    assert said.answers.words == {(2, "箱型"): "サーバ"}
    assert said.answers.cells == {(3, 3): "自社"}
    assert said.answers.values == {(4, "owner"): "リース"}
    assert said.answers.groups == {(4, "本社", "owner"): "自社"}
    assert said.answers.same == {6: "PC-1"}
    assert {(7, Asks.NUMBER), (7, Asks.LIKE), (8, Asks.HIDDEN)} <= said.answers.passed
    assert (8, Asks.LIKE) not in said.answers.passed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"answers": {}}', "answers は"),
        ('{"answers": [{"row": 3}]}', "1つだけ"),
        ('{"answers": [{"row": 3, "leave": true, "same": "x"}]}', "1つだけ"),
        ('{"answers": [{"row": 0, "leave": true}]}', "row は"),
        ('{"answers": [{"row": true, "leave": true}]}', "row は"),
        ('{"answers": [{"row": 3, "leave": 1}]}', "leave は true"),
        ('{"answers": [{"row": 3, "same": ""}]}', "same は"),
        ('{"answers": [{"row": 3, "column": "1", "write": "x"}]}', "列の名前"),
        ('{"answers": [{"column": "B", "write": "x"}]}', "value は"),
        ('{"answers": [{"row": 3, "field": "zz", "write": "x"}]}', "「zz」という項目"),
        ('{"answers": [{"row": 3, "wirte": "x"}]}', "「wirte」という指定"),
        ('{"erases": "B"}', "erases は"),
        ('{"erases": ["B1"]}', "列の名前"),
    ],
)
def test_what_is_wrong_in_such_a_file_is_one_sentence(text: str, told: str) -> None:
    with pytest.raises(PeopleError) as raised:
        mapping.read(text.encode(), "m.json", SPECS["device"])
    assert told in raised.value.sentence
