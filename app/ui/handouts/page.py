"""A paper for one's own use: what is chosen at the left, the paper at the right; printed, or saved."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.handouts.catalogue import HANDOUTS
from app.records import SPECS, Record
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm, read_input
from app.ui.inputs.base import Making
from app.ui.inputs.picking.dialog import pick_several
from app.ui.manual import topic_of
from app.ui.offers.menu import ground_of
from app.ui.page import Page
from app.ui.papers.preview import Preview
from app.ui.papers.printing import print_pdf, save_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, Notice, Prose, button
from app.ui.targets import MakeHandout, Target

_PAUSE = 250
"""Milliseconds without another sign before the paper follows what is chosen."""
_NAMED = 4
"""Records that are named before the others are only counted."""


class _Made(NamedTuple):
    pdf: bytes
    pages: int


class HandoutPage(Page):
    """Nothing is written by it: the paper has no number, and is not kept."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, MakeHandout):
            raise TypeError(target)
        self.handout = HANDOUTS[target.name]
        self._ids = target.ids
        self._made: _Made | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._draw)
        self.form: FieldsForm | None = None
        self.notice = Notice()
        self.print_button = button("印刷…", self.print_page, kind="primary", key="P")
        context.look.dress(self.print_button, "print", "on-primary")
        self.save_button = button(SAVE_PDF, self._save, key="S")
        self.pick = button("対象を選ぶ…", self._pick, kind="link")
        self._named = Prose("", "sub")
        self.preview = Preview(context)
        about = self.handout.about.spec.label
        self._nothing = Empty(f"{about}を選んでください", self.handout.hint)
        self._right = QStackedWidget()
        for widget in (self._nothing, self.preview):
            self._right.addWidget(widget)
        self._build()
        self._ask()

    def title(self) -> str:
        return self.handout.title

    @property
    def topic(self) -> str:
        return topic_of(self.handout.about.spec.name)

    def refresh(self) -> None:
        self._soon(0)

    def find_words(self) -> bool:
        return self.preview.find_words()

    def escape(self) -> bool:
        return self.preview.escape() or super().escape()

    def print_page(self) -> None:
        if self._made is not None:
            print_pdf(self.context, self._made.pdf, self.handout.title, self._made.pages)

    def save(self) -> bool:
        """Ctrl+S: nothing here is unsaved; the file is saved where one asks for it."""
        self._save()
        return True

    def _save(self) -> None:
        if self._made is not None and save_pdf(self.context, self._made.pdf, f"{self.handout.title}.pdf"):
            self.context.say(f"{self.handout.title}を保存しました。")

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 8)
        self._column.setSpacing(8)
        hint = Prose(f"{self.handout.hint}文書番号は付かず、控えは残りません。", "sub")
        for widget in (self._named, self.pick, hint):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        left = QWidget()
        chosen = QVBoxLayout(left)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addWidget(Upright(inner, "印刷するもの"), 1)
        # Below what is scrolled: it stays in sight.
        chosen.addLayout(flow(self.print_button, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(Parted(left, self._right, (1, 2), below=(1, 1)), 1)

    def _records(self) -> tuple[Record, ...]:
        facts = self.context.facts()
        found = (facts.find(self.handout.about, one) for one in self._ids)
        return tuple(one for one in found if one is not None)

    def _ask(self) -> None:
        """Ask what has to be chosen for the records."""
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        records, ground = self._records(), ground_of(self.context)
        if records:
            fields = self.handout.fields(ground, records)
            form = self.form = FieldsForm(self.context, fields, self.handout.given(ground, records))
            for made in form.inputs.values():
                made.edited.connect(self._soon)
            self._column.insertWidget(0, form)
        self._soon(0)

    def _pick(self) -> None:
        """Choose among everything for which it can be made."""
        ground, handout = ground_of(self.context), self.handout
        held = ground.facts.all(handout.about)
        others = {str(one.id) for one in held if not handout.offered(ground, one)}
        found = pick_several(
            Making(self.context),
            handout.about.spec.name,
            f"「{handout.title}」の対象を選ぶ",
            others,
            ticked=list(self._ids),
            yes="選ぶ",
        )
        if found:
            self._ids = tuple(found) if handout.many else tuple(found[:1])
            self._ask()

    def _soon(self, pause: int = _PAUSE) -> None:
        self._made = None
        self._enable()
        self._pause.start(pause)

    def _enable(self) -> None:
        for made in (self.print_button, self.save_button):
            made.setEnabled(self._made is not None)

    def _answers(self) -> dict[str, Any] | None:
        """What is chosen; None where something cannot be read, which is told."""
        found: dict[str, Any] = {}
        for name, made in self.form.inputs.items() if self.form else ():
            value, problem = read_input(made, str(made.text()))
            if problem:
                self.notice.say(problem, "danger")
                return None
            found[name] = value
        return found

    def _draw(self) -> None:
        """Let the worker make what is chosen by now."""
        records, ground, handout = self._records(), ground_of(self.context), self.handout
        self._tell(records)
        self.notice.say("")
        answers = self._answers() if records else None
        if answers is None:
            self._right.setCurrentWidget(self._nothing)
            return
        chosen = answers

        def work(_progress: Progress) -> _Made:
            from app.printing.pages import OpenPdf

            pdf = handout.make(ground, records, chosen)
            with OpenPdf(pdf) as opened:
                return _Made(pdf, opened.page_count)

        self.context.operations.run(
            work, self._drawn, failed=self._failed, owner=self, key=f"handout:{id(self)}"
        )

    def _drawn(self, made: _Made) -> None:
        self._made = made
        self.preview.show_pdf(made.pdf)
        self._right.setCurrentWidget(self.preview)
        self._enable()

    def _tell(self, records: tuple[Record, ...]) -> None:
        facts = self.context.facts()
        names = "、".join(facts.title(one) for one in records[:_NAMED])
        more = f"ほか{len(records) - _NAMED}件" if len(records) > _NAMED else ""
        self._named.say(names + more)
        self._named.setVisible(bool(records))
        said = "対象を選び直す…" if records else "対象を選ぶ…"
        self.pick.setText(said)
        self.pick.setAccessibleName(said)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._right.setCurrentWidget(self._nothing)
        self.notice.say(sentences(error.problems), "danger")
