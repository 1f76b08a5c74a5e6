"""自社と担当者."""

from __future__ import annotations

from app.ui.parts.live_line import LiveLine
from app.ui.parts.widgets import button, prose, row
from app.ui.settings.section import Section
from app.ui.targets import EditRecord


class OwnerSection(Section):
    """The vendor's own entry, and whose name stands behind what is written."""

    name = "owner"
    heading = "自社・担当者"
    shows = frozenset({"vendor"})

    def build(self) -> None:
        inside = self.card("自社")
        self.vendor = prose("")
        inside.addWidget(self.vendor)
        inside.addLayout(row(button("自社の情報を開く", self.open_vendor), None))
        inside = self.card("担当者")
        inside.addWidget(prose("記録や履歴に残る氏名です。変更すると、次の記録から使われます。", "sub"))
        self.officer = LiveLine("担当者の氏名")
        self.officer.followed.connect(lambda _seen: self._allow())
        self.officer.returnPressed.connect(self.save)
        self.save_button = button("担当者を変更", self.save)
        inside.addLayout(row(self.officer, self.save_button))
        self.refresh()

    def refresh(self) -> None:
        vendor = self.context.facts().vendor
        if vendor is None:
            self.vendor.say("まだ登録されていません。書類の差出人として使います。")
        else:
            signs = f"{vendor.representative_title}　{vendor.representative_name}"
            self.vendor.say(f"{vendor.name}\n{vendor.address}\n{signs}")
        self.officer.setText(self.context.ledger.officer)
        self._allow()

    def open_vendor(self) -> None:
        """Open the vendor's entry, or begin it."""
        vendor = self.context.facts().vendor
        self.context.navigate(EditRecord("vendor", vendor.id if vendor else 0))

    def save(self) -> None:
        """Record another officer's name."""
        if self.save_button.isEnabled() and self.context.attempt(
            lambda: self.context.ledger.set_officer(self.officer.text())
        ):
            self.context.dialogs.tell("担当者を変更しました。")
            self.refresh()

    def _allow(self) -> None:
        typed = self.officer.seen().strip()
        self.save_button.setEnabled(bool(typed) and typed != self.context.ledger.officer)
