"""What the pass found, as pieces that leave nothing out and paragraphs with their numbers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from string import ascii_letters
from typing import NamedTuple
from unicodedata import normalize

from app.annexes.reading.drafts import Cut, Draft
from app.annexes.reading.headings import DECORATION
from app.annexes.reading.marks import KANA, Style
from app.annexes.reading.model import Document, DocumentKind, Paragraph, Parties, Piece, Reading, Role
from app.annexes.reading.outline import Node
from app.annexes.reading.parties import completed, defined, parties
from app.annexes.reading.splitting import Splitter
from app.annexes.reading.text import Text, joined
from app.annexes.reading.titles import part_of, table_of
from app.common import Progress

_SIGNS = ("0123456789", "〇一二三四五六七八九十百壱弐参拾", KANA, ascii_letters)


_CHAPTERS = "章編節款"
_STEP = 2000
"""Pieces between two looks at whether the reading is to stop: a few hundredths of a second."""
_BRACKETS = "()（）〔〕【】[]〈〉《》［］"
_OF_FORM, _SAID = (Role.TITLE, Role.FORM), (Role.TEXT, Role.PREAMBLE)


class _Span(NamedTuple):
    """Folded characters with one role and one owner."""

    start: int
    end: int
    role: Role
    document: int
    node: Node | None


def assembled(text: Text, found: Splitter, progress: Progress) -> Reading:
    """The reading of ``text`` in which ``found`` was found. Raises ``Cancelled``."""
    spans = _spans(found)
    spoken = _spoken(found.documents)
    said = {
        id(span.node)
        for span in spans
        if span.role is Role.TEXT and found.clean[span.start : span.end].strip(f"{DECORATION}\n\f")
    }
    shown = [
        node
        for number, draft in enumerate(found.documents)
        if number in spoken
        for node in draft.nodes
        if _is_shown(node, said)
    ]
    place = {id(node): at for at, node in enumerate(shown)}
    pieces = tuple(_pieces(text, spans, place, spoken, progress))
    parts = _parts(found, spoken)
    paragraphs = tuple(_paragraphs(text, shown, place, pieces, parts))
    return Reading(text.raw, tuple(_documents(found.documents, pieces, parts)), paragraphs, pieces)


def _spans(found: Splitter) -> list[_Span]:
    """The whole folded text in a row: what the cuts say, and over it numbers, headings, titles, furniture."""
    cuts = sorted(found.cuts, key=lambda cut: cut.at)
    over = sorted([*found.spans, *((start, end, Role.FURNITURE) for start, end in found.furniture)])
    places = sorted({0, len(found.clean), *(cut.at for cut in cuts), *(at for one in over for at in one[:2])})
    made: list[_Span] = []
    cut_at, over_at = 0, 0
    for start, end in pairwise(places):
        while cut_at + 1 < len(cuts) and cuts[cut_at + 1].at <= start:
            cut_at += 1
        while over_at < len(over) and over[over_at][1] <= start:
            over_at += 1
        cut: Cut = cuts[cut_at]
        covered = over_at < len(over) and over[over_at][0] <= start
        made.append(_Span(start, end, over[over_at][2] if covered else cut.role, cut.document, cut.node))
    return made


def _pieces(
    text: Text, spans: list[_Span], place: dict[int, int], spoken: set[int], progress: Progress
) -> list[Piece]:
    made: list[Piece] = []
    for order, span in enumerate(spans):
        if not order % _STEP:
            progress.step(order, len(spans), "文章を条項にまとめています")
        role, paragraph = span.role, _of(span.node, place)
        if span.document not in spoken and span.node is not None and role.is_of_clause:
            role = Role.NOTE
        elif paragraph < 0 and role.is_of_clause:
            role = Role.PREAMBLE
        if role is Role.FURNITURE or not (role.is_of_clause or role is Role.NOTE):
            paragraph = -1
        start, end = (0 if not made else made[-1].end), text.offsets[span.end]
        if role is Role.FORM:
            shown = "\n".join(text.paragraphs(span.start, span.end))
        else:
            shown = text.shown(span.start, span.end)
        made.append(Piece(role, start, end, shown, span.document, paragraph))
    if not made:
        return [Piece(Role.PREAMBLE, 0, len(text.raw), "", 0)] if text.raw else []
    last = made[-1]
    made[-1] = Piece(last.role, last.start, len(text.raw), last.text, last.document, last.paragraph)
    return made


def _of(node: Node | None, place: dict[int, int]) -> int:
    """The paragraph that a node is part of: itself, or the first below it where it says nothing."""
    while node is not None:
        if id(node) in place:
            return place[id(node)]
        node = node.children[0] if node.children else None
    return -1


def _is_shown(node: Node, said: set[int]) -> bool:
    """Whether a number is a paragraph of its own: it says something, or nothing stands below it."""
    if node.children:
        return id(node) in said
    return True


def _paragraphs(
    text: Text, shown: list[Node], place: dict[int, int], pieces: tuple[Piece, ...], parts: dict[int, str]
) -> list[Paragraph]:
    texts: dict[int, list[str]] = {}
    for piece in pieces:
        if piece.role is Role.TEXT:
            texts.setdefault(piece.paragraph, []).append(piece.text)
    made = []
    counts: Counter[str] = Counter()
    for at, node in enumerate(shown):
        part = parts.get(node.document, "")
        number = f"{part} {_number(node)}" if part else _number(node)
        counts[number] += 1
        # Nobody could say which of two is meant that have one name.
        again = f"（{counts[number]}つ目）" if counts[number] > 1 else ""
        holder = node.parent if node.implied and node.parent else node
        made.append(
            Paragraph(
                number=f"{number}{again}",
                heading=_heading(text, node),
                text=joined(texts.get(at, [])),
                document=node.document,
                lead=_lead(node, place),
                start=text.offsets[holder.begin],
                options=tuple(text.shown(*span) for span in _options(holder)),
            )
        )
    return made


def _number(node: Node) -> str:
    """As annexes are cited: 第6条第8項(3)ア; a first paragraph is named only where others follow."""
    if node.mark.style is Style.DECIMAL or node.parent is None:
        return node.mark.label
    above, own = _number(node.parent), node.mark.label
    if node.implied:
        siblings = [one for one in node.parent.children if one.mark.style is Style.PARAGRAPH]
        return f"{above}{own}" if len(siblings) > 1 else above
    if node.mark.style is Style.GROUP:
        return f"{above}（{own}）"
    group = node.parent.mark.style is Style.GROUP
    return f"{above}の{own}" if _runs_on(above, own, group=group) else f"{above}{own}"


def _runs_on(above: str, own: str, *, group: bool) -> bool:
    """Whether two numbers would be read as one: 第1 and the 1 below it are not 第11, 別表 and 1 not 別表1."""
    if group and own[0].isdigit():
        return above[-1] not in f"{_CHAPTERS}）"
    return any(above[-1] in signs and own[0] in signs for signs in _SIGNS)


def _heading(text: Text, node: Node) -> str:
    held: Node | None = node
    while held is not None:
        if held.heading is not None:
            shown = text.shown(*held.heading).strip(" 　\t#*:：■◆◇▼▽★☆▲△")
            shown = re.sub(r"\s*\t\s*", "　", shown)
            return shown.strip(_BRACKETS).strip() if shown[:1] in _BRACKETS else shown
        held = held.parent
    return ""


def _options(node: Node) -> list[tuple[int, int]]:
    """Its own, and those of all it stands in: what is said of a clause is said of its paragraphs."""
    above = _options(node.parent) if node.parent is not None else []
    return [*above, *(span for span in node.options if span not in above)]


def _lead(node: Node, place: dict[int, int]) -> int:
    held = node.parent
    while held is not None:
        if id(held) in place:
            return place[id(held)]
        held = held.parent
    return -1


def _spoken(drafts: list[Draft]) -> set[int]:
    """The documents whose numbers are clauses. Guidance with numbers before the first title has none."""
    titled = any(one.title and one.nodes and one.kind is not DocumentKind.FORM for one in drafts)
    found = set()
    for number, draft in enumerate(drafts):
        before = titled and not draft.title and not draft.titles and number == 0
        clauses = any(node.mark.style.is_top for node in draft.nodes)
        if draft.kind is not DocumentKind.FORM and draft.nodes and (clauses or not before):
            found.add(number)
    return found


def _parts(found: Splitter, spoken: set[int]) -> dict[int, str]:
    """What leads the numbers of each document where several have clauses: no two are led alike."""
    if len(spoken) < 2:
        return {}
    named = {}
    for number in sorted(spoken):
        draft = found.documents[number]
        attached = table_of(found.clean[slice(*draft.titles[0])]) if draft.titles else ""
        named[number] = part_of(draft.title or attached, draft.kind)
    often = Counter(named.values())
    seen: Counter[str] = Counter()
    for number, part in named.items():
        seen[part] += 1
        if often[part] > 1:
            named[number] = f"{part}{seen[part]}"
    return named


def _documents(drafts: list[Draft], pieces: tuple[Piece, ...], parts: dict[int, str]) -> list[Document]:
    said: list[list[str]] = [[] for _ in drafts]
    for piece in pieces:
        wanted = _OF_FORM if drafts[piece.document].kind is DocumentKind.FORM else _SAID
        if piece.role in wanted and piece.text:
            said[piece.document].append(piece.text)
    spoken = {
        number: normalize("NFKC", "".join(said[number]))
        for number, draft in enumerate(drafts)
        if draft.nodes and draft.kind is not DocumentKind.FORM
    }
    given = {number: defined(text) for number, text in spoken.items()}
    first = next((one for one in given.values() if one), {})
    sides = {number: parties(text, given[number] or first) for number, text in spoken.items()}
    made = []
    for number, draft in enumerate(drafts):
        if draft.kind is DocumentKind.FORM:
            made.append(Document(draft.kind, draft.title, "", text="\n".join(said[number])))
            continue
        own = completed(sides[number], [*sides.values()]) if number in sides else Parties()
        made.append(Document(draft.kind, draft.title, parts.get(number, ""), own))
    return made
