"""From the first start to certificates handed in and changes notified: the whole way, at the window."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.annexes.kinds import State
from app.printing.pages import OpenPdf
from app.records import Assignment, Contract, Disposal, LocationUse, Oath, Submission
from app.ui.contract.page import ContractPage
from app.ui.contract.start_page import StartPage
from app.ui.papers.issue_page import IssuePage
from app.ui.papers.paper_page import DocumentPage
from app.ui.reckoning.assessor import Assessor
from app.ui.targets import EditRecord, IssueForm, ShowContract
from app.ui.today.starts_card import StartsCard

LEFT = Qt.MouseButton.LeftButton
WORKERS = (
    ("髙橋 美咲", "情報管理部", "部長", "個人情報保護管理責任者"),
    ("𠮷田 さくら", "業務部", "課長", "業務責任者"),
    ("佐藤 大輔", "業務部", "主任", "従事者"),
)

WINDOWS = {"StartWindow", "MainWindow", "AskDialog", "SigningDialog", "ProgressDialog"}
"""What may come up as a window of its own; anything else is a part shown before it has its place."""


def said(widget: QWidget) -> str:
    """Everything that a part of the window says."""
    return " ".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel))


def pdf_text(person: Any, document: Submission) -> str:
    with OpenPdf(person.context.ledger.document_bytes(document)) as opened:
        return "".join(opened.text(page) for page in range(opened.page_count))


def state(person: Any, contract: int, annex: str, number: str, kind: str) -> State:
    person.today()
    latest = Assessor.of(person.context).latest
    assert latest is not None
    (duty,) = [
        one
        for one in latest.of(contract)
        if (one.annex, one.clause.number, one.kind) == (annex, number, kind)
    ]
    return duty.state


def first_run(person: Any) -> None:
    """Officer, place, passphrase, recovery sheet typed back from the paper, vendor, client, contract."""
    start = person.desk.start
    wizard = start.wizard
    person.write(wizard.officer.name, "髙橋 美咲")
    person.click(wizard, "次へ")
    person.click(wizard, "次へ")
    for secret in (wizard.passphrase.passphrase.first, wizard.passphrase.passphrase.second):
        person.write(secret.edit, "さくら咲く三月の業務開始")
    person.click(wizard, "台帳を作成")
    person.until(lambda: wizard.ledger is not None)
    assert not wizard.next_button.isEnabled(), "the sheet is not proven yet"
    person.click(wizard, "PDFを保存")
    person.until(lambda: wizard.sheet.sheet.given)
    with OpenPdf(person.port.saved[-1].read_bytes()) as opened:
        groups = re.findall(r"\b[0-9A-Z]{7}\b", opened.text(0))
    assert len(groups) == 8
    for edit, group in zip(wizard.sheet.sheet.code.groups, groups, strict=True):
        edit.setFocus()
        person.qtbot.keyClicks(edit, group.lower())
    person.click(wizard, "次へ")
    person.fill(
        wizard.step.form,
        name="株式会社𠮷野データサービス",
        address="みなと北市汐見町2-8-15",
        representative_title="代表取締役",
        representative_name="𠮷野 健一",
        department="情報管理部",
        contact_person="髙橋 美咲",
    )
    person.click(wizard, "次へ")
    person.fill(wizard.step.form, name="みなと北市", addressee="みなと北市長")
    person.click(wizard, "次へ")
    person.fill(
        wizard.step.form,
        number="MK-1024",
        title="納税通知書作成業務",
        signed_on="R8.3.10",
        starts_on="R8.4.1",
        ends_on="R9.3.31",
        annexes=[{"annex": "kimitsu-hoji"}],
        information=("個人情報",),
        items="氏名、住所",
    )
    person.click(wizard, "次へ")
    person.click(wizard, "受託台帳を始める")
    person.until(lambda: person.desk.window is not None)
    person.qtbot.waitExposed(person.window)
    person.rest()


def begin_second_contract(person: Any) -> None:
    person.enter("client", name="緑川市", addressee="緑川市長")
    page = person.go(2)
    person.click(page, "契約を登録")
    person.finish(
        "contract",
        client="緑川市",
        number="MD-0058",
        title="市民意向調査入力業務",
        signed_on="2026-03-12",
        starts_on="2026-04-01",
        ends_on="2027-03-31",
        annexes=[{"annex": "kawaguchi"}],
        information=("個人情報",),
        items="整理番号、年代",
        oath_wording="　市の様式の文です。",
    )


def enter_what_there_is(person: Any) -> None:
    """People with their training, places, machines."""
    for name, department, post, _ in WORKERS:
        person.enter("person", name=name, department=department, post=post, employment="社員")
    for title in ("納税通知書", "市民意向"):
        for name, _, _, role in WORKERS:
            person.enter(
                "assignment",
                person=name,
                contract=title,
                roles=(role,),
                information="氏名、住所",
                starts_on="R8.4.1",
            )
    person.enter(
        "training",
        title="着手前研修",
        held_on="R8.3.13",
        place="本社 会議室",
        lecturer="髙橋 美咲",
        material="特記事項の写し",
        topics=("遵守事項", "罰則", "民事責任", "事故対応"),
        contracts=[{"contract": "納税通知書"}, {"contract": "市民意向"}],
        attendance=[{"person": name, "outcome": "出席"} for name, *_ in WORKERS],
    )
    for name, room in (("本社 作業室", "3階 作業室"), ("浜手センター", "2階")):
        person.enter(
            "location",
            name=name,
            kind="作業",
            address="みなと北市汐見町2-8-15",
            room=room,
            area="取扱区域",
            lock="電子錠",
            entry_control="ICカード",
            store="施錠保管庫",
        )
    for title in ("納税通知書", "市民意向"):
        person.enter(
            "location_use", location="本社 作業室", contract=title, purpose="入力作業", starts_on="R8.4.1"
        )
    person.enter(
        "device",
        kind="PC",
        maker="みほん電機",
        model="M-70",
        serial="SN-1001",
        os="Windows 11",
        owner="自社",
        storages=[{"name": "内蔵SSD", "encryption": "全体", "tool": "BitLocker"}],
        anti_malware="Defender",
    )
    for title in ("納税通知書", "市民意向"):
        person.enter(
            "device_use",
            device="PC-001",
            contract=title,
            person="佐藤",
            location="本社 作業室",
            status="実績",
            starts_on="R8.4.1",
        )


def issue(person: Any, form: str, contract: int) -> Submission:
    """Make a document and come out at its own page."""
    if not isinstance(person.window.page, IssuePage):
        person.context.navigate(IssueForm(form, contract))
    page = person.window.page
    assert isinstance(page, IssuePage)
    assert page.form.currentData() == form
    person.until(lambda: page.issue.isEnabled() or page._right.currentIndex() == 2)
    assert page.issue.isEnabled(), said(page._right)
    assert "下書き" in page.preview.pages.text(0)
    person.qtbot.mouseClick(page.issue, LEFT)
    person.until(lambda: isinstance(person.window.page, DocumentPage))
    person.rest()
    page = person.window.page
    assert isinstance(page, DocumentPage)
    return page.document


def hand_in(person: Any, how: str = "持参") -> Submission:
    """Record on a document's page that it was handed in today."""
    page = person.window.page
    assert isinstance(page, DocumentPage)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["how"].combo.setCurrentText(how)
        person.write(dialog.form.inputs["received_by"].edit, "担当課")

    person.port.next.append(fill)
    person.click(page, "提出を記録")
    person.rest()
    assert page.document.submitted_on == person.day.today
    return page.document


