"""特記事項の読取り: text at the left, proposals at the right, and what a contract would owe, live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.annexes.reading.review import drafting
from app.annexes.reading.review.beginning import again, begin
from app.annexes.reading.review.kept import written
from app.annexes.reading.review.model import Review
from app.annexes.reading.review.nearest import Nearest
from app.annexes.reading.review.owed import owed
from app.common import PeopleError, Progress
from app.ledger.writing import ChangeSet
from app.records import OwnAnnex
from app.ui.annexes.deeds import publish
from app.ui.annexes.opened import DRAFT, PUBLISHED, RETIRED, found
from app.ui.annexes.reading.begin_view import BeginView
from app.ui.annexes.reading.head_view import HeadView
from app.ui.annexes.reading.keeping import (
    contract_with,
    edited_elsewhere,
    keep,
    kept,
    source_of,
    title_of,
)
from app.ui.annexes.reading.lists import OwedTable, owed_words
from app.ui.annexes.reading.review_view import ReviewView
from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.elide import Eliding
from app.ui.parts.space.flow import flow
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Notice, button, label, retone
from app.ui.targets import EditAnnex, ReadAnnex, Target

Read = tuple[Review, Sequence[str]]
_OPEN = (
    "未確認の条項が{}項あります。見つからなかった義務や、確かでない義務が残っていないかを"
    "確かめてから、契約を作ってください。"
)
_ELSEWHERE = "この下書きは「条項」の画面で変更されています。ここで保存すると、その変更は失われます。"


class ReadingPage(Page):
    """Nothing is written before 保存 is pressed; then a draft is kept, with its text in the ledger alone."""

    shows = frozenset({OwnAnnex.spec.name})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ReadAnnex):
            raise TypeError(target)
        self._back = target.back
        self._record: OwnAnnex | None = None
        self._saved: tuple[Review | None, str, str] = (None, "", "")
        self._nearest = Nearest(())
        self._overwrites = False
        self.begin = BeginView(context)
        self.edit_button = button("条項の画面で開く", self._edit)
        self.again_button = button("別の文章を読み取る…", self.begin_again)
        self.head = HeadView(self.edit_button, self.again_button)
        self.review = ReviewView(context)
        self.owed = OwedTable(context.look)
        self._build()
        if target.key:
            self._open(target)
        annexes = context.catalogue.published
        context.operations.run(lambda _progress: Nearest(annexes), self._learn, owner=self)

    def _build(self) -> None:
        self._state = label("", "chip", tone="warn")
        self.save_button = button("保存", self.save, hint="下書きとして保存します（Ctrl+S）", key="S")
        self.context.look.dress(self.save_button, "save")
        self.contract_button = button("確定して契約を作る…", self.make_contract, key="C")
        self.check_button = button("条項を確かめる", self._check, kind="primary", key="N")
        self.notice = Notice()
        self.summary = Eliding("sub", Qt.TextElideMode.ElideRight)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName("読取りの手順")
        head = Upright(self.head, "題名・当事者")
        for widget, name in ((head, "題名・当事者"), (self.review, "条項の確認"), (self.owed, "生じる義務")):
            self.tabs.addTab(widget, name)
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(
            flow(
                self._state,
                self.check_button,
                self.save_button,
                self.contract_button,
            )
        )
        inside.addWidget(self.notice)
        inside.addWidget(self.summary)
        inside.addWidget(self.tabs, 1)
        self._work = work
        self._stack = QStackedWidget()
        self._stack.addWidget(self.begin)
        self._stack.addWidget(work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(self._stack, 1)
        self.begin.pasted.connect(self.read_pasted)
        self.begin.chosen.connect(self.read_file)
        self.head.decided.connect(self._called)
        self.head.titled.connect(self._show_state)
        self.review.decided.connect(self._show)
        self.tabs.currentChanged.connect(self._turned)
        self.owed.picked.connect(lambda key: self._go_to(key[0]))

    def title(self) -> str:
        return f"特記事項の読取り　{self.head.title.text()}".rstrip() if self.working else "特記事項の読取り"

    @property
    def topic(self) -> str:
        return "07-annexes/特記事項の文章を読み取る"

    @property
    def working(self) -> bool:
        """Whether a text has been read."""
        return self._stack.currentWidget() is self._work

    @property
    def editable(self) -> bool:
        """Whether what is shown may be changed."""
        return self._record is None or (self._record.published_on is None and self._record.retired_at is None)

    @property
    def dirty(self) -> bool:
        """Whether anything is not in the ledger yet."""
        return self.working and self.editable and self._now != self._saved

    def read_pasted(self, text: str) -> None:
        """Read what was pasted, in the worker."""
        from app.exchange.annex_reading import read_pasted

        self._read(lambda _progress: (begin(read_pasted(text).reading), ()), paste=False)

    def read_file(self, path: Path) -> None:
        """Read a file, in the worker."""
        from app.exchange.annex_reading import read_file

        def work(progress: Progress) -> Read:
            read = read_file(path, progress)
            progress.step(0, 0, "条項を読み取っています")
            return begin(read.reading), read.told

        self._read(work, paste=True)

    def begin_again(self) -> None:
        """Read another text; what is not saved is asked about first."""
        if self.can_leave():
            self._record = None
            self._saved = self._now
            self._stack.setCurrentWidget(self.begin)
            self.begin.edit.setFocus()
            self.renewed.emit()

    def refresh(self) -> None:
        if self.working:
            self._show_state()

    def take(self, changes: ChangeSet) -> None:
        record = self._record
        if record is None or (OwnAnnex.spec.name, record.id) not in changes.changed:
            return
        held = found(self.context, record.annex, record.version)
        if held is not None and held.reading == written(self.review.review):
            self._record = held
            self._show_state()
        elif self.dirty:
            self.notice.say("この特記事項は他の画面で変更されました。ここで保存すると上書きします。", "warn")
        elif held is None:
            self._saved = self._now
            self.finished.emit()
        else:
            self._open(ReadAnnex(record.annex, record.version))

    def can_leave(self) -> bool:
        return self.left_with(unsaved=self.dirty)

    def save(self) -> bool:
        """Keep the review as a draft; what cannot be kept is told, and stays as it is."""
        if not self.dirty:
            return True
        if self._overwrites and not self.context.dialogs.ask(_ELSEWHERE, "上書きして保存する"):
            return False
        if faults := drafting.faults(self.review.review):
            self._go_to(next(iter(faults)))
            self.notice.say(f"条項番号を直すと保存できます（{len(faults)}か所）。", "danger")
            return False
        review, title, source = self._now
        if not title:
            self.tabs.setCurrentIndex(0)
            self.head.title.setFocus()
            self.notice.say("題名を入力すると保存できます。", "danger")
            return False
        former, self._saved = self._saved, self._now
        try:
            self._record = keep(self.context, self.review.review, title, source, self._record)
        except PeopleError as error:
            self._saved = former
            self.notice.say("\n".join(error.problems), "danger")
            return False
        del review
        self._overwrites = False
        self.notice.say("")
        self.context.say(f"「{title}」を下書きとして保存しました。")
        self._show_state()
        return True

    def make_contract(self) -> None:
        """Publish the annex and begin a contract that carries it; first all of it has to be looked at."""
        left = self.review.review.open
        if self.editable and left:
            self.notice.say(_OPEN.format(len(left)), "warn")
            if self.review.at not in left:
                self._go_to(left[0])
            self.tabs.setCurrentWidget(self.review)
            return
        if not self.save() or self._record is None:
            return
        if self.editable and not publish(self.context, self._record):
            return
        if self._back:
            self.context.say(f"「{self._record.title}」を確定しました。契約の特記事項の欄で選べます。")
            self.finished.emit()
            return
        self._open(ReadAnnex(self._record.annex, self._record.version))
        self.context.navigate(contract_with(self.context, self._record))

    def _read(self, work: Callable[[Progress], Read], *, paste: bool) -> None:
        self.begin.notice.say("")

        def done(read: Read) -> None:
            review, told = read
            self._show_read(review)
            self.notice.say("\n".join(told), "warn")

        def failed(error: Exception) -> None:
            if isinstance(error, PeopleError):
                self.begin.refuse(error.sentence, paste=paste)
            else:
                raise error

        self.context.operations.run(
            work, done, title="特記事項の読取り", failed=failed, owner=self, key="annex-reading"
        )

    def _learn(self, nearest: Nearest) -> None:
        """What is known of other annexes was counted."""
        self._nearest = nearest
        self.review.compare(nearest)

    def _show_read(self, review: Review) -> None:
        self._record, self._overwrites = None, False
        self._saved = (None, "", "")
        self.head.title.setText(title_of(review))
        self.head.source.setText("")
        self._load(review)
        self.tabs.setCurrentIndex(0)
        self.check_button.setFocus()

    def _open(self, target: ReadAnnex) -> None:
        held = kept(self.context, target.key, target.version)
        if held is None:
            raise PeopleError(
                "この特記事項には、読み取った文章がありません。「条項の画面」で開いてください。"
            )
        source = source_of(held.record)
        self._record = held.record
        self._overwrites = held.editable and edited_elsewhere(held, source)
        self.head.title.setText(held.record.title)
        self.head.source.setText(source)
        self._load(held.review)
        self._saved = self._now
        self.notice.say(_ELSEWHERE if self._overwrites else "", "warn")
        self.tabs.setCurrentWidget(self.review)
        self._show_state()

    def _load(self, review: Review) -> None:
        self._stack.setCurrentWidget(self._work)
        self.review.load(review, self._nearest, editable=self.editable)
        self.head.enable(self.editable)
        self._show(review)
        self.renewed.emit()

    def _called(self, review: Review) -> None:
        """A side is called otherwise: what nobody has decided is understood anew, by the new words."""
        former = self.review.review
        self.review.decide(review)
        if [one.parties for one in former.documents] == [one.parties for one in review.documents]:
            return

        def done(read: Review) -> None:
            if self.review.review is review:
                self.review.exchange(read)
                self._show(read)

        # A reading of a long text takes longer than the window may stand still.
        self.context.operations.run(lambda _progress: again(review), done, owner=self, key="annex-again")

    def _show(self, review: Review) -> None:
        self.head.show_review(review)
        found = owed(review)
        if self.tabs.currentWidget() is self.owed:
            self.owed.show_owed(found)
        self.summary.say(owed_words(review, found))
        if not review.open:
            self.notice.say("")
        retone(self.contract_button, kind="" if review.open else "primary")
        self._show_state()

    def _show_state(self) -> None:
        if not self.working:
            return
        word = RETIRED if self._record and self._record.retired_at else ""
        word = word or (PUBLISHED if not self.editable else "未保存" if self.dirty else DRAFT)
        self._state.setText(word)
        retone(self._state, tone="ok" if word == PUBLISHED else "warn")
        self.save_button.setVisible(self.editable)
        self.save_button.setEnabled(self.dirty)
        made = "契約に戻る" if self._back else "契約を作る"
        self.contract_button.setText(f"確定して{made}…" if self.editable else f"この特記事項で{made}")
        self.contract_button.setEnabled(word != RETIRED)
        self.edit_button.setVisible(self._record is not None)

    def _turned(self, at: int) -> None:
        self.check_button.setVisible(at == 0)
        if self.tabs.currentWidget() is self.owed and self.review.shown is not None:
            self.owed.show_owed(owed(self.review.shown))

    def _go_to(self, at: int) -> None:
        self.tabs.setCurrentWidget(self.review)
        self.review.go(at)

    def _check(self) -> None:
        self.tabs.setCurrentWidget(self.review)
        self.review.text.setFocus()

    def _edit(self) -> None:
        if self._record is not None and self.can_leave():
            self.context.navigate(EditAnnex(self._record.annex, self._record.version))

    @property
    def _now(self) -> tuple[Review | None, str, str]:
        return self.review.shown, self.head.title.text().strip(), self.head.source.text().strip()
