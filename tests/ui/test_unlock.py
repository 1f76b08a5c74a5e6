"""Opening a ledger: every way in, and every refusal as one sentence on the page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ledger.door import Ledger
from app.ledger.secret import keyring_store
from app.ledger.secret.keys import Cost
from app.start import Product
from app.ui.access.secrets import CodeInput, NewPassphrase, strength
from app.ui.access.tries import FREE, wait_after
from app.ui.access.unlock import UnlockPage, remembered
from app.ui.context import Program
from app.ui.operations import Operations
from app.ui.parts.look import Look
from app.ui.shell.start_window import StartWindow

Show = Callable[..., Any]
PASSPHRASE = "ひみつの長い合言葉 2026"


@pytest.fixture
def closed(tmp_path: Path, product: Product) -> tuple[Path, str]:
    """A ledger that nobody has open, and its recovery code."""
    path = tmp_path / "みほんの台帳.jutaku"
    made, code = product.create(path, PASSPHRASE, "山田 太郎", Cost(memory=64, passes=1, lanes=1))
    made.close()
    return path, code


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A keyring of one's own."""
    held: dict[str, bytes] = {}

    def remember(ledger: str, key: bytes) -> bool:
        held[ledger] = key
        return True

    monkeypatch.setattr(keyring_store, "remember", remember)
    monkeypatch.setattr(keyring_store, "recall", held.get)
    return held


@pytest.fixture
def page(
    closed: tuple[Path, str],
    program: Program,
    look: Look,
    dialogs: Any,
    operations: Operations,
    shown: Show,
) -> Iterator[UnlockPage]:
    made = shown(UnlockPage(program, look, dialogs, operations, closed[0]))
    opened: list[Ledger] = []
    made.opened.connect(opened.append)
    yield made
    for ledger in opened:
        ledger.close()


def test_the_passphrase_opens(page: UnlockPage, qtbot: QtBot, program: Program) -> None:
    page.passphrase.edit.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        qtbot.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].officer == "山田 太郎"
    assert page.passphrase.text() == ""
    assert program.preferences.ledger() == page.path


def test_a_wrong_passphrase_is_told_beside_the_field(page: UnlockPage, qtbot: QtBot) -> None:
    page.passphrase.edit.setText("ちがう合言葉です")
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert page.notice.text == "パスフレーズが違います。入力し直すか、回復コードで開いてください。"
    assert page.passphrase.edit.selectedText() == page.passphrase.text()
    assert page.open_button.isEnabled()


def wrong(page: UnlockPage, qtbot: QtBot) -> None:
    page.passphrase.edit.setText("ちがう合言葉です")
    page.open()
    qtbot.waitUntil(lambda: bool(page.notice.text), timeout=10_000)


def test_after_several_wrong_tries_the_next_has_to_wait(
    page: UnlockPage, qtbot: QtBot, program: Program
) -> None:
    for _ in range(FREE - 1):
        wrong(page, qtbot)
        assert page.open_button.isEnabled()
    wrong(page, qtbot)
    assert not page.open_button.isEnabled()
    assert page.open_button.text() == "あと1秒"
    assert page.passphrase.isEnabled()
    page.passphrase.edit.setText(PASSPHRASE)
    assert not page._operations.busy
    page._second.timeout.emit()
    assert (page.open_button.isEnabled(), page.open_button.text()) == (True, "開く")
    assert not page._operations.busy  # nobody asked for it
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.open()
    assert page.tries.number == FREE
    told = page.tries.opened()
    assert f"{FREE}回入力されました（最後は{program.now().month}月" in told
    assert page.tries.opened() == ""


def waiting(page: UnlockPage, qtbot: QtBot, tries: int) -> None:
    """So many wrong tries, each after the wait for the one before."""
    for _ in range(tries):
        while page._waiting:
            page._second.timeout.emit()
        page.passphrase.edit.clear()
        wrong(page, qtbot)


def test_return_during_the_wait_is_said_not_to_be_tried_yet_and_tried_when_it_ends(
    page: UnlockPage, qtbot: QtBot
) -> None:
    waiting(page, qtbot, FREE + 2)
    assert page.open_button.text() == "あと4秒"
    page.passphrase.edit.selectAll()
    qtbot.keyClicks(page.passphrase.edit, "x")
    assert page.notice.text == ""  # what was refused is no longer what stands there
    page.passphrase.edit.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert page.notice.text == "まだ試していません。あと4秒で、入力した内容で開きます。"
    for left in (3, 2, 1):
        page._second.timeout.emit()
        assert page.notice.text == f"まだ試していません。あと{left}秒で、入力した内容で開きます。"
        assert not page._operations.busy
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page._second.timeout.emit()
    assert page.tries.number == FREE + 2


