"""Finished PDFs one after the other in a single file, each under its own entry of the outline."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from app.common import Progress
from app.printing.pdf import FLAVOUR, describe


@dataclass(frozen=True, slots=True)
class Part:
    """One finished file: how the outline calls it, and its bytes."""

    title: str
    pdf: bytes


def joined(parts: Iterable[Part], title: str, author: str = "", progress: Progress | None = None) -> bytes:
    """All pages of all parts in their order, as they are: nothing of a part is drawn anew.

    What is PDF/A stays so. Raises ``ValueError`` where there is no part, ``Cancelled``.
    """
    held = tuple(parts)
    if not held:
        raise ValueError("nothing to join")
    made, out = pikepdf.new(), BytesIO()
    with ExitStack() as opened:
        opened.callback(made.close)
        starts = []
        for done, part in enumerate(held):
            (progress or Progress()).step(done, len(held), part.title)
            source = opened.enter_context(pikepdf.open(BytesIO(part.pdf)))
            starts.append((part.title, len(made.pages)))
            made.pages.extend(source.pages)
        with made.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(called, at) for called, at in starts)
        made.Root.Lang = pikepdf.String("ja-JP")
        made.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdfa.prepare(made, FLAVOUR)
        describe(made, title, author, None)
        made.save(out, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))
    return out.getvalue()
