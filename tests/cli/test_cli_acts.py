"""The acts of a working day on the command line: shown first, written once, nothing kinder than the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.cli.options.acts import TAKEN
from app.work.acts.catalogue import ACTS

Run = Callable[..., Any]
Refused = Callable[[Any], str]


def test_the_command_line_takes_what_each_act_asks() -> None:
    assert {name: (one.record, one.many, tuple(one.options)) for name, one in TAKEN.items()} == {
        name: (one.about.spec.name, one.many, tuple(field.name for field in one.fields))
        for name, one in ACTS.items()
    }


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(jutaku: Run) -> None:
    before = jutaku("records", "assignment", "--json").json
    told = jutaku("leave", "person", "E-004", "--on", "2026-12-31", "--dry-run", "--json").json
    assert {one["record"] for one in told["writes"]} >= {"person", "assignment"}
    (left,) = (one for one in told["writes"] if one["record"] == "person")
    assert (left["key"], left["before"], left["after"]) == (
        "E-004",
        {"left_on": None},
        {"left_on": "2026-12-31"},
    )
    assert {one["form"] for one in told["papers"]} >= {"personnel-report"}
    assert all(one["contract"] for one in told["papers"])
    assert jutaku("records", "assignment", "--json").json == before
    assert (
        "何も変更していません。" in jutaku("leave", "person", "E-004", "--on", "2026-12-31", "--dry-run").out
    )


def test_what_was_shown_is_written(jutaku: Run) -> None:
    asked = ("leave", "person", "E-004", "--on", "2026-12-31", "--devices", "契約での使用を終える")
    shown = jutaku(*asked, "--dry-run", "--json").json
    assert jutaku(*asked, "--json").json == shown
    people = {one["employee_number"]: one for one in jutaku("records", "person", "--json").json}
    assert people["E-004"]["left_on"] == "2026-12-31"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("person", "E-999", "--on", "2026-12-31"), "要員「E-999」は登録されていません"),
        (("person", "E-004", "--on", "あす"), "--on："),
        (("person", "E-004"), "退職日を入力してください。"),
        (("person", "E-004", "--on", "2026-12-31"), "をどうするかを選んでください"),
        (("person", "E-004", "--on", "2026-12-31", "--follows", "E-004"), "後任に本人は選べません"),
        (("person", "E-004", "--on", "2026-12-31", "--devices", "捨てる"), "選べません"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(
    jutaku: Run, refused: Refused, asked: tuple[str, ...], told: str
) -> None:
    before = jutaku("records", "person", "--json").json
    assert told in refused(jutaku("leave", *asked))
    assert jutaku("records", "person", "--json").json == before
