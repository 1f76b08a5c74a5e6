"""What stands on applications alike: period, protection, who handles it, the information and the machines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.duties.case import Case
from app.printing.blocks import Column
from app.printing.type.wareki import wareki
from app.records import Approval, Asset, Device, Location, Person
from app.records.approval import ApprovalSubject
from forms.asking.applications import Listing
from forms.asking.consenting import can_be_asked
from forms.parts.cells import Cell
from forms.parts.needs import Asked, Need, need
from forms.parts.paper import Paper
from forms.parts.texts import NONE, OPEN, day_text, lines, or_none, quantity

PERIOD: tuple[Need[Any], ...] = (
    need(Approval, "starts_on", can_be_asked),
    need(Approval, "ends_on", can_be_asked),
)
"""Whoever is asked to allow something wants to know from when until when."""
SUBJECTS = need(Approval, "subjects", can_be_asked)


def _period(between: str, _case: Case, approval: Approval) -> str:
    if approval.starts_on is None and approval.ends_on is None:
        return NONE
    first, last = (day_text(day, OPEN) for day in (approval.starts_on, approval.ends_on))
    return first if first == last else f"{first}から{between}{last}まで"


def period(label: str, *, wide: bool = False) -> Cell[Approval]:
    """From when until when; one day alone where both are the same. ``wide``: its line is its own."""
    return Cell(label, partial(_period, "" if wide else "\n"))


def _persons(case: Case, approval: Approval) -> str:
    held = (case.facts.find(Person, row.person) for row in approval.persons)
    return or_none("、".join(one.name for one in held if one))


def persons(label: str) -> Cell[Approval]:
    """Who is to handle it."""
    return Cell(label, _persons)


def _protection(_case: Case, approval: Approval) -> str:
    return or_none(lines("、".join(approval.safeguards), approval.protection))


PROTECTION: Cell[Approval] = Cell("暗号化その他の保護の措置", _protection)


def _unprotected(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if can_be_asked(paper.case, one) and not one.safeguards and not one.protection:
            yield (
                one.id,
                f"承諾「{one.number}」の搬送・持出しの措置を選ぶか、措置の補足を入力してください。",
            )


PROTECTED = Asked(Approval, "safeguards", _unprotected)
"""How it is kept safe is asked in every application to move something."""


def _premises(case: Case, approval: Approval) -> str:
    place = case.facts.find(Location, approval.premises)
    return lines(place.name, place.address) if place else or_none(approval.destination)


PREMISES: Cell[Approval] = Cell("持込み先", _premises)


def _nowhere(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if can_be_asked(paper.case, one) and one.premises is None and not one.destination:
            yield one.id, f"承諾「{one.number}」の持込み先の場所を選んでください。"


PLACED = Asked(Approval, "premises", _nowhere)


def _asset(case: Case, row: ApprovalSubject) -> Asset | None:
    return case.facts.find(Asset, row.asset)


def _information(case: Case, approval: Approval) -> list[list[str]]:
    return [list(_read(case, row)) for row in approval.subjects]


def _read(case: Case, row: ApprovalSubject) -> tuple[str, str, str]:
    """Item, medium and quantity: the row's own words before those of the asset or the machine."""
    asset, device = _asset(case, row), case.facts.find(Device, row.device)
    item = row.item or (asset.item if asset else device.control_number if device else "")
    medium = row.medium or (asset.medium if asset else device.kind if device else "")
    unit = row.unit or (asset.unit if asset else "")
    amount = NONE if row.quantity is None else quantity(row.quantity, unit)
    return or_none(item), or_none(medium), amount


def information(head: str) -> Listing:
    """The information asked for, with its medium and quantity."""
    columns = (Column("内容（情報項目）", 55), Column("媒体", 22), Column("数量", 18, "right", fit=True))
    return Listing(head, columns, _information)


def _incomplete(paper: Paper[Approval]) -> Iterator[tuple[int, str, str]]:
    wanted = (("item", "内容"), ("medium", "媒体名"), ("quantity", "数量"))
    for one in paper.things:
        for number, row in enumerate(one.subjects, 1) if can_be_asked(paper.case, one) else ():
            for (name, label), text in zip(wanted, _read(paper.case, row), strict=True):
                if text == NONE:
                    sentence = f"承諾「{one.number}」の対象の{number}行目の{label}を入力してください。"
                    yield one.id, sentence, f"{number}.{name}"


DESCRIBED = Asked(Approval, "subjects", _incomplete)
"""Of what is asked for, item, medium and quantity are known."""


def _machines(case: Case, approval: Approval) -> list[list[str]]:
    held = (case.facts.find(Device, row.device) for row in approval.subjects)
    return [
        [
            one.control_number,
            one.kind,
            or_none(lines(one.maker, one.model)),
            or_none(one.serial),
        ]
        for one in held
        if one
    ]


MACHINES = Listing(
    "対象の機器",
    (
        Column("管理番号", 18, fit=True),
        Column("種別", 18),
        Column("メーカー・型番", 34),
        Column("製造番号", 25, fit=True),
    ),
    _machines,
)


def _unnamed(paper: Paper[Approval]) -> Iterator[tuple[int, str, str]]:
    for one in paper.things:
        for number, row in enumerate(one.subjects, 1) if can_be_asked(paper.case, one) else ():
            if row.device is None:
                sentence = f"承諾「{one.number}」の対象の{number}行目に、PC・媒体を選んでください。"
                yield one.id, sentence, f"{number}.device"


def _unnumbered(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        for row in one.subjects if can_be_asked(paper.case, one) else ():
            device = paper.case.facts.find(Device, row.device)
            if device is not None and not device.serial:
                yield device.id, f"PC・媒体「{device.control_number}」の製造番号を入力してください。"


NAMED: tuple[Asked[Any], ...] = (
    Asked(Approval, "subjects", _unnamed),
    Asked(Device, "serial", _unnumbered),
)
"""Machines are asked for one by one, each with its serial number."""


def back_by(label: str) -> Cell[Approval]:
    """By when it is returned."""
    return Cell(label, lambda _case, one: or_none(wareki(one.return_by) if one.return_by else ""))
