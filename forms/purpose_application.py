"""目的外利用等承諾申請書: use beyond the purpose, provision to a third party, or collection, and why."""

from __future__ import annotations

from types import MappingProxyType

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.records import Approval
from app.records.approval import ApprovalKind
from forms.asking.applications import Application, Part, asked
from forms.asking.consenting import can_be_asked
from forms.asking.requested import PERIOD, information, period
from forms.parts.cells import field

_ACTS = MappingProxyType(
    {
        ApprovalKind.OTHER_USE: "契約の目的以外の目的のために情報を利用し",
        ApprovalKind.THIRD_PARTY: "情報を第三者に提供し",
        ApprovalKind.COLLECTION: "業務に必要な情報を取得し",
    }
)


def _provided(case: Case, approval: Approval) -> bool:
    return can_be_asked(case, approval) and approval.kind == ApprovalKind.THIRD_PARTY


def _collected(case: Case, approval: Approval) -> bool:
    return can_be_asked(case, approval) and approval.kind == ApprovalKind.COLLECTION


FORM = Application(
    id="purpose-application",
    title="目的外利用等承諾申請書",
    kinds={
        ApprovalKind.OTHER_USE: "purpose-limit",
        ApprovalKind.THIRD_PARTY: "purpose-limit",
        ApprovalKind.COLLECTION: "collection-limit",
    },
    act=lambda approval: _ACTS[ApprovalKind(approval.kind)],
    parts=(
        Part(
            "申請の内容",
            (
                (field(Approval, "kind", label="区分"),),
                (asked("scope", "対象の情報と範囲"),),
                (asked("purpose", "目的及び理由"),),
                (field(Approval, "destination", label="提供先", needed=_provided),),
                (
                    field(Approval, "source", label="取得先", needed=_collected),
                    field(Approval, "means", label="取得の方法", needed=_collected),
                ),
                (period("期間", wide=True),),
            ),
            listing=information("対象の情報資産"),
        ),
    ),
    proves=(Each("purpose-limit"), Each("collection-limit")),
    needs=PERIOD,
).form
