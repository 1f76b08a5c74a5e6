"""アーカイブ: the whole ledger out into one file of open formats, and a ledger made of such a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from app.common import PeopleError, Progress
from app.exchange.archive.archiving import Archived, archive
from app.exchange.archive.words import PLAIN
from app.ui.access.secrets import NewPassphrase
from app.ui.archives.dialog import ARCHIVES, NEW_SHEET, TITLE, UnarchiveDialog
from app.ui.operations import Lane
from app.ui.parts.widgets import Notice, Prose, button, prose, row
from app.ui.restoring.dialog import Around
from app.ui.settings.section import Section
from app.ui.targets import MergeLedger

MERGING = "ほかの台帳を統合する"


class ArchiveSection(Section):
    """Sealed unless somebody says twice that anybody may read it."""

    name = "archive"
    heading = "アーカイブ"
    topic = "04-keys-and-backups/アーカイブ"

    def build(self) -> None:
        look = self.context.look
        inside = self.card("台帳の全体を書き出す")
        inside.addWidget(
            prose(
                "すべての記録、変更の履歴、記録簿、発行した書類、添付したファイルを、"
                "受託台帳がなくても読める形で1つのzipにします。"
                "別のPCや別のソフトに移すとき、長く保管するときに使います。",
                "sub",
            )
        )
        self.new = NewPassphrase(
            look,
            lambda: (self.context.ledger.officer, self.context.ledger.path.stem),
            name="アーカイブのパスフレーズ",
            later="アーカイブを開くときも同じです。",
        )
        self.new.changed.connect(self._allow)
        self.plain = QCheckBox("暗号化しない（勧めません）")
        self.plain.setAccessibleName("アーカイブを暗号化しない")
        self.plain.toggled.connect(self._choose_way)
        self.warning = Notice()
        self.lacking = Prose("", "sub")
        self.notice = Notice()
        self.out_button = button("書き出す…", self.choose, kind="primary", name="アーカイブを書き出す")
        for widget in (self.new, self.plain, self.warning, self.lacking, self.notice):
            inside.addWidget(widget)
        inside.addLayout(row(None, self.out_button))
        inside = self.card(TITLE)
        inside.addWidget(
            prose(
                "番号、履歴、記録簿が元のままの、新しい台帳を作ります。いま開いている台帳は変わりません。"
                "同じ台帳が二つになるので、記録を続けるのは一方だけにしてください。",
                "sub",
            )
        )
        inside.addLayout(row(button(f"{TITLE}…", self.take_in), None))
        inside = self.card(MERGING)
        inside.addWidget(
            prose(
                "支店や別のPCで使っている台帳か、そのアーカイブの記録を、いま開いている台帳に加えます。"
                "記録ごとに確かめ、両方で違うものは見比べて選んでから、1つの変更として統合します。",
                "sub",
            )
        )
        self.merge_button = button(f"{MERGING}…", self.merge)
        self.merge_button.setEnabled(not self.context.ledger.read_only)
        inside.addLayout(row(self.merge_button, None))
        self._allow()

    def choose(self) -> None:
        """Choose where to, and write it; without a passphrase it is asked once more."""
        context, plain = self.context, self.plain.isChecked()
        if plain and not context.dialogs.ask(
            PLAIN,
            "暗号化せずに書き出す",
            detail="パスフレーズを決めて暗号化することを勧めます。",
            grave=True,
        ):
            return
        path = context.dialogs.save_file(
            "アーカイブを書き出す", archive_name(context.ledger.path, context.today()), ARCHIVES
        )
        if path is not None:
            self._write(path if path.suffix else path.with_suffix(".zip"), "" if plain else self.new.text())

    def take_in(self) -> None:
        """Make a ledger of an archive, beside the one that is open."""
        context = self.context
        around = Around(context.program, context.look, context.dialogs, context.operations)
        dialog = UnarchiveDialog(around, context.ledger.path)
        if context.dialogs.show(dialog) and dialog.brought is not None:
            context.dialogs.tell(
                f"台帳「{dialog.target}」を作成し、検証しました。",
                NEW_SHEET if dialog.brought.own_key else "",
            )

    def merge(self) -> None:
        """Go to the page that takes another ledger in."""
        self.context.navigate(MergeLedger())

    def _write(self, path: Path, passphrase: str) -> None:
        ledger, clock = self.context.ledger, self.context.program.now

        def work(progress: Progress) -> Archived:
            return archive(ledger, path, passphrase, progress, clock=clock)

        self.notice.say("")
        self.out_button.setEnabled(False)
        self.context.operations.run(
            work,
            self._written,
            failed=self._failed,
            title="アーカイブを書き出しています",
            owner=self,
            lane=Lane.COPIES,
        )
        self.context.operations.idle.connect(self._allow)

    def _written(self, made: Archived) -> None:
        held = made.manifest.described
        sealed = "暗号化して" if made.sealed else "暗号化せずに"
        self.notice.say(
            f"「{made.path}」に{sealed}書き出し、読み直して確かめました（記録 {held.sequence:,}件）。",
            "ok" if made.sealed else "warn",
        )
        self.new.clear()
        self.plain.setChecked(False)
        self._allow()

    def _failed(self, error: Exception) -> None:
        self._allow()
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(error.sentence, "danger")

    def _choose_way(self, plain: bool) -> None:
        self.new.setEnabled(not plain)
        self.warning.say(PLAIN if plain else "", "warn")
        self._allow()

    def _allow(self) -> None:
        lacking = "" if self.plain.isChecked() else self.new.lacking
        self.lacking.say(lacking)
        self.out_button.setEnabled(not lacking)


def archive_name(ledger: Path, day: date) -> str:
    """What an archive of the ledger is called, made on ``day``."""
    return f"{ledger.stem}-アーカイブ-{day:%Y%m%d}.zip"
