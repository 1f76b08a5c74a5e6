"""How long printing takes, against ReportLab's Paragraph and LongTable doing the same in the same run.

Both sides set the same words on the same paper in the same font. Ours writes PDF/A-2b; the baseline
writes plain PDF, loses indents and hangs marks over the rules of cells: it is a measure of time only.
Proof-reading, which includes the validation as PDF/A, is shown apart: the baseline has nothing like it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from io import BytesIO
from typing import Any

from app.printing import blocks as b
from app.printing.proof import proof_read
from app.printing.render import render

_NAMES = ("渡邊　齋一郎", "髙﨑　美咲", "栁田　德次郎", "佐々木　幸子", "長谷川　健太")
_PARTS = (
    "情報システム部運用第一課",
    "データ入力センター（本社）",
    "再委託先：株式会社北斗データサービス 入力チーム",
)
_WORK = (
    "住民税課税資料の入力及び照合",
    "封入封緘業務、発送管理",
    "電算処理システムの運用・保守（媒体の管理を含む。）",
)


@dataclass(frozen=True, slots=True)
class Work:
    """A job to measure: its name, how often, and the document."""

    name: str
    times: int
    document: b.Document


def _document(title: str, *sheets: b.Sheet) -> b.Document:
    return b.Document(title, sheets, "2026-0001", "株式会社北斗データ", b.Mark("0" * 20, "0" * 64, 1))


def _letter_head(title: str) -> tuple[b.Block, ...]:
    return (
        b.Title(title),
        b.Text("令和8年11月20日", "right", after=8),
        b.Addressee(("（宛先）君津市長",)),
        b.Submitter(
            (("所在地", "千葉県君津市久保二丁目13番1号"), ("代表者職氏名", "代表取締役　渡邊　齋一郎")),
            None,
            1,
        ),
        b.Text(
            "　令和８年度住民税課税資料入力業務委託契約（契約番号：第2026-0417号）に係る個人情報取扱"
            "特記事項の規定により、当該業務の処理のために貸与された個人情報及び記録媒体について、"
            "下記のとおり報告します。",
            "justify",
        ),
        b.Ki(),
    )


def _table(count: int, size: float) -> b.Table:
    heads = (
        ("番号", 9),
        ("氏名", 26),
        ("フリガナ", 27),
        ("生年月日", 27),
        ("所属", 40),
        ("役割", 24),
        ("従事する業務の内容", 44),
        ("従事開始日", 24),
        ("備考", 46),
    )
    rows = tuple(
        (
            str(n),
            _NAMES[n % 5],
            "ワタナベ サイイチロウ",
            f"平成{n % 20 + 1}年{n % 12 + 1}月{n % 28 + 1}日",
            _PARTS[n % 3],
            "個人情報保護管理者" if n % 7 == 0 else "作業従事者",
            _WORK[n % 3],
            "令和8年4月1日",
            "12月末で交代予定。後任は別途届出" if n % 4 == 0 else "",
        )
        for n in range(1, count + 1)
    )
    return b.Table(tuple(b.Column(title, width) for title, width in heads), rows, size)


def certificate() -> b.Document:
    """One page: letter head, six lines, closing items."""
    table = _table(6, 7)
    body = (
        *_letter_head("個人情報等廃棄・消去証明書"),
        b.Item("１", "内容"),
        table,
        b.Item("２", "立会者"),
        b.End(),
    )
    return _document("証明書", b.Sheet(body, "証明書"))


def oaths(count: int) -> b.Document:
    """A batch of oaths, one sheet each."""
    duty = (
        "　業務上知り得た個人情報及び秘密を、在職中はもとより退職後においても、"
        "第三者に漏らし、又は不当な目的に使用しません。"
    )
    return _document(
        "誓約書",
        *(
            b.Sheet(
                (
                    *_letter_head("個人情報の取扱いに関する誓約書"),
                    *(b.Text(duty, "justify", after=4) for _ in range(5)),
                    b.Text(f"氏名　{_NAMES[n % 5]}　第{n}号"),
                ),
                f"誓約書{n}",
            )
            for n in range(count)
        ),
    )


def register(count: int) -> b.Document:
    """A register of ``count`` rows on landscape paper."""
    return _document("名簿", b.Sheet((b.Title("従事者名簿"), _table(count, 8)), "名簿", landscape=True))


def baseline(document: b.Document) -> bytes:
    """The same words by Paragraph and LongTable."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    story: list[Any] = []
    for sheet in document.sheets:
        story += [flowable for block in sheet.blocks for flowable in _flowables(block)]
        story.append(PageBreak())
    out = BytesIO()
    size = landscape(A4) if document.sheets[0].landscape else A4
    SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=43,
        rightMargin=43,
        topMargin=62,
        bottomMargin=62,
        initialFontName=_fonts()[0],
    ).build(story)
    return out.getvalue()


