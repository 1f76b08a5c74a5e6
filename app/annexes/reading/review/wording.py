"""The wording of the clauses that a contract carries: as the person copied it, else as its annex was read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.annexes.reading.review.kept import read_back
from app.common import PeopleError
from app.records import ClauseText, Facts, OwnAnnex

_KEPT = 16
"""Texts of annexes kept as read: more than the contracts of an office carry at a time."""
_NONE: Mapping[str, str] = MappingProxyType({})


def clause_words(facts: Facts, contract: int, annex: str, version: int) -> Mapping[str, str]:
    """The wording of the clauses of an annex by their numbers, for the contract with this id.

    What a person copied from the contract comes before what stands in the text that the annex was read from.
    """
    copied = {
        one.clause: one.text for one in facts.of(ClauseText, "contract", contract) if one.annex == annex
    }
    return {**_read(facts, annex, version), **copied}


def _read(facts: Facts, annex: str, version: int) -> Mapping[str, str]:
    for record in facts.all(OwnAnnex):
        if (record.annex, record.version) == (annex, version) and record.reading:
            return _texts(record.reading)
    return _NONE


@lru_cache(maxsize=_KEPT)
def _texts(reading: str) -> Mapping[str, str]:
    """What cannot be read back has no wording: the annex itself does not need it."""
    try:
        return MappingProxyType(read_back(reading).texts())
    except PeopleError:
        return _NONE
