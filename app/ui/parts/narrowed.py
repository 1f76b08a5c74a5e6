"""What stands where a list is narrowed to nothing: that it is, and the way back.

An empty table reads as if there were nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable

from app.ui.parts.widgets import Empty, button

NOTHING_FITS = "あてはまるものはありません"
_WIDEN = "絞り込みを解除"


def nothing_fits(rest: str, widen: Callable[[], object]) -> Empty:
    """The sentence, and the button that takes the narrowing back. ``rest``: what is shown then."""
    said = f"絞り込みの条件や検索の言葉に合う{rest}はありません。解除すると、{rest}がすべて表示されます。"
    widened = button(_WIDEN, widen, hint=f"{rest}をすべて表示します", name=f"{rest}の{_WIDEN}")
    return Empty(NOTHING_FITS, said, widened)
