"""機器持込承諾申請書: which machines are to be brought into the client's premises, by whom, kept safe how."""

from __future__ import annotations

from app.duties.papers.claims import Each
from app.records import Approval
from app.records.approval import ApprovalKind
from forms.asking.applications import Application, Part, asked
from forms.asking.consenting import can_be_asked
from forms.asking.requested import (
    MACHINES,
    NAMED,
    PERIOD,
    PLACED,
    PREMISES,
    PROTECTED,
    PROTECTION,
    SUBJECTS,
    back_by,
    period,
    persons,
)
from forms.parts.needs import need

FORM = Application(
    id="bringin-application",
    title="機器持込承諾申請書",
    kinds={ApprovalKind.BRING_IN: "bringin-approval"},
    act=lambda _approval: "発注者の施設に機器を持ち込み",
    parts=(
        Part(
            "持込みの内容",
            (
                (asked("purpose", "目的"),),
                (PREMISES,),
                (period("持込みの期間"), back_by("持帰りの期限")),
                (persons("取り扱う者"),),
                (PROTECTION,),
            ),
            listing=MACHINES,
        ),
    ),
    proves=(Each("bringin-approval"),),
    needs=(SUBJECTS, *NAMED, *PERIOD, need(Approval, "persons", can_be_asked), PLACED, PROTECTED),
).form
