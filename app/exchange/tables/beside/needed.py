"""What no column says and some record needs: asked once for all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from app.exchange.coming_in.planner import ImportPlan
from app.exchange.tables.beside.beside import NOT_GIVEN, Beside
from app.exchange.tables.beside.words import OTHERS, path_of, words_with
from app.records import Spec, fields_of
from app.records.kinds import Choice, Rows


def lacking(
    plan: ImportPlan,
    entries: Mapping[int, Mapping[str, Any]],
    besides: Sequence[Beside],
    there: Collection[str | None],
) -> tuple[str, ...]:
    """The paths of fields that some record needs and that no column fills, those of other types as well.

    ``entries``: what each row says; ``there``: the paths that columns fill.
    """
    known = words_with(plan.spec).targets
    found: dict[str, None] = {}
    for problem in plan.problems:
        bare = ".".join(part for part in problem.field.split(".") if not part.isdecimal())
        if bare in there:
            continue
        if problem.sentence.endswith(NOT_GIVEN):
            found |= dict.fromkeys(inner(plan.spec, bare))
            continue
        # The result of a disposal is needed once it was done: one word may hold for all rows.
        chosen = bare in known and isinstance(known[bare].field.kind, Choice)
        if chosen and not _said(entries.get(problem.row, {}), problem.field):
            found[bare] = None
    found |= dict.fromkeys(_beside(besides, there))
    return tuple(path for path in found if path in known)


def inner(spec: Spec[Any], name: str) -> tuple[str, ...]:
    """The paths to be given for a field: of nested rows, of which one is needed, those of such a row."""
    field = next((one for one in spec.fields if one.name == name), None)
    if field is None or not isinstance(field.kind, Rows):
        return (name,)
    return tuple(f"{name}.{one.name}" for one in fields_of(field.kind.of) if one.required)


def _said(entry: Any, path: str) -> Any:
    """What an entry says at a path; None for nothing."""
    for part in path.split("."):
        if isinstance(entry, list):
            entry = entry[int(part) - 1] if int(part) <= len(entry) else None
        else:
            entry = entry.get(part) if isinstance(entry, Mapping) else None
    return entry


def _beside(besides: Sequence[Beside], there: Collection[str | None]) -> Iterator[str]:
    for one in besides:
        names = {name for other in OTHERS.values() for o in other if o.kind == one.kind for name in o.names}
        for problem in one.plan.problems:
            path = path_of(one.kind, problem.field)
            if problem.sentence.endswith(NOT_GIVEN) and problem.field in names and path not in there:
                yield path
