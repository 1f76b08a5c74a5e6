"""archive and unarchive: exact JSON, exit codes, what is sealed, and one sentence for what cannot be used."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.exchange.archive import age
from app.exchange.archive.words import PLAIN
from app.ledger.access.opening import unlock, unlock_with_code
from app.ledger.secret.keys import recovery_code

Run = Callable[..., Any]
Refused = Callable[[Any], str]
PASSPHRASE = "きのう 見た 赤い 自転車"
OTHER = "あした 見る 青い 帆掛け船"


@pytest.fixture(autouse=True)
def easily_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here has to be hard to guess."""
    monkeypatch.setattr(age, "WORK", 4)


@pytest.fixture
def other(folder: Path) -> Path:
    path = folder / "other.txt"
    path.write_text(OTHER, "utf-8")
    return path


def test_a_ledger_goes_out_sealed_and_comes_back(jutaku: Run, run: Run, folder: Path) -> None:
    out = folder / "全体.zip"
    ran = jutaku("archive", out, "--json")
    assert (ran.code, ran.err) == (0, "")
    was = jutaku("verify", "--json").json
    assert list(ran.json) == [
        *("archive", "encrypted", "ledger", "entries", "head", "records", "files", "bytes"),
    ]
    assert (ran.json["encrypted"], ran.json["entries"]) == (True, was["entries"])
    assert ran.json["records"] == jutaku("records", "--json").json
    assert set(zipfile.ZipFile(out).namelist()) == {"README.txt", "archive.zip.age"}
    keyed = ("--passphrase-file", folder / "pass.txt", "--json")
    back = run("unarchive", out, folder / "新.jutaku", *keyed)
    assert (back.code, back.err) == (0, "")
    assert back.json == {
        "ledger": str(folder / "新.jutaku"),
        "entries": ran.json["entries"],
        "head": ran.json["head"],
        "own_key": False,
        "recovery": None,
    }
    new = ("--ledger", folder / "新.jutaku", *keyed)
    head = f"{back.json['entries']}:{back.json['head']}"
    proof = run("verify", "--head", head, *new).json
    assert (proof["ok"], proof["entries"]) == (True, was["entries"])
    for asked in (("duties",), ("balance",), ("documents",), ("search", "君津"), ("records", "person")):
        assert run(*asked, *new).json == jutaku(*asked, "--json").json


