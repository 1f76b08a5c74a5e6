"""Answers kept over changes of the facts: each note of what was asked counts, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.duties.answers import Answers, shared
from app.records import Facts, Location, Person
from app.records.watched import Changes, Watched
from tests.support.plain import plain

DAY = date(2026, 8, 20)


class Office(Answers):
    """Answers about a person and two places, and the order in which they were worked out."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts, DAY)
        self.worked_out: list[str] = []

    def moved(self, facts: Facts) -> Office:
        self.worked_out.clear()
        self.move_on(facts, Changes(facts).since, DAY)
        return self

    @shared
    def name(self) -> str:
        """The name of the person."""
        self.worked_out.append("name")
        return self.facts.get(Person, 1).name


def room(office: Office, number: int) -> str:
    office.worked_out.append(f"room {number}")
    return office.facts.get(Location, number).room


def locked(office: Office, number: int) -> bool:
    office.worked_out.append(f"locked {number}")
    return bool(office.facts.get(Location, number).lock)


def told(office: Office) -> str:
    """Looks at the second place only where the first one is locked."""
    office.worked_out.append("told")
    first = office.steady(locked, 1)
    return f"{office.name}：{office.once(room, 2) if first else 'なし'}"


FACTS = Facts(
    [
        plain(Person, id=1, name="髙橋花子"),
        plain(Location, id=1, lock="鍵", room="1号室"),
        plain(Location, id=2, lock="", room="2号室"),
    ]
)


@pytest.fixture
def office() -> Office:
    made = Office(Watched(FACTS))
    assert made.once(told) == "髙橋花子：2号室"
    return made


def place(number: int, **values: str) -> Facts:
    return FACTS.replaced([plain(Location, **{"id": number, "lock": "鍵", "room": f"{number}号室"} | values)])


def test_what_was_asked_for_is_worked_out_anew_and_what_rests_on_it(office: Office) -> None:
    assert office.moved(place(2, room="別室")).once(told) == "髙橋花子：別室"
    assert office.worked_out == ["told", "room 2"]


def test_what_nobody_asked_for_changes_nothing(office: Office) -> None:
    other = FACTS.replaced([plain(Person, id=2, name="別人"), plain(Location, id=3)])
    assert office.moved(other).once(told) == "髙橋花子：2号室"
    assert not office.worked_out


def test_a_steady_answer_that_comes_out_the_same_changes_nothing_above_it(office: Office) -> None:
    assert office.moved(place(1, lock="電子錠")).once(told) == "髙橋花子：2号室"
    assert office.worked_out == ["locked 1"]
    assert office.moved(place(1, lock="", room="")).once(told) == "髙橋花子：なし"
    assert office.worked_out == ["locked 1", "told"]


def test_what_is_asked_for_no_longer_is_of_no_account(office: Office) -> None:
    shut = place(1, lock="")
    office.moved(shut).once(told)
    assert office.moved(shut.replaced([plain(Location, id=2, room="別室")])).once(told) == "髙橋花子：なし"
    assert not office.worked_out


def test_an_answer_left_aside_is_not_taken_up_by_whoever_asks_after_two_changes(office: Office) -> None:
    office.moved(place(2, room="別室"))
    office.moved(FACTS)
    assert office.once(told) == "髙橋花子：2号室"
    office.moved(place(2, room="三階"))
    assert office.once(room, 2) == "三階"
    assert office.once(told) == "髙橋花子：三階"


def test_a_shared_property_is_noted_for_everyone_who_reads_it(office: Office) -> None:
    def greeted(office: Office) -> str:
        return f"{office.name}様"

    assert office.once(greeted) == "髙橋花子様"
    renamed = FACTS.replaced([plain(Person, id=1, name="高橋花子")])
    assert office.moved(renamed).once(greeted) == "高橋花子様"
    assert office.once(told).startswith("高橋花子：")


def test_what_was_asked_before_a_failure_is_noted_as_well(office: Office) -> None:
    def strict(office: Office) -> str:
        if not office.facts.get(Location, 2).lock:
            raise ValueError
        return "施錠"

    def careful(office: Office) -> str:
        try:
            return office.once(strict)
        except ValueError:
            return "不明"

    assert office.once(careful) == "不明"
    assert office.moved(place(2, lock="鍵")).once(careful) == "施錠"


def test_over_many_changes_nothing_is_lost_or_piled_up(office: Office) -> None:
    for number in range(60):
        facts = place(1 + number % 2, room=f"{number}階", lock="鍵" * (number % 3))
        first, second = facts.get(Location, 1), facts.get(Location, 2)
        assert office.moved(facts).once(told) == f"髙橋花子：{second.room if first.lock else 'なし'}"
    office.settle()
    assert len(office._index) < 60


def test_answers_from_facts_that_note_nothing_are_kept_but_cannot_move_on() -> None:
    office = Office(FACTS)
    assert (office.once(told), office.once(told)) == ("髙橋花子：2号室",) * 2
    assert office.worked_out.count("told") == 1
    with pytest.raises(TypeError, match="note nothing"):
        office.moved(place(2))


def test_two_questions_are_told_apart_by_what_is_asked_of_them(office: Office) -> None:
    asked: tuple[Callable[[Office, int], object], ...] = (room, locked)
    assert [office.once(one, number) for one in asked for number in (1, 2)] == ["1号室", "2号室", True, False]
