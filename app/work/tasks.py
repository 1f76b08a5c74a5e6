"""What is to be done, one line for one action: duties that the same step discharges stand together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.annexes.kinds import State, kind_label
from app.duties.duty import Action, Duty, Evidence, Gap, Step
from app.duties.papers.drift import Difference, Drift
from app.records import Submission
from app.records.days import wareki
from app.work.states import URGENT

if TYPE_CHECKING:
    from app.duties.planned import PlannedChange

_SOON = timedelta(days=7)
_AHEAD = timedelta(days=60)
"""How far ahead a list tells of what is done and comes round again; a calendar tells of all."""
_QUIET = (State.NOT_DUE, State.SATISFIED)
"""The states in which nothing is to be done yet."""
_ACCIDENTS = frozenset(("incident-notice", "incident-followup"))
"""The kinds that go before all else: the client hears of an accident at once, whatever else is late."""
_ORDER = {state: number for number, state in enumerate(State)}
Key = tuple[object, ...]


class Group(StrEnum):
    """How pressing a task is; the words are the headings of the dashboard."""

    ACCIDENT = "事故の報告"
    OVERDUE = "期限を過ぎたもの"
    SOON = "7日以内"
    LATER = "その後"
    UNDATED = "期日の定めがないもの"
    WAITING = "発注者の回答待ち"
    CONFIRM = "記録又は確認が要るもの"
    COMING = "今後の予定"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do for one contract.

    ``duties`` are what it discharges; ``drifts`` what has changed; ``planned`` what will, and is to be told.
    """

    contract: int
    step: Step
    duties: tuple[Duty, ...] = ()
    drifts: tuple[Drift, ...] = ()
    planned: PlannedChange | None = None

    @property
    def key(self) -> Key:
        """What stays the same when the facts around it change."""
        if self.planned is not None:
            return (self.contract, self.planned.record, self.planned.id, self.planned.on, self.planned.text)
        day = (self.due,) if self.state in _QUIET else ()
        return (self.contract, *day, *(_key(self.duties[0]) if self.duties else _step_key(self.step)))

    @property
    def state(self) -> State:
        """The most pressing of its states."""
        return min((duty.state for duty in self.duties), key=_ORDER.__getitem__, default=State.DUE)

    @property
    def due(self) -> date | None:
        """The first of its deadlines, or of the days on which it comes round again."""
        if self.planned is not None:
            return self.planned.due
        return min((day for duty in self.duties if (day := duty.falls_on)), default=None)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, each thing once; in front what falls on the day that is shown, then by day.

        A line that named the day of one thing and the words of another would send to the wrong work.
        """
        due, found = self.due, [gap for duty in self.duties for gap in duty.missing]
        found.sort(key=lambda gap: (gap.due != due, gap.waiting, gap.due or date.max))
        kept: dict[str, Gap] = {}
        for gap in found:
            kept.setdefault(gap.text, gap)
        return tuple(kept.values())

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What is there already, each record once."""
        return tuple(dict.fromkeys(held for duty in self.duties for held in duty.evidence))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What submitted documents no longer state truly."""
        return tuple(difference for drift in self.drifts for difference in drift.differences)

    @property
    def text(self) -> str:
        """What is missing, in one line."""
        if self.planned is not None:
            return self.planned.text
        if self.differences:
            sheets = "、".join(f"{one.submission.number}　{one.submission.title}" for one in self.drifts)
            return f"届出と現況が違います（{sheets}）。"
        gaps = self.gaps
        if not gaps:
            return _said(self.duties[0]) if self.duties else ""
        more = f"（ほか{len(gaps) - 1}件）" if len(gaps) > 1 else ""
        return f"{gaps[0].text}{more}"

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses with the kinds asked there, such as 第6条第4項（作業場所の特定・届出）."""
        if self.planned is not None:
            return tuple(dict.fromkeys(number for _annex, number in self.planned.clauses))
        found: dict[tuple[str, str], list[str]] = {}
        for duty in self.duties:
            kinds = found.setdefault((duty.annex, duty.clause.number), [])
            kinds.append(kind_label(duty.kind))
        return tuple(f"{number}（{'、'.join(kinds)}）" for (_, number), kinds in found.items())

    @property
    def accident(self) -> bool:
        """Whether the client is still to be told of an accident."""
        return any(duty.kind in _ACCIDENTS and duty.state not in _QUIET for duty in self.duties)

    def group(self, today: date) -> Group:
        """Under which heading it stands on ``today``."""
        due = self.due
        # What nobody has entered yet presses by its day like everything else that has one.
        if self.state is State.CONFIRM and due is None:
            return Group.CONFIRM
        if self.state is State.WAITING:
            return Group.WAITING
        if self.state in _QUIET:
            return Group.COMING
        if self.accident and (due is None or due <= today + _SOON):
            return Group.ACCIDENT
        if due is None:
            return Group.UNDATED
        if self.state is State.OVERDUE or due < today:
            return Group.OVERDUE
        if due <= today + _SOON:
            return Group.SOON
        return Group.COMING if self.planned else Group.LATER


