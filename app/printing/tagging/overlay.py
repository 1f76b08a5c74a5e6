"""A remark that is laid over the pages of a tagged file, told before everything else in it."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name


def lead_with(pdf: pikepdf.Pdf) -> list[int]:
    """The number of a new mark on each page, all of one paragraph that stands first in the tree.

    None of them where the file has no tree: nothing in it is marked then.
    """
    if "/StructTreeRoot" not in pdf.Root:
        return []
    tree = pdf.Root.StructTreeRoot
    document, parents = tree.K, pikepdf.NumberTree(tree.ParentTree)
    told = pdf.make_indirect(Dictionary(S=Name.P, P=document, K=Array()))
    numbers = []
    for page in pdf.pages:
        marked = parents[int(page.obj.StructParents)]
        numbers.append(len(marked))
        told.K.append(Dictionary(Type=Name.MCR, Pg=page.obj, MCID=len(marked)))
        marked.append(told)
    document.K = Array([told, *document.K])
    return numbers
