"""Wrong passphrases and codes: counted until the ledger is next opened, with a wait after several.

The count lies among the settings of this computer, so that leaving the program does not end the waiting. It
tells the officer that somebody tried; whoever may write those settings can also take it away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app.preferences import Json, Preferences

FREE = 3
"""Wrong tries without waiting: a person's own slips."""
LONGEST_WAIT = 30
"""Seconds; more would keep out the officer rather than who tries thousands."""


class Tries:
    """The wrong tries on one ledger since it was last opened."""

    def __init__(self, preferences: Preferences, ledger: Path, now: Callable[[], datetime]) -> None:
        self._preferences = preferences
        self._number, self._last = f"wrong tries {ledger}", f"last wrong try {ledger}"
        self._now = now

    @property
    def number(self) -> int:
        """How many there were."""
        return max(0, self._preferences.number(self._number))

    def wrong(self) -> int:
        """Count one more; return the seconds to wait before the next."""
        number = self.number + 1
        self._set(number, self._now().isoformat(timespec="minutes"))
        return wait_after(number)

    def opened(self) -> str:
        """Begin to count anew; return the sentence about those there were, empty for none."""
        number, last = self.number, self._preferences.text(self._last)
        if not number:
            return ""
        self._set(0, "")
        return (
            f"前回開いてから、誤ったパスフレーズか回復コードが{number}回入力されました{_when(last)}。"
            "心当たりがなければ、設定でパスフレーズを変更してください。"
        )

    def _set(self, number: int, last: str) -> None:
        held: dict[str, Json] = {self._number: number, self._last: last}
        self._preferences.set(**held)


def wait_after(number: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if number < FREE else min(LONGEST_WAIT, 2 ** min(number - FREE, 8))


def _when(text: str) -> str:
    try:
        last = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"（最後は{last.month}月{last.day}日 {last:%H:%M}）"
