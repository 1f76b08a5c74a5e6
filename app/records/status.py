"""Planned or done: a plan moves no balance, proves nothing and never prints as done."""

from enum import StrEnum


class Status(StrEnum):
    PLANNED = "予定"
    ACTUAL = "実績"
