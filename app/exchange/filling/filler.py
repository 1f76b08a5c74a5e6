"""Opening a client's file, filling it, and reading back what came of it before anyone sees it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType

from app.common import PeopleError
from app.exchange.filling.book.workbook import BookFile
from app.exchange.filling.package import Package
from app.exchange.filling.refusing import refuse_unsafe
from app.exchange.filling.spans import spans
from app.exchange.filling.values import (
    BOX,
    CELL,
    CONTROL,
    NAME,
    SEPARATOR,
    STATED,
    Finder,
    Names,
    Outcome,
    Place,
    Placement,
    Put,
)
from app.exchange.filling.word.document import WordFile
from app.file_kinds import FileKind

_SUFFIX = MappingProxyType({FileKind.WORD: ".docx", FileKind.BOOK: ".xlsx"})
_NUMBER = re.compile(r":\d+$|[A-Z]+(?=\d+$)")
"""What of a place's id tells its column: 表1:2:3, 様式!B5."""
_SHOWN = 40
"""Characters of a client's text that one message quotes."""
_TOLD = 20
"""Places named in one message; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Form:
    """A client's file that was looked at: where something can be put, and all it says."""

    package: Package
    places: tuple[Place, ...]
    texts: tuple[tuple[str, str], ...]

    @property
    def suffix(self) -> str:
        """``.docx`` or ``.xlsx``."""
        return _SUFFIX[self.package.kind]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled file: its bytes, what was put where, what was left empty, what is to be looked at."""

    data: bytes
    put: tuple[Put, ...]
    unfilled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    changed: frozenset[str] = frozenset()
    texts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    suffix: str = ".docx"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def inspect(data: bytes, name: str) -> Form:
    """Open the file called ``name``. Raises ``PeopleError`` for whatever cannot or must not be filled."""
    package = Package.open(data, name)
    refuse_unsafe(package)
    wanted = _SUFFIX[package.kind]
    ending = PurePath(name).suffix.lower()
    if ending and ending != wanted:
        raise PeopleError(
            f"{package.shown}の中身は{package.kind.label}です。"
            f"ファイルの名前の末尾を「{wanted}」に直してから読み込み直してください。"
        )
    opened = _opened(package)
    return Form(package, tuple(opened.places()), tuple(opened.texts()))


def fill(form: Form, names: Names, placements: Iterable[Placement]) -> Filled:
    """Put the facts in their places, and read the result back.

    Raises ``PeopleError`` naming every unknown name and every place that the file has not; then nothing
    was filled. What holds no value, and what may not show, is told and keeps nothing from being filled.
    """
    outcome, placements = Outcome(), tuple(placements)
    finder = Finder(names, placements, outcome)
    package = form.package
    opened = _opened(package)
    taken = opened.taken()
    outcome.lost.extend(_misplaced(form, placements, taken))
    changed = opened.fill(finder)
    outcome.lost.extend(
        f"「{place}」という場所が様式にありません。"
        for place in finder.left()
        if not place.startswith("{") and place not in taken
    )
    problems = [*_unknown(outcome), *dict.fromkeys(outcome.lost)]
    if problems:
        raise PeopleError(f"{package.shown}に記入できません。{problems[0]}", problems)
    outcome.unfilled.extend(finder.unticked())
    data = package.written(changed)
    texts = _read_back(package, data, changed, outcome)
    return Filled(
        data,
        tuple(outcome.put),
        tuple(dict.fromkeys(outcome.unfilled)),
        tuple(dict.fromkeys(outcome.remarks)),
        frozenset(changed),
        texts,
        form.suffix,
    )


def suggest(form: Form, names: Names) -> tuple[Placement, ...]:
    """Placements that the file's own labels call for: the empty cell beside a label that is a name.

    Of lists it is the first of the rows that the form has numbered for them, where its headings leave no
    doubt which list is meant: a row with the department of another person would be a false paper.
    """
    found = []
    rows: dict[str, list[Place]] = {}
    for place in form.places:
        if place.kind != CELL or place.text or not place.near:
            continue
        if place.row.isdecimal() and int(place.row) == 1:
            rows.setdefault(_NUMBER.sub("", place.id), []).append(place)
        elif not place.row:
            named = names.find(place.near)
            if named is not None and not named.of and named.shown:
                found.append(Placement(place.id, named.name))
    for places in rows.values():
        found += _listed(places, names)
    return tuple(found)


def _listed(places: list[Place], names: Names) -> list[Placement]:
    """The columns of the only list that has any of the headings of one row."""
    held = [one for one in names.lists if any(one.has(place.near) for place in places)]
    held = [one for one in held if one.name != STATED] or held
    if len(held) != 1 or not held[0].rows:
        return []
    columns = ((place, held[0].has(place.near)) for place in places)
    return [Placement(place.id, f"{held[0].name}{SEPARATOR}{column}") for place, column in columns if column]


def _misplaced(form: Form, placements: tuple[Placement, ...], taken: Mapping[str, str]) -> Iterator[str]:
    """What cannot be put where it was placed: two facts for one place, or a place that shows none."""
    placed = [one.place for one in placements]
    for place in dict.fromkeys(placed):
        if placed.count(place) > 1:
            yield f"「{place}」に項目を2回割り当てています。1つにしてください。"
        if place in taken:
            yield taken[place]
    cells = {one.where: one.id for one in form.places if one.kind == CELL and one.id in placed}
    for one in form.places:
        if one.kind in (BOX, CONTROL) and one.id in placed and one.where in cells:
            yield (
                f"「{cells[one.where]}」の欄と、その中の「{one.id}」の両方に項目を割り当てています。"
                "どちらかの割当てを外してください。"
            )


def _opened(package: Package) -> WordFile | BookFile:
    return WordFile(package) if package.kind is FileKind.WORD else BookFile(package)


def _unknown(outcome: Outcome) -> list[str]:
    told = list(dict.fromkeys(outcome.unknown))
    more = f"ほか{len(told) - _TOLD}か所" if len(told) > _TOLD else ""
    if not told:
        return []
    listed = "、".join(told[:_TOLD]) + more
    return [f"{listed}に当たる名前がありません。名前を一覧から選び直してください。"]


def _read_back(
    package: Package, data: bytes, changed: dict[str, bytes], outcome: Outcome
) -> tuple[tuple[str, str], ...]:
    """Hold the written file against what was to be written. Raises ``PeopleError`` where it is not that."""
    written = Package.open(data, package.shown.strip("「」"))
    before, after = package.hashes(), written.hashes()
    touched = {part for part in after if after[part] != before.get(part)} | (before.keys() - after.keys())
    if not touched <= changed.keys():
        raise _wrong(package)
    opened = _opened(written)
    texts = tuple(opened.texts())
    everywhere = "".join("".join(text.split()) for _where, text in opened.every_text())
    for one in outcome.put:
        if _squeezed(one.text) not in everywhere:
            raise _wrong(package)
    told = [_squeezed(one.text) for one in outcome.put if "{" in one.text or "｛" in one.text]
    for where, text in texts:
        for span in spans(text):
            braced = text[span.start : span.end]
            if not any(_squeezed(braced) in one for one in told):
                outcome.unfilled.append(f"{where}の「{braced}」")
        loose = _squeezed(NAME.sub("", text))
        if not told and any(brace in loose for brace in "{}｛｝"):
            outcome.unfilled.append(
                f"{where}の「{text.strip()[:_SHOWN]}」：対になる波括弧が同じ行にありません。"
            )
    return texts


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _wrong(package: Package) -> PeopleError:
    return PeopleError(
        f"{package.shown}に記入した結果が、記入した内容と一致しません。"
        "様式をWordかExcelで開いて保存し直し、読み込み直してください。"
    )
