"""Days as official documents write them; the eras themselves are kept in records."""

from __future__ import annotations

from app.records.days import wareki

__all__ = ["wareki"]
