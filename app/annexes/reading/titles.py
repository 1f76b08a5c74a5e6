"""Lines that begin a document: its title, or what it is attached as."""

from __future__ import annotations

import re

from app.annexes.reading.model import DocumentKind
from app.annexes.reading.text import bare

_ANNEX = (
    "特記事項|遵守事項|取扱事項|取扱基準|取扱規程|特約条項"
    "|特約|安全管理基準|セキュリティ要件|取扱要領|取扱要綱|保護要領|保護条項|取扱条項"
    "|(?:取扱い?|保護|管理|委託|措置|保持|セキュリティ)(?:に(?:関する|係る|おける)[^。、]{0,15}?)?"
    "(?:基準|条件|要件|規定|特則|心得|条項|事項|ルール)"
)
_CONTRACT = "契約書|契約約款|契約条項|約款|協定書|覚書|契約"
_SPECIFICATION = "仕様書|要求水準書|業務要領|実施要領"
_RULES = "条例|施行細則|細則|規則|規程|要綱|要領|ガイドライン|指針|附則|付則"
_FORM = (
    "誓約書|申請書|申込書|届出書|届書|届|報告書|名簿|台帳|確認書|通知書|承諾書|承認書|依頼書|証明書|受領書|預り証|一覧表|一覧|"
    "チェックリスト|チェックシート|チェック票|確認票|点検票|管理票|連絡票|管理表|受払簿|宣誓書|念書|承諾願|承認願|申告書|経歴書|受領証|"
    "確認表|点検表|申出書|同意書|借用書|計画書|記録簿|記録票|管理簿|体制図|様式"
)
_WORDS = (
    (DocumentKind.FORM, _FORM),
    (DocumentKind.ANNEX, _ANNEX),
    (DocumentKind.CONTRACT, _CONTRACT),
    (DocumentKind.SPECIFICATION, _SPECIFICATION),
    (DocumentKind.OTHER, _RULES),
)
_NOTE = r"(?:[(〔【][^()。]{1,40}[)〕】])?"
_VERSION = (
    r"(?:[Vv]er\.?\d[\d.]*|第[\d.]+版|案|(?:令和|平成)\d+年(?:度|\d+月)(?:\d+日)?(?:版|改[定正訂]|施行)?)?"
)
_TITLE = {
    kind: re.compile(
        rf"[「『【〈《]?(?P<title>[^。、:;]{{0,40}}?(?:{words}))[」』】〉》]?(?:\d|[〇○]+)?{_NOTE}{_VERSION}"
    )
    for kind, words in _WORDS
}
_ABOUT = re.compile(
    r"[「『【〈《]?(?P<title>[^。、:;]{0,40}?(?:取扱い?|保護|管理|保持|セキュリティ|措置)等?(?:について|に関すること))"
    rf"[」』】〉》]?{_NOTE}"
)
_ATTACHED = re.compile(
    r"[(〔【\[]?(?P<word>別記|別紙|別添|別表|付属書|附属書|(?:別記|別紙|別添)?様式)(?P<form>様式)?"
    r"(?:第?[\d一二三四五六七八九十A-Z]+(?:号の\d+|号様式|号|の\d+)?)?(?:[-−]\d+)?(?:様式)?[)〕】\]]?"
    r"(?P<rest>.*)"
)
_RELATED = re.compile(r"\(第?[^()]{1,20}(?:関係|関連)\)")
_WRONG_END = re.compile(r".*(?:[、,をはがにでのと]|及び|又は)")
_SIGNS = "#*★☆◎●○■□◆◇▲△▼▽"
"""Around a title for looks."""
_PARTS = (
    "特記事項",
    "契約書",
    "仕様書",
    "協定書",
    "約款",
    "覚書",
    "遵守事項",
    "要綱",
    "要領",
    "基準",
    "条例",
    "細則",
    "規則",
    "規程",
    "附則",
)


def attached(text: str) -> str | None:
    """What stands on a line behind 別記, 別紙, 別添 or 様式第1号; None where it is no such line."""
    closed = _RELATED.sub("", bare(text))
    match = _ATTACHED.fullmatch(closed)
    if match is None or (match["rest"] and title_kind(match["rest"], first=True) is None):
        return None
    return match["rest"]


def is_form_mark(text: str) -> bool:
    """Whether a line says that a form follows: 様式第1号, 別記様式."""
    match = _ATTACHED.fullmatch(_RELATED.sub("", bare(text)))
    return match is not None and "様式" in match[0]


def is_table(text: str) -> bool:
    """Whether a line says that a table of the annex itself follows: 別表第2（第5条関係）."""
    match = _ATTACHED.fullmatch(_RELATED.sub("", bare(text)))
    return match is not None and match["word"] == "別表" and not match["rest"]


def table_of(text: str) -> str:
    """What such a table is called: 別表第2."""
    return _RELATED.sub("", bare(text)).strip("()〔〕【】[]")


def title_kind(text: str, *, first: bool = False) -> DocumentKind | None:
    """What kind of document a line is the title of; None where it is none. ``first``: nothing stands before
    it but what it is attached as, so that 個人情報の取扱いについて is no heading."""
    closed = bare(text).strip(_SIGNS)
    if (
        not closed
        or len(closed) > 60
        or _WRONG_END.fullmatch(closed)
        or closed[0] in "(・-ー第をはがにのとで"
    ):
        return None
    if first and _ABOUT.fullmatch(closed):
        return DocumentKind.ANNEX
    return next((kind for kind, pattern in _TITLE.items() if pattern.fullmatch(closed)), None)


def title_of(text: str) -> str:
    """The title on a line, without what it is attached as and what stands in brackets around it."""
    closed = bare(text).strip(_SIGNS)
    rest = attached(closed)
    closed = rest if rest else closed
    for pattern in (*_TITLE.values(), _ABOUT):
        if match := pattern.fullmatch(closed):
            # 【お願い】個人情報の取扱いについて: what opens there is no bracket around all of it.
            return closed if any(sign in match["title"] for sign in "」』】〉》") else match["title"]
    return closed.strip("「」『』【】〈〉《》")


def part_of(title: str, kind: DocumentKind) -> str:
    """How the numbers of a document are led where it is one of several: by the last word of its title."""
    word = next((one for one in _PARTS if one in title), "")
    return (
        word
        or title
        or {DocumentKind.CONTRACT: "契約書", DocumentKind.SPECIFICATION: "仕様書"}.get(kind, "本文")
    )
