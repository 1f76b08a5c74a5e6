"""What makes a client's file unsafe to be filled and sent back: code, and whatever fetches something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.common import PeopleError
from app.exchange.filling.package import DEFAULT, OVERRIDE, RELATIONS, TYPES, Node, Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_FETCHING = re.compile(r"\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|LINK)\b", re.IGNORECASE)
_CALLING = re.compile(r"\b(WEBSERVICE|CALL|REGISTER\.ID|RTD)\s*\(", re.IGNORECASE)
_LINKS = ("http://", "https://", "mailto:", "#")
_BY_RELATION = {
    "vbaProject": "マクロ",
    "oleObject": "埋め込まれた別のファイル（OLEオブジェクト）",
    "package": "埋め込まれた別のファイル",
    "control": "ActiveXコントロール",
    "attachedTemplate": "ほかのテンプレートへのつながり",
    "aFChunk": "読み込まれる別の文書（altChunk）",
    "externalLink": "ほかのブックへのリンク",
    "connections": "外部データへの接続",
    "queryTable": "外部データへの接続",
    "xlMacrosheet": "マクロシート",
    "xlIntlMacrosheet": "マクロシート",
    "keyMapCustomizations": "キー割当ての変更",
}


def refuse_unsafe(package: Package) -> None:
    """Raise ``PeopleError`` for the first thing that a form has no need of and that could do harm.

    Links that a person may click fetch nothing by themselves and are left alone.
    """
    for what in _found(package):
        raise PeopleError(
            f"{package.shown}に{what}があるため使えません。"
            "それを取り除いて保存し直すか、発注者に元の様式を問い合わせてください。"
        )


def _found(package: Package) -> Iterator[str]:
    yield from _of_types(package)
    for name in package.parts:
        if "_xmlsignatures/" in name.lower():
            yield "電子署名"
        if not package.is_xml(name):
            continue
        if _STRICT in package.parts[name][:65536]:
            raise PeopleError(
                f"{package.shown}は「Strict Open XML」形式のため使えません。"
                "通常の「.docx」か「.xlsx」で保存し直してください。"
            )
        if name.lower().endswith(".vml"):
            continue  # Office's old drawings are not always sound XML, and nothing of them is read
        root = package.xml(name)
        if name.endswith(".rels"):
            yield from _of_relations(root)
        elif name.startswith("word/"):
            yield from _of_words(root)
        elif name.startswith("xl/"):
            yield from _of_cells(root)


def _of_types(package: Package) -> Iterator[str]:
    root = package.xml(TYPES)
    for one in (*root.iter(OVERRIDE), *root.iter(DEFAULT)):
        held = one.get("ContentType", "").lower()
        if "macroenabled" in held or "vbaproject" in held:
            yield "マクロ"
        if "oleobject" in held:
            yield _BY_RELATION["oleObject"]
    if any(name.lower().endswith("vbaproject.bin") for name in package.parts):
        yield "マクロ"


def _of_relations(root: Node) -> Iterator[str]:
    for one in root.iter(RELATIONS):
        kind = one.get("Type", "").rpartition("/")[2]
        if kind in _BY_RELATION:
            yield _BY_RELATION[kind]
        if one.get("TargetMode") == "External" and not (
            kind == "hyperlink" and one.get("Target", "").lower().startswith(_LINKS)
        ):
            yield "外部のファイルへのつながり"


def _of_words(root: Node) -> Iterator[str]:
    if next(root.iter(f"{_W}altChunk"), None) is not None:
        yield _BY_RELATION["aFChunk"]
    # The code of one field may be parted over many runs.
    simple = (one.get(f"{_W}instr", "") for one in root.iter(f"{_W}fldSimple"))
    for code in (*_codes(root), *simple):
        if found := _FETCHING.match(code):
            yield f"外部から読み込むフィールド（{found[1].upper()}）"


def _codes(root: Node) -> Iterator[str]:
    held: list[list[str]] = []
    for one in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        if one.tag == f"{_W}instrText":
            if held:
                held[-1].append(one.text or "")
            else:
                yield one.text or ""
            continue
        if one.get(f"{_W}fldCharType") == "begin":
            held.append([])
        elif held and one.get(f"{_W}fldCharType") == "end":
            yield "".join(held.pop())
    yield from ("".join(one) for one in held)


def _of_cells(root: Node) -> Iterator[str]:
    if next(root.iter(f"{_S}ddeLink", f"{_S}oleLink"), None) is not None:
        yield "ほかのプログラムへのつながり（DDE）"
    for one in root.iter(f"{_S}f", f"{_S}definedName", f"{_S}formula1"):
        if found := _CALLING.search(one.text or ""):
            yield f"外部を呼び出す式（{found[1].upper()}）"
