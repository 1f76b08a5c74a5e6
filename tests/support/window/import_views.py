"""取込み of what is no plain register: forms, crosses, and rows that tell of two types of record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.exchange.sheets.book import Book, Sheet
from app.ui.importing.page import ImportPage
from app.ui.targets import BringIn
from tests.support.registers import sheet

if TYPE_CHECKING:
    from tests.support.window.stage import Stage

View = Callable[[Any], QWidget | None]


def _form(number: str | None, maker: str | None, day: str | None) -> Sheet:
    return sheet(
        ("パソコン管理カード",),
        ("管理番号", number, None, "種別", "ノート型" if number else None),
        ("メーカー", maker, None, "型番", "U9413" if number else None),
        ("導入日", day, None, "調達区分", "リース" if number else None),
        ("旧管理番号", "電-12" if number else None),
        ("備考", "５年リース" if number else None),
        name=number or "原紙",
    )


_FORMS = (_form("PC-901", "富士通", "令和6年4月1日"), _form("PC-902", "NEC", "6/4"), _form(None, None, None))
_CROSS = (
    sheet(
        ("令和８年度　個人情報保護教育　受講状況一覧",),
        ("社員番号", "氏名", "新任者研修", "全体研修", "特定個人情報研修"),
        (None, None, "R8.4.3", "R8.6.10", "9/4"),
        ("E-001", "𠮷野 健一", "○", "×", "○"),
        ("E-002", "髙橋 美咲", "－", "○", "△"),
        name="受講状況",
    ),
)
_USED = (
    sheet(
        ("貸与PC一覧",),
        ("資産番号", "種別", "調達区分", "使用者", "設置場所", "貸与日"),
        ("PC-901", "ノートPC", "リース", "E-001", "本社 第一作業室", "R8.4.1"),
        ("PC-902", "ノートPC", "リース", "E-002", "本社 保管庫", "R8.4.1"),
        ("PC-903", "ノートPC", "リース", "予備", None, None),
        name="一覧",
    ),
)
_OLD = (
    sheet(
        ("廃棄台帳（令和５年度）",),
        ("契約番号", "廃棄日", "廃棄方法", "資産番号", "品名", "媒体", "数量", "責任者"),
        ("MK-1024", "R5.9.1", "溶解処理", "旧-12", "申請書", "紙", "3箱", "E-001"),
        ("MK-1024", "R5.9.1", "シュレッダー", None, "名簿", "紙", "20枚", "E-001"),
        name="廃棄",
    ),
)


def _shown(kind: str, sheets: tuple[Sheet, ...], at: int, stage: Stage) -> QWidget:
    """The columns (0) or the rows (1) of what was read."""
    window = stage.go(BringIn(kind))
    page = stage.window.page
    assert isinstance(page, ImportPage)
    page.show_book("旧台帳.xlsx", Book(sheets))
    stage.settle()
    page.tabs.setCurrentIndex(at)
    (page.rows.table if at else page.columns.table).choose_row(1)
    stage.settle()
    return window


def views() -> Mapping[str, View]:
    """All of them by name."""
    return {
        "import-forms": partial(_shown, "device", _FORMS, 1),
        "import-cross": partial(_shown, "training", _CROSS, 1),
        "import-two-types": partial(_shown, "device", _USED, 0),
        "import-old-disposals": partial(_shown, "disposal", _OLD, 0),
    }
