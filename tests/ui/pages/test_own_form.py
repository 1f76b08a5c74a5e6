"""A client's own form in the window: read, bound by pointing, seen filled, issued, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.common import PeopleError, Progress
from app.duties.case import Case
from app.exchange.documents.issuing import issue
from app.exchange.documents.own_form import keep_form
from app.exchange.filling.filler import inspect
from app.exchange.filling.values import Placement
from app.records import Contract, PaperSetting, Submission
from app.ui.context import Context
from app.ui.papers.client_forms.handing_over import print_filled
from app.ui.papers.client_forms.office import Office
from app.ui.papers.client_forms.placing_page import PlacingPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.many.result import Result
from app.ui.papers.paper_page import DocumentPage
from app.ui.papers.printing_port import SAVE_PDF, Printers, QtPaper
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.widgets import Notice
from app.ui.targets import IssueForm, PlaceFacts, ShowDocument
from tests.support.office import docx, par, row, table

FORM = docx(par("{文書番号}") + table(row("契約番号", ""), row("作業場所", "")) + par("□ 新規　□ 変更"))


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on what else this machine has."""
    monkeypatch.setattr(Office, "found", lambda _settings: None)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "様式第１号.docx"
    path.write_bytes(FORM)
    return path


@pytest.fixture
def placing(context: Context, shown: Any, work: Any, qtbot: QtBot) -> PlacingPage:
    made = PlacingPage(context, PlaceFacts("location-notice", work.contract.id))
    shown(made)
    made.refresh()
    qtbot.waitUntil(lambda: made.names.model().rowCount() > 0, timeout=10_000)
    return made


