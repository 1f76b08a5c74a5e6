"""A page shows anew what a change touched, and nothing else moves under the user's hands."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import app.ui
from app.ledger.door import Ledger
from app.ledger.writing import ChangeSet
from app.records import (
    SPECS,
    Attachment,
    ClauseText,
    Client,
    Contract,
    Incident,
    Location,
    Person,
    Submission,
)
from app.ui.annexes.page import AnnexPage
from app.ui.context import Context
from app.ui.contract.page import _TABS
from app.ui.contract.tab import ContractTab
from app.ui.lists.page import RecordsPage
from app.ui.page import Page
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.preview import Preview
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.assessor import Assessor
from app.ui.settings.page import SECTIONS
from app.ui.shell import rooms
from app.ui.shell.rooms import ROOMS, page_of, room_of
from app.ui.shell.window import MainWindow
from app.ui.targets import (
    EditAnnex,
    EditRecord,
    IssueForm,
    ShowContract,
    ShowContracts,
    ShowDocument,
    ShowDocuments,
    ShowSettings,
    ShowStart,
    ShowToday,
    Target,
)
from tests.support.ledgers import Original

PAGES: dict[str, Target] = {
    "today": ShowToday(),
    "contracts": ShowContracts(),
    "start": ShowStart(1),
    "documents": ShowDocuments(),
    "annex": EditAnnex("kimitsu-hoji", 1),
    "person": EditRecord("person", 1),
    "assignment": EditRecord("assignment", 1),
    "document": ShowDocument(1),
    **{f"settings-{one.name}": ShowSettings(one.name) for one in SECTIONS},
    **{f"contract-{one.key}": ShowContract(1, one.key) for one in _TABS},
}
"""Every page that shows some record types and not others, each section and each tab by itself."""
EVERY_PAGE = pytest.mark.parametrize("name", PAGES)


@pytest.fixture
def ledger(tmp_path: Path, one_of_each: Original) -> Iterator[Ledger]:
    """One record of every type, whatever the rules between them say."""
    path = tmp_path / "台帳.jutaku"
    made = Ledger.open(path, one_of_each.copy_to(path))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The document that was filed is no real PDF."""
    monkeypatch.setattr(Preview, "show_pdf", lambda _self, _pdf: None)


@pytest.fixture
def page(name: str, context: Context, shown: Callable[..., Any], settled: Callable[[], None]) -> Page:
    target = PAGES[name]
    at = room_of(target)
    made = page_of(context, target) if at is None else ROOMS[at].make(context)
    made.show_target(target)
    shown(made)
    made.refresh()
    settled()
    return made


def changed(*kinds: str) -> ChangeSet:
    return ChangeSet(1, 1, frozenset((kind, 1) for kind in kinds), "change", "")


def spied(page: Page, monkeypatch: pytest.MonkeyPatch) -> list[ChangeSet]:
    """The changes that the page takes up from now on."""
    seen: list[ChangeSet] = []
    monkeypatch.setattr(page, "take", seen.append)
    return seen


@EVERY_PAGE
def test_a_change_of_what_a_page_shows_is_taken_up(
    name: str, page: Page, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in page.shows:
        seen = spied(page, monkeypatch)
        context.changed.emit(changed(kind))
        assert len(seen) == 1, kind


@EVERY_PAGE
def test_a_change_of_anything_else_leaves_a_page_alone(
    name: str, page: Page, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = set(SPECS) - page.shows
    assert others
    seen = spied(page, monkeypatch)
    monkeypatch.setattr(page, "refresh", lambda: pytest.fail("refreshed"))
    context.changed.emit(changed(*others))
    assert not seen


@EVERY_PAGE
def test_taking_up_a_change_shows_it(
    name: str, page: Page, context: Context, settled: Callable[[], None]
) -> None:
    """As it is done by the page itself: it does not fail, and says that its title may be another."""
    told: list[None] = []
    page.renewed.connect(lambda: told.append(None))
    context.changed.emit(changed(*page.shows))
    settled()
    assert len(told) == bool(page.shows)


def test_what_a_page_shows_is_known_by_the_ledger() -> None:
    assert all(section.shows <= set(SPECS) for section in SECTIONS)
    for tab in _TABS:
        made: object = tab.make.load()
        assert isinstance(made, type)
        assert issubclass(made, ContractTab)
        assert made.shows <= set(SPECS)


@pytest.mark.parametrize("tab", _TABS, ids=lambda tab: tab.key)
def test_a_tab_reads_no_record_type_that_it_does_not_show(
    tab: Any, context: Context, shown: Callable[..., Any], settled: Callable[[], None]
) -> None:
    made: ContractTab = shown(tab.make(context, 1))
    facts = context.facts().watched()
    made.lines(facts, context.facts().get(Contract, 1), None)
    asked = {key if isinstance(key, str) else key.spec.name for key, _path in facts.asked}
    assert asked <= made.shows
    settled()


def test_only_pages_the_assessor_and_the_clock_listen_to_the_ledger() -> None:
    """Whoever listens by himself would refresh whatever was changed; every change has its hour, though."""
    root = Path(app.ui.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("context.changed.connect"):
                found.add(path.name)
    # The window: what the newest change was stands on its button. The input that offers the annexes: one of
    # them was published meanwhile; it hears of nothing else.
    assert found == {"page.py", "assessor.py", "bands.py", "window.py", "plain.py"}


def test_lists_follow_the_names_that_stand_in_them(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None], qtbot: QtBot
) -> None:
    page = shown(RecordsPage(context))
    page.choose("assignment")
    held: list[str] = []
    page.list.model.dataChanged.connect(lambda *_: held.append("renewed"))
    page.list.model.rowsRemoved.connect(lambda *_: held.append("taken out"))
    page.list.model.modelReset.connect(lambda: held.append("read anew"))
    incident = context.facts().all(Incident)[0]
    context.ledger.change(replace(incident, note="追記"))
    assert held == []
    context.ledger.change(replace(context.facts().get(Person, 1), name="新姓 花子"))
    assert held == ["renewed"]
    model = page.list.model
    texts = [str(model.index(0, at).data()) for at in range(model.columnCount())]
    assert any("新姓 花子" in text for text in texts)
    assignment = context.facts().named("assignment", 1)
    assert assignment is not None
    context.ledger.retire(assignment, "誤り")
    assert held == ["renewed", "taken out"]


def test_a_draft_is_drawn_anew_only_where_something_printed_changed(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None]
) -> None:
    page = shown(IssuePage(context, IssueForm("location-notice", 1)))
    settled()
    assert not page._pause.isActive()
    context.ledger.change(replace(context.facts().all(Incident)[0], note="追記"))
    assert not page._pause.isActive()
    context.ledger.change(replace(context.facts().all(Location)[0], room="2階第1作業室"))
    assert page._pause.isActive()


def test_an_annex_is_tried_anew_after_any_change_and_read_anew_only_after_its_own(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None]
) -> None:
    page = shown(AnnexPage(context, EditAnnex("kimitsu-hoji", 1)))
    assert page.shows == {"own_annex"}
    page.tabs.setCurrentWidget(page.trial)
    assert page.shows == set(SPECS)
    page.tabs.setCurrentIndex(0)
    assert page.shows == {"own_annex"}
    settled()


