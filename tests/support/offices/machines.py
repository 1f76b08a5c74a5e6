"""Registers of PCs, each in the style of another office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.exchange.tables.mapping import Said
from tests.support.offices.office import ERA, WAREKI, Office, Page, Rows, Value, csv, xlsx

OWN = Said(constants={"owner": "自社"})


def pc(number: str, **more: Any) -> dict[str, Any]:
    """A machine of the company's own as a file of records says it."""
    return {"control_number": number, "kind": "PC", "owner": "自社", **more}


def _two_lines() -> Office:
    rows: Rows = [
        ("パーソナルコンピュータ管理台帳",),
        (None, None, None, None, None, None, None, "令和8年10月1日現在"),
        (None, None, None, None, None, None, None, "作成：総務課　髙橋"),
        (),
        ("項番", "管理\n番号", "機　　器", None, None, None, "導　入\n年月日", "備　　考"),
        (None, None, "種別", "メーカー", "型　番", "製造番号", None, None),
        (1, "PC-101", "ノート型", "富士通", "U9413", "R4A01234", (WAREKI, date(2024, 4, 1)), None),
        (2, "PC-102", "〃", "〃", "〃", "R4A01235", "〃", "会議室用"),
        (3, "PC-103", "同上", "ＮＥＣ", "VKT16", "－", (ERA, date(2025, 5, 7)), "同上"),
        (None, None, "以上"),
    ]
    merges = ["A1:H1", "A5:A6", "B5:B6", "C5:F5", "G5:G6", "H5:H6"]
    shared = {"maker": "富士通", "model": "U9413", "introduced_on": "2024-04-01"}
    return Office(
        "two-line head below a title",
        "device",
        xlsx(Page(rows, merges=merges)),
        right={
            7: pc("PC-101", serial="R4A01234", **shared),
            8: pc("PC-102", serial="R4A01235", note="会議室用", **shared),
            9: pc("PC-103", maker="ＮＥＣ", model="VKT16", introduced_on="2025-05-07", note="会議室用"),
        },
        skipped={10},
        said=OWN,
    )


def _tool() -> Office:
    return Office(
        "export of an asset tool",
        "device",
        csv(
            '"資産ID","資産種別","メーカーとモデル","OSバージョン","シリアル","取得区分","購入日","ユーザー名"',
            '"0001","ノートPC","Dell Latitude 5440","Windows 11 Pro","ABC1234","購入","2023/04/03","山田"',
            '"0002","デスクトップPC","なぞの機械 X1","Windows 11 Pro 23H2","","リース","2023/04/03",""',
            '"0003","Server","HP ProLiant","Windows Server 2022","1.2E+11","購入","23/4/3","髙橋①"',
        ),
        right={
            2: pc(
                "0001",
                maker="Dell",
                model="Latitude 5440",
                os="Windows 11 Pro",
                serial="ABC1234",
                introduced_on="2023-04-03",
            )
        },
        asked={"C3", "E4", "G4"},
        said=Said(columns={2: "kind", 8: None}),
        file="export.csv",
    )


def _printed() -> Office:
    head = ("№", "資産番号", "品名", "購入・リースの別", "備考")
    rows: Rows = [
        ("資産台帳（パソコン）", None, None, None, "1/2頁"),
        head,
        (1, "A-1", "パソコン", "購入", None),
        (2, "A-2", "パソコン", "リース", "5年"),
        (None, "小計", "2台", None, None),
        ("資産台帳（パソコン）", None, None, None, "2/2頁"),
        head,
        (3, "A-3", "サーバー", "購入", "電算室"),
        (None, "頁計", "1台", None, None),
        (None, "合　計", "3台", None, None),
        (None, None, None, None, "以　上"),
    ]
    return Office(
        "printed pages",
        "device",
        xlsx(Page(rows, merges=["A1:D1", "A6:D6"])),
        right={
            3: pc("A-1"),
            4: pc("A-2", owner="リース", note="5年"),
            8: pc("A-3", kind="サーバ", note="電算室"),
        },
        skipped={5, 6, 7, 9, 10, 11},
    )


