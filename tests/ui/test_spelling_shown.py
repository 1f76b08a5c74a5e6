"""What is typed or pasted is put into its form where one sees it; the same name is asked about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.duties.checks import ledger_findings
from app.ledger.door import Ledger
from app.records import SPECS, Client, Device, Person
from app.records.device import Storage
from app.ui.context import Context
from app.ui.contract.list_page import ContractsPage
from app.ui.editor.asking.namesakes_dialog import NamesakesDialog
from app.ui.editor.dialog import RecordDialog, add_record
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.base import Making
from app.ui.inputs.candidates import Candidates
from app.ui.inputs.ref import RefInput
from app.ui.lists.view import RecordList
from app.ui.targets import EditRecord
from tests.ui.conftest import FakeDialogs, Sample
from tests.ui.test_editor import type_in

Show = Callable[..., Any]


def edit_of(form: RecordForm, name: str) -> QLineEdit:
    made = form.boxes[name].input.fields()[0]
    assert isinstance(made, QLineEdit)
    return made


def paste(edit: QLineEdit | QPlainTextEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    edit.setFocus()
    edit.paste()


def leave(qtbot: QtBot, edit: QLineEdit) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_Tab)


def test_what_nobody_can_see_goes_from_what_was_pasted_and_is_said_once(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["device"]))
    edit, note = edit_of(form, "serial"), form.boxes["serial"].note
    paste(edit, "\u202aＳＮ－７７８１\u200b")
    assert not note.isVisible()
    leave(qtbot, edit)
    assert edit.text() == "SN-7781"
    assert (note.plain, note.isVisible()) == ("目に見えない文字2個を除きました。", True)
    type_in(edit, "9")
    assert not note.isVisible()
    leave(qtbot, edit)
    assert (edit.text(), note.isVisible()) == ("SN-77819", False)


def test_codes_are_shown_in_their_form_as_soon_as_one_leaves_the_field(
    context: Context, shown: Show, qtbot: QtBot
) -> None:
    form = shown(RecordForm(context, SPECS["vendor"]))
    for name, typed, kept in (
        ("postal_code", "１２３ー４５６７", "123-4567"),
        ("telephone", "０３ー１２３４ー５６７８", "03-1234-5678"),
        ("email", "ｉｎｆｏ＠example．jp", "info@example.jp"),
        ("postal_code", "12", "12"),
    ):
        edit = edit_of(form, name)
        edit.clear()
        type_in(edit, typed)
        leave(qtbot, edit)
        assert edit.text() == kept
    assert form.check() is None
    assert form.boxes["postal_code"].error.plain == (
        "✕ 郵便番号「12」は、123-4567 のように7桁の数字で入力してください"
        "（国外の郵便番号は所在地に含めます）。"
    )


def test_lines_and_rows_are_tidied_too(context: Context, shown: Show, qtbot: QtBot) -> None:
    form = shown(RecordForm(context, SPECS["device"]))
    lines = form.boxes["note"].input.fields()[0]
    assert isinstance(lines, QPlainTextEdit)
    paste(lines, "一行目\n二\u200b行目 ")
    edit_of(form, "maker").setFocus()
    assert lines.toPlainText() == "一行目\n二行目"
    assert form.boxes["note"].note.isVisible()
    grid = form.boxes["storages"].input
    grid.add_line()
    cell = grid.lines[0].inputs["name"].edit
    paste(cell, "内蔵\u200bSSD")
    leave(qtbot, cell)
    assert cell.text() == "内蔵SSD"
    assert form.boxes["storages"].note.isVisible()


def test_saving_by_the_keyboard_cleans_without_leaving_the_field(
    context: Context, shown: Show, ledger: Ledger
) -> None:
    form = shown(RecordForm(context, SPECS["client"]))
    type_in(edit_of(form, "name"), "見本市\u200b")
    type_in(edit_of(form, "addressee"), "南\xa0市長")
    assert form.save() is not None
    (made,) = ledger.facts().all(Client)
    assert (made.name, made.addressee) == ("見本市", "南 市長")


def older(ledger: Ledger, device: Device, **values: str) -> Device:
    """A device as an older program let it in."""
    made = ledger.add(device)
    for name, value in values.items():
        ledger._connection.execute(f"UPDATE device SET {name} = ? WHERE id = ?", (value, made.id))  # noqa: S608  # a test's own names
    ledger._facts = None
    return ledger.get(Device, made.id)


def untidy(ledger: Ledger) -> list[str]:
    return [one.text for one in ledger_findings(ledger.facts(), None) if one.check == "untidy-text"]


def test_an_old_value_is_found_shown_clean_and_mended_by_saving(
    context: Context, shown: Show, ledger: Ledger
) -> None:
    held = older(ledger, Device(control_number="PC-902", kind="PC", owner="自社"), serial="\u202aSN-7781")
    assert untidy(ledger) == [
        "PC・媒体「PC-902　PC」の製造番号に目に見えない文字があり、開いて保存すると除かれます。"
    ]
    page = shown(EditorPage(context, EditRecord("device", held.id)))
    box = page.form.boxes["serial"]
    assert (box.input.text(), box.note.isVisible()) == ("SN-7781", True)
    assert box.note.plain == "製造番号に目に見えない文字があり、保存すると除かれます。"
    assert not page.form.dirty
    page.save()
    assert ledger.get(Device, held.id).serial == "SN-7781"
    assert untidy(ledger) == []
    assert not box.note.isVisible()


def test_an_old_value_that_cannot_be_read_is_marked_when_its_record_opens(
    context: Context, shown: Show, ledger: Ledger
) -> None:
    held = older(ledger, Device(control_number="PC-1", kind="PC", owner="自社"), maker="見本\u3164社")
    assert untidy(ledger) == [
        "PC・媒体「PC-1　PC」のメーカーの「見本」の後にある目に見えない文字（U+3164）は"
        "書類に印字できないため、消すか別の文字に改めてください。"
    ]
    form = shown(RecordForm(context, SPECS["device"], held))
    assert "U+3164" in form.boxes["maker"].error.plain
    edit = edit_of(form, "maker")
    edit.selectAll()
    type_in(edit, "見本社")
    assert not form.boxes["maker"].error.isVisible()
    assert form.save() is not None


def test_a_code_in_an_odd_form_and_a_nested_row_are_found_with_their_place(ledger: Ledger) -> None:
    rows = (Storage(name="内蔵SSD", encryption="全体"),)
    older(ledger, Device(control_number="PC-1", kind="PC", owner="自社", storages=rows), serial="ＳＮ－１")
    ledger._connection.execute("UPDATE device_storages SET tool = 'Bit\u200bLocker'")
    ledger._facts = None
    assert untidy(ledger) == [
        "PC・媒体「PC-1　PC」の製造番号「ＳＮ－１」は「SN-1」の形で書くもので、開いて保存すると改まります"
        "（ほか1か所）。"
    ]


def test_a_number_that_is_taken_is_marked_at_its_field(context: Context, shown: Show, ledger: Ledger) -> None:
    ledger.add(Device(control_number="PC-901", kind="PC", owner="自社"))
    form = shown(RecordForm(context, SPECS["device"], preset={"kind": "PC", "owner": "自社"}))
    type_in(edit_of(form, "control_number"), "ＰＣ－９０１")
    assert form.save() is None
    assert "登録済みの「PC-901」と同じです" in form.boxes["control_number"].error.plain
    assert form.notice.text.count("登録済みの「PC-901」") == 1


def new_person(context: Context, shown: Show, name: str) -> EditorPage:
    page = shown(EditorPage(context, EditRecord("person", 0, {"employment": "社員"})))
    assert isinstance(page, EditorPage)
    type_in(edit_of(page.form, "name"), name)
    return page


@pytest.mark.parametrize("go", [True, False])
def test_the_same_name_is_asked_about_and_never_refused(
    context: Context, shown: Show, sample: Sample, dialogs: FakeDialogs, ledger: Ledger, go: bool
) -> None:
    page = new_person(context, shown, "高橋花子")

    def answer(dialog: NamesakesDialog) -> None:
        dialog.accept() if go else dialog.reject()

    dialogs.answers = [answer]
    assert page.save() is go
    assert dialogs.asked == ["同じ氏名の要員"]
    assert len(ledger.facts().all(Person)) == (3 if go else 2)
    assert page.form.dirty is not go


def test_the_one_who_is_there_can_be_opened_instead(
    context: Context, shown: Show, sample: Sample, dialogs: FakeDialogs, ledger: Ledger
) -> None:
    page = new_person(context, shown, "髙橋　花子")
    opened: list[Any] = []
    page.form.instead.connect(opened.append)
    dialogs.answers = [lambda dialog: dialog.openers[0].click()]
    assert page.save() is False
    assert [one.id for one in opened] == [sample.person.id]
    assert page.form.dirty, "what was typed waits below"
    assert len(ledger.facts().all(Person)) == 2


def test_from_a_reference_the_one_who_is_there_is_chosen(
    context: Context, sample: Sample, dialogs: FakeDialogs
) -> None:
    def fill(dialog: RecordDialog) -> None:
        dialog.form.boxes["employment"].input.show_value("社員")
        dialog.save()

    dialogs.answers = [fill, lambda dialog: dialog.openers[0].click()]
    made = add_record(context, SPECS["person"], {"name": "髙橋花子"})
    assert made is not None
    assert made.id == sample.person.id


def test_nobody_is_asked_where_the_name_stays_or_is_new(
    context: Context, shown: Show, sample: Sample, dialogs: FakeDialogs, ledger: Ledger
) -> None:
    ledger.add(Person(name="高橋 花子", employment="社員"))
    form = shown(RecordForm(context, SPECS["person"], sample.person))
    type_in(edit_of(form, "email"), "h@example.jp")
    assert form.save() is not None
    page = new_person(context, shown, "誰も知らない")
    assert page.save()
    assert dialogs.asked == []


def test_a_new_surname_keeps_the_former_one_and_both_are_found(context: Context, ledger: Ledger) -> None:
    spec = SPECS["person"]
    made, problems = spec.from_texts(
        {
            "name": "山田 美咲",
            "employment": "社員",
            "former_names": [{"name": "髙橋 美咲", "kana": "タカハシ ミサキ", "until": "R8.9.30"}],
        }
    )
    assert problems == {}
    assert made is not None
    held = ledger.add(made)
    for query in ("高橋美咲", "たかはし", "山田美咲"):
        assert [hit.id for hit in ledger.search(query)] == [held.id]
        assert [one.id for one in Candidates(context).find("person", query)] == [held.id]


def texts(listed: RecordList, column: int) -> list[str]:
    model = listed.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_lists_stand_in_order_at_once_and_by_their_heads(
    context: Context, shown: Show, ledger: Ledger
) -> None:
    readings = {"渡部 梓": "ワタベ アズサ", "上原 海": "ウエハラ カイ", "無名": "", "阿川 史": "ｱｶﾞﾜ ﾌﾐ"}
    for name, kana in {**readings, "相田 仁": "アイダ ジン"}.items():
        ledger.add(Person(name=name, kana=kana, employment="社員"))
    for number in ("NB-1", "NB-10", "NB-2", "NB-21", "ＮＢ－3"):
        ledger.add(Device(control_number=number, kind="PC", owner="自社"))
    people, devices = shown(RecordList(context, SPECS["person"])), shown(RecordList(context, SPECS["device"]))
    wanted = ["相田 仁", "阿川 史", "上原 海", "渡部 梓", "無名"]
    numbers = ["NB-1", "NB-2", "ＮＢ－3", "NB-10", "NB-21"]
    assert (texts(people, 0), texts(devices, 0)) == (wanted, numbers)
    devices.model.sort(0, Qt.SortOrder.DescendingOrder)
    people.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert (texts(people, 0), texts(devices, 0)) == (wanted[::-1], numbers[::-1])
    people.model.filter("相田仁")
    assert texts(people, 0) == ["相田 仁"]
    assert [one.shown.partition("（")[0] for one in Candidates(context).of("person")] == wanted
    assert [one.shown.partition("　")[0] for one in Candidates(context).of("device")] == numbers


def test_a_reference_is_found_by_the_whole_name_without_blank(
    context: Context, shown: Show, sample: Sample
) -> None:
    made = shown(RefInput(SPECS["assignment"].field("person"), Making(context)))
    for typed in ("たかはしはなこ", "髙橋花子", "高橋　花子"):
        made.show_value(None)
        type_in(made.edit, typed)
        made.settle()
        assert made.id == sample.person.id, typed


def test_contracts_are_kept_to_a_client_written_together(
    context: Context, shown: Show, sample: Sample
) -> None:
    page = shown(ContractsPage(context))
    page.refresh()
    for query, number in (("みなと北市", 1), ("r8１２", 1), ("健診 データ", 1), ("南市", 0)):
        page.search.setText(query)
        assert page.table.lines.rowCount() == number, query
