"""作業場所届出書: where entrusted information is worked on and kept, new or changed."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.printing.blocks import Gap, Grid, KeepTogether, Sheet
from app.printing.type.wareki import wareki
from app.records import Location, LocationUse, Statement
from app.records.attachment import AttachmentKind
from app.records.location import LocationKind
from forms.form import Form
from forms.parts.basis import basis
from forms.parts.changes import (
    CHANGE,
    Theme,
    change_blocks,
    changes,
    previous,
    previous_facts,
    variant_of,
    with_known_ends,
)
from forms.parts.enclosures import enclosures
from forms.parts.lasting import split
from forms.parts.letter import Section, letter, letter_sheet, under
from forms.parts.texts import OPEN, day_text, full_width, or_none
from forms.parts.wanted import Wanted

_ID, _TITLE = "location-notice", "作業場所届出書"
_STARTS, _ENDS = "使用開始日", "使用終了日"
_ASKED = (
    ("room", "建物・階・室"),
    ("area", "区域の区分"),
    ("lock", "施錠の方法"),
    ("entry_control", "入退室管理の方法"),
)
"""What a notice must say of a place, beyond what every place has."""


def gather(case: Case) -> Statement:
    """The places of the contract in use or to be used. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    lasting, ended = split(case.facts.of(LocationUse, "contract", case.contract.id), case.day)
    wanted.need(
        lasting, "この契約で使う作業場所がありません。作業場所の使用を登録してください。", "location_use"
    )
    for use in lasting:
        _ask(case, use, wanted)
    before = previous(case, _ID)
    now = {_key(use): _entry(case, use) for use in lasting}
    gone = {_key(use): _entry(case, use) for use in ended}
    stated = with_known_ends(now, gone, before, _ENDS)
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, basis(case, ("work-location",))),
        "places": list(now.values()),
        "previous": previous_facts(before),
        "changes": changes(case, before, stated, _theme(case), wanted),
        "enclosures": enclosures(
            case.facts, [("location", use.location) for use in lasting], (AttachmentKind.PLAN,)
        ),
    }
    return wanted.checked(
        Statement(_ID, case.contract.id, case.day, variant_of(before), facts=facts, stated=stated)
    )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: on a change the changes first, then every place as it is now."""
    places = tuple(
        block
        for number, place in enumerate(statement.facts["places"], 1)
        for block in (Gap(2.0 if number > 1 else 0.0), KeepTogether((_place_grid(number, place),)))
    )
    sections: tuple[Section, ...]
    if statement.variant == CHANGE:
        told = statement.facts["previous"]
        sentence = (
            f"{told['date']}付け（文書番号{told['number']}）で届け出た作業場所について、"
            f"{under(statement)}下記のとおり変更を届け出ます。"
        )
        sections = (("変更の内容", change_blocks(statement)), ("変更後の作業場所", places))
    else:
        sentence = f"{under(statement)}下記の契約の業務を行う作業場所を、次のとおり届け出ます。"
        sections = (("作業場所", places),)
    return (letter_sheet(statement, _TITLE, sentence, sections),)


def _place_grid(number: int, place: dict[str, str]) -> Grid:
    return Grid(
        (
            (f"（{full_width(number)}）名称", place["名称"], "種別", place["種別"]),
            ("所在地", place["所在地"]),
            ("建物・階・室", place["建物・階・室"], "区域", place["区域"]),
            ("用途", place["用途"], "保管設備", place["保管設備"]),
            ("施錠", place["施錠"], "入退室管理", place["入退室管理"]),
            (_STARTS, place[_STARTS], _ENDS, place[_ENDS]),
        ),
        size=9.5,
        label=0.18,
    )


def _key(use: LocationUse) -> str:
    return f"location_use:{use.id}"


def _entry(case: Case, use: LocationUse) -> dict[str, str]:
    place = case.facts.find(Location, use.location)
    if place is None:
        return {"名称": "", _STARTS: wareki(use.starts_on), _ENDS: day_text(use.ends_on, OPEN)}
    code = f"〒{place.postal_code}　" if place.postal_code else ""
    return {
        "名称": place.name,
        "種別": place.kind,
        "所在地": f"{code}{place.address}（{place.country}）",
        "建物・階・室": or_none(place.room),
        "区域": or_none(place.area),
        "用途": use.purpose,
        "施錠": or_none(place.lock),
        "入退室管理": or_none(place.entry_control),
        "保管設備": or_none(place.store),
        _STARTS: wareki(use.starts_on),
        _ENDS: day_text(use.ends_on, OPEN),
    }


def _ask(case: Case, use: LocationUse, wanted: Wanted) -> None:
    place = wanted.need(
        case.facts.find(Location, use.location),
        "作業場所の使用に、場所の記録がありません。場所を選び直してください。",
        "location_use",
        use.id,
        "location",
    )
    if place is None or place.kind == LocationKind.CLIENT_SYSTEM:
        # Locks and rooms of the client's own system are the client's to know.
        return
    for field, label in _ASKED:
        sentence = f"作業場所「{place.name}」の{label}を入力してください。"
        wanted.need(getattr(place, field), sentence, "location", place.id, field)


def _theme(case: Case) -> Theme:
    def source(key: str, _kind: str) -> LocationUse | None:
        return case.facts.find(LocationUse, int(key.partition(":")[2]))

    return Theme(
        noun="作業場所",
        name="名称",
        like="用途",
        starts=_STARTS,
        ends=_ENDS,
        told=("名称", "所在地", "建物・階・室", "用途"),
        moves=True,
        record="location_use",
        source=source,
    )


FORM = Form(_ID, _TITLE, ("work-location", "domestic-storage"), gather, draw)
