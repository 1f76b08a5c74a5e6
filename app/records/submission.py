"""提出書類: a document as it was issued, frozen, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, File, Number, Ref, Text
from app.records.order import not_before
from app.records.spec import Made, Record, Section, record


class How(StrEnum):
    IN_PERSON = "持参"
    BY_MAIL = "郵送"
    ELECTRONIC = "電子"


@record(
    "submission",
    "提出書類",
    key=("number",),
    titled=("number", "title"),
    made=Made.BY_ISSUING,
    section=Section.DOCUMENTS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Record):
    """A document as it was issued, archived and handed in."""

    number: Annotated[str, Text(label="文書番号", fixed=True, listed=True, searched=True)]
    form: Annotated[str, Text(label="様式", fixed=True)]
    title: Annotated[str, Text(label="書類名", fixed=True, listed=True, searched=True)]
    contract: Annotated[int, Ref(label="契約", fixed=True, to="contract", listed=True)]
    issued_on: Annotated[date, Day(label="発行日", past=True, fixed=True, listed=True)]
    period_from: Annotated[
        date | None, Day(label="対象期間の始期", fixed=True, hint="期間についての書類の場合")
    ] = None
    period_to: Annotated[date | None, Day(label="対象期間の終期", fixed=True)] = None
    submitted_on: Annotated[date | None, Day(label="提出日", past=True, listed=True)] = None
    how: Annotated[str, Choice(label="提出方法", of=How, other=True, listed=True)] = ""
    received_by: Annotated[str, Text(label="受領者", searched=True)] = ""
    accepted_on: Annotated[date | None, Day(label="受理日", past=True)] = None
    sent_back_on: Annotated[date | None, Day(label="差戻し日", past=True)] = None
    sent_back_why: Annotated[str, Text(label="差戻しの理由")] = ""
    voided_on: Annotated[date | None, Day(label="無効にした日", past=True, listed=True)] = None
    voided_why: Annotated[str, Text(label="無効の理由")] = ""
    replaced_by: Annotated[int | None, Ref(label="差替え後の書類", to="submission")] = None
    pdf: Annotated[str, File(label="PDF", fixed=True)]
    filled: Annotated[str, File(label="記入した発注者の様式", fixed=True)] = ""
    statement: Annotated[
        str, Text(label="印字した内容", fixed=True, unseen=True, longest=20_000_000, lines=9)
    ]
    code: Annotated[str, Text(label="照合コード", fixed=True, longest=20, searched=True)]
    head: Annotated[str, Text(label="台帳の先頭値", fixed=True, unseen=True, longest=64)]
    head_sequence: Annotated[int, Number(label="台帳の記録番号", fixed=True, unseen=True)]

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "period_to", "period_from")
        yield from not_before(self, "submitted_on", "issued_on")
        yield from not_before(self, "accepted_on", "submitted_on")
        yield from not_before(self, "sent_back_on", "submitted_on")
        yield from not_before(self, "sent_back_on", "accepted_on")
        yield from not_before(self, "voided_on", "issued_on")
        yield from not_before(self, "voided_on", "submitted_on")
        if self.submitted_on and not self.how:
            yield "how", "提出日を入力したときは提出方法も入力してください。"
        if self.voided_on and not self.voided_why:
            yield "voided_why", "無効にする理由を入力してください。"
        if self.sent_back_on and not self.sent_back_why:
            yield "sent_back_why", "差戻しの理由を入力してください。"

    @property
    def stands(self) -> bool:
        """Whether it was submitted and neither voided nor sent back: only then it discharges a duty."""
        return self.submitted_on is not None and self.voided_on is None and self.sent_back_on is None
