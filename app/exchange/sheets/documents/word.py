"""The text of a Word document as it is seen: with the numbers that Word makes, tables and text boxes."""

from __future__ import annotations

from collections.abc import Iterator

from app.common import PeopleError
from app.exchange.filling.package import Node, Package
from app.exchange.filling.word.stories import Story, stories
from app.exchange.filling.word.text import FALLBACK, TBL, TC, TR, P, W, paragraph_text
from app.exchange.sheets.book import Cell, Sheet
from app.exchange.sheets.documents.numbering import Numbering
from app.exchange.sheets.limits import Counted

_BOX = f"{W}txbxContent"
_LEFT_OUT = ("ヘッダー", "フッター")
_MERGED = f"{W}tcPr/{W}vMerge"
_DELETED = (f"{W}del", f"{W}moveFrom")


def sheet(data: bytes, name: str, told: list[str]) -> Sheet:
    """The whole document as one sheet. Raises ``PeopleError`` where it is damaged."""
    try:
        package = Package.open(data, name)
        held = stories(package)
        numbering = Numbering(package)
    except PeopleError as error:
        raise PeopleError(error.sentence.removeprefix(f"「{name}」は")) from error
    if not held or held[0].label != "本文":
        raise PeopleError("壊れているため読めません。Wordで開いて保存し直してください。")
    counted = Counted()
    cells: list[Cell] = []
    row = 0
    for story in held:
        if story.label in _LEFT_OUT:
            continue
        for texts in _rows(story, numbering):
            row += 1
            for column, text in enumerate(texts, 1):
                if text.strip():
                    counted.cell()
                    counted.text(len(text))
                    cells.append(Cell(row, column, text, text))
    if any(_says(story) for story in held if story.label in _LEFT_OUT):
        told.append("ヘッダーとフッターは、条項の文章に含めていません。")
    if any(next(story.root.iter(tag), None) is not None for story in held for tag in _DELETED):
        told.append("変更履歴で削除された文字は読んでいません。")
    return Sheet("本文", tuple(cells))


def _says(story: Story) -> bool:
    return any(paragraph_text(one).strip() for one in story.root.iter(P))


def _rows(story: Story, numbering: Numbering) -> Iterator[list[str]]:
    # The body of the main part; notes stand one by one below their root.
    root = story.root.find(f"{W}body")
    yield from _blocks(story.root if root is None else root, numbering)


def _blocks(holder: Node, numbering: Numbering) -> Iterator[list[str]]:
    for child in holder:
        if not isinstance(child.tag, str):
            continue
        if child.tag == P:
            yield from ([line] for line in _paragraph(child, numbering))
        elif child.tag == TBL:
            yield from _table(child, numbering)
        elif child.tag not in _DELETED:
            yield from _blocks(child, numbering)


def _paragraph(node: Node, numbering: Numbering) -> Iterator[str]:
    yield from (numbering.label(node) + paragraph_text(node)).split("\n")
    for box in node.iter(_BOX):
        others = (one for one in box.iterancestors() if one.tag in (_BOX, FALLBACK))
        if next(others, None) is None:
            for texts in _blocks(box, numbering):
                yield "\t".join(texts)


def _table(node: Node, numbering: Numbering) -> Iterator[list[str]]:
    for row in node.iter(TR):
        if next(row.iterancestors(TBL), None) is not node:
            continue
        cells = (one for one in row.iter(TC) if next(one.iterancestors(TR), None) is row)
        yield [_cell(one, numbering) for one in cells]


def _cell(node: Node, numbering: Numbering) -> str:
    merged = node.find(_MERGED)
    if merged is not None and merged.get(f"{W}val", "continue") == "continue":
        return ""
    return "\n".join("\t".join(texts) for texts in _blocks(node, numbering)).strip("\n")
