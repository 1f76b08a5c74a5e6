"""What the door refuses of own annexes: texts that cannot be used, and taking away what is carried."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.catalogue import Catalogue
from app.annexes.own.annexes import Resolving, read_own, shown_as
from app.annexes.own.overlay import Overlay
from app.common import PeopleError
from app.records import Contract, Facts, OwnAnnex

Found = Iterator[tuple[str, str]]


def unusable(catalogue: Catalogue, after: Facts, record: OwnAnnex) -> Found:
    """Every fault of the text, and a published version that rests on what may still change."""
    own = after.all(OwnAnnex)
    try:
        annex = Resolving(catalogue.shipped or catalogue, own).annex((record.annex, record.version))
    except PeopleError as error:
        yield from (("content", sentence) for sentence in error.problems)
        return
    if record.title != annex.title:
        yield "title", f"題名が内容の title（{annex.title}）と違います。どちらかに揃えてください。"
    base = _base(record)
    if record.published_on is None or base is None:
        return
    for other in own:
        if (other.annex, other.version) == base and other.published_on is None:
            yield (
                "published_on",
                f"元にする「{other.title}」第{other.version}版が確定していません。先にそちらを確定してください。",
            )


def needed(after: Facts, record: OwnAnnex) -> Found:
    """Whoever still carries or rests on a version that is retired or no longer published."""
    if record.retired_at is None and record.published_on is not None:
        return
    named = f"「{record.title}」第{record.version}版"
    for contract in after.all(Contract):
        if any((row.annex, row.version) == (record.annex, record.version) for row in contract.annexes):
            yield (
                "",
                f"{named}は契約「{contract.title}」の特記事項です。契約の特記事項を改めてから操作してください。",
            )
    for other in after.all(OwnAnnex):
        if other.published_on is not None and _base(other) == (record.annex, record.version):
            yield (
                "",
                f"{named}は「{other.title}」第{other.version}版の元になっています。"
                "先にそちらを取り消してください。",
            )


def _base(record: OwnAnnex) -> tuple[str, int] | None:
    """What an overlay rests on; None for a whole annex or a text that cannot be read."""
    try:
        held = read_own(record.content, shown_as(record))
    except PeopleError:
        return None
    return (held.base, held.base_version) if isinstance(held, Overlay) else None
