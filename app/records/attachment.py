"""添付: a file that proves or explains a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol

from app.records.kinds import Choice, Day, File, Number, Ref, Text
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


class Pictured(Protocol):
    """A line of a record that pictures are of."""

    @property
    def asset(self) -> int | None: ...

    @property
    def device(self) -> int | None: ...


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
    data: Annotated[str, File(label="ファイル", fixed=True)]
    asset: Annotated[
        int | None, Ref(label="写っている情報資産", to="asset", later=True, hint="廃棄・消去の写真の明細")
    ] = None
    device: Annotated[
        int | None, Ref(label="写っているPC・媒体", to="device", later=True, hint="廃棄・消去の写真の明細")
    ] = None

    def changed_from(self, before: Record) -> Iterator[tuple[str, str]]:
        """The file is evidence: another one is another attachment, so that both and their days are seen."""
        if isinstance(before, Attachment) and self.data != before.data:
            yield (
                "data",
                "添付したファイルは差し替えられません。"
                "この添付を取り消し、新しいファイルを添付してください。",
            )

    def shows(self, row: Pictured) -> bool:
        """Whether the picture is of what ``row`` is about; one of nothing in particular is of all."""
        whole = self.asset is None and self.device is None
        return whole or (self.asset, self.device) == (row.asset, row.device)
