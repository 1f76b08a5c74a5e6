"""What comes after a passphrase is loaded while it is typed; garbage is looked for once all stands."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.common import uncollected
from app.ui.operations import Operations
from app.ui.shell import ahead


class _Broken:
    """A product of which nothing can be had."""

    @property
    def catalogue(self) -> Any:
        raise ValueError("annexes")

    @property
    def forms(self) -> Any:
        raise ValueError("forms")


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_what_cannot_be_loaded_ahead_is_left_to_whoever_needs_it(
    qtbot: QtBot, operations: Operations
) -> None:
    product: Any = _Broken()
    then: list[str] = []
    ahead.load_ahead(operations, product, lambda: then.append("built"))
    answers: list[int] = []
    operations.run(lambda _progress: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert not operations.busy
    assert then == [], "of what cannot be loaded no window is built ahead"


def test_once_all_is_loaded_it_is_said(qtbot: QtBot, operations: Operations, product: Any) -> None:
    then: list[str] = []
    ahead.load_ahead(operations, product, lambda: then.append("built"))
    assert then == []
    qtbot.waitUntil(lambda: bool(then), timeout=10_000)
    assert then == ["built"]
    assert not operations.busy


def test_an_answer_that_raises_keeps_nobody_waiting_for_the_end(qtbot: QtBot, operations: Operations) -> None:
    def broken(_answer: object) -> None:
        raise ValueError("broken")

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(operations.idle):
        operations.run(lambda _progress: None, broken)
    assert [kind for kind, _error, _trace in raised] == [ValueError]


def test_what_is_asked_meanwhile_waits_for_one_piece_only(operations: Operations) -> None:
    product: Any = _Broken()
    operations.hold()
    ahead.load_ahead(operations, product)
    assert len(operations._jobs) == len((*ahead.WANTED, *ahead._BESIDE, *ahead.NEXT)) + 3
    operations.stop()


def test_garbage_is_looked_for_again_once_the_window_is_filled(qtbot: QtBot, operations: Operations) -> None:
    stands = False
    ahead.collect_once_filled(operations, lambda: stands)
    assert not gc.isenabled()
    with qtbot.waitSignal(operations.idle):
        operations.run(lambda _progress: None, lambda _done: None)
    assert gc.isenabled(), "a passphrase may be waited for all day"
    gc.unfreeze()
    stands = True
    with qtbot.waitSignal(operations.idle):
        operations.run(lambda _progress: None, lambda _done: None)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    with qtbot.waitSignal(operations.idle):
        operations.run(lambda _progress: None, lambda _done: None)
    assert gc.get_freeze_count() == 0, "what is thrown away later must still be found"


def broken() -> None:
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("broken")


def test_the_collector_is_left_as_it_was_even_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"):
        broken()
    assert gc.isenabled()
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
