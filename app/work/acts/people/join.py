"""着任: somebody begins to work on a contract; what is due before is shown before the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Assignment, Contract, Facts, Field, Person, Record
from app.records.assignment import AssignmentRole, Role
from app.records.days import wareki
from app.records.kinds import Choice, Day, Ref, Text
from app.records.ordering import in_order
from app.records.person import Employment
from app.records.spelling.fold import alike
from app.work.acts.following import goes_on
from app.work.acts.plan import PROVISIONAL, Act, Answers, Ask, Draft, Ground, Write, only_of, with_values
from app.work.acts.rounds.asking import person_option
from app.work.acts.rounds.listed import Listed, Option

_PERSON = Field(
    "person",
    Ref(label="要員（登録済みの者）", to="person", hint="初めての者は、下に氏名を入力します"),
    required=False,
    default=None,
)
_NAME = Field("name", Text(label="氏名（初めての者）"), required=False, default="")
_KANA = Field("kana", Text(label="フリガナ"), required=False, default="")
_OTHERS = Field(
    "others",
    Listed(label="一緒に着任する者（登録済み）", hint="同じ役割、同じ日から従事する者を、何人でも選べます"),
    required=False,
    default=(),
)
_EMPLOYMENT = Field("employment", Choice(label="雇用区分", of=Employment), required=False, default="")
_DEPARTMENT = Field("department", Text(label="所属"), required=False, default="")
_ROLE = Field("role", Choice(label="役割", of=Role, other=True), required=True, default=Role.WORKER.value)
_WORK = Field("work", Text(label="担当する業務"), required=False, default="")
_INFORMATION = Field(
    "information",
    Text(label="取り扱う情報", hint="情報項目の名称だけを入力します"),
    required=False,
    default="",
)
_LOCATION = Field("location", Ref(label="作業場所", to="location"), required=False, default=None)
_DAY = Field("on", Day(label="従事開始日"), required=True, default=None)
_WHY = Field("why", Text(label="変更の理由", hint="変更届に印字されます"), required=False, default="")


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contract = only_of(records, Contract)
    joining = _Joining(ground, contract, answers)
    needed = tuple(joining.needed())
    named = joining.named or "（氏名未入力）"
    title = f"着任　{named}"
    if needed:
        return Draft(title, title, asks=needed)
    writes = tuple(joining.writes())
    return Draft(
        f"{title}（{wareki(answers['on'])}から）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(joining.asks()),
        tuple(joining.refusals()),
    )


class _Joining:
    """One person beginning on one contract, and whoever begins alike on the same day."""

    def __init__(self, ground: Ground, contract: Contract, answers: Answers) -> None:
        self._ground, self._contract, self._answers = ground, contract, answers
        self._person = ground.facts.find(Person, answers.get("person"))
        self._name = str(answers.get("name") or "").strip()
        first = self._person.id if self._person is not None else 0
        options = Listed(label="", options=_joinable(ground.facts, contract))
        ids = options.ids(answers.get("others"))
        self._others = tuple(ground.facts.get(Person, one) for one in ids if one != first)

    @property
    def called(self) -> str:
        """The name of whoever begins."""
        return self._person.name if self._person is not None else self._name

    @property
    def named(self) -> str:
        """Everyone who begins."""
        return "、".join(filter(None, (self.called, *(one.name for one in self._others))))

    def needed(self) -> Iterator[Ask]:
        if not self.named:
            if self._ground.facts.count(Person):
                yield Ask("要員を選ぶか、初めての者の氏名を入力してください。", "person", needed=True)
            else:
                yield Ask("氏名を入力してください。", "name", needed=True)
        if self._person is None and self._name and not self._answers.get("employment"):
            yield Ask(f"{self._name}の雇用区分を選んでください。", "employment", needed=True)
        if not isinstance(self._answers.get("on"), date):
            yield Ask("従事開始日を入力してください。", "on", needed=True)
        if not self._answers.get("role"):
            yield Ask("役割を選んでください。", "role", needed=True)

    def writes(self) -> Iterator[Write]:
        if self._person is None and self._name:
            said = self._said("kana", "employment", "department")
            yield Write(with_values(Person(id=PROVISIONAL, name=self._name, employment=""), **said))
            yield self._begun(PROVISIONAL)
        elif self._person is not None:
            yield self._begun(self._person.id)
        for one in self._others:
            yield self._begun(one.id)

    def _begun(self, person: int) -> Write:
        begun = Assignment(
            person=person,
            contract=self._contract.id,
            roles=(AssignmentRole(role=str(self._answers["role"])),),
            location=self._answers.get("location"),
            starts_on=self._answers["on"],
            change_reason=str(self._answers.get("why") or ""),
        )
        return Write(with_values(begun, **self._said("work", "information")))

    def _said(self, *names: str) -> dict[str, str]:
        return {name: str(self._answers.get(name) or "") for name in names}

    def asks(self) -> Iterator[Ask]:
        if self._person is None and self._name:
            yield from self._namesakes()
        if not self._answers.get("information"):
            yield Ask("取り扱う情報を入力すると、従事者名簿に印字されます。", "information")
        yield Ask("利用者アカウントと入室の権限は、研修と誓約書が済んでから付与してください。")

    def _namesakes(self) -> Iterator[Ask]:
        """Others of the name: one who has left and comes back is entered anew, and proves everything anew."""
        day, others = self._answers["on"], _namesakes(self._ground.facts, self._name)
        here = [one for one in others if not _left(one, day)]
        if here:
            numbers = "、".join(one.employee_number for one in here)
            yield Ask(
                f"同じ氏名の要員（{numbers}）が登録されています。同じ者であれば、要員の欄で選んでください。",
                "person",
            )
        for one in others:
            if gone := _left(one, day):
                yield Ask(
                    f"同じ氏名の要員（{one.employee_number}）は{wareki(gone)}に退職しています。再び従事する者で"
                    "あれば、このまま新しい要員として登録してください。前の研修と誓約書は引き継がれません。",
                    "name",
                )

    def refusals(self) -> Iterator[str]:
        contract, day = self._contract, self._answers["on"]
        if self._person is not None and self._name:
            yield "要員を選んだうえに氏名も入力されています。どちらか一方にしてください。"
        if day > contract.last_day:
            yield (
                f"従事開始日が契約の末日（{wareki(contract.last_day)}）より後です。日付を確かめてください。"
            )
        for person in filter(None, (self._person, *self._others)):
            yield from self._refused(person)

    def _refused(self, person: Person) -> Iterator[str]:
        contract, day = self._contract, self._answers["on"]
        if gone := _left(person, day):
            yield (
                f"{person.name}は{wareki(gone)}に退職しています。再び従事する場合は、要員を選ばずに"
                "氏名を入力し、新しい要員として登録してください。"
            )
        if any(
            one.person == person.id and goes_on(one, day) and one.starts_on <= day
            for one in self._ground.facts.of(Assignment, "contract", contract.id)
        ):
            yield (
                f"{person.name}は、その日にこの契約に従事していると登録されています。"
                "役割を変える場合は、要員の画面の「異動・変更」を使ってください。"
            )


def _left(person: Person, day: date) -> date | None:
    """The day on which somebody had left before ``day``, None where nobody had."""
    return person.left_on if person.left_on is not None and person.left_on < day else None


def _namesakes(facts: Facts, name: str) -> tuple[Person, ...]:
    return tuple(one for one in facts.all(Person) if alike(one.name) == alike(name))


def _joinable(facts: Facts, contract: Contract) -> tuple[Option, ...]:
    """Everyone who has not left and does not work on the contract without an end."""
    held = {one.person for one in facts.of(Assignment, "contract", contract.id) if one.ends_on is None}
    free = (one for one in facts.all(Person) if one.left_on is None and one.id not in held)
    return tuple(person_option(one) for one in in_order(free))


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    """Where nobody is left to choose from, nobody is offered; without any people, no choice."""
    if not ground.facts.count(Person):
        return tuple(one for one in _FIELDS if one not in (_PERSON, _OTHERS))
    options = _joinable(ground.facts, only_of(records, Contract))
    kind = Listed(label=_OTHERS.label, hint=_OTHERS.kind.hint, options=options)
    others = Field(_OTHERS.name, kind, _OTHERS.required, _OTHERS.default)
    return tuple(others if one is _OTHERS else one for one in _FIELDS if options or one is not _OTHERS)


def _given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    contract = only_of(records, Contract)
    before = ground.today < contract.starts_on
    return {"role": Role.WORKER.value, **({"on": contract.starts_on} if before else {"why": "増員"})}


_FIELDS = (
    _PERSON,
    _NAME,
    _KANA,
    _EMPLOYMENT,
    _DEPARTMENT,
    _ROLE,
    _WORK,
    _INFORMATION,
    _LOCATION,
    _DAY,
    _WHY,
    _OTHERS,
)


JOIN = Act(
    name="join",
    title="着任",
    words=("着任", "入社", "採用", "新人", "従事者を追加", "増員", "配置", "ちゃくにん"),
    about=Contract,
    hint="契約に従事する者を加え、着手の前に要る研修・誓約書・届出を示します。",
    fields=_FIELDS,
    draft=_draft,
    asked=_asked,
    offered=lambda ground, one: isinstance(one, Contract) and ground.today <= one.last_day,
    given=_given,
)
