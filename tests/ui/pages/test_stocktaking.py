"""現物確認 in the window: a scanner types, the list follows, and what does not fit leads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.records import Check, Device, DeviceUse
from app.ui.acts.page import ActPage
from app.ui.acts.unfinished import Unfinished
from app.ui.context import Context
from app.ui.inputs.tally import TallyInput
from app.ui.parts.widgets import em
from app.ui.targets import DoAct
from app.work.acts.stock.rows import Seen


@pytest.fixture
def page(context: Context, shown: Callable[..., Any], work: Any) -> ActPage:
    """The stock-take of a place at which two more machines should be, and one stands elsewhere."""
    with context.ledger.write() as change:
        for number in ("PC-801", "PC-802", "PC-803"):
            device = change.add(Device(control_number=number, kind="PC", owner="自社"))
            place = None if number == "PC-803" else work.location.id
            change.add(
                DeviceUse(
                    device=device.id,
                    contract=work.contract.id,
                    location=place,
                    starts_on=work.use.starts_on,
                )
            )
    made: ActPage = shown(ActPage(context, DoAct("stock-take", (work.location.id,))))
    return made


def tally_of(page: ActPage) -> TallyInput:
    assert page.form is not None
    made = page.form.inputs["seen"]
    assert isinstance(made, TallyInput)
    return made


def scan(qtbot: QtBot, made: TallyInput, number: str) -> None:
    qtbot.keyClicks(made.scan, number)
    qtbot.keyClick(made.scan, Qt.Key.Key_Return)


def seen(made: TallyInput) -> dict[str, Seen]:
    return {one.number: one.seen for one in made.rows}


def test_a_scanner_types_and_what_does_not_fit_leads_on(
    context: Context, page: ActPage, qtbot: QtBot, wanted: list[Any], work: Any
) -> None:
    made = tally_of(page)
    own = work.device.control_number
    assert seen(made) == {
        own: Seen.OPEN,
        "PC-801": Seen.OPEN,
        "PC-802": Seen.OPEN,
        "A-0001": Seen.OPEN,
    }
    made.scan.setFocus()
    scan(qtbot, made, "pc801")
    scan(qtbot, made, own)
    assert made.scan.hasFocus(), "the next number goes into the same line"
    assert made.notice.text == f"{own}　あり"
    scan(qtbot, made, own)
    assert "読み取り済み" in made.notice.text
    scan(qtbot, made, "PC-803")
    assert "場所の登録がありません" in made.notice.text
    scan(qtbot, made, "QQ-1")
    assert "台帳にない番号" in made.notice.text
    made.table.select("QQ-1")
    qtbot.mouseClick(made.back, Qt.MouseButton.LeftButton)
    made.table.select("PC-802")
    qtbot.mouseClick(made.gone, Qt.MouseButton.LeftButton)
    assert seen(made) == {
        own: Seen.FOUND,
        "PC-801": Seen.FOUND,
        "PC-802": Seen.ABSENT,
        "A-0001": Seen.OPEN,
        "PC-803": Seen.ELSEWHERE,
    }
    scan(qtbot, made, "A-0001")
    assert "A-0001は30枚の登録です" in made.notice.text
    assert "「A-0001 数量」" in made.notice.text
    scan(qtbot, made, "A-0001 28")
    assert "30枚のうち28枚がありました" in made.notice.text
    assert next(one.amount for one in made.rows if one.number == "A-0001") == "28／30枚"
    made.table.select("A-0001")
    qtbot.mouseClick(made.here, Qt.MouseButton.LeftButton)
    assert seen(made)["A-0001"] == Seen.FOUND
    assert page.form is not None
    action = page.form.inputs["action"]
    action.show_value("所在を照会した")
    action.edited.emit()
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    (check,) = context.facts().all(Check)
    assert [row.result for row in check.items] == ["適", "適", "不適", "適", "不適"]
    held = {one.control_number: one.id for one in context.facts().all(Device)}
    for words, target in (
        ("紛失・盗難を登録", DoAct("lose", (held["PC-802"],))),
        ("ここへの移動を登録", DoAct("move", (held["PC-803"],), {"to": work.location.id})),
    ):
        (go,) = (one for one in page.findChildren(QPushButton) if words in one.text())
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
        assert wanted[-1] == target
    context.ledger.undo()
    assert not context.facts().all(Check)


def test_what_was_broken_off_is_shown_again(
    context: Context, page: ActPage, qtbot: QtBot, shown: Callable[..., Any], work: Any
) -> None:
    made = tally_of(page)
    scan(qtbot, made, "PC-801")
    qtbot.waitUntil(lambda: page.confirm.isEnabled())
    qtbot.mouseClick(page.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.done is not None)
    (check,) = context.facts().all(Check)
    assert not check.finished
    again = tally_of(shown(ActPage(context, DoAct("stock-take", (work.location.id,)))))
    own = work.device.control_number
    assert seen(again) == {
        own: Seen.OPEN,
        "PC-801": Seen.FOUND,
        "PC-802": Seen.OPEN,
        "A-0001": Seen.OPEN,
    }


def test_enter_in_the_list_says_that_it_is_there_and_the_day_is_followed(
    page: ActPage, qtbot: QtBot, work: Any
) -> None:
    made = tally_of(page)
    made.table.setFocus()
    made.table.setCurrentIndex(made.table.lines.index(1, 0))
    qtbot.keyClick(made.table, Qt.Key.Key_Return)
    assert seen(made)["PC-801"] == Seen.FOUND
    assert page.form is not None
    day = page.form.inputs["on"]
    day.show_value(work.use.starts_on.replace(year=2020))
    day.edited.emit()
    assert seen(made) == {"PC-801": Seen.UNUSED}


def opened(context: Context, shown: Callable[..., Any], work: Any) -> ActPage:
    made: ActPage = shown(ActPage(context, DoAct("stock-take", (work.location.id,))))
    return made


def kept_file(context: Context, work: Any) -> Path:
    return Unfinished(context, "stock-take", (work.location.id,)).path


def test_what_was_scanned_before_the_computer_ended_is_offered_again(
    context: Context, page: ActPage, qtbot: QtBot, shown: Callable[..., Any], work: Any
) -> None:
    made = tally_of(page)
    scan(qtbot, made, "PC-801")
    scan(qtbot, made, "A-0001 28")
    path = kept_file(context, work)
    qtbot.waitUntil(lambda: not context.operations.busy)
    held = path.read_bytes()
    for plain in (b"PC-801", b"A-0001", b"seen"):
        assert plain not in held, "nothing of it lies open on the disk"
    # The first page is gone without a word, as after a crash.
    again = opened(context, shown, work)
    own = work.device.control_number
    assert seen(tally_of(again)) == {
        own: Seen.OPEN,
        "PC-801": Seen.FOUND,
        "PC-802": Seen.OPEN,
        "A-0001": Seen.SHORT,
    }
    assert "前に登録しないまま終わった内容" in again.notice.text
    assert not again.resuming.anew.isHidden()
    assert again.form is not None
    assert again.form.answers()["on"] == context.today()


def test_leaving_says_that_it_is_kept_and_asks_nothing(
    context: Context, page: ActPage, qtbot: QtBot, shown: Callable[..., Any], work: Any, dialogs: Any
) -> None:
    told: list[str] = []
    context.said.connect(told.append)
    assert page.can_leave(), "nothing was said"
    assert not told
    made = tally_of(page)
    # Read and not ended by Enter: it counts all the same.
    qtbot.keyClicks(made.scan, "PC-801")
    assert page.can_leave()
    assert "暗号化してこのPCに残しました" in told[-1]
    assert not dialogs.asked
    assert seen(tally_of(opened(context, shown, work)))["PC-801"] == Seen.FOUND


def test_where_nothing_can_be_kept_one_is_asked_before_it_is_lost(
    context: Context, page: ActPage, qtbot: QtBot, work: Any, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.acts.unfinished.seal", lambda *_args: False)
    scan(qtbot, tally_of(page), "PC-801")
    qtbot.waitUntil(lambda: "このPCに残せません" in page.notice.text)
    dialogs.answers.append(False)
    assert not page.can_leave()


def test_what_is_registered_or_begun_anew_is_kept_no_longer(
    context: Context, page: ActPage, qtbot: QtBot, shown: Callable[..., Any], work: Any, dialogs: Any
) -> None:
    scan(qtbot, tally_of(page), "PC-801")
    path = kept_file(context, work)
    qtbot.waitUntil(lambda: not context.operations.busy)
    assert path.exists()
    again = opened(context, shown, work)
    dialogs.answers.append(True)
    qtbot.mouseClick(again.resuming.anew, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not path.exists() and not context.operations.busy)
    assert seen(tally_of(again))["PC-801"] == Seen.OPEN
    assert again.resuming.anew.isHidden()
    scan(qtbot, tally_of(again), "PC-801")
    qtbot.waitUntil(lambda: again.confirm.isEnabled() and path.exists())
    qtbot.mouseClick(again.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.done is not None and not path.exists())


def test_what_another_key_sealed_or_nobody_can_read_is_left_aside(
    context: Context, page: ActPage, qtbot: QtBot, shown: Callable[..., Any], work: Any
) -> None:
    scan(qtbot, tally_of(page), "PC-801")
    path = kept_file(context, work)
    qtbot.waitUntil(lambda: not context.operations.busy)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    again = opened(context, shown, work)
    assert seen(tally_of(again))["PC-801"] == Seen.OPEN
    assert again.resuming.anew.isHidden()


def test_what_a_thing_is_has_room_beside_its_result_in_a_narrow_window(page: ActPage, qtbot: QtBot) -> None:
    page.resize(790, 480)
    made = tally_of(page)
    table = made.table
    titles = [one.title for one in table.lines.columns]
    words, result = titles.index("内容"), titles.index("結果")
    qtbot.waitUntil(lambda: table.columnWidth(words) >= 9 * em(table, 1))
    right = table.columnViewportPosition(result) + table.columnWidth(result)
    assert right <= table.viewport().width(), "and the result is seen whole"
    scrolled = table.parentWidget()
    while scrolled is not None and not isinstance(scrolled, QScrollArea):
        scrolled = scrolled.parentWidget()
    assert scrolled is not None
    assert not scrolled.horizontalScrollBar().isVisible()
