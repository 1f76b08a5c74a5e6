"""The editor's page: the fields, the history and the attachments of one record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.ledger.writing import ChangeSet
from app.records import SPECS, Contract, Made, Record
from app.records.carrying import carried
from app.records.kinds import Ref
from app.records.naming import naming
from app.ui.context import Context
from app.ui.editor.attachments import AttachmentsView
from app.ui.editor.awaited import AwaitedAnnex
from app.ui.editor.form import RecordForm
from app.ui.editor.history import HistoryView
from app.ui.editor.related import RelatedView
from app.ui.homes import begin, begin_like
from app.ui.inputs.base import Making, stop_before
from app.ui.inputs.picking.dialog import pick_several
from app.ui.manual import topic_of
from app.ui.offers.menu import act_buttons
from app.ui.page import Page
from app.ui.parts.elide import Eliding
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, Prose, button, clear, row
from app.ui.targets import ATTACHED, EditRecord, ReadMachines, ShowStart, Target

_ATTACHED, _RELATED = 1, 3
"""The places of 添付 and 関係 among the tabs."""
_LOOK_ONLY = "閲覧のみで開いているため、この画面では登録も保存もできません。"


class EditorPage(Page):
    """One record, new or known. ``finished`` once it is saved and done with."""

    def __init__(self, context: Context, target: EditRecord) -> None:
        super().__init__(context)
        self.target = target
        self.spec = SPECS[target.kind]
        self._shown_kinds = self.shows = frozenset({"attachment", *naming(self.spec)})
        record = self._stored(target.id)
        self.form = RecordForm(context, self.spec, record, target.preset)
        self.awaited = AwaitedAnnex(context, self.form)
        self._chosen: list[int] = []
        """Whom several records were to be written for, until they are."""
        self._carry(self._stored(target.like), "複製元")
        self._build()
        self.form.edited.connect(self._mark_title)
        self.form.stale.connect(self._offer_newest)
        self.form.instead.connect(self._open_instead)
        self._show_record()
        self._fresh = True
        self.show_target(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.form.went_on(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not when it is made: before the page stands in the window, the cursor goes to its first button.
        if self._fresh:
            self._fresh = False
            if self.tabs.currentIndex() == _ATTACHED:
                self.attachments.add_button.setFocus()
            else:
                self.form.focus()

    def _build(self) -> None:
        self._heading = Eliding("h1", Qt.TextElideMode.ElideRight)
        self._state = Prose("", "sub")
        self.save_button = button("", self.save_and_close, kind="primary", key="S")
        self.more_button = button("登録して続ける", self.save_and_continue, key="C")
        self.copy_button = button(
            "複製して新規",
            self.copy,
            hint=f"{self.spec.label}をもう1件、同じ内容を引き継いで登録します（Ctrl+D）",
        )
        self.retire_button = button("取り消す…", self.retire, kind="danger", key="D")
        self.each_button = button("", self.save_each, kind="link")
        if self.spec.each:
            said = f"複数の{self.spec.field(self.spec.each).label}をまとめて登録…"
            self.each_button.setText(said)
            self.each_button.setAccessibleName(said)
            self.form.boxes[self.spec.each].add_below(self.each_button)
        self.reload_button = button("最新の内容を読み込む", self.reload, key="R")
        self.reload_button.hide()
        self.context.look.dress(self.save_button, "save", "on-primary")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName("内容")
        self.form.setProperty("role", "page")
        self.form.column.setContentsMargins(2, 14, 10, 14)
        scroll.setWidget(self.form)
        self.history = HistoryView(self.context)
        self.related = RelatedView(self.context)
        self.attachments = AttachmentsView(self.context)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("表示の切替え")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("表示の切替え")
        self.tabs.addTab(scroll, "内容")
        self.tabs.addTab(self.attachments, "添付")
        self.tabs.addTab(self.history, "履歴")
        self.tabs.addTab(self.related, "関係")
        self.tabs.currentChanged.connect(self._load_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 20, 12)
        layout.setSpacing(8)
        layout.addLayout(
            row(
                self._heading,
                self.reload_button,
                self.retire_button,
                self.copy_button,
                self.more_button,
                self.save_button,
            )
        )
        layout.addWidget(self._state)
        self._acts = flow(spacing=10)
        layout.addLayout(self._acts)
        # Said before anything is entered that could not be kept.
        layout.addWidget(Notice(_LOOK_ONLY if self.context.ledger.read_only else "", "info"))
        layout.addWidget(self.form.notice)
        layout.addWidget(self.tabs, 1)
        if self.spec.each:
            # It stands below its field, and Tab goes as one reads.
            QWidget.setTabOrder(self.form.boxes[self.spec.each].input.fields()[-1], self.each_button)
        # The fields come first, then what ends the entry; what takes a record back stands behind everything.
        after = stop_before(self.tabs.tabBar())
        for made in (self.save_button, self.more_button, self.copy_button, self.reload_button):
            QWidget.setTabOrder(after, made)
            after = made
        QWidget.setTabOrder(self.tabs.tabBar(), self.retire_button)
        for keys, press in (("Ctrl+D", self.copy), ("Ctrl+Shift+Delete", self.form.clear_carried)):
            QShortcut(QKeySequence(keys), self).activated.connect(press)

    @property
    def record(self) -> Record | None:
        """The record as last loaded, None while it is new."""
        return self.form.record

    def title(self) -> str:
        if self.record is None:
            return f"{self.spec.label}の登録"
        name = self.context.facts().title(self.record)
        return self.spec.label if name == self.spec.label else f"{self.spec.label}　{name}"

    @property
    def topic(self) -> str:
        return topic_of(self.spec.name)

    def chosen_records(self) -> tuple[list[Record], ...]:
        return ([] if self.record is None else [self.record],)

    def refresh(self) -> None:
        if self.record is not None and not self.form.dirty:
            newest = self._stored(self.record.id)
            if newest != self.record:
                self.form.load(newest)
                self._show_record()
        self._load_tab(self.tabs.currentIndex())
        self.awaited.take()

    def show_target(self, target: Target) -> None:
        if isinstance(target, EditRecord) and target.tab == ATTACHED and self.record is not None:
            self.tabs.setCurrentIndex(_ATTACHED)

    def save(self) -> bool:
        """Write what is entered and stay."""
        if not self._editable:
            return True
        new = self.record is None
        if self.form.save() is None:
            if self.tabs.currentIndex():
                self.tabs.setCurrentIndex(0)
                self.form.focus_wrong()
            return False
        self.reload_button.hide()
        self._show_record()
        self.renewed.emit()
        self.context.say(f"「{self.title()}」を{'登録' if new else '保存'}しました。")
        return True

    def save_and_close(self) -> None:
        """Write what is entered and go back; from a new contract on to what is due before it begins."""
        new = self.record is None
        if not self.save():
            return
        made = self.record
        self.finished.emit()
        if new and isinstance(made, Contract) and made.last_day >= self.context.today():
            self.context.navigate(ShowStart(made.id))

    def save_and_continue(self) -> None:
        """Write a new record and begin another that takes over what is usually the same."""
        if self.save():
            self._carry(self.record, "前の登録")
            self._show_record()
            self.form.focus()

    def save_each(self) -> None:
        """Choose several of what the record is about (workers, devices) and write one record for each."""
        field = self.spec.field(self.spec.each)
        # What else is wrong is said first: the choice of twenty people is not to be made twice.
        if not isinstance(field.kind, Ref) or not self.form.check_each([1]):
            return
        self._chosen = pick_several(
            Making(self.context),
            field.kind.to,
            f"登録する{field.label}を選ぶ",
            ticked=self._chosen,
            yes="登録する",
        )
        if self._chosen and (count := self.form.save_each(self._chosen)):
            self.form.set_clean()
            self.context.say(f"{self.spec.label}{count}件を登録しました。")
            self.finished.emit()

    def copy(self) -> None:
        """Begin another record that takes over what is usually the same as in this one."""
        if self.record is not None:
            begin_like(self.context, self.record)

    def add(self) -> None:
        """Ctrl+N: another record of the same type."""
        if self.record is not None and self.spec.made is Made.BY_HAND:
            begin(self.context, self.spec.name)

    def can_leave(self) -> bool:
        return self.left_with(unsaved=self._editable and self.form.dirty)

    def retire(self) -> None:
        """Take the record out of the facts, for a reason."""
        record = self.record
        if record is None:
            return
        reason = self.context.dialogs.ask_text(
            f"{self.title()}を取り消す",
            "取り消した記録は一覧から外れますが、履歴には残ります。取り消す理由を入力してください。",
            yes="取り消す",
        )
        if reason and self.context.attempt(lambda: self.context.ledger.retire(record, reason)):
            self.form.set_clean()
            self.finished.emit()

    def reload(self) -> None:
        """Give up what was entered and show what the ledger holds."""
        if self.record is not None:
            self.form.load(self._stored(self.record.id))
            self.reload_button.hide()
            self._show_record()

    def _carry(self, former: Record | None, origin: str) -> None:
        if former is not None:
            self.form.carry(carried(former, self.context.facts()), origin)

    def _open_instead(self, record: Record) -> None:
        """Show the record that is there already, above this page: what was entered waits below."""
        self.context.navigate(EditRecord(record.spec.name, record.id))

    @property
    def _editable(self) -> bool:
        return self.record is None or self.record.retired_at is None

    def _stored(self, record_id: int) -> Record | None:
        if not record_id:
            return None
        return self.context.ledger.get(self.spec.cls, record_id)  # type: ignore[no-any-return]  # Spec[Any]

    def _show_record(self) -> None:
        record = self.record
        new = record is None
        self._mark_title()
        self._offer_acts()
        self.save_button.setText("登録" if new else "保存")
        self.save_button.setAccessibleName(self.save_button.text())
        self.more_button.setVisible(new and self.spec.made is Made.BY_HAND)
        self.each_button.setVisible(new and bool(self.spec.each))
        self.copy_button.setVisible(not new and self.spec.repeated)
        self.retire_button.setVisible(not new and self._editable and self.spec.made is not Made.BY_ISSUING)
        self.save_button.setVisible(self._editable)
        self.form.setEnabled(self._editable)
        for each in (
            self.save_button,
            self.more_button,
            self.each_button,
            self.retire_button,
            self.copy_button,
        ):
            each.setEnabled(not self.context.ledger.read_only)
        self._state.say(self._said())
        self._state.setVisible(bool(self._state.plain))
        self.tabs.setTabVisible(_ATTACHED, self.spec.made is not Made.WITH_OWNER)
        self.tabs.setTabText(_ATTACHED, f"添付（{self.attachments.count(record)}）" if record else "添付")
        for at in (2, 3):
            self.tabs.setTabVisible(at, not new)
        self._load_tab(self.tabs.currentIndex())

    def _said(self) -> str:
        record = self.record
        if record is None:
            return ""
        if record.retired_at is not None:
            day = record.retired_at
            when = f"{day.year}年{day.month}月{day.day}日"
            return f"{when}に取り消されています（理由：{record.retired_why}）。変更はできません。"
        at = record.recorded_at
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M} {record.recorded_by}が記録" if at else ""

    def _mark_title(self) -> None:
        self._heading.say(self.title() + ("　＊" if self._editable and self.form.dirty else ""))

    def _load_tab(self, at: int) -> None:
        # Any record may name this one.
        self.shows = frozenset(SPECS) if at == _RELATED else self._shown_kinds
        if at == _ATTACHED:
            self.attachments.load(self.spec, self.record)
        elif at == 2 and self.record is not None:
            self.history.load(self.spec.name, self.record.id)
        elif at == _RELATED and self.record is not None:
            self.related.load(self.record)

    def take(self, changes: ChangeSet) -> None:
        record = self.record
        if record is not None and (self.spec.name, record.id) in changes.changed:
            newest = self._stored(record.id)
            if newest is None or newest.revision == record.revision:
                return
            if self.form.dirty:
                self._offer_newest()
            else:
                self.form.load(newest)
                self._show_record()
        else:
            self._show_record()

    def _offer_acts(self) -> None:
        """What can be done to the record as a whole, beside entering its fields one by one."""
        clear(self._acts)
        if not self._editable or self.context.ledger.read_only:
            return
        if self.spec.name == "device":
            hint = "型番、製造番号、OS、暗号化などを読み取り、確かめてから登録します"
            self._acts.addWidget(button("このPCの情報を読み取る", self._read_machine, hint=hint))
        if self.spec.name == "contract":
            hint = "発注者の特記事項の文章から、条項ごとの義務を読み取ります"
            self._acts.addWidget(button("特記事項が一覧にないとき…", self.awaited.read, hint=hint))
        if self.record is None:
            return
        for made in act_buttons(self.context, self.record):
            self._acts.addWidget(made)

    def _read_machine(self) -> None:
        """What this PC tells of the device that the page shows, or of a new one: on a page of its own."""
        self.context.navigate(ReadMachines(device=self.record.id if self.record is not None else 0))

    def _offer_newest(self) -> None:
        self.form.tell(
            "この記録は他の画面で変更されました。最新の内容を読み込むと、ここで入力した内容は失われます。",
            "warn",
        )
        self.reload_button.show()
