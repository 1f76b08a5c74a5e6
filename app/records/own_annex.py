"""自社の特記事項: an annex, or changes to one, that the user keeps beside those of the product."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from app.records.kinds import Day, Number, Text
from app.records.spec import Record, record


@record("own_annex", "自社で登録した特記事項", key=("annex", "version"), titled=("title", "version"))
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnnex(Record):
    """One version of an annex as the catalogue's own text. Once published it never changes again."""

    annex: Annotated[
        str, Text(label="識別名", longest=60, listed=True, searched=True, hint="英小文字・数字・ハイフン")
    ]
    version: Annotated[int, Number(label="版", least=1, most=9999, listed=True)] = 1
    title: Annotated[str, Text(label="題名", listed=True, searched=True)]
    published_on: Annotated[
        date | None, Day(label="確定した日", listed=True, hint="確定した版は書き換えられません")
    ] = None
    content: Annotated[str, Text(label="目録の内容", lines=20, longest=400_000)]
