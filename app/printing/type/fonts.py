"""Which glyph of which font shows a character, and what to say when none does.

Mincho for the body, gothic for heads, and for both the fall-backs for names: rarer kanji, hanzi and
Hangul, Latin letters with marks. A fall-back is read when a character first asks for it. A character no
font has is an error named before anything is drawn: a blank or a box in place of a name would be a false
document.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from itertools import groupby

from reportlab.pdfbase import pdfmetrics

from app.common import PeopleError
from app.printing.type.typeface import Typeface
from app.printing.type.words import printable

BODY, BOLD = "BIZUDMincho-Regular.ttf", "BIZUDGothic-Bold.ttf"
RARE, EAST = "JutakuRareMincho-Regular.ttf", "JutakuEastMincho-Regular.ttf"
LATIN = "JutakuLatinMincho-Regular.ttf"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MARKS = "\u0300-\u036f"
_CLUSTER = re.compile(f"[^{_SELECTORS}{_MARKS}][{_SELECTORS}{_MARKS}]*|[{_SELECTORS}{_MARKS}]", re.DOTALL)
"""A character with what changes its shape. A mark that was not composed is beside its letter in no font."""
_IN_WORDS = re.compile("[A-Za-z\u00c0-\u024f\u02bb\u02bc\u1e00-\u1eff '’.-]")
_FIRST_OF_EAST = "\u2e80"
"""From here on the characters are those of East Asia; :data:`LATIN` has none of them, the others no other."""
BOXES = {"☐": False, "☑": True}
"""Check boxes, and whether they are ticked: the pen draws them over a glyph without an outline."""
_SHOWN = 20
_ONE_AT_A_TIME = threading.Lock()
"""Two threads that load a font at once would draw with one object and measure with the other."""


class MissingGlyph(PeopleError):
    """Characters that no font can show. ``characters``: each one, with its variation selector."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        pairs = tuple(dict.fromkeys(found))
        self.characters = tuple(dict.fromkeys(cluster for cluster, _ in pairs))
        problems = tuple(_sentence(cluster, text) for cluster, text in pairs)
        more = f"（ほか{len(problems) - 1}件）" if len(problems) > 1 else ""
        super().__init__(problems[0] + more, problems)


@dataclass(frozen=True, eq=False, slots=True)
class Glyph:
    """One character on paper. ``text``: what copying it out gives; ``width``: thousandths of the em.

    ``written``: what stands for it when it is drawn with ``font``, the name of a registered font.
    ``box``: drawn as a check box (True: ticked) over an empty glyph.
    """

    text: str
    font: str
    written: str
    width: int
    box: bool | None = None


class Chain:
    """A font and its fall-backs; what was looked up is kept for as long as the process runs."""

    def __init__(self, main: str) -> None:
        self._main = main
        self._known: dict[str, Glyph | None] = {}
        self._marked: set[str] = set()

    def glyph(self, cluster: str) -> Glyph | None:
        """The glyph for one character with or without variation selector; None: no font has it."""
        try:
            return self._known[cluster]
        except KeyError:
            glyph = self._known[cluster] = self._look_up(cluster)
            return glyph

    def glyphs(self, line: str) -> tuple[Glyph, ...]:
        """The glyphs of a line of printable text. Raises :class:`MissingGlyph` naming all it lacks."""
        clusters = _CLUSTER.findall(line)
        found = [glyph for cluster in clusters if (glyph := self.glyph(cluster)) is not None]
        if len(found) < len(clusters):
            raise MissingGlyph((cluster, line) for cluster in self.missing(line))
        if not self._marked.isdisjoint(clusters):
            self._words_in_one_face(clusters, found)
        return tuple(found)

    def missing(self, text: str) -> list[str]:
        """The characters of ``text`` that cannot be shown, each once, in order."""
        clusters = _CLUSTER.findall(printable(text).replace("\n", ""))
        return list(dict.fromkeys(cluster for cluster in clusters if self.glyph(cluster) is None))

    def _look_up(self, cluster: str) -> Glyph | None:
        if glyph := _of(self._main, cluster):
            return glyph
        if cluster >= _FIRST_OF_EAST:
            return _of(RARE, cluster) or _of(EAST, cluster)
        glyph = _of(LATIN, cluster)
        if glyph:
            self._marked.add(cluster)
        return glyph

    def _words_in_one_face(self, clusters: list[str], glyphs: list[Glyph]) -> None:
        """Latin words of which the main font lacks a letter are set in the fall-back as a whole."""

        def in_word(at: int) -> bool:
            return _IN_WORDS.fullmatch(clusters[at]) is not None

        for word, held in groupby(range(len(clusters)), in_word):
            places = list(held)
            if word and any(clusters[at] in self._marked for at in places):
                for at in places:
                    glyphs[at] = _of(LATIN, clusters[at]) or glyphs[at]


def _of(name: str, cluster: str) -> Glyph | None:
    face = load_face(name)
    written = face.written(cluster)
    if written is None:
        return None
    return Glyph(cluster, face.fontName, written, face.advance(written), BOXES.get(cluster))


class Fonts:
    """The two chains that every document is set in."""

    @cached_property
    def body(self) -> Chain:
        return Chain(BODY)

    @cached_property
    def bold(self) -> Chain:
        return Chain(BOLD)


@cache
def fonts() -> Fonts:
    """The fonts of the program, read at their first use and kept."""
    return Fonts()


def load_face(name: str) -> Typeface:
    """A font of ``resources/fonts``; a fall-back is only read when a character asks for it."""
    with _ONE_AT_A_TIME:
        return _read(name)


@cache
def _read(name: str) -> Typeface:
    """Read a font and make it known to ReportLab, which keeps fonts by name for the whole process."""
    data = resources.files("resources").joinpath("fonts", name).read_bytes()
    face = Typeface(f"Jutaku-{name.partition('.')[0]}", data, "".join(BOXES) if name in (BODY, BOLD) else "")
    pdfmetrics.registerFont(face)
    registered: object = pdfmetrics.getFont(face.fontName)
    if registered is not face:
        raise RuntimeError(f"{name} is already registered by someone else")
    return face


def missing_characters(text: str) -> list[str]:
    """The characters of ``text`` that cannot be printed, for a form to name with their field."""
    return fonts().body.missing(text)


def code_points(cluster: str) -> str:
    """How to name a character that perhaps cannot be shown: U+845B U+E0100."""
    return " ".join(f"U+{ord(character):04X}" for character in cluster)


def _sentence(cluster: str, text: str) -> str:
    where = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    shown = f"「{cluster}」" if unicodedata.category(cluster[0])[0] in "LNPS" else ""
    return (
        f"「{where}」にある文字{shown}（{code_points(cluster)}）は印刷できる字形がありません。"
        "元の記録を開き、印刷できる文字に改めてください。"
    )
