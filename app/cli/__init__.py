"""The command line: every command of ``jutaku``, its exit codes, and what is said when it fails.

Exit codes: 0 done; 1 one Japanese sentence on the error stream says what is wrong; 2 the command line
itself was not understood. No secret is ever printed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from app.cli.arguments import UsageError, Wanted, parse
from app.cli.output import put_error
from app.common import Cancelled, PeopleError

__all__ = ["main", "show_window"]

DONE, FAILED, MISUSED = 0, 1, 2

_HOMES: Mapping[str, str] = MappingProxyType(
    {
        "new": "keeping",
        "backup": "keeping",
        "verify": "keeping",
        "demo": "keeping",
        "records": "records",
        "import": "records",
        "search": "records",
        "annexes": "annexes",
        "clauses": "annexes",
        "annex": "annexes",
        "duties": "obligations",
        "balance": "obligations",
        "checks": "findings",
        "drift": "findings",
        "calendar": "deadlines",
        "forms": "papers",
        "issue": "papers",
        "submit": "papers",
        "void": "papers",
        "documents": "papers",
    }
)
"""Command → the module that holds it: only that one is imported."""


def main(arguments: list[str]) -> int:
    """Run one command; without a command, the window. Returns the exit code."""
    try:
        wanted = parse(arguments)
        if wanted.command is None:
            return _guarded(wanted, _window)
        return _guarded(wanted, _command(wanted.command))
    except UsageError as error:
        return _misused(error)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE


def show_window(arguments: list[str]) -> int:
    """Run the window; ``--ledger`` and ``--passphrase-file`` are understood. Returns the exit code."""
    try:
        wanted = parse(arguments)
    except UsageError as error:
        return _misused(error)
    return _guarded(wanted, _window)


def _command(name: str) -> Callable[[Wanted], int]:
    module = import_module(f"app.cli.{_HOMES[name]}")
    run: Callable[[Wanted], int] = module.COMMANDS[name]
    return run


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
        sys.stderr.write(f"{error}\n")
    return MISUSED


def _drop_output() -> None:
    """Keep the interpreter from writing to the closed pipe once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
