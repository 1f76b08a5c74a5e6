"""What a restore leaves in the journal of the restored ledger: where it came from, and what it lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.ledger.access import sealing
from app.ledger.content import skipped
from app.ledger.content.skipped import Skipped
from app.ledger.errors import LedgerError
from app.ledger.file import driver
from app.ledger.file.lock import login_name
from app.ledger.migrations import FORMAT
from app.ledger.proof import identity, journal
from app.ledger.proof.verifying import quick_check
from app.ledger.restoring.candidate import Copied
from app.ledger.restoring.difference import Difference
from app.ledger.secret import keys
from app.records.days import fiscal_year

DEED = "restore"
"""The journal's word for it."""
_UNKNOWN = "復元で失われたかもしれない書類"


@dataclass(frozen=True, slots=True)
class Gap:
    """``difference`` is None where the ledger that was replaced could not be read, or is not there."""

    source: Path
    target: Path
    kept: Path | None
    difference: Difference | None
    problem: str
    copied: Copied


def write(copy: Path, key: bytes, gap: Gap, now: datetime) -> None:
    """Write the gap and the numbers that it took away into the copy. Raises ``LedgerError``."""
    with closing(driver.connect(copy, key)) as connection:
        with driver.transaction(connection):
            known = identity.read(connection)
            if known is None:
                raise RuntimeError("a proven copy without identity")
            at = now.isoformat(timespec="seconds")
            # Opening holds the key files against what the ledger notes: those that will lie beside it count.
            holder = copy if any(keys.read_copies(copy)) else gap.target
            sealing.adopt(connection, holder, known.ledger)
            skipped.skip(connection, _lines(gap, now, at), dict(_last(gap)))
            actor = journal.Actor(known.officer, login_name())
            deed = identity.deed(connection, DEED, "".join(_told(gap)))
            journal.Writer(connection, known.ledger, actor, now).append(deed)
        # What was proven a moment ago need not be again; what a change of format rewrote since has to be.
        found = quick_check(connection, gap.copied.head if gap.copied.format == FORMAT else None)
        if not found.ok:
            raise LedgerError(f"復元した写しが検証に通りません。{found.problems[0].problem}")
        driver.checkpoint(connection)


def _last(gap: Gap) -> tuple[tuple[int, int], ...]:
    return gap.difference.last_numbers if gap.difference else ()


def _lines(gap: Gap, now: datetime, at: str) -> Iterator[Skipped]:
    if gap.difference is None:
        yield Skipped(0, fiscal_year(now.date()), "", _UNKNOWN, "", "", "", 0, at)
        return
    for paper in gap.difference.papers:
        yield replace(paper, restored_at=paper.restored_at or at)


def _told(gap: Gap) -> Iterator[str]:
    made = f"作成 {gap.copied.manifest.made_at}、" if gap.copied.manifest else ""
    head = gap.copied.head
    yield f"バックアップ「{gap.source.name}」（{made}記録{head.sequence}件、先頭値 {head.hash}）から復元。"
    if gap.kept is not None:
        yield f"復元前の台帳は「{gap.kept.name}」に残した。"
    if gap.difference is None:
        yield (
            "復元前の台帳を読めないため、失われた記録の範囲は不明。" if gap.kept else "入れ替えた台帳はない。"
        )
        return
    lost, gained = gap.difference.lost, gap.difference.gained
    if lost:
        yield (
            f"復元前の台帳の記録{lost[0].entry}〜{lost[-1].entry}（先頭値 {gap.difference.present.hash}）は"
            "この台帳にない。"
        )
    else:
        yield "失われた記録はない。"
    if gained:
        yield f"記録{gained[0].entry}〜{gained[-1].entry}は、復元前の台帳になかったもの。"
