"""A Word document of a client: what can be filled in it, and the filling."""

from __future__ import annotations

from collections.abc import Iterator

from app.exchange.filling import spans
from app.exchange.filling.package import Node, Package, broken, serialized
from app.exchange.filling.values import (
    BOX,
    CELL,
    CONTROL,
    NAMED,
    Finder,
    Place,
    Put,
    is_label,
    named_itself,
)
from app.exchange.filling.word import stories
from app.exchange.filling.word.boxes import Boxes
from app.exchange.filling.word.room import Room
from app.exchange.filling.word.rows import Filling, fill_rows
from app.exchange.filling.word.stories import Control, Story, Table, where
from app.exchange.filling.word.text import (
    FALLBACK,
    SDT_PR,
    P,
    W,
    own_paragraphs,
    paragraph_text,
    pieces,
    release,
    replace_span,
    text_in,
    write_holder,
    write_paragraph,
)

_LONGEST = 60
_PROTECTED = "この様式には、発注者が編集の制限を設定しています。記入してよいか確かめてください。"


class WordFile:
    """One document, filled once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._stories = stories.stories(package)
        if not self._stories or self._stories[0].label != "本文":
            raise broken(package.shown, "Word")
        self._tables = stories.tables(self._stories)
        self._boxes = stories.boxes(self._stories)
        self._controls = stories.controls(self._stories)
        self._done: set[Node] = set()

    def places(self) -> list[Place]:
        """Where something can be put, in the order of the document."""
        return [*self._names(), *self._cells(), *self._framed(), *self._ticked()]

    def taken(self) -> dict[str, str]:
        """Places in which nothing can be put, each with the reason: those with names of their own."""
        cells = {
            f"表{table.number}:{row_at}:{column}": text_in(cell)
            for table in self._tables
            for row_at, row in enumerate(table.rows, 1)
            for column, cell in enumerate(row, 1)
        }
        frames = {f"枠{one.number}": _control_text(one.nodes[0]) for one in self._controls}
        return {
            place: named_itself(place, held[0].name)
            for place, text in (cells | frames).items()
            if (held := spans.spans(text))
        }

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every paragraph that says something: where it stands, and its text."""
        for story in self._stories:
            for paragraph in story.root.iter(P):
                if next(paragraph.iterancestors(FALLBACK), None) is None and (
                    text := paragraph_text(paragraph).strip()
                ):
                    yield where(story, paragraph, self._tables), text

    def every_text(self) -> Iterator[tuple[str, str]]:
        """As ``texts``, with the copies of text boxes and the part's name in place of where."""
        for story in self._stories:
            for paragraph in story.root.iter(P):
                yield story.part, paragraph_text(paragraph)

    def fill(self, finder: Finder) -> dict[str, bytes]:
        """Write every value to its place; the parts that are other now."""
        boxes = Boxes(self._boxes, finder)
        for table in self._tables:
            fill_rows(Filling(self._tables, finder, boxes, self._done), table)
        boxes.tick_others(self._tables)
        for story in self._stories:
            for paragraph in list(story.root.iter(P)):
                if paragraph not in self._done:
                    self._fill_names(story, paragraph, finder)
        self._fill_cells(finder)
        for control in self._controls:
            self._fill_control(control, finder)
        self._say_outgrown(finder)
        if finder.outcome.put and _is_protected(self._package):
            finder.outcome.remarks.append(_PROTECTED)
        made = {story.part: serialized(story.root) for story in self._stories}
        before = {story.part: serialized(self._package.xml(story.part)) for story in self._stories}
        return {part: data for part, data in made.items() if data != before[part]}

    def _names(self) -> Iterator[Place]:
        seen: set[str] = set()
        for story in self._stories:
            for paragraph in story.root.iter(P):
                text = paragraph_text(paragraph)
                for span in spans.spans(text):
                    place = "{" + span.name + "}"
                    if place not in seen:
                        seen.add(place)
                        told = where(story, paragraph, self._tables)
                        yield Place(place, NAMED, told, text.strip()[:_LONGEST], span.name)

    def _cells(self) -> Iterator[Place]:
        for table in self._tables:
            for row_at, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row, 1):
                    text = text_in(cell).strip()
                    if spans.spans(text):
                        continue
                    place = f"表{table.number}:{row_at}:{column}"
                    near, number = _near(table, row_at - 1, column - 1)
                    told = where(table.story, cell, self._tables)
                    yield Place(place, CELL, told, text[:_LONGEST], near, number)

    def _framed(self) -> Iterator[Place]:
        for one in self._controls:
            node = one.nodes[0]
            text = _control_text(node).strip()
            if not spans.spans(text):
                told = where(one.story, node, self._tables)
                yield Place(f"枠{one.number}", CONTROL, told, text[:_LONGEST], one.title)

    def _ticked(self) -> Iterator[Place]:
        for one in self._boxes:
            told = where(one.story, one.paragraphs[0], self._tables)
            yield Place(f"チェック{one.number}", BOX, told, one.sign, one.caption)

    def _fill_names(self, story: Story, paragraph: Node, finder: Finder) -> None:
        held = spans.spans(paragraph_text(paragraph))
        told = where(story, paragraph, self._tables) if held else ""
        for span in reversed(held):
            named = finder.braced(span.name, told)
            if named is None:
                continue
            replace_span(paragraph, span.start, span.end, named.joined)
            self._done.add(paragraph)
            if named.joined:
                finder.outcome.put.append(Put(told, named.name, named.joined, story.part))
            else:
                finder.outcome.unfilled.append(f"{told}の「{{{span.name}}}」：値がありません。")

    def _fill_cells(self, finder: Finder) -> None:
        for table in self._tables:
            for row_at, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row, 1):
                    named = finder.at(f"表{table.number}:{row_at}:{column}")
                    if named is None or named.of:
                        continue
                    told = where(table.story, cell, self._tables)
                    for holder in (cell, *_same_cell(table, row_at, column)):
                        self._done.add(write_holder(holder, named.joined))
                    _note(finder, table.story, told, named.name, named.joined)

    def _fill_control(self, control: Control, finder: Finder) -> None:
        named = finder.at(f"枠{control.number}")
        if named is None:
            return
        told = where(control.story, control.nodes[0], self._tables)
        for node in control.nodes:
            paragraph = _write_control(node, named.joined)
            self._done.add(paragraph)
        _note(finder, control.story, told, named.name, named.joined)
        lock = control.nodes[0].find(f"{SDT_PR}/{W}lock")
        if lock is not None and lock.get(f"{W}val", "").lower().endswith("contentlocked"):
            finder.outcome.remarks.append(
                f"{told}の枠は、発注者が入力できないように保護しています。記入してよいか確かめてください。"
            )
        choices = [
            one.get(f"{W}displayText") or one.get(f"{W}value", "")
            for one in control.nodes[0].iterfind(f"{SDT_PR}/{W}dropDownList/{W}listItem")
        ]
        if choices and named.joined not in choices:
            finder.outcome.remarks.append(f"{told}の選択肢に「{named.joined}」がありません。")

    def _say_outgrown(self, finder: Finder) -> None:
        room = Room(self._package)
        told: dict[str, None] = {}
        for story in self._stories:
            for paragraph in story.root.iter(P):
                if paragraph not in self._done or next(paragraph.iterancestors(FALLBACK), None) is not None:
                    continue
                place = where(story, paragraph, self._tables)
                if room.illegible(paragraph):
                    told[f"{place}の文字が小さすぎるか表示されない設定のため、読めません。"] = None
                if room.outgrown(paragraph):
                    told[f"{place}の文字が欄に収まらないおそれがあります。"] = None
        finder.outcome.remarks.extend(told)


