"""自社の特記事項: an annex, or changes to one, that the user keeps beside those of the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Day, Number, Text
from app.records.spec import Record, Section, record


@record(
    "own_annex",
    "自社で登録した特記事項",
    key=("annex", "version"),
    titled=("title", "version"),
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnnex(Record):
    """One version of an annex as the catalogue's own text. Once published it never changes again.

    ``reading``: the text that it was read from, with what was decided of each paragraph, as
    ``app.annexes.reading.review.kept`` writes it; empty where it was not read from a text.
    """

    annex: Annotated[
        str, Text(label="識別名", longest=60, listed=True, searched=True, hint="英小文字・数字・ハイフン")
    ]
    version: Annotated[int, Number(label="版", least=1, most=9999, listed=True)] = 1
    title: Annotated[str, Text(label="題名", listed=True, searched=True)]
    published_on: Annotated[
        date | None, Day(label="確定した日", listed=True, hint="確定した版は書き換えられません")
    ] = None
    content: Annotated[str, Text(label="目録の内容", lines=20, longest=400_000)]
    reading: Annotated[str, Text(label="読み取った文章", longest=4_000_000, unseen=True)] = ""

    def changed_from(self, before: Record) -> Iterator[tuple[str, str]]:
        """Contracts count on a published version, and what it said is not to change under them."""
        if not isinstance(before, OwnAnnex) or before.published_on is None:
            return
        for name in ("annex", "version", "title", "published_on", "content", "reading"):
            if getattr(self, name) != getattr(before, name):
                yield name, "確定した版は書き換えられません。版の番号を上げ、新しい版として登録してください。"
                return
