"""Registers as offices keep them: what is right is read, what is not certain is asked, nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange.sheets.book import CellError
from app.exchange.tables.mapping import Said
from app.exchange.tables.planning import lacking
from app.exchange.tables.telling import without_commands
from app.records import Device
from tests.support.registers import Row, entries, planned, reasons, sheet, statuses

HEAD: Row = ("管理番号", "種別", "所有", "製造番号", "備考")


def device(number: str = "PC-101", **more: Any) -> dict[str, Any]:
    return {"control_number": number, "kind": "PC", "owner": "自社", **more}


def test_a_plain_table_is_read() -> None:
    found = planned(
        "device", sheet(HEAD, ("PC-101", "PC", "自社", "A1", None), ("PC-102", "PC", "自社", None, "予備"))
    )
    assert entries(found) == [device(serial="A1"), device("PC-102", note="予備")]
    assert (found.head, statuses(found), found.stops) == ((1,), {2: "new", 3: "new"}, ())


def test_a_head_below_titles_notes_and_days_is_found() -> None:
    found = planned(
        "device",
        sheet(
            ("パソコン・記録媒体管理台帳",),
            (None, None, None, "令和8年4月1日現在"),
            ("作成者", "髙橋", None, None),
            (),
            ("№", "資産番号", "機器種別", "所有区分", "シリアルNo."),
            (1, "PC-101", "ノートPC", "購入", "A1"),
            (2, "PC-102", "デスクトップ", "リース", "A2"),
            (),
            ("※ リース機は返却時に消去証明を受け取ること。",),
            ("以上",),
        ),
    )
    assert entries(found) == [device(serial="A1"), device("PC-102", owner="リース", serial="A2")]
    assert statuses(found) == {6: "new", 7: "new", 9: "skipped", 10: "skipped"}
    assert found.head == (5,)


def test_a_head_of_two_lines_is_read() -> None:
    found = planned(
        "assignment",
        sheet(
            ("氏名", "業務名", "役割", "従事期間", None),
            (None, None, None, "自", "至"),
            ("山田　太郎", "MK-1", "従事者", "R8.4.1", "R9.3.31"),
            merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)],
        ),
    )
    assert found.head == (1, 2)
    assert [column.path for column in found.columns] == [
        "person",
        "contract",
        "roles.role",
        "starts_on",
        "ends_on",
    ]
    assert entries(found)[0]["ends_on"] == "2027-03-31"
    # Neither is in the ledger: each is told where it stands.
    assert statuses(found) == {3: "error"}
    assert {"A3", "B3"} <= reasons(found).keys()


def test_ditto_marks_and_joined_cells_say_what_stands_above() -> None:
    found = planned(
        "device",
        sheet(
            HEAD,
            ("PC-101", "PC", "リース", "A1", "総務課"),
            ("PC-102", "〃", "同上", "A2", None),
            ("PC-103", "〃", None, "A3", None),
            merges=[(3, 3, 4, 3)],
        ),
    )
    assert [(one["kind"], one["owner"], one.get("note")) for one in entries(found)] == [
        ("PC", "リース", "総務課"),
        ("PC", "リース", None),
        ("PC", "リース", None),
    ]


def test_a_ditto_with_nothing_above_is_wrong() -> None:
    found = planned("device", sheet(HEAD, ("PC-101", "〃", "自社", None, None)))
    assert statuses(found) == {2: "error"}


def test_a_group_on_the_left_holds_for_its_rows() -> None:
    found = planned(
        "device",
        sheet(
            ("種別", "管理番号", "所有", "OS"),
            ("PC", "PC-101", "自社", "Windows 11"),
            (None, "PC-102", "自社", "Windows 11"),
            ("USBメモリ", "U-1", "自社", None),
            (None, "U-2", "自社", None),
        ),
    )
    assert [one["kind"] for one in entries(found)] == ["PC", "PC", "USBメモリ", "USBメモリ"]


def test_a_blank_elsewhere_is_asked_where_it_is_needed() -> None:
    found = planned(
        "device", sheet(HEAD, ("PC-101", "PC", "自社", None, None), ("PC-102", None, "自社", None, None))
    )
    assert statuses(found) == {2: "new", 3: "ask"}


def test_sums_blank_forms_and_repeated_heads_are_skipped_aloud() -> None:
    found = planned(
        "device",
        sheet(
            ("No.", *HEAD),
            (1, "PC-101", "PC", "自社", None, None),
            (None, None, "小　計", "1台", None, None),
            ("No.", *HEAD),
            (2, "PC-102", "PC", "自社", None, None),
            (3, None, None, None, None, None),
            (None, "□", "／", None, None, None),
            ("合計", None, None, "2台", None, None),
        ),
    )
    assert statuses(found) == {
        2: "new",
        3: "skipped",
        4: "skipped",
        5: "new",
        6: "skipped",
        7: "skipped",
        8: "skipped",
    }
    assert all(line.why for line in found.lines if line.status == "skipped")


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [None, "PC-1", "PC", "自社", "合計", "〃", "※", "－", 1, "管理番号", "種別", "所有", "備考"]
            ),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_no_filled_row_below_the_head_vanishes(held: list[list[Any]]) -> None:
    register = sheet(HEAD, *held)
    found = planned("device", register)
    filled = {cell.row for cell in register.cells if cell.row > found.head[-1]}
    told = {line.row for line in found.lines}
    heads = filled - told
    # A row is missing only where it is the head of another table, of which the columns are told.
    titles = {column.title for column in found.columns}
    assert all(cell.shown in titles for cell in register.cells if cell.row in heads)
    for line in found.lines:
        assert line.why or line.problems or line.entry


def test_what_is_hidden_is_asked_or_left_alone() -> None:
    found = planned(
        "device",
        sheet(
            (*HEAD, "OS"),
            ("PC-101", "PC", "自社", None, None, "古い値"),
            ("PC-102", "PC", "自社", None, None, "古い値"),
            hidden_rows=[3],
            hidden_columns=[6],
        ),
        sheet(HEAD, ("PC-900", "PC", "自社", None, None), name="控え", hidden=True),
    )
    assert statuses(found) == {2: "new", 3: "ask"}
    assert "os" not in entries(found)[0]
    assert any("F列" in stop for stop in found.stops)


def test_maker_and_model_in_one_cell_are_parted_where_that_is_certain() -> None:
    head = ("管理番号", "種別", "所有", "メーカー・型番")
    found = planned(
        "device",
        sheet(
            head,
            ("PC-101", "PC", "自社", "富士通 LIFEBOOK U9413"),
            ("PC-102", "PC", "自社", "NEC／VersaPro"),
            ("PC-103", "PC", "自社", "なぞの機械 X1"),
        ),
    )
    assert [(one.get("maker"), one.get("model")) for one in entries(found)] == [
        ("富士通", "LIFEBOOK U9413"),
        ("NEC", "VersaPro"),
        (None, None),
    ]
    assert statuses(found) == {2: "new", 3: "new", 4: "ask"}


def test_a_name_in_two_columns_is_one_name() -> None:
    found = planned(
        "person",
        sheet(
            ("社員№", "姓", "名", "セイ", "メイ", "雇用形態"),
            ("E-901", "髙橋", "美咲", "タカハシ", "ミサキ", "正社員"),
        ),
    )
    assert entries(found) == [
        {"employee_number": "E-901", "name": "髙橋　美咲", "kana": "タカハシ　ミサキ", "employment": "社員"}
    ]


def test_error_cells_are_wrong_and_never_blank() -> None:
    found = planned("device", sheet(HEAD, ("PC-101", "PC", "自社", CellError("#REF!"), None)))
    assert statuses(found) == {2: "error"}
    assert "#REF!" in reasons(found)["D2"]


def test_two_rows_on_one_record_are_both_asked() -> None:
    found = planned(
        "device", sheet(HEAD, ("PC-101", "PC", "自社", None, None), ("ＰＣ-101", "PC", "リース", None, None))
    )
    assert statuses(found) == {2: "ask", 3: "ask"}
    assert "2行目" in reasons(found)["A3"]


def test_a_row_without_its_number_is_asked_unless_numbers_are_to_be_given() -> None:
    rows = sheet(("種別", "所有", "製造番号"), ("PC", "自社", "A1"))
    assert statuses(planned("device", rows)) == {2: "ask"}
    said = Said(constants={"control_number": ""})
    assert statuses(planned("device", rows, said=said)) == {2: "new"}


def test_what_is_missing_in_the_whole_file_is_asked_and_can_be_said_once() -> None:
    rows = sheet(("管理番号", "種別"), ("PC-101", "PC"), ("PC-102", "リース品"))
    found = planned("device", rows)
    assert statuses(found) == {2: "ask", 3: "ask"}
    assert any("所有の列がありません" in reason for reason in reasons(found).values())
    said = Said(constants={"owner": "自社"})
    assert statuses(planned("device", rows, said=said)) == {2: "new", 3: "ask"}


def test_a_constant_never_stands_in_the_place_of_a_cell() -> None:
    rows = sheet(HEAD, ("PC-101", "PC", "リース", None, None), ("PC-102", "PC", None, None, None))
    found = planned("device", rows, said=Said(constants={"owner": "自社"}))
    assert [one["owner"] for one in entries(found)] == ["リース", "自社"]


def test_nested_rows_are_gathered_under_their_record() -> None:
    found = planned(
        "device",
        sheet(
            ("管理番号", "種別", "所有", "記憶装置名", "暗号化の有無"),
            ("PC-101", "PC", "自社", "内蔵SSD", "全体"),
            (None, None, None, "増設HDD", "なし"),
            ("PC-102", "PC", "自社", "内蔵SSD", "全体"),
        ),
    )
    assert entries(found) == [
        device(
            storages=[
                {"name": "内蔵SSD", "encryption": "全体"},
                {"name": "増設HDD", "encryption": "なし"},
            ]
        ),
        device("PC-102", storages=[{"name": "内蔵SSD", "encryption": "全体"}]),
    ]
    assert statuses(found) == {2: "new", 4: "new"}


def test_one_value_for_nested_rows_can_be_said_once() -> None:
    rows = sheet(
        ("管理番号", "種別", "所有", "暗号化"),
        ("PC-101", "PC", "自社", "全体"),
        ("PC-102", "PC", "自社", None),
    )
    assert statuses(planned("device", rows)) == {2: "ask", 3: "new"}
    found = planned("device", rows, said=Said(constants={"storages.name": "内蔵ストレージ"}))
    assert entries(found)[0]["storages"] == [{"encryption": "全体", "name": "内蔵ストレージ"}]
    assert "storages" not in entries(found)[1]


def test_a_column_under_a_foreign_title_is_known_by_its_content() -> None:
    rows = [(f"PC-{n}", "自社", "パソコン" if n % 2 else "USBメモリ") for n in range(101, 106)]
    found = planned("device", sheet(("管理番号", "所有", "もの"), *rows))
    assert [column.path for column in found.columns] == ["control_number", "owner", "kind"]


def test_a_column_with_values_and_no_field_stops_the_import() -> None:
    rows = sheet((*HEAD, "旧番号"), ("PC-101", "PC", "自社", None, None, "本社"))
    (stop,) = planned("device", rows).stops
    assert "F列「旧番号」" in stop
    assert planned("device", rows, said=Said(columns={6: None})).stops == ()
    found = planned("device", rows, said=Said(columns={6: "note", 5: None}))
    assert entries(found) == [device(note="本社")]


def test_a_column_without_values_stops_nothing() -> None:
    found = planned("device", sheet((*HEAD, "旧番号"), ("PC-101", "PC", "自社", None, None, None)))
    assert found.stops == ()


def test_values_beyond_the_head_are_a_column_of_their_own() -> None:
    found = planned("device", sheet(HEAD, ("PC-101", "PC", "自社", None, None, None, "はみ出し")))
    assert any("G列（見出しなし）" in stop for stop in found.stops)


def test_the_number_alone_is_no_record() -> None:
    found = planned("device", sheet(("管理番号", "OS"), ("PC-101", None)), said=Said(columns={2: None}))
    assert any("ほかに取り込む列がありません" in stop for stop in found.stops)


def test_two_tables_under_each_other_are_both_read() -> None:
    found = planned(
        "device",
        sheet(
            ("パソコン",),
            HEAD,
            ("PC-101", "PC", "自社", "A1", None),
            (),
            ("記録媒体",),
            ("媒体番号", "媒体種別", "容量", "所有区分"),
            ("U-1", "USB", "32GB", "購入"),
        ),
    )
    assert entries(found) == [
        device(serial="A1"),
        {"control_number": "U-1", "kind": "USBメモリ", "capacity": "32GB", "owner": "自社"},
    ]


def test_the_sheet_with_the_most_known_titles_is_taken_and_alike_ones_are_asked() -> None:
    devices = sheet(HEAD, ("PC-101", "PC", "自社", None, None), name="PC")
    people = sheet(("氏名", "備考", "種別"), ("山田", None, None), name="名簿")
    assert planned("device", people, devices).sheet == "PC"
    branch = sheet(HEAD, ("PC-201", "PC", "自社", None, None), name="支社")
    with pytest.raises(PeopleError, match="PC」「支社"):
        planned("device", devices, branch)
    assert planned("device", devices, branch, said=Said(sheet="支社")).sheet == "支社"
    with pytest.raises(PeopleError, match="シート「本店」はありません"):
        planned("device", devices, said=Said(sheet="本店"))


def test_what_is_not_brought_in_is_told() -> None:
    noted = sheet(HEAD, ("PC-101", "PC", "自社", None, ("", 5)))
    cells = tuple(cell._replace(note="要確認") if cell.shown == "PC" else cell for cell in noted.cells)
    found = planned("device", replace(noted, cells=cells), sheet(("メモ",), name="覚書"))
    assert [one for one in found.told if "コメント" in one and "B2" in one]
    assert [one for one in found.told if "覚書" in one]
    # A value that its format does not show is asked about.
    assert statuses(found) == {2: "ask"}


def test_no_head_is_told() -> None:
    with pytest.raises(PeopleError, match="見出しの行が見つかりません"):
        planned("device", sheet(("りんご", "みかん"), (1, 2)))


def test_a_head_may_be_said() -> None:
    rows = sheet(("機械", "もち主"), ("PC-101", "PC"), ("PC-102", "PC"))
    said = Said(head=(1,), columns={1: "control_number", 2: "kind"}, constants={"owner": "自社"})
    assert statuses(planned("device", rows, said=said)) == {2: "new", 3: "new"}


def test_dates_numbers_and_zeros_are_what_people_see() -> None:
    found = planned(
        "device",
        sheet(
            ("管理番号", "種別", "所有", "導入日", "容量"),
            (("0012", 12), "PC", "自社", ("令和8年4月1日", date(2026, 4, 1)), ("512GB", 512)),
        ),
    )
    assert entries(found) == [device("0012", introduced_on="2026-04-01", capacity="512GB")]


def test_columns_without_a_field_go_to_the_remarks_behind_their_titles() -> None:
    held = sheet((*HEAD, "旧番号", "棚"), ("PC-101", "PC", "自社", "A1", "予備", "旧-1", "B-2"))
    found = planned("device", held, said=Said(columns={6: "note+", 7: "note+"}))
    assert entries(found) == [device(serial="A1", note="予備\n旧番号：旧-1\n棚：B-2")]
    assert found.stops == ()


def test_what_goes_to_the_remarks_is_added_once_to_what_was_written_there_by_hand() -> None:
    def written(note: str) -> tuple[str, str]:
        held = Device(id=1, control_number="PC-101", kind="PC", owner="自社", note=note)
        rows = sheet((*HEAD, "旧番号"), ("PC-101", "PC", "自社", None, None, "旧-1"))
        found = planned("device", rows, said=Said(columns={6: "note+"}), records=[held], update=True)
        (row,) = found.plan.rows
        assert row.record is not None
        return row.record.note, row.outcome

    assert written("") == ("旧番号：旧-1", "changed")
    assert written("修理中") == ("修理中\n旧番号：旧-1", "changed")
    assert written("修理中\n旧番号：旧-1") == ("修理中\n旧番号：旧-1", "same")


def test_a_row_that_is_left_out_is_told_as_such_and_keeps_nothing_out() -> None:
    held = sheet(HEAD, ("PC-101", "PC", "自社", "A1", None), ("PC-102", "なぞ", "自社", "A2", None))
    assert statuses(planned("device", held)) == {2: "new", 3: "ask"}
    found = planned("device", held, said=Said(without=frozenset({3})))
    assert statuses(found) == {2: "new", 3: "skipped"}
    assert found.lines[1].why == "取り込まないことにした行です。"


def test_what_no_column_says_is_named_once() -> None:
    held = sheet(("管理番号", "種別", "製造番号"), ("PC-101", "PC", "A1"), ("PC-102", "PC", "A2"))
    found = planned("device", held)
    assert lacking(found) == ("owner",)
    advice = {p.advice for line in found.lines for p in line.problems}
    assert advice == {
        '列を加えるか、どの行も同じときはその値を指定してください（--map の constants の "owner"）。'
    }
    assert {without_commands(one) for one in advice} == {
        "列を加えるか、どの行も同じときはその値を指定してください。"
    }
    assert lacking(planned("device", held, said=Said(constants={"owner": "自社"}))) == ()
