"""Examples of how paragraphs were settled, in the window: kept, written out, taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.common import PeopleError, Progress
from app.records import OwnAnnex
from app.ui.context import Context

if TYPE_CHECKING:
    from app.exchange.readings.examples import Taken

_FILES = "読取りの見本 (*.json)"
_NAME = "読取りの見本.json"
_WHOLE = (
    "条文を入れないと、ほかの台帳でも同じ条文や似た条文を見分けられますが、条文は読めません。"
    "ただし、同じ条文を持っている人には、その条文の見本があることが分かります。"
)


def learn(context: Context, record: OwnAnnex) -> bool:
    """Keep what was corrected in an annex that was read from a text; True: it has begun."""

    def work(_progress: Progress) -> Taken:
        from app.exchange.readings.examples import corrected, keep, plan

        found = corrected(record)
        if not found:
            raise PeopleError(
                f"「{record.title}」第{record.version}版に、読取りから直した条項はありません。"
                "読取りの画面で条項を直して保存すると、見本にできます。"
            )
        taken = plan(context.ledger.facts(), found, record.title)
        keep(context.ledger, taken, f"「{record.title}」で直した条項を見本に登録")
        return taken

    context.operations.run(work, lambda taken: _say(context, taken), title="見本の登録")
    return True


def write_out(context: Context) -> None:
    """Put the examples into a file; the wording only where it is said so."""
    whole = context.dialogs.ask(
        "見本のファイルに、発注者の条文も入れますか？",
        "条文も入れる",
        no="条文を入れない",
        detail=_WHOLE,
        # What Enter and Esc do must never hand a client's text to somebody else.
        grave=True,
    )
    path = context.dialogs.save_file("読取りの見本を書き出す", _NAME, _FILES)
    if path is None:
        return
    path = path if path.suffix else path.with_suffix(".json")

    def work(_progress: Progress) -> int:
        from app.exchange.readings.examples import write_out as written

        return written(context.ledger.facts(), path, with_text=whole)

    held = "条文を含みます" if whole else "条文は含みません"

    def done(count: int) -> None:
        context.say(f"見本{count}件を「{path.name}」に書き出しました（{held}）。")

    context.operations.run(work, done, title="見本の書出し")


def take_in(context: Context) -> None:
    """Take examples out of a file."""
    chosen = context.dialogs.open_files("読取りの見本を取り込む", _FILES)
    if not chosen:
        return
    path: Path = chosen[0]

    def work(_progress: Progress) -> Taken:
        from app.exchange.readings.examples import keep, plan, read_in

        found, source = read_in(path)
        taken = plan(context.ledger.facts(), found, source)
        keep(context.ledger, taken, f"「{path.name}」の見本の取込み")
        return taken

    context.operations.run(work, lambda taken: _say(context, taken), title="見本の取込み")


def _say(context: Context, taken: Taken) -> None:
    context.say(
        f"読取りの見本：新規{len(taken.new)}件、変更{len(taken.changed)}件、登録済み{taken.same}件。"
        "次の読取りから、同じ条文と似た条文で倣います。"
    )
