"""One version of an annex: its clauses, its words, the duties it would bring, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from app.annexes.annex import Annex
from app.annexes.files.tables import Table
from app.annexes.files.toml_lines import Path
from app.annexes.own.annexes import examine
from app.annexes.own.drafting import Drafting
from app.common import PeopleError
from app.ledger.writing import ChangeSet
from app.records import SPECS, OwnAnnex
from app.ui.annexes.clauses import ClausesView
from app.ui.annexes.deeds import begin, export, publish, retire, revise
from app.ui.annexes.head_form import HeadForm
from app.ui.annexes.opened import DRAFT, PUBLISHED, RETIRED, SHIPPED, opened
from app.ui.annexes.revision_view import RevisionView, former_versions
from app.ui.annexes.trial_view import TrialView
from app.ui.annexes.words import spoken
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.parts.elide import Eliding
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Notice, button, label, retone, row
from app.ui.targets import EditAnnex, ReadAnnex, Target

_TONES = {SHIPPED: "info", DRAFT: "warn", PUBLISHED: "ok", RETIRED: "muted"}
_HEAD, _TRIAL, _REVISION = 1, 2, 3
_SHOWN, _EVERYTHING = frozenset({"own_annex"}), frozenset(SPECS)


class AnnexPage(Page):
    """Drafts are written here; everything else is read. ``finished`` once there is nothing left to show."""

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        self._target = target
        self.opened = opened(context, target)
        self.draft: Drafting | None = None
        self._kept: Table = {}
        self._told = False
        """Whether faults are shown: from the first attempt to save on, until there are none."""
        self._build()
        self._load()
        if isinstance(target, EditAnnex) and target.compare and self.tabs.isTabVisible(_REVISION):
            self.tabs.setCurrentIndex(_REVISION)

    def _build(self) -> None:
        look = self.context.look
        self._heading = Eliding("h1", Qt.TextElideMode.ElideRight)
        self._state = label("", "chip", tone="info")
        self.save_button = button(
            "保存", self.save, kind="primary", hint="下書きを保存します（Ctrl+S）", key="S"
        )
        look.dress(self.save_button, "save", "on-primary")
        self.publish_button = button("確定する…", self.publish, key="P")
        self.begin_button = button("この特記事項を基に作る…", lambda: self._on_annex(begin))
        self.revise_button = button("新しい版を作る", lambda: self._on_annex(revise))
        self.export_button = button("表計算ファイルに書き出す…", lambda: self._on_annex(export))
        self.retire_button = button("取り消す…", self.retire, kind="danger", key="D")
        self.reading_button = button("読み取った文章を開く", self._open_reading)
        self.reload_button = button("最新の内容を読み込む", self._reload)
        deeds = FlowLayout(spacing=8)
        for one in (
            self.publish_button,
            self.revise_button,
            self.begin_button,
            self.reading_button,
            self.export_button,
            self.retire_button,
            self.reload_button,
        ):
            deeds.addWidget(one)
        self.notice = Notice()
        self.clauses = ClausesView(self.context)
        self.head = HeadForm()
        self.trial = TrialView(self.context)
        self.revision = RevisionView(self.context)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("特記事項の内容")
        self.tabs.tabBar().setAccessibleName("特記事項の内容")
        for widget, name in (
            (self.clauses, "条項"),
            (self.head, "題名・用語"),
            (self.trial, "生じる義務"),
            (self.revision, "前の版との相違"),
        ):
            self.tabs.addTab(widget, name)
        self.tabs.currentChanged.connect(self._load_tab)
        self.clauses.edited.connect(self._edited)
        self.head.edited.connect(self._edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 20, 12)
        layout.setSpacing(8)
        layout.addLayout(row(self._heading, self._state, self.save_button))
        layout.addLayout(deeds)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs, 1)

    def title(self) -> str:
        held = self.opened.record or self.opened.annex
        return f"{held.title}　第{held.version}版" if held else "特記事項"

    @property
    def topic(self) -> str:
        return topic_of("own_annex")

    def refresh(self) -> None:
        self._load_tab(self.tabs.currentIndex())

    @property
    def dirty(self) -> bool:
        """Whether anything was changed since it was last saved."""
        return self.opened.editable and self.draft is not None and self.draft.table != self._kept

    def save(self) -> bool:
        """Keep the draft, or say everything that keeps it from being read; then what was entered stays."""
        record, draft = self.opened.record, self.draft
        if not self.opened.editable or record is None or draft is None or not self.dirty:
            return True
        faults = self._mark(told=True)
        if faults:
            self._go_to(faults[0][0])
            return False
        try:
            text = draft.text()
            title = draft.table["title"]
            examine(self.context.catalogue, self.context.facts(), text, f"「{title}」")
            # Before it is written: the change is told at once, and would look like somebody else's.
            self._kept = deepcopy(draft.table)
            self.context.ledger.change(
                replace(record, title=title, content=text), reason=f"「{title}」の保存"
            )
        except PeopleError as error:
            self._kept = {}
            self.notice.say("\n".join(error.problems), "danger")
            return False
        self.context.say(f"「{self.title()}」を保存しました。")
        return True

    def can_leave(self) -> bool:
        return self.left_with(unsaved=self.dirty)

    def publish(self) -> None:
        """Save, then publish after asking."""
        if self.save() and self.opened.record is not None:
            publish(self.context, self.opened.record)

    def retire(self) -> None:
        """Take it back, for a reason, and leave."""
        if self.opened.record is not None and retire(self.context, self.opened.record):
            self._kept = self.draft.table if self.draft else {}
            self.finished.emit()

    def _on_annex(self, deed: Callable[[Context, Annex], None]) -> None:
        """Do something with the annex as it is saved."""
        if self.save() and self.opened.annex is not None:
            deed(self.context, self.opened.annex)

    def _reload(self) -> None:
        try:
            self.opened = opened(self.context, self._target)
        except PeopleError:
            # What showed it was taken back.
            self._kept = self.draft.table if self.draft else {}
            self.finished.emit()
            return
        self._load()

    def _load(self) -> None:
        held, draft = self.opened, self.draft
        at = self.tabs.currentIndex()
        self.draft = draft = Drafting(held.annex, held.base) if held.annex else None
        self._told = False
        self._kept = deepcopy(draft.table) if draft else {}
        self.tabs.setVisible(draft is not None)
        if draft is not None and held.annex is not None:
            self.clauses.load(draft, editable=held.editable)
            self.head.load(draft.table, editable=held.editable)
            self.tabs.setTabVisible(_REVISION, bool(former_versions(self.context, held.annex)))
        self.notice.say(held.problem, "danger")
        self._show_state()
        self._load_tab(at)

    def _show_state(self) -> None:
        held, state = self.opened, self.opened.state
        self._heading.say(self.title() + ("　＊" if self.dirty else ""))
        self._state.setText(state)
        retone(self._state, tone=_TONES[state])
        self.save_button.setVisible(held.editable)
        self.save_button.setEnabled(self.dirty)
        self.publish_button.setVisible(held.editable)
        usable = held.annex is not None and state != RETIRED
        for one in (self.begin_button, self.export_button):
            one.setVisible(usable)
        self.revise_button.setVisible(usable and state != DRAFT)
        self.retire_button.setVisible(state in (DRAFT, PUBLISHED))
        self.reading_button.setVisible(held.record is not None and bool(held.record.reading))
        self.reload_button.hide()

    def _open_reading(self) -> None:
        record = self.opened.record
        if record is not None and self.save():
            self.context.navigate(ReadAnnex(record.annex, record.version))

    def _load_tab(self, at: int) -> None:
        annex = self.draft.annex() if self.draft else None
        # What an annex brings is reckoned from everything that is recorded.
        self.shows = _EVERYTHING if at in (_TRIAL, _REVISION) else _SHOWN
        if at == _TRIAL:
            self.trial.load(annex, self.opened.base.key if self.opened.base else "")
        elif at == _REVISION:
            self.revision.load(annex, published=self.opened.state != DRAFT)

    def _edited(self) -> None:
        self._heading.say(self.title() + ("　＊" if self.dirty else ""))
        self.save_button.setEnabled(self.dirty)
        if self._told:
            self._mark(told=True)

    def _mark(self, *, told: bool) -> list[tuple[Path, str]]:
        """Show every fault at its place; returns them."""
        faults = [(path, spoken(said)) for path, said in self.draft.faults()] if self.draft else []
        self._told = told and bool(faults)
        self.clauses.mark(faults)
        self.head.mark(faults)
        self.notice.say(
            f"入力を確かめてください（{len(faults)}か所）。赤く示した欄を直すと保存できます。"
            if faults
            else "",
            "danger",
        )
        return faults

    def _go_to(self, path: Path) -> None:
        if path[:1] == ("clause",) and len(path) > 1:
            self.tabs.setCurrentWidget(self.clauses)
            self.clauses.show_at(int(path[1]))
        else:
            self.tabs.setCurrentIndex(_HEAD)

    def take(self, changes: ChangeSet) -> None:
        record = self.opened.record
        touched = record is not None and (OwnAnnex.spec.name, record.id) in changes.changed
        if touched and not self.dirty:
            self._reload()
        elif touched:
            self.notice.say(
                "この特記事項は他の画面で変更されました。最新の内容を読み込むと、ここで入力した内容は失われます。",
                "warn",
            )
            self.reload_button.show()
        elif self.isVisible():
            self._load_tab(self.tabs.currentIndex())
