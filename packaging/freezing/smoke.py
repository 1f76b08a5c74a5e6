"""What a frozen program must do before it is shipped.

That it starts proves nothing: most of it is imported late. Each of these steps reaches a module, a data
file or a library that a freezer left out once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

CONTRACT, FORM, ANNEX = "MK-1024", "disposal-certificate", "kimitsu-hoji"


@dataclass(frozen=True)
class Step:
    """One run of the command line, and what it must come to."""

    does: str
    arguments: tuple[str, ...]
    says: str = ""
    """Words that must stand in the output."""
    code: int = 0


def steps(folder: PurePath) -> Sequence[Step]:
    """The steps, in order, with all their files in ``folder``; the first makes it.

    ``folder`` is written as the machine on which the program runs writes paths.
    """
    ledger = str(folder / "demo.jutaku")
    opened = ("--ledger", ledger, "--passphrase-file", str(folder / "passphrase.txt"))
    sheet, copies = str(folder / "特記.xlsx"), folder / "控え"
    register = str(folder / "機器 一覧.xlsx")

    def step(does: str, *arguments: str, says: str = "", code: int = 0) -> Step:
        return Step(does, (*opened, *arguments), says, code)

    return (
        Step("demo: ledger, papers, fonts, pictures", ("demo", str(folder)), "passphrase.txt"),
        step("verify the journal and the archived PDFs", "verify"),
        step("cross-checks", "checks"),
        step("duties", "duties", "--json", says='"state"'),
        step("balance", "balance"),
        step("drift", "drift"),
        step("documents", "documents", says=CONTRACT),
        step("search", "search", "髙橋", "--json", says="髙橋"),
        step("annexes", "annexes", "--json", says=ANNEX),
        step("calendar file", "calendar", "--ics", str(folder / "期限.ics")),
        step(
            "issue a certificate",
            "issue",
            FORM,
            "--contract",
            CONTRACT,
            "--out",
            str(folder / "廃棄証明書 髙橋.pdf"),
        ),
        step("write a workbook", "annex", "export", ANNEX, "--out", sheet),
        step("read a workbook", "annex", "check", sheet, "--json", says='"line": 4', code=1),
        step("records out to Excel", "export", "device", register),
        step(
            "records back from Excel, read by a process of its own",
            *("import", "device", register, "--dry-run", "--json"),
            says='"status": "same"',
        ),
        step("backup", "backup", str(copies)),
        step("list the backups", "backups", "--dir", str(copies), "--json", says='"verified": true'),
    )


def faults(folder: PurePath, run: Callable[[Sequence[str]], tuple[int, str]]) -> list[str]:
    """What went wrong, a line for each step that did not come to what it must; empty when all is well.

    ``run``: runs the frozen command line with these arguments and gives its exit code and output.
    """
    found = []
    for step in steps(folder):
        code, text = run(step.arguments)
        if code != step.code:
            found.append(f"{step.does}: exit code {code} instead of {step.code}:\n{text}")
        elif step.says not in text:
            found.append(f"{step.does}: {step.says} is missing from what it says:\n{text}")
        if found and step.arguments[0] == "demo":
            break
    return found
