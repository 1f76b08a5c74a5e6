"""まとめて発行: many papers in a few clicks, all of them or none, and out of the house in one go."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.common import PeopleError, Progress
from app.printing.pages import OpenPdf, page_count
from app.records import Contract, Location, Oath, Submission
from app.records.for_contract import ForContract
from app.records.oath import OathForm, OathKind
from app.ui.context import Context, Program
from app.ui.operations import Job
from app.ui.papers.many.choices import FORM, OATH
from app.ui.papers.many.found_list import said
from app.ui.papers.many.page import ManyPage
from app.ui.papers.printing import PrintDialog
from app.ui.papers.printing_port import NO_PRINTER, PaperPort, Printers, PrintOrder
from app.ui.targets import EditRecord, IssueMany, ShowDocument
from app.ui.today.together_card import TogetherCard
from app.work.batches import BEFORE_START, ON_CHANGE, Due
from tests.ui.conftest import TODAY

LEFT = Qt.MouseButton.LeftButton
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass
class Paper:
    """A printer that keeps what it was sent."""

    sent: list[tuple[str, int]] = field(default_factory=list)

    names: tuple[str, ...] = ("事務所",)

    def printers(self) -> Printers:
        if not self.names:
            raise PeopleError(NO_PRINTER)
        return Printers(self.names, self.names[0])

    def send(self, pdf: bytes, title: str, order: PrintOrder, progress: Progress) -> None:
        progress.step(1, 1, title)
        del order
        self.sent.append((title, page_count(pdf)))


@pytest.fixture
def page(context: Context, shown: Any) -> Callable[..., ManyPage]:
    def make(name: str = "", contract: int = 0) -> ManyPage:
        made = ManyPage(context, IssueMany(name, contract))
        shown(made)
        return made

    return make


def listed(page: ManyPage, qtbot: QtBot) -> list[tuple[str, str, str]]:
    """The lines of the list, once it stands."""
    qtbot.waitUntil(lambda: page._looked is not None and page._right.currentIndex() == 1, timeout=20_000)
    tree = page.list.tree
    items = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [(one.text(0), one.text(1), one.text(2)) for one in items if one is not None]


def issue(page: ManyPage, qtbot: QtBot, dialogs: Any) -> None:
    dialogs.answers.append(True)
    qtbot.mouseClick(page.issue, LEFT)
    qtbot.waitUntil(lambda: page.done, timeout=30_000)


def numbers(context: Context) -> list[str]:
    return [one.number for one in context.facts().all(Submission)]


def test_a_whole_set_before_the_start_is_one_click_and_a_yes(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, wanted: list[Any]
) -> None:
    made = page(BEFORE_START, work.contract.id)
    lines = listed(made, qtbot)
    ready = [line for line in lines if line[2].startswith("○")]
    assert len(ready) > 1
    assert made.issue.text() == f"{len(ready)}件を発行"
    issue(made, qtbot, dialogs)
    papers = context.facts().all(Submission)
    assert len(papers) == len(ready) + 1
    assert papers[-1].form == "submission-cover"
    with OpenPdf(context.ledger.document_bytes(papers[-1])) as cover:
        assert all(one.number in cover.text(0) for one in papers[:-1])
    assert [line.cells[0].text for line in made.result.table.lines.lines] == numbers(context)
    made.result.table.picked.emit(papers[0].id)
    assert wanted == [ShowDocument(papers[0].id)]
    assert context.ledger.verify().ok


def test_without_the_cover_it_is_not_there(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    made.choices.cover.setChecked(False)
    listed(made, qtbot)
    issue(made, qtbot, dialogs)
    assert "submission-cover" not in {one.form for one in context.facts().all(Submission)}


def test_where_nothing_is_to_be_issued_it_is_said_of_each_paper_why(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    issue(made, qtbot, dialogs)
    again = page(BEFORE_START, work.contract.id)
    lines = listed(again, qtbot)
    assert ("作業場所届出書", "・ 提出待ち") in [line[1:] for line in lines]
    assert "・ 求めなし" in {line[2] for line in lines}
    assert not again.issue.isEnabled()
    at = [line[1] for line in lines].index("作業場所届出書")
    again.list.tree.setCurrentItem(again.list.tree.topLevelItem(at))
    told = " ".join(one.text() for one in again.list.details.findChildren(QLabel))
    assert "まだ提出していません（文書番号2026-" in told


def test_what_lacks_something_is_named_with_the_record_to_open_and_never_issued(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, wanted: list[Any]
) -> None:
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock=""))
    made = page(BEFORE_START, work.contract.id)
    lines = listed(made, qtbot)
    assert ("作業場所届出書", "△ 足りない事項1件") in [line[1:] for line in lines]
    press = next(one for one in made.list.details.findChildren(QPushButton) if one.isVisible())
    qtbot.mouseClick(press, LEFT)
    assert wanted == [EditRecord("location", work.location.id)]
    issue(made, qtbot, dialogs)
    assert "location-notice" not in {one.form for one in context.facts().all(Submission)}


def test_once_it_is_entered_the_list_follows(page: Any, qtbot: QtBot, context: Context, work: Any) -> None:
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock=""))
    made = page(BEFORE_START, work.contract.id)
    assert any(line[2].startswith("△ 足りない") for line in listed(made, qtbot))
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="電子錠"))
    assert ("作業場所届出書", "○ 発行できます") in [line[1:] for line in listed(made, qtbot)]


def test_a_form_for_several_contracts_can_be_narrowed_by_ticks(
    page: Any, qtbot: QtBot, context: Context, others: Any, dialogs: Any
) -> None:
    made = page()
    made.choices.what.setCurrentIndex(made.choices.what.findData(FORM))
    qtbot.waitUntil(lambda: "様式を選んで" in made._say.text.plain)
    made.choices.form.setCurrentIndex(made.choices.form.findData("personnel-report"))
    lines = listed(made, qtbot)
    assert len(lines) == len(others) + 1
    qtbot.mouseClick(made.list.none, LEFT)
    assert not made.issue.isEnabled()
    first = made.list.tree.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, CHECKED)
    chosen = first.text(0)
    assert made.issue.text() == "1件を発行"
    issue(made, qtbot, dialogs)
    (paper,) = context.facts().all(Submission)
    assert context.facts().get(Contract, paper.contract).title in chosen


def test_oaths_are_for_those_who_have_not_signed_in_contracts_that_run(
    page: Any, qtbot: QtBot, context: Context, work: Any, others: Any
) -> None:
    over = replace(context.facts().get(Contract, others[0].id), ended_on=TODAY, ended_why="解除")
    context.ledger.change(over)
    made = page(OATH)
    assert len(listed(made, qtbot)) == 4
    ready = next(one for one in made.list._found if one.ready)
    context.ledger.change(replace(context.facts().get(Contract, over.id), ended_on=date(2026, 4, 19)))
    qtbot.waitUntil(lambda: len(listed(made, qtbot)) == 3, timeout=20_000)
    with context.ledger.write() as change:
        for person in (work.worker.id, work.manager.id):
            change.add(
                Oath(
                    person=person,
                    contracts=(ForContract(contract=work.contract.id),),
                    kind=OathKind.STARTING,
                    form=OathForm.OATH,
                    signed_on=TODAY,
                )
            )
    qtbot.waitUntil(
        lambda: any(line[2] == "・ 対象なし" and "健診" in line[0] for line in listed(made, qtbot)),
        timeout=20_000,
    )
    (nobody,) = (one for one in made.list._found if said(one) == "・ 対象なし")
    made.list.show_found([ready, nobody])
    # Where nobody is left to sign nothing is lacking: why it is so is said when it is asked for.
    assert not made.list.details.isVisible()
    made.list.tree.setCurrentItem(made.list.tree.topLevelItem(1))
    assert made.list.details.isVisible()


def test_changes_are_found_in_all_contracts(
    page: Any, qtbot: QtBot, context: Context, work: Any, issued: Any
) -> None:
    issued("location-notice", date(2026, 4, 10), date(2026, 4, 11))
    made = page(ON_CHANGE)
    qtbot.waitUntil(lambda: made._looked is not None, timeout=20_000)
    before = made._looked.found
    assert "location-notice" not in [one.wish.form.id for one in before]
    context.ledger.change(replace(context.facts().get(Location, work.location.id), room="5階"))
    lines = listed(made, qtbot)
    assert "作業場所届出書" in [line[1] for line in lines]


@pytest.mark.parametrize(
    ("day", "ready"), [("2026-04-19", True), ("2026-04-20", True), ("2026-04-21", False)]
)
def test_no_paper_is_issued_for_a_day_that_has_not_come(
    page: Any, qtbot: QtBot, work: Any, day: str, ready: bool
) -> None:
    made = page("personnel-report")
    listed(made, qtbot)
    made.choices.day.edit.setText(day)
    lines = listed(made, qtbot)
    assert lines[0][2].startswith("○") is ready
    assert made.issue.isEnabled() is ready


def test_a_period_is_asked_for_where_the_form_covers_one(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page("status-report")
    listed(made, qtbot)
    assert made.choices.within.isVisible()
    made.choices.within.first.edit.setText("2026-04-10")
    made.choices.within.last.edit.setText("2026-04-09")
    qtbot.waitUntil(lambda: "終わりが始まりより前" in made._say.text.plain)
    made.choices.within.last.edit.setText("2026-04-10")
    listed(made, qtbot)
    issue(made, qtbot, dialogs)
    (paper,) = context.facts().all(Submission)
    assert (paper.period_from, paper.period_to) == (date(2026, 4, 10), date(2026, 4, 10))


def test_stopped_while_issuing_nothing_is_issued(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)

    def stop(job: Job) -> None:
        if "発行しています" in job.title:
            job.cancel()

    context.operations.started.connect(stop)
    dialogs.answers.append(True)
    qtbot.mouseClick(made.issue, LEFT)
    qtbot.waitUntil(lambda: "1件も発行していません" in made.notice.text, timeout=20_000)
    assert numbers(context) == []
    assert made.issue.isEnabled()
    context.operations.started.disconnect(stop)
    issue(made, qtbot, dialogs)
    assert numbers(context)[0] == "2026-0001"


def test_stopped_too_late_it_is_said_what_was_issued(
    page: Any,
    qtbot: QtBot,
    context: Context,
    work: Any,
    dialogs: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    file_all = context.ledger.issue_all

    def stopped_meanwhile(*given: Any, **named: Any) -> Any:
        made._job.cancel()
        return file_all(*given, **named)

    monkeypatch.setattr(context.ledger, "issue_all", stopped_meanwhile)
    issue(made, qtbot, dialogs)
    held = numbers(context)
    assert made.result.notice.text.startswith("中止は間に合わず、発行されました。")
    assert f"「{held[0]}」から「{held[-1]}」までの{len(held)}件" in made.result.notice.text
    dialogs.answers.append(False)
    assert not made.can_leave()


def test_what_was_issued_together_is_not_left_by_mistake(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, tmp_path: Path
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    assert made.can_leave()
    issue(made, qtbot, dialogs)
    dialogs.answers.append(False)
    assert not made.can_leave()
    assert "まだ印刷も保存もしていません" in dialogs.asked[-1]
    dialogs.answers.append(False)
    made.result.more.click()
    assert made.done
    dialogs.answers.append(tmp_path)
    made.result.each.click()
    qtbot.waitUntil(lambda: made.result.taken_out)
    assert made.can_leave()
    dialogs.answers.clear()
    made.result.more.click()
    assert not made.done


def test_while_they_are_issued_nobody_leaves_by_mistake_and_the_keyboard_stays_here(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    left: list[bool] = []
    held: list[bool] = []

    def leave(job: Job) -> None:
        if "発行しています" in job.title and not left:
            dialogs.answers.append(False)
            left.append(made.can_leave())
            held.append(made.list.isAncestorOf(made.focusWidget()))

    context.operations.progressed.connect(leave)
    made.issue.setFocus()
    issue(made, qtbot, dialogs)
    assert left == [False]
    assert "書類を発行しています" in dialogs.asked[-1]
    assert held == [True]
    assert made.focusWidget() is made.result.paper


def test_what_was_written_since_the_list_stops_them_all(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)

    def write(job: Job) -> None:
        if "発行しています" in job.title:
            place = context.facts().get(Location, work.location.id)
            context.ledger.change(replace(place, room="別室"))

    context.operations.started.connect(write)
    dialogs.answers.append(True)
    qtbot.mouseClick(made.issue, LEFT)
    qtbot.waitUntil(lambda: "どの書類も発行していません" in made.notice.text, timeout=20_000)
    assert "台帳が変わりました" in made.notice.text
    assert numbers(context) == []


def test_turning_away_issues_nothing(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    dialogs.answers.append(False)
    qtbot.mouseClick(made.issue, LEFT)
    assert numbers(context) == []
    assert made.issue.isEnabled()


def test_all_go_to_the_printer_in_one_job(
    page: Any, qtbot: QtBot, context: Context, program: Program, work: Any, dialogs: Any
) -> None:
    paper = Paper()
    port: PaperPort = paper
    context.program = replace(program, services={"printer": port})
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    issue(made, qtbot, dialogs)

    def choose(dialog: PrintDialog) -> None:
        dialog.accept()

    dialogs.answers.append(choose)
    qtbot.mouseClick(made.result.paper, LEFT)
    qtbot.waitUntil(lambda: bool(paper.sent), timeout=20_000)
    papers = context.facts().all(Submission)
    pages = sum(page_count(context.ledger.document_bytes(one)) for one in papers)
    assert paper.sent == [("2026-0001　一式", pages)]
    paper.names = ()
    qtbot.mouseClick(made.result.paper, LEFT)
    qtbot.waitUntil(lambda: "プリンター" in made.result.notice.text, timeout=20_000)
    assert f"「{made.result.one.text().partition('(')[0]}」で保存" in made.result.notice.text


def test_they_are_saved_in_one_file_or_each_in_its_own(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, tmp_path: Path
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    issue(made, qtbot, dialogs)
    dialogs.answers.append(tmp_path / "一式")
    qtbot.mouseClick(made.result.one, LEFT)
    qtbot.waitUntil(lambda: "保存しました" in made.result.notice.text, timeout=20_000)
    papers = context.facts().all(Submission)
    pages = sum(page_count(context.ledger.document_bytes(one)) for one in papers)
    assert page_count((tmp_path / "一式.pdf").read_bytes()) == pages
    folder = tmp_path / "控え"
    folder.mkdir()
    dialogs.answers.append(folder)
    qtbot.mouseClick(made.result.each, LEFT)
    qtbot.waitUntil(lambda: f"{len(papers)}件を保存しました" in made.result.notice.text, timeout=20_000)
    saved = {one.number: path for path in folder.iterdir() for one in papers if one.number in path.name}
    assert {number: path.read_bytes() for number, path in saved.items()} == {
        one.number: context.ledger.document_bytes(one) for one in papers
    }


def test_a_full_disk_is_told_with_the_numbers_that_are_issued_all_the_same(
    page: Any,
    qtbot: QtBot,
    context: Context,
    work: Any,
    dialogs: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = page(BEFORE_START, work.contract.id)
    listed(made, qtbot)
    issue(made, qtbot, dialogs)
    whole = Path.replace
    saved: list[Path] = []

    def full(path: Path, target: Any) -> Any:
        if saved:
            raise OSError(errno.ENOSPC, "full")
        saved.append(Path(target))
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", full)
    dialogs.answers.append(tmp_path)
    qtbot.mouseClick(made.result.each, LEFT)
    qtbot.waitUntil(lambda: "空き容量" in made.result.notice.text, timeout=20_000)
    held = numbers(context)
    assert f"「{held[1]}から{held[-1]}まで」は発行して台帳に保管しました" in made.result.notice.text
    assert [path.name for path in tmp_path.glob("*.pdf")] == [path.name for path in saved]
    assert not list(tmp_path.glob("*.tmp"))


def test_today_leads_to_the_papers_of_a_start_and_of_changes(
    context: Context, shown: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    due = (Due(work.contract.id, 4), Due(0, 2))
    card = shown(TogetherCard(context, context.facts(), due))
    start, changes = card.findChildren(QPushButton)
    assert start.accessibleName().endswith("着手前の書類4件")
    for press in (start, changes):
        qtbot.mouseClick(press, LEFT)
    assert wanted == [IssueMany(BEFORE_START, work.contract.id), IssueMany(ON_CHANGE)]


def test_the_papers_of_an_act_are_listed_alone_and_once(
    context: Context, shown: Any, qtbot: QtBot, work: Any, dialogs: Any
) -> None:
    """Nothing that is due for another reason, and nothing a second time."""
    made = ManyPage(context, IssueMany(papers=((work.contract.id, "personnel-report"),)))
    shown(made)
    listed(made, qtbot)
    assert made._looked is not None
    assert made._looked.found is not None
    assert [one.wish.form.id for one in made._looked.found] == ["personnel-report"]
    issue(made, qtbot, dialogs)
    (paper,) = context.facts().all(Submission)
    assert paper.form == "personnel-report"
    dialogs.answers.append(True)
    made._again()
    qtbot.waitUntil(lambda: made._say.title.text() == "発行する書類はありません")


def test_a_paper_about_single_records_is_about_those_of_the_act(
    context: Context, shown: Any, qtbot: QtBot, work: Any
) -> None:
    """Of two who have not signed, the oath of the one whom the act was about."""
    only = (f"person:{work.worker.id}", f"contract:{work.contract.id}")
    made = ManyPage(context, IssueMany(papers=((work.contract.id, OATH),), only=only))
    shown(made)
    listed(made, qtbot)
    assert made._looked is not None
    assert made._looked.found is not None
    (found,) = made._looked.found
    assert found.wish.case.only == (f"person:{work.worker.id}",)
