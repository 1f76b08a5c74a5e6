"""What is to be looked at in the client's files of documents that were issued: left empty, or too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.common import Progress
from app.duties.case import FormFace
from app.exchange.documents.own_form import filled_for
from app.exchange.filling.filler import Filled
from app.ledger.door import Ledger
from app.ledger.proof.document_codes import ledger_tag
from app.printing.blocks import Mark
from app.records import Statement, Submission


def notes_of(filled: Filled | None) -> tuple[str, ...]:
    """What is to be looked at in a filled file, one sentence each."""
    if filled is None:
        return ()
    return (
        *(f"記入していません：{one}" for one in filled.unfilled),
        *(f"確かめてください：{one}" for one in filled.remarks),
    )


def looked_at(
    ledger: Ledger,
    forms: Mapping[str, FormFace],
    made: Sequence[Submission],
    progress: Progress | None = None,
) -> dict[int, Filled]:
    """The files of those documents that stand in the client's form, by the documents' ids.

    They are filled once more from what the archive keeps; the same facts make the same file. Raises
    ``Cancelled``.
    """
    found = {}
    for at, one in enumerate(made):
        (progress or Progress()).step(at, len(made), one.number)
        if one.filled and one.form in forms:
            mark = Mark(one.code, one.head, one.head_sequence, ledger_tag(ledger.id))
            told = Statement.from_canonical(one.statement)
            filled = filled_for(forms[one.form], told, ledger.blob, one.number, mark)
            if filled is not None:
                found[one.id] = filled
    return found
