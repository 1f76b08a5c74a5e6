"""Every view there is, by name: pages, lists, editors, forms, settings, dialogs, the first run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.duties.holding.balance import balance
from app.exchange.sheets.book import Book
from app.exchange.tables.answers.answers import Answers
from app.records import (
    SPECS,
    Asset,
    Audit,
    Contract,
    Device,
    Disposal,
    Event,
    Incident,
    Location,
    Made,
    Person,
    Record,
    Submission,
    Training,
)
from app.records.contract import ContractAnnex
from app.records.days import DayOnly
from app.records.saved_list import ListCondition
from app.start import Product
from app.ui.acts.page import ActPage
from app.ui.acts.unfinished import Unfinished
from app.ui.contract.page import _TABS as CONTRACT_TABS
from app.ui.editor.page import EditorPage
from app.ui.handouts.page import HandoutPage
from app.ui.homes import home, new_record
from app.ui.importing.page import ImportPage
from app.ui.lists.page import RecordsPage
from app.ui.offers.menu import ground_of
from app.ui.papers.client_forms.placing import Opened
from app.ui.papers.client_forms.placing_page import PlacingPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.many.page import ManyPage
from app.ui.papers.paper_page import DocumentPage
from app.ui.settings.page import SECTIONS
from app.ui.targets import (
    BringIn,
    DoAct,
    EditAnnex,
    EditRecord,
    IssueForm,
    IssueMany,
    MakeHandout,
    PlaceFacts,
    ShowContract,
    ShowContracts,
    ShowDesk,
    ShowDocument,
    ShowDocuments,
    ShowDone,
    ShowHandovers,
    ShowList,
    ShowOutside,
    ShowSettings,
    ShowStart,
    ShowToday,
    Target,
)
from app.work.acts.catalogue import ACTS
from app.work.acts.doing import Doing
from app.work.acts.handing.rows import ReceivedThing
from app.work.acts.plan import Write
from app.work.acts.planning import plan_of
from app.work.acts.stock.expected import expected_at
from app.work.acts.stock.holdings import holdings_at
from app.work.batches import BEFORE_START
from tests.support.office import docx, par, row, table
from tests.support.registers import sheet
from tests.support.window import (
    dialog_views,
    exchange_views,
    import_views,
    reading_views,
    revising_views,
    start_views,
)
from tests.support.window.leaving import leave
from tests.support.window.stage import Stage

View = Callable[[Stage], QWidget | None]
"""Shows itself and answers with its window; None where the sample has nothing to show there."""


def _at(target: Target) -> View:
    return lambda stage: stage.go(target)


def _contract(stage: Stage) -> Contract:
    """The contract of the sample that holds most."""
    return next(one for one in stage.context.facts().all(Contract) if one.number == "MK-1024")


def _at_tab(tab: str, stage: Stage) -> QWidget:
    return stage.go(ShowContract(_contract(stage).id, tab))


def _form(form: str, stage: Stage) -> QWidget:
    return stage.go(IssueForm(form, _contract(stage).id))


def _leaving(stage: Stage) -> QWidget:
    """退職 of who works on two contracts, with its plan."""
    (person,) = (one for one in stage.context.facts().all(Person) if one.employee_number == "E-004")
    window = stage.go(DoAct("leave", (person.id,)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    page.form.inputs["on"].show_value(stage.context.today().replace(day=28))
    stage.settle()
    return window


def _joining(stage: Stage) -> QWidget:
    """着任 on a contract on which nobody works yet, as its start leads there."""
    return stage.go(DoAct("join", (new_contract(stage).id,), {"role": "業務責任者"}))


def _round(name: str, cls: type[Record], keys: Sequence[str], **answers: str) -> View:
    """An act done to the records of these numbers, answered in the words of its fields."""

    def shown(stage: Stage) -> QWidget:
        facts = stage.context.facts()
        ids = tuple(one.id for one in facts.all(cls) if facts.key(one) in keys)
        window = stage.go(DoAct(name, ids))
        page = stage.window.page
        assert isinstance(page, ActPage)
        assert page.form is not None
        for field, text in answers.items():
            made = page.form.inputs[field]
            made.show_value(made.field.kind.from_text(text))
        page.refresh()
        stage.settle()
        return window

    return shown


def _act(stage: Stage, name: str, numbers: tuple[str, ...], **said: object) -> QWidget:
    """An act on devices, with its plan."""
    held = {one.control_number: one.id for one in stage.context.facts().all(Device)}
    window = stage.go(DoAct(name, tuple(held[number] for number in numbers)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    for field, value in said.items():
        page.form.inputs[field].show_value(value)
    stage.settle()
    return window


def _renewing(stage: Stage) -> QWidget:
    """契約の更新 of the contract of the sample, with all that goes over."""
    window = stage.go(DoAct("renew", (_contract(stage).id,)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    page.form.inputs["number"].show_value("R9-001")
    stage.settle()
    return window


def _moving(stage: Stage) -> QWidget:
    """移動 of two machines to a place that is not told of yet."""
    (place,) = (one for one in stage.context.facts().all(Location) if one.name == "浜手作業センター")
    day = stage.context.today().replace(day=30)
    return _act(stage, "move", ("PC-001", "PC-002"), to=place.id, on=day)


def _counting(stage: Stage) -> QWidget:
    """現物確認 of a place, with something there, something not, and something that belongs elsewhere."""
    facts = stage.context.facts()
    today = stage.context.today()
    places = (one for one in facts.all(Location) if len(expected_at(facts, one, today)) > 1)
    place = next(places)
    numbers = [one.device.control_number for one in expected_at(facts, place, today)]
    others = [one.control_number for one in facts.all(Device) if one.control_number not in numbers]
    window = stage.go(DoAct("stock-take", (place.id,)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    counted = holdings_at(facts, place, today)[0]
    short = f"{counted.asset.number} {counted.here - 1}"
    page.form.inputs["seen"].show_value(f"{numbers[0]}\n{others[0]}\nZZ-999\n{short}")
    page.form.inputs["action"].show_value("所在を照会した")
    page.refresh()
    stage.settle()
    return window


def _counting_again(stage: Stage) -> QWidget:
    """現物確認 that was not registered, as it is offered to who comes back."""
    facts, today = stage.context.facts(), stage.context.today()
    place = next(one for one in facts.all(Location) if len(expected_at(facts, one, today)) > 1)
    number = expected_at(facts, place, today)[0].device.control_number
    Unfinished(stage.context, "stock-take", (place.id,)).keep({"seen": number})
    window = stage.go(DoAct("stock-take", (place.id,)))
    stage.settle()
    return window


def _labels(stage: Stage) -> QWidget:
    """管理ラベル of every device, on a sheet of which some faces are used."""
    ids = tuple(one.id for one in stage.context.facts().all(Device) if one.retired_on is None)
    window = stage.go(MakeHandout("labels", ids))
    stage.settle()
    return window


def _stock_sheet(stage: Stage) -> QWidget:
    facts, today = stage.context.facts(), stage.context.today()
    ids = tuple(one.id for one in facts.all(Location) if expected_at(facts, one, today))
    window = stage.go(MakeHandout("stock-sheet", ids))
    stage.settle()
    return window


def _attendance(stage: Stage) -> QWidget:
    """出席簿 of a session; of one that is held already, for those who were absent."""
    ids = tuple(one.id for one in stage.context.facts().all(Training))
    window = stage.go(MakeHandout("attendance", ids[-1:]))
    page = stage.window.page
    assert isinstance(page, HandoutPage)
    assert page.form is not None
    page.form.inputs["whom"].show_value("従事する者全員")
    page.refresh()
    stage.settle()
    return window


def _losing(stage: Stage) -> QWidget:
    """紛失 of a stick."""
    return _act(stage, "lose", ("UM-001",), kind="紛失", found=DayOnly(stage.context.today()))


def _disposing(stage: Stage) -> QWidget:
    """情報資産の廃棄・消去 of two lists of paper, of which one failed and nobody allowed any."""
    wanted = ("A-0016", "A-0030")
    held = {one.number: one.id for one in stage.context.facts().all(Asset)}
    window = stage.go(DoAct("dispose-asset", tuple(held[one] for one in wanted)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    failed = page.form.inputs["failed"]
    said = {"on": stage.context.today(), "method": "裁断", "result": "完了"}
    for name, value in said.items():
        page.form.inputs[name].show_value(value)
    failed.show_value(failed.field.kind.from_text("A-0030"))
    stage.settle()
    return window


def _disposed(stage: Stage) -> QWidget:
    """The files of a disposal, each photograph with its line."""
    disposal = next(one for one in stage.context.facts().all(Disposal) if len(one.lines) > 1)
    window = stage.go(EditRecord("disposal", disposal.id))
    page = stage.window.page
    assert isinstance(page, EditorPage)
    page.tabs.setCurrentIndex(1)
    stage.settle()
    return window


def _narrowed(stage: Stage) -> QWidget:
    """A list narrowed by a condition; one that is narrowed nowhere else stays so for the next who looks."""
    window = stage.go(ShowList("vendor"))
    page = stage.window.page
    assert isinstance(page, RecordsPage)
    page.list.model.narrow("", False, (ListCondition(field="name", value="株式会社"),))
    stage.settle()
    return window


def _desk_of_accident(stage: Stage) -> QWidget:
    """A stick that is used for a contract was stolen, and nobody was told."""
    (stick,) = (one for one in stage.context.facts().all(Device) if one.control_number == "UM-001")
    # Yesterday: an hour of today may lie ahead.
    found = datetime.combine(stage.context.today() - timedelta(days=1), time(8, 40))
    made = _done_on(stage, "lose", stick, kind="盗難", found=found, by="業務部 佐藤 大輔")
    return stage.go(ShowDesk("incident", made[0].record.id))


def _desk_of_audit(stage: Stage) -> QWidget:
    """An audit announced for tomorrow."""
    tomorrow = stage.context.today() + timedelta(days=1)
    said = {"kind": "実地調査", "planned_on": tomorrow, "announced_on": stage.context.today()}
    made = _done_on(stage, "announce-audit", _contract(stage), **said)
    return stage.go(ShowDesk("audit", made[0].record.id))


def _held_audit(stage: Stage) -> QWidget:
    """An audit that is over, with its findings."""
    return stage.go(ShowDesk("audit", stage.context.facts().all(Audit)[0].id))


def _done_on(stage: Stage, name: str, record: Record, **answers: object) -> tuple[Write, ...]:
    """What an act wrote that is taken back when the view is left."""
    plan = plan_of(ACTS[name], ground_of(stage.context), (record,), answers)
    done = Doing(stage.ledger, plan).confirm()
    stage.later(lambda: stage.ledger.undo(done.number))
    return done.writes


def _related(stage: Stage) -> QWidget:
    """What hangs on a person."""
    (person,) = (one for one in stage.context.facts().all(Person) if one.employee_number == "E-006")
    window = stage.go(EditRecord("person", person.id))
    page = stage.window.page
    assert isinstance(page, EditorPage)
    page.tabs.setCurrentIndex(3)
    stage.settle()
    return window


def new_contract(stage: Stage, **said: Any) -> Contract:
    """A contract of which nothing else is entered yet; it is taken back when the view is left."""
    plain = Contract(
        client=_contract(stage).client,
        number="R8-777",
        title="介護保険認定調査票入力業務委託",
        signed_on=date(2026, 11, 20),
        starts_on=date(2026, 11, 30),
        ends_on=date(2027, 3, 31),
        annexes=(ContractAnnex(annex="kimitsu-hoji"),),
    )
    made = stage.ledger.add(replace(plain, **said))
    stage.later(stage.ledger.undo)
    stage.settle()
    return made


def _starting(stage: Stage) -> QWidget:
    """契約の開始 of a contract of which nothing else is entered yet."""
    return stage.go(ShowStart(new_contract(stage).id))


def _today_starting(stage: Stage) -> QWidget:
    """きょう with two contracts about to begin, or begun without anything entered."""
    new_contract(stage)
    begun = date(2026, 10, 1)
    new_contract(stage, number="R8-778", title="国勢調査票入力業務委託", signed_on=begun, starts_on=begun)
    return stage.go(ShowToday("tasks"))


def _closing(stage: Stage) -> QWidget:
    """契約を終える while something is held: refused, with what has to be done first."""
    window = stage.go(DoAct("close", (_contract(stage).id,)))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    page.form.inputs["on"].show_value(stage.context.today())
    stage.settle()
    return window


def _many_before(stage: Stage) -> QWidget:
    return stage.go(IssueMany(BEFORE_START, _contract(stage).id))


def _many_lacking(stage: Stage) -> QWidget:
    """Papers of which some can be issued, and some lack what is to be entered first."""
    return stage.go(IssueMany("supervision-record"))


def _many_issued(stage: Stage) -> QWidget:
    """The result, shown with papers that the sample has already: a view writes nothing."""
    window = stage.go(IssueMany())
    page = stage.window.page
    assert isinstance(page, ManyPage)
    stage.settle()
    page.show_issued(stage.context.facts().all(Submission)[:4])
    return window


def _placing(stage: Stage) -> QWidget:
    """A client's file with two facts in their places."""
    window = stage.go(PlaceFacts("location-notice", _contract(stage).id))
    page = stage.window.page
    assert isinstance(page, PlacingPage)
    inner = row("{作業場所／名称}", "{作業場所／所在地}", "{作業場所／用途}")
    body = par("{文書番号}　{日付}") + par("{宛名}") + table(row("契約件名", ""), row("契約番号", ""), inner)
    name = "様式第１号（作業場所届）.docx"
    stage.settle()
    page.show_opened(Opened.of(docx(body + par("□ 新規　□ 変更")), name))
    page.suggest.click()
    stage.settle()
    return window


