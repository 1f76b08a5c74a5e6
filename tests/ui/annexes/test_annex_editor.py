"""The editor of one's own annex: every field writes what it says, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.asks import PARAMETERS, parameters_of
from app.annexes.choices import Submit
from app.annexes.kinds import KINDS, State, When
from app.annexes.own.drafting import effective
from app.annexes.revision import Difference
from app.records import Contract, OwnAnnex
from app.records.contract import ContractAnnex
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.annexes.page import AnnexPage
from app.ui.annexes.words import field_label, spoken, value_words
from app.ui.clauses.parameter_inputs import first_value, input_of
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.parts.dialogs import Unsaved
from app.ui.targets import EditAnnex, EditRecord
from tests.support.annexes import overlay, own

Settle = Callable[[], None]
CLAUSE = """\
[[clause]]
after = "secrecy"
key = "own-1"
number = "第2条の2"
heading = "誓約"
summary = "誓約書を取る。"
kinds = ["oath", "training"]
when = ["before-start"]
parameters.first_day = true
"""


@pytest.fixture
def page(context: Context, sample: Any, shown: Any, settled: Settle) -> AnnexPage:
    """A draft with one clause of its own, which is chosen."""
    del sample
    context.ledger.add(own(overlay(CLAUSE), published_on=None))
    made: AnnexPage = shown(AnnexPage(context, EditAnnex("kakuu", 1)))
    settled()
    go_to(made, "own-1")
    return made


def go_to(page: AnnexPage, key: str) -> None:
    assert page.draft is not None
    page.clauses.show_at([clause["key"] for clause in page.draft.clauses].index(key))


def clause(page: AnnexPage, key: str) -> dict[str, Any]:
    assert page.draft is not None
    found: dict[str, Any] = next(one for one in page.draft.clauses if one["key"] == key)
    return found


def kept(context: Context) -> str:
    (record,) = context.facts().all(OwnAnnex)
    return record.content


def type_over(widget: Any, text: str) -> None:
    widget.setText(text)
    widget.textEdited.emit(text)


def listed(page: AnnexPage) -> list[str]:
    return [f"{one.clause.number}　{one.title}" for one in page.clauses.list.clauses.entries if one.clause]


def test_every_mistake_is_shown_at_its_field_until_it_is_mended(
    page: AnnexPage, context: Context, settled: Settle
) -> None:
    form = page.clauses.form
    type_over(form.heading, "")
    type_over(form.article, "第3条")
    form.parameters[0].add("days_before")
    form.moments[When.INFO].click()
    go_to(page, "secrecy")
    type_over(page.head.title, "")
    assert not page.notice.text
    assert not page.save()
    assert "5か所" in page.notice.text or "6か所" in page.notice.text
    assert kept(context) == overlay(CLAUSE)
    assert "「題名」が空です" in page.head.boxes["title",].error.plain
    assert [text for text in listed(page) if text.startswith("✕")]
    go_to(page, "own-1")
    assert "「見出し」が空です" in form.boxes["heading"].error.plain
    assert "参考" in form.boxes["when"].error.plain
    assert "何日前までか" in form.parameters[0].errors["days_before"].plain
    type_over(page.head.title, "架空市の特記事項")
    type_over(form.heading, "誓約")
    type_over(form.article, "第2条 の2")
    assert form.boxes["number"].error.plain == "✕ 条項番号の中に空白は使えません。空白を除いてください。"
    type_over(form.article, "第2条の2")
    form.moments[When.INFO].click()
    form.parameters[0].remove("days_before")
    assert not page.notice.text
    assert not form.boxes["heading"].error.plain
    assert page.save()
    settled()


def test_a_clause_is_dropped_restored_split_and_moved(page: AnnexPage, context: Context) -> None:
    clauses = page.clauses
    before = listed(page)
    go_to(page, "principle")
    clauses.drop_button.click()
    assert listed(page)[-1].endswith("（外した）")
    clauses.list.choose(next(one.key for one in clauses.list.clauses.entries if "外した）" in one.title))
    assert not clauses.form.isEnabled()
    assert clauses.gone.isVisible()
    clauses.restore_button.click()
    assert listed(page) == before
    assert not page.dirty
    go_to(page, "own-1")
    clauses.split_button.click()
    type_over(clauses.form.article, "第2条の3")
    made = clauses.form.clause
    assert (made["key"], made["kinds"]) == ("own-2", ["oath", "training"])
    clauses.up_button.click()
    assert page.save()
    annex = page.opened.annex
    assert annex is not None
    assert [one.key for one in annex.clauses][2:4] == ["own-2", "own-1"]
    assert "[[change]]" not in kept(context)


def test_a_condition_of_one_kind_is_set_assumed_and_taken_away(page: AnnexPage, context: Context) -> None:
    oath, training = page.clauses.form.parameters
    oath.more.setCurrentIndex(oath.more.findData("submit"))
    oath.more.activated.emit(oath.more.currentIndex())
    combo = next(one for one in oath.findChildren(QComboBox) if one.accessibleName() == "誓約書：提出の時期")
    combo.setCurrentIndex(combo.findData(str(Submit.PROMPTLY)))
    combo.activated.emit(combo.currentIndex())
    oath.assume("submit", True)
    training.remove("first_day")
    assert page.save()
    assert page.opened.annex is not None
    held = page.opened.annex.clause("第2条の2")
    assert (held.asks("oath").submit, held.asks("oath").assumed) == (Submit.PROMPTLY, ("submit",))
    assert held.asks("oath").first_day
    assert not held.asks("training").first_day
    go_to(page, "own-1")
    page.clauses.form.parameters[0].remove("submit")
    assert effective(clause(page, "own-1"), "oath") == {"first_day": True}
    assert page.save()
    assert "assumed" not in kept(context)


def test_kinds_are_picked_from_a_list_with_explanations(page: AnnexPage, dialogs: Any, qtbot: QtBot) -> None:
    def pick(dialog: KindsDialog) -> None:
        assert all(box.accessibleDescription() == KINDS[name].about for name, box in dialog.boxes.items())
        dialog.search.setText("国内")
        lines = [(name, box.parentWidget()) for name, box in dialog.boxes.items()]
        shown = [name for name, line in lines if line is not None and line.isVisibleTo(dialog)]
        assert shown == ["domestic-storage"]
        dialog.boxes["domestic-storage"].click()
        dialog.boxes["training"].click()
        dialog.accept()

    dialogs.answers.append(pick)
    qtbot.mouseClick(page.clauses.form.kinds_button, Qt.MouseButton.LeftButton)
    assert clause(page, "own-1")["kinds"] == ["oath", "domestic-storage"]
    page.clauses.form.drop_kind("oath")
    assert [one.kind for one in page.clauses.form.parameters] == ["domestic-storage"]


def test_words_options_and_period_are_kept(page: AnnexPage, context: Context) -> None:
    head = page.head
    type_over(head.words[0, "client"], "委託者")
    head.options["派遣"][0].click()
    type_over(head.options["派遣"][1], "派遣の従事者がいる契約")
    start = next(one for one in head.findChildren(QWidget) if one.accessibleName() == "適用の始まり")
    type_over(start, "きのう")
    assert not page.save()
    assert page.tabs.currentWidget() is head
    type_over(start, "R8.4.1")
    assert page.save()
    annex = page.opened.annex
    assert annex is not None
    assert annex.parts[0].words["client"] == "委託者"
    assert [option.label for option in annex.options if option.key == "派遣"] == ["派遣の従事者がいる契約"]
    assert str(annex.in_force_from) == "2026-04-01"
    go_to(page, "own-1")
    page.clauses.form.options["派遣"].click()
    assert clause(page, "own-1")["options"] == ["派遣"]
    page.head.options["派遣"][0].click()
    assert not page.save()
    assert "「題名・用語」" in page.clauses.form.boxes["options"].error.plain


def test_the_duties_are_tried_on_a_contract_and_on_an_imaginary_one(
    page: AnnexPage, sample: Any, settled: Settle
) -> None:
    page.tabs.setCurrentWidget(page.trial)
    settled()
    trial = page.trial
    assert trial.contract.currentData() == sample.contract.id
    assert "新たに生じる 2件、なくなる 0件" in trial.summary.plain
    now = {cells[0].text: cells[5].text for cells in (line.cells for line in trial.table.lines.lines)}
    assert now["第2条の2"] == "新たに生じる"
    assert not trial.options["派遣"].isEnabled()
    trial.table.select(("found", 0))
    assert "第2条" in trial.why.plain
    trial.contract.setCurrentIndex(0)
    trial.reckon()
    settled()
    assert trial.options["派遣"].isEnabled()
    assert State.CONFIRM.label in trial.summary.plain
    assert "今の契約" not in trial.summary.plain
    type_over(page.clauses.form.heading, "")
    page.tabs.setCurrentWidget(page.clauses)
    page.tabs.setCurrentWidget(trial)
    settled()
    assert trial.table.lines.lines == []
    assert "誤りを直すと" in trial.notice.text


def test_leaving_asks_about_what_is_not_saved(page: AnnexPage, context: Context, dialogs: Any) -> None:
    assert page.can_leave()
    type_over(page.clauses.form.heading, "別の見出し")
    dialogs.answers.append(Unsaved.STAY)
    assert not page.can_leave()
    dialogs.answers.append(Unsaved.SAVE)
    assert page.can_leave()
    assert "別の見出し" in kept(context)


def test_another_screen_cannot_be_overwritten(page: AnnexPage, context: Context) -> None:
    type_over(page.clauses.form.heading, "ここでの見出し")
    (record,) = context.facts().all(OwnAnnex)
    context.ledger.change(replace(record, content=overlay(CLAUSE.replace('誓約"', 'よその見出し"'))))
    assert "他の画面で変更されました" in page.notice.text
    assert not page.save()
    assert "よその見出し" in kept(context)
    page.reload_button.click()
    go_to(page, "own-1")
    assert page.clauses.form.heading.text() == "よその見出し"


def test_undoing_the_last_save_shows_what_was_before(
    page: AnnexPage, context: Context, settled: Settle
) -> None:
    type_over(page.clauses.form.heading, "別の見出し")
    assert page.save()
    context.ledger.undo()
    settled()
    go_to(page, "own-1")
    assert page.clauses.form.heading.text() == "誓約"
    assert not page.dirty


def test_opening_an_annex_changes_nothing_in_it(
    context: Context, shown: Any, settled: Settle, product: Any
) -> None:
    for annex in product.catalogue.annexes:
        page = shown(AnnexPage(context, EditAnnex(annex.key, annex.version)))
        settled()
        assert page.draft is not None
        for at in range(len(page.draft.clauses)):
            page.clauses.show_at(at)
        for tab in range(page.tabs.count()):
            page.tabs.setCurrentIndex(tab)
        settled()
        assert page.draft.annex() == annex
        page.hide()


def test_every_value_of_the_product_goes_through_its_input(product: Any, look: Any) -> None:
    del look
    seen = set()
    for annex in product.catalogue.annexes:
        for one in annex.clauses:
            for kind in one.kinds:
                table = {"kinds": list(one.kinds), "parameters": dict(one.parameters)}
                for name, value in effective(table, kind).items():
                    if name == "assumed":
                        continue
                    seen.add(name)
                    made = input_of(name, PARAMETERS[name].label)
                    made.show_value(value)
                    assert made.value() == value
    assert len(seen) > 20


def test_every_condition_has_an_input_and_words(look: Any) -> None:
    del look
    for kind in KINDS:
        for name in parameters_of(kind):
            made = input_of(name, PARAMETERS[name].label)
            made.show_value(first_value(name))
            assert made.value() == first_value(name), name


@pytest.mark.parametrize(
    ("difference", "label", "before", "after"),
    [
        (Difference("kinds", ["oath"], []), "義務の種別", "誓約書", "なし"),
        (Difference("when", ["info"], ["standing"]), "時期", "参考", "常時"),
        (Difference("heading", "旧", "新"), "見出し", "旧", "新"),
        (
            Difference("days_before", 7, None, "oath", parameter=True),
            "何日前までか（誓約書）",
            "7日前まで",
            "なし",
        ),
        (
            Difference("assumed", ["urgency"], ["roles"], parameter=True),
            "想定した条件",
            "時期",
            "定める役割",
        ),
        (
            Difference("exception", ["none"], ["statute"], parameter=True),
            "例外",
            "例外なし",
            "法令に定めがあれば可",
        ),
    ],
)
def test_differences_are_told_in_words(difference: Difference, label: str, before: str, after: str) -> None:
    assert field_label(difference) == label
    assert value_words(difference, difference.before) == before
    assert value_words(difference, difference.after) == after


def test_faults_speak_of_labels() -> None:
    assert (
        spoken("「heading」が空です。内容を書いてください。") == "「見出し」が空です。内容を書いてください。"
    )
    assert "option" not in spoken("「派遣」という [[option]] がありません。")


@pytest.mark.parametrize("tab", range(4))
def test_on_a_small_screen_at_150_percent_nothing_is_cut_and_all_is_named(
    page: AnnexPage, context: Context, shown: Any, settled: Settle, tab: int
) -> None:
    context.ledger.add(own(overlay(CLAUSE, key="kimitsu-hoji", version=2), "kimitsu-hoji", 2))
    page.hide()
    made = shown(
        AnnexPage(context, EditAnnex(*(("kimitsu-hoji", 2) if tab == 3 else ("kakuu", 1)))), 855, 455
    )
    settled()
    made.tabs.setCurrentIndex(tab)
    if tab == 0:
        go_to(made, "own-1")
        made.clauses.form.parameters[0].add("explain")
        made.clauses.form.parameters[1].add("topics")
    settled()
    QCoreApplication.processEvents()
    assert (made.width(), made.tabs.currentIndex()) == (855, tab)
    for one in made.findChildren(QPushButton):
        if one.isVisible():
            assert one.width() >= one.minimumSizeHint().width(), one.text()
    for area in made.findChildren(QScrollArea):
        if area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()
    assert nameless(made) == []


def test_the_list_of_kinds_is_named(qtbot: QtBot) -> None:
    dialog = KindsDialog(["oath"])
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []


def nameless(widget: QWidget) -> list[str]:
    """What takes the keyboard without a name; the inner parts of a scroll area go by its own."""
    return [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in widget.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.accessibleName()
        and one.objectName() not in ("qt_scrollarea_viewport", "ScrollLeftButton", "ScrollRightButton")
    ]


def test_a_contract_is_offered_the_versions_that_there_are(context: Context, sample: Any, shown: Any) -> None:
    context.ledger.add(own(overlay(CLAUSE, key="kimitsu-hoji", version=2), "kimitsu-hoji", 2))
    context.ledger.add(own(overlay(CLAUSE, version=1)))
    page = shown(EditorPage(context, EditRecord("contract", sample.contract.id)))
    (row,) = page.form.boxes["annexes"].input.lines
    version = row.inputs["version"].combo
    assert [version.itemText(at) for at in range(version.count())] == ["第2版", "第1版"]
    assert version.currentData() == 1
    assert not page.form.dirty
    version.setCurrentIndex(0)
    assert not page.save(), "it is said first from when the other version holds"
    page.form.since.correction.setChecked(True)
    assert page.save()
    assert context.facts().get(Contract, sample.contract.id).annexes == (
        ContractAnnex(annex="kimitsu-hoji", version=2),
    )
    combo = row.inputs["annex"].combo
    names = [combo.itemText(at) for at in range(combo.count())]
    assert "架空市の特記事項（kakuu）" in names
    assert "架空市の特記事項（kimitsu-hoji）" in names
