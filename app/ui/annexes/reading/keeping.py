"""A review in the ledger: kept as a draft of an own annex with its text, and taken up again from there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.annexes.annex import Annex
from app.annexes.own.annexes import examine, read_own, shown_as
from app.annexes.reading.review.ahead import worked_out
from app.annexes.reading.review.drafting import usual_source
from app.annexes.reading.review.kept import read_back
from app.annexes.reading.review.model import Review
from app.annexes.reading.review.pen import Pen
from app.common import PeopleError
from app.records import Contract, OwnAnnex
from app.ui.annexes.opened import found
from app.ui.context import Context
from app.ui.targets import EditRecord

_KEY = "yomitori"
Place = tuple[str, int]
"""The key and the version of an annex."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A review as the ledger has it, and the record that holds it."""

    record: OwnAnnex
    review: Review

    @property
    def editable(self) -> bool:
        """Whether it may still be changed: a draft that was not taken back."""
        return self.record.published_on is None and self.record.retired_at is None


def record_of(context: Context, key: str, version: int) -> OwnAnnex:
    """The own annex of that key and version. Raises ``PeopleError`` where it was read from no text."""
    record = found(context, key, version)
    if record is None or not record.reading:
        raise PeopleError("この特記事項には、読み取った文章がありません。「条項の画面」で開いてください。")
    return record


def kept(record: OwnAnnex) -> Kept:
    """The review that ``record`` holds, to be made in the worker: of hundreds of paragraphs it takes longer
    than the window may stand still. Raises ``PeopleError`` where it cannot be read."""
    return Kept(record, worked_out(read_back(record.reading)))


def keep(
    context: Context, review: Review, pen: Pen, title: str, source: str, at: OwnAnnex | Place | None
) -> OwnAnnex:
    """Write the review as a draft; what was written. ``at``: the record in whose place, or as which version
    of an annex, None: as an annex of its own. ``pen``: has written most of it before.

    Annex and text go in as one change. Raises ``PeopleError``.
    """
    record = at if isinstance(at, OwnAnnex) else None
    key, version = _place(at) or (free_key(context), 1)
    content, reading = pen.annex(review, key, title, version, source), pen.reading(review)
    former = record or OwnAnnex(annex=key, version=version, title=title, content=content)
    made = replace(former, title=title, content=content, reading=reading)
    # Called as the ledger's own rules call it: the text is read once.
    examine(context.catalogue, context.facts(), content, shown_as(made))
    if record is None:
        context.ledger.add(made, reason=f"「{title}」の読取り")
    else:
        context.ledger.change(made, reason=f"「{title}」の読取りの保存")
    held = found(context, key, version)
    if held is None:
        raise LookupError(key)
    return held


def _place(at: OwnAnnex | Place | None) -> Place | None:
    return (at.annex, at.version) if isinstance(at, OwnAnnex) else at


def edited_elsewhere(kept_: Kept, source: str, pen: Pen) -> bool:
    """Whether the draft says something else than its review: it was changed in the editor of annexes."""
    record = kept_.record
    return pen.annex(kept_.review, record.annex, record.title, record.version, source) != record.content


def source_of(record: OwnAnnex) -> str:
    """The source that a person gave; empty where the draft has the usual sentence, or cannot be read."""
    try:
        read = read_own(record.content, shown_as(record))
    except PeopleError:
        return ""
    held = read.source if isinstance(read, Annex) else str(read.table["source"])
    return "" if held == usual_source(record.title) else held


def free_key(context: Context) -> str:
    """A key that no annex has."""
    own = {record.annex for record in context.facts().all(OwnAnnex)}
    taken = own | {annex.key for annex in context.catalogue.annexes}
    return next(key for number in range(1, len(taken) + 2) if (key := f"{_KEY}-{number}") not in taken)


def carried_before(context: Context, annex: str, version: int) -> bool:
    """Whether a contract that is not over carries another version: it is to go over to this one."""
    day = context.today()
    return any(
        row.annex == annex and row.version != version
        for contract in context.facts().all(Contract)
        if contract.last_day >= day
        for row in contract.annexes
    )


def contract_with(context: Context, record: OwnAnnex) -> EditRecord:
    """Where a contract is begun that carries the annex, with everything in it switched on."""
    annex = context.catalogue.annex(record.annex, record.version)
    return EditRecord("contract", 0, {"annexes": (annex.on_contract(),)})
