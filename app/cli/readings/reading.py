"""annex read: any text of an annex or contract, clause by clause, with what each asks; nothing is written."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import has_ledger, open_ledger
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.annexes.reading.examples.following import Followed, Following
    from app.annexes.reading.listing import Entry
    from app.annexes.reading.model import Document, Reading
    from app.annexes.reading.review.model import Review
    from app.annexes.reading.understanding.proposing import Proposal
    from app.annexes.reading.understanding.understood import Understanding
    from app.exchange.annexes.reading import ReadFile

STANDARD_INPUT = Path("-")
_SHOWN = 40
"""Characters of a text in a table for people."""
_DOUBT = "？"
"""Behind what is not sure."""
_LIKELY = 0.5
"""From this confidence on a moment is told: a clause without any would be due at no time."""


def read(wanted: Wanted) -> int:
    """The documents and paragraphs of a file, or of what comes through the pipe, and what they ask."""
    from app.annexes.reading.examples.following import read_on
    from app.annexes.reading.listing import entries

    found = read_text(wanted.file)
    examples = _examples(wanted)
    with Steps() as progress:
        following = read_on(found.reading, examples, progress)
    held = entries(found.reading)
    for sentence in found.told:
        put_error(sentence)
    if wanted.json:
        put_json([_entry(found.reading, entry, at, following) for at, entry in enumerate(held, 1)])
        return 0
    for document in found.reading.documents:
        if document.title or document.parties.vendor:
            put_line(_described(document))
    rows = [_row(found.reading, entry, following) for entry in held]
    put_table(("条項", "見出し", "義務", "時期", "文章"), rows, "条項はありません。")
    for sentence in _summary(following):
        put_line(sentence)
    return 0


def read_text(path: Path) -> ReadFile:
    """What is read of a file, or of the pipe where it is ``-``. Raises ``PeopleError`` in one sentence."""
    from app.exchange.annexes.reading import read_data, read_file
    from app.exchange.sheets.limits import LARGEST_FILE

    with Steps() as progress:
        if path != STANDARD_INPUT:
            return read_file(path, progress)
        if sys.stdin is None:
            raise PeopleError("標準入力がありません。ファイルの名前を指定してください。")
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise PeopleError("標準入力が大きすぎます。特記事項の部分だけを取り出して指定してください。")
        return read_data(data, "標準入力", progress)


def documents_told(review: Review) -> list[str]:
    """In a sentence, from which documents of a text the clauses come and what to do for those that were left
    out; none where all came in."""
    from app.exchange.readings.bringing import taken_from

    taken, left = ("".join(f"「{name}」" for name in names) for names in taken_from(review))
    if not left:
        return []
    return [
        f"条項は{taken}から取りました。{left}の条項は含めていません。"
        "含めるときは、画面の「特記事項」で開き、「題名・当事者」でその文書の条項を戻してください。"
    ]


def documents_json(review: Review) -> dict[str, list[str]]:
    """The same as fields."""
    from app.exchange.readings.bringing import taken_from

    taken, left = taken_from(review)
    return {"documents": [*taken], "left_out": [*left]}


def _examples(wanted: Wanted) -> Sequence[Any]:
    """The ledger's examples where one is named: without a ledger a text can be read all the same."""
    if not has_ledger(wanted):
        return ()
    from app.exchange.readings.examples import examples_of

    with open_ledger(wanted, Product()) as ledger:
        return examples_of(ledger.facts())


