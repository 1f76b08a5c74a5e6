"""client-form and issue: a client's own Word or Excel file from the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.exchange.filling.filler import inspect
from tests.support.office import docx, par, row, sheet_row, table, text_cell, xlsx

Run = Callable[..., Any]
Refused = Callable[[Any], str]

BEFORE = "2026-03-20"
FORM = docx(
    par("{文書番号}") + table(row("契約番号", ""), row("{作業場所／名称}", "")) + par("□ 新規　□ 変更")
)


@pytest.fixture
def form(folder: Path) -> Path:
    path = folder / "様式第１号.docx"
    path.write_bytes(FORM)
    return path


def keep(jutaku: Run, path: Path, *more: str) -> Any:
    given = ("client-form", path, "--contract", "MK-1024", "--form", "location-notice", "--on", BEFORE)
    return jutaku(*given, "--suggest", "--json", *more)


def issue(jutaku: Run, out: Path, *more: str) -> Any:
    given = ("issue", "location-notice", "--contract", "MK-1024", "--on", BEFORE, "--out", out)
    return jutaku(*given, "--json", *more)


def texts(path: Path) -> list[str]:
    return [text for _where, text in inspect(path.read_bytes(), path.name).texts]


def test_the_places_and_names_of_a_file_are_shown(jutaku: Run, form: Path) -> None:
    told = keep(jutaku, form).json
    assert {"place": "表1:1:2", "kind": "欄", "near": "契約番号", "name": "契約番号"}.items() <= told[
        "places"
    ][3].items()
    assert ["契約番号", "MK-1024"] in told["names"]
    assert told["kept"] is False
    shown = jutaku(
        *("client-form", form, "--contract", "MK-1024", "--form", "location-notice", "--on", BEFORE)
    )
    assert "表1の1行目・2列目" in shown.out


def test_a_paper_goes_into_the_file_that_was_kept(jutaku: Run, form: Path, folder: Path) -> None:
    keep(jutaku, form, "--place", "チェック1=届出の区分", "--keep")
    out = folder / "届出.docx"
    draft = issue(jutaku, out, "--draft").json
    assert (draft["number"], texts(out)[0]) == (None, "下書き")
    issued = issue(jutaku, out).json
    assert issued["number"] == "2025-0001"
    assert issued["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert issued["unfilled"] == []
    told = texts(out)
    assert told[0] == "2025-0001"
    assert "MK-1024" in told
    assert "☑ 新規　□ 変更" in told
    (held,) = jutaku("documents", "--json").json
    assert held["number"] == "2025-0001"
    verified = jutaku("verify", "--pdf", out, "--json")
    assert verified.code == 0
    (same,) = jutaku("compare", out, "--json").json
    assert (same["verdict"], same["number"], same["head"]["holds"]) == ("same", "2025-0001", True)
    altered = folder / "直した届出.docx"
    altered.write_bytes(docx(par("2025-0001　別の文書")))
    (other,) = jutaku("compare", altered, "--json").json
    assert (other["verdict"], other["number"]) == ("unknown", None)
    assert jutaku("submit", "2025-0001", "--on", "2026-03-25", "--how", "持参").code == 0


def test_a_draft_that_its_form_does_not_tell_apart_is_called_one(
    jutaku: Run, refused: Refused, folder: Path
) -> None:
    path = folder / "様式.docx"
    path.write_bytes(docx(par("{契約番号}")))
    keep(jutaku, path, "--keep")
    out = folder / "届出.docx"
    assert "保存先の名前に「下書き」を入れてください（例 届出（下書き）.docx）" in refused(
        issue(jutaku, out, "--draft")
    )
    assert not out.exists()
    named = folder / "届出（下書き）.docx"
    assert issue(jutaku, named, "--draft").json["number"] is None
    assert texts(named) == ["下書き", "MK-1024"]
    assert issue(jutaku, out).json["number"] == "2025-0001"
    assert texts(out) == ["MK-1024"]


def test_ours_is_printed_when_it_is_asked_for(jutaku: Run, form: Path, folder: Path) -> None:
    keep(jutaku, form, "--keep")
    out = folder / "届出.pdf"
    issue(jutaku, out, "--own-form")
    assert out.read_bytes().startswith(b"%PDF")


def test_an_ending_that_is_not_the_files_own_is_refused_before_a_number_is_used(
    jutaku: Run, refused: Refused, form: Path, folder: Path
) -> None:
    keep(jutaku, form, "--keep")
    assert "「.docx」で終えてください" in refused(issue(jutaku, folder / "届出.pdf"))
    assert jutaku("documents", "--json").json == []


def test_a_place_without_a_name_is_refused(jutaku: Run, refused: Refused, form: Path) -> None:
    assert "「=」でつないでください" in refused(keep(jutaku, form, "--place", "表1:1:2"))


def test_an_unknown_name_is_refused_and_nothing_is_kept(jutaku: Run, refused: Refused, folder: Path) -> None:
    path = folder / "様式.xlsx"
    path.write_bytes(xlsx(sheet_row(1, text_cell("A1", "{電話番号２}"))))
    assert "に当たる名前がありません" in refused(keep(jutaku, path, "--keep"))
    assert issue(jutaku, folder / "届出.pdf").json["number"] == "2025-0001"


@pytest.mark.parametrize("ending", [".docx", ".XLSX"])
def test_our_own_form_is_not_saved_under_the_ending_of_a_clients_file(
    jutaku: Run, refused: Refused, folder: Path, ending: str
) -> None:
    out = folder / f"届出{ending}"
    assert "「.pdf」で終えてください" in refused(issue(jutaku, out))
    assert "「.pdf」で終えてください" in refused(issue(jutaku, out, "--draft"))
    assert not out.exists()
    assert jutaku("documents", "--json").json == []


@pytest.mark.parametrize("held", [par("作業場所届出書"), par("契約番号 {契約番号") + par("}")])
def test_a_file_in_which_nothing_would_be_put_is_not_kept(
    jutaku: Run, refused: Refused, folder: Path, held: str
) -> None:
    path = folder / "様式.docx"
    path.write_bytes(docx(held))
    assert "記入する項目が一つもありません" in refused(keep(jutaku, path, "--keep"))
    assert issue(jutaku, folder / "届出.pdf").json["number"] == "2025-0001"
