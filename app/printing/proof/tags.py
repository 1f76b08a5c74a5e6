"""Proof-reading the marks of a file: each belongs to an element of the structure, and the file says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, TypeAlias

import pikepdf

Found: TypeAlias = tuple[str, int, str]
"""Kind, page (from 1, 0: the whole file), detail."""

_MARK = re.compile(rb"/MCID (\d+)>>")
_ENDS = re.compile(rb"\b(?:BDC|BMC|EMC)\b")


def tag_findings(file: BinaryIO) -> Iterator[Found]:
    """What is wrong with the marks of a file that this room wrote.

    Words stand in hexadecimal in it, so that operators can be counted without reading everything else.
    """
    with pikepdf.open(file) as pdf:
        tree = pdf.Root.get("/StructTreeRoot")
        if tree is None or "/MarkInfo" not in pdf.Root:
            yield "not tagged", 0, "no structure tree"
            return
        parents = pikepdf.NumberTree(tree.ParentTree)
        for number, page in enumerate(pdf.pages, 1):
            page.contents_coalesce()
            content = page.Contents.read_bytes()
            marks = [int(mark) for mark in _MARK.findall(content)]
            key = int(page.obj.get("/StructParents", -1))
            if key not in parents or marks != list(range(len(parents[key]))):
                yield "marks", number, f"{len(marks)} marks, of which some belong to nothing"
            if not _balanced(content):
                yield "marks", number, "one that is not ended, or one that stands in another"


def _balanced(content: bytes) -> bool:
    """Whether every mark ends, and none but a span stands in another."""
    depth = 0
    for said in _ENDS.findall(content):
        depth += -1 if said == b"EMC" else 1
        if not 0 <= depth <= 2:
            return False
    return depth == 0
