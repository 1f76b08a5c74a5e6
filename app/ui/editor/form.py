"""The form of one record: its fields read back, checked as a whole and written through the door."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal

from app.common import PeopleError
from app.ledger.errors import FieldsError, StaleRecordError
from app.records import Attachment, Person, Record
from app.records.dated import changed, with_former
from app.records.namesakes import names_of, namesakes
from app.records.plausible import doubtful
from app.ui.editor.asking.namesakes_dialog import NamesakesDialog
from app.ui.editor.asking.since import SinceQuestion
from app.ui.editor.fields import RecordFields, count
from app.work.acts.disposing.photos import check_kept

_SAID = 3
"""So many sentences of a refusal stand in the notice; it must not fill a small screen."""


class RecordForm(RecordFields):
    """``stale`` when another screen wrote the record. ``instead``: the record that was meant all along."""

    stale = Signal()
    instead = Signal(object)
    since: SinceQuestion | None = None
    """Asked when a value that holds from a day was changed; made when it is first needed."""

    def load(self, record: Record | None) -> None:
        super().load(record)
        self._ask_nothing()

    def check(self) -> Record | None:
        """The record as entered, or None with every problem marked and the cursor at the first."""
        for box in self.boxes.values():
            box.input.settle()
        texts = self.texts_for_reading()
        made, problems = self.read(texts, self.record)
        self.refusals = frozenset()
        self.mark(problems)
        if problems:
            self.tell(count(problems))
            self.focus_wrong()
            return None
        self.notice.say("")
        return made

    def save(self, reason: str = "", *, correction: bool = False) -> Record | None:
        """Check and write; the record as the ledger holds it then, or None with what is wrong shown.

        Days that are hardly meant are asked about first; whoever goes back to them finds the cursor there.
        ``correction``: nothing entered here has held yet, so that a change is not asked from when it holds.
        """
        made = self.check()
        if made is not None and not correction:
            # Before anything is asked in a dialog: answering here means saving once more.
            made = self._kept_from_before(made)
        if made is None or not self._meant(made):
            return None
        if isinstance(made, Person) and not self._new_to_the_ledger(made):
            return None
        ledger = self.context.ledger
        try:
            if isinstance(made, Attachment):
                check_kept(ledger, made, self.files())
            if self.record is None:
                made = ledger.add(made, self.files(), reason=reason)
            else:
                made = ledger.change(made, self.files(), reason=reason)
        except PeopleError as error:
            self._refused(error)
            return None
        self.load(made)
        return made

    def _kept_from_before(self, made: Record) -> Record | None:
        """``made`` with what changed values said before, by the officer's answer; None until there is one."""
        before = self.record
        names = changed(before, made) if before is not None else ()
        if before is None or not names:
            self._ask_nothing()
            return made
        newest = self.context.facts().find(type(before), before.id)
        if newest is None or newest.revision != before.revision:
            return made  # It will be refused: nothing is to be answered before that.
        if self.since is None:
            self.since = SinceQuestion(self.making)
            self.column.insertWidget(0, self.since)
        if self.since.asks([self.spec.field(name).label for name in names]):
            self.tell("いつからの内容かを下で選び、もう一度「保存」を押してください。", "info")
            QTimer.singleShot(0, self.since, self._bring_question)
            return None
        answer = self.since.answer()
        if answer is None or answer.day is None:
            return made if answer else None
        try:
            return with_former(before, made, answer.day)
        except ValueError as error:
            self.since.tell(str(error))
            return None

    def _ask_nothing(self) -> None:
        if self.since is not None:
            self.since.reset()

    def _bring_question(self) -> None:
        if (area := self.area()) is not None and self.since is not None:
            area.ensureWidgetVisible(self.since, 0, 0)

    def check_each(self, ids: Sequence[int]) -> list[Record]:
        """The new records as entered, one for each of ``ids`` in the field in which they differ.

        None with every problem marked where something else is wrong.
        """
        texts = self.texts_for_reading()
        made = []
        for record_id in ids:
            found, problems = self.read({**texts, self.spec.each: str(record_id)})
            if found is None:
                self.mark(problems)
                self.tell(count(problems))
                self.focus(next(iter(self.in_order(problems))))
                return []
            made.append(found)
        return made

    def save_each(self, ids: Sequence[int]) -> int:
        """Write one new record for each of ``ids``, all or none; return how many, 0 where that cannot be."""
        from app.work.together import add_together

        made = self.check_each(ids)
        if not made or not self._meant(made[0]):
            return 0
        try:
            return add_together(self.context.ledger, self.context.catalogue, made)
        except PeopleError as error:
            self._refused(error)
            return 0

    def _meant(self, made: Record) -> bool:
        """Whether every day far from today is meant as it was entered."""
        found = doubtful(made, self.context.today(), self.record)
        if not found:
            return True
        act = "登録" if self.record is None else "保存"
        said = "".join(sentence for sentences in found.values() for sentence in sentences)
        if self.context.dialogs.ask(f"{said}このまま{act}しますか？", f"{act}する", no="戻る", grave=True):
            return True
        self.focus(next(iter(self.in_order(found))))
        return False

    def _new_to_the_ledger(self, made: Person) -> bool:
        """Whether a person is to be written though another has the name; ``instead`` if that one is meant."""
        before = self.record
        if isinstance(before, Person) and set(names_of(made)) <= set(names_of(before)):
            return True
        others = namesakes(self.context.facts(), made)
        if not others:
            return True
        dialog = NamesakesDialog(made, others)
        go = self.context.dialogs.show(dialog)
        if dialog.chosen is not None:
            self.instead.emit(dialog.chosen)
        return go and dialog.chosen is None

    def _refused(self, error: PeopleError) -> None:
        """Say why the ledger did not take it: at the field that it names, and above all fields."""
        held = error.fields if isinstance(error, FieldsError) else {}
        fields = {path: said for path, said in held.items() if path.partition(".")[0] in self.boxes}
        self.refusals = frozenset(fields)
        self.mark(fields)
        sentences = list(dict.fromkeys(error.problems))
        more = [f"ほか{len(sentences) - _SAID}件"] if len(sentences) > _SAID else []
        self.tell("\n".join([*sentences[:_SAID], *more]))
        self.focus_wrong()
        if isinstance(error, StaleRecordError):
            self.stale.emit()
