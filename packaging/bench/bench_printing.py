"""What printing takes, side by side in one run with ReportLab's Paragraph and LongTable, the baseline, and
with typst, fpdf2 and WeasyPrint.

All set the same words on paper of the same size with the same margins, fonts and sizes, and the same columns.
Each job is done in fresh processes, the presses in turn; processor time, because other work runs on the
machine. ``first``: the first job of a process, with the fonts to load; ``least`` and ``median``: the same job
once more in that process, where it is short enough to be done again. Loading the press itself is not counted.

Ours is shown twice: as it prints, and with its proof-reading, the validation as PDF/A among it; the others
have nothing like it. They are let off what ours does besides: fall-backs for rare characters (they print a
box or nothing), labels spread to one width, seals, codes, foot lines, an outline.
"""

from __future__ import annotations

import argparse
import json
import pickle
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from print_jobs import as_job, binder, many_rows, many_sheets, parts, sample_documents

from app.printing import blocks as b
from app.printing.binding.joining import Part
from app.printing.pages import page_count

_PRESSES = Path(__file__).resolve().parent / "presses"
_PEERS = Path(__file__).resolve().parents[2] / ".venv-peers"
OURS, JOINED, PROVED = "ours", "ours, joined from the archive", " + proof"
BASELINE = "ReportLab"
_BY = {"typst": "typst", "fpdf2": "fpdf2", "WeasyPrint": "weasyprint"}
_MODULES = {"typst": "typst", "fpdf2": "fpdf", "WeasyPrint": "weasyprint"}
_HEADS = ("pages", "first s", "least s", "median s", "÷ ReportLab", "peak MB", "file kB")


@dataclass(frozen=True, slots=True)
class Work:
    """A job: its name, the document, how often in each process, and in how many processes.

    ``joined``: the same pages as finished papers, which ours may join instead of printing them anew.
    """

    name: str
    document: b.Document
    times: int
    rounds: int
    joined: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Taken:
    """What one press took for one job: seconds the first time and again; peak and file in bytes."""

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)
    pages: int = 0
    size: int = 0

    def add(self, seconds: list[float], peak: int | None, made: bytes) -> None:
        """Note one process."""
        self.first.append(seconds[0])
        self.again += seconds[1:]
        self.peak += [] if peak is None else [peak]
        self.pages, self.size = page_count(made), len(made)

    @property
    def median(self) -> float:
        """The seconds of a job that was not the first of its process, where there was one."""
        return statistics.median(self.again or self.first)


@dataclass(frozen=True, slots=True)
class Press:
    """Who prints: its name, the Python it has, and its script."""

    name: str
    python: Path
    script: Path


