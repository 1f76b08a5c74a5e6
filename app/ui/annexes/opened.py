"""One version of an annex with everything the window needs of it: its record, its base, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from app.annexes.annex import Annex
from app.annexes.own.annexes import Resolving, read_own, shown_as
from app.annexes.own.overlay import Overlay
from app.common import PeopleError
from app.records import OwnAnnex
from app.ui.context import Context
from app.ui.targets import EditAnnex, EditRecord, Target

SHIPPED, DRAFT, PUBLISHED, RETIRED = "本製品の目録", "下書き", "確定", "取消済み"


@dataclass(frozen=True, slots=True)
class Opened:
    """``record`` is None for an annex of the product; ``annex`` is None where ``problem`` says why."""

    record: OwnAnnex | None
    annex: Annex | None
    base: Annex | None = None
    problem: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in a word."""
        if self.record is None:
            return SHIPPED
        if self.record.retired_at is not None:
            return RETIRED
        return PUBLISHED if self.record.published_on else DRAFT

    @property
    def editable(self) -> bool:
        """Whether it may still be written: a draft that can be read."""
        return self.state == DRAFT and self.annex is not None


def opened(context: Context, target: Target) -> Opened:
    """What ``target`` names, as the ledger holds it now. Raises ``PeopleError`` where there is nothing."""
    if isinstance(target, EditRecord):
        return _of(context, context.ledger.get(OwnAnnex, target.id))
    if not isinstance(target, EditAnnex):
        raise TypeError(target)
    record = found(context, target.key, target.version)
    return (
        _of(context, record) if record else Opened(None, context.catalogue.annex(target.key, target.version))
    )


def found(context: Context, key: str, version: int) -> OwnAnnex | None:
    """The user's own annex of that key and version."""
    held = context.facts().all(OwnAnnex)
    return next((one for one in held if (one.annex, one.version) == (key, version)), None)


def _of(context: Context, record: OwnAnnex) -> Opened:
    catalogue = context.catalogue
    resolving = Resolving(catalogue.shipped or catalogue, context.facts().all(OwnAnnex))
    try:
        held = read_own(record.content, shown_as(record))
        base = resolving.annex((held.base, held.base_version)) if isinstance(held, Overlay) else None
        return Opened(record, resolving.whole(held), base)
    except PeopleError as error:
        return Opened(record, None, problem=f"この特記事項の内容を読めません。{error}")
