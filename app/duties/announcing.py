"""What documents say of a thing that will be otherwise from a later day, and whether they told it before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.duties.case import NOTHING, Case, FormFace, MissingFactsError, Stated
from app.duties.papers.claims import Whole
from app.duties.papers.drift import same_text, statement_of
from app.duties.view import ContractView
from app.records import Submission

_DAY = timedelta(days=1)


def becomes_untrue(view: ContractView, kind: str, key: str, day: date) -> bool:
    """Whether documents of a kind of duty state what is otherwise of ``key`` from ``day``, and none told it.

    Where no document counts yet, the first will say what holds on its day.
    """
    documents = view.speaking(kind)
    if not documents:
        return any(_later(view, form, key, day) for form in view.forms_for(kind, Whole)[:1])
    told = [(one, _later(view, view.forms[one.form], key, day)) for one in documents]
    stating = [(one, later) for one, later in told if later]
    return bool(stating) and not any(_announced(view, one, key, later) for one, later in stating)


def _later(view: ContractView, form: FormFace, key: str, day: date) -> Mapping[str, str]:
    """What the form states otherwise of ``key`` from ``day``: label → text."""
    before = _stated(view, form, called=day - _DAY).get(key)
    after = _stated(view, form, called=day).get(key)
    if before is None or after is None:
        return {}
    return {label: text for label, text in after.items() if not same_text(before.get(label, ""), text)}


def _announced(view: ContractView, document: Submission, key: str, later: Mapping[str, str]) -> bool:
    """Whether the document told it before: what holds from that day, or after the last change ahead."""
    form, statement, told = view.forms[document.form], statement_of(document), view.told(document)
    if statement is None or told is None or key not in form.announces(statement, view.facts):
        return False
    held, last = told.stated.get(key, {}), _stated(view, form, announced=True).get(key, {})
    return all(
        any(same_text(held.get(label, ""), one) for one in (text, last.get(label, "")))
        for label, text in later.items()
    )


def _stated(view: ContractView, form: FormFace, **how: Any) -> Stated:
    case = Case(view.facts, view.catalogue, view.contract, view.day, comparing=True, **how)
    try:
        return form.gather(case).stated
    except MissingFactsError:
        return NOTHING
