"""表示: light or dark, and how large the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from app.ui.parts.look import MODES, SIZES
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, prose
from app.ui.settings.section import Section

_CONTRAST = (
    "OSのコントラスト テーマ（ハイコントラスト）が有効なため、その配色で表示しています。"
    "下の選択は、コントラスト テーマを無効にしたときに使います。"
)


class AppearanceSection(Section):
    """Takes effect at once and is remembered on this computer."""

    name = "appearance"
    heading = "表示"

    def build(self) -> None:
        inside = self.card("配色")
        self.contrast = Notice()
        inside.addWidget(self.contrast)
        self.modes = self._choices(inside, MODES, self._choose_mode)
        inside = self.card("文字の大きさ")
        self.sizes = self._choices(
            inside, {str(size): f"{text}（{size}%）" for size, text in SIZES.items()}, self._choose_size
        )
        inside.addWidget(prose("変更はすぐに反映され、このPCに記憶されます。", "hint"))
        self.refresh()

    def refresh(self) -> None:
        look = self.context.look
        self.contrast.say(_CONTRAST if look.few else "", "info")
        self.modes[look.mode].setChecked(True)
        self.sizes[str(look.size)].setChecked(True)

    def _choose_mode(self, mode: str) -> None:
        self.context.look.choose(mode=mode)
        self.context.preferences.set(theme=mode)

    def _choose_size(self, size: str) -> None:
        self.context.look.choose(size=int(size))
        self.context.preferences.set(text_size=int(size))

    def _choices(
        self, inside: QVBoxLayout, choices: Mapping[str, str], choose: Callable[[str], None]
    ) -> dict[str, QRadioButton]:
        group = QButtonGroup(self)
        made = {}
        for value, text in choices.items():
            radio = QRadioButton(text)
            radio.setAccessibleName(text)
            group.addButton(radio)
            radio.clicked.connect(lambda _on, value=value: choose(value))
            made[value] = radio
        inside.addLayout(flow(*made.values(), spacing=18))
        return made
