"""A city's text from the clipboard to a contract with its first duty, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import current_thread
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State as Standing
from app.annexes.reading.review import deciding, pen
from app.annexes.reading.review.ahead import worked_out
from app.annexes.reading.review.deciding import accept, set_value
from app.annexes.reading.review.kept import item_text, read_back, written
from app.annexes.reading.review.model import Item, Review, State, Timing
from app.annexes.reading.review.wording import clause_words
from app.common import PeopleError
from app.duties.engine import duties
from app.records import Client, Contract, OwnAnnex
from app.ui.annexes.deeds import publish
from app.ui.annexes.learning import learn
from app.ui.annexes.page import AnnexPage
from app.ui.annexes.reading import keeping
from app.ui.annexes.reading.beside import Beside
from app.ui.annexes.reading.page import ReadingPage
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.inputs.plain import AnnexInput
from app.ui.inputs.rows import GridInput
from app.ui.parts.dialogs import Unsaved
from app.ui.search.acts import acts, matching
from app.ui.shell.window import MainWindow
from app.ui.targets import EditAnnex, EditRecord, ReadAnnex
from tests.ui.annexes.conftest import click
from tests.ui.conftest import FakeDialogs

Settle = Callable[[], None]
TEXT = """架空市個人情報取扱い覚え書

第１条（秘密の保持）
　乙は、この業務で知った個人情報を他に漏らしてはならない。契約が終わった後も同様とする。
第２条（複写の禁止）
　乙は、甲の書面による承諾を得ないで個人情報を複写してはならない。
第３条（協議）
　甲と乙は、この覚え書に定めのないことを話し合って決めるものとする。
第４条（事故の報告）
　乙は、個人情報の漏えいが起きたことを知ったときは、直ちに甲に報告しなければならない。乙は、従事者の名簿を業務を始める前に甲に提出しなければならない。
第５条（誓約書）
　乙は、従事者から誓約書を徴し、甲に提出しなければならない。

