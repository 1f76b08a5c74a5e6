"""Pages of a finished file, and their place in its structure, taken over into another as they are.

Object by object, in the words in which a file says it, with the numbers of what it names put in place of the
old ones: of a thousand pages one file is open at a time, and nothing of those before it is held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pikepdf

from app.printing.binding.structure import Structure
from app.printing.tagging.objects import Objects

_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|\b(\d+) (\d+) R\b", re.DOTALL)
"""What names an object, or a string, in which the same signs are words."""
_TREE, _ANNOTATIONS, _NUMBER = "/StructTreeRoot", "/Annots", "/StructParents"


class Taking:
    """One open file, of which ``out`` takes over what is asked for, with all that this names.

    The file is spoilt by it: what is put in place of its own entries is taken out of it.
    """

    def __init__(self, out: Objects, source: pikepdf.Pdf) -> None:
        self._out, self._source = out, source
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, int]] = []
        self._tagged = _TREE in source.Root

    def said(self, held: pikepdf.Object, without: Sequence[str] = (), more: bytes = b"") -> bytes:
        """A dictionary as the new file says it: but for the entries ``without``, and with ``more``."""
        for name in without:
            if name in held:
                del held[name]
        return b"%s%s>>" % (self._moved(held.unparse(resolved=True))[:-2], more)

    def pages(self, above: int, structure: Structure, links: Sequence[Sequence[int]] = ()) -> list[int]:
        """Take over all pages, below the object ``above``; their numbers in the new file.

        ``links``: the numbers of annotations that come to the first pages, page by page.
        """
        opened = [page.obj for page in self._source.pages]
        places = [self._place(page) for page in opened]
        for at, page in enumerate(opened):
            self._renumber(page, structure.next)
            added = links[at] if at < len(links) else ()
            kept = _items(page.get(_ANNOTATIONS))
            held = b" ".join((self._moved(kept), *(b"%d 0 R" % one for one in added)))
            more = b"/Parent %d 0 R" % above + (b"/Annots[%s]" % held if held.strip() else b"")
            self._out.say(places[at], self.said(page, ("/Parent", _ANNOTATIONS), more))
        return places

    def tree(self, structure: Structure, element: int, more: Sequence[int] = ()) -> None:
        """Take over the tree, once the pages are, as ``element``, which holds the elements ``more`` as well.

        A file without a tree has none, and then the whole is not called tagged.
        """
        if not self._tagged:
            structure.whole = False
            return
        root = self._source.Root[_TREE]
        part = root.K
        self._numbers[part.objgen] = element
        for number, parents in pikepdf.NumberTree(root.ParentTree).items():
            structure.parents.append((structure.next + int(number), self._place(parents, later=True)))
        structure.next += int(root.ParentTreeNextKey)
        held = b" ".join((self._moved(_items(part.get("/K"))), *(b"%d 0 R" % one for one in more)))
        said = b"/S/Part/P %d 0 R/K[%s]" % (structure.document, held)
        self._out.say(element, self.said(part, ("/P", "/K", "/S"), said))

    @property
    def tagged(self) -> bool:
        """Whether the file has a tree."""
        return self._tagged

    def _renumber(self, page: pikepdf.Object, first: int) -> None:
        """What names its place in the tree names the one in the new tree; without one it names none."""
        if not self._tagged:
            if _NUMBER in page:
                del page[_NUMBER]
            return
        page[_NUMBER] = int(page[_NUMBER]) + first
        for annotation in page.get(_ANNOTATIONS, pikepdf.Array()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + first

    def _place(self, held: pikepdf.Object, *, later: bool = False) -> int:
        """The number of an object in the new file; ``later``: it is to be written with all the rest."""
        key = held.objgen
        if key not in self._numbers:
            self._numbers[key] = self._out.take()
            if later:
                self._waiting.append(key)
        return self._numbers[key]

    def _moved(self, said: bytes) -> bytes:
        made = _REFERENCE.sub(self._named, said)
        while self._waiting:
            self._write(self._waiting.pop())
        return made

    def _named(self, found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        key = int(found[1]), int(found[2])
        if key not in self._numbers:
            self._numbers[key] = self._out.take()
            self._waiting.append(key)
        return b"%d 0 R" % self._numbers[key]

    def _write(self, key: tuple[int, int]) -> None:
        held, number = self._source.get_object(key), self._numbers[key]
        if isinstance(held, pikepdf.Stream):
            body, entries = held.read_raw_bytes(), held.stream_dict
            if "/Length" in entries:
                del entries["/Length"]
            said = _REFERENCE.sub(self._named, entries.unparse(resolved=True))
            self._out.put_stream(number, said[2:-2], body)
        else:
            self._out.say(number, _REFERENCE.sub(self._named, _written(held)))


def _items(held: Any) -> bytes:
    """What an array says between its brackets; of what stands in place of one, that; of nothing, nothing."""
    if held is None:
        return b""
    return held.unparse(resolved=True)[1:-1] if isinstance(held, pikepdf.Array) else _named(held)


def _named(held: Any) -> bytes:
    return held.unparse() if isinstance(held, pikepdf.Object) else _written(held)


def _written(held: Any) -> bytes:
    if isinstance(held, pikepdf.Object):
        return held.unparse(resolved=True)
    return str(held).lower().encode("ascii") if held is not None else b"null"
