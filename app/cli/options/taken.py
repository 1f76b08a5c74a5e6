"""What one act takes on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Taken(NamedTuple):
    """``record``: what the act is done to, ``many``: whether to several. ``options``: name → help.

    ``files``: option → help of one that reads the answer of the field named before its ``_file`` from a file.
    ``typed``: the record type stands before the keys on the command line; not where it goes without saying.
    """

    about: str
    record: str
    many: bool
    options: Mapping[str, str]
    typed: bool = True
    files: Mapping[str, str] = MappingProxyType({})
