"""条文の控え: the wording of a clause as the user copied it from the contract; kept in the ledger only."""

from dataclasses import dataclass
from typing import Annotated

from app.records.kinds import Annex, Ref, Text
from app.records.spec import Record, Section, record


@record(
    "clause_text",
    "条文の控え",
    titled=("contract", "clause"),
    carried=("contract", "annex"),
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseText(Record):
    """What one clause of one contract says word for word."""

    contract: Annotated[int, Ref(label="契約", to="contract", listed=True)]
    annex: Annotated[str, Annex(label="特記事項", listed=True)]
    clause: Annotated[str, Text(label="条項", listed=True, searched=True)]
    text: Annotated[str, Text(label="条文", lines=10, longest=20_000, listed=True, searched=True)]
