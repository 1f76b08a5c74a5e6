"""One pass over the lines of a text: documents begin, numbers are taken, and all between has its owner."""

from __future__ import annotations

import re

from app.annexes.reading import headings
from app.annexes.reading.around import cover, groups, letters, options, trailing, unnumbered
from app.annexes.reading.around.notes import Notes, first_below
from app.annexes.reading.candidates import Candidates
from app.annexes.reading.documents import BINDING, Documents
from app.annexes.reading.drafts import Cut, is_free
from app.annexes.reading.marks import MASKED, Mark, Style, is_count, marks_at
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.outline import Outline
from app.annexes.reading.text import PAGE, Line, Text
from app.annexes.reading.titles import attached, is_form_mark, is_table, table_of, title_kind
from app.common import Progress

_LAST_WORDS = re.compile(
    r"この(?:契約|協定|覚書)の(?:成立|締結)を?証|本(?:契約|協定)の(?:成立|締結)を?証|以上の?契約を証"
    r"|[(〔【]?附\s*則[)〕】]?$|(?:令和|平成|西暦)?\s*[\d○〇]*\s*年\s*[\d○〇]*\s*月\s*[\d○〇]*\s*日\s*$"
)
_LAW = re.compile("(?:法律?|条例|規則|規程|要綱|約款|契約書?)$")
"""How a line ends that goes on with a clause of something else."""
_OPEN = ("、", "は", "を", "に", "の")
_STEP = 500  # lines, a few milliseconds
_CHECKLIST = re.compile("チェック|確認表|点検表|一覧")


