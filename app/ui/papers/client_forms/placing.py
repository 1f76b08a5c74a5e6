"""What is being placed: the opened file, the names with their values, and which fact goes where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.common import PeopleError
from app.duties.case import Case, FormFace
from app.exchange.documents.issuing import prepare
from app.exchange.documents.names import Printed, names_of
from app.exchange.documents.own_form import OwnForm, one_sheet, unsaid
from app.exchange.filling.filler import Filled, Form, fill, inspect
from app.exchange.filling.values import CELL, Names, Place, Placement
from app.ledger.door import Ledger
from app.printing.type.words import DRAFT
from app.records import Statement

_NAMED = 5
"""Places that one message names."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A client's file as it was read: its bytes, its name, its places."""

    data: bytes
    name: str
    form: Form

    @classmethod
    def of(cls, data: bytes, name: str) -> Opened:
        """Look at a file. Raises ``PeopleError`` for whatever cannot or must not be filled."""
        return cls(data, name, inspect(data, name))


@dataclass(frozen=True, slots=True)
class Known:
    """The names of the paper with the values of the day; ``lacking``: why there are none yet."""

    names: Names | None
    lacking: tuple[str, ...] = ()
    statement: Statement | None = None


def known(form: FormFace, case: Case) -> Known:
    """The list of names that people point at; of papers of one sheet each, those of the first."""
    made = prepare(form, case)
    if made.statement is None:
        return Known(None, tuple(fact.sentence for fact in made.missing))
    statement = one_sheet(form, case, made.statement)
    return Known(names_of(form, statement, Printed(DRAFT, DRAFT, DRAFT)), statement=statement)


@dataclass(frozen=True, slots=True)
class Followed:
    """What is placed in a new file, and what people are told of it; empty where all stayed in its place."""

    placing: Placing
    said: str


def _same(was: Place, places: tuple[Place, ...]) -> Place | None:
    """The place that has the heading of ``was``: the one of its number, else the only one."""
    alike = [one for one in places if _heading(one) == _heading(was)]
    stayed = next((one for one in alike if one.id == was.id), None)
    if stayed is not None or not was.near:
        return stayed
    return alike[0] if len(alike) == 1 else None


def _heading(place: Place) -> tuple[str, ...]:
    return (place.kind, place.near, place.row, place.text if place.kind == CELL else "")


def _told(moved: int, lost: list[str]) -> str:
    said = f"見出しの位置が変わった{moved}か所は、割当てを移しました。" if moved else ""
    if lost:
        listed = "、".join(lost[:_NAMED]) + (f"ほか{len(lost) - _NAMED}か所" if len(lost) > _NAMED else "")
        said += f"新しいファイルに同じ見出しのない場所の割当てを外しました（{listed}）。"
    return f"{said}「記入した結果」で確かめてください。" if said else ""


@dataclass(slots=True)
class Placing:
    """Which fact goes where, by the id of the place."""

    placed: dict[str, Placement] = field(default_factory=dict)

    def put(self, place: Place, name: str, when: str = "") -> None:
        """Let ``name`` stand at a place."""
        self.placed[place.id] = Placement(place.id, name, when)

    def take(self, place: Place) -> None:
        """Leave a place as the client made it."""
        self.placed.pop(place.id, None)

    def name_at(self, place: Place, names: Names | None) -> str:
        """What stands there: what was placed, or what its own braces call for; empty for nothing."""
        placed = self.placed.get(place.id)
        if placed is not None:
            return placed.name
        if not place.id.startswith("{") or names is None:
            return ""
        found = names.find(place.near)
        return found.name if found is not None else ""

    def follow(self, old: Opened | None, new: Opened) -> Followed:
        """What was placed in a file, in another one of the same form, and what became of it in words.

        A place is the same where its heading is; a place by its number alone would be another fact's cell
        once the client has put a row above it.
        """
        before = {place.id: place for place in old.form.places} if old is not None else {}
        made, moved, lost = Placing(), 0, []
        for one in self.placed.values():
            was = before.get(one.place)
            now = _same(was, new.form.places) if was is not None else None
            if was is None or now is None or now.id in made.placed:
                lost.append(f"{was.where if was is not None else one.place}の「{one.name}」")
                continue
            made.placed[now.id] = Placement(now.id, one.name, one.when)
            moved += now.id != one.place
        return Followed(made, _told(moved, lost))

    def fill(self, opened: Opened, names: Names, statement: Statement | None = None) -> Filled:
        """The file with everything in its place, and what of ``statement`` it says nowhere.

        Raises ``PeopleError``.
        """
        filled = fill(opened.form, names, self.placed.values())
        if statement is None:
            return filled
        return replace(filled, unfilled=(*filled.unfilled, *unsaid(statement, filled)))


def reopened(ledger: Ledger, own: OwnForm) -> tuple[Opened, Placing]:
    """A file that was kept, with its places. Raises ``PeopleError``."""
    try:
        opened = Opened.of(ledger.blob(own.file), own.name)
    except PeopleError as error:
        raise PeopleError(f"登録されている発注者の様式を開けません。{error.sentence}") from error
    return opened, Placing({one.place: one for one in own.placements})