def click(qtbot: QtBot, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def read(page: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot) -> None:
    dialogs.answers = [[form]]
    click(qtbot, page.load)
    qtbot.waitUntil(lambda: page.places.model().rowCount() > 0, timeout=10_000)


def bind(page: PlacingPage, place: str, name: str, qtbot: QtBot) -> None:
    page.places.select(place)
    page.names.select(name)
    click(qtbot, page.put)


def filled(page: PlacingPage, qtbot: QtBot, text: str) -> None:
    """Wait until the result says something."""
    qtbot.waitUntil(
        lambda: text in [line.cells[1].text for line in page.result.table.lines.lines], timeout=10_000
    )


def test_facts_are_placed_by_pointing_and_seen_filled(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot, work: Any
) -> None:
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約番号", qtbot)
    filled(placing, qtbot, work.contract.number)
    assert "様式のどこにもありません" in placing.result.notice.text
    bind(placing, "表1:2:2", "作業場所／名称", qtbot)
    bind(placing, "チェック1", "届出の区分", qtbot)
    filled(placing, qtbot, "☑ 新規　□ 変更")
    placing.places.select("表1:1:2")
    click(qtbot, placing.take_out)
    qtbot.waitUntil(
        lambda: work.contract.number not in [line.cells[1].text for line in placing.result.table.lines.lines],
        timeout=10_000,
    )


def test_it_is_kept_and_the_paper_goes_into_it(
    placing: PlacingPage,
    form: Path,
    dialogs: Any,
    qtbot: QtBot,
    context: Context,
    work: Any,
    shown: Callable[..., Any],
    wanted: list[Any],
    tmp_path: Path,
) -> None:
    read(placing, form, dialogs, qtbot)
    click(qtbot, placing.suggest)
    filled(placing, qtbot, work.contract.number)
    with qtbot.waitSignal(placing.finished):
        click(qtbot, placing.keep)
    (setting,) = context.facts().all(PaperSetting)
    assert (setting.own_file_name, [one.place for one in setting.places]) == ("様式第１号.docx", ["表1:1:2"])
    page = IssuePage(context, IssueForm("location-notice", work.contract.id))
    shown(page)
    qtbot.waitUntil(page.issue.isEnabled, timeout=10_000)
    assert page._right.currentWidget() is page._right.filled
    assert "「様式第１号.docx」に記入します。" in page.own._told.plain
    dialogs.answers = [True]
    click(qtbot, page.issue)
    qtbot.waitUntil(lambda: bool(context.facts().all(Submission)), timeout=10_000)
    (made,) = context.facts().all(Submission)
    assert made.filled
    qtbot.waitUntil(lambda: wanted[-1:] == [ShowDocument(made.id)], timeout=10_000)
    document = DocumentPage(context, ShowDocument(made.id))
    shown(document)
    document.refresh()
    qtbot.waitUntil(document.ways["提出するファイルを保存"].isEnabled, timeout=10_000)
    dialogs.answers = [tmp_path / "届出"]
    click(qtbot, document.ways["提出するファイルを保存"])
    out = tmp_path / "届出.docx"
    assert next(text for _where, text in inspect(out.read_bytes(), out.name).texts) == made.number
    click(qtbot, document.ways["提出するファイルを印刷"])
    assert "LibreOfficeがないため" in document.notice.text


def results(page: PlacingPage) -> list[str]:
    """What the result says, place by place."""
    return [line.cells[1].text for line in page.result.table.lines.lines]


@pytest.mark.parametrize(
    ("answer", "leaves", "kept"),
    [(Unsaved.STAY, False, 0), (Unsaved.DISCARD, True, 0), (Unsaved.SAVE, True, 1)],
)
def test_what_was_placed_is_not_lost_without_a_question(
    placing: PlacingPage,
    form: Path,
    dialogs: Any,
    qtbot: QtBot,
    context: Context,
    answer: Unsaved,
    leaves: bool,
    kept: int,
) -> None:
    assert placing.can_leave()
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約番号", qtbot)
    dialogs.answers = [answer]
    assert placing.can_leave() is leaves
    assert dialogs.answers == []
    assert len(context.facts().all(PaperSetting)) == kept
    assert placing.places.lines.lines[2].cells[2].text == "契約番号"


def test_ctrl_s_keeps_the_form_and_stays(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot, context: Context
) -> None:
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約番号", qtbot)
    placing.day.edit.setText("いつか")
    assert not placing.save()
    assert "適用の始期を入力してください" in placing.notice.text
    placing.day.show_value(context.today())
    assert placing.save()
    assert len(context.facts().all(PaperSetting)) == 1
    assert placing.can_leave()
    assert placing.save()
    assert len(context.facts().all(PaperSetting)) == 1


def test_values_follow_the_ledger_and_what_was_placed_stays(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot, context: Context, work: Any
) -> None:
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約件名", qtbot)
    filled(placing, qtbot, work.contract.title)
    contract = context.facts().get(Contract, work.contract.id)
    context.ledger.change(replace(contract, title="改めた件名の業務委託"))
    filled(placing, qtbot, "改めた件名の業務委託")
    assert "改めた件名の業務委託" in [line.cells[1].text for line in placing.names.lines.lines]
    assert placing.dirty


def test_a_form_that_is_taken_back_elsewhere_shows_what_is_kept(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot, context: Context, work: Any, settled: Any
) -> None:
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約番号", qtbot)
    assert placing.save()
    settled()
    (held,) = context.facts().all(PaperSetting)
    context.ledger.change(replace(held, places=()))
    settled()
    assert not placing.dirty
    assert [line.cells[2].text for line in placing.places.lines.lines] == ["文書番号", "", "", "", "", "", ""]


NEWER = docx(
    par("{文書番号}") + table(row("発注課", ""), row("契約番号", ""), row("所在", "")) + par("□ 新規　□ 変更")
)


def test_a_newer_file_takes_each_fact_to_where_its_heading_is_now(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot, tmp_path: Path, work: Any
) -> None:
    read(placing, form, dialogs, qtbot)
    bind(placing, "表1:1:2", "契約番号", qtbot)
    bind(placing, "表1:2:2", "作業場所／名称", qtbot)
    newer = tmp_path / "様式第１号（改正）.docx"
    newer.write_bytes(NEWER)
    dialogs.answers = [[newer]]
    click(qtbot, placing.load)
    qtbot.waitUntil(lambda: "同じ見出しのない" in placing.notice.text, timeout=10_000)
    filled(placing, qtbot, work.contract.number)
    shown = [(line.key, line.cells[2].text) for line in placing.places.lines.lines if line.cells[2].text]
    assert shown == [("{文書番号}", "文書番号"), ("表1:2:2", "契約番号")]
    assert "見出しの位置が変わった1か所" in placing.notice.text
    assert "表1の2行目・2列目の「作業場所／名称」" in placing.notice.text


def test_the_value_that_ticks_a_box_is_seen_again(
    placing: PlacingPage, form: Path, dialogs: Any, qtbot: QtBot
) -> None:
    read(placing, form, dialogs, qtbot)
    placing.places.select("チェック1")
    placing.when.setText("新規")
    placing.names.select("届出の区分")
    click(qtbot, placing.put)
    assert placing.when.text() == "新規"
    placing.places.select("チェック2")
    assert placing.when.text() == ""
    placing.places.select("チェック1")
    assert placing.when.text() == "新規"


def test_papers_issued_together_say_which_stand_in_the_clients_form_and_what_they_lack(
    context: Context, work: Any, shown: Any, qtbot: QtBot, dialogs: Any, tmp_path: Path
) -> None:
    form, day = context.forms["location-notice"], context.today()
    case = Case(context.facts(), context.catalogue, work.contract, day, forms=context.forms, today=day)
    ours = issue(context.ledger, form, case)
    place = Placement("表1:1:2", "契約番号")
    keep_form(context.ledger, work.contract.id, form.id, day, (FORM, "様式.docx"), [place])
    theirs = issue(context.ledger, form, replace(case, facts=context.facts()))
    result = shown(Result(context, lambda: None))
    result.show_made((ours, theirs))
    qtbot.waitUntil(lambda: "様式のどこにもありません" in result.notice.text, timeout=10_000)
    apart = f"発注者の様式に記入した1件（{theirs.number}）は、1つのPDFには含まれません。"
    assert apart in result.notice.text
    assert [line.cells[1].text for line in result.table.lines.lines] == [
        ours.title,
        f"{theirs.title}（発注者の様式）",
    ]
    dialogs.answers = [tmp_path / "一式.pdf"]
    click(qtbot, result.one)
    qtbot.waitUntil(lambda: "「一式.pdf」を保存しました。" in result.notice.text, timeout=10_000)
    assert apart in result.notice.text


class Played(Office):
    """LibreOffice as it would be if it made this PDF."""

    def pdf_of(self, data: bytes, suffix: str, progress: Progress) -> bytes:
        del data, progress
        assert suffix == ".docx"
        return self.program.read_bytes()


def test_what_keeps_a_filled_file_from_the_printer_names_the_way_that_is_there(
    context: Context, work: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, day = context.forms["location-notice"], context.today()
    place = Placement("表1:1:2", "契約番号")
    keep_form(context.ledger, work.contract.id, form.id, day, (FORM, "様式.docx"), [place])
    case = Case(context.facts(), context.catalogue, work.contract, day, forms=context.forms, today=day)
    made = issue(context.ledger, form, case)
    pdf = tmp_path / "印刷.pdf"
    pdf.write_bytes(context.ledger.document_bytes(made))
    monkeypatch.setattr(Office, "found", lambda settings: Played(pdf, settings))

    def no_printer(_way: object) -> Printers:
        raise PeopleError(f"プリンターが見つかりません。「{SAVE_PDF}」で保存してください。")

    monkeypatch.setattr(QtPaper, "printers", no_printer)
    notice = Notice()
    qtbot.addWidget(notice)
    print_filled(context, made, notice)
    qtbot.waitUntil(lambda: "プリンターが見つかりません" in notice.text, timeout=10_000)
    assert "「提出するファイルを保存」で保存してください。" in notice.text


def test_an_unknown_name_says_so_beside_its_place(
    placing: PlacingPage, tmp_path: Path, dialogs: Any, qtbot: QtBot
) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(docx(par("{電話番号２}")))
    read(placing, path, dialogs, qtbot)
    assert placing.places.lines.lines[0].cells[2].text == "△ 項目がありません"
    qtbot.waitUntil(lambda: "に当たる名前がありません" in placing.notice.text, timeout=10_000)


def test_a_file_without_any_place_says_how_to_make_one(
    placing: PlacingPage, tmp_path: Path, dialogs: Any, qtbot: QtBot
) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(docx(par("作業場所届出書")))
    dialogs.answers = [[path]]
    click(qtbot, placing.load)
    qtbot.waitUntil(lambda: "記入できる場所がありません" in placing.notice.text, timeout=10_000)
    assert "「{契約番号}」のように" in placing.notice.text


def test_a_file_that_must_not_be_filled_is_refused_in_a_sentence(
    placing: PlacingPage, tmp_path: Path, dialogs: Any, qtbot: QtBot
) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(docx(par("文"), {"word/vbaProject.bin": b"x"}))
    dialogs.answers = [[path]]
    click(qtbot, placing.load)
    qtbot.waitUntil(lambda: "マクロ" in placing.notice.text, timeout=10_000)
    assert not placing.keep.isEnabled()
