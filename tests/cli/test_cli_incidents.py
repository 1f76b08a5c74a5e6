"""Accidents and audits by the command line: what is shown is what is written, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.acting import shown_and_written
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


def test_a_mail_to_the_wrong_address_of_a_contract(jutaku: Run, folder: Path) -> None:
    said = ("--kind", "誤送付・誤交付", "--found", f"{DAY} 09:00", "--item", "申請者一覧")
    to = ("--recipient", "別の事業者", "--recovered", "回収できていない")
    shown = shown_and_written(jutaku, folder, "report-accident", "MK-1024", *said, *to)
    assert [one["record"] for one in shown["writes"]] == ["incident"]
    assert any("すぐに電話する相手" in one for one in shown["remarks"])
    assert "incident-first" in [one["form"] for one in shown["papers"]]


def test_a_call_to_the_client_is_written_to_the_incident(jutaku: Run, folder: Path) -> None:
    call = (
        "tell-client",
        "incident",
        "I-001",
        "--stage",
        "最終報告",
        "--at",
        f"{DAY} 09:30",
        "--how",
        "持参",
    )
    (write,) = shown_and_written(jutaku, folder, *call)["writes"]
    assert {"notices", "timeline"} <= set(write["after"])


def test_told_before_it_was_found_is_one_sentence(jutaku: Run, refused: Refused) -> None:
    sentence = refused(jutaku("tell-client", "incident", "I-001", "--at", "2026-04-01 09:30"))
    assert "発見した日時" in sentence


def test_an_announced_audit_calls_for_the_binder(jutaku: Run, folder: Path) -> None:
    shown = shown_and_written(jutaku, folder, "announce-audit", "MK-1024", "--planned-on", "2026-12-01")
    (binder,) = (one for one in shown["papers"] if one["form"] == "evidence-binder")
    assert binder["due"] == "2026-12-01"


def test_a_finding_makes_its_improvement(jutaku: Run, folder: Path) -> None:
    said = ("--finding", "施錠の記録がない", "--owner", "E-003", "--due-on", "2026-12-10")
    shown = shown_and_written(jutaku, folder, "add-finding", "audit", "AU-001", *said)
    assert [one["record"] for one in shown["writes"]] == ["audit", "improvement"]


def test_one_call_is_not_entered_twice(jutaku: Run, refused: Refused) -> None:
    call = ("tell-client", "incident", "I-001", "--stage", "最終報告", "--at", f"{DAY} 09:30")
    assert jutaku(*call).code == 0
    for way in ((), ("--dry-run", "--json")):
        assert "の連絡が「最終報告」として登録されています" in refused(jutaku(*call, *way))
    # The stage that is proposed next is no way around it.
    assert "別の連絡のときは" in refused(jutaku("tell-client", "incident", "I-001", "--at", f"{DAY} 09:30"))


def test_a_second_answer_and_a_day_years_ago_are_told(jutaku: Run) -> None:
    again = (
        "answer-finding",
        "audit",
        "AU-001",
        "--number",
        "1",
        "--answer",
        "欄を設けた",
        "--dry-run",
        "--json",
    )
    assert any("に回答しています。その回答と日を残し" in one for one in jutaku(*again).json["remarks"])
    note = ("note-incident", "incident", "I-001", "--at", "2019-04-01", "--what", "届け出た")
    remarks = jutaku(*note, "--dry-run", "--json").json["remarks"]
    assert any("年前です。日付を確かめてください" in one for one in remarks)
    assert any("契約の始期" in one for one in remarks)
