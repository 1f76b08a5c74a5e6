"""Work in processes that may die of it: one for a single try, or one that stands for many questions."""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.common import PeopleError

PATIENCE = 180.0
"""Seconds after which a process counts as hanging."""
GONE = ("killed", "hang")
"""How it is told of a process that is no more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a process said of its work: ``done``, ``refused`` and why, ``bug``, ``killed``, ``hang``."""

    how: str
    what: str = ""
    value: Any = None


def told_of(work: Callable[[], Any]) -> Told:
    """What comes of ``work`` in this process."""
    try:
        return Told("done", "", work())
    except PeopleError as error:
        return Told("refused", f"{type(error).__name__}: {error.sentence}")
    except BaseException as error:  # whatever it is, it is a bug, and is told
        return Told("bug", f"{type(error).__name__}: {error}")


def apart(
    work: Callable[[], Any], before_it_tells: Callable[[], None] = lambda: None, patience: float = PATIENCE
) -> Told:
    """Run ``work`` in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        told = told_of(work)
        before_it_tells()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(_line(told))
        os._exit(0)
    os.close(writing)
    told = _heard(reading, child, patience)
    os.close(reading)
    if told.how not in GONE:
        os.waitpid(child, 0)
    return told


class Standing:
    """A process that does the same ``work`` for one question after another, anew once it has died of one.

    To begin a process costs more than most questions do.
    """

    MOST = 2000
    """Questions to one process: what one leaves in memory must not add up."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work
        self._child = self._asked = 0
        self._to = self._from = -1

    def ask(self, question: Any) -> Told:
        """What comes of the work for ``question``, which goes through JSON as the answer does."""
        if self._child and self._asked >= self.MOST:
            self.end()
        if not self._child:
            self._begin()
        self._asked += 1
        os.write(self._to, json.dumps(question).encode() + b"\n")
        told = _heard(self._from, self._child, PATIENCE)
        if told.how in GONE:
            self._child = 0
            self._close()
        return told

    def end(self) -> None:
        """Let the process go."""
        if self._child:
            # Processes begun since then hold its questions open: it would wait for more for ever.
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._close()
            self._child = 0

    def _close(self) -> None:
        os.close(self._to)
        os.close(self._from)

    def _begin(self) -> None:
        questions, self._to = os.pipe()
        self._from, answers = os.pipe()
        self._asked = 0
        self._child = os.fork()
        if self._child == 0:
            self._close()
            # It is ended before its rubbish adds up, and to look for it takes a tenth of its time.
            gc.disable()
            with os.fdopen(questions, encoding="utf-8") as asked:
                for line in asked:
                    question = json.loads(line)
                    os.write(answers, _line(told_of(lambda question=question: self._work(question))))  # type: ignore[misc]
            os._exit(0)
        os.close(questions)
        os.close(answers)


def _line(told: Told) -> bytes:
    return json.dumps([told.how, told.what, told.value], default=str).encode() + b"\n"


def _heard(pipe: int, child: int, patience: float) -> Told:
    """The one line that ``child`` writes, or how it ended without."""
    held, until = b"", time.monotonic() + patience
    while not held.endswith(b"\n"):
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return Told("hang")
        more = os.read(pipe, 1 << 20)
        if not more:
            _, status = os.waitpid(child, 0)
            how = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            return Told("killed", str(how))
        held += more
    return Told(*json.loads(held))
