"""特記事項の読取り, from the empty page to what a contract would owe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from app.ui.annexes.reading.page import ReadingPage
from app.ui.targets import ReadAnnex
from tests.support.window.reading_texts import STYLED
from tests.support.window.stage import Stage

View = Callable[[Stage], QWidget | None]

TEXT = """個人情報の取扱いに関する特記事項

（基本的事項）
第１　乙は、この契約による業務を行うに当たり、個人の権利利益を害することのないよう、個人情報を適正に
取り扱わなければならない。
（秘密の保持）
第２　乙は、この契約による業務に関して知り得た個人情報を他に漏らしてはならない。終了し、又は解除さ
れた後も同様とする。
（従事者の届出）
第３　乙は、業務に従事する者の氏名と役職を、業務に着手する前に書面で甲に届け出なければならない。変更
するときも、同様とする。
（複写の禁止）
第４　乙は、甲の書面による承諾を得ないで、個人情報の記録された資料を複写し、又は複製してはならない。
（持ち帰り）
第５　職員は自宅へ資料を持ち帰らないこととし、乙はこれを徹底する。
（再委託）
第６　乙は、あらかじめ甲の承諾を得たときを除き、個人情報を取り扱う業務を第三者に委託してはならない。
（事故の報告）
第７　乙は、個人情報の漏えい、滅失又は毀損が生じたことを知ったときは、直ちに甲に報告し、７日以内に書
面を提出しなければならない。
（協議）
第８　この特記事項に定めのないことは、甲と乙が話し合って決めるものとする。
（誓約書）
第９　乙は、従事者から別記様式の誓約書を徴し、その写しを甲に提出しなければならない。

別記様式
誓約書
　私は、業務に関して知り得た個人情報を、在職中はもとより退職後も漏らさないことを誓います。
令和　　年　　月　　日
所属
氏名
"""


def _begun(text: str, stage: Stage) -> QWidget:
    window = stage.go(ReadAnnex())
    page = stage.window.page
    assert isinstance(page, ReadingPage)
    page.begin.edit.setPlainText(text)
    return window


def _refused(stage: Stage) -> QWidget:
    window = _begun("きょうの献立\nカレーライス\nサラダ\n", stage)
    _page(stage).begin.read()
    stage.settle()
    return window


def _page(stage: Stage) -> ReadingPage:
    page = stage.window.page
    assert isinstance(page, ReadingPage)
    return page


def _read(tab: int, stage: Stage, text: str = TEXT) -> QWidget:
    window = _begun(text, stage)
    _page(stage).begin.read()
    stage.settle()
    _page(stage).work.tabs.setCurrentIndex(tab)
    return window


def _styled(style: str, stage: Stage) -> QWidget:
    """A text of that style at its most doubtful paragraph, and where it says what it proposes."""
    window = _read(1, stage, STYLED[style])
    review = _page(stage).work.review
    if review.tabs.indexOf(review.area) >= 0:
        review.tabs.setCurrentWidget(review.area)
    return window


def _listed(stage: Stage) -> QWidget:
    window = _read(1, stage)
    page = _page(stage)
    page.work.review.accept()
    page.work.review.tabs.setCurrentWidget(page.work.review.list)
    return window


def _held(stage: Stage) -> QWidget:
    """What keeps a contract from being made."""
    window = _read(1, stage)
    _page(stage).make_contract()
    return window


READING: Mapping[str, View] = {
    "reading-begin": partial(_begun, ""),
    "reading-refused": _refused,
    "reading-head": partial(_read, 0),
    "reading-review": partial(_read, 1),
    "reading-list": _listed,
    "reading-held": _held,
    "reading-owed": partial(_read, 2),
    **{f"reading-{style}": partial(_styled, style) for style in STYLED},
}
