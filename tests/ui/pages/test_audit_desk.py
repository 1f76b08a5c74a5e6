"""The desk of an audit in the window: what is open, the binder on paper, what was handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError, Progress
from app.records import Audit, Improvement, Submission
from app.records.audit import Finding
from app.ui.audits.page import AuditPage
from app.ui.context import Context
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import NO_PRINTER, SAVE_PDF, PaperPort, Printers, PrintOrder
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct, IssueMany, ShowContract, ShowDesk
from tests.ui.conftest import TODAY, FakeDialogs

LEFT = Qt.MouseButton.LeftButton


class Port(PaperPort):
    """A printer that remembers what it was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def printers(self) -> Printers:
        return Printers(("複合機",), "複合機")

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        del order, progress
        self.sent.append((title, pdf))


def said(page: QWidget) -> str:
    labels = (one for one in page.findChildren(QLabel) if one.isVisibleTo(page))
    return "\n".join(one.plain if isinstance(one, Prose) else one.text() for one in labels)


@pytest.fixture
def audit(context: Context, work: Any) -> Audit:
    with context.ledger.write() as change:
        made = change.add(
            Audit(
                contract=work.contract.id,
                kind="実地調査",
                announced_on=TODAY,
                planned_on=TODAY,
                auditor="監査課 山本",
                findings=(Finding(number=1, finding="施錠の記録がない"),),
            )
        )
        change.add(
            Improvement(
                contract=work.contract.id,
                source="監査・調査",
                audit=made.id,
                finding_number=1,
                found_on=TODAY,
                finding="施錠の記録がない",
                owner=work.worker.id,
                due_on=TODAY,
            )
        )
        return made


@pytest.fixture
def port(context: Context) -> Port:
    made = Port()
    context.program = replace(context.program, services={"printer": made})
    return made


@pytest.fixture
def desk(context: Context, audit: Audit, shown: Callable[..., Any], reckoned: Callable[[], Any]) -> AuditPage:
    page: AuditPage = shown(AuditPage(context, ShowDesk("audit", audit.id)))
    page.refresh()
    reckoned()
    return page


def test_what_is_open_in_its_contract_stands_with_a_button_each(
    audit: Audit, desk: AuditPage, qtbot: QtBot, wanted: list[Any]
) -> None:
    qtbot.waitUntil(lambda: desk.list.filled and bool(desk.list.rows()))
    assert "当日までに直すこと" in desk.count.plain
    assert all(one.task.contract == audit.contract for one in desk.list.rows())
    assert "実施はきょう" in said(desk)
    qtbot.mouseClick(desk.papers.issue, LEFT)
    asked = wanted.pop()
    assert isinstance(asked, IssueMany)
    assert {contract for contract, _form in asked.papers} == {audit.contract}
    qtbot.mouseClick(desk.contract, LEFT)
    assert wanted[-1] == ShowContract(audit.contract)


def test_the_line_about_the_audit_itself_leads_to_its_act_and_not_to_the_page_one_is_on(
    audit: Audit, desk: AuditPage, qtbot: QtBot, wanted: list[Any]
) -> None:
    qtbot.waitUntil(lambda: desk.list.filled and bool(desk.list.rows()))
    (row,) = (one for one in desk.list.rows() if one.task.step.target == "audit")
    assert row.step.text() == "監査の受入れ・断りを記録"
    row.step.click()
    assert wanted == [DoAct("accept-audit", (audit.id,))]


