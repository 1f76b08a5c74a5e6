"""What one act takes on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Mapping
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


def spelled(name: str, taken: Taken, keys: Iterable[str]) -> str:
    """How the act is asked for on the command line, about the records of these keys."""
    held = (*([taken.record] if taken.typed else []), *keys)
    return " ".join(("jutaku", name, *(f"'{one}'" if " " in one else one for one in held)))


def only_type(name: str) -> Callable[[str], str]:
    """Reads the record type that an act is done to, and no other: each is called by its Japanese label."""

    def read(text: str) -> str:
        if text == name:
            return text
        # Late: no command that is spelled rightly needs the records for its command line.
        from app.records import SPECS

        wanted, given = SPECS[name], SPECS.get(text)
        wrong = f"{given.label}（{text}）には使えません" if given else f"「{text}」という種類はありません"
        raise ArgumentTypeError(f"記録の種類には{wanted.label}（{name}）を指定してください。{wrong}。")

    return read
