"""What is loaded before it is asked for, while the process has nothing else to do.

What comes after the passphrase, while it is typed; what a paper needs, once the window stands.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.common import Lazy, Progress
from app.ui.operations import Lane, Operations

if TYPE_CHECKING:
    from app.ui.context import Product

WANTED: tuple[Lazy[..., object], ...] = (
    Lazy("app.ledger.access.opening", "unlock"),
    Lazy("app.ledger.door", "Ledger"),
    Lazy("app.ledger.secret.keyring_store", "recall"),
    Lazy("filelock", "FileLock"),
    Lazy("app.ui.shell.window", "MainWindow"),
    Lazy("app.ui.backing", "Backing"),
    Lazy("app.ui.watching", "Watching"),
    Lazy("app.ui.papers.dropping", "Dropping"),
    Lazy("app.ui.shell.bands", "Bands"),
    Lazy("app.ui.today.page", "TodayPage"),
    Lazy("app.ui.tray.following", "follow"),
    Lazy("app.work.assessing", "assess"),
    Lazy("app.work.kept", "unpack"),
    Lazy("app.annexes.own.annexes", "OwnAnnexes"),
)
"""What opens a ledger, shows きょう and reckons what is due, in the order in which it is needed."""
_BESIDE: tuple[Lazy[..., object], ...] = (
    Lazy("app.ui.today.task_row", "TaskRow"),
    Lazy("app.ui.today.finding_row", "FindingRow"),
    Lazy("app.work.desks.outside", "outside"),
    Lazy("cryptography.hazmat.primitives.ciphers.aead", "AESGCM"),
    Lazy("cryptography.hazmat.primitives.kdf.argon2", "Argon2id"),
    Lazy("jpholiday", "is_holiday_name"),
    Lazy("socket", "gethostname"),
    Lazy("encodings.ascii", "getregentry"),
    Lazy("encodings.cp932", "getregentry"),
    Lazy("encodings.utf_16_le", "getregentry"),
)
"""What comes after, or is asked for only on the way: whoever has no time to spare leaves it to that."""
PRINTING: Lazy[[], None] = Lazy("app.exchange.documents.composing", "get_ready")
NEXT: tuple[Lazy[..., object], ...] = (
    Lazy("app.ui.lists.page", "RecordsPage"),
    Lazy("app.duties.rules.over_records", "rules"),
    Lazy("app.ui.undo.asking", "newest"),
    Lazy("app.ledger.undoing.queue", "queue"),
    Lazy("app.ui.search.dialog", "SearchDialog"),
    Lazy("app.ui.acts.page", "ActPage"),
)
"""What is wanted soon after: the lists, what is asked before anything is written, what can be taken back, the
search (what is typed after Ctrl+K would go to the page behind it while it is loaded) and the acts."""


def load_ahead(operations: Operations, product: Product, then: Callable[[], object] = lambda: None) -> None:
    """Load it in the worker, piece by piece: what the user asks for meanwhile waits for one piece only.

    ``then`` is called in the window's thread once all is there. What fails is left aside: whoever needs it
    later meets the same error, and there it can be told.
    """
    failures: list[Exception] = []
    pieces: list[Callable[[], object]] = [one.load for one in (*WANTED, *_BESIDE)]
    pieces += [lambda: product.catalogue, lambda: product.forms]
    for piece in pieces:
        operations.run(partial(_one, piece), _nothing, failed=failures.append)

    def end(_none: None) -> None:
        if not failures:
            then()

    operations.run(lambda _progress: None, end)
    for soon in NEXT:
        operations.run(partial(_one, soon.load), _nothing, failed=_nothing)


def _one(piece: Callable[[], object], progress: Progress) -> None:
    del progress
    piece()


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""


def print_ahead(operations: Operations) -> None:
    """Load what the first paper of a run would wait for (half a second, 65 MB), where no screen waits.

    Before it, what is wanted soon: where no passphrase was typed, nothing of that is there yet.
    """
    for soon in NEXT:
        operations.run(partial(_one, soon.load), _nothing, failed=_nothing, lane=Lane.COPIES)
    operations.run(partial(_one, PRINTING), _nothing, failed=_nothing, lane=Lane.COPIES)


def collect_once_filled(operations: Operations, filled: Callable[[], bool]) -> None:
    """Look for no garbage until the window stands, and never again among what was made by then.

    Modules, declarations and the records of the ledger stay as long as the process, and going through them
    over and over holds up the window. ``filled``: whether what is there is the whole.
    """

    def settle() -> None:
        gc.freeze()
        gc.enable()
        if filled():
            operations.idle.disconnect(settle)

    gc.disable()
    operations.idle.connect(settle)
