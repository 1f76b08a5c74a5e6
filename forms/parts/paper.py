"""What the texts of a document are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.duties.case import Case
from forms.parts.basis import Basis

T = TypeVar("T")


@dataclass(frozen=True)
class Paper(Generic[T]):
    """The case, the ``things`` that the document is about, what it states of each, and what it rests on."""

    case: Case
    things: tuple[T, ...]
    entries: tuple[Mapping[str, str], ...]
    rests: Basis
