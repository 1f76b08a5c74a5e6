"""The draft of a document: made in the worker, and from what, so that it is known when it is out of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.common import Progress
from app.duties.case import Case, FormFace, MissingFact
from app.exchange.documents.looking_again import notes_of
from app.records import Contract, Facts, Statement
from app.records.facts import Asked as Noted
from app.records.watched import meet, touched

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.exchange.documents.composing import Pictures
    from app.exchange.filling.filler import Filled

_EACH = "発注者の様式は、対象1件ごとのファイルで発行します。ここに表示しているのは最初の1件です"


@dataclass(frozen=True, slots=True)
class Drawn:
    """From what a draft was made, and what was asked of it."""

    facts: Facts
    asked: Noted
    catalogue: Catalogue

    def stands(self, facts: Facts, catalogue: Catalogue) -> bool:
        """Whether the draft would come out the same from ``facts``, the ledger as it is now."""
        return self.catalogue is catalogue and not meet(self.asked, touched(facts, self.facts))


@dataclass(frozen=True, slots=True)
class Draft:
    """What the worker brings back: the statement with its draft, or what is missing."""

    statement: Statement | None = None
    pdf: bytes = b""
    missing: tuple[MissingFact, ...] = ()
    left_out: tuple[MissingFact, ...] = ()
    drawn: Drawn | None = None
    filled: Filled | None = None
    """The client's own file, where the paper goes into one; ``pdf`` is then how LibreOffice prints it."""
    read: Callable[[], None] | None = None
    """Proof-reads what is shown, in the worker; None where that is done, or nothing of ours is shown."""

    def said(self) -> tuple[str, ...]:
        """What is to be looked at in the client's file; with a picture of it there is no list beside it."""
        if self.filled is None or self.statement is None:
            return ()
        count = len(self.statement.subjects)
        each = f"{_EACH}（{count}件）。" if count > 1 else ""
        return (each, *notes_of(self.filled)) if self.pdf else (each,)


def drafting(
    form: FormFace, case: Case, blob: Pictures, settings: Path, *, ours: bool
) -> tuple[Case, Callable[[Progress], Draft]]:
    """The case as the form is asked, and the work that makes its draft.

    ``blob``: reads a file of the ledger. ``settings``: the folder of the person's own. ``ours``: our own form
    although the client has one.
    """
    facts, watched = case.facts, case.facts.watched()
    # Asked for before anything was noted.
    watched.find(Contract, case.contract.id)
    case = replace(case, facts=watched)

    def work(progress: Progress) -> Draft:
        from app.exchange.documents.issuing import fill_draft, prepare, sketch
        from app.ui.papers.client_forms.office import Office

        found, pdf, read = prepare(form, case), b"", None
        filled = None if ours or found.statement is None else fill_draft(form, case, blob)
        if filled is not None:
            office = Office.found(settings)
            pdf = office.printed(filled, progress) if office is not None else b""
        elif found.statement is not None:
            pdf, read = sketch(form, case, found.statement, blob, progress)
        drawn = Drawn(facts, watched.asked, case.catalogue)
        return Draft(found.statement, pdf, found.missing, found.left_out, drawn, filled, read)

    return case, work


def warm(_progress: Progress) -> None:
    """While a person still chooses, the worker loads what the first draft would wait for."""
    from app.exchange.documents.composing import get_ready

    get_ready()
