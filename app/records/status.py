"""Planned or done: a plan moves no balance, proves nothing and never prints as done."""

from enum import StrEnum


class Status(StrEnum):
    PLANNED = "予定"
    ACTUAL = "実績"


def planned_mark(holder: object) -> str:
    """（予定） for a record that is a plan, else empty: what a record is called goes with it everywhere."""
    return f"（{Status.PLANNED}）" if getattr(holder, "status", None) == Status.PLANNED else ""
