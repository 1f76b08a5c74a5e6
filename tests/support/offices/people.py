"""Lists of staff, attendances and places, each in the style of another office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.exchange.tables.mapping import Said
from tests.support.offices.office import WAREKI, Office, Page, Rows, csv, xlsx


def who(number: str, name: str, **more: Any) -> dict[str, Any]:
    """Somebody of the company's own as a file of records says it."""
    return {"employee_number": number, "name": name, "employment": "社員", **more}


def _split_names() -> Office:
    rows: Rows = [
        ("社　員　名　簿",),
        ("社員№", "氏", "名", "ｾｲ", "ﾒｲ", "社員区分", "在職区分", "入社年月日", "退職年月日"),
        ("00123", "髙橋", "美咲", "ﾀｶﾊｼ", "ﾐｻｷ", "正社員", "在職中", (WAREKI, date(2015, 4, 1)), "在職中"),
        ("00124", "𠮷田", "一郎", "ﾖｼﾀﾞ", "ｲﾁﾛｳ", "嘱託", "在職中", "H30.10.1", None),
        ("00125", "佐藤", None, "ｻﾄｳ", None, "ﾊﾟｰﾄ", "退職", "令和2年4月1日", "R6.3.31"),
        ("00126", "鈴木", "花", "ｽｽﾞｷ", "ﾊﾅ", "派遣", "在職中", "2024/7/1", "－"),
    ]
    return Office(
        "names in two columns",
        "person",
        xlsx(Page(rows, merges=["A1:I1"])),
        right={
            3: who("00123", "髙橋　美咲", kana="ﾀｶﾊｼ　ﾐｻｷ", joined_on="2015-04-01"),
        },
        asked={"F4", "C5", "E5", "6"},
        undecided="G",
    )


def _read_beside() -> Office:
    rows: Rows = [
        ("従業員番号", "従業員氏名", "所属課", "役職", "雇用形態", "備考"),
        ("E1", "山田 太郎（ヤマダ タロウ）", "業務課", "課長", "正社員", None),
        ("E2", "ｽｽﾞｷ ﾊﾅｺ\n鈴木 花子", "業務課", None, "正社員", None),
        ("E3", "佐藤 次郎", "〃", "―", "正社員", "4/1付異動"),
        ("E4", "田中　一※", "〃", None, "正社員", "※育休中"),
        ("E5", "高橋 恵（旧姓 林）", "業務課", None, "パート", None),
        ("E6", "欠員", "業務課", None, "パート", None),
        ("E7", "中村 修、小川 誠", "業務課", None, "パート", None),
        ("計　7名",),
    ]
    return Office(
        "more than a name in the cell of the name",
        "person",
        xlsx(Page(rows)),
        right={4: who("E3", "佐藤 次郎", department="業務課", note="4/1付異動")},
        asked={"B2", "B3", "B5", "B6", "B7", "B8"},
        skipped={9},
    )


def _two_rows_each() -> Office:
    rows: Rows = [
        ("番号", "フリガナ", "所属", "雇用区分"),
        (None, "氏名", None, None),
        ("E1", "ヤマダ　タロウ", "業務課", "社員"),
        (None, "山田　太郎", None, None),
        ("E2", "スズキ　ハナコ", "業務課", "社員"),
        (None, "鈴木　花子", None, None),
    ]
    merges = [f"{c}{n}:{c}{n + 1}" for c in "ACD" for n in (1, 3, 5)]
    return Office(
        "two rows for each person",
        "person",
        xlsx(Page(rows, merges=merges)),
        asked={"2", "D2", "3", "4", "5", "6"},
        undecided="A",
    )


def _temps() -> Office:
    return Office(
        "staff list as text",
        "person",
        csv(
            "スタッフコード,氏名,カナ氏名,派遣元会社,派遣開始日,派遣終了日,雇用形態,業務用電話",
            "S-1,浜辺 由紀,ﾊﾏﾍﾞ ﾕｷ,㈱スタッフみらい,2026/4/1,2027/3/31,派遣スタッフ,312",
            "S-2,﨑山 茂,ｻｷﾔﾏ ｼｹﾞﾙ,〃,〃,2026/4/31,派遣スタッフ,",
            "S-3,森 健,ﾓﾘ ｹﾝ,,4月1日,,派遣スタッフ,0312345678",
            "S-4,林 実,ﾊﾔｼ ﾐﾉﾙ,㈱スタッフみらい,R8.4.1～R9.3.31,,派遣スタッフ,312345678",
        ),
        right={
            2: {
                "employee_number": "S-1",
                "name": "浜辺 由紀",
                "kana": "ﾊﾏﾍﾞ ﾕｷ",
                "agency": "㈱スタッフみらい",
                "agency_from": "2026-04-01",
                "agency_to": "2027-03-31",
                "employment": "派遣",
                "telephone": "312",
            }
        },
        asked={"F3", "E4", "4", "E5", "H5"},
        file="名簿.csv",
    )


def _departments() -> Office:
    rows: Rows = [
        ("部署", "社員番号", "名前", "雇用形態", "入社日"),
        ("総務課", "1", "青木 実", "正社員", date(2001, 4, 1)),
        (None, "2", "石井 光", "正社員", None),
        ("業務課", "3", "上田 進", "正社員", date(2011, 4, 1)),
        (None, "4", "江川 忍", "アルバイト", date(2020, 9, 1)),
    ]
    return Office(
        "departments on the left",
        "person",
        xlsx(Page(rows, merges=["A2:A3"])),
        right={
            2: who("1", "青木 実", department="総務課", joined_on="2001-04-01"),
            3: who("2", "石井 光", department="総務課"),
            4: who("3", "上田 進", department="業務課", joined_on="2011-04-01"),
        },
        asked={"A5"},
    )


