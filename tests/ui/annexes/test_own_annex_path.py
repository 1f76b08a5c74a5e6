"""The user's own annex from its first line to a contract under its second version, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import When
from app.duties.engine import duties
from app.records import Contract, OwnAnnex
from app.records.contract import ContractAnnex
from app.ui.annexes.page import AnnexPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.plain import AnnexInput
from app.ui.inputs.rows import GridInput
from app.ui.lists.page import RecordsPage
from app.ui.settings.annexes import AnnexesSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.window import MainWindow
from app.ui.targets import EditAnnex, EditRecord, ShowList, ShowSettings
from tests.ui.annexes.conftest import click

Settle = Callable[[], None]
TODAY = date(2026, 4, 20)


def section(window: MainWindow, settled: Settle) -> AnnexesSection:
    window.open(ShowSettings("annexes"))
    settled()
    assert isinstance(window.page, SettingsPage)
    shown = window.page.section
    assert isinstance(shown, AnnexesSection)
    return shown


def editor(window: MainWindow) -> AnnexPage:
    assert isinstance(window.page, AnnexPage), window.page
    return window.page


def place(page: AnnexPage, key: str) -> int:
    assert page.draft is not None
    return [clause["key"] for clause in page.draft.clauses].index(key)


def own(context: Context, key: str, version: int = 1) -> OwnAnnex:
    return next(one for one in context.facts().all(OwnAnnex) if (one.annex, one.version) == (key, version))


def type_over(widget: Any, text: str) -> None:
    widget.setText(text)
    widget.textEdited.emit(text)


def name_it(title: str, key: str) -> Callable[[Any], None]:
    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].edit.setText(title)
        dialog.form.inputs["annex"].edit.setText(key)
        dialog.accept()

    return fill


def begun(window: MainWindow, dialogs: Any, settled: Settle, qtbot: QtBot) -> AnnexPage:
    """A draft on the basis of 機密保持特記事項."""
    listed = section(window, settled)
    listed.table.select(("kimitsu-hoji", 1))
    dialogs.answers.append(name_it("架空市の特記事項", "kakuu"))
    click(qtbot, listed.buttons["この特記事項を基に作る…"])
    settled()
    return editor(window)


def tick_kinds(*kinds: str) -> Callable[[Any], None]:
    def tick(dialog: Any) -> None:
        for kind in kinds:
            dialog.boxes[kind].click()
        dialog.accept()

    return tick


def add_clause(page: AnnexPage, dialogs: Any, qtbot: QtBot, number: str, kind: str) -> None:
    page.clauses.show_at(place(page, "secrecy"))
    click(qtbot, page.clauses.add_button)
    form = page.clauses.form
    type_over(form.article, number)
    type_over(form.heading, "規程の整備")
    form.summary.setPlainText("管理の規程を定める。")
    dialogs.answers.append(tick_kinds(kind))
    click(qtbot, form.kinds_button)
    form.moments[When.STANDING].click()


def publish(page: AnnexPage, dialogs: Any, settled: Settle, qtbot: QtBot) -> None:
    dialogs.answers.append(True)
    click(qtbot, page.publish_button)
    settled()


def asked_of(context: Context, contract: Contract) -> set[tuple[str, int, str, str]]:
    found = duties(context.facts(), context.catalogue, context.forms, TODAY, contract.id)
    return {(one.annex, one.clause.version, one.clause.number, one.kind) for one in found}


def test_an_annex_is_made_from_another_one_and_binds_a_contract(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    page = begun(window, dialogs, settled, qtbot)
    page.clauses.show_at(place(page, "work-location"))
    (parameters,) = page.clauses.form.parameters
    (days,) = parameters.findChildren(QLineEdit)
    type_over(days, "14")
    add_clause(page, dialogs, qtbot, "第2条の2", "management-rules")
    assert page.dirty
    click(qtbot, page.save_button)
    settled()
    page = editor(window)
    assert not page.dirty
    kept = own(context, "kakuu").content
    assert "parameters.days_before = 14" in kept
    assert kept.count("[[clause]]") == kept.count("[[change]]") == 1
    publish(page, dialogs, settled, qtbot)
    assert own(context, "kakuu").published_on == TODAY
    assert not page.clauses.form.isEnabled()
    assert not page.save_button.isVisible()

    window.open(EditRecord("contract", sample.contract.id))
    contract_page = window.page
    assert isinstance(contract_page, EditorPage)
    rows = contract_page.form.boxes["annexes"].input
    assert isinstance(rows, GridInput)
    (row,) = rows.lines
    annex = row.inputs["annex"]
    assert isinstance(annex, AnnexInput)
    combo = annex.combo
    combo.setCurrentIndex(combo.findData("kakuu"))
    combo.activated.emit(combo.currentIndex())
    assert row.inputs["version"].text() == "1"
    assert not contract_page.save(), "it is said first from when the other annex holds"
    assert contract_page.form.since is not None
    contract_page.form.since.correction.setChecked(True)
    assert contract_page.save()
    settled()
    assert ("kakuu", 1, "第2条の2", "management-rules") in asked_of(context, sample.contract)


def test_a_new_version_is_compared_applied_and_taken_back(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    listed = section(window, settled)
    listed.table.select(("kimitsu-hoji", 1))
    click(qtbot, listed.buttons["新しい版を作る"])
    settled()
    page = editor(window)
    assert own(context, "kimitsu-hoji", 2).published_on is None
    page.clauses.show_at(place(page, "secrecy"))
    type_over(page.clauses.form.article, "第2条の9")
    add_clause(page, dialogs, qtbot, "第2条の2", "management-rules")
    page.clauses.show_at(place(page, "principle"))
    click(qtbot, page.clauses.drop_button)
    publish(page, dialogs, settled, qtbot)
    page.tabs.setCurrentWidget(page.revision)
    settled()
    told = {
        one.property("plain") or one.text()
        for one in page.revision.comparison.findChildren(QWidget)
        if hasattr(one, "text")
    }
    assert {"変更", "新設", "廃止"} <= told
    (box,) = page.revision.boxes.values()
    assert not page.revision.apply_button.isEnabled()
    box.click()
    dialogs.answers.append(True)
    click(qtbot, page.revision.apply_button)
    settled()
    assert [row.version for row in context.facts().get(Contract, sample.contract.id).annexes] == [2]
    new = ("kimitsu-hoji", 2, "第2条の2", "management-rules")
    assert new in asked_of(context, sample.contract)
    assert page.revision.boxes == {}
    dialogs.answers.append(True)
    window.undo()
    settled()
    assert [row.version for row in context.facts().get(Contract, sample.contract.id).annexes] == [1]
    assert new not in asked_of(context, sample.contract)
    assert len(page.revision.boxes) == 1


def test_what_a_version_would_do_is_told_before_it_is_applied(
    window: MainWindow, context: Context, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    listed = section(window, settled)
    listed.table.select(("kimitsu-hoji", 1))
    click(qtbot, listed.buttons["新しい版を作る"])
    settled()
    page = editor(window)
    add_clause(page, dialogs, qtbot, "第2条の2", "management-rules")
    page.tabs.setCurrentWidget(page.revision)
    settled()
    texts = [getattr(one, "plain", "") for one in page.revision.findChildren(QWidget)]
    assert any("第2条の2 管理運営規定" in text for text in texts)
    assert "この版を確定すると" in page.revision.notice.text
    assert not page.revision.apply_button.isVisible()
    assert context.facts().all(OwnAnnex)[0].revision == 1
    # Once more: there is a draft already, and that one is opened.
    listed = section(window, settled) if page.save() else listed
    listed.table.select(("kimitsu-hoji", 1))
    click(qtbot, listed.buttons["新しい版を作る"])
    settled()
    assert [one.version for one in context.facts().all(OwnAnnex)] == [2]
    assert editor(window).opened.record == own(context, "kimitsu-hoji", 2)


def test_it_goes_through_a_spreadsheet_and_comes_back(
    window: MainWindow, context: Context, dialogs: Any, settled: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    page = begun(window, dialogs, settled, qtbot)
    path = tmp_path / "特記事項.xlsx"
    dialogs.answers.append(path)
    click(qtbot, page.export_button)
    settled()
    book = load_workbook(path)
    sheet = book["条項"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["見出し"]).value = "直した見出し"
    book.save(path)
    listed = section(window, settled)
    dialogs.answers += [[path], True]
    click(qtbot, listed.buttons["読み込む…"])
    settled()
    assert "置き換えますか" in dialogs.asked[-1]
    page = editor(window)
    assert page.draft is not None
    assert page.draft.clauses[0]["heading"] == "直した見出し"
    assert own(context, "kakuu").published_on is None
    sheet.cell(2, columns["時期1"]).value = "ときどき"
    book.save(path)
    listed = section(window, settled)
    dialogs.answers.append([path])
    click(qtbot, listed.buttons["読み込む…"])
    settled()
    assert "シート「条項」" in dialogs.said[-1]
    assert "ときどき" in dialogs.said[-1]


def test_the_list_of_records_opens_the_same_editor(
    window: MainWindow, context: Context, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    page = begun(window, dialogs, settled, qtbot)
    record = page.opened.record
    assert record is not None
    window.open(ShowList("own_annex"))
    settled()
    window.open(EditRecord("own_annex", record.id))
    page = editor(window)
    assert page.opened.record == record
    dialogs.answers.append("不要になったため")
    click(qtbot, page.retire_button)
    settled()
    assert context.facts().all(OwnAnnex) == ()
    window.open(EditRecord("own_annex", record.id))
    page = editor(window)
    assert not page.retire_button.isVisible()
    assert not page.clauses.form.isEnabled()
    window.back()
    assert isinstance(window.page, RecordsPage)
    window.page.list.add()
    assert isinstance(window.page, SettingsPage)
    assert isinstance(window.page.section, AnnexesSection)


def test_a_version_that_a_contract_carries_stays(
    window: MainWindow, context: Context, sample: Any, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    page = begun(window, dialogs, settled, qtbot)
    publish(page, dialogs, settled, qtbot)
    context.ledger.change(replace(sample.contract, annexes=(ContractAnnex(annex="kakuu", version=1),)))
    settled()
    listed = section(window, settled)
    listed.table.select(("kakuu", 1))
    dialogs.answers.append("不要になったため")
    click(qtbot, listed.buttons["取り消す…"])
    assert "健診データ入力業務" in dialogs.said[-1]
    assert own(context, "kakuu").retired_at is None


def test_a_text_that_cannot_be_read_is_named_and_takes_nothing_down(
    window: MainWindow, context: Context, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    page = begun(window, dialogs, settled, qtbot)
    base = page.opened.record
    assert base is not None
    listed = section(window, settled)
    listed.table.select(("kakuu", 1))
    dialogs.answers.append(name_it("その上の特記事項", "ue"))
    click(qtbot, listed.buttons["この特記事項を基に作る…"])
    settled()
    context.ledger.retire(base, "取りやめ")
    settled()
    listed = section(window, settled)
    assert "その上の特記事項" in listed.notice.text
    listed.table.select(("ue", 1))
    assert not listed.buttons["確定する…"].isEnabled()
    click(qtbot, listed.buttons["開く"])
    page = editor(window)
    assert "読めません" in page.notice.text
    assert not page.tabs.isVisible()


def test_what_the_product_brings_is_only_read(window: MainWindow, settled: Settle) -> None:
    window.open(EditAnnex("kawaguchi", 1))
    settled()
    page = editor(window)
    assert not page.save_button.isVisible()
    assert not page.publish_button.isVisible()
    assert not page.retire_button.isVisible()
    assert page.begin_button.isVisible()
    assert not page.clauses.form.isEnabled()
    assert page.clauses.form.part.count() == 2


def test_a_page_whose_annex_is_undone_goes_away(
    window: MainWindow, context: Context, dialogs: Any, settled: Settle, qtbot: QtBot
) -> None:
    begun(window, dialogs, settled, qtbot)
    dialogs.answers.append(True)
    window.undo()
    settled()
    assert context.facts().all(OwnAnnex) == ()
    assert isinstance(window.page, SettingsPage)
