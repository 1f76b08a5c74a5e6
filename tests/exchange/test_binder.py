"""The evidence binder: everything of a contract and a period in one file, as it was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.annexes.catalogue import Catalogue, load
from app.common import Cancelled, Progress
from app.duties.case import Case, MissingFactsError
from app.exchange.documents.batch import Wish, issue_all
from app.exchange.documents.issuing import draft, issue, to_issue
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.printing.blocks import Text
from app.printing.pages import OpenPdf
from app.records import (
    SPECS,
    Asset,
    Attachment,
    Contract,
    DeviceCheck,
    DeviceUse,
    Event,
    Statement,
    Submission,
)
from app.records.attachment import AttachmentKind
from app.records.contract import ContractAnnex
from app.records.statement import Within
from forms import all_forms
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

FORMS = all_forms()
BINDER, NOTICE, REGISTER = (FORMS[name] for name in ("evidence-binder", "location-notice", "device-register"))
SKIPPED = ("submission", "attachment", "own_annex", "clause_text")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def ledger(tmp_path: Path, catalogue: Catalogue) -> Iterator[Ledger]:
    """The sample, with two documents issued before the start of the contract and one after."""
    cheap = Cost(memory=64, passes=1, lanes=1)
    made, _code = Ledger.create(tmp_path / "t.jutaku", "とても長い合言葉です", "担当", cost=cheap)
    facts = Sample(catalogue).facts
    with made:
        with made.write() as change:
            for spec in SPECS.values():
                if spec.name not in SKIPPED:
                    for record in facts.all(spec.cls):
                        change.add(replace(record, id=0))
        before = facts.get(Contract, KIMITSU).starts_on - timedelta(days=1)
        wishes = [Wish(form, case(made, catalogue, before)) for form in (NOTICE, REGISTER)]
        issue_all(made, wishes)
        issue(made, REGISTER, case(made, catalogue, LATER))
        yield made


def case(
    ledger: Ledger,
    catalogue: Catalogue,
    day: date = LATER,
    within: Within | None = None,
    contract: int = KIMITSU,
) -> Case:
    facts = ledger.facts()
    held = facts.get(Contract, contract)
    return Case(facts, catalogue, held, day, forms=FORMS, today=LATER, within=within)


def pages(pdf: bytes) -> list[str]:
    with OpenPdf(pdf) as opened:
        return [opened.text(at) for at in range(opened.page_count)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def picture(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def attach(ledger: Ledger, title: str, data: bytes, **fields: object) -> Attachment:
    digest = hashlib.sha256(data).hexdigest()
    given: Mapping[str, object] = {
        "record_kind": "contract",
        "record_id": KIMITSU,
        "title": title,
        "kind": AttachmentKind.CONSENT,
        "file_name": f"{title}.png",
        "data": digest,
        **fields,
    }
    return ledger.add(Attachment(**given), {digest: data})  # type: ignore[arg-type]


def test_every_document_stands_in_it_page_by_page_as_it_was_issued(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    made = issue(ledger, BINDER, case(ledger, catalogue))
    whole = pages(ledger.document_bytes(made))
    held = [one for one in ledger.facts().all(Submission) if one.form != BINDER.id]
    assert len(held) == 3
    behind = [page for one in held for page in pages(ledger.document_bytes(one))]
    assert whole[-len(behind) :] == behind
    front = squeezed("".join(whole[: -len(behind)]))
    for one in held:
        assert one.number in front
        assert one.pdf in front
    assert ledger.verify().ok


def test_the_index_names_the_page_at_which_each_begins_and_leads_there(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    made = issue(ledger, BINDER, case(ledger, catalogue))
    pdf = ledger.document_bytes(made)
    whole = pages(pdf)
    held = [one for one in ledger.facts().all(Submission) if one.form != BINDER.id]
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: at for at, page in enumerate(opened.pages)}
        led = {numbers[link.Dest[0].objgen] for link in opened.pages[0].obj.Annots}
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[1:] == [f"書{at:03}　{one.number}　{one.title}" for at, one in enumerate(held, 1)]
    at = len(whole)
    for one in reversed(held):
        at -= len(pages(ledger.document_bytes(one)))
        assert at in led
        assert f"文書番号{one.number}" in squeezed(whole[at])
        row = next(line for line in whole[0].splitlines() if one.number in line)
        assert row.rstrip().endswith(str(at + 1))


@pytest.mark.parametrize(("first", "last", "count"), [(0, 0, 1), (1, 0, 0), (-1, -1, 0), (-1, 0, 1)])
def test_a_period_holds_what_was_issued_from_its_first_to_its_last_day(
    ledger: Ledger, catalogue: Catalogue, first: int, last: int, count: int
) -> None:
    issued = ledger.facts().all(Submission)[-1].issued_on
    within = (issued + timedelta(days=first), issued + timedelta(days=max(first, last)))
    asked = case(ledger, catalogue, issued + timedelta(days=1), within)
    assert len(BINDER.gather(asked).facts["documents"]) == count


def test_from_the_start_of_the_contract_it_holds_what_was_done_before_the_start(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    starts = ledger.facts().get(Contract, KIMITSU).starts_on
    assert all(one.issued_on < starts for one in ledger.facts().all(Submission)[:2])
    assert len(BINDER.gather(case(ledger, catalogue)).facts["documents"]) == 3
    later = BINDER.gather(case(ledger, catalogue, within=(starts + timedelta(days=1), LATER)))
    assert len(later.facts["documents"]) == 1


def test_a_period_in_which_nothing_was_issued_says_so_on_the_cover(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    said = "対象期間に発行した書類及び受領した添付の記録はありません"
    first = ledger.facts().get(Contract, KIMITSU).starts_on + timedelta(days=1)
    cover = squeezed(pages(draft(BINDER, case(ledger, catalogue, within=(first, first)), ledger.blob))[0])
    assert said in cover
    assert "条項と証跡の対照表及び記録の一覧は、令和8年" in cover
    assert said not in squeezed(pages(draft(BINDER, case(ledger, catalogue), ledger.blob))[0])


@pytest.mark.parametrize("ended", [False, True])
def test_states_are_of_the_day_of_the_binder_and_what_proves_them_since_its_period_is_marked(
    ledger: Ledger, catalogue: Catalogue, ended: bool
) -> None:
    first = ledger.facts().get(Contract, KIMITSU).starts_on
    last = first if ended else LATER
    held = BINDER.gather(case(ledger, catalogue, within=(first, last)))
    (said,) = [one.text for one in BINDER.draw(held)[1].blocks if isinstance(one, Text)][:1]
    assert "現在のものです" in str(said)
    grounds = "".join(row[3] for _title, rows in held.facts["chapters"] for row in rows)
    assert ("〔対象期間の後〕" in str(said)) is ended
    assert ("〔対象期間の後〕" in grounds) is ended


def test_a_contract_of_which_nothing_is_recorded_has_no_binder(ledger: Ledger, catalogue: Catalogue) -> None:
    held = ledger.facts().get(Contract, KIMITSU)
    bare = ledger.add(replace(held, id=0, revision=0, number="R8-99", title="空の業務"))
    with pytest.raises(MissingFactsError, match=r"契約「空の業務」には、.*記録もありません"):
        BINDER.gather(case(ledger, catalogue, contract=bare.id))


def test_an_annex_that_nobody_can_judge_stops_the_binder(ledger: Ledger, catalogue: Catalogue) -> None:
    held = ledger.facts().get(Contract, KIMITSU)
    lost = replace(held, annexes=(*held.annexes, ContractAnnex(annex="nowhere", version=9)))
    ledger.change(lost)
    with pytest.raises(MissingFactsError, match="nowhere"):
        BINDER.gather(case(ledger, catalogue))


def test_void_and_sent_back_papers_are_told_as_such(ledger: Ledger, catalogue: Catalogue) -> None:
    first, second, _third = ledger.facts().all(Submission)
    ledger.void(first, LATER, "誤記のため")
    sent = ledger.submit(second, DAY, "持参")
    ledger.send_back(sent, LATER, "押印なし")
    rows = BINDER.gather(case(ledger, catalogue)).facts["documents"]
    assert "無効（誤記のため）" in rows[0][4]
    assert rows[1][4].endswith("差戻し")
    assert rows[2][4] == "未提出"


def test_a_picture_gets_a_page_and_what_cannot_be_shown_a_page_that_says_so(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    attach(ledger, "承諾書の写し", picture())
    attach(ledger, "表計算", b"PK\x03\x04" + b"\0" * 40, file_name="一覧.xlsx")
    attach(ledger, "壊れた写し", b"%PDF-1.7 broken", file_name="写し.pdf")
    made = issue(ledger, BINDER, case(ledger, catalogue))
    whole = pages(ledger.document_bytes(made))
    last = [squeezed(page) for page in whole[-3:]]
    assert "添001承諾書の写し（1／1）" in last[0]
    for page, said in ((last[1], "印刷できない形式"), (last[2], "壊れているか、パスワードが掛かっています")):
        assert said in page
        assert "綴じていません" in page
    with pikepdf.open(BytesIO(ledger.document_bytes(made))) as opened:
        assert len(opened.pages[-3].get_images()) == 1


def test_what_is_attached_to_another_contract_stays_out(ledger: Ledger, catalogue: Catalogue) -> None:
    attach(ledger, "よその承諾書", picture(), record_id=KAWAGUCHI)
    attach(ledger, "当契約の承諾書", picture("blue"))
    held = BINDER.gather(case(ledger, catalogue))
    assert [row[2] for row in held.facts["attachments"]] == ["当契約の承諾書"]


def test_it_says_nothing_of_other_contracts_and_no_number_of_the_house(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    facts = ledger.facts()
    for contract, other in ((KIMITSU, KAWAGUCHI), (KAWAGUCHI, KIMITSU)):
        text = BINDER.gather(case(ledger, catalogue, contract=contract)).canonical()
        held = facts.get(Contract, other)
        assert held.title not in text
        assert held.number not in text
        for person in facts.all(SPECS["person"].cls):
            number = facts.key(person)
            assert f'"{number}"' not in text


def test_a_draft_holds_the_same_and_has_no_number(ledger: Ledger, catalogue: Catalogue) -> None:
    wanted = case(ledger, catalogue)
    text = "".join(pages(draft(BINDER, wanted, ledger.blob)))
    assert "下書き" in squeezed(text)
    assert "文書番号" in text  # of the documents bound in it
    statement = to_issue(BINDER, wanted)
    assert BINDER.draw(Statement.from_canonical(statement.canonical())) == BINDER.draw(statement)


def test_a_second_binder_does_not_hold_the_first(ledger: Ledger, catalogue: Catalogue) -> None:
    issue(ledger, BINDER, case(ledger, catalogue))
    assert len(BINDER.gather(case(ledger, catalogue)).facts["documents"]) == 3


def test_what_was_done_with_the_information_stands_in_the_registers_of_its_own_contract_alone(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    facts = ledger.facts()
    held = dict[int, int]()
    for one in facts.all(Event):
        contract = facts.get(Asset, one.asset).contract
        held[contract] = held.get(contract, 0) + 1
    assert len(held) > 1
    for contract, count in held.items():
        told = BINDER.gather(case(ledger, catalogue, contract=contract)).facts["registers"]
        (events,) = [rows for label, _heads, rows in told if label == Event.spec.label]
        assert len(events) == count
        devices = {use.device for use in facts.of(DeviceUse, "contract", contract)}
        checks = [one for one in facts.all(DeviceCheck) if one.device in devices]
        found = [len(rows) for label, _heads, rows in told if label == DeviceCheck.spec.label]
        assert found == ([len(checks)] if checks else [])


def test_its_own_parts_stand_in_the_outline_below_it(ledger: Ledger, catalogue: Catalogue) -> None:
    with OpenPdf(draft(BINDER, case(ledger, catalogue), ledger.blob)) as opened:
        whole = opened.outline()
        for entry in [one for one in whole if one.depth == 1]:
            assert squeezed(entry.title).removeprefix("証跡綴り表紙・")[:4] in squeezed(
                opened.text(entry.page)
            )
    own = [one.title for one in whole if one.depth == 1]
    assert own == ["証跡綴り　表紙・目次", "条項と証跡の対照表", "記録の一覧", "ファイルのSHA-256と確かめ方"]


def test_it_can_be_stopped_at_every_step_and_then_nothing_is_issued(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    attach(ledger, "承諾書の写し", picture())
    seen: list[str] = []
    draft(BINDER, case(ledger, catalogue), ledger.blob, Progress(lambda _d, _t, what: seen.append(what)))
    assert {"添001　承諾書の写し", "証跡綴り　表紙・目次"} <= set(seen)
    before = ledger.head()
    for at in (1, len(seen) // 2, len(seen) - 1):
        with pytest.raises(Cancelled):
            issue(ledger, BINDER, case(ledger, catalogue), stopped_after(at))
    assert ledger.head() == before


def stopped_after(count: int) -> Progress:
    """A person who asks to stop after so many steps."""
    left = [count]

    def say(_done: int, _total: int, _what: str) -> None:
        left[0] -= 1
        if not left[0]:
            made.cancel()

    made = Progress(say)
    return made
