"""The desks by command: what the window shows of a start, a year, an accident and an audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.records import Audit, Contract, Incident
from app.start import Product
from app.work.assessing import assess
from app.work.assessment import Assessment
from app.work.course.starting import starting
from app.work.course.timeline import Mark, timeline
from app.work.desks import audit as audit_desk
from app.work.desks import audit_words, incident_words
from app.work.desks import incident as incident_desk
from tests.cli.acting import opened
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]
ONE = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(DAY.year, DAY.month, DAY.day, 10, 0).astimezone()
    monkeypatch.setattr("app.cli.desks.judged.now", lambda: moment)


def judged(folder: Path) -> Assessment:
    """What the window would judge of the ledger on the day."""
    with opened(folder) as ledger:
        product, facts = Product(), ledger.facts()
    return assess(facts, product.catalogue_of(facts), product.forms, DAY)


def number(held: Assessment, key: str) -> Contract:
    return next(one for one in held.facts.all(Contract) if one.number == key)


def test_the_start_has_the_stages_of_the_window_in_their_order(jutaku: Run, folder: Path) -> None:
    told = jutaku("start", "HB-0311", "--json").json
    words = jutaku("start", "HB-0311").out
    held = judged(folder)
    found = starting(held, number(held, "HB-0311"))
    assert [(one["kind"], one["state"], one["done"]) for one in told["stages"]] == [
        (one.kind, str(one.state), one.done) for one in found.stages
    ]
    assert [one["missing"] for one in told["stages"]] == [list(one.missing) for one in found.stages]
    assert (told["done"], told["late"], told["unset"]) == (found.done, len(found.late), found.unset)
    places = [words.index(f"■ {at}　{one.title}　") for at, one in enumerate(found.stages, 1)]
    assert places == sorted(places)
    open_ = [one for one in found.stages if not one.done and one.state != "not-due"]
    assert open_, "the sample leaves something to be done"
    assert all(text in words for one in open_ for text in one.missing), "nothing is left out for brevity"
    assert "期限を過ぎた手順3件" in words
    assert "（jutaku train contract HB-0311）" in words


@pytest.mark.parametrize(("days", "said"), [(-1, "あす開始"), (0, "きょう開始"), (1, "開始から1日")])
def test_the_start_is_told_for_any_day(jutaku: Run, days: int, said: str) -> None:
    begins = date(2026, 7, 1) + days * ONE
    assert jutaku("start", "HB-0311", "--on", begins, "--json").json["said"].startswith(said)


def test_the_year_tells_every_point_of_the_drawing(jutaku: Run, folder: Path) -> None:
    told = jutaku("year", "MK-1024", "--json").json
    words = jutaku("year", "MK-1024").out
    held = judged(folder)
    drawn = timeline(held, number(held, "MK-1024"))
    assert [(one["day"], one["mark"], one["text"]) for one in told["points"]] == [
        (one.day.isoformat(), one.mark.name.lower(), one.text) for one in drawn.points
    ]
    assert told["counts"] == {one.name.lower(): drawn.count(one) for one in Mark}
    assert drawn.said in words
    audit = next(one for one in told["points"] if one["record"] == "audit")
    assert audit["key"] == "AU-001"
    assert all(" ".join(one.text.split()) in words for one in drawn.points)


def test_an_accident_still_open_is_told_as_its_desk_shows_it(jutaku: Run, folder: Path) -> None:
    lost = ("lose", "device", "UM-001", "--kind", "紛失", "--found", "2026-11-20 17:30")
    assert jutaku(*lost, "--json").code == 0
    held = judged(folder)
    about = max(held.facts.all(Incident), key=lambda one: one.id)
    told, words = jutaku("incident", about.number, "--json").json, jutaku("incident", about.number).out
    clocks = incident_desk.clocks(held.facts, about, held.of(about.contract))
    assert clocks, "the contract's clauses speak of it"
    assert [(one["clause"], one["due"]) for one in told["clocks"]] == [
        (one.duty.clause.number, one.due.isoformat() if one.due else None) for one in clocks
    ]
    assert [one["state"] for one in told["reports"]] == ["未作成", "未作成"]
    assert (told["state"], told["closed"]) == ("対応中", None)
    calls = incident_desk.calls(held.facts, about, DAY)
    assert [one["telephone"] for one in told["calls"]] == [one.client.telephone or None for one in calls]
    assert all(not one["told"] for one in told["calls"])
    assert incident_words.NOT_TOLD in words
    assert "発見から16時間30分" in words
    for gap in (gap for one in clocks for gap in one.open):
        assert gap.text in words
    points = incident_desk.points(about, clocks, DAY)
    assert [one["text"] for one in told["next"]] == [one.text for one in points]
    assert f"記録：jutaku tell-client incident {about.number}" in words
    heads = ("連絡", "期限", "発注者への報告書", "忘れてはならないこと", "失われたものの中身と保護", "経過")
    places = [words.index(f"■ {one}") for one in heads]
    assert places == sorted(places)
    assert "発見から" not in jutaku("incident", about.number, "--on", DAY + ONE).out, "an hour of another day"


def test_an_audit_is_told_as_its_desk_shows_it(jutaku: Run, folder: Path) -> None:
    told, words = jutaku("audit", "AU-001", "--json").json, jutaku("audit", "AU-001").out
    held = judged(folder)
    about = next(one for one in held.facts.all(Audit) if one.number == "AU-001")
    own = about.contract
    found = audit_desk.ahead(held.of(own), held.drifts_of(own), held.findings_of(own), DAY)
    assert (told["lines"], told["begun_today"]) == (found.lines, found.today)
    assert [one["title"] for one in told["open"]] == [str(group) for group, _held in found.groups]
    assert [task["text"] for one in told["open"] for task in one["tasks"]] == [
        one.text for _group, tasks in found.groups for one in tasks
    ]
    assert [one["text"] for one in told["mismatches"]] == [one.text for one in found.findings]
    assert told["to_issue"] == [form for _contract, form in audit_desk.to_issue(found)]
    assert audit_words.counted(about, found) in words
    for _group, tasks in found.groups:
        assert all(gap.text in words for one in tasks for gap in one.gaps)
    answers = audit_desk.answers(held.facts, about)
    assert [one["finding"] for one in told["findings"]] == [one.finding.finding for one in answers]
    assert told["binder"] is None


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("start", "ZZ-1"), "契約番号「ZZ-1」の契約は登録されていません"),
        (("year", "ZZ-1"), "契約番号「ZZ-1」の契約は登録されていません"),
        (("incident", "I-999"), "事故「I-999」は登録されていません"),
        (("audit", "AU-999"), "監査・調査「AU-999」は登録されていません"),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(
    jutaku: Run, refused: Refused, command: tuple[str, ...], told: str
) -> None:
    assert told in refused(jutaku(*command))
