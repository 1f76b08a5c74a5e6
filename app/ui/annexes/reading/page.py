"""特記事項の読取り: text at the left, proposals at the right, and what a contract would owe, live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.annexes.reading.review import drafting
from app.annexes.reading.review.beginning import again
from app.annexes.reading.review.choosing import only_documents, title_of
from app.annexes.reading.review.model import Review
from app.annexes.reading.review.nearest import Nearest
from app.common import PeopleError, Progress
from app.ledger.writing import ChangeSet
from app.records import OwnAnnex
from app.ui.annexes.deeds import publish
from app.ui.annexes.opened import PUBLISHED, RETIRED
from app.ui.annexes.reading.begin_view import BeginView
from app.ui.annexes.reading.coming_in import Read, from_file, from_pasted, known_again
from app.ui.annexes.reading.documents_dialog import choose_documents
from app.ui.annexes.reading.draft import Draft, Said
from app.ui.annexes.reading.keeping import Kept, carried_before, contract_with, kept, record_of, source_of
from app.ui.annexes.reading.work_view import WorkView
from app.ui.context import Context
from app.ui.operations import Lane
from app.ui.page import Page
from app.ui.parts.space.screen import bring_up
from app.ui.parts.widgets import prose
from app.ui.targets import EditAnnex, ReadAnnex, Target

_OPEN = (
    "未確認の条項が{}項あります。見つからなかった義務や、確かでない義務が残っていないかを"
    "確かめてから、契約を作ってください。"
)
_AGAIN = "続きを確かめるときは、「設定」の「特記事項」でそれを開いてください。"
_OVER = "この特記事項は他の画面で変更されました。ここで保存すると上書きします。"
_ELSEWHERE = "この下書きは「条項」の画面で変更されています。ここで保存すると、その変更は失われます。"


class ReadingPage(Page):
    """Nothing is written before 保存 is pressed; then a draft is kept, with its text in the ledger alone."""

    shows = frozenset({OwnAnnex.spec.name})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ReadAnnex):
            raise TypeError(target)
        self._back = target.back
        self._draft = Draft(context, self)
        self._nearest = Nearest(())
        self.begin = BeginView(context)
        self.work = WorkView(context)
        self._stack = QStackedWidget()
        self.waiting = prose("読み取った文章を開いています…", "sub")
        for one in (self.begin, self.work, self.waiting):
            self._stack.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.addWidget(self._stack)
        self._connect()
        if target.key:
            record = record_of(context, target.key, target.version)
            self._stack.setCurrentWidget(self.waiting)
            # Once the page is painted: to make it and to fill it in one go takes longer than one may wait.
            QTimer.singleShot(0, self, lambda: self._open(record))
        annexes = context.catalogue.published
        context.operations.run(lambda _progress: Nearest(annexes), self._learn, owner=self)

    def _connect(self) -> None:
        self.begin.pasted.connect(self.read_pasted)
        self.begin.chosen.connect(self.read_file)
        self.work.head.decided.connect(self._called)
        self.work.head.titled.connect(self._show_state)
        self.work.review.decided.connect(self._show)
        for made, press in (
            (self.work.save_button, self.save),
            (self.work.contract_button, self.make_contract),
            (self.work.edit_button, self._edit),
            (self.work.again_button, self.begin_again),
        ):
            made.clicked.connect(lambda _on, press=press: press())

    def title(self) -> str:
        return (
            f"特記事項の読取り　{self.work.head.title.text()}".rstrip()
            if self.working
            else "特記事項の読取り"
        )

    @property
    def topic(self) -> str:
        return "07-annexes/特記事項の文章を読み取る"

    @property
    def working(self) -> bool:
        """Whether a text has been read."""
        return self._stack.currentWidget() is self.work

    @property
    def editable(self) -> bool:
        """Whether what is shown may be changed."""
        return self._draft.editable

    @property
    def dirty(self) -> bool:
        """Whether anything is not in the ledger yet."""
        return self.working and self.editable and self._now != self._draft.saved

    def read_pasted(self, text: str) -> None:
        """Read what was pasted, in the worker."""
        self._read(from_pasted(self.context.facts(), text))

    def read_file(self, path: Path) -> None:
        """Read a file, in the worker."""
        self._read(from_file(self.context.facts(), path))

    def begin_again(self) -> None:
        """Read another text; what is not saved is asked about first."""
        if self.can_leave():
            self._draft.begin()
            self._draft.saved = self._now
            self._stack.setCurrentWidget(self.begin)
            self.begin.edit.setFocus()
            self.renewed.emit()

    def refresh(self) -> None:
        if self.working:
            self._show_state()

    def take(self, changes: ChangeSet) -> None:
        if not self._draft.changed(changes):
            return
        dirty = self.dirty
        if self._draft.follow(dirty=dirty):
            self._show_state()
        elif dirty:
            self.work.tell(_OVER, "warn")
        elif self._record is not None:
            self._open(record_of(self.context, self._record.annex, self._record.version))

    def can_leave(self) -> bool:
        return self.left_with(unsaved=self.dirty)

    def save(self) -> bool:
        """Keep the review as a draft; what cannot be kept is told, and stays as it is."""
        if not self.dirty:
            return True
        if self._draft.overwrites and not self.context.dialogs.ask(_ELSEWHERE, "上書きして保存する"):
            return False
        if faults := drafting.faults(self.work.review.review):
            self.work.go_to(next(iter(faults)))
            self.work.tell(f"条項番号を直すと保存できます（{len(faults)}か所）。", "danger")
            return False
        review, title, source = self.work.review.review, *self._now[1:]
        if not title:
            self.work.tabs.setCurrentIndex(0)
            self.work.head.title.setFocus()
            self.work.tell("題名を入力すると保存できます。", "danger")
            return False
        try:
            self._draft.save(review, title, source)
        except PeopleError as error:
            self.work.tell("\n".join(error.problems), "danger")
            return False
        self.work.tell("")
        self.context.say(f"「{title}」を下書きとして保存しました。")
        self._show_state()
        return True

    def make_contract(self) -> None:
        """Publish the annex and begin a contract that carries it; first all of it has to be looked at."""
        left = self.work.review.review.open
        if self.editable and left:
            self.work.tell(_OPEN.format(len(left)), "warn")
            if self.work.review.at not in left:
                self.work.go_to(left[0])
            self.work.tabs.setCurrentWidget(self.work.review)
            return
        if not self.save() or self._record is None:
            return
        if self.editable and not publish(self.context, self._record):
            return
        if self._back:
            self.context.say(
                f"「{self._record.title}」を確定しました。契約の特記事項の欄を確かめてください。"
            )
            self.finished.emit()
            return
        # What it says of the text is what was just saved: there is nothing to be read back.
        record = record_of(self.context, self._record.annex, self._record.version)
        self._take_up(Kept(record, self.work.review.review))
        self.context.navigate(
            EditAnnex(self._record.annex, self._record.version, compare=True)
            if carried_before(self.context, self._record.annex, self._record.version)
            else contract_with(self.context, self._record)
        )

    def _read(self, work: Callable[[Progress], Read]) -> None:
        self.begin.notice.say("")

        def done(read: Read) -> None:
            review, told = read
            chosen = choose_documents(self.context, review)
            if chosen is None or not self.context.is_open:
                return
            self._show_read(only_documents(review, chosen))
            self.work.tell("\n".join(told), "warn")
            self._look_up(told)

        def failed(error: Exception) -> None:
            if isinstance(error, PeopleError):
                self.begin.refuse(error.sentence)
            else:
                raise error

        self.context.operations.run(
            work, done, title="特記事項の読取り", failed=failed, owner=self, key="annex-reading"
        )

    def _look_up(self, told: Sequence[str]) -> None:
        """Whether the ledger has these words already is asked of every text in it; told beside ``told``."""

        def done(found: str) -> None:
            if found and self.working and self._record is None:
                self.work.tell("\n".join((*told, f"{found}{_AGAIN}")), "warn")

        again = known_again(self.context.facts(), self.work.review.review)
        self.context.operations.run(again, done, owner=self, key="annex-registered")

    def _learn(self, nearest: Nearest) -> None:
        """What is known of other annexes was counted."""
        self._nearest = nearest
        self.work.review.compare(nearest)

    def _show_read(self, review: Review) -> None:
        self._draft.begin()
        self.work.head.title.setText(title_of(review))
        self.work.head.source.setText("")
        self._load(review)
        self.work.tabs.setCurrentIndex(0)
        self.work.check_button.setFocus()

    def _open(self, record: OwnAnnex) -> None:
        """Show what ``record`` holds, once the worker has made a review of it."""

        def done(held: Kept) -> None:
            if self.dirty:
                self.work.tell(_OVER, "warn")
            elif self.context.is_open:
                self._take_up(held)
                if self.isVisible():
                    self.take_keyboard()

        def failed(error: Exception) -> None:
            if not isinstance(error, PeopleError):
                raise error
            self.context.dialogs.warn(error.sentence)
            self.finished.emit()

        # It waits for no other text that is just being read.
        self.context.operations.run(
            lambda _progress: kept(record), done, failed=failed, owner=self, key="annex-open", lane=Lane.ROWS
        )

    def _take_up(self, held: Kept) -> None:
        self._draft.open(held)
        self.work.head.title.setText(held.record.title)
        self.work.head.source.setText(source_of(held.record))
        self._load(held.review)
        self._draft.saved = self._now
        self.work.tell("")
        self.work.tabs.setCurrentWidget(self.work.review)
        self._show_state()

    def _load(self, review: Review) -> None:
        self._stack.setCurrentWidget(self.work)
        bring_up(self.work)
        self.work.review.load(review, self._nearest, editable=self.editable)
        self.work.head.enable(self.editable)
        self._show(review)
        self._draft.warm(review, self._tell_elsewhere)
        self.renewed.emit()

    def _tell_elsewhere(self) -> None:
        if self._draft.overwrites:
            self.work.tell(_ELSEWHERE, "warn")

    def _called(self, review: Review) -> None:
        """A side is called otherwise: what nobody has decided is understood anew, by the new words."""
        former = self.work.review.review
        self.work.review.decide(review)
        if [one.parties for one in former.documents] == [one.parties for one in review.documents]:
            return

        def done(read: Review) -> None:
            if self.work.review.review is review:
                self.work.review.exchange(read)
                self._show(read)
                self._draft.warm(read, self._tell_elsewhere)

        # A reading of a long text takes longer than the window may stand still.
        self.context.operations.run(lambda _progress: again(review), done, owner=self, key="annex-again")

    def _show(self, review: Review) -> None:
        self.work.show_review(review)
        self._show_state()

    def _show_state(self) -> None:
        if not self.working:
            return
        word = self._draft.word(dirty=self.dirty)
        self.work.show_state(word, sound=word == PUBLISHED)
        self.work.save_button.setVisible(self.editable)
        self.work.save_button.setEnabled(self.dirty)
        self.work.contract_button.setText(self._draft.goes_on(waiting=self._back))
        self.work.contract_button.setEnabled(word != RETIRED)
        self.work.edit_button.setVisible(self._record is not None)

    def first_field(self) -> QWidget | None:
        """Paragraphs are looked at from their text on."""
        text = self.work.review.text
        return text if self.working and text.isVisible() else super().first_field()

    def _edit(self) -> None:
        if self._record is not None and self.can_leave():
            self.context.navigate(EditAnnex(self._record.annex, self._record.version))

    @property
    def _record(self) -> OwnAnnex | None:
        """The draft as the ledger has it, None where it has none."""
        return self._draft.record

    @property
    def _now(self) -> Said:
        return (
            self.work.review.shown,
            self.work.head.title.text().strip(),
            self.work.head.source.text().strip(),
        )
