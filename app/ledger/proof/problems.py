"""What does not agree, as people are told it: which record, which entry of the journal, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.ledger.file import driver
from app.ledger.proof import journal
from app.records import SPECS

_PARTS = {
    journal.LEDGER: "台帳",
    "journal": "記録簿",
    "blob": "保管したファイル",
    "search": "検索の索引",
    "backup": "バックアップ",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not agree: the journal entry that knew it last (0: none), and the record it concerns."""

    entry: int
    record: str
    key: str
    problem: str

    @property
    def named(self) -> str:
        """The record as people call it: 要員「E-001」."""
        spec = SPECS.get(self.record)
        label = spec.label if spec else _PARTS.get(self.record, "台帳")
        return f"{label}「{self.key}」" if self.key and self.record != journal.LEDGER else label

    @property
    def sentence(self) -> str:
        """The record and what is wrong with it."""
        return self.problem if self.record == journal.LEDGER else f"{self.named}：{self.problem}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By journal entry, the first bad one first; what belongs to no entry comes after, by its record."""
    return tuple(sorted(problems, key=lambda one: (one.entry == 0, one.entry)))


class Finding:
    """Collects problems, those of values and pages that cannot even be read among them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, problems: Iterator[Problem], record: str) -> None:
        """Take all of ``problems``. Raises what the disk says; what the file itself says is a problem.

        Whoever has the key can put in a value that the driver or the program cannot read: that is a finding
        about ``record``, not the end of the search.
        """
        with self.reading(record):
            for problem in problems:
                self.problems.append(problem)

    @contextmanager
    def reading(self, record: str) -> Iterator[None]:
        """What cannot be read within is a problem of ``record``."""
        try:
            yield
        except driver.Error as error:
            if driver.is_of_the_disk(error):
                raise
            self.problems.append(Problem(0, record, "", "読み取れない行か値があります。"))
        except (TypeError, ValueError, OverflowError):
            self.problems.append(Problem(0, record, "", "プログラムが書かない形の値があります。"))
