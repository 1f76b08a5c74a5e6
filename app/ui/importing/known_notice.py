"""What is known of a file from earlier imports: that it is the same, and how such a table was understood."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.exchange.mending import runs
from app.ui.importing.making import Made
from app.ui.parts.widgets import Notice, button


class KnownNotice(Notice):
    """``forgotten``: what was said of such a table before is not to be used."""

    forgotten = Signal()

    def __init__(self) -> None:
        self.forget = button("前回の対応を使わない")
        super().__init__("", "info", self.forget)
        self.forget.clicked.connect(lambda: self.forgotten.emit())

    def tell(self, made: Made, digest: str) -> None:
        """Of a file just chosen, whose content has that ``digest``."""
        run = runs.before(made.asked.facts, made.asked.spec, digest)
        said = [runs.told_of(run)] if run is not None else []
        if made.recalled is not None:
            said.append(made.recalled.sentence)
        self.say("\n".join(said), "info")
        self.forget.setVisible(made.recalled is not None)
