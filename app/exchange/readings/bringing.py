"""The text of an annex as a draft of the user's own: planned, then written as one change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.files.text import text_of_table
from app.annexes.own.annexes import examine
from app.annexes.reading.comparing.alike import profile
from app.annexes.reading.model import Document, DocumentKind, Reading
from app.annexes.reading.review.choosing import is_aside, spoken, title_of
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.kept import read_back, written
from app.annexes.reading.review.model import Review
from app.annexes.reading.revising.reviewing import annexes_in, begin_with, only
from app.common import PeopleError, Progress
from app.exchange.readings.examples import examples_of
from app.ledger.door import Ledger
from app.records import Facts, OwnAnnex

_KEY = "yomitori"
_ANY = "条項のある文書"


@dataclass(frozen=True, slots=True)
class Brought:
    """A draft that would be written. ``former``: the draft whose place it takes."""

    review: Review
    content: str
    annex: Annex
    former: OwnAnnex | None = None

    @property
    def open(self) -> int:
        """How many paragraphs a person has yet to look at."""
        return len(self.review.open)


def plan(
    facts: Facts,
    catalogue: Catalogue,
    reading: Reading,
    *,
    key: str = "",
    title: str = "",
    document: int = 0,
    all_proposed: bool = False,
    update: bool = False,
    progress: Progress | None = None,
) -> Brought:
    """What ``reading`` would become in the ledger of ``facts``; writes nothing.

    ``key``, ``title``: empty, a free one and the text's own. ``document``: which of several annexes, from 1.
    Of a text with one annex the clauses of contract and specification stay out.
    ``all_proposed``: doubtful proposals are ticked too. ``update``: in place of a draft of the same key.
    Raises ``PeopleError``.
    """
    review = begin_with(chosen(reading, document), examples_of(facts), progress)
    review = only(review, document)
    if all_proposed:
        review = _ticked(review)
    title = title.strip() or title_of(review)
    if not update:
        refuse_again(facts, review)
    former = _place(facts, catalogue, key, update=update) if key else None
    made = draft(review, key or free_key(facts, catalogue), title, former.version if former else 1)
    content = text_of_table(made).rstrip()
    annex = examine(catalogue, facts, content, f"「{title}」")
    return Brought(review, content, annex, former)


def store(ledger: Ledger, brought: Brought) -> OwnAnnex:
    """Write the draft with its text as one change. Raises ``PeopleError``; then nothing is written."""
    annex = brought.annex
    held = brought.former or OwnAnnex(annex=annex.key, version=annex.version, title="", content="")
    made = replace(
        held, title=annex.title, content=brought.content, reading=written(brought.review), published_on=None
    )
    reason = f"「{annex.title}」第{annex.version}版の読取り"
    return ledger.change(made, reason=reason) if brought.former else ledger.add(made, reason=reason)


def chosen(reading: Reading, document: int, *, whole: bool = False) -> Reading:
    """``reading`` where it is clear which document is meant; ``whole``: without any annex all are. Raises
    ``PeopleError`` that asks else."""
    held, sort = titles(reading)
    told = "、".join(f"{number}：{title}" for number, title in enumerate(held, 1))
    if document and not 1 <= document <= len(held):
        raise PeopleError(
            f"{document}番目の{sort}はありません（{told}）。--document の番号を確かめてください。"
        )
    if len(held) > 1 and not document and not (whole and sort == _ANY):
        raise PeopleError(
            f"この文章には{sort}が{len(held)}つあります（{told}）。"
            "--document でどれかを番号で指定してください。"
        )
    return reading


def titles(reading: Reading) -> tuple[tuple[str, ...], str]:
    """The titles of the annexes of a text that have clauses, in its order, and what they are; without any
    annex of all documents that have."""
    held = annexes_in(reading.documents, {paragraph.document for paragraph in reading.paragraphs})
    documents = [reading.documents[at] for at in held]
    known = all(one.kind is DocumentKind.ANNEX for one in documents)
    return tuple(called(one) for one in documents), "特記事項" if known else _ANY


def taken_from(review: Review) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents whose clauses are in the annex of ``review``, and those whose clauses are not."""
    held = [(is_aside(review, one.at), called(review.documents[one.at])) for one in spoken(review)]
    return tuple(name for aside, name in held if not aside), tuple(name for aside, name in held if aside)


def called(document: Document) -> str:
    """A document by its title, else by what leads its numbers."""
    return document.title or document.part or "題名なし"


def refuse_again(facts: Facts, review: Review) -> None:
    """Raise ``PeopleError`` where an annex of the ledger was read from the same words."""
    if told := registered(facts, review):
        raise PeopleError(f"{told}登録し直すときは、その識別名とともに --update を指定してください。")


def registered(facts: Facts, review: Review) -> str:
    """In a sentence, which annex of the ledger was read from the same words; empty where none was."""
    words = _words(review)
    for record in facts.all(OwnAnnex):
        if record.reading and _words_of(record) == words:
            state = "確定済み" if record.published_on else "下書き"
            return f"この文章は「{record.title}」第{record.version}版（{state}）として登録済みです。"
    return ""


def free_key(facts: Facts, catalogue: Catalogue) -> str:
    """A key that no annex has."""
    taken = {record.annex for record in facts.all(OwnAnnex)} | {annex.key for annex in catalogue.annexes}
    return next(key for number in range(1, len(taken) + 2) if (key := f"{_KEY}-{number}") not in taken)


def _words_of(record: OwnAnnex) -> tuple[str, ...] | None:
    try:
        return _words(read_back(record.reading))
    except PeopleError:
        # What one annex was read from can no longer be opened: that keeps no other text out.
        return None


def _words(review: Review) -> tuple[str, ...]:
    return tuple(plain for item in review.taken if (plain := profile(item.text).plain))


def _ticked(review: Review) -> Review:
    """Doubtful proposals ticked too; they stay doubtful, so that a person looks at them."""
    items = tuple(
        replace(
            item,
            picks=tuple(replace(one, ticked=True) for one in item.picks),
            details=tuple(replace(one, ticked=True) for one in item.details),
        )
        for item in review.items
    )
    return replace(review, items=items)


def _place(facts: Facts, catalogue: Catalogue, key: str, *, update: bool) -> OwnAnnex | None:
    """The draft whose place is taken. Raises ``PeopleError`` where the key belongs to something else."""
    own = [record for record in facts.all(OwnAnnex) if record.annex == key]
    drafts = [record for record in own if record.published_on is None]
    if update and drafts:
        return max(drafts, key=lambda record: record.version)
    if drafts:
        raise PeopleError(
            f"「{key}」第{drafts[0].version}版の下書きが既にあります。"
            "置き換えるときは --update を指定してください。"
        )
    if own or any(annex.key == key for annex in catalogue.annexes):
        raise PeopleError(
            f"識別名「{key}」は既に使われています。別の --key にするか、"
            "新しい年度の文章のときは jutaku annex revise を使ってください。"
        )
    return None