_DAYS: tuple[tuple[Value, str], ...] = (
    ("R5.4.1", "2023-04-01"),
    ("令和５年４月１日", "2023-04-01"),
    ("令和元年5月1日", "2019-05-01"),
    ("R元.5.1", "2019-05-01"),
    ("H31.4.30", "2019-04-30"),
    ("平成３１年　４月３０日", "2019-04-30"),
    ("2023.4.1", "2023-04-01"),
    (20230401, "2023-04-01"),
    ("二〇二三年四月一日", "2023-04-01"),
    ("R5年度", ""),
    ("５．４．１", ""),
    ("R5.4頃", ""),
    (50401, ""),
    ("H元.1.7", ""),
    ("R5.4.1購入", ""),
    (("yyyy/m", date(2023, 4, 1)), ""),
)


def _days() -> Office:
    rows: Rows = [
        ("端末番号", "端末種別", "取得日"),
        *[(f"T{n}", "PC", day) for n, (day, _) in enumerate(_DAYS)],
    ]
    return Office(
        "days in every writing",
        "device",
        xlsx(Page(rows)),
        right={n + 2: pc(f"T{n}", introduced_on=held) for n, (_, held) in enumerate(_DAYS) if held},
        asked={f"C{n + 2}" for n, (_, held) in enumerate(_DAYS) if not held},
        said=OWN,
    )


def _bands() -> Office:
    rows: Rows = [
        ("端末管理簿",),
        ("管理No.", "種類", "OS", "所有区分", "摘要"),
        ("【総務課】",),
        ("ＰＣ－９０１", "ノートＰＣ", "Ｗｉｎｄｏｗｓ１１", "自社", "※電池不良"),
        ("ＰＣ－９０２", "ノートＰＣ", "Ｗｉｎｄｏｗｓ１１", "自社", None),
        ("総務課　計", None, "2台", None, None),
        ("業務課",),
        ("ＰＣ－９０３", "デスクトップ", "Ｗｉｎｄｏｗｓ１１", "ﾘｰｽ", None),
        ("計３台",),
        ("※", "貸出用は除く。"),
        ("注１", "OSは令和8年10月時点"),
    ]
    os = {"os": "Ｗｉｎｄｏｗｓ１１"}
    return Office(
        "bands between groups",
        "device",
        xlsx(Page(rows, merges=["A1:E1", "A3:E3", "A7:E7"])),
        right={
            4: pc("ＰＣ－９０１", note="※電池不良", **os),
            5: pc("ＰＣ－９０２", **os),
            8: pc("ＰＣ－９０３", **{**os, "owner": "リース"}),
        },
        skipped={3, 6, 7, 9, 10, 11},
    )


def _gaps() -> Office:
    rows: Rows = [
        ("No", "PC番号", "機種", "シリアルNo.", "状態"),
        (1, ("0000", 12), "VersaPro", "S1", "使用中"),
        (2, ("0000", 13), "VersaPro", "S2", "使用中"),
        (4, ("0000", 15), "VersaPro", "S4", "廃棄済"),
        (5, ("0000", 16), None, None, None),
        (6, ("0000", 17), "VersaPro", "S6", "使用中"),
        (7, ("0000", 18), None, None, None),
        (8, None, None, None, None),
        ("計　5台",),
    ]
    return Office(
        "numbers with gaps and blank forms",
        "device",
        xlsx(Page(rows)),
        right={
            2: pc("0012", model="VersaPro", serial="S1"),
            3: pc("0013", model="VersaPro", serial="S2"),
            4: pc("0015", model="VersaPro", serial="S4"),
            6: pc("0017", model="VersaPro", serial="S6"),
        },
        asked={"5"},
        skipped={7, 8, 9},
        undecided="E",
        said=Said(constants={"owner": "自社", "kind": "PC"}),
    )


def _lined_out() -> Office:
    rows: Rows = [
        ("管理番号", "種別", "所有", "製造番号"),
        ("PC-1", "PC", "自社", "A1"),
        ("PC-2", "PC", "自社", "A2"),
        ("PC-3", "PC", "自社", "A3"),
    ]
    return Office(
        "lined out and hidden rows",
        "device",
        xlsx(Page(rows, struck=[3], hidden_rows=[4])),
        right={2: pc("PC-1", serial="A1")},
        asked={"3", "4"},
    )


