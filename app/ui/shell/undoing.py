"""元に戻す: says what the last change was before it takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.common import PeopleError
from app.ui.context import Context

if TYPE_CHECKING:
    from app.ledger.writing import ChangeSet

_MOST_NAMED = 3
_NAMED_BY_REASON = ("add", "change")
"""Of these the reason says what was done; of all others, why."""


def described(context: Context, change: ChangeSet) -> str:
    """What ``change`` was, as 「要員 佐藤」の登録; an act by its own name, as 「退職　佐藤（7件）」."""
    from app.ledger.content.history import OPERATIONS

    if change.reason and change.operation in _NAMED_BY_REASON:
        return f"「{change.reason}」"
    names = [_name(context, kind, record_id) for kind, record_id in sorted(change.changed)]
    shown = "".join(f"「{name}」" for name in names[:_MOST_NAMED])
    rest = f"ほか{len(names) - _MOST_NAMED}件" if len(names) > _MOST_NAMED else ""
    return f"{shown}{rest}の{OPERATIONS.get(change.operation, '変更')}"


def ask_undo(context: Context) -> str:
    """Ask, take back the last change of this session, and return what to say; empty if nothing was done."""
    change = context.last
    if change is None:
        context.dialogs.tell(
            "元に戻せる操作がありません。",
            "元に戻せるのは、この画面を開いてから行った登録・変更・取消しです。",
        )
        return ""
    what = described(context, change)
    if not context.dialogs.ask(
        f"{what}を元に戻しますか？", "元に戻す", detail="元に戻したことも履歴に残ります。"
    ):
        return ""
    try:
        context.undo()
    except PeopleError as error:
        context.dialogs.warn(error.sentence)
        return ""
    return f"{what}を元に戻しました。"


def _name(context: Context, kind: str, record_id: int) -> str:
    from app.records import SPECS

    spec = SPECS[kind]
    record = context.facts().named(kind, record_id) or context.ledger.get(spec.cls, record_id)
    title = context.facts().title(record)
    return spec.label if title == spec.label else f"{spec.label} {title}"
