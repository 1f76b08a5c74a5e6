"""What is kept for the notice: counts and days as they were reckoned, and of when; no name of anything.

The notice never opens a ledger: nobody has typed its passphrase. It can say only what was known when the
window last had one open, and always says since when; what has fallen due since is counted by its day, and of
what cannot be known (duties that arose since) it says that it is not counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.filesystem import patiently, private_folder, read_plain, remove_file, write_anew

if TYPE_CHECKING:
    from app.work.assessment import Assessment

FLAG = "notice"
"""The setting that says whether a person chose the notice."""
_NAME = "deadlines.json"
_MOST = 1024 * 1024
_SOON = timedelta(days=7)
OPEN_IT = "台帳を開いて確かめてください。"
NOTHING = f"期限をまだ計算していません。{OPEN_IT}"


@dataclass(frozen=True, slots=True)
class Kept:
    """Duties of all contracts as of ``on``, by state. ``due`` and ``later``: how many, by day (ISO 8601).

    ``due``: what is to be done by then; ``later``: what is done or not yet due, and comes round then.
    """

    on: str
    overdue: int
    due: Mapping[str, int]
    undated: int
    waiting: int
    confirm: int
    later: Mapping[str, int]
    findings: int


def kept_of(made: Assessment) -> Kept:
    """What is kept of an assessment."""
    from app.annexes.kinds import State

    counts = made.counts()
    due = [duty.due for duty in made.duties if duty.state is State.DUE]
    # What is to be ready by a day presses by it, though nothing of it is entered yet.
    asked = [duty.due for duty in made.duties if duty.state is State.CONFIRM]
    ahead = [day for day in asked if day is not None and day >= made.day]
    later = [d.falls_on for d in made.duties if d.state in (State.NOT_DUE, State.SATISFIED)]
    return Kept(
        made.day.isoformat(),
        counts[State.OVERDUE],
        _by_day([*due, *ahead]),
        due.count(None),
        counts[State.WAITING],
        len(asked) - len(ahead),
        _by_day(later),
        len(made.findings),
    )


def _by_day(days: list[date | None]) -> Mapping[str, int]:
    return dict(sorted(Counter(day.isoformat() for day in days if day is not None).items()))


def keep(folder: Path, kept: Kept) -> None:
    """Write it into the folder of the settings; where that fails the former one goes: it would be old."""
    path = folder / _NAME
    beside = path.with_name(f"{path.name}.new")
    try:
        private_folder(folder)
        write_anew(beside, json.dumps(asdict(kept)))
        patiently(lambda: beside.replace(path))
    except OSError:
        forget(folder)


def forget(folder: Path) -> None:
    """Keep nothing any more."""
    with suppress(OSError):
        remove_file(folder / _NAME)


def read(folder: Path) -> Kept | None:
    """What was kept, None where nothing was or it cannot be read."""
    try:
        held = json.loads(read_plain(folder / _NAME, _MOST).decode("utf-8"))
        return _checked(held)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _checked(held: dict[str, Any]) -> Kept:
    numbers = {name: held[name] for name in ("overdue", "undated", "waiting", "confirm", "findings")}
    due, later = dict(held["due"]), dict(held["later"])
    every = (*numbers.values(), *due.values(), *later.values())
    if not all(type(number) is int and number >= 0 for number in every):
        raise ValueError
    for day in (held["on"], *due, *later):
        date.fromisoformat(day)
    return Kept(on=held["on"], due=due, later=later, **numbers)


def said(kept: Kept | None, today: date) -> str:
    """The notice for a day; with the day of the reckoning wherever that is not today."""
    if kept is None:
        return NOTHING
    on = date.fromisoformat(kept.on)
    if on > today:
        ahead = f"期限を計算した日（{_day(on)}）より前です。"
        return f"PCの日付（{_day(today)}）が、{ahead}PCの日付を確かめてください。"
    passed = kept.overdue + _between(kept.due, None, today - timedelta(days=1))
    parts = [
        f"期限超過 {passed}件",
        f"7日以内に期限 {_between(kept.due, today, today + _SOON)}件",
        f"期日の定めのない要対応 {kept.undated}件" if kept.undated else "",
        f"回答待ち {kept.waiting}件" if kept.waiting else "",
        f"要確認 {kept.confirm}件" if kept.confirm else "",
        f"記録の食い違い {kept.findings}件" if kept.findings else "",
    ]
    counts = "、".join(filter(None, parts))
    if on == today:
        return f"{counts}。"
    arrived = _between(kept.later, on + timedelta(days=1), today)
    more = f"このほか{arrived}件は、その後に期限か次の時期が来ています。" if arrived else ""
    since = f"{_day(on)}に台帳を開いたときの記録では、"
    return f"{since}{counts}。{more}その後に生じた義務は数えていません。{OPEN_IT}"


def brief(kept: Kept | None, today: date) -> str:
    """The same in the room that Windows leaves beside an icon: 127 characters, it cuts what is longer."""
    if kept is None or date.fromisoformat(kept.on) > today:
        return OPEN_IT
    on = date.fromisoformat(kept.on)
    passed = kept.overdue + _between(kept.due, None, today - timedelta(days=1))
    counted = "きょうの計算" if on == today else f"{_day(on)}の記録から"
    return f"期限超過 {passed}件、要確認 {kept.confirm}件（{counted}）"


def _between(days: Mapping[str, int], first: date | None, last: date) -> int:
    found = ((date.fromisoformat(day), number) for day, number in days.items())
    return sum(number for day, number in found if (first is None or day >= first) and day <= last)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
