"""The tables of an annex file, strictly read: keys, types and references; every fault by its path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from app.annexes.annex import NEEDED, WORDS, Annex, Option, Part
from app.annexes.clause import Clause
from app.annexes.files.parameters import read_parameters
from app.annexes.files.toml_lines import Path
from app.annexes.files.words import FILE_WORDS, Words
from app.annexes.kinds import KINDS, When

SCHEMA = 1
"""The version of the file format that this reader understands."""

MOST_VERSIONS = 9999
LONGEST_KEY = 60
"""What the ledger can keep of an annex's key and version."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPES = {str: "文字列", int: "整数", bool: "true か false", list: "配列", dict: "表", date: "日付"}

Table = dict[str, Any]
Shape = Mapping[str, tuple[type, bool]]
"""Key → its type and whether it must be there."""

ANNEX: Shape = {
    "schema": (int, True),
    "key": (str, True),
    "title": (str, True),
    "version": (int, True),
    "source": (str, True),
    "in_force_from": (date, False),
    "in_force_until": (date, False),
    "part": (list, True),
    "option": (list, False),
    "clause": (list, True),
}
PART: Shape = {"key": (str, True), "title": (str, True), "words": (dict, True)}
WORDS_OF: Shape = {word: (str, word in NEEDED) for word in WORDS}
OPTION: Shape = {"key": (str, True), "label": (str, True)}
CLAUSE: Shape = {
    "key": (str, True),
    "number": (str, True),
    "heading": (str, True),
    "summary": (str, True),
    "kinds": (list, True),
    "when": (list, True),
    "options": (list, False),
    "parameters": (dict, False),
}


