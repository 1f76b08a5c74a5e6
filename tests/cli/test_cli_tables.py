"""import from Excel and CSV in the words of the people who type it: shown first, then all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.support.books import book, rows

Run = Callable[..., Any]
Refused = Callable[[Any], str]

HEAD = ("管理番号", "種別", "所有", "製造番号", "備考")
NEW = ("PC-901", "ノートPC", "購入", "A1", None)


def workbook(path: Path, *held: Sequence[object]) -> Path:
    path.write_bytes(book(rows(("PC管理台帳",), HEAD, *held)))
    return path


def said(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_dry_run_tells_every_row_and_writes_nothing(jutaku: Run, folder: Path) -> None:
    held = jutaku("records", "device", "--json").json
    file = workbook(
        folder / "d.xlsx", NEW, ("PC-901", "PC", "自社", None, None), ("合計", "2台", None, None, None)
    )
    found = jutaku("import", "device", file, "--dry-run", "--json").json
    assert (found["kind"], found["sheet"], found["header_row"]) == ("device", "台帳", 2)
    assert found["columns"][0] == {
        "column": "A",
        "title": "管理番号",
        "field": "control_number",
        "filled": 3,
        "samples": ["PC-901", "PC-901", "合計"],
    }
    assert [(row["row"], row["status"]) for row in found["rows"]] == [(3, "ask"), (4, "ask"), (5, "skipped")]
    assert found["rows"][0]["record"]["owner"] == "自社"
    problem = found["rows"][1]["problems"][0]
    assert (problem["column"], problem["value"]) == ("A", "PC-901")
    assert problem["problem"]
    assert problem["advice"]
    assert "要確認2件" in jutaku("import", "device", file, "--dry-run").out
    assert jutaku("records", "device", "--json").json == held


def test_a_workbook_is_brought_in_once_and_undone_as_one(jutaku: Run, folder: Path) -> None:
    file = workbook(folder / "d.xlsx", NEW, ("PC-902", "USB", "リース", None, "予備"))
    assert jutaku("import", "device", file, "--json").json["counts"]["new"] == 2
    again = jutaku("import", "device", file, "--json").json
    assert (again["counts"]["same"], again["counts"]["new"]) == (2, 0)
    jutaku("undo")
    keys = {one["control_number"] for one in jutaku("records", "device", "--json").json}
    assert not {"PC-901", "PC-902"} & keys


def test_a_change_is_shown_and_needs_update_and_a_blank_erases_nothing(jutaku: Run, folder: Path) -> None:
    assert jutaku("import", "device", workbook(folder / "d.xlsx", NEW)).code == 0
    file = workbook(folder / "e.xlsx", ("ＰＣ-901", "PC", "リース", None, None))
    ran = jutaku("import", "device", file, "--json")
    assert ran.code == 1
    assert "--update" in ran.err
    (row,) = jutaku("import", "device", file, "--update", "--dry-run", "--json").json["rows"]
    assert (row["status"], row["changes"]) == ("changed", {"owner": ["自社", "リース"]})
    assert jutaku("import", "device", file, "--update").code == 0
    (held,) = [one for one in jutaku("records", "device", "--json").json if one["control_number"] == "PC-901"]
    assert (held["owner"], held["serial"]) == ("リース", "A1")


def test_one_row_to_be_asked_keeps_all_from_being_written(jutaku: Run, folder: Path) -> None:
    file = workbook(folder / "d.xlsx", NEW, ("PC-902", "謎", "自社", None, None))
    ran = jutaku("import", "device", file)
    assert ran.code == 1
    assert "4行目のB列" in ran.err
    keys = {one["control_number"] for one in jutaku("records", "device", "--json").json}
    assert "PC-901" not in keys


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_csv_with_a_mapping_is_brought_in(jutaku: Run, folder: Path, encoding: str) -> None:
    file = folder / "d.csv"
    file.write_bytes("機番,しゅるい,置き場\r\nPC-901,PC,本社\r\n".encode(encoding))
    given = said(
        folder / "map.json",
        {
            "header_row": 1,
            "columns": {"A": "control_number", "B": "kind", "C": None},
            "constants": {"owner": "自社"},
        },
    )
    found = jutaku("import", "device", file, "--map", given, "--json").json
    assert found["counts"]["new"] == 1
    assert any("文字コード" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "オブジェクト"),
        ({"sheets": "a"}, "「sheets」という指定はありません"),
        ({"columns": {"1": "kind"}}, "列の名前"),
        ({"columns": {"A": "colour"}}, "「colour」という項目"),
        ({"columns": {"A": "kind", "B": "kind"}}, "2つの列"),
        ({"header_row": 0}, "header_row"),
        ({"constants": {"colour": 1}}, "constants"),
    ],
)
def test_a_mapping_that_says_nothing_is_refused(
    jutaku: Run, folder: Path, refused: Refused, given: object, told: str
) -> None:
    file = workbook(folder / "d.xlsx", NEW)
    assert told in refused(jutaku("import", "device", file, "--map", said(folder / "map.json", given)))


def test_sheets_are_named_and_other_files_are_called_by_their_name(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    file = workbook(folder / "d.xlsx", NEW)
    assert "「支社」はありません" in refused(jutaku("import", "device", file, "--sheet", "支社"))
    assert jutaku("import", "device", file, "--sheet", "台帳").code == 0
    (folder / "a.json").write_text("[]", encoding="utf-8")
    assert "--sheet" in refused(jutaku("import", "device", folder / "a.json", "--sheet", "台帳"))
    (folder / "a.xlsx").write_bytes(b"PK\3\4" + b"\0" * 50)
    assert "壊れている" in refused(jutaku("import", "device", folder / "a.xlsx"))


def test_a_dry_run_of_json_writes_nothing(jutaku: Run, folder: Path) -> None:
    entry = {"control_number": "PC-901", "kind": "PC", "owner": "自社"}
    file = said(folder / "d.json", [entry, {**entry, "kind": "謎"}])
    found = jutaku("import", "device", file, "--dry-run", "--json").json
    assert [row["status"] for row in found["rows"]] == ["new", "error"]
    assert "PC-901" not in jutaku("records", "device", "--json").out


def test_what_goes_out_comes_back_the_same(jutaku: Run, folder: Path) -> None:
    for kind in ("device", "training"):
        file = folder / f"{kind}.xlsx"
        assert jutaku("export", kind, file).code == 0
        found = jutaku("import", kind, file, "--dry-run", "--json").json
        assert {row["status"] for row in found["rows"]} == {"same"}
        assert found["stops"] == []


def test_a_changed_workbook_of_our_own_changes_that_alone(jutaku: Run, folder: Path) -> None:
    file = folder / "d.csv"
    assert jutaku("export", "device", file).code == 0
    text = file.read_text(encoding="utf-8-sig")
    assert "自社" in text
    file.write_text(text.replace("自社", "リース", 1), encoding="utf-8-sig")
    found = jutaku("import", "device", file, "--update", "--dry-run", "--json").json
    changed = [row for row in found["rows"] if row["status"] == "changed"]
    assert [row["changes"] for row in changed] == [{"owner": ["自社", "リース"]}]
    assert {row["status"] for row in found["rows"]} == {"changed", "same"}


def test_the_list_goes_out_as_people_see_it(jutaku: Run, folder: Path) -> None:
    file = folder / "d.csv"
    assert jutaku("export", "device", file, "--sheet-for", "people").code == 0
    head = file.read_text(encoding="utf-8-sig").splitlines()[0]
    assert head == "管理番号,種別,メーカー,型番,製造番号,OS,所有"
    assert jutaku("export", "device", folder / "d.xlsx", "--sheet-for", "people").code == 0


def test_a_template_is_made_and_other_endings_are_refused(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    assert jutaku("template", "person", folder / "名簿.xlsx").code == 0
    assert (folder / "名簿.xlsx").read_bytes().startswith(b"PK")
    assert "「.xlsx」" in refused(jutaku("template", "person", folder / "名簿.csv"))
    assert "「.csv」" in refused(jutaku("export", "person", folder / "名簿.pdf"))
    assert "ありません" in refused(jutaku("export", "persons", folder / "名簿.xlsx"))


def test_a_table_comes_in_by_standard_input(
    jutaku: Run, folder: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))

    given("管理番号\t種別\t所有\nPC-901\tPC\t自社\n".encode())
    assert jutaku("import", "device", "-", "--json").json["counts"]["new"] == 1
    given('[{"control_number": "PC-902", "kind": "PC", "owner": "自社"}]'.encode())
    assert jutaku("import", "device", "-", "--json").json["new"] == 1
    given(book(rows(HEAD, ("PC-903", "PC", "自社", None, None))))
    assert jutaku("import", "device", "-", "--json").json["counts"]["new"] == 1
    given(b"")
    assert "空" in refused(jutaku("import", "device", "-"))


def test_csv_goes_out_as_windows_writes_it_if_nothing_is_lost(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    held = [{"control_number": "PC-901", "kind": "PC", "owner": "自社", "maker": "𠮷田製作所"}]
    assert jutaku("import", "device", said(folder / "d.json", held)).code == 0
    out = folder / "d.csv"
    told = refused(jutaku("export", "device", out, "--encoding", "cp932"))
    assert "「𠮷」（U+20BB7）：PC-901のメーカー" in told
    assert not out.exists()
    assert "「𠮷」" in jutaku("export", "device", out, "--encoding", "cp932", "--replace").out
    assert "〓田製作所" in out.read_bytes().decode("cp932")
    assert jutaku("export", "device", out).code == 0
    assert jutaku("import", "device", out, "--dry-run", "--json").json["counts"]["changed"] == 0
    assert "--encoding" in refused(jutaku("export", "device", folder / "d.xlsx", "--encoding", "cp932"))


def test_forms_are_told_by_sheet_and_place(jutaku: Run, folder: Path) -> None:
    text = "管理番号,PC-901\n種別,ノートPC\n所有,購入\n導入日,4/1\n旧番号,X-1\n"
    file = folder / "様式.csv"
    file.write_text(text, encoding="utf-8")
    found = jutaku("import", "device", file, "--dry-run", "--json").json
    assert found["header_row"] is None
    assert [column["title"] for column in found["columns"]][-1] == "旧番号"
    (row,) = found["rows"]
    assert (row["row"], row["status"]) == (1, "ask")
    assert [(one["column"], one["row"]) for one in row["problems"]] == [("B", 4)]
    assert "B4" in jutaku("import", "device", file, "--dry-run").out


def test_what_an_old_register_disposed_of_is_made_where_the_map_says_so(jutaku: Run, folder: Path) -> None:
    file = folder / "廃棄.csv"
    head = "廃棄日,廃棄方法,資産番号,品名,媒体,数量,単位"
    file.write_text(f"{head}\nR8.10.1,溶解,OLD-1,申請書,紙,3,箱\n", encoding="utf-8")
    once = {"contract": "MK-1024", "status": "実績", "responsible": "E-001", "lines.result": "完了"}
    received = {"asset.classification": "個人情報", "event.kind": "受領", "event.happened_at": "2026-08-01"}
    asked = jutaku(
        "import", "disposal", file, "--dry-run", "--json", "--map", said(folder / "a", {"constants": once})
    )
    assert (asked.json["offers"], asked.json["counts"]["ask"]) == (["asset"], 1)
    wanted = said(folder / "b", {"constants": {**once, **received}, "create": ["asset"]})
    done = jutaku("import", "disposal", file, "--map", wanted)
    assert done.code == 0, done.err
    assert "情報資産：新規1件" in done.out
    held = [
        one for one in jutaku("balance", "--contract", "MK-1024", "--json").json if one["asset"] == "OLD-1"
    ]
    assert [(one["received"], one["disposed"], one["held"]) for one in held] == [(3, 3, 0)]
    jutaku("undo")
    assert not [
        one for one in jutaku("balance", "--contract", "MK-1024", "--json").json if one["asset"] == "OLD-1"
    ]


def test_what_may_be_made_is_said_where_it_is_not(jutaku: Run, folder: Path, refused: Refused) -> None:
    wanted = said(folder / "m", {"create": ["person"]})
    file = workbook(folder / "d.xlsx", NEW)
    assert "create" in refused(jutaku("import", "device", file, "--map", wanted))


def test_the_rest_is_saved_with_its_reasons_and_the_others_come_in(jutaku: Run, folder: Path) -> None:
    file = workbook(folder / "d.xlsx", NEW, ("PC-902", "箱型", "自社", "A2", None))
    left = folder / "直す行.xlsx"
    found = jutaku("import", "device", file, "--rest", left, "--json").json
    assert (found["counts"]["new"], found["counts"]["skipped"]) == (1, 1)
    assert "「直す行.xlsx」に保存しました" in found["known"][-1]
    again = jutaku("import", "device", left, "--dry-run", "--json").json
    assert [(row["row"], row["status"]) for row in again["rows"]] == [(2, "ask")]
    assert again["rows"][0]["record"]["control_number"] == "PC-902"
    answers = {"answers": [{"column": "B", "value": "箱型", "write": "サーバ"}]}
    mapped = said(folder / "m.json", answers)
    assert jutaku("import", "device", left, "--map", mapped, "--json").json["counts"]["new"] == 1


def test_where_nothing_is_left_no_workbook_is_made(jutaku: Run, folder: Path) -> None:
    left = folder / "直す行.xlsx"
    jutaku("import", "device", workbook(folder / "d.xlsx", NEW), "--rest", left)
    assert not left.exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--rest", "a.xlsx", "--dry-run"), "--dry-run と一緒には"),
        (("--rest", "a.csv"), "「.xlsx」にしてください"),
    ],
)
def test_where_the_rest_cannot_go_is_said_first(
    jutaku: Run, refused: Refused, folder: Path, more: Sequence[str], told: str
) -> None:
    assert told in refused(jutaku("import", "device", workbook(folder / "d.xlsx", NEW), *more))
    assert "PC-901" not in jutaku("records", "device", "--json").out


def test_the_same_file_and_the_same_columns_are_known_again(jutaku: Run, folder: Path) -> None:
    head = ("管理番号", "種別", "所有", "製造番号", "旧番号")
    path = folder / "d.xlsx"
    path.write_bytes(book(rows(head, ("PC-901", "箱型", "購入", "A1", "旧-1"))))
    mapped = said(
        folder / "m.json",
        {"columns": {"E": "note+"}, "answers": [{"column": "B", "value": "箱型", "write": "サーバ"}]},
    )
    jutaku("import", "device", path, "--map", mapped)
    (run,) = jutaku("records", "import_run", "--json").json
    assert (run["file_name"], run["new"], len(run["digest"])) == ("d.xlsx", 1, 64)
    assert {one["title"]: one["field"] for one in run["columns"]}["旧番号"] == "note+"
    found = jutaku("import", "device", path, "--dry-run", "--json").json
    assert "同じ内容のファイルです" in found["known"][0]
    assert "--remembered" in found["known"][1]
    assert found["stops"]
    other = folder / "e.xlsx"
    other.write_bytes(book(rows((*head, "設置階"), ("PC-902", "箱型", "購入", "A2", "旧-2", "2階"))))
    found = jutaku("import", "device", other, "--remembered", "--dry-run", "--json").json
    assert "前回なかった列：「設置階」" in found["known"][0]
    assert found["rows"][0]["record"] == {
        "control_number": "PC-902",
        "kind": "サーバ",
        "owner": "自社",
        "serial": "A2",
        "note": "旧番号：旧-2",
    }
    assert [one["column"] for one in found["columns"] if not one["field"]] == ["F"]
    jutaku("undo")
    assert jutaku("import", "device", path, "--dry-run", "--json").json["known"] == []


def test_blanks_erase_only_in_the_columns_that_are_named(jutaku: Run, folder: Path) -> None:
    jutaku("import", "device", workbook(folder / "d.xlsx", ("PC-901", "PC", "自社", "A1", "予備")))
    blank = workbook(folder / "e.xlsx", ("PC-901", "PC", "自社", None, None))
    found = jutaku("import", "device", blank, "--update", "--dry-run", "--json").json
    assert (found["counts"]["same"], found["erased"]) == (1, 0)
    mapped = said(folder / "m.json", {"erases": ["E"]})
    found = jutaku("import", "device", blank, "--update", "--map", mapped, "--json").json
    assert (found["counts"]["changed"], found["erased"]) == (1, 1)
    assert found["rows"][0]["erased"] == ["note"]
    (held,) = (one for one in jutaku("records", "device", "--json").json if one["control_number"] == "PC-901")
    assert (held["serial"], held["note"]) == ("A1", "")
