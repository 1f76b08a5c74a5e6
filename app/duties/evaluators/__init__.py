"""One evaluator for each kind of duty: a module here declares it, and nothing else names it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType

from app.annexes.kinds import KINDS
from app.duties.evaluators.evaluator import Evaluator


def collect(modules: Iterable[ModuleType]) -> Mapping[str, Evaluator]:
    """Kind → its evaluator, in the order of the kinds.

    Raises ``TypeError`` naming a kind that is judged twice or by nobody: a duty that no evaluator judges
    would be left out of every list and never be missed.
    """
    found: dict[str, Evaluator] = {}
    declared = (one for module in modules for one in vars(module).values() if isinstance(one, Evaluator))
    for one in declared:
        if found.setdefault(one.kind, one) is not one:
            raise TypeError(f"two evaluators judge {one.kind}")
    duties = {kind.name for kind in KINDS.values() if not kind.shown_only}
    if wrong := duties ^ set(found):
        raise TypeError(f"kinds without an evaluator, or evaluators of no kind: {sorted(wrong)}")
    return MappingProxyType({kind: found[kind] for kind in KINDS if kind in found})


EVALUATORS = collect(import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
"""Kind → its evaluator."""
