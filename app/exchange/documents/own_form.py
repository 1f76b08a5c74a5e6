"""Issuing in the client's own form: the filled file goes out, and the archive keeps a record of it beside it.

The record is a PDF of ours with number, verification code and journal head: what holds the archive together
stays the same whatever the client's file looks like. It says of itself that it is not what is handed in.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from app.common import PeopleError
from app.duties.papers.settings import setting_of
from app.exchange.documents.composing import title_of
from app.printing.blocks import Block, Column, Document, End, Gap, Grid, Mark, Sheet, Table, Text, Title
from app.printing.type.fonts import missing_characters
from app.printing.type.words import DRAFT
from app.records import Contract, PaperSetting, Statement
from app.records.paper_setting import PaperPlace

if TYPE_CHECKING:
    from datetime import date

    from app.duties.case import Case, FormFace
    from app.exchange.filling.filler import Filled
    from app.exchange.filling.values import Names, Placement
    from app.ledger.door import Ledger
    from app.records import Facts, Submission

OWN_FORM = "own_form"
"""Where a statement keeps which file of the client it was put into, and where each fact went."""
_RECORD = "発注者の様式による書類の記録"
_NOTE = (
    "　提出する書類は、発注者の様式のファイルに次のとおり記入したものです。"
    "この記録は、記入した内容を台帳に残すためのもので、提出する書類ではありません。"
)
_TICKED = "チェックあり"
_LONG = 4
"""Characters from which a text within another is no chance."""
_NAMED = 2
"""Texts by which one thing is called in a message."""
Blob = Callable[[str], bytes]
"""SHA-256 of a file → its bytes, as the ledger keeps them."""


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The client's file that a document is put into: its hash, its name, and the placements."""

    file: str
    name: str
    placements: tuple[Placement, ...]

    @property
    def suffix(self) -> str:
        """``.docx`` or ``.xlsx``."""
        return PurePath(self.name).suffix.lower()

    @classmethod
    def of_setting(cls, setting: PaperSetting) -> OwnForm:
        """What a setting says."""
        from app.exchange.filling.values import Placement

        placed = (Placement(row.place, row.name, row.when) for row in setting.places)
        return cls(setting.own_file, setting.own_file_name, tuple(placed))

    @classmethod
    def of_statement(cls, statement: Statement) -> OwnForm | None:
        """What an issued document was put into; None for one in our own form."""
        from app.exchange.filling.values import Placement

        held: Mapping[str, Any] | None = statement.facts.get(OWN_FORM)
        if held is None:
            return None
        return cls(held["file"], held["name"], tuple(Placement(*one) for one in held["placements"]))

    def stated(self) -> dict[str, Any]:
        """As a statement keeps it."""
        placed = [[one.place, one.name, one.when] for one in self.placements]
        return {"file": self.file, "name": self.name, "placements": placed}


def suffix_of(document: Submission) -> str:
    """The ending of the file that is handed in; empty for a document in our own form."""
    if not document.filled:
        return ""
    own = OwnForm.of_statement(Statement.from_canonical(document.statement))
    return own.suffix if own is not None else ""


def own_form_of(facts: Facts, contract: int, form: str, day: date) -> OwnForm | None:
    """The client's file that papers of ``day`` go into; None where the contract has none for the form."""
    held = facts.find(Contract, contract)
    setting = setting_of(facts, held, form, day) if held is not None else None
    return OwnForm.of_setting(setting) if setting is not None and setting.own_file else None


def keep_form(
    ledger: Ledger,
    contract: int,
    form: str,
    day: date,
    file: tuple[bytes, str],
    placements: Iterable[Placement],
) -> PaperSetting:
    """Keep a file (bytes, name) with its places for papers from ``day`` on; what else was set for them stays.

    A setting that began on an earlier day stays as it was: papers of its days go on printing by it.
    Raises ``LedgerError``, and ``PeopleError`` for a file in which nothing would be put.
    """
    from app.exchange.filling.filler import inspect
    from app.exchange.filling.values import EMPTY, NAMED

    placements = tuple(placements)
    placed = any(one.name != EMPTY for one in placements)
    if not placed and not any(one.kind == NAMED for one in inspect(*file).places):
        raise PeopleError(_blank(file[1]))
    facts = ledger.facts()
    held = setting_of(facts, facts.get(Contract, contract), form, day)
    data, name = file
    digest = hashlib.sha256(data).hexdigest()
    made = replace(
        held or PaperSetting(contract=contract, form=form, starts_on=day),
        own_file=digest,
        own_file_name=name,
        places=tuple(PaperPlace(place=one.place, name=one.name, when=one.when) for one in placements),
    )
    files, reason = {digest: data}, f"発注者の様式「{name}」の登録"
    if held is not None and held.starts_on == day:
        return ledger.change(made, files, reason=reason)
    return ledger.add(replace(made, id=0, revision=0, starts_on=day), files, reason=reason)


def put_into(form: FormFace, statement: Statement, own: OwnForm) -> Statement:
    """The statement, telling into which file it goes. Raises ``PeopleError`` where that holds one thing only.

    A client's file has one place for each fact: of papers that have a sheet for each record, each needs one.
    """
    if _apart(form, statement):
        raise PeopleError(
            f"発注者の様式「{own.name}」の{form.title}は、対象1件ごとに発行します。対象を1件選んでください。"
        )
    return replace(statement, facts={**statement.facts, OWN_FORM: own.stated()})