def _setting(stage: Stage) -> QWidget:
    """How a paper is to look, beside the paper."""
    window = _form("personnel-report", stage)
    page = stage.window.page
    assert isinstance(page, IssuePage)
    stage.settle()
    page.set_button.click()
    stage.settle()
    return window


def _document(stage: Stage) -> QWidget:
    return stage.go(ShowDocument(stage.context.facts().all(Submission)[-1].id))


def _changed_document(stage: Stage) -> QWidget:
    return stage.go(ShowDocument(stage.context.facts().all(Submission)[0].id))


def _searched_document(stage: Stage) -> QWidget:
    """A batch of papers with its contents beside it, and what was found in it."""
    window = _changed_document(stage)
    page = stage.window.page
    assert isinstance(page, DocumentPage)
    stage.settle()
    if not page.preview.contents.isVisible():
        page.preview.outline.click()
    page.find_words()
    page.preview.find_bar.line.setText("個人情報")
    page.preview.finder.look_for("個人情報")
    stage.settle()
    return window


def _new(kind: str, stage: Stage) -> QWidget | None:
    target = new_record(kind, 0, {"_": None} if SPECS[kind].made is Made.FROM_STEP else None)
    return stage.go(EditRecord(kind)) if isinstance(target, EditRecord) else None


def _refused(kind: str, stage: Stage) -> QWidget | None:
    """A new record that says of every field what is missing."""
    window = _new(kind, stage)
    page = stage.window.page
    if window is None or not isinstance(page, EditorPage):
        return None
    page.save_button.click()
    return window


