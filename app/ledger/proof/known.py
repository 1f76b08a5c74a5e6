"""What the chain last knew of every record, in little room: the memory of verification grows by it alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

_SALT, _COMMITMENT = 16, 32
_WIDE = _SALT + _COMMITMENT
_GAP = 1024
"""Ids are given one after the other; one that leaps further ahead is kept apart, or it alone would fill
the memory."""


class Last(NamedTuple):
    """The entry that wrote a record last: its number, and what it commits the content to."""

    sequence: int
    salt: str
    after: str


class Known:
    """The last entry of each record of one type, by the record's id; each is looked up once and then seen."""

    def __init__(self) -> None:
        self._sequences = array("q")
        self._marks = bytearray()
        self._seen = bytearray()
        self._odd: dict[int, Last] = {}
        self._odd_seen: set[int] = set()
        self.highest = 0

    def put(self, record_id: int, last: Last) -> None:
        """Take note of an entry; it stands for all that were noted of this record before."""
        mark = _packed(last)
        if record_id == len(self._sequences) + 1 and mark is not None and not self._odd:
            self.highest = max(self.highest, record_id)
            self._sequences.append(last.sequence)
            self._marks += mark
            self._seen.append(0)
            return
        self._put_anywhere(record_id, last, mark)

    def _put_anywhere(self, record_id: int, last: Last, mark: bytes | None) -> None:
        self.highest = max(self.highest, record_id)
        if mark is None or not 0 < record_id <= len(self._sequences) + _GAP:
            self._odd[record_id] = last
            return
        self._odd.pop(record_id, None)
        if (missing := record_id - len(self._sequences)) > 0:
            self._sequences.extend([0] * missing)
            self._marks.extend(bytes(_WIDE * missing))
            self._seen.extend(bytes(missing))
        self._sequences[record_id - 1] = last.sequence
        self._marks[_WIDE * (record_id - 1) : _WIDE * record_id] = mark

    def get(self, record_id: int) -> Last | None:
        """The last entry of a record, None for one that the chain does not know."""
        if self._odd and (odd := self._odd.get(record_id)) is not None:
            return odd
        if not 0 < record_id <= len(self._sequences) or not self._sequences[record_id - 1]:
            return None
        at = _WIDE * (record_id - 1)
        salt, after = self._marks[at : at + _SALT], self._marks[at + _SALT : at + _WIDE]
        return Last(self._sequences[record_id - 1], salt.hex(), after.hex())

    def see(self, record_id: int) -> Last | None:
        """``get``, for a record that is there."""
        found = self.get(record_id)
        if record_id in self._odd:
            self._odd_seen.add(record_id)
        elif found is not None:
            self._seen[record_id - 1] = 1
        return found

    def ids(self) -> Iterator[int]:
        """Every record that was noted."""
        yield from (at for at, sequence in enumerate(self._sequences, 1) if sequence and at not in self._odd)
        yield from self._odd

    def unseen(self) -> Iterator[int]:
        """The records that nobody has seen."""
        return (
            record_id
            for record_id in self.ids()
            if not (record_id in self._odd_seen if record_id in self._odd else self._seen[record_id - 1])
        )


def _packed(last: Last) -> bytes | None:
    """Salt and commitment as bytes; None where they are not what the program ever writes."""
    text = last.salt + last.after
    try:
        made = bytes.fromhex(text)
    except ValueError:
        return None
    return made if len(made) == _WIDE and made.hex() == text else None
