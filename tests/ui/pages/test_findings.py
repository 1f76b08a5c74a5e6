"""記録の食い違い: what the cross-checks found stands in きょう and in its contract, with its remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.duties.duty import Action
from app.duties.finding import Finding, Severity
from app.records import Device
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.contract.tab_tasks import TasksTab
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import EditRecord, ShowContract, ShowSettings
from app.ui.today.finding_row import FindingRow
from app.ui.today.page import TodayPage
from app.ui.today.task_list import TaskList
from app.work.agenda import worst_first
from app.work.states import FINDINGS


@pytest.fixture
def page(context: Context, work: Any, shown: Any, reckoned: Any, qtbot: QtBot) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        made = TodayPage(context)
        shown(made)
        made.refresh()
        reckoned()
        qtbot.waitUntil(lambda: bool(made.list.findings()) and made.list.filled)
        return made

    return make


def say(widget: QWidget) -> str:
    return " ".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel))


def only_findings(qtbot: QtBot, page: TodayPage) -> list[FindingRow]:
    """Press the box of findings, and unfold all of them."""
    qtbot.mouseClick(page.tasks.odd, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.list.rows() and bool(page.list.findings()))
    unfold(qtbot, page.list)
    return page.list.findings()


def unfold(qtbot: QtBot, held: TaskList) -> None:
    def more() -> list[QPushButton]:
        return [
            one
            for one in held.findChildren(QPushButton)
            if one.accessibleName().startswith(f"{FINDINGS.word}：さらに") and one.isVisibleTo(held)
        ]

    qtbot.waitUntil(lambda: held.filled)
    while more():
        qtbot.mouseClick(more()[-1], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: held.filled)


def test_the_worst_five_stand_among_the_tasks_and_the_rest_is_counted(
    page: Any, context: Context, reckoned: Any
) -> None:
    made = page()
    everything = worst_first(reckoned().findings)
    assert len(everything) > 5
    assert [row.finding for row in made.list.findings()] == list(everything[:5])
    assert made.tasks.odd.accessibleName() == f"記録の食い違い {len(everything)}件"
    violations = sum(one.severity is Severity.VIOLATION for one in everything)
    assert f"× 違反 {violations}" in say(made.list)


def test_the_box_keeps_the_list_to_findings_each_with_contract_and_clause(
    page: Any, qtbot: QtBot, work: Any, reckoned: Any
) -> None:
    made = page()
    rows = only_findings(qtbot, made)
    assert len(rows) == len(reckoned().findings)
    row = next(one for one in rows if one.finding.contract and one.finding.clause)
    assert work.contract.title in say(row)
    assert row.finding.clause in say(row)
    assert str(row.finding.severity) in say(row)


def test_a_state_leaves_findings_out(page: Any, qtbot: QtBot) -> None:
    made = page()
    box = next(iter(made.numbers.values()))
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.list.findings() and bool(made.list.rows()))
    qtbot.mouseClick(made.tasks.odd, Qt.MouseButton.LeftButton)
    assert not box.isChecked()


def test_one_press_opens_the_record_that_is_missing(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    rows = only_findings(qtbot, page())
    row = next(one for one in rows if one.finding.check == "worker-without-training")
    qtbot.mouseClick(row.step, Qt.MouseButton.LeftButton)
    (target,) = wanted
    assert isinstance(target, EditRecord)
    assert target.kind == "training"
    assert [one.contract for one in target.preset["contracts"]] == [work.contract.id]


def test_what_belongs_to_no_contract_is_found_and_mended_as_well(
    page: Any, qtbot: QtBot, wanted: list[Any], context: Context, work: Any, reckoned: Any
) -> None:
    made = page()
    device = context.facts().get(Device, work.device.id)
    other = context.ledger.add(replace(device, id=0, revision=0, control_number="PC-2"))
    reckoned()
    rows = only_findings(qtbot, made)
    twice = next(one for one in rows if one.finding.check == "serial-twice")
    assert twice.finding.contract == 0
    qtbot.mouseClick(twice.step, Qt.MouseButton.LeftButton)
    vendor = next(one for one in rows if one.finding.check == "vendor-contact")
    qtbot.mouseClick(vendor.step, Qt.MouseButton.LeftButton)
    assert wanted == [EditRecord("device", other.id), ShowSettings("owner")]


def test_mending_takes_the_line_away(page: Any, qtbot: QtBot, context: Context, reckoned: Any) -> None:
    made = page()
    before = len(reckoned().findings)
    vendor = context.facts().vendor
    assert vendor is not None
    context.ledger.change(replace(vendor, telephone="03-0000-0000", contact_person="山田"))
    reckoned()
    rows = only_findings(qtbot, made)
    assert len(rows) == before - 1
    assert all(one.finding.check != "vendor-contact" for one in rows)


def test_words_and_contract_narrow_the_findings(
    page: Any, qtbot: QtBot, context: Context, others: Any, reckoned: Any
) -> None:
    made = page()
    reckoned()
    contract = others[0].id
    made.contract.setCurrentIndex(made.contract.findData(contract))
    qtbot.waitUntil(lambda: {one.finding.contract for one in made.list.findings()} == {contract})
    made.contract.setCurrentIndex(0)
    made.search.setText("研修を受けた記録")
    found = only_findings(qtbot, made)
    assert {one.finding.check for one in found} == {"worker-without-training"}
    assert len({one.finding.contract for one in found}) > 1


def test_a_contract_shows_its_own_findings_without_naming_itself(
    context: Context, others: Any, work: Any, shown: Any, reckoned: Any, qtbot: QtBot
) -> None:
    contract = ContractPage(context, ShowContract(others[0].id, "tasks"))
    shown(contract)
    contract.refresh()
    made: Assessment = reckoned()
    assert isinstance(contract.tab, TasksTab)
    held = contract.tab.list
    qtbot.waitUntil(lambda: bool(held.findings()))
    unfold(qtbot, held)
    assert [one.finding for one in held.findings()] == list(worst_first(made.findings_of(others[0].id)))
    assert others[0].title not in say(held.findings()[0])


def test_of_another_day_records_can_only_be_opened(
    page: Any, qtbot: QtBot, context: Context, reckoned: Any
) -> None:
    made = page()
    AsOf.of(context).choose(date(2026, 5, 1))
    reckoned()
    rows = only_findings(qtbot, made)
    pressed = {one.finding.next.action for one in rows if one.step.isVisibleTo(one)}
    assert pressed == {Action.OPEN}


def test_the_worst_stand_first_in_the_order_of_the_checks() -> None:
    found = [
        Finding(name, severity, name, "device", 1)
        for name, severity in (
            ("a", Severity.REMARK),
            ("b", Severity.VIOLATION),
            ("c", Severity.WARNING),
            ("d", Severity.VIOLATION),
        )
    ]
    assert [one.check for one in worst_first(found)] == ["b", "d", "c", "a"]
