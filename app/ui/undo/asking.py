"""Taking back one change: what it was is said first; of a part, what goes back, what stays and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.context import Context
from app.ui.parts.dialogs import sentences
from app.ui.targets import ShowDone

if TYPE_CHECKING:
    from app.ledger.undoing.queue import Done
    from app.ledger.undoing.values import Undoing

AT_ONCE = 200
"""Records up to which one does not wait; more are looked at and written in the worker."""


def newest(context: Context, *, redo: bool = False) -> Done | None:
    """What Ctrl+Z takes back (``redo``: what Ctrl+Y does again); None where there is nothing."""
    return next(iter(context.ledger.done(1, redo=redo)), None)


def undo_newest(context: Context, *, redo: bool = False) -> None:
    """Take back the newest change that can be, or do again what was taken back last, after saying what."""
    found = newest(context, redo=redo)
    if found is not None:
        undo(context, found)
    elif redo:
        context.dialogs.tell("やり直せる操作がありません。", "やり直せるのは、元に戻した操作です。")
    else:
        context.dialogs.tell(
            "元に戻せる操作がありません。", "書類の発行と無効、既に元に戻した操作は、元に戻せません。"
        )


def undo(context: Context, done: Done) -> None:
    """Take back one change after asking, and say so."""
    number, title = done.number, f"{done.title}：内容を確かめています"
    _work(
        context, done.count, title, lambda: context.ledger.undoing(number), partial(_ask, context, done.over)
    )


def _ask(context: Context, over: bool, shown: Undoing) -> None:
    if not shown.back:
        _tell_why(context, shown)
    elif _agreed(context, shown, over=over):
        done = partial(_written, context)
        _work(context, len(shown.back), shown.title, lambda: context.ledger.undo(shown), done)


def _agreed(context: Context, shown: Undoing, *, over: bool) -> bool:
    from app.ui.undo.partial_dialog import PartialDialog
    from app.work.undo_words import quoted, when

    if shown.stays:
        return context.dialogs.show(PartialDialog(shown))
    done = shown.done
    detail = [f"{when(done)}の操作です（{done.count}件、{done.officer}）。"]
    if over:
        detail.append("これより後に、元に戻せない操作（書類の発行など）があります。それはそのまま残ります。")
    if done.redo:
        detail.append("やり直したことも履歴に残ります。")
        return context.dialogs.ask(f"{quoted(done)}をやり直しますか？", "やり直す", detail="\n".join(detail))
    detail.append("元に戻したことも履歴に残ります。")
    return context.dialogs.ask(f"{quoted(done)}を元に戻しますか？", "元に戻す", detail="\n".join(detail))


def _tell_why(context: Context, shown: Undoing) -> None:
    from app.work.undo_words import quoted

    deed = "やり直せません" if shown.done.redo else "元に戻せません"
    why = sentences(list(dict.fromkeys(one.why for one in shown.stays)))
    if context.dialogs.ask(
        f"{quoted(shown.done)}は{deed}。", "ほかの操作を選ぶ…", detail=why, no="閉じる", grave=True
    ):
        context.navigate(ShowDone())


def _written(context: Context, shown: Undoing) -> None:
    from app.work.undo_words import quoted

    deed = "やり直しました" if shown.done.redo else "元に戻しました"
    if shown.stays:
        part, rest = len(shown.back), len(shown.stays)
        context.say(f"{quoted(shown.done)}のうち{part}件を{deed}。{rest}件は今のまま残っています。")
    else:
        context.say(f"{quoted(shown.done)}を{deed}。")


def _work(
    context: Context,
    count: int,
    title: str,
    work: Callable[[], Undoing],
    then: Callable[[Undoing], None],
) -> None:
    """Do something at once, or in the worker where it takes long; tell of what people can act on."""
    if count > AT_ONCE:
        context.operations.run(lambda _progress: work(), then, title=title)
        return
    made: list[Undoing] = []
    if context.attempt(lambda: made.append(work())):
        then(made[0])
