"""Documents, groups and titles while a text is read: each begins where something says so."""

from __future__ import annotations

import re
from bisect import bisect_left

from app.annexes.reading import headings
from app.annexes.reading.around import groups, trailing
from app.annexes.reading.candidates import Candidates
from app.annexes.reading.drafts import Cut, Draft
from app.annexes.reading.marks import Mark, Style
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.outline import Node, Outline
from app.annexes.reading.text import Line
from app.annexes.reading.titles import title_kind, title_of

BINDING = (DocumentKind.ANNEX, DocumentKind.CONTRACT, DocumentKind.SPECIFICATION)
_DATED = 60
_HALF = re.compile(r"[^。、\d(「]{2,40}(?:関する|係る|伴う|おける|基づく)\s*")


class Documents:
    """What of a text has been read: ``documents``, to whom its stretches belong (``cuts``), and the ``spans``
    within these that are no plain text."""

    def __init__(self, held: Candidates) -> None:
        self._held = held
        self.clean, self.furniture, self.usual = held.clean, held.furniture, held.usual
        self.documents = [Draft(DocumentKind.OTHER, 0)]
        self.cuts = [Cut(0, Role.PREAMBLE, 0)]
        self.spans: list[tuple[int, int, Role]] = []
        self._outline = Outline(0)
        self._taken = 0
        self._chapters: list[groups.Named] = []

    @property
    def _is_attached(self) -> bool:
        """Whether the line before is 別紙 or the like, whose title follows."""
        return bool(self._now.titles) and self._now.titles[-1][1] == self._taken and not self._now.title

    @property
    def _now(self) -> Draft:
        return self.documents[-1]

    @property
    def _is_behind_number(self) -> bool:
        last = self._outline.last
        return last is not None and last.end == self._taken

    def _said(self, end: int) -> str:
        """The text since the last number, up to ``end``: what is near, since it may be a whole book."""
        return self.clean[max(self._taken, end - headings.NEAR) : end]

    def _close(self, at: int, role: Role) -> None:
        self.cuts.append(Cut(at, role, len(self.documents) - 1))

    def _may_head(self, order: int) -> bool:
        """Whether a headline begins a group: words stand below it, or the first number of the next group."""
        root = self._outline.open[0].mark.style if self._outline.open else None
        if order + 1 == len(self._held.lines) or (root is not None and root.is_top):
            return False
        below = self._held.heads[order + 1]
        return not below or (root is Style.GROUP and any(mark.value == (1,) for mark in below))

    def _head(self, line: Line, called: groups.Named, *, anew: bool = False) -> None:
        """A group at the uppermost level, with what stands below it. ``anew``: what was open has ended."""
        if anew:
            del self._outline.open[:]
        grouped = [node.mark.style is Style.GROUP for node in self._outline.open[:1]]
        depth = int(any(grouped))
        former = self._former(0) if grouped and not depth else None
        node = groups.begin(self._outline, self._now, depth, called, former)
        node.heading = called.start, called.end
        self.cuts.append(Cut(line.start, Role.TEXT, len(self.documents) - 1, node))
        self._taken = line.end

    def _former(self, depth: int) -> groups.Named | None:
        """What the numbers open at ``depth`` stand below: a chapter, or the heading of their first."""
        parent = self._outline.open[depth].parent
        first = next(node for node in self._now.nodes if node.parent is parent)
        if not depth and self._chapters and self._chapters[0].start >= self._now.begin:
            return next((one for one in reversed(self._chapters) if one.start < first.begin), None)
        return groups.named(self.clean, *first.heading) if first.heading else None

    def _title(self, line: Line, kind: DocumentKind | None, *, form: bool) -> None:
        """Take a line as the title of a document, or as what it is attached as: its title is to follow."""
        now = self._now
        said = self.clean[max(self._taken, now.begin) : line.start]
        # Between 様式第1号 and its title stand the date and to whom it is given.
        untitled = now.kind is DocumentKind.FORM and not now.title and len("".join(said.split())) <= _DATED
        in_form = now.kind is DocumentKind.FORM and not untitled and said.strip()
        fresh = not now.nodes and "。" not in said and not in_form
        if not fresh or now.title:
            self._begin(DocumentKind.OTHER, line.start)
        now, start = self._now, line.start
        if kind is not None:
            now.title = title_of(line.text)
            if (above := self._title_above(line)) is not None and kind is not DocumentKind.FORM:
                start = above.start
                now.title = title_of(f"{above.text}{line.text}")
        if kind in BINDING and not form:
            # An annex may be attached as 様式第1号 too.
            now.kind = kind
        elif form or now.kind is not DocumentKind.FORM:
            now.kind = DocumentKind.FORM if form else kind or now.kind
        now.titles.append((start, line.end))
        self.spans.append((start, line.end, Role.TITLE))
        role = Role.FORM if now.kind is DocumentKind.FORM else Role.PREAMBLE
        self.cuts.append(Cut(start, role, len(self.documents) - 1))
        self._taken = line.end

    def _title_above(self, line: Line) -> Line | None:
        """The line before a title, where that is its first half: 個人情報の取扱いに関する."""
        lines = self._held.lines
        at = bisect_left(lines, line.start, key=lambda one: one.start)
        above = lines[at - 1] if at else None
        begin = max(self._taken, self._now.begin)
        return above if above and above.start >= begin and _HALF.fullmatch(above.text) else None

    def _title_within(self, number: int) -> None:
        """On the line of the first ``number``, what stands before it and its heading may be the title."""
        begin = max(self._taken, self._now.begin)
        edge = headings.before(self.clean, begin, number, self.usual, top=False).edge
        held = self.clean[begin:edge].strip(f"{headings.DECORATION}\n")
        kind = title_kind(held)
        if kind is None or kind is DocumentKind.FORM or "\n" in self.clean[begin:number].strip():
            return
        start = self.clean.index(held, begin)
        self._taken = start + len(held)
        self._now.kind, self._now.title = kind, title_of(held)
        self._now.titles.append((start, self._taken))
        self.spans.append((start, self._taken, Role.TITLE))

    def _begin(self, kind: DocumentKind, at: int) -> None:
        self.documents.append(Draft(kind, at))
        self._outline = Outline(len(self.documents) - 1)

    def _begin_untitled(self, mark: Mark) -> None:
        """Numbers begin anew: short lines before the first of them that are no sentence are the title."""
        said = self._said(mark.start)
        found = headings.before(self.clean, self._taken, mark.start, self.usual, top=True)
        cut = self.clean.rfind("。", self._taken, found.edge) + 1
        begin = cut if cut else found.edge
        held = self.clean[begin : found.edge]
        self._begin(DocumentKind.OTHER, begin)
        if held.strip() and len(held.strip()) <= 60 and said:
            start = begin + len(held) - len(held.lstrip())
            self._now.title = "".join(held.split())
            self._now.titles.append((start, start + len(held.strip())))
            self.spans.append((start, start + len(held.strip()), Role.TITLE))
        self.cuts.append(Cut(begin, Role.PREAMBLE, len(self.documents) - 1))
        self._taken = found.edge if found.heading is None else found.heading[0]

    def _chapter(self, mark: Mark) -> int:
        line_end = self.clean.find("\n", mark.end)
        end = line_end if line_end >= 0 else len(self.clean)
        self._close(mark.start, Role.CHAPTER)
        self._chapters.append(groups.Named(mark.label, mark.start, end))
        self._taken = end
        return end

    def _leads_anew(self, mark: Mark, lead: Node) -> bool:
        """Whether a sentence behind items leads to others that ``mark`` begins: it is that of ``lead``."""
        begin = trailing.leads_anew(self.clean, self._taken, mark.start)
        if begin is not None:
            self.cuts.append(Cut(begin, Role.TEXT, len(self.documents) - 1, lead))
        return begin is not None
