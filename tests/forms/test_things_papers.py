"""台帳, 授受・返還記録 and 廃棄・消去証明書: what they carry and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.duties.case import Case
from app.duties.papers.drift import compare
from app.exchange.documents.composing import compose, print_document
from app.printing.blocks import Photo, Sheet, Table
from app.printing.pages import OpenPdf
from app.printing.type.wareki import wareki
from app.records import (
    Attachment,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Person,
    Statement,
    Submission,
)
from app.records.contract import ContractAnnex
from app.records.dated import with_former
from app.records.disposal import DisposalLine
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample
from tests.support.world import moment

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
REGISTER, TRANSFER, CERTIFICATE = "device-register", "transfer-record", "disposal-certificate"
SIX = (
    "情報項目",  # 1
    "媒体名",  # 2
    "数量",  # 3
    "廃棄又は消去の方法",  # 4
    "責任者",  # 5
    "廃棄又は消去の年月日",  # 6
)


def tables(sheet: Sheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def test_the_register_carries_every_device_of_the_contract(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    statement = forms[REGISTER].gather(sample.case())
    text = text_of(statement)
    for wanted in (
        "PC・電子媒体管理台帳",
        "機密保持及び個人情報保護に関する特記事項第6条第5項の規定により",
        "PC-001",
        "北斗電機HK-100",
        "SN26000001",
        "Windows11Pro24H2",
        "内蔵SSD：全体（BitLocker、XTS-AES256bit）",
        "MicrosoftDefender",
        "リース",
        "𠮷田一郎",
        "本社第一作業室",
        "令和8年7月1日（予定）",
        "D-0002令和8年5月20日",
        "計811",
    ):
        assert wanted in text
    assert [row["管理番号"] for row in statement.facts["rows"]][:2] == ["PC-001", "PC-002"]
    assert "PC-006" not in text


def test_the_register_keeps_what_is_no_longer_used(sample: Sample, forms: Forms) -> None:
    before = forms[REGISTER].gather(sample.case())
    sample.change(DeviceUse, 2, ends_on=date(2026, 6, 30))
    after = forms[REGISTER].gather(sample.case(day=LATER))
    (difference,) = compare(before.stated, after.stated, forms[REGISTER].calls)
    assert (difference.key, difference.name) == ("device_use:2", "PC-002")
    assert difference.lines == (("使用終了日", "－", "令和8年6月30日"),)
    assert after.facts["counts"][-1][-1] == "2"


def test_a_planned_use_that_begins_is_no_drift(sample: Sample, forms: Forms) -> None:
    before = forms[REGISTER].gather(sample.case())
    sample.change(DeviceUse, 5, status="実績")
    after = forms[REGISTER].gather(sample.case(day=LATER, comparing=True))
    assert compare(before.stated, after.stated) == ()


def test_the_register_names_what_a_device_lacks_but_asks_no_encryption_of_a_box(
    sample: Sample, missing_of: MissingOf
) -> None:
    sample.change(Device, 1, serial="", os="", anti_malware="", storages=())
    sample.change(DeviceUse, 12, person=None, location=None)
    assert missing_of(REGISTER, sample.case()) == {
        *(("device", 1, field) for field in ("serial", "os", "anti_malware", "storages")),
        ("device_use", 12, "person"),
        ("device_use", 12, "location"),
    }


def test_without_devices_the_register_says_what_to_record(sample: Sample, missing_of: MissingOf) -> None:
    sample.drop(DeviceUse)
    assert missing_of(REGISTER, sample.case()) == {("device_use", 0, "")}


def test_the_transfer_record_carries_both_parties_and_the_balance(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    statement = forms[TRANSFER].gather(sample.case(KAWAGUCHI))
    text = text_of(statement)
    for wanted in (
        "情報資産授受・返還記録",
        "秘密保持契約書第9条の規定により",
        "令和8年5月6日9時29分",
        "A-0029調査票1件",
        "緑川市企画課神谷主査",
        "業務部𠮷田一郎",
        "手渡し施錠ケースに収めて運搬",
        "受領の記録6件",
        "返還の記録1件",
        "残数量のある情報資産5件",
        "1,230枚",
        "令和8年6月1日現在の残数量",
    ):
        assert wanted in text
    balance = {row[0]: row[4:] for row in statement.facts["balance"]}
    assert balance["A-0030"] == ["1,230枚", "0枚", "1,230枚", "0枚", "0枚"]


def test_the_measures_chosen_stand_beside_the_way(sample: Sample, forms: Forms) -> None:
    event = sample.facts.all(Event)[0]
    sample.change(Event, event.id, safeguards=("施錠ケース", "二人運搬"), protection="")
    rows = forms[TRANSFER].gather(sample.case()).facts["rows"]
    assert rows[0]["授受の方法・保護の措置"] == "手渡し\n施錠ケース、二人運搬"


def test_transfers_stand_in_the_order_of_time_until_the_day(sample: Sample, forms: Forms) -> None:
    rows = forms[TRANSFER].gather(sample.case(day=date(2026, 4, 30))).facts["rows"]
    assert [row["資産番号"] for row in rows] == sorted(row["資産番号"] for row in rows)
    assert {row["区分"] for row in rows} == {"受領"}


def test_a_transfer_without_a_party_or_a_way_is_named(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Event, 1, from_party="", to_party="", method="")
    fields = ("from_party", "to_party", "method")
    assert missing_of(TRANSFER, sample.case()) == {("event", 1, field) for field in fields}


def test_a_new_transfer_makes_the_record_stale(sample: Sample, forms: Forms) -> None:
    before = forms[TRANSFER].gather(sample.case())
    held = sample.facts.get(Event, 1)
    sample.add(replace(held, kind="返還", happened_at=moment(held.happened_at.date().replace(month=7), 9)))
    after = forms[TRANSFER].gather(sample.case(day=LATER, comparing=True))
    assert [difference.kind for difference in compare(before.stated, after.stated)] == ["added"]


def test_no_clause_of_the_annex_means_no_clause_line(sample: Sample, forms: Forms) -> None:
    assert forms[TRANSFER].gather(sample.case(KIMITSU)).facts["letter"]["cited"] == ""
    assert forms[CERTIFICATE].gather(sample.case(KIMITSU)).facts["letter"]["cited"] != ""


def test_the_certificate_names_the_six_items_on_its_first_page(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    statement = forms[CERTIFICATE].gather(sample.case())
    first, annex = forms[CERTIFICATE].draw(statement)
    (table,) = tables(first)
    assert tuple(column.title for column in table.columns) == SIX
    assert len(table.rows) == 4
    text = text_of(statement)
    for wanted in (
        "廃棄・消去証明書",
        "機密保持及び個人情報保護に関する特記事項第7条第5項の規定により",
        *SIX,
        "口座振替の一覧（第1期）",
        "裁断",
        "𠮷田一郎",
        "令和8年5月18日",
        "完全に廃棄し又は消去して",
        "立会人みなと北市保険年金課神谷主査",
        "別紙廃棄・消去の明細",
        "SN26000009",
        "完全消去Pro（7.2.1）",
        "NISTSP800-88（Rev.2）",
        "全領域の読出し照合合格残存なし",
        "確認髙橋花子",
    ):
        assert wanted in text
    assert annex.landscape
    assert len(tables(annex)[0].rows) == 4


PAPER, DATA = 3, 2
"""Assets of the sample by what carries them: a method must fit it."""


def lines(count: int, **same: str) -> tuple[DisposalLine, ...]:
    return tuple(
        DisposalLine(
            asset=PAPER,
            item=same.get("item", f"項目{number}"),
            medium=same.get("medium", "紙"),
            quantity=number,
            unit="枚",
            result="完了",
        )
        for number in range(1, count + 1)
    )


def test_lines_alike_are_summed(sample: Sample, forms: Forms) -> None:
    sample.drop(Disposal, 2)
    sample.change(Disposal, 1, lines=lines(10, item="原票"))
    facts = forms[CERTIFICATE].gather(sample.case()).facts
    assert [row[:3] for row in facts["rows"]] == [["原票", "紙", "55枚"]]
    assert len(facts["items"]) == 10


def test_many_items_are_summed_over_items(sample: Sample, forms: Forms) -> None:
    sample.drop(Disposal, 2)
    sample.change(Disposal, 1, lines=lines(9))
    facts = forms[CERTIFICATE].gather(sample.case()).facts
    assert [row[:3] for row in facts["rows"]] == [["項目1ほか8項目", "紙", "45枚"]]


def test_more_than_eight_rows_go_to_the_annex_sheet(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.drop(Disposal, 2)
    many = tuple(replace(line, medium=f"媒体{line.quantity}") for line in lines(11))
    sample.change(Disposal, 1, lines=many)
    statement = forms[CERTIFICATE].gather(sample.case())
    assert len(statement.facts["rows"]) == 7
    assert "ほか4件は、別紙のとおりです。" in text_of(statement)
    assert len(statement.facts["items"]) == 11


def failed(sample: Sample) -> Disposal:
    held = sample.facts.get(Disposal, 2)
    bad = replace(held.lines[1], result="不良", followed="物理的破壊に切替え")
    return sample.change(Disposal, 2, lines=(held.lines[0], bad))


def test_a_failed_line_cannot_be_certified(sample: Sample, missing_of: MissingOf) -> None:
    failed(sample)
    assert missing_of(CERTIFICATE, sample.case()) == {("disposal", 2, "lines")}


def test_a_failed_line_that_was_done_again_is_certified_once(sample: Sample, forms: Forms) -> None:
    held = failed(sample)
    again = replace(held.lines[1], result="完了", followed="")
    sample.add(replace(held, lines=(again,), done_on=date(2026, 5, 25), method="物理的破壊"))
    facts = forms[CERTIFICATE].gather(sample.case()).facts
    done = [row for row in facts["rows"] if row[1] == "USBメモリ"]
    assert [row[3] for row in done] == ["物理的破壊"]
    assert any("不良\n物理的破壊に切替え" in row.values() for row in facts["items"])


def test_software_and_its_check_must_be_named(sample: Sample, missing_of: MissingOf) -> None:
    fields = ("tool", "tool_version", "verification", "verification_result", "standard_edition")
    sample.change(Disposal, 2, **dict.fromkeys(fields, ""))
    sample.change(Device, 9, serial="")
    assert missing_of(CERTIFICATE, sample.case()) == {
        *(("disposal", 2, field) for field in fields),
        ("disposal", 2, "lines.2.serial"),
    }


def test_a_disposal_is_certified_once_unless_the_certificate_is_void(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    document = sample.submitted(forms[CERTIFICATE].gather(sample.case()), submitted_on=None, how="")
    assert missing_of(CERTIFICATE, sample.case()) == {("disposal", 0, "")}
    sample.change(Submission, document.id, voided_on=DAY, voided_why="誤り")
    assert forms[CERTIFICATE].gather(sample.case()).subjects == ("disposal:1", "disposal:2")


def test_only_what_was_done_by_the_day_is_certified(sample: Sample, forms: Forms) -> None:
    assert forms[CERTIFICATE].gather(sample.case(day=date(2026, 5, 19))).subjects == ("disposal:1",)


def test_photographs_of_a_disposal_are_on_the_annex_sheet_by_their_hash(sample: Sample, forms: Forms) -> None:
    photo = Attachment(
        record_kind="disposal",
        record_id=2,
        title="破壊後のUSBメモリ",
        kind="写真",
        file_name="IMG_0001.JPG",
        data="ab" * 32,
    )
    sample.add(photo)
    sample.add(replace(photo, kind="受領書", title="受領書の写し", file_name="r.pdf"))
    statement = forms[CERTIFICATE].gather(sample.case())
    _, annex = forms[CERTIFICATE].draw(statement)
    kept = [inner for block in annex.blocks for inner in getattr(block, "blocks", ())]
    assert Photo(("ab" * 32).encode(), "写真１　破壊後のUSBメモリ", file="IMG_0001.JPG") in kept
    assert [item["写真"] for item in statement.facts["items"]] == ["－", "－", "１", "１"]
    assert statement.facts["enclosures"] == ["別紙　廃棄・消去の明細", "受領書の写し"]


def _photo(sample: Sample, at: int, **shows: int | None) -> None:
    given: dict[str, Any] = {"record_kind": "disposal", "record_id": 2, "kind": "写真", **shows}
    sample.add(Attachment(title=f"写真{at}", file_name=f"{at}.jpg", data=f"{at}b" * 32, **given))


def test_each_photograph_is_numbered_to_the_line_that_it_shows(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    """Whatever the order in which they were kept, and those of everything last."""
    first, second = sample.facts.get(Disposal, 2).lines
    _photo(sample, 1)
    _photo(sample, 2, asset=second.asset, device=second.device)
    _photo(sample, 3, asset=first.asset, device=first.device)
    facts = forms[CERTIFICATE].gather(sample.case()).facts
    assert [photo["title"] for photo in facts["photos"]] == ["写真3", "写真2", "写真1"]
    assert [item["写真"] for item in facts["items"]] == ["－", "－", "１、３", "２、３"]
    # The lines change places: what the photographs show does not.
    sample.change(Disposal, 2, lines=(second, first))
    turned = forms[CERTIFICATE].gather(sample.case()).facts
    assert [photo["title"] for photo in turned["photos"]] == ["写真2", "写真3", "写真1"]
    sample.change(Disposal, 2, lines=(first,))
    assert ("disposal", 2, "lines") in missing_of(CERTIFICATE, sample.case())


@pytest.mark.parametrize("since", [date(2026, 5, 20), date(2026, 5, 21)])
def test_a_certificate_names_the_post_that_was_held_on_the_day_of_the_disposal(
    sample: Sample, forms: Forms, since: date
) -> None:
    """Disposed of on 20 May: whoever was promoted on that day was so already, the day after not yet.

    The name is the one borne on the day of the paper: by it the client finds the person.
    """
    disposal = sample.facts.get(Disposal, 2)
    assert disposal.done_on == date(2026, 5, 20)
    before = sample.facts.get(Person, disposal.responsible)
    after = with_former(before, replace(before, post="特命参事", name="新姓 太郎"), since)
    sample.facts = sample.facts.replaced([after])
    facts = forms[CERTIFICATE].gather(sample.case()).facts
    told = {row[4] for row in facts["rows"] if row[5] == wareki(disposal.done_on)}
    new = since <= disposal.done_on
    assert all(("特命参事" in one) is new and "新姓 太郎" in one for one in told)
    assert told


def test_a_photograph_of_whatever_format_is_put_on_paper_or_refused_there(
    sample: Sample, forms: Forms
) -> None:
    for at, name in enumerate(("1.heic", "2.tif", "3.pdf", "4.webp")):
        sample.add(
            Attachment(
                record_kind="disposal",
                record_id=2,
                title=f"写真{at}",
                kind="写真",
                file_name=name,
                data=f"{at}b" * 32,
            )
        )
    photos = forms[CERTIFICATE].gather(sample.case()).facts["photos"]
    assert [photo["file"] for photo in photos] == ["1.heic", "2.tif", "3.pdf", "4.webp"]


def test_enclosures_of_one_title_are_counted(sample: Sample, forms: Forms) -> None:
    receipt = Attachment(
        record_kind="disposal", record_id=2, title="受領書", kind="受領書", file_name="r.pdf", data="ab" * 32
    )
    sample.add(receipt)
    sample.add(receipt)
    assert forms[CERTIFICATE].gather(sample.case()).facts["enclosures"][1:] == ["受領書（2点）"]


@pytest.mark.parametrize("form", [REGISTER, TRANSFER, CERTIFICATE])
def test_both_annexes_of_a_contract_are_cited(sample: Sample, forms: Forms, form: str) -> None:
    both = (ContractAnnex(annex="kimitsu-hoji"), ContractAnnex(annex="kawaguchi"))
    sample.change(Contract, KIMITSU, annexes=both)
    cited = forms[form].gather(sample.case()).facts["letter"]["cited"]
    assert (
        cited
        == {
            REGISTER: "機密保持及び個人情報保護に関する特記事項第6条第5項及び秘密保持契約書第8条",
            TRANSFER: "秘密保持契約書第9条",
            CERTIFICATE: "機密保持及び個人情報保護に関する特記事項第7条第5項",
        }[form]
    )


@pytest.mark.parametrize("count", [8, 11])
def test_all_that_the_clause_asks_for_is_on_the_first_page(sample: Sample, forms: Forms, count: int) -> None:
    sample.drop(Disposal, 1)
    item = "国民健康保険税納税通知書の宛名データ（第{}期）"
    many = tuple(
        replace(one, asset=DATA, item=item.format(one.quantity), medium=f"外付HDD{one.quantity}")
        for one in lines(count)
    )
    sample.change(Disposal, 2, lines=many)
    statement = forms[CERTIFICATE].gather(sample.case())
    document = compose(forms[CERTIFICATE], statement, "", None, "2026-0042")
    with OpenPdf(print_document(document)) as pdf:
        first = "".join(pdf.text(0).split())
    for row in statement.facts["rows"]:
        assert "".join("".join(row).split()) in first
    assert "完全に廃棄し又は消去して" in first
    assert "立会人みなと北市保険年金課" in first