def _known(kind: str, stage: Stage) -> QWidget | None:
    held = stage.context.facts().all(SPECS[kind].cls)
    if not held or not isinstance(home(kind, held[0].id, retired=True), EditRecord):
        return None
    fullest = max(held, key=lambda one: len(repr(one)))
    return stage.go(EditRecord(kind, fullest.id))


def _editor_tab(at: int, stage: Stage) -> QWidget:
    window = stage.go(EditRecord("contract", _contract(stage).id))
    page = stage.window.page
    assert isinstance(page, EditorPage)
    page.tabs.setCurrentIndex(at)
    return window


def _since(stage: Stage) -> QWidget:
    """The question from when a changed value holds."""
    person = stage.context.facts().all(Person)[2]
    window = stage.go(EditRecord("person", person.id))
    page = stage.window.page
    assert isinstance(page, EditorPage)
    page.form.boxes["post"].input.show_value("次長")
    page.save_button.click()
    return window


def _annex(key: str, stage: Stage) -> QWidget:
    annex = next(one for one in stage.context.catalogue.annexes if one.key == key)
    return stage.go(EditAnnex(annex.key, annex.version))


def _elsewhere(target: Target, stage: Stage) -> QWidget:
    """A page seen for another day than today."""
    from app.ui.reckoning.as_of import AsOf

    as_of = AsOf.of(stage.context)
    as_of.choose(date(2026, 12, 28))
    stage.later(lambda: as_of.choose(None))
    return stage.go(target)


