"""The structure trees of files that are joined, as one: the numbers of their pages moved on, links told."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name


class MergedTree:
    """The tree of ``made``, to which part after part is added, each below an element of its own."""

    def __init__(self, made: pikepdf.Pdf) -> None:
        self._made = made
        self._root = made.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = made.make_indirect(Dictionary(S=Name.Document, P=self._root, K=Array()))
        self._parents = Array()
        self._next = 0
        self._whole = True

    def add(self, source: pikepdf.Pdf, pages: Sequence[pikepdf.Page]) -> pikepdf.Object | None:
        """Take over the tree of ``source``, now on ``pages``; its element, None where there is none."""
        if "/StructTreeRoot" not in source.Root:
            self._whole = False
            return None
        tree = self._made.copy_foreign(source.Root.StructTreeRoot)
        part = tree.K
        part.S, part.P = Name.Part, self._document
        self._document.K.append(part)
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + self._next
            for annotation in page.obj.get("/Annots", Array()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + self._next
        for number, parents in pikepdf.NumberTree(tree.ParentTree).items():
            self._parents.extend(Array([int(number) + self._next, parents]))
        self._next += int(tree.ParentTreeNextKey)
        return part

    def link(self, part: pikepdf.Object, page: pikepdf.Page, annotations: Sequence[pikepdf.Object]) -> None:
        """The links on a page, told after everything else in ``part``."""
        paragraph = self._made.make_indirect(Dictionary(S=Name.P, P=part, K=Array()))
        part.K.append(paragraph)
        for annotation in annotations:
            held = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
            link = self._made.make_indirect(Dictionary(S=Name.Link, P=paragraph, Pg=page.obj, K=held))
            paragraph.K.append(link)
            annotation.StructParent = self._next
            self._parents.extend(Array([self._next, link]))
            self._next += 1

    def finish(self) -> None:
        """Put the tree into the catalogue. The file is called tagged only where each of its parts is."""
        if not self._document.K:
            return
        self._root.K = self._document
        self._root.ParentTree = Dictionary(Nums=self._parents)
        self._root.ParentTreeNextKey = self._next
        self._made.Root.StructTreeRoot = self._root
        if self._whole:
            self._made.Root.MarkInfo = Dictionary(Marked=True)
