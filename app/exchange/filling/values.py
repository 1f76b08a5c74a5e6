"""What is put into a client's file and where: names with their values, places, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

NAME = re.compile(r"[{｛]([^{}｛｝\n\t]{1,80})[}｝]")
"""A name in the text of a file: between braces of either width, on one line."""
EMPTY = "空欄"
"""The name under which a place is emptied."""
SEPARATOR = "／"
"""Between the name of a list and that of its column: 従事者／氏名."""
STATED = "明細"
"""The list of what a document states of each thing; the form's own lists go before it."""
BOXES = "□☐▢■☑☒"
TICKED = "■☑☒"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold."""
_EMPTIED = re.compile(f"[{BOXES}]")
_MARKS = re.compile(r"[\s　・:：]+")


def plain(name: str) -> str:
    """A name as it is compared: white space and the marks around it make no other name of it."""
    return _MARKS.sub("", name)


def bare(text: str) -> str:
    """What the form itself says in a cell: without names, every box empty."""
    return _EMPTIED.sub("□", NAME.sub("", text)).strip()


def is_label(text: str) -> bool:
    """Whether what a cell says is a label: no running number, no box to be ticked, no name to be filled."""
    told = text.strip()
    return bool(told) and not (told.isdecimal() or _EMPTIED.search(told) or NAME.search(told))


def alike(first: str, below: str) -> bool:
    """Whether a cell beside those of a list may stand in one more row of it; 計 or 備考 ends the list."""
    told = below.strip()
    return not told or told == first.strip() or told.isdecimal()


@dataclass(frozen=True, slots=True)
class Listed:
    """What is told of several things: a row of texts for each, under the labels of the columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def has(self, label: str) -> str:
        """The name of the column that ``label`` means; empty where the list has none."""
        wanted = plain(label)
        return next((one for one in self.columns if plain(one) == wanted), "")

    def column(self, label: str) -> tuple[str, ...]:
        """The texts of one column. Raises ``ValueError`` for a label that it has not."""
        at = self.columns.index(label)
        return tuple(row[at] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Named:
    """One name with its value of today: one text, or the texts of a column of a list (``of``)."""

    name: str
    texts: tuple[str, ...]
    of: str = ""

    @property
    def shown(self) -> str:
        """The value on one line, as people see it beside the name."""
        return "、".join(" ".join(text.splitlines()) for text in self.texts)

    @property
    def joined(self) -> str:
        """The value where there is room for one text only."""
        return "、".join(self.texts) if self.of else self.texts[0]

    def text(self, entry: int) -> str:
        """What stands for it in row ``entry`` (from 0) of a list; nothing below its last row."""
        if not self.of:
            return self.joined
        return self.texts[entry] if entry < len(self.texts) else ""


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one document, in the order in which people look for them."""

    single: Mapping[str, str]
    lists: tuple[Listed, ...] = ()

    def all(self) -> Iterator[Named]:
        """Every name, those of lists as 一覧／列."""
        for name, text in self.single.items():
            yield Named(name, (text,))
        for one in self.lists:
            for label in one.columns:
                yield Named(f"{one.name}{SEPARATOR}{label}", one.column(label), one.name)

    def find(self, name: str) -> Named | None:
        """What ``name`` means: a name, or a column's label alone where only one list has it."""
        wanted = plain(name)
        if wanted == EMPTY:
            return Named(EMPTY, ("",))
        held = list(self.all())
        for one in held:
            if plain(one.name) == wanted:
                return one
        ends = [one for one in held if one.of and plain(one.name.partition(SEPARATOR)[2]) == wanted]
        ours = [one for one in ends if one.of != STATED] or ends
        return ours[0] if len(ours) == 1 else None


@dataclass(frozen=True, slots=True)
class Placement:
    """One fact's place: ``place`` as ``Place.id``, the ``name``, and for a box the text that ticks it."""

    place: str
    name: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be put. ``where``: as people find it; ``near``: the label beside or above it.

    ``row``: the running number of its row, where the form has ruled rows for a list; the label is the
    heading of the column then.
    ``kind``: 名前 (braces in the text), 欄 (a cell), 枠 (a content control) or チェック (a box).
    """

    id: str
    kind: str
    where: str
    text: str = ""
    near: str = ""
    row: str = ""


NAMED, CELL, CONTROL, BOX = "名前", "欄", "枠", "チェック"


@dataclass(frozen=True, slots=True)
class Put:
    """What was written where; ``part`` is the file's own part that now holds it."""

    where: str
    name: str
    text: str
    part: str

    @property
    def is_tick(self) -> bool:
        """Whether a box was ticked there."""
        return len(self.text) == 1 and self.text in TICKED


@dataclass
class Outcome:
    """What is found out while a file is filled; ``unknown`` names keep the whole from being filled."""

    put: list[Put] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def several_lists(where: str, lists: Iterable[str]) -> str:
    """What is said of a row that two lists fill: what stands side by side belongs to different things."""
    return f"{where}に、別々の一覧（{'・'.join(dict.fromkeys(lists))}）の項目を割り当てています"


def named_itself(place: str, name: str) -> str:
    """Why nothing is put into a place in which a name stands."""
    return f"「{place}」の欄には「{{{name}}}」が書かれています。「{{{name}}}」に項目を割り当ててください。"


class Finder:
    """Which value a place gets: by its placement, or by the name between its braces."""

    def __init__(self, names: Names, placements: Iterable[Placement], outcome: Outcome) -> None:
        self._names = names
        self._placed = {one.place: one for one in placements}
        self._met: set[str] = set()
        self._asked: dict[tuple[str, int | None, str], dict[str, bool]] = {}
        self.outcome = outcome

    def at(self, place: str) -> Named | None:
        """What is placed there; None where nothing is, or where its name is unknown (which is noted)."""
        placed = self._placed.get(place)
        if placed is None:
            return None
        self._met.add(place)
        return self._known(placed.name, f"「{place}」に置いた名前「{placed.name}」")

    def braced(self, name: str, where: str) -> Named | None:
        """What stands for ``{name}``: a placement of these braces goes before the name itself."""
        place = "{" + name + "}"
        placed = self._placed.get(place)
        if placed is not None:
            self._met.add(place)
        return self._known(placed.name if placed else name, f"{where}の「{place}」")

    def ticks(self, place: str, caption: str, row: tuple[str, int] | None = None) -> bool | None:
        """Whether the box there is ticked: its choice is the value, or one of them. None: nothing placed.

        ``row``: the list that the box's row repeats for, and which of its entries (from 0) the row tells of:
        a column of that list says there what it says of that entry, and nothing of the others.
        """
        found = self.at(place)
        if found is None:
            return None
        wanted = plain(self._placed[place].when or caption)
        entry = row[1] if row is not None and found.of == row[0] else None
        texts = found.texts if entry is None else (found.text(entry),)
        given = (part for text in texts for part in re.split(r"[、,，\n]", text))
        on = any(plain(part) == wanted for part in (*texts, *given)) if wanted else False
        self._asked.setdefault((found.name, entry, "、".join(texts)), {})[caption] = on
        return on

    def unticked(self) -> Iterator[str]:
        """What none of the boxes for it stands for: of one box alone, to be empty is an answer too."""
        for (name, _entry, text), boxes in self._asked.items():
            if text.strip() and len(boxes) > 1 and not any(boxes.values()):
                yield f"「{name}」の「{text}」：チェックする欄がありません（{'・'.join(boxes)}）。"

    def has(self, place: str) -> bool:
        """Whether anything is placed there."""
        return place in self._placed

    def left(self) -> list[str]:
        """Places of the form's placements that the file has not."""
        return [place for place in self._placed if place not in self._met]

    def _known(self, name: str, where: str) -> Named | None:
        found = self._names.find(name)
        if found is None:
            self.outcome.unknown.append(where)
        elif any(_UNWRITABLE.search(text) for text in found.texts):
            self.outcome.lost.append(
                f"「{found.name}」の内容に、ファイルに書けない文字（制御文字）があります。記録の内容を直してください。"
            )
            return None
        return found
