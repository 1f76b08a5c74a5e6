"""What the window keeps for the notice, whenever it has reckoned what is due today."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.tray import kept


def follow(context: Context) -> None:
    """Keep counts and days from now on, as long as the person has chosen the notice."""

    def reckoned(made: Assessment) -> None:
        if context.preferences.flag(kept.FLAG):
            kept.keep(context.preferences.path.parent, kept.kept_of(made))

    Assessor.of(context).reckoned.connect(reckoned)
