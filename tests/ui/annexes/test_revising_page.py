"""The new year's text against an annex in the window, and what was corrected kept as examples."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.annexes.files.text import text_of_table
from app.annexes.reading.model import Reading
from app.annexes.reading.review.deciding import accept, choose_kinds
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import read_back, written
from app.annexes.reading.revising.reviewing import begin_with
from app.common import Progress
from app.exchange.annexes import reading as exchanged
from app.exchange.annexes.reading import read_pasted
from app.records import OwnAnnex, ReadingExample
from app.records.contract import ContractAnnex
from app.ui.annexes.page import AnnexPage
from app.ui.annexes.reading.page import ReadingPage
from app.ui.annexes.revising.page import RevisingPage
from app.ui.context import Context
from app.ui.operations import Job
from app.ui.settings.annexes import AnnexesSection
from app.ui.shell.window import MainWindow
from app.ui.targets import ReadAnnex, ReviseAnnex, ShowSettings
from tests.support.window.on_screen import on_screen
from tests.ui.conftest import FakeDialogs

Settle = Callable[[], None]
HEAD = (
    "丘上市個人情報取扱特記事項\n"
    "丘上市（以下「甲」という。）と受託者（以下「乙」という。）は、次のとおり定める。\n"
)
LOGS = "乙は、操作の記録を1年間保存しなければならない。"
COPY = "乙は、甲の承諾を得ないで、個人情報が記録された資料を複写してはならない。"
STICK = "乙は、個人が所有する機器をこの業務に使用してはならない。"
ODD = "乙は、来庁者の多い日には、窓口の花に水をやるよう心配りを忘れないでほしいものである。"


@pytest.fixture
def window(context: Context, settled: Settle, qtbot: QtBot) -> Iterator[MainWindow]:
    with on_screen(context, settled, qtbot, 1366, 768) as made:
        yield made


def text(*clauses: str) -> str:
    return HEAD + "".join(f"第{at}条　{one}\n" for at, one in enumerate(clauses, 1))


def annex(context: Context, *clauses: str, publish: bool = True, odd: tuple[str, ...] = ()) -> OwnAnnex:
    """An own annex that was read from these clauses; ``odd``: what a person said of the last one."""
    review = begin_with(read_pasted(text(*clauses)).reading, ())
    for at in range(len(review.items)):
        review = accept(review, at)
    if odd:
        review = choose_kinds(review, len(review.items) - 1, odd)
    content = text_of_table(draft(review, "okaue", "丘上市の特記事項")).rstrip()
    made = OwnAnnex(annex="okaue", title="丘上市の特記事項", content=content, reading=written(review))
    held = context.ledger.add(replace(made, published_on=context.today() if publish else None), reason="試し")
    assert isinstance(held, OwnAnnex)
    return held


def test_a_version_that_was_looked_at_leads_to_the_contracts_of_the_one_before(
    window: MainWindow, context: Context, sample: Any, dialogs: FakeDialogs, settled: Settle
) -> None:
    annex(context, LOGS, COPY)
    held = sample.contract
    context.ledger.change(replace(held, annexes=(*held.annexes, ContractAnnex(annex="okaue", version=1))))
    page = page_of(window, settled)
    page.read_pasted(text(LOGS.replace("1年間", "3年間"), COPY))
    settled()
    page.make()
    settled()
    reading = window.page
    assert isinstance(reading, ReadingPage)
    assert reading.work.contract_button.text() == "確定して契約に適用する…"
    assert window.focusWidget() is reading.work.review.text
    while reading.work.review.review.open:
        reading.work.review.go_on()
        reading.work.review.accept()
    dialogs.answers.append(True)
    reading.make_contract()
    settled()
    compared = window.page
    assert isinstance(compared, AnnexPage)
    assert compared.tabs.currentWidget() is compared.revision


def page_of(window: MainWindow, settled: Settle) -> RevisingPage:
    window.open(ReviseAnnex("okaue", 1))
    settled()
    assert isinstance(window.page, RevisingPage)
    return window.page


def words(page: RevisingPage) -> str:
    return "\n".join(one.text() for one in page.changes.findChildren(QLabel))


def test_a_pasted_text_is_compared_and_becomes_a_draft_to_be_looked_at(
    window: MainWindow, context: Context, settled: Settle
) -> None:
    annex(context, LOGS, COPY)
    page = page_of(window, settled)
    page.begin.edit.setPlainText(text(LOGS, STICK, COPY.replace("承諾", "書面による承諾")))
    page.begin.read()
    settled()
    assert page.compared
    said = words(page)
    assert "変更なし1、変更1、新設1、廃止0" in said
    assert "［＋書面による］" in said
    assert "第2条 → 第3条" in said
    assert len(context.facts().all(OwnAnnex)) == 1
    page.make()
    settled()
    made = next(one for one in context.facts().all(OwnAnnex) if one.version == 2)
    assert made.published_on is None
    assert [item.number for item in read_back(made.reading).items] == ["第1条", "第2条", "第3条"]
    assert isinstance(window.page, ReadingPage)
    context.ledger.undo()
    assert [one.version for one in context.facts().all(OwnAnnex)] == [1]


def test_a_revision_that_is_saved_again_after_undo_is_the_next_version_still(
    window: MainWindow, context: Context, settled: Settle
) -> None:
    annex(context, LOGS, COPY)
    page = page_of(window, settled)
    page.begin.edit.setPlainText(text(LOGS, STICK, COPY.replace("承諾", "書面による承諾")))
    page.begin.read()
    settled()
    page.make()
    settled()
    reading = window.page
    assert isinstance(reading, ReadingPage)
    context.ledger.undo()
    settled()
    assert reading.dirty
    assert reading.save()
    assert sorted((one.annex, one.version) for one in context.facts().all(OwnAnnex)) == [
        ("okaue", 1),
        ("okaue", 2),
    ]


def test_the_same_text_is_refused_where_it_was_pasted(
    window: MainWindow, context: Context, settled: Settle
) -> None:
    annex(context, LOGS, COPY)
    page = page_of(window, settled)
    page.begin.edit.setPlainText(text(LOGS, COPY))
    page.begin.read()
    settled()
    assert not page.compared
    assert "第1版と同じです" in page.begin.notice.text


def test_a_draft_is_replaced_only_where_one_says_so(
    window: MainWindow, context: Context, settled: Settle, dialogs: FakeDialogs
) -> None:
    annex(context, LOGS, COPY)
    for clauses in ((LOGS, STICK), (LOGS, COPY, STICK)):
        page = page_of(window, settled)
        page.begin.edit.setPlainText(text(*clauses))
        page.begin.read()
        settled()
        if len(clauses) > 2:
            dialogs.answers.append(False)
        page.make()
        settled()
    assert len(dialogs.asked) == 1
    held = next(one for one in context.facts().all(OwnAnnex) if one.version == 2)
    assert len(read_back(held.reading).items) == 2


def section(window: MainWindow, settled: Settle) -> AnnexesSection:
    window.open(ShowSettings("annexes"))
    settled()
    found = window.findChild(AnnexesSection)
    assert found is not None
    return found


def test_what_was_corrected_is_kept_written_out_without_words_and_followed(
    window: MainWindow, context: Context, settled: Settle, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    annex(context, LOGS, ODD, odd=("training",))
    shown = section(window, settled)
    assert not shown.buttons["直した条項を見本にする"].isEnabled()
    shown.table.select(("okaue", 1))
    shown.buttons["直した条項を見本にする"].click()
    settled()
    (example,) = context.facts().all(ReadingExample)
    assert (example.name, example.text) == ("教育・研修", ODD)
    path = tmp_path / "見本.json"
    dialogs.answers.append(False)
    dialogs.answers.append(path)
    shown.buttons["見本を書き出す…"].click()
    settled()
    held = json.loads(path.read_text(encoding="utf-8"))
    assert "text" not in held["examples"][0]
    window.open(ReadAnnex())
    settled()
    page = window.page
    assert isinstance(page, ReadingPage)
    page.begin.edit.setPlainText(text(COPY, ODD))
    page.begin.read()
    settled()
    assert page.work.review.review.items[1].kinds == ("training",)
    assert "第2条は、前に直した条項に倣いました。" in page.work.notice.text


@pytest.mark.parametrize("kind", [ReadingPage, RevisingPage])
def test_a_pasted_text_that_is_read_says_how_far_it_is_and_can_be_stopped(
    kind: type[ReadingPage | RevisingPage],
    window: MainWindow,
    context: Context,
    settled: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = annex(context, LOGS, COPY)
    window.open(ReadAnnex() if kind is ReadingPage else ReviseAnnex(record.annex, record.version))
    settled()
    page = window.page
    assert isinstance(page, kind)
    page.begin.edit.setPlainText(text(LOGS, COPY, STICK))
    jobs: list[Job] = []
    told: list[str] = []

    def halfway(_raw: str, progress: Progress) -> Reading:
        progress.step(1, 2, "半分まで読みました")
        jobs[0].cancel()
        progress.step(2, 2)
        raise AssertionError("it was to stop")

    monkeypatch.setattr(exchanged, "read", halfway)
    context.operations.started.connect(jobs.append)
    context.operations.progressed.connect(lambda _job, _done, _total, what: told.append(what))
    page.begin.read()
    settled()
    assert "半分まで読みました" in told
    assert page.begin.isVisible()
    assert STICK in page.begin.edit.toPlainText()
