"""An overlay is its base with just what it says changed, and is refused by line where it cannot be that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.files.faults import AnnexFaultsError
from app.annexes.own.annexes import read_own
from app.annexes.own.overlay import Overlay, resolve
from app.common import PeopleError
from tests.support.annexes import overlay


@pytest.fixture
def base(shipped: Catalogue) -> Annex:
    return shipped.annex("kimitsu-hoji")


def resolved(base: Annex, body: str) -> Annex:
    held = read_own(overlay(body), "見本")
    assert isinstance(held, Overlay)
    return resolve(held, base)


def faults(base: Annex, body: str) -> list[tuple[int, str]]:
    with pytest.raises(AnnexFaultsError) as caught:
        resolved(base, body)
    return [(fault.line, fault.sentence) for fault in caught.value.faults]


def test_without_changes_it_is_its_base_under_another_name(base: Annex) -> None:
    made = resolved(base, "")
    assert (made.key, made.version, made.title) == ("kakuu", 1, "架空市の特記事項")
    assert (made.parts, made.options) == (base.parts, base.options)
    assert made.clauses == tuple(replace(clause, annex="kakuu") for clause in base.clauses)


def test_only_the_fields_named_in_a_change_differ(base: Annex) -> None:
    made = resolved(
        base,
        '[[change]]\nkey = "work-location"\nnumber = "第6条の2"\n'
        'parameters.days_before = 14\nunset = ["urgency"]\n',
    )
    was, now = base.clause("第6条第4項"), made.clause("第6条の2")
    assert (now.key, now.heading, now.kinds, now.when) == (was.key, was.heading, was.kinds, was.when)
    assert now.asks("work-location") == replace(was.asks("work-location"), days_before=14, urgency=None)
    assert len(made.clauses) == len(base.clauses)


def test_a_clause_can_be_dropped_and_another_one_put_after_any(base: Annex) -> None:
    made = resolved(
        base,
        'drop = ["principle"]\n[[clause]]\nafter = "secrecy"\n'
        'key = "pledge"\nnumber = "第2条の2"\nheading = "誓約"\n'
        'summary = "誓約書を出します。"\nkinds = ["oath"]\nwhen = ["before-start"]\n',
    )
    keys = [clause.key for clause in made.clauses]
    assert "principle" not in keys
    assert keys.index("pledge") == keys.index("secrecy") + 1
    assert len(keys) == len(base.clauses)


def test_splitting_a_clause_is_a_change_and_an_addition(base: Annex) -> None:
    made = resolved(
        base,
        '[[change]]\nkey = "copying"\nnumber = "第5条第1項"\n'
        '[[clause]]\nafter = "copying"\nkey = "copying-media"\n'
        'number = "第5条第2項"\nheading = "媒体の複写"\n'
        'summary = "媒体ごとに承諾を得ます。"\nkinds = ["copy-approval"]\nwhen = ["each-time"]\n'
        'parameters.exception = ["approval-each"]\n',
    )
    numbers = [clause.number for clause in made.with_kind("copy-approval")]
    assert numbers == ["第5条第1項", "第5条第2項"]


def test_party_words_change_and_the_rest_stays(base: Annex) -> None:
    made = resolved(base, '[[part]]\nkey = ""\n[part.words]\nclient = "発注者"\n')
    before, after = base.part().words, made.part().words
    assert dict(after) == {**before, "client": "発注者"}
    assert made.part().title == base.part().title


def test_an_option_is_added_and_a_clause_can_depend_on_it(base: Annex) -> None:
    made = resolved(
        base,
        '[[option]]\nkey = "派遣"\nlabel = "派遣労働者がいる"\n'
        '[[change]]\nkey = "copying"\noptions = ["派遣"]\n',
    )
    assert made.clause("第5条").options == ("派遣",)


def test_a_parameter_of_one_kind_is_taken_out_by_its_full_name(base: Annex) -> None:
    first = '[[change]]\nkey = "work-location"\nparameters.work-location.days_before = 5\n'
    own = resolved(base, first)
    again = read_own(
        overlay('[[change]]\nkey = "work-location"\nunset = ["work-location.days_before"]\n'), "見本"
    )
    assert isinstance(again, Overlay)
    assert own.clause("第6条第4項").asks("work-location").days_before == 5
    assert resolve(again, own).clause("第6条第4項") == replace(base.clause("第6条第4項"), annex="kakuu")


COPYING = '[[change]]\nkey = "copying"\n'
READ_ONLY = """\
[[clause]]
key = "{}"
number = "第90条"
heading = "見出し"
summary = "要約"
kinds = []
when = ["info"]
"""

BROKEN = {
    "a clause that is not there": ('[[change]]\nkey = "nowhere"\n', 9, "「nowhere」という条項は元の"),
    "a drop that is not there": ('drop = ["nowhere"]\n', 8, "「nowhere」という条項は元の"),
    "a place that is not there": (
        READ_ONLY.format("a") + 'after = "nowhere"\n',
        15,
        "「nowhere」という条項は元の",
    ),
    "a number used by another": (
        COPYING + 'number = "第2条"\n',
        10,
        "「第2条」は前にもあります",
    ),
    "a kind unknown": (COPYING + 'kinds = ["copies"]\n', 10, "「copies」という義務の種別"),
    "a key unknown": (COPYING + 'colour = "赤"\n', 10, "「colour」という項目はありません"),
    "a parameter unknown": (
        COPYING + 'parameters.sumbit = "none"\n',
        10,
        "「sumbit」という条件",
    ),
    "an option unknown": (
        COPYING + 'options = ["派遣"]\n',
        10,
        "「派遣」という [[option]]",
    ),
    "nothing to unset": (
        COPYING + 'unset = ["roles"]\n',
        10,
        "「roles」という条件は元の条項",
    ),
    "changed twice": (COPYING + COPYING, 11, "変更が2つあります"),
    "dropped and changed": ('drop = ["copying"]\n' + COPYING, 9, "drop でも外しています"),
    "a part without its words": ('[[part]]\nkey = "別紙"\ntitle = "別紙"\n', 8, "「words」がありません"),
    "a wrong type": ('drop = "copying"\n', 8, "「drop」は配列"),
    "a key that exists": (
        READ_ONLY.format("copying"),
        9,
        "「copying」は前にもあります",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_is_refused_with_its_line(base: Annex, name: str) -> None:
    body, line, sentence = BROKEN[name]
    found = faults(base, body)
    assert [number for number, told in found if sentence in told] == [line], found


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(base: Annex) -> None:
    found = faults(
        base, 'drop = ["x"]\n[[change]]\nkey = "y"\n[[change]]\nkey = "copying"\nwhen = ["soon"]\n'
    )
    assert [line for line, _ in found] == [8, 10, 13]


def test_a_missing_base_version_is_named(base: Annex) -> None:
    with pytest.raises(PeopleError, match="「base_version」がありません"):
        read_own(overlay().replace("base_version = 1\n", ""), "見本")
