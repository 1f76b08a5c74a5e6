"""What is typed wrongly on the command line: one sentence that says what, where and how to go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

LARGE = "1" + "0" * 30


@pytest.mark.parametrize("option", ["quantity", "persons"])
@pytest.mark.parametrize("typed", ["10³⁰", "①", "½", "1e30", "一兆"])
def test_what_is_no_number_is_never_read_as_one(jutaku: Any, refused: Any, option: str, typed: str) -> None:
    said = report(jutaku, refused, option, typed)
    assert f"「{typed}」" in said


@pytest.mark.parametrize("option", ["quantity", "persons"])
@pytest.mark.parametrize("typed", [LARGE, "1000000000", "999,999,999,999"])
def test_what_is_too_large_is_told_as_that(jutaku: Any, refused: Any, option: str, typed: str) -> None:
    said = report(jutaku, refused, option, typed)
    assert "999,999,999" in said
    assert "以下で入力してください。" in said


def report(jutaku: Any, refused: Any, option: str, typed: str) -> str:
    found: str = refused(
        jutaku(
            "report-accident",
            "BK-0440",
            "--kind",
            "漏えい",
            "--found",
            "2026-11-20 10:00",
            f"--{option}",
            typed,
            "--dry-run",
        )
    )
    assert f"--{option}" in found
    return found


def test_the_largest_number_is_taken(jutaku: Any) -> None:
    given = ("--kind", "漏えい", "--found", "2026-11-20 10:00", "--quantity", "999,999,999", "--dry-run")
    assert jutaku("report-accident", "BK-0440", *given).code == 0


def test_a_value_that_begins_with_a_dash_says_how_it_is_given(jutaku: Any, folder: Path) -> None:
    ran = jutaku("labels", "PC-001", "--measures", "-1×2", "--out", folder / "out.pdf")
    assert ran.code == 2
    last = ran.err.strip().splitlines()[-1]
    assert "「-1×2」は「-」で始まるため、値として読めません。" in last
    assert "「--measures=-1×2」のように「=」でつないでください。" in last
    assert not (folder / "out.pdf").exists()


def test_the_same_with_an_equals_sign_is_read_and_judged(jutaku: Any, folder: Path) -> None:
    ran = jutaku("labels", "PC-001", "--measures=-1×2", "--out", folder / "out.pdf")
    assert ran.code == 1
    assert "用紙の寸法が読めません" in ran.err


def test_an_option_that_follows_is_no_value(jutaku: Any) -> None:
    ran = jutaku("labels", "PC-001", "--measures", "--out", "x.pdf")
    assert ran.err.strip().endswith("--measures に値を指定してください。")


@pytest.mark.parametrize(
    ("seen", "told", "way"),
    [
        ("PC-001 2", "1台ずつ確かめるPC・媒体のPC-001の後に「2」があり", "「PC-001」だけを"),
        ("A-0001 abc", "A-0001の後の「abc」を数量として読み取れません", "「A-0001 10」のように"),
        ("A-0001 -1", "A-0001の後の「-1」を数量として読み取れません", "「A-0001 10」のように"),
        ("ZZ-1 2", "「ZZ-1 2」は台帳にない番号です", "読み直すか"),
    ],
)
def test_what_stands_behind_a_number_in_a_stock_take_is_told_as_that(
    jutaku: Any, seen: str, told: str, way: str
) -> None:
    ran = jutaku("stock-take", "location", "本社 保管庫", "--on", "2026-11-20", "--seen", seen, "--dry-run")
    assert told in ran.out
    assert way in ran.out


@pytest.mark.parametrize("name", ["x.txt", "x", "x.jutaku.zip"])
def test_a_ledger_is_not_made_under_a_name_of_another_kind(run: Any, folder: Path, name: str) -> None:
    archive = folder / "a.zip"
    archive.write_bytes(b"")
    before = sorted(folder.iterdir())
    word = ("--passphrase-file", folder / "pass.txt")
    for ran in (run("unarchive", archive, folder / name, *word), run("new", folder / name, *word)):
        assert ran.code == 2
        last = ran.err.strip().splitlines()[-1]
        assert f"台帳の名前「{name}」は「.jutaku」で終わっていません。" in last
        assert ".jutaku」のように指定してください。" in last
    assert sorted(folder.iterdir()) == before
