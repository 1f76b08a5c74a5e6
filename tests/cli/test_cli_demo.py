"""The demonstration, made once through the command line and looked at from every side."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.exchange.demo import sample
from app.printing.pages import OpenPdf
from app.records import SPECS
from forms import all_forms

DAY = "2026-11-21"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "見本"
    done = ran(folder, "demo", str(folder), "--on", DAY)
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert done.stderr == b""
    return folder


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    variables = {
        **os.environ,
        "JUTAKU_HOME": str(folder.parent / "home"),
        "PYTHONIOENCODING": "utf-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env=variables,
        capture_output=True,
        timeout=300,
        umask=-1 if os.name == "nt" else 0o022,
        check=False,
    )


def asked(folder: Path, *arguments: str) -> Any:
    key = ["--ledger", str(folder / "demo.jutaku"), "--passphrase-file", str(folder / "passphrase.txt")]
    return json.loads(ran(folder, *arguments, *key, "--json").stdout)


def test_it_is_a_believable_ledger(demo: Path) -> None:
    counts = asked(demo, "records")
    # The first documents are handed in before these begin.
    later = Counter(
        name
        for name, entries in sample("later").items()
        for e in entries
        if {"starts_on", "explained_on"} & {*e}
    )
    imported = {name for name, spec in SPECS.items() if spec.by_hand}
    assert {name: counts[name] for name in imported} == {
        name: len(sample(name)) + later[name] for name in imported
    }
    assert all(counts[name] for name in imported)
    assert asked(demo, "verify")["ok"] is True


def test_a_picture_shows_the_first_page_of_every_form(demo: Path) -> None:
    script = Path(__file__).resolve().parents[2] / "packaging" / "contact_sheet.py"
    done = subprocess.run(
        [sys.executable, str(script), str(demo), "--on", DAY],
        env={**os.environ, "PYTHONPATH": str(script.parents[1]), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said, *without = done.stdout.splitlines()
    assert without == [], "the demonstration has something for every form"
    assert said.endswith(f"{len(all_forms())} forms, 0 without anything to print")
    with Image.open(demo / "様式一覧.png") as picture:
        rows = -(-len(all_forms()) // 8)
        assert picture.size[0] > 8 * 360
        assert picture.size[1] > rows * 509


def test_something_is_overdue_due_done_and_to_be_confirmed(demo: Path) -> None:
    states = Counter(duty["state"] for duty in asked(demo, "duties", "--on", DAY))
    assert all(states[state] for state in ("overdue", "due", "satisfied", "confirm", "not-due"))


def test_submitted_notices_that_no_longer_hold_show(demo: Path) -> None:
    stale = [one for one in asked(demo, "documents", "--on", DAY) if one["stale"]]
    assert {one["form"] for one in stale} >= {"location-notice", "personnel-report"}
    assert {one["contract"] for one in stale} == {"MK-1024", "MD-0058"}


def test_every_form_lies_there_as_pdf_new_and_changed(demo: Path) -> None:
    names = [path.name for path in demo.glob("*.pdf")]
    for title in (
        "責任者・従事者報告書（新規）",
        "責任者・従事者報告書（変更）",
        "作業場所届出書（新規）",
        "作業場所届出書（変更）",
        "誓約書",
        "研修実施報告書",
        "PC・電子媒体管理台帳",
        "情報資産授受・返還記録",
        "廃棄・消去証明書",
        "授受方法取決め書",
        "情報資産授受票",
        "情報資産返還書",
        "情報資産取扱台帳",
        "契約終了時 返還・廃棄照合表（途中）",
        "事故発生報告書（速報）",
        "事故発生報告書（詳報）",
        "回復シート",
    ):
        assert any(title in name for name in names), title
    for path in demo.glob("*.pdf"):
        with OpenPdf(path.read_bytes()) as opened:
            assert opened.page_count >= 1


def test_its_passphrase_belongs_to_its_owner_alone(demo: Path) -> None:
    secret = demo / "passphrase.txt"
    assert len(secret.read_text(encoding="utf-8").strip()) >= 20
    if os.name != "nt":
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="the profile's own access list is inherited there")
def test_everything_it_writes_is_for_its_owner_alone(demo: Path) -> None:
    out, key = demo.parent / "out", demo / "passphrase.txt"
    out.mkdir(mode=0o700)
    new = out / "new.txt"
    new.write_text("あした乗る 青い 自転車", encoding="utf-8")
    new.chmod(0o600)
    opened = ("--ledger", str(demo / "demo.jutaku"), "--passphrase-file", str(key))
    for command in (
        ("backup", str(out / "copies")),
        ("issue", "device-register", "--contract", "MK-1024", "--draft", "--out", str(out / "d.pdf")),
        ("calendar", "--ics", str(out / "c.ics")),
        ("annex", "export", "kimitsu-hoji", "--out", str(out / "a.xlsx")),
        ("annex", "export", "kimitsu-hoji", "--out", str(out / "a.toml")),
    ):
        assert ran(demo, *command, *opened).returncode == 0, command
    made = ("--passphrase-file", str(new), "--recovery", str(out / "s.pdf"))
    assert ran(demo, "new", str(out / "n.jutaku"), *made).returncode == 0
    written = [path for path in demo.parent.rglob("*") if path != demo.parent]
    kinds = {path.suffix for path in written if path.is_file()}
    assert kinds >= {".jutaku", ".json", ".pdf", ".png", ".ics", ".xlsx", ".toml", ".jutaku-key"}
    modes = {path.relative_to(demo.parent): stat.S_IMODE(path.stat().st_mode) for path in written}
    wrong = {path: oct(mode) for path, mode in modes.items() if mode & 0o077}
    assert wrong == {}


def test_without_a_display_its_screens_are_pictures(demo: Path) -> None:
    pictures = list(demo.glob("*.png"))
    assert len(pictures) >= 4
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


def test_an_existing_ledger_is_not_overwritten(demo: Path) -> None:
    before = (demo / "demo.jutaku").read_bytes()
    done = ran(demo, "demo", str(demo))
    assert done.returncode == 1
    assert "既にあります" in done.stderr.decode("utf-8")
    assert done.stderr.count(b"\n") == 1
    assert (demo / "demo.jutaku").read_bytes() == before


def test_what_was_handed_out_is_found_again_by_its_bytes(demo: Path) -> None:
    paper = next(demo.glob("2026-*作業場所届出書（変更）*.pdf"))
    assert asked(demo, "verify", "--pdf", str(paper))["document"] == paper.name.partition(" ")[0]
