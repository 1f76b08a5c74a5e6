"""期限の通知: whether what is due is told beside the clock when a person signs in."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from app.ui.parts.widgets import Notice, Prose, prose
from app.ui.reckoning.assessor import Assessor
from app.ui.settings.section import Section
from app.ui.tray import autostart, kept, tray


class NoticeSection(Section):
    """Off unless it is chosen; what is kept for it goes when the choice does."""

    name = "notice"
    heading = "期限の通知"
    topic = "02-daily/期限の通知"

    def build(self) -> None:
        inside = self.card("サインインしたときの通知")
        self.choice = QCheckBox("通知領域で期限を知らせる")
        self.choice.setAccessibleName("サインインしたときに期限を知らせる")
        self.choice.clicked.connect(self.choose)
        self.state = Notice()
        inside.addWidget(self.choice)
        inside.addWidget(self.state)
        inside.addWidget(
            prose(
                "台帳は開きません。件数と期限の日だけを、暗号化せずにこのPCの設定のフォルダに保存し、"
                "それを計算した日とともに知らせます。契約名や氏名、条項は保存しません。"
                "選択を外すと、保存したものも消します。",
                "hint",
            )
        )
        inside = self.card("いまの通知の内容")
        self.text = Prose()
        inside.addWidget(self.text)

    def refresh(self) -> None:
        chosen = self.context.preferences.flag(kept.FLAG)
        self.choice.setChecked(chosen)
        off = chosen and not autostart.entered()
        self.state.say(_SWITCHED_OFF if off else "", "warn")
        folder = self.context.preferences.path.parent
        self.text.say(kept.said(kept.read(folder), self.context.today()) if chosen else "通知しません。")

    def choose(self) -> None:
        """Switch it on or off, at the system and here."""
        on, folder = self.choice.isChecked(), self.context.preferences.path.parent
        if self.context.attempt(lambda: autostart.switch(on)):
            self.context.preferences.set(**{kept.FLAG: on})
            latest = Assessor.of(self.context).current()
            if not on:
                # The icon beside the clock sees that the choice is gone, and ends.
                kept.forget(folder)
            elif latest is not None:
                kept.keep(folder, kept.kept_of(latest))
            if on:
                self.context.attempt(tray.start)
        self.refresh()


_SWITCHED_OFF = (
    "サインインしたときに始まるアプリの一覧から外されているため、知らせることができません。"
    "OSの設定の「スタートアップ アプリ」で有効にするか、選択を外して選び直してください。"
)