def _said(duty: Duty) -> str:
    """Where a duty stands, and by when it comes round again."""
    stands = duty.why.partition("：")[2]
    return f"{stands}次は{wareki(duty.again)}までです。" if duty.again else stands


def _step_key(step: Step) -> Key:
    return (step.action, step.target, step.id)


def _key(duty: Duty) -> Key:
    """Duties with the same next step are one task; without a step, those of one kind."""
    return _step_key(duty.next) if duty.next.action else (duty.kind, duty.state is State.CONFIRM)


def tasks(
    duties: Iterable[Duty],
    drifts: Iterable[Drift] = (),
    kinds: Callable[[str], Collection[str]] = lambda _form: (),
) -> tuple[Task, ...]:
    """Everything to be done now. What only a person can say, without any step, is not among it.

    ``kinds``: the kinds of duty that a form discharges, to tell what changed beside the duty it breaks.
    """
    found: dict[Key, Task] = {}
    for duty in duties:
        if duty.state not in URGENT or (duty.state is State.CONFIRM and not duty.next.action):
            continue
        key = (duty.contract, *_key(duty))
        held = found.get(key) or Task(duty.contract, duty.next)
        found[key] = replace(held, duties=(*held.duties, duty))
    for drift in drifts:
        _join(found, drift, kinds(drift.submission.form))
    return tuple(found.values())


def _join(found: dict[Key, Task], drift: Drift, kinds: Collection[str]) -> None:
    """Put a drift to the task that mends it, or make one."""
    sheet = drift.submission
    key: Key = (sheet.contract, Action.ISSUE, sheet.form, 0)
    if key not in found:
        key = next((at for at, task in found.items() if _mends(task, sheet, kinds)), key)
    held = found.get(key) or Task(sheet.contract, Step(f"{sheet.title}を作成", Action.ISSUE, sheet.form))
    found[key] = replace(held, drifts=(*held.drifts, drift))


def _mends(task: Task, sheet: Submission, kinds: Collection[str]) -> bool:
    """Whether the next document to hand in is of the form that went stale."""
    return (
        task.contract == sheet.contract
        and task.step.action in (Action.ISSUE, Action.SUBMIT)
        and any(duty.kind in kinds for duty in task.duties)
    )


def coming(duties: Iterable[Duty], today: date | None = None) -> tuple[Task, ...]:
    """What has its day already: what is not due yet, and what is done and comes round again.

    ``today``: leave out what comes round more than 60 days after it; None leaves out nothing.
    """
    until = today + _AHEAD if today else date.max
    found: dict[Key, Task] = {}
    for duty in duties:
        day = duty.falls_on
        if day is None or duty.state not in _QUIET or (duty.again is not None and duty.again > until):
            continue
        key = (duty.contract, day, duty.state, *_key(duty))
        held = found.get(key) or Task(duty.contract, duty.next)
        found[key] = replace(held, duties=(*held.duties, duty))
    return tuple(found.values())


def planned_tasks(planned: Iterable[PlannedChange]) -> tuple[Task, ...]:
    """The changes ahead of which the client is still to be told, one by one."""
    return tuple(Task(one.contract, one.next, planned=one) for one in planned)


def unsaid(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """What only a person can say and no step of the program changes."""
    return tuple(duty for duty in duties if duty.state is State.CONFIRM and not duty.next.action)


def ordered(
    found: Iterable[Task], today: date, rank: Callable[[int], int] = lambda contract: contract
) -> list[tuple[Group, list[Task]]]:
    """Groups in the order of urgency, in each by deadline and then by contract (``rank``).

    Where only the first of a group are shown, they are the ones that press most.
    """
    groups: dict[Group, list[Task]] = {group: [] for group in Group}
    for task in found:
        groups[task.group(today)].append(task)
    for held in groups.values():
        held.sort(key=lambda task: (task.due or date.max, _ORDER[task.state], rank(task.contract)))
    return [(group, held) for group, held in groups.items() if held]
