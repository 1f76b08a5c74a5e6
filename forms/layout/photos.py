"""Photographs of what a paper tells of: numbered to its lines, one after another below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.duties.case import Case
from app.printing.blocks import Block, Gap, KeepTogether, Photo
from app.records import Attachment, Record
from app.records.attachment import AttachmentKind, Pictured
from forms.parts.enclosures import attached, by_hash
from forms.parts.texts import full_width


def photos_of(case: Case, records: Iterable[Record]) -> list[Attachment]:
    """The photographs kept with ``records``, in their order."""
    return list(attached(case.facts, records, (AttachmentKind.PHOTO,)))


def in_line(photos: Iterable[Attachment], record: int, lines: Sequence[Pictured]) -> list[Attachment]:
    """The photographs of one record in the order of the lines that they are of; last those of all of it."""

    def place(photo: Attachment) -> int:
        whole = photo.asset is None and photo.device is None
        return (
            len(lines)
            if whole
            else next((at for at, row in enumerate(lines) if photo.shows(row)), len(lines))
        )

    return sorted((one for one in photos if one.record_id == record), key=place)


def numbers_beside(photos: Iterable[Attachment], record: int, row: Pictured) -> str:
    """The numbers of the photographs that are of one line of a record; empty where none is."""
    held = enumerate(photos, 1)
    return "、".join(full_width(at) for at, one in held if one.record_id == record and one.shows(row))


def numbers_of(photos: Iterable[Attachment]) -> dict[int, str]:
    """Record → the numbers of its photographs, as they stand below the pictures: １、２."""
    found: dict[int, list[str]] = {}
    for at, photo in enumerate(photos, 1):
        found.setdefault(photo.record_id, []).append(full_width(at))
    return {record: "、".join(held) for record, held in found.items()}


def stated_photos(photos: Iterable[Attachment]) -> list[dict[str, str]]:
    """What a statement keeps of photographs: the hash of each, its title and the name of its file."""
    return [{"sha256": photo.data, "title": photo.title, "file": photo.file_name} for photo in photos]


def photo_blocks(held: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The pictures, each kept on one page with its number and title."""
    return tuple(
        KeepTogether(
            (
                Gap(3),
                Photo(
                    by_hash(photo["sha256"]) or b"",
                    f"写真{full_width(at)}　{photo['title']}",
                    file=photo.get("file", ""),
                ),
            )
        )
        for at, photo in enumerate(held, 1)
    )
