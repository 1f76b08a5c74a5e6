"""incident-notice: each incident was told to the client at once, then in writing where the clause asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from app.annexes.choices import Urgency
from app.annexes.kinds import State
from app.counting.deadlines import Deadline, incident_deadline, promptly, second_deadline
from app.duties.breaches import afterwards_approved
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.client_words import REPORTS, decided, unfollowed
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.perhaps import answers, doubt, perhaps, pressing, settled
from app.duties.evaluators.spoken import by_word, on_paper
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import covers
from app.records import Asset, Incident, stated_key
from app.records.days import DayOnly, When
from app.records.incident import IncidentKind, Stage

_HARM = frozenset(IncidentKind) - {IncidentKind.VIOLATION, IncidentKind.RISK}
_WRITTEN = (Stage.WRITTEN, Stage.FINAL)
_AT_ONCE, _IN_WRITING = 1, 2
"""The stages of the first notice and of the written report, where the clause asks for both."""


def incidents_of(question: Question) -> tuple[Incident, ...]:
    """The incidents found until the day of which the clause speaks, by the time of their discovery."""
    return tuple(one for one in _found(question) if meant(one, question.asks.mishaps))


def perhaps_meant(question: Question) -> tuple[Incident, ...]:
    """Those of which it is doubtful whether the clause speaks of them, by the time of their discovery."""
    mishaps = question.asks.mishaps
    return tuple(one for one in _found(question) if not meant(one, mishaps) and perhaps(one, mishaps))


def _found(question: Question) -> list[Incident]:
    found = [
        one
        for one in question.view.held(Incident)
        if one.found_at.date() <= question.view.day and _concerned(question, one)
    ]
    return sorted(found, key=lambda one: (one.found_at, one.id))


def meant(incident: Incident, mishaps: tuple[IncidentKind, ...]) -> bool:
    """Whether a clause on ``mishaps`` (none: all) means the incident.

    A theft is a loss and may be a leak; whatever did harm was at least a risk of it. An incident that fell
    between the words of a clause would never be reported.
    """
    kinds = set(incident.kinds)
    if IncidentKind.THEFT in kinds:
        kinds |= {IncidentKind.LEAK, IncidentKind.LOSS}
    return not mishaps or bool(kinds & set(mishaps)) or (IncidentKind.RISK in mishaps and bool(kinds & _HARM))


def _concerned(question: Question, incident: Incident) -> bool:
    """Whether the information concerned may be what the clause speaks of; what is not known may be."""
    assets = [question.view.facts.find(Asset, row.asset) for row in incident.assets]
    kinds = [one.classification if one else None for one in assets]
    applies_to = question.asks.applies_to
    return not kinds or any(kind is None or covers(applies_to, kind) for kind in kinds)


def judge(question: Question) -> Verdict:
    incidents, unsure = incidents_of(question), perhaps_meant(question)
    if not incidents and not unsure:
        return question.not_due("報告を要する事故は記録されていませんが、起きたときは報告が必要です。")
    lacks: list[Lack] = []
    doubts: list[Lack] = []
    evidence: list[Evidence] = []
    late: list[Remark] = []
    for incident in incidents:
        told = _Told(question, incident)
        lacks.extend(told.lacks())
        doubts.extend(told.without_hour())
        evidence.extend(told.proofs())
        late.extend(told.late())
    for incident in unsure:
        told = _Told(question, incident)
        lacks.extend(unfollowed(incident))
        doubts.extend(told.unasked())
        evidence.extend(told.proofs())
    evidence.extend(answers(question, unsure, (REPORTS,)))
    delayed = f"が、{len(late)}件の報告が期限に遅れました" if late else ""
    reported = f"事故{len(incidents)}件は、発注者に報告済みです{delayed}。" if incidents else ""
    satisfied = settled(reported, unsure)
    return pressing(question.judge(lacks, evidence, satisfied, remarks=late, doubts=doubts), doubts)


class _Told:
    """What the client was told of one incident until the day, and by when it had to be."""

    def __init__(self, question: Question, incident: Incident) -> None:
        self.question = question
        self.incident = incident
        found = incident.found_at.date()
        self.first_by = incident_deadline(found, promptly(question.asks))
        self.written_by = second_deadline(found, question.asks) if self.in_stages else self.first_by
        held = [row for row in incident.notices if row.notified_at.date() <= question.view.day]
        self.notified = min((row.notified_at for row in held), default=None)
        spoken = (row.notified_at for row in held if row.stage == Stage.FIRST and not on_paper(row.how))
        self.spoken = min(spoken, default=None)
        self.word = (
            afterwards_approved(question.view, incident, clause=question.clause)
            if question.asks.by_word
            else None
        )
        self.notified_in_writing = min(
            (row.notified_at for row in held if row.stage in _WRITTEN and not by_word(row.how)), default=None
        )
        self.documents = self._told(0)
        self.reports = self._told(_IN_WRITING) if self.in_stages else self.documents

    def _told(self, stage: int) -> list[Evidence]:
        """The document that told of the incident; a first report tells nothing of the written one."""
        proof = self.question.view.proof(self.question.kind, stated_key(self.incident), stage=stage)
        return [self.question.evidence(proof, proof.submitted_on)] if proof else []

    @property
    def in_stages(self) -> bool:
        return (self.question.asks.stages or 1) > 1

    @property
    def days(self) -> tuple[When, ...]:
        """The times of the first notice and of the written report, as far as they are recorded."""
        return tuple(day for day in (self.notified, self.notified_in_writing) if day is not None)

    @property
    def first_on(self) -> date | None:
        """When the client first heard of it; where it has to be told by word, when it was."""
        if self.question.asks.by_word:
            return self.spoken.date() if self.spoken else None
        return _earliest(self.notified, self.documents)

    @property
    def written_on(self) -> date | None:
        return _earliest(self.notified_in_writing, self.reports)

    def lacks(self) -> Iterator[Lack]:
        name, found = self.incident.called, _moment(self.incident.found_at)
        if self.first_on is None and not self.let_pass:
            spoken = "口頭又は電話" if self.question.asks.by_word else ""
            what = f"{spoken}による第一報" if spoken else "第一報" if self.in_stages else "報告"
            yield self._lack(
                f"{name}（発見{found}）の{what}が記録されていません。",
                f"事故を発見したとき（{found}）は、{self._soon}{spoken and f'{spoken}で'}"
                "発注者に報告する必要があります。",
                open_record(self.incident) if spoken else self._first_step,
            ).by(self.first_by)
        if self.question.asks.written and self.written_on is None:
            yield self._lack(
                f"{name}（発見{found}）の書面による報告が記録されていません。",
                f"事故の状況は、{self._soon_in_writing}書面で発注者に報告する必要があります。",
                self._step,
            ).by(self.written_by)
        yield from self._unstated()
        yield from unfollowed(self.incident)

    def unasked(self) -> Iterator[Lack]:
        """Of an incident that the clause may not mean: whether the client was asked, as long as it was not.

        Told as the clause wants it told, nothing is open.
        """
        if decided(self.question, self.incident, REPORTS):
            return
        instructed = tuple(unfollowed(self.incident))
        unreported = (lack for lack in self.lacks() if lack not in instructed)
        yield from doubt(self.question, self.incident, "報告", unreported)

    def proofs(self) -> Iterator[Evidence]:
        """What shows that the client was told of it."""
        yield from (self.question.evidence(self.incident, day.date()) for day in self.days)
        yield from (*self.documents, *self.reports)

    def without_hour(self) -> Iterator[Lack]:
        """The moments without an hour by which alone one can see that the client was told at once."""
        if self.question.asks.urgency is not Urgency.AT_ONCE:
            return
        moments = {"発見した日時": self.incident.found_at, "報告した日時": self.notified}
        for label, at in moments.items():
            if isinstance(at, DayOnly):
                yield self._lack(
                    f"{self.incident.called}の「{label}」（{_moment(at)}）に時刻がありません。",
                    f"{Urgency.AT_ONCE}報告したかどうかは、発見した時刻と報告した時刻によって決まります。"
                    "時刻を確かめてください。",
                    open_record(self.incident),
                )

    def _unstated(self) -> Iterator[Lack]:
        """What the report does not state yet: a call that leaves it open takes no deadline away."""
        absent = [
            item for item in self.question.asks.items if item in _STATED and not _STATED[item](self.incident)
        ]
        if absent:
            yield self._lack(
                f"{self.incident.called}の{'、'.join(absent)}が記録されていません。",
                f"発注者への報告には、{'、'.join(self.question.asks.items)}を含める必要があります。",
                open_record(self.incident),
            ).by(self.written_by)

    @property
    def let_pass(self) -> bool:
        """Whether the client, told on paper where a word was due, has said since that this is well."""
        return self.word is not None and bool(self.notified or self.documents)

    def late(self) -> Iterator[Remark]:
        """The reports that came after their deadline."""
        first = "第一報" if self.in_stages else "報告"
        yield from self._late(first, self.first_on, self.first_by)
        yield from self._unspoken()
        if self.in_stages:
            yield from self._late("書面による報告", self.written_on, self.written_by)

    def _unspoken(self) -> Iterator[Remark]:
        if self.word is None or not self.let_pass or self.spoken is not None:
            return
        since = self.first_by.day if self.first_by else self.incident.found_at.date()
        told = f"{shown(self.word.handled_on)}に「{self.word.handled}」と記録しています"
        text = f"{self.incident.called}の第一報は口頭又は電話によるものではなく、{told}。"
        yield Remark(text, "incident", self.incident.id, since, self.word.handled_on, late=False)

    def _late(self, what: str, told: date | None, deadline: Deadline | None) -> Iterator[Remark]:
        if told is not None and deadline is not None and told > deadline.day:
            days = f"期限{shown(deadline.day)}、報告{shown(told)}"
            text = f"{self.incident.called}の{what}は、期限の後でした（{days}）。"
            yield Remark(text, "incident", self.incident.id, deadline.day, told)

    @property
    def _soon(self) -> str:
        return str(self.question.asks.urgency or "")

    @property
    def _soon_in_writing(self) -> str:
        asks = self.question.asks
        return str((asks.then if self.in_stages else asks.urgency) or "")

    @property
    def _first_step(self) -> Step:
        """The first report on paper, where no word has to come before it."""
        return self._issue(_IN_WRITING if self.closed else _AT_ONCE if self.in_stages else 0)

    @property
    def _step(self) -> Step:
        return self._issue(_IN_WRITING if self.closed or self.in_stages else 0)

    @property
    def closed(self) -> bool:
        """Whether the incident was over by the day: of such a one there is a full report and no first."""
        on = self.incident.closed_on
        return on is not None and on <= self.question.view.day

    def _issue(self, stage: int) -> Step:
        step = self.question.issue(stated_key(self.incident), stage=stage)
        return step if step.action else open_record(self.incident)

    def _lack(self, text: str, why: str, step: Step) -> Lack:
        return Lack(text, why, "incident", self.incident.id, step=step)


def _earliest(told: When | None, documents: Iterable[Evidence]) -> date | None:
    days = [proof.on for proof in documents if proof.on]
    return min([told.date(), *days] if told else days, default=None)


def _moment(at: When) -> str:
    day = shown(at.date())
    return day if isinstance(at, DayOnly) else f"{day}{at.hour}時{at.minute:02}分"


_STATED: Mapping[str, Callable[[Incident], bool]] = MappingProxyType(
    {
        "内容": lambda one: any(row.item or row.asset or row.device for row in one.assets),
        "数量": lambda one: any(row.quantity or row.persons for row in one.assets),
        "発生場所": lambda one: bool(one.place),
        "発生状況": lambda one: bool(one.circumstances),
    }
)
"""What a report has to state → whether the ledger holds it; other words are for people to look after."""

EVALUATOR = evaluator(
    "incident-notice", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED
)
