"""Who is measured beside our printing is given the words of our papers, and what it took is told fairly."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from app.printing import blocks as b
from app.printing.pages import OpenPdf
from app.printing.type.words import all_texts, spoken

BENCH = Path(__file__).resolve().parents[2] / "packaging" / "bench"
REGISTER = b.Document(
    "台帳",
    (
        b.Sheet(
            (
                b.Title("管理台帳"),
                b.KeepTogether((b.Text("次のとおり。", "justify"),)),
                b.Table(
                    (b.Column("管理番号", 1, lower="製造番号"), b.Column("機種", 2)),
                    ((("PC-001", "S-1"), "ノート 型"), (("PC-002", "S-2"), "据置 型")),
                ),
            ),
            "台帳",
            landscape=True,
        ),
        b.Sheet((b.Text("別紙"),), "別紙"),
    ),
)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("print_jobs")


@pytest.fixture
def bench(jobs: ModuleType) -> ModuleType:
    return importlib.import_module("bench_printing")


def test_the_baseline_sets_the_words_it_is_given_and_tells_what_it_took(
    jobs: ModuleType, tmp_path: Path
) -> None:
    job, made = tmp_path / "job.json", tmp_path / "made.pdf"
    job.write_text(json.dumps(jobs.as_job(REGISTER)), encoding="utf-8")
    script = BENCH / "presses" / "by_reportlab.py"
    done = subprocess.run(  # the measure's own script
        [sys.executable, str(script), str(job), "2", str(made)], capture_output=True, check=True, timeout=120
    )
    told = json.loads(done.stdout)
    assert len(told["seconds"]["print"]) == 2
    assert (told["peak"] is None) == (sys.platform != "linux")
    with OpenPdf(made.read_bytes()) as opened:
        read = "".join(spoken(opened.text(page)) for page in range(opened.page_count))
        assert [opened.size(page)[0] > opened.size(page)[1] for page in (0, 1)] == [True, False]
    assert all(spoken(text) in read for sheet in REGISTER.sheets for text in all_texts(sheet.blocks))


def test_no_two_rows_of_a_long_register_are_alike(jobs: ModuleType) -> None:
    longer = jobs.many_rows(REGISTER, 300)
    rows = longer.sheets[0].blocks[2].rows
    assert rows[0] == (("PC-00001", "S-00001"), "ノート 型")
    assert rows[299] == (("PC-00300", "S-00300"), "据置 型")
    assert len(set(rows)) == 300


def test_the_table_sets_the_baseline_against_each_and_our_proof_with_us(bench: ModuleType) -> None:
    work = bench.Work("job", REGISTER, 2, 1)
    ours, base = bench.Taken([9.0], [2.0], [50_000_000], 1, 1000), bench.Taken([9.0], [4.0], [], 1, 1000)
    with_proof = bench.Taken([9.0], [8.0], [50_000_000], 1, 1000)
    _, *lines = bench.table(work, {"ours": ours, "ours + proof": with_proof, bench.BASELINE: base})
    assert [line.split(" x")[0].split()[-1] for line in lines] == ["2.00", "0.50", "1.00"]
    assert [line.split()[-2] for line in lines] == ["50", "50", "-"]


def test_growth_is_told_for_ten_times_the_rows(bench: ModuleType) -> None:
    found = {
        f"register of {rows} rows": {"ours": bench.Taken([seconds])}
        for rows, seconds in (("200", 0.5), ("2,000", 2.0), ("20,000", 24.0))
    }
    head, line = bench.growth(found)
    assert head.split("  ")[-1].strip() == "2,000 to 20,000"
    assert line.split() == ["ours", "4.0", "x", "12.0", "x"]


def test_what_cannot_be_had_is_said(
    bench: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    presses = bench.there(tmp_path / "no-python", sys.stdout)
    assert [press.name for press in presses] == ["ours", "ReportLab"]
    told = capsys.readouterr().out
    assert all(f"{name}: not to be had" in told for name in ("typst", "fpdf2", "WeasyPrint"))
