"""What was seen at a place: numbers scanned or ticked, held against what should be there.

Nothing is found by default: what nobody looked at is 未確認, and only the officer says that it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.records import Device, Facts, Location
from app.records.days import wareki
from app.records.spelling.fold import alike
from app.work.acts.devices.uses import away_on
from app.work.acts.stock.expected import expected_at, places_on, stands_on
from app.work.acts.stock.labelled import device_called

ABSENT = "なし"
_PARTS = re.compile(r"[\n\r、，,;\t]+")
_SAID_ABSENT = re.compile(rf"(.+?)[ \u3000]+{ABSENT}")


class Seen(StrEnum):
    """How one thing stands, in the order in which it is told."""

    ABSENT = ABSENT
    ELSEWHERE = "場所違い"
    RETIRED = "使用終了のもの"
    UNUSED = "使用の登録なし"
    UNKNOWN = "台帳にない番号"
    OPEN = "未確認"
    FOUND = "あり"


OFFENDING = (Seen.ABSENT, Seen.ELSEWHERE, Seen.RETIRED, Seen.UNUSED, Seen.UNKNOWN)
"""What has to be put right."""


class Entry(NamedTuple):
    """One number as it was said; ``absent``: the officer says that the thing is not there."""

    number: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its number, what it is in the ledger, and how it stands.

    ``fact``: why it stands so, as it is written down. ``way``: what is to be done, told on the screen alone.
    """

    number: str
    device: Device | None
    seen: Seen
    fact: str = ""
    way: str = ""

    @property
    def told(self) -> str:
        """Both, in one line."""
        return self.fact + self.way


def entries(text: str) -> tuple[Entry, ...]:
    """What was said, one number a line or parted by 、; ``PC-002 なし`` says that it is not there."""
    return tuple(_entries(text))


def _entries(text: str) -> Iterator[Entry]:
    for part in _PARTS.split(text):
        if said := part.strip():
            absent = _SAID_ABSENT.fullmatch(said)
            yield Entry(absent[1].strip(), absent=True) if absent else Entry(said)


def written(said: Iterable[Entry]) -> str:
    """Entries as the text that says them."""
    return "\n".join(f"{one.number} {ABSENT}" if one.absent else one.number for one in said)


def tally(
    facts: Facts, place: Location, day: date, text: str, contract: int | None = None
) -> tuple[Row, ...]:
    """Everything that should be there as it was seen, in the order of lists, then what should not be.

    Of two things said of one number the later holds.
    """
    said, strange = dict[int, bool](), dict[str, Entry]()
    for one in entries(text):
        device = device_called(facts, one.number)
        if device is not None:
            said[device.id] = one.absent
        else:
            strange[alike(one.number)] = one
    rows = []
    for held in expected_at(facts, place, day, contract):
        absent = said.pop(held.device.id, None)
        seen = Seen.OPEN if absent is None else Seen.ABSENT if absent else Seen.FOUND
        rows.append(Row(held.device.control_number, held.device, seen))
    for number, absent in said.items():
        if not absent:
            rows.append(_unexpected(facts, facts.get(Device, number), place, day))
    rows += [unknown(one.number) for one in strange.values() if not one.absent]
    return tuple(rows)


def unknown(number: str) -> Row:
    """A number that is none of the ledger's, or means several things of it."""
    fact = f"「{number}」は台帳にない番号です。"
    way = "読み直すか、この場所にあってよいものなら「PC・媒体」に登録してください。"
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
