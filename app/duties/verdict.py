"""How the state of a duty follows from what is missing, in one place for all kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from app.annexes.asks import Asks
from app.annexes.choices import Submit, Urgency
from app.annexes.clause import Clause
from app.annexes.kinds import KINDS, State, When
from app.counting.deadlines import Deadline, deadline_after, deadline_before, not_before_signature
from app.duties.case import FormFace
from app.duties.duty import Action, Evidence, Gap, Remark, Step
from app.duties.papers.claims import Whole, offered
from app.duties.view import ContractView
from app.records import SPECS, Record, Submission
from app.records.days import wareki

NO_STEP = Step()

ASSUMED = "日数は条項に定めがないため本ソフトの想定"
"""What people are told wherever the number of days is the product's own."""


class Lack(NamedTuple):
    """One missing thing: what people read, the rule behind it, its deadline and what would mend it.

    ``counted``: how the deadline was counted. ``waiting``: it lies with the client, who has been asked.
    """

    text: str
    why: str
    record: str = ""
    id: int = 0
    due: date | None = None
    step: Step = NO_STEP
    counted: str = ""
    waiting: bool = False

    @property
    def gap(self) -> Gap:
        return Gap(self.text, self.record, self.id, self.due, self.step, self.waiting)

    def by(self, deadline: Deadline | None) -> Lack:
        """The same, due by ``deadline`` and with how it was counted; None sets no day."""
        return self._replace(due=deadline.day, counted=counted(deadline)) if deadline else self


