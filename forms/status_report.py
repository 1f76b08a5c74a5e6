"""遵守状況報告書: how every clause of the annexes is kept on a day, on what ground, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.duty import Duty
from app.duties.engine import duties, unknown_annexes
from app.duties.papers.claims import Cites, Whole
from app.printing.blocks import Block, Column, Gap, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Attestation, Contract, Statement
from forms.form import Form
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.standing import chapters, counts

_COUNTS = (Column("状況", 14, "center"), Column("件数", 10, "right"), Column("意味", 76))
_CLAUSES = (
    Column("条項", 14),
    Column("求められること（要約）", 29),
    Column("状況", 8, "center"),
    Column("根拠・確認した日", 25),
    Column("備考", 24),
)
_OTHERS = (Column("条項", 16, fit=True), Column("見出し", 22), Column("内容（要約）", 62))
_HOW = "一つの条項が複数のことを求めるときは、求めごとに分けて示します。根拠は、新しいものから示します。"
_EXPECTED = "見込み"
_ASIDE = (
    "次の条項は、用語、責任、解除などを定めるもので、"
    "記録により状況を示す事項がないため、判定の対象としていません。"
)


def _facts(paper: Paper[Any]) -> dict[str, Any]:
    """Every clause of the contract's annexes as it stands on the day.

    It speaks of one day and of no other, so that no later change makes it stale: nothing is ``stated``.
    ``known``: of a day ahead, the day up to which anything is known; what is expected is no fact.
    """
    case = paper.case
    owed = _owed(case)
    annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
    known = {"known": wareki(case.today)} if case.ahead and case.today else {}
    told = chapters(case.facts, case.contract, dict.fromkeys(annex for annex in annexes if annex), owed)
    return {
        "counts": counts(owed),
        "chapters": [[one.title, [list(row) for row in one.rows]] for one in told if one.rows],
        "others": [[one.title, [list(row) for row in one.others]] for one in told if one.others],
        **known,
    }


def _owed(case: Case) -> tuple[Duty, ...]:
    if FORM.id not in case.forms:
        raise LookupError("without the forms the engine would not see what was submitted")
    return duties(case.facts, case.catalogue, case.forms, case.day, case.contract.id)


def _unjudged(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
    """An annex that cannot be judged is named, never left out."""
    case = paper.case
    if not case.contract.annexes:
        yield (
            case.contract.id,
            "契約に特記事項がありません。契約を開いて、付された特記事項を選んでください。",
        )
    for held, problem in unknown_annexes(case.facts, case.catalogue):
        if held.id == case.contract.id:
            yield held.id, problem


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
    if case.contract.annexes and not any(duty.evidence for duty in _owed(case)):
        yield (
            0,
            f"{wareki(case.day)}の時点で、遵守状況の根拠となる記録が一つもありません。"
            "遵守確認、研修、誓約書などを登録してください。",
        )


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: the counts on its first page, then clause by clause, then what asks for nothing."""
    held = statement.facts
    day = wareki(statement.on)
    expected = f"（{_EXPECTED}）" if "known" in held else ""
    as_of = f"（{day}現在{'の' + _EXPECTED if expected else ''}）"
    rows = tuple(tuple(row) for row in held["counts"])
    sections: list[Section] = [
        (f"遵守状況の集計{as_of}", (Table(_COUNTS, rows, size=9),)),
        (
            f"条項ごとの遵守状況{expected}",
            (Text(_HOW, size=9, indent=1, after=2, leads=True), *_tables(held["chapters"], _CLAUSES)),
        ),
    ]
    if held["others"]:
        aside = Text(_ASIDE, size=9, indent=1, after=2, leads=True)
        sections.append(("参考", (aside, *_tables(held["others"], _OTHERS))))
    return (letter_sheet(statement, f"{FORM.title}{expected}", _sentence(statement), tuple(sections)),)


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


def _tables(parts: list[Any], columns: tuple[Column, ...]) -> Iterator[Block]:
    for number, (title, rows) in enumerate(parts):
        yield Gap(2.0 if number else 0.0)
        yield Text(title, size=9.5, bold=True, indent=1, after=1, leads=True)
        yield Table(columns, tuple(tuple(row) for row in rows), size=7.5)


FORM: Form[Any] = Form(
    id="status-report",
    title="遵守状況報告書",
    proves=(Whole("status-report"), Cites("law"), Cites("secrecy"), Cites("purpose-limit")),
    needs=(
        Asked(Contract, "annexes", _unjudged),
        Asked(Contract, "signed_on", _not_begun),
        Asked(Attestation, "", _unproven),
    ),
    facts=_facts,
    draw=draw,
)
