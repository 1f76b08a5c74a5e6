"""Whether words on record state a thing, or state that there is none yet."""

from __future__ import annotations

import re

from app.duties.holding.parties import folded

_NOTHING = re.compile(
    r"(特に)?(なし|無し|無|ない|無い|不明|未定|[-―ー・/]+)|未(設定|実施|導入|確認|対応|整備|返却|返還|了).*"
    r"|(検討|確認|準備|調整|手配)中.*|.*(予定|する見込み)"
)
_IN_VAIN = re.compile(
    r"効果(は|が)?(なし|無し|ない|無い|(見|み|認め)られ(ず|ない))|不十分|改善され(ず|な|て(い)?な)"
)


def states(text: str) -> bool:
    """Whether ``text`` says what was done; なし, 未設定 and 検討中 say that nothing was."""
    plain = folded(text).rstrip("。")
    return bool(plain) and _NOTHING.fullmatch(plain) is None


def pending(text: str) -> bool:
    """Whether ``text`` says that it is still to be done; that there was nothing to do is no such word."""
    plain = folded(text).rstrip("。")
    return plain not in _EMPTY and not states(text)


def worked(text: str) -> bool:
    """Whether ``text`` tells of an effect that was found, not that there was none."""
    return states(text) and _IN_VAIN.search(folded(text)) is None


_EMPTY = frozenset({"", "なし", "無し", "無", "ない", "無い", "特になし", "特に無し"})
