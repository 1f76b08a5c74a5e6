"""What stands where nothing has been judged yet: a nought or an empty list would be taken for the answer."""

from __future__ import annotations

from app.ui.parts.widgets import Empty

WAITING = "確認しています…"
UNKNOWN = "…"
"""In the place of a number or a state that is not known yet."""


def waiting() -> Empty:
    """In the place of a list that is not reckoned yet."""
    return Empty(WAITING, "台帳の記録から、義務の状態と期限を判定しています。")
