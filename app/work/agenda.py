"""What きょう lists: the tasks, jobs and open questions that fit what one narrowed it to. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.annexes.kinds import State
from app.duties.finding import Finding, Severity
from app.records import Contract, Facts
from app.records.spelling.fold import holds, words_of
from app.work.assessment import Assessment
from app.work.batches import Due, due_together
from app.work.course.starting import Starting, prepares, starts
from app.work.jobs import Job, jobs
from app.work.states import named
from app.work.tasks import Group, Task, coming, ordered, planned_tasks, unsaid


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is kept to: a state (none: all), a contract (0: all), words; or findings alone."""

    state: State | None = None
    contract: int = 0
    words: str = ""
    findings: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything may be left out."""
        return bool(self.state or self.contract or self.words.strip() or self.findings)


@dataclass(frozen=True, slots=True)
class Everything:
    """All of one assessment, before anything is left out."""

    made: Assessment
    tasks: tuple[Task, ...]
    jobs: tuple[Job, ...]
    unsaid: tuple[int, ...]
    findings: tuple[Finding, ...]
    starts: tuple[Starting, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is listed. ``unsaid``: the contract of each duty that only a person can settle.

    ``starts``: the contracts of which the start stands in one line for all that belongs to it; what they
    lack besides and only a person can say is counted there, not listed.
    """

    whole: Everything
    wanted: Wanted
    groups: Sequence[tuple[Group, list[Task]]]
    jobs: tuple[Job, ...]
    unsaid: tuple[int, ...]
    findings: tuple[Finding, ...]
    papers: tuple[Due, ...] = ()
    """Where several papers of one act can be issued together now."""
    starts: tuple[Starting, ...] = ()


def everything(made: Assessment, due: Iterable[Task]) -> Everything:
    """All there is to list: the tasks ``due`` now, what is coming, and the jobs that contracts share."""
    return Everything(
        made,
        (*due, *coming(made.duties, made.day), *planned_tasks(made.planned)),
        jobs(made.facts, made.duties),
        tuple(duty.contract for duty in unsaid(made.duties)),
        worst_first(made.findings),
        starts(made),
    )


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by their severity; of the same, in the order of the checks."""
    order = list(Severity)
    return tuple(sorted(findings, key=lambda one: order.index(one.severity)))


def agenda(whole: Everything, wanted: Wanted) -> Agenda:
    """What of ``whole`` fits ``wanted``, in the order of urgency."""
    made, words = whole.made, words_of(wanted.words)
    told = () if wanted.state else whole.findings
    odd = tuple(one for one in told if _told(made.facts, one, wanted, words))
    if wanted.findings:
        return Agenda(whole, wanted, (), (), (), odd)
    # Narrowed down, everything is named one by one: whoever asks for it wants to see it.
    begun = whole.starts if not wanted.narrowed else ()
    folded = {one.contract.id for one in begun}
    found = [
        task
        for task in whole.tasks
        if _fits(made.facts, task, wanted, words) and not (task.contract in folded and _told_by_start(task))
    ]
    asked = () if words or wanted.state not in (None, State.CONFIRM) else whole.unsaid
    asked = tuple(one for one in asked if one not in folded)
    return Agenda(
        whole,
        wanted,
        ordered(found, made.day),
        tuple(job for job in whole.jobs if not words and _serves(job, wanted)),
        tuple(one for one in asked if wanted.contract in (0, one)),
        odd,
        () if words or wanted.state else due_together(found),
        begun,
    )


def _told_by_start(task: Task) -> bool:
    """Whether the line of its contract's start says it: as one of its stages, or as still to be confirmed."""
    if task.drifts or task.planned is not None or not task.duties or task.accident:
        return False
    return all(prepares(duty) or duty.state is State.CONFIRM for duty in task.duties)


def _serves(job: Job, wanted: Wanted) -> bool:
    """Whether a job settles something of what the list is kept to."""
    states = {duty.state for duty in job.duties}
    return wanted.contract in (0, *job.contracts) and (wanted.state is None or wanted.state in states)


def _fits(facts: Facts, task: Task, wanted: Wanted, words: Iterable[str]) -> bool:
    if wanted.contract not in (0, task.contract):
        return False
    if wanted.state is not None and all(duty.state is not wanted.state for duty in task.duties):
        return wanted.state is State.DUE and not task.duties
    return not words or _says(facts, task, words)


def _told(facts: Facts, finding: Finding, wanted: Wanted, words: Iterable[str]) -> bool:
    """Whether a finding is one of the contract and holds every word."""
    if wanted.contract not in (0, finding.contract):
        return False
    contract = facts.find(Contract, finding.contract) if words else None
    about = (named(facts, contract), contract.number) if contract else ()
    return holds(words, finding.text, finding.clause, finding.next.text, *about)


def _says(facts: Facts, task: Task, words: Iterable[str]) -> bool:
    contract = facts.get(Contract, task.contract)
    said = (task.text, named(facts, contract), contract.number, *task.clauses, task.step.text)
    return holds(words, *said, *(gap.text for gap in task.gaps))
