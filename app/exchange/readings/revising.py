"""The next version of an annex from the text of a new year: planned, then written as one change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.files.text import text_of_table
from app.annexes.own.annexes import examine
from app.annexes.reading.model import Reading
from app.annexes.reading.review.kept import read_back, written
from app.annexes.reading.review.model import Review
from app.annexes.reading.revising.carrying import Step
from app.annexes.reading.revising.reviewing import Revised, revise
from app.annexes.revision import Revision, compare, plain
from app.common import PeopleError, Progress
from app.duties.case import FormFace
from app.duties.whatif.revision_effects import Effects, effects
from app.exchange.readings.bringing import chosen
from app.exchange.readings.examples import examples_of
from app.ledger.door import Ledger
from app.records import ClauseText, Contract, Facts, OwnAnnex


@dataclass(frozen=True, slots=True)
class Planned:
    """A version that would be written: ``revised`` says what became of each clause, ``revision`` what that
    is in duties. ``former``: the draft whose place it takes."""

    old: Annex
    revised: Revised
    annex: Annex
    content: str
    revision: Revision
    former: OwnAnnex | None = None

    @property
    def open(self) -> int:
        """How many paragraphs a person has yet to look at."""
        return len(self.revised.review.open)


def plan(
    facts: Facts,
    catalogue: Catalogue,
    key: str,
    reading: Reading,
    *,
    version: int | None = None,
    document: int = 0,
    parts: Collection[int] = (),
    update: bool = False,
    progress: Progress | None = None,
) -> Planned:
    """What becomes of the annex ``key`` under the words of ``reading``; writes nothing.

    ``version``: which one it is held against; None: the newest published one. ``document``: which of several
    annexes of the text, from 1; ``parts``: the places of the documents that were chosen instead. ``update``:
    in place of a draft that there is. Raises ``PeopleError``, ``Cancelled``.
    """
    old = catalogue.annex(key, version)
    former = _draft(facts, key, update=update)
    review = _review_of(facts, old)
    if not parts:
        chosen(reading, document, whole=review is not None)
    copies = _copies(facts, old) if review is None else {}
    own = [record.version for record in facts.all(OwnAnnex) if record.annex == key]
    number = former.version if former else max((*own, *catalogue.versions(key))) + 1
    made = revise(old, review, copies, reading, examples_of(facts), number, document, parts, progress)
    if not any(one.step is not Step.KEPT for one in made.clauses):
        moved = any(
            one.old and one.new and plain(one.old["number"]) != plain(one.new["number"])
            for one in made.clauses
        )
        if not moved:
            raise PeopleError(
                f"この文章は「{old.title}」第{old.version}版と同じです。新しい版を作る必要はありません。"
            )
    if not made.of(Step.KEPT) and not made.of(Step.REWORDED):
        raise PeopleError(
            f"この文章に「{old.title}」第{old.version}版と対応する条項がありません。"
            "別の特記事項であれば、改定ではなく新しい特記事項として登録してください。"
        )
    content = text_of_table(made.table).rstrip()
    annex = examine(catalogue, facts, content, f"「{old.title}」")
    return Planned(old, made, annex, content, compare(old, annex), former)


def store(ledger: Ledger, planned: Planned) -> OwnAnnex:
    """Write the version as a draft, with its text, as one change. Raises ``PeopleError``."""
    annex = planned.annex
    held = planned.former or OwnAnnex(annex=annex.key, version=annex.version, title="", content="")
    made = replace(
        held,
        title=annex.title,
        content=planned.content,
        reading=written(planned.revised.review),
        published_on=None,
    )
    reason = f"「{annex.title}」第{annex.version}版の作成（新しい文章の読取り）"
    return ledger.change(made, reason=reason) if planned.former else ledger.add(made, reason=reason)


def on_contracts(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    day: date,
    annex: Annex,
    progress: Progress | None = None,
) -> tuple[Effects, ...]:
    """What the version would do to every running contract that carries another one of the annex."""
    progress = progress or Progress()
    held = [
        contract
        for contract in facts.all(Contract)
        if contract.last_day >= day
        and any(row.annex == annex.key and row.version != annex.version for row in contract.annexes)
    ]
    made = []
    for done, contract in enumerate(held):
        progress.step(done, len(held), contract.title)
        made.append(effects(facts, catalogue, forms, day, contract, annex))
    return tuple(made)


def _draft(facts: Facts, key: str, *, update: bool) -> OwnAnnex | None:
    drafts = [record for record in facts.all(OwnAnnex) if record.annex == key and record.published_on is None]
    if drafts and not update:
        raise PeopleError(
            f"「{drafts[0].title}」第{drafts[0].version}版の下書きが既にあります。"
            "置き換えるときは --update を指定してください。"
        )
    return max(drafts, key=lambda record: record.version, default=None)


def _review_of(facts: Facts, old: Annex) -> Review | None:
    for record in facts.all(OwnAnnex):
        if (record.annex, record.version) == (old.key, old.version) and record.reading:
            return read_back(record.reading)
    return None


def _copies(facts: Facts, old: Annex) -> dict[str, str]:
    """The wording of clauses as it was copied for any contract; the newest copy counts."""
    keys = {plain(clause.number): clause.key for clause in old.clauses}
    made = {}
    for copy in facts.all(ClauseText):
        if copy.annex == old.key and (key := keys.get(plain(copy.clause))) is not None:
            made[key] = copy.text
    return made
