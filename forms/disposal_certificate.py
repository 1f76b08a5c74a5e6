"""廃棄・消去証明書: that what was disposed of is gone completely, item by item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.duties.case import Case
from app.printing.blocks import Block, Column, Gap, KeepTogether, Photo, Sheet, Table, Text, Title
from app.printing.type.wareki import wareki
from app.records import Disposal, Statement, Submission
from app.records.attachment import AttachmentKind
from app.records.disposal import DisposalLine, LineResult
from forms.form import Form
from forms.parts.basis import basis
from forms.parts.disposed import ask, line_entry, responsible_of
from forms.parts.enclosures import attached, enclosures
from forms.parts.letter import letter, letter_sheet, under
from forms.parts.pictures import by_hash
from forms.parts.texts import NONE, or_none, quantity, unique
from forms.parts.wanted import Wanted

_ID, _TITLE = "disposal-certificate", "廃棄・消去証明書"
_KINDS = ("disposal-certificate", "disposal", "witness")
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
_DETAIL = (
    Column("№", 3, "center", fit=True),
    Column("廃棄番号", 6, "center", fit=True),
    Column("情報項目", 12),
    Column("媒体名", 7),
    Column("数量", 5, "right", fit=True),
    Column("製造番号等", 8, fit=True),
    Column("廃棄又は消去の方法", 11),
    Column("使用したソフト・機器（版）", 10),
    Column("準拠した基準（版）", 9),
    Column("確認の方法・結果", 10),
    Column("実施者・確認者", 14),
    Column("実施場所", 9),
    Column("年月日", 8, "center", fit=True),
)
_PICTURES = (".png", ".jpg", ".jpeg")
_PAPERS = (AttachmentKind.RECEIPT, AttachmentKind.CONSENT)


def gather(case: Case) -> Statement:
    """The disposals that no certificate carries yet, or those asked for. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    done = [d for d in case.facts.of(Disposal, "contract", case.contract.id) if d.done_on <= case.day]
    done.sort(key=lambda disposal: (disposal.done_on, disposal.id))
    certified = set() if case.only else _certified(case)
    chosen = [d for d in done if _key(d) not in certified and (not case.only or _key(d) in case.only)]
    wanted.need(
        chosen,
        "証明書を作成していない廃棄・消去がありません。"
        if done
        else "この契約の廃棄・消去の記録がありません。廃棄・消去を登録してください。",
        "disposal",
    )
    for disposal in chosen:
        ask(case, disposal, wanted)
    stated = {_key(d): _stated(case, d) for d in chosen}
    subjects = tuple(stated)
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated, subjects=subjects)
    rests = basis(case, ("disposal-certificate",))
    records = [("disposal", disposal.id) for disposal in chosen]
    summed = _summed(case, chosen)
    # With the line on the rest below them, the rows still leave the witness on the first page.
    shown = len(summed) if len(summed) <= _MOST_ROWS else _MOST_ROWS - 1
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, rests),
        "information": rests.word("information", _INFORMATION),
        "rows": summed[:shown],
        "more": len(summed) - shown,
        "items": [list(line_entry(case, d, line).values()) for d in chosen for line in d.lines],
        "witness": list(unique(d.witness for d in chosen)),
        "photos": [
            {"sha256": photo.data, "title": photo.title}
            for photo in attached(case.facts, records, (AttachmentKind.PHOTO,))
            if photo.file_name.lower().endswith(_PICTURES)
        ],
        "enclosures": ["別紙　廃棄・消去の明細", *enclosures(case.facts, records, _PAPERS)],
    }
    return wanted.checked(
        Statement(
            _ID,
            case.contract.id,
            case.day,
            facts=facts,
            stated=stated,
            subjects=subjects,
        )
    )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The certificate with its six items, then the sheet of items across."""
    held = statement.facts
    information = held["information"]
    content: tuple[Block, ...] = (Table(_SIX_ITEMS, tuple(tuple(row) for row in held["rows"])),)
    if held["more"]:
        content += (Text(f"　ほか{held['more']}件は、別紙のとおりです。", before=3),)
    sentence = (
        f"{under(statement)}下記の契約に係る{information}のうち次に掲げるもののすべてを、"
        "完全に廃棄し又は消去して、読み取りも復元もできない状態にしたことを証明します。"
    )
    content += (Text(f"　立会人　{'、'.join(held['witness']) or NONE}", before=3),)
    sections = (("廃棄又は消去の内容", content),)
    return (letter_sheet(statement, _TITLE, sentence, sections), _detail(statement))


def _detail(statement: Statement) -> Sheet:
    held = statement.facts
    rows = tuple((str(number), *row) for number, row in enumerate(held["items"], 1))
    photos = tuple(
        KeepTogether((Gap(3), Photo(by_hash(photo["sha256"]) or b"", photo["title"])))
        for photo in held["photos"]
    )
    contract = held["letter"]["contract"]
    blocks: tuple[Block, ...] = (
        Text("別紙", align="right"),
        Title("廃棄・消去の明細"),
        Text(f"契約件名　{contract['title']}（契約番号　{contract['number']}）", size=9, after=4),
        Table(_DETAIL, rows, size=7.5),
        *photos,
    )
    return Sheet(blocks, "別紙　廃棄・消去の明細", landscape=True)


def _key(disposal: Disposal) -> str:
    return f"disposal:{disposal.id}"


def _certified(case: Case) -> set[str]:
    """What certificates carry that were neither voided nor sent back, submitted or not."""
    found: set[str] = set()
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form == _ID and submission.voided_on is None and submission.sent_back_on is None:
            told = case.facts.told(submission)
            found.update(told.subjects if told else ())
    return found


def _summed(case: Case, chosen: list[Disposal]) -> list[list[str]]:
    """What was completed, summed: like lines together, and over items where there are still too many."""
    lines_done = [(d, line) for d in chosen for line in d.lines if line.result == LineResult.DONE]
    summed = _sum(case, lines_done, lambda line: line.item)
    if len(summed) > _MOST_ROWS:
        summed = _sum(case, lines_done, lambda _line: "")
    return summed


def _sum(
    case: Case, held: list[tuple[Disposal, DisposalLine]], apart: Callable[[DisposalLine], str]
) -> list[list[str]]:
    """Rows of the six items: lines alike in medium, unit, method, person and day, and in ``apart``."""
    groups: dict[tuple[str, ...], list[DisposalLine]] = {}
    for disposal, line in held:
        who, day = responsible_of(case, disposal), wareki(disposal.done_on)
        alike = (apart(line), line.medium, line.unit, disposal.method, who, day)
        groups.setdefault(alike, []).append(line)
    rows = []
    for (_, medium, unit, method, who, day), found in groups.items():
        first, *others = unique(line.item for line in found)
        item = f"{first}ほか{len(others)}項目" if others else first
        total = quantity(sum(line.quantity for line in found), unit)
        rows.append([item, medium, total, method, who, day])
    return rows


def _stated(case: Case, disposal: Disposal) -> dict[str, str]:
    return {
        "廃棄又は消去の年月日": wareki(disposal.done_on),
        "廃棄又は消去の方法": disposal.method,
        "責任者": responsible_of(case, disposal),
        "明細": "、".join(
            f"{line.item}　{line.medium}　{quantity(line.quantity, line.unit)}（{line.result}）"
            for line in disposal.lines
        ),
        "立会人": or_none(disposal.witness),
    }


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
