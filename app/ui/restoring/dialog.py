"""バックアップから復元: proven and compared in the worker, and switched in once the officer agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.ledger.copies.listing import Listed, listed
from app.ledger.door import Ledger
from app.ledger.errors import WrongCodeError
from app.ledger.restoring import source
from app.ledger.restoring.restoration import OtherLedgerError, Outcome, Plan, Restoration
from app.ledger.secret.keys import COST
from app.preferences import default_ledger
from app.ui.context import Program
from app.ui.operations import Lane, Operations
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.look import Look
from app.ui.parts.space.screen import Framed, fit
from app.ui.parts.widgets import Notice, Prose, button, em, label, row
from app.ui.restoring.agreement import Agreement
from app.ui.restoring.choice import Choice
from app.ui.restoring.consent import Consent
from app.ui.restoring.running import Running

TITLE = "バックアップから復元"


@dataclass(frozen=True)
class Around:
    """What a dialog of the start window and one of the main window both have."""

    program: Program
    look: Look
    dialogs: Dialogs
    operations: Operations


class RestoreDialog(QDialog):
    """Accepted: over an open ledger, ``restoration`` is agreed to and waits for the ledger to be closed;
    before one is open, ``ledger`` is the restored one, open. ``broken``: a backup was found to be that."""

    broken = Signal()

    def __init__(
        self, around: Around, path: Path | None, folder: Path | None, opened: Ledger | None = None
    ) -> None:
        """``path``: the ledger that may be replaced, open as ``opened``, broken or missing; ``folder``: where
        its backups lie."""
        super().__init__()
        self._around = around
        self._opened = opened
        self._begun: list[Restoration] = []
        self.restoration: Restoration | None = None
        self.ledger: Ledger | None = None
        self.outcome: Outcome | None = None
        # One that is open is put back in its own place even where its file is gone: this program holds it.
        present = path if path is not None and (opened is not None or path.exists()) else None
        self.choice = Choice(
            around.look, around.dialogs, present, self._free_place(path), known=opened is not None
        )
        self.choice.changed.connect(self._allow)
        self.choice.folder_wanted.connect(self.list_folder)
        self.choice.turned.connect(self._say_nothing)
        self.choice.wanted.connect(self._show_typing)
        self.choice.entered.connect(self._entered)
        self._build(around.look)
        self.rejected.connect(self._put_away)
        if folder is not None and folder.is_dir():
            self.list_folder(folder)
        self._allow()

    def _build(self, look: Look) -> None:
        self.setWindowTitle(TITLE)
        self.agreement = Agreement(look)
        self.pages = QStackedWidget()
        self._frames = tuple(Framed(page) for page in (self.choice, self.agreement))
        for frame in self._frames:
            self.pages.addWidget(frame)
        self.notice = Notice("", "danger")
        self.beside_button = button("別のファイルとして復元", self._beside)
        self.beside_button.hide()
        self.running = Running(self._around.operations)
        self.running.turned.connect(self._allow)
        self.back_button = button("戻る", self.reject)
        self.go_button = button("内容を確かめる", self.prepare, kind="primary")
        self.lacking = Prose("", "sub")
        self.consent = Consent(self.back, self.restore)
        self.consent.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(label(TITLE, "h2"))
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.notice)
        layout.addLayout(row(self.beside_button, None))
        layout.addWidget(self.running)
        layout.addWidget(self.lacking)
        layout.addLayout(row(None, self.back_button, self.go_button))
        layout.addWidget(self.consent)
        fit(self, QSize(em(self, 52), em(self, 42)))
        self._allow()

    @property
    def agreeing(self) -> bool:
        """Whether the second page is shown."""
        return self.pages.currentIndex() == 1

    def take(self, path: Path) -> None:
        """Begin with the backup ``path``."""
        self.choice.take(path)

    def list_folder(self, folder: Path) -> None:
        """List the backups of ``folder``, away from the window's thread."""
        self._run(lambda progress: listed(folder, progress), self._listed, "バックアップを確かめています")

    def back(self) -> None:
        """From the second page to the first."""
        self._discard()
        self._turn(self.choice)

    def prepare(self) -> None:
        """Copy, prove and compare in the worker; nothing of the ledger changes."""
        choice, program, opened = self.choice, self._around.program, self._opened
        path = choice.source
        if path is None:
            return
        key_of = self._key_of(path)
        coded, phrase = choice.coded, choice.new.text()
        target, held = choice.target, opened is not None and choice.replaces
        folder, begun = program.preferences.backups(target), self._begun

        vendor = opened.facts().vendor if opened else None
        new, own = not choice.replaces, vendor.name if vendor else ""

        def work(progress: Progress) -> tuple[Restoration, Plan]:
            made = Restoration(
                path,
                key_of(),
                target,
                clock=program.now,
                backups=folder,
                new=new,
                held=held,
                own=own,
            )
            begun.append(made)
            plan = made.prepare(progress, passphrase=phrase if coded else "", cost=program.cost or COST)
            return made, plan

        self._run(work, self._prepared, "バックアップを確かめています")

    def restore(self) -> None:
        """Do what was agreed to: at once, or once the open ledger is closed."""
        made = self.restoration
        if made is None:
            return
        if self._opened is not None and self.choice.replaces:
            self.accept()
            return
        product, key = self._around.program.product, made.key

        def work(progress: Progress) -> tuple[Outcome, Ledger | None]:
            outcome = made.finish(progress)
            # Beside a ledger that is open there is no room for a second one: its file is there, and is said.
            return outcome, None if self._opened else _read(product.open(outcome.path, key))

        self._run(work, self._restored, "復元しています")

    def _key_of(self, path: Path) -> Callable[[], bytes]:
        choice, opened = self.choice, self._opened
        beside = opened.path if opened else (choice.target if choice.replaces else None)
        typed, code, coded = choice.passphrase.text(), choice.code.text(), choice.coded
        asked = choice.asks

        def key() -> bytes:
            if opened is not None and not asked:
                source.look(path)
                source.check_key(path, opened.key)
                return opened.key
            return source.by_code(path, code) if coded else source.by_passphrase(path, typed, beside)

        return key

    def _listed(self, found: list[Listed]) -> None:
        self.choice.show_backups(found)
        if not found:
            self.notice.say(
                "このフォルダにバックアップ（.jutaku）はありません。別のフォルダを選んでください。", "warn"
            )

    def _prepared(self, made: tuple[Restoration, Plan]) -> None:
        self.restoration, plan = made
        self.agreement.show_plan(plan)
        self._turn(self.agreement)
        self.consent.ask(plan)

    def _restored(self, made: tuple[Outcome, Ledger | None]) -> None:
        self.outcome, self.ledger = made
        self.restoration = None
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.restoration = None if self.agreeing else self.restoration
        if not isinstance(error, PeopleError):
            self.notice.say(
                "予期しない誤りが起きたため、復元できませんでした。台帳は元のままです。", "danger"
            )
            raise error
        if isinstance(error, source.BrokenBackupError) and self.choice.source is not None:
            self.broken.emit()
            self.choice.spoilt(self.choice.source, error.flaw)
        if self.agreeing:
            self._turn(self.choice)
        self.notice.say(error.sentence, "danger")
        # The key of the open ledger does not fit: the backup's own is asked for.
        if self._opened is not None and isinstance(error, source.OtherKeyError):
            self.choice.ask_key(True)
        if isinstance(error, source.OtherKeyError | source.BackupPassphraseError | source.NoKeyFileError):
            self.choice.type_next()
        if isinstance(error, WrongCodeError):
            self.choice.type_next()
            if error.group:
                self.choice.code.mark(error.group)
        self.beside_button.setVisible(isinstance(error, OtherLedgerError))

    def _beside(self) -> None:
        self.choice.beside_instead()
        self.beside_button.hide()
        self.notice.say("")
        self.prepare()

    def _turn(self, page: Choice | Agreement) -> None:
        self.notice.say("")
        agreeing = page is self.agreement
        self.pages.setCurrentIndex(int(agreeing))
        for widget in (self.lacking, self.back_button, self.go_button):
            widget.setVisible(not agreeing)
        self.consent.setVisible(agreeing)
        self._allow()

    def _allow(self) -> None:
        busy = self.running.busy
        lacking = self.choice.lacking
        self.lacking.say("" if busy or self.agreeing else lacking)
        self.go_button.setEnabled(not busy and not lacking)
        self.back_button.setEnabled(not busy)
        self.consent.hold(busy)
        self.pages.setEnabled(not busy)

    def _say_nothing(self) -> None:
        self.notice.say("")
        self.beside_button.hide()

    def _entered(self) -> None:
        """Return where a secret is typed: on, if all is there."""
        if self.go_button.isEnabled() and not self.agreeing:
            self.prepare()

    def _show_typing(self, first: QWidget, last: QWidget) -> None:
        """Scroll until both are seen, or at least the first, which gets the keyboard."""
        frame = self._frames[0]
        first.setFocus()
        # Once what is shown has its place, which it has only after it was laid out.
        QTimer.singleShot(0, frame, partial(_reveal, frame, first, last))

    def _run(self, work: Callable[[Progress], object], done: Callable[..., None], title: str) -> None:
        self.notice.say("")
        self.beside_button.hide()
        self.running.run(work, done, title, self._failed)

    def _discard(self) -> None:
        """Remove what was prepared; behind what is still being done, whose answer nobody may wait for."""
        begun, self._begun, self.restoration = self._begun, [], None
        if begun:
            self._around.operations.run(partial(_close, begun), lambda _none: None, lane=Lane.COPIES)

    def _put_away(self) -> None:
        self.running.cancel()
        self._discard()

    def _free_place(self, path: Path | None) -> Path:
        """A name that is free, for a ledger of its own."""
        usual = path or default_ledger()
        number, free = 1, usual
        while free.exists():
            number += 1
            free = usual.with_name(f"{usual.stem}-{number}{usual.suffix}")
        return free


def _close(begun: list[Restoration], _progress: Progress) -> None:
    for made in begun:
        made.close()


def _read(ledger: Ledger) -> Ledger:
    """The ledger with its records read."""
    try:
        ledger.facts()
    except BaseException:
        ledger.close()
        raise
    return ledger


def _reveal(frame: Framed, first: QWidget, last: QWidget) -> None:
    for widget in (last, first):
        frame.ensureWidgetVisible(widget, 0, 12)
