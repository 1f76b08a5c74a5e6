"""再委託を始める: a part of the work goes to another company, under the approval that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.records import Approval, Contract, Field, Record, Subcontract, Subcontractor
from app.records.days import wareki
from app.records.kinds import Day, Ref, Text
from app.work.acts.devices.allowing import Allowing, Going, Terms
from app.work.acts.devices.permits import APPROVAL, DELEGATION, without
from app.work.acts.plan import Act, Answers, Draft, Ground, Write, numbered, unanswered
from app.work.acts.year.contracts import contract_of

_TO = Field("to", Ref(label="再委託先", to="subcontractor"), required=True, default=None)
_WORK = Field("work", Text(label="再委託する業務", lines=2, longest=1000), required=True, default="")
_DAY = Field("on", Day(label="再委託の始期", back=2), required=True, default=None)
_ENDS = Field("ends_on", Day(label="再委託の終期"), required=False, default=None)
_TEXTS = {
    "information": Text(label="含まれる情報", lines=2, longest=1000, hint="情報項目の名称だけを入力します"),
    "reason": Text(label="再委託の理由", lines=2, longest=1000),
    "control": Text(label="管理・監督の方法", lines=3, longest=1000),
    "responsible": Text(label="再委託先の責任者", hint="役職と氏名"),
}
_PARENT = Field(
    "parent",
    Ref(label="上位の再委託", to="subcontract", hint="再委託先からさらに委託するとき"),
    required=False,
    default=None,
)
_LOCATION = Field("location", Ref(label="作業場所", to="location"), required=False, default=None)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract, day = contract_of(records), answers.get("on")
    company, work = ground.facts.find(Subcontractor, answers.get("to")), str(answers.get("work") or "")
    title = f"再委託　{contract.number}　{contract.title}"
    if company is None or not work or not isinstance(day, date):
        open_ = unanswered(
            (company, "to", "再委託先を選んでください。"),
            (work, "work", "再委託する業務を入力してください。"),
            (isinstance(day, date), "on", "再委託の始期を入力してください。"),
        )
        return Draft(title, title, asks=open_)
    delegating = _Delegating(ground, contract, company, day, answers)
    if refusals := tuple(delegating.refusals()):
        return Draft(title, title, refusals=refusals)
    named = f"{title}を{company.name}へ（{wareki(day)}から）"
    what = f"再委託　{contract.number}　{company.name}"
    return delegating.allowing().outcome().draft(named, what, remarks=delegating.remarks())


@dataclass(frozen=True, slots=True)
class _Delegating:
    """One delegation of one contract."""

    ground: Ground
    contract: Contract
    company: Subcontractor
    day: date
    answers: Answers

    def allowing(self) -> Allowing:
        """The delegation as it will be, held against the clauses of its contract."""
        ends = self.answers.get("ends_on")
        terms = Terms(
            day=self.day,
            approval=self.ground.facts.find(Approval, self.answers.get("approval")),
            without=str(self.answers.get("without") or ""),
            destination=self.company.name,
            ends=ends if isinstance(ends, date) else None,
        )
        made = self._subcontract()
        (write,) = numbered((Write(made),))
        return Allowing(self.ground, terms, (Going(write, self.contract.id, made, 1, DELEGATION),), ())

    def refusals(self) -> Iterator[str]:
        parent = self._parent()
        if self.day > self.contract.last_day:
            yield (
                f"再委託の始期が契約の末日（{wareki(self.contract.last_day)}）より後です。"
                "日付を確かめてください。"
            )
        if parent is not None and parent.contract != self.contract.id:
            yield "上位の再委託は別の契約のものです。この契約のものを選んでください。"

    def remarks(self) -> Iterator[str]:
        """What is outside the period of the contract is recorded as it was said, and told."""
        contract, ends = self.contract, self.answers.get("ends_on")
        for one in self._running():
            until = f"{wareki(one.ends_on)}まで" if one.ends_on else ""
            yield (
                f"{self.company.name}への再委託は、{one.number}（{wareki(one.starts_on)}から{until}）としても"
                "登録されています。同じ再委託を二重に登録していないかを確かめてください。"
            )
        if self.day < contract.starts_on:
            yield (
                f"再委託の始期が契約の始期（{wareki(contract.starts_on)}）より前です。日付を確かめてください。"
            )
        if isinstance(ends, date) and ends > contract.last_day:
            yield (
                f"再委託の終期が契約の末日（{wareki(contract.last_day)}）より後です。日付を確かめてください。"
            )

    def _running(self) -> Iterator[Subcontract]:
        """What goes to the same company for the same contract at the same time."""
        ends = self.answers.get("ends_on")
        last = ends if isinstance(ends, date) else date.max
        for one in self.ground.facts.of(Subcontract, "contract", self.contract.id):
            over = one.ends_on is not None and one.ends_on < self.day
            if one.subcontractor == self.company.id and not over and one.starts_on <= last:
                yield one

    def _parent(self) -> Subcontract | None:
        return self.ground.facts.find(Subcontract, self.answers.get("parent"))

    def _subcontract(self) -> Subcontract:
        parent, ends = self._parent(), self.answers.get("ends_on")
        texts: dict[str, Any] = {name: str(self.answers.get(name) or "") for name in _TEXTS}
        return Subcontract(
            subcontractor=self.company.id,
            contract=self.contract.id,
            tier=parent.tier + 1 if parent is not None else 1,
            parent=parent.id if parent is not None else None,
            work=str(self.answers["work"]),
            starts_on=self.day,
            ends_on=ends if isinstance(ends, date) else None,
            location=self.answers.get("location") or None,
            **texts,
        )


DELEGATE = Act(
    name="delegate",
    title="再委託を始める",
    words=("再委託", "外注", "下請", "委託先", "再委託する", "さいいたく"),
    hint="条項が求める承諾と照らして登録し、承諾がなければ申請書を示します。",
    about=Contract,
    fields=(
        _TO,
        _WORK,
        _DAY,
        _ENDS,
        *(Field(name, kind, required=False, default="") for name, kind in _TEXTS.items()),
        _LOCATION,
        _PARENT,
        APPROVAL,
        without(DELEGATION),
    ),
    draft=_draft,
    offered=lambda ground, one: isinstance(one, Contract) and ground.today <= one.last_day,
)
