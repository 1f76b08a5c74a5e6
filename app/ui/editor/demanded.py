"""Which fields the papers demand though a record can be saved without them: said beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.duties.case import FormFace

_ALWAYS, _SOMETIMES = "に必要", "に必要な場合あり"


class Demanded(NamedTuple):
    """``chip``: beside the label. ``said``: all of it, when pointed at and read out."""

    chip: str
    said: str


def demanded(forms: Mapping[str, FormFace], kind: str) -> Mapping[str, Demanded]:
    """Name of a field of a record type → by which papers it is demanded."""
    found: dict[str, dict[str, bool]] = {}
    for form in forms.values():
        for one in form.demands:
            if one.record == kind:
                found.setdefault(one.field, {})[form.title] = one.always
    return {name: _told(titles) for name, titles in found.items()}


def _told(titles: Mapping[str, bool]) -> Demanded:
    """The papers that demand it whatever they are about stand first."""
    first, *others = sorted(titles, key=lambda title: not titles[title])
    chip = f"{first}{'など' if others else ''}{_ALWAYS if titles[first] else _SOMETIMES}"
    told = "、".join(f"{title}{'' if titles[title] else '（対象による）'}" for title in (first, *others))
    return Demanded(chip, f"空欄でも登録できますが、次の書類を発行するときに必要です：{told}")
