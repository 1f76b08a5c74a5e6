"""Strict reading of one annex file: whatever is wrong is named with its line, and nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from app.annexes.annex import Annex
from app.annexes.files.faults import AnnexFaultsError, Fault
from app.annexes.files.measure import beyond_measure
from app.annexes.files.tables import SCHEMA, Reader, Table
from app.annexes.files.toml_lines import Lines, Path

__all__ = ["SCHEMA", "decode", "parse", "placed", "read_annex", "read_table"]


def read_annex(data: bytes, shown: str, name: str) -> Annex:
    """Read one annex from ``data``, the content of the file ``name``; ``shown`` is how people see its path.

    Raises ``PeopleError``: the sentence is the first fault with its line, ``problems`` are all of them.
    """
    text = decode(data, shown)
    return read_table(parse(text, shown), text, shown, name)


def read_table(table: Table, text: str, shown: str, name: str = "") -> Annex:
    """Read the annex in ``table``, parsed from ``text``; without ``name`` its key is not compared.

    Raises as ``read_annex``.
    """
    reader = Reader(name)
    annex = reader.annex(table)
    if annex is None:
        raise AnnexFaultsError(shown, placed(text, reader.faults))
    return annex


def placed(text: str, faults: Iterable[tuple[Path, str]]) -> list[Fault]:
    """The faults with their lines in ``text``."""
    lines = Lines(text)
    return [Fault(lines.of(path), sentence) for path, sentence in faults]


def decode(data: bytes, shown: str) -> str:
    """The text of a file. Raises ``PeopleError`` with the line where it is no UTF-8."""
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = "UTF-8 として読めません。文字コードを UTF-8 にして保存し直してください。"
        raise AnnexFaultsError(shown, [Fault(line, sentence)]) from error


def parse(text: str, shown: str) -> Table:
    """The tables of a text. Raises ``PeopleError`` with the line where it is no TOML or beyond measure."""
    if beyond := beyond_measure(text):
        raise AnnexFaultsError(shown, [beyond])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        sentence = "TOML の書き方に誤りがあります。記号や引用符を確かめてください。"
        raise AnnexFaultsError(shown, [Fault(line, sentence)]) from error
    except (RecursionError, ValueError) as error:
        sentence = "入れ子が深すぎるか数値が長すぎて読めません。書き方を確かめてください。"
        raise AnnexFaultsError(shown, [Fault(1, sentence)]) from error
