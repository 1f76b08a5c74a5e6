"""一覧表: contracts against kinds of duty, told by sign and word, narrowed, and opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State, kind_label
from app.records import Client
from app.ui.context import Context
from app.ui.matrix.table import _upright
from app.ui.matrix.view import MatrixView
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import ShowContract

SAID = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def view(context: Context, work: Any, shown: Any, reckoned: Any) -> Callable[[], MatrixView]:
    def make() -> MatrixView:
        made = MatrixView(context)
        shown(made)
        as_of = AsOf.of(context)
        as_of.ready.connect(made.show_made)
        current = as_of.current()
        if current is not None:
            made.show_made(current)
        reckoned()
        return made

    return make


def square(made: MatrixView, contract: int, kind: str) -> Any:
    cells = made.table.cells
    row = [one.id for one in cells.contracts].index(contract)
    return cells.index(row, cells.kinds.index(kind))


def test_a_square_is_a_sign_that_is_read_out_in_words_with_its_grounds(view: Any, work: Any) -> None:
    made = view()
    index = square(made, work.contract.id, "work-location")
    assert index.data() == "×"
    assert index.data(SAID) == "みなと北市　健診データ入力業務、作業場所の特定・届出：期限超過"
    assert "第6条第4項：" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_only_kinds_that_some_clause_asks_for_are_shown(view: Any, others: Any, context: Context) -> None:
    made = view()
    latest = AsOf.of(context).latest
    assert latest is not None
    kinds = {duty.kind for duty in latest.duties}
    assert set(made.table.cells.kinds) == kinds
    assert "liability" not in kinds
    missing = [kind for kind in kinds if (others[0].id, kind) not in made._grid.squares]
    empty = square(made, others[0].id, missing[0])
    assert empty.data() == ""
    assert empty.data(SAID).endswith("：求められていません")


def test_a_click_opens_the_duty_of_the_contract(
    view: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = view()
    place = made.table.visualRect(square(made, work.contract.id, "work-location")).center()
    qtbot.mouseClick(made.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [ShowContract(work.contract.id, "duties", "work-location")]


def test_the_keyboard_tells_the_square_and_opens_it(
    view: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = view()
    made.table.setFocus()
    made.table.setCurrentIndex(made.table.cells.index(0, 0))
    qtbot.keyClick(made.table, Qt.Key.Key_Right)
    kind = made.table.cells.kinds[1]
    assert kind_label(kind) in made._said.plain
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    assert wanted == [ShowContract(work.contract.id, "duties", kind)]


def test_a_state_keeps_only_its_squares(view: Any, others: Any) -> None:
    made = view()
    made.state.setCurrentIndex(made.state.findData(State.OVERDUE))
    cells = made.table.cells
    signs = {
        cells.index(row, column).data()
        for row in range(cells.rowCount())
        for column in range(cells.columnCount())
    }
    assert "×" in signs
    assert signs <= {"×", ""}
    made.state.setCurrentIndex(made.state.findData(State.WAITING))
    assert cells.rowCount() == 0
    assert not made.table.isVisible()


def test_a_client_keeps_only_its_contracts(
    view: Any, others: Any, context: Context, reckoned: Any, qtbot: QtBot
) -> None:
    made = view()
    client = context.ledger.add(Client(name="柏台市", addressee="柏台市長"))
    context.ledger.change(replace(others[0], client=client.id))
    qtbot.waitUntil(lambda: made.client.findData(client.id) >= 0)
    reckoned()
    made.client.setCurrentIndex(made.client.findData(client.id))
    assert [one.id for one in made.table.cells.contracts] == [others[0].id]


def test_the_name_of_a_contract_opens_it(view: Any, work: Any, wanted: list[Any]) -> None:
    made = view()
    made.table.verticalHeader().sectionClicked.emit(0)
    assert wanted == [ShowContract(work.contract.id, "duties")]


def test_the_matrix_of_another_day_is_that_of_the_day(
    view: Any, work: Any, context: Context, reckoned: Any
) -> None:
    made = view()
    AsOf.of(context).choose(date(2026, 3, 20))
    reckoned()
    assert square(made, work.contract.id, "work-location").data() == "△"


@pytest.mark.parametrize("kind", ["work-location", "subcontract-flowdown", "oath", "private-device-ban"])
def test_a_title_is_written_upright_in_at_most_two_lines_without_losing_a_sign(kind: str) -> None:
    columns = _upright(kind_label(kind))
    assert "".join(columns) == kind_label(kind)
    assert len(columns) <= 2
    assert all(len(one) <= 7 for one in columns)
