"""retirement-secrecy, and oaths of leavers: who leaves promises secrecy and gives everything back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Workers
from app.annexes.kinds import State
from app.duties.duty import Step
from app.duties.evaluators.attested import confirm_step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.oath_holders import oaths, signed
from app.duties.evaluators.oath_terms import early
from app.duties.evaluators.over import late
from app.duties.evaluators.stated import pending
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView, employed_as
from app.records import Oath, Person, stated_key
from app.records.oath import OathKind


def judge(question: Question) -> Verdict:
    return judge_leavers(question, given_back=True)


def judge_leavers(question: Question, *, given_back: bool) -> Verdict:
    """``given_back``: what the leaver returned or destroyed has to be stated as well."""
    leavers = question.view.once(leavers_of, question.asks.workers)
    if not leavers:
        return question.not_due("退職した従事者は記録されていませんが、退職するときは誓約が必要です。")
    held = signed(question.view, OathKind.LEAVING)
    lacks = [lack for person, day in leavers for lack in _unpromised(question, person, day)]
    if given_back:
        lacks.extend(lack for person, day in leavers for lack in _kept(person, day, held.get(person.id)))
    evidence = [question.evidence(o, o.signed_on) for p, _day in leavers if (o := held.get(p.id))]
    remarks = [
        late(f"{person.name}の退職時の誓約書の署名", oath, day, oath.signed_on)
        for person, day in leavers
        if (oath := held.get(person.id)) and oath.signed_on and oath.signed_on > day
    ]
    satisfied = f"退職する従事者{len(leavers)}人は、退職時の誓約書に署名しています。"
    doubts = [lack for p, _day in leavers if (o := held.get(p.id)) for lack in early(question, o)]
    doubts += _unread(question) if given_back else ()
    return question.judge(lacks, evidence, satisfied, remarks=remarks, doubts=doubts)


def _unread(question: Question) -> Iterator[Lack]:
    """What a clause wants of leavers beyond a promise and what they give back is not kept here."""
    for item in question.asks.items:
        if not any(word in item for word in _KEPT):
            yield Lack(
                f"退職する従事者についての「{item}」を示す記録がありません。",
                f"退職する従事者についての「{item}」が行われたかを確かめてください。",
                "attestation",
                step=confirm_step(question),
            )


_KEPT = ("誓約", "秘密保持", "返還", "返却", "廃棄", "破棄")
"""Words of what the oath of a leaver says, or states to have been given back."""


def leavers_of(view: ContractView, groups: tuple[Workers, ...]) -> tuple[tuple[Person, date], ...]:
    """Who worked on the contract and leaves the company before it ends, with the day, by that day.

    A day that lies ahead is known beforehand: the oath can be asked for before it is too late.
    """
    begun = {one.person for one in view.assignments if one.starts_on <= view.as_of}
    people = (view.facts.find(Person, person) for person in begun)
    found = [
        (person, person.left_on)
        for person in people
        if person is not None
        and person.left_on is not None
        and person.left_on <= view.contract.last_day
        and employed_as(groups, person)
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].id)))


def _unpromised(question: Question, person: Person, left: date) -> Iterator[Lack]:
    if person.id not in signed(question.view, OathKind.LEAVING):
        yield Lack(
            f"{person.name}（{shown(left)}退職）の署名済みの退職時の誓約書がありません。",
            f"退職する従事者は、退職の日（{shown(left)}）までに秘密保持を誓約する必要があります。",
            "person",
            person.id,
            left,
            _sign(question, person),
        )


def _sign(question: Question, person: Person) -> Step:
    """Print the oath first; once it is printed, record the signature."""
    view = question.view
    unsigned = [one for one in oaths(view, OathKind.LEAVING).get(person.id, ()) if one.signed_on is None]
    step = question._replace(kind="retirement-secrecy").unprinted(stated_key(person))
    if unsigned and step.action:
        return step
    return (
        open_record(unsigned[0]) if unsigned else add("oath", person=person.id, kind=OathKind.LEAVING.value)
    )


def _kept(person: Person, left: date, oath: Oath | None) -> Iterator[Lack]:
    if oath is not None and (not oath.given_back or pending(oath.given_back)):
        yield Lack(
            f"{person.name}（{shown(left)}退職）が返却・廃棄したものが記録されていません。",
            f"退職する従事者は、退職の日（{shown(left)}）までに手元のものをすべて返却又は廃棄する必要があります。",
            "oath",
            oath.id,
            left,
            open_record(oath),
        )


EVALUATOR = evaluator(
    "retirement-secrecy",
    judge,
    State.OVERDUE,
    State.DUE,
    State.CONFIRM,
    State.NOT_DUE,
    State.SATISFIED,
)
