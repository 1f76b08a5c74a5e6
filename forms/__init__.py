"""The printed forms, one module each."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from app.duties.papers.claims import check_claims
from forms.form import Form

_SHARED = ("asking", "binder", "breached", "denied", "form", "layout", "parts")


def all_forms() -> Mapping[str, Form[Any]]:
    """Every form by its id, in the order of module names. Raises as ``form_in`` and ``check_claims`` do."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _SHARED)
    forms = [form_in(f"{__name__}.{name}") for name in modules]
    check_claims(forms)
    return {form.id: form for form in forms}


def form_in(module: str) -> Form[Any]:
    """The form of a module.

    Raises ``TypeError`` or ``ValueError`` naming the module, and the record, field or kind of duty that it
    names and that does not exist.
    """
    try:
        form: Form[Any] = import_module(module).FORM
    except (TypeError, ValueError) as error:
        raise type(error)(f"{module}: {error}") from error
    if form.id.replace("-", "_") != module.rpartition(".")[2]:
        raise ValueError(f"{module}: its form is called {form.id!r}")
    return form
