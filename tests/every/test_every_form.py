"""Promises about every form: what it carries, what it names as missing, and that it can be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import KINDS
from app.duties.case import MissingFactsError
from app.duties.papers.claims import Cites, Each, Stage, Whole, claim_of
from app.duties.papers.drift import compare
from app.duties.view import ContractView
from app.exchange.documents.issuing import prepare
from app.printing.type.fonts import missing_characters
from app.printing.type.words import spoken
from app.records import SPECS, Facts, Field, Person, Record, Statement, Vendor, stated_key
from app.records.kinds import Ref
from forms import all_forms
from forms.form import Form
from forms.parts.cells import record_of
from forms.parts.needs import Need
from tests.support import sample_applications
from tests.support.paper import NUMBER, printed_text
from tests.support.papers import plain
from tests.support.prepared import prepared
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample
from tests.support.values import NAMES, texts

FORMS = all_forms()
REQUIRED = {
    "personnel-report": ("responsible-person", "worker-list"),
    "location-notice": ("work-location", "domestic-storage"),
    "device-register": ("equipment-register", "encryption", "private-device-ban"),
    "oath": ("oath", "secrecy"),
    "training-report": ("training",),
    "transfer-record": ("transfer-record",),
    "disposal-certificate": ("disposal-certificate", "disposal", "witness"),
    "status-report": ("status-report", "law", "secrecy", "purpose-limit"),
    "transfer-agreement": ("transfer-method",),
    "transfer-slip": ("transfer-record",),
    "return-note": ("return",),
    "handling-ledger": ("handling-ledger",),
    "closing-statement": ("return", "disposal"),
    "evidence-binder": ("status-report", "audit"),
    "incident-first": ("incident-notice",),
    "incident-full": ("incident-notice", "incident-followup"),
    "copy-application": ("copy-approval",),
    "takeout-application": ("takeout-approval", "encryption", "transport"),
    "equipment-takeout-application": ("equipment-takeout",),
    "bringin-application": ("bringin-approval",),
    "subcontract-application": ("subcontract-approval",),
    "subcontract-supervision": ("subcontract-flowdown",),
    "disposal-application": ("disposal-approval",),
    "purpose-application": ("purpose-limit", "collection-limit"),
    "worker-list": ("worker-list", "dispatch-contract"),
    "device-report": ("equipment-register",),
    "leaving-oath": ("retirement-secrecy",),
    "oath-cover": ("oath",),
    "supervision-record": ("supervision",),
    "management-report": ("management-system", "responsible-person"),
    "rules-cover": ("management-rules",),
    "submission-cover": (),
    "safety-checklist": ("security-measures", "access-control", "locked-storage"),
    "storage-check": ("locked-storage", "backup-check"),
    "software-check": ("software-hygiene",),
    "access-review": ("access-log",),
    "backup-record": ("backup-check",),
    "request-notice": ("data-subject-request",),
    "audit-response": ("audit",),
    "improvement-report": ("improvement",),
}
"""The forms and the kinds of duty that each proves or names."""
SINGLE = (
    *("oath", "training-report", "disposal-certificate"),
    *("transfer-slip", "return-note", "incident-first", "incident-full"),
    *sample_applications.FORMS,
    *("leaving-oath", "oath-cover", "supervision-record"),
    *("safety-checklist", "storage-check", "request-notice", "audit-response", "improvement-report"),
)
"""Those that speak for single records."""
ENCLOSING = ("submission-cover",)
"""Those that are about records that are chosen, and prove nothing of them."""
CITED = {
    "status-report": ("law", "secrecy", "purpose-limit"),
    "closing-statement": ("return", "disposal"),
    "evidence-binder": ("status-report", "audit"),
}
"""What a form names without proving anything of it."""
STAGES = {"incident-first": {"incident-notice": 1}, "incident-full": {"incident-notice": 2}}
"""Forms that prove one stage of a kind."""
UNLETTERED = (
    "evidence-binder",
    *("transfer-agreement", "transfer-slip", "handling-ledger", "closing-statement"),
    *("worker-list", "supervision-record", "subcontract-supervision"),
    *("safety-checklist", "storage-check", "software-check", "backup-record", "audit-response"),
)
"""Registers, records and what both sides sign: they address nobody and bear no seal."""


@cache
def catalogue() -> Catalogue:
    return load()


def sample_for(name: str) -> Sample:
    """The sample with what a form needs beside it."""
    return prepared(catalogue(), name)


def examples() -> Iterator[tuple[str, int, bool]]:
    """Every form for every contract of the sample that has something to print, new and changed."""
    for form in FORMS:
        for contract in (KIMITSU, KAWAGUCHI):
            if (form, contract) != ("disposal-certificate", KAWAGUCHI):
                yield form, contract, False
        if form in ("location-notice", "personnel-report"):
            yield form, KIMITSU, True


def example(name: str, contract: int, changed: bool) -> tuple[Form[Any], Statement]:
    form, sample = FORMS[name], sample_for(name)
    if changed:
        sample.submitted(form.gather(sample.case(contract)))
        sample.moved()
    return form, form.gather(sample.case(contract, LATER if changed else DAY))


each_example = pytest.mark.parametrize(("name", "contract", "changed"), list(examples()))
each_form = pytest.mark.parametrize("name", list(FORMS))


def test_every_form_of_the_table_is_there_with_its_kinds() -> None:
    assert {name: form.kinds for name, form in FORMS.items() if name in REQUIRED} == REQUIRED


def test_every_form_proves_in_the_way_of_the_table() -> None:
    modes = {
        (name, claim.kind): (type(claim), getattr(claim, "stage", 0))
        for name, form in FORMS.items()
        for claim in form.proves
        if name in REQUIRED and claim.kind not in CITED.get(name, ())
    }

    def mode(name: str, kind: str) -> tuple[type, int]:
        if stage := STAGES.get(name, {}).get(kind, 0):
            return Stage, stage
        return (Each if name in SINGLE else Whole), 0

    asked = ((name, kind) for name, kinds in REQUIRED.items() for kind in kinds)
    assert modes == {(n, kind): mode(n, kind) for n, kind in asked if kind not in CITED.get(n, ())}
    for name, kinds in CITED.items():
        assert all(claim_of(FORMS[name], kind) is None for kind in kinds)


@each_form
def test_a_form_serves_known_kinds_and_is_found_by_its_id(name: str) -> None:
    form = FORMS[name]
    assert form.id == name
    assert set(form.kinds) <= set(KINDS)


@each_example
def test_a_form_prints_from_the_sample_with_what_every_document_carries(
    name: str, contract: int, changed: bool
) -> None:
    form, statement = example(name, contract, changed)
    sample = sample_for(name)
    held = sample.case(contract).contract
    text = printed_text(form, statement)
    vendor = sample.facts.vendor
    assert vendor is not None
    wanted = [
        form.called_in(statement),
        NUMBER,
        "照合コード1a2b3c4d5e6f7a8b9c0d",
        "台帳812:" + "9f" * 32,
        statement.facts["letter"]["date"],
        held.title,
        held.number,
        vendor.name,
        "1／",
        statement.variant,
    ]
    if name not in UNLETTERED:
        wanted.append("記")
        # A sheet that the client prescribes has no addressee, and one that stays in the house has another.
        if (name, contract) != ("oath", KAWAGUCHI) and name != "leaving-oath":
            wanted.append(statement.facts["letter"]["addressee"])
    if form.numbered and name not in UNLETTERED:
        wanted += [vendor.address, vendor.representative_name, vendor.telephone, "契約の表示", "以上"]
    if form.numbered:
        wanted.append(statement.facts["letter"]["cited"])
    for part in wanted:
        assert "".join(part.split()) in text


@each_example
def test_an_archived_statement_draws_the_same_sheets(name: str, contract: int, changed: bool) -> None:
    form, statement = example(name, contract, changed)
    archived = Statement.from_canonical(statement.canonical())
    assert archived.canonical() == statement.canonical()
    assert form.draw(archived) == form.draw(statement)


@each_example
def test_nothing_has_changed_where_nothing_was_changed(name: str, contract: int, changed: bool) -> None:
    form, statement = example(name, contract, changed)
    sample = sample_for(name)
    if changed:
        sample.moved()
    sample.submitted(statement)
    case = sample.case(contract, LATER, only=statement.subjects, comparing=True)
    assert compare(statement.stated, form.gather(case).stated) == ()


@each_form
def test_a_form_names_a_vendor_that_is_not_entered_among_all_else(name: str) -> None:
    sample = sample_for(name)
    sample.drop(Vendor)
    with pytest.raises(MissingFactsError) as caught:
        FORMS[name].gather(sample.case())
    assert [fact.record for fact in caught.value.missing] == ["vendor"]
    assert str(caught.value).startswith(f"{FORMS[name].title}を作成できません。")


@each_form
def test_an_empty_ledger_is_answered_with_missing_facts(name: str) -> None:
    sample = sample_for(name)
    case = sample.case()
    sample.facts = Facts([case.contract])
    with pytest.raises(MissingFactsError) as caught:
        FORMS[name].gather(sample.case())
    missing = {fact.record for fact in caught.value.missing}
    assert {"vendor", "contract"} <= missing
    assert FORMS[name].about is None or len(missing) > 2


def told(name: str, contract: int) -> tuple[Sample, list[str]]:
    """A sample with a second thing for the form to be about, and the keys of all these things."""
    form, sample = plain(FORMS[name]), sample_for(name)
    keys = list(form.gather(sample.case(contract)).stated)
    if len(keys) == 1:
        held = sample.facts.stated(keys[0])
        assert held is not None
        sample.add(held)
        keys = list(form.gather(sample.case(contract)).stated)
    return sample, keys


@pytest.mark.parametrize(
    ("name", "contract"), [(name, contract) for name, contract, changed in examples() if name in SINGLE]
)
def test_a_form_for_single_records_proves_nothing_that_it_is_not_about(name: str, contract: int) -> None:
    sample, keys = told(name, contract)
    assert len(keys) > 1
    case = sample.case(contract, only=(keys[0],))
    sample.submitted(plain(FORMS[name]).gather(case))
    view = ContractView(sample.facts, catalogue(), FORMS, case.contract, LATER)
    for claim in FORMS[name].proves:
        assert [key for key in keys if view.proof(claim.kind, key)] == [keys[0]]


@pytest.mark.parametrize(
    "name", [name for name, form in FORMS.items() if form.about and name not in (*SINGLE, *ENCLOSING)]
)
def test_a_form_for_the_contract_proves_nothing_that_came_after_it(name: str) -> None:
    sample = sample_for(name)
    statement = plain(FORMS[name]).gather(sample.case())
    sample.submitted(statement)
    first = next(iter(statement.stated))
    held = sample.facts.stated(first)
    assert held is not None
    new = stated_key(sample.add(held))
    view = ContractView(sample.facts, catalogue(), FORMS, sample.case().contract, DAY)
    for claim in FORMS[name].proves:
        if isinstance(claim, Cites):
            continue
        assert view.proof(claim.kind, first)
        assert view.proof(claim.kind, new) is None


@pytest.mark.parametrize(
    "name", [name for name, form in FORMS.items() if form.about and name not in (*SINGLE, *ENCLOSING)]
)
def test_a_form_for_the_contract_is_never_a_part_of_it(name: str) -> None:
    sample = sample_for(name)
    whole = FORMS[name].gather(sample.case())
    first = next(iter(whole.stated))
    assert len(whole.stated) > 1 or name == "transfer-agreement"  # one is in force on a day
    assert FORMS[name].gather(sample.case(only=(first,))) == whole


@each_form
def test_all_that_a_form_needs_is_named_at_once_in_the_words_of_the_records(name: str) -> None:
    form, sample = FORMS[name], sample_for(name)
    case = sample.case()
    wanted: dict[tuple[str, int, str], str] = {}
    met = set()
    for thing in form.about.chosen(case) if form.about else ():
        for need in needs_of(form):
            if not need.when(case, thing):
                continue
            met.add(need.path)
            if found := place_of(sample, need, thing):
                record, field = found
                wanted[record.spec.name, record.id, field.name] = field.label
    assert met == {need.path for need in needs_of(form)}, "every need is met by something in the sample"
    for kind, number, field_name in wanted:
        python = SPECS[kind].field(field_name).kind.python
        empty = {tuple: (), str: ""}.get(python)
        sample.change(SPECS[kind].cls, number, **{field_name: empty})
    if not wanted:
        return
    with pytest.raises(MissingFactsError) as caught:
        form.gather(sample.case())
    said = {(fact.record, fact.id, fact.field): fact.sentence for fact in caught.value.missing}
    assert set(wanted) <= set(said)
    for place, label in wanted.items():
        assert f"の{label}を" in said[place], "the label is the one that the record declares"


def needs_of(form: Form[Any]) -> list[Need[Any]]:
    """What must be known of each thing: by the cells themselves, and beyond them."""
    cells = [Need(cell.path, cell.needed) for cell in form.entry if cell.path and cell.needed]
    return [*cells, *(one for one in form.needs if isinstance(one, Need))]


def place_of(sample: Sample, need: Need[Any], thing: Any) -> tuple[Record, Field] | None:
    """The first place on the way that may be empty; None for what a record cannot be without."""
    held = record_of(thing)
    for name in need.path.text.split("."):
        field = held.spec.field(name)
        if not field.required:
            return held, field
        if isinstance(field.kind, Ref):
            found = sample.facts.named(field.kind.to, getattr(held, name))
            assert found is not None
            held = found
    return None


@each_form
@settings(max_examples=8)
@given(text=st.sampled_from(NAMES) | texts(20))
def test_any_name_is_printed_as_it_is_or_named_before_printing(name: str, text: str) -> None:
    sample = sample_for(name)
    for person in sample.facts.all(Person):
        sample.change(Person, person.id, name=f"{text}{person.id}")
    sample.change(Vendor, 1, name=text, representative_name=text)
    form = FORMS[name]
    found = prepare(form, sample.case())
    if missing_characters(text):
        assert found.statement is None
        assert {"vendor"} <= {fact.record for fact in found.missing} <= {"vendor", "person"}
    else:
        assert found.statement is not None
        assert spoken(text) in printed_text(form, found.statement)
