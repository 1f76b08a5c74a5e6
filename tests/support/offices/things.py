"""Registers of media, assets, hand-overs and disposals, each in the style of another office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.exchange.tables.mapping import Said
from tests.support.offices.office import WAREKI, Office, Page, Rows, csv, xlsx


def _sticks() -> Office:
    rows: Rows = [
        ("ＵＳＢメモリ等管理簿",),
        ("媒体番号", "媒体種別", "メーカー", "容量", "暗号化の有無", "購入年月日", "廃棄年月日", "備考欄"),
        ("U-1", "USBﾒﾓﾘ", "バッファロー", "16ＧＢ", "無", "R5.6.1", "使用中", None),
        ("U-2", "〃", "〃", "〃", "ハードウェア暗号化", "〃", "R7.3.31", "破砕"),
        ("U-3", "CD-R", "/", "700MB", "/", "/", "/", None),
        ("U-4", "SDカード", None, 32, None, None, None, None),
    ]
    stick = {
        "kind": "USBメモリ",
        "maker": "バッファロー",
        "capacity": "16ＧＢ",
        "introduced_on": "2023-06-01",
    }
    return Office(
        "media",
        "device",
        xlsx(Page(rows)),
        right={
            3: {
                "control_number": "U-1",
                **stick,
                "owner": "自社",
                "storages": [{"encryption": "なし", "name": "本体"}],
            },
            5: {"control_number": "U-3", "kind": "光学媒体", "capacity": "700MB", "owner": "自社"},
        },
        asked={"E4", "B6", "D6"},
        said=Said(constants={"owner": "自社", "storages.name": "本体"}),
    )


def _lots() -> Office:
    rows: Rows = [
        ("媒体管理番号", "品目", "数量", "所有", "管理者"),
        ("M-1～M-3", "USBメモリ", "3本", "自社", "佐藤"),
        ("M-4", "DVD-R", "1枚", "貸与品", "佐藤"),
    ]
    return Office(
        "several media in one row",
        "device",
        xlsx(Page(rows)),
        right={3: {"control_number": "M-4", "kind": "光学媒体", "owner": "貸与"}},
        asked={"A2"},
        undecided="C",
        said=Said(columns={5: None}),
    )


def _asset(number: str, item: str, **more: Any) -> dict[str, Any]:
    shared = {"contract": "MK-1024", "number": number, "item": item, "classification": "個人情報"}
    return {**shared, "medium": "紙", **more}


def _assets() -> Office:
    rows: Rows = [
        ("情報資産管理台帳", None, None, None, None, None, "（単位：千人）"),
        ("契約番号", "整理番号", "情報資産名称", "情報区分", "媒体名", "単位", "人数（人）", "返却期日"),
        ("MK-1024", "1-1", "納付額合計", "個人", "紙媒体", "枚", "1,200", "R9.3.31"),
        ("MK-1024", "1-2", "宛名データ", "特定個人", "電子データ", "件", "約3000", "R9.3.31"),
        ("MK-1024", "1-3", "調査票", "個人", "書類", "枚", "１，５００人", (WAREKI, date(2027, 3, 31))),
        ("MK-1024", "1-4", "小計", "個人", "書類", "枚", "3千人", None),
        (None, None, "合計", None, None, None, "5,700", None),
    ]
    return Office(
        "assets",
        "asset",
        xlsx(Page(rows)),
        right={
            3: _asset("1-1", "納付額合計", unit="枚", persons=1200, return_by="2027-03-31"),
            5: _asset("1-3", "調査票", unit="枚", persons=1500, return_by="2027-03-31"),
        },
        asked={"G4", "G6"},
        skipped={7},
        stopped="単位：千人",
    )


def _thousands() -> Office:
    rows: Rows = [
        ("契約番号", "台帳番号", "名称", "情報区分", "形態", "単位", "対象人数（千人）"),
        ("MK-1024", "2-1", "調査票", "個人情報", "紙", "枚", 12),
    ]
    return Office(
        "a unit in the head that is not that of the field",
        "asset",
        xlsx(Page(rows)),
        asked={"G2"},
    )


def _event(at: str, quantity: int, **more: Any) -> dict[str, Any]:
    shared = {"asset": "A-0003", "kind": "受領", "status": "実績", "method": "手渡し"}
    return {**shared, "happened_at": at, "quantity": quantity, **more}


def _hand_overs() -> Office:
    rows: Rows = [
        ("個人情報授受簿（令和８年度）",),
        ("授受年月日", "情報資産番号", "区分", "件数", "渡した人", "渡された人", "授受方法", "備考"),
        (None, None, None, None, None, None, None, None),
        ("R8.6.1", "A-0003", "受取", 3, "緑川市　佐藤", "𠮷田", "手渡し", None),
        ("〃", "A-0003", "受取", "2箱", "〃", "〃", "〃", "追加分"),
        ("6/3", "A-0003", "受取", 1, "緑川市　佐藤", "𠮷田", "手渡し", None),
        ("1月5日", "A-0003", "返却", "", "𠮷田", "緑川市　佐藤", "〃", None),
        ("R8.6.4 10:30", "A-0003", "受取", "1", "緑川市　佐藤", "𠮷田", "手渡し", None),
    ]
    hands = {"from_party": "緑川市　佐藤", "to_party": "𠮷田"}
    return Office(
        "hand-over book",
        "event",
        xlsx(Page(rows, merges=["A1:H1"])),
        right={
            4: _event("2026-06-01", 3, **hands),
            8: _event("2026-06-04 10:30", 1, **hands),
        },
        asked={"D5", "A6", "A7", "7"},
        said=Said(columns={4: "quantity"}, constants={"status": "実績"}),
    )


def _three_columns() -> Office:
    rows: Rows = [
        ("年", "月", "日", "情報資産番号", "取扱区分", "数量", "備考"),
        (8, 6, 1, "A-0003", "受領", 1, None),
    ]
    return Office(
        "year, month and day in three columns",
        "event",
        xlsx(Page(rows)),
        asked={"2"},
        undecided="ABC",
        said=Said(constants={"status": "実績"}),
    )


def _disposals() -> Office:
    rows: Rows = [
        ("廃棄記録簿",),
        (
            *("廃棄年月日", "件名", "対象", "媒体", "数量", "情報資産番号", "廃棄方法", "廃棄責任者"),
            *("廃棄実施者", "処理結果", "マニフェスト番号"),
        ),
        (
            *(date(2026, 6, 2), "MK-1024", "書損じ", "紙", "20枚", "A-0003", "シュレッダー", "佐藤　美咲"),
            *("髙橋", "完了", None),
        ),
        (
            *("R8.6.3", "MK-1024", "原票", "紙", "3箱", "A-0003", "□裁断　☑溶解", "佐藤　美咲"),
            *("㈱北斗", "完了", "12345678901"),
        ),
        (
            *("R8.6.3", "MK-1024", "原票", "紙", "1箱", "A-0003", "☑裁断　☑溶解", "佐藤　美咲"),
            *("㈱北斗", "○", 12345678901234567),
        ),
        ("計", None, None, None, "24", None, None, None, None, None, None),
    ]
    line = {
        "item": "書損じ",
        "medium": "紙",
        "quantity": 20,
        "asset": "A-0003",
        "result": "完了",
        "unit": "枚",
    }
    whole = {"contract": "MK-1024", "responsible": "佐藤　美咲", "status": "実績"}
    return Office(
        "disposals",
        "disposal",
        xlsx(Page(rows)),
        right={
            3: {
                **whole,
                "done_on": "2026-06-02",
                "method": "裁断",
                "done_by": "髙橋",
                "lines": [line],
            },
            4: {
                **whole,
                "done_on": "2026-06-03",
                "method": "溶解",
                "done_by": "㈱北斗",
                "manifest": "12345678901",
                "lines": [{**line, "item": "原票", "quantity": 3, "unit": "箱"}],
            },
        },
        asked={"G5", "J5", "K5"},
        skipped={6},
        said=Said(constants={"status": "実績"}),
    )


def _text_media() -> Office:
    return Office(
        "media as text",
        "device",
        csv(
            "記録媒体一覧,,,",
            "出力日：2026/10/01,,,",
            "登録番号,媒体の種類,所有形態,配備日",
            "00012,ﾎﾟｰﾀﾌﾞﾙHDD,自社所有,2024/1/5",
            "1月2日,USBメモリ,自社所有,45296",
            "3E+05,USBメモリ,自社所有,",
        ),
        right={
            4: {
                "control_number": "00012",
                "kind": "外付HDD",
                "owner": "自社",
                "introduced_on": "2024-01-05",
            }
        },
        asked={"A5", "A6"},
        file="媒体.csv",
    )


def things() -> Iterator[Office]:
    """Every register of media, assets, hand-overs and disposals."""
    for made in (_sticks, _lots, _assets, _thousands, _hand_overs, _three_columns, _disposals, _text_media):
        yield made()
