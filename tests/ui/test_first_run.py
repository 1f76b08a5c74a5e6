"""The first run, from a name to the first contract, and every way of leaving it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ledger.access.opening import unlock, unlock_with_code
from app.ledger.door import Ledger
from app.records import Client, Contract, Vendor
from app.ui.context import Program
from app.ui.first_run.wizard import RecordStep, Wizard
from app.ui.inputs.plain import AnnexInput
from app.ui.inputs.ref import RefInput
from app.ui.inputs.rows import GridInput
from app.ui.operations import Operations
from app.ui.parts.keyboard import focused
from app.ui.parts.look import Look
from app.ui.shell.start_window import StartWindow
from tests.support.inputs import line_of

Show = Callable[..., Any]
Settle = Callable[[], None]
PASSPHRASE = "あさがお 電車 りんご 42"


@pytest.fixture
def wizard(
    program: Program,
    look: Look,
    dialogs: Any,
    operations: Operations,
    shown: Show,
    tmp_path: Path,
    settled: Settle,
) -> Iterator[Wizard]:
    made = shown(Wizard(program, look, dialogs, operations, tmp_path / "ledgers" / "はじめて.jutaku"))
    yield made
    settled()
    if made.ledger is not None:
        made.ledger.close()


def press(qtbot: QtBot, wizard: Wizard) -> None:
    """Press 次へ."""
    assert wizard.next_button.isEnabled()
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)


def make_ledger(qtbot: QtBot, wizard: Wizard, settled: Settle) -> Ledger:
    """Everything up to the recovery sheet."""
    wizard.officer.name.setText("山田 太郎")
    press(qtbot, wizard)
    press(qtbot, wizard)
    wizard.passphrase.passphrase.first.edit.setText(PASSPHRASE)
    wizard.passphrase.passphrase.second.edit.setText(PASSPHRASE)
    press(qtbot, wizard)
    settled()
    assert wizard.ledger is not None
    return wizard.ledger


def test_the_whole_way(
    wizard: Wizard, qtbot: QtBot, settled: Settle, dialogs: Any, tmp_path: Path, program: Program
) -> None:
    assert not wizard.next_button.isEnabled()
    ledger = make_ledger(qtbot, wizard, settled)
    assert wizard.step is wizard.sheet
    assert not wizard.next_button.isEnabled()
    sheet = wizard.sheet.sheet
    dialogs.answers.append(tmp_path / "回復シート.pdf")
    qtbot.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    settled()
    assert (tmp_path / "回復シート.pdf").read_bytes().startswith(b"%PDF")
    code = ledger.recovery_code()
    for edit, group in zip(sheet.code.groups, code.split("-"), strict=True):
        edit.setFocus()
        qtbot.keyClicks(edit, group)
    press(qtbot, wizard)
    _fill(wizard, name="株式会社みほん情報", address="東京都", representative_title="代表取締役")
    press(qtbot, wizard)
    assert isinstance(wizard.step, RecordStep)
    assert "代表者の氏名" in wizard.step.form.boxes["representative_name"].error.plain
    _fill(wizard, representative_name="𠮷田 一郎")
    press(qtbot, wizard)
    _fill(wizard, name="みなと北市", addressee="みなと北市長")
    press(qtbot, wizard)
    client = ledger.facts().all(Client)[0]
    chosen = wizard.step.form.boxes["client"].input
    assert isinstance(chosen, RefInput)
    assert chosen.id == client.id
    _fill(wizard, number="R8-12", title="健診データ入力業務")
    for name, day in (("signed_on", "R8.3.25"), ("starts_on", "R8.4.1"), ("ends_on", "R9.3.31")):
        line_of(wizard.step.form.boxes[name].input).setText(day)
    annexes = wizard.step.form.boxes["annexes"].input
    assert isinstance(annexes, GridInput)
    annex = annexes.lines[0].inputs["annex"]
    assert isinstance(annex, AnnexInput)
    annex.combo.setCurrentIndex(annex.combo.findData("kimitsu-hoji"))
    press(qtbot, wizard)
    assert wizard.next_button.text() == "受託台帳を始める"
    with qtbot.waitSignal(wizard.made) as made:
        press(qtbot, wizard)
    assert made.args == [ledger]
    facts = ledger.facts()
    assert [type(record) for cls in (Vendor, Client, Contract) for record in facts.all(cls)] == [
        Vendor,
        Client,
        Contract,
    ]
    path = ledger.path
    assert program.preferences.ledger() == path
    ledger.close()
    assert unlock(path, PASSPHRASE) == unlock_with_code(path, code)


def _fill(wizard: Wizard, **texts: str) -> None:
    assert isinstance(wizard.step, RecordStep)
    for name, text in texts.items():
        wizard.step.form.boxes[name].input.show_value(text)


def test_return_goes_on_once_something_is_entered(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.officer.name.setFocus()
    qtbot.keyClick(wizard.officer.name, Qt.Key.Key_Return)
    assert wizard.at == 0
    wizard.officer.name.setText("山田 太郎")
    qtbot.keyClick(wizard.officer.name, Qt.Key.Key_Return)
    assert wizard.at == 1


def test_two_passphrases_must_be_alike(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.officer.name.setText("山田 太郎")
    press(qtbot, wizard)
    press(qtbot, wizard)
    wizard.passphrase.passphrase.first.edit.setText(PASSPHRASE)
    wizard.passphrase.passphrase.second.edit.setText(PASSPHRASE + "!")
    assert not wizard.next_button.isEnabled()
    assert wizard.passphrase.passphrase._match.text() == "✕ 一致していません"
    wizard.passphrase.passphrase.second.edit.setText(PASSPHRASE)
    assert wizard.next_button.isEnabled()


def test_a_network_place_is_refused_and_a_cloud_folder_warned_of(
    wizard: Wizard, qtbot: QtBot, dialogs: Any, tmp_path: Path
) -> None:
    wizard.officer.name.setText("山田 太郎")
    press(qtbot, wizard)
    dialogs.answers.append(Path("//server/share/台帳.jutaku"))
    qtbot.mouseClick(wizard.place.pick, Qt.MouseButton.LeftButton)
    assert "ネットワーク上のフォルダには置けません" in wizard.place.notice.text
    assert not wizard.next_button.isEnabled()
    dialogs.answers.append(tmp_path / "OneDrive" / "台帳")
    wizard.place.pick.click()
    assert "OneDrive" in wizard.place.notice.text
    assert wizard.place.path.suffix == ".jutaku"
    assert wizard.next_button.isEnabled()


def test_a_file_that_exists_is_never_overwritten(wizard: Wizard, tmp_path: Path) -> None:
    taken = tmp_path / "ある.jutaku"
    taken.write_bytes(b"x")
    wizard.place.use(taken)
    assert "既にあります" in wizard.place.notice.text
    assert not wizard.place.ready()


def test_a_place_that_cannot_be_made_is_one_sentence(
    wizard: Wizard, qtbot: QtBot, settled: Settle, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    wizard.place.use(tmp_path / "file" / "台帳.jutaku")
    wizard.officer.name.setText("山田 太郎")
    press(qtbot, wizard)
    press(qtbot, wizard)
    wizard.passphrase.passphrase.first.edit.setText(PASSPHRASE)
    wizard.passphrase.passphrase.second.edit.setText(PASSPHRASE)
    press(qtbot, wizard)
    settled()
    assert "保存場所のフォルダを作れません" in wizard.notice.text
    assert wizard.ledger is None
    assert wizard.back_button.isEnabled()


def test_what_was_entered_stays_when_the_rest_is_left_for_later(
    wizard: Wizard, qtbot: QtBot, settled: Settle
) -> None:
    ledger = make_ledger(qtbot, wizard, settled)
    wizard.sheet.sheet.given = True
    wizard.sheet.sheet.code.fill(ledger.recovery_code())
    press(qtbot, wizard)
    _fill(
        wizard,
        name="株式会社みほん情報",
        address="東京都",
        representative_title="代表取締役",
        representative_name="𠮷田 一郎",
    )
    press(qtbot, wizard)
    with qtbot.waitSignal(wizard.made) as made:
        qtbot.mouseClick(wizard.later_button, Qt.MouseButton.LeftButton)
    assert made.args == [ledger]
    assert len(ledger.facts().all(Vendor)) == 1
    assert ledger.sheet_proven
    ledger.close()


def test_leaving_before_the_sheet_is_proven_asks(
    program: Program,
    look: Look,
    dialogs: Any,
    operations: Operations,
    qtbot: QtBot,
    settled: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("JUTAKU_HOME", str(tmp_path / "home"))
    window = StartWindow(program, look, dialogs, operations, None)
    with qtbot.waitExposed(window):
        window.show()
    wizard = window.wizard
    assert wizard is not None
    make_ledger(qtbot, wizard, settled)
    dialogs.answers += [False, True]
    window.close()
    assert window.isVisible()
    assert "回復シートの確認がまだ終わっていません" in dialogs.asked[-1]
    with qtbot.waitSignal(window.closed):
        window.close()
    assert program.preferences.ledger() == tmp_path / "home" / "受託台帳.jutaku"
    window.deleteLater()


def test_going_back_to_a_record_writes_it_once(wizard: Wizard, qtbot: QtBot, settled: Settle) -> None:
    ledger = make_ledger(qtbot, wizard, settled)
    wizard.sheet.sheet.given = True
    wizard.sheet.sheet.code.fill(ledger.recovery_code())
    press(qtbot, wizard)
    _fill(wizard, name="甲社", address="東京都", representative_title="社長", representative_name="𠮷田")
    press(qtbot, wizard)
    qtbot.mouseClick(wizard.back_button, Qt.MouseButton.LeftButton)
    _fill(wizard, name="乙社")
    press(qtbot, wizard)
    (vendor,) = ledger.facts().all(Vendor)
    assert (vendor.name, vendor.revision) == ("乙社", 2)
    assert not vendor.former, "what was mistyped a minute ago never held"


def test_return_goes_on_in_every_step(wizard: Wizard, qtbot: QtBot, settled: Settle, dialogs: Any) -> None:
    wizard.activateWindow()

    def enter() -> None:
        qtbot.keyClick(focused(wizard) or wizard, Qt.Key.Key_Return)
        settled()

    wizard.officer.name.setText("山田 太郎")
    enter()
    assert wizard.at == 1
    enter()
    assert wizard.at == 2
    wizard.passphrase.passphrase.first.edit.setText(PASSPHRASE)
    wizard.passphrase.passphrase.second.edit.setText(PASSPHRASE)
    enter()
    assert wizard.at == 3
    ledger = wizard.ledger
    assert ledger is not None
    wizard.sheet.sheet.given = True
    wizard.sheet.sheet.code.fill(ledger.recovery_code())
    wizard.sheet.sheet.code.groups[-1].setFocus()
    enter()
    vendor = wizard.step
    assert isinstance(vendor, RecordStep)
    # A field that is needed and empty comes first: nobody is sent on with half an entry.
    vendor.form.boxes["name"].input.show_value("株式会社みほん")
    vendor.form.boxes["name"].input.focus()
    enter()
    assert wizard.step is vendor
    assert wizard.focusWidget() in vendor.form.boxes["address"].input.fields()
    _fill(wizard, address="東京都", representative_title="社長", representative_name="𠮷田")
    enter()
    client = wizard.step
    assert client is not vendor
    _fill(wizard, name="みなと北市", addressee="みなと北市長")
    client.form.boxes["name"].input.focus()
    enter()
    contract = wizard.step
    assert contract is not client
    assert contract.needed() is not None
    wizard._go(len(wizard.steps) - 1)
    with qtbot.waitSignal(wizard.made):
        qtbot.keyClick(focused(wizard) or wizard, Qt.Key.Key_Return)
    ledger.close()


def test_return_goes_from_the_first_passphrase_to_the_second(wizard: Wizard, qtbot: QtBot) -> None:
    wizard.activateWindow()
    wizard._go(2)
    typed = wizard.passphrase.passphrase
    qtbot.keyClick(typed.first.edit, Qt.Key.Key_Return)
    assert wizard.focusWidget() is typed.first.edit
    typed.first.edit.setText(PASSPHRASE)
    qtbot.keyClick(typed.first.edit, Qt.Key.Key_Return)
    assert wizard.focusWidget() is typed.second.edit
    qtbot.keyClick(typed.second.edit, Qt.Key.Key_Return)
    assert (wizard.at, wizard.ledger) == (2, None)
