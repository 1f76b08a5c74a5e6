"""What was late or broken and is over is told where a duty is explained, with the record it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel

from app.annexes.kinds import State
from app.cli.obligations import _duty, _told
from app.duties.duty import Duty, Remark
from app.ui.context import Context
from app.ui.duties.why import WhyPanel
from app.ui.parts.link import Link
from app.ui.targets import EditRecord, ShowContract, Target

LATE = Remark(
    "研修は期限の後でした（期限令和8年4月1日、実施4月9日）。", "person", 1, date(2026, 4, 1), date(2026, 4, 9)
)
HEADING = "過去の遅れ・不備（済んだもの）"


def a_duty(context: Context, contract: int, *remarks: Remark) -> Duty:
    annex = context.catalogue.annex("kimitsu-hoji", 1)
    clause = next(one for one in annex.clauses if "secrecy" in one.kinds)
    done = Duty(contract, "kimitsu-hoji", clause, "secrecy", State.SATISFIED, why="第2条：守られています。")
    return replace(done, remarks=remarks)


def texts(panel: WhyPanel) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel)]


def test_a_remark_stands_in_its_own_section_and_opens_its_record(
    context: Context, sample: Any, shown: Callable[..., Any]
) -> None:
    wanted: list[Target] = []
    context.wanted.connect(wanted.append)
    late = LATE._replace(id=sample.person.id)
    broken = Remark("契約の事故がありました。", "contract", sample.contract.id, late=False)
    panel = shown(WhyPanel(context, [a_duty(context, sample.contract.id, late, broken)]))
    assert HEADING in texts(panel)
    links = {one.accessibleName(): one for one in panel.findChildren(Link)}
    for one in (late, broken):
        links[one.text].follow()
    assert wanted == [EditRecord("person", sample.person.id), ShowContract(sample.contract.id)]


def test_a_remark_on_a_record_taken_out_opens_what_is_left_of_it(
    context: Context, sample: Any, shown: Callable[..., Any]
) -> None:
    wanted: list[Target] = []
    context.wanted.connect(wanted.append)
    gone = Remark("遅れました。", "contract", 999)
    panel = shown(WhyPanel(context, [a_duty(context, sample.contract.id, gone)]))
    (link,) = panel.findChildren(Link)
    link.follow()
    assert wanted == [EditRecord("contract", 999)]


def test_nothing_is_headed_where_nothing_was_late(
    context: Context, sample: Any, shown: Callable[..., Any]
) -> None:
    assert HEADING not in texts(shown(WhyPanel(context, [a_duty(context, sample.contract.id)])))


def test_the_command_tells_remarks_in_full(context: Context, sample: Any) -> None:
    late = LATE._replace(id=sample.person.id)
    told = _duty(context.facts(), a_duty(context, sample.contract.id, late))
    assert told["remarks"] == [
        {
            "text": late.text,
            "record": "person",
            "key": context.facts().key(sample.person),
            "from": "2026-04-01",
            "to": "2026-04-09",
            "late": True,
        }
    ]


def test_the_table_tells_the_first_remark_and_counts_the_rest(context: Context, sample: Any) -> None:
    duty = a_duty(context, sample.contract.id, LATE, Remark("ほか。", "person", 2))
    assert _told(duty) == f"{LATE.text}（ほか1件）"
    assert _told(replace(duty, remarks=(LATE,))) == LATE.text
    assert _told(replace(duty, remarks=())) == ""
