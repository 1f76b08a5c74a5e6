"""台帳の検証: whether everything still is as it was recorded."""

from __future__ import annotations

from app.common import PeopleError, Progress
from app.ledger.proof.verifying import Verification
from app.ui.parts.widgets import Notice, Prose, button, prose, row
from app.ui.settings.section import Section
from app.ui.targets import ShowSettings

_MOST = 50


class CheckSection(Section):
    """Runs the verification in the worker and says what it found."""

    name = "check"
    heading = "台帳の検証"
    topic = "05-proof"

    def build(self) -> None:
        inside = self.card()
        inside.addWidget(
            prose(
                "すべての記録と発行した書類を、記録簿（変更のたびに書き加えられる控え）と突き合わせます。"
                "台帳が外から書き換えられていないことを確かめられます。"
            )
        )
        self.run_button = button("検証を始める", self.run, kind="primary")
        self.context.look.dress(self.run_button, "verify", "on-primary")
        inside.addLayout(row(self.run_button, None))
        self.restore_button = button("バックアップから復元…", self._to_backups)
        self.notice = Notice("", "info", self.restore_button)
        self.details = Prose()
        inside.addWidget(self.notice)
        inside.addWidget(self.details)

    def run(self) -> None:
        """Verify the whole ledger."""
        self.run_button.setEnabled(False)
        self.notice.say("")
        self.details.say("")
        ledger = self.context.ledger

        def work(progress: Progress) -> Verification:
            return ledger.verify(progress)

        self._job = self.context.operations.run(
            work, self._done, failed=self._failed, title="台帳を検証しています", owner=self
        )
        self.context.operations.ended.connect(self._ended)

    def _ended(self, job: object) -> None:
        if job is self._job:
            self.run_button.setEnabled(True)
            self.context.operations.ended.disconnect(self._ended)

    def _to_backups(self) -> None:
        self.context.navigate(ShowSettings("backup"))

    def _done(self, found: Verification) -> None:
        self.restore_button.setVisible(not found.ok)
        if found.ok:
            self.notice.say(f"問題はありません。記録{found.entries:,}件をすべて確かめました。", "ok")
            return
        self.notice.say(
            f"{len(found.problems)}件の問題が見つかりました。バックアップと見比べ、復元を検討してください。",
            "danger",
        )
        lines = [
            f"記録番号 {problem.entry}　{problem.record} {problem.key}　{problem.problem}"
            for problem in found.problems[:_MOST]
        ]
        self.details.say("\n".join(lines))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self.restore_button.setVisible(error.by_restoring)
        self.notice.say(error.sentence, "danger")
