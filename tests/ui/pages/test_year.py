"""契約の更新 and 契約を終える in the window: found on the contract, shown whole, confirmed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.records import Assignment, Contract
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.contract.page import ContractPage
from app.ui.parts.widgets import Prose
from app.ui.targets import DoAct, EditRecord, ShowContract, ShowStart
from app.work.acts.catalogue import ACTS


def said(page: QWidget) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisibleTo(page))


def test_the_page_of_a_contract_offers_what_can_be_done_to_it(
    context: Context, work: Any, shown: Callable[..., Any], wanted: list[Any]
) -> None:
    page: ContractPage = shown(ContractPage(context, ShowContract(work.contract.id)))
    menu = page.acts
    menu.aboutToShow.emit()
    titles = [one.text() for one in menu.actions()]
    assert {"契約の更新…", "変更契約…", "契約を終える…"} <= set(titles)
    menu.actions()[titles.index("契約の更新…")].trigger()
    assert wanted[-1] == DoAct("renew", (work.contract.id,))
    assert menu.actions()[titles.index("契約の更新…")].toolTip() == ACTS["renew"].hint
    menu.actions()[titles.index("契約の開始の手順")].trigger()
    assert wanted[-1] == ShowStart(work.contract.id)
    menu.actions()[titles.index("複製して新規")].trigger()
    assert wanted[-1] == EditRecord("contract", 0, like=work.contract.id)


def test_a_contract_is_renewed_by_its_number_and_one_confirmation(
    context: Context, work: Any, shown: Callable[..., Any], settled: Callable[[], None], qtbot: QtBot
) -> None:
    page: ActPage = shown(ActPage(context, DoAct("renew", (work.contract.id,))))
    settled()
    assert page.form is not None
    assert not page.confirm.isEnabled()
    number = page.form.inputs["number"]
    number.show_value("R9-001")
    number.edited.emit()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    (made,) = context.facts().of(Contract, "renews", work.contract.id)
    assert made.number == "R9-001"
    assert context.facts().of(Assignment, "contract", made.id)
    context.ledger.undo()
    assert not context.facts().of(Contract, "renews", work.contract.id)
