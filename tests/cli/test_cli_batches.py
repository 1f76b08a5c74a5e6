"""batch: many papers at once from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.exchange.filling.filler import inspect
from app.printing.pages import OpenPdf
from tests.support.office import docx, par

Run = Callable[..., Any]
Refused = Callable[[Any], str]

BEFORE = "2026-03-20"


def test_the_papers_before_the_start_are_issued_in_one_go(
    jutaku: Run, refused: Refused, folder: Path
) -> None:
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder)
    planned = jutaku("batch", "before-start", *where, "--dry-run", "--json").json
    assert planned["issued"] == []
    assert {"form": "location-notice", "contract": "MK-1024"} in planned["ready"]
    assert not jutaku("documents", "--json").json
    made = jutaku("batch", "before-start", *where, "--together", "--json").json
    assert [(one["form"], one["contract"]) for one in made["issued"]] == [
        (one["form"], one["contract"]) for one in planned["ready"]
    ]
    assert [one["number"] for one in jutaku("documents", "--json").json] == [
        one["number"] for one in made["issued"]
    ]
    for one in made["issued"]:
        assert Path(one["out"]).read_bytes().startswith(b"%PDF")
        assert jutaku("verify", "--pdf", one["out"], "--json").json["ok"]
    assert [path.name for path in folder.glob("*一式.pdf")] == [f"{made['issued'][0]['number']}_一式.pdf"]
    again = refused(jutaku("batch", "before-start", *where))
    for one in made["issued"]:
        assert f"発行済みで、まだ提出していません（文書番号{one['number']}）" in again
    assert "求めていません" in again
    (first, *_rest) = made["issued"]
    jutaku("submit", first["number"], "--on", BEFORE, "--how", "持参")
    told = jutaku("batch", "before-start", *where, "--dry-run", "--json").json["lacking"]
    assert any(f"提出済みです（文書番号{first['number']}）" in "".join(one["why"]) for one in told)


def keep_form(jutaku: Run, folder: Path, form: str, held: str) -> None:
    path = folder / f"{form}.docx"
    path.write_bytes(docx(held))
    given = ("--contract", "MK-1024", "--form", form, "--on", BEFORE, "--keep")
    assert jutaku("client-form", path, *given).code == 0


def test_what_stands_in_the_clients_form_is_named_with_its_file(jutaku: Run, folder: Path) -> None:
    keep_form(jutaku, folder, "location-notice", par("{文書番号}"))
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder)
    told = jutaku("batch", "before-start", *where, "--together").out
    (theirs,) = folder.glob("*作業場所届出書*.docx")
    number = theirs.name.partition("_")[0]
    assert f"{theirs}（発注者の様式）" in told
    assert f"発注者の様式に記入した1件（{number}）は、1つのPDFには含まれません。" in told
    assert "記入していません：「" in told
    assert "様式のどこにもありません" in told
    (pdf,) = folder.glob("*一式.pdf")
    with OpenPdf(pdf.read_bytes()) as opened:
        assert all("作業場所届出書（新規）" not in opened.text(at) for at in range(opened.page_count))


def test_where_all_stand_in_the_clients_form_no_joined_file_is_made_and_that_is_said(
    jutaku: Run, folder: Path
) -> None:
    keep_form(jutaku, folder, "location-notice", par("{文書番号}"))
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder)
    told = jutaku("batch", "location-notice", *where, "--together").out
    assert "1つのPDFは作成していません。" in told
    assert not list(folder.glob("*.pdf"))


def test_papers_of_one_sheet_each_are_issued_in_one_file_each(jutaku: Run, folder: Path) -> None:
    keep_form(jutaku, folder, "oath", par("{文書番号}　{氏名}"))
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder)
    made = jutaku("batch", "oath", *where, "--json").json["issued"]
    assert len(made) > 1
    assert all(one["client_form"] for one in made)
    said = [inspect(Path(one["out"]).read_bytes(), "a.docx").texts[0][1] for one in made]
    assert len({text.partition("　")[2] for text in said}) == len(made)


def test_a_form_for_all_contracts_says_which_it_was_not_issued_for_and_why(jutaku: Run, folder: Path) -> None:
    made = jutaku(
        "batch", "location-notice", "--all-contracts", "--on", BEFORE, "--out", folder, "--json"
    ).json
    assert "MK-1024" in [one["contract"] for one in made["issued"]]
    assert all(one["why"] for one in made["lacking"])
    told = jutaku("batch", "location-notice", "--all-contracts", "--on", BEFORE, "--out", folder, "--dry-run")
    for one in made["lacking"]:
        assert one["why"][0] in told.out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("location-notice",), "--contract で契約番号を指定するか"),
        (
            ("location-notice", "--all-contracts", "--contract", "MK-1024"),
            "--contract で契約番号を指定するか",
        ),
        (("location-notice", "--contract", "XX-1"), "契約番号「XX-1」"),
        (("no-form", "--contract", "MK-1024"), "様式「no-form」はありません"),
        (("location-notice", "--contract", "MK-1024", "--from", "2026-04-01"), "期間を対象としません"),
        (("disposal-certificate", "--contract", "MK-1024"), "MK-1024の廃棄・消去証明書："),
    ],
)
def test_what_cannot_be_issued_is_one_sentence_and_nothing_is_written(
    jutaku: Run, refused: Refused, folder: Path, more: tuple[str, ...], told: str
) -> None:
    assert told in refused(jutaku("batch", *more, "--on", BEFORE, "--out", folder))
    assert not list(folder.glob("*.pdf"))
    assert not jutaku("documents", "--json").json


def test_a_folder_that_is_not_there_is_told_before_a_number_is_used(
    jutaku: Run, refused: Refused, folder: Path
) -> None:
    out = folder / "ない"
    told = refused(jutaku("batch", "before-start", "--contract", "MK-1024", "--on", BEFORE, "--out", out))
    assert "フォルダ" in told
    assert not jutaku("documents", "--json").json


def test_the_cover_goes_out_with_the_set_and_names_its_numbers(
    jutaku: Run, refused: Refused, folder: Path
) -> None:
    where = ("--contract", "MK-1024", "--on", BEFORE, "--out", folder)
    assert "--cover は" in refused(jutaku("batch", "on-change", *where, "--cover"))
    made = jutaku("batch", "before-start", *where, "--cover", "--json").json["issued"]
    assert len(made) > 2
    assert [one["form"] for one in made].count("submission-cover") == 1
    assert made[-1]["form"] == "submission-cover"
    with OpenPdf(Path(made[-1]["out"]).read_bytes()) as cover:
        text = cover.text(0)
    for one in made[:-1]:
        assert one["number"] in text
    assert jutaku("verify", "--json").json["ok"]


def test_a_binder_is_issued_by_its_own_command(jutaku: Run, folder: Path) -> None:
    where = ("--contract", "MK-1024", "--on", BEFORE, "--json")
    draft = jutaku("binder", *where, "--draft", "--out", folder / "下書き.pdf").json
    assert (draft["form"], draft["number"]) == ("evidence-binder", None)
    made = jutaku("binder", *where, "--out", folder / "綴り.pdf").json
    assert made["number"] == "2025-0001"
    assert (folder / "綴り.pdf").read_bytes().startswith(b"%PDF")
