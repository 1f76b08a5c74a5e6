"""The command line: every command of ``jutaku``, its exit codes, and what is said when it fails.

Exit codes: 0 done; 1 one Japanese sentence on the error stream says what is wrong; 2 the command line
itself was not understood. No secret is ever printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from app.cli.arguments import UsageError, Wanted, parse, parse_window
from app.cli.options.acts import TAKEN
from app.cli.options.handouts import PRINTED
from app.cli.output import marked, put_error
from app.common import Cancelled, Lazy, PeopleError

__all__ = ["main", "show_window"]

DONE, FAILED, MISUSED = 0, 1, 2

_COMMANDS: Mapping[str, Lazy[[Wanted], int]] = MappingProxyType(
    {
        "new": Lazy("app.cli.keeping", "new"),
        "backup": Lazy("app.cli.keeping", "backup"),
        "backups": Lazy("app.cli.restoring", "backups"),
        "restore": Lazy("app.cli.restoring", "restore"),
        "archive": Lazy("app.cli.whole.archives", "archive"),
        "unarchive": Lazy("app.cli.whole.archives", "unarchive"),
        "merge": Lazy("app.cli.whole.merging", "merge"),
        "passphrase": Lazy("app.cli.secrets", "passphrase"),
        "verify": Lazy("app.cli.keeping", "verify"),
        "places": Lazy("app.cli.keeping", "places"),
        "demo": Lazy("app.cli.keeping", "demo"),
        "records": Lazy("app.cli.records", "records"),
        "import": Lazy("app.cli.tables.bringing", "bring"),
        "export": Lazy("app.cli.tables.leaving", "export"),
        "template": Lazy("app.cli.tables.leaving", "blank"),
        "this-pc": Lazy("app.cli.tables.machines", "this_pc"),
        "search": Lazy("app.cli.records", "search"),
        "annexes": Lazy("app.cli.annexes", "annexes"),
        "clauses": Lazy("app.cli.annexes", "clauses"),
        "annex": Lazy("app.cli.annexes", "annex"),
        "duties": Lazy("app.cli.obligations", "duties"),
        "balance": Lazy("app.cli.obligations", "balance"),
        "handovers": Lazy("app.cli.desks.handovers", "handovers"),
        "outside": Lazy("app.cli.desks.outside", "outside"),
        "start": Lazy("app.cli.desks.contracts", "start"),
        "year": Lazy("app.cli.desks.contracts", "year"),
        "incident": Lazy("app.cli.desks.incidents", "incident"),
        "audit": Lazy("app.cli.desks.audits", "audit"),
        "checks": Lazy("app.cli.findings", "checks"),
        "drift": Lazy("app.cli.findings", "drift"),
        "calendar": Lazy("app.cli.deadlines", "calendar"),
        "forms": Lazy("app.cli.papers", "forms"),
        "issue": Lazy("app.cli.papers", "issue"),
        "client-form": Lazy("app.cli.clients.own_forms", "client_form"),
        "batch": Lazy("app.cli.batches", "batch"),
        "binder": Lazy("app.cli.batches", "binder"),
        "submit": Lazy("app.cli.papers", "submit"),
        "void": Lazy("app.cli.papers", "void"),
        "accept": Lazy("app.cli.life.fates", "accept"),
        "send-back": Lazy("app.cli.life.fates", "send_back"),
        "reissue": Lazy("app.cli.life.fates", "reissue"),
        "attach": Lazy("app.cli.life.fates", "attach"),
        "compare": Lazy("app.cli.life.comparing", "compare"),
        "documents": Lazy("app.cli.papers", "documents"),
        **{name: Lazy("app.cli.acts.command", "act") for name in TAKEN},
        **{name: Lazy("app.cli.acts.handouts", "handout") for name in PRINTED},
        "undo": Lazy("app.cli.acts.undoing", "undo"),
    }
)
"""Each command, imported when it is run."""


def main(arguments: list[str]) -> int:
    """Run one command; without one, or with a ledger in its place, the window. Returns the exit code."""
    try:
        if arguments and _is_ledger(arguments[0]):
            return show_window(arguments)
        wanted = parse(arguments)
        if wanted.command is None:
            return _guarded(wanted, _window)
        return _guarded(wanted, _COMMANDS[wanted.command])
    except UsageError as error:
        return _misused(error)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE


def show_window(arguments: list[str]) -> int:
    """Run the window, also on a ledger dropped on its icon. Returns the exit code."""
    try:
        wanted = parse_window(arguments)
    except UsageError as error:
        return _misused(error)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    return _guarded(wanted, _window)


def _is_ledger(argument: str) -> bool:
    """Whether what stands in the place of a command is a ledger that is to be opened."""
    return argument not in _COMMANDS and Path(argument).suffix.casefold() == ".jutaku"


def _window(wanted: Wanted) -> int:
    from app.cli.window import show

    return show(wanted)


def _guarded(wanted: Wanted, run: Callable[[Wanted], int]) -> int:
    try:
        return run(wanted)
    except PeopleError as error:
        put_error(error.sentence)
    except (Cancelled, KeyboardInterrupt):
        put_error("中断しました。台帳には書き込んでいません。")
    except BrokenPipeError:
        # Whoever read the output (head, a pager) has seen enough; nothing is wrong.
        _drop_output()
        return DONE
    except Exception as error:
        from app.cli.bugs import note

        put_error(note(error))
    return FAILED


def _misused(error: UsageError) -> int:
    if sys.stderr is None:
        put_error(str(error))
    else:
        sys.stderr.write(f"{marked(str(error))}\n")
    return MISUSED


def _drop_output() -> None:
    """Keep the interpreter from writing to the closed pipe once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
