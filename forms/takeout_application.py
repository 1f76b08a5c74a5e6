"""情報資産持出承諾申請書: what is to be taken out where, until when, and how it is kept safe on the way."""

from __future__ import annotations

from app.duties.papers.claims import Each
from app.records.approval import ApprovalKind
from forms.asking.amounts import HELD
from forms.asking.applications import Application, Part, asked
from forms.asking.requested import (
    DESCRIBED,
    PERIOD,
    PROTECTED,
    PROTECTION,
    SUBJECTS,
    back_by,
    information,
    period,
    persons,
)

FORM = Application(
    id="takeout-application",
    title="情報資産持出承諾申請書",
    kinds={ApprovalKind.TAKE_OUT: "takeout-approval"},
    act=lambda _approval: "情報資産を持ち出し",
    parts=(
        Part(
            "持出しの内容",
            (
                (asked("purpose", "目的"),),
                (asked("destination", "持出し先"),),
                (period("持出しの期間"), back_by("持帰りの期限")),
                (PROTECTION,),
                (asked("carrier", "搬送の方法・搬送者"),),
                (persons("取り扱う者"),),
            ),
            listing=information("持ち出す情報資産"),
        ),
    ),
    proves=(Each("takeout-approval"), Each("encryption", rank=1), Each("transport")),
    needs=(SUBJECTS, DESCRIBED, HELD, *PERIOD, PROTECTED),
).form
