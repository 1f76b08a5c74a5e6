"""Papers for tests of the engine: forms of the product, or new ones, that ask and print nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Claim
from app.printing.blocks import Sheet
from app.records import Contract, Record, Statement
from forms import all_forms
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import Cell, record_of
from forms.parts.paper import Paper


def _no_facts(_paper: Paper[Any]) -> dict[str, Any]:
    return {}


def _no_sheets(_statement: Statement) -> tuple[Sheet, ...]:
    return ()


def plain(form: Form[Any]) -> Form[Any]:
    """The form as it is declared, but it asks for nothing and leaves out nothing that was dealt with before.

    What it proves, what it is about and states, and under which keys, stay the form's own.
    """
    return replace(
        form,
        about=replace(form.about, settled=None) if form.about else None,
        entry=tuple(replace(cell, needed=None) for cell in form.entry),
        needs=(),
        changes=None,
        head=None,
        facts=_no_facts,
        draw=_no_sheets,
    )


FORMS: Mapping[str, Form[Any]] = MappingProxyType({name: plain(form) for name, form in all_forms().items()})


def paper(
    name: str,
    title: str,
    *claims: Claim,
    about: type[Record] | About[Any] = Contract,
    entry: tuple[Cell[Any], ...] = (),
) -> Form[Any]:
    """A form of a test about every record of a type that names the contract; it states their titles."""

    def held(case: Case) -> tuple[Record, ...]:
        return case.facts.of(chosen.record, "contract", case.contract.id)

    def title_of(case: Case, thing: Any) -> str:
        return case.facts.title(record_of(thing))

    chosen = about if isinstance(about, About) else About(about, held)
    return Form(
        id=name,
        title=title,
        proves=claims,
        about=chosen,
        entry=(Cell("名称", title_of), *entry),
        facts=_no_facts,
        draw=_no_sheets,
        head=None,
    )
