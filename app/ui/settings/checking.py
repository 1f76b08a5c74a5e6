"""台帳の検証: whether everything still is as it was recorded, and as paper and backups kept it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.common import PeopleError, Progress, uncollected
from app.ledger.proof.heads import parse_head
from app.ui.operations import Lane
from app.ui.parts.live_line import LiveLine
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable
from app.ui.parts.widgets import Notice, Prose, button, prose, row
from app.ui.settings.section import Section
from app.ui.targets import ShowSettings

if TYPE_CHECKING:
    from app.exchange.proof.comparing import Comparison
    from app.exchange.proof.proving import HeadFound, Proof

T = TypeVar("T")
_MOST = 50
_CALLED = 8
"""Digits by which an answer calls the value that it is about."""
_HEADS = (Column("出所", 14), Column("記録番号", 5, right=True), Column("結果", 20, stretch=True))
_LINES = 9
"""Heads seen at a time; the list is scrolled."""


class CheckSection(Section):
    """Runs the verification in the worker and says what it found; holds a paper in the hand to the ledger."""

    name = "check"
    heading = "台帳の検証"
    topic = "05-proof"

    def build(self) -> None:
        inside = self.card()
        inside.addWidget(
            prose(
                "すべての記録と発行した書類を、記録簿（変更のたびに書き加えられる控え）と突き合わせ、"
                "さらに記録簿を、発行した書類に印字した先頭値とバックアップの先頭値に突き合わせます。"
            )
        )
        self.run_button = button("検証を始める", self.run, kind="primary")
        self.context.look.dress(self.run_button, "verify", "on-primary")
        inside.addLayout(row(self.run_button, None))
        self.restore_button = button("バックアップから復元…", self._to_backups)
        self.notice = Notice("", "info", self.restore_button)
        self.details = Prose()
        self.details.hide()
        inside.addWidget(self.notice)
        inside.addWidget(self.details)
        self.heads = LinesTable(self.context.look, "台帳の外に残る先頭値", _HEADS)
        self.heads.setFixedHeight(self.fontMetrics().lineSpacing() * 2 * _LINES)
        self.heads.hide()
        inside.addWidget(self.heads)
        self._build_paper()

    def _build_paper(self) -> None:
        inside = self.card("手元の書類との照合")
        inside.addWidget(
            prose(
                "書類の下端に「台帳 267 : 1a2b…」の形で印字された先頭値を、"
                "記録番号から入力します（値は8桁以上）。"
                "PDFは、保管している控えと、印字された値のすべてを照合します。",
                "sub",
            )
        )
        self.head_button = button("先頭値を照合", self.check_head)
        self.head_button.setEnabled(False)
        self.head = LiveLine("書類に印字された先頭値", "267 : 1a2b3c4d…")
        self.head.followed.connect(self._head_edited)
        self.head.returnPressed.connect(self.check_head)
        inside.addLayout(row(self.head, self.head_button))
        self.head_notice = Notice()
        inside.addWidget(self.head_notice)
        self.pdf_button = button("PDFを選んで照合…", self.check_pdf)
        inside.addLayout(row(self.pdf_button, None))
        self.pdf_notice = Notice()
        inside.addWidget(self.pdf_notice)

    def run(self) -> None:
        """Verify the whole ledger."""
        from app.exchange.proof.proving import prove

        self.run_button.setEnabled(False)
        self.notice.say("")
        self.details.hide()
        self.heads.hide()
        self.restore_button.hide()
        ledger, folder = self.context.ledger, self.context.backups()

        def work(progress: Progress) -> Proof:
            with uncollected():
                return prove(ledger, folder, progress)

        self._job = self.context.operations.run(
            work,
            self._done,
            failed=self._failed(self.notice),
            title="台帳を検証しています",
            owner=self,
            lane=Lane.COPIES,
        )
        self.context.operations.ended.connect(self._ended)

    def _head_edited(self, seen: str) -> None:
        self.head_button.setEnabled(bool(seen.strip()))
        self.head_notice.say("")

    def check_head(self) -> None:
        """Hold the typed head to the journal."""
        from app.exchange.proof.proving import check_typed

        self.head_notice.say("")
        if not self.head.text().strip():
            return
        try:
            kept = parse_head(self.head.text())
        except PeopleError as error:
            self.head_notice.say(error.sentence, "danger")
            self.head.setFocus()
            return
        ledger, folder, asked = self.context.ledger, self.context.backups(), self.head.seen()
        called = f"「{kept.entry:,} : {kept.start[:_CALLED]}…」"

        def done(found: HeadFound) -> None:
            if self.head.seen() != asked:
                # Beside another value the answer would be taken for that one's.
                return
            if found.holds:
                said = f"{called}：記録{kept.entry:,}番の値は、この台帳の記録簿と一致しています。"
                self.head_notice.say(said, "ok")
            else:
                self.head_notice.say(f"{called}：{found.said}", "danger")

        self._ask(lambda: check_typed(ledger, folder, kept), done, self.head_notice)

    def check_pdf(self) -> None:
        """Hold a PDF to its archived copy and to the journal."""
        from app.exchange.proof.given import read_paper
        from app.exchange.proof.proving import check_pdf

        self.pdf_notice.say("")
        paths = self.context.dialogs.open_files("照合するPDFを選ぶ", "PDF (*.pdf)")
        if not paths:
            return
        path, ledger, folder = paths[0], self.context.ledger, self.context.backups()

        def done(found: tuple[Comparison, HeadFound]) -> None:
            document, head = found
            said = document.sentence if head.holds else head.said
            self.pdf_notice.say(f"「{path.name}」：{said}", "ok" if head.holds else "danger")

        self._ask(lambda: check_pdf(ledger, folder, path.name, read_paper(path)), done, self.pdf_notice)

    def _open_backups(self) -> None:
        self.context.navigate(ShowSettings("backup"))

    def _ask(self, work: Callable[[], T], done: Callable[[T], None], notice: Notice) -> None:
        self.context.operations.run(
            lambda _progress: work(), done, failed=self._failed(notice), owner=self, key=f"{id(notice)}"
        )

    def _ended(self, job: object) -> None:
        if job is self._job:
            self.run_button.setEnabled(True)
            self.context.operations.ended.disconnect(self._ended)

    def _to_backups(self) -> None:
        self.context.navigate(ShowSettings("backup"))

    def _done(self, proof: Proof) -> None:
        problems = proof.problems
        self.restore_button.setVisible(bool(problems))
        more = "".join((*proof.unlooked, *proof.remarks))
        if not problems:
            found = (
                "確かめた範囲では、問題は見つかりませんでした。" if proof.unlooked else "問題はありません。"
            )
            self.notice.say(
                f"{found}記録{proof.found.entries:,}件を確かめました。{_outside(proof.heads)}{more}",
                "warn" if more else "ok",
            )
        else:
            self.notice.say(
                f"{len(problems):,}件の問題が見つかりました。この台帳の内容は、確かめがつくまで使わないでください。"
                f"バックアップと見比べ、復元を検討してください。{more}",
                "danger",
            )
        self.restore_button.setVisible(bool(problems))
        lines = [_told(one.entry, one.sentence) for one in problems[:_MOST]]
        if len(problems) > _MOST:
            lines.append(f"ほかに{len(problems) - _MOST:,}件あります。")
        self.details.say("\n".join(lines))
        self.details.setVisible(bool(lines))
        self._show_heads(proof.heads)

    def _show_heads(self, heads: tuple[HeadFound, ...]) -> None:
        """Those that do not hold first: among hundreds nobody would look for them."""
        self.heads.setVisible(bool(heads))
        ordered = sorted(heads, key=lambda one: (one.holds, one.fault is None))
        self.heads.show_lines([_head_line(number, one) for number, one in enumerate(ordered)])

    def _failed(self, notice: Notice) -> Callable[[Exception], None]:
        def say(error: Exception) -> None:
            if not isinstance(error, PeopleError):
                raise error
            self.restore_button.setVisible(notice is self.notice and error.by_restoring)
            notice.say(error.sentence, "danger")

        return say


def _outside(heads: tuple[HeadFound, ...]) -> str:
    """How many heads kept outside hold: without any, the proof ends at the ledger itself."""
    if not heads:
        return "発行した書類もバックアップもまだないため、台帳の外に残る値とは突き合わせていません。"
    lost = sum(not one.holds for one in heads)
    rest = f"（ほかに{lost:,}件は、復元で失われた部分の値です）" if lost else ""
    return f"台帳の外に残る先頭値{len(heads) - lost:,}件も一致しました{rest}。"


def _told(entry: int, sentence: str) -> str:
    return f"記録番号 {entry:,}　{sentence}" if entry else sentence


def _head_line(number: int, found: HeadFound) -> Line:
    entry = Cell("" if found.entry is None else f"{found.entry:,}", found.entry or 0)
    if found.holds:
        result = Cell("一致", 1, "ok")
    else:
        result = Cell(f"不一致　{found.said}", 0, "danger" if found.fault else "warn")
    return Line(number, (Cell(found.name), entry, result))
