"""annexes, clauses and annex: the user's own annexes checked, brought in, listed and written out."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from app.records import OwnAnnex
from app.start import Product
from tests.cli.conftest import CHEAP, PASSPHRASE
from tests.support.annexes import overlay

Run = Callable[..., Any]
Refused = Callable[[Any], str]

RENUMBERED = '[[change]]\nkey = "copying"\nnumber = "第5条の2"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new ledger without records, instead of the sample: own annexes need nothing else."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "pass.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    made, _ = Product().create(folder / "sample.jutaku", PASSPHRASE, "髙橋 美咲", CHEAP)
    made.close()
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """A file with this text."""

    def written(text: str, name: str = "自社.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


File = Callable[..., Path]


def own(folder: Path) -> list[OwnAnnex]:
    from app.ledger.access import opening

    path = folder / "sample.jutaku"
    with Product().open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        return list(ledger.facts().all(OwnAnnex))


def test_the_product_s_annexes_need_no_ledger(run: Run) -> None:
    listed = run("annexes", "--json").json
    assert {"kawaguchi", "kimitsu-hoji"} <= {annex["annex"] for annex in listed}
    assert all(annex["versions"] == [annex["version"]] for annex in listed)


def test_a_right_file_is_told_to_be_right(run: Run, file: File) -> None:
    ran = run("annex", "check", file(overlay(RENUMBERED)))
    assert (ran.code, ran.out) == (0, "問題はありません。\n")
    assert run("annex", "check", file(overlay(RENUMBERED)), "--json").json == {"ok": True, "problems": []}


def test_each_problem_is_told_with_its_line(run: Run, file: File) -> None:
    path = file(overlay('colour = 1\n[[change]]\nkey = "copying"\nkinds = ["copies"]\n'))
    ran = run("annex", "check", path)
    assert ran.code == 1
    first, *_ = ran.out.splitlines()
    assert first.startswith("「自社.toml」 の 8行目：「colour」")
    assert ran.err.count("\n") == 1
    ran = run("annex", "check", path, "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert [(one["line"], "colour" in one["message"]) for one in ran.json["problems"]] == [(8, True)]


def test_faults_that_only_the_base_can_tell_have_lines_too(run: Run, file: File) -> None:
    ran = run("annex", "check", file(overlay('drop = ["x"]\n[[change]]\nkey = "y"\n')), "--json")
    assert [one["line"] for one in ran.json["problems"]] == [8, 10]


def test_a_file_of_windows_editor_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "自社.toml"
    path.write_bytes(b"\xef\xbb\xbf" + overlay(RENUMBERED).replace("\n", "\r\n").encode("utf-8"))
    assert run("annex", "check", path).code == 0


def test_a_draft_is_kept_updated_and_published(
    jutaku: Run, file: File, folder: Path, refused: Refused
) -> None:
    assert "下書きとして登録" in jutaku("annex", "import", file(overlay())).out
    assert "既に登録されています" in refused(jutaku("annex", "import", file(overlay())))
    made = jutaku("annex", "import", file(overlay(RENUMBERED)), "--update", "--publish", "--json").json
    assert made == {"annex": "kakuu", "version": 1, "published": True}
    assert "確定しているため変更できません" in refused(jutaku("annex", "import", file(overlay()), "--update"))
    (held,) = own(folder)
    assert (held.annex, held.version, held.content) == ("kakuu", 1, overlay(RENUMBERED))


def test_what_is_wrong_is_not_brought_in(jutaku: Run, file: File, folder: Path, refused: Refused) -> None:
    path = file(overlay("colour = 1\ntone = 2\n"))
    sentence = refused(jutaku("annex", "import", path))
    assert "8行目：「colour」" in sentence
    assert "ほかに1件" in sentence
    assert own(folder) == []


def test_a_version_of_the_product_cannot_be_brought_in_again(
    jutaku: Run, tmp_path: Path, refused: Refused
) -> None:
    path = tmp_path / "minato.xlsx"
    assert jutaku("annex", "export", "minato", "--out", path).code == 0
    sentence = refused(jutaku("annex", "import", path))
    assert "シート「基本」B列4行目：この版は本製品の目録にあります" in sentence


def test_own_annexes_are_listed_with_their_versions(jutaku: Run, file: File) -> None:
    jutaku("annex", "import", file(overlay()), "--publish")
    jutaku("annex", "import", file(overlay(RENUMBERED, version=2)), "--publish")
    jutaku("annex", "import", file(overlay(version=3)))
    listed = {(one["annex"], one["version"]): one for one in jutaku("annexes", "--json").json}
    assert listed["kakuu", 2]["versions"] == [1, 2]
    assert listed["kakuu", 3]["draft"] is True
    assert "3（下書き）" in jutaku("annexes").out
    numbers = {
        version: {one["clause"] for one in jutaku("clauses", "kakuu", *version, "--json").json}
        for version in ((), ("--version", 1))
    }
    assert "第5条の2" in numbers[()]
    assert "第5条" in numbers["--version", 1]


def test_a_version_that_is_not_there_is_named(jutaku: Run, refused: Refused) -> None:
    assert "第7版は目録にありません。第1版から" in refused(jutaku("clauses", "minato", "--version", 7))
    assert "まだ" not in refused(jutaku("clauses", "nowhere"))


def test_an_annex_is_written_out_and_its_copy_brought_in(
    jutaku: Run, file: File, folder: Path, tmp_path: Path
) -> None:
    jutaku("annex", "import", file(overlay(RENUMBERED)), "--publish")
    for suffix in (".xlsx", ".toml"):
        path = tmp_path / f"out{suffix}"
        assert jutaku("annex", "export", "kakuu", "--out", path).code == 0
        assert jutaku("annex", "check", path).code == 0
    assert len(own(folder)) == 1


def test_an_unknown_suffix_and_a_missing_deed_are_told(run: Run, refused: Refused, tmp_path: Path) -> None:
    assert ".toml か .xlsx" in refused(run("annex", "export", "minato", "--out", tmp_path / "a.csv"))
    assert run("annex").code == 2
    assert run("clauses", "minato", "--version", "x").code == 2


ANNEX = (
    "個人情報取扱特記事項\n（保管）\n第１　乙は、名簿を守らなければならない。\n２　乙は、次の者を置くこと。\n"
    "(1)　責任者\n別記様式\n誓約書\n私は、守ります。\n"
)


def test_a_text_is_read_clause_by_clause(run: Run, file: File) -> None:
    read = run("annex", "read", file(ANNEX, "新しい市.txt"), "--json")
    assert read.code == 0
    assert [(one["number"], one["role"], one["text"]) for one in read.json] == [
        (None, "title", "個人情報取扱特記事項"),
        ("第1第1項", "clause", "乙は、名簿を守らなければならない。"),
        ("第1第2項", "clause", "乙は、次の者を置くこと。"),
        ("第1第2項(1)", "clause", "責任者"),
        (None, "title", "別記様式"),
        (None, "title", "誓約書"),
        (None, "form", "私は、守ります。"),
    ]
    assert [one["paragraph"] for one in read.json] == list(range(1, 8))
    assert read.json[3]["lead"] == "第1第2項"
    assert read.json[1]["heading"] == "保管"
    # Where nothing is found nobody says that nothing is to be done.
    assert {one["nothing_found"] for one in read.json if one["role"] == "clause" and not one["kinds"]} == {
        True
    }
    assert all(one["when"] == [] for one in read.json if not one["kinds"])


def test_a_text_comes_through_the_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(ANNEX.encode("cp932"))))
    shown = run("annex", "read", "-").out
    assert "個人情報取扱特記事項：発注者は「（不明）」、受注者は「乙」" in shown
    assert "誓約書：様式（条項ではありません）" in shown
    assert "第1第2項(1)" in shown


def test_what_is_no_annex_is_refused_in_one_sentence(refused: Refused, run: Run, file: File) -> None:
    said = refused(run("annex", "read", file("本日の献立\n1 カレー\n", "献立.txt"), "--json"))
    assert said.startswith("「献立.txt」を読み取れません。条項が見つかりません。")
