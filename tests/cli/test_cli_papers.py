"""forms, issue, submit, void and documents: the life of a document from the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Refused = Callable[[Any], str]

BEFORE = "2026-03-20"


def issue(jutaku: Run, out: Path, *more: str, form: str = "location-notice") -> Any:
    return jutaku("issue", form, "--contract", "MK-1024", "--on", BEFORE, "--out", out, "--json", *more).json


def test_forms_have_the_promised_shape(run: Run) -> None:
    forms = run("forms", "--json").json
    assert {
        "personnel-report",
        "location-notice",
        "oath",
        "training-report",
        "device-register",
        "transfer-record",
        "disposal-certificate",
    } <= {form["id"] for form in forms}
    assert all(list(form) == ["id", "title", "kinds"] for form in forms)
    notice = next(form for form in forms if form["id"] == "location-notice")
    assert (notice["title"], "work-location" in notice["kinds"]) == ("作業場所届出書", True)
    assert "作業場所届出書" in run("forms").out


def test_a_document_is_issued_submitted_and_voided(jutaku: Run, folder: Path) -> None:
    out = folder / "届出.pdf"
    issued = issue(jutaku, out)
    assert issued["number"] == "2025-0001"
    assert hashlib.sha256(out.read_bytes()).hexdigest() == issued["sha256"]
    (held,) = jutaku("documents", "--json").json
    assert held == {
        "number": "2025-0001",
        "form": "location-notice",
        "contract": "MK-1024",
        "issued": BEFORE,
        "submitted": None,
        "voided": None,
        "sha256": issued["sha256"],
        "stale": False,
    }
    sent = jutaku("submit", "2025-0001", "--on", "2026-03-25", "--how", "持参", "--received-by", "森下")
    assert (sent.code, sent.err) == (0, "")
    duties = jutaku("duties", "--contract", "MK-1024", "--on", "2026-04-01", "--json").json
    duty = next(d for d in duties if d["kind"] == "work-location")
    assert duty["state"] == "satisfied"
    assert {"record": "submission", "key": "2025-0001", "date": "2026-03-25"} in duty["evidence"]
    assert jutaku("void", "2025-0001", "--why", "記載誤り", "--on", "2026-03-26").code == 0
    (held,) = jutaku("documents", "--json").json
    assert (held["submitted"], held["voided"]) == ("2026-03-25", "2026-03-26")
    assert issue(jutaku, out)["number"] == "2025-0002"


def test_a_draft_takes_no_number_and_is_not_kept(jutaku: Run, folder: Path) -> None:
    out = folder / "draft.pdf"
    assert issue(jutaku, out, "--draft") == {
        "number": None,
        "form": "location-notice",
        "sha256": None,
        "out": str(out),
    }
    assert out.read_bytes().startswith(b"%PDF-")
    assert jutaku("documents", "--json").json == []
    assert issue(jutaku, out)["number"] == "2025-0001"


def test_a_change_makes_the_submitted_notice_stale(jutaku: Run, folder: Path) -> None:
    issue(jutaku, folder / "a.pdf")
    jutaku("submit", "2025-0001", "--on", "2026-03-25", "--how", "郵送")
    change = folder / "change.json"
    change.write_text('{"name": "本社 保管庫", "room": "汐見第一ビル 4階"}', encoding="utf-8")
    assert jutaku("import", "location", change, "--update").code == 0
    (held,) = jutaku("documents", "--on", "2026-04-10", "--json").json
    assert held["stale"] is True
    assert "現況と相違" in jutaku("documents", "--on", "2026-04-10").out


def test_what_cannot_be_issued_is_one_sentence_and_leaves_no_trace(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    out = folder / "x.pdf"
    wrong = {
        "「nothing」はありません": ("nothing", "MK-1024", out),
        "「NONE」": ("oath", "NONE", out),
        "フォルダ": ("oath", "MK-1024", folder / "none" / "x.pdf"),
        "を作成できません": ("disposal-certificate", "MD-0058", out),
    }
    for said, (form, contract, where) in wrong.items():
        ran = jutaku("issue", form, "--contract", contract, "--on", BEFORE, "--out", where)
        assert said in refused(ran)
    assert not out.exists()
    assert jutaku("documents", "--json").json == []


def test_a_character_that_no_font_has_is_named_before_anything_is_numbered(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    change = folder / "c.json"
    change.write_text('{"name": "本社 保管庫", "room": "3階 \\ua000号室"}', encoding="utf-8")
    assert jutaku("import", "location", change, "--update").code == 0
    ran = jutaku(
        "issue", "location-notice", "--contract", "MK-1024", "--on", BEFORE, "--out", folder / "x.pdf"
    )
    assert "U+A000" in refused(ran)
    assert jutaku("documents", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["submit", "2025-0009", "--on", "2026-03-25", "--how", "持参"], "「2025-0009」の書類はありません"),
        (["submit", "2025-0001", "--on", "2026-03-01", "--how", "持参"], "以後の日にしてください"),
        (["submit", "2025-0001", "--on", "2026-03-25", "--how", "伝書鳩"], "「伝書鳩」は選べません"),
        (["void", "2025-0001", "--why", "　"], "無効にする理由を入力してください"),
        (["void", "2025-0009", "--why", "誤り"], "「2025-0009」の書類はありません"),
    ],
)
def test_what_cannot_be_recorded_about_a_document_is_one_sentence(
    jutaku: Run, folder: Path, refused: Refused, arguments: list[str], said: str
) -> None:
    issue(jutaku, folder / "a.pdf")
    assert said in refused(jutaku(*arguments))
    (held,) = jutaku("documents", "--json").json
    assert (held["submitted"], held["voided"]) == (None, None)


def test_a_document_is_submitted_once(jutaku: Run, folder: Path, refused: Refused) -> None:
    issue(jutaku, folder / "a.pdf")
    assert jutaku("submit", "2025-0001", "--on", "2026-03-25", "--how", "持参", "--json").json == {
        "number": "2025-0001",
        "submitted": "2026-03-25",
        "voided": None,
    }
    assert "既に提出済み" in refused(jutaku("submit", "2025-0001", "--on", "2026-03-26", "--how", "持参"))


def test_an_empty_archive_says_so(jutaku: Run) -> None:
    assert jutaku("documents").out == "発行した書類はありません。\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--about", "person"), "--about の「person」は、記録の種類と番号を「:」でつないでください"),
        (("--about", "worker:E-001"), "--about の「worker:E-001」は、記録の種類が分かりません"),
        (("--about", "person:E-999"), "要員「E-999」は登録されていません"),
        (("--from", "2026-04-01"), "誓約書は期間を対象としません"),
        (("--to", "2026-04-01"), "誓約書は期間を対象としません"),
    ],
)
def test_what_an_oath_cannot_be_about_is_refused_in_one_sentence(
    jutaku: Run, refused: Refused, folder: Path, more: tuple[str, ...], told: str
) -> None:
    where = ("--contract", "MK-1024", "--on", "2026-04-10", "--draft", "--out", folder / "x.pdf")
    assert told in refused(jutaku("issue", "oath", *where, *more))
    assert not (folder / "x.pdf").exists()


def test_a_paper_for_the_whole_contract_is_about_no_single_record(
    jutaku: Run, refused: Refused, folder: Path
) -> None:
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder / "x.pdf", "--about", "person:E-001")
    assert "契約の全体について作成します" in refused(jutaku("issue", "location-notice", *where))


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("AP-999", "承諾「AP-999」は登録されていません"),
        ("AP-011", "承諾「AP-011 機器持出」は、この契約の複写・複製承諾申請書の対象になりません。"),
        ("AP-010", "「AP-010 複写」は、この契約の複写・複製承諾申請書の対象になりません。"),
        ("AP-001", "に発注者の承諾を得ているため、申請書は作成できません。"),
    ],
)
def test_an_approval_that_cannot_be_applied_for_is_refused_in_one_sentence(
    jutaku: Run, refused: Refused, folder: Path, about: str, told: str
) -> None:
    where = ("--contract", "MK-1024", "--draft", "--out", folder / "x.pdf", "--about", f"approval:{about}")
    assert told in refused(jutaku("issue", "copy-application", *where))
    assert not (folder / "x.pdf").exists()


def test_an_application_that_is_handed_in_asks_for_its_approval(jutaku: Run, folder: Path) -> None:
    day = "2026-11-20"
    where = ("--contract", "HB-0311", "--on", day, "--out", folder / "x.pdf", "--about", "approval:AP-012")
    made = jutaku("issue", "bringin-application", *where, "--json").json
    assert (folder / "x.pdf").read_bytes().startswith(b"%PDF-")
    jutaku("submit", made["number"], "--on", day, "--how", "持参")
    (held,) = (one for one in jutaku("records", "approval", "--json").json if one["number"] == "AP-012")
    assert held["applied_on"] == day
