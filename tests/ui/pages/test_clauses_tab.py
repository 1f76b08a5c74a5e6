"""条項: every clause with its states, what it asks, and the user's own copy of its wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import ClauseText
from app.records.contract import ContractAnnex
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.contract.tab_clauses import ClausesTab
from app.ui.parts.dialogs import Unsaved
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import IssueForm, ShowContract

NOTICE = ("kimitsu-hoji", 1, "第6条第4項")


@pytest.fixture
def page(context: Context, work: Any, shown: Any, reckoned: Any) -> Callable[[], ContractPage]:
    def make() -> ContractPage:
        made = ContractPage(context, ShowContract(work.contract.id, "clauses"))
        shown(made)
        made.refresh()
        reckoned()
        return made

    return make


def tab_of(page: ContractPage) -> ClausesTab:
    assert isinstance(page.tab, ClausesTab)
    return page.tab


def said(tab: ClausesTab) -> str:
    return " ".join(one.accessibleName() or one.text() for one in tab.area.findChildren(QLabel))


def write(tab: ClausesTab, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(tab.own.edit, event)


def test_every_clause_of_every_annex_stands_in_its_order(page: Any, context: Context) -> None:
    tab = tab_of(page())
    held = [
        (clause.annex, clause.number)
        for key in ("kimitsu-hoji", "kawaguchi")
        for clause in context.catalogue.clauses(key)
    ]
    entries = tab.clauses.clauses.entries
    assert [(one.key[0], one.key[2]) for one in entries if one.clause] == held
    assert len([one for one in entries if one.clause is None]) == 2


def test_a_clause_tells_its_summary_what_it_asks_where_it_stands_and_what_is_next(
    page: Any, qtbot: QtBot, context: Context, work: Any, wanted: list[Any]
) -> None:
    tab = tab_of(page())
    tab.clauses.choose(NOTICE)
    clause = context.catalogue.annex(NOTICE[0]).clause(NOTICE[2])
    for words in (clause.summary, "事前に提出（前日まで）", "× 期限超過", "使用開始"):
        assert words in said(tab)
    (step,) = [one for one in tab.findChildren(QPushButton) if one.text() == "作業場所届出書を作成"]
    qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_the_list_is_walked_with_the_keyboard_and_read_out(page: Any, qtbot: QtBot) -> None:
    tab = tab_of(page())
    assert tab.clauses.entry is not None
    assert tab.clauses.entry.key[2] == "第1条"
    tab.clauses.setFocus()
    qtbot.keyClick(tab.clauses, Qt.Key.Key_Down)
    assert tab.clauses.entry.key[2] == "第2条"
    tab.clauses.choose(NOTICE)
    spoken = tab.clauses.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("第6条第4項 ")
    assert "期限超過1件" in spoken


def test_an_informational_clause_is_for_reading_and_no_duty(page: Any) -> None:
    tab = tab_of(page())
    entry = tab.clauses.entry
    assert entry is not None
    assert entry.info
    assert not entry.states
    assert entry.about.startswith("参考")
    assert "この条項には、することはありません。" in said(tab)


@pytest.mark.parametrize(("number", "words"), [("34", "守る必要がある条項"), ("44", "証明")])
def test_a_clause_that_no_record_can_prove_is_explained(
    page: Any, context: Context, work: Any, reckoned: Any, number: str, words: str
) -> None:
    with context.ledger.write() as change:
        change.change(replace(work.contract, annexes=(ContractAnnex(annex="besshi-44"),), parameters=()))
    made = page()
    tab_of(made).clauses.choose(("besshi-44", 1, number))
    assert words in said(tab_of(made))


def test_the_wording_is_typed_saved_and_found_again(
    page: Any, qtbot: QtBot, context: Context, work: Any, reckoned: Any
) -> None:
    tab = tab_of(page())
    tab.clauses.choose(NOTICE)
    assert not tab.own.keep.isEnabled()
    write(tab, "受注者は、作業場所を届け出る。")
    qtbot.mouseClick(tab.own.keep, Qt.MouseButton.LeftButton)
    reckoned()
    (held,) = context.facts().all(ClauseText)
    assert (held.contract, held.annex, held.clause) == (work.contract.id, "kimitsu-hoji", "第6条第4項")
    assert held.text == "受注者は、作業場所を届け出る。"
    tab.clauses.choose(("kimitsu-hoji", 1, "第1条"))
    assert tab.own.edit.toPlainText() == ""
    tab.clauses.choose(NOTICE)
    assert tab.own.edit.toPlainText() == "受注者は、作業場所を届け出る。"
    entry = tab.clauses.entry
    assert entry is not None
    assert entry.copied


def test_a_saved_wording_changes_no_state(page: Any, context: Context, qtbot: QtBot, reckoned: Any) -> None:
    tab = tab_of(page())
    before = AsOf.of(context).latest
    tab.clauses.choose(NOTICE)
    write(tab, "受注者は、作業場所を届け出る。")
    tab.save()
    after = reckoned()
    assert before is not None
    assert after.facts is not before.facts
    assert after.duties == before.duties


def test_an_emptied_wording_is_retired_and_undone(
    page: Any, context: Context, reckoned: Any, work: Any
) -> None:
    context.ledger.add(
        ClauseText(contract=work.contract.id, annex="kimitsu-hoji", clause="第6条第4項", text="控えの文")
    )
    tab = tab_of(page())
    tab.clauses.choose(NOTICE)
    assert tab.own.edit.toPlainText() == "控えの文"
    tab.own.edit.clear()
    assert tab.save()
    reckoned()
    assert context.facts().all(ClauseText) == ()
    context.ledger.undo()
    reckoned()
    assert [one.text for one in context.facts().all(ClauseText)] == ["控えの文"]
    assert tab.own.edit.toPlainText() == "控えの文"


def test_what_is_typed_for_one_clause_waits_while_another_is_read(
    page: Any, context: Context, reckoned: Any
) -> None:
    tab = tab_of(page())
    tab.clauses.choose(NOTICE)
    write(tab, "書きかけ")
    tab.clauses.choose(("kimitsu-hoji", 1, "第2条"))
    assert tab.own.edit.toPlainText() == ""
    assert "未保存の控えが1件" in said(tab)
    tab.clauses.choose(NOTICE)
    assert tab.own.edit.toPlainText() == "書きかけ"
    assert context.facts().all(ClauseText) == ()


@pytest.mark.parametrize(
    ("answer", "leaves", "kept"), [("保存する", True, 1), ("保存しない", True, 0), ("戻る", False, 0)]
)
def test_leaving_asks_about_what_is_not_saved(
    page: Any, context: Context, dialogs: Any, answer: str, leaves: bool, kept: int
) -> None:
    made = page()
    assert made.can_leave()
    tab_of(made).clauses.choose(NOTICE)
    write(tab_of(made), "書きかけ")
    dialogs.answers.append(Unsaved(answer))
    assert made.can_leave() is leaves
    assert len(context.facts().all(ClauseText)) == kept


def test_states_are_counted_by_clause(page: Any) -> None:
    tab = tab_of(page())
    tab.clauses.choose(NOTICE)
    entry = tab.clauses.entry
    assert entry is not None
    assert entry.states[State.OVERDUE] == 1
