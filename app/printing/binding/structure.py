"""The structure trees of files that are joined, as one: each below an element of its own, links told."""

from __future__ import annotations

from collections.abc import Sequence

from app.printing.tagging.objects import Objects


class Structure:
    """``document``: the element above those of all parts; ``kids``: theirs, in the order of the parts.

    ``parents``: for each number that a page or a link names, what its marks belong to; ``next``: the first
    number that none has. ``whole``: every part so far has a tree.
    """

    def __init__(self, out: Objects) -> None:
        self._out = out
        self.root, self.document = out.take(), out.take()
        self.kids: list[int] = []
        self.parents: list[tuple[int, int]] = []
        self.next = 0
        self.whole = True

    def link(self, element: int, paragraph: int, page: int, annotations: Sequence[int]) -> list[int]:
        """Tell of the links on a page, as ``paragraph`` below ``element``; the number that each names."""
        first = self.next
        links = [self._out.take() for _ in annotations]
        for link, annotation in zip(links, annotations, strict=True):
            held = b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (annotation, page)
            self._out.say(link, b"<</S/Link/P %d 0 R/Pg %d 0 R/K%s>>" % (paragraph, page, held))
            self.parents.append((self.next, link))
            self.next += 1
        told = b" ".join(b"%d 0 R" % one for one in links)
        self._out.say(paragraph, b"<</S/P/P %d 0 R/K[%s]>>" % (element, told))
        return list(range(first, self.next))

    def finish(self) -> bytes:
        """Write the tree; what the catalogue says of it. Tagged is only what is so in each of its parts."""
        if not self.kids:
            return b""
        kids = b" ".join(b"%d 0 R" % one for one in self.kids)
        self._out.say(self.document, b"<</S/Document/P %d 0 R/K[%s]>>" % (self.root, kids))
        parents = b" ".join(b"%d %d 0 R" % one for one in self.parents)
        held = b"/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d"
        self._out.say(self.root, b"<</Type/StructTreeRoot%s>>" % (held % (self.document, parents, self.next)))
        marked = b"/MarkInfo<</Marked true>>" if self.whole else b""
        return b"/StructTreeRoot %d 0 R%s" % (self.root, marked)
