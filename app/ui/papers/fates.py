"""What becomes of an issued document: handed in, accepted, sent back, void, filed with its stamped copy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from app.common import PeopleError
from app.ledger.proof.document_codes import verification_code
from app.records import Attachment, Submission
from app.records.attachment import AttachmentKind
from app.records.submission import How
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked

_SCANS = "PDF・画像 (*.pdf *.png *.jpg *.jpeg)"


def latest(context: Context, submission_id: int) -> Submission:
    """The document as it stands now. Raises ``PeopleError`` if there is none."""
    return context.ledger.get(Submission, submission_id)


def _named(document: Submission) -> str:
    return f"{document.number}　{document.title}"


def _do(context: Context, dialog: AskDialog, work: Callable[[dict[str, Any]], object]) -> bool:
    """Show the dialog and do the work with what was entered; True if it was written."""
    if not context.dialogs.show(dialog):
        return False
    return context.attempt(lambda: work(dialog.values))


def submit(context: Context, submission_id: int) -> bool:
    """Ask when and how a document was handed in, and record it."""
    document = latest(context, submission_id)
    dialog = AskDialog(
        context,
        "提出を記録",
        f"「{_named(document)}」を発注者に提出した日と方法を入力します。",
        (
            asked("submission", "submitted_on"),
            asked("submission", "how"),
            asked("submission", "received_by", need=False),
        ),
        {"submitted_on": context.today(), "how": How.IN_PERSON.value},
        "提出を記録",
    )
    return _do(
        context,
        dialog,
        lambda v: context.ledger.submit(document, v["submitted_on"], v["how"], v["received_by"]),
    )


def accept(context: Context, submission_id: int) -> bool:
    """Ask when the client accepted a document, and record it."""
    document = latest(context, submission_id)
    dialog = AskDialog(
        context,
        "受理を記録",
        f"「{_named(document)}」を発注者が受理した日を入力します。",
        (asked("submission", "accepted_on"),),
        {"accepted_on": context.today()},
        "受理を記録",
    )
    return _do(context, dialog, lambda v: context.ledger.accept(document, v["accepted_on"]))


def send_back(context: Context, submission_id: int) -> bool:
    """Ask when and why the client sent a document back, and record it."""
    document = latest(context, submission_id)
    dialog = AskDialog(
        context,
        "差戻しを記録",
        f"「{_named(document)}」が差し戻された日と理由を入力します。提出したことにはならなくなります。",
        (asked("submission", "sent_back_on"), asked("submission", "sent_back_why")),
        {"sent_back_on": context.today()},
        "差戻しを記録",
        danger=True,
    )
    return _do(
        context,
        dialog,
        lambda v: context.ledger.send_back(document, v["sent_back_on"], v["sent_back_why"]),
    )


def void(context: Context, submission_id: int) -> bool:
    """Ask when and why a document is declared void, and record it. It keeps its number."""
    document = latest(context, submission_id)
    dialog = AskDialog(
        context,
        "書類を無効にする",
        f"「{_named(document)}」を無効にします。番号は欠番にせず、無効の書類として残ります。元に戻せません。",
        (asked("submission", "voided_on"), asked("submission", "voided_why")),
        {"voided_on": context.today()},
        "無効にする",
        danger=True,
    )
    return _do(context, dialog, lambda v: context.ledger.void(document, v["voided_on"], v["voided_why"]))


def ask_reason(context: Context, document: Submission) -> str:
    """Ask why a document is made anew in place of ``document``; empty if the person turned away."""
    dialog = AskDialog(
        context,
        "書類を作り直す",
        f"「{_named(document)}」を無効にし、同じ様式を今の台帳の内容で新しい番号により発行します。",
        (asked("submission", "voided_why"),),
        {},
        "作り直す",
        danger=True,
    )
    return str(dialog.values["voided_why"]) if context.dialogs.show(dialog) else ""


def attach_scan(context: Context, document: Submission) -> bool:
    """Ask for the stamped copy or a receipt and file it with the document."""
    paths = context.dialogs.open_files("受領印のある控えを選ぶ", _SCANS)
    if not paths:
        return False
    path = paths[0]

    def file() -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PeopleError(
                f"「{path.name}」を読めません。ファイルの場所とアクセス権を確かめてください。"
            ) from error
        digest = hashlib.sha256(data).hexdigest()
        made = Attachment(
            record_kind="submission",
            record_id=document.id,
            title=f"{document.number} の控え",
            kind=AttachmentKind.STAMPED.value,
            received_on=context.today(),
            file_name=path.name,
            data=digest,
        )
        context.ledger.add(made, {digest: data})

    return context.attempt(file)


def proof(context: Context, document: Submission) -> tuple[bool, str]:
    """Check the archived document against its code, its hash and the journal; the sentence to show."""
    ledger = context.ledger
    pdf = ledger.document_bytes(document)
    if hashlib.sha256(pdf).hexdigest() != document.pdf:
        return (
            False,
            "保管しているPDFが発行したときのものと違います。設定の「台帳の検証」で確かめてください。",
        )
    if verification_code(ledger.id, document.number, document.statement, document.head) != document.code:
        return False, "照合コードが記載内容と一致しません。設定の「台帳の検証」で確かめてください。"
    if document.head_sequence and not ledger.check_head(document.head_sequence, document.head):
        return False, "発行したときの台帳の先頭値が見つかりません。設定の「台帳の検証」で確かめてください。"
    return True, "照合コード、PDF、記録簿のすべてが発行したときのものと一致しています。"
