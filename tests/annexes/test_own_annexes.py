"""Own annexes beside those of the product: versions, drafts, broken texts, and what the door refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.files.text import text_of
from app.annexes.own.annexes import OwnAnnexes, examine, with_own
from app.common import PeopleError
from app.duties.engine import duties, unknown_annexes
from app.duties.rules.over_records import problems
from app.records import Contract, OwnAnnex, Record
from app.records.contract import ContractAnnex
from tests.support.annexes import overlay, own
from tests.support.papers import FORMS
from tests.support.world import DURING, World

MOMENT = datetime(2026, 5, 1, 9, 0)  # noqa: DTZ001  # local time, as the ledger keeps it
RENUMBERED = '[[change]]\nkey = "copying"\nnumber = "第5条の2"\n'


def catalogue(world: World, shipped: Catalogue) -> Catalogue:
    return with_own(shipped, world.facts())


def sentences(world: World, shipped: Catalogue, *changed: Record) -> list[str]:
    found = problems(catalogue(world, shipped), world.facts(), changed)
    return [problem.sentence for problem in found]


def carry(world: World, version: int = 1, key: str = "kakuu") -> Contract:
    return world.change(world.contract, annexes=(ContractAnnex(annex=key, version=version),))


def test_without_own_annexes_the_catalogue_is_the_product_s(world: World, shipped: Catalogue) -> None:
    assert with_own(shipped, world.facts()) is shipped


def test_a_contract_carries_the_version_it_names(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay()))
    world.add(own(overlay(RENUMBERED, version=2), version=2))
    held = catalogue(world, shipped)
    assert held.versions("kakuu") == (1, 2)
    assert held.annex("kakuu").version == 2
    numbers = {}
    for version in (1, 2):
        contract = carry(world, version)
        found = duties(world.facts(), held, FORMS, DURING, contract.id)
        (duty,) = [one for one in found if one.kind == "copy-approval"]
        numbers[version] = (duty.clause.number, held.cite(duty.clause))
    assert numbers[1][0] == "第5条"
    assert numbers[2][0] == "第5条の2"
    assert numbers[2][1].endswith("第5条の2")


def test_a_version_that_is_not_there_is_refused_with_those_that_are(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay()))
    contract = carry(world, 3)
    (sentence,) = sentences(world, shipped, contract)
    assert "第3版は目録にありません。第1版から" in sentence


def test_a_draft_can_be_carried_by_no_contract(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay(), published_on=None))
    assert [annex.key for annex in catalogue(world, shipped).drafts] == ["kakuu"]
    (sentence,) = sentences(world, shipped, carry(world))
    assert "まだ確定していません" in sentence


def test_an_annex_of_the_product_is_revised_under_a_new_version(world: World, shipped: Catalogue) -> None:
    held = shipped.annex("minato")
    text = text_of(held).rstrip()
    same = world.add(own(text, "minato", held.version, title=held.title))
    (sentence,) = sentences(world, shipped, same)
    assert "本製品の目録にあります" in sentence
    world.remove(same)
    newer = text.replace(f"version = {held.version}", "version = 2", 1)
    revised = world.add(own(newer, "minato", 2, title=held.title))
    assert sentences(world, shipped, revised) == []
    composed = catalogue(world, shipped)
    assert composed.versions("minato") == (1, 2)
    assert composed.annex("minato", 1) == held


def test_an_overlay_rests_on_an_overlay(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay(RENUMBERED)))
    child = overlay('drop = ["principle"]\n', key="child", base="kakuu")
    world.add(own(child, "child"))
    annex = catalogue(world, shipped).annex("child")
    assert annex.clause("第5条の2").annex == "child"
    assert "principle" not in [clause.key for clause in annex.clauses]


def test_a_circle_of_overlays_is_told_as_a_chain_and_harms_nothing_else(
    world: World, shipped: Catalogue
) -> None:
    one = world.add(own(overlay(key="one", base="two"), "one"))
    world.add(own(overlay(key="two", base="one"), "two"))
    world.add(own(overlay()))
    held = catalogue(world, shipped)
    assert held.annex("kakuu").clauses
    assert {broken.key for broken in held.unreadable} == {"one", "two"}
    (sentence,) = sentences(world, shipped, one)
    assert "（one 第1版 → two 第1版 → one 第1版）" in sentence


def test_a_missing_base_is_told_with_the_chain(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay(base="nowhere", base_version=4)))
    (sentence,) = sentences(world, shipped, made)
    assert "元にする特記事項「nowhere」第4版がありません（kakuu 第1版 → nowhere 第4版）" in sentence


def test_a_broken_text_is_left_out_and_named_with_its_line(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay("colour = 1\n")))
    contract = carry(world)
    held = catalogue(world, shipped)
    assert held.annexes == shipped.annexes
    ((told, sentence),) = unknown_annexes(world.facts(), held)
    assert told == contract
    assert "8行目" in sentence
    assert duties(world.facts(), held, FORMS, DURING, contract.id) == ()


def test_a_retired_annex_leaves_the_contract_standing_and_says_so(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay()))
    contract = carry(world)
    world.remove(made)
    held = catalogue(world, shipped)
    ((told, sentence),) = unknown_annexes(world.facts(), held)
    assert told == contract
    assert "「架空業務」の義務を判定できません" in sentence
    assert duties(world.facts(), held, FORMS, DURING, contract.id) == ()


def test_what_a_contract_carries_is_neither_retired_nor_taken_back(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay()))
    carry(world)
    world.remove(made)
    retired = replace(made, retired_at=MOMENT, retired_why="誤り")
    (sentence,) = sentences(world, shipped, retired)
    assert "契約「架空業務」の特記事項です" in sentence


def test_what_nobody_carries_can_be_retired(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay()))
    world.remove(made)
    retired = replace(made, retired_at=MOMENT, retired_why="誤り")
    assert sentences(world, shipped, retired) == []


def test_a_base_of_a_published_overlay_stays(world: World, shipped: Catalogue) -> None:
    base = world.add(own(overlay()))
    world.add(own(overlay(key="child", base="kakuu"), "child"))
    draft = world.change(base, published_on=None)
    assert any("元になっています" in sentence for sentence in sentences(world, shipped, draft))


def test_nothing_is_published_on_a_draft(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay(), published_on=None))
    child = world.add(own(overlay(key="child", base="kakuu"), "child"))
    (sentence,) = sentences(world, shipped, child)
    assert "確定していません。先にそちらを確定" in sentence


def test_the_record_and_its_text_must_name_the_same_annex(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay(version=2)))
    (sentence,) = sentences(world, shipped, made)
    assert "kakuu 第2版" in sentence
    (sentence,) = sentences(world, shipped, world.change(made, version=2, title="別の題名"))
    assert "題名が内容の title" in sentence


def test_every_fault_of_a_text_is_a_sentence_of_its_own(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay("colour = 1\ndrop = [3]\n"), published_on=None))
    assert len(sentences(world, shipped, made)) == 2


def test_an_option_that_no_contract_can_choose_is_refused(world: World, shipped: Catalogue) -> None:
    made = world.add(own(overlay('[[option]]\nkey = "夜間"\nlabel = "夜間に行う"\n')))
    (sentence,) = sentences(world, shipped, made)
    assert "「夜間」は契約で選べる事項ではありません" in sentence


def test_a_published_version_never_changes(world: World) -> None:
    before = world.add(own(overlay()))
    for changed in (
        replace(before, content=overlay(RENUMBERED)),
        replace(before, title="別の題名"),
        replace(before, published_on=None),
    ):
        ((_, sentence),) = changed.changed_from(before)
        assert "確定した版は書き換えられません" in sentence
    assert list(replace(before, note="控え").changed_from(before)) == []
    draft = replace(before, published_on=None)
    assert list(before.changed_from(draft)) == []


def test_the_catalogue_is_the_same_object_until_an_own_annex_changes(
    world: World, shipped: Catalogue
) -> None:
    held = OwnAnnexes(shipped)
    assert held.catalogue(world.facts()) is shipped
    made = world.add(own(overlay()))
    first = held.catalogue(world.facts())
    world.person()
    assert held.catalogue(world.facts()) is first
    world.change(made, note="控え")
    assert held.catalogue(world.facts()) is not first
    world.remove(made)
    assert held.catalogue(world.facts()) == shipped


def test_a_catalogue_with_own_annexes_takes_those_of_other_facts(world: World, shipped: Catalogue) -> None:
    world.add(own(overlay()))
    first = catalogue(world, shipped)
    assert with_own(first, world.facts()).versions("kakuu") == (1,)
    assert with_own(first, World(shipped).facts()) is shipped


def test_examining_names_the_line_of_a_base_that_cannot_be_used(world: World, shipped: Catalogue) -> None:
    with pytest.raises(PeopleError, match="見本 の 5行目：元にする特記事項「nowhere」"):
        examine(shipped, world.facts(), overlay(base="nowhere"), "見本")
    world.add(OwnAnnex(annex="bad", title="壊れた", content="schema ="))
    with pytest.raises(PeopleError, match="見本 の 5行目：元にする特記事項「bad」第1版を使えません"):
        examine(shipped, world.facts(), overlay(base="bad"), "見本")
