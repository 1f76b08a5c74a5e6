"""Registers that are no plain tables of one type: forms, crosses, and rows that tell of two types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.exchange.tables.mapping import Said
from tests.support.offices.office import ERA, WAREKI, Office, Page, Row, Rows, csv, xlsx

ONE, TWO, THREE = "𠮷田　一郎", "髙橋　花子", "渡邉　由美子"
CONTRACT, OTHER = "MK-1024", "第2026-0058号"


def _form(number: str | None, kind: str | None, maker: str | None, day: Any) -> Rows:
    return [
        ("様式第7号（第12条関係）",),
        (None, "電 子 計 算 機 管 理 票"),
        ("管理番号", number, None, None, "区　分", kind),
        ("メーカー", maker, None, None, "型　番", "U9413" if maker else None),
        ("設置年月日", day, None, None, "所有区分", "リース" if number else None),
        ("備考", "５年リース" if number else None),
        (None, None, None, None, "総務部　情報管理係"),
    ]


def _forms() -> Office:
    pages = [
        Page(_form("PC-01", "ノートＰＣ", "富士通", (WAREKI, date(2024, 4, 1))), name="1号機"),
        Page(_form("PC-02", "サーバー", "日立", "R6.4"), name="2号機"),
        Page(_form(None, None, None, "令和　年　月　日"), name="原紙"),
        Page(_form("PC-99", "ノートPC", "NEC", "令和8年4月1日"), name="記入例"),
        Page([("改訂日", "内容"), ("R8.4.1", "新規作成")], name="改訂履歴"),
    ]
    merges = ["B3:D3", "B4:D4", "B5:D5", "B6:F6"]
    held = [Page(one.rows, name=one.name, merges=merges if one.name[0].isdigit() else ()) for one in pages]
    return Office(
        "a form per machine",
        "device",
        xlsx(*held),
        right={
            1: {
                "control_number": "PC-01",
                "kind": "PC",
                "maker": "富士通",
                "model": "U9413",
                "owner": "リース",
                "introduced_on": "2024-04-01",
                "note": "５年リース",
            }
        },
        # 設置年月日 names no field.
        asked={"E2"},
        skipped={3, 4},
        said=Said(columns={5: "introduced_on"}),
    )


def _beside_each_other() -> Office:
    rows: Rows = [
        ("USBメモリ貸出カード", None, None, "USBメモリ貸出カード"),
        ("媒体番号", "U-1", None, "媒体番号", "U-2"),
        ("種類", "USBメモリ", None, "種類", "□PC　☑USBメモリ"),
        ("記憶容量", 32, "GB", "記憶容量", "64GB"),
        ("調達区分", "購入", None, "調達区分", "支給"),
    ]
    shared = {"kind": "USBメモリ"}
    return Office(
        "cards beside each other",
        "device",
        xlsx(Page(rows)),
        right={
            1: {"control_number": "U-1", "capacity": "32GB", "owner": "自社", **shared},
            2: {"control_number": "U-2", "capacity": "64GB", "owner": "貸与", **shared},
        },
    )


def _place() -> Office:
    return Office(
        "one place as text",
        "location",
        csv("作業場所届", "名称,本社３階", "用途,執務室", "所在地,緑川市本町１－２－３", "施錠方法,ICカード"),
        right={},
        asked={"D1"},
        file="届.csv",
    )


def _contracts() -> Office:
    rows: Rows = [
        ("業務従事者配置表", None, None, None, "R8.4.1現在"),
        ("№", "氏名", "所属", CONTRACT, OTHER),
        (1, ONE, "電算課", "○", "業務責任者"),
        (2, TWO, "電算課", (ERA, date(2026, 5, 1)), "－"),
        (3, THREE, "電算課", "×", "△"),
        (None, "合計", None, 2, 1),
    ]
    works = {"roles": [{"role": "従事者"}], "starts_on": "2026-04-01"}
    return Office(
        "people against contracts",
        "assignment",
        xlsx(Page(rows)),
        right={
            1: {"person": ONE, "contract": CONTRACT, **works},
            2: {"person": TWO, "contract": CONTRACT, **works, "starts_on": "2026-05-01"},
            3: {"person": ONE, "contract": OTHER, **works, "roles": [{"role": "業務責任者"}]},
        },
        asked={"D4"},
        said=Said(constants={"roles.role": "従事者", "starts_on": "2026-04-01"}),
    )


def _courses() -> Office:
    rows: Rows = [
        ("令和８年度　個人情報保護教育　受講状況一覧",),
        ("社員番号", "氏名", "新任者研修", "全体研修", "特定個人情報研修"),
        (None, None, (ERA, date(2026, 4, 3)), (ERA, date(2026, 6, 10)), "9/4"),
        ("E-004", THREE, "対象外", "○", "○"),
        ("E-001", ONE, "○", "欠", "○"),
    ]
    taught = {"topics": [{"topic": "遵守事項"}], "contracts": [{"contract": CONTRACT}]}
    return Office(
        "courses with days below them",
        "training",
        xlsx(Page(rows, merges=["A2:A3", "B2:B3"])),
        right={
            1: {
                "title": "新任者研修",
                "held_on": "2026-04-03",
                "attendance": [{"person": "E-001", "outcome": "出席"}],
                **taught,
            },
            2: {
                "title": "全体研修",
                "held_on": "2026-06-10",
                "attendance": [
                    {"person": "E-004", "outcome": "出席"},
                    {"person": "E-001", "outcome": "欠席"},
                ],
                **taught,
            },
        },
        asked={"C4"},
        said=Said(constants={"topics.topic": "遵守事項", "contracts.contract": CONTRACT}),
    )


def _used() -> Office:
    def pc(number: str) -> dict[str, Any]:
        return {"control_number": number, "kind": "PC", "owner": "リース"}

    head: Row = ("資産No", "種別", "調達", "使用者", None, "貸与日", "返却日")
    rows: Rows = [
        ("貸与PC一覧",),
        head,
        (None, None, None, "氏名", "設置場所", None, None),
        ("N-1", "ノートPC", "リース", ONE, "本社　第一作業室", "R8.4.1", None),
        ("N-2", "〃", "〃", TWO, "〃", "〃", "使用中"),
        ("N-3", "〃", "〃", "予備機", None, None, None),
        ("N-4", "〃", "〃", None, None, None, None),
    ]
    return Office(
        "machines and who has them",
        "device",
        xlsx(Page(rows, merges=["D2:E2", "A2:A3", "B2:B3", "C2:C3", "F2:F3", "G2:G3"])),
        right={4: pc("N-1"), 5: pc("N-2"), 7: pc("N-4")},
        # 予備機 is nobody, and nobody knows since when.
        asked={"D6", "6"},
        said=Said(
            columns={3: "owner", 4: "device_use.person", 5: "device_use.location"},
            constants={"device_use.contract": CONTRACT},
        ),
        beside={"device_use": 2},
    )


def _disposed() -> Office:
    rows: Rows = [
        ("廃棄台帳（令和５年度）",),
        ("廃棄日", "廃棄方法", "資産番号", "品名", "媒体", "数量", "受領年月日", "立会人"),
        ("R5.9.1", "溶解処理", "旧-12", "申請書", "紙", "3箱", "R4.4.1", None),
        ("R5.9.1", "シュレッダー", None, "名簿", "紙", "20枚", "R4.10.3", None),
        ("R5.9.1", "溶解処理", "旧-13", "台帳", "紙", "2冊", "R5.9.2", None),
    ]
    once = {"contract": CONTRACT, "status": "実績", "responsible": ONE, "lines.result": "完了"}

    def disposal(method: str, **line: Any) -> dict[str, Any]:
        shared = {"done_on": "2023-09-01", "contract": CONTRACT, "status": "実績", "responsible": ONE}
        return {**shared, "method": method, "lines": [{**line, "medium": "紙", "result": "完了"}]}

    return Office(
        "what was disposed of years ago",
        "disposal",
        xlsx(Page(rows)),
        right={
            3: disposal("溶解", asset="旧-12", item="申請書", quantity=3, unit="箱"),
            4: disposal("裁断", item="名簿", quantity=20, unit="枚"),
        },
        # Received after it was destroyed.
        asked={"G5"},
        said=Said(
            constants={**once, "asset.classification": "個人情報", "event.kind": "受領"},
            making=frozenset({"asset"}),
        ),
        beside={"asset": 3, "event": 3},
    )


def forms() -> tuple[Office, ...]:
    """All of them."""
    return tuple(_all())


def _all() -> Iterator[Office]:
    for made in (_forms, _beside_each_other, _place, _contracts, _courses, _used, _disposed):
        yield made()