def notify_before_the_start(person: Any, first: int, second: int) -> None:
    """The dashboard leads to the steps of the start; narrowed, it says one by one what is due and why."""
    (starts,) = person.today().findChildren(StartsCard)
    title = person.facts.get(Contract, first).title
    (opens,) = (one for one in starts.findChildren(QPushButton) if title in one.accessibleName())
    person.qtbot.mouseClick(opens, LEFT)
    page = person.window.page
    assert isinstance(page, StartPage)
    person.until(lambda: bool(page.list.rows))
    person.rest()
    assert "あと15日" in said(page)
    row = person.row(first, "作業場所届出書を作成", narrowed="作業場所")
    assert row.task.due == date(2026, 3, 31)
    person.qtbot.mouseClick(row._why, LEFT)
    words = said(row)
    assert "第6条第4項" in words
    assert "令和8年4月1日" in words
    assert "あと15日" in words
    person.qtbot.mouseClick(row.step, LEFT)
    notice = issue(person, "location-notice", first)
    assert notice.title == "作業場所届出書（新規）"
    hand_in(person)
    assert state(person, first, "kimitsu-hoji", "第6条第4項", "work-location") is State.SATISFIED
    for form, contract in (
        ("personnel-report", first),
        ("training-report", first),
        ("device-register", first),
        ("location-notice", second),
        ("personnel-report", second),
        ("training-report", second),
        ("device-register", second),
        ("oath", second),
    ):
        issue(person, form, contract)
        hand_in(person, "郵送")
    assert state(person, first, "kimitsu-hoji", "第9条第1項", "worker-list") is State.SATISFIED


