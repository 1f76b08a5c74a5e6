"""What every room may use: errors that people read, progress that can be cancelled, things imported late."""

from __future__ import annotations

import gc
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


class PeopleError(Exception):
    """Something went wrong that a person can act on.

    ``str(error)`` is one Japanese sentence: what is wrong, where, what to do. ``problems`` holds
    the single sentences where there are several. ``by_restoring``: what it tells of can be mended by putting
    a backup back; the window then leads there.
    """

    by_restoring = False

    def __init__(self, sentence: str, problems: Iterable[str] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.problems = tuple(problems) or (sentence,)


def kind_of_error(error: BaseException) -> str:
    """What kind of error it is, for a log: never its text, which may quote what a ledger holds.

    The module that could not be imported is named: without it nobody can tell what an installation lacks,
    and it is a word of the program's own.
    """
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    missing = error.name if isinstance(error, ImportError) else None
    return f"{name}: {missing}" if missing and re.fullmatch(r"[\w.]+", missing, re.ASCII) else name


class Cancelled(Exception):
    """The person asked to stop; nothing was written."""


@dataclass(frozen=True)
class Lazy(Generic[P, R]):
    """A class or function whose module is imported when it is first called.

    Where a table names many (pages, commands), importing them all would cost the start-up time that each
    needs alone. A test resolves every one that the program names, so that a renaming is never silent.
    """

    module: str
    name: str

    def load(self) -> Callable[P, R]:
        """What it stands for."""
        return cast("Callable[P, R]", getattr(import_module(self.module), self.name))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.load()(*args, **kwargs)


class Progress:
    """How far a long job is; the job calls ``step``, the window calls ``cancel`` from its own thread."""

    def __init__(self, say: Callable[[int, int, str], None] = lambda _done, _total, _what: None) -> None:
        self._say = say
        self._stop = threading.Event()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Report ``done`` of ``total`` (0: unknown) and raise ``Cancelled`` if asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._say(done, total, what)

    def within(self, done: int, total: int) -> Progress:
        """For what is one step of a longer job: how far it is there stands still, and it can be stopped."""
        return Progress(lambda _done, _total, what: self.step(done, total, what))

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: where 100,000 objects are made and all are kept, there is none to find.

    Each search holds up every thread, the window's too. It may have been off before, and stays so. What was
    made counts as old at the end: the next search would go through all of it in one go, and the window would
    stand still for as long.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
