"""What the client allowed to be shown to others, under a clause on secrecy that admits it."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.evaluators.ground import ground_of
from app.duties.evaluators.scope import stands
from app.duties.verdict import Lack, Question, open_record
from app.records import Approval
from app.records.approval import ApprovalKind


def disclosed(question: Question) -> Iterator[Lack]:
    """Disclosures that rest on something else than the clause admits, and those not answered yet."""
    if not question.asks.exception:
        return
    view, ground = question.view, ground_of(question.asks)
    rule = "例外なく禁じられています" if ground.absolute else f"{ground.words}による場合に限られます"
    why = f"第三者への開示は、{rule}。"
    for approval in view.held(Approval):
        if approval.kind != ApprovalKind.THIRD_PARTY:
            continue
        reasons = "、".join(fault.words for fault in ground.offended(approval))
        what = f"{approval.number}（{approval.kind}）"
        if stands(approval, view.day) and reasons:
            text = f"{what}は、この条項が認める開示に当たりません（{reasons}）。"
            yield Lack(text, why, "approval", approval.id, step=open_record(approval))
        elif approval.pending(view.day) and not reasons:
            text = f"{what}は、発注者の回答を待っています。"
            yield Lack(text, why, "approval", approval.id, step=open_record(approval), waiting=True)
