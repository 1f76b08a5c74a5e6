"""変更: what differs from the document that stands, with the day and the reason of each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from app.duties.case import Case, MissingFact, Stated
from app.printing.blocks import Block, Column, Table
from app.printing.type.wareki import wareki
from app.records import Statement
from forms.changing.table import Table as Told
from forms.changing.theme import Theme
from forms.parts.again import Previous
from forms.parts.texts import lines

NEW, CHANGE = "新規", "変更"
"""The two variants of a notice."""
_AS_ABOVE = "同上"
_SHORT = 12
"""A reason of so few characters is as soon read as 同上."""


def since(
    theme: Theme,
    case: Case,
    before: Previous | None,
    stated: Stated,
    told_of: Callable[[Case], tuple[Stated, Stated]],
) -> Changes:
    """What has changed since the document ``before``, the one of the form that stands.

    ``told_of``: what would be stated in a case, of what lasts and of what has ended by its day.
    """
    known = _with_known_ends(stated, told_of(case)[1], before, theme.ends.label)
    if before is not None and theme.passing:
        then = told_of(replace(case, day=before.submission.issued_on, only=()))[0]
        known = _with_known_days(known, then, before, theme)
    return Changes(case, theme, before, known)


def _with_known_ends(
    stated: Stated, ended: Stated, before: Previous | None, ends: str
) -> dict[str, Mapping[str, str]]:
    """``stated``, and of ``ended`` what the client was told would end on the very day on which it did.

    Without it, an end that was notified in advance would be asked for again once the day has come.
    """
    known = before.told.stated if before else {}
    kept = {key: known[key] for key in ended if key in known and known[key].get(ends) == ended[key][ends]}
    return {**stated, **kept}


def _with_known_days(
    stated: Mapping[str, Mapping[str, str]], then: Stated, before: Previous, theme: Theme
) -> dict[str, Mapping[str, str]]:
    """``stated`` with what the client was told of periods, where the ledger holds nothing else of that day.

    Without it, one role after another, both told with their days, would be asked for again as the first ends.
    """
    labels, known = [cell.label for cell in theme.passing], before.told.stated
    found = dict(stated)
    for key in stated:
        told, same = known.get(key, {}), then.get(key, {})
        if all(label in told and told[label] == same.get(label) for label in labels):
            found[key] = {**stated[key], **{label: told[label] for label in labels}}
    return found


@dataclass(frozen=True)
class Changes:
    """What is told anew: ``stated`` now, against the document ``before`` it, if one stands."""

    case: Case
    theme: Theme
    before: Previous | None
    stated: Stated

    @property
    def variant(self) -> str:
        """変更 where a document stands, else 新規."""
        return CHANGE if self.before else NEW

    @property
    def facts(self) -> dict[str, Any]:
        """Number and date of the document that stands, and the rows of the table of changes."""
        submission = self.before.submission if self.before else None
        told = {"number": submission.number, "date": wareki(submission.issued_on)} if submission else {}
        return {"previous": told, "changes": self._table.rows}

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """Day and reason of every change that has none, or only those of an older one; or that none is there.

        A notice of a change that tells of no change is sent back.
        """
        if self.before and not self._table.rows and not self._table.missing:
            told = self.facts["previous"]
            sentence = (
                f"{told['date']}付け（文書番号{told['number']}）で提出した内容から変更がないため、"
                "変更の書類は作成できません。同じ内容をもう一度出すときは「再提出」を選んでください。"
            )
            return (MissingFact(sentence, ""),)
        return tuple(self._table.missing)

    @cached_property
    def _table(self) -> Told:
        table = Told(self.case, self.theme)
        if self.before is not None:
            table.fill(self.before, self.stated)
        return table


def change_blocks(statement: Statement) -> tuple[Block, ...]:
    """The table of changes: one row for each, however many texts it changed."""
    rows = statement.facts["changes"]
    columns = (
        Column("変更事項", 18),
        Column("変更前", 22),
        Column("変更後", 22),
        Column("変更年月日", 16, "center"),
        Column("変更の理由", 22),
    )
    cells, told = [], ""
    for (_keys, on, why, to_come), group in groupby(rows, _cause_of):
        same = list(group)
        items = (tuple(row[name] for row in same) for name in ("item", "before", "after"))
        cells.append((*items, lines(on, to_come), _AS_ABOVE if why == told and len(why) > _SHORT else why))
        told = why
    return (Table(columns, tuple(cells)),)


def _cause_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the rows of one change share. Documents of earlier versions did not tell what was planned."""
    return row["keys"], row["on"], row["why"], row.get("planned", "")


def told_under(statement: Statement) -> str:
    """「…付け（文書番号…）」: the document that a change is told against."""
    told = statement.facts["previous"]
    return f"{told['date']}付け（文書番号{told['number']}）"
