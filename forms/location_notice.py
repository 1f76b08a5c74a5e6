"""作業場所届出書: where entrusted information is worked on and kept, new or changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Gap, Grid, KeepTogether, Sheet
from app.records import Location, LocationUse, Statement
from app.records.attachment import AttachmentKind
from app.records.location import JAPAN, LocationKind
from app.records.paths import Path
from forms.changing.notice import CHANGE, change_blocks, told_under
from forms.changing.theme import Theme
from forms.form import Form
from forms.parts.about import lasting
from forms.parts.cells import Cell, always, field, options, pairs
from forms.parts.enclosures import enclosures
from forms.parts.lasting import planned
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.paper import Paper
from forms.parts.texts import NONE, OPEN, full_width

_KINDS: Mapping[str, str] = {
    LocationKind.WORK: "作業を行う場所",
    LocationKind.STORE: "保管を行う場所",
    LocationKind.BACKUP: "バックアップを保管する場所",
    LocationKind.OUTSIDE: "持ち出した先の場所",
}


def _ours(case: Case, use: LocationUse) -> bool:
    """Locks and rooms of the client's own system are the client's to know."""
    place = case.facts.find(Location, use.location)
    return place is not None and place.kind != LocationKind.CLIENT_SYSTEM


def _address(case: Case, use: LocationUse) -> str:
    place = case.facts.find(Location, use.location)
    if place is None:
        return NONE
    code = f"〒{place.postal_code}　" if place.postal_code else ""
    country = f"（{place.country}）" if place.country and place.country != JAPAN else ""
    return f"{code}{place.address}{country}"


def _domestic(text: str) -> str:
    """Older documents said of a place in Japan that it is in Japan."""
    return text.removesuffix(f"（{JAPAN}）")


_NAME = field(LocationUse, "location.name", needed=always)
_KIND = field(LocationUse, "location.kind")
_ADDRESS = Cell("所在地", _address, formerly=_domestic, rests=(Path(LocationUse, "location.address"),))
_ROOM = field(LocationUse, "location.room", needed=_ours)
_AREA = field(LocationUse, "location.area", needed=_ours)
_PURPOSE = field(LocationUse, "purpose")
_LOCK = field(LocationUse, "location.lock", needed=_ours)
_ENTRY = field(LocationUse, "location.entry_control", needed=_ours)
_STORE = field(LocationUse, "location.store")
_STARTS = field(LocationUse, "starts_on")
_ENDS = field(LocationUse, "ends_on", otherwise=OPEN)


def _facts(paper: Paper[LocationUse]) -> dict[str, Any]:
    facts = paper.case.facts
    places = (facts.find(Location, use.location) for use in paper.things)
    return {
        "places": [
            _printed(paper.case, use, entry) for use, entry in zip(paper.things, paper.entries, strict=True)
        ],
        "enclosures": enclosures(facts, places, (AttachmentKind.PLAN,)),
    }


def _printed(case: Case, use: LocationUse, entry: Mapping[str, str]) -> dict[str, str]:
    """A place as it is printed: what it is for in words, and what is still to come marked as such."""
    kind = entry[_KIND.label]
    return {
        **entry,
        _KIND.label: _KINDS.get(kind, kind),
        _STARTS.label: entry[_STARTS.label] + planned(use.starts_on, case.day),
        _ENDS.label: entry[_ENDS.label] + planned(use.ends_on, case.day),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: on a change the changes first, then every place as it is now."""
    places = tuple(
        block
        for number, place in enumerate(statement.facts["places"], 1)
        for block in (Gap(2.0 if number > 1 else 0.0), KeepTogether((_place_grid(number, place),)))
    )
    sections: tuple[Section, ...] = (("作業場所", places),)
    sentence = f"{under(statement)}下記の契約の業務を行う作業場所を、次のとおり届け出ます。"
    if statement.variant == CHANGE:
        told = told_under(statement)
        sentence = f"{told}で届け出た作業場所について、{under(statement)}下記のとおり変更を届け出ます。"
        sections = (("変更の内容", change_blocks(statement)), ("変更後の作業場所", places))
    return (letter_sheet(statement, FORM.title, sentence, sections),)


def _place_grid(number: int, place: dict[str, str]) -> Grid:
    name, text = pairs(place, _NAME)
    rows = (
        (f"（{full_width(number)}）{name}", text, *pairs(place, _KIND)),
        pairs(place, _ADDRESS),
        pairs(place, _ROOM, _AREA),
        pairs(place, _PURPOSE, _STORE),
        pairs(place, _LOCK, _ENTRY),
        pairs(place, _STARTS, _ENDS),
    )
    return Grid(rows, size=9.5, label=0.18)


def _use(case: Case, key: str, _kind: str) -> LocationUse | None:
    found = case.facts.stated(key)
    return found if isinstance(found, LocationUse) else None


FORM = Form(
    id="location-notice",
    title="作業場所届出書",
    proves=(Whole("work-location"), Whole("domestic-storage")),
    about=lasting(LocationUse),
    entry=(_NAME, _KIND, _ADDRESS, _ROOM, _AREA, _PURPOSE, _LOCK, _ENTRY, _STORE, _STARTS, _ENDS),
    changes=Theme(
        LocationUse,
        noun="作業場所",
        name=_NAME,
        starts=_STARTS,
        ends=_ENDS,
        told=(_NAME, _ADDRESS, _ROOM, _PURPOSE),
        source=_use,
        like=_PURPOSE,
        dated=(_ADDRESS, _ROOM, _AREA, _LOCK, _ENTRY, _STORE),
    ),
    choices={
        _KIND.label: tuple(_KINDS.get(kind, kind) for kind in options(_KIND)),
        **{cell.label: options(cell) for cell in (_AREA, _LOCK, _ENTRY, _STORE)},
    },
    facts=_facts,
    draw=draw,
)
