"""遵守状況報告書: how every clause of the annexes is kept on a day, on what ground, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.annexes.annex import Annex
from app.duties.case import Case
from app.duties.duty import Duty
from app.duties.engine import duties, unknown_annexes
from app.printing.blocks import Block, Column, Gap, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Statement
from forms.form import Form
from forms.parts.basis import basis
from forms.parts.letter import Section, letter, letter_sheet, under
from forms.parts.standing import chapters, counts
from forms.parts.wanted import Wanted

_ID, _TITLE = "status-report", "遵守状況報告書"
_KINDS = ("status-report", "law", "secrecy", "purpose-limit")
_COUNTS = (Column("状況", 14, "center"), Column("件数", 10, "right"), Column("意味", 76))
_CLAUSES = (
    Column("条項", 14),
    Column("求められること（要約）", 29),
    Column("状況", 8, "center", fit=True),
    Column("根拠・確認した日", 25),
    Column("備考", 24),
)
_OTHERS = (Column("条項", 16, fit=True), Column("見出し", 22), Column("内容（要約）", 62))
_HOW = "一つの条項が複数のことを求めるときは、求めごとに分けて示します。根拠は、新しいものから示します。"
_ASIDE = (
    "次の条項は、用語、責任、解除などを定めるもので、"
    "記録により状況を示す事項がないため、判定の対象としていません。"
)


def gather(case: Case) -> Statement:
    """Every clause of the contract's annexes as it stands on the day. Raises ``MissingFactsError``.

    It speaks of one day and of no other, so that no later change makes it stale: nothing is ``stated``.
    """
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day)
    if _ID not in case.forms:
        raise LookupError("without the forms the engine would not see what was submitted")
    wanted = Wanted(_TITLE, case)
    annexes = tuple(_annexes(case, wanted))
    owed = duties(case.facts, case.catalogue, case.forms, case.day, case.contract.id)
    _ask(case, owed, wanted)
    told = chapters(case.facts, case.contract, annexes, owed)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, basis(case, ("status-report",))),
        "counts": counts(owed),
        "chapters": [[one.title, [list(row) for row in one.rows]] for one in told if one.rows],
        "others": [[one.title, [list(row) for row in one.others]] for one in told if one.others],
    }
    return wanted.checked(Statement(_ID, case.contract.id, case.day, facts=facts))


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter: the counts on its first page, then clause by clause, then what asks for nothing."""
    held = statement.facts
    day = wareki(statement.on)
    rows = tuple(tuple(row) for row in held["counts"])
    sections: list[Section] = [
        (f"遵守状況の集計（{day}現在）", (Table(_COUNTS, rows, size=9),)),
        ("条項ごとの遵守状況", (Text(_HOW, size=9, indent=1, after=2), *_tables(held["chapters"], _CLAUSES))),
    ]
    if held["others"]:
        aside = Text(_ASIDE, size=9, indent=1, after=2)
        sections.append(("参考", (aside, *_tables(held["others"], _OTHERS))))
    sentence = (
        f"{under(statement)}下記の契約に係る個人情報等の取扱いについて、"
        f"{day}現在における各条項の遵守状況を、次のとおり報告します。"
    )
    return (letter_sheet(statement, _TITLE, sentence, tuple(sections)),)


def _tables(parts: list[Any], columns: tuple[Column, ...]) -> Iterator[Block]:
    for number, (title, rows) in enumerate(parts):
        yield Gap(2.0 if number else 0.0)
        yield Text(title, size=9.5, bold=True, indent=1, after=1)
        yield Table(columns, tuple(tuple(row) for row in rows), size=7.5)


def _annexes(case: Case, wanted: Wanted) -> Iterator[Annex]:
    """The annexes of the contract, each once; one that cannot be judged is named, never left out."""
    contract = case.contract
    sentence = "契約に特記事項がありません。契約を開いて、付された特記事項を選んでください。"
    rows = wanted.need(contract.annexes, sentence, "contract", contract.id, "annexes")
    for held, problem in unknown_annexes(case.facts, case.catalogue):
        if held.id == contract.id:
            wanted.need(None, problem, "contract", contract.id, "annexes")
    for row in dict.fromkeys((row.annex, row.version) for row in rows):
        if annex := case.catalogue.find(*row):
            yield annex


def _ask(case: Case, owed: tuple[Duty, ...], wanted: Wanted) -> None:
    """A report in which nothing rests on a record would tell the client nothing."""
    proven = any(duty.evidence for duty in owed)
    sentence = (
        f"{wareki(case.day)}の時点で、遵守状況の根拠となる記録が一つもありません。"
        "遵守確認、研修、誓約書などを登録してください。"
    )
    wanted.need(proven or not case.contract.annexes, sentence, "attestation")


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