def one_sheet(form: FormFace, case: Case, statement: Statement) -> Statement:
    """What goes into one file: of papers that have a sheet for each record, that of the first."""
    if not _apart(form, statement):
        return statement
    return form.gather(replace(case, only=statement.subjects[:1]))


def cases_of(form: FormFace, case: Case, statement: Statement) -> tuple[Case, ...]:
    """One case for each file that the document needs."""
    if not _apart(form, statement):
        return (case,)
    return tuple(replace(case, only=(one,)) for one in statement.subjects)


def _apart(form: FormFace, statement: Statement) -> bool:
    """Whether each record has a sheet of its own."""
    count = len(statement.subjects)
    return count > 1 and len(form.draw(statement)) == count


def _blank(name: str) -> str:
    return (
        f"発注者の様式「{name}」には、記入する項目が一つもありません。"
        "記入する場所に「{契約番号}」のように項目の名前を書くか、場所と項目を割り当ててください。"
    )


def filled_with(own: OwnForm, names: Names, blob: Blob) -> Filled:
    """The client's file with the facts in their places. Raises ``PeopleError``, also where none has a place.

    What is filed as handed in fulfils the duty: of a file that says nothing it would be an empty sheet.
    """
    from app.exchange.filling.filler import fill, inspect

    filled = fill(inspect(blob(own.file), own.name), names, own.placements)
    if not any(one.text for one in filled.put):
        raise PeopleError(_blank(own.name))
    return filled


def filled_for(
    form: FormFace, statement: Statement, blob: Blob, number: str = "", mark: Mark | None = None
) -> Filled | None:
    """The file of a document, or None for one in our own form.

    A draft says so where its number would stand, and on its pages wherever that is. Raises ``PeopleError``
    for whatever keeps it from being filled.
    """
    from app.exchange.documents.names import Printed, names_of
    from app.exchange.filling.drafts import marked

    own = OwnForm.of_statement(statement)
    if own is None:
        return None
    printed = (
        Printed(number, mark.code, f"{mark.sequence}:{mark.head}") if mark else Printed(DRAFT, DRAFT, DRAFT)
    )
    filled = filled_with(own, names_of(form, statement, printed), blob)
    if mark is None:
        filled = marked(filled, DRAFT)
    return replace(filled, unfilled=(*filled.unfilled, *unsaid(statement, filled)))


def unsaid(statement: Statement, filled: Filled) -> Iterator[str]:
    """What the ledger counts as told by the document, and the file nowhere says.

    Each thing is looked for by those of its texts that no other has; where all are shared it is not judged.
    Only what was put there counts, and of a short text only the whole: the form's own words (作業場所) would
    seem to tell of any place where 作業 is done.
    """
    put = {"".join(one.text.split()) for one in filled.put}
    said = "".join(put)

    def is_told(text: str) -> bool:
        whole = "".join(text.split())
        return whole in put or (len(whole) >= _LONG and all(word in said for word in text.split()))

    shared = Counter(text for entry in statement.stated.values() for text in set(entry.values()))
    for entry in statement.stated.values():
        own = [text for text in entry.values() if text.strip() and shared[text] == 1]
        if own and not any(map(is_told, own)):
            yield f"「{'・'.join(own[:_NAMED])}」は、様式のどこにもありません。"


def record_of(
    form: FormFace, statement: Statement, filled: Filled, author: str, number: str, mark: Mark
) -> Document:
    """The PDF that the archive keeps with the filled file."""
    own = OwnForm.of_statement(statement)
    if own is None:
        raise ValueError("the document is in our own form")
    carried = any(mark.code in one.text for one in filled.put)
    rows = (
        ("書類名", title_of(form, statement)),
        ("様式のファイル", own.name),
        ("様式のSHA-256", own.file),
        ("提出するファイルのSHA-256", filled.sha256),
        (
            "照合コード",
            "提出するファイルに記載" if carried else "提出するファイルには記載なし（この記録にのみ記載）",
        ),
    )
    blocks: list[Block] = [
        Text(f"文書番号　{number}", align="right", size=9.5),
        Title(_RECORD),
        Text(_NOTE, align="justify", after=6),
        Grid(tuple((label, _shown(text)) for label, text in rows), size=9, label=0.28),
    ]
    placed = tuple(
        (_shown(one.where), _shown(one.name), _TICKED if one.is_tick else one.text) for one in filled.put
    )
    blocks += _section("記入した内容", _table(placed))
    blocks += _section("記入していない箇所", _lines(filled.unfilled))
    blocks += _section("確かめる箇所", _lines(filled.remarks))
    sheet = Sheet((*blocks, End()), _RECORD)
    return Document(f"{title_of(form, statement)}　{number}", (sheet,), number, author, mark, statement.on)


def _table(rows: tuple[tuple[str, str, str], ...]) -> tuple[Block, ...]:
    columns = (Column("場所", 3), Column("項目", 2.5), Column("内容", 5))
    return (Table(columns, rows, size=8.5),) if rows else ()


def _lines(told: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Text(f"・{_shown(one)}", size=9, indent=1, hang=1) for one in told)


def _section(title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    held = blocks or (Text("なし", size=9, indent=1),)
    return (Gap(2), Text(title, bold=True, before=4, after=2, leads=True), *held)


def _shown(text: str) -> str:
    """What a client's file says, with a mark for what no font of ours has: it is their word, not ours."""
    text = text.replace("\t", " ")
    for character in missing_characters(text):
        text = text.replace(character, "〓")
    return text