別記様式
誓約書
　私は、業務で知った個人情報を漏らさないことを誓います。
令和　年　月　日
氏名
"""


def shown(window: MainWindow) -> ReadingPage:
    assert isinstance(window.page, ReadingPage), window.page
    return window.page


def pasted(window: MainWindow, settled: Settle, qtbot: QtBot, text: str = TEXT, **target: Any) -> ReadingPage:
    window.open(ReadAnnex(**target))
    page = shown(window)
    page.begin.edit.setPlainText(text)
    click(qtbot, page.begin.read_button)
    settled()
    return page


def own(context: Context) -> list[OwnAnnex]:
    return list(context.facts().all(OwnAnnex))


def doubt(page: ReadingPage, at: int, kind: str) -> None:
    """The paragraph at ``at`` as it is where the reader is not sure of one of its kinds."""
    review = page.work.review
    item = review.review.items[at]
    picks = tuple(
        replace(one, ticked=False, confidence=0.6) if one.kind == kind else one for one in item.picks
    )
    assert picks != item.picks
    review.exchange(review.review.having(at, replace(item, state=State.PROPOSED, picks=picks)))


def accept_all(page: ReadingPage) -> None:
    while page.work.review.review.open:
        page.work.review.go_on()
        page.work.review.accept()


def test_a_pasted_text_becomes_a_contract_and_its_duties(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.work.head.words[0, "client"].text() == "甲"
    assert page.work.head.words[0, "vendor"].text() == "乙"
    assert page.work.head.title.text()
    click(qtbot, page.work.check_button)
    assert page.work.review.review.open
    accept_all(page)
    dialogs.answers.append(True)
    click(qtbot, page.work.contract_button)
    settled()
    (record,) = own(context)
    assert record.published_on == context.today()
    assert read_back(record.reading).raw == TEXT
    assert all(text not in record.content for text in ("漏らしてはならない", "誓います"))
    assert isinstance(window.page, EditorPage)
    editor = window.page
    rows = editor.form.texts()["annexes"]
    assert [row["annex"] for row in rows] == [record.annex]
    given = {
        "client": context.facts().all(Client)[0].id,
        "number": "Y-1",
        "title": "名簿の入力",
        "signed_on": context.today(),
        "starts_on": context.today(),
        "ends_on": context.today().replace(year=context.today().year + 1),
    }
    for name, value in given.items():
        editor.form.boxes[name].input.show_value(value)
    assert editor.save()
    settled()
    (contract,) = (one for one in context.facts().all(Contract) if one.number == "Y-1")
    owed = duties(context.facts(), context.catalogue, context.forms, context.today())
    states = {duty.kind: duty.state for duty in owed if duty.contract == contract.id}
    assert states["oath"] in (Standing.DUE, Standing.CONFIRM)
    assert {"secrecy", "copy-approval", "incident-notice"} <= set(states)
    words = clause_words(context.facts(), contract.id, record.annex, 1)
    assert words["第2条"].startswith("乙は、甲の書面による承諾を得ないで")


def test_the_whole_way_to_the_contract_goes_by_the_keyboard(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    window.open(ReadAnnex())
    page = shown(window)
    QApplication.clipboard().setText(TEXT)
    assert window.focusWidget() is page.begin.edit
    qtbot.keyClick(page.begin.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def alt(key: Qt.Key, pressed: QAbstractButton) -> None:
        with qtbot.waitSignal(pressed.clicked):
            qtbot.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
        settled()

    alt(Qt.Key.Key_R, page.begin.read_button)
    assert page.working
    alt(Qt.Key.Key_T, page.work.check_button)
    for _each in page.work.review.review.open:
        alt(Qt.Key.Key_A, page.work.review.accept_button)
    assert not page.work.review.review.open
    dialogs.answers.append(True)
    alt(Qt.Key.Key_C, page.work.contract_button)
    assert isinstance(window.page, EditorPage)
    assert own(context)[0].published_on == context.today()


def test_nothing_is_published_while_a_paragraph_was_not_looked_at(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    left = page.work.review.review.open
    click(qtbot, page.work.contract_button)
    settled()
    assert f"未確認の条項が{len(left)}項" in page.work.notice.text
    assert own(context) == []
    assert page.work.review.at in left


def test_the_keys_of_the_page_tick_accept_and_go_on(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    review.go(1)
    before = review.review.items[1].kinds
    qtbot.keyClick(review, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert review.review.items[1].kinds != before
    assert review.review.items[1].state is State.CHANGED
    review.undo()
    assert review.review.items[1].kinds == before


def test_a_paragraph_is_split_at_the_caret_and_joined_again(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    review.go(3)
    text = review.review.items[3].text
    review.text.place(text.index("乙は、従事者の名簿"))
    click(qtbot, review.split_button)
    assert [item.text for item in review.review.items[3:5]] == [
        text[: text.index("乙は、従事者の名簿")],
        text[text.index("乙は、従事者の名簿") :],
    ]
    assert "worker-list" in {pick.kind for pick in review.review.items[4].picks}
    click(qtbot, review.merge_button)
    assert len(review.review.items) == 5


def test_where_two_parts_have_no_room_the_second_is_a_tab_of_the_first(qtbot: QtBot) -> None:
    tabs, part = QTabWidget(), QWidget()
    tabs.addTab(QWidget(), "文章")
    tabs.setMinimumWidth(300)
    part.setMinimumWidth(300)
    holder = QWidget()
    made = Beside(tabs, part, "確かめる")
    made.setParent(holder)
    qtbot.addWidget(holder)
    told: list[bool] = []
    made.turned.connect(told.append)
    needed = 600 + made.splitter.handleWidth()
    holder.resize(800, 400)
    holder.show()
    for width, alone in ((needed + 1, False), (needed, False), (needed - 1, True), (needed, False)):
        made.resize(width, 300)
        assert made.alone is alone, width
        assert part.isVisible()
    assert told == [True, False]


def test_the_wording_stands_with_the_proposals_where_it_is_not_seen_beside(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review
    assert not review.item.text.isVisible()
    review.item.show_text(True)
    assert review.item.text.isVisible()
    assert review.item.text.plain == review.review.items[review.at].text


def test_splitting_without_a_caret_in_the_text_says_where_to_put_it(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    said: list[str] = []
    context.said.connect(said.append)
    page.work.review.split()
    assert said == ["文章の欄で、分ける位置にカーソルを置いてから押してください。"]
    assert len(page.work.review.review.items) == 5


def test_what_was_decided_is_there_again_after_saving_and_leaving(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    page.work.review.go(2)
    page.work.review.accept()
    assert page.dirty
    dialogs.answers.append(Unsaved.SAVE)
    window.back()
    settled()
    (record,) = own(context)
    assert record.published_on is None
    window.open(ReadAnnex(record.annex, record.version))
    settled()
    again = shown(window)
    assert again.work.review.review.items[2].state is State.ACCEPTED
    assert not again.dirty


def test_a_draft_is_saved_again_in_place_and_keeps_where_one_was(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    page.work.review.go(3)
    assert page.save()
    page.work.review.accept()
    at = page.work.review.at
    assert page.save()
    settled()
    assert len(own(context)) == 1
    assert page.work.review.at == at
    assert page.work.review.undo_button.isEnabled()


def test_a_doubtful_kind_is_shown_with_its_moments_to_be_checked(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    review = page.work.review

    if review.tabs.indexOf(review.area) >= 0:
        # Where the letters are wide, both have no room beside each other.
        review.tabs.setCurrentWidget(review.area)

    def chips() -> int:
        held = review.item.picks.findChildren(QLabel)
        return sum(one.text() == "要確認" and one.isVisible() for one in held)

    item = review.review.items[0]
    (pick, *_), timing = item.picks, Timing("before-start", True, 0.8, (), (item.picks[0].kind,))
    doubtful = replace(
        item, state=State.PROPOSED, picks=(replace(pick, ticked=False, confidence=0.6),), moments=(timing,)
    )
    review.go(0)
    review.exchange(review.review.having(0, doubtful))
    box = review.item.picks.moments["before-start"]
    # At the kind and at its moment.
    qtbot.waitUntil(lambda: chips() == 2)
    assert not box.isChecked()
    assert not box.isEnabled(), "a moment alone decides nothing"
    assert "60％" in box.accessibleDescription()
    assert all(not one.isChecked() and not one.isEnabled() for one in review.item.picks.details)
    review.item.turn(pick.kind)
    assert review.item.picks.moments["before-start"].isChecked()
    # Somebody decided it.
    qtbot.waitUntil(lambda: review.item.picks.moments["before-start"].isVisible() and chips() == 0)


def test_conditions_that_were_set_are_proposed_to_the_next_reading_and_it_is_said_whence(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    review = page.work.review
    doubt(page, 3, "worker-list")
    review.decide(set_value(review.review, 3, "incident-notice", "within_days", 2))
    review.decide(set_value(review.review, 3, "incident-notice", "items", ["日時", "件数"]))
    assert 3 in review.review.open, "what is not sure beside it is asked about still"
    review.decide(accept(review.review, 3))
    assert page.save()
    settled()
    assert learn(context, own(context)[0])
    settled()
    page.begin_again()
    page.begin.edit.setPlainText(TEXT)
    click(qtbot, page.begin.read_button)
    settled()
    page.work.review.go(3)
    boxes = {box.accessibleName(): box for box in page.work.review.item.picks.details if box.isChecked()}
    for words in ("2日", "日時、件数"):
        (box,) = (box for name, box in boxes.items() if words in name)
        assert "前に直した条項に倣いました（同じ条文）" in box.accessibleDescription()


def test_a_saving_writes_what_was_decided_since_and_all_of_it_is_in_the_ledger(
    window: MainWindow,
    context: Context,
    dialogs: FakeDialogs,
    settled: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.save()
    settled()
    made: list[str] = []

    def counting(item: Item) -> str:
        made.append(item.key)
        return item_text(item)

    monkeypatch.setattr(pen, "item_text", counting)
    page.work.review.go(2)
    page.work.review.accept()
    decided = page.work.review.review
    assert page.save()
    assert made == [decided.items[2].key]
    (record,) = own(context)
    assert record.reading == written(decided)
    assert context.ledger.get(OwnAnnex, record.id).reading == written(decided)
    settled()
    dialogs.answers.append(True)
    window.undo()
    settled()
    assert read_back(own(context)[0].reading).items[2].state is not State.ACCEPTED
    assert page.work.review.review.items[2].state is not State.ACCEPTED


def test_a_saved_reading_is_made_again_in_the_worker_and_the_window_only_shows_it(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = left_saved(window, context, settled, qtbot)
    done: list[tuple[str, str]] = []

    def noted(name: str, deed: Callable[[Any], Review]) -> Callable[[Any], Review]:
        def noting(given: Any) -> Review:
            done.append((name, current_thread().name))
            return deed(given)

        return noting

    monkeypatch.setattr(keeping, "read_back", noted("made", read_back))
    monkeypatch.setattr(keeping, "worked_out", noted("worked out", worked_out))
    window.open(ReadAnnex(saved.annex, saved.version))
    page = shown(window)
    assert not page.working
    assert not page.dirty
    assert page.waiting.isVisible()
    settled()
    assert shown(window).working
    assert page.work.review.review == read_back(saved.reading)
    assert window.focusWidget() is page.work.review.text
    assert [name for name, _thread in done] == ["made", "worked out"]
    assert current_thread().name not in {thread for _name, thread in done}


def test_a_saved_reading_may_be_left_before_it_is_there(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    saved = left_saved(window, context, settled, qtbot)
    window.open(ReadAnnex(saved.annex, saved.version))
    window.back()
    settled()
    assert not isinstance(window.page, ReadingPage)


def test_what_is_decided_while_another_version_is_being_opened_is_not_lost(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.save()
    settled()
    (record,) = own(context)
    other = replace(record, reading=written(deciding.set_aside(page.work.review.review, 0)))
    context.ledger.change(other)
    page.work.review.go(1)
    page.work.review.accept()
    decided = page.work.review.review
    settled()
    assert page.work.review.review == decided
    assert "他の画面で変更" in page.work.notice.text


def test_a_saved_reading_that_cannot_be_read_says_so_and_goes(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    saved = left_saved(window, context, settled, qtbot)
    (record,) = own(context)
    context.ledger.change(replace(record, reading="{}"))
    window.open(ReadAnnex(saved.annex, saved.version))
    settled()
    assert "もう一度読み取ってください" in str(dialogs.said)
    assert not isinstance(window.page, ReadingPage)


def left_saved(window: MainWindow, context: Context, settled: Settle, qtbot: QtBot) -> OwnAnnex:
    """A reading that was saved and left."""
    assert pasted(window, settled, qtbot).save()
    settled()
    window.back()
    settled()
    (record,) = own(context)
    return record


def test_a_saving_that_fails_says_so_and_leaves_everything_unsaved(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pasted(window, settled, qtbot)

    def refuse(*_given: object, **_more: object) -> None:
        raise PeopleError("台帳に書き込めません。")

    monkeypatch.setattr(context.ledger, "add", refuse)
    assert not page.save()
    assert "書き込めません" in page.work.notice.text
    assert page.dirty
    assert own(context) == []


def test_what_was_changed_in_the_editor_is_not_overwritten_unasked(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.save()
    settled()
    (record,) = own(context)
    window.open(EditAnnex(record.annex, record.version))
    settled()
    editor = window.page
    assert isinstance(editor, AnnexPage)
    editor.clauses.form.heading.setText("別の見出し")
    editor.clauses.form.heading.textEdited.emit("別の見出し")
    assert editor.save()
    click(qtbot, editor.reading_button)
    settled()
    again = shown(window)
    again.work.review.go(0)
    again.work.review.accept()
    dialogs.answers.append(False)
    assert not again.save()
    assert "別の見出し" in own(context)[0].content
    dialogs.answers.append(True)
    assert again.save()
    assert "別の見出し" not in own(context)[0].content


def test_publishing_a_draft_elsewhere_says_what_nobody_has_looked_at(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.save()
    settled()
    left = len(page.work.review.review.open)
    details: list[str] = []

    def ask(_text: str, _yes: str, *, detail: str = "", no: str = "", grave: bool = False) -> bool:
        del no
        details.append(detail)
        return not grave

    monkeypatch.setattr(context.dialogs, "ask", ask)
    assert not publish(context, own(context)[0])
    assert f"未確認の条項が{left}項" in details[0]


def test_a_saving_that_is_taken_back_leaves_what_stands_on_the_page(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    page.work.review.go(2)
    page.work.review.accept()
    assert page.save()
    settled()
    assert not page.dirty
    dialogs.answers.append(True)
    window.undo()
    settled()
    assert own(context) == []
    assert shown(window) is page
    assert page.work.review.review.items[2].state is State.ACCEPTED
    assert page.dirty


def test_two_clauses_of_one_number_are_not_saved(
    window: MainWindow, context: Context, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    click(qtbot, page.work.check_button)
    page.work.review.go(1)
    number = page.work.review.item.number
    number.setText("第1条")
    number.editingFinished.emit()
    assert not page.save()
    assert own(context) == []
    assert "第1条" in page.work.review.item.problem.plain


def test_the_words_of_the_sides_are_corrected_and_what_is_undecided_is_read_anew(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    page.work.review.go(0)
    page.work.review.accept()
    edit = page.work.head.words[0, "vendor"]
    edit.setText("受託者")
    edit.editingFinished.emit()
    settled()
    assert page.work.review.review.documents[0].parties.vendor[0] == "受託者"
    assert page.work.review.review.items[0].state is State.ACCEPTED


def test_a_text_that_is_no_annex_is_refused_where_it_was_pasted(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot, "きょうの献立\nカレーライス\n")
    assert not page.working
    assert "条項が見つかりません" in page.begin.notice.text
    assert page.begin.edit.toPlainText().startswith("きょうの献立")


def test_a_file_that_cannot_be_read_offers_pasting(
    window: MainWindow, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open(ReadAnnex())
    page = shown(window)
    broken = tmp_path / "特記事項.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing")
    dialogs.answers.append([broken])
    click(qtbot, page.begin.open_button)
    settled()
    assert page.begin.notice.text.count("貼り付けて") == 1
    assert not page.working


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"", "中身が空です。別のファイルを指定してください。"),
        ("献立.txt", "本日の献立\n1 うどん 500円\n".encode(), "「・」を付けて貼り付けると読み取れます。"),
        ("写し.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "文字を打ち直すか、文章を貼り付けてください。"),
        ("a.rtf", b"{\\rtf1\\ansi x}", "「.docx」で保存し直すか、文章を貼り付けてください。"),
    ],
)
def test_what_a_refused_file_needs_is_said_once_and_pasting_only_where_it_helps(
    window: MainWindow, settled: Settle, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    window.open(ReadAnnex())
    page = shown(window)
    given = tmp_path / name
    given.write_bytes(data)
    page.read_file(given)
    settled()
    told = page.begin.notice.text
    assert said in told
    assert told.count("貼り付け") == said.count("貼り付け")
    assert "\n" not in told


def test_a_text_file_is_read(
    window: MainWindow, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    window.open(ReadAnnex())
    page = shown(window)
    given = tmp_path / "特記事項.txt"
    given.write_text(TEXT, encoding="cp932")
    dialogs.answers.append([given])
    click(qtbot, page.begin.open_button)
    settled()
    assert page.working
    assert len(page.work.review.review.items) == 5


def test_the_oath_at_the_end_becomes_the_prescribed_wording(
    window: MainWindow, settled: Settle, qtbot: QtBot
) -> None:
    page = pasted(window, settled, qtbot)
    assert page.work.review.review.forms
    at = next(at for at, one in enumerate(page.work.review.review.items) if one.number == "第5条")
    page.work.review.go(at)
    if "oath" not in page.work.review.review.items[at].kinds:
        page.work.review.item.turn("oath")
    buttons = [
        one
        for one in page.work.head.findChildren(QWidget)
        if one.accessibleName() == "誓約書の文面として使う"
    ]
    click_hidden(buttons[0])
    details = {one.name: one.value for one in page.work.review.review.items[at].details if one.ticked}
    assert details["oath_text"] == ["私は、業務で知った個人情報を漏らさないことを誓います。"]
    assert details["prescribed"] is True


def click_hidden(widget: Any) -> None:
    """Press a button on a tab that is not seen."""
    widget.click()


def test_a_contract_that_is_being_entered_waits_for_the_annex(
    window: MainWindow, context: Context, dialogs: FakeDialogs, settled: Settle, qtbot: QtBot
) -> None:
    window.open(EditRecord("contract"))
    settled()
    editor = window.page
    assert isinstance(editor, EditorPage)
    editor.awaited.read()
    page = shown(window)
    page.begin.edit.setPlainText(TEXT)
    click(qtbot, page.begin.read_button)
    settled()
    accept_all(page)
    dialogs.answers.append(True)
    click(qtbot, page.work.contract_button)
    settled()
    assert window.page is editor
    (record,) = own(context)
    grid = editor.form.boxes["annexes"].input
    assert isinstance(grid, GridInput)
    offered = grid.lines[0].inputs["annex"]
    assert isinstance(offered, AnnexInput)
    assert offered.combo.findData(record.annex) > 0


def test_what_people_type_leads_to_the_page() -> None:
    found = matching(acts({}), "目録にない 特記事項")
    assert any(isinstance(one.target, ReadAnnex) for one in found[:3])


def test_the_contract_carries_what_is_owed_live(window: MainWindow, settled: Settle, qtbot: QtBot) -> None:
    page = pasted(window, settled, qtbot)
    before = page.work.summary.text()
    page.work.review.go(2)
    page.work.review.item.turn("audit")
    assert page.work.summary.text() != before
    page.work.tabs.setCurrentWidget(page.work.owed)
    assert any("監査" in line.cells[1].text for line in page.work.owed.lines.lines)
