"""What was seen at a place: numbers scanned or ticked, held against what should be there.

Nothing is found by default: what nobody looked at is 未確認, and only the officer says that it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.records import Asset, Device, Facts, Location
from app.records.amounts import Amount, amount_stored
from app.records.days import wareki
from app.records.spelling.fold import alike
from app.work.acts.devices.uses import away_on
from app.work.acts.stock.called import Names
from app.work.acts.stock.counted import counted, unexpected
from app.work.acts.stock.expected import places_on, stands_on
from app.work.acts.stock.rows import ABSENT, Row, Seen
from app.work.acts.stock.sought import Sought, sought_at

_PARTS = re.compile(r"[\n\r、，,;\t]+")
_SAID_ABSENT = re.compile(rf"(.+?)[ \u3000]+{ABSENT}")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_QUANTITY = re.compile(r"[ \u3000]\d{1,3}(?:[,，]\d{3})+(?!\d)")
"""After a blank, what would otherwise be parted at its commas: 1,200."""


class Entry(NamedTuple):
    """One number as it was said; ``absent``: the officer says that the thing is not there.

    ``quantity``: how many of an asset were counted, where that is known apart from the number.
    """

    number: str
    absent: bool = False
    quantity: Amount | None = None


def entries(text: str) -> tuple[Entry, ...]:
    """What was said, one number a line or parted by 、; ``PC-002 なし`` says that it is not there."""
    return tuple(_entries(text))


def _entries(text: str) -> Iterator[Entry]:
    whole = _QUANTITY.sub(lambda found: _THOUSANDS.sub("", found[0]), text)
    for part in _PARTS.split(whole):
        if said := part.strip():
            absent = _SAID_ABSENT.fullmatch(said)
            yield Entry(absent[1].strip(), absent=True) if absent else Entry(said)


def written(said: Iterable[Entry]) -> str:
    """Entries as the text that says them."""
    return "\n".join(map(_written, said))


def _written(one: Entry) -> str:
    if one.absent:
        return f"{one.number} {ABSENT}"
    return one.number if one.quantity is None else f"{one.number} {amount_stored(one.quantity)}"


def tally(
    facts: Facts,
    place: Location,
    day: date,
    text: str,
    contract: int | None = None,
    sought: Sought | None = None,
    names: Names | None = None,
) -> tuple[Row, ...]:
    """Everything that should be there as it was seen, in the order of lists, then what should not be.

    Of two things said of one number the later holds. ``sought``: what should be there, and ``names``: what
    numbers mean, where that is known already.
    """
    held = sought_at(facts, place, day, contract) if sought is None else sought
    called = names or Names(facts)
    devices, assets, strange = dict[int, bool](), dict[int, Entry](), dict[str, Entry]()
    for one in entries(text):
        known = called.called(one.number)
        if known is None:
            strange[alike(one.number)] = one
        elif isinstance(known.thing, Device):
            devices[known.thing.id] = one.absent
        else:
            quantity = known.quantity if one.quantity is None else one.quantity
            assets[known.thing.id] = one._replace(quantity=quantity)
    rows = list(_expected(held, devices, assets))
    for number, absent in devices.items():
        if not absent:
            rows.append(_unexpected(facts, facts.get(Device, number), place, day))
    for number, said in assets.items():
        if not said.absent:
            rows.append(unexpected(facts, facts.get(Asset, number), said.quantity, place, day))
    rows += [unknown(one.number, called) for one in strange.values() if not one.absent]
    return tuple(rows)


def _expected(sought: Sought, devices: dict[int, bool], assets: dict[int, Entry]) -> Iterator[Row]:
    """What should be there; taken out of what was said, so that the rest is what should not be."""
    for held in sought.devices:
        absent = devices.pop(held.device.id, None)
        seen = Seen.OPEN if absent is None else Seen.ABSENT if absent else Seen.FOUND
        yield Row(held.device.control_number, held.device, seen)
    for one in sought.assets:
        said = assets.pop(one.asset.id, None)
        quantity = said.quantity if said else None
        yield counted(one, quantity, said=said is not None, absent=said is not None and said.absent)


def unknown(number: str, names: Names) -> Row:
    """A number that is none of the ledger's, or means several things of it, or has behind it what is none."""
    before, _blank, behind = number.replace("\u3000", " ").strip().rpartition(" ")
    held = names.called(before) if before else None
    if held is not None and held.quantity is None:
        if isinstance(held.thing, Device):
            what = f"1台ずつ確かめるPC・媒体の{held.number}の後に「{behind}」があり"
            fact = f"「{number}」は、{what}、読み取れません。"
            way = f"「{held.number}」だけを、ないときは「{held.number} {ABSENT}」と入力してください。"
        else:
            fact = f"「{number}」は、{held.number}の後の「{behind}」を数量として読み取れません。"
            way = f"「{held.number} 10」のように、数えた数だけを付けて入力してください。"
        return Row(number, None, Seen.UNKNOWN, fact, way)
    fact = f"「{number}」は台帳にない番号です。"
    way = "読み直すか、この場所にあってよいものなら台帳に登録してください。"
    return Row(number, None, Seen.UNKNOWN, fact, way)


def _unexpected(facts: Facts, device: Device, place: Location, day: date) -> Row:
    """A device that was seen where it should not be."""
    number = device.control_number
    if device.retired_on is not None and device.retired_on < day:
        fact = f"{number}は{wareki(device.retired_on)}に使用を終えた登録ですが、ここにあります。"
        return Row(number, device, Seen.RETIRED, fact, "処分の記録と、ここにある理由を確かめてください。")
    places = places_on(facts, device, day)
    if any(one.id == place.id for one in places):
        # It is where it should be, for another contract than the one that is looked at.
        return Row(
            number, device, Seen.FOUND, f"{number}は、ほかの契約のものとしてこの場所に登録されています。"
        )
    if not stands_on(facts, device, day):
        fact = f"{number}は{wareki(day)}に使用の登録がありません。"
        return Row(number, device, Seen.UNUSED, fact, "「契約のPC・媒体」を確かめてください。")
    named = "、".join(one.name for one in places)
    if away_on(facts, device, day):
        fact = f"{number}は持出し中（{named}）の登録ですが、ここにあります。"
        return Row(number, device, Seen.ELSEWHERE, fact, "持帰りか移動を登録してください。")
    if named:
        fact, way = f"{number}の登録上の場所は{named}です。", "戻すか、移動を登録してください。"
        return Row(number, device, Seen.ELSEWHERE, fact, way)
    fact = f"{number}は設置・保管場所の登録がありません。"
    return Row(number, device, Seen.ELSEWHERE, fact, "移動を登録してください。")
