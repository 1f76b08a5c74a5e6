"""A world of records for the tests of the duty engine."""

from __future__ import annotations

import pytest

from app.annexes.catalogue import Catalogue, load
from tests.support.world import World


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load()


@pytest.fixture
def world(shipped: Catalogue) -> World:
    return World(shipped)
