"""The parts of a workbook as they lie in its zip file, each streamed through a strict XML parser."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, ClassVar, NamedTuple
from xml.parsers import expat

from app.common import PeopleError
from app.exchange.sheets.excel.usual import Cut
from app.exchange.sheets.limits import MOST_PARTS, Counted

_AT_ONCE = 1 << 18

Attributes = Mapping[str, str]


class Reader:
    """What is made of the elements of one part. Names come without their namespace's prefix."""

    whole: ClassVar[bytes] = b""
    """How the element ends of which a part holds very many; empty where it is not read many at a time."""

    def usual(self, stretch: str) -> Any:
        """What ``stretch``, some of those elements, holds in the usual writing; None where in any other."""

    def take(self, found: Any) -> None:
        """Take what ``usual`` found, in place of the elements."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters, maybe a part of those in the element."""


class Relation(NamedTuple):
    """What a part refers to: the last word of its kind (worksheet, comments …), and the other part."""

    kind: str
    target: str


class Package:
    """A workbook's zip file. Raises ``PeopleError``, or what zipfile and expat raise, for a damaged one."""

    def __init__(self, data: bytes, counted: Counted) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        if len(self._zip.infolist()) > MOST_PARTS:
            raise PeopleError("部品が多すぎるブックです。Excelで新しいブックに写してから取り込んでください。")
        self._names = {name.lstrip("/").casefold(): name for name in self._zip.namelist()}
        if len(self._names) < len(self._zip.infolist()):
            # Which of two parts of one name counts, no two programs agree on.
            raise PeopleError("ブックの中に同じ名前の部品が2つあります。Excelで開き、保存し直してください。")
        self._counted = counted

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.casefold() in self._names

    def feed(self, part: str, reader: Reader) -> None:
        """Give the elements of ``part`` to ``reader`` as they are unpacked."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        _bind(parser, reader)
        cut = Cut(reader.whole)
        with self._zip.open(self._names[part.casefold()]) as packed:
            while block := packed.read(_AT_ONCE):
                self._counted.unpacked(len(block))
                for stretch, text in cut.take(block):
                    found = None if text is None else reader.usual(text)
                    if found is None:
                        parser.Parse(stretch, False)
                    else:
                        _parse_alone(parser, stretch)
                        reader.take(found)
        parser.Parse(cut.rest(), False)
        parser.Parse(b"", True)

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to by each id; the empty name stands for the package itself."""
        folder, name = posixpath.split(part)
        held = posixpath.join(folder, "_rels", f"{name}.rels")
        found = _Relations(folder)
        if self.has(held):
            self.feed(held, found)
        return found.held


def _refuse(*_declared: object) -> None:
    raise PeopleError("ブックの中に使えない宣言（DOCTYPE）があります。Excelで開き、保存し直してください。")


def _parse_alone(parser: expat.XMLParserType, stretch: bytes) -> None:
    """Have whole elements held against the rules of XML, and told to nobody."""
    held = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
    parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    parser.Parse(stretch, False)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = held


class _Local(dict[str, str]):
    """Names without their prefix: a sheet has millions of elements, and each name is taken apart once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def _bind(parser: expat.XMLParserType, reader: Reader) -> None:
    """Give what the parser finds to ``reader``: as it is, where the part writes its own elements bare."""
    local = _Local()

    def first(name: str, attributes: Attributes) -> None:
        begin, finish = reader.start, reader.end
        own = attributes.get("xmlns")
        both = any(value == own and key.startswith("xmlns:") for key, value in attributes.items())
        if ":" in name or both:
            parser.StartElementHandler = lambda name, attributes: begin(local[name], attributes)
            parser.EndElementHandler = lambda name: finish(local[name])
        else:
            parser.StartElementHandler, parser.EndElementHandler = begin, finish
        begin(local[name], attributes)

    parser.StartElementHandler = first
    parser.CharacterDataHandler = reader.text


class _Relations(Reader):
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.held: dict[str, Relation] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        joined = target if target.startswith("/") else posixpath.join("/", self._folder, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.held[attributes.get("Id", "")] = Relation(kind, posixpath.normpath(joined).lstrip("/"))
