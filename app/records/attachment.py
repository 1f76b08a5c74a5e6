"""添付: a file that proves or explains a record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, File, Number, Text
from app.records.spec import Made, Record, Section, record


class AttachmentKind(StrEnum):
    SIGNED = "署名済書類"
    STAMPED = "受領印のある控え"
    RECEIPT = "受領書"
    PLAN = "図面"
    PHOTO = "写真"
    MATERIAL = "教材"
    CONSENT = "承諾書"
    REISSUED = "再発行"


@record("attachment", "添付", titled=("title",), made=Made.WITH_OWNER, section=Section.DOCUMENTS)
@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """A file kept with another record."""

    record_kind: Annotated[str, Text(label="添付先の種類", fixed=True, unseen=True, longest=40)]
    record_id: Annotated[int, Number(label="添付先", fixed=True, unseen=True, least=1)]
    title: Annotated[str, Text(label="名称", listed=True, searched=True)]
    kind: Annotated[str, Choice(label="種別", of=AttachmentKind, other=True, listed=True)]
    received_on: Annotated[date | None, Day(label="受領日", past=True, listed=True)] = None
    file_name: Annotated[str, Text(label="ファイル名", fixed=True, listed=True)]
    data: Annotated[str, File(label="ファイル")]
