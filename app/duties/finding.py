"""A finding: what a cross-check over the ledger saw, how bad it is, and what puts it right."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.duties.duty import Step


class Severity(StrEnum):
    """How pressing a finding is, worst first: what is to be done is called as for duties (``State``)."""

    VIOLATION = "違反"
    WARNING = "要対応"
    REMARK = "要確認"


class Finding(NamedTuple):
    """One thing that does not fit together.

    ``check``: the name of the cross-check. ``contract``: 0 where no contract owns it. ``record`` and ``id``:
    what to open. ``annex`` and ``clause``: the clause (by number) that it offends, empty where none does.
    ``known``: False where the ledger does not say that it is so, and nothing in it says that it is not.
    """

    check: str
    severity: Severity
    text: str
    record: str
    id: int
    contract: int = 0
    annex: str = ""
    clause: str = ""
    next: Step = Step()
    known: bool = True
