"""supervision: what has to be kept was made known to every worker, and how they keep it was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.annexes.choices import Oversight
from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.checked import begun_checks, lapsed, unmended
from app.duties.evaluators.delegated import unmanned
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.over import broken, late, missed_rounds, span
from app.duties.evaluators.periodic import again, counts, lapses, often, owed, period_of
from app.duties.evaluators.reached import Need, covers, made, needs, reached_on, themes
from app.duties.verdict import NO_STEP, Lack, Question, Verdict, add, open_record, shown
from app.duties.view import Former, Worker
from app.records import Check
from app.records.check import CheckKind, Theme

_ONE_DAY = timedelta(days=1)


def judge(question: Question) -> Verdict:
    view = question.view
    doubts = list(unmanned(question))
    kinds = {kind for need in needs(question) for kind in need}
    if not begun_checks(view, *kinds):
        return question.unrecorded(
            f"{_what(question)}の記録がないため、実施した日と対象者を示せません。", "check"
        )
    if not view.workers_of(question.asks.workers) and not doubts:
        return question.unrecorded("従事者が記録されていないため、だれに及んだかを示せません。", "assignment")
    lacks: list[Lack] = []
    evidence: list[Evidence] = []
    remarks: list[Remark] = []
    for need in needs(question):
        one = _Look(question, need)
        lacks.extend(one.lacks())
        doubts.extend(one.doubts())
        evidence.extend(one.evidence())
        remarks.extend(one.remarks())
    satisfied = f"{_what(question)}は、従事者全員に及んでいます。"
    if lacks or doubts or not evidence:
        return question.judge(lacks, evidence, satisfied, remarks=remarks, doubts=doubts)
    return question.judge(lacks, evidence, satisfied, *_renewal(question), remarks=remarks)


class _Look:
    """One thing that the clause wants done, looked at theme by theme and worker by worker."""

    def __init__(self, question: Question, need: Need) -> None:
        self.question = question
        self.need = need
        self.word = "・".join(need)
        self.period = period_of(question.asks)
        self.made = made(question, need)
        self.lasting = tuple(one for one in self.made if counts(question.view, self.period, (one.done_on,)))
        self.open = tuple(theme for theme in themes(question) if self._covering(theme))
        """The themes that something lately enough is about; for the others nobody was reached."""

    def lacks(self) -> Iterator[Lack]:
        question = self.question
        yield from unmended(question, begun_checks(question.view, *self.need))
        if not self.made:
            yield self._somebody_else()
            return
        if not self.lasting:
            yield from lapsed(question, _what(question, self.word), self.made, self.need[-1])
            return
        untold = tuple(one for one in themes(question) if one not in self.open and not self._unsaid())
        if untold:
            yield self._untold(untold)
        yield from self._unreached()

    def doubts(self) -> Iterator[Lack]:
        """Checks that do not say what they were about, where nothing else covers a theme."""
        for check in self._unsaid() if len(self.open) < len(themes(self.question)) else ():
            yield Lack(
                f"{check.kind}（{shown(check.done_on)}）に、{self.word}した事項が登録されていません。",
                f"{_what(self.question, self.word)}かどうかは、記録の内容から確かめる必要があります。",
                "check",
                check.id,
                step=open_record(check),
            )

    def evidence(self) -> Iterator[Evidence]:
        for check in reversed(self.lasting):
            if any(covers(check, theme) for theme in self.open):
                yield self.question.evidence(check, check.done_on)

    def remarks(self) -> Iterator[Remark]:
        view = self.question.view
        for worker in _meant(self.question):
            yield from self._reached_late(worker)
        for one in view.former_of(self.question.asks.workers):
            yield from self._never_reached(one)
        for theme in themes(self.question):
            held = [one for one in self.made if covers(one, theme)]
            for missed in lapses(view, self.period, [check.done_on for check in held]):
                newest = next((check for check in held if check.done_on == missed.made_up), held[-1])
                yield from missed_rounds(_what(self.question, self.word), newest, (missed,))

    def _covering(self, theme: Theme | None) -> tuple[Check, ...]:
        return tuple(one for one in self.lasting if covers(one, theme))

    def _unsaid(self) -> tuple[Check, ...]:
        return tuple(one for one in self.lasting if not one.themes)

    def _somebody_else(self) -> Lack:
        roles = "、".join(self.question.asks.roles)
        by_whom = f"{roles}が行った" if roles else ""
        why = f"{self.word}は、実施した日、事項及び対象者が分かるように記録する必要があります。"
        if roles:
            why = f"従事者の監督は{roles}が行い、実施者として記録する必要があります。"
        text = f"{by_whom}{_what(self.question, self.word)}の記録がありません。"
        return Lack(text, why, "check", step=self._step())

    def _untold(self, untold: tuple[Theme | None, ...]) -> Lack:
        named = "".join(f"「{theme}」" for theme in untold)
        why = f"{named}は、ほかの事項とは別に、{self.word}の記録で示す必要があります。"
        return Lack(f"{named}についての{self.word}の記録がありません。", why, "check", step=self._step())

    def _unreached(self) -> Iterator[Lack]:
        """Each worker must be reached about each theme that somebody was told of or supervised about."""
        beforehand = When.BEFORE_START in self.question.clause.when
        for worker in _meant(self.question):
            absent = tuple(theme for theme in self.open if not self._reached(theme, worker.person.id))
            if not absent:
                continue
            lack = self._lack_of(worker, absent)
            done = self._days(absent[0], worker.person.id)
            if done:
                yield lack.by(owed(self.question.view, self.period, done))
            else:
                yield lack.by(self.question.beforehand(worker.since)) if beforehand else lack
        for one in (
            self.question.view.former_of(self.question.asks.workers) if self.question.asks.former else ()
        ):
            absent = tuple(theme for theme in self.open if not self._days(theme, one.person.id))
            if absent:
                yield self._lack_of(one, absent)

    def _lack_of(self, one: Worker | Former, absent: tuple[Theme | None, ...]) -> Lack:
        return Lack(
            f"{one.person.name}への{_named(absent)}{self.word}の記録がありません。",
            f"{self.word}は{often(self.period)}従事者の全員に行い、対象の要員として記録する必要があります。",
            "person",
            one.person.id,
            step=self._step(),
        )

    def _days(self, theme: Theme | None, person: int) -> list[date]:
        return list(reached_on(self.question, self.need, theme, person))

    def _reached(self, theme: Theme | None, person: int) -> bool:
        return counts(self.question.view, self.period, self._days(theme, person))

    def _first(self, person: int) -> date | None:
        """Since when the person was reached about every theme; None where one is wanting."""
        days = [self._days(theme, person) for theme in themes(self.question)]
        return max(held[0] for held in days) if all(days) else None

    def _reached_late(self, one: Worker | Former) -> Iterator[Remark]:
        """Told or supervised after the start, where it had to come before it; or at work without a notice."""
        question, first = self.question, self._first(one.person.id)
        if first is None:
            return
        assignment = question.view.at_work[one.person.id][0]
        what = f"{one.person.name}への{self.word}"
        if When.BEFORE_START in question.clause.when:
            due = question.before(one.since)
            if first > due:
                yield late(what, assignment, due, first)
        elif self._told and first > one.since:
            until = first - _ONE_DAY
            text = f"{what}は、従事していた{span(one.since, until)}の間、行われていませんでした。"
            yield broken(text, assignment, one.since, until)

    def _never_reached(self, one: Former) -> Iterator[Remark]:
        """Worked and went without: a notice is owed from the first day, supervision once in its period."""
        days = [self._days(theme, one.person.id) for theme in themes(self.question)]
        if all(held and held[0] <= one.until for held in days):
            yield from self._reached_late(one)
            return
        period_over = owed(self.question.view, self.period, (), one.since, one.until) is not None
        if self._told or period_over:
            days_worked = span(one.since, one.until)
            text = f"{one.person.name}は、{self.word}を受けないまま、{days_worked}従事していました。"
            yield broken(text, one.assignments[0], one.since, one.until)

    @property
    def _told(self) -> bool:
        """Whether the clause wants it made known, which has to come with the work and not some time later."""
        return Oversight.NOTICE in self.question.asks.oversight and CheckKind.NOTICE in self.need

    def _step(self) -> Step:
        given = {"themes": tuple(map(str, self.question.asks.themes))} if self.question.asks.themes else {}
        return add("check", kind=self.need[-1].value, **given)


def _renewal(question: Question) -> tuple[Deadline | None, Step]:
    """By when the first of the workers has to be reached once more."""
    newest = [
        max(days)
        for need in needs(question)
        for theme in themes(question)
        for worker in _meant(question)
        if (days := list(reached_on(question, need, theme, worker.person.id)))
    ]
    if not newest:
        return None, NO_STEP
    by = again(question.view, period_of(question.asks), (min(newest),))
    return by, add("check", kind=needs(question)[0][-1].value)


def _what(question: Question, word: str = "周知・監督") -> str:
    named = question.asks.themes or question.asks.items
    return f"従事者への「{'」「'.join(map(str, named))}」の{word}" if named else f"従事者への{word}"


def _named(wanted: tuple[Theme | None, ...]) -> str:
    """The themes in words; nothing where the clause names none."""
    named = [str(theme) for theme in wanted if theme is not None]
    return f"「{'」「'.join(named)}」の" if named else ""


def _meant(question: Question) -> Iterator[Worker]:
    """The workers that have to be reached by now: those who work, or all where it comes before the start."""
    beforehand = When.BEFORE_START in question.clause.when
    for worker in question.view.workers_of(question.asks.workers):
        if beforehand or worker.since <= question.view.as_of:
            yield worker


EVALUATOR = evaluator("supervision", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