def works(documents: dict[str, b.Document], *, quick: bool, most: int) -> Iterator[Work]:
    """Every job, the longest last. ``most``: rows of the longest register."""
    part = 10 if quick else 1
    oaths = documents["oath"]
    yield Work("certificate", documents["disposal-certificate"], 2 if quick else 3, 1 if quick else 3)
    yield Work(f"{200 // part} oaths", many_sheets(oaths, oaths.sheets, 200 // part), 2, 1 if quick else 2)
    for rows, times, rounds in ((200, 2, 2), (2000, 1, 2), (20_000, 1, 1)):
        if rows // part <= most:
            document = many_rows(documents["device-register"], rows // part)
            yield Work(_rows(rows // part), document, 1 if quick else times, 1 if quick else rounds)
    pages = 1000 // part
    yield Work(f"binder of {pages:,} pages", binder(documents, pages), 1, 1, parts(documents, pages))


def _rows(count: int) -> str:
    return f"register of {count:,} rows"


def there(python: Path, out: TextIO) -> list[Press]:
    """The presses that can be had; of the others it is said why not."""
    found = [_press(OURS, "us", Path(sys.executable)), _press(BASELINE, "reportlab", Path(sys.executable))]
    for name, module in _MODULES.items():
        try:
            done = _run([python, "-c", f"import {module}"], 120)
        except (OSError, subprocess.TimeoutExpired) as error:
            out.write(f"{name}: not to be had ({error})\n")
            continue
        if done.returncode:
            out.write(f"{name}: not to be had ({done.stderr.strip().splitlines()[-1:]})\n")
        else:
            found.append(_press(name, _BY[name], python))
    return found


def _press(name: str, by: str, python: Path) -> Press:
    return Press(name, python, _PRESSES / f"by_{by}.py")


def _run(command: list[str | Path], limit: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # the measure's own scripts
        list(map(str, command)), capture_output=True, encoding="utf-8", timeout=limit
    )


def measured(
    work: Work, presses: Iterable[Press], folder: Path, limit: float, out: TextIO
) -> dict[str, Taken]:
    """What each took that got done; of the others it is said."""
    job, own, joined = folder / "job.json", folder / "job.pickle", folder / "joined.pickle"
    job.write_text(json.dumps(as_job(work.document)), encoding="utf-8")
    own.write_bytes(pickle.dumps(work.document))
    joined.write_bytes(pickle.dumps(work.joined))
    turns = [(one, one.name, own if one.name == OURS else job) for one in presses]
    if work.joined:
        turns += [(one, JOINED, joined) for one in presses if one.name == OURS]
    taken: dict[str, Taken] = {}
    for number in range(work.rounds):
        for press, name, place in (*turns[number % len(turns) :], *turns[: number % len(turns)]):
            made = folder / f"{work.name} by {name}.pdf"
            try:
                done = _run([press.python, press.script, place, str(work.times), made], limit)
            except subprocess.TimeoutExpired:
                out.write(f"{name}: no {work.name} within {limit:.0f} s\n")
                continue
            if done.returncode:
                out.write(f"{name}: no {work.name} ({done.stderr.strip().splitlines()[-1:]})\n")
                continue
            _note(taken, name, json.loads(done.stdout), made.read_bytes())
    return taken


def _note(taken: dict[str, Taken], name: str, told: dict[str, Any], made: bytes) -> None:
    seconds, held = told["seconds"], told["peak"]
    taken.setdefault(name, Taken()).add(seconds["print"], held, made)
    if "proof" in seconds:
        both = [sum(pair) for pair in zip(seconds["print"], seconds["proof"], strict=True)]
        taken.setdefault(name + PROVED, Taken()).add(both, held, made)


def table(work: Work, taken: dict[str, Taken]) -> Iterator[str]:
    """The lines of one job. ``÷ ReportLab``: how many times as long the baseline took."""
    yield f"\n{work.name:<38}" + "".join(f"{head:>12}" for head in _HEADS)
    base = taken.get(BASELINE)
    for name, one in taken.items():
        least = min(one.again or one.first)
        ratio = f"{base.median / one.median:.2f} x" if base else "-"
        peak = f"{max(one.peak) / 1e6:.0f}" if one.peak else "-"
        yield (
            f"  {name:<36}{one.pages:>12}{statistics.median(one.first):>12.3f}{least:>12.3f}"
            f"{one.median:>12.3f}{ratio:>12}{peak:>12}{one.size / 1000:>12.0f}"
        )


def growth(found: dict[str, dict[str, Taken]]) -> Iterator[str]:
    """How much longer a register of ten times as many rows takes; 10: in step with its rows."""
    steps = [
        (few, many)
        for few, many in ((20, 200), (200, 2000), (2000, 20_000))
        if {_rows(few), _rows(many)} <= found.keys()
    ]
    if not steps:
        return
    heads = (f"{few:,} to {many:,}" for few, many in steps)
    yield f"\n{'growth':<38}" + "".join(f"{head:>18}" for head in heads)
    for name in found[_rows(steps[0][0])]:
        pairs = [(found[_rows(few)].get(name), found[_rows(many)].get(name)) for few, many in steps]
        told = (f"{b.median / a.median:.1f} x" if a and b else "-" for a, b in pairs)
        yield f"  {name:<36}" + "".join(f"{text:>18}" for text in told)


def main(arguments: list[str]) -> int:
    """Measure, print a table for each job, and how the registers grow. Returns the exit code."""
    parser = argparse.ArgumentParser(description="printing against four other presses")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, once")
    parser.add_argument("--rows", type=int, default=20_000, help="of the longest register (default: 20,000)")
    parser.add_argument("--rounds", type=int, default=3, help="at most so many processes for each job")
    parser.add_argument("--without", default="", help="presses to leave out, by name, with commas between")
    parser.add_argument("--limit", type=float, default=900, help="seconds by the clock for one process")
    parser.add_argument("--only", default="", help="jobs whose name holds this")
    parser.add_argument("--keep", type=Path, help="folder for the files made, to be looked at")
    parser.add_argument("--peers", type=Path, default=peers_python(), help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    out = sys.stdout
    presses = [one for one in there(wanted.peers, out) if one.name not in wanted.without.split(",")]
    found: dict[str, dict[str, Taken]] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = wanted.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for work in works(sample_documents(), quick=wanted.quick, most=wanted.rows):
            if wanted.only in work.name:
                work = replace(work, rounds=min(work.rounds, wanted.rounds))
                found[work.name] = measured(work, presses, folder, wanted.limit, out)
                out.writelines(f"{line}\n" for line in table(work, found[work.name]))
                out.flush()
    out.writelines(f"{line}\n" for line in growth(found))
    return 0


def peers_python() -> Path:
    """The Python of the environment that ``dev.py`` makes for the other presses."""
    return _PEERS / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
