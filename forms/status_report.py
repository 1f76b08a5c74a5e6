"""遵守状況報告書: how every clause of the annexes is kept on a day, on what ground, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from app.duties.case import Case
from app.duties.checks import findings
from app.duties.engine import duties_of
from app.duties.papers.claims import Cites, Whole
from app.duties.view import ContractView
from app.printing.blocks import Block, CellText, Column, Gap, Grid, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Attestation, Contract, Instruction, Person, Statement, Submission
from app.records.instruction import InstructionKind, Matter
from forms.breached import standing_breaches
from forms.form import Form
from forms.layout.registers import covered
from forms.parts.letter import Section, annex_sheet, letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.standing import AFTER, chapters, counts, unjudged
from forms.parts.texts import lines, or_none, unique

_COUNTS = (Column("状況", 14, "center"), Column("件数", 10, "right"), Column("意味", 76))
_CLAUSES = (
    Column("条項", 17),
    Column("求められること", 13),
    Column("状況", 9, "center"),
    Column("根拠・確認した日", 24),
    Column("備考", 26),
    Column("発注者確認欄", 11),
)
_OTHERS = (Column("条項", 14), Column("見出し", 30), Column("条文", 56))
_HOW = "一つの条項が複数のことを求めるときは、求めごとに分けて示します。根拠は、新しいものから示します。"
_SINCE = f"（対象期間の後の日付の根拠には{AFTER}と付記）"
_EXPECTED = "見込み"
_BY_CLAUSE = "条項ごとの遵守状況"
_ASIDE = (
    "次の条項は、用語、責任、解除などを定めるもので、"
    "記録により状況を示す事項がないため、判定の対象としていません。"
)


def _facts(paper: Paper[Any]) -> dict[str, Any]:
    """Every clause of the contract's annexes as it stands on the day.

    It speaks of one day and of no other, so that no later change makes it stale: nothing is ``stated``.
    ``known``: of a day ahead, the day up to which anything is known; what is expected is no fact.
    ``as_of``: the day of the states, where the period ended before it; grounds of a later day are marked.
    """
    case = paper.case
    view = _view(case)
    owed = duties_of(view)
    breaches = standing_breaches(owed, findings(view))
    annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
    known = {"known": wareki(case.today)} if case.ahead and case.today else {}
    known_annexes = dict.fromkeys(annex for annex in annexes if annex)
    until = case.within[1] if case.within and case.within[1] < case.day else None
    told = chapters(case.facts, case.contract, known_annexes, owed, breaches, until)
    return {
        "about": _about(case),
        "enclosures": [f"別紙　{_BY_CLAUSE}"],
        "counts": counts(owed, breaches),
        "chapters": [[one.title, [list(row) for row in one.rows]] for one in told if one.rows],
        "words": {one.title: dict(one.words) for one in told if one.words},
        "others": [[one.title, [list(row) for row in one.others]] for one in told if one.others],
        **known,
        **({"as_of": wareki(case.day)} if until else {}),
    }


def _about(case: Case) -> list[list[str]]:
    """The request that is answered, who wrote the report, and who looked into the clauses in the period."""
    contract, vendor = case.contract, case.facts.vendor
    first, last = case.within or (contract.starts_on, case.day)
    told = []
    if asked := [_request(one) for one in _requests(case)]:
        told.append(["発注者の求め", "\n".join(asked)])
    writer = "　".join(unique((vendor.department, vendor.contact_person))) if vendor else ""
    checked = case.facts.of(Attestation, "contract", contract.id)
    people = (
        case.facts.find(Person, one.confirmed_by) for one in checked if first <= one.confirmed_on <= last
    )
    names = unique(person.name for person in people if person)
    return [*told, ["作成者", writer], ["条項の遵守を確認した者", "、".join(names) or "確認の記録なし"]]


def _begins(case: Case) -> date:
    """The first day to be reported on: the one the client asks from, else the one after the last report.

    Where several requests are open, the earliest of their days, so that none is answered in part.
    """
    asked = [one.period_from for one in _requests(case) if one.period_from]
    since = min(asked) if asked else max((case.contract.starts_on, *_ends_of_reports(case)))
    return min(since, case.day)


def _ends_of_reports(case: Case) -> Iterator[date]:
    """The days after those of which the client was told in earlier reports."""
    for one in case.facts.of(Submission, "contract", case.contract.id):
        if one.form == FORM.id and one.stands and one.issued_on < case.day:
            told = case.facts.told(one)
            last = told.within[1] if told and told.within else one.issued_on
            yield last + timedelta(days=1)


def _requests(case: Case) -> Iterator[Instruction]:
    """What the client asked for and has not got by the day of the report."""
    for one in case.facts.of(Instruction, "contract", case.contract.id):
        asked = one.kind == InstructionKind.REPORT and (not one.about or Matter.COMPLIANCE in one.about)
        if asked and one.received_on <= case.day and not (one.answered_on and one.answered_on < case.day):
            yield one


def _request(asked: Instruction) -> str:
    reference = f"（文書番号　{asked.reference}）" if asked.reference else ""
    first, last = asked.period_from, asked.period_to
    span = (f"{wareki(first)}から" if first else "") + (f"{wareki(last)}まで" if last else "")
    return f"{wareki(asked.received_on)}の求め{reference}" + (f"\n（求められた期間　{span}）" if span else "")


def _view(case: Case) -> ContractView:
    if FORM.id not in case.forms:
        raise LookupError("without the forms the engine would not see what was submitted")
    contract = case.facts.get(Contract, case.contract.id)
    return ContractView(case.facts, case.catalogue, case.forms, contract, case.day)


def _not_begun(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
    """Before the contract there was no clause to keep: what is planned would be told as kept."""
    case = paper.case
    contract = case.contract
    first = min(contract.signed_on, contract.starts_on)
    if case.day < first:
        yield (
            contract.id,
            f"{wareki(case.day)}は、この契約（{wareki(first)}から）より前の日です。"
            "契約が始まった後の日の報告書を作成してください。",
        )


def _unproven(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
    """A report in which nothing rests on a record would tell the client nothing."""
    case = paper.case
    if case.contract.annexes and not any(duty.evidence for duty in duties_of(_view(case))):
        yield (
            0,
            f"{wareki(case.day)}の時点で、遵守状況の根拠となる記録が一つもありません。"
            "遵守確認、研修、誓約書などを登録してください。",
        )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with the counts; then across, clause by clause, and what asks for nothing."""
    held = statement.facts
    day = wareki(statement.on)
    expected = f"（{_EXPECTED}）" if "known" in held else ""
    as_of = f"（{day}現在{'の' + _EXPECTED if expected else ''}）"
    rows = tuple(tuple(row) for row in held["counts"])
    words = held["words"]
    # Reports made before they covered a period told of it among the other things.
    period = [["報告対象期間", covered(statement)]] if statement.within else []
    if "as_of" in held:
        period.append(["状況の基準日", f"{held['as_of']}現在{_SINCE}"])
    about = Grid(tuple(tuple(row) for row in [*period, *held["about"]]), size=9.5, label=0.25)
    sections: tuple[Section, ...] = (
        ("報告の対象", (about,)),
        (f"遵守状況の集計{as_of}", (Table(_COUNTS, rows, size=9),)),
    )
    blocks: tuple[Block, ...] = (
        Text(_HOW, size=9, after=2, leads=True),
        *_tables(
            (title, _CLAUSES, _by_clause(part, words.get(title, {}))) for title, part in held["chapters"]
        ),
    )
    if held["others"]:
        aside = (Gap(4), Text("参考", bold=True, leads=True), Text(_ASIDE, size=9, after=2, leads=True))
        others = ((title, *_aside(part, words.get(title, {}))) for title, part in held["others"])
        blocks = (*blocks, *aside, *_tables(others))
    letter = letter_sheet(statement, f"{FORM.title}{expected}", _sentence(statement), sections, close=True)
    return replace(letter, single=True), annex_sheet(statement, f"{_BY_CLAUSE}{expected}", blocks)