def _departments() -> Office:
    rows: Rows = [
        ("区分", "管理番号", "メーカー", "形名", "容量（GB）", "リース開始日"),
        ("PC", "N-01", "Panasonic", "CF-SV", 512, date(2024, 10, 1)),
        (None, "N-02", "↓", "↓", 256, "↓"),
        (None, "N-03", "｜", "〃（黒）", "1TB", date(2024, 10, 2)),
        ("サーバ", "S-01", "同左", "同", 2000, None),
    ]
    same = {"maker": "Panasonic", "model": "CF-SV", "introduced_on": "2024-10-01"}
    return Office(
        "blanks under a group and arrows",
        "device",
        xlsx(Page(rows)),
        right={
            2: pc("N-01", capacity="512GB", owner="リース", **same),
            3: pc("N-02", capacity="256GB", owner="リース", **same),
        },
        asked={"C4", "D4", "C5", "D5"},
        said=Said(columns={4: "model"}, constants={"owner": "リース"}),
    )


def _noted_numbers() -> Office:
    rows: Rows = [
        ("管理番号", "種別", "所有", "備考"),
        ("PC-1\n（旧A-12）", "PC", "自社", None),
        ("PC-2※", "PC", "自社", "※修理中"),
        ("PC-3～PC-5", "PC", "自社", "3台"),
        ("PC-6、PC-7", "PC", "自社", None),
        ("欠番", None, None, None),
        ("PC-8", "PC（ノート）", "自社", None),
        ("PC-9", "PC", "自社", "-"),
    ]
    return Office(
        "numbers with more in their cell",
        "device",
        xlsx(Page(rows)),
        right={8: pc("PC-9")},
        asked={"A2", "A3", "A4", "A5", "A6", "6", "B7"},
    )


def _side_by_side() -> Office:
    head = ("管理番号", "種別", "所有")
    rows: Rows = [(*head, None, *head), ("PC-1", "PC", "自社", None, "PC-2", "PC", "自社")]
    return Office(
        "two tables side by side",
        "device",
        xlsx(Page(rows)),
        right={2: pc("PC-1")},
        undecided="EFG",
    )


def _several_sheets() -> Office:
    head = ("管理番号", "種別", "所有", "ウイルス対策", "OS更新", "暗号化")
    rows: Rows = [
        head,
        ("PC-1", "PC", "自社", "ウイルスバスター", "済", "○"),
        ("PC-2", "PC", "自社", "有", "未", "×"),
    ]
    pages = (
        Page([("記入要領",), ("管理番号は総務課が付ける",)], name="説明"),
        Page(rows, name="台帳"),
        Page([("PC", "自社"), ("USB", "リース")], name="選択肢", hidden=True),
    )
    return Office(
        "several sheets and marks",
        "device",
        xlsx(*pages),
        asked={"F2", "D3"},
        right={},
        undecided="E",
        said=Said(constants={"storages.name": "内蔵ストレージ"}),
    )


def _gone() -> Office:
    head = ("No.", "管理番号", "種別", "メーカー", "型番", "製造番号", "備考")
    rows: Rows = [
        ("PC管理台帳",),
        head,
        ("例", "PC-000", "PC", "富士通", "U1", "A0", None),
        (1, "PC-1", "PC", "富士通", "U1", "A1", None),
        (2, "PC-2", "PC", "不明", None, "A2", None),
        (3, "PC-3", "PC", "富士通", "U1", "A3\nA4", None),
        (4, "PC-4", "PC", "富士通", "U1", "A5", "R7.3廃棄済"),
        ("予備", "PC-5", "PC", "富士通", "U1", "A6", None),
        ("【廃棄済機器】",),
        (5, "PC-6", "PC", "富士通", "U1", "A7", None),
    ]
    return Office(
        "examples, spares and machines that are gone",
        "device",
        xlsx(Page(rows, merges=["D5:E5"])),
        right={4: pc("PC-1", maker="富士通", model="U1", serial="A1")},
        asked={"D5", "F6", "7", "A8", "10"},
        skipped={3, 9},
        said=OWN,
    )


def machines() -> Iterator[Office]:
    """Every register of PCs."""
    for made in (
        _two_lines,
        _tool,
        _printed,
        _days,
        _bands,
        _gaps,
        _lined_out,
        _departments,
        _noted_numbers,
        _side_by_side,
        _several_sheets,
        _gone,
    ):
        yield made()
