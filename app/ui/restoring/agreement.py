"""What a restore would do, before it is done: the second page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ledger.content.skipped import Skipped
from app.ledger.restoring.restoration import Plan
from app.ui.parts.look import Look
from app.ui.parts.widgets import Notice, Prose, label
from app.ui.restoring.table import MOST, GoneTable, when


class Agreement(QWidget):
    """Shows a plan."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.what = Prose()
        self.loss = Notice("", "warn")
        self.papers = Notice("", "danger")
        self.gain = Notice("", "info")
        self.notes = Notice("", "warn")
        self.kept = Prose("", "sub")
        self.lost_table = GoneTable(look, "失われる記録")
        self.gained_table = GoneTable(look, "バックアップにだけある記録")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(label("この内容で復元しますか", "h3"))
        for widget in (self.what, self.loss, self.lost_table, self.papers, self.gain, self.gained_table):
            layout.addWidget(widget)
        layout.addWidget(self.notes)
        layout.addWidget(self.kept)
        layout.addStretch(1)

    def show_plan(self, plan: Plan) -> None:
        """Say what would be lost, gained and kept."""
        made = f"{when(datetime.fromisoformat(plan.made))}に作成、" if plan.made else ""
        name = f"　{plan.copied.name}" if plan.copied.name else ""
        self.what.say(
            f"バックアップ：{plan.source.name}{name}\n"
            f"{made}記録{plan.copied.head.sequence:,}件。写しを開き、検証に通りました。"
        )
        difference = plan.difference
        lost = difference.lost if difference else ()
        gained = difference.gained if difference else ()
        self.loss.say(*_loss(plan))
        self.lost_table.show_entries(lost)
        self.lost_table.setVisible(bool(lost))
        self.papers.say("".join(_papers(plan)), "danger")
        self.gain.say(
            f"今の台帳にない記録{len(gained):,}件が、バックアップにあります。{_returning(plan)}"
            if gained
            else "",
            "info",
        )
        self.gained_table.show_entries(gained)
        self.gained_table.setVisible(bool(gained))
        self.notes.say("\n".join(plan.notes), "warn")
        self.kept.say(
            f"今の台帳は、消さずに「{plan.kept.name}」として残します。"
            if plan.kept
            else f"復元先：{plan.target}"
        )


def _loss(plan: Plan) -> tuple[str, str]:
    if plan.problem:
        return f"今の台帳を読めないため、失われる記録は分かりません。{plan.problem}", "warn"
    if plan.difference is None:
        return "", "info"
    lost = plan.difference.lost
    if not lost:
        return "失われる記録はありません。", "ok"
    since = when(datetime.fromisoformat(lost[0].at))
    more = f"はじめの{MOST:,}件を示します。" if len(lost) > MOST else ""
    return f"{since}からの記録{len(lost):,}件が、台帳からなくなります。{more}", "warn"


def _returning(plan: Plan) -> str:
    back = plan.difference.returning if plan.difference else ()
    if not back:
        return ""
    return f"以前の復元で台帳からなくなった書類{len(back)}件（{_numbers(back)}）は、台帳に戻ります。"


def _numbers(papers: Sequence[Skipped]) -> str:
    named = "、".join(paper.number or "番号不明の書類" for paper in papers[:8])
    return named + (f"ほか{len(papers) - 8}件" if len(papers) > 8 else "")


def _papers(plan: Plan) -> Iterator[str]:
    difference = plan.difference
    if difference is None:
        yield (
            "このバックアップの後に発行した書類があるかは分かりません。"
            "復元したあと、発注者に渡した書類の文書番号を確かめてください。同じ番号の書類が二つできるおそれがあります。"
        )
        return
    papers = [paper for paper in difference.papers if not paper.restored_at]
    if papers:
        submitted = sum(bool(paper.submitted_on) for paper in papers)
        given = f"うち{submitted}件は提出済みです。" if submitted else ""
        yield (
            f"発行済みの書類{len(papers)}件（{_numbers(papers)}）が、台帳からなくなります。{given}"
            "これらの番号は二度と使いません。復元したあと、発注者に渡したかを1件ずつ確かめてください。"
        )
    before = [paper for paper in difference.papers if paper.restored_at]
    if before:
        yield (
            f"以前の復元で台帳からなくなった書類{len(before)}件（{_numbers(before)}）は、戻りません。"
            "番号の確認に残ります。"
        )
    attached = sum(one.record == "attachment" and one.operation == "add" for one in difference.lost)
    if attached:
        yield f"添付のファイル{attached}件が、台帳からなくなります。"
