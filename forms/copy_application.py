"""複写・複製承諾申請書: which information is to be copied why, how often, and what becomes of the copies."""

from __future__ import annotations

from app.duties.papers.claims import Each
from app.records.approval import ApprovalKind
from forms.asking.amounts import HELD
from forms.asking.applications import Application, Part, asked
from forms.asking.requested import DESCRIBED, SUBJECTS, information, period, persons

FORM = Application(
    id="copy-application",
    title="複写・複製承諾申請書",
    kinds={ApprovalKind.COPY: "copy-approval"},
    act=lambda _approval: "情報を複写し、又は複製し",
    parts=(
        Part(
            "複写・複製の内容",
            (
                (asked("purpose", "目的"),),
                (asked("copies", "部数"), period("複写・複製の期間")),
                (persons("取り扱う者"),),
                (asked("storage", "複写物の保管の方法"),),
                (asked("copies_disposal", "複写物の廃棄の方法"),),
            ),
            listing=information("複写・複製する情報"),
        ),
    ),
    proves=(Each("copy-approval"),),
    needs=(SUBJECTS, DESCRIBED, HELD),
).form
