"""廃棄・消去証明書: that what was disposed of is gone completely, item by item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Disposal, Statement, Submission, stated_key
from app.records.attachment import AttachmentKind
from app.records.disposal import DisposalLine
from forms.denied import ANSWERED
from forms.form import Form
from forms.layout.photos import in_line, numbers_beside, photo_blocks, photos_of, stated_photos
from forms.parts.about import About
from forms.parts.cells import Cell, entry_of, field, register
from forms.parts.disposed import (
    CERTIFIED,
    COLUMNS,
    ITEM,
    PHOTOS,
    Item,
    done_by,
    method_in_short,
    responsible_of,
    result_of,
)
from forms.parts.enclosures import enclosures
from forms.parts.letter import annex_sheet, letter_sheet, under
from forms.parts.paper import Paper
from forms.parts.texts import NONE, quantity, unique

_INFORMATION = "個人情報"
_MOST_ROWS = 8
_SIX_ITEMS = (
    Column("情報項目", 24),
    Column("媒体名", 12, fit=True),
    Column("数量", 9, "right", fit=True),
    Column("廃棄又は消去の方法", 24),
    Column("責任者", 15),
    Column("廃棄又は消去の年月日", 16, fit=True),
)
"""機密保持及び個人情報保護に関する特記事項第7条第5項: what a certificate names, in its order."""
_PAPERS = (AttachmentKind.RECEIPT, AttachmentKind.CONSENT)


def _done(case: Case) -> list[Disposal]:
    """The disposals of the contract done by the day, by day.

    What is asked for by name and has not happened yet is named as missing, never left out in silence.
    """
    done = done_by(case)
    asked = case.facts.of(Disposal, "contract", case.contract.id) if case.only and not case.comparing else ()
    return [*done, *(one for one in asked if one not in done and stated_key(one) in case.only)]


def _certified(case: Case) -> set[str]:
    """What certificates carry that were neither voided nor sent back, submitted or not."""
    found: set[str] = set()
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form == FORM.id and submission.voided_on is None and submission.sent_back_on is None:
            told = case.facts.told(submission)
            found.update(told.subjects if told else ())
    return found


def _lines(_case: Case, disposal: Disposal) -> str:
    return "、".join(
        f"{line.item}　{line.medium}　{quantity(line.quantity, line.unit)}（{result_of(disposal, line)}）"
        for line in disposal.lines
    )


def _facts(paper: Paper[Disposal]) -> dict[str, Any]:
    case, chosen = paper.case, paper.things
    items: list[Item] = [(disposal, line) for disposal in chosen for line in disposal.lines]
    summed = _summed(case, items)
    held = photos_of(case, chosen)
    photos = [photo for disposal in chosen for photo in in_line(held, disposal.id, disposal.lines)]
    # With the line on the rest below them, the rows still leave the witness on the first page.
    shown = len(summed) if len(summed) <= _MOST_ROWS else _MOST_ROWS - 1
    return {
        "information": paper.rests.word("information", _INFORMATION),
        "rows": summed[:shown],
        "more": len(summed) - shown,
        "items": [
            {
                **entry_of(ITEM, case, item),
                PHOTOS.label: numbers_beside(photos, item[0].id, item[1]) or NONE,
            }
            for item in items
        ],
        "witness": list(unique(disposal.witness for disposal in chosen)),
        "photos": stated_photos(photos),
        "enclosures": ["別紙　廃棄・消去の明細", *enclosures(case.facts, chosen, _PAPERS)],
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The certificate with its six items, then the sheet of items across."""
    held = statement.facts
    content: tuple[Block, ...] = (Table(_SIX_ITEMS, tuple(tuple(row) for row in held["rows"])),)
    if held["more"]:
        content += (Text(f"　ほか{held['more']}件は、別紙のとおりです。", before=3),)
    sentence = (
        f"{under(statement)}下記の契約に係る{held['information']}のうち次に掲げるもののすべてを、"
        "完全に廃棄し又は消去して、読み取りも復元もできない状態にしたことを証明します。"
    )
    content += (Text(_witnessed(held), before=3),)
    sections = (("廃棄又は消去の内容", content),)
    letter = letter_sheet(statement, FORM.title, sentence, sections, close=True)
    return letter, _detail(statement)


def _witnessed(held: Mapping[str, Any]) -> str:
    """Who saw it; where nobody did, that is said, and that there are photographs where there are."""
    if held["witness"]:
        return f"　立会人　{'、'.join(held['witness'])}"
    if not held["photos"]:
        return "　立会いなし"
    whole = all(item[PHOTOS.label] != NONE for item in held["items"])
    return f"　立会いなし（{'実施の写真は' if whole else '写真のあるものは、'}別紙のとおり）"


def _detail(statement: Statement) -> Sheet:
    held = statement.facts
    photos = photo_blocks(held["photos"])
    return annex_sheet(statement, "廃棄・消去の明細", (register(COLUMNS, held["items"]), *photos))


def _summed(case: Case, items: list[Item]) -> list[list[str]]:
    """What has ended, summed: like lines together, and over items where there are still too many."""
    done = [(disposal, line) for disposal, line in items if disposal.ended(line)]
    summed = _sum(case, done, lambda line: line.item)
    return summed if len(summed) <= _MOST_ROWS else _sum(case, done, lambda _line: "")


def _sum(case: Case, items: list[Item], apart: Callable[[DisposalLine], str]) -> list[list[str]]:
    """Rows of the six items: lines alike in medium, unit, method, person and day, and in ``apart``."""
    groups: dict[tuple[str, ...], list[DisposalLine]] = {}
    for disposal, line in items:
        who, day = responsible_of(case, disposal), wareki(disposal.done_on)
        method = method_in_short(case, (disposal, line))
        alike = (apart(line), line.medium, line.unit, method, who, day)
        groups.setdefault(alike, []).append(line)
    rows = []
    for (_, medium, unit, method, who, day), found in groups.items():
        first, *others = unique(line.item for line in found)
        item = f"{first}ほか{len(others)}項目" if others else first
        total = quantity(sum(line.quantity for line in found), unit)
        rows.append([item, medium, total, method, who, day])
    return rows


FORM = Form(
    id="disposal-certificate",
    title="廃棄・消去証明書",
    proves=(Each("disposal-certificate"), Each("disposal"), Each("witness")),
    about=About(Disposal, _done, settled=_certified, past=True),
    entry=(
        field(Disposal, "done_on", label="廃棄又は消去の年月日"),
        field(Disposal, "method", label="廃棄又は消去の方法"),
        Cell("責任者", responsible_of),
        Cell("明細", _lines),
        field(Disposal, "witness"),
    ),
    needs=(*CERTIFIED, *ANSWERED),
    facts=_facts,
    draw=draw,
)
