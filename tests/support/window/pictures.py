"""Pictures of every view: ``python -m tests.support.window.pictures OUT``; ``--help`` tells the rest."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.window.contrast_themes import CONTRASTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the views whose name holds ``--only`` into PNG files in a folder."""
    asked = _asked(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Before Qt is imported: it reads the scale once.
    os.environ["QT_SCALE_FACTOR"] = str(asked.scale)
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication, QDialog

    from app.ui.parts.look import MODES, Look
    from app.ui.parts.space.screen import keep_inside
    from tests.support.window.stage import Stage
    from tests.support.window.views import VIEWS

    app = QApplication.instance() or QApplication(["jutaku", "-style", "Fusion"])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    width, _, height = asked.size.partition("x")
    size = QSize(int(width), int(height))
    look = Look(app, asked.theme if asked.theme in MODES else "light", asked.text)
    if asked.theme in CONTRASTS:
        look.few = CONTRASTS[asked.theme]
        look.choose()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stage = Stage(look, Path(folder))
        for name in (name for name in VIEWS if asked.only in name):
            shown = VIEWS[name](stage)
            if isinstance(shown, QDialog):
                keep_inside(shown, size)
            elif shown is not None:
                shown.resize(size)
            if shown is not None:
                stage.settle()
                shown.grab().save(str(asked.out / f"{name}.png"))
            stage.leave()
        stage.close()
    look.release()
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.support.window.pictures", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--only", default="", help="part of the names of the views, such as edit-")
    parser.add_argument("--size", default="1366x768", help="logical pixels of the window")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels for each")
    parser.add_argument("--text", type=int, default=100, choices=(100, 125, 150), help="percent")
    parser.add_argument("--theme", default="light", choices=("light", "dark", *CONTRASTS))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
