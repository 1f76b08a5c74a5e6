"""An undo as it is shown before it is written: a value."""

from __future__ import annotations

from dataclasses import dataclass

from app.ledger.undoing.queue import Done
from app.records import Facts, Field, Record

Key = tuple[str, int]
"""Record type and id."""

NOTHING = "元に戻せる変更がありません。"


@dataclass(frozen=True, slots=True)
class Back:
    """One record that goes back: as the ledger holds it, and as it will be. Either may be retired."""

    before: Record
    after: Record

    @property
    def changed(self) -> tuple[Field, ...]:
        """The fields that will differ."""
        return tuple(
            field
            for field in self.after.spec.fields
            if getattr(self.before, field.name) != getattr(self.after, field.name)
        )


@dataclass(frozen=True, slots=True)
class Stays:
    """One record that cannot go back, as the ledger holds it, and one sentence that says why."""

    record: Record
    why: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """Taking back one change, as it is shown and then written: all of ``back`` in one change, or nothing.

    ``facts``: what it was worked out from. Once the ledger moved on it is to be worked out anew.
    """

    done: Done
    back: tuple[Back, ...]
    stays: tuple[Stays, ...]
    facts: Facts

    @property
    def whole(self) -> bool:
        """Whether all of the change goes back."""
        return bool(self.back) and not self.stays

    @property
    def title(self) -> str:
        """What it is called, as 元に戻す：退職　山田 太郎（7件）; of a part with how much of it that is."""
        part = f"のうち{len(self.back)}件" if self.stays else ""
        return f"{self.done.title}{part}"
