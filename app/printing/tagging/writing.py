"""Writing the structure tree behind a finished file, as an update of it.

A register has five and more elements for each of its rows. They are written as text, in one go, into object
streams of our own: handed to a library one by one they would take longer than all the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf

from app.printing.tagging.objects import Objects
from app.printing.tagging.tree import Element, Mark, Tree

_TAIL = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_MOST_ALT = 4000
"""Characters of an alternative text; an archive takes 32,767 bytes in a string."""


def with_tree(pdf: bytes, tree: Tree) -> bytes:
    """``pdf``, a file as it was just saved, with ``tree`` behind it and in its catalogue.

    Every page names its place in the tree already: its number, from 0. The same gives the same bytes.
    """
    tail = _TAIL.search(pdf)
    if tail is None:
        raise ValueError("the file does not end as one that was just saved")
    with pikepdf.open(BytesIO(pdf)) as opened:
        catalogue, trailer = opened.Root, opened.trailer
        size, root = int(trailer.Size), catalogue.objgen[0]
        kept = b"".join(
            key.encode("ascii") + b" " + trailer[key].unparse() for key in ("/ID", "/Info") if key in trailer
        )
        objects = list(_objects(tree, [page.obj.objgen[0] for page in opened.pages], size))
        catalogue.StructTreeRoot = pikepdf.Array()
        catalogue.MarkInfo = pikepdf.Dictionary(Marked=True)
        named = catalogue.unparse(resolved=True).replace(
            b"/StructTreeRoot [ ]", b"/StructTreeRoot %d 0 R" % size
        )
    update = Objects(pdf, size)
    update.take(len(objects))
    update.put(root, named)
    update.say_all(size, objects)
    return update.finished(b"/Root %d 0 R/Prev %s%s" % (root, tail[1], kept))


def _objects(tree: Tree, pages: Sequence[int], first: int) -> Iterator[str]:
    """The root, what the marks of each page belong to, then every element before what it holds."""
    elements = list(_walk(tree.root))
    start = first + 1 + len(tree.pages)
    numbers = {element: number for number, element in enumerate(elements, start)}
    nums = " ".join(f"{at} {first + 1 + at} 0 R" for at in range(len(tree.pages)))
    yield (
        f"<</Type/StructTreeRoot/K {start} 0 R/ParentTree<</Nums[{nums}]>>"
        f"/ParentTreeNextKey {len(tree.pages)}>>"
    )
    for marked in tree.pages:
        yield f"[{' '.join([f'{numbers[element]} 0 R' for element in marked])}]"
    headings = _headings(elements)
    for element in elements:
        above = first if element.parent is None else numbers[element.parent]
        kind = headings.get(element, element.kind)
        held = _marks(element.marks, pages) if element.marks else _kids(element.kids, numbers)
        extra = f"/A<</O/Table{element.attributes}>>" if element.attributes else ""
        alt = f"/Alt<{hexadecimal(element.alt[:_MOST_ALT])}>" if element.alt else ""
        yield f"<</S/{kind}/P {above} 0 R{held}{extra}{alt}>>"


def _walk(element: Element) -> Iterator[Element]:
    waiting = [element]
    while waiting:
        element = waiting.pop()
        yield element
        if element.kids:
            waiting.extend(reversed(element.kids))


def _headings(elements: Sequence[Element]) -> dict[Element, str]:
    """Items before the first title stand at its level: a heading never skips one."""
    found = {}
    for element in elements:
        if element.kind == "H1":
            break
        if element.kind == "H2":
            found[element] = "H1"
    return found


def _kids(kids: Sequence[Element] | None, numbers: dict[Element, int]) -> str:
    return f"/K[{' '.join([f'{numbers[kid]} 0 R' for kid in kids])}]" if kids else ""


def _marks(marks: Sequence[Mark], pages: Sequence[int]) -> str:
    """The marks by their numbers; where they stand on several pages, each with its page."""
    page, number = marks[0]
    if len(marks) == 1:
        return f"/Pg {pages[page - 1]} 0 R/K {number}"
    if marks[-1][0] == page:
        return f"/Pg {pages[page - 1]} 0 R/K[{' '.join(str(number) for _, number in marks)}]"
    each = (f"<</Type/MCR/Pg {pages[at - 1]} 0 R/MCID {number}>>" for at, number in marks)
    return f"/K[{''.join(each)}]"


def hexadecimal(text: str) -> str:
    """A text string as PDF writes it, between < and >."""
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper()
