"""契約の開始 and 契約の1年 in the window: what is next is one press away, and read out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.records import Assignment, Contract, Person, Training
from app.records.assignment import AssignmentRole
from app.records.for_contract import ForContract
from app.records.training import TrainingTopic
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.contract.start_page import StartPage
from app.ui.contract.timeline_view import TimelineCard, TimelineView
from app.ui.editor.page import EditorPage
from app.ui.homes import new_record
from app.ui.targets import DoAct, EditRecord, IssueMany, ShowContract, ShowStart
from app.ui.today.page import TodayPage
from app.ui.today.starts_card import StartsCard
from app.work.batches import BEFORE_START
from app.work.course.starting import PAPERS
from app.work.course.timeline import Mark, Timeline

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")
SOON = date(2026, 5, 1)


@pytest.fixture
def ahead(context: Context, sample: Any) -> Contract:
    """The contract, signed and about to begin; nothing else of it is entered."""
    held: Contract = sample.contract
    return context.ledger.change(replace(held, signed_on=date(2026, 4, 10), starts_on=SOON))


@pytest.fixture
def page(
    context: Context, ahead: Contract, shown: Callable[..., Any], reckoned: Callable[[], Any]
) -> StartPage:
    made: StartPage = shown(StartPage(context, ShowStart(ahead.id)))
    made.refresh()
    reckoned()
    return made


def row(page: StartPage, kind: str) -> Any:
    return next(one for one in page.list.rows if one.stage.kind == kind)


def said(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_the_first_step_has_the_keyboard_and_leads_to_its_act(
    page: StartPage, qtbot: QtBot, wanted: list[Any], ahead: Contract
) -> None:
    first = page.first_field()
    assert first is row(page, "responsible-person").press
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert wanted[-1] == DoAct("join", (ahead.id,), {"role": "業務責任者"})


def test_each_step_says_its_day_its_clause_and_what_is_missing(page: StartPage) -> None:
    text = said(row(page, "work-location"))
    for part in ("作業場所を決める", "あと10日", "令和8年4月30日", "第6条第4項", "要確認"):
        assert part in text
    assert "開始まであと11日、7つのうち0つ済み" in said(page)


def test_a_place_begins_with_the_contract(page: StartPage, qtbot: QtBot, wanted: list[Any]) -> None:
    qtbot.mouseClick(row(page, "work-location").press, Qt.MouseButton.LeftButton)
    target = wanted[-1]
    assert isinstance(target, EditRecord)
    assert (target.kind, target.preset["starts_on"]) == ("location_use", SOON)


def test_what_comes_later_has_no_button(page: StartPage) -> None:
    for kind in ("training", PAPERS):
        assert row(page, kind).press.isHidden()
        assert "前の手順の後" in said(row(page, kind))


def test_the_keyboard_stays_among_the_steps_when_they_come_anew(
    page: StartPage, context: Context, ahead: Contract, reckoned: Callable[[], Any], qtbot: QtBot
) -> None:
    """It is at what is next then."""
    page.activateWindow()
    row(page, "responsible-person").press.setFocus()
    person = context.facts().all(Person)[0]
    roles = (AssignmentRole(role="業務責任者"),)
    context.ledger.add(Assignment(person=person.id, contract=ahead.id, roles=roles, starts_on=SOON))
    reckoned()
    assert row(page, "responsible-person").stage.done
    assert page.window().focusWidget() is row(page, "management-system").press
    assert row(page, "management-system").primary


def test_more_people_are_added_where_the_step_says_who_is_decided(
    page: StartPage,
    context: Context,
    ahead: Contract,
    reckoned: Callable[[], Any],
    qtbot: QtBot,
    wanted: list[Any],
) -> None:
    """A manager alone is enough for the clauses, and the step closed behind him."""
    person = context.facts().all(Person)[0]
    roles = (AssignmentRole(role="業務責任者"),)
    context.ledger.add(Assignment(person=person.id, contract=ahead.id, roles=roles, starts_on=SOON))
    reckoned()
    workers = row(page, "worker-list")
    assert workers.stage.done
    assert f"登録済み：{person.name}（業務責任者）" in said(workers)
    assert workers.press.text() == "追加…"
    assert row(page, "responsible-person").press.isHidden()
    qtbot.mouseClick(workers.press, Qt.MouseButton.LeftButton)
    assert wanted[-1].name == "join"
    assert wanted[-1].ids == (ahead.id,)


def test_the_papers_are_made_together(
    context: Context,
    work: Any,
    shown: Callable[..., Any],
    qtbot: QtBot,
    wanted: list[Any],
    reckoned: Callable[[], Any],
) -> None:
    """Once people and a place are entered; of a contract that has begun as well."""
    page: StartPage = shown(StartPage(context, ShowStart(work.contract.id)))
    page.refresh()
    reckoned()
    assert row(page, "work-location").stage.done
    assert "済み" in said(row(page, "work-location"))
    qtbot.mouseClick(row(page, PAPERS).press, Qt.MouseButton.LeftButton)
    assert wanted[-1] == IssueMany(BEFORE_START, work.contract.id)


def test_today_has_one_line_for_it_and_no_other(
    context: Context,
    ahead: Contract,
    shown: Callable[..., Any],
    reckoned: Callable[[], Any],
    qtbot: QtBot,
    wanted: list[Any],
) -> None:
    today: TodayPage = shown(TodayPage(context))
    today.refresh()
    reckoned()
    qtbot.waitUntil(lambda: bool(today.list.findChildren(StartsCard)) and today.list.filled)
    assert {duty.kind for one in today.list.rows() for duty in one.task.duties} == {"audit"}, "due in a year"
    (card,) = today.list.findChildren(StartsCard)
    assert "次は「責任者を決める」（あと10日）" in said(card)
    today.numbers[next(iter(today.numbers))].click()
    reckoned()
    qtbot.waitUntil(lambda: not [one for one in today.list.findChildren(StartsCard) if one.isVisible()])


@pytest.fixture
def drawn(
    context: Context, work: Any, shown: Callable[..., Any], reckoned: Callable[[], Any], qtbot: QtBot
) -> TimelineView:
    """The year of a contract at work, on its page, with three trainings on one day."""
    with context.ledger.write() as change:
        for number in (1, 2, 3):
            change.add(
                Training(
                    title=f"研修{number}",
                    held_on=date(2026, 4, 15),
                    topics=(TrainingTopic(topic="遵守事項"),),
                    contracts=(ForContract(contract=work.contract.id),),
                )
            )
    page: ContractPage = shown(ContractPage(context, ShowContract(work.contract.id)))
    page.refresh()
    reckoned()
    qtbot.waitUntil(lambda: bool(page.findChildren(TimelineCard)))
    (card,) = page.findChildren(TimelineCard)
    view: TimelineView = card.view
    return view


def test_the_year_is_read_out_and_walked_with_the_keys(
    drawn: TimelineView, qtbot: QtBot, wanted: list[Any]
) -> None:
    assert "できごと4件" in drawn.accessibleName()
    drawn.setFocus()
    qtbot.keyClick(drawn, Qt.Key.Key_End)
    last = drawn.clusters()[-1][1].points[0]
    assert last.text in drawn.accessibleDescription()
    qtbot.keyClick(drawn, Qt.Key.Key_Home)
    mark, first = drawn.clusters()[0]
    if len(first.points) == 1:
        qtbot.keyClick(drawn, Qt.Key.Key_Return)
        assert wanted
    assert mark in Mark


def test_a_point_alone_opens_what_stands_there_and_several_open_a_menu(
    drawn: TimelineView, qtbot: QtBot, wanted: list[Any]
) -> None:
    found = drawn.clusters()
    mark, many = next(one for one in found if len(one[1].points) >= 3)
    qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=drawn.place(mark, many).center().toPoint())
    assert drawn._menu is not None
    assert len(drawn._menu.actions()) == len(many.points)
    drawn._menu.actions()[0].trigger()
    assert isinstance(wanted[-1], EditRecord | ShowContract)
    drawn._menu.close()
    assert drawn._under(QPointF(1, 1).toPoint()) == -1


def test_no_two_points_of_a_row_lie_on_each_other(drawn: TimelineView) -> None:
    for mark in Mark:
        places = [drawn.place(mark, one) for row_, one in drawn.clusters() if row_ is mark]
        assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[n + 1 :])
    assert isinstance(drawn._drawn, Timeline)


def test_the_form_of_a_vacant_role_begins_with_it(
    context: Context, ahead: Contract, shown: Callable[..., Any]
) -> None:
    """Where the step of a duty leads to the form itself, as on きょう."""
    target = new_record(
        "assignment", ahead.id, {"roles": (AssignmentRole(role="業務責任者"),), "starts_on": SOON}
    )
    assert isinstance(target, EditRecord)
    page: EditorPage = shown(EditorPage(context, target))
    assert "業務責任者" in str(page.form.boxes["roles"].input.text())
    assert page.form.boxes["starts_on"].input.text() == "令和8年5月1日"


@pytest.mark.parametrize(("days", "leads"), [(-1, False), (0, True), (1, True)])
def test_a_new_contract_that_is_not_over_leads_on_to_what_is_due_before_it_begins(
    context: Context, sample: Any, shown: Callable[..., Any], wanted: list[Any], days: int, leads: bool
) -> None:
    given = {
        "client": sample.client.id,
        "number": "R8-99",
        "title": "封入業務",
        "signed_on": date(2026, 3, 25),
        "starts_on": date(2026, 4, 1),
        "ends_on": context.today() + timedelta(days=days),
        "annexes": sample.contract.annexes,
    }
    page: EditorPage = shown(EditorPage(context, EditRecord("contract", 0, given)))
    page.save_and_close()
    (made,) = (one for one in context.facts().all(Contract) if one.number == "R8-99")
    assert wanted == ([ShowStart(made.id)] if leads else [])
    wanted.clear()
    again: EditorPage = shown(EditorPage(context, EditRecord("contract", made.id)))
    again.save_and_close()
    assert wanted == []
