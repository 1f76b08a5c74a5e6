"""Promises of the engine over any ledger, believable or not."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.change_notices import drift
from app.duties.engine import duties
from app.duties.evaluators import EVALUATORS
from app.duties.rules.over_records import problems
from app.records import SPECS, Contract, Facts, Submission
from app.records.contract import ContractAnnex
from tests.support.papers import FORMS
from tests.support.values import brief_holders

CATALOGUE = load()
IDS = st.integers(1, 2)
ANNEXES = (ContractAnnex(annex="kimitsu-hoji"), ContractAnnex(annex="kawaguchi"))
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def fixed(cls: type[Any]) -> dict[str, Any]:
    return {"annexes": ANNEXES} if cls is Contract else {}


RECORDS = st.tuples(
    *(
        brief_holders(spec.cls, IDS, id=number, **fixed(spec.cls))
        for spec in SPECS.values()
        if spec.cls is not Submission
        for number in (1, 2)
    )
)
LEDGERS = RECORDS.map(Facts)
"""Two records of every type, that name each other in any way an editor would accept."""


lenient = settings(
    max_examples=40,
    suppress_health_check=[one for one in HealthCheck if one is not HealthCheck.data_too_large],
)
"""Ledgers too large to be drawn are told: they were thrown away by the hundred, and hardly one was judged."""


@lenient
@given(facts=LEDGERS, day=DAYS)
def test_any_ledger_has_an_answer_for_every_clause(facts: Facts, day: date) -> None:
    found = duties(facts, CATALOGUE, FORMS, day)
    assert found == duties(facts, CATALOGUE, FORMS, day)
    for duty in found:
        unsigned = day < facts.get(Contract, duty.contract).signed_on
        engine = {State.NOT_APPLICABLE, *((State.NOT_DUE,) if unsigned else ())}
        assert duty.state in EVALUATORS[duty.kind].states | engine
        assert not (unsigned and duty.state is State.SATISFIED)
        assert bool(duty.evidence) >= (duty.state is State.SATISFIED)
        assert duty.state is not State.OVERDUE or (duty.due is not None and duty.due < day)
        assert duty.state is not State.DUE or duty.due is None or duty.due >= day
        assert duty.why.startswith(f"{duty.clause.number}：")


@settings(lenient, max_examples=12)
@given(facts=LEDGERS, day=DAYS)
def test_what_was_just_submitted_is_not_stale(facts: Facts, day: date) -> None:
    from app.duties.case import Case, MissingFactsError

    contract = facts.get(Contract, 1)
    issued = []
    for number, form in enumerate(FORMS.values(), 1):
        try:
            statement = form.gather(Case(facts, CATALOGUE, contract, day, forms=FORMS))
        except MissingFactsError:
            continue
        issued.append(
            Submission(
                id=number,
                number=f"2026-{number:04}",
                form=form.id,
                title=form.title,
                contract=1,
                issued_on=statement.on,
                submitted_on=day,
                how="持参",
                pdf="0" * 64,
                statement=statement.canonical(),
                code="0" * 20,
                head="0" * 64,
                head_sequence=1,
            )
        )
    assert drift(facts.replaced(issued), CATALOGUE, FORMS, day, 1) == ()


@lenient
@given(facts=LEDGERS)
def test_the_rules_answer_for_any_record(facts: Facts) -> None:
    for spec in SPECS.values():
        for problem in problems(CATALOGUE, facts, facts.all(spec.cls)):
            assert problem.sentence.endswith("。")
            assert problem.path.split(".")[0] in {f.name for f in problem.record.spec.fields}
