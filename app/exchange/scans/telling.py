"""What is said of a scan before it is filed: which papers it holds, and what of it is bound to none."""

from __future__ import annotations

from app.exchange.scans.binding import parts, spans
from app.exchange.scans.filing import Given, kept_already
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.printing.pages import page_count
from app.records import Submission


def described(ledger: Ledger, given: Given) -> list[str]:
    """One line for each paper, then one for whatever is bound to none."""
    intake = given.intake
    again = {one.id for one in kept_already(ledger.facts(), given)}
    found = []
    for bound in intake.bound:
        paper = bound.submission
        where = f"（{spans(bound.pages)}ページ目）" if intake.pages > 1 and bound.pages else ""
        more = (
            parts(bound, _pages_of(ledger, paper)),
            bound.remark,
            "同じファイルを保管済みのため、重ねて保管しません。" if paper.id in again else "",
        )
        found.append("".join((f"・{paper.number}　{paper.title}{where}　", *more)).rstrip("　"))
    found.extend(f"・取り込めません　{sentence}" for sentence in intake.refused)
    if intake.unread:
        kept = "その書類のものとして保管します" if intake.whole else "保管しません"
        found.append(f"・{spans(intake.unread)}ページ目は照合用コードを読み取れません。{kept}。")
    return found


def _pages_of(ledger: Ledger, paper: Submission) -> int:
    """How many pages a paper has; 0 where its archived copy cannot be read, which verification tells."""
    try:
        return page_count(ledger.document_bytes(paper))
    except LedgerError:
        return 0
