"""How a workbook says that this program wrote it: then every text in it is meant as it stands.

In a register of an office 同上 and － are signs; in what the ledger wrote out they are what was recorded.
"""

from __future__ import annotations

from app.exchange.sheets.book import Book

MARK_SHEET = "受託台帳"
MARK = "受託台帳から書き出したブックです。このシートを消さないでください。"
ID = "id"
ID_LABEL = "受託台帳の記録番号"
"""Over the column by which a record without a number of its own is found again: no register calls one so."""

REST_PLACE, REST_STATE, REST_WHY, REST_TODO = (
    f"【{MARK_SHEET}】{title}" for title in ("元のシートと行", "状態", "理由", "直し方")
)
"""Over the columns that say of rows saved for mending where they stood and what was asked of them."""
REST_COLUMNS = (REST_PLACE, REST_STATE, REST_WHY, REST_TODO)
CONFIRM = "要確認（確かめたらこの欄を消す）"
"""In the column of the state of a row of which something was asked that cannot be seen in that workbook."""


def is_own(book: Book) -> bool:
    """Whether this program wrote the book."""
    marks = [sheet for sheet in book.sheets if sheet.hidden and sheet.name == MARK_SHEET]
    return any(cell.value == MARK for sheet in marks for cell in sheet.cells)
