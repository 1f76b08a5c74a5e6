"""監査・調査: an audit or inspection by the client, or the vendor's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Flag, Number, Ref, Row, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, Shared, record


class AuditKind(StrEnum):
    AUDIT = "監査"
    ON_SITE = "実地調査"
    INSPECTION = "検査"
    MATERIAL = "資料の提出"
    OWN = "自己監査"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Row):
    """One thing that was found wanting, and the answer to it."""

    number: Annotated[
        int | None, Number(label="指摘の番号", least=1, most=999, hint="空欄なら上からの順番")
    ] = None
    finding: Annotated[str, Text(label="指摘", longest=1000)]
    answer: Annotated[str, Text(label="回答", longest=1000)] = ""
    answered_on: Annotated[date | None, Day(label="回答した日", past=True)] = None


@record(
    "audit",
    "監査・調査",
    key=("number",),
    assigned="AU-{:03}",
    titled=("number", "kind"),
    shared=Shared.ROUND,
    carried=("contract", "kind", "location", "place", "auditor"),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Record):
    """One audit; a refusal is recorded with its reason."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    number: Annotated[
        str, Text(label="監査番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    kind: Annotated[str, Choice(label="種別", of=AuditKind, other=True, listed=True)]
    announced_on: Annotated[date | None, Day(label="通知を受けた日", past=True, listed=True)] = None
    announced_how: Annotated[str, Text(label="通知の方法", hint="文書番号など")] = ""
    accepted: Annotated[bool | None, Flag(label="受入れ", yes="受け入れた", no="断った")] = None
    refused_why: Annotated[
        str,
        Text(
            label="断った理由",
            lines=2,
            longest=1000,
            hint="後で受け入れたときも、消さずに残します",
        ),
    ] = ""
    planned_on: Annotated[date | None, Day(label="実施の予定日")] = None
    held_on: Annotated[date | None, Day(label="実施日", past=True, listed=True)] = None
    location: Annotated[int | None, Ref(label="実施した作業場所", to="location")] = None
    place: Annotated[str, Text(label="実施場所（その他）", searched=True)] = ""
    auditor: Annotated[str, Text(label="実施した者", searched=True)] = ""
    attended: Annotated[str, Text(label="立ち会った者")] = ""
    material: Annotated[str, Text(label="提出した資料", lines=3, longest=1000)] = ""
    findings: Annotated[tuple[Finding, ...], Rows(label="指摘と回答", of=Finding)] = ()

    @property
    def called(self) -> str:
        """How a sentence calls it: by its number or, while it is only planned and has none, by what it is."""
        return self.number or self.spec.label

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "held_on", "announced_on")
        if self.accepted is False and not self.refused_why:
            yield "refused_why", "断ったときは、その理由を入力してください。"
        yield from self._answered_early()
        numbers = [number for number, _row in self.numbered_findings]
        for place, number in enumerate(numbers, 1):
            if numbers.count(number) > 1:
                yield (
                    f"findings.{place}.number",
                    f"指摘の番号{number}が重なっています。それぞれに別の番号を入力してください。",
                )

    def _answered_early(self) -> Iterator[tuple[str, str]]:
        """Nobody answers what has not been found yet."""
        for place, (number, row) in enumerate(self.numbered_findings, 1):
            if self.held_on and row.answered_on and row.answered_on < self.held_on:
                yield (
                    f"findings.{place}.answered_on",
                    f"指摘{number}に回答した日が実施日より前です。日付を確かめてください。",
                )

    @property
    def numbered_findings(self) -> tuple[tuple[int, Finding], ...]:
        """Each finding with the number by which it is called: its own, else its place in the list."""
        return tuple((row.number or place, row) for place, row in enumerate(self.findings, 1))

    def finding(self, number: int) -> Finding | None:
        """The finding that is called by ``number``; None where there is none."""
        return next((row for called, row in self.numbered_findings if called == number), None)
