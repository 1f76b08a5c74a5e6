"""添付書類: the files kept with the records of a document that belong to its copy on paper.

A statement is text and a form knows no ledger, so ``draw`` puts the hash of a picture where it belongs and
whoever prints puts the bytes in its place (``app.exchange.documents.composing``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from app.records import Attachment, Facts, Record


def attached(facts: Facts, records: Iterable[Record | None], kinds: tuple[str, ...]) -> Iterator[Attachment]:
    """The attachments of ``records`` that are of one of ``kinds``, in the records' order."""
    held: dict[tuple[str, int], list[Attachment]] = {}
    for attachment in facts.all(Attachment):
        held.setdefault((attachment.record_kind, attachment.record_id), []).append(attachment)
    for place in dict.fromkeys((record.spec.name, record.id) for record in records if record):
        yield from (one for one in held.get(place, []) if one.kind in kinds)


def enclosures(facts: Facts, records: Iterable[Record | None], kinds: tuple[str, ...]) -> list[str]:
    """The titles of those attachments, as the list of enclosures prints them; files alike by their number."""
    found = Counter(one.title for one in attached(facts, records, kinds))
    return [f"{title}（{count}点）" if count > 1 else title for title, count in found.items()]


def by_hash(sha256: str) -> bytes | None:
    """What stands for the picture with this hash in a block; None for no picture."""
    return sha256.encode("ascii") or None