def test_without_a_passphrase_of_its_own_it_says_who_can_read_it(
    run: Run, folder: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUTAKU_PASSPHRASE_FILE", str(folder / "pass.txt"))
    ledger = ("--ledger", folder / "sample.jutaku")
    ran = run("archive", folder / "a.zip", *ledger, "--json")
    assert (ran.code, ran.err, ran.json["encrypted"]) == (0, f"{PLAIN}\n", False)
    with zipfile.ZipFile(folder / "a.zip") as packed:
        first = json.loads(packed.read("records/person.jsonl").splitlines()[0])
        assert first["name"]
        assert json.loads(packed.read("schema.json")) == run("records", "--schema", "--json").json
    # The archive's passphrase need not be the ledger's, where something else opens that.
    assert run("archive", folder / "b.zip", *ledger, "--passphrase-file", other, "--json").json["encrypted"]
    came = run(
        *("unarchive", folder / "b.zip", folder / "b.jutaku", "--archive-passphrase-file", other, "--json")
    )
    assert (came.code, came.json["own_key"]) == (0, False)


def test_plain_is_chosen_in_so_many_words(jutaku: Run, folder: Path) -> None:
    ran = jutaku("archive", folder / "a.zip", "--plain")
    assert (ran.code, ran.err) == (0, f"{PLAIN}\n")
    assert "manifest.json" in zipfile.ZipFile(folder / "a.zip").namelist()


def test_another_passphrase_asks_for_another_sheet(jutaku: Run, run: Run, folder: Path, other: Path) -> None:
    out = folder / "a.zip"
    assert jutaku("archive", out).code == 0
    made, sheet = folder / "新.jutaku", folder / "回復.pdf"
    keyed = ("--passphrase-file", other, "--archive-passphrase-file", folder / "pass.txt")
    ran = run("unarchive", out, made, *keyed, "--recovery", sheet, "--json")
    assert (ran.code, ran.err, ran.json["own_key"]) == (0, "", True)
    assert ran.json["recovery"] == str(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    key = unlock(made, OTHER)
    assert unlock_with_code(made, recovery_code(key)) == key
    again = run("unarchive", out, folder / "新2.jutaku", *keyed)
    assert again.code == 0
    assert "新しい回復シートを印刷してください" in again.err


def test_what_cannot_be_done_is_one_sentence(
    jutaku: Run, run: Run, refused: Refused, folder: Path, other: Path
) -> None:
    out, keyed = folder / "a.zip", ("--passphrase-file", folder / "pass.txt")
    assert jutaku("archive", out).code == 0
    new = folder / "新.jutaku"
    before = {path.name for path in folder.iterdir()}
    for arguments, said in (
        (("unarchive", out, folder / "sample.jutaku", *keyed), "既にあります"),
        (("unarchive", folder / "無い.zip", new, *keyed), "見つかりません"),
        (("unarchive", folder, new, *keyed), "フォルダ"),
        (("unarchive", folder / "sample.jutaku", new, *keyed), "アーカイブではありません"),
        (("unarchive", out, new, "--passphrase-file", other), "パスフレーズが違います"),
        (("unarchive", out, folder / "無い" / "新.jutaku", *keyed), "フォルダ「無い」がありません"),
        (("unarchive", out, new, *keyed, "--recovery", folder / "無い" / "a.pdf"), "がありません"),
        (("unarchive", out, new, *keyed, "--recovery", folder / "pass.txt"), "既にあります"),
    ):
        assert said in refused(run(*arguments))
    assert "--passphrase-file" in refused(run("unarchive", out, new))
    assert "拡張子" in refused(jutaku("archive", folder / "sample.jutaku"))
    assert "がありません" in refused(jutaku("archive", folder / "無い" / "a.zip"))
    wrong = ("--ledger", folder / "sample.jutaku", "--passphrase-file", other)
    assert "パスフレーズが違います" in refused(run("archive", folder / "b.zip", *wrong))
    after = {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}
    assert after <= before


def test_another_ledger_is_taken_in_by_answers(
    jutaku: Run, run: Run, refused: Refused, folder: Path, tmp_path: Path
) -> None:
    keyed = ("--passphrase-file", folder / "pass.txt")
    assert jutaku("archive", folder / "全体.zip").code == 0
    assert run("unarchive", folder / "全体.zip", folder / "支店.jutaku", *keyed).code == 0
    branch = ("--ledger", folder / "支店.jutaku", *keyed)
    for name, ledger in (("本社の市", ("--ledger", folder / "sample.jutaku", *keyed)), ("支店の市", branch)):
        file = tmp_path / "client.json"
        entries = [{"name": "両方の市", "addressee": name}, {"name": name, "addressee": f"{name}長"}]
        file.write_text(json.dumps(entries), "utf-8")
        assert run("import", "client", file, *ledger).code == 0
    asked = ("merge", folder / "支店.jutaku", "--other-passphrase-file", folder / "pass.txt")
    before = jutaku("verify", "--json").json["entries"]
    shown = jutaku(*asked, "--dry-run", "--json")
    assert (shown.code, shown.err) == (0, "")
    assert list(shown.json) == ["other", "counts", "rows"]
    assert shown.json["other"]["common"] == before - 3, "two clients, and the record of their import"
    assert shown.json["counts"] == {
        **dict.fromkeys(("changed", "retired", "kept", "skipped"), 0),
        "new": 2,
        "ask": 1,
        "same": shown.json["counts"]["same"],
    }
    (one,) = [row for row in shown.json["rows"] if row["status"] == "ask"]
    assert one["key"] == "両方の市"
    assert one["changes"] == {"addressee": ["本社の市", "支店の市"]}
    assert "client:両方の市" in refused(jutaku(*asked))
    assert "要確認の記録ではない" in refused(jutaku(*asked, "--keep", "client:無い市"))
    assert jutaku("verify", "--json").json["entries"] == before
    told = jutaku(*asked, "--dry-run").out
    assert "両方の市" in told
    assert "本社の市 → 支店の市" in told
    done = jutaku(*asked, "--take", "client:両方の市")
    assert (done.code, done.err) == (0, "")
    assert "3件を1つの変更として統合しました" in done.out
    held = {one["name"]: one["addressee"] for one in jutaku("records", "client", "--json").json}
    assert (held["両方の市"], held["支店の市"], held["本社の市"]) == ("支店の市", "支店の市長", "本社の市長")
    proof = jutaku("verify", "--json").json
    assert (proof["ok"], proof["entries"]) == (True, before + 3)
    assert jutaku("undo").code == 0
    assert "支店の市" not in {one["name"] for one in jutaku("records", "client", "--json").json}
    assert "パスフレーズが違います" in refused(
        jutaku("merge", folder / "支店.jutaku", "--other-passphrase-file", _file(folder, OTHER))
    )
    assert "見つかりません" in refused(jutaku("merge", folder / "無い.jutaku", *asked[2:]))


def _file(folder: Path, text: str) -> Path:
    path = folder / "wrong.txt"
    path.write_text(text, "utf-8")
    return path
