"""How the state of a duty follows from what is missing, in one place for all kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.duties.case import FormFace
from app.duties.clause import Asks, Clause, Submit
from app.duties.duty import Action, Evidence, Gap, Step
from app.duties.kinds import State
from app.duties.view import ContractView, days_before
from app.records import SPECS, Record, Submission
from app.records.days import wareki

NO_STEP = Step()


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing thing: what people read, the rule behind it, its deadline and what would mend it."""

    text: str
    why: str
    record: str = ""
    id: int = 0
    due: date | None = None
    step: Step = NO_STEP

    @property
    def gap(self) -> Gap:
        return Gap(self.text, self.record, self.id, self.due)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an evaluator finds; the engine adds contract, annex, clause and kind."""

    state: State
    why: str
    due: date | None = None
    missing: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    next: Step = NO_STEP


@dataclass(frozen=True, slots=True)
class Question:
    """One clause × kind asked about one contract on one day."""

    view: ContractView
    clause: Clause
    kind: str
    asks: Asks

    def judge(self, lacks: Sequence[Lack], evidence: Sequence[Evidence], satisfied: str) -> Verdict:
        """Overdue or due by what is missing, else satisfied; nothing that proves it is never satisfied."""
        proofs = tuple(dict.fromkeys(evidence))
        if not lacks:
            if not proofs:
                return self.confirm("これを示す記録がないため、実際の状況を確かめてください。")
            return Verdict(State.SATISFIED, self._say(satisfied), evidence=proofs)
        first = min(lacks, key=lambda lack: lack.due or date.max)
        return Verdict(
            state=State.OVERDUE if first.due and first.due < self.view.day else State.DUE,
            why=self._say(first.why),
            due=first.due,
            missing=tuple(lack.gap for lack in lacks),
            evidence=proofs,
            next=first.step if first.step.action else _first_step(lacks),
        )

    def confirm(
        self,
        why: str,
        missing: Sequence[Lack] = (),
        evidence: Sequence[Evidence] = (),
        step: Step = NO_STEP,
    ) -> Verdict:
        """Only a person can say, or nothing of the kind is recorded."""
        gaps = tuple(lack.gap for lack in missing)
        return Verdict(State.CONFIRM, self._say(why), missing=gaps, evidence=tuple(evidence), next=step)

    def unrecorded(self, why: str, kind: str) -> Verdict:
        """Nothing of the kind is recorded at all: confirm, and offer to add a record of type ``kind``."""
        lack = Lack(f"{SPECS[kind].label}の記録がありません。", "", kind)
        return self.confirm(why, (lack,), step=add(kind))

    def not_due(self, why: str) -> Verdict:
        return Verdict(State.NOT_DUE, self._say(why))

    def not_applicable(self, why: str) -> Verdict:
        return Verdict(State.NOT_APPLICABLE, self._say(why))

    def before(self, start: date) -> date:
        """The deadline of what must be done before ``start``."""
        return days_before(start, self.asks.days_before)

    @property
    def reported(self) -> bool:
        """Whether the client receives something without asking for it."""
        return self.asks.submit in (Submit.BEFOREHAND, Submit.PROMPTLY)

    def deadline(self, start: date) -> date | None:
        """The last day for telling the client of what starts on ``start``; None: promptly after."""
        return self.before(start) if self.asks.submit is Submit.BEFOREHAND else None

    @property
    def eve(self) -> str:
        """The deadline in words: 前日, or so many days before."""
        days = self.asks.days_before or 1
        return "前日" if days == 1 else f"{days}日前"

    def evidence(self, record: Record, on: date | None = None) -> Evidence:
        return Evidence(record.spec.name, record.id, self.view.facts.key(record), on)

    def issue(self, *keys: str) -> Step:
        """Submit what is printed and names one of ``keys``, else print; nothing where no form exists."""
        forms = self.view.forms_for(self.kind)
        for form in forms:
            if document := self.view.ready(form, *keys):
                return submit(document)
        return print_form(forms[0]) if forms else NO_STEP

    def renew(self, form: FormFace, document: Submission) -> Step:
        """Submit what was printed after ``document``, which is stale, else print anew."""
        newer = self.view.ready(form, after=document.id)
        return submit(newer) if newer else print_form(form)

    def _say(self, sentence: str) -> str:
        return f"{self.clause.number}：{sentence}"


def _first_step(lacks: Sequence[Lack]) -> Step:
    return next((lack.step for lack in lacks if lack.step.action), NO_STEP)


def add(kind: str) -> Step:
    """The step of adding a record of type ``kind``."""
    return Step(f"{SPECS[kind].label}を追加", Action.ADD, kind)


def open_record(record: Record) -> Step:
    """The step of opening ``record``."""
    return Step(f"{record.spec.label}を開く", Action.OPEN, record.spec.name, record.id)


def print_form(form: FormFace) -> Step:
    """The step of issuing ``form``."""
    return Step(f"{form.title}を作成", Action.ISSUE, form.id)


def submit(document: Submission) -> Step:
    """The step of recording that a printed document was submitted."""
    return Step(f"{document.number}の提出を記録", Action.SUBMIT, "submission", document.id)


def shown(day: date) -> str:
    """A day as it stands in a sentence."""
    return wareki(day)
