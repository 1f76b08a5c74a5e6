"""worker-list: the workers are identified, reported where asked, and nobody else handles anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType

from app.annexes.kinds import KINDS, State, When
from app.duties.duty import Evidence, Remark
from app.duties.evaluators import oaths
from app.duties.evaluators.changes import changes, told_after_all
from app.duties.evaluators.delegated import unmanned
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.on_request import answers
from app.duties.evaluators.over import first_told, told_in_the_end, told_late
from app.duties.evaluators.people import person_subject
from app.duties.evaluators.systems import in_use
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, Former, Worker, employed_as
from app.records import Asset, Assignment, DeviceUse, Event, Person, Record, Submission
from app.records.instruction import Matter
from app.records.status import Status

_PERSON: attrgetter[int | None] = attrgetter("person")
_INSTEAD: Mapping[str, oaths.OneByOne] = MappingProxyType({oaths.EVALUATOR.kind: oaths.submitted})
"""Kind of duty that a clause may name in place of the list → how it is looked at, worker by worker."""


def judge(question: Question) -> Verdict:
    workers = question.view.workers_of(question.asks.workers)
    doubts = list(unmanned(question))
    lacks = list(_gone(question))
    if When.STANDING in question.clause.when:
        lacks.extend(_outsiders(question))
        doubts.extend(_keepers(question))
    if not workers and not doubts and not lacks:
        nobody = "従事者が記録されていないため、だれが携わるかを示せません。"
        return question.unrecorded(nobody, "assignment")._replace(remarks=_over(question))
    if not question.reported:
        return _identified(question, workers, lacks, doubts)
    instead = _INSTEAD.get(question.asks.instead)
    if instead is not None and workers and not lacks:
        found = instead(question, workers)
        if not found.lacks:
            return _either(question, workers, found, doubts)
    return _listed(question, workers, lacks, doubts)


def _identified(
    question: Question, workers: tuple[Worker, ...], lacks: list[Lack], doubts: list[Lack]
) -> Verdict:
    """Where the client hears of the workers only when it asks."""
    why = "業務に携わる者は、発注者の求めがあったときは報告する必要があります。"
    asked = answers(question, Matter.PEOPLE, "業務に携わる者の報告", why)
    evidence = [question.evidence(one, one.starts_on) for worker in workers for one in worker.assignments]
    return question.judge(
        [*lacks, *asked.lacks],
        [*evidence, *asked.evidence],
        f"携わる者として{len(workers)}人が従事者に登録され{asked.words}。",
        remarks=asked.remarks,
        doubts=doubts,
    )


def _either(
    question: Question, workers: tuple[Worker, ...], found: oaths.Checked, doubts: list[Lack]
) -> Verdict:
    """What the clause names in place of the list was done for all workers; the list itself will do too."""
    if found.doubts:
        listed = _listed(question, workers, [], doubts)
        if listed.state is State.SATISFIED:
            return listed
        doubts = [*found.doubts, *doubts]
    label = KINDS[question.asks.instead].label
    satisfied = f"従事者{len(workers)}人全員の{label}が提出済みのため、名簿の提出に代わります。"
    return question.judge((), found.evidence, satisfied, remarks=found.remarks, doubts=doubts)


def _listed(
    question: Question, workers: tuple[Worker, ...], lacks: list[Lack], doubts: list[Lack]
) -> Verdict:
    evidence: dict[int, Evidence] = {}
    remarks = list(_over(question))
    for worker in workers:
        proof = question.view.proof(question.kind, worker.subject)
        if proof is None:
            lacks.append(_unlisted(question, worker))
            continue
        evidence[proof.id] = question.evidence(proof, proof.submitted_on)
        doubts.extend(_left_out(question, worker, proof))
        remarks.extend(_listed_late(question, worker))
    lacks.extend(changes(question, "従事者", lambda key: person_subject(question, key)))
    return question.judge(
        lacks,
        tuple(evidence.values()),
        f"従事者{len(workers)}人は、すべて提出済みの書類に載っています。",
        remarks=remarks,
        doubts=doubts,
    )


def _left_out(question: Question, worker: Worker, proof: Submission) -> Iterator[Lack]:
    """What the clause wants stated of each worker and no column of the document is known to hold."""
    told = question.view.told(proof)
    labels = set(told.stated.get(worker.subject, {})) if told is not None else set()
    absent = [one for one in question.asks.items if not {one, _CALLED.get(one, one)} & labels]
    if absent:
        named = "」「".join(absent)
        yield Lack(
            f"提出済みの{proof.number}に、{worker.person.name}の「{named}」が載っているかが分かりません。",
            f"名簿には「{named}」を載せることとされているため、提出済みの書類を確かめてください。",
            "submission",
            proof.id,
        )


_CALLED: Mapping[str, str] = MappingProxyType({"従業員": "氏名", "従事者": "氏名"})
"""What a clause wants listed → the label under which a document states it, where that differs."""


def _listed_late(question: Question, worker: Worker) -> Iterator[Remark]:
    first = min(question.view.at_work[worker.person.id], key=lambda one: (one.starts_on, one.id))
    document = first_told(question, worker.subject)
    yield from told_late(question, f"{worker.person.name}の従事", first, worker.since, document)


def _over(question: Question) -> tuple[Remark, ...]:
    """Who worked without being told in time and has gone; and changes told after their day."""
    if not question.reported:
        return ()
    gone = (
        remark
        for one in question.view.former_of(question.asks.workers)
        if not _sworn_instead(question, one)
        for remark in told_in_the_end(
            question, f"{one.person.name}の従事", one.assignments[0], (one.since, one.until), one.subject
        )
    )
    return (*gone, *told_after_all(question, lambda key: person_subject(question, key)))


def _sworn_instead(question: Question, one: Former) -> bool:
    """Whether what may stand in for the list named somebody who works no more."""
    return question.asks.instead in _INSTEAD and (
        first_told(question._replace(kind=question.asks.instead), one.subject) is not None
    )


def _unlisted(question: Question, worker: Worker) -> Lack:
    when = question.when(f"従事の開始（{shown(worker.starts_on)}）")
    instead = KINDS[question.asks.instead].label if question.asks.instead in _INSTEAD else ""
    or_else = f"か、全員の{instead}を提出する" if instead else ""
    return Lack(
        f"{worker.person.name}が、提出済みの従事者の名簿・報告書に載っていません。",
        f"従事者は{when}名簿又は報告書で届け出る{or_else}必要があります。",
        "assignment",
        worker.assignments[0].id,
        step=question.issue(worker.subject),
    ).by(question.told_by(worker.starts_on))


def _gone(question: Question) -> Iterator[Lack]:
    """A person who has left the company cannot go on working: the list would name somebody who is gone."""
    view = question.view
    for number, held in view.at_work.items():
        person = view.facts.find(Person, number)
        if person is None or person.left_on is None or person.left_on >= view.as_of:
            continue
        left = person.left_on
        still = [one for one in held if one.ends_on is None or one.ends_on >= view.as_of]
        if still and employed_as(question.asks.workers, person):
            yield Lack(
                f"{person.name}は{shown(left)}に退職していますが、従事終了日がありません。",
                f"退職した者（{shown(left)}退職）が従事者に残っているため、従事終了日の入力が必要です。",
                "assignment",
                still[0].id,
                None,
                open_record(still[0]),
            )


def _outsiders(question: Question) -> Iterator[Lack]:
    """Only those who work on the contract may handle its assets: every handler must be one."""
    for event, asset in question.view.once(handled_by_outsiders):
        person = question.view.facts.find(Person, event.person)
        yield Lack(
            f"{asset.number}の{event.kind}（{shown(event.happened_at.date())}）を扱った"
            f"{person.name if person else '要員'}は、その日の従事者ではありません。",
            "業務に直接携わる者だけが扱うことになっているため、責任者・従事者の登録か取扱記録を直す必要があります。",
            "event",
            event.id,
            None,
            open_record(event),
        )


def _keepers(question: Question) -> Iterator[Lack]:
    """Who keeps a machine or runs a system can see what is on it, and is none of the workers."""
    view = question.view
    held: list[tuple[Record, int | None, str]] = [
        (use, use.person, device.control_number) for use, device in view.device_uses if _begun(view, use)
    ]
    held += [(one, one.administrator, f"情報システム「{one.name}」") for one in view.once(in_use)]
    for record, number, what in held:
        person = view.facts.find(Person, number)
        if person is None or _at_work(view, person.id, view.as_of):
            continue
        text = f"{what}の管理者である{person.name}は、従事者として登録されていません。"
        why = f"{what}の管理者が情報に触れる者かを確かめ、触れる場合は従事者として登録してください。"
        yield Lack(text, why, record.spec.name, record.id, step=open_record(record))


def _begun(view: ContractView, use: DeviceUse) -> bool:
    return use.status == Status.ACTUAL and use.starts_on <= view.as_of


def handled_by_outsiders(view: ContractView) -> tuple[tuple[Event, Asset], ...]:
    """What was done by somebody who did not work on the contract on that day, in order of time."""
    people = {person for held in view.happened.values() for person in set(map(_PERSON, held))} - {None}
    spread = view.spread
    if spread is None or not people:
        return ()
    # Most work from the first event to the last: for their events no day has to be looked at.
    first, last = spread
    steady = {
        person
        for person, held in view.at_work.items()
        if any(view.works(one, first) and view.works(one, last) for one in held)
    }
    others = people - steady
    if not others:
        return ()
    found = (event for held in view.happened.values() for event in held if event.person in others)
    return view.in_time(
        event for event in found if not _at_work(view, event.person, event.happened_at.date())
    )


def _at_work(view: ContractView, person: int | None, day: date) -> bool:
    held: tuple[Assignment, ...] = view.at_work.get(person, ()) if person is not None else ()
    return any(view.works(one, day) for one in held)


EVALUATOR = evaluator("worker-list", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
