"""The wizard: makes the ledger, proves the recovery sheet, and takes down the first records."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.common import PeopleError, Progress
from app.filesystem import private_folder
from app.ledger.door import Ledger
from app.records import SPECS, Record
from app.ui.access.recovery import RecoverySheet
from app.ui.context import Context, Program
from app.ui.editor.form import RecordForm
from app.ui.first_run.steps import OfficerStep, PassphraseStep, PlaceStep, Step
from app.ui.operations import Operations
from app.ui.papers.printing import print_pdf
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.keyboard import focused
from app.ui.parts.look import Look
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Notice, button, card, label, prose, retone, row

_RECORDS = (
    ("vendor", "自社", "書類の差出人として印字されます。"),
    ("client", "発注者", "業務を委託している市区町村です。書類の宛先になります。"),
    (
        "contract",
        "契約",
        "契約に付されている特記事項を選ぶと、必要な届出と期限が分かるようになります。"
        "一覧にない特記事項は、「あとで入力する」で進み、契約の登録の画面で文章から読み取れます。",
    ),
)


class SheetStep(Step):
    """The recovery sheet, out of the computer and typed back."""

    heading = "回復シート"

    def __init__(self, sheet: RecoverySheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.sheet.changed.connect(self.changed)
        self.layout_.addWidget(sheet)

    def ready(self) -> bool:
        return self.sheet.proven

    def begin(self) -> None:
        self.sheet.save_button.setFocus()


class RecordStep(Step):
    """One record of the ledger."""

    def __init__(self, context: Context, kind: str, heading: str, why: str, preset: dict[str, Any]) -> None:
        super().__init__()
        self.heading = heading
        self.form = RecordForm(context, SPECS[kind], preset=preset)
        self.layout_.addWidget(prose(why, "sub"))
        self.layout_.addWidget(self.form)

    def needed(self) -> Callable[[], None] | None:
        names = [name for name, box in self.form.boxes.items() if box.field.required and not box.input.text()]
        return partial(self.form.focus, names[0]) if names else None

    def save(self) -> Record | None:
        """Write it, once; changed afterwards it is written anew."""
        if self.form.record is not None and not self.form.dirty:
            return self.form.record
        return self.form.save(correction=True)

    def begin(self) -> None:
        self.form.focus()


class DoneStep(Step):
    """Where to go from here."""

    heading = "完了"

    def __init__(self) -> None:
        super().__init__()
        self.layout_.addWidget(label("準備ができました", "h2"))
        self.layout_.addWidget(
            prose(
                "「きょう」の画面に、契約で求められている届出や記録と、その期限が並びます。\n"
                "続けて、「契約の開始」の「手順を開く」から、責任者・従事者、作業場所、研修などを上から順に登録してください。"
            )
        )
        self.layout_.addWidget(
            prose(
                "バックアップは、はじめは台帳と同じドライブに作ります。PCの故障に備えて、"
                "「設定」の「バックアップ」で、外付けのドライブなどを保存先にしてください。",
                "sub",
            )
        )


class Wizard(QWidget):
    """``made(ledger)`` at the end, or when the user leaves after the ledger was made; ``left`` before;
    ``restore_wanted`` and ``archive_wanted`` by whom has a backup or an archive and begins on another
    computer."""

    made = Signal(object)
    left = Signal()
    restore_wanted = Signal()
    archive_wanted = Signal()

    def __init__(
        self,
        program: Program,
        look: Look,
        dialogs: Dialogs,
        operations: Operations,
        path: Path | None = None,
    ) -> None:
        super().__init__()
        self._program, self._look, self._dialogs = program, look, dialogs
        self._operations = operations
        self.ledger: Ledger | None = None
        self._context: Context | None = None
        self._client = 0
        self.officer = OfficerStep()
        self.place = PlaceStep(dialogs, path)
        self.passphrase = PassphraseStep(look, lambda: (self.officer.name.text(), self.place.path.stem))
        self.sheet = SheetStep(RecoverySheet(look, dialogs, operations))
        self.steps: list[Step] = [self.officer, self.place, self.passphrase, self.sheet]
        self._names = [*(step.heading for step in self.steps), *(name for _, name, _ in _RECORDS), "完了"]
        self._build()
        for step in self.steps:
            self._put(step)
        self._go(0)

    def _build(self) -> None:
        side = QFrame()
        side.setProperty("role", "navigation")
        side_layout = QVBoxLayout(side)
        side_layout.setContentsMargins(16, 22, 16, 16)
        side_layout.setSpacing(12)
        side_layout.addWidget(label("受託台帳", "brand"))
        side_layout.addSpacing(10)
        self._marks: list[QLabel] = []
        for name in self._names:
            mark = label(name, "sub")
            self._marks.append(mark)
            side_layout.addWidget(mark)
        side_layout.addStretch(1)
        self._heading = label("", "h1")
        self.notice = Notice()
        self.stack = QStackedWidget()
        self.back_button = button("戻る", self.back, key="B")
        self.later_button = button("あとで入力する", self.later, kind="quiet", key="L")
        self.restore_button = button("バックアップから復元…", self.restore_wanted.emit, kind="quiet")
        self.archive_button = button("アーカイブから作成…", self.archive_wanted.emit, kind="quiet")
        self.next_button = button("次へ", self.next, kind="primary", key="N")
        self.next_button.setDefault(True)
        right = QVBoxLayout()
        right.setContentsMargins(28, 22, 28, 18)
        right.setSpacing(12)
        right.addWidget(self._heading)
        right.addWidget(self.notice)
        right.addWidget(self.stack, 1)
        # Below one another where both have no room beside each other.
        elsewhere = FlowLayout()
        for each in (self.restore_button, self.archive_button):
            elsewhere.addWidget(each)
        right.addLayout(elsewhere)
        right.addLayout(row(self.later_button, None, self.back_button, self.next_button))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    @property
    def at(self) -> int:
        """The number of the step that is shown."""
        return self.stack.currentIndex()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.at]

    def next(self) -> None:
        """Do what this step is for and go on."""
        if not self.next_button.isEnabled():
            return
        step = self.step
        self.notice.say("")
        if step is self.passphrase:
            self._create()
        elif isinstance(step, RecordStep):
            if (saved := step.save()) is not None:
                self._saved(saved)
        elif isinstance(step, DoneStep):
            self._finish()
        elif step is self.sheet:
            self._prove()
        else:
            self._go(self.at + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard; elsewhere it goes on.

        In a record it goes to the next field that is needed and empty, if there is one.
        """
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        held = focused(self)
        empty = self.step.needed() if held is not None and self.step.isAncestorOf(held) else None
        if isinstance(held, QPushButton | QToolButton):
            held.click()
        elif empty is not None:
            empty()
        else:
            self.next()

    def back(self) -> None:
        """Go back a step; the ledger itself is made only once."""
        if self.at == 0:
            self.left.emit()
        elif self.step is not self.sheet:
            self._go(self.at - 1)

    def later(self) -> None:
        """Leave the rest for later; what was entered stays in the ledger."""
        self._finish()

    def leave(self) -> bool:
        """The window is being closed; whether it may."""
        if self.ledger is None:
            return True
        if self.step is not self.sheet:
            return True
        return self._dialogs.ask(
            "回復シートの確認がまだ終わっていません。終了しますか？",
            "終了する",
            detail="回復シートは、あとから「設定」で作成できます。",
            grave=True,
        )

    def _create(self) -> None:
        path, officer = self.place.path, self.officer.name.text()
        passphrase = self.passphrase.passphrase.text()
        program = self._program

        def work(_progress: Progress) -> tuple[Ledger, str]:
            private_folder(path.parent)
            return program.product.create(path, passphrase, officer, program.cost)

        self._busy(True)
        self._operations.run(work, self._created, failed=self._refused, owner=self)

    def _created(self, answer: tuple[Ledger, str]) -> None:
        self._busy(False)
        self.ledger, code = answer
        self._program.preferences.set(ledger=str(self.place.path))
        self.passphrase.passphrase.clear()
        today = self._program.today()
        context = Context(self._program, self.ledger, self._dialogs, self._operations, self._look)
        self._context = context
        officer = self.officer.name.text().strip()
        self.sheet.sheet.use(code, self.place.path.stem, today, officer, partial(print_pdf, context))
        for kind, name, why in _RECORDS:
            self._put_record(context, kind, name, why)
        done = DoneStep()
        self.steps.append(done)
        self._put(done)
        self._go(self.at + 1)

    def _prove(self) -> None:
        """Note that the sheet was typed back, so that nobody is reminded of it."""
        if self._context is not None and self._context.attempt(self._context.ledger.prove_sheet):
            self._go(self.at + 1)

    def _put_record(self, context: Context, kind: str, name: str, why: str) -> None:
        step = RecordStep(context, kind, name, why, {})
        self.steps.append(step)
        self._put(step)

    def _saved(self, record: Record) -> None:
        following = self.steps[self.at + 1]
        if record.spec.name == "client" and isinstance(following, RecordStep) and not self._client:
            self._client = record.id
            following.form.boxes["client"].input.show_value(record.id)
            following.form.set_clean()
        self._go(self.at + 1)

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, PeopleError):
            self.notice.say(error.sentence, "danger")
        elif isinstance(error, OSError):
            self.notice.say("保存場所のフォルダを作れません。別の場所を選んでください。", "danger")
        else:
            raise error

    def _finish(self) -> None:
        ledger, self.ledger = self.ledger, None
        if self._context is not None:
            self._context.close()
        self.made.emit(ledger)

    def _put(self, step: Step) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if isinstance(step, RecordStep):
            step.setProperty("role", "page")
            step.layout_.setContentsMargins(0, 0, 8, 0)
            scroll.setWidget(step)
            page: QWidget = QWidget()
            inside = QVBoxLayout(page)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(step.form.notice)
            inside.addWidget(scroll, 1)
        else:
            frame, inside = card()
            inside.setContentsMargins(24, 20, 24, 20)
            inside.addWidget(step)
            holder = QWidget()
            holder.setProperty("role", "page")
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(frame)
            column.addStretch(1)
            scroll.setWidget(holder)
            page = scroll
        step.changed.connect(self._allow)
        self.stack.addWidget(page)

    def _go(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        step = self.step
        self.notice.say("")
        self._heading.setText(step.heading)
        for number, mark in enumerate(self._marks):
            name = self._names[number]
            mark.setText(f"✓　{name}" if number < at else f"{number + 1}　{name}")
            retone(mark, role="h3" if number == at else "sub")
        recording = isinstance(step, RecordStep)
        for each in (self.restore_button, self.archive_button):
            each.setVisible(self.at == 0)
        self.later_button.setVisible(recording)
        self.back_button.setVisible(not (step is self.sheet or (recording and at == 4)))
        self.back_button.setText("閉じる" if at == 0 else "戻る")
        self.back_button.setAccessibleName(self.back_button.text())
        last = isinstance(step, DoneStep)
        text = "受託台帳を始める" if last else "台帳を作成" if step is self.passphrase else "次へ"
        self.next_button.setText(text)
        self.next_button.setAccessibleName(text)
        self._allow()
        self.next_button.setFocus()
        step.begin()

    def _allow(self) -> None:
        self.next_button.setEnabled(self.step.ready())

    def _busy(self, busy: bool) -> None:
        for widget in (self.stack, self.back_button, self.next_button):
            widget.setEnabled(not busy)
        self.next_button.setText("作成しています…" if busy else "台帳を作成")
        if not busy:
            self._allow()
