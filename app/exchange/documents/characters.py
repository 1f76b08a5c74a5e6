"""Characters of a statement that no font has: who is printed by a notation instead, and what is to be mended.

Nothing is ever replaced by the program itself: a notation is what the officer recorded on the person, and
the document says that it was used. What the document states of whom keeps the name as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.duties.case import Case, FormFace, MissingFact
from app.exchange.documents.composing import NOTATIONS, all_strings
from app.printing.type.fonts import code_points, missing_characters
from app.records import SPECS, Facts, Person, Record, Statement, Submission, fields_of
from app.records.kinds import Row, Rows, Text

_NAME, _NOTATION = "name", "print_name"


def as_printed(facts: Facts, statement: Statement) -> Statement:
    """The statement with the notations of those in it whose names cannot be printed."""
    printed = all_strings(statement.facts)
    if not any(missing_characters(text) for text in printed):
        return statement
    used = {
        name: notation
        for name, notation in _known(facts, statement).items()
        if missing_characters(name) and any(name in text for text in printed)
    }
    if not used:
        return statement
    # The longest first: a name may begin like another one.
    ordered = dict(sorted(used.items(), key=lambda one: (-len(one[0]), one[0])))
    held = {name: _replaced(value, ordered) for name, value in statement.facts.items()}
    return replace(statement, facts={**held, NOTATIONS: ordered})


def _known(facts: Facts, statement: Statement) -> Mapping[str, str]:
    """Name → notation: of people as they are, and as earlier documents of the contract printed them.

    A notice of change states a former name that stands on no record any more.
    """
    found: dict[str, str] = {}
    for document in facts.of(Submission, "contract", statement.contract):
        found |= Statement.from_canonical(document.statement).facts.get(NOTATIONS, {})
    return found | {one.name: one.print_name for one in facts.all(Person) if one.print_name}


def _replaced(held: Any, notations: Mapping[str, str]) -> Any:
    if isinstance(held, str):
        for name, notation in notations.items():
            held = held.replace(name, notation)
        return held
    if isinstance(held, Mapping):
        return {key: _replaced(value, notations) for key, value in held.items()}
    if isinstance(held, list | tuple):
        return [_replaced(value, notations) for value in held]
    return held


def unprintable(facts: Facts, statement: Statement) -> Iterator[MissingFact]:
    """One sentence for each record and field that has characters without a glyph, naming the way out."""
    printed = all_strings(statement.facts)
    lacking = dict.fromkeys(character for text in printed for character in missing_characters(text))
    told: set[str] = set()
    for record, path, label, text in _typed(facts) if lacking else ():
        found = [character for character in lacking if character in text]
        if found and any(text in one for one in printed):
            told.update(found)
            yield _fact(facts, record, path, label, found)
    if left := [character for character in lacking if character not in told]:
        signs = _signs(left)
        yield MissingFact(
            f"印字する内容に、印刷できる字形のない文字{signs}があります。元の記録を改めてください。", ""
        )


def without_those(form: FormFace, case: Case, statement: Statement) -> tuple[str, ...]:
    """The subjects of a document of one sheet each that can be printed, where others cannot; else none.

    The paper of one person does not wait for the name of another. A sheet that speaks of several is never
    made without one of them.
    """
    subjects = statement.subjects
    if len(subjects) <= 1 or _papers(form, statement) != len(subjects):
        return ()
    return tuple(one for one in subjects if _printable(form, case, one))


def _papers(form: FormFace, statement: Statement) -> int:
    """How many papers it is made of: what continues one, or is a further copy of it, counts with it."""
    sheets = form.draw(statement)
    return sum(not one.continues and one.copy == sheets[0].copy for one in sheets)


def _printable(form: FormFace, case: Case, subject: str) -> bool:
    own = as_printed(case.facts, form.gather(replace(case, only=(subject,))))
    return not any(missing_characters(text) for text in all_strings(own.facts))


def _fact(facts: Facts, record: Record, path: str, label: str, found: list[str]) -> MissingFact:
    title = facts.title(record)
    for character in found:
        title = title.replace(character, "〓")
    sentence = (
        f"{record.spec.label}「{title}」の{label}にある文字{_signs(found)}は、印刷できる字形がありません。"
    )
    if isinstance(record, Person) and path == _NAME:
        notation = Person.spec.field(_NOTATION).label
        way = f"書類に代わりに印刷する氏名を、{record.spec.label}の「{notation}」に入力してください。"
        return MissingFact(sentence + way, record.spec.name, record.id, _NOTATION)
    return MissingFact(
        f"{sentence}この欄を、印刷できる文字に改めてください。", record.spec.name, record.id, path
    )


def _signs(characters: list[str]) -> str:
    """「邉󠄂」（U+9089 U+E0102）: what may have no shape on the screen either is named by its number alone."""
    told = (
        f"「{one}」（{code_points(one)}）"
        if unicodedata.category(one[0])[0] in "LNPS"
        else f"（{code_points(one)}）"
        for one in characters
    )
    return "、".join(told)


def _typed(facts: Facts) -> Iterator[tuple[Record, str, str, str]]:
    """Every text that people typed: record, path of the field, its label, the text."""
    for spec in SPECS.values():
        if spec.by_hand:
            for record in facts.all(spec.cls):
                yield from ((record, *found) for found in _texts(record, ""))


def _texts(holder: Record | Row, prefix: str) -> Iterator[tuple[str, str, str]]:
    for field in fields_of(type(holder)):
        value = getattr(holder, field.name)
        if isinstance(field.kind, Rows):
            for number, row in enumerate(value, 1):
                yield from _texts(row, f"{prefix}{field.name}.{number}.")
        elif isinstance(value, str) and value and _free(field.kind):
            yield f"{prefix}{field.name}", field.label, value


def _free(kind: object) -> bool:
    return isinstance(kind, Text) or getattr(kind, "other", False) is True
