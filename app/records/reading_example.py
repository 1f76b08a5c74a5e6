"""読取りの見本: a paragraph of an annex as somebody settled it, which the next reading follows.

The wording lies in the ledger only. An example that came from elsewhere may have none: then its sketch finds
the same words again, and nobody can read it.
"""

from dataclasses import dataclass
from typing import Annotated

from app.records.kinds import Text
from app.records.spec import Made, Record, Section, record


@record(
    "reading_example",
    "条文の読取りの見本",
    key=("mark",),
    titled=("name", "source"),
    made=Made.FROM_STEP,
    section=Section.GROUND,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingExample(Record):
    """``asks``: kinds, moments and parameters as the reader keeps them. ``mark``: of the wording alone."""

    name: Annotated[str, Text(label="義務", listed=True, searched=True, fixed=True)]
    source: Annotated[str, Text(label="もとの特記事項", listed=True, searched=True, fixed=True)] = ""
    text: Annotated[
        str, Text(label="条文", lines=8, longest=20_000, listed=True, searched=True, fixed=True)
    ] = ""
    client: Annotated[str, Text(label="発注者の語", longest=60, fixed=True)] = ""
    vendor: Annotated[str, Text(label="受注者の語", longest=60, fixed=True)] = ""
    asks: Annotated[str, Text(label="義務、時期と条件", lines=6, longest=20_000, fixed=True, unseen=True)]
    mark: Annotated[str, Text(label="照合用の値", longest=64, fixed=True, unseen=True)]
    sketch: Annotated[str, Text(label="特徴の値", longest=128, fixed=True, unseen=True)] = ""
