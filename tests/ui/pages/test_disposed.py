"""廃棄・消去, once written, is opened from where it was written: its photographs are attached there."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.records import Disposal
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.targets import ATTACHED, DoAct, EditRecord

LEFT = Qt.MouseButton.LeftButton


def disposed(page: ActPage, context: Context, qtbot: QtBot, **answers: Any) -> Disposal:
    assert page.form is not None
    said = {"on": context.today(), "method": "裁断", "result": "完了", **answers}
    for name, value in said.items():
        page.form.inputs[name].show_value(value)
    page.refresh()
    assert not page.desk_button.isVisibleTo(page)
    qtbot.waitUntil(page.confirm.isEnabled)
    qtbot.mouseClick(page.confirm, LEFT)
    qtbot.waitUntil(lambda: page.done is not None)
    (made,) = context.facts().all(Disposal)
    return made


@pytest.mark.parametrize(
    ("act", "failed"), [("dispose-asset", False), ("dispose-asset", True), ("dispose-all", False)]
)
def test_a_disposal_just_written_is_one_press_away(
    context: Context, shown: Any, work: Any, wanted: list[Any], qtbot: QtBot, act: str, failed: bool
) -> None:
    about = work.asset if act == "dispose-asset" else work.contract
    page: ActPage = shown(ActPage(context, DoAct(act, (about.id,))))
    page.refresh()
    bad = {"result": "不良", "followed": "再度裁断する。"} if failed else {}
    said = {"responsible": work.manager.id, "unapproved": "至急の求めのため", **bad}
    made = disposed(page, context, qtbot, **said)
    assert [one.result for one in made.lines] == ["不良" if failed else "完了"]
    assert page.desk_button.text().startswith("廃棄・消去の添付を開く")
    assert page.desk_button.isVisibleTo(page)
    qtbot.mouseClick(page.desk_button, LEFT)
    assert wanted[-1] == EditRecord("disposal", made.id, tab=ATTACHED)