def _entry(reading: Reading, entry: Entry, at: int, following: Following) -> dict[str, Any]:
    """A paragraph with what was found in it. ``nothing_found``: neither a duty nor a reason for none,
    which is not that nothing is asked."""
    document = reading.documents[entry.document]
    if entry.paragraph < 0:
        return {
            "number": None,
            "paragraph": at,
            "heading": "",
            "text": entry.text,
            "kinds": [],
            "when": [],
            "parameters": {},
            "role": entry.role.value,
            "document": document.title,
        }
    held, understood = reading.paragraphs[entry.paragraph], following.understood[entry.paragraph]
    followed = following.followed.get(entry.paragraph)
    lead = reading.paragraphs[held.lead] if held.lead >= 0 else None
    told = bool(understood.kinds or understood.silent)
    return {
        "number": held.number,
        "paragraph": at,
        "heading": held.heading,
        "text": held.text,
        "kinds": [
            {
                "kind": one.kind,
                "confidence": round(one.confidence, 2),
                "because": _because(one, followed, lead.number if lead else ""),
            }
            for one in understood.kinds
        ],
        # Where nothing was found, "nothing to do" would be said by nobody.
        "when": [one.when for one in understood.moments if one.confidence >= _LIKELY] if told else [],
        "parameters": _parameters(understood),
        "role": "clause",
        "document": document.title,
        "lead": lead.number if lead else None,
        "conditions": list(held.options),
        "silent": understood.silent,
        "nothing_found": not told,
    }


def _because(proposal: Proposal, followed: Followed | None, lead: str) -> str:
    """The words that led to it, or whom it follows."""
    if followed is not None and proposal.kind in followed.example.kinds:
        return followed.because
    words = dict.fromkeys(one.words for one in proposal.evidence)
    if words:
        return "".join(f"「{word}」" for word in words)
    return f"{lead}の続き" if lead else "見出し"


def _parameters(understood: Understanding) -> Mapping[str, Any]:
    """What the words set, as an annex file has it: for all kinds, or in a table of one kind."""
    from app.annexes.own.drafting import set_parameter

    kinds = [one.kind for one in understood.kinds]
    clause: dict[str, Any] = {"kinds": kinds}
    common: dict[str, Any] = {}
    for one in understood.settings:
        if not one.kind:
            common[one.name] = one.value
        elif one.kind in kinds:
            set_parameter(clause, one.kind, one.name, one.value)
    own: dict[str, Any] = clause.get("parameters", {})
    return common | own


def _described(document: Document) -> str:
    """A document by its title, with the words for both sides where it has clauses."""
    from app.annexes.reading.model import DocumentKind

    title = document.title or "（題名なし）"
    if document.kind is DocumentKind.FORM:
        return f"{title}：様式（条項ではありません）"
    client, vendor = (
        "・".join(words) or "（不明）" for words in (document.parties.client, document.parties.vendor)
    )
    return f"{title}：発注者は「{client}」、受注者は「{vendor}」"


def _row(reading: Reading, entry: Entry, following: Following) -> tuple[str, str, str, str, str]:
    from app.annexes.kinds import When, kind_label
    from app.annexes.reading.listing import ROLES
    from app.annexes.reading.review.model import SURE

    whole = entry.text.replace("\n", " ")
    text = whole if len(whole) <= _SHOWN else f"{whole[: _SHOWN - 1]}…"
    if entry.paragraph < 0:
        return f"（{ROLES[entry.role]}）", "", "", "", text
    held, understood = reading.paragraphs[entry.paragraph], following.understood[entry.paragraph]
    kinds = [kind_label(one.kind) + ("" if one.confidence >= SURE else _DOUBT) for one in understood.kinds]
    when = [
        When(one.when).label + ("" if one.confidence >= SURE else _DOUBT)
        for one in understood.moments
        if kinds and one.confidence >= _LIKELY
    ]
    nothing = understood.silent or "（見つかりません）"
    return held.number, held.heading, "・".join(kinds) or nothing, "・".join(when), text


def _summary(following: Following) -> list[str]:
    """What a reader of the table has to know of it."""
    from app.annexes.reading.review.model import SURE

    doubtful = sum(any(kind.confidence < SURE for kind in one.kinds) for one in following.understood)
    unfound = sum(not one.kinds and not one.silent for one in following.understood)
    told = []
    if doubtful:
        told.append(
            f"「{_DOUBT}」の付いた義務は確かではありません（{doubtful}条項）。条文を確かめてください。"
        )
    if unfound:
        told.append(
            f"{unfound}条項には義務が見つかりませんでした。義務がないという意味ではないため、条文を確かめてください。"
        )
    if following.followed:
        told.append(f"{len(following.followed)}条項は、前に直した条項に倣いました。")
    return told