def _flowables(block: b.Block) -> Iterator[Any]:
    from reportlab.lib import colors
    from reportlab.platypus import LongTable, Paragraph

    from app.printing.words import texts

    if not isinstance(block, b.Table):
        yield from (Paragraph(escape(text), _style(10.5)) for text in texts(block))
        return
    total = sum(column.width for column in block.columns)
    room = 755.0 if total > 200 and block.size == 8 else 508.0
    style = _style(block.size)
    rows = [[column.title for column in block.columns], *block.rows]
    yield LongTable(
        [[Paragraph(escape(text), style) for text in row] for row in rows],
        colWidths=[column.width * room / total for column in block.columns],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.4, colors.black)],
    )


def _style(size: float) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"s{size}", fontName=_fonts()[0], fontSize=size, leading=size * 1.5, wordWrap="CJK")


@cache
def _fonts() -> tuple[str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    data = resources.files("resources").joinpath("fonts", "BIZUDMincho-Regular.ttf").read_bytes()
    font = TTFont("baseline", BytesIO(data))
    font.face.name = b"Baseline"  # under its own name ReportLab would hand out the font of the program
    pdfmetrics.registerFont(font)
    return ("baseline",)


def line(work: Work) -> str:
    """Measure one job; the figures are medians in seconds."""
    ours, proofs, theirs = [], [], []
    for _ in range(work.times):
        start = time.perf_counter()
        printed = render(work.document)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        proof_read(printed, work.document)
        proofs.append(time.perf_counter() - start)
        start = time.perf_counter()
        baseline(work.document)
        theirs.append(time.perf_counter() - start)
    mine, proof, other = (statistics.median(figures) for figures in (ours, proofs, theirs))
    return (
        f"{work.name:<20}{mine:>9.3f} s{proof:>9.3f} s{other:>9.3f} s"
        f"{other / mine:>9.1f} x{other / (mine + proof):>9.1f} x\n"
    )


def run(works: Iterable[Work]) -> None:
    """Print one line per job. A first page each is printed before: fonts are loaded once per process."""
    render(certificate())
    baseline(certificate())
    heads = ("printed", "proof-read", "ReportLab", "ratio", "with proof")
    sys.stdout.write(" " * 20 + "".join(f"{head:>11}" for head in heads) + "\n")
    for work in works:
        sys.stdout.write(line(work))


def main(arguments: list[str]) -> int:
    """Measure a certificate, 200 oaths in one batch and a register of 2,000 rows."""
    parser = argparse.ArgumentParser(description="printing against ReportLab's Paragraph and LongTable")
    parser.add_argument("--quick", action="store_true", help="one tenth of the work, once")
    quick = parser.parse_args(arguments).quick
    part, times = (10, 1) if quick else (1, 3)
    run(
        (
            Work("certificate", 1 if quick else 9, certificate()),
            Work(f"{200 // part} oaths", times, oaths(200 // part)),
            Work(f"register {2000 // part} rows", times, register(2000 // part)),
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
