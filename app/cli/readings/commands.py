"""Which deed of ``annex`` on a text is which function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.cli.arguments import Wanted
from app.cli.readings.learning import bring_examples, examples, learn, write_examples
from app.cli.readings.reading import read
from app.cli.readings.revising import revise

DEEDS: Mapping[str, Callable[[Wanted], int]] = MappingProxyType(
    {
        "read": read,
        "revise": revise,
        "learn": learn,
        "examples": examples,
        "export-examples": write_examples,
        "import-examples": bring_examples,
    }
)
