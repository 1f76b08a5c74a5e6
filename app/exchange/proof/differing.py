"""Where a PDF that claims to be a document differs from its archived copy, told by pages."""

from __future__ import annotations

from app.printing.inflating import PAPER, check_inflated
from app.printing.pages import OpenPdf

_MOST = 5
"""Places that are told one by one."""
_MOST_PAGES = 200
_AROUND = 12
"""Characters shown from where two texts part."""
_SCALE = 0.6
_SEEN = 48
"""Shades by which a dot has to differ: less is the rounding of a picture saved anew."""


def where(archived: bytes, given: bytes) -> tuple[str, ...]:
    """One sentence for each place, the first few; never empty, for the files are not the same.

    ``given`` may be any file: what cannot be read is said.
    """
    try:
        check_inflated(given, PAPER)
        with OpenPdf(archived) as ours, OpenPdf(given) as theirs:
            found = _pages(ours, theirs)
    except Exception:  # a foreign file: whatever the reader says of it, no place can be named
        return ("違う箇所は調べられません。ファイルが壊れています。",)
    if not found:
        return ("紙面に違いは見つかりません。保存し直されたか、見えない部分が変えられたファイルです。",)
    more = len(found) - _MOST
    return (*found[:_MOST], f"ほかに{more}か所あります。") if more > 0 else tuple(found)


def _pages(ours: OpenPdf, theirs: OpenPdf) -> list[str]:
    found = []
    if ours.page_count != theirs.page_count:
        found.append(f"控えは{ours.page_count}ページ、このPDFは{theirs.page_count}ページです。")
    for page in range(min(ours.page_count, theirs.page_count, _MOST_PAGES)):
        kept, held = ("".join(one.text(page).split()) for one in (ours, theirs))
        if kept != held:
            found.append(_texts(page + 1, kept, held))
        elif _looks_other(ours, theirs, page):
            found.append(f"{page + 1}ページ目：文字は同じで、図、印影、書込みなどの見た目が違います。")
    return found


def _texts(page: int, kept: str, held: str) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(kept, held, strict=False)) if a != b), min(len(kept), len(held))
    )
    start = max(at - _AROUND // 2, 0)
    return f"{page}ページ目：控えは「{_shown(kept, start)}」、このPDFは「{_shown(held, start)}」です。"


def _shown(text: str, start: int) -> str:
    part = text[start : start + _AROUND]
    return f"{'…' if start else ''}{part}{'…' if start + _AROUND < len(text) else ''}"


def _looks_other(ours: OpenPdf, theirs: OpenPdf, page: int) -> bool:
    from PIL import Image, ImageChops

    if ours.size(page) != theirs.size(page):
        return True
    pictures = []
    for one in (ours, theirs):
        held = one.image(page, _SCALE)
        pictures.append(Image.frombytes("RGB", (held.width, held.height), held.data))
    apart = ImageChops.difference(*pictures).convert("L").histogram()
    return any(apart[_SEEN:])
