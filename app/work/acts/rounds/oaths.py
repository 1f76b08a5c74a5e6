"""誓約書の用意: a record for everyone who lacks one, unsigned, and the sheets to be signed.

Nothing is promised by it: until the signature is back the duty stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from app.annexes.kinds import When
from app.duties.duty import Action, Duty, Gap
from app.duties.engine import duties_of, duties_of_kind
from app.duties.evaluators.oath_holders import oaths
from app.records import Assignment, Contract, Field, Oath, Person, Record
from app.records.for_contract import ForContract
from app.records.kinds import Choice, Day, Text
from app.records.oath import OathForm, OathKind, OathSheet
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Paper, Write
from app.work.acts.rounds.asking import absent_from, contracts_of, numbers_of, people_of, view_of
from app.work.acts.rounds.listed import Listed

KINDS = ("oath", "retirement-secrecy")
"""The kinds of duty that a signed oath discharges."""

_PEOPLE = Field("people", Listed(label="誓約書を用意する者"), required=True, default=())
_FORM = Field("form", Choice(label="形式", of=OathForm), required=True, default=OathForm.OATH.value)
_SHEET = Field("sheet", Choice(label="様式", of=OathSheet), required=False, default="")
_BY = Field(
    "by",
    Text(label="説明者の氏名", hint="空欄なら契約の責任者を印字します"),
    required=False,
    default="",
)
_POST = Field("post", Text(label="説明者の役職"), required=False, default="")
_EXPLAINED = Field("explained", Day(label="説明した日", past=True), required=False, default=None)
_BACK = Field(
    "back",
    Text(label="返却・廃棄したもの", lines=2, longest=1000, hint="退職する者だけ。ない場合は「なし」"),
    required=False,
    default="",
)
_FIELDS = (_PEOPLE, _FORM, _SHEET, _BY, _POST, _EXPLAINED, _BACK)


class _Lack(NamedTuple):
    """An oath of a kind that a clause of the contract wants of a person, and of which there is no record."""

    contract: Contract
    person: int
    kind: OathKind
    duty: Duty
    gap: Gap


def _lacks(ground: Ground, contracts: tuple[Contract, ...]) -> Iterator[_Lack]:
    for contract in contracts:
        view = view_of(ground, contract)
        forms = {form.id for kind in KINDS for form in view.forms_for(kind)}
        for duty in duties_of(view):
            for gap in duty.missing:
                if gap.record == Person.spec.name and _for_an_oath(gap, forms):
                    kind = OathKind.LEAVING if _on_leaving(duty) else OathKind.STARTING
                    if gap.id not in oaths(view, kind):
                        yield _Lack(contract, gap.id, kind, duty, gap)


def _for_an_oath(gap: Gap, forms: set[str]) -> bool:
    step = gap.step
    added = step.action is Action.ADD and step.target == Oath.spec.name
    return added or (step.action is Action.ISSUE and step.target in forms)


def _on_leaving(duty: Duty) -> bool:
    return duty.kind == "retirement-secrecy" or duty.clause.when == (When.ON_LEAVING,)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    contracts = contracts_of(records)
    people = Field(
        _PEOPLE.name,
        Listed(label=_PEOPLE.label, options=people_of(ground.facts, contracts)),
        _PEOPLE.required,
        _PEOPLE.default,
    )
    leaving = any(one.kind is OathKind.LEAVING for one in _lacks(ground, contracts))
    return (people, *(one for one in _FIELDS[1:] if one is not _BACK or leaving))


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contracts = contracts_of(records)
    title = f"誓約書の用意　{numbers_of(contracts)}"
    preparing = _Preparing(ground, contracts, answers)
    refusals = tuple(preparing.refusals())
    if refusals or not preparing.people:
        asks = () if refusals else (Ask("誓約書を用意する者を選んでください。", "people", needed=True),)
        return Draft(title, title, asks=asks, refusals=refusals)
    writes = tuple(preparing.writes())
    return Draft(
        title,
        f"{title}（{len(writes)}件）",
        writes,
        tuple(preparing.asks()),
        remarks=tuple(preparing.remarks()),
        papers=tuple(preparing.papers()),
    )


class _Preparing:
    """The oaths of some people for some contracts."""

    def __init__(self, ground: Ground, contracts: tuple[Contract, ...], answers: Answers) -> None:
        self._ground, self._facts, self._contracts, self._answers = ground, ground.facts, contracts, answers
        self._all = tuple(_lacks(ground, contracts))
        listed = Listed(label="", options=people_of(ground.facts, contracts))
        self.people = listed.ids(answers.get("people"))
        self._lacks = tuple(one for one in self._all if one.person in self.people)

    def refusals(self) -> Iterator[str]:
        explained = self._answers.get("explained")
        if isinstance(explained, date) and explained > self._ground.today:
            yield "説明した日がきょうより後です。説明してから、その日を入力してください。"
        if not self._all and not self.people:
            yield self._nobody()
        for number in self.people:
            if not any(one.person == number for one in self._lacks):
                yield from self._unneeded(self._facts.get(Person, number))

    def _nobody(self) -> str:
        """Why there is nobody for whom to prepare one: not the same where no clause asks for oaths."""
        numbers = numbers_of(self._contracts)
        if not people_of(self._facts, self._contracts):
            return f"{numbers}の従事者が登録されていません。先に「着任」で従事者を登録してください。"
        views = (view_of(self._ground, one) for one in self._contracts)
        if not any(duties_of_kind(view, kind) for view in views for kind in KINDS):
            return (
                f"{numbers}の条項に、誓約書を求めるものがありません。"
                "自社で取り交わすときは、誓約書を用意する者を選んでください。"
            )
        return (
            f"{numbers}に、誓約書の記録のない者はいません。"
            "署名が戻ったときは「誓約書の署名」で登録してください。"
        )

    def _unneeded(self, person: Person) -> Iterator[str]:
        """Why there is nothing to prepare for somebody of whom no clause misses an oath."""
        gone = next(absent_from(self._facts, person, self._contracts, self._ground.today), "")
        if gone:
            yield f"{gone}着手時の誓約書は用意できません。選んだ者から外してください。"
        elif not tuple(self._open(person)):
            yield f"{person.name}の誓約書は登録されています。選んだ者から外してください。"

    def _open(self, person: Person) -> Iterator[Contract]:
        """The contracts on which a person works and for which there is no oath at the start, asked or not."""
        for contract in self._contracts:
            works = any(
                one.contract == contract.id for one in self._facts.of(Assignment, "person", person.id)
            )
            if works and person.id not in oaths(view_of(self._ground, contract), OathKind.STARTING):
                yield contract

    def writes(self) -> Iterator[Write]:
        for number in self.people:
            wanted: dict[OathKind, dict[int, None]] = {}
            for one in self._lacks:
                if one.person == number:
                    wanted.setdefault(one.kind, {})[one.contract.id] = None
            if not wanted:
                open_ = self._open(self._facts.get(Person, number))
                wanted[OathKind.STARTING] = dict.fromkeys(one.id for one in open_)
            for kind in (one for one in OathKind if one in wanted):
                yield Write(self._oath(number, kind, tuple(wanted[kind])))

    def _oath(self, person: int, kind: OathKind, contracts: tuple[int, ...]) -> Oath:
        said: dict[str, Any] = {
            "explained_by_name": str(self._answers.get("by") or ""),
            "explained_by_title": str(self._answers.get("post") or ""),
            "explained_on": self._answers.get("explained") or None,
        }
        if kind is OathKind.LEAVING:
            said["given_back"] = str(self._answers.get("back") or "")
        return Oath(
            person=person,
            contracts=tuple(ForContract(contract=one) for one in contracts),
            kind=kind.value,
            form=str(self._answers.get("form") or OathForm.OATH),
            sheet=str(self._answers.get("sheet") or ""),
            **said,
        )

    def asks(self) -> Iterator[Ask]:
        leavers = self._leavers()
        if leavers and not self._answers.get("back"):
            yield Ask(
                f"{'、'.join(leavers)}が返却・廃棄したものを入力してください。入力するまで退職時の誓約書は発行できません。",
                "back",
            )
        yield Ask("署名が戻ったら、「誓約書の署名」で署名した日を登録してください。")

    def remarks(self) -> Iterator[str]:
        yield "署名のない誓約書の記録です。署名した日を登録するまで、義務は果たされません。"
        leavers = self._leavers()
        if len(leavers) > 1 and self._answers.get("back"):
            yield f"{'、'.join(leavers)}の「返却・廃棄したもの」に、同じ内容を登録します。"
        left = {one.person for one in self._all} - set(self.people)
        if left:
            names = "、".join(one.name for one in self._facts.all(Person) if one.id in left)
            yield f"{names}は選ばれていません。誓約書は要るままです。"

    def papers(self) -> Iterator[Paper]:
        for one in self._lacks:
            if one.gap.step.action is Action.ISSUE:
                due = one.gap.due or one.duty.due
                clauses = (one.duty.clause.number,)
                yield Paper(one.contract.id, one.gap.step.target, due, one.gap.text, clauses)

    def _leavers(self) -> tuple[str, ...]:
        held = (one.person for one in self._lacks if one.kind is OathKind.LEAVING)
        return tuple(self._facts.get(Person, number).name for number in dict.fromkeys(held))


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    contracts = contracts_of(records)
    listed = Listed(label="", options=people_of(ground.facts, contracts))
    people = listed.labels(one.person for one in _lacks(ground, contracts))
    return {"people": people, "form": OathForm.OATH.value}


OATHS = Act(
    name="oaths",
    title="誓約書の用意",
    words=("誓約書", "誓約", "秘密保持", "着手時の誓約", "退職時の誓約", "せいやくしょ"),
    hint="誓約書のない者すべてに署名前の記録を作り、印刷する誓約書を示します。",
    about=Contract,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    asked=_asked,
    offered=lambda ground, one: isinstance(one, Contract) and ground.today <= one.last_day,
    given=_given,
)
