"""An own reader of tagged files: what a screen reader is told, in which order, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from app.printing import blocks as b
from app.printing.type.words import spoken, texts

PAINTING = ("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE")
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")


@dataclass
class Node:
    """An element of the structure: its kind, what it says by itself, and what it holds."""

    kind: str
    text: str = ""
    alt: str = ""
    scope: str = ""
    spans: tuple[int, int] = (1, 1)
    marks: list[tuple[int, int]] = field(default_factory=list)
    links: int = 0
    kids: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """It and everything below it, in the order in which it is told."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def told(self) -> str:
        """All that is said, in order."""
        return "".join(node.text for node in self.walk())

    def found(self, kind: str) -> list[Node]:
        """All of a kind, in order."""
        return [node for node in self.walk() if node.kind == kind]


def read_tags(pdf: bytes) -> Node:
    """The tree of a file. Fails where a stroke is unmarked, a mark is nobody's or told twice, a row is short,
    a heading skips a level, or a figure says nothing.
    """
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "ja-JP"
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        tree = opened.Root.StructTreeRoot
        said: dict[tuple[tuple[int, int], int], str] = {}
        parents = pikepdf.NumberTree(tree.ParentTree)
        owners: dict[tuple[tuple[int, int], int], tuple[int, int]] = {}
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        for page in opened.pages:
            assert page.Tabs == pikepdf.Name.S
            texts = _marked(page)
            owning = list(parents[int(page.StructParents)])
            assert sorted(texts) == list(range(len(owning)))
            for number, text in texts.items():
                said[page.obj.objgen, number] = text
                owners[page.obj.objgen, number] = owning[number].objgen
        root = _node(tree.K, tree.objgen, said, owners, numbers)
        assert not owners, "marks that no element holds"
    _check(root)
    return root


def _node(
    element: pikepdf.Object,
    above: tuple[int, int],
    said: dict[tuple[tuple[int, int], int], str],
    owners: dict[tuple[tuple[int, int], int], tuple[int, int]],
    pages: dict[tuple[int, int], int],
) -> Node:
    assert element.P.objgen == above
    made = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")))
    attributes = element.get("/A", pikepdf.Dictionary())
    made.scope = str(attributes.get("/Scope", ""))[1:]
    made.spans = int(attributes.get("/RowSpan", 1)), int(attributes.get("/ColSpan", 1))
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else pikepdf.Array([kids]):
        kind = kid.get("/Type") if isinstance(kid, pikepdf.Dictionary) else None
        if not isinstance(kid, pikepdf.Dictionary) or kind == pikepdf.Name.MCR:
            page, number = (kid.Pg, int(kid.MCID)) if kind else (element.Pg, int(kid))
            key = page.objgen, number
            assert owners.pop(key) == element.objgen
            made.text += said[key]
            made.marks.append((pages[page.objgen], number))
        elif kind == pikepdf.Name.OBJR:
            assert str(kid.Obj.Contents)
            made.links += 1
        else:
            made.kids.append(_node(kid, element.objgen, said, owners, pages))
    return made


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of every mark of a page, by its number; whatever is painted is in a mark or in an artifact."""
    fonts = {name: _codes(font) for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()}
    found: dict[int, str] = {}
    stack: list[tuple[str, int | None]] = []
    font, spoken = "", False
    for instruction in pikepdf.parse_content_stream(page):
        name, operands = str(instruction.operator), list(instruction.operands)
        if name in ("BDC", "BMC"):
            entries = operands[1] if name == "BDC" else pikepdf.Dictionary()
            number = int(entries.MCID) if "/MCID" in entries else None
            if number is not None:
                assert not stack
                assert number not in found
                found[number] = ""
            stack.append((str(operands[0]), number))
            if "/ActualText" in entries:
                spoken = True
                if stack[0][1] is not None:
                    found[stack[0][1]] += str(entries.ActualText)
        elif name == "EMC":
            spoken = stack.pop()[0] != "/Span" and spoken
        elif name == "Tf":
            font = str(operands[0])
        elif name in PAINTING:
            assert stack, f"unmarked {name}"
            kind, owner = stack[0]
            assert owner is not None or kind == "/Artifact", f"unmarked {name}"
            if name == "Tj" and owner is not None and not spoken:
                found[owner] += "".join(fonts[font][code] for code in bytes(operands[0]))
    assert not stack
    return found


def _codes(font: pikepdf.Object) -> dict[int, str]:
    mapped = _MAPPED.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in mapped}


def _check(root: Node) -> None:
    levels = [int(node.kind[1]) for node in root.walk() if re.fullmatch("H[1-6]", node.kind)]
    assert all(level <= before + 1 for before, level in zip([0, *levels], levels, strict=False))
    for figure in root.found("Figure"):
        assert figure.alt
        assert figure.marks
    for node in root.walk():
        assert not (node.marks and node.kids)
        assert not (node.marks and node.kind in ("Document", "Part", "Sect", "Table", "TR", "L", "LI"))
        assert {kid.kind for kid in node.kids} <= _HOLDS.get(node.kind, {kid.kind for kid in node.kids})
        assert (node.kind == "TH") == bool(node.scope)
    for table in root.found("Table"):
        _check_rows(table)


_HOLDS = {"Table": {"TR"}, "TR": {"TH", "TD"}, "L": {"LI"}, "LI": {"LBody"}}


def _check_rows(table: Node) -> None:
    """Every row has as many cells as the first, those counted that span it."""
    waiting: list[int] = []
    widths = []
    for row in table.kids:
        held = sum(1 for rows in waiting if rows > 0) + sum(cell.spans[1] for cell in row.kids)
        widths.append(held)
        waiting = [rows - 1 for rows in waiting if rows > 1]
        waiting += [cell.spans[0] - 1 for cell in row.kids if cell.spans[0] > 1 for _ in range(cell.spans[1])]
    assert len(set(widths)) <= 1, widths


def in_order(block: b.Block) -> Iterator[str]:
    """What a block says, in the order of its elements: in a table, lane by lane from left to right."""
    if isinstance(block, b.KeepTogether):
        for inner in block.blocks:
            yield from in_order(inner)
    elif isinstance(block, b.Table):
        heads = [tuple(column.titles for column in block.columns)] if block.head else []
        for row in [*heads, *block.rows]:
            cells = [(cell,) if isinstance(cell, str) else cell for cell in row]
            for lane in range(max(map(len, cells))):
                yield from (cell[lane] for cell in cells if lane < len(cell))
    else:
        yield from texts(block)


def said_by(sheet: b.Sheet) -> str:
    """All that a sheet says, without white space, in the order in which it is to be told."""
    return spoken("".join(text for block in sheet.blocks for text in in_order(block)))