class Splitter(Documents):
    """What ``run`` finds: documents, nodes, and the spans that are no plain text."""

    def __init__(self, text: Text, progress: Progress) -> None:
        """Raises ``Cancelled``, as ``run`` does; both say to ``progress`` how far they are."""
        held = Candidates(text, progress)
        super().__init__(held)
        self._lines, self._heads, self._within = held.lines, held.heads, held.single
        self._notes = Notes()
        self._progress = progress

    def run(self) -> Splitter:
        """Read all lines; returns itself. Raises ``Cancelled``."""
        for order, line in enumerate(self._lines):
            if not order % _STEP:
                self._progress.step(order, len(self._lines), "条項に分けています")
            if self._begins(order) or self._is_passed(order):
                continue
            self._within = self._held.holds_numbers(line)
            at = self._numbers(self._heads[order], line, loosely=True)
            if at == line.start:
                self._unnumbered(order, line)
            for place in self._held.places(line):
                if place >= at:
                    at = max(at, self._numbers(self._held.within(place), line, loosely=False))
        self._end()
        return self

    def _end(self) -> None:
        """What only the whole text tells."""
        if not any(draft.nodes for draft in self.documents):
            self.spans += unnumbered.found(self.clean, self.documents, self.cuts, self._lines)
        self.spans += letters.titled(self._lines, self.documents)
        ends = [*(cut.at for cut in self.cuts[1:]), len(self.clean)]
        for cut, end in zip(self.cuts, ends, strict=True):
            if cut.node is not None and not cut.node.stop:
                cut.node.stop = end
        self.spans += headings.all_of(self.clean, self.documents, self.usual)
        for draft in self.documents:
            options.spread(self.clean, draft)
            unnumbered.joined_rows(self.clean, draft)

    def _is_passed(self, order: int) -> bool:
        """Whether the numbers of a line are none of a clause: a form has its own, and so has a note."""
        if self._now.kind is DocumentKind.FORM:
            return True
        return self.cuts[-1].role is Role.NOTE and self._notes.goes_on(self._heads[order])

    def _numbers(self, marks: list[Mark], line: Line, *, loosely: bool) -> int:
        """Take the number that is one of ``marks``, and those right behind it; where the last ends."""
        at = line.start
        while (taken := self._take(marks, loosely=loosely)) is not None:
            at = taken
            marks = [mark for mark in marks_at(self.clean, self._held.skipped(at)) if mark.value[-1] == 1]
            loosely = False
        return at

    def _take(self, marks: list[Mark], *, loosely: bool) -> int | None:
        if marks and marks[0].style is Style.CHAPTER:
            return self._chapter(marks[0]) if loosely else None
        marks = marks if loosely else [mark for mark in marks if not is_count(self.clean, mark)]
        if marks and marks[0].value == MASKED:
            return self._put(*self._outline.unmasked(marks[0])) if loosely else None
        for mark in marks:
            confirmed = loosely and self._held.is_confirmed(mark)
            anew = loosely and mark.style.is_top and self._is_anew(mark)
            depth = self._outline.follows(mark, loosely=loosely, confirmed=confirmed, anew=anew)
            if depth is None and loosely:
                depth = self._repeats(mark)
            if depth is not None and (loosely or mark.apart or self._within):
                return self._put(mark, depth)
        for mark in marks:
            if loosely and self._begin_articles(mark):
                return self._put(mark, None)
            if self._restarts(mark, loosely=loosely):
                self._begin_untitled(mark)
                return self._put(mark, None)
            said = self._said(mark.start)
            confirmed = loosely and self._held.is_confirmed(mark)
            confirmed = confirmed and (not self._outline.open or self._held.is_followed(mark))
            within = mark.apart and (bool(self._outline.open) or self._within)
            opens = (loosely or within or mark.style.is_top) and self._outline.opens(
                mark, text=said, confirmed=confirmed
            )
            if opens or (loosely and self._groups(mark)):
                return self._put(mark, None)
        return None

    def _groups(self, mark: Mark) -> bool:
        """Whether numbers begin anew with ``mark`` below a heading or in a chapter: then that is a group."""
        depth = groups.restarts(self._outline, mark)
        if depth is None or not self._held.is_followed(mark, below=True):
            return False
        lead = self._outline.open[depth].parent
        if lead is not None and self.cuts[-1].node is lead and self._outline.last is not lead:
            # Behind the items the sentence went on, and leads to others.
            del self._outline.open[depth:]
            return True
        if lead is not None and self._leads_anew(mark, lead):
            del self._outline.open[depth:]
            return True
        former = self._former(depth)
        if self.cuts[-1].role is Role.CHAPTER:
            called = self._chapters[-1]
            groups.begin(self._outline, self._now, depth, called, former)
            return True
        found = headings.before(
            self.clean, self._taken, mark.start, self.usual, top=True, behind_number=self._is_behind_number
        )
        if found.heading is None:
            return False
        node = groups.begin(self._outline, self._now, depth, groups.named(self.clean, *found.heading), former)
        node.heading = found.heading
        node.options.extend(found.options)
        self.cuts.append(Cut(found.edge, Role.TEXT, len(self.documents) - 1, node))
        self._taken = found.heading[1]
        return True

    def _repeats(self, mark: Mark) -> int | None:
        """The depth at which ``mark`` is already: an alternative, with a heading or option of its own, or a
        number that was given twice."""
        found = headings.before(self.clean, self._taken, mark.start, self.usual, top=False)
        twice = mark.apart and self._outline.is_last(mark) and self._held.is_followed(mark)
        twice = twice and self._said(mark.start).rstrip().endswith("。")
        return self._outline.repeated(mark) if found.heading or found.options or twice else None

    def _is_anew(self, mark: Mark) -> bool:
        """Whether no sentence goes through ``mark``."""
        said = self._said(mark.start).rstrip().rpartition("\n")[2]
        return not (headings.goes_on(said) or _LAW.search(said))

    def _restarts(self, mark: Mark, *, loosely: bool) -> bool:
        if not self._outline.open or not (loosely or self._within):
            return False
        root = self._outline.open[0].mark
        anew = mark.value == (1,) and (root.value[0] > 1 or root.style is not mark.style)
        said = self._said(mark.start).rstrip()
        return root.style.is_top and mark.style.is_top and anew and said[-1:] not in _OPEN

    def _begin_articles(self, mark: Mark) -> bool:
        """Whether articles begin anew with ``mark`` behind plain numbers: a cover, or a document."""
        said = self._said(mark.start).rstrip()
        if not cover.ends_with(mark, self._outline, said) or not self._held.is_confirmed(mark):
            return False
        if cover.is_one(self.clean, self._now.nodes):
            self.spans = cover.without(self._now, self.cuts, self.spans)
            self._outline = Outline(len(self.documents) - 1)
        else:
            self._begin_untitled(mark)
        return True

    def _put(self, mark: Mark, depth: int | None) -> int:
        level = depth if depth is not None else len(self._outline.open)
        if not self._now.nodes and not self._now.title:
            self._title_within(mark.start)
        grouped = level > 0 and self._outline.open[level - 1].mark.style is Style.GROUP
        top = (
            mark.style.is_top or level == 0 or grouped or (mark.style is Style.DECIMAL and depth is not None)
        )
        start = headings.undecorated(self.clean, mark.start, self._taken)
        found = headings.before(
            self.clean, self._taken, start, self.usual, top=top, behind_number=self._is_behind_number
        )
        within = level and depth is None and not grouped
        if within and found.heading and not self._said(found.edge).strip():
            # Right behind the number above it is that number's heading.
            found = headings.Found(None, (), start)
        bare = self._is_bare(found.edge)
        made, gone = self._outline.put(mark, depth, begin=found.edge, bare=bare)
        if gone is not None:
            self._now.nodes.remove(gone)
            self.cuts[-1].node = gone.parent
        made[0].heading = found.heading
        made[0].options.extend(found.options)
        self._now.nodes.extend(made)
        self.spans.append((start, mark.end, Role.NUMBER))
        first = min((span[0] for span in (found.heading, *found.options) if span), default=start)
        if found.edge < first:
            self.spans.append((found.edge, first, Role.NUMBER))
        self.cuts.append(Cut(found.edge, Role.TEXT, len(self.documents) - 1, made[-1]))
        self._taken = mark.end
        return mark.end

    def _is_bare(self, end: int) -> bool:
        """Whether nothing but a heading stands between the last number and ``end``."""
        last = self._outline.last
        if last is None or self._taken != last.end:
            return not self._said(end).strip()
        holder = last.parent if last.implied and last.parent else last
        found = headings.after(
            self.clean, last.end, end, self.usual, has_heading=holder.heading is not None, has_parts=True
        )
        return not self.clean[found.edge : end].strip()

    def _unnumbered(self, order: int, line: Line) -> None:
        """A line without a number of its own: a note, or what stands behind the last clause."""
        current = self.cuts[-1]
        if self._notes.begins(line.text):
            self._close(line.start, Role.NOTE)
        elif _LAST_WORDS.match(line.text) and self._outline.open and current.role is not Role.AFTER:
            self._close(line.start, Role.AFTER)
        elif groups.is_headline(line.text) and self._may_head(order):
            self._head(line, groups.named(self.clean, line.start, line.end))
        elif (lead := trailing.lead_of(self._lines, order, self.usual, current)) is not None:
            self.cuts.append(Cut(line.start, Role.TEXT, len(self.documents) - 1, lead))
        elif current.role is Role.NOTE and self._lines[order - 1].text.endswith("。") and self._outline.last:
            # The note has ended, and what follows has no number: it belongs to what the note stood in.
            self.cuts.append(Cut(line.start, Role.TEXT, len(self.documents) - 1, self._outline.last))

    def _begins(self, order: int) -> bool:
        """Whether a document begins with a line: then it is taken as its title."""
        line = self._lines[order]
        rest = attached(line.text)
        kind = None if rest == "" else title_kind(line.text, first=not order or self._is_attached)
        if kind is None and rest is None:
            return False
        behind_number = bool(self._outline.open) and not self._said(line.start).strip()
        if kind is not None and rest is None and (self._heads[order] or behind_number):
            return False
        if kind in BINDING and rest is None and self._is_in_form(order):
            return False
        free = is_free(self.clean, self._lines, order, self.usual, after=self.cuts[-1].role)
        if not (free or self._title_above(line)) or (
            self._outline.open and not self._is_new(order, kind, rest)
        ):
            return False
        kind = kind or (title_kind(rest, first=True) if rest else None)
        if rest == "" and self._annexes_table(order):
            return True
        form = kind is DocumentKind.FORM or (kind not in BINDING and is_form_mark(line.text))
        if form and _CHECKLIST.search(line.text) and not any(one.nodes for one in self.documents):
            form, kind = False, DocumentKind.OTHER
        self._title(line, kind, form=form)
        return True

    def _is_in_form(self, order: int) -> bool:
        """Whether a line is one of a form that names a contract, and no title behind the form."""
        if not order or self._now.kind is not DocumentKind.FORM or not self._now.title:
            return False
        between = self.clean[self._lines[order - 1].end : self._lines[order].start]
        return PAGE not in between and between.count("\n") <= self._held.gap

    def _annexes_table(self, order: int) -> bool:
        """Whether a table without a title of its own belongs to the annex before: it is taken as a group."""
        line, *below = self._lines[order : order + 3]
        if not is_table(line.text) or self._now.kind is DocumentKind.FORM or not self._now.nodes:
            return False
        if any(title_kind(one.text, first=True) for one in below):
            return False
        self._head(line, groups.Named(table_of(line.text), line.start, line.end), anew=True)
        return True

    def _is_new(self, order: int, kind: DocumentKind | None, rest: str | None) -> bool:
        """Whether the numbers behind a title begin anew instead of going on."""
        first = first_below(self._lines, self._heads, order)
        goes_on = any(
            mark.value[-1] > 1
            and self._outline.follows(mark, loosely=True) is not None
            # The numbers of empty rows are those of a form.
            and (kind is not DocumentKind.FORM or self._held.is_followed(mark))
            for mark in first
        )
        anew = any(mark.value[-1] == 1 and mark.style in _BEGINNING for mark in first)
        return not goes_on and (anew or kind is DocumentKind.FORM or rest is not None)


_BEGINNING = (
    *(Style.ARTICLE, Style.POINT, Style.PLAIN, Style.HALF, Style.KANJI, Style.DECIMAL, Style.ROMAN),
    *(Style.BRACED, Style.BOXED, Style.CHAPTER),
)
