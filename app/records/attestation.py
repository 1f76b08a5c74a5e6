"""遵守確認: what only a person can say, said by a person on a day, for one clause of one contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Annex, Day, Flag, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


@record(
    "attestation",
    "遵守確認",
    titled=("contract", "clause"),
    shared=Shared.ROUND,
    carried=("contract", "annex", "confirmed_by"),
    section=Section.CHECKS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation(Record):
    """A confirmation that a clause is kept; it is worth nothing after its last day.

    ``kept`` has no default: a result that nobody chose proves nothing.
    """

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    annex: Annotated[str, Annex(label="特記事項", listed=True)]
    clause: Annotated[str, Text(label="条項", listed=True, hint="例 第2条")]
    confirmed_on: Annotated[date, Day(label="確認した日", past=True, listed=True)]
    confirmed_by: Annotated[int | None, Ref(label="確認した者", to="person", listed=True)] = None
    kept: Annotated[bool | None, Flag(label="結果", yes="守られている", no="守られていない", listed=True)] = (
        None
    )
    how: Annotated[str, Text(label="確認の方法", lines=2, longest=1000, searched=True)] = ""
    valid_until: Annotated[
        date | None, Day(label="有効期限", hint="空欄なら条項の定める期間、定めがなければ1年", listed=True)
    ] = None
    remark: Annotated[str, Text(label="所見", lines=2, longest=1000)] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "valid_until", "confirmed_on")
        if self.kept is None:
            yield "kept", "守られているかどうか、確かめた結果を選んでください。"
        if self.kept is False and not self.remark:
            yield "remark", "守られていないときは、その内容を所見に入力してください。"
