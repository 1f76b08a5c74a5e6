"""A Word document as its stories, with what stands in them counted the same way whenever it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.exchange.filling.package import Node, Package
from app.exchange.filling.values import BOXES
from app.exchange.filling.word.text import (
    ALTERNATE,
    CHOICE,
    CONTENT,
    FALLBACK,
    SDT,
    SDT_PR,
    TBL,
    TC,
    TR,
    W14,
    P,
    W,
    paragraph_text,
    text_in,
)

_KINDS = (
    (".main+xml", "本文"),
    (".header+xml", "ヘッダー"),
    (".footer+xml", "フッター"),
    (".footnotes+xml", "脚注"),
    (".endnotes+xml", "文末脚注"),
)
_NO_TEXT = {
    f"{W}{name}" for name in ("picture", "docPartObj", "docPartList", "group", "citation", "equation")
}


@dataclass(frozen=True, slots=True)
class Story:
    """One part with text: its name, what people call it, its root."""

    part: str
    label: str
    root: Node


@dataclass(slots=True)
class Table:
    """A table with its rows and cells; ``copies``: the same table for readers that know no newer drawings."""

    number: int
    story: Story
    node: Node
    rows: list[list[Node]]
    copies: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Box:
    """A box to be ticked: the paragraph and place of its sign, in every copy; and what stands behind it."""

    number: int
    story: Story
    paragraphs: list[Node]
    at: int
    sign: str
    caption: str


@dataclass(slots=True)
class Control:
    """A content control that holds text."""

    number: int
    story: Story
    nodes: list[Node]
    title: str


def stories(package: Package) -> list[Story]:
    """Every part with text, the body first."""
    return [
        Story(name, label, package.xml(name))
        for ending, label in _KINDS
        for name in package.of_type(f"wordprocessingml.document{ending}" if "main" in ending else ending)
    ]


def copies_of(story: Story, tag: str) -> tuple[list[Node], dict[Node, list[Node]]]:
    """The elements called ``tag`` without those that only repeat others, and which repeat which.

    A text box stands twice in the file; readers show one of the two, so both must say the same.
    """
    first = [one for one in story.root.iter(tag) if next(one.iterancestors(FALLBACK), None) is None]
    found: dict[Node, list[Node]] = {}
    for both in story.root.iter(ALTERNATE):
        chosen, other = both.find(CHOICE), both.find(FALLBACK)
        if chosen is None or other is None:
            continue
        # Nested choices have pairs of their own.
        ours = [one for one in chosen.iter(tag) if next(one.iterancestors(FALLBACK), None) is None]
        theirs = list(other.iter(tag))
        if len(ours) == len(theirs):
            for one, same in zip(ours, theirs, strict=True):
                found.setdefault(one, []).append(same)
    return first, found


def tables(held: list[Story]) -> list[Table]:
    """All tables, those in tables and boxes too, in the order of the file."""
    found: list[Table] = []
    for story in held:
        nodes, copies = copies_of(story, TBL)
        for node in nodes:
            rows = [list(children(row, TC)) for row in children(node, TR)]
            found.append(Table(len(found) + 1, story, node, rows, copies.get(node, [])))
    return found


def children(node: Node, tag: str) -> Iterator[Node]:
    """The rows of a table or cells of a row, those within controls too."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in (SDT, CONTENT, f"{W}ins", f"{W}customXml"):
            yield from children(child, tag)


def boxes(held: list[Story]) -> list[Box]:
    """Every box, whatever it is made of, in the order of the file."""
    found: list[Box] = []
    for story in held:
        nodes, copies = copies_of(story, P)
        for node in nodes:
            text = paragraph_text(node)
            for at, sign in enumerate(text):
                if sign in BOXES:
                    caption = caption_of(text[at + 1 :]) or _beside(node)
                    same = [one for one in copies.get(node, []) if paragraph_text(one) == text]
                    found.append(Box(len(found) + 1, story, [node, *same], at, sign, caption))
    return found


def caption_of(rest: str) -> str:
    """What stands behind a box, up to the next one or a wider blank."""
    rest = rest.lstrip(" 　\t")
    end = next((at for at, sign in enumerate(rest) if sign in BOXES or sign in "　\t\n"), len(rest))
    return rest[:end].strip(" ・、，,／/（(")


def _beside(paragraph: Node) -> str:
    """The text of the cell behind the one with nothing but a box in it."""
    cell = next(paragraph.iterancestors(TC), None)
    if cell is None:
        return ""
    following = cell.getnext()
    return " ".join(text_in(following).split())[:60] if following is not None else ""


def controls(held: list[Story]) -> list[Control]:
    """Content controls with text of their own; no check boxes, pictures or lists of contents."""
    found: list[Control] = []
    for story in held:
        nodes, copies = copies_of(story, SDT)
        for node in nodes:
            settings = node.find(SDT_PR)
            if settings is None or node.find(CONTENT) is None or _shaped(node, settings):
                continue
            titles = (settings.find(f"{W}{name}") for name in ("alias", "tag"))
            title = next((one.get(f"{W}val", "") for one in titles if one is not None), "")
            found.append(Control(len(found) + 1, story, [node, *copies.get(node, [])], title))
    return found


def _shaped(node: Node, settings: Node) -> bool:
    if any(one.tag in _NO_TEXT or one.tag == f"{W14}checkbox" for one in settings):
        return True
    content = node.find(CONTENT)
    return any(next(content.iter(tag), None) is not None for tag in (TBL, TR, TC, SDT))


def where(story: Story, node: Node, all_tables: list[Table]) -> str:
    """Where an element stands, in the words of people."""
    cell = next(node.iterancestors(TC), None) if node.tag != TC else node
    if cell is not None:
        for table in all_tables:
            for at, row in enumerate(table.rows, 1):
                if cell in row:
                    return f"{_of(story)}表{table.number}の{at}行目・{row.index(cell) + 1}列目"
    if next(node.iterancestors(f"{W}txbxContent"), None) is not None:
        return f"{_of(story)}テキストボックス"
    return story.label


def _of(story: Story) -> str:
    return "" if story.label == "本文" else f"{story.label}の"
