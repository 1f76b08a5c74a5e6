"""One job for several contracts: the same record settles the duties of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Step
from app.duties.engine import duties
from app.records import Assignment, Contract, Person, Training
from app.work.jobs import Job, jobs
from tests.support.world import BEFORE, DURING, World

KIND = "training"


def another(world: World, number: str = "R8-002") -> Contract:
    held = world.contract
    return world.add(
        Contract(
            client=held.client,
            number=number,
            title="別の業務",
            signed_on=held.signed_on,
            starts_on=held.starts_on,
            ends_on=held.ends_on,
            annexes=held.annexes,
        )
    )


def works_on(world: World, person: Person, contract: Contract) -> None:
    former = next(one for one in world.facts().all(Assignment))
    world.add(replace(former, id=0, person=person.id, contract=contract.id))


def all_duties(world: World, day: date = DURING) -> tuple[Duty, ...]:
    return duties(world.facts(), world.catalogue, world.forms, day)


def found(world: World, record: str, day: date = DURING) -> list[Job]:
    return [job for job in jobs(world.facts(), all_duties(world, day)) if job.record == record]


def test_one_training_serves_every_contract_with_all_their_topics_and_people(world: World) -> None:
    first = world.worker("佐藤花子")
    second = world.person("鈴木次郎")
    world.clause(KIND, topics=("遵守事項",))
    world.clause(KIND, topics=("罰則", "民事責任"))
    other = another(world)
    works_on(world, second, other)
    (job,) = found(world, "training")
    assert job.contracts == (world.contract.id, other.id)
    given = dict(job.given)
    assert [row.contract for row in given["contracts"]] == [world.contract.id, other.id]
    assert {row.topic for row in given["topics"]} == {"遵守事項", "罰則", "民事責任"}
    assert [row.person for row in given["attendance"]] == [first.id, second.id]


def test_the_record_of_the_job_settles_all_its_duties(world: World) -> None:
    world.worker("佐藤花子")
    world.clause(KIND, topics=("遵守事項",))
    other = another(world)
    works_on(world, world.person("鈴木次郎"), other)
    (job,) = found(world, "training")
    given = dict(job.given)
    assert {row.outcome for row in given["attendance"]} == {""}, "who came, nobody has said yet"
    came = tuple(replace(row, outcome="出席") for row in given.pop("attendance"))
    world.add(Training(title="合同研修", held_on=BEFORE, attendance=came, **given))
    assert found(world, "training") == []
    states = {(duty.contract, duty.state) for duty in all_duties(world) if duty.kind == KIND}
    assert states == {(world.contract.id, State.SATISFIED), (other.id, State.SATISFIED)}


def test_what_concerns_one_contract_alone_is_no_job(world: World) -> None:
    world.worker("佐藤花子")
    world.clause(KIND)
    assert found(world, "training") == []


def adding(world: World, contract: int, asked: str, target: str, **given: object) -> Duty:
    """A duty of a contract whose next step is to add a record."""
    clause = world.clause(asked)
    step = Step("追加", Action.ADD, target, given=tuple(given.items()))
    return Duty(contract, "own", clause, asked, State.DUE, next=step, why=f"{clause.number}：必要です。")


def test_a_check_of_one_kind_is_no_check_of_another(world: World) -> None:
    other = another(world).id
    kinds = ("security-measures", "supervision")
    held = [
        adding(world, one, kind, "check", kind=label)
        for one in (world.contract.id, other)
        for kind, label in zip(kinds, ("安全管理措置", "監督"), strict=True)
    ]
    made = jobs(world.facts(), held)
    assert [dict(job.given)["kind"] for job in made] == ["安全管理措置", "監督"]
    assert all(job.contracts == (world.contract.id, other) for job in made)


def test_a_machine_that_several_contracts_share_is_checked_once_another_is_not(world: World) -> None:
    other = another(world).id
    shared, own = world.device().id, world.device().id
    held = [
        adding(world, world.contract.id, "software-hygiene", "device_check", device=shared),
        adding(world, other, "software-hygiene", "device_check", device=shared),
        adding(world, other, "software-hygiene", "device_check", device=own),
    ]
    (job,) = jobs(world.facts(), held)
    assert job.given == (("device", shared),)
    assert job.duties == tuple(held[:2])


def test_attestations_are_a_round_with_a_record_for_each_clause(world: World) -> None:
    other = another(world).id
    held = [
        adding(world, one, "secrecy", "attestation", annex="own", clause=number)
        for one, number in ((world.contract.id, "第1条"), (world.contract.id, "第1条"), (other, "第2条"))
    ]
    (job,) = jobs(world.facts(), held)
    assert [dict(entry) for entry in job.entries] == [
        {"contract": world.contract.id, "annex": "own", "clause": "第1条"},
        {"contract": other, "annex": "own", "clause": "第2条"},
    ]


def test_what_is_satisfied_or_names_a_single_contract_is_left_out(world: World) -> None:
    other = another(world).id
    done = [
        replace(adding(world, one, "audit", "audit"), state=State.SATISFIED)
        for one in (world.contract.id, other)
    ]
    single = [adding(world, one, "worker-list", "assignment") for one in (world.contract.id, other)]
    assert jobs(world.facts(), [*done, *single]) == ()


def test_the_job_that_serves_most_contracts_comes_first(world: World) -> None:
    second, third = another(world).id, another(world, "R8-003").id
    few = [adding(world, one, "training", "training") for one in (second, third)]
    many = [adding(world, one, "audit", "audit") for one in (world.contract.id, second, third)]
    assert [job.record for job in jobs(world.facts(), [*few, *many])] == ["audit", "training"]
