"""What the client is asked to allow, and in which words: a duty, an approval and an application for each."""

from __future__ import annotations

from typing import NamedTuple

from app.records import Field
from app.records.approval import ApprovalKind
from app.records.kinds import Ref, Text

WITHOUT = "承諾を得ない理由："
"""Before the reason for which something was done without the client's word, in the record itself."""

APPROVAL = Field(
    "approval",
    Ref(label="承諾", to="approval", hint="空欄は、対象と期間の合う承諾を探します"),
    required=False,
    default=None,
)


class Permit(NamedTuple):
    """What is asked of the client: the kind of duty, that of the approval, the form of the application.

    ``act``: what it is called (持出し). ``does``, ``avoids``, ``did``: in a sentence before ないでください,
    ずに済む and ときは.
    """

    duty: str
    approval: ApprovalKind
    form: str
    act: str
    does: str
    avoids: str
    did: str


ASSET_OUT = Permit(
    "takeout-approval",
    ApprovalKind.TAKE_OUT,
    "takeout-application",
    "持出し",
    "持ち出さ",
    "持ち出さ",
    "持ち出した",
)
DEVICE_OUT = ASSET_OUT._replace(
    duty="equipment-takeout",
    approval=ApprovalKind.DEVICE_TAKE_OUT,
    form="equipment-takeout-application",
)
DEVICE_IN = Permit(
    "bringin-approval",
    ApprovalKind.BRING_IN,
    "bringin-application",
    "持込み",
    "持ち込ま",
    "持ち込ま",
    "持ち込んだ",
)
COPY = Permit(
    "copy-approval",
    ApprovalKind.COPY,
    "copy-application",
    "複写・複製",
    "複写し",
    "複写せ",
    "複写した",
)
DELEGATION = Permit(
    "subcontract-approval",
    ApprovalKind.SUBCONTRACT,
    "subcontract-application",
    "再委託",
    "再委託し",
    "再委託せ",
    "再委託した",
)


def without(permit: Permit) -> Field:
    """Why it was done though the client allowed nothing."""
    return Field(
        "without",
        Text(
            label=f"承諾を得ないで{permit.did}理由",
            longest=300,
            hint="記録に残り、義務は要対応のままです",
        ),
        required=False,
        default="",
    )