def test_typing_on_after_return_is_not_tried_half_typed(page: UnlockPage, qtbot: QtBot) -> None:
    waiting(page, qtbot, FREE)
    page.passphrase.edit.setText(PASSPHRASE[:-1])
    qtbot.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert page.notice.text.startswith("まだ試していません")
    page.passphrase.edit.setText(PASSPHRASE)
    assert page.notice.text == ""
    page._second.timeout.emit()
    assert not page._operations.busy
    assert page.tries.number == FREE


def test_return_held_on_what_was_just_refused_tries_it_no_further(page: UnlockPage, qtbot: QtBot) -> None:
    waiting(page, qtbot, FREE)
    qtbot.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
    assert page.notice.text.startswith("パスフレーズが違います")
    page._second.timeout.emit()
    assert not page._operations.busy
    assert page.tries.number == FREE


def test_what_was_to_be_tried_goes_to_no_other_ledger(page: UnlockPage, qtbot: QtBot, tmp_path: Path) -> None:
    waiting(page, qtbot, FREE)
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    page.show_path(tmp_path / "別の台帳.jutaku")
    assert "まだ試していません" not in page.notice.text
    page._second.timeout.emit()
    assert not page._operations.busy


@pytest.mark.parametrize("tried", [False, True], ids=["typed", "asked for"])
def test_another_way_in_begins_without_what_was_said_of_the_former(
    page: UnlockPage, qtbot: QtBot, tried: bool
) -> None:
    waiting(page, qtbot, FREE)
    page.passphrase.edit.setText(PASSPHRASE)
    if tried:
        page.open()
    page.way_button.click()
    assert page.notice.text == ""
    page._second.timeout.emit()
    assert not page._operations.busy


def test_a_code_that_is_corrected_is_no_longer_called_wrong(page: UnlockPage, qtbot: QtBot) -> None:
    page.way_button.click()
    page.code.fill("A" * 56)
    page.open()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    qtbot.keyClicks(page.code.groups[0], "B")
    assert page.notice.text == ""


def test_what_no_key_fits_is_no_wrong_try(page: UnlockPage, qtbot: QtBot) -> None:
    page.path.rename(page.path.with_suffix(".gone"))
    wrong(page, qtbot)
    assert page.tries.number == 0


@pytest.mark.parametrize(
    ("number", "seconds"), [(0, 0), (2, 0), (3, 1), (4, 2), (7, 16), (8, 30), (9, 30), (10**9, 30)]
)
def test_the_wait_grows_to_half_a_minute(number: int, seconds: int) -> None:
    assert wait_after(number) == seconds


def test_a_count_that_somebody_wrote_into_the_settings_stops_nobody(page: UnlockPage) -> None:
    held: dict[str, str | int | bool] = {f"wrong tries {page.path}": -4, f"last wrong try {page.path}": "x"}
    page._program.preferences.set(**held)
    assert page.tries.opened() == ""
    assert page.tries.wrong() == 0
    page._program.preferences.set(**{f"last wrong try {page.path}": "x"})
    assert "1回入力されました。" in page.tries.opened()


def test_an_empty_passphrase_is_not_even_tried(page: UnlockPage, operations: Operations) -> None:
    page.open()
    assert page.notice.text == "パスフレーズを入力してください。"
    assert not operations.busy


def test_the_recovery_code_opens_in_any_writing(
    page: UnlockPage, closed: tuple[Path, str], qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.way_button, Qt.MouseButton.LeftButton)
    assert page.code.isVisible()
    typed = closed[1].lower().replace("0", "o").replace("1", "l")
    for edit, group in zip(page.code.groups, typed.split("-"), strict=True):
        edit.setText(group)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        qtbot.keyClick(page.code.groups[-1], Qt.Key.Key_Return)


def test_a_wrong_recovery_code_is_told(page: UnlockPage, qtbot: QtBot) -> None:
    page.way_button.click()
    page.code.fill("A" * 56)
    page.open()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "回復コードに打ち間違いがあります" in page.notice.text


def test_a_ledger_in_use_names_who_has_it(page: UnlockPage, product: Product, qtbot: QtBot) -> None:
    from app.ledger.access.opening import unlock

    with product.open(page.path, unlock(page.path, PASSPHRASE)):
        page.passphrase.edit.setText(PASSPHRASE)
        page.open()
        qtbot.waitUntil(lambda: bool(page.notice.text), timeout=10_000)
    assert "使用中です" in page.notice.text


