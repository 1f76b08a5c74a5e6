"""バックアップ: where they go, which there are and whether they can be counted on, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.common import Progress
from app.ledger.copies.listing import Listed, listed
from app.ledger.errors import LedgerError
from app.ledger.file.places import cloud_warning, one_drive
from app.ui.operations import Lane
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Notice, Prose, button, prose, row
from app.ui.restoring.dialog import Around, RestoreDialog
from app.ui.restoring.table import BackupTable, told
from app.ui.restoring.trial import Tried, TriedDialog, record_of, trial_of
from app.ui.settings.section import Section
from app.ui.system.folder import open_folder

_TOGETHER = (
    "台帳とバックアップが同じドライブにあります。PCやドライブが壊れると、両方が失われます。"
    "「保存先を変更…」で、外付けのドライブなどを選んでください。"
)


@dataclass(frozen=True, slots=True)
class Places:
    """What is to be said of where ledger and backups lie; each empty where nothing is."""

    ledger: str
    backups: str
    together: str


def _places(ledger: Path, backups: Path) -> Places:
    """Asked in the worker: a drive that hangs would make the window stand still."""
    together = _TOGETHER if one_drive(ledger, backups) else ""
    return Places(cloud_warning(ledger), cloud_warning(backups / "x"), together)


class BackupSection(Section):
    """Backups stay encrypted and carry the key file; each was opened and verified when it was made."""

    name = "backup"
    heading = "バックアップ"
    topic = "04-keys-and-backups/バックアップ"

    def build(self) -> None:
        self.notice = Notice()
        self.column.addWidget(self.notice)
        inside = self.card("台帳の場所")
        inside.addWidget(Prose(str(self.context.ledger.path)))
        self.place = Notice()
        inside.addWidget(self.place)
        inside.addLayout(row(button("フォルダを開く", self.open_ledger, name="台帳のフォルダを開く"), None))
        inside = self.card("保存先")
        self.folder = Prose()
        inside.addWidget(self.folder)
        self.together = Notice()
        inside.addWidget(self.together)
        inside.addLayout(
            row(
                button("保存先を変更…", self.choose),
                button("フォルダを開く", self.open_backups, name="バックアップのフォルダを開く"),
                None,
            )
        )
        inside.addWidget(
            prose(
                "その日に初めて開いたときと、変更して終了するときに自動で作成し、開けることを確かめます。",
                "hint",
            )
        )
        inside = self.card("作成済みのバックアップ")
        self.now_button = button("今すぐ作成", self.make, kind="primary")
        self.context.look.dress(self.now_button, "backup", "on-primary")
        self.state = Prose("", "sub")
        self.standing = Prose()
        inside.addWidget(self.standing)
        inside.addLayout(row(self.now_button, None))
        inside.addWidget(self.state)
        self.table = BackupTable(self.context.look)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.table.opened.connect(lambda _row: self.restore())
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)
        self.try_button = button("復元を試す", self.try_restore)
        self.other_button = button("別の場所のバックアップから復元…", self.restore_other)
        self.restore_button = button("このバックアップから復元…", self.restore)
        inside.addWidget(self.table)
        self.chosen = Prose("", "sub")
        inside.addWidget(self.chosen)
        acts = FlowLayout()
        for each in (self.restore_button, self.try_button, self.other_button):
            acts.addWidget(each)
        inside.addLayout(acts)
        inside.addWidget(
            prose(
                "「復元を試す」は、写しを作って開き、すべての記録を検証してから写しを消します。"
                "台帳は変わりません。結果はバックアップの記録に登録できます。",
                "hint",
            )
        )
        self.context.backing.told.connect(self.refresh)

    def refresh(self) -> None:
        folder = self.context.backups()
        self.folder.say(str(folder))
        self.now_button.setEnabled(self.context.backing.running is None)
        self.standing.say(self.context.backing.state)
        newest = self.context.backing.newest
        self.context.operations.run(
            lambda progress: (
                self._read(folder, progress),
                newest is None or newest.path.exists(),
                _places(self.context.ledger.path, folder),
            ),
            self._seen,
            failed=self._unread,
            owner=self,
            lane=Lane.COPIES,
            key="backups",
        )

    def make(self) -> None:
        """Make a backup now."""
        self.now_button.setEnabled(False)
        self.context.backing.now()

    def open_ledger(self) -> None:
        """Show where the ledger lies."""
        open_folder(self.context.dialogs, self.context.ledger.path.parent)

    def open_backups(self) -> None:
        """Show where the backups go."""
        open_folder(self.context.dialogs, self.context.backups())

    def choose(self) -> None:
        """Choose another folder; it is kept for this computer."""
        folder = self.context.dialogs.choose_folder("バックアップの保存先", self.context.backups())
        if folder is not None:
            self.context.preferences.set(backups=str(folder))
            # What was known is of the former place.
            self.context.backing.look()
            self.refresh()

    def restore(self) -> None:
        """Put the chosen backup back, after showing what would be lost."""
        one = self.table.chosen
        if one is not None:
            self._restore(one.path)

    def restore_other(self) -> None:
        """Put back a backup of another folder or medium."""
        self._restore(None)

    def try_restore(self) -> None:
        """Restore the chosen backup beside the ledger and prove it; then offer to record that."""
        one = self.table.chosen
        if one is None:
            return
        self.try_button.setEnabled(False)
        self.context.operations.run(
            trial_of(self.context, one),
            self._tried,
            title="復元を試しています",
            owner=self,
            lane=Lane.COPIES,
        )
        self.context.operations.idle.connect(self._allow)

    def _tried(self, tried: Tried) -> None:
        self._allow()
        if tried.problem:
            self._found_broken()
        if self.context.dialogs.show(TriedDialog(tried)):
            self.context.navigate(record_of(tried, self.context))

    def _restore(self, path: Path | None) -> None:
        context = self.context
        if not context.leave():
            return
        around = Around(context.program, context.look, context.dialogs, context.operations)
        dialog = RestoreDialog(around, context.ledger.path, context.backups(), context.ledger)
        dialog.broken.connect(self._found_broken)
        if path is not None:
            dialog.take(path)
        if not context.dialogs.show(dialog):
            return
        if dialog.restoration is not None:
            context.restore(dialog.restoration)
        elif dialog.outcome is not None:
            context.dialogs.tell(
                f"「{dialog.outcome.path}」に復元しました。", "\n".join(dialog.outcome.notes)
            )

    def _found_broken(self) -> None:
        """What the list, the foot and the band say of the backups is no longer true: look again.

        Where the newest is the broken one, that makes a new one.
        """
        self.context.backing.look()
        self.refresh()

    def _read(self, folder: Path, progress: Progress) -> list[Listed]:
        if not folder.exists():
            return []
        own = self.context.ledger.id
        return [one for one in listed(folder, progress) if one.ledger in (own, "")]

    def _unread(self, error: Exception) -> None:
        if not isinstance(error, LedgerError):
            raise error
        self._show([])
        self.state.say(error.sentence)

    def _seen(self, seen: tuple[list[Listed], bool, Places]) -> None:
        found, there, places = seen
        # What is wrong stands in red above every page already.
        self.notice.say(places.backups, "warn")
        self.place.say(places.ledger, "warn")
        self.together.say(places.together, "warn")
        self._show(found)
        if not there:
            self.context.backing.missed()

    def _show(self, found: list[Listed]) -> None:
        self.table.show_backups(found)
        if found and self.table.chosen is None:
            self.table.choose_row(0)
        bad = sum(not one.verified for one in found)
        warn = f"うち{bad}件は要確認です。選ぶと理由を示します。" if bad else ""
        self.state.say(
            "この台帳のバックアップは、保存先に1つもありません。"
            if not found
            else f"{len(found)}件あります。古いものから順に整理されます。{warn}"
        )
        self._allow()

    def _allow(self) -> None:
        chosen = self.table.chosen is not None
        self.chosen.say(told(self.table.chosen) if chosen else "")
        for each in (self.restore_button, self.try_button):
            each.setEnabled(chosen)