def _done(stage: Stage) -> QWidget:
    """The last changes: one that was taken back, one that stands, and the page that lists them."""
    ledger, facts = stage.context.ledger, stage.context.facts()
    leave(ledger, facts.all(Person)[:3])
    ledger.change(replace(facts.all(Person)[4], post="次長"))
    ledger.undo()
    return stage.go(ShowDone())


def _receiving(stage: Stage) -> QWidget:
    """受領 of two things, typed row by row."""
    things = tuple(
        ReceivedThing(item=item, classification="個人情報", medium=medium, quantity=count, unit=unit)
        for item, medium, count, unit in (("申請書", "紙", 120, "枚"), ("対象者名簿", "USBメモリ", 1, "個"))
    )
    return _handing(stage, "receive", (_contract(stage).id,), things=things)


def _returning(stage: Stage) -> QWidget:
    """返還 of what is chosen, with all of it that is here."""
    facts = stage.context.facts()
    held = balance(facts, _contract(stage).id, stage.context.today())
    ids = tuple(one.asset.id for one in held if one.held and one.asset.medium != "電子データ")
    return _handing(stage, "return", ids[:3])


def _handing(stage: Stage, name: str, ids: tuple[int, ...], **said: object) -> QWidget:
    window = stage.go(DoAct(name, ids))
    page = stage.window.page
    assert isinstance(page, ActPage)
    assert page.form is not None
    for field, value in {"on": DayOnly(stage.context.today()), "method": "手渡し", **said}.items():
        page.form.inputs[field].show_value(value)
    page.refresh()
    stage.settle()
    return window


