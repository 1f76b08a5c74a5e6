"""What of the text on the page is in the ledger: the draft, whether it was changed elsewhere, its writing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.annexes.reading.review.model import Review
from app.annexes.reading.review.pen import Pen, warmed
from app.ledger.writing import ChangeSet
from app.records import OwnAnnex
from app.ui.annexes.opened import DRAFT, PUBLISHED, RETIRED, found
from app.ui.annexes.reading.keeping import Kept, Place, carried_before, edited_elsewhere, keep, source_of
from app.ui.context import Context

UNSAVED = "未保存"
Said = tuple[Review | None, str, str]
"""Review, title and source."""
_NOWHERE: Said = (None, "", "")
"""What is in the ledger of a text that was never saved."""


class Draft:
    """``record``: the draft as the ledger has it, None where it has none. ``saved``: what it says."""

    def __init__(self, context: Context, owner: QObject) -> None:
        """``owner``: the page; once it is gone nobody waits for what the worker prepares."""
        self._context, self._owner = context, owner
        self.record: OwnAnnex | None = None
        self.saved: Said = _NOWHERE
        self._written = ""
        self._pen = Pen()
        self._opened: Kept | None = None
        self._overwrites = False
        self._place: Place | None = None

    @property
    def editable(self) -> bool:
        """Whether it may be changed: not saved yet, or a draft that was not taken back."""
        record = self.record
        return record is None or (record.published_on is None and record.retired_at is None)

    @property
    def overwrites(self) -> bool:
        """Whether saving would lose what was changed in the editor of annexes since."""
        held, self._opened = self._opened, None
        if held is not None:
            self._overwrites = edited_elsewhere(held, source_of(held.record), self._pen)
        return self._overwrites

    def word(self, *, dirty: bool) -> str:
        """How it stands with the ledger, in a word; ``dirty``: something is not saved."""
        if self.record is not None and self.record.retired_at is not None:
            return RETIRED
        if not self.editable:
            return PUBLISHED
        return UNSAVED if dirty else DRAFT

    def goes_on(self, *, waiting: bool) -> str:
        """What comes after the annex: the contract that waits, those of the version before, or a new one."""
        place = (self.record.annex, self.record.version) if self.record else self._place
        if not waiting and place is not None and carried_before(self._context, *place):
            return "確定して契約に適用する…" if self.editable else "契約に適用する"
        made = "契約に戻る" if waiting else "契約を作る"
        return f"確定して{made}…" if self.editable else f"この特記事項で{made}"

    def begin(self) -> None:
        """A text that is in no ledger."""
        self.record, self.saved = None, _NOWHERE
        self._opened, self._overwrites, self._place = None, False, None

    def open(self, held: Kept) -> None:
        """A text that is in the ledger; ``saved`` is set by who shows it."""
        self.record, self._written, self._place = held.record, held.record.reading, None
        # Whether it was changed elsewhere is found out once it is shown, and in any case before saving.
        self._opened, self._overwrites = held if held.editable else None, False

    def warm(self, review: Review, then: Callable[[], None]) -> None:
        """All of a review is written once in the worker, then ``then``: so the window writes no more than
        was decided since."""

        def done(pen: Pen) -> None:
            self._pen = pen
            then()

        operations = self._context.operations
        operations.run(lambda _progress: warmed(review), done, owner=self._owner, key="annex-pen")

    def save(self, review: Review, title: str, source: str) -> None:
        """Write it; when this returns it is on the disk. Raises ``PeopleError``; then nothing is written."""
        former, self.saved = self.saved, (review, title, source)
        written = False
        try:
            self._written = self._pen.reading(review)
            at = self.record or self._place
            self.record = keep(self._context, review, self._pen, title, source, at)
            self._overwrites, written = False, True
        finally:
            if not written:
                self.saved = former

    def changed(self, changes: ChangeSet) -> bool:
        """Whether the ledger's draft was written by this change."""
        return self.record is not None and (OwnAnnex.spec.name, self.record.id) in changes.changed

    def follow(self, *, dirty: bool) -> bool:
        """Take over what the ledger has by now; False where it is something else than the page shows."""
        record = self.record
        if record is None:
            return True
        held = found(self._context, record.annex, record.version)
        if held is None:
            # The saving was taken back: what stands on the page is in no ledger, and is not lost with it.
            self.begin()
            # Saved again, a new year's text is the next version of its annex still, never another annex
            # that no contract carries.
            self._place = (record.annex, record.version) if record.version > 1 else None
            return True
        if dirty or held.reading != self._written or held.published_on != record.published_on:
            return False
        self.record = held
        return True
