"""A client's file as a set of parts: opened with every limit in place, and written with only some changed."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from app.common import PeopleError
from app.file_kinds import FileKind, kind_of

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a client's form."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all its parts, counted while they are unpacked: what the file says of itself need not be true."""
LARGEST_XML = 32 * 1024 * 1024
"""Bytes of one part that is parsed; pictures may be larger."""
MOST_PARTS = 2_000
_AT_ONCE = 1 << 20

PKG = "http://schemas.openxmlformats.org/package/2006/"
RELATIONS = f"{{{PKG}relationships}}Relationship"
OVERRIDE = f"{{{PKG}content-types}}Override"
DEFAULT = f"{{{PKG}content-types}}Default"
TYPES = "[Content_Types].xml"

Node = Any
"""An element of lxml, which has no declared types."""


def parser() -> Any:
    """A parser that fetches nothing and resolves no entity."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False
    )


def broken(shown: str, program: str = "WordかExcel") -> PeopleError:
    """What is said of a file that cannot be read as what it claims to be."""
    return PeopleError(f"{shown}は壊れているため読めません。{program}で開いて保存し直してください。")


@dataclass(frozen=True, slots=True)
class Package:
    """A file's parts by name, in their order. ``shown``: its name in brackets; ``kind``: what it is."""

    shown: str
    kind: FileKind
    data: bytes
    parts: Mapping[str, bytes]

    @classmethod
    def open(cls, data: bytes, name: str) -> Package:
        """Read the file called ``name``. Raises ``PeopleError`` for anything but a sound .docx or .xlsx."""
        shown = f"「{name}」"
        kind = kind_of(data, name)
        if kind not in (FileKind.WORD, FileKind.BOOK):
            raise PeopleError(_refusal(shown, kind))
        if len(data) > LARGEST_FILE:
            raise PeopleError(f"{shown}は大きすぎます（{LARGEST_FILE >> 20}MBまで）。")
        try:
            parts = dict(_unpacked(data, shown))
        except PeopleError:
            raise
        except Exception as error:  # a foreign file: whatever its reader stumbles over, it is no form to us
            raise broken(shown) from error
        if TYPES not in parts:
            raise broken(shown)
        made = cls(shown, kind, data, parts)
        if any(one.get("ContentType", "").endswith(".template.main+xml") for one in made.xml(TYPES)):
            raise PeopleError(
                f"{shown}はテンプレートのため使えません。"
                f"{kind.label.partition('（')[0]}として保存し直したものを読み込んでください。"
            )
        return made

    def xml(self, name: str) -> Node:
        """The root of a part. Raises ``PeopleError`` where it is no sound XML, or has a DOCTYPE."""
        data = self.parts.get(name)
        if data is None or len(data) > LARGEST_XML:
            raise broken(self.shown)
        try:
            root = etree.fromstring(data, parser())
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise broken(self.shown) from error
        if root.getroottree().docinfo.doctype:
            raise PeopleError(
                f"{self.shown}に、Officeの文書にはない宣言（DOCTYPE）があるため使えません。"
                "発注者から元のファイルをもらい直してください。"
            )
        return root

    def is_xml(self, name: str) -> bool:
        """Whether a part is one that is parsed."""
        return name.lower().endswith((".xml", ".rels", ".vml"))

    def of_type(self, ending: str) -> list[str]:
        """The names of the parts whose content type ends in ``ending``, in the order of the file."""
        root = self.xml(TYPES)
        named = {
            one.get("PartName", "").lstrip("/")
            for one in root.iter(OVERRIDE)
            if one.get("ContentType", "").endswith(ending)
        }
        return [name for name in self.parts if name in named]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What ``part`` refers to: id → type and target among the parts (none outside)."""
        folder, _slash, bare = part.rpartition("/")
        name = f"{folder}/_rels/{bare}.rels" if folder else f"_rels/{bare}.rels"
        if name not in self.parts:
            return {}
        found = {}
        for one in self.xml(name).iter(RELATIONS):
            if one.get("TargetMode") != "External":
                target = _resolved(folder, one.get("Target", ""))
                found[one.get("Id", "")] = (one.get("Type", ""), target)
        return found

    def written(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with ``changed`` in place of its parts, new ones at the end; all others byte for byte.

        The same parts give the same file, whenever it is written.
        """
        made = BytesIO()
        with (
            zipfile.ZipFile(BytesIO(self.data)) as old,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry in old.infolist():
                held = zipfile.ZipInfo(entry.filename, entry.date_time)
                held.compress_type = zipfile.ZIP_DEFLATED if entry.compress_type else zipfile.ZIP_STORED
                held.external_attr = entry.external_attr
                new.writestr(held, changed.get(entry.filename, self.parts.get(entry.filename, b"")))
            for name in changed:
                if name not in self.parts:
                    added = zipfile.ZipInfo(name)
                    added.compress_type = zipfile.ZIP_DEFLATED
                    new.writestr(added, changed[name])
        return made.getvalue()

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every part."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in self.parts.items()}


def serialized(root: Node) -> bytes:
    """A changed part as Office writes one."""
    made: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def _unpacked(data: bytes, shown: str) -> Iterator[tuple[str, bytes]]:
    total = 0
    seen: set[str] = set()
    with zipfile.ZipFile(BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > MOST_PARTS:
            raise PeopleError(f"{shown}は部品が多すぎます（{MOST_PARTS:,}個まで）。")
        for entry in entries:
            folded = entry.filename.lower()
            if folded in seen or ".." in folded.split("/") or "\\" in folded or folded.startswith("/"):
                raise broken(shown)
            seen.add(folded)
            if entry.flag_bits & 1:
                raise PeopleError(_refusal(shown, FileKind.LOCKED))
            held = []
            with packed.open(entry) as part:
                while block := part.read(_AT_ONCE):
                    total += len(block)
                    if total > LARGEST_UNPACKED:
                        raise PeopleError(
                            f"{shown}は展開すると大きすぎます（{LARGEST_UNPACKED >> 20}MBまで）。"
                        )
                    held.append(block)
            yield entry.filename, b"".join(held)


def _refusal(shown: str, kind: FileKind) -> str:
    if kind is FileKind.EMPTY:
        return f"{shown}は中身が空です。別のファイルを選んでください。"
    if kind is FileKind.LOCKED:
        return f"{shown}は{kind.label}のため使えません。パスワードを外して保存し直してください。"
    if kind is FileKind.MACRO_BOOK:
        return f"{shown}はマクロを含むため使えません。Excelで「.xlsx」として保存し直してください。"
    if kind in (FileKind.OLD_WORD, FileKind.OPEN_TEXT, FileKind.RICH_TEXT):
        return f"{shown}は{kind.label}のため使えません。Wordで開き、「.docx」で保存し直してください。"
    if kind.is_table:
        return f"{shown}は{kind.label}のため使えません。Excelで開き、「.xlsx」で保存し直してください。"
    return (
        f"{shown}は{kind.label}のため使えません。発注者の様式として使えるのは、"
        "Word文書（.docx）かExcelブック（.xlsx）です。"
    )
