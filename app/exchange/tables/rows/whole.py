"""What is asked of a whole row: one that is not shown, lined out, or nothing but a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from app.exchange.sheets.book import Cell
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Problem


def _question(asks: Asks, reason: str, advice: str, row: int) -> Problem:
    return Problem(row, "", "", reason, advice, certain=False, asks=asks)


LINED_OUT = partial(
    _question,
    Asks.LINED_OUT,
    "この行には取消し線が引かれています。",
    "取り込むときは取消し線を外し、取り込まないときは行を削除してください。",
)
HIDDEN = partial(
    _question,
    Asks.HIDDEN,
    "この行は非表示です。",
    "取り込むときは再表示し、取り込まないときは行を削除してください。",
)
UNFILLED = partial(
    _question,
    Asks.UNFILLED,
    "番号のほかに記入がありません。",
    "使っていない番号なら行を削除し、使っているなら内容を書いてください。",
)


def hidden(held: Mapping[int, Cell], columns: Sequence[Column]) -> bool:
    """Whether the row is not shown, apart from columns that are not."""
    unseen = {column.number for column in columns if column.hidden}
    seen = [cell for number, cell in held.items() if number not in unseen]
    return bool(seen) and all(cell.hidden for cell in seen)


def lined_out(held: Mapping[int, Cell]) -> bool:
    """Whether the whole row is lined out; where only some of its cells are, those are asked about."""
    return bool(held) and all(cell.struck for cell in held.values())


def text(held: Mapping[int, Cell]) -> str:
    """All that the row says."""
    return " ".join(cell.shown.strip() for cell in held.values())
