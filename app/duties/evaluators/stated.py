"""Whether words on record state a thing, or state that there is none yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.duties.holding.parties import folded
from app.duties.verdict import Lack, open_record
from app.records import Record

_SHORT = 30
_NOTHING = re.compile(
    r"(特に)?(なし|無し|無|ない|無い|不明|未定|[-―ー・/]+)|未(設定|実施|導入|確認|対応|整備|返却|返還|了).*"
    r"|(検討|確認|準備|調整|手配)中.*|.*(予定|する見込み)"
)
_TO_COME = re.compile(
    r"検討(する|し(ます|たい|ていく|ている)|いたし|致し|中|予定|を(行|進)|の(上|うえ))"
    r"|来(年|月|週|期)|翌(年|月|期)|今後|後日|予定|見込み|未定|不明|(分|わ)から(ない|ず|ん)|(分|わ)かりません"
)
"""Words by which a sentence speaks of what is to come or of what nobody knows, whatever else it says."""
_IN_VAIN = re.compile(
    r"効果(は|が)?(なし|無し|ない|無い|(見|み|認め)られ(ず|ない))|不十分|改善され(ず|な|て(い)?な)"
)


def states(text: str) -> bool:
    """Whether ``text`` says what was done; なし, 未設定 and 検討中 say that nothing was."""
    plain = folded(text).rstrip("。")
    return bool(plain) and _NOTHING.fullmatch(plain) is None


def settled(text: str) -> bool:
    """Whether ``text`` says what was done and no word of it leaves it to a later day or to a guess."""
    return states(text) and _TO_COME.search(folded(text)) is None


def undecided(text: str) -> bool:
    """Whether ``text`` is no plain word of what was done: it may be a plan, or say that nobody knows."""
    return bool(text.strip()) and not settled(text)


def unclear(record: Record, what: str, text: str) -> Iterator[Lack]:
    """The doubt about words of ``record`` that may be a plan; ``what`` they are, as people call it."""
    if undecided(text):
        line = " ".join(text.split())
        told = line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
        yield Lack(
            f"{what}「{told}」は、済んだことかこれからのことかが分かりません。",
            f"{what}は、予定や検討ではなく、済んだことを確かめて記録してください。",
            record.spec.name,
            record.id,
            step=open_record(record),
        )


def pending(text: str) -> bool:
    """Whether ``text`` says that it is still to be done; that there was nothing to do is no such word."""
    plain = folded(text).rstrip("。")
    return plain not in _EMPTY and not settled(text)


def worked(text: str) -> bool:
    """Whether ``text`` tells of an effect that was found, not that there was none."""
    return settled(text) and _IN_VAIN.search(folded(text)) is None


_EMPTY = frozenset({"", "なし", "無し", "無", "ない", "無い", "特になし", "特に無し"})