def test_what_is_reckoned_is_shown_anew_only_where_it_may_differ(
    context: Context, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """A scan says nothing of any duty; the name of the client stands beside every duty."""
    assessor, as_of = Assessor.of(context), AsOf.of(context)
    made: list[object] = []
    shown_anew: list[object] = []
    with qtbot.waitSignal(assessor.ready):
        assessor.want()
    assessor.reckoned.connect(made.append)
    as_of.ready.connect(shown_anew.append)
    context.ledger.change(replace(context.facts().all(Attachment)[0], title="受領書の写し"))
    qtbot.waitUntil(lambda: len(made) == 1)
    assert not shown_anew
    context.ledger.change(replace(context.facts().all(Client)[0], name="みほん市"))
    qtbot.waitUntil(lambda: len(made) == 2)
    assert len(shown_anew) == 1
    person = context.facts().get(Person, 1)
    context.ledger.change(replace(person, name="新姓 花子"))
    qtbot.waitUntil(lambda: len(made) == 3)
    assert len(shown_anew) == 2
    settled()


def test_another_day_is_reckoned_anew_after_every_change(
    context: Context, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    as_of = AsOf.of(context)
    with qtbot.waitSignal(as_of.ready):
        as_of.choose(context.today().replace(year=2027))
    former = as_of.latest
    context.ledger.change(replace(context.facts().all(ClauseText)[0], note="追記"))
    qtbot.waitUntil(lambda: as_of.latest is not None and as_of.latest.facts is context.facts())
    assert as_of.latest is not former
    settled()


def test_the_trail_names_a_page_as_it_is_called_now(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None]
) -> None:
    window = shown(MainWindow(context))
    window.open(ShowContract(1))
    contract = context.facts().get(Contract, 1)
    context.ledger.change(replace(contract, title="改めた件名の業務"))
    assert "改めた件名の業務" in window.trail_bar._where.text()
    window.open(EditRecord("assignment", 1))
    context.ledger.change(replace(context.facts().get(Person, 1), name="新姓 花子"))
    assert "新姓 花子" in window.trail_bar._where.text()
    settled()


def test_the_pages_tried_here_are_all_there_are() -> None:
    tried = {"ActPage", "UndoPage", "RecordsPage", "IssuePage", "ManyPage", "PlacingPage", "EditorPage"}
    # These read records of every type: there is nothing else that could leave them alone.
    tried |= {"OutsidePage", "HandoversPage", "HandoutPage", "ImportPage", "MachinesPage", "MergePage"}
    # These hear of annexes alone.
    tried |= {"ReadingPage", "RevisingPage"}
    above = {target: one.name for target, one in rooms._ABOVE.items()}
    for target in PAGES.values():
        at = room_of(target)
        tried.add(above.get(type(target), "EditorPage") if at is None else ROOMS[at].make.name)
    assert tried == {*(room.make.name for room in ROOMS), *above.values(), "EditorPage"}


def test_a_document_follows_its_own_fate(
    context: Context, shown: Callable[..., Any], settled: Callable[[], None]
) -> None:
    page = shown(page_of(context, ShowDocument(2)))
    page.refresh()
    settled()
    document = context.ledger.get(Submission, 2)
    assert "提出を記録" in page.ways
    context.ledger.submit(document, context.today(), "持参", "")
    assert "提出を記録" not in page.ways
