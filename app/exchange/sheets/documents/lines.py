"""Any document as its lines; what it is decides who reads it."""

from __future__ import annotations

from collections.abc import Iterator

from app.common import PeopleError
from app.exchange.sheets.book import Sheet
from app.file_kinds import FileKind, kind_of


def sheets(name: str, data: bytes, told: list[str]) -> Iterator[Sheet]:
    """The pages or sheets of the file called ``name``; ``told`` takes a sentence for what is not read.

    Raises ``PeopleError`` for what holds no text that can be read.
    """
    kind = kind_of(data, name)
    if kind is FileKind.WORD:
        from app.exchange.sheets.documents import word

        yield word.sheet(data, name, told)
    elif kind is FileKind.PDF:
        from app.exchange.sheets.documents import pdf

        yield from pdf.sheets(data, told)
    elif kind.is_book:
        from app.exchange.sheets.excel import workbook

        yield from workbook.sheets(data)
    elif kind is FileKind.OLD_BOOK and data.startswith(b"\xd0\xcf"):
        from app.exchange.sheets.excel import old_workbook

        yield from old_workbook.sheets(data)
    else:
        raise PeopleError(_refusal(kind))


def _refusal(kind: FileKind) -> str:
    """What a file is of which no text can be read, and what to do with it."""
    if kind is FileKind.EMPTY:
        return "中身が空です。別のファイルを指定してください。"
    if kind is FileKind.LOCKED:
        return f"{kind.label}です。パスワードを外して保存し直すか、文章を貼り付けてください。"
    if kind is FileKind.PICTURE:
        return f"{kind.label}です。文字を打ち直すか、文章を貼り付けてください。"
    if kind in (FileKind.OLD_WORD, FileKind.OPEN_TEXT, FileKind.RICH_TEXT):
        return f"{kind.label}です。Wordで開いて「.docx」で保存し直すか、文章を貼り付けてください。"
    if kind is FileKind.PAGE:
        return f"{kind.label}です。ブラウザーで開き、表示された文章を選んでコピーし、貼り付けてください。"
    return (
        f"{kind.label}です。特記事項の文章を読めるのは、Word文書（.docx）、文字の入ったPDF、"
        "Excelブック（.xlsx）、テキスト（.txt）です。"
    )
