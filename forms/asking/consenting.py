"""Under which clauses the client is asked, in which word, and what can no longer be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.duties.case import Case
from app.duties.evaluators.ground import ground_of
from app.duties.view import covers
from app.printing.type.wareki import wareki
from app.records import Approval, Asset, Submission
from app.records.approval import ApprovalKind
from app.records.approval import Basis as Grounds
from forms.parts.basis import Basis, Rest, basis
from forms.parts.paper import Paper

Kinds = Mapping[ApprovalKind, str]
"""The kinds of approval that an application asks for → the kind of duty whose clauses speak of it."""
_EXPRESSLY = ("purpose-limit", "collection-limit")
"""Kinds of which a clause knows an exception only where it says so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """``rests``: the clauses under which the client may allow it, none where no clause speaks of that.

    ``banned``: the clauses that no word of the client lifts, as they are cited; empty where there are none.
    """

    rests: Basis
    banned: str

    def consent(self, otherwise: str) -> str:
        """The first cited clause's own word for the client's consent; ``otherwise`` where none is cited."""
        return next((str(rest.asks.consent) for rest in self.rests.rests), otherwise)


def ground(case: Case, approval: Approval, kind: str) -> Ground:
    """What the clauses of ``kind`` say of what ``approval`` asks for."""
    held = basis(case, (kind,))
    meant = [rest for rest in held.rests if _meant(case, rest, approval)]
    admitting = tuple(rest for rest in meant if _admits(rest, approval))
    banning = tuple(rest for rest in meant if _bans(rest, approval))
    certain = banning and (not admitting or any(_lists(case, rest, approval) for rest in banning))
    return Ground(Basis(admitting, held.words), Basis(banning).cited if certain else "")


def _meant(case: Case, rest: Rest, approval: Approval) -> bool:
    """Whether a clause may speak of it; one that is about other information than what is listed does not."""
    if rest.asks.other_purposes and approval.kind == ApprovalKind.COPY:
        return False
    rows = approval.subjects
    unlisted = not rows or any(row.asset is None for row in rows)
    return unlisted or _lists(case, rest, approval)


def _lists(case: Case, rest: Rest, approval: Approval) -> bool:
    """Whether some information that is listed is certainly of the kind that the clause is about."""
    listed = (case.facts.find(Asset, row.asset) for row in approval.subjects)
    return any(asset is not None and covers(rest.asks.applies_to, asset.classification) for asset in listed)


def _admits(rest: Rest, approval: Approval) -> bool:
    asks = rest.asks
    if rest.kind in _EXPRESSLY and not asks.exception:
        return False
    held = ground_of(asks)
    return Grounds.APPROVAL in (*held.single, *held.together) and not _beyond(rest, approval)


def _bans(rest: Rest, approval: Approval) -> bool:
    expressly = bool(rest.asks.exception)
    return expressly and (ground_of(rest.asks).absolute or _beyond(rest, approval))


def _beyond(rest: Rest, approval: Approval) -> bool:
    """Whether the exception that the clause knows does not reach so far."""
    return bool(rest.asks.lifts) and approval.kind not in rest.asks.lifts


def applied_for(case: Case, kinds: Kinds) -> tuple[Approval, ...]:
    """The approvals of the contract that are, or were, asked for; an instruction or a statute never is."""
    held = case.facts.of(Approval, "contract", case.contract.id)
    wanted = (one for one in held if one.kind in kinds and one.basis == Grounds.APPROVAL)
    return tuple(sorted(wanted, key=lambda one: one.id))


def can_be_asked(_case: Case, approval: Approval) -> bool:
    """Whether the client has not answered yet: after that no application is made, whatever its day."""
    return approval.granted_on is None and approval.refused_on is None


def dealt_with(case: Case, form: str, kinds: Kinds) -> set[str]:
    """What was answered, was asked for on another day, or stands in an application printed or handed in."""
    found: set[str] = set()
    for approval in applied_for(case, kinds):
        if not can_be_asked(case, approval) or approval.applied_on not in (None, case.day):
            found.add(f"{approval.spec.name}:{approval.id}")
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form == form and not (submission.voided_on or submission.sent_back_on):
            told = case.facts.told(submission)
            found.update(told.subjects if told else ())
    return found


def granted(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    """What the client has allowed is not asked for any more."""
    for one in paper.things:
        if one.granted_on is not None:
            yield (
                one.id,
                f"{one.number}は{wareki(one.granted_on)}に発注者の承諾を得ているため、申請書は作成できません。",
            )


def refused(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    """What the client has refused is asked for anew, if at all."""
    for one in paper.things:
        if one.refused_on is not None:
            yield (
                one.id,
                f"{one.number}は{wareki(one.refused_on)}に不承諾の回答を得ているため、申請書は作成できません。"
                "改めて申請するときは、承諾を新しく登録してください。",
            )


def asked_otherwise(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    """An application bears the day on which the client is asked, and the ledger knows one such day."""
    case = paper.case
    for one in paper.things:
        on = one.applied_on
        if can_be_asked(case, one) and not case.again and on is not None and on != case.day:
            yield (
                one.id,
                f"{one.number}の申請日は{wareki(on)}と登録されていますが、書類の日付は{wareki(case.day)}です。"
                "どちらかの日付を改めてください。",
            )
