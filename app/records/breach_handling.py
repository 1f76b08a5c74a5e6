"""遅延・違反の処理: what became of one breach that is over, and what the client said to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Annex, Choice, Day, Flag, Number, Ref, Text
from app.records.order import not_before
from app.records.spec import Made, Record, Section, record


class Handled(StrEnum):
    """How it was handled. ``APPROVED`` and ``WAIVED`` are the client's word, given after the event."""

    REPORTED = "発注者へ報告した"
    APPROVED = "発注者の事後の承諾を得た"
    WAIVED = "発注者が不問とした"
    NEEDLESS = "発注者への報告を要しない"


@record(
    "breach_handling",
    "遅延・違反の処理",
    titled=("clause", "handled"),
    made=Made.FROM_STEP,
    section=Section.CLIENT,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BreachHandling(Record):
    """What was done about one breach of one clause: the very record it is about, and no other.

    ``since`` tells two breaches of one record apart: the day that was due, or the first day on which it was
    not as the clause asks; empty where the ledger does not say. Ids mean nothing in another ledger, so it
    is made here and never brought in.
    """

    contract: Annotated[int, Ref(label="契約", fixed=True, to="contract", listed=True)]
    annex: Annotated[str, Annex(label="特記事項", fixed=True, listed=True)]
    clause: Annotated[str, Text(label="条項", fixed=True, listed=True)]
    record_kind: Annotated[str, Text(label="対象の記録の種類", fixed=True, unseen=True, longest=40)]
    record_id: Annotated[int, Number(label="対象の記録", fixed=True, unseen=True, least=1)]
    since: Annotated[date | None, Day(label="期限だった日・違反の始まりの日", fixed=True, listed=True)] = None
    what: Annotated[str, Text(label="遅延・違反の内容", lines=3, longest=2000, listed=True, searched=True)]
    handled: Annotated[str, Choice(label="処理", of=Handled, listed=True)]
    handled_on: Annotated[
        date, Day(label="処理した日", past=True, hint="発注者に伝えた日、又は承諾などを得た日", listed=True)
    ]
    told_by: Annotated[int | None, Ref(label="発注者に伝えた者", to="person", group="発注者とのやり取り")] = (
        None
    )
    client_person: Annotated[str, Text(label="発注者の担当者", searched=True, group="発注者とのやり取り")] = (
        ""
    )
    written: Annotated[
        bool | None, Flag(label="方式", yes="書面", no="口頭", listed=True, group="発注者とのやり取り")
    ] = None
    reference: Annotated[str, Text(label="文書番号", searched=True, group="発注者とのやり取り")] = ""
    document: Annotated[int | None, Ref(label="提出書類", to="submission", group="発注者とのやり取り")] = None
    reason: Annotated[
        str, Text(label="報告を要しない理由", lines=2, longest=1000, group="報告を要しないとき")
    ] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "handled_on", "since")
        if self.handled == Handled.NEEDLESS:
            if not self.reason:
                yield "reason", "発注者への報告を要しないときは、その理由を入力してください。"
            return
        if self.handled == Handled.REPORTED and self.told_by is None:
            yield "told_by", "発注者へ報告したときは、伝えた者を選んでください。"
        if not self.client_person:
            yield "client_person", "報告、承諾又は不問の相手方として、発注者の担当者を入力してください。"