def test_a_ledger_in_use_is_told_before_its_passphrase_is_typed(
    page: UnlockPage, product: Product, qtbot: QtBot
) -> None:
    from app.ledger.access.opening import unlock

    with product.open(page.path, unlock(page.path, PASSPHRASE)):
        page.look()
        qtbot.waitUntil(lambda: bool(page.notice.text), timeout=10_000)
        assert re.fullmatch(
            r"この台帳は.+さん（.+）が\d+月\d+日\d\d:\d\dから使用中です。.+", page.notice.text
        )
    # It is free by now: nothing has to be acknowledged before it opens.
    page.passphrase.edit.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.open()


def test_a_ledger_that_is_free_is_not_called_in_use(
    page: UnlockPage, operations: Operations, qtbot: QtBot
) -> None:
    page.look()
    qtbot.waitUntil(lambda: not operations.busy, timeout=10_000)
    assert page.notice.text == ""


def test_what_was_said_already_is_not_talked_over(
    page: UnlockPage, product: Product, operations: Operations, qtbot: QtBot
) -> None:
    from app.ledger.access.opening import unlock

    page.open()
    with product.open(page.path, unlock(page.path, PASSPHRASE)):
        page.look()
        qtbot.waitUntil(lambda: not operations.busy, timeout=10_000)
    assert page.notice.text == "パスフレーズを入力してください。"


def test_another_ledger_that_is_chosen_is_told_to_be_in_use_as_well(
    page: UnlockPage, product: Product, qtbot: QtBot, tmp_path: Path, dialogs: Any
) -> None:
    other = tmp_path / "別の台帳.jutaku"
    made, _code = product.create(other, PASSPHRASE, "山田 太郎", Cost(memory=64, passes=1, lanes=1))
    with made:
        dialogs.answers.append([other])
        page.other_button.click()
        qtbot.waitUntil(lambda: "使用中です" in page.notice.text, timeout=10_000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "中身が空です"),
        (b"SQLite format 3\x00" + b"\0" * 4080, "暗号化されていない"),
        ("ただの文章です。".encode() * 300, "受託台帳のファイルではありません"),
    ],
    ids=["empty", "plain database", "text"],
)
def test_every_other_file_is_told_apart(
    page: UnlockPage, tmp_path: Path, dialogs: Any, qtbot: QtBot, content: bytes, said: str
) -> None:
    other = tmp_path / "別のファイル.jutaku"
    other.write_bytes(content)
    dialogs.answers.append([other])
    qtbot.mouseClick(page.other_button, Qt.MouseButton.LeftButton)
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert said in page.notice.text
    assert other.read_bytes() == content


def test_the_computer_remembers_if_asked_to(
    page: UnlockPage,
    memory: dict[str, bytes],
    qtbot: QtBot,
    program: Program,
    look: Look,
    dialogs: Any,
    operations: Operations,
    shown: Show,
) -> None:
    page.passphrase.edit.setText(PASSPHRASE)
    page.remember.click()
    with qtbot.waitSignal(page.opened, timeout=10_000) as opened:
        page.open()
    assert opened.args is not None
    opened.args[0].close()
    assert list(memory) == [opened.args[0].id]
    assert program.preferences.flag(remembered(page.path))
    again = shown(UnlockPage(program, look, dialogs, operations, page.path))
    with qtbot.waitSignal(again.opened, timeout=10_000) as opened:
        again.try_memory()
    assert opened.args is not None
    opened.args[0].close()


def test_a_memory_that_is_gone_asks_for_the_passphrase(
    page: UnlockPage, memory: dict[str, bytes], program: Program, qtbot: QtBot
) -> None:
    del memory
    program.preferences.set(**{remembered(page.path): True})
    page.try_memory()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "記憶されていません" in page.notice.text
    assert page.passphrase.isEnabled()


def test_a_keyring_that_takes_nothing_is_told_and_the_ledger_opens(
    page: UnlockPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, dialogs: Any, program: Program
) -> None:
    monkeypatch.setattr(keyring_store, "remember", lambda _ledger, _key: False)
    page.passphrase.edit.setText(PASSPHRASE)
    page.remember.click()
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.open()
    assert "記憶できませんでした" in dialogs.said[0]
    assert not program.preferences.flag(remembered(page.path))


def test_a_passphrase_can_be_looked_at(page: UnlockPage, qtbot: QtBot) -> None:
    edit = page.passphrase.edit
    assert edit.echoMode() == edit.EchoMode.Password
    qtbot.mouseClick(page.passphrase.eye, Qt.MouseButton.LeftButton)
    assert edit.echoMode() == edit.EchoMode.Normal


