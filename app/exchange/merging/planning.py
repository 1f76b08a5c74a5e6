"""What taking another ledger in would do, record by record; nothing is written.

Where both ledgers were one until an entry that both journals still hold, a record that was there by then is
the same in both, by its id. All others are other records, whatever their ids: two of one natural key are
asked about side by side, and none is merged because it looks alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.common import PeopleError, Progress
from app.exchange.merging.mapping import UnplacedError, content, mapped
from app.exchange.merging.papers import attachments_of, rehomed
from app.exchange.merging.plans import PROVISIONAL, Answer, MergePlan, MergeRow, Origin, Outcome
from app.ledger.door import Ledger
from app.ledger.proof.journal import Head
from app.records import SPECS, Attachment, Record, Submission, Vendor
from app.records.ordering import key_text, same_key

_SUBMISSION = Submission.spec.name
_BOTH = "両方の台帳で変更されています。"


def plan(
    ledger: Ledger,
    other: Ledger,
    keep: Collection[str] = (),
    take: Collection[str] = (),
    both: Collection[str] = (),
    progress: Progress | None = None,
    *,
    archived: Head | None = None,
) -> MergePlan:
    """What taking ``other`` into ``ledger`` would do.

    Of what is asked (``MergeRow.name``) ``keep``: this ledger stands; ``take``: the other does; ``both``:
    they are two, and the other's gets the next number of this ledger. ``archived``: the last entry of the
    ledger that was handed over, where ``other`` was only made of its archive. Raises ``PeopleError`` for an
    answer to what was not asked so, or ``Cancelled``.
    """
    answers = [(name, way) for way, names in zip(Answer, (keep, take, both), strict=True) for name in names]
    if twice := [name for name, count in Counter(name for name, _ in answers).items() if count > 1]:
        raise PeopleError(f"「{twice[0]}」の答えが2つあります。1つだけ指定してください。")
    return _Planner(ledger, other, dict(answers), progress or Progress()).plan(archived)


def common(ledger: Ledger, other: Ledger) -> int:
    """The last entry that both journals hold, 0 for ledgers that never were one."""
    if ledger.id != other.id:
        return 0
    least, most = 0, min(ledger.head().sequence, other.head().sequence)
    while least < most:
        middle = (least + most + 1) // 2
        if ledger.entry_hash(middle) == other.entry_hash(middle):
            least = middle
        else:
            most = middle - 1
    return least


class _Planner:
    def __init__(
        self, ledger: Ledger, other: Ledger, answers: Mapping[str, Answer], progress: Progress
    ) -> None:
        self._ledger, self._other, self._progress = ledger, other, progress
        self._here, self._there = ledger.facts(), other.facts()
        self._answers = answers
        self._answered: set[str] = set()
        self._head = other.head()
        self._common = common(ledger, other)
        self._shared = other.written(1, self._common) if self._common else frozenset()
        last = ledger.head().sequence
        self._ours_since = ledger.written(self._common + 1, last)
        self._theirs_since = other.written(self._common + 1, self._head.sequence)
        self._keys = {
            (spec.name, same_key(record)): record
            for spec in SPECS.values()
            if spec.key
            for record in self._here.all(spec.cls)
        }
        self._contents = {
            (spec.name, content(record)): record
            for spec in SPECS.values()
            for record in self._here.all(spec.cls)
        }
        self._rows: dict[tuple[str, int], MergeRow] = {}
        self._open: set[tuple[str, int]] = set()
        self._papers: list[MergeRow] = []

    def plan(self, archived: Head | None) -> MergePlan:
        for done, spec in enumerate(SPECS.values()):
            self._progress.step(done, len(SPECS), spec.label)
            for record in self._there.all(spec.cls):
                self._row(record)
        for kind, record_id in sorted(self._theirs_since & self._shared):
            if kind in SPECS and self._there.named(kind, record_id) is None:
                self._retired(kind, record_id)
        rows = (*self._rows.values(), *self._papers)
        if strange := sorted(self._answers.keys() - self._answered):
            raise PeopleError(
                f"「{strange[0]}」は要確認の記録ではないか、その答えは選べません。"
                "--dry-run の一覧で確かめてください。"
            )
        told = archived or self._head
        origin = Origin(self._other.id, told.sequence, told.hash, self._common)
        return MergePlan(origin, rows, self._ledger.head().sequence, self._head)

    def _row(self, theirs: Record) -> MergeRow:
        at = (theirs.spec.name, theirs.id)
        if at not in self._rows:
            if at in self._open:
                raise UnplacedError(*at)
            self._open.add(at)
            self._rows[at] = self._judged(theirs)
            self._open.discard(at)
        return self._rows[at]

    def _place(self, kind: str, record_id: int) -> int:
        """Where a record of the other ledger stands here. Raises ``UnplacedError`` for one that does not."""
        if (kind, record_id) in self._shared:
            if self._here.named(kind, record_id) is None:
                raise UnplacedError(kind, record_id)
            return record_id
        theirs = self._there.named(kind, record_id)
        if theirs is None or kind == _SUBMISSION:
            raise UnplacedError(kind, record_id)
        row = self._row(theirs)
        if row.outcome is Outcome.LEFT:
            raise UnplacedError(kind, record_id)
        return row.ours.id if row.ours is not None else PROVISIONAL + record_id

    def _judged(self, theirs: Record) -> MergeRow:
        kind, at = theirs.spec.name, (theirs.spec.name, theirs.id)
        if isinstance(theirs, Submission) and at not in self._shared:
            return self._paper(theirs)
        try:
            record = mapped(self._settled(theirs), self._place)
        except UnplacedError as error:
            label = SPECS[error.kind].label
            why = f"{label}を指していますが、その記録は取り消されているか、統合しません。"
            return MergeRow(kind, key_text(theirs), theirs, Outcome.LEFT, theirs, why=why)
        if at in self._shared:
            return self._shared_row(theirs, record)
        return self._other_row(theirs, record)

    def _settled(self, theirs: Record) -> Record:
        """An attachment of a paper that comes as an attachment itself is one of its contract."""
        if isinstance(theirs, Attachment) and theirs.record_kind == _SUBMISSION:
            paper = self._there.find(Submission, theirs.record_id)
            if paper is not None and (_SUBMISSION, paper.id) not in self._shared:
                return rehomed(theirs, paper)
        return theirs

    def _shared_row(self, theirs: Record, record: Record) -> MergeRow:
        kind, at = theirs.spec.name, (theirs.spec.name, theirs.id)
        (ours,) = self._ledger.page(kind, [theirs.id])
        made = MergeRow(kind, key_text(theirs), theirs, Outcome.SAME, record, ours)
        if at not in self._theirs_since or (content(ours) == content(record) and ours.retired_at is None):
            return made
        if at not in self._ours_since:
            return replace(made, outcome=Outcome.CHANGED)
        if ours.retired_at is not None:
            why = "この台帳では取り消され、相手の台帳では変更されています。取消しのままにします。"
            return replace(made, outcome=Outcome.KEPT, ours=None, why=why)
        return self._both_changed(made)

    def _both_changed(self, row: MergeRow) -> MergeRow:
        """The other ledger stands for what it changed: what this one alone changed is never taken back."""
        record, ours = row.record, row.ours
        before = self._ledger.as_of_entry(row.kind, record.id, self._common)
        if before is None or ours is None:
            return self._asked(row, _BOTH, Outcome.CHANGED)
        names = [field.name for field in record.spec.fields]
        own = [
            name for name in names if getattr(record, name) == getattr(before, name) != getattr(ours, name)
        ]
        stays = replace(record, **{name: getattr(ours, name) for name in own})
        labels = "、".join(record.spec.field(name).label for name in own)
        more = (
            f"この台帳だけで変更した項目（{labels}）は、どちらを選んでもこの台帳のままです。" if own else ""
        )
        return self._asked(replace(row, record=stays), f"{_BOTH}{more}", Outcome.CHANGED)

    def _retired(self, kind: str, record_id: int) -> None:
        """A record of before that the other ledger took back."""
        at = (kind, record_id)
        (theirs,), (ours,) = self._other.page(kind, [record_id]), self._ledger.page(kind, [record_id])
        if ours.retired_at is not None:
            return
        made = MergeRow(kind, key_text(theirs), theirs, Outcome.RETIRED, ours, ours)
        if at in self._ours_since:
            made = self._asked(
                made, "この台帳では変更され、相手の台帳では取り消されています。", Outcome.RETIRED
            )
        self._rows[at] = made

    def _other_row(self, theirs: Record, record: Record) -> MergeRow:
        kind = theirs.spec.name
        made = MergeRow(kind, key_text(theirs), theirs, Outcome.NEW, record)
        held = self._here.vendor if isinstance(record, Vendor) else self._keys.get((kind, same_key(record)))
        if held is not None:
            met = replace(made, ours=held)
            if content(held) == content(record):
                return replace(met, outcome=Outcome.SAME)
            return self._same_key(met)
        alike = self._contents.get((kind, content(record)))
        if alike is not None:
            why = "同じ内容の記録が、この台帳にもあります。別のものなら両方を残します。"
            met = self._asked(replace(made, ours=alike), why, Outcome.NEW)
            return replace(met, ours=None) if met.outcome is Outcome.NEW else met
        return made

    def _same_key(self, met: MergeRow) -> MergeRow:
        """Two records of one key: which of them stands, or, where ledgers give numbers, that they are two."""
        number = met.record.spec.number_field
        if number and self._answers.get(met.name) is Answer.BOTH:
            self._answered.add(met.name)
            blank: dict[str, Any] = {number: ""}
            why = f"「{met.key}」はこの台帳では別の記録のため、この台帳の次の番号を付けます。"
            two = replace(met, taken=Outcome.CHANGED, two=True)
            return replace(two, outcome=Outcome.NEW, record=replace(met.record, **blank), ours=None, why=why)
        more = "別のものなら両方を残せます（--both）。" if number else ""
        return self._asked(
            replace(met, two=bool(number)),
            f"同じ番号・名称の記録が、両方の台帳にあります。{more}",
            Outcome.CHANGED,
        )

    def _asked(self, row: MergeRow, why: str, taken: Outcome) -> MergeRow:
        row = replace(row, taken=taken)
        answer = self._answers.get(row.name)
        if answer not in (Answer.KEEP, Answer.TAKE):
            return replace(row, outcome=Outcome.ASKED, why=why)
        self._answered.add(row.name)
        return replace(row, outcome=taken if answer is Answer.TAKE else Outcome.KEPT, why=why)

    def _paper(self, theirs: Submission) -> MergeRow:
        """A paper of the other ledger: its files come as attachments of its contract, as they are."""
        key = key_text(theirs)
        try:
            made = [mapped(one, self._place) for one in attachments_of(theirs)]
        except UnplacedError:
            why = "契約を統合しないため、書類も統合しません。"
            return MergeRow(_SUBMISSION, key, theirs, Outcome.LEFT, theirs, why=why)
        for number, record in enumerate(made, 1):
            one = Attachment.spec.name
            called = key if number == 1 else f"{key}-{number}"
            row = MergeRow(one, called, theirs, Outcome.NEW, record)
            if (_SUBMISSION, same_key(theirs)) in self._keys:
                why = (
                    f"文書番号「{key}」の書類が、両方の台帳にあります。控えとして添付するかを決めてください。"
                )
                row = self._asked(row, why, Outcome.NEW)
            elif (one, content(record)) in self._contents:
                row = replace(row, outcome=Outcome.SAME)
            self._papers.append(row)
        why = "相手の台帳の書類は、契約の添付として残します。この台帳で提出したものとは数えません。"
        return MergeRow(_SUBMISSION, key, theirs, Outcome.LEFT, theirs, why=why)