def sign(person: Any, contract: int) -> None:
    """The oaths come back signed and are ticked off together."""
    document = next(s for s in person.facts.all(Submission) if s.form == "oath")
    sheets = pdf_text(person, document)
    assert all(name in sheets for name, *_ in WORKERS)
    assert sheets.count("1／1") == len(WORKERS)
    person.context.navigate(ShowContract(contract, "people"))
    page = person.window.page
    assert isinstance(page, ContractPage)
    person.rest()

    def tick(dialog: Any) -> None:
        dialog.accept()
        assert not dialog.result(), "the annex prescribes a sheet: whose was signed is asked"
        assert dialog.form.inputs["signed_on"].text() == "", "which day stands on the paper, nobody has said"
        dialog.form.inputs["signed_on"].show_value(person.day.today)
        dialog.form.inputs["sheet"].show_value("発注者の指定様式")
        person.tick(dialog.boxes)

    person.port.next.append(tick)
    person.click(page, "署名を一括記録")
    person.rest()
    signed = [one for one in person.facts.all(Oath) if one.signed_on == person.day.today]
    assert len(signed) == len(WORKERS)
    assert state(person, contract, "kawaguchi", "特記事項 第14第1項", "oath") is State.SATISFIED


def receive(person: Any, contract: int) -> None:
    """Information comes in, and the record of it goes out."""
    person.context.navigate(ShowContract(contract, "assets"))
    page = person.window.page
    person.click(page, "情報資産を登録")
    person.finish("asset", item="納税者一覧", classification="個人情報", medium="紙", unit="枚")
    person.rest()
    tab = person.window.page.tab
    tab.table.choose_row(0)
    person.click(tab, "受領を登録")
    person.finish(
        "event",
        status="実績",
        happened_at="R8.4.2 10:00",
        quantity="120",
        from_party="みなと北市 税務課",
        to_party="髙橋 美咲",
        method="手渡し",
        location="本社 作業室",
    )
    person.rest()
    assert [cell.text for cell in tab.table.lines.lines[0].cells][3] == "120"
    issue(person, "transfer-record", contract)
    hand_in(person)


