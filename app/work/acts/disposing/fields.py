"""What the officer is asked of a disposal."""

from __future__ import annotations

from dataclasses import replace

from app.records import Disposal, Field
from app.records.disposal import LineResult, Outcome
from app.records.kinds import Choice, Day, Quantity, Ref, Text
from app.work.acts.rounds.listed import Listed


def _of(name: str, *, required: bool = False, hint: str | None = None) -> Field:
    """A field of the record, as the record calls it; ``hint``: in the words of the act, and short."""
    held = Disposal.spec.field(name)
    kind = held.kind if hint is None else replace(held.kind, hint=hint)
    return Field(name, kind, required, held.default)


ON = Field(
    "on",
    Day(label="廃棄・消去の年月日", back=2, hint="先の日は、予定として登録します"),
    required=True,
    default=None,
)
METHOD = _of("method", required=True)
RESPONSIBLE = _of("responsible", required=True)
RESULT = Field("result", Choice(label="結果", of=LineResult), required=False, default="")
FAILED = Field(
    "failed",
    Listed(label="うち不良のもの", hint="廃棄・消去しきれなかったもの"),
    required=False,
    default=(),
)
FOLLOWED = Field(
    "followed",
    Text(label="不良後の措置", hint="やり直しの予定、それまでの保管など"),
    required=False,
    default="",
)
OUTCOME = _of("outcome", hint="「合格」のほかは終わったことになりません")
UNPASSED = Field("unpassed", Listed(label="うち確認の判定が異なるもの"), required=False, default=())
UNPASSED_AS = Field("unpassed_as", Choice(label="その確認の判定", of=Outcome), required=False, default="")
APPROVAL = _of("approval")
UNAPPROVED = _of("unapproved")
WITNESS = _of("witness", hint="発注者の職員の所属・氏名")
WITNESS_ASKED = _of("witness_asked")
PURPOSE = Field(
    "purpose",
    Text(label="廃棄・消去の理由", longest=300, hint="承認の申請書に印字されます"),
    required=False,
    default="",
)
METHOD_REASON = _of("method_reason", hint="媒体や指示と異なる方法のとき")
ITEM = Field(
    "item",
    Text(label="記録されていた情報", hint="情報項目の名称だけ。なければ「なし」"),
    required=False,
    default="",
)
DEVICE = Field(
    "device",
    Ref(label="電子データが入っているPC・媒体", to="device"),
    required=False,
    default=None,
)
QUANTITY = Field(
    "quantity",
    Quantity(label="数量", hint="一部だけのとき。空欄は、手元にあるすべて"),
    required=False,
    default=None,
)
CONTRACT = Field(
    "contract",
    Ref(label="契約", to="contract", hint="PC・媒体が複数の契約で使われたとき"),
    required=False,
    default=None,
)
VERIFICATION = _of("verification")
VERIFICATION_RESULT = _of("verification_result")
TOOL = _of("tool")
TOOL_VERSION = _of("tool_version")
LEVEL = _of("level")
STANDARD = _of("standard", hint="例 NIST SP 800-88")
EDITION = _of("standard_edition")
DONE_BY = _of("done_by")
CONFIRMED_BY = _of("confirmed_by")
PLACE = _of("place")
CONTRACTOR = _of("contractor")
PERMIT = _of("permit")
MANIFEST = _of("manifest")
WHO = (DONE_BY, CONFIRMED_BY, PLACE, CONTRACTOR, PERMIT, MANIFEST)
HOW = (TOOL, TOOL_VERSION, VERIFICATION, VERIFICATION_RESULT, LEVEL, STANDARD, EDITION)
"""How media are erased; of paper only what it was done with."""
TAKEN = tuple(one.name for one in (UNAPPROVED, WITNESS, WITNESS_ASKED, METHOD_REASON, *WHO, *HOW))
"""Answers that the record holds as they are."""
