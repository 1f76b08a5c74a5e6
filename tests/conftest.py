"""What holds for every test: on a busy machine it is slow, never wrong."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.annexes.catalogue import Catalogue, load
from tests.support.world import World

settings.register_profile(
    "any machine",
    deadline=None,
    # How much is drawn in vain hangs on the draws, as how long they take hangs on the machine.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("any machine")

PATIENCE = 60_000
"""Milliseconds that a test of the window waits for what must come; what comes sooner ends the wait."""


class PatientBot(QtBot):
    """pytest-qt's hands on the window, which let nothing fail for coming late."""

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE) -> None:  # noqa: N802  # pytest-qt's name
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **ways: Any) -> Any:  # noqa: N802  # as above
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE), **ways)


def pytest_collection_finish() -> None:
    """What was collected stays: a look for garbage need not go through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """A window that was closed before it was filled leaves the search for cycles off: not for other tests."""
    yield
    gc.enable()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In the place of pytest-qt's own."""
    del qapp
    return PatientBot(request)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The annexes that come with the program."""
    return load()


@pytest.fixture
def world(shipped: Catalogue) -> World:
    """A small ledger to be filled by hand."""
    return World(shipped)