def _aside(
    rows: list[list[str]], words: Mapping[str, str]
) -> tuple[tuple[Column, ...], list[tuple[CellText, ...]]]:
    """Clause and heading; the words of the clauses only where some were copied."""
    if not any(row[0] in words for row in rows):
        return _OTHERS[:2], [tuple(row) for row in rows]
    return _OTHERS, [(*row, or_none(words.get(row[0], ""))) for row in rows]


def _by_clause(rows: list[list[str]], words: Mapping[str, str]) -> list[tuple[CellText, ...]]:
    """One row for each clause, with a lane for each thing it asks, and room for the client's own finding."""
    made: list[tuple[CellText, ...]] = []
    for article, group in groupby(rows, lambda row: row[0].split("\n")[0]):
        same = list(group)
        lanes = (tuple(row[at] for row in same) for at in range(1, 5))
        made.append((lines(same[0][0], words.get(article, "")), *lanes, ""))
    return made


def _sentence(statement: Statement) -> str:
    """What is told: the state on the day, or, of a day ahead, what is expected and from which records."""
    about = f"{under(statement)}下記の契約に係る個人情報等の取扱いについて、"
    day, known = wareki(statement.on), statement.facts.get("known")
    if known:
        return (
            f"{about}{day}現在において見込まれる各条項の遵守状況を、次のとおり示します。"
            f"{known}現在の記録による見込みであり、{day}の事実を示すものではありません。"
        )
    return f"{about}{day}現在における各条項の遵守状況を、次のとおり報告します。"


def _tables(parts: Iterable[tuple[str, tuple[Column, ...], list[tuple[CellText, ...]]]]) -> Iterator[Block]:
    for number, (title, columns, rows) in enumerate(parts):
        yield Gap(2.0 if number else 0.0)
        yield Text(title, size=9.5, bold=True, after=1, leads=True)
        yield Table(columns, tuple(rows), size=8)


FORM: Form[Any] = Form(
    id="status-report",
    title="遵守状況報告書",
    proves=(Whole("status-report"), Cites("law"), Cites("secrecy"), Cites("purpose-limit")),
    needs=(
        Asked(Contract, "annexes", unjudged),
        Asked(Contract, "signed_on", _not_begun),
        Asked(Attestation, "", _unproven),
    ),
    facts=_facts,
    draw=draw,
    periodic=True,
    begins=_begins,
)
