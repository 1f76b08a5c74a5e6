"""The recovery sheet: the one page on paper that opens a ledger when everything else is lost."""

from __future__ import annotations

from datetime import date

from app.printing import blocks as b
from app.records.days import wareki

TITLE = "台帳の回復シート"

_USE = (
    "パスフレーズを忘れたとき、又は台帳の隣にある鍵ファイル（.jutaku-key）を失ったときに、受託台帳の起動画面で「回復コードで開く」を選び、"
    "上の回復コードを入力してください。台帳のファイルとこの用紙だけで開くことができます。",
    "数字の0と1は、英字のO、I、Lと読み違えて入力しても受け付けます。区切りの記号は省略できます。",
)
_KEEP = (
    "この用紙を持つ者は、パスフレーズを知らなくても台帳を開くことができます。"
    "金庫又は施錠した保管庫に保管し、台帳のあるPCとは別の場所に置いてください。",
    "写真に撮ること、電子メールで送ること、クラウドに保存することは避けてください。",
    "パスフレーズを変更しても、この用紙はそのまま使えます。",
)


def recovery_sheet(ledger: str, made_on: date, officer: str, code: str) -> b.Document:
    """The sheet for the ledger called ``ledger``; ``code`` in groups, set apart by hyphens or spaces."""
    groups = code.replace("-", " ").split()
    middle = (len(groups) + 1) // 2
    lines = ["　".join(groups[:middle]), "　".join(groups[middle:])]
    sheet: tuple[b.Block, ...] = (
        b.Title(TITLE),
        b.Gap(4),
        b.Grid((("台帳", ledger), ("作成日", wareki(made_on)), ("担当者", officer))),
        b.Gap(8),
        b.Item("１", "回復コード"),
        b.Gap(3),
        *(b.Text(line, align="center", size=20, bold=True, before=4, after=4) for line in lines),
        b.Gap(6),
        b.Item("２", "使うとき"),
        *_paragraphs(_USE),
        b.Gap(3),
        b.Item("３", "保管のしかた"),
        *_paragraphs(_KEEP),
        b.Gap(6),
        b.Item("４", "保管の記録"),
        b.Gap(2),
        b.Grid((("保管場所", ""), ("保管を始めた日", b.BLANK_DATE), ("保管者の氏名", ""))),
    )
    # An empty number: neither a numbered document nor a draft.
    return b.Document(TITLE, (b.Sheet(sheet, TITLE),), number="", author="受託台帳")


def recovery_pdf(ledger: str, made_on: date, officer: str, code: str) -> bytes:
    """The sheet as a PDF file. Raises ``MissingGlyph`` for a name that no font can print."""
    from app.printing.proof.reading import proof_read
    from app.printing.render import render

    document = recovery_sheet(ledger, made_on, officer, code)
    pdf = render(document)
    proof_read(pdf, document)
    return pdf


def _paragraphs(texts: tuple[str, ...]) -> tuple[b.Text, ...]:
    return tuple(b.Text(text, indent=1.5, before=2, align="justify") for text in texts)
