"""Every record type has one home: from wherever a record is opened, one comes to the same place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.common import Lazy
from app.duties.case import MissingFact
from app.duties.duty import Action, Duty, Evidence, Gap, Step
from app.ledger.content.search import Hit
from app.ledger.door import Ledger
from app.records import SPECS, Made, Record
from app.ui import homes
from app.ui.annexes.page import AnnexPage
from app.ui.audits.page import AuditPage
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.duties.steps import take
from app.ui.duties.why import WhyPanel
from app.ui.editor.page import EditorPage
from app.ui.homes import home, new_record
from app.ui.incidents.page import IncidentPage
from app.ui.lists.view import RecordList
from app.ui.page import Page
from app.ui.papers.missing import MissingList
from app.ui.papers.paper_page import DocumentPage
from app.ui.papers.preview import Preview
from app.ui.parts.link import Link
from app.ui.search.dialog import SearchDialog
from app.ui.settings.owner import OwnerSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.window import MainWindow
from app.ui.targets import (
    EditRecord,
    IssueForm,
    ShowContract,
    ShowDesk,
    ShowDocument,
    ShowDocuments,
    ShowSettings,
    Target,
)
from app.work.tasks import Task
from tests.support.ledgers import Original

OWN_PAGES: dict[str, Callable[[int], Target]] = {
    "vendor": lambda _id: ShowSettings("owner"),
    "contract": ShowContract,
    "submission": ShowDocument,
    "incident": partial(ShowDesk, "incident"),
    "audit": partial(ShowDesk, "audit"),
}
"""The record types that are not shown by an editor, and where they are shown instead."""
_DONE_BY_ACTS = ("oath", "audit")
"""Their step is an act: signatures of several people at once, what an audit waits for."""
EVERY = pytest.mark.parametrize("kind", SPECS)


@pytest.fixture
def ledger(tmp_path: Path, one_of_each: Original) -> Iterator[Ledger]:
    """One record of every type, whatever the rules between them say."""
    path = tmp_path / "台帳.jutaku"
    made = Ledger.open(path, one_of_each.copy_to(path))
    yield made
    made.close()


@pytest.fixture
def wanted(context: Context) -> list[Target]:
    """Where one asked to go."""
    found: list[Target] = []
    context.wanted.connect(found.append)
    return found


def first(context: Context, kind: str) -> int:
    held: Record = context.facts().all(SPECS[kind].cls)[0]
    return held.id


def any_duty(context: Context, **more: Any) -> Duty:
    annex = context.catalogue.annex("kimitsu-hoji", 1)
    clause = next(one for one in annex.clauses if "secrecy" in one.kinds)
    contract = first(context, "contract")
    return Duty(contract, "kimitsu-hoji", clause, "secrecy", State.DUE, why="第2条：必要です。", **more)


def press_links(widget: QWidget) -> None:
    for link in widget.findChildren(Link):
        link.follow()


def from_list(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    held = shown(RecordList(context, SPECS[kind]))
    held.table.choose_row(list(held.model.ids).index(record_id))
    held.open()


def from_search(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    dialog = shown(SearchDialog(context))
    dialog.hits = [Hit(kind, record_id, "", "", "")]
    dialog.open()


def from_a_step(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    del shown
    take(context, Task(first(context, "contract"), Step("開く", Action.OPEN, kind, record_id)))


def from_evidence(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    press_links(shown(WhyPanel(context, [any_duty(context, evidence=(Evidence(kind, record_id, ""),))])))


def from_a_gap(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    gap = Gap("足りません。", kind, record_id)
    press_links(shown(WhyPanel(context, [any_duty(context, missing=(gap,))])))


def from_a_missing_fact(context: Context, kind: str, record_id: int, shown: Callable[..., Any]) -> None:
    held = shown(MissingList(context))
    held.show_facts([MissingFact("足りません。", kind, record_id, "note")], first(context, "contract"))
    for press in held.findChildren(QWidget):
        if isinstance(press, QPushButton):
            press.click()


WAYS = (from_list, from_search, from_a_step, from_evidence, from_a_gap, from_a_missing_fact)


@EVERY
def test_a_record_is_shown_in_the_same_place_from_everywhere(
    kind: str, context: Context, wanted: list[Target], shown: Callable[..., Any]
) -> None:
    record_id = first(context, kind)
    own: Callable[[int], Target] = OWN_PAGES.get(kind, lambda id_: EditRecord(kind, id_))
    for way in WAYS:
        if way is from_a_step and kind in _DONE_BY_ACTS:
            continue
        wanted.clear()
        way(context, kind, record_id, shown)
        assert wanted == [own(record_id)], way.__name__


@EVERY
def test_the_place_is_a_page_that_shows_that_record(
    kind: str,
    context: Context,
    shown: Callable[..., Any],
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The document that was filed is no real PDF.
    monkeypatch.setattr(Preview, "show_pdf", lambda _self, _pdf: None)
    record_id = first(context, kind)
    window = shown(MainWindow(context))
    window.open(home(kind, record_id))
    settled()
    page = window.page
    if kind == "vendor":
        assert isinstance(page, SettingsPage)
        assert isinstance(page.section, OwnerSection)
    elif kind == "contract":
        assert isinstance(page, ContractPage)
        assert page.contract == record_id
    elif kind == "submission":
        assert isinstance(page, DocumentPage)
        assert page.document.id == record_id
    elif kind == "own_annex":
        assert isinstance(page, AnnexPage)
        assert page.opened.record is not None
        assert page.opened.record.id == record_id
    elif kind in ("incident", "audit"):
        assert isinstance(page, IncidentPage | AuditPage)
        assert page.chosen_records() == ((context.facts().named(kind, record_id),),)
    else:
        assert isinstance(page, EditorPage)
        assert page.record == context.facts().named(kind, record_id)


@EVERY
def test_a_retired_record_is_shown_by_its_editor(kind: str) -> None:
    assert home(kind, 3, retired=True) == EditRecord(kind, 3)


@EVERY
def test_a_new_record_is_begun_in_the_same_way_from_everywhere(
    kind: str, context: Context, wanted: list[Target], shown: Callable[..., Any]
) -> None:
    contract = first(context, "contract")
    # An oath's step is an act, as above.
    take(context, Task(contract, Step("追加", Action.ADD if kind != "oath" else Action.NONE, kind)))
    press_links(shown(WhyPanel(context, [any_duty(context, missing=(Gap("足りません。", kind),))])))
    target = new_record(kind, contract)
    times = 0 if SPECS[kind].made in (Made.WITH_OWNER, Made.FROM_STEP) else 1 if kind == "oath" else 2
    assert wanted == [target] * times
    wanted.clear()
    held = RecordList(context, SPECS[kind])
    held.add()
    assert wanted == ([] if SPECS[kind].made in (Made.WITH_OWNER, Made.FROM_STEP) else [new_record(kind)])


def test_what_is_not_entered_by_hand_is_begun_where_it_is_made() -> None:
    assert new_record("submission") == ShowDocuments()
    assert new_record("submission", 4) == IssueForm("", 4)
    assert new_record("own_annex") == ShowSettings("annexes")
    assert new_record("vendor") == EditRecord("vendor")
    assert new_record("attachment") is None
    assert new_record("breach_handling", 4) is None
    given = {"record_kind": "event", "record_id": 3}
    assert new_record("breach_handling", 4, given) == EditRecord(
        "breach_handling", 0, {"contract": 4, **given}
    )


def test_a_record_begun_for_a_contract_names_it() -> None:
    target = new_record("assignment", 7, {"information": "氏名"})
    assert isinstance(target, EditRecord)
    assert target.preset == {"contract": 7, "information": "氏名"}
    several = new_record("training", 7)
    assert isinstance(several, EditRecord)
    assert [row.contract for row in several.preset["contracts"]] == [7]
    assert new_record("person", 7) == EditRecord("person")


def test_what_is_missing_without_a_place_of_its_own_is_said_without_a_link(
    context: Context, shown: Callable[..., Any]
) -> None:
    gap = Gap("写しが添付されていません。", "attachment")
    assert not shown(WhyPanel(context, [any_duty(context, missing=(gap,))])).findChildren(Link)


def test_a_desk_takes_its_place_by_one_line(
    context: Context, shown: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk = homes.Home(desk=Lazy("tests.ui.test_homes", "Desk"))
    monkeypatch.setattr(homes, "_HOMES", {**homes._HOMES, "request": desk})
    window = shown(MainWindow(context))
    window.open(home("request", first(context, "request")))
    assert isinstance(window.page, Desk)
    QTest.qWait(0)


def test_the_editor_of_what_has_a_desk_stays_in_reach(context: Context, shown: Callable[..., Any]) -> None:
    window = shown(MainWindow(context))
    window.open(EditRecord("incident", first(context, "incident")))
    assert isinstance(window.page, EditorPage)


class Desk(Page):
    """A page made by hand for one record type."""

    def __init__(self, context: Context, target: ShowDesk) -> None:
        super().__init__(context)
        self.target = target


def test_every_home_is_that_of_a_record_type() -> None:
    assert set(homes._HOMES) <= set(SPECS)
