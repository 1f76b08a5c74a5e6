"""Promises about every form: what it carries, what it names as missing, and that it can be drawn again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import KINDS
from app.duties.case import MissingFactsError
from app.duties.drift import compare
from app.exchange.issuing import prepare
from app.printing.type.fonts import missing_characters
from app.printing.type.words import spoken
from app.records import Facts, Person, Statement, Vendor
from forms import all_forms
from forms.form import Form
from tests.support.paper import NUMBER, printed_text
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
}
"""The forms of the first release and the kinds of duty that each discharges."""


@cache
def catalogue() -> Catalogue:
    return load()


def examples() -> Iterator[tuple[str, int, bool]]:
    """Every form for every contract of the sample that has something to print, new and changed."""
    for form in FORMS:
        for contract in (KIMITSU, KAWAGUCHI):
            if (form, contract) != ("disposal-certificate", KAWAGUCHI):
                yield form, contract, False
        if form in ("location-notice", "personnel-report"):
            yield form, KIMITSU, True


def example(name: str, contract: int, changed: bool) -> tuple[Form, Statement]:
    form, sample = FORMS[name], Sample(catalogue())
    if changed:
        sample.submitted(form.gather(sample.case(contract)))
    return form, form.gather(sample.case(contract, LATER if changed else DAY))


each_example = pytest.mark.parametrize(("name", "contract", "changed"), list(examples()))
each_form = pytest.mark.parametrize("name", list(FORMS))


def test_every_form_of_the_table_is_there_with_its_kinds() -> None:
    assert {name: form.kinds for name, form in FORMS.items() if name in REQUIRED} == REQUIRED


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
    sample = Sample(catalogue())
    held = sample.case(contract).contract
    text = printed_text(form, statement)
    vendor = sample.facts.vendor
    assert vendor is not None
    wanted = [
        form.title,
        NUMBER,
        "照合コード1a2b3c4d5e6f7a8b9c0d",
        "台帳812:" + "9f" * 32,
        statement.facts["letter"]["date"],
        statement.facts["letter"]["addressee"],
        held.title,
        held.number,
        vendor.name,
        "記",
        "1／",
    ]
    if form.numbered:
        wanted += [vendor.address, vendor.representative_name, vendor.telephone, "契約の表示", "以上"]
        wanted += [statement.facts["letter"]["cited"], statement.variant]
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
    sample = Sample(catalogue())
    sample.submitted(statement)
    case = sample.case(contract, LATER, only=statement.subjects, comparing=True)
    assert compare(statement.stated, form.gather(case).stated) == ()


@each_form
def test_a_form_names_a_vendor_that_is_not_entered_among_all_else(name: str) -> None:
    sample = Sample(catalogue())
    sample.drop(Vendor)
    with pytest.raises(MissingFactsError) as caught:
        FORMS[name].gather(sample.case())
    assert [fact.record for fact in caught.value.missing] == ["vendor"]
    assert str(caught.value).startswith(f"{FORMS[name].title}を作成できません。")


@each_form
def test_an_empty_ledger_is_answered_with_missing_facts(name: str) -> None:
    sample = Sample(catalogue())
    case = sample.case()
    sample.facts = Facts([case.contract])
    with pytest.raises(MissingFactsError) as caught:
        FORMS[name].gather(sample.case())
    assert {"vendor", "contract"} < {fact.record for fact in caught.value.missing}


@each_form
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.sampled_from(NAMES) | texts(20))
def test_any_name_is_printed_as_it_is_or_named_before_printing(name: str, text: str) -> None:
    sample = Sample(catalogue())
    for person in sample.facts.all(Person):
        sample.change(Person, person.id, name=f"{text}{person.id}")
    sample.change(Vendor, 1, name=text, representative_name=text)
    form = FORMS[name]
    prepared = prepare(form, sample.case())
    if missing_characters(text):
        assert prepared.statement is None
        assert {"vendor"} <= {fact.record for fact in prepared.missing} <= {"vendor", "person"}
    else:
        assert prepared.statement is not None
        assert spoken(text) in printed_text(form, prepared.statement)
