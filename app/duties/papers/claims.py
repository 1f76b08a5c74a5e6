"""What a document of a form proves of a kind of duty, and which form to offer where several could serve.

A form says both of itself, kind by kind. Nothing else decides: no name of a module, no order of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.annexes.kinds import KINDS

if TYPE_CHECKING:
    from app.annexes.asks import Asks
    from app.annexes.clause import Clause
    from app.duties.case import FormFace


@dataclass(frozen=True, slots=True)
class Claim:
    """One kind of duty that a form has to do with; its subclasses say what it proves of it.

    ``words``: by one of these a clause asks for this very document (名簿). ``rank``: its place among the
    forms that prove the same where no clause says such a word; 0 is the usual one. No two share a rank, so
    that a form added later never takes the place of one that people know.
    """

    kind: str
    words: tuple[str, ...] = field(default=(), kw_only=True)
    rank: int = field(default=0, kw_only=True)

    def asked_for(self, clause: Clause, asks: Asks) -> bool:
        """Whether the clause asks for this very document by a word of its own."""
        text = "".join((clause.heading, clause.summary, *asks.items))
        return any(word in text for word in self.words)


@dataclass(frozen=True, slots=True)
class Whole(Claim):
    """One document that stands speaks for the whole contract until it drifts."""


@dataclass(frozen=True, slots=True)
class Each(Claim):
    """A document speaks for the records that it is about, and for nothing else."""


@dataclass(frozen=True, slots=True)
class Stage(Each):
    """A document speaks for one stage of each record that it is about (1: first notice, 2: in writing)."""

    stage: int


@dataclass(frozen=True, slots=True)
class Cites(Claim):
    """A document names the duty and proves nothing of it."""


def claim_of(form: FormFace, kind: str, stage: int = 0) -> Claim | None:
    """What the form proves of a kind (and stage; 0: of whichever); None where that is nothing."""
    for claim in form.proves:
        if claim.kind == kind and not isinstance(claim, Cites):
            other = isinstance(claim, Stage) and stage not in (0, claim.stage)
            if not other:
                return claim
    return None


def proven_kinds(forms: Mapping[str, FormFace], form: str) -> tuple[str, ...]:
    """The kinds of duty that documents of the form with that id prove; none for an unknown form."""
    held = forms.get(form)
    return tuple(kind for kind in held.kinds if claim_of(held, kind)) if held else ()


def proving(
    forms: Iterable[FormFace], kind: str, mode: type[Claim] = Claim, stage: int = 0
) -> tuple[FormFace, ...]:
    """The forms that prove a kind (and stage), in any way or in this one only, the usual one first."""
    found = [(claim, form) for form in forms if isinstance(claim := claim_of(form, kind, stage), mode)]
    return tuple(form for _claim, form in sorted(found, key=lambda held: held[0].rank))


def offered(
    forms: Iterable[FormFace],
    question: tuple[Clause, Asks, str],
    *,
    single: bool | None = None,
    stage: int = 0,
) -> tuple[FormFace, ...]:
    """The forms that prove the kind of ``question``, the one to be offered first in front.

    The clause's own words come first; then, where a duty may be told of thing by thing or as a whole, what
    is wanted now (``single``: a paper about one thing; None: it makes no difference); then the ranks.
    """
    clause, asks, kind = question
    found = [(claim, form) for form in forms if (claim := claim_of(form, kind, stage)) is not None]

    def order(held: tuple[Claim, FormFace]) -> tuple[bool, bool, int]:
        claim = held[0]
        otherwise = single is not None and isinstance(claim, Each) is not single
        return not claim.asked_for(clause, asks), otherwise, claim.rank

    return tuple(form for _claim, form in sorted(found, key=order))


def check_claims(forms: Iterable[FormFace]) -> None:
    """Refuse what nobody could tell apart or keep.

    Raises ``ValueError`` naming the forms: a kind that does not exist, a rank below 0, or two forms that
    prove the same of a kind under the same rank: which of them a duty offers would be left to chance.
    """
    seen: dict[tuple[object, ...], str] = {}
    for form in forms:
        for claim in form.proves:
            if claim.kind not in KINDS:
                raise ValueError(f"{form.id} proves {claim.kind!r}, which is no kind of duty")
            if claim.rank < 0:
                raise ValueError(f"{form.id} has a rank below 0 for {claim.kind!r}")
            if isinstance(claim, Cites):
                continue
            place = (claim.kind, getattr(claim, "stage", 0), claim.rank)
            if other := seen.get(place):
                raise ValueError(f"{other} and {form.id} both prove {claim.kind!r} with rank {claim.rank}")
            seen[place] = form.id
