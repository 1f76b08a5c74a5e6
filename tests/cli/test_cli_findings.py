"""checks, drift and calendar: what does not fit, what is no longer true on paper, deadlines to take along."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.printing.pages import OpenPdf

Run = Callable[..., Any]
Refused = Callable[[Any], str]

DAY, BEFORE = "2026-11-21", "2026-03-25"


def contracts(jutaku: Run) -> set[str]:
    return {contract["number"] for contract in jutaku("records", "contract", "--json").json}


def notify(jutaku: Run, folder: Path) -> None:
    """Hand in the notice of places, and have a room move afterwards."""
    out = folder / "notice.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", BEFORE, "--out", out)
    jutaku("submit", "2025-0001", "--on", BEFORE, "--how", "持参")
    change = folder / "change.json"
    change.write_text('{"name": "本社 保管庫", "room": "汐見第一ビル 4階"}', encoding="utf-8")
    assert jutaku("import", "location", change, "--update").code == 0


@pytest.mark.parametrize("moved", [True, False])
def test_handing_in_a_paper_that_the_ledger_left_says_so_and_records_it(
    jutaku: Run, folder: Path, moved: bool
) -> None:
    out = folder / "notice.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", BEFORE, "--out", out)
    if moved:
        change = folder / "change.json"
        change.write_text('{"name": "本社 保管庫", "room": "汐見第一ビル 4階"}', encoding="utf-8")
        assert jutaku("import", "location", change, "--update").code == 0
    done = jutaku("submit", "2025-0001", "--on", BEFORE, "--how", "持参")
    assert done.code == 0
    assert "提出済みにしました。" in done.out
    assert ("2025-0001を発行した後に、台帳の内容が変わりました。" in done.err) is moved


def test_checks_have_the_promised_shape(jutaku: Run) -> None:
    found = jutaku("checks", "--on", DAY, "--json").json
    assert len(found) > 5
    known = contracts(jutaku) | {None}
    keys = ["check", "severity", "contract", "clause", "record", "key", "text", "next"]
    for one in found:
        assert list(one) == keys
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one["check"])
        assert one["severity"] in {"violation", "warning", "remark"}
        assert one["contract"] in known
        assert "" not in (one["clause"], one["key"])
        assert one["text"].endswith("。")


def test_a_check_names_the_record_and_the_clause(jutaku: Run) -> None:
    found = jutaku("checks", "--contract", "MK-1024", "--on", DAY, "--json").json
    assert {one["contract"] for one in found} == {"MK-1024"}
    one = next(one for one in found if "髙橋 美咲" in one["text"] and one["record"] == "assignment")
    assert (one["severity"], one["clause"]) == ("violation", "第9条第1項")
    assert "名簿・報告書に載っていません" in one["text"]
    assert one["next"] == "責任者・従事者報告書を作成"


def test_checks_are_made_as_of_the_day_asked_for(jutaku: Run) -> None:
    def names(day: str) -> set[str]:
        return {one["check"] for one in jutaku("checks", "--on", day, "--json").json}

    assert "worker-unlisted" in names(DAY)
    assert "worker-unlisted" not in names("2026-03-31")


def test_the_table_of_checks_is_in_japanese(jutaku: Run) -> None:
    out = jutaku("checks", "--on", DAY).out
    assert "違反" in out
    assert re.search(r"^\d+件$", out, re.MULTILINE)
    assert not re.search(r"violation|worker-unlisted", out)


def test_drift_names_the_document_and_both_sides(jutaku: Run, folder: Path) -> None:
    assert jutaku("drift", "--on", "2026-04-10", "--json").json == []
    notify(jutaku, folder)
    (one,) = jutaku("drift", "--on", "2026-04-10", "--json").json
    assert list(one) == ["document", "form", "contract", "changes", "missing", "due"]
    assert (one["document"], one["form"], one["contract"]) == ("2025-0001", "location-notice", "MK-1024")
    (change,) = one["changes"]
    assert list(change) == ["key", "kind", "lines"]
    assert change["kind"] == "changed"
    assert change["key"].startswith("location_use:")
    ((label, before, after),) = change["lines"]
    assert label == "建物・階・室"
    assert before != after == "汐見第一ビル 4階"
    assert one["missing"] == []
    assert one["due"] is None or date.fromisoformat(one["due"]).isoformat() == one["due"]


def test_drift_of_another_contract_or_an_earlier_day_is_empty(jutaku: Run, folder: Path) -> None:
    notify(jutaku, folder)
    assert jutaku("drift", "--contract", "MD-0058", "--on", "2026-04-10", "--json").json == []
    assert jutaku("drift", "--on", "2026-03-24", "--json").json == []
    out = jutaku("drift", "--on", "2026-04-10").out
    assert "作業場所届出書" in out
    assert "汐見第一ビル 4階" in out


def test_the_calendar_holds_each_deadline_once(jutaku: Run, folder: Path) -> None:
    path = folder / "期限.ics"
    told = jutaku("calendar", "--ics", path, "--json").json
    assert told == {"deadlines": told["deadlines"], "cancelled": 0, "out": str(path)}
    text = path.read_bytes().decode("utf-8").replace("\r\n ", "")
    uids = re.findall(r"^UID:(.+)\r$", text, re.MULTILINE)
    assert len(uids) == len(set(uids)) == told["deadlines"] > 3
    fall = [duty["due"] or duty["again"] for duty in jutaku("duties", "--json").json]
    days = sorted(day for day in fall if day)
    written = sorted(re.findall(r"^DTSTART;VALUE=DATE:(\d{8})\r$", text, re.MULTILINE))
    assert written == [day.replace("-", "") for day in days]
    people = [person["name"] for person in jutaku("records", "person", "--json").json]
    assert people
    assert not [name for name in people if name in text]


def test_what_is_done_is_taken_back_from_the_calendar_once(jutaku: Run, folder: Path) -> None:
    before, after = folder / "a.ics", folder / "b.ics"
    first = jutaku("calendar", "--ics", before, "--json").json
    again = jutaku("calendar", "--ics", before, "--json").json
    assert again == first
    out = folder / "notice.pdf"
    jutaku("issue", "location-notice", "--contract", "MK-1024", "--on", BEFORE, "--out", out)
    jutaku("submit", "2025-0001", "--on", BEFORE, "--how", "持参")
    told = jutaku("calendar", "--ics", after, "--json").json
    text = after.read_bytes().decode("utf-8").replace("\r\n ", "")
    assert told["cancelled"] == text.count("STATUS:CANCELLED") > 0
    gone = re.findall(r"UID:(\S+)\r\nDTSTAMP:\S+\r\nSEQUENCE:1\r\nSTATUS:CANCELLED", text)
    assert len(gone) == told["cancelled"]
    assert all(uid in before.read_text("utf-8") for uid in gone)
    assert jutaku("calendar", "--ics", after, "--json").json["cancelled"] == 0


def test_the_calendar_is_narrowed_by_contract_and_days(jutaku: Run, folder: Path) -> None:
    path = folder / "期限.ics"
    jutaku("calendar", "--ics", path, "--contract", "MK-1024", "--from", "R8.3.1", "--to", "2026-03-31")
    text = path.read_bytes().decode("utf-8").replace("\r\n ", "")
    assert set(re.findall(r"DATE:(\d{6})", text)) == {"202603"}
    title = next(c["title"] for c in jutaku("records", "contract", "--json").json if c["number"] == "MK-1024")
    assert all(summary.startswith(title) for summary in re.findall(r"SUMMARY:(.+)", text))
    assert "期限" in jutaku("calendar", "--ics", path).out


def test_a_calendar_that_cannot_be_made_is_said_so(jutaku: Run, refused: Refused, folder: Path) -> None:
    path = folder / "期限.ics"
    said = refused(jutaku("calendar", "--ics", path, "--from", "2026-04-02", "--to", "2026-04-01"))
    assert "--from の日が --to の日より後です" in said
    assert "書き出す期限がない" in refused(jutaku("calendar", "--ics", path, "--from", "2150-01-01"))
    assert "フォルダ" in refused(jutaku("calendar", "--ics", folder / "none" / "a.ics"))
    if os.name != "nt":
        os.mkfifo(folder / "pipe.ics")
        assert "パイプ" in refused(jutaku("calendar", "--ics", folder / "pipe.ics"))
        assert (folder / "pipe.ics").is_fifo()
    assert not path.exists()


def test_the_report_is_issued_for_any_day(jutaku: Run, folder: Path) -> None:
    out = folder / "report.pdf"
    done = jutaku(
        "issue", "status-report", "--contract", "MK-1024", "--on", "2026-04-10", "--out", out, "--json"
    )
    assert done.json["number"] == "2026-0001"
    assert out.read_bytes().startswith(b"%PDF-")
    draft = ("--draft", "--out", folder / "draft.pdf")
    assert jutaku("issue", "status-report", "--contract", "MK-1024", "--on", "2027-10-01", *draft).code == 0
    with OpenPdf((folder / "draft.pdf").read_bytes()) as opened:
        assert "遵守状況報告書（見込み）" in opened.text(0)


@pytest.mark.parametrize("command", [("checks",), ("drift",), ("calendar", "--ics", "never.ics")])
def test_an_unknown_contract_is_named(jutaku: Run, refused: Refused, command: tuple[str, ...]) -> None:
    assert "「NONE」" in refused(jutaku(*command, "--contract", "NONE", "--json"))
    assert not Path("never.ics").exists()


def test_the_balance_of_all_contracts_names_each(jutaku: Run) -> None:
    rows = jutaku("balance", "--json").json
    assert {"MK-1024", "MD-0058"} <= {row["contract"] for row in rows} <= contracts(jutaku)
    one = jutaku("balance", "--contract", "MK-1024", "--json").json
    bare = [{k: v for k, v in row.items() if k != "contract"} for row in rows if row["contract"] == "MK-1024"]
    assert bare == one
    assert list(rows[0]) == ["contract", *one[0]]
    assert "MD-0058" in jutaku("balance").out


def test_the_balance_of_a_past_day_knows_nothing_later(jutaku: Run) -> None:
    def held(*on: str) -> dict[str, int]:
        return {row["asset"]: row["held"] for row in jutaku("balance", *on, "--json").json}

    assert held("--on", "2026-03-31")["A-0001"] == 0
    assert set(held("--on", "2026-03-31").values()) == {0}
    assert held() == held("--on", "2199-12-31")
    assert sum(held("--on", "2026-04-30").values()) > 0
