"""A limit tried on both sides: the day before, the day itself and the day after; one below, at and above."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

DAY = timedelta(days=1)


def around(day: date, before: Any, on: Any, after: Any) -> list[Any]:
    """Cases of ``(day, expected)`` for ``parametrize``."""
    return [
        pytest.param(day - DAY, before, id="the day before"),
        pytest.param(day, on, id="the day itself"),
        pytest.param(day + DAY, after, id="the day after"),
    ]


def about(limit: int, below: Any, at: Any, above: Any) -> list[Any]:
    """Cases of ``(number, expected)`` for ``parametrize``."""
    return [
        pytest.param(limit - 1, below, id="one below"),
        pytest.param(limit, at, id="the limit"),
        pytest.param(limit + 1, above, id="one above"),
    ]
