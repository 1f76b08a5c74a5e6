"""The window from the command line."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import FAILED
from app.cli.access import passphrase_file, read_passphrase
from app.cli.arguments import Wanted
from app.common import PeopleError
from app.filesystem import may_be_there
from app.preferences import Preferences
from app.start import Product

if TYPE_CHECKING:
    from app.ledger.door import Ledger


def show(wanted: Wanted) -> int:
    """Show the window until it is closed. With ``--passphrase-file`` the ledger is opened without asking."""
    require_display()
    if wanted.tray:
        from app.ui.tray.tray import run as run_tray

        return run_tray(Preferences())
    # Until the window is filled: see ``collect_once_filled``. Of what is loaded until then nothing goes away.
    gc.disable()
    try:
        return _show(wanted)
    finally:
        gc.enable()


def _show(wanted: Wanted) -> int:
    product, preferences = Product(), Preferences()
    given = given_ledger(wanted)
    path = given or preferences.ledger()
    file = passphrase_file(wanted)
    from app.ui.shell.plain_imports import plain_imports

    plain_imports()
    from app.ui.context import Program
    from app.ui.shell.app import run

    def opening(path: Path, file: Path) -> Ledger:
        from app.ledger.access.opening import unlock

        ledger = product.open(path, unlock(path, read_passphrase(file)))
        preferences.set(ledger=str(path))
        return ledger

    program = Program(product, preferences)
    if path is not None and file is not None and (given or may_be_there(path)):
        try:
            return run(program, path, partial(opening, path, file))
        except PeopleError:
            if sys.stderr is None and has_display():
                return FAILED  # the window has told it, and a box after it would tell it twice
            raise
    return run(program, given)


def given_ledger(wanted: Wanted) -> Path | None:
    """The ledger that was named or dropped on the icon, None for the one used last.

    Raises ``PeopleError`` for what can be no ledger, before any window comes up; what a backup mends the
    window tells itself, and leads there.
    """
    named = wanted.files[0] if wanted.files else wanted.ledger
    if named is None:
        return None
    from app.ledger.access.opening import examine
    from app.ledger.file.places import refuse_network

    path = named.absolute()
    try:
        refuse_network(path)
        examine(path)
    except PeopleError as error:
        if not error.by_restoring:
            raise
    return path


def has_display() -> bool:
    """Whether a window can be seen here."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    linux = sys.platform.startswith("linux")
    return not linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_display() -> None:
    """Raise ``PeopleError`` where Qt would end the process for want of a display."""
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise PeopleError(
            "画面がないため、ウィンドウを表示できません。jutaku --help でコマンドを確かめてください。"
        )