def test_a_new_ledger_can_be_begun_and_left_again(
    closed: tuple[Path, str],
    program: Program,
    look: Look,
    dialogs: Any,
    operations: Operations,
    shown: Show,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("JUTAKU_HOME", str(tmp_path / "home"))
    window = shown(StartWindow(program, look, dialogs, operations, closed[0]))
    qtbot.mouseClick(window.unlock.new_button, Qt.MouseButton.LeftButton)
    assert window.wizard is not None
    qtbot.mouseClick(window.wizard.back_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.unlock


def test_a_whole_code_may_be_pasted(shown: Show, qtbot: QtBot, closed: tuple[Path, str]) -> None:
    code = shown(CodeInput())
    QApplication.clipboard().setText(f"  {closed[1].lower()}\n")
    qtbot.keyClick(code.groups[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert code.text() == closed[1]
    assert code.complete


def test_each_group_says_at_once_whether_it_is_right(
    shown: Show, qtbot: QtBot, closed: tuple[Path, str]
) -> None:
    known = closed[1]
    code = shown(CodeInput(lambda: known))
    code.activateWindow()
    qtbot.waitUntil(code.isActiveWindow)
    groups = known.split("-")
    code.groups[0].setFocus()
    qtbot.keyClicks(code.groups[0], groups[0].lower())
    assert code._signs[0].text() == "○ 一致"
    assert code.groups[1].hasFocus()
    wrong = ("2" if groups[1][0] != "2" else "3") + groups[1][1:]
    qtbot.keyClicks(code.groups[1], wrong)
    assert code._signs[1].text() == "✕ 違います"
    assert code.groups[1].hasFocus()
    assert not code.complete
    code.fill(known)
    assert code.complete


@pytest.mark.parametrize(
    ("passphrase", "word"),
    [
        ("abc", "使えません"),
        ("aaaaaaaaaaaa", "使えません"),
        ("ｐａｓｓｗｏｒｄ", "使えません"),
        ("mori9kab", "弱い"),
        ("kaki92mori", "ふつう"),
        ("あさがお電車りんご", "ふつう"),
        ("あさがお 電車 りんご 42", "強い"),
        ("あさがお 電車 りんご 鉛筆 42", "とても強い"),
        ("たいせつなパスワード", "使えません"),
        ("たいせつなパスワードです", "弱い"),
        ("あいことばはひみつだよ2026", "弱い"),
        ("demodemo2026", "使えません"),
        ("りんごりんごりんごあめ", "弱い"),
    ],
)
def test_the_strength_is_told_in_words(passphrase: str, word: str) -> None:
    assert strength(passphrase)[0] == word


def test_a_weak_passphrase_says_why_as_it_is_typed(shown: Show, look: Look, qtbot: QtBot) -> None:
    new = shown(NewPassphrase(look, lambda: ("髙橋 美咲", "見本")))
    for typed, why in (
        ("pass", "8文字以上"),
        ("password1", "よく使われる言葉"),
        ("misaki77", ""),
        ("12345678", "並びのまま"),
        ("aaaaaaaa", "同じ文字"),
    ):
        for line in (new.first, new.second):
            line.edit.clear()
            qtbot.keyClicks(line.edit, typed)
        assert why in new._advice.plain
        assert bool(new.text()) is (why == "")
    new.first.edit.setText("高橋美咲2026")
    assert "担当者の氏名" in new._advice.plain


def test_a_ledger_whose_key_file_is_gone_still_opens_with_the_sheet(
    page: UnlockPage, closed: tuple[Path, str], qtbot: QtBot
) -> None:
    for beside in closed[0].parent.glob("*.jutaku-key*"):
        shutil.move(beside, beside.with_suffix(".gone"))
    page.passphrase.edit.setText(PASSPHRASE)
    page.open()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "回復コードで開いてください" in page.notice.text
    page.way_button.click()
    page.code.fill(closed[1])
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.open()


@pytest.mark.parametrize("size", [100, 150])
def test_the_groups_of_a_code_are_all_in_sight_in_a_narrow_window(look: Look, shown: Show, size: int) -> None:
    look.choose(size=size)
    holder, code = QWidget(), CodeInput()
    around = QVBoxLayout(holder)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(code)
    shown(holder, 1400, 400)
    wide = code._wide(4)
    for width, lines in ((wide - 1, 4), (wide, 2), (wide + 1, 2)):
        holder.resize(width, 400)
        QApplication.processEvents()
        assert len({edit.y() for edit in code.groups}) == lines
        assert all(code.rect().contains(edit.geometry()) for edit in code.groups)
    assert code.minimumSizeHint().width() < wide
    look.choose(size=100)
