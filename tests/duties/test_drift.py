"""Where a submitted document no longer says what the ledger says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.duties.change_notices import drift
from app.duties.papers.drift import ADDED, CHANGED, REMOVED, compare, stood
from app.records import Submission, stated_key
from tests.support.papers import FORMS
from tests.support.world import AFTER, BEFORE, DURING, World

STATED = st.dictionaries(
    st.sampled_from(["person:1", "person:2", "person:3"]),
    st.dictionaries(st.sampled_from(["氏名", "所属", "役割"]), st.text("山川田12A", min_size=1, max_size=3)),
)


@given(before=STATED, after=STATED)
def test_comparing_finds_every_difference_and_nothing_else(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> None:
    found = {difference.key: difference for difference in compare(before, after)}
    assert {key for key, one in found.items() if one.kind == ADDED} == after.keys() - before.keys()
    assert {key for key, one in found.items() if one.kind == REMOVED} == before.keys() - after.keys()
    changed = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    assert {key for key, one in found.items() if one.kind == CHANGED} == changed
    for key in changed:
        rebuilt = dict(before[key])
        rebuilt.update({label: text for label, _old, text in found[key].lines})
        assert {label: text for label, text in rebuilt.items() if text} == after[key]


@given(stated=STATED)
def test_comparing_with_itself_finds_nothing(stated: dict[str, dict[str, str]]) -> None:
    assert compare(stated, stated) == ()


TOLD = (
    *("personnel-report", "location-notice", "oath", "training-report"),
    *("device-register", "transfer-record", "disposal-certificate", "status-report"),
)
"""The forms for which this world holds something; the others tell of records of their own."""


def full(world: World) -> World:
    world.worker("佐藤花子", "業務責任者")
    world.use(world.place())
    world.device_use(world.device())
    world.disposal(world.received())
    world.training()
    for form in TOLD:
        world.issue(form, on=DURING, submitted=DURING)
    return world


def test_documents_of_unchanged_facts_are_not_stale(world: World) -> None:
    full(world)
    for day in (DURING, AFTER):
        assert drift(world.facts(), world.catalogue, FORMS, day) == ()


def test_a_changed_place_makes_the_notice_stale_with_before_and_after(world: World) -> None:
    full(world)
    place = world.facts().all(type(world.place()))[0]
    world.change(place, address="架空市9-9")
    (one,) = drift(world.facts(), world.catalogue, FORMS, DURING, world.contract.id)
    assert one.submission.form == "location-notice"
    assert [(d.kind, d.lines) for d in one.differences] == [
        (CHANGED, (("所在地", "架空市1-1", "架空市9-9"),))
    ]


def test_what_is_gone_from_the_ledger_is_called_as_the_document_called_it(world: World) -> None:
    use = world.use(world.place("本社"))
    world.issue("location-notice")
    world.remove(use)
    (one,) = drift(world.facts(), world.catalogue, FORMS, DURING)
    assert [(d.kind, d.key, d.name) for d in one.differences] == [(REMOVED, stated_key(use), "本社")]


def test_a_newer_document_of_the_whole_contract_takes_the_place_of_the_older(world: World) -> None:
    place = world.place()
    world.use(place)
    world.issue("location-notice")
    world.change(place, address="架空市9-9")
    world.issue("location-notice", on=DURING, submitted=DURING)
    assert drift(world.facts(), world.catalogue, FORMS, DURING) == ()


def test_certificates_of_different_disposals_all_count(world: World) -> None:
    first = world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING, only=(f"disposal:{first.id}",))
    second = world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING, only=(f"disposal:{second.id}",))
    world.change(first, method="焼却")
    (one,) = drift(world.facts(), world.catalogue, FORMS, DURING)
    assert [d.key for d in one.differences] == [f"disposal:{first.id}"]


def test_the_end_of_the_work_is_no_change(world: World) -> None:
    world.worker("佐藤花子", ends=world.contract.ends_on)
    world.issue("personnel-report")
    assert drift(world.facts(), world.catalogue, FORMS, AFTER) == ()


def submission(**values: Any) -> Submission:
    given: dict[str, Any] = {
        "number": "2026-0001",
        "form": "oath",
        "title": "誓約書",
        "contract": 1,
        "issued_on": BEFORE,
        "pdf": "0" * 64,
        "statement": "読めない",
        "code": "0" * 20,
        "head": "0" * 64,
        "head_sequence": 1,
    }
    return Submission(**{**given, **values})


def test_a_document_stands_from_its_submission_until_it_is_voided_or_sent_back() -> None:
    held = submission(submitted_on=DURING, how="持参")
    day_before, later = DURING - timedelta(days=1), date(2026, 8, 1)
    assert not stood(held, day_before)
    assert stood(held, DURING)
    for ended in (replace(held, voided_on=later), replace(held, sent_back_on=later)):
        assert stood(ended, later - timedelta(days=1))
        assert not stood(ended, later)


def test_a_document_whose_statement_cannot_be_read_proves_nothing(world: World) -> None:
    world.add(
        submission(contract=world.contract.id, form="personnel-report", submitted_on=BEFORE, how="持参")
    )
    world.worker()
    assert drift(world.facts(), world.catalogue, FORMS, DURING) == ()
    assert world.facts().all(Submission)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\u202aSN-7781", "SN-7781"),
        ("〒3320012　見本県見本市1-1", "〒332-0012　見本県見本市１－１"),
        ("佐久間晴香", "佐久間　晴香"),
        ("０３ー１２３４ー５６７８", "03-1234-5678"),
    ],
)
def test_a_respelling_is_no_change(before: str, after: str) -> None:
    assert compare({"person:1": {"氏名": before}}, {"person:1": {"氏名": after}}) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("髙橋 花子", "高橋 花子"),
        ("SN-7781", "SN-7782"),
        ("〒3320012", "〒332-0013"),
        ("332-0012", "3320012"),
        ("1 23", "12 3"),
        ("サーバ室", "サーバー室"),
    ],
)
def test_another_name_number_or_word_is_a_change(before: str, after: str) -> None:
    (difference,) = compare({"person:1": {"氏名": before}}, {"person:1": {"氏名": after}})
    assert difference.lines == (("氏名", before, after),)


def test_of_several_texts_only_those_that_changed_are_told() -> None:
    before = {"device:1": {"管理番号": "ＰＣ－１", "製造番号": "SN-1"}}
    (difference,) = compare(before, {"device:1": {"管理番号": "PC-1", "製造番号": "SN-2"}})
    assert difference.lines == (("製造番号", "SN-1", "SN-2"),)
