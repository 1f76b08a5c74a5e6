"""A client's own form in the window: read, bound by pointing, seen filled, issued, saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.exchange.filling.filler import inspect
from app.records import PaperSetting, Submission
from app.ui.context import Context
from app.ui.papers.client_forms import office
from app.ui.papers.client_forms.placing_page import PlacingPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.paper_page import DocumentPage
from app.ui.targets import IssueForm, PlaceFacts, ShowDocument
from tests.support.office import docx, par, row, table

FORM = docx(par("{文書番号}") + table(row("契約番号", ""), row("作業場所", "")) + par("□ 新規　□ 変更"))


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on what else this machine has."""
    monkeypatch.setattr(office, "libreoffice", lambda: None)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "様式第１号.docx"
    path.write_bytes(FORM)
    return path


@pytest.fixture
def placing(context: Context, shown: Any, work: Any, qtbot: QtBot) -> PlacingPage:
    made = PlacingPage(context, PlaceFacts("location-notice", work.contract.id))
    shown(made)
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
    assert page._right.currentWidget() is page.filled
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


def test_an_unknown_name_says_so_beside_its_place(
    placing: PlacingPage, tmp_path: Path, dialogs: Any, qtbot: QtBot
) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(docx(par("{電話番号２}")))
    read(placing, path, dialogs, qtbot)
    assert placing.places.lines.lines[0].cells[2].text == "△ 項目がありません"
    qtbot.waitUntil(lambda: "に当たる名前がありません" in placing.notice.text, timeout=10_000)


def test_a_file_that_must_not_be_filled_is_refused_in_a_sentence(
    placing: PlacingPage, tmp_path: Path, dialogs: Any, qtbot: QtBot
) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(docx(par("文"), {"word/vbaProject.bin": b"x"}))
    dialogs.answers = [[path]]
    click(qtbot, placing.load)
    qtbot.waitUntil(lambda: "マクロ" in placing.notice.text, timeout=10_000)
    assert not placing.keep.isEnabled()
