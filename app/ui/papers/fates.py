"""What becomes of an issued document: handed in, accepted, sent back, void, printed once more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.common import Progress
from app.duties.papers.drift import Drift
from app.ledger.proof.document_codes import verification_code
from app.ledger.proof.heads import Kept
from app.records import Field, Submission
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, Write, asked
from app.ui.papers.differences import SINCE_ISSUED, since_issued
from app.ui.parts.widgets import Notice


def _say_since_issued(context: Context, document: Submission, dialog: AskDialog) -> None:
    """Say in the dialog, above its fields, that the paper no longer agrees with the ledger."""
    notice = Notice()
    dialog.body.insertWidget(0, notice)

    def told(found: Drift) -> None:
        if found.stale:
            notice.say(SINCE_ISSUED, "warn")

    since_issued(context, document, told, dialog)


def latest(context: Context, submission_id: int) -> Submission:
    """The document as it stands now. Raises ``PeopleError`` if there is none."""
    return context.ledger.get(Submission, submission_id)


_OWN_ACTS = ("submitted_on", "voided_on")


@dataclass(frozen=True, slots=True)
class _Fate:
    """What may become of a document: the words of its dialog, and the fields asked for."""

    title: str
    text: str
    """With the document's number and title at ``{}``."""
    fields: tuple[Field, ...]
    yes: str = ""
    danger: bool = False
    compared: bool = False
    """Whether it is said what the ledger no longer holds of the document."""

    def ask(
        self, context: Context, document: Submission, write: Write | None = None
    ) -> dict[str, Any] | None:
        """The values entered, and written by ``write`` where given. None: turned away.

        The officer's own act is of today unless another day is typed. When the client acted, and how a
        document was handed in, nobody but the officer knows.
        """
        named = f"{document.number}　{document.title}"
        given: dict[str, Any] = {f.name: context.today() for f in self.fields if f.name in _OWN_ACTS}
        yes = self.yes or self.title
        dialog = AskDialog(
            context, self.title, self.text.format(named), self.fields, given, yes, danger=self.danger
        )
        dialog.write = write
        if self.compared:
            _say_since_issued(context, document, dialog)
        return dialog.values if context.dialogs.show(dialog) else None


def _own(*names: str) -> tuple[Field, ...]:
    """Fields of a document that are all needed for a fate."""
    return tuple(asked("submission", name) for name in names)


_SUBMITTED = _Fate(
    "提出を記録",
    "「{}」を発注者に提出した日と方法を入力します。",
    (*_own("submitted_on", "how"), asked("submission", "received_by", need=False)),
    compared=True,
)
_ACCEPTED = _Fate("受理を記録", "「{}」を発注者が受理した日を入力します。", _own("accepted_on"))
_SENT_BACK = _Fate(
    "差戻しを記録",
    "「{}」が差し戻された日と理由を入力します。提出したことにはならなくなります。",
    _own("sent_back_on", "sent_back_why"),
    danger=True,
)
_KEPT = "再発行の書類は、書類の画面の「添付」に残っています。不要なものは、理由を付けて取り消せます。"

_VOID = _Fate(
    "書類を無効にする",
    "「{}」を無効にします。番号は欠番にせず、無効の書類として残ります。元に戻せません。",
    _own("voided_on", "voided_why"),
    "無効にする",
    danger=True,
)
_MADE_ANEW = _Fate(
    "書類を作り直す",
    "「{}」を無効にし、同じ様式を今の台帳の内容で新しい番号により発行します。",
    _own("voided_why"),
    "作り直す",
    danger=True,
)


def _record(
    context: Context, submission_id: int, fate: _Fate, write: Callable[[Submission, dict[str, Any]], object]
) -> bool:
    """Ask what became of a document and write it; True if it was written."""
    document = latest(context, submission_id)
    return fate.ask(context, document, lambda values: write(document, values)) is not None


def submit(context: Context, submission_id: int) -> bool:
    """Ask when and how a document was handed in, and record it."""
    ledger = context.ledger
    return _record(
        context,
        submission_id,
        _SUBMITTED,
        lambda document, v: ledger.submit(document, v["submitted_on"], v["how"], v["received_by"]),
    )


def accept(context: Context, submission_id: int) -> bool:
    """Ask when the client accepted a document, and record it."""
    ledger = context.ledger
    return _record(context, submission_id, _ACCEPTED, lambda one, v: ledger.accept(one, v["accepted_on"]))


def send_back(context: Context, submission_id: int) -> bool:
    """Ask when and why the client sent a document back, and record it."""
    ledger = context.ledger
    return _record(
        context,
        submission_id,
        _SENT_BACK,
        lambda one, v: ledger.send_back(one, v["sent_back_on"], v["sent_back_why"]),
    )


def void(context: Context, submission_id: int) -> bool:
    """Ask when and why a document is declared void, and record it. It keeps its number."""
    ledger = context.ledger
    return _record(
        context, submission_id, _VOID, lambda one, v: ledger.void(one, v["voided_on"], v["voided_why"])
    )


def ask_reason(context: Context, document: Submission) -> str:
    """Ask why a document is made anew in place of ``document``; empty if the person turned away."""
    values = _MADE_ANEW.ask(context, document)
    return str(values["voided_why"]) if values else ""


def second_copy(context: Context, document: Submission, done: Callable[[bytes], None]) -> None:
    """Ask why a paper is printed once more, and hand over the file marked 再発行, which is kept with it."""
    asks = "再発行の理由（発注者が紛失した、控えを求められた、など）。番号と内容は元のままです。"
    why = context.dialogs.ask_text("再発行", asks, yes="再発行する")
    if why is None:
        return

    def work(_progress: Progress) -> bytes:
        from app.exchange.documents.copying import second_copy as make

        return make(context.ledger, document, context.today(), why)[1]

    def made(pdf: bytes) -> None:
        if job.late:
            context.dialogs.tell(job.late, _KEPT)
        else:
            done(pdf)

    job = context.operations.run(work, made, title="再発行の書類を作っています")


def proof(context: Context, document: Submission) -> tuple[bool, str]:
    """Check the archived document against its code, its hash and the journal; the sentence to show."""
    ledger = context.ledger
    pdf = ledger.document_bytes(document)
    if hashlib.sha256(pdf).hexdigest() != document.pdf:
        return (
            False,
            "保管しているPDFが発行したときのものと違います。設定の「台帳の検証」で確かめてください。",
        )
    if document.filled and hashlib.sha256(ledger.blob(document.filled)).hexdigest() != document.filled:
        return (
            False,
            "保管している提出ファイルが発行したときのものと違います。設定の「台帳の検証」で確かめてください。",
        )
    if verification_code(ledger.id, document.number, document.statement, document.head) != document.code:
        return False, "照合コードが記載内容と一致しません。設定の「台帳の検証」で確かめてください。"
    if not ledger.hold(Kept(document.head_sequence, document.head)).holds:
        return False, "発行したときの台帳の先頭値が見つかりません。設定の「台帳の検証」で確かめてください。"
    return True, "照合コード、PDF、記録簿のすべてが発行したときのものと一致しています。"
