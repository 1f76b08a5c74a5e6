"""新しい年度の文章と比べる: a text comes in, one sees what changed, and the draft is made."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.annexes.annex import Annex
from app.annexes.reading.review.model import Review
from app.annexes.reading.revising.reviewing import begin_with
from app.common import PeopleError, Progress
from app.duties.whatif.revision_effects import Effects
from app.ledger.writing import ChangeSet
from app.records import OwnAnnex
from app.ui.annexes.reading.begin_view import BeginView
from app.ui.annexes.reading.documents_dialog import choose_documents
from app.ui.annexes.revising.changes_view import ChangesView
from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, button
from app.ui.targets import ReadAnnex, ReviseAnnex, Target

if TYPE_CHECKING:
    from app.exchange.annexes.reading import ReadFile
    from app.exchange.readings.revising import Planned

Found = tuple["Planned", tuple[Effects, ...], tuple[str, ...]]
Several = tuple["ReadFile", Review]
"""A text of several documents, of which somebody has to say which is meant."""
T = TypeVar("T")


class RevisingPage(Page):
    """Nothing is written before 下書きを作る is pressed; then the next version is a draft."""

    shows = frozenset({OwnAnnex.spec.name})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ReviseAnnex):
            raise TypeError(target)
        self._old: Annex = context.catalogue.annex(target.key, target.version)
        self.planned: Planned | None = None
        self.begin = BeginView(context, "新しい年度の文章と比べる", self._about())
        self.changes = ChangesView()
        self.notice = Notice()
        self.make_button = button("下書きを作る", self.make, kind="primary", key="S")
        self.again_button = button("別の文章と比べる…", self.begin_again, key="R")
        result = QWidget()
        inside = QVBoxLayout(result)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(flow(None, self.again_button, self.make_button))
        inside.addWidget(self.notice)
        inside.addWidget(self.changes, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.begin)
        self._stack.addWidget(result)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 12, 8)
        layout.addWidget(self._stack)
        self.begin.pasted.connect(self.read_pasted)
        self.begin.chosen.connect(self.read_file)

    def title(self) -> str:
        return f"{self._old.title}　第{self._old.version}版からの改定"

    @property
    def topic(self) -> str:
        return "07-annexes/新しい年度の文章と比べる"

    @property
    def compared(self) -> bool:
        """Whether a text has been read and held against the old version."""
        return self._stack.currentWidget() is not self.begin

    def read_pasted(self, text: str) -> None:
        """Read what was pasted, in the worker."""
        from app.exchange.annexes.reading import read_pasted

        self._read(lambda progress: read_pasted(text, progress))

    def read_file(self, path: Path) -> None:
        """Read a file, in the worker."""
        from app.exchange.annexes.reading import read_file

        self._read(lambda progress: read_file(path, progress))

    def begin_again(self) -> None:
        """Hold another text against the old version."""
        self.planned = None
        self._stack.setCurrentWidget(self.begin)
        self.begin.edit.setFocus()

    def make(self) -> None:
        """Write the next version as a draft and go on to look at its paragraphs."""
        planned, context = self.planned, self.context
        if planned is None:
            return
        if planned.former is not None and not context.dialogs.ask(
            f"「{planned.former.title}」第{planned.former.version}版の下書きを、この内容に置き換えますか？",
            "置き換える",
            detail="下書きで確かめた内容は失われます。「元に戻す」で取り消せます。",
        ):
            return

        def work(_progress: Progress) -> OwnAnnex:
            from app.exchange.readings.revising import store

            return store(context.ledger, planned)

        def done(made: OwnAnnex) -> None:
            self.finished.emit()
            context.say(f"「{made.title}」第{made.version}版を下書きとして登録しました。")
            context.navigate(ReadAnnex(made.annex, made.version))

        context.operations.run(work, done, title="新しい版の作成", owner=self)

    def take(self, changes: ChangeSet) -> None:
        """What was compared may rest on a draft that is another now."""
        del changes
        if self.compared:
            self.begin_again()
            self.begin.refuse("特記事項が変更されたため、もう一度読み取ってください。")

    def _about(self) -> str:
        return (
            f"「{self._old.title}」第{self._old.version}版と条項ごとに比べ、変わった言葉と義務を示します。"
            "文章が同じ条項は、設定した義務と条件をそのまま引き継ぎます。"
        )

    def _read(self, read: Callable[[Progress], ReadFile]) -> None:
        context, old = self.context, self._old
        facts, catalogue, forms, day = context.facts(), context.catalogue, context.forms, context.today()
        self.begin.notice.say("")

        def planned(found: ReadFile, parts: Collection[int], progress: Progress) -> Found:
            from app.exchange.readings.revising import on_contracts, plan

            made = plan(
                facts,
                catalogue,
                old.key,
                found.reading,
                version=old.version,
                parts=parts,
                update=True,
                progress=progress,
            )
            return made, on_contracts(facts, catalogue, forms, day, made.annex, progress), found.told

        def work(progress: Progress) -> Found | Several:
            found = read(progress)
            if len({one.document for one in found.reading.paragraphs}) < 2:
                return planned(found, (), progress)
            return found, begin_with(found.reading, (), progress)

        def done(answer: Found | Several) -> None:
            if len(answer) == 3:
                self._show(answer)
                return
            found, review = answer
            parts = choose_documents(context, review)
            if parts is not None and context.is_open:
                self._run(partial(planned, found, parts), self._show)

        self._run(work, done)

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, PeopleError):
                raise error
            self.begin.refuse(error.sentence)

        title = "新しい年度の文章の読取り"
        self.context.operations.run(work, done, title=title, failed=failed, owner=self, key="annex-revising")

    def _show(self, found: Found) -> None:
        planned, effects, told = found
        self.planned = planned
        left = f"{planned.open}条項は、下書きを作ったあと、1つずつ確かめます。" if planned.open else ""
        self.notice.say("\n".join((*told, left)).strip(), "warn" if left else "info")
        self.changes.show_planned(planned, effects)
        self._stack.setCurrentIndex(1)
        self.make_button.setFocus()
