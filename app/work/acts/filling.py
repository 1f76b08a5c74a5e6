"""Acts that fill in what a record still lacks: the same fields as in its editor, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.records import Field, Record
from app.records.days import wareki
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, renewed

Told = Callable[[Ground, Record, Mapping[str, Any]], Iterable[str]]
"""What is said of these values before they are written to a record, one sentence each."""


def filling(
    about: type[Record],
    name: str,
    title: str,
    names: tuple[str, ...],
    words: tuple[str, ...],
    hint: str,
    *,
    offered: Callable[[Ground, Record], bool] = lambda _ground, _record: True,
    refusals: Told = lambda _ground, _record, _values: (),
    remarks: Told = lambda _ground, _record, _values: (),
    fits: Callable[[Record, str], bool] = lambda _record, _name: True,
) -> Act:
    """An act that writes these fields of one record, and leaves all others as they are.

    A field that does not fit the record as it stands is asked only where it holds something, to be emptied.
    What was not said stays as it is; what was emptied is empty. A field that a record cannot do without is
    not emptied. ``refusals``: why these values are not taken; ``remarks``: what should be known of them.
    """
    fields = tuple(replace(about.spec.field(one), required=False) for one in names)

    def draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
        (record,) = records
        values = {one.name: answers[one.name] for one in fields if one.name in answers}
        said = f"{title}　{ground.facts.title(record)}"
        if refused := tuple(refusals(ground, record, values)):
            return Draft(said, said, refusals=refused)
        writes = renewed(record, **values)
        asks = () if writes else (Ask("登録することを入力してください。", fields[0].name, needed=True),)
        return Draft(
            f"{said}（{wareki(ground.today)}）",
            said,
            writes,
            asks,
            remarks=tuple(remarks(ground, record, values)),
        )

    return Act(
        name=name,
        title=title,
        words=words,
        hint=hint,
        about=about,
        fields=fields,
        draft=draft,
        asked=lambda _ground, records: tuple(one for one in fields if _matters(one, records, fits)),
        offered=offered,
        given=lambda _ground, records: _known(fields, records),
    )


def _matters(one: Field, records: tuple[Record, ...], fits: Callable[[Record, str], bool]) -> bool:
    (record,) = records
    return fits(record, one.name) or not one.kind.is_empty(getattr(record, one.name))


def _known(fields: tuple[Field, ...], records: tuple[Record, ...]) -> Answers:
    (record,) = records
    return {one.name: getattr(record, one.name) for one in fields}
