"""The printed forms, one module each."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module

from forms.form import Form

_SHARED = ("form", "parts")


def all_forms() -> Mapping[str, Form]:
    """Every form by its id, in the order of their module names."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _SHARED)
    forms: list[Form] = [import_module(f"{__name__}.{name}").FORM for name in modules]
    return {form.id: form for form in forms}
