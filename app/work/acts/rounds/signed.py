"""誓約書の署名: the sheets that come back, each with the day on which it was signed.

Only whoever is named, or all of them by word, has signed: nobody's signature is taken for granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from app.records import Contract, Facts, Field, Oath, Person, Record, stated_key
from app.records.days import wareki
from app.records.kinds import Day, Flag
from app.records.oath import OathKind
from app.records.person import Employment
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, with_values
from app.work.acts.rounds.asking import contracts_of, numbers_of, person_option, told_since, view_of
from app.work.acts.rounds.listed import Listed, Option
from app.work.acts.rounds.oaths import KINDS

_DAY = Field("on", Day(label="署名した日", past=True), required=True, default=None)
_WHOLE = Field(
    "whole",
    Flag(label="署名が戻ったのは", yes="すべての者", no="選んだ者だけ"),
    required=False,
    default=None,
)
_OATHS = Field(
    "oaths", Listed(label="署名が戻った者", hint="「選んだ者だけ」のとき"), required=False, default=()
)
_RECEIVED = Field("received", Day(label="再委託先から受け取った日", past=True), required=False, default=None)
_FIELDS = (_DAY, _WHOLE, _OATHS, _RECEIVED)


def _unsigned(facts: Facts, contracts: tuple[Contract, ...]) -> tuple[Oath, ...]:
    """The oaths that are prepared for one of the contracts and not signed, each once."""
    found = {one.id: one for contract in contracts for one in facts.covering(Oath, contract.id)}
    return tuple(found[number] for number in sorted(found) if found[number].signed_on is None)


def _options(facts: Facts, contracts: tuple[Contract, ...]) -> tuple[Option, ...]:
    held = _unsigned(facts, contracts)
    several = Counter((one.person, one.kind) for one in held)
    made = []
    for one in held:
        person = facts.get(Person, one.person)
        covered = "・".join(facts.key_of("contract", number) for number in one.contract_ids)
        more = f"　{one.kind}" + (f"　{covered}" if several[one.person, one.kind] > 1 else "")
        made.append(person_option(person, more)._replace(id=one.id))
    return tuple(made)


def _asked(ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
    contracts = contracts_of(records)
    kind = Listed(label=_OATHS.label, hint=_OATHS.kind.hint, options=_options(ground.facts, contracts))
    people = (ground.facts.get(Person, one.person) for one in _unsigned(ground.facts, contracts))
    subs = any(one.employment == Employment.SUBCONTRACTOR for one in people)
    return (
        _DAY,
        _WHOLE,
        Field(_OATHS.name, kind, required=False, default=()),
        *((_RECEIVED,) if subs else ()),
    )


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    contracts, day = contracts_of(records), answers.get("on")
    title = f"誓約書の署名　{numbers_of(contracts)}"
    if not _unsigned(ground.facts, contracts):
        refusal = (
            "署名を待っている誓約書がありません。"
            "誓約書のない者がいるときは、先に「誓約書の用意」を行ってください。"
        )
        return Draft(title, title, refusals=(refusal,))
    signing = _Signing(ground, contracts, answers)
    needed = []
    if not signing.oaths:
        needed.append(Ask("署名が戻った者を選んでください。", "oaths", needed=True))
    if not isinstance(day, date):
        needed.append(Ask("署名した日を入力してください。", "on", needed=True))
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=tuple(needed))
    refusals = tuple(signing.refusals(day))
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = tuple(signing.writes(day))
    touched = tuple(ground.facts.get(Contract, number) for number in signing.covered)
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(signing.asks()),
        remarks=(*signing.remarks(), *told_since(ground, touched, writes, *KINDS)),
    )


class _Signing:
    """Some oaths that were signed on one day."""

    def __init__(self, ground: Ground, contracts: tuple[Contract, ...], answers: Answers) -> None:
        self._ground, self._facts, self._answers = ground, ground.facts, answers
        self._all = _unsigned(ground.facts, contracts)
        listed = Listed(label="", options=_options(ground.facts, contracts))
        self._chosen = listed.ids(answers.get("oaths"))
        self._whole = answers.get("whole") is True
        self.oaths = self._all if self._whole else tuple(one for one in self._all if one.id in self._chosen)
        self.covered = tuple(dict.fromkeys(number for one in self.oaths for number in one.contract_ids))

    def refusals(self, day: date) -> Iterator[str]:
        today, received = self._ground.today, self._answers.get("received")
        if day > today:
            yield f"署名した日（{wareki(day)}）がきょうより後です。署名が戻ってから登録してください。"
        if isinstance(received, date) and received > today:
            yield "再委託先から受け取った日がきょうより後です。受け取ってから登録してください。"
        if self._whole and 0 < len(self._chosen) < len(self._all):
            yield (
                "署名が戻ったのは「すべての者」としながら、一部の者だけを選んでいます。"
                "「選んだ者だけ」にするか、選択を消してください。"
            )
        for one in self.oaths:
            yield from self._unlikely(one, day)

    def _unlikely(self, oath: Oath, day: date) -> Iterator[str]:
        person = self._facts.get(Person, oath.person)
        whose = f"{person.name}の署名した日（{wareki(day)}）"
        printed = self._printed(oath, person)
        if printed is not None and day < printed:
            yield (
                f"{whose}が、誓約書を発行した日（{wareki(printed)}）より前です。日付を確かめてください。"
                "別の用紙に署名したときは、「誓約書」の画面で登録してください。"
            )
        if oath.kind == OathKind.STARTING and person.left_on is not None and person.left_on < day:
            yield f"{whose}が、退職した日（{wareki(person.left_on)}）より後です。日付を確かめてください。"

    def _printed(self, oath: Oath, person: Person) -> date | None:
        """The first day on which a sheet for the person was printed; None where none was."""
        days: list[date] = []
        for number in oath.contract_ids:
            view = view_of(self._ground, self._facts.get(Contract, number))
            kind = KINDS[1] if oath.kind == OathKind.LEAVING else KINDS[0]
            for form in view.forms_for(kind):
                if not form.past:
                    held = view.of_form(form.id)
                    days.extend(one.issued_on for one in held if view.names(one, stated_key(person)))
        return min(days, default=None)

    def writes(self, day: date) -> Iterator[Write]:
        received = self._answers.get("received") or None
        for one in self.oaths:
            more = {"received_on": received} if received and self._from_sub(one) else {}
            yield Write(with_values(one, signed_on=day, **more), one)

    def asks(self) -> Iterator[Ask]:
        if not self._answers.get("received") and (
            names := [self._name(one) for one in self.oaths if self._from_sub(one)]
        ):
            yield Ask(f"{'、'.join(names)}の誓約書を再委託先から受け取った日を入力してください。", "received")
        yield Ask("署名された誓約書を、誓約書の記録に添付してください。")

    def remarks(self) -> Iterator[str]:
        left = [self._name(one) for one in self._all if one not in self.oaths]
        if left:
            yield f"{'、'.join(left)}の署名は、まだ戻っていません。"

    def _from_sub(self, oath: Oath) -> bool:
        return self._facts.get(Person, oath.person).employment == Employment.SUBCONTRACTOR

    def _name(self, oath: Oath) -> str:
        return self._facts.get(Person, oath.person).name


def _offered(ground: Ground, one: Record) -> bool:
    return isinstance(one, Contract) and bool(_unsigned(ground.facts, (one,)))


SIGNED = Act(
    name="signed",
    title="誓約書の署名",
    words=("誓約書", "署名", "誓約書が戻った", "押印", "しょめい"),
    hint="戻ってきた誓約書の署名した日を、すべて又は選んだ者にまとめて登録します。",
    about=Contract,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    asked=_asked,
    offered=_offered,
)
