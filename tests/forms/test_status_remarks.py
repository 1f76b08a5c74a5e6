"""What a status report calls kept: nothing that was late, was broken for a time, or is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.duties.duty import Duty, Evidence, Gap, Remark
from app.duties.engine import duties
from app.records import Contract
from forms.form import Form
from forms.parts.standing import MEANINGS, SHOWN, chapters, counts
from tests.every.test_every_kind import EXAMPLES
from tests.support.around import about
from tests.support.sample import KIMITSU, LATER, Sample
from tests.support.world import World

DUE, DONE = date(2026, 3, 31), date(2026, 4, 6)
LATE = Remark("作業場所の届出は、期限の後の提出でした。", "location_use", 1, DUE, DONE)
BROKEN = Remark("私物の機器が使われました。", "device_use", 1, DUE, DONE, late=False)


@pytest.fixture
def kept(sample: Sample, forms: Mapping[str, Form[Any]]) -> Duty:
    """A duty of the sample that is satisfied."""
    owed = duties(sample.facts, sample.catalogue, forms, LATER, KIMITSU)
    return next(duty for duty in owed if duty.state is State.SATISFIED)


def printed(sample: Sample, duty: Duty) -> tuple[str, str]:
    """State and remarks of a duty, as its row prints them."""
    annexes = [sample.catalogue.annex("kimitsu-hoji")]
    found = chapters(sample.facts, sample.facts.get(Contract, KIMITSU), annexes, (duty,))
    (row,) = (row for chapter in found for row in chapter.rows)
    return row[2], row[4]


def test_what_is_kept_without_a_remark_is_called_so(sample: Sample, kept: Duty) -> None:
    assert printed(sample, kept)[0] == "充足"
    assert ["充足", "1件", MEANINGS["充足"]] in counts([kept])


def test_what_came_late_is_called_late_with_its_days(sample: Sample, kept: Duty) -> None:
    duty = replace(kept, remarks=(LATE,))
    assert printed(sample, duty) == (
        "期限後に履行",
        "期限後に履行：作業場所の届出は、期限の後の提出でした（期限令和8年3月31日、履行令和8年4月6日）。",
    )


def test_days_that_the_sentence_tells_are_not_told_twice(sample: Sample, kept: Duty) -> None:
    text = "届出は、期限（令和8年3月31日）の後の令和8年4月6日でした。"
    duty = replace(kept, remarks=(LATE._replace(text=text),))
    assert printed(sample, duty)[1] == f"期限後に履行：{text}"


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (DUE, DONE, "（令和8年3月31日から令和8年4月6日まで）"),
        (DUE, None, "（令和8年3月31日から）"),
        (None, DONE, "（令和8年4月6日まで）"),
        (None, None, ""),
    ],
)
def test_what_was_broken_for_a_time_is_called_so(
    sample: Sample, kept: Duty, since: date | None, until: date | None, told: str
) -> None:
    duty = replace(kept, remarks=(LATE, BROKEN._replace(since=since, until=until)))
    state, remarks = printed(sample, duty)
    assert state == "過去に違反"
    assert remarks.split("\n")[1] == f"・過去に違反：私物の機器が使われました{told}。"


def test_no_duty_with_a_remark_is_counted_as_kept(kept: Duty) -> None:
    held = [kept, replace(kept, remarks=(LATE,)), replace(kept, remarks=(BROKEN,))]
    rows = {row[0]: row[1] for row in counts(held)}
    assert (rows["充足"], rows["期限後に履行"], rows["過去に違反"], rows["計"]) == (
        "1件",
        "1件",
        "1件",
        "3件",
    )


def test_a_remark_stays_beside_what_is_still_to_be_done(sample: Sample, kept: Duty) -> None:
    gap = Gap("支社の届出書が提出されていません。", "location_use", 2, DUE)
    duty = replace(kept, state=State.OVERDUE, due=DUE, missing=(gap,), remarks=(LATE,))
    state, remarks = printed(sample, duty)
    assert state == "期限超過"
    for told in (gap.text, "期限　令和8年3月31日", "期限後に履行：作業場所の届出は"):
        assert told in remarks


def test_the_words_say_that_kept_means_judged_complete_and_in_time() -> None:
    assert "不足も遅れもない" in MEANINGS["充足"]
    assert "確認している" not in "".join(MEANINGS.values())


@pytest.mark.parametrize("kind", [kind for kind, state in EXAMPLES if state is State.CONFIRM])
def test_what_is_not_known_is_told_as_that_and_asks_nothing_of_the_reader(
    catalogue: Catalogue, kind: str
) -> None:
    world = World(catalogue)
    duty = EXAMPLES[kind, State.CONFIRM](world)
    found = chapters(world.facts(), world.contract, world.catalogue.annexes, (duty,))
    ((*_rest, state, _grounds, remarks),) = (row for chapter in found for row in chapter.rows)
    assert state == "要確認"
    assert remarks != "－"
    asking = [word for word in ("ください", "確認しています", "確認中") if word in remarks]
    assert asking == [], remarks


@pytest.mark.parametrize(("number", "rest"), about(SHOWN, "", "", "\nほか1件"))
def test_the_newest_grounds_are_named_and_the_others_counted(
    sample: Sample, kept: Duty, number: int, rest: str
) -> None:
    days = [date(2026, 4, day) for day in range(1, number + 1)]
    proofs = [Evidence("training", at, f"研修{at}", day) for at, day in enumerate(days, 101)]
    annexes = [sample.catalogue.annex("kimitsu-hoji")]
    duty = replace(kept, evidence=tuple(proofs))
    found = chapters(sample.facts, sample.facts.get(Contract, KIMITSU), annexes, (duty,))
    (row,) = (row for chapter in found for row in chapter.rows)
    told = [f"・研修　研修{100 + day.day}（令和8年4月{day.day}日）" for day in reversed(days)][:SHOWN]
    assert row[3] == "\n".join(told) + rest
