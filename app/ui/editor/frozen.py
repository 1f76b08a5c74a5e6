"""Fields that the editor shows without letting them be changed, or not at all: the program wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FROZEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "submission": ("number", "form", "title", "contract", "issued_on", "code", "pdf"),
        "attachment": ("file_name",),
        "breach_handling": ("contract", "annex", "clause", "since"),
    }
)
HIDDEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "submission": ("statement", "head", "head_sequence"),
        "attachment": ("record_kind", "record_id"),
        "breach_handling": ("record_kind", "record_id"),
    }
)
"""What a document states and where it hangs in the journal is for the program; a page shows the document."""
