"""The text of a Word document as it is seen: with the numbers that Word makes, tables and text boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from app.common import PeopleError
from app.exchange.filling.package import Node, Package
from app.exchange.filling.word.stories import Story, stories
from app.exchange.filling.word.text import FALLBACK, TBL, TC, TR, P, W, paragraph_text
from app.exchange.sheets.book import Cell, Sheet
from app.exchange.sheets.documents.numbering import Numbering
from app.exchange.sheets.limits import Counted

_NOTES = MappingProxyType(
    {"脚注": (f"{W}footnote", f"{W}footnoteReference"), "文末脚注": (f"{W}endnote", f"{W}endnoteReference")}
)
"""Of each kind of notes, a note and what refers to it."""
_NOTE_SIGN = "※"
_BOX = f"{W}txbxContent"
_LEFT_OUT = ("ヘッダー", "フッター")
_MERGED = f"{W}tcPr/{W}vMerge"
_DELETED = (f"{W}del", f"{W}moveFrom")


def sheet(data: bytes, name: str, told: list[str]) -> Sheet:
    """The whole document as one sheet. Raises ``PeopleError`` where it is damaged."""
    try:
        package = Package.open(data, name)
        held = stories(package)
        reader = _Reader(Numbering(package), held)
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
        for texts in reader.rows(story):
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


class _Reader:
    """What of a document is read row by row. A note stands below the paragraph that refers to it: at the end
    of the file it would be part of the last form."""

    def __init__(self, numbering: Numbering, held: Sequence[Story]) -> None:
        self._numbering = numbering
        self._notes: dict[tuple[str, str], Node] = {}
        for story in held:
            if story.label in _NOTES:
                tag, reference = _NOTES[story.label]
                for note in story.root.iter(tag):
                    self._notes[reference, note.get(f"{W}id", "")] = note

    def rows(self, story: Story) -> Iterator[list[str]]:
        """The rows of the body; of notes those that nothing in the body refers to."""
        if story.label in _NOTES:
            tag, reference = _NOTES[story.label]
            for note in story.root.iter(tag):
                if (reference, note.get(f"{W}id", "")) in self._notes:
                    yield from self._blocks(note)
            return
        # The body of the main part.
        root = story.root.find(f"{W}body")
        yield from self._blocks(story.root if root is None else root)

    def _blocks(self, holder: Node) -> Iterator[list[str]]:
        for child in holder:
            if not isinstance(child.tag, str):
                continue
            if child.tag == P:
                yield from ([line] for line in self._paragraph(child))
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag not in _DELETED:
                yield from self._blocks(child)

    def _paragraph(self, node: Node) -> Iterator[str]:
        yield from (self._numbering.label(node) + paragraph_text(node)).split("\n")
        for box in node.iter(_BOX):
            others = (one for one in box.iterancestors() if one.tag in (_BOX, FALLBACK))
            if next(others, None) is None:
                for texts in self._blocks(box):
                    yield "\t".join(texts)
        for _, reference in _NOTES.values():
            for mark in node.iter(reference):
                if next((one for one in mark.iterancestors() if one.tag in (*_DELETED, P)), node) is node:
                    yield from self._note(reference, mark.get(f"{W}id", ""))

    def _note(self, reference: str, number: str) -> Iterator[str]:
        note = self._notes.pop((reference, number), None)
        if note is None:
            return
        for row, texts in enumerate(self._blocks(note)):
            text = "\t".join(texts)
            yield text if row or not text.strip() else f"{_NOTE_SIGN}{text.strip()}"

    def _table(self, node: Node) -> Iterator[list[str]]:
        for row in node.iter(TR):
            if next(row.iterancestors(TBL), None) is not node:
                continue
            cells = (one for one in row.iter(TC) if next(one.iterancestors(TR), None) is row)
            yield [self._cell(one) for one in cells]

    def _cell(self, node: Node) -> str:
        merged = node.find(_MERGED)
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return ""
        return "\n".join("\t".join(texts) for texts in self._blocks(node)).strip("\n")