def _names_first() -> Office:
    rows: Rows = [
        ("入社日", "氏名", "社員番号", "雇用形態"),
        (date(2001, 4, 1), "青木 実", "1", "正社員"),
        (None, "石井 光", "2", "正社員"),
        (date(2011, 4, 1), None, "3", "正社員"),
    ]
    return Office(
        "days and names left of the number are no groups",
        "person",
        xlsx(Page(rows)),
        right={2: who("1", "青木 実", joined_on="2001-04-01"), 3: who("2", "石井 光")},
        asked={"4"},
    )


def _attendance() -> Office:
    rows: Rows = [
        ("個人情報保護研修　受講者名簿",),
        ("受講日", "研修名称", "会場", "講師名", "研修の内容", "対象契約", "受講者名", "受講状況", "点数"),
        (date(2026, 4, 3), "着手前研修", "本社", "髙橋", "罰則", "MK-1024", "佐藤　美咲", "○", "90点"),
        ("〃", "〃", "〃", "〃", "〃", "〃", "渡邉 由美子", "○", 85),
        ("〃", "〃", "〃", "〃", "〃", "〃", "高木　ひかり", "×", "－"),
        (date(2026, 5, 3), "追加研修", "本社", "髙橋", "罰則", "MK-1024", "佐藤　美咲", "△", None),
    ]
    joined = {
        "held_on": "2026-04-03",
        "title": "着手前研修",
        "place": "本社",
        "lecturer": "髙橋",
    }
    return Office(
        "attendance, a row for each",
        "training",
        xlsx(Page(rows, merges=["A1:I1"])),
        right={
            3: {
                **joined,
                "topics": [{"topic": "罰則"}],
                "contracts": [{"contract": "MK-1024"}],
                "attendance": [
                    {"person": "佐藤　美咲", "outcome": "出席", "score": 90},
                    {"person": "渡邉 由美子", "outcome": "出席", "score": 85},
                    {"person": "高木　ひかり", "outcome": "欠席"},
                ],
            }
        },
        asked={"H6"},
    )


def _crossed() -> Office:
    rows: Rows = [
        ("受講管理表",),
        ("氏名", "情報セキュリティ研修", "個人情報研修"),
        ("佐藤　美咲", "○", "R8.4.3"),
    ]
    taught = {"topics.topic": "遵守事項", "contracts.contract": "MK-1024"}
    return Office(
        "people against courses",
        "training",
        xlsx(Page(rows)),
        right={
            2: {
                "title": "個人情報研修",
                "held_on": "2026-04-03",
                "topics": [{"topic": "遵守事項"}],
                "contracts": [{"contract": "MK-1024"}],
                "attendance": [{"person": "佐藤　美咲", "outcome": "出席"}],
            }
        },
        # Nobody knows when the first was held.
        asked={"1"},
        said=Said(constants=taught),
    )


def _places() -> Office:
    rows: Rows = [
        ("作業場所一覧", None, None, None, "(R8.4.1現在)"),
        ("拠点名", "用途", "所在地", "階・室", "TEL"),
        ("本社", "執務室", "緑川市本町１－２－３", "３階", "０３－１２３４－５６７８"),
        ("第二倉庫", "倉庫", "〃", "Ｂ１", 312345678),
    ]
    return Office(
        "places",
        "location",
        xlsx(Page(rows)),
        right={
            3: {
                "name": "本社",
                "kind": "作業",
                "address": "緑川市本町１－２－３",
                "room": "３階",
                "telephone": "０３－１２３４－５６７８",
            }
        },
        asked={"E4"},
    )


def _leavers() -> Office:
    rows: Rows = [("退職者名簿",), ("社員番号", "氏名", "雇用形態"), ("9", "青木 実", "正社員")]
    return Office("people who left", "person", xlsx(Page(rows)), asked={"3"})


def _two_lists() -> Office:
    rows: Rows = [
        ("従業員名簿",),
        ("課", "社員番号", "氏", "名"),
        ("業務課", "E1", "佐藤", "花子"),
        ("総務課", "E2", "鈴木", "一郎"),
        ("計　2名",),
        (),
        ("協力会社名簿",),
        ("会社", "番号", "氏名", "区分"),
        ("緑川データ", "X1", "大野 裕子", "再委託先"),
        ("緑川データ", "X2", "松本 健", "再委託先"),
    ]
    return Office(
        "a second list with a head of its own",
        "person",
        xlsx(Page(rows)),
        right={
            3: who("E1", "佐藤　花子", department="業務課"),
            4: who("E2", "鈴木　一郎", department="総務課"),
        },
        asked={"9", "10"},
        skipped={5, 7},
        undecided="AB",
        said=Said(constants={"employment": "社員"}),
    )


def people() -> Iterator[Office]:
    """Every list of staff, attendances and places."""
    for made in (
        _split_names,
        _two_lists,
        _read_beside,
        _two_rows_each,
        _temps,
        _departments,
        _names_first,
        _attendance,
        _crossed,
        _places,
        _leavers,
    ):
        yield made()
