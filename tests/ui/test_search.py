"""検索: acts, records and the manual, by the words that people have for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.common import Progress
from app.records import SPECS, Made
from app.records.spelling.fold import fold
from app.start import Product
from app.ui.acts.page import ActPage
from app.ui.context import Context
from app.ui.homes import new_record
from app.ui.manual import Passage, passages
from app.ui.offers.menu import ground_of
from app.ui.parts.dialogs import QtDialogs
from app.ui.search.acts import Act, acts, choices_of, matching
from app.ui.search.acts_on import acts_on
from app.ui.search.dialog import SearchDialog, _told
from app.ui.search.records import found
from app.ui.settings.manual import ManualSection
from app.ui.settings.page import SettingsPage
from app.ui.shell.rooms import room_of
from app.ui.shell.window import MainWindow
from app.ui.targets import (
    BringIn,
    DoAct,
    EditRecord,
    IssueForm,
    IssueMany,
    MakeHandout,
    MergeLedger,
    ReadAnnex,
    ReadMachines,
    ShowDone,
    ShowHandovers,
    ShowList,
    ShowOutside,
    ShowSettings,
    ShowToday,
)
from app.work.acts.catalogue import ACTS
from app.work.batches import BEFORE_START
from tests.support.around import about

Show = Callable[..., Any]


@pytest.fixture
def dialog(context: Context, sample: Any, shown: Show, qtbot: QtBot) -> SearchDialog:
    del sample
    made: SearchDialog = shown(SearchDialog(context))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.edit.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("吉", {"株式会社みほん情報", "𠮷田 次郎"}),
        ("健診", {"健診データ入力業務"}),
        ("みなと北", {"みなと北市", "健診データ入力業務"}),
        ("ﾀｶﾊｼ", {"髙橋 花子"}),
        ("タカハシ 花", {"髙橋 花子"}),
        ("zz該当なし", set()),
    ],
)
def test_anything_is_found_by_any_part(
    dialog: SearchDialog, qtbot: QtBot, typed: str, names: set[str]
) -> None:
    dialog.edit.setText(typed)
    qtbot.waitUntil(lambda: dialog._state.text() != "" and "空白で区切る" not in dialog._state.text())
    assert {hit.title for hit in dialog.hits} == names
    assert dialog.open_button.isEnabled() is bool(names or dialog.acts or dialog.told)


def test_results_stand_under_their_record_type(dialog: SearchDialog, qtbot: QtBot) -> None:
    dialog.edit.setText("吉")
    # The manual speaks of such a name as well; it comes last.
    qtbot.waitUntil(lambda: dialog.results.topLevelItemCount() == 3)
    items = [dialog.results.topLevelItem(at) for at in range(3)]
    heads = [item.text(0) for item in items if item is not None]
    assert heads[:2] == ["自社（1件）", "要員（1件）"]
    assert heads[2].startswith("説明書")


def test_down_and_return_open_a_result(
    dialog: SearchDialog, context: Context, sample: Any, qtbot: QtBot
) -> None:
    dialog.edit.setText("吉")
    qtbot.waitUntil(lambda: len(dialog.hits) == 2)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Down)
    assert dialog.results.hasFocus()
    qtbot.keyClick(dialog.results, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.results, Qt.Key.Key_Down)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(dialog.results, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", sample.other_person.id)]
    assert not dialog.isVisible()


def test_return_in_the_line_opens_the_first(
    dialog: SearchDialog, context: Context, sample: Any, qtbot: QtBot
) -> None:
    dialog.edit.setText("花子")
    qtbot.waitUntil(lambda: len(dialog.hits) == 1)
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert asked.args == [EditRecord("person", sample.person.id)]


def test_an_emptied_line_shows_nothing(dialog: SearchDialog, qtbot: QtBot) -> None:
    dialog.edit.setText("花子")
    qtbot.waitUntil(lambda: len(dialog.hits) == 1)
    dialog.edit.clear()
    qtbot.waitUntil(lambda: dialog.hits == [])
    assert not dialog.open_button.isEnabled()


def names(found: list[Act]) -> list[str]:
    return [one.name for one in found]


@pytest.fixture(scope="module")
def offered(product: Product) -> list[Act]:
    return acts(product.forms)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("退職", "要員：退職"),
        ("USBを紛失した", "PC・媒体：紛失・盗難などの事故"),
        ("ｕｓｂを紛失した", "PC・媒体：紛失・盗難などの事故"),
        ("紛失", "PC・媒体：紛失・盗難などの事故"),
        ("裁断", "情報資産：情報資産の廃棄・消去"),
        ("しゅくじつ", ""),
        ("作業場所届出書", "作業場所届出書を作成"),
        ("パスワード", "設定：パスフレーズと回復シート"),
        ("文字を大きくしたい", "設定：表示"),
        ("けんしゅう", "契約：研修"),
        ("研修 登録", "研修を登録"),
        ("カレンダー", "予定表を開く"),
        ("契約を終える", "契約：契約を終える"),
        ("契約の更新", "契約：契約の更新"),
        ("契約終了", "契約：契約を終える"),
        ("契約終了時", "契約終了時 返還・廃棄照合表を作成"),
        ("引越し", "作業場所を登録"),
        ("まとめて", "書類をまとめて発行"),
        ("一括", "書類をまとめて発行"),
        ("着手前", "着手前の書類一式を発行"),
        ("年度末", "年度末の報告書をまとめて発行"),
        ("綴り", "証跡綴りを作成"),
        ("", ""),
        ("　", ""),
    ],
)
def test_an_act_is_found_by_what_people_call_it(offered: list[Act], typed: str, first: str) -> None:
    assert next(iter(names(matching(offered, typed))), "") == first


@given(text=st.text(max_size=12))
def test_whatever_is_typed_finds_acts_or_none(text: str) -> None:
    found = matching(acts({}), text)
    assert len(found) == len(set(names(found)))
    if not fold(text).split():
        assert found == []


def test_every_way_to_begin_a_record_is_an_act_under_its_own_words(offered: list[Act]) -> None:
    begun = {one.target.kind for one in offered if isinstance(one.target, EditRecord)}
    by_hand = {spec.name for spec in SPECS.values() if spec.made is Made.BY_HAND}
    assert {kind for kind in by_hand if isinstance(new_record(kind), EditRecord)} == begun
    assert len(names(offered)) == len(set(names(offered)))
    for spec in SPECS.values():
        found = [one.target for one in matching(offered, spec.label)]
        assert ShowList(spec.name) in found
        for choice in (one for one in choices_of(spec) if spec.name in begun and one != "その他"):
            assert new_record(spec.name) in [one.target for one in matching(offered, choice)], choice


def few_of_each(offered: list[Act]) -> Iterator[Act]:
    """Of what differs only in its record type or form, the first few; the others have tests of their own."""
    seen: Counter[type[Any]] = Counter()
    for act in offered:
        seen[type(act.target)] += 1
        if seen[type(act.target)] <= 4 or not isinstance(act.target, EditRecord | ShowList | IssueForm):
            yield act


def test_every_act_opens_its_page(
    context: Context, sample: Any, offered: list[Act], shown: Show, settled: Callable[[], None]
) -> None:
    del sample
    window = shown(MainWindow(context))
    for act in few_of_each(offered):
        window.open(act.target)
        page = window.page
        match act.target:
            case DoAct(name=name) | MakeHandout(name=name):
                assert (page.act if isinstance(page, ActPage) else page.handout).name == name, act
            case EditRecord(kind=kind):
                assert (page.spec.name, page.record) == (kind, None), act
            case ShowList(kind=kind):
                assert page.list.spec.name == kind, act
            case ShowSettings(section=name) if name:
                assert page.section.name == name, act
            case IssueForm(form=form):
                assert page.form.currentData() == form, act
            case IssueMany(name=name):
                chosen = page.choices.kind or page.choices.form.currentData()
                assert chosen == (name or BEFORE_START), act
            case ShowToday(view=view):
                assert page.tabs.currentIndex() == ("tasks", "calendar", "rounds", "matrix").index(view), act
            case (
                ShowDone()
                | ShowHandovers()
                | ShowOutside()
                | BringIn()
                | ReadMachines()
                | MergeLedger()
                | ReadAnnex()
            ):
                assert page.title() in act.name, act
            case _:
                assert room_of(act.target) is not None, act
    settled()


def on(context: Context, typed: str) -> list[tuple[str, DoAct]]:
    found = acts_on(ground_of(context), typed, Progress())
    return [(one.name, one.target) for one in found if isinstance(one.target, DoAct)]


@pytest.mark.parametrize(
    "typed", ["髙橋 退職", "退職 高橋", "たかはし　退職", "退職 髙橋 花子", "高橋 花子 退職"]
)
def test_a_name_and_the_word_of_an_act_find_the_act_for_that_person(
    context: Context, sample: Any, typed: str
) -> None:
    assert on(context, typed)[0] == ("髙橋 花子：退職", DoAct("leave", (sample.person.id,)))


def test_a_number_and_the_word_of_an_act_find_it_for_a_machine_and_a_contract(
    context: Context, sample: Any
) -> None:
    device, contract = sample.device, sample.contract
    number = device.control_number
    for typed in (f"{number} 紛失", f"紛失 {number}", f"{number.replace('-', '')} 紛失"):
        assert DoAct("lose", (device.id,)) in [target for _name, target in on(context, typed)], typed
    for typed in (f"{contract.number} 監査", f"監査 {contract.number}", f"監査 {contract.title}"):
        called = dict(zip([target for _name, target in on(context, typed)], on(context, typed), strict=True))
        # A title fills the line, and the act behind it, which tells two lines apart, was cut off.
        assert called[DoAct("announce-audit", (contract.id,))][0] == (
            f"{contract.number}：{ACTS['announce-audit'].title}"
        )


@pytest.mark.parametrize("typed", ["髙橋", "退職", "zz該当なし 退職", "髙橋 zz該当なし", ""])
def test_without_a_name_or_without_an_act_nothing_is_guessed(
    context: Context, sample: Any, typed: str
) -> None:
    del sample
    assert on(context, typed) == []


def test_what_cannot_be_done_to_it_is_not_offered(context: Context, sample: Any) -> None:
    context.ledger.change(replace(sample.person, left_on=context.today()))
    assert all(target.name != "leave" for _name, target in on(context, "髙橋 退職"))


def test_the_act_for_what_was_named_stands_first_and_opens(
    dialog: SearchDialog, qtbot: QtBot, context: Context, sample: Any
) -> None:
    wanted: list[Any] = []
    context.wanted.connect(wanted.append)
    dialog.edit.setText("髙橋 退職")
    dialog.find_now()
    qtbot.waitUntil(lambda: bool(dialog.acts))
    dialog.open()
    assert wanted == [DoAct("leave", (sample.person.id,))]


def test_acts_records_and_the_manual_stand_in_this_order(dialog: SearchDialog, qtbot: QtBot) -> None:
    dialog.edit.setText("要員")
    qtbot.waitUntil(lambda: bool(dialog.told))
    heads = [dialog.results.topLevelItem(at) for at in range(dialog.results.topLevelItemCount())]
    said = [one.text(0).partition("（")[0] for one in heads if one is not None]
    assert said[0] == "操作"
    assert said[-1] == "説明書"


def test_a_page_of_the_manual_opens_at_its_heading(
    dialog: SearchDialog, context: Context, shown: Show, qtbot: QtBot
) -> None:
    dialog.edit.setText("事実は必ず記録")
    qtbot.waitUntil(lambda: bool(dialog.told))
    with qtbot.waitSignal(context.wanted) as asked:
        qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    (target,) = asked.args
    assert target == ShowSettings("manual", "02-daily/事実は必ず記録できます")
    page = shown(SettingsPage(context), 900, 500)
    page.show_target(target)
    manual = page.section
    assert isinstance(manual, ManualSection)
    assert manual.chapters.currentItem().text() == "毎日の使い方"
    assert manual.text.verticalScrollBar().value() > 0


@pytest.mark.parametrize("one", list(passages()), ids=lambda one: one.topic)
def test_every_passage_of_the_manual_is_found_by_its_heading(one: Passage) -> None:
    assert one in _told(one.heading)


def test_a_contract_is_found_by_its_client_and_a_record_by_what_was_chosen_in_it(
    context: Context, sample: Any
) -> None:
    progress = Progress()
    clients = found(context.ledger, "みなと北市", 10, progress)
    assert [(one.record, one.id) for one in clients] == [
        ("client", sample.client.id),
        ("contract", sample.contract.id),
    ]
    assert clients[1].text == "発注者：みなと北市"
    staff = found(context.ledger, "社員", 10, progress)
    assert {one.id for one in staff if one.record == "person"} == {sample.person.id, sample.other_person.id}
    assert found(context.ledger, "社", 10, progress) != staff


@pytest.mark.parametrize(("most", "got"), about(2, 1, 2, 2))
def test_no_more_records_are_named_than_asked_for(context: Context, sample: Any, most: int, got: int) -> None:
    del sample
    assert len(found(context.ledger, "社員", most, Progress())) == got


@pytest.mark.parametrize("keys", [Qt.Key.Key_F, Qt.Key.Key_K])
def test_both_keys_open_the_same_search(
    context: Context, sample: Any, dialogs: Any, shown: Show, qtbot: QtBot, keys: Qt.Key
) -> None:
    del sample
    window = shown(MainWindow(context))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs.shown))
    assert isinstance(dialogs.shown[0], SearchDialog)


def test_return_before_the_answer_opens_it_when_it_is_there(
    dialog: SearchDialog, context: Context, qtbot: QtBot
) -> None:
    went: list[object] = []
    context.wanted.connect(went.append)
    dialog.edit.setText("健診")
    qtbot.waitUntil(lambda: bool(dialog.hits))
    dialog.edit.setText("ﾀｶﾊｼ")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert not went, "what is still shown is the answer to other words"
    qtbot.waitUntil(lambda: bool(went))
    assert not dialog.isVisible()
    assert [one.record for one in dialog.hits] == ["person"]


def test_who_types_on_after_return_is_taken_nowhere(
    dialog: SearchDialog, context: Context, qtbot: QtBot
) -> None:
    went: list[object] = []
    context.wanted.connect(went.append)
    dialog.edit.setText("ﾀｶﾊ")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    dialog.edit.setText("ﾀｶﾊｼ")
    qtbot.waitUntil(lambda: bool(dialog.hits))
    assert (went, dialog.isVisible()) == ([], True)


@pytest.fixture
def behind(shown: Show) -> QLineEdit:
    """A line of the window behind, which has the keyboard."""
    line = QLineEdit()
    shown(line)
    line.setFocus()
    return line


def typed_before(line: QLineEdit, keys: str) -> None:
    """What a person types before the window that was asked for has come to the front."""
    for sign in keys:
        key = Qt.Key.Key_Escape if sign == "\x1b" else Qt.Key(ord(sign.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        QCoreApplication.postEvent(line.window().windowHandle(), event)


def test_words_typed_before_the_search_stands_are_searched(
    context: Context, sample: Any, behind: QLineEdit
) -> None:
    del sample
    dialog = SearchDialog(context, behind.window())
    typed_before(behind, "abc")
    ticking = QTimer(dialog)
    ticking.timeout.connect(lambda: dialog.reject() if dialog.edit.text() or behind.text() else None)
    ticking.start()
    assert not QtDialogs().show(dialog)
    assert (dialog.edit.text(), behind.text()) == ("abc", "")


def test_escape_before_the_search_stands_takes_it_away(
    context: Context, sample: Any, behind: QLineEdit
) -> None:
    del sample
    typed_before(behind, "ab\x1b")
    dialog = SearchDialog(context, behind.window())
    assert not QtDialogs().show(dialog)
    assert (dialog.edit.text(), behind.text()) == ("ab", "")


def test_the_window_behind_takes_the_search_away(context: Context, sample: Any, behind: QLineEdit) -> None:
    del sample
    dialog = SearchDialog(context, behind.window())
    ticking = QTimer(dialog)
    ticking.timeout.connect(lambda: behind.window().activateWindow() if dialog.isActiveWindow() else None)
    ticking.start()
    assert not QtDialogs().show(dialog)
