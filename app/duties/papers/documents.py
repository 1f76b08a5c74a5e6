"""What was printed and submitted for one contract, and whether it still says what the ledger says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.annexes.catalogue import Catalogue
from app.duties.answers import Answers, shared
from app.duties.case import FormFace
from app.duties.papers.claims import Claim, Each, Whole, proving
from app.duties.papers.drift import Drift, drift_of, in_order, last_standing, open_on
from app.records import Contract, Facts, Submission, dated
from app.records.statement import Told


class Documents(Answers):
    """The documents of one contract on one day, each read and compared once."""

    def __init__(
        self,
        facts: Facts,
        catalogue: Catalogue,
        forms: Mapping[str, FormFace],
        contract: Contract,
        day: date,
    ) -> None:
        super().__init__(facts, day)
        self.catalogue = catalogue
        self.forms = forms
        self.record = contract
        """The contract as it is registered, whatever day is asked about."""

    @property
    def contract(self) -> Contract:
        """The contract as it is on the day: what is agreed for a later one does not bind yet."""
        return self._on_day if self.record.former else self.record

    @shared
    def _on_day(self) -> Contract:
        return dated.as_of(self.record, self.day)

    @property
    def as_of(self) -> date:
        """People, places and devices count as of this day: the end of the work takes nothing away."""
        return min(self.day, self.contract.last_day)

    @property
    def ended(self) -> bool:
        """Whether the last day of the work has come."""
        return self.day >= self.contract.last_day

    @shared
    def _documents(self) -> Mapping[str, tuple[Submission, ...]]:
        found: dict[str, list[Submission]] = {}
        for submission in self.facts.of(Submission, "contract", self.contract.id):
            found.setdefault(submission.form, []).append(submission)
        return {form: tuple(held) for form, held in found.items()}

    def of_form(self, form: str) -> tuple[Submission, ...]:
        """The documents of a form (its id) for the contract, by ascending id."""
        return self._documents.get(form, ())

    def forms_for(self, kind: str, mode: type[Claim] = Claim, stage: int = 0) -> tuple[FormFace, ...]:
        """The forms whose documents prove a kind of duty (and stage): in any way, or in this one only."""
        return proving(self.forms.values(), kind, mode, stage)

    def standing(self, form: FormFace) -> tuple[Submission, ...]:
        """Documents of the form that stood on the day, in the order of their submission."""
        return self.once(_standing, form.id)

    def counting(self, form: FormFace) -> tuple[Submission, ...]:
        """Of these, the ones that no later document has replaced."""
        return self.once(_counting, form.id)

    def printed(self, form: FormFace) -> tuple[Submission, ...]:
        """Documents printed and not yet submitted, the newest first."""
        held = (s for s in self.of_form(form.id) if open_on(s, self.day))
        return tuple(sorted(held, key=lambda s: -s.id))

    def ready(self, form: FormFace, *keys: str, after: int = 0) -> Submission | None:
        """The newest printed document that names one of ``keys`` (none: any) and could be submitted as it is.

        One that no longer fits the ledger is not offered: the client would get what is already wrong.
        """
        for document in self.printed(form):
            named = not keys or any(self.names(document, key) for key in keys)
            if named and document.id > after and not self.drift(form, document).stale:
                return document
        return None

    def told(self, submission: Submission) -> Told | None:
        """What the document told the client, under the keys of today; None where it cannot be read."""
        return self.once(_told, submission.id)

    def names(self, submission: Submission, key: str) -> bool:
        """Whether a document states or was made for ``key``."""
        told = self.told(submission)
        return told is not None and (key in told.stated or key in told.subjects)

    def drift(self, form: FormFace, submission: Submission) -> Drift:
        """How a document differs from the ledger.

        After the last day of a contract its documents are compared as of that day: the end of the work is
        no change of people or places. What happened is compared whenever it did: things are given back and
        destroyed after that day.
        """
        return self.once(_drift, form.id, submission.id)

    @shared
    def drifts(self) -> tuple[Drift, ...]:
        """Every document that counts and is stale, in the order in which its form was first printed."""
        forms = (self.forms[form] for form in self._documents if form in self.forms)
        found = (self.drift(form, document) for form in forms for document in self.counting(form))
        return tuple(one for one in found if one.stale)

    def speaking(self, kind: str) -> tuple[Submission, ...]:
        """The documents that count and speak for the contract as a whole, stale or not."""
        return tuple(one for form in self.forms_for(kind, Whole) for one in self.counting(form))

    def proof(
        self, kind: str, key: str, *, stage: int = 0, says: str = "", mode: type[Claim] = Claim
    ) -> Submission | None:
        """The first document that told the client of ``key``, where the ones that count still do.

        ``stage``: of this stage only. ``says``: it must have stated this of it, alone or in a list
        (a role). ``mode``: only
        documents that prove in this way.
        """
        first: list[Submission] = []
        for form in self.forms_for(kind, mode, stage):
            if any(self._says(document, key, says) for document in self.counting(form)):
                first += [one for one in self.standing(form) if self._says(one, key, says)][:1]
        return min(first, key=lambda one: (one.submitted_on or one.issued_on, one.id), default=None)

    def first_told(self, kind: str, key: str, says: str = "") -> Submission | None:
        """The first document that told the client of ``key``, whether or not later ones still do.

        ``says``: as for ``proof``.
        """
        told = (
            one for form in self.forms_for(kind) for one in self.standing(form) if self._says(one, key, says)
        )
        return min(told, key=lambda one: (one.submitted_on or one.issued_on, one.id), default=None)

    def proof_apart(self, kind: str, key: str) -> Submission | None:
        """As ``proof``, by a document about single records whose words on ``key`` still hold."""
        proof = self.proof(kind, key, mode=Each)
        return None if proof is None or self.differs(proof, key) else proof

    def differs(self, submission: Submission, key: str) -> bool:
        """Whether the ledger has moved away from what the document says of ``key``."""
        drift = self.drift(self.forms[submission.form], submission)
        return any(difference.key == key for difference in drift.differences)

    def _says(self, submission: Submission, key: str, text: str) -> bool:
        if not text:
            return self.names(submission, key)
        told = self.told(submission)
        if told is None:
            return False
        return any(text in held.split("、") for held in told.stated.get(key, {}).values())


def _told(view: Documents, submission: int) -> Told | None:
    document = view.facts.get(Submission, submission)
    told, form = view.facts.told(document), view.forms.get(document.form)
    return told if told is None or form is None else form.recall(told, view.facts, view.contract)


def _standing(view: Documents, form: str) -> tuple[Submission, ...]:
    return in_order(view.of_form(form), view.day)


def _counting(view: Documents, form: str) -> tuple[Submission, ...]:
    return last_standing(view.of_form(form), view.day, view.facts.told)


def _drift(view: Documents, form: str, submission: int) -> Drift:
    document, asked = view.facts.get(Submission, submission), view.forms[form]
    # A paper made after the end of the work says what held on its own day: compared with the last day of
    # the work it would be called stale before anything changed.
    on = view.day if asked.past else max(view.as_of, min(view.day, document.issued_on))
    return drift_of(view.facts, view.catalogue, asked, view.contract, document, on)
