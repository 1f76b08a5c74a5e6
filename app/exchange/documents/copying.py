"""再発行: a paper that was lost, or asked for twice, printed once more as it was, with its number and code.

Nothing is stated anew: the archived file gets a mark on every page, and is kept with the document. What
changed since is told by a new document (変更, 再提出, 差替え), never by a second copy.
"""

from __future__ import annotations

import hashlib
from datetime import date

from app.common import PeopleError
from app.exchange.documents.issuing import archived
from app.ledger.door import Ledger
from app.records import Attachment, Submission
from app.records.attachment import AttachmentKind
from app.records.days import wareki


def refusal(submission: Submission) -> str:
    """Why no second copy of a document is made, in one sentence; empty where one may be."""
    named = f"書類「{submission.number}」"
    if submission.filled:
        # What the archive would mark is the record of the paper, and not the paper.
        return (
            f"{named}は発注者の様式に記入した書類のため、再発行の表示を付けられません。"
            "発行したときのファイルを保存し直して提出してください。"
        )
    if submission.voided_on is not None:
        return f"{named}は無効にした書類のため、再発行できません。"
    if submission.submitted_on is None:
        return f"{named}はまだ提出していないため、再発行は要りません。控えをそのまま印刷してください。"
    if submission.sent_back_on is not None:
        return f"{named}は差し戻されています。再発行ではなく、作り直して提出してください。"
    return ""


def second_copy(ledger: Ledger, submission: Submission, on: date, why: str) -> tuple[Attachment, bytes]:
    """Print the document once more, marked 再発行 of the day ``on``, and keep the file with it.

    The file that was kept and its record are returned. Raises ``PeopleError`` where none may be made, for a
    day before it was handed in, and without a reason; then nothing is written.
    """
    if said := refusal(submission):
        raise PeopleError(said)
    if submission.submitted_on is not None and on < submission.submitted_on:
        raise PeopleError("再発行の日は提出日以後の日にしてください。")
    if not why.strip():
        raise PeopleError(f"書類「{submission.number}」を再発行する理由を入力してください。")
    from app.printing.copies.marking import marked_copy

    copy = marked_copy(archived(ledger, submission), f"再発行　{wareki(on)}", on)
    digest = hashlib.sha256(copy).hexdigest()
    made = Attachment(
        record_kind=Submission.spec.name,
        record_id=submission.id,
        title=f"{submission.number} の再発行（{wareki(on)}）：{why.strip()}",
        kind=AttachmentKind.REISSUED.value,
        file_name=f"{submission.number}_再発行.pdf",
        data=digest,
    )
    return ledger.add(made, {digest: copy}, reason=why.strip()), copy
