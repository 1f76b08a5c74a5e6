"""改善: one thing to be put right, who does it, by when, and whether it worked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Number, Ref, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class Source(StrEnum):
    AUDIT = "監査・調査"
    INCIDENT = "事故"
    OWN_CHECK = "自己点検"
    CLIENT = "発注者の求め"


@record(
    "improvement",
    "改善",
    key=("number",),
    assigned="IM-{:03}",
    late=True,
    titled=("finding",),
    carried=("contract", "source", "audit", "incident", "own_check", "instruction", "owner"),
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Record):
    """One finding and what was done about it."""

    number: Annotated[
        str, Text(label="改善番号", longest=40, listed=True, searched=True, hint="空欄なら自動で付きます")
    ] = ""
    contract: Annotated[int | None, Ref(label="契約", to="contract", listed=True)] = None
    source: Annotated[str, Choice(label="きっかけ", of=Source, other=True, listed=True)]
    audit: Annotated[int | None, Ref(label="監査・調査", to="audit")] = None
    finding_number: Annotated[
        int | None,
        Number(
            label="監査・調査の指摘の番号",
            least=1,
            most=999,
            hint="どの指摘についての改善か。指摘に番号がなければ上からの順番",
        ),
    ] = None
    incident: Annotated[int | None, Ref(label="事故", to="incident")] = None
    own_check: Annotated[int | None, Ref(label="点検", to="check")] = None
    instruction: Annotated[int | None, Ref(label="発注者の求め", to="instruction")] = None
    found_on: Annotated[date, Day(label="指摘を受けた日", past=True, listed=True)]
    finding: Annotated[str, Text(label="改善を要する事項", lines=3, longest=2000, listed=True, searched=True)]
    reason: Annotated[str, Text(label="原因", lines=2, longest=1000)] = ""
    discussed_on: Annotated[date | None, Day(label="発注者と協議した日", past=True)] = None
    action: Annotated[str, Text(label="改善の措置", lines=3, longest=2000, searched=True)] = ""
    owner: Annotated[int | None, Ref(label="担当者", to="person", listed=True)] = None
    due_on: Annotated[date | None, Day(label="期日", listed=True)] = None
    done_on: Annotated[date | None, Day(label="実施日", past=True, listed=True)] = None
    effect: Annotated[str, Text(label="効果の確認", lines=2, longest=1000)] = ""
    effect_by: Annotated[int | None, Ref(label="効果を確認した者", to="person")] = None
    effect_on: Annotated[date | None, Day(label="効果を確認した日", past=True)] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "due_on", "found_on")
        yield from not_before(self, "done_on", "found_on")
        yield from not_before(self, "effect_on", "done_on")
        if self.finding_number is not None and self.audit is None:
            yield "finding_number", "指摘の番号は、監査・調査を選んだ改善だけに入力できます。"