def _outside(stage: Stage) -> QWidget:
    """What is out: one thing too late, one to be back today, and what the sample has out."""
    ledger, facts = stage.context.ledger, stage.context.facts()
    day = stage.context.today()
    (contract,) = (one for one in facts.all(Contract) if one.number == "MK-1024")
    held = [one.asset for one in balance(facts, contract.id, day) if one.held and not one.out][:2]
    for asset, promised in zip(held, (day - timedelta(days=3), day), strict=True):
        ledger.add(
            Event(
                asset=asset.id,
                kind="持出",
                status="実績",
                happened_at=DayOnly(promised - timedelta(days=2)),
                quantity=1,
                destination="水川市役所 第2会議室",
                return_by=promised,
                reason="承諾を得ない理由：当日の朝に発注者から持参を求められたため",
            )
        )
        stage.later(ledger.undo)
    return stage.go(ShowOutside())


def _coming_back(stage: Stage) -> QWidget | None:
    """持帰り of what is out too long."""
    _outside(stage)
    facts = stage.context.facts()
    out = [one for one in facts.all(Event) if one.kind == "持出"]
    return _round("check-in-asset", Asset, (facts.get(Asset, out[-1].asset).number,))(stage)


def _register(at: int, stage: Stage) -> QWidget:
    """A register of machines as an office keeps it, on the columns (0) or the rows (1)."""
    head = ("№", "資産番号", "機器種別", "メーカー・型番", "シリアルNo.", "購入日", "設置場所", "旧番号")
    held = sheet(
        ("パソコン・記録媒体管理台帳",),
        head,
        (1, "PC-001", "ノートPC", "NEC VersaPro VK-T", "9X001", "R5.4.1", "本社", "旧-1"),
        (2, "PC-901", "ノートPC", "NEC VersaPro VK-T", "9X901", "R5.4.1", "本社", "旧-2"),
        (3, "PC-902", "タブレット？", "Lenovo ThinkPad L13", "9X902", "4/1", "本社", None),
        (4, "PC-903", "デスクトップ", "NEC Mate MK-H", "9X903", "R6.10.1", "支社", None),
        ("合計", "4台"),
        name="本社",
    )
    window = stage.go(BringIn("device"))
    page = stage.window.page
    assert isinstance(page, ImportPage)
    page.show_book("令和8年度 パソコン・記録媒体管理台帳（本社・支社）最新版.xlsx", Book((held,)))
    stage.settle()
    page.tabs.setCurrentIndex(at)
    table = page.rows.table if at else page.columns.table
    table.choose_row(2)
    stage.settle()
    return window


def _answered(stage: Stage) -> QWidget:
    """The same register, of which all but one row are answered, one of them left out."""
    window = _register(1, stage)
    page = stage.window.page
    assert isinstance(page, ImportPage)
    held = replace(page.columns.said, columns={7: None, 8: "note+"}, constants={"owner": "自社"})
    page.columns.recall(replace(held, answers=Answers(cells={(5, 3): "携帯端末"}), without=frozenset((3,))))
    page.columns.answer(page.columns.said)
    stage.settle()
    page.rows.table.choose_row(2)
    stage.settle()
    return window


