"""Photographs of a disposal: which line each is of, asked once for many and kept by what it shows.

What they show is kept, never the place of a line: lines change places, and a picture beside the wrong one
would prove a destruction that nobody saw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from app.common import PeopleError
from app.file_kinds import FileKind, kind_of
from app.ledger.door import Ledger
from app.records import Asset, Attachment, Device, Disposal, Facts
from app.records.amounts import amount_text
from app.records.attachment import AttachmentKind
from app.records.disposal import DisposalLine

WHOLE = -1
"""In the place of a line: the photograph is of all that was disposed of."""

OTHER = -2
"""In the place of a line: the file is no photograph but another paper that belongs to the disposal."""


class Shot(NamedTuple):
    """One file that was handed over, and the line it is of (from 0); ``WHOLE``: of all of them."""

    name: str
    data: bytes
    row: int


def photos_of(facts: Facts, disposal: Disposal) -> tuple[Attachment, ...]:
    """The photographs that are kept with a disposal."""
    return tuple(
        one
        for one in facts.of(Attachment, "record_id", disposal.id)
        if one.record_kind == Disposal.spec.name and one.kind == AttachmentKind.PHOTO
    )


def in_turn(facts: Facts, disposal: Disposal, count: int) -> tuple[int | None, ...]:
    """The lines of which ``count`` new photographs probably are: those without one, from the top.

    None for those that are too many: of these nobody knows.
    """
    held = [one for one in photos_of(facts, disposal) if one.asset is not None or one.device is not None]
    bare = [at for at, line in enumerate(disposal.lines) if not any(one.shows(line) for one in held)]
    return tuple(bare[at] if at < len(bare) else None for at in range(count))


def row_of(disposal: Disposal, photo: Attachment) -> int | None:
    """The line that a photograph is of, ``WHOLE`` for one of all; None for one of what is on no line."""
    if photo.asset is None and photo.device is None:
        return WHOLE
    return next((at for at, line in enumerate(disposal.lines) if photo.shows(line)), None)


def called(facts: Facts, disposal: Disposal, row: int) -> str:
    """A line in words: 明細2　UM-001　口座データ　1個."""
    if row == WHOLE:
        return "すべての明細"
    line = disposal.lines[row]
    device, asset = facts.find(Device, line.device), facts.find(Asset, line.asset)
    numbers = (asset.number if asset else "", device.control_number if device else "")
    told = (f"明細{row + 1}", *numbers, line.item, f"{amount_text(line.quantity)}{line.unit}")
    return "　".join(filter(None, told))


def check_photo(facts: Facts, disposal: Disposal, photo: Attachment, data: bytes) -> None:
    """Whether ``data`` can be a photograph of what ``photo`` is of. Raises ``PeopleError`` where it cannot.

    It is printed with the certificate, as proof of a destruction: another file proves nothing, and the same
    picture twice looks like two.
    """
    kind = kind_of(data, photo.file_name)
    if kind not in (FileKind.PICTURE, FileKind.PDF):
        raise PeopleError(
            f"「{photo.file_name}」は写真（画像かPDF）ではなく、{kind.label}です。"
            "写真のファイルを選ぶか、種別を変えてください。"
        )
    for one in photos_of(facts, disposal):
        if one.id != photo.id and (one.data, one.asset, one.device) == (
            photo.data,
            photo.asset,
            photo.device,
        ):
            row = row_of(disposal, photo)
            where = "同じ明細" if row is None else called(facts, disposal, row)
            raise PeopleError(
                f"「{photo.file_name}」は、{where}の写真「{one.title}」と同じファイルで、添付済みです。"
                "別の写真を選んでください。"
            )


def check_kept(ledger: Ledger, made: Attachment, files: Mapping[str, bytes]) -> None:
    """As ``check_photo``, for an attachment of any record: only photographs of a disposal are held to it.

    ``files``: by SHA-256 what is not in the ledger yet. Raises ``PeopleError``.
    """
    disposal = (
        ledger.facts().find(Disposal, made.record_id) if made.record_kind == Disposal.spec.name else None
    )
    if disposal is None or made.kind != AttachmentKind.PHOTO:
        return
    data = files[made.data] if made.data in files else ledger.blob(made.data)
    check_photo(ledger.facts(), disposal, made, data)


def keep(ledger: Ledger, disposal: Disposal, shots: Sequence[Shot]) -> int:
    """Keep the photographs with the disposal, as one change; how many.

    Raises ``PeopleError``; nothing is written then.
    """
    with ledger.write(f"写真の添付　{disposal.number}（{len(shots)}枚）") as change:
        kept: set[tuple[str, int | None, int | None]] = set()
        for one in shots:
            digest = hashlib.sha256(one.data).hexdigest()
            made = Attachment(
                record_kind=Disposal.spec.name,
                record_id=disposal.id,
                title=PurePath(one.name).stem,
                kind=AttachmentKind.PHOTO.value,
                file_name=one.name,
                data=digest,
            )
            photo = of_line(made, disposal, one.row)
            check_photo(ledger.facts(), disposal, photo, one.data)
            same = (digest, photo.asset, photo.device)
            if same in kept:
                raise PeopleError(
                    f"「{one.name}」と同じ写真を、同じ明細に2回選んでいます。どちらかを外してください。"
                )
            kept.add(same)
            change.add(photo, {digest: one.data})
    return len(shots)


def assign(ledger: Ledger, disposal: Disposal, rows: Sequence[tuple[Attachment, int]]) -> int:
    """Say of photographs that are kept which line each is of, as one change; how many are others now."""
    changed = [made for photo, row in rows if (made := of_line(photo, disposal, row)) != photo]
    if changed:
        with ledger.write(f"写真の明細　{disposal.number}（{len(changed)}枚）") as change:
            for one in changed:
                change.change(one)
    return len(changed)


def of_line(photo: Attachment, disposal: Disposal, row: int) -> Attachment:
    """The photograph as one of a line (from 0) of the disposal; ``WHOLE``: of all of them."""
    line: DisposalLine | None = None if row == WHOLE else disposal.lines[row]
    return replace(photo, asset=line.asset if line else None, device=line.device if line else None)
