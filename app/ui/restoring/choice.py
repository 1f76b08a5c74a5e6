"""Which backup, by which key, and where to: the first page of a restore."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.ledger.copies.listing import Listed, judged
from app.ui.access.secrets import CodeInput, NewPassphrase, SecretEdit
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.look import Look
from app.ui.parts.widgets import Prose, button, label, prose, row
from app.ui.restoring.table import BackupTable, told

LEDGERS = "受託台帳 (*.jutaku);;すべてのファイル (*)"

_KEPT = "今の台帳は、日付を付けた別の名前で残します。"


class Choice(QWidget):
    """``changed`` after every choice; ``turned`` if what was said of the former one is no longer true;
    ``wanted``: what is to be typed next, and the last of it; ``entered``: Return where a secret is typed;
    ``folder_wanted`` for a folder whose backups are to be listed."""

    changed = Signal()
    turned = Signal()
    wanted = Signal(object, object)
    entered = Signal()
    folder_wanted = Signal(object)

    def __init__(self, look: Look, dialogs: Dialogs, ledger: Path | None, place: Path, known: bool) -> None:
        """``ledger``: the one that may be replaced; ``place``: where another file would go; ``known``: the
        key of the open ledger is tried first, so that none is asked for."""
        super().__init__()
        self._dialogs = dialogs
        self._ledger = ledger
        self.known = known
        self.source: Path | None = None
        self.place = place
        self._build(look)
        self._show_place()
        self.ask_key(not known)
        self.by_code(False)

    def _build(self, look: Look) -> None:
        self.table = BackupTable(look)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._took_row())
        self.file_button = button("ファイルを選ぶ…", self.choose_file)
        self.folder_button = button("フォルダを選ぶ…", self.choose_folder)
        look.dress(self.folder_button, "folder")
        self.taken = Prose("バックアップを選んでください。", "sub")
        self.replace = QRadioButton()
        self.beside = QRadioButton("別のファイルとして復元する")
        group = QButtonGroup(self)
        for each in (self.replace, self.beside):
            group.addButton(each)
            each.toggled.connect(lambda _on: self._show_place())
        self.where = Prose("", "sub")
        self.place_button = button("復元先を変更…", self.choose_place)
        self.passphrase = SecretEdit(look, "パスフレーズ")
        self.passphrase.changed.connect(lambda _text: self.changed.emit())
        self.passphrase.entered.connect(self.entered)
        self.code = CodeInput()
        self.code.entered.connect(self.entered)
        self.code.changed.connect(self._typed_code)
        self.new = NewPassphrase(look, lambda: (self.target.stem,))
        self.new.changed.connect(self.changed)
        self.new.second.entered.connect(self.entered)
        self.way_button = button("", self._other_way, kind="quiet")
        self._asked = label("", "h3")
        self._why = prose("", "hint")
        self._new_why = prose("復元した台帳を次から開くためのパスフレーズを決めてください。", "hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("バックアップ", "h3"))
        layout.addWidget(self.table)
        layout.addLayout(row(self.file_button, self.folder_button, None))
        layout.addWidget(self.taken)
        layout.addSpacing(6)
        layout.addWidget(label("復元先", "h3"))
        layout.addWidget(self.replace)
        layout.addWidget(self.beside)
        layout.addWidget(self.where)
        layout.addLayout(row(self.place_button, None))
        layout.addSpacing(6)
        for part in (self._asked, self._why, self.passphrase, self.code, self._new_why, self.new):
            layout.addWidget(part)
        layout.addLayout(row(self.way_button, None))
        if self._ledger is not None:
            self.replace.setText(f"台帳「{self._ledger.stem}」と入れ替える")
            self.replace.setChecked(True)
        else:
            self.beside.setChecked(True)
            self.replace.hide()
            self.beside.hide()

    @property
    def replaces(self) -> bool:
        return self._ledger is not None and self.replace.isChecked()

    @property
    def target(self) -> Path:
        """Where the ledger will be."""
        return self._ledger if self.replaces and self._ledger is not None else self.place

    @property
    def ready(self) -> bool:
        """Whether everything is chosen and typed."""
        return not self.lacking

    @property
    def lacking(self) -> str:
        """What is still to be chosen or typed, in one sentence; empty if nothing is."""
        if self.source is None:
            return "復元するバックアップを選んでください。"
        if self._taken:
            return (
                f"復元先「{self.place.name}」は既にあります。上書きはしません。別の復元先を選んでください。"
            )
        if not self.asks:
            return ""
        if self.coded:
            return self.code.lacking or self.new.lacking
        return "" if self.passphrase.text() else "バックアップのパスフレーズを入力してください。"

    def type_next(self) -> None:
        """Ask for what is to be typed: the place of it is shown and has the keyboard."""
        if self.asks:
            self.wanted.emit(self.code if self.coded else self.passphrase.edit, self.way_button)

    def spoilt(self, path: Path, problem: str) -> None:
        """The backup ``path`` was found broken: the list says so."""
        self.table.show_backups(
            [replace(one, problem=problem) if one.path == path else one for one in self.table.listed]
        )

    def show_backups(self, found: list[Listed]) -> None:
        """List these, and choose the newest that can be counted on unless one is chosen already."""
        self.table.show_backups(found)
        if self.source is None:
            best = next((one for one in found if one.verified), None)
            if best is not None:
                self.table.choose(best.path)

    def take(self, path: Path) -> None:
        """Choose the backup ``path``, wherever it lies."""
        if not any(one.path == path for one in self.table.listed):
            self.table.show_backups([judged(path)])
        self.table.choose(path)

    def choose_file(self) -> None:
        """Choose a backup of any folder or medium."""
        for path in self._dialogs.open_files("復元するバックアップを選ぶ", LEDGERS):
            self.take(path)

    def choose_folder(self) -> None:
        """List the backups of another folder or medium."""
        folder = self._dialogs.choose_folder("バックアップのフォルダを選ぶ")
        if folder is not None:
            self.source = None
            self.folder_wanted.emit(folder)

    def choose_place(self) -> None:
        """Choose where another file is put."""
        path = self._dialogs.save_file("復元先を選ぶ", str(self.place), LEDGERS)
        if path is not None:
            self.place = path if path.suffix else path.with_suffix(".jutaku")
            self._show_place()

    def beside_instead(self) -> None:
        """Not in the place of the ledger, but as a file of its own."""
        self.beside.setChecked(True)

    def ask_key(self, asks: bool) -> None:
        """Whether the backup's own key has to be typed."""
        self.asks = asks
        self.by_code(self.coded if asks else False)

    asks = False
    coded = False
    _taken = False

    def _other_way(self) -> None:
        self.by_code(not self.coded)
        self.turned.emit()
        self.type_next()

    def _typed_code(self) -> None:
        self.changed.emit()
        if self.coded and self.code.groups[-1].hasFocus() and not self.code.lacking:
            self.wanted.emit(self.new.first.edit, self.new)

    def by_code(self, coded: bool) -> None:
        """Ask for the recovery code instead of the passphrase, or the other way round."""
        self.coded = coded
        for asked in (self._asked, self._why, self.way_button):
            asked.setVisible(self.asks)
        self.passphrase.setVisible(self.asks and not coded)
        for typed in (self.code, self.new, self._new_why):
            typed.setVisible(self.asks and coded)
        self._asked.setText("回復シートの回復コード" if coded else "バックアップのパスフレーズ")
        self._why.say(
            "鍵ファイルがなくても、回復コードがあれば開けます。"
            if coded
            else "このバックアップを作成したときのパスフレーズです。後で変更したパスフレーズでは開きません。"
        )
        text = "パスフレーズで開く" if coded else "回復コードで開く"
        self.way_button.setText(text)
        self.way_button.setAccessibleName(text)
        self.changed.emit()

    def _took_row(self) -> None:
        one = self.table.chosen
        former, self.source = self.source, one.path if one else None
        self.taken.say(told(one))
        if former != self.source and self.source is not None:
            # What was found about the other says nothing of this one, nor does the key that it wanted.
            self.ask_key(not self.known)
            self.turned.emit()
        self.changed.emit()

    def _show_place(self) -> None:
        gone = self._ledger is not None and not self._ledger.exists()
        kept = "台帳のファイルが見つかりません。元の場所に復元します。" if gone else _KEPT
        self.where.say(kept if self.replaces else str(self.place))
        self._taken = not self.replaces and self.place.exists()
        self.place_button.setVisible(not self.replaces)
        self.changed.emit()