def _all() -> dict[str, View]:
    views: dict[str, View] = {
        **{f"today-{view}": _at(ShowToday(view)) for view in ("tasks", "calendar", "rounds", "matrix")},
        "today-elsewhere": partial(_elsewhere, ShowToday("tasks")),
        "today-starting": _today_starting,
        "contracts": _at(ShowContracts()),
        "contract-start": _starting,
        **{f"contract-{tab.key}": partial(_at_tab, tab.key) for tab in CONTRACT_TABS},
        "documents": _at(ShowDocuments()),
        "document": _document,
        "document-first": _changed_document,
        "document-searched": _searched_document,
        "placing": _placing,
        "issue": _at(IssueForm()),
        "issue-with-setting": _setting,
        "act": _at(DoAct("leave")),
        "act-join": _joining,
        "act-leave": _leaving,
        "act-train": _round("train", Contract, ("MD-0058", "HB-0311"), on="R8.11.25"),
        "act-oaths": _round("oaths", Contract, ("HB-0311",), people="E-002、E-006"),
        "act-signed": _round("signed", Contract, ("MD-0058",), on="R8.11.25", whole="すべての者"),
        "act-check-devices": _round(
            "check-devices", Device, ("PC-001", "PC-002", "PC-003"), patches="未適用あり", found="更新が2件"
        ),
        "act-answer": _round("answer", Contract, ("HB-0311",), said="承諾", to="AP-006", by="電話・口頭"),
        "act-move": _moving,
        "act-accident": _at(DoAct("lose")),
        "act-lose": _losing,
        "act-stock-take": _counting,
        "act-stock-take-again": _counting_again,
        "handout-labels": _labels,
        "handout-stock-sheet": _stock_sheet,
        "handout-attendance": _attendance,
        "desk-incident": _desk_of_accident,
        "desk-audit": _desk_of_audit,
        "desk-audit-held": _held_audit,
        "act-report": _round("report-accident", Contract, ("MK-1024",), kind="誤送付・誤交付"),
        "act-answer-again": _round("answer-finding", Audit, ("AU-001",), number="1", answer="欄を設けた"),
        "act-ahead": _round(
            "note-incident", Incident, ("I-001",), at="R8.11.25 23:59", what="警察署に届け出た"
        ),
        "act-announce": _round("announce-audit", Contract, ("MK-1024",), planned_on="R8.11.26"),
        "undo": _done,
        "outside": _outside,
        "act-receive": _receiving,
        "handovers": _at(ShowHandovers()),
        "act-return": _returning,
        "act-check-in-asset": _coming_back,
        "act-copy": _round("copy", Asset, ("A-0019",), on="R8.11.24", quantity="2"),
        "act-delegate": _round("delegate", Contract, ("MK-1024",), work="入力作業", on="R8.12.1"),
        "act-bring-in": _round("bring-in", Device, ("PC-001",), on="R8.12.1"),
        "act-renew": _renewing,
        "act-close": _closing,
        "act-dispose": _disposing,
        "disposal-files": _disposed,
        "list-narrowed": _narrowed,
        "import": _at(BringIn()),
        "import-columns": partial(_register, 0),
        "import-rows": partial(_register, 1),
        "import-answered": _answered,
        **import_views.views(),
        **exchange_views.views(),
        "many": _at(IssueMany()),
        "many-before-start": _many_before,
        "many-status-report": _at(IssueMany("status-report")),
        "many-lacking": _many_lacking,
        "many-issued": _many_issued,
        **{f"issue-{form}": partial(_form, form) for form in Product().forms},
        **{f"settings-{section.name}": _at(ShowSettings(section.name)) for section in SECTIONS},
        "annex": partial(_annex, "kimitsu-hoji"),
        "editor-attachments": partial(_editor_tab, 1),
        "editor-history": partial(_editor_tab, 2),
        "editor-related": _related,
        "editor-since": _since,
    }
    for kind in SPECS:
        views[f"list-{kind}"] = _at(ShowList(kind))
        views[f"new-{kind}"] = partial(_new, kind)
        views[f"refused-{kind}"] = partial(_refused, kind)
        views[f"edit-{kind}"] = partial(_known, kind)
    return {
        **views,
        **reading_views.READING,
        **revising_views.REVISING,
        **dialog_views.VIEWS,
        **start_views.VIEWS,
    }


VIEWS: Mapping[str, View] = _all()
