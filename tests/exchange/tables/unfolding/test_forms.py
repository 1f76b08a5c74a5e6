"""One form per thing: each is a record, whatever the order of its labels; nothing in it vanishes."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.sheets.book import Sheet
from app.exchange.tables.mapping import Said
from app.exchange.tables.telling import told
from tests.support.registers import entries, planned, reasons, sheet, statuses

OWN = Said(constants={"owner": "自社"})


def card(number: str | None, name: str = "", *more: tuple[Any, ...]) -> Sheet:
    """A form of an office: two labels in a row, a day over several cells, a title above."""
    filled = number is not None
    day = (8, 4, 1) if filled else (None, None, None)
    return sheet(
        ("パソコン管理カード",),
        (),
        ("管理番号", number, None, "種別", "ノート型" if filled else None),
        ("メーカー", "富士通" if filled else None, None, "型番", "U9413" if filled else None),
        ("導入日", "令和", day[0], "年", day[1], "月", day[2], "日"),
        ("備考", "会議室" if filled else None),
        *more,
        name=name or str(number),
    )


def machine(number: str, **more: Any) -> dict[str, Any]:
    shared = {"maker": "富士通", "model": "U9413", "introduced_on": "2026-04-01", "note": "会議室"}
    return {"control_number": number, "kind": "PC", "owner": "自社", **shared, **more}


def test_each_sheet_is_a_record_with_its_place() -> None:
    found = planned("device", card("PC-1"), card("PC-2"), said=OWN)
    assert entries(found) == [machine("PC-1"), machine("PC-2")]
    data = told(found)
    assert data["header_row"] is None
    assert [(row["sheet"], row["row"]) for row in data["rows"]] == [("PC-1", 3), ("PC-2", 3)]
    assert "シート「PC-1」の「パソコン管理カード」は取り込みません。" in data["notes"]
    assert not [note for note in data["notes"] if note.startswith("シート「PC-2」は")]


def test_empty_forms_and_examples_are_told() -> None:
    found = planned("device", card("PC-1"), card("PC-0", "記入例"), card(None, "原紙"), said=OWN)
    assert list(statuses(found).values()) == ["new", "skipped", "skipped"]
    assert [line.why for line in found.lines[1:]] == ["記入例の様式です。", "記入のない様式です。"]


def test_a_label_that_names_no_field_is_decided_and_never_dropped() -> None:
    found = planned("device", card("PC-1", "", ("旧番号", "X-1")), said=OWN)
    assert len(found.stops) == 1
    assert "「旧番号」" in found.stops[0]
    column = next(one.number for one in found.columns if one.title == "旧番号")
    said = Said(constants=OWN.constants, columns={column: "note+"})
    (entry,) = entries(planned("device", card("PC-1", "", ("旧番号", "X-1")), said=said))
    assert entry["note"] == "会議室\n旧番号：X-1"


def test_forms_below_and_beside_each_other() -> None:
    rows = (
        ("管理番号", "PC-1", None, "管理番号", "PC-2"),
        ("種別", "PC", None, "種別", "サーバ"),
        ("製造番号", "A1", None, "製造番号", "A2"),
        (),
        ("管理番号", "PC-3", None, "管理番号", "PC-4"),
        ("種別", "USB", None, "種別", "PC"),
        ("製造番号", "A3", None, "製造番号", None),
    )
    found = planned("device", sheet(*rows), said=OWN)
    assert [(one["control_number"], one["kind"], one.get("serial")) for one in entries(found)] == [
        ("PC-1", "PC", "A1"),
        ("PC-2", "サーバ", "A2"),
        ("PC-3", "USBメモリ", "A3"),
        ("PC-4", "PC", None),
    ]


def test_labels_may_stand_above_their_values() -> None:
    rows = (
        ("管理番号", "種別", "所有"),
        ("PC-1", "PC", "リース"),
        ("製造番号", "OS", "導入日"),
        ("S1", "Windows 11", "R5.4.1"),
        ("メーカー", "型番"),
        ("NEC", "V1"),
    )
    assert entries(planned("device", sheet(*rows))) == [
        {
            "control_number": "PC-1",
            "kind": "PC",
            "owner": "リース",
            "serial": "S1",
            "os": "Windows 11",
            "introduced_on": "2023-04-01",
            "maker": "NEC",
            "model": "V1",
        }
    ]


def test_ticked_boxes_choose_and_what_is_not_certain_is_asked_at_its_place() -> None:
    rows = (("管理番号", "PC-1"), ("種別", "☑PC", "□サーバ"), ("導入日", "4/1"), ("製造番号", "1.2E+11"))
    found = planned("device", sheet(*rows, name="PC-1"), said=OWN)
    assert entries(found)[0]["kind"] == "PC"
    problems = [(one.at, one.reason[:9]) for one in found.lines[0].problems]
    assert [(at.sheet, at.letter, at.row) for at, _ in problems if at] == [("PC-1", "B", 3), ("PC-1", "B", 4)]


def test_two_forms_of_one_number_are_asked() -> None:
    found = planned("device", card("PC-1"), card("PC-1", "控え"), said=OWN)
    assert list(statuses(found).values()) == ["ask", "ask"]
    assert "2枚目と管理番号が同じです" in "".join(reasons(found).values())


def test_a_list_of_changes_behind_the_forms_is_told() -> None:
    history = sheet(("日付", "内容", "備考"), ("R8.4.1", "新規", None), name="改訂履歴")
    found = planned("device", card("PC-1"), history, said=OWN)
    assert entries(found) == [machine("PC-1")]
    assert "シート「改訂履歴」は取り込みません。" in found.told


def test_a_table_stays_a_table() -> None:
    head = ("管理番号", "種別", "所有", "製造番号", "OS", "導入日")
    rows = [(f"PC-{n}", "PC", "自社", f"A{n}", "Windows 11", "R8.4.1") for n in range(3)]
    found = planned("device", sheet(("PC管理台帳",), head, *rows), card("PC-9"))
    assert found.head == (2,)
    assert len(entries(found)) == 3
    assert "シート「PC-9」は取り込みません。" in found.told


LABELS = {
    "管理番号": st.just("PC-1"),
    "種別": st.just("PC"),
    "メーカー": st.sampled_from(["富士通", "NEC"]),
    "型番": st.sampled_from(["U9413", "型番X"]),
    "製造番号": st.sampled_from(["A1", "B-2"]),
    "OS": st.just("Windows 11"),
    "なぞの欄": st.sampled_from(["あり得る値", "12"]),
    "印": st.just("済"),
}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nothing_in_a_form_vanishes_without_a_word(data: st.DataObject) -> None:
    labels = data.draw(st.permutations(list(LABELS)))
    wide = data.draw(st.integers(1, 2))
    values = {label: data.draw(st.none() | LABELS[label]) for label in labels}
    rows = [
        tuple(cell for label in labels[at : at + wide] for cell in (label, values[label], None))
        for at in range(0, len(labels), wide)
    ]
    found = planned("device", sheet(("様式第1号",), *rows), said=OWN)
    samples = [text for column in found.columns for text in column.samples]
    heard = "".join([*found.told, *(column.title for column in found.columns), *samples])
    for label, value in values.items():
        assert label in heard or value is None
        assert value is None or value in heard