class Verdict(NamedTuple):
    """What an evaluator finds; the engine adds contract, annex, clause and kind."""

    state: State
    why: str
    due: date | None = None
    missing: tuple[Gap, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    next: Step = NO_STEP
    counted: str = ""
    again: date | None = None
    remarks: tuple[Remark, ...] = ()


class Question(NamedTuple):
    """One clause × kind asked about one contract on one day."""

    view: ContractView
    clause: Clause
    kind: str
    asks: Asks

    def judge(
        self,
        lacks: Sequence[Lack],
        evidence: Sequence[Evidence],
        satisfied: str,
        again: Deadline | None = None,
        step: Step = NO_STEP,
        remarks: Sequence[Remark] = (),
        doubts: Sequence[Lack] = (),
    ) -> Verdict:
        """Overdue or due by what is missing, waiting if only the client's answer is, else satisfied.

        Nothing that proves it is never satisfied. ``again``: by when what is satisfied has to be done once
        more, and ``step`` how; None where it does not recur. ``remarks``: what was late or broken and is
        over; whatever the state, they stay with it. ``doubts``: what the ledger leaves open and only a
        person can say; where nothing else is missing they make it a matter to confirm, never satisfied.
        """
        proofs = tuple(dict.fromkeys(evidence))
        over = tuple(dict.fromkeys(remarks))
        if not lacks and doubts:
            unclear = self.confirm(doubts[0].why, doubts, proofs, _first_step(doubts))
            return unclear._replace(remarks=over)
        if not lacks:
            if not proofs:
                unproven = self.confirm("これを示す記録がないため、実際の状況を確かめてください。")
                return unproven._replace(remarks=over)
            if again is None:
                return Verdict(State.SATISFIED, self._say(satisfied), evidence=proofs, remarks=over)
            return Verdict(
                State.SATISFIED,
                self._say(satisfied),
                evidence=proofs,
                next=step,
                counted=counted(again),
                again=again.day,
                remarks=over,
            )
        open_lacks = [lack for lack in lacks if not lack.waiting] or lacks
        first = min(open_lacks, key=lambda lack: lack.due or date.max)
        return Verdict(
            state=self._pressing(first),
            why=self._say(first.why),
            due=first.due,
            missing=tuple(lack.gap for lack in (*lacks, *doubts)),
            evidence=proofs,
            next=first.step if first.step.action else _first_step(open_lacks),
            counted=first.counted,
            remarks=over,
        )

    def _pressing(self, lack: Lack) -> State:
        if lack.waiting:
            return State.WAITING
        return State.OVERDUE if lack.due and lack.due < self.view.day else State.DUE

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
        """Nothing of the kind is recorded at all: confirm, and offer to add a record of type ``kind``.

        What is to be ready before the work begins has its day all the same: else the most urgent of all,
        of which nobody has entered anything yet, would stand below what can wait.
        """
        lack = Lack(f"{SPECS[kind].label}の記録がありません。", "", kind).by(self._ready_by)
        found = self.confirm(why, (lack,), step=self._begin(kind))
        return found._replace(due=lack.due, counted=lack.counted)

    def _begin(self, kind: str) -> Step:
        """Add the first record of its type; before the work begins, as there from its first day on."""
        contract = self.view.contract
        ahead = self.view.day < contract.starts_on
        if ahead and "starts_on" in (field.name for field in SPECS[kind].fields):
            return add(kind, starts_on=contract.starts_on)
        return add(kind)

    @property
    def _ready_by(self) -> Deadline | None:
        """By when this is ready for the start of the contract; None where no clause speaks of that."""
        if not KINDS[self.kind].ready or When.BEFORE_START not in self.clause.when:
            return None
        return self.beforehand(self.view.contract.starts_on)

    def not_due(self, why: str) -> Verdict:
        return Verdict(State.NOT_DUE, self._say(why))

    def not_applicable(self, why: str) -> Verdict:
        return Verdict(State.NOT_APPLICABLE, self._say(why))

    def beforehand(self, start: date) -> Deadline:
        """By when what must be done before ``start`` is done."""
        return _beforehand(start, self.asks, self._signed)

    @property
    def _signed(self) -> date | None:
        """The day of the signature where the contract had begun by then; None where it was in time.

        What was due before the start of such a contract is due on the day on which it was signed. Where it
        was signed in time, what is too late to be done beforehand must start later.
        """
        contract = self.view.contract
        return contract.signed_on if contract.signed_on >= contract.starts_on else None

    def before(self, start: date) -> date:
        """The deadline of what must be done before ``start``."""
        return self.beforehand(start).day

    def told_by(self, start: date) -> Deadline | None:
        """By when the client is told of what starts on ``start``; None where it is not told by itself.

        Promptly without a time of its own is read as 速やかに, which is the product's assumption.
        """
        match self.asks.submit:
            case Submit.BEFOREHAND:
                return self.beforehand(start)
            case Submit.PROMPTLY:
                return not_before_signature(self.soon_after(start), self._signed)
            case _:
                return None

    def soon_after(self, event: date) -> Deadline:
        """By when what follows ``event`` is done: as the clause counts, else 速やかに, which is assumed."""
        deadline = deadline_after(event, self.asks) or deadline_after(event, _speedily(self.asks))
        return cast(Deadline, deadline)

    def told_late(self, start: date, document: Submission) -> bool:
        """Whether the client was told of what starts on ``start`` by a document that came too late."""
        deadline = self.told_by(start)
        on = document.submitted_on
        return deadline is not None and on is not None and on > deadline.day

    def too_late(self, what: str) -> str:
        """How a document came too late, in words: after the start, or after its deadline."""
        if self.asks.submit is Submit.BEFOREHAND and self.eve == "前日":
            return f"{what}後の提出でした"
        return "期限より後の提出でした"

    def when(self, what: str) -> str:
        """When the client is told of ``what`` (使用開始), in words that lead up to a verb."""
        if self.asks.submit is Submit.BEFOREHAND:
            return f"{what}の{self.eve}までに"
        return f"{what}の後{self.promptly}"

    @property
    def promptly(self) -> str:
        """How soon after the event, in the annex's own word."""
        return str(self.asks.urgency or Urgency.SPEEDILY)

    @property
    def reported(self) -> bool:
        """Whether the client receives something without asking for it."""
        return self.asks.submit in (Submit.BEFOREHAND, Submit.PROMPTLY)

    @property
    def eve(self) -> str:
        """The deadline in words: 前日, or so many days before."""
        days = self.asks.days_before or 1
        return "前日" if days == 1 else f"{days}日前"

    def evidence(self, record: Record, on: date | None = None) -> Evidence:
        return Evidence(record.spec.name, record.id, self.view.facts.key(record), on)

    def forms(self, stage: int = 0, *, single: bool | None = None) -> tuple[FormFace, ...]:
        """The forms that serve this clause, the one to offer first in front (``claims.offered``)."""
        asked = (self.clause, self.asks, self.kind)
        return offered(self.view.forms.values(), asked, single=single, stage=stage)

    def issue(self, *keys: str, stage: int = 0, single: bool | None = None) -> Step:
        """Submit what is printed and names one of ``keys``, else print; nothing where no form exists.

        Without ``keys`` only a document for the whole contract will do: one about something else would
        be handed in under this clause and prove nothing of it.
        """
        forms = self.forms(stage, single=single)
        whole = self.view.forms_for(self.kind, Whole, stage)
        for form in forms:
            if (keys or form in whole) and (document := self.view.ready(form, *keys)):
                return submit(document)
        return print_form(forms[0]) if forms else NO_STEP

    def unprinted(self, key: str) -> Step:
        """Print the paper about ``key``; nothing where that was done, or where no form exists."""
        view, forms = self.view, self.forms()
        made = (one for form in forms for one in (*view.printed(form), *view.standing(form)))
        return NO_STEP if not forms or any(view.names(one, key) for one in made) else print_form(forms[0])

    def renew(self, form: FormFace, document: Submission) -> Step:
        """Submit what was printed after ``document``, which is stale, else print anew."""
        newer = self.view.ready(form, after=document.id)
        return submit(newer) if newer else print_form(form)

    def _say(self, sentence: str) -> str:
        return f"{self.clause.number}：{sentence}"


@lru_cache(maxsize=1024)
def _beforehand(start: date, asks: Asks, signed: date | None) -> Deadline:
    """Workers, places and devices of a contract mostly start on the same day."""
    return deadline_before(start, asks, signed)


@lru_cache(maxsize=1024)
def _speedily(asks: Asks) -> Asks:
    return replace(asks, urgency=Urgency.SPEEDILY, assumed=(*asks.assumed, "urgency"))


def _first_step(lacks: Sequence[Lack]) -> Step:
    return next((lack.step for lack in lacks if lack.step.action), NO_STEP)


def add(kind: str, /, **given: Any) -> Step:
    """The step of adding a record of type ``kind``, with the fields ``given`` filled in."""
    return Step(f"{SPECS[kind].label}を登録", Action.ADD, kind, given=tuple(given.items()))


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


def counted(deadline: Deadline) -> str:
    """How a deadline was counted, in words; says where the number is the product's and not the annex's."""
    if not deadline.assumed:
        return deadline.arithmetic
    return f"{deadline.arithmetic}（{ASSUMED}）"


def assumed(words: str) -> bool:
    """Whether what ``counted`` answered rests on a number of the product."""
    return words.endswith(f"（{ASSUMED}）")
