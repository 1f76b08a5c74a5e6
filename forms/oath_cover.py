"""誓約書送付書: the signed oaths that are handed in together, those of a sub-contractor's workers apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.duties.case import Case
from app.duties.papers.claims import Each, claim_of
from app.printing.blocks import Column, Sheet, Table, Text
from app.records import Oath, Person, Statement, Subcontractor
from app.records.oath import OathKind
from app.records.person import Employment
from forms.form import Form
from forms.layout.oaths import covers
from forms.parts.about import About
from forms.parts.again import standing
from forms.parts.cells import Cell
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.people import department_of, on_contract
from forms.parts.texts import day_text, or_none

_OATH = "oath"
_ENCLOSED = "誓約書"
_OWN = (
    Column("№", 6, "center"),
    Column("氏名", 26, fit=True),
    Column("所属", 40),
    Column("署名日", 22, "center", fit=True),
)
_SUBCONTRACTED = (
    Column("№", 6, "center"),
    Column("氏名", 22, fit=True),
    Column("再委託先", 30),
    Column("署名日", 21, "center", fit=True),
    Column("当社の受領日", 21, "center", fit=True),
)


class Sworn(NamedTuple):
    """Somebody, and the oath for the contract that is handed in. Statements call it by the person."""

    person: Person
    oath: Oath

    @property
    def record(self) -> Person:
        """The record by which statements call it: an oath counts as handed in for whoever signed it."""
        return self.person


def _sworn(case: Case) -> Iterator[Sworn]:
    """The last oath that each has signed by the day, by name; leavers' too, whose oaths may still be owed."""
    now, ended = on_contract(case)
    for one in (*now, *ended):
        held = [
            oath
            for oath in case.facts.of(Oath, "person", one.person.id)
            if covers(case, oath, OathKind.STARTING)
            and oath.signed_on is not None
            and oath.signed_on <= case.day
        ]
        if held:
            yield Sworn(one.person, max(held, key=lambda oath: (oath.signed_on or case.day, oath.id)))


def _handed_in(case: Case) -> set[str]:
    """Whose oath the client has by a document that stands: a cover, or the sheets themselves."""
    forms = [form for form in case.forms.values() if claim_of(form, _OATH) is not None]
    return {
        key
        for form in forms
        for one in standing(case, form.id, lambda told: told)
        for key in one.told.subjects
    }


def _from_sub(person: Person) -> bool:
    return person.employment == Employment.SUBCONTRACTOR


def _company(case: Case, one: Sworn) -> str:
    held = case.facts.find(Subcontractor, one.person.subcontractor)
    return or_none(held.name if held else "")


def _received(_case: Case, one: Sworn) -> str:
    return day_text(one.oath.received_on) if _from_sub(one.person) else or_none("")


def _unreceived(paper: Paper[Sworn]) -> Iterator[tuple[int, str]]:
    """What the sub-contractor has not handed over yet cannot be enclosed."""
    for one in paper.things:
        on = one.oath.received_on
        if _from_sub(one.person) and (on is None or on > paper.case.day):
            yield (
                one.oath.id,
                f"{one.person.name}さんの誓約書を再委託先から受け取った記録がありません。"
                "誓約書の「再委託先から受け取った日」を入力してください。",
            )


_NAME: Cell[Sworn] = Cell("氏名", lambda _case, one: one.person.name)
_SIGNED: Cell[Sworn] = Cell("署名日", lambda _case, one: day_text(one.oath.signed_on))
_COMPANY: Cell[Sworn] = Cell("再委託先", _company)
_RECEIVED: Cell[Sworn] = Cell("当社の受領日", _received)


def _facts(paper: Paper[Sworn]) -> dict[str, Any]:
    own, subcontracted = [], []
    for one, entry in zip(paper.things, paper.entries, strict=True):
        name, signed = entry[_NAME.label], entry[_SIGNED.label]
        if _from_sub(one.person):
            subcontracted.append([name, entry[_COMPANY.label], signed, entry[_RECEIVED.label]])
        else:
            own.append([name, or_none(department_of(one.person)), signed])
    return {
        "own": own,
        "subcontracted": subcontracted,
        "enclosures": [f"{_ENCLOSED}　{len(paper.things)}通"],
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: the vendor's own workers, then those of sub-contractors."""
    held = statement.facts
    own, subcontracted = held["own"], held["subcontracted"]
    sections: list[Section] = []
    if own:
        sections.append((f"当社の従事者に係る誓約書（{len(own)}通）", (_table(_OWN, own),)))
    if subcontracted:
        head = f"再委託先の従事者に係る誓約書（{len(subcontracted)}通）"
        sections.append((head, (_table(_SUBCONTRACTED, subcontracted),)))
    total = Text(f"合計　{len(own) + len(subcontracted)}通", size=9, align="right", before=3)
    sections[-1] = (sections[-1][0], (*sections[-1][1], total))
    sentence = f"{under(statement)}下記の契約の業務に従事する者の署名した誓約書を、次のとおり提出します。"
    return (letter_sheet(statement, FORM.title, sentence, tuple(sections)),)


def _table(columns: tuple[Column, ...], rows: list[list[str]]) -> Table:
    return Table(columns, tuple((str(number), *row) for number, row in enumerate(rows, 1)))


def _employments(case: Case) -> tuple[str, ...]:
    return tuple(one.person.employment for one in _sworn(case))


FORM = Form(
    id="oath-cover",
    title="誓約書送付書",
    proves=(Each(_OATH, rank=1),),
    employments=_employments,
    about=About(
        Person,
        _sworn,
        settled=_handed_in,
        past=True,
        empty="この契約の署名済みの誓約書がありません。誓約書に「署名した日」を入力してください。",
        done="まだ提出していない署名済みの誓約書はありません。もう一度出すときは「再提出」を選んでください。",
        adds=Oath,
    ),
    entry=(_NAME, _SIGNED, _COMPANY, _RECEIVED),
    needs=(Asked(Oath, "received_on", _unreceived),),
    facts=_facts,
    draw=draw,
)
