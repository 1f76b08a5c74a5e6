"""Every view of the window over a ledger of many names: the titles of all windows, into ``titles.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.records import Person
from app.ui.parts.look import Look
from app.ui.targets import EditRecord
from tests.support.window.stage import Stage
from tests.support.window.views import VIEWS

_EDITED = 25
"""People whose own page is opened."""


def main(folder: Path) -> None:
    """Walk through the window; ``names.json`` in the folder holds the names."""
    names = json.loads((folder / "names.json").read_text("utf-8"))
    app = QApplication(["jutaku", "-style", "Fusion"])
    seen: set[str] = set()

    def note() -> None:
        seen.update(title for one in QApplication.topLevelWidgets() if (title := one.windowTitle()))

    stage = Stage(Look(app, "light", 100), folder / "stage")
    with stage.ledger.write() as change:
        made = [change.add(Person(name=name, employment="社員")) for name in names]
    stage.settle()
    for view in VIEWS.values():
        view(stage)
        stage.settle()
        note()
        stage.leave()
    for person in made[:: max(1, len(made) // _EDITED)]:
        stage.go(EditRecord("person", person.id))
        stage.settle()
        note()
        stage.leave()
    stage.close()
    (folder / "titles.json").write_text(json.dumps(sorted(seen)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
