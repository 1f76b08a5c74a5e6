"""機器持出承諾申請書: which machines are to leave the place of work, where to, until when, kept safe how."""

from __future__ import annotations

from app.duties.papers.claims import Each
from app.records import Approval
from app.records.approval import ApprovalKind
from forms.asking.applications import Application, Part, asked
from forms.asking.requested import (
    MACHINES,
    NAMED,
    PERIOD,
    PROTECTED,
    PROTECTION,
    SUBJECTS,
    back_by,
    period,
    persons,
)
from forms.parts.cells import field

FORM = Application(
    id="equipment-takeout-application",
    title="機器持出承諾申請書",
    kinds={ApprovalKind.DEVICE_TAKE_OUT: "equipment-takeout"},
    act=lambda _approval: "機器を作業場所から持ち出し",
    parts=(
        Part(
            "持出しの内容",
            (
                (asked("purpose", "目的"),),
                (asked("destination", "持出し先"),),
                (period("持出しの期間"), back_by("返却の期限")),
                (PROTECTION,),
                (field(Approval, "carrier", label="搬送の方法・搬送者"),),
                (persons("取り扱う者"),),
            ),
            listing=MACHINES,
        ),
    ),
    proves=(Each("equipment-takeout"),),
    needs=(SUBJECTS, *NAMED, *PERIOD, PROTECTED),
).form
