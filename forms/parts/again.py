"""再提出: what was submitted before, and whether a document may be made that says the same once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.duties.case import AGAIN, Case, MissingFact, Stated
from app.duties.papers.drift import compare
from app.printing.type.wareki import wareki
from app.records import Submission
from app.records.statement import Told

Recall = Callable[[Told], Told]
"""What an archived document told, under the keys and in the words of today."""


@dataclass(frozen=True, slots=True)
class Previous:
    """A document that stands, and what it told."""

    submission: Submission
    told: Told


def standing(case: Case, form: str, recall: Recall) -> tuple[Previous, ...]:
    """The documents of ``form`` that were submitted, neither voided nor sent back; in order."""
    held = [
        submission
        for submission in case.facts.of(Submission, "contract", case.contract.id)
        if submission.form == form and submission.stands
    ]
    ordered = sorted(held, key=lambda one: (one.submitted_on or one.issued_on, one.id))
    told = ((submission, case.facts.told(submission)) for submission in ordered)
    return tuple(Previous(submission, recall(found)) for submission, found in told if found)


def sources(before: tuple[Previous, ...], stated: Stated) -> Mapping[str, Previous]:
    """For each thing, the last document that told of it."""
    return {key: one for one in before for key in one.told.stated if key in stated}


@dataclass(frozen=True)
class Again:
    """A document that says once more what stands in others. ``found``: the last of them for each thing.

    ``last``: of a document for the contract as a whole the one that stands, of which nothing may differ.
    ``then``: the things of which it matters how people were called when those documents were made.
    """

    found: Mapping[str, Previous]
    stated: Stated
    last: Previous | None = None
    then: Stated = field(default_factory=dict)

    @property
    def variant(self) -> str:
        """再提出."""
        return AGAIN

    @property
    def facts(self) -> dict[str, Any]:
        """Day and number of the documents it repeats."""
        held = {one.submission.id: one.submission for one in self.found.values()}
        return {"again": [[wareki(held[at].issued_on), held[at].number] for at in sorted(held)]}

    @property
    def missing(self) -> Iterator[MissingFact]:
        """Why it cannot be made: nothing was submitted, or something has changed since."""
        if not self.found:
            yield MissingFact(
                "もう一度提出できる書類がありません。「再提出」の選択を外して作成してください。", ""
            )
        elif self._changed:
            numbers = "、".join(number for _, number in self.facts["again"])
            yield MissingFact(
                f"前に提出した書類（文書番号{numbers}）の内容から変更があるため、再提出はできません。"
                "「再提出」の選択を外して作成してください。",
                "",
            )

    @property
    def _changed(self) -> bool:
        if self.last is not None:
            return bool(compare(self.last.told.stated, self.stated))
        now = {**self.stated, **self.then}
        return any(compare({key: one.told.stated[key]}, {key: now[key]}) for key, one in self.found.items())


def repeated(facts: Mapping[str, Any]) -> str:
    """「令和…付け（文書番号…）」: the documents that one repeats; empty where it repeats none."""
    return "、".join(f"{day}付け（文書番号{number}）" for day, number in facts.get("again", ()))