class Reader:
    """Collects every fault of one file while it builds the annex."""

    def __init__(self, name: str = "", words: Words = FILE_WORDS) -> None:
        """``name`` is the file's own, which the key must equal; empty: it has none to compare.

        ``words``: how the sentences call what is in it.
        """
        self._name = name
        self._words = words
        self.faults: list[tuple[Path, str]] = []

    def say(self, path: Path, sentence: str) -> None:
        """Note what is wrong at ``path``."""
        self.faults.append((path, sentence))

    def annex(self, table: Table, read: Sequence[Table] = ()) -> Annex | None:
        """The annex in ``table``, or None where ``faults`` then name what is wrong.

        ``read``: clauses as ``clause`` gave them, which follow those of ``table``.
        """
        good = self.fields(table, (), ANNEX)
        self.head(good)
        parts = [self._part(part, ("part", at)) for at, part in self.tables(good, "part")]
        options = [self._option(option, ("option", at)) for at, option in self.tables(good, "option")]
        clauses = [self.clause(clause, ("clause", at)) for at, clause in self.tables(good, "clause")]
        clauses += read
        self._references(parts, options, clauses)
        if self.faults:
            return None
        return Annex(
            key=good["key"],
            title=good["title"],
            version=good["version"],
            source=good["source"],
            parts=tuple(parts),
            options=tuple(options),
            clauses=tuple(Clause(annex=good["key"], version=good["version"], **clause) for clause in clauses),
            in_force_from=good.get("in_force_from"),
            in_force_until=good.get("in_force_until"),
        )

    def fields(self, table: Table, path: Path, shape: Shape) -> Table:
        """Return what of ``table`` has the right key and type; name the rest."""
        good: Table = {}
        for key, value in table.items():
            called = self._words.field((*path, key))
            if key not in shape:
                self.say((*path, key), f"「{key}」という項目はありません。つづりを直すか削除してください。")
            elif not _is(value, shape[key][0]):
                self.say((*path, key), f"「{called}」は{_TYPES[shape[key][0]]}で書いてください。")
            elif isinstance(value, str) and not value.strip() and key != "key":
                self.say((*path, key), f"「{called}」が空です。内容を書いてください。")
            else:
                good[key] = value
        for key, (_, needed) in shape.items():
            if needed and key not in table:
                called = self._words.field((*path, key))
                self.say((*path, key), f"「{called}」がありません。書き加えてください。")
        return good

    def tables(self, good: Table, key: str) -> list[tuple[int, Table]]:
        """The tables of the array ``key``, each with its position."""
        found = []
        for at, value in enumerate(good.get(key, ())):
            if isinstance(value, dict):
                found.append((at, value))
            else:
                self.say((key, at), f"「{key}」は [[{key}]] の形の表で書いてください。")
        return found

    def head(self, good: Table) -> None:
        """Check what stands above the tables of a file."""
        if good.get("schema", SCHEMA) != SCHEMA:
            self.say(("schema",), f"書式の版が {SCHEMA} ではありません。この版の製品では読めません。")
        if not 1 <= good.get("version", 1) <= MOST_VERSIONS:
            self.say(("version",), f"版は 1 以上 {MOST_VERSIONS} 以下の整数で書いてください。")
        key = good.get("key")
        if key is not None and (not _KEY.fullmatch(key) or len(key) > LONGEST_KEY):
            self.say(
                ("key",), f"「{key}」は英小文字・数字・ハイフンで、{LONGEST_KEY}文字までで書いてください。"
            )
        elif key is not None and self._name and f"{key}.toml" != self._name:
            self.say(
                ("key",), f"「{key}」がファイル名 {self._name} と一致しません。どちらかに揃えてください。"
            )
        start, end = good.get("in_force_from"), good.get("in_force_until")
        if start and end and end < start:
            self.say(("in_force_until",), "適用の終わりが始まりより前です。日付を直してください。")

    def _part(self, table: Table, path: Path) -> Part:
        good = self.fields(table, path, PART)
        words = self.fields(good.get("words", {}), (*path, "words"), WORDS_OF)
        return Part(key=good.get("key", ""), title=good.get("title", ""), words=MappingProxyType(words))

    def _option(self, table: Table, path: Path) -> Option:
        good = self.fields(table, path, OPTION)
        return Option(key=good.get("key", ""), label=good.get("label", ""))

    def clause(self, table: Table, path: Path) -> Table:
        """The fields of the clause in ``table``, which stands at ``path``, but for those of its annex."""
        good = self.fields(table, path, CLAUSE)
        key = good.setdefault("key", "")
        if not _KEY.fullmatch(key) and "key" in table:
            self.say((*path, "key"), f"「{key}」は英小文字・数字・ハイフンで書いてください。")
        for name in ("number", "heading", "summary"):
            good.setdefault(name, "")
        good["kinds"] = self.names(good.get("kinds", []), (*path, "kinds"), list(KINDS), "義務の種別")
        good["when"] = self.names(good.get("when", []), (*path, "when"), [str(w) for w in When], "時期")
        good["options"] = self.names(good.get("options", []), (*path, "options"), None, "選択条項")
        self._moments(table, good, path)
        parameters = good.setdefault("parameters", {})
        asked, faults = read_parameters(parameters, good["kinds"], self._words)
        for where, sentence in faults:
            self.say((*path, "parameters", *where), sentence)
        good["parameters"], good["asked"] = MappingProxyType(parameters), MappingProxyType(asked)
        return good

    def names(self, values: list[Any], path: Path, known: list[str] | None, what: str) -> tuple[str, ...]:
        """The names in an array, each once and, where ``known`` is given, one of these."""
        names: list[str] = []
        for value in values:
            if not isinstance(value, str):
                self.say(path, f"「{path[-1]}」は文字列の配列で書いてください。")
            elif known is not None and value not in known:
                self.say(path, f"「{value}」という{what}はありません。つづりを確かめてください。")
            elif value in names:
                called = self._words.kind(value) if path[-1] == "kinds" else value
                called = self._words.moment(When(value)) if path[-1] == "when" else called
                self.say(path, f"「{called}」が重なっています。1つにしてください。")
            else:
                names.append(value)
        return tuple(names)

    def _moments(self, table: Table, good: Table, path: Path) -> None:
        """``info`` stands alone and never on a duty, which would go unseen; what is only shown is
        always ``info``.

        An entry without kinds may have another moment: it is to be kept, but no record can prove it.
        """
        if not _is(table.get("kinds"), list) or not good["when"]:
            if table.get("when") == []:
                self.say((*path, "when"), "時期がありません。1つ以上書いてください。")
            return
        idle = all(KINDS[kind].shown_only for kind in good["kinds"])
        alone = good["when"] == (When.INFO,)
        if (When.INFO in good["when"] and not (idle and alone)) or (good["kinds"] and idle and not alone):
            info = self._words.moment(When.INFO)
            told = f"義務のない条項だけを {info} とし、ほかの時期と併せないでください。"
            self.say((*path, "when"), told)

    def _references(self, parts: list[Part], options: list[Option], clauses: list[Table]) -> None:
        self._single("part", "key", [part.key for part in parts])
        self._single("option", "key", [option.key for option in options])
        self._single("clause", "key", [clause["key"] for clause in clauses])
        self._single("clause", "number", [clause["number"] for clause in clauses])
        known_parts, known_options = [part.key for part in parts], [option.key for option in options]
        for at, clause in enumerate(clauses):
            part = clause["number"].rpartition(" ")[0]
            if clause["number"] and part not in known_parts:
                told = self._words.no_part(part, single=known_parts == [""])
                self.say(("clause", at, "number"), told)
            for option in clause["options"]:
                if option not in known_options:
                    self.say(("clause", at, "options"), self._words.no_option(option))

    def _single(self, table: str, name: str, values: Sequence[str]) -> None:
        counts = Counter(values)
        seen: set[str] = set()
        for at, value in enumerate(values):
            if counts[value] > 1 and value in seen and (value or table == "part"):
                self.say((table, at, name), f"「{value}」は前にもあります。別の値にしてください。")
            seen.add(value)


def _is(value: object, kind: type) -> bool:
    """``bool`` is no ``int`` here and a date with a time is no day: each would be read as something else."""
    return type(value) is kind
