"""The steps before there is a ledger: who, where, and with which passphrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.common import PeopleError
from app.ledger.file.places import cloud_warning, refuse_network
from app.preferences import default_ledger
from app.ui.access.secrets import NewPassphrase
from app.ui.access.unlock import LEDGERS
from app.ui.parts.dialogs import Dialogs
from app.ui.parts.live_line import LiveLine
from app.ui.parts.look import Look
from app.ui.parts.widgets import Notice, button, label, prose, row


class Step(QWidget):
    """One step of the wizard. ``changed`` when ``ready`` may have changed."""

    changed = Signal()
    heading = ""

    def __init__(self) -> None:
        super().__init__()
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(10)

    def ready(self) -> bool:
        """Whether one may go on."""
        return True

    def needed(self) -> Callable[[], None] | None:
        """What puts the cursor in the first field that is needed and empty, None where there is none."""
        return None

    def begin(self) -> None:
        """The step comes up."""


class OfficerStep(Step):
    """Whose name stands behind every entry."""

    heading = "担当者"

    def __init__(self) -> None:
        super().__init__()
        self.name = LiveLine("担当者の氏名", "例 山田 太郎")
        self.name.followed.connect(lambda _seen: self.changed.emit())
        for widget in (
            prose(
                "受託台帳は、委託契約の特記事項で求められる届出・報告・記録を、期限とあわせて管理します。"
                "入力した内容は暗号化され、このPCの中だけに保存されます。"
            ),
            prose(
                "記録するのは情報項目の名称と数量だけです。預かった個人情報そのものは入力しないでください。",
                "sub",
            ),
            label("担当者の氏名", "h3"),
            self.name,
            prose("だれが記録したかを残すために使います。あとから変更できます。", "hint"),
        ):
            self.layout_.addWidget(widget)

    def ready(self) -> bool:
        return bool(self.name.seen().strip())

    def begin(self) -> None:
        self.name.setFocus()


class PlaceStep(Step):
    """Where the ledger lies: on this computer, never on a network share."""

    heading = "保存場所"

    def __init__(self, dialogs: Dialogs, path: Path | None = None) -> None:
        super().__init__()
        self._dialogs = dialogs
        self.path = path or free_name(default_ledger())
        self._refused = ""
        self.shown = QLineEdit()
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName("台帳の保存場所")
        self.pick = button("変更…", self.choose, name="保存場所を変更")
        self.notice = Notice()
        self.layout_.addWidget(
            prose("台帳のファイルを置く場所です。特に理由がなければ、このままお進みください。")
        )
        self.layout_.addLayout(row(self.shown, self.pick))
        self.layout_.addWidget(self.notice)
        self.layout_.addWidget(
            prose("共有フォルダには置けません。クラウドと同期するフォルダもお勧めしません。", "hint")
        )
        self.use(self.path)

    def use(self, path: Path) -> None:
        """Take ``path`` if a ledger may lie there, or say why not."""
        self.path = path if path.suffix else path.with_suffix(".jutaku")
        self.shown.setText(str(self.path))
        self.shown.setToolTip(str(self.path))
        self._refused = self._refusal()
        warning = cloud_warning(self.path)
        self.notice.say(self._refused or warning, "danger" if self._refused else "warn")
        self.changed.emit()

    def choose(self) -> None:
        """Choose another place."""
        path = self._dialogs.save_file("台帳の保存場所", str(self.path), LEDGERS)
        if path is not None:
            self.use(path)

    def ready(self) -> bool:
        return not self._refused

    def _refusal(self) -> str:
        try:
            refuse_network(self.path)
        except PeopleError as error:
            return error.sentence
        if self.path.exists():
            return f"「{self.path.name}」は既にあります。上書きはしません。別の名前を付けてください。"
        return ""


class PassphraseStep(Step):
    """The passphrase, typed twice."""

    heading = "パスフレーズ"

    def __init__(self, look: Look, names: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.passphrase = NewPassphrase(look, names)
        self.passphrase.changed.connect(self.changed)
        self.layout_.addWidget(
            prose(
                "台帳を開くときに入力する合言葉です。関係のない言葉をいくつか続けると、長くて覚えやすくなります。"
            )
        )
        self.layout_.addWidget(self.passphrase)

    def ready(self) -> bool:
        return bool(self.passphrase.text())

    def begin(self) -> None:
        self.passphrase.first.setFocus()


def free_name(path: Path) -> Path:
    """``path``, or the first name like it that is not taken."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}{number}{path.suffix}")
    return found
