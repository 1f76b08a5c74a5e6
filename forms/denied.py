"""What records deny of what a document would state: each of them is asked about, none is printed over.

A document states that somebody works, answers or has learned, that a machine is used. Where another record
says that the person had left or the machine was gone, one of the two is wrong, and only people know which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import (
    AccessReview,
    Assignment,
    Check,
    Device,
    DeviceCheck,
    DeviceUse,
    Disposal,
    Oath,
    Person,
    Record,
    Training,
)
from app.records.paths import field_at
from app.records.status import Status
from forms.layout.period import falls
from forms.parts.lasting import lasts
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import OnContract


def gone(case: Case, person: int | None, day: date) -> Person | None:
    """The person, if they had left the company before ``day``."""
    held = case.facts.find(Person, person)
    return held if held is not None and held.left_on is not None and held.left_on < day else None


def _left(person: Person) -> str:
    return f"{person.name}さんは{wareki(person.left_on)}に退職しています" if person.left_on else ""


def _works_on(paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    case = paper.case
    for one in paper.things:
        person = gone(case, one.person.id, case.day)
        for held in one.assignments if person else ():
            if person and lasts(held, case.day):
                yield held.id, f"{_left(person)}が、従事が終わっていません。従事終了日を入力してください。"


def _unlearned(paper: Paper[Training]) -> Iterator[tuple[int, str]]:
    case = paper.case
    for training in paper.things:
        name = f"研修「{training.title}」（{wareki(training.held_on)}）"
        came = [row for row in training.attendance if training.attended_on(row.person) is not None]
        if training.attendance and not came:
            yield (
                training.id,
                f"{name}を受講した者がいません。受講者の出欠を確かめてください。"
                "実施していない場合は、研修の記録を取り消してください。",
            )
        for row in came:
            person = gone(case, row.person, training.attended_on(row.person) or training.held_on)
            if person is not None:
                yield training.id, f"{name}を受講したとされた{_left(person)}。出欠と日付を確かめてください。"


def explained_in_time(kind: str) -> Asked[OnContract]:
    """A sheet for an oath of a ``kind`` (着手時, 退職時) is not dated before what it says was explained."""
    return Asked(Oath, "explained_on", partial(_explained_later, kind))


def _explained_later(kind: str, paper: Paper[OnContract]) -> Iterator[tuple[int, str]]:
    case, people = paper.case, {one.person.id for one in paper.things}
    for oath in case.facts.covering(Oath, case.contract.id):
        on = oath.explained_on
        prepared = oath.kind == kind and oath.person in people and oath.signed_on is None
        if prepared and on is not None and on > case.day:
            yield (
                oath.id,
                f"説明した日（{wareki(on)}）が、書類の日付（{wareki(case.day)}）より後です。"
                "どちらかの日付を改めてください。",
            )


def _used_on(paper: Paper[DeviceUse]) -> Iterator[tuple[int, str]]:
    for use in paper.things:
        device = paper.case.facts.find(Device, use.device)
        how = _finished(paper.case, device) if device and lasts(use, paper.case.day) else ""
        if device and how and use.status != Status.PLANNED:
            yield (
                use.id,
                f"{device.control_number}は{how}いますが、使用が終わっていません。使用終了日を入力してください。",
            )


def _finished(case: Case, device: Device) -> str:
    """How the machine itself came to its end before the day of the case; empty where it has not."""
    if device.retired_on is not None and device.retired_on < case.day:
        return f"{wareki(device.retired_on)}に使用を終えて"
    done = [
        disposal.done_on
        for disposal in case.facts.of(Disposal, "lines.device", device.id)
        for line in disposal.lines
        if line.device == device.id and line.asset is None and disposal.ended(line)
    ]
    day = min((day for day in done if day < case.day), default=None)
    return f"{wareki(day)}に廃棄・消去されて" if day else ""


def _kept_by(paper: Paper[DeviceUse]) -> Iterator[tuple[int, str]]:
    case = paper.case
    for use in paper.things:
        person = gone(case, use.person, case.day) if lasts(use, case.day) else None
        device = case.facts.find(Device, use.device)
        if person and device:
            yield use.id, f"{device.control_number}の管理者の{_left(person)}。管理者を選び直してください。"


def _answered(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    for disposal in paper.things:
        if person := gone(paper.case, disposal.responsible, disposal.done_on):
            day = wareki(disposal.done_on)
            yield (
                disposal.id,
                f"{day}の廃棄・消去の責任者とされた{_left(person)}。責任者を選び直してください。",
            )


def _confirmed(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    for disposal in paper.things:
        if person := gone(paper.case, disposal.confirmed_by, disposal.done_on):
            day = wareki(disposal.done_on)
            yield (
                disposal.id,
                f"{day}の廃棄・消去の確認者とされた{_left(person)}。確認者を選び直してください。",
            )


def _itself(_case: Case, thing: Any) -> Iterable[Any]:
    return (thing,)


def _checks_of(case: Case, device: Device) -> Iterable[DeviceCheck]:
    return case.facts.of(DeviceCheck, "device", device.id)


def _by_who_left(
    record: type[Record], field: str, day: str, things: Callable[[Case, Any], Iterable[Any]] = _itself
) -> Asked[Any]:
    """Who had left by the day on which something was done did not do it.

    ``things``: the records of the type that a paper prints of each of its own things.
    """
    label = field_at(record, field).label

    def find(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
        held = (one for thing in paper.things for one in things(paper.case, thing))
        for one in (one for one in held if isinstance(one, record)):
            on: date = getattr(one, day)
            person = gone(paper.case, getattr(one, field), on)
            if person is not None and falls(paper.case, on):
                name = f"{record.spec.label}（{wareki(on)}）の{label}"
                yield one.id, f"{name}とされた{_left(person)}。{label}を選び直してください。"

    return Asked(record, field, find)


WORKING = Asked(Assignment, "ends_on", _works_on)
"""Who had left works no more and is in charge of nothing."""
LEARNED = Asked(Training, "attendance", _unlearned)
"""Training that nobody attended, or somebody who had left, was not held as stated."""
USED = (Asked(DeviceUse, "ends_on", _used_on), Asked(DeviceUse, "person", _kept_by))
"""A machine that is gone is not in use, and who has left keeps none."""
ANSWERED = (Asked(Disposal, "responsible", _answered), Asked(Disposal, "confirmed_by", _confirmed))
"""Who had left neither answered for a disposal nor verified it."""
INSPECTED = _by_who_left(DeviceCheck, "checked_by", "checked_on", _checks_of)
REVIEWED = _by_who_left(AccessReview, "reviewed_by", "reviewed_on")
CHECKED = _by_who_left(Check, "checked_by", "done_on")
"""Who had left looked at nothing."""