def dispose(person: Any, contract: int) -> None:
    """Half is destroyed; the certificate names all six items and is handed in."""
    person.context.navigate(ShowContract(contract, "assets"))
    person.rest()
    tab = person.window.page.tab
    tab.table.choose_row(0)
    person.click(tab, "廃棄・消去を登録")
    page = person.window.page
    said = {
        "on": "R8.5.20",
        "method": "裁断",
        "result": "完了",
        "quantity": "60",
        "unapproved": "至急の求めのため",
        "place": "本社 作業室",
        "done_by": "佐藤 大輔",
    }
    for name, text in said.items():
        person.put(page.form.inputs[name], text)
    person.put(page.form.inputs["responsible"], "𠮷田")
    person.until(page.confirm.isEnabled)
    person.qtbot.mouseClick(page.confirm, LEFT)
    person.until(lambda: page.done is not None)
    person.rest()
    (disposal,) = person.context.facts().all(Disposal)
    assert [(one.item, one.quantity, one.result) for one in disposal.lines] == [("納税者一覧", 60, "完了")]
    row = person.row(contract, "廃棄・消去証明書を作成")
    person.qtbot.mouseClick(row.step, LEFT)
    certificate = issue(person, "disposal-certificate", contract)
    words = pdf_text(person, certificate)
    for item in ("廃棄又は消去の方法", "情報項目", "媒体名", "数量", "年月日", "責任者"):
        assert item in words
    hand_in(person)
    assert state(person, contract, "kimitsu-hoji", "第7条第5項", "disposal-certificate") is State.SATISFIED


def change(person: Any, contract: int) -> None:
    """The place of work changes and a worker leaves: the dashboard asks for both notices of change."""
    use = next(u for u in person.facts.of(LocationUse, "contract", contract))
    person.context.navigate(EditRecord("location_use", use.id))
    person.finish("location_use", ends_on="R8.6.30", change_reason="作業量の増加のため")
    person.enter(
        "location_use",
        location="浜手センター",
        contract="納税通知書",
        purpose="入力作業",
        starts_on="R8.7.1",
        change_reason="作業量の増加のため",
    )
    left = next(a for a in person.facts.of(Assignment, "contract", contract) if "従事者" in a.role_names)
    person.context.navigate(EditRecord("assignment", left.id))
    person.finish("assignment", ends_on="R8.6.30", change_reason="退職のため")
    notices = [
        one
        for one in person.today().list.rows()
        if one.task.contract == contract and one.step.text() == "変更届を作成"
    ]
    assert {one.task.step.target for one in notices} == {"location-notice", "personnel-report"}
    words = " ".join(said(one) for one in notices)
    assert "届出と現況が違います" in words
    assert "浜手センター" in words
    assert "佐藤 大輔" in words
    for form in ("location-notice", "personnel-report"):
        row = next(
            one
            for one in person.today().list.rows()
            if one.task.contract == contract
            and one.task.step.target == form
            and one.step.text() == "変更届を作成"
        )
        person.qtbot.mouseClick(row.step, LEFT)
        document = issue(person, form, contract)
        assert document.title.endswith("（変更）")
        text = pdf_text(person, document)
        assert "変更前" in text
        assert "変更後" in text
        assert ("浜手センター" if form == "location-notice" else "佐藤 大輔") in text
        hand_in(person)
    assert state(person, contract, "kimitsu-hoji", "第6条第4項", "work-location") is State.SATISFIED
    assert state(person, contract, "kimitsu-hoji", "第9条第1項", "worker-list") is State.SATISFIED


@pytest.mark.qt_log_ignore("This plugin does not support (grabbing the keyboard|raise)")
def test_the_whole_path(person: Any) -> None:
    first_run(person)
    begin_second_contract(person)
    enter_what_there_is(person)
    first, second = (one.id for one in person.facts.all(Contract))
    notify_before_the_start(person, first, second)
    sign(person, second)
    person.day.today = date(2026, 4, 3)
    receive(person, first)
    person.day.today = date(2026, 5, 20)
    dispose(person, first)
    person.day.today = date(2026, 6, 10)
    change(person, first)
    flashed = {name for name in person.windows.seen - WINDOWS if not name.endswith("の候補")}
    assert flashed == set()
    verified = person.context.ledger.verify()
    assert verified.ok, verified.problems
    with person.qtbot.waitSignal(person.window.closed, timeout=20_000):
        person.window.close()