def test_the_binder_is_issued_and_printed_then_recorded_as_handed_over(
    context: Context, audit: Audit, desk: AuditPage, port: Port, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialogs.answers = [True, PrintDialog.accept]
    qtbot.mouseClick(desk.papers.bind, LEFT)
    qtbot.waitUntil(lambda: bool(port.sent), timeout=20_000)
    (binder,) = context.facts().all(Submission)
    assert binder.form == "evidence-binder"
    assert port.sent[0][0].startswith(binder.number)
    assert port.sent[0][1].startswith(b"%PDF")
    (give,) = (one for one in desk.findChildren(QPushButton) if one.text() == "この綴りを渡したと記録")
    qtbot.mouseClick(give, LEFT)
    qtbot.waitUntil(lambda: bool(context.facts().get(Audit, audit.id).material))
    held = context.facts().get(Audit, audit.id)
    assert held.material == f"令和8年4月20日　{binder.number}　証跡綴り（受領：監査課 山本）"
    qtbot.waitUntil(lambda: held.material in said(desk))
    qtbot.waitUntil(lambda: "渡した資料に記録しました" in desk.papers.notice.text)
    context.ledger.undo()
    qtbot.waitUntil(lambda: held.material not in said(desk))
    assert desk.papers.notice.isHidden(), "what was taken back is not said to be recorded"


def test_stopped_too_late_the_binder_is_issued_and_not_printed(
    context: Context,
    desk: AuditPage,
    port: Port,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file_all = context.ledger.issue_all

    def stopped_meanwhile(*given: Any, **named: Any) -> Any:
        desk.papers._binding.cancel()  # type: ignore[union-attr]  # it runs
        return file_all(*given, **named)

    monkeypatch.setattr(context.ledger, "issue_all", stopped_meanwhile)
    dialogs.answers = [True]
    qtbot.mouseClick(desk.papers.bind, LEFT)
    qtbot.waitUntil(lambda: "間に合わず" in desk.papers.notice.text, timeout=20_000)
    (binder,) = context.facts().all(Submission)
    assert desk.papers.notice.text == (
        f"中止は間に合わず、発行されました。「{binder.number}」は、台帳に保管されています。"
        "不要なものは、書類の画面で無効にできます。印刷はしていません。"
    )
    assert not port.sent


@pytest.fixture
def left(
    context: Context, audit: Audit, shown: Callable[..., Any], reckoned: Callable[[], Any]
) -> Iterator[Callable[[], None]]:
    """Asks for the binder, and goes away before it is made."""
    around = QWidget()
    page = AuditPage(context, ShowDesk("audit", audit.id))
    QVBoxLayout(around).addWidget(page)
    shown(around)
    page.refresh()
    reckoned()

    def leave() -> None:
        page.papers._bind()
        shiboken6.delete(page)

    yield leave
    around.close()


def test_issued_while_the_page_was_left_it_is_told_all_the_same(
    context: Context, left: Callable[[], None], port: Port, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialogs.answers = [True]
    left()
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=20_000)
    (binder,) = context.facts().all(Submission)
    assert dialogs.said[0].startswith(f"{binder.number}　証跡綴りを発行し、台帳に保管しました。")
    assert "印刷はしていません" in dialogs.said[0]
    assert not port.sent


def test_what_fails_while_the_page_was_left_is_told_too(
    context: Context,
    left: Callable[[], None],
    dialogs: FakeDialogs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_given: Any, **_named: Any) -> Any:
        raise PeopleError("台帳に書き込めません。")

    monkeypatch.setattr(context.ledger, "issue_all", refused)
    dialogs.answers = [True]
    left()
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=20_000)
    assert dialogs.said == ["書類を発行できませんでした。台帳に書き込めません。"]
    assert not context.facts().all(Submission)


def test_without_a_printer_the_binder_is_saved_where_one_stands(
    context: Context,
    desk: AuditPage,
    port: Port,
    dialogs: FakeDialogs,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none() -> Printers:
        raise PeopleError(NO_PRINTER)

    monkeypatch.setattr(port, "printers", none)
    dialogs.answers = [True]
    qtbot.mouseClick(desk.papers.bind, LEFT)
    qtbot.waitUntil(lambda: SAVE_PDF in desk.papers.notice.text)
    dialogs.answers = [tmp_path / "綴り.pdf"]
    (keep,) = (one for one in desk.findChildren(QPushButton) if one.text() == SAVE_PDF)
    qtbot.mouseClick(keep, LEFT)
    qtbot.waitUntil(lambda: "保存しました" in desk.papers.notice.text)
    assert (tmp_path / "綴り.pdf").read_bytes().startswith(b"%PDF")
    assert not port.sent


def test_who_does_not_want_it_issues_nothing(
    context: Context, desk: AuditPage, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    dialogs.answers = [False]
    qtbot.mouseClick(desk.papers.bind, LEFT)
    assert not context.facts().all(Submission)


def test_a_finding_shows_who_mends_it_by_when(desk: AuditPage, audit: Audit, wanted: list[Any]) -> None:
    told = said(desk)
    assert "指摘1　施錠の記録がない" in told
    assert "回答した日が記録されていません。" in told
    assert "未実施　きょうまで" in told
    press = {one.text(): one for one in desk.findings.findChildren(QPushButton)}
    press["指摘への回答を記録…"].click()
    assert wanted[-1] == DoAct("answer-finding", (audit.id,))
    press["実施・効果を記録…"].click()
    assert wanted[-1].name == "improve"


def test_after_it_was_held_it_is_not_held_again(
    context: Context, audit: Audit, desk: AuditPage, qtbot: QtBot
) -> None:
    context.ledger.change(replace(audit, held_on=TODAY))
    qtbot.waitUntil(lambda: desk.state.text() == "実施済み・未回答の指摘1件")
    assert not desk.held_button.isVisibleTo(desk)
