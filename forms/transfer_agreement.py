"""授受方法取決め書: who hands over to whom, on what, how, and how it is recorded; both sign it."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Grid, Sheet, Text
from app.records import Person, Statement, TransferAgreement
from forms.form import Form
from forms.layout.both_sides import both_sides
from forms.layout.copies import copies
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, always, field
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.people import department_of
from forms.parts.texts import lines

_KEPT = ("発注者保管用", "受注者保管用")
_UNTIL_THE_END = "契約期間の終了まで"


def _in_force(case: Case) -> tuple[TransferAgreement, ...]:
    """The agreement in force on the day, the newest of several."""
    held = [
        one
        for one in case.facts.of(TransferAgreement, "contract", case.contract.id)
        if one.agreed_on <= case.day and (one.ends_on is None or case.day <= one.ends_on)
    ]
    return tuple(sorted(held, key=lambda one: (one.agreed_on, one.id))[-1:])


def _people(case: Case, agreed: TransferAgreement) -> list[Person]:
    held = (case.facts.find(Person, row.person) for row in agreed.persons)
    return [person for person in held if person]


def _names(case: Case, agreed: TransferAgreement) -> str:
    """The vendor's people by name: that somebody changes the department makes no agreement wrong."""
    return "、".join(person.name for person in _people(case, agreed))


_ON = field(TransferAgreement, "agreed_on")
_OWN: Cell[TransferAgreement] = Cell("自社の授受担当者", _names)
_THEIRS = field(TransferAgreement, "client_persons", needed=always)
_MEDIA = field(TransferAgreement, "media", needed=always)
_METHODS = field(TransferAgreement, "methods", needed=always)
_RECORD = field(TransferAgreement, "record_kept", needed=always)
_UNTIL = field(TransferAgreement, "ends_on", label="有効期間", otherwise=_UNTIL_THE_END)


def _facts(paper: Paper[TransferAgreement]) -> dict[str, Any]:
    (agreed,), (entry,) = paper.things, paper.entries
    people = ("　".join(filter(None, (department_of(p), p.name))) for p in _people(paper.case, agreed))
    return {"agreed": {**entry, _OWN.label: lines(*people)}}


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A sheet for each side to keep: what was agreed, then a column for each side to sign."""
    held, contract = statement.facts["agreed"], statement.facts["letter"]["contract"]
    client, vendor = contract["client_label"], contract["vendor_label"]
    rows = (
        (f"{client}の授受担当者", held[_THEIRS.label]),
        (f"{vendor}の授受担当者", held[_OWN.label]),
        *((cell.label, held[cell.label]) for cell in (_MEDIA, _METHODS, _RECORD)),
        (_ON.label, held[_ON.label], _UNTIL.label, held[_UNTIL.label]),
    )
    sentence = "　上記の契約に係る情報資産の授受の方法を、次のとおり取り決めます。"
    signed = "　この取決めの証として本書２通を作成し、双方が署名の上、それぞれ１通を保管します。"
    blocks: tuple[Block, ...] = (
        Text(sentence, align="justify", before=4, after=4),
        Grid(rows, size=10, label=0.2),
        both_sides(signed, client, vendor),
    )
    return copies((register_sheet(statement, FORM.title, blocks),), *_KEPT)


FORM = Form(
    id="transfer-agreement",
    title="授受方法取決め書",
    proves=(Whole("transfer-method"),),
    about=About(
        TransferAgreement,
        _in_force,
        empty="この契約の、書類の日付に有効な授受方法の取決めがありません。取決めを登録してください。",
    ),
    entry=(_ON, _OWN, _THEIRS, _MEDIA, _METHODS, _RECORD, _UNTIL),
    needs=(need(TransferAgreement, "persons"),),
    facts=_facts,
    draw=draw,
)