def _note(finder: Finder, story: Story, told: str, name: str, text: str) -> None:
    if text:
        finder.outcome.put.append(Put(told, name, text, story.part))
    else:
        finder.outcome.unfilled.append(f"{told}の「{name}」：値がありません。")


def _is_protected(package: Package) -> bool:
    """Whether the client lets people change some of the document only, or nothing."""
    held = (
        one
        for part in package.of_type("wordprocessingml.settings+xml")
        for one in package.xml(part).iter(f"{W}documentProtection")
    )
    return any(one.get(f"{W}enforcement", "0") in ("1", "true", "on") for one in held)


def _near(table: Table, row: int, column: int) -> tuple[str, str]:
    """The label of a cell, what stands left of it, else above it; and the running number of its row."""
    left = [text for at in range(column) if (text := _one_line(table.rows[row][at]))]
    beside = [text for text in left if is_label(text) or text.isdecimal()][-1:]
    if beside and is_label(beside[0]):
        return beside[0], ""
    above = (_one_line(table.rows[at][column]) for at in range(row) if column < len(table.rows[at]))
    labels = [text for text in above if is_label(text)]
    return labels[-1] if labels else "", beside[0] if beside else ""


def _one_line(cell: Node) -> str:
    return " ".join(text_in(cell).split())[:_LONGEST]


def _same_cell(table: Table, row: int, column: int) -> Iterator[Node]:
    for copy in table.copies:
        rows = list(stories.children(copy, f"{W}tr"))
        cells = list(stories.children(rows[row - 1], f"{W}tc")) if row <= len(rows) else []
        if column <= len(cells):
            yield cells[column - 1]


def _control_text(node: Node) -> str:
    content = node.find(f"{W}sdtContent")
    if next(own_paragraphs(content), None) is not None:
        return text_in(content)
    return spans.text_of(pieces(content))


def _write_control(node: Node, value: str) -> Node:
    """Write into a control; the paragraph that now holds the text."""
    content = node.find(f"{W}sdtContent")
    paragraph: Node
    if next(own_paragraphs(content), None) is not None:
        paragraph = write_holder(content, value)
    else:
        # A control within a line holds runs, and so takes a text as a paragraph does.
        write_paragraph(content, value)
        paragraph = next(node.iterancestors(P), content)
    release(node)
    return paragraph
