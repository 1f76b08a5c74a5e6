"""Every form gives its own list of names, with the values of the day, and no two things one name."""

from __future__ import annotations

from functools import cache

import pytest

from app.annexes.catalogue import Catalogue, load
from app.exchange.documents.names import CODE, NUMBER, Printed, names_of
from app.exchange.filling.values import STATED, Names
from app.printing.type.words import all_texts, spoken
from forms import all_forms
from tests.support.prepared import prepared
from tests.support.sample import DAY, KIMITSU, LATER, Sample

FORMS = all_forms()


@cache
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize("name", list(FORMS))
def test_every_form_has_its_names_and_each_leads_to_itself(name: str) -> None:
    form = FORMS[name]
    statement = form.gather(prepared(catalogue(), name).case(KIMITSU, DAY))
    names = names_of(form, statement, Printed("情セ8-1", "0123", "9"))
    held = list(names.all())
    assert len({one.name for one in held}) == len(held)
    for one in held:
        assert names.find(one.name) == one
    printed = spoken("".join(text for sheet in form.draw(statement) for text in all_texts(sheet.blocks)))
    for one in held:
        if one.of and one.of != STATED:
            for text in one.texts:
                for line in text.split("\n"):
                    assert spoken(line) in printed
    found = names.find(NUMBER), names.find(CODE)
    assert [one.texts for one in found if one] == [("情セ8-1",), ("0123",)]
    if "letter" in statement.facts:
        contract = names.find("契約番号")
        assert contract is not None
        assert contract.texts == ("MK-1024",)


def names(form: str) -> Names:
    return names_of(FORMS[form], FORMS[form].gather(Sample(catalogue()).case(KIMITSU, DAY)))


def test_the_workers_are_a_list_by_the_forms_own_labels() -> None:
    held = names("personnel-report")
    found = held.find("業務従事者／氏名")
    assert found is not None
    assert found.texts[0] == "佐藤　美咲"
    assert held.find("氏名") is None  # in two lists: which is meant must be said
    kind = held.find("雇用区分")
    assert kind is not None
    assert kind.of == "業務従事者"


def test_repeated_grids_are_a_list_too() -> None:
    found = names("location-notice").find("作業場所／名称")
    assert found is not None
    assert found.texts == ("本社　第一作業室", "本社　保管庫", "印刷センター")


def test_the_date_is_there_whole_and_in_its_parts() -> None:
    held = names("location-notice")
    told = [held.find(name) for name in ("日付", "元号", "年", "月", "日")]
    assert [one.texts[0] for one in told if one] == ["令和8年6月1日", "令和", "8", "6", "1"]


def test_a_notice_of_change_has_the_names_of_the_first_one() -> None:
    """A form that was placed once serves both."""
    form, sample = FORMS["location-notice"], Sample(catalogue())
    first = names_of(form, form.gather(sample.case(KIMITSU)))
    sample.submitted(form.gather(sample.case(KIMITSU)))
    sample.moved()
    later = names_of(form, form.gather(sample.case(KIMITSU, LATER)))
    assert later.single["届出の区分"] == "変更"
    assert {one.name for one in first.all()} <= {one.name for one in later.all()}
