"""records, import and search in the words of the people who type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app.exchange.demo import sample
from app.records import SPECS

Run = Callable[..., Any]
Refused = Callable[[Any], str]

FIELD_KEYS = {"name", "label", "type", "required", "choices", "refers", "fields"}


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_records_counts_every_kind(jutaku: Run) -> None:
    counts = jutaku("records", "--json").json
    assert list(counts) == list(SPECS)
    imported = [name for name, spec in SPECS.items() if spec.by_hand]
    assert {name: counts[name] for name in imported} == {name: len(sample(name)) for name in imported}
    assert all(counts[name] for name in imported)
    assert "PC・媒体" in jutaku("records").out


def test_the_schema_has_the_promised_shape(run: Run) -> None:
    schema = run("records", "--schema", "--json").json
    assert list(schema) == list(SPECS)
    device = schema["device"]
    assert (device["label"], device["key"]) == ("PC・媒体", ["control_number"])
    fields = {field["name"]: field for field in device["fields"]}
    assert fields["kind"] == {
        "name": "kind",
        "label": "種別",
        "type": "choice",
        "required": True,
        "choices": ["PC", "サーバ", "USBメモリ", "外付HDD", "光学媒体", "携帯端末", "紙保管箱", "その他"],
    }
    assert fields["storages"]["type"] == "rows"
    assert {"name", "encryption", "tool", "method"} <= {f["name"] for f in fields["storages"]["fields"]}
    uses = {field["name"]: field for field in schema["device_use"]["fields"]}
    assert (uses["location"]["type"], uses["location"]["refers"]) == ("ref", "location")


def test_every_field_of_the_schema_says_what_an_import_needs(run: Run) -> None:
    def walk(fields: list[dict[str, Any]]) -> None:
        for field in fields:
            assert set(field) <= FIELD_KEYS
            assert {"name", "label", "type", "required"} <= set(field)
            assert (field["type"] in ("choice", "choices")) == ("choices" in field)
            assert (field["type"] == "ref") == ("refers" in field)
            assert (field["type"] == "rows") == ("fields" in field)
            walk(field.get("fields", []))

    for spec in run("records", "--schema", "--json").json.values():
        assert set(spec) == {"label", "key", "fields"}
        walk(spec["fields"])


def test_an_unknown_kind_is_named(run: Run, refused: Refused) -> None:
    assert "「devise」はありません" in refused(run("records", "devise", "--json"))
    assert "「devise」はありません" in refused(run("records", "devise", "--schema"))
    assert "「devise」はありません" in refused(run("import", "devise", "x.json"))


@pytest.mark.parametrize("kind", [name for name, spec in SPECS.items() if spec.by_hand])
def test_what_is_exported_is_the_same_when_brought_in_again(jutaku: Run, folder: Path, kind: str) -> None:
    exported = jutaku("records", kind, "--json").json
    assert exported
    file = write(folder / "again.json", exported)
    counts = jutaku("import", kind, file, "--update", "--json").json
    assert counts == {"new": 0, "changed": 0, "same": len(exported), "error": 0, "problems": [], "doubts": []}
    assert jutaku("records", kind, "--json").json == exported


def test_a_table_for_people_lines_up(jutaku: Run) -> None:
    lines = jutaku("records", "person").out.splitlines()
    assert lines[0].startswith("氏名")
    assert any("𠮷野 健一" in line for line in lines)
    assert any("髙橋 美咲" in line for line in lines)


def test_import_writes_new_records_and_makes_a_verified_backup(jutaku: Run, folder: Path) -> None:
    file = write(
        folder / "new.json",
        [
            {
                "control_number": "PC-101",
                "kind": "PC",
                "owner": "自社",
                "storages": [{"name": "SSD", "encryption": "全体"}],
            },
            {"control_number": "PC-102", "kind": "その他：検査装置", "owner": "リース"},
        ],
    )
    ran = jutaku("import", "device", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "PC・媒体：新規2件、変更0件、変更なし0件\n"
    assert jutaku("records", "--json").json["device"] == len(sample("device")) + 2
    assert len(list((folder / "sample-backup").glob("*.jutaku"))) == 1


def test_one_object_is_as_good_as_a_list(jutaku: Run, folder: Path) -> None:
    file = write(folder / "one.json", {"name": "別館", "kind": "作業", "address": "みなと北市"})
    assert jutaku("import", "location", file).code == 0


def test_update_replaces_the_given_fields_and_keeps_the_others(jutaku: Run, folder: Path) -> None:
    file = write(folder / "u.json", {"employee_number": "E-005", "post": "主任", "kana": None})
    ran = jutaku("import", "person", file, "--update", "--json")
    assert ran.json["changed"] == 1
    person = next(p for p in jutaku("records", "person", "--json").json if p["employee_number"] == "E-005")
    assert (person["post"], person["kana"], person["name"]) == ("主任", "", "𠮷田 さくら")


def test_a_key_that_exists_is_refused_unless_updating(jutaku: Run, folder: Path, refused: Refused) -> None:
    file = write(folder / "k.json", {"employee_number": "E-005", "name": "別人", "employment": "社員"})
    assert "既に登録されています" in refused(jutaku("import", "person", file))
    assert "既に登録されています" in refused(
        jutaku("import", "vendor", write(folder / "v.json", {"name": "別の会社"}))
    )


def test_rows_of_one_file_may_name_each_other_in_order(jutaku: Run, folder: Path, refused: Refused) -> None:
    original = {
        "contract": "MK-1024",
        "number": "A-0101",
        "item": "名簿",
        "classification": "個人情報",
        "medium": "紙",
        "unit": "枚",
    }
    copy = {**original, "number": "A-0102", "copy_of": "A-0101"}
    assert "「A-0101」が台帳にありません" in refused(
        jutaku("import", "asset", write(folder / "a.json", [copy, original]))
    )
    assert jutaku("import", "asset", write(folder / "a.json", [original, copy])).code == 0
    held = {asset["number"]: asset for asset in jutaku("records", "asset", "--json").json}
    assert held["A-0102"]["copy_of"] == "A-0101"


ASSET = '{"contract":"MK-1024","item":"i","classification":"個人情報","medium":"紙","unit":"枚","persons":'
EVENT = '{"asset":"A-0001","happened_at":"2026-11-01 9:00","status":"実績","kind":'

BAD = {
    "no JSON": ("person", b"[{", "JSONとして読めません（1行目"),
    "no bytes": ("person", b"", "中身が空です"),
    "a plain number": ("person", b"3", "配列"),
    "an empty list": ("person", b"[]", "取り込む記録がありません"),
    "no encoding": ("person", b'{"name":"\x81\xff\xfe"}', "1行目に、文字として読めないもの"),
    "a name twice": ("person", b'{"name":"a","name":"b"}', "「name」が1件の中に2回"),
    "not a number": ("asset", b'{"persons":NaN}', "NaN"),
    "endless digits": ("asset", b'{"persons":' + b"9" * 5000 + b"}", "桁数"),
    "endless depth": ("person", b"[" * 100_000, "入れ子が深すぎ"),
    "a list in a list": ("person", b"[[]]", "1件目：項目の組"),
    "an unknown field": ("person", '[{"name":"山","employment":"社員","age":3}]'.encode(), "1件目の「age」"),
    "a wrong type": ("asset", (ASSET + '"many"}').encode(), "本人の数「many」は整数で"),
    "a fraction": ("event", (EVENT + '"受領","quantity":1.5}').encode(), "A-0001の数量「1.5」は小数です。"),
    "a missing fact": ("person", '[{"name":"山"}]'.encode(), "雇用区分を入力してください。"),
    "a dangling reference": (
        "assignment",
        '{"person":"E-999","contract":"MK-1024","roles":[{"role":"従事者"}],"starts_on":"2026-04-01"}'.encode(),
        "要員「E-999」が台帳にありません",
    ),
    "a dangling reference in a row": (
        "oath",
        b'{"person":"E-001","contracts":[{"contract":"NONE"}]}',
        "1件目の「対象の契約」1行目の「契約」：契約「NONE」が台帳にありません",
    ),
    "the end before the start": (
        "location_use",
        '{"location":"本社 保管庫","contract":"MK-1024","purpose":"x","starts_on":"2027-01-02",'
        '"ends_on":"2027-01-01"}'.encode(),
        "以後の日にしてください",
    ),
    "a quantity below zero": ("event", (EVENT + '"受領","quantity":-1}').encode(), "数量は0より大きい数"),
    "more returned than held": ("event", (EVENT + '"返還","quantity":500}').encode(), "A-0001"),
    "more destroyed than held": (
        "disposal",
        '{"contract":"MK-1024","status":"実績","done_on":"2026-11-01","method":"裁断","responsible":"E-003",'
        '"lines":[{"asset":"A-0016","item":"x","medium":"紙","quantity":99,"unit":"冊","result":"完了"}]}'.encode(),
        "A-0016",
    ),
    "the same key twice": (
        "person",
        '[{"employee_number":"Z","name":"a","employment":"社員"},'
        '{"employee_number":"Z","name":"b","employment":"社員"}]'.encode(),
        "2件目の「社員番号」：1件目と同じキー「Z」",
    ),
    "documents": ("submission", b"[{}]", "提出書類は取り込めません"),
    "attachments": ("attachment", b"[{}]", "添付は取り込めません"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_sentence_and_writes_nothing(
    jutaku: Run, folder: Path, refused: Refused, name: str
) -> None:
    kind, data, said = BAD[name]
    file = folder / "bad.json"
    file.write_bytes(data)
    before = jutaku("verify", "--json").json["entries"]
    assert said in refused(jutaku("import", kind, file))
    found = jutaku("verify", "--json").json
    # What only the ledger itself can refuse has come as far as the backup before an import.
    assert all(head == {"source": "manifest", "entry": before, "holds": True} for head in found.pop("heads"))
    assert found == {"ok": True, "entries": before, "problems": []}
    assert not list(folder.glob("sample-backup/.*"))


def test_one_bad_row_keeps_all_others_out(jutaku: Run, folder: Path) -> None:
    rows = [{"name": f"者{n}", "employment": "社員"} for n in range(50)] + [{"name": "x", "employment": "?"}]
    ran = jutaku("import", "person", write(folder / "b.json", rows), "--json")
    assert ran.code == 1
    assert ran.json["problems"][0]["row"] == 51
    assert jutaku("records", "--json").json["person"] == len(sample("person"))


def test_a_file_of_the_old_windows_code_page_is_read(jutaku: Run, folder: Path) -> None:
    file = folder / "sjis.json"
    file.write_bytes('{"name":"髙木","employment":"社員"}'.encode("cp932"))
    assert jutaku("import", "person", file).code == 0
    assert jutaku("search", "髙木", "--json").json[0]["text"].endswith("髙木")


def test_a_file_that_is_too_large_or_absent_is_named(jutaku: Run, folder: Path, refused: Refused) -> None:
    large = folder / "large.json"
    large.write_bytes(b" " * (20 * 1024 * 1024 + 1))
    assert "大きすぎます" in refused(jutaku("import", "person", large))
    assert "見つかりません" in refused(jutaku("import", "person", folder / "none.json"))
    assert "読めません" in refused(jutaku("import", "person", folder))


def test_the_same_events_are_not_counted_twice(jutaku: Run, folder: Path, refused: Refused) -> None:
    event = {
        "asset": "A-0016",
        "kind": "使用",
        "status": "実績",
        "happened_at": "2026-11-02 10:00",
        "quantity": 1,
    }
    file = write(folder / "e.json", event)
    assert jutaku("import", "event", file).code == 0
    assert "まったく同じ内容" in refused(jutaku("import", "event", file))
    assert jutaku("import", "event", file, "--update", "--json").json["same"] == 1


@pytest.mark.parametrize("text", ["髙", "高橋", "タカハシ", "𠮷田", "ＰＣ-001", "封入対象者一覧"])
def test_search_finds_short_and_variant_spellings(jutaku: Run, text: str) -> None:
    hits = jutaku("search", text, "--json").json
    assert hits
    assert all(set(hit) == {"record", "key", "text"} for hit in hits)


def test_search_for_nothing_is_refused(jutaku: Run, refused: Refused) -> None:
    assert "探す語" in refused(jutaku("search", "　"))
    assert jutaku("search", "どこにもない語", "--json").json == []


def test_a_record_is_found_as_it_is_written_on_paper(jutaku: Run, folder: Path) -> None:
    entry = {"name": "佐久間 晴香", "employee_number": "E-901", "employment": "社員", "kana": "サクマ ハルカ"}
    assert jutaku("import", "person", write(folder / "p.json", [entry])).code == 0
    for query in (
        "佐久間 晴香",
        "佐久間　晴香",
        "佐久間晴香",
        "サクマハルカ",
        "ｻｸﾏﾊﾙｶ",
        "さくまはるか",
        "E901",
    ):
        assert "E-901" in [hit["key"] for hit in jutaku("search", query, "--json").json], query


def test_records_stand_in_their_order(jutaku: Run, folder: Path) -> None:
    numbers = ["NB-1", "NB-10", "NB-2", "NB-21", "ＮＢ－3"]
    file = write(folder / "d.json", [{"control_number": n, "kind": "PC", "owner": "自社"} for n in numbers])
    assert jutaku("import", "device", file).code == 0
    wanted = ["NB-1", "NB-2", "ＮＢ－3", "NB-10", "NB-21"]
    told = [one["control_number"] for one in jutaku("records", "device", "--json").json]
    assert [number for number in told if number in numbers] == wanted
    lines = jutaku("records", "device").out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("NB", "ＮＢ"))] == wanted


def test_what_an_import_leaves_out_is_said(jutaku: Run, folder: Path) -> None:
    entry = {"control_number": "PC-777", "kind": "PC", "owner": "自社", "serial": "\u202aSN-7781"}
    said = "目に見えない文字1個を除いてPC・媒体を取り込みます（1件目の「製造番号」）。"
    assert said in jutaku("import", "device", write(folder / "d.json", [entry])).out
    again = jutaku("import", "device", folder / "d.json", "--update", "--json").json
    assert (again["same"], again["notes"]) == (1, [said])


def test_weights_go_in_and_out_exactly(jutaku: Run, folder: Path, refused: Refused) -> None:
    asset = {
        "contract": "MK-1024",
        "number": "A-0900",
        "item": "旧帳票",
        "classification": "個人情報",
        "medium": "紙",
        "unit": "kg",
    }
    assert jutaku("import", "asset", write(folder / "a.json", asset)).code == 0
    event = {"asset": "A-0900", "kind": "受領", "status": "実績", "happened_at": "2026-11-02"}
    given = ["12．5", 1204.25, 2, "0.001"]
    rows = [{**event, "quantity": quantity} for quantity in given]
    assert jutaku("import", "event", write(folder / "e.json", rows)).code == 0
    held = [one for one in jutaku("records", "event", "--json").json if one["asset"] == "A-0900"]
    assert [one["quantity"] for one in held] == ["12.5", "1204.25", 2, "0.001"]
    assert {one["happened_at"] for one in held} == {"2026-11-02"}
    (line,) = (
        one for one in jutaku("balance", "--contract", "MK-1024", "--json").json if one["asset"] == "A-0900"
    )
    assert line["held"] == line["received"] == "1218.751"
    assert "1,218.751" in jutaku("balance", "--contract", "MK-1024").out
    assert jutaku("verify", "--json").json["ok"]
    broken = write(folder / "b.json", {**event, "asset": "A-0001", "kind": "使用", "quantity": 0.5})
    assert "A-0001の数量「0.5」は小数です。" in refused(jutaku("import", "event", broken))


def test_a_day_far_off_is_named_and_brought_in(jutaku: Run, folder: Path) -> None:
    far = {"employment": "社員", "joined_on": "2099-04-01"}
    out = jutaku("import", "person", write(folder / "p.json", {"name": "架空 太郎", **far})).out
    assert "確認：1件目の「入社日」：入社日の2099年（令和81年）は" in out
    other = write(folder / "q.json", {"name": "架空 次郎", **far})
    again = jutaku("import", "person", other, "--json").json
    assert (again["new"], [one["field"] for one in again["doubts"]]) == (1, ["joined_on"])


def test_what_is_known_by_its_day_alone_is_brought_in_and_told_so(jutaku: Run, folder: Path) -> None:
    incident = {
        "contract": "MK-1024",
        "kinds": ["おそれ"],
        "found_at": "令和8年11月2日",
        "circumstances": "確認中",
    }
    assert jutaku("import", "incident", write(folder / "i.json", incident)).code == 0
    held = jutaku("records", "incident", "--json").json
    assert [one["found_at"] for one in held if one["circumstances"] == "確認中"] == ["2026-11-02"]
    told = [one["text"] for one in jutaku("checks", "--json").json if "時刻" in one["text"]]
    assert any("の「発見した日時」に時刻がない" in text for text in told)


def test_of_a_json_file_is_written_down_what_came_of_it_and_it_is_known_again(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    there = jutaku("records", "device", "--json").json[0]
    entry = {"control_number": "PC-901", "kind": "PC", "owner": "自社"}
    file = write(folder / "機器.json", [entry, {**there, "note": "移設"}])
    first = jutaku("import", "device", file, "--update", "--json").json
    assert (first["new"], first["changed"], "known" in first) == (1, 1, False)
    (run,) = jutaku("records", "import_run", "--json").json
    assert (run["record_kind"], run["file_name"]) == ("device", "機器.json")
    assert run["digest"] == sha256(file.read_bytes()).hexdigest()
    assert [run[name] for name in ("new", "changed", "same", "left_out", "erased")] == [1, 1, 0, 0, 0]
    # Nothing is written by what is the same, and nothing is written down of it.
    again = jutaku("import", "device", file, "--update", "--json").json
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    (known,) = again["known"]
    assert "「機器.json」（新規1件、変更1件）と同じ内容のファイルです" in known
    assert known in jutaku("import", "device", file, "--dry-run").out
    assert "既に登録されています" in refused(jutaku("import", "device", file))
    assert jutaku("records", "import_run", "--json").json == [run]
    # Taken back, the file was never brought in.
    assert jutaku("undo").code == 0
    assert jutaku("records", "import_run", "--json").json == []
    assert "known" not in jutaku("import", "device", file, "--update", "--json").json


def test_a_json_file_that_is_refused_leaves_no_record_of_it(jutaku: Run, folder: Path) -> None:
    file = write(folder / "x.json", [{"control_number": "PC-901", "kind": "PC", "owner": "だれか"}])
    assert jutaku("import", "device", file, "--json").code == 1
    assert jutaku("records", "import_run", "--json").json == []
