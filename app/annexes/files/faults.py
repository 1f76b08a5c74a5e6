"""What is wrong with an annex that people wrote, each fault with the place to go to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.common import PeopleError


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one Japanese sentence. ``line`` counts from 1; in a sheet it is the row."""

    line: int
    sentence: str
    sheet: str = ""
    column: str = ""

    def told(self, shown: str) -> str:
        """The fault with its place, as people read it; ``shown`` is how the file is called."""
        if not self.sheet:
            return f"{shown} の {self.line}行目：{self.sentence}"
        cell = f"{self.column}列{self.line}行目" if self.column else f"{self.line}行目"
        return f"{shown} のシート「{self.sheet}」{cell}：{self.sentence}"


class AnnexFaultsError(PeopleError):
    """An annex cannot be used; ``faults`` are all that is wrong, in the order of the file."""

    def __init__(self, shown: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.sheet, fault.line)))
        sentences = [fault.told(shown) for fault in self.faults]
        super().__init__(sentences[0], sentences)
