"""Registers as offices keep them, file for file: every row is read right, asked about or told as none."""

from __future__ import annotations

import pytest

from app.common import PeopleError
from app.exchange.sheets.book import Book, Cell
from app.exchange.sheets.child import messages
from app.exchange.sheets.packing import cells_of, unpacked
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import plan
from app.records import SPECS, Facts
from tests.support.offices.forms import forms
from tests.support.offices.machines import machines
from tests.support.offices.office import Office
from tests.support.offices.people import people
from tests.support.offices.saved import saved
from tests.support.offices.things import things
from tests.support.registers import TODAY, reasons
from tests.support.sample import _records

OFFICES = (*machines(), *people(), *things(), *forms(), *saved())


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(_records())


def book(office: Office) -> Book:
    """The file as it is read, without a process of its own."""
    sheets, told = [], ()
    head = None
    cells: list[Cell] = []
    for message in messages(office.file, office.data):
        if message[0] == "cells":
            cells += cells_of(message)
            continue
        if head is not None:
            sheets.append(unpacked(head, cells))
        head, cells = (message, []) if message[0] == "sheet" else (None, [])
        if message[0] == "end":
            told = message[1]
        elif message[0] != "sheet":
            raise AssertionError(message)
    return Book(tuple(sheets), told)


def planned(office: Office, facts: Facts) -> TablePlan:
    return plan(facts, SPECS[office.kind], book(office), office.said, today=TODAY)


@pytest.mark.parametrize("office", [pytest.param(one, id=one.name) for one in OFFICES])
def test_every_row_is_right_or_asked_or_told(office: Office, facts: Facts) -> None:
    if office.refused:
        with pytest.raises(PeopleError, match=office.refused):
            planned(office, facts)
        return
    found = planned(office, facts)
    lines = {line.row: line for line in found.lines}
    right = {row for row, line in lines.items() if line.status in ("new", "changed", "same")}
    assert {row: dict(lines[row].entry) for row in right} == office.right
    assert reasons(found).keys() == set(office.asked)
    assert {row for row, line in lines.items() if line.status == "skipped"} == set(office.skipped)
    assert "".join(column.letter for column in found.columns if column.undecided) == office.undecided
    assert {one.kind: one.plan.counts["new"] for one in found.besides} == office.beside
    assert office.stopped in "".join(found.stops)
    assert bool(found.stops) == bool(office.undecided or office.stopped)


def test_there_are_registers_of_many_hands() -> None:
    assert len(OFFICES) >= 20
    assert len(list(saved())) >= 10
    assert {office.kind for office in OFFICES} >= {"device", "person", "training", "event", "disposal"}
