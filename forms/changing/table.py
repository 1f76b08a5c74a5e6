"""The table of changes: a row for each thing that came, went or reads otherwise, with its days and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.duties.case import Case, MissingFact, Stated
from app.duties.papers.drift import ADDED, CHANGED, REMOVED, Difference, compare
from app.printing.type.wareki import wareki
from app.records import Statement
from app.records.paths import asking
from forms.changing.days import AND, CHANGED_ON, ENDS, KEPT, STARTS, WHY, Dated, Since, kept_days, typed
from forms.changing.theme import Entry, Theme
from forms.parts.again import Previous
from forms.parts.lasting import planned
from forms.parts.texts import NONE, or_none, unique


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that came, went or reads otherwise under some ``labels``: the record that says why, and when.

    ``since``: see ``Since``; of a record that is gone nobody can say it.
    """

    key: str
    kind: str
    name: str
    record: Dated | None
    since: Since
    labels: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The last of the days: since then it reads as it is told."""
        return max(self.since.days, default=None)


@dataclass
class Table:
    """The rows of the table of changes, and what they lack."""

    case: Case
    theme: Theme
    rows: list[dict[str, Any]] = field(default_factory=list)
    missing: list[MissingFact] = field(default_factory=list)

    def fill(self, before: Previous, stated: Stated) -> None:
        """One row for each thing that came, went or moved, and for each label that reads otherwise."""
        old = before.told.stated
        differences = {difference.key: difference for difference in compare(old, stated)}
        entries = {**old, **stated}
        parts = {key: self._parts(one, entries[key], before) for key, one in differences.items()}
        moved = _moved((one for held in parts.values() for one in held), entries, self.theme)
        for key, difference in differences.items():
            if key in moved.values():
                continue
            gone = moved.get(key)
            self._agree(parts[key], before)
            for part in parts[key]:
                shared = self._cause([part, *(parts[gone] if gone else ())], before)
                self.rows += [{**row, **shared} for row in self._told(difference, part, gone, old, stated)]

    def _parts(self, difference: Difference, entry: Entry, before: Previous) -> tuple[_Part, ...]:
        """The thing as a whole where it came or went; else what of it changed on the same day, apart."""
        theme, kind, key = self.theme, difference.kind, difference.key
        record, name = theme.source(self.case, key, kind), entry.get(theme.name.label, "")
        if kind != CHANGED or record is None:
            return (_Part(key, kind, name, record, _period(record, kind)),)
        held: dict[Since, list[str]] = {}
        for label, was, _now in difference.lines:
            held.setdefault(self._since(record, key, label, was, before), []).append(label)
        parts = (_Part(key, kind, name, record, since, tuple(labels)) for since, labels in held.items())
        return tuple(sorted(parts, key=lambda part: part.day or date.max))

    def _since(self, record: Dated, key: str, label: str, was: str, before: Previous) -> Since:
        if label == self.theme.starts.label:
            return Since((record.starts_on,), STARTS)
        if label == self.theme.ends.label and record.ends_on is not None:
            return Since((record.ends_on,), ENDS)
        for cell in (one for one in self.theme.dated if one.label == label):
            if days := kept_days(self.case, key, cell, before.submission.issued_on, was):
                return Since(days, KEPT)
        return typed(record)

    def _agree(self, parts: Sequence[_Part], before: Previous) -> None:
        """The day that was typed, where every day is known without it: two of one change cannot both be true.

        A typed day that the document before could tell already, or that has not come, is of another change.
        """
        record = parts[0].record
        if record is None or parts[0].kind != CHANGED or any(one.since.field == CHANGED_ON for one in parts):
            return
        day, days = record.changed_on, {day for one in parts for day in one.since.days}
        if day is None or day in days or not before.submission.issued_on < day <= self.case.day:
            return
        known = "、".join(wareki(one) for one in sorted(days))
        label = record.spec.field(CHANGED_ON).label
        sentence = (
            f"「{parts[0].name}」の{label}（{wareki(day)}）が、以前の内容の登録から分かる日（{known}）と違います。"
            f"{label}を消すか、正しい日に合わせてください。"
        )
        self.missing.append(MissingFact(sentence, record.spec.name, record.id, CHANGED_ON))

    def _cause(self, parts: Sequence[_Part], before: Previous) -> dict[str, Any]:
        """The keys told of, the day (in a move: of the one that comes) and the reasons of the parts."""
        for part in parts:
            self._ask(part, before)
        reasons = unique(part.record.change_reason for part in parts if part.record)
        if parts[0].record and not reasons:
            self._lacks(parts[0].record, WHY)
        told = next((part for part in parts if part.day), None)
        return {
            "keys": [part.key for part in parts],
            "on": AND.join(wareki(day) for day in told.since.days) if told else "",
            "planned": planned(told.day if told else None, self.case.day),
            "why": "／".join(reasons),
        }

    def _ask(self, part: _Part, before: Previous) -> None:
        record = part.record
        if record is None:
            sentence = (
                f"「{part.name}」は前回の提出の後に台帳から外されています。"
                "記録を戻し、終了日と変更の理由を入力してください。"
            )
            self.missing.append(MissingFact(sentence, self.theme.record.spec.name))
        elif part.day is None:
            self._lacks(record, part.since.field)
        elif part.since.field == CHANGED_ON and _told_before(part, record.change_reason, before):
            labels = "と".join(record.spec.field(name).label for name in (CHANGED_ON, WHY))
            sentence = f"「{part.name}」の{labels}が前回の届出のままです。今回の変更のものに改めてください。"
            self.missing.append(MissingFact(sentence, record.spec.name, record.id, CHANGED_ON))
        elif part.since.field == KEPT and record.changed_on not in part.since.days:
            self._ask_why(part, record, before)

    def _ask_why(self, part: _Part, record: Dated, before: Previous) -> None:
        """The reason of an older change, where nobody was asked for the day and so for the reason either."""
        if not _why_before(part, record.change_reason, before):
            return
        why, day = (record.spec.field(name).label for name in (WHY, CHANGED_ON))
        sentence = (
            f"「{part.name}」の{why}が前回の届出のままです。今回の変更のものに改めるか、"
            f"同じ理由のときは{day}に今回の変更の日を入力してください。"
        )
        self.missing.append(MissingFact(sentence, record.spec.name, record.id, WHY))

    def _lacks(self, record: Dated, name: str) -> None:
        sentence = asking(self.case.facts, record, record.spec.field(name))
        self.missing.append(MissingFact(sentence, record.spec.name, record.id, name))

    def _told(
        self, difference: Difference, part: _Part, gone: str | None, old: Stated, new: Stated
    ) -> Iterable[dict[str, str]]:
        key, kind, theme = difference.key, difference.kind, self.theme
        if kind == CHANGED:
            name = new[key][theme.name.label]
            for label, was, now in difference.lines:
                if label in part.labels:
                    after = or_none(now)
                    yield {"item": f"{name}：{label}", "before": or_none(was), "after": after}
            return
        was = theme.described(old[gone or key]) if gone or kind == REMOVED else NONE
        now = theme.described(new[key]) if kind == ADDED else NONE
        what = "変更" if gone else "追加" if kind == ADDED else "終了"
        yield {
            "item": f"{theme.called(new.get(key) or old[key])}の{what}",
            "before": was,
            "after": now,
        }


def _moved(parts: Iterable[_Part], entries: Stated, theme: Theme) -> dict[str, str]:
    """What comes → what goes, where both are one move."""
    if theme.like is None:
        return {}
    like = theme.like.label
    found = [part for part in parts if part.kind != CHANGED]
    pairs = _alike(found, lambda part: entries[part.key].get(like, ""))
    known = {*pairs, *pairs.values()}
    rest = [part for part in found if part.key not in known]
    return pairs | _alike(rest, lambda part: part.record.change_reason if part.record else "")


def _alike(parts: Iterable[_Part], of: Callable[[_Part], str]) -> dict[str, str]:
    """The pairs of one that comes and one that goes, where no others are like them in ``of``."""
    groups: dict[str, list[_Part]] = {}
    for part in parts:
        groups.setdefault(of(part), []).append(part)
    pairs = {}
    for like, held in groups.items():
        come, gone = (tuple(p.key for p in held if p.kind == kind) for kind in (ADDED, REMOVED))
        if like and len(come) == len(gone) == 1:
            pairs[come[0]] = gone[0]
    return pairs


def _period(record: Dated | None, kind: str) -> Since:
    """The day on which a thing came or went, and the field that holds it."""
    if record is None:
        return Since((), CHANGED_ON)
    if kind == ADDED:
        return Since((record.starts_on,), STARTS)
    return Since((record.ends_on,) if record.ends_on else (), ENDS)


def _told_before(part: _Part, why: str, before: Previous) -> bool:
    """Whether the standing document already gave this day and reason: they belong to an older change."""
    return part.day is not None and any(
        row["on"] == wareki(part.day) and row["why"] == why for row in _rows_of(part, before)
    )


def _why_before(part: _Part, why: str, before: Previous) -> bool:
    """Whether the standing document already gave this reason."""
    return bool(why) and any(row["why"] == why for row in _rows_of(part, before))


def _rows_of(part: _Part, before: Previous) -> list[Mapping[str, Any]]:
    """What the standing document told of the changes of a thing."""
    statement = Statement.read(before.submission.statement)
    told = statement.facts.get("changes", []) if statement else []
    return [row for row in told if part.key in row["keys"]]
