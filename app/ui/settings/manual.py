"""使い方 and このソフトについて: texts that come with the program; nothing is fetched."""

from __future__ import annotations

from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QTextBrowser

from app.ui.inputs.base import Combo
from app.ui.manual import chapters
from app.ui.parts.space.ems import hold
from app.ui.parts.space.parted import Parted
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import em, label, prose
from app.ui.settings.section import Section

_NOTICES = "THIRD-PARTY-NOTICES.md"
_DISTRIBUTION = "jutaku-daicho"


class ManualSection(Section):
    """The manual, a chapter at a time."""

    name = "manual"
    heading = "使い方"
    topic = ""
    fills = True

    def build(self) -> None:
        self.chapters = QListWidget()
        self.chapters.setAccessibleName("使い方の章")
        make_roomy(self.chapters)
        self.text = QTextBrowser()
        self.text.setAccessibleName("使い方の本文")
        self.text.setOpenLinks(False)
        self._held = chapters()
        for one in self._held:
            self.chapters.addItem(one.title)
            self.chapters.item(self.chapters.count() - 1).setToolTip(one.title)
        hold(self.chapters, 12)
        self.chapters.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.text.setMinimumHeight(em(self, 14))
        hold(self.text, 18)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = self.card()
        inside.addWidget(Parted(self.chapters, self.text, (1, 3)), 1)
        self.chapters.currentRowChanged.connect(self._show)
        self.chapters.setCurrentRow(0)
        if not self._held:
            self.text.setMarkdown("使い方の文書が見つかりません。もう一度インストールしてください。")

    def show_topic(self, topic: str) -> None:
        """Open a chapter (``02-daily``), at one of its headings (``02-daily/きょう``).

        Raises ``ValueError`` for a chapter that there is not.
        """
        key, _, heading = topic.partition("/")
        self.chapters.setCurrentRow([one.key for one in self._held].index(key))
        block = self.text.document().begin()
        while block.isValid():
            if heading and block.text() == heading:
                self.text.verticalScrollBar().setValue(
                    round(self.text.document().documentLayout().blockBoundingRect(block).top())
                )
            block = block.next()

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._held):
            show_markdown(self.text, self._held[at].text)


class AboutSection(Section):
    """Version, what the program rests on, and under which licences."""

    name = "about"
    heading = "このソフトについて"

    def build(self) -> None:
        inside = self.card()
        inside.addWidget(label("受託台帳", "brand"))
        inside.addWidget(prose(f"版 {version()}\n台帳の識別番号"))
        number = QLineEdit(self.context.ledger.id)
        number.setReadOnly(True)
        number.setCursorPosition(0)
        number.setAccessibleName("台帳の識別番号")
        inside.addWidget(number)
        inside.addWidget(
            prose(
                "このソフトはインターネットに接続しません。台帳は暗号化されたファイルとして、このPCの中にあります。",
                "sub",
            )
        )
        inside = self.card("使用しているソフトウェアとライセンス")
        self.text = QTextBrowser()
        self.text.setAccessibleName("ライセンス")
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * 22)
        show_markdown(self.text, notices())
        inside.addWidget(self.text)
        inside = self.card("ライセンスの全文")
        self.licences = Combo()
        self.licences.setAccessibleName("全文を読むソフトウェアか書体")
        self._held = licence_texts()
        self.licences.addItems([name for name, _text in self._held])
        self.whole = QPlainTextEdit()
        self.whole.setAccessibleName("ライセンスの全文")
        self.whole.setReadOnly(True)
        self.whole.setMinimumHeight(self.fontMetrics().lineSpacing() * 18)
        self.licences.currentIndexChanged.connect(self._show_licence)
        inside.addWidget(self.licences)
        inside.addWidget(self.whole)
        self._show_licence(0)

    def _show_licence(self, at: int) -> None:
        if 0 <= at < len(self._held):
            self.whole.setPlainText(self._held[at][1].read_text(encoding="utf-8"))


def show_markdown(browser: QTextBrowser, text: str) -> None:
    """Show Markdown with room between its lines."""
    from PySide6.QtGui import QTextBlockFormat, QTextCursor

    browser.setMarkdown(text)
    cursor = QTextCursor(browser.document())
    cursor.select(QTextCursor.SelectionType.Document)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.mergeBlockFormat(spaced)
    browser.moveCursor(QTextCursor.MoveOperation.Start)


def version() -> str:
    """The version installed."""
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "開発版"


def licence_texts() -> list[tuple[str, Traversable]]:
    """The name of each part and of each font, with the file that holds its licence in full."""
    folders = (files("resources").joinpath(name) for name in ("licenses", "fonts"))
    found = [entry for folder in folders for entry in folder.iterdir() if entry.name.endswith(".txt")]
    return [(entry.name.removesuffix(".txt"), entry) for entry in sorted(found, key=lambda e: e.name.lower())]


def notices() -> str:
    """The licences of everything that the program comes with."""
    beside = Path(str(files("resources"))).parent / _NOTICES
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    try:
        held = metadata.files(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        held = []
    found = next((path for path in held if path.name == _NOTICES), None)
    if found is None:
        return "ライセンスの一覧が見つかりません。もう一度インストールしてください。"
    return found.read_text(encoding="utf-8")
