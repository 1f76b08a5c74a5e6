"""What is written down of an import, and what is known from earlier ones: the same file, the same columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from app.exchange.coming_in.planner import ImportPlan, Outcome
from app.exchange.tables.answers.answers import Answers
from app.exchange.tables.beside.words import OTHERS, path_of, words_with
from app.exchange.tables.columns import ADDED, INTO_NOTE, MAKER_AND_MODEL, RUNNING_NUMBER, Column
from app.exchange.tables.mapping import Said, makeable
from app.exchange.tables.planned import Status, TablePlan
from app.exchange.tables.words import plain
from app.records import SPECS, Facts, ImportRun, Spec
from app.records.days import wareki
from app.records.import_run import LONGEST_TITLE, LONGEST_VALUE, ImportAnswer, ImportColumn

_LONGEST_NAME, _LONGEST_SHEET = 200, 100
_NAMED = 5
"""Columns that are named before the others are only counted."""
Place = tuple[str, int]
"""A column by its title, and which of those that are called so."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a table of these columns was understood before. ``said`` says it of this one.

    ``added`` and ``gone``: the titles that are new, and those that are missing now.
    """

    run: ImportRun
    said: Said
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What people are told of it, with all that differs."""
        found = f"{when(self.run)}に取り込んだ「{self.run.file_name}」の列の対応を使っています。"
        if self.added:
            found += f"前回なかった列：{_listed(self.added)}。"
        if self.gone:
            found += f"前回あって今回ない列：{_listed(self.gone)}。"
        if self.run.answers and self.said != replace(self.said, constants={}, answers=Answers()):
            found += f"前回まとめて答えた内容も使っています：{_answered(self.run)}。"
        return found

    @property
    def matters(self) -> bool:
        """Whether it says anything that is not found without it."""
        return self.said != Said() or bool(self.added or self.gone)


def digest_of(data: bytes) -> str:
    """By which a file is known again."""
    return sha256(data).hexdigest()


def when(run: ImportRun) -> str:
    """The day of an import, as people read it."""
    return wareki(run.recorded_at.date()) if run.recorded_at is not None else ""


def before(facts: Facts, spec: Spec[Any], digest: str) -> ImportRun | None:
    """The last import of the very same file as records of that type, unless it was taken back."""
    held = (one for one in _newest(facts, spec) if digest and one.digest == digest)
    return next(held, None)


def told_of(run: ImportRun) -> str:
    """What people are told where the same file was brought in before."""
    counts = "、".join(
        f"{word}{number:,}件" for word, number in (("新規", run.new), ("変更", run.changed)) if number
    )
    done = f"（{counts}）" if counts else ""
    return (
        f"{when(run)}に取り込んだ「{run.file_name}」{done}と同じ内容のファイルです。"
        "登録済みと同じ行は、もう一度取り込んでも変わりません。"
    )


def run_of(planned: TablePlan, said: Said, name: str, digest: str) -> ImportRun:
    """The record of bringing in what is planned, to be written in the same change."""
    counts = planned.counts
    return ImportRun(
        record_kind=planned.spec.name,
        file_name=_cut(name, _LONGEST_NAME) or "（名前なし）",
        sheet=_cut(planned.sheet, _LONGEST_SHEET),
        digest=digest,
        new=counts[Status.NEW],
        changed=counts[Status.CHANGED],
        same=counts[Status.SAME],
        left_out=counts[Status.SKIPPED],
        erased=planned.erased,
        columns=tuple(
            ImportColumn(title=title, field=one.path or "", erases=one.number in said.erases or None)
            for one, _, title in _placed(planned.columns)
        ),
        answers=tuple(_answers(planned, said)),
        note="、".join(_beside(planned)),
    )


def run_of_entries(planned: ImportPlan, name: str, digest: str) -> ImportRun:
    """The record of bringing in a file of records, which has no columns: its name, its hash, the counts."""
    counts = planned.counts
    return ImportRun(
        record_kind=planned.spec.name,
        file_name=_cut(name, _LONGEST_NAME) or "（名前なし）",
        digest=digest,
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        same=counts[Outcome.SAME],
        left_out=0,
        erased=0,
    )


def _beside(planned: TablePlan) -> Iterator[str]:
    """What of other types was written with it."""
    for one in planned.besides:
        if new := one.plan.counts[Outcome.NEW]:
            yield f"{one.plan.spec.label}：新規{new:,}件"


def remembered(facts: Facts, planned: TablePlan) -> Remembered | None:
    """The last import of a table with these columns, else of one with most of them; None for none."""
    now = {place: one for one, place, _ in _placed(planned.columns)}
    titles = {place: title for _, place, title in _placed(planned.columns)}
    best: Remembered | None = None
    for run in _newest(facts, planned.spec):
        then = dict(_counted(run.columns))
        if len(now.keys() & then.keys()) * 2 <= max(len(now), len(then)):
            continue
        added = tuple(titles[place] for place in now if place not in then)
        gone = tuple(one.title for place, one in then.items() if place not in now)
        if best is None or len(added) + len(gone) < len(best.added) + len(best.gone):
            best = Remembered(run, _said(planned.spec, now, then, run), added, gone)
    return best


def _newest(facts: Facts, spec: Spec[Any]) -> list[ImportRun]:
    held = (one for one in facts.all(ImportRun) if one.record_kind == spec.name)
    return sorted(held, key=lambda one: -one.id)


def _placed(columns: Iterable[Column]) -> Iterator[tuple[Column, Place, str]]:
    """Each column, its title as it is compared, and as it is written down; of two in one place the first."""
    seen: Counter[str] = Counter()
    numbers = set()
    for one in columns:
        if one.left == ADDED or one.number in numbers:
            continue
        numbers.add(one.number)
        title = _cut(one.title, LONGEST_TITLE) or f"（{one.letter}列）"
        seen[plain(title)] += 1
        yield one, (plain(title), seen[plain(title)]), title


def _counted(columns: Iterable[ImportColumn]) -> Iterator[tuple[Place, ImportColumn]]:
    seen: Counter[str] = Counter()
    for one in columns:
        seen[plain(one.title)] += 1
        yield (plain(one.title), seen[plain(one.title)]), one


def _said(
    spec: Spec[Any], now: Mapping[Place, Column], then: Mapping[Place, ImportColumn], run: ImportRun
) -> Said:
    """What was said then, where it says something else than what is found now."""
    known = words_with(spec).targets
    columns: dict[int, str | None] = {}
    erases = set()
    for place, column in now.items():
        held = then.get(place)
        if held is None or column.part or column.left == RUNNING_NUMBER:
            continue
        path = held.field or None
        if path is not None and path not in known and path not in (INTO_NOTE, MAKER_AND_MODEL):
            # A field of an earlier program: what becomes of the column is decided anew.
            continue
        if path != column.path or column.undecided:
            columns[column.number] = path
        if held.erases:
            erases.add(column.number)
    constants, answers = _answers_said(run, now, known)
    making = _made({*constants, *(one.field for one in run.columns)}, spec)
    return Said(
        columns=columns, constants=constants, making=making, erases=frozenset(erases), answers=answers
    )


def _made(paths: Collection[str], spec: Spec[Any]) -> frozenset[str]:
    """The types of which records were made from what rows name: each needs a field that says what it is."""
    others = (one.kind for one in OTHERS.get(spec.name, ()) if one.made)
    told = any(path.startswith(path_of(kind, "")) for kind in others for path in paths)
    return frozenset(makeable(spec) if told else ())


def _answers_said(
    run: ImportRun, now: Mapping[Place, Column], known: Mapping[str, Any]
) -> tuple[dict[str, Any], Answers]:
    """Of what was said once for all rows the constants, and the answers for the columns that are there."""
    numbers: dict[str, int] = {}
    for (title, _), column in now.items():
        numbers.setdefault(title, column.number)
    constants, words, groups = dict[str, Any](), dict[Any, str](), dict[Any, str]()
    for one in run.answers:
        number = numbers.get(plain(one.title))
        if not one.title and one.field in known:
            constants[one.field] = json.loads(one.value)
        elif number is not None and one.field in known:
            groups[number, one.shown, one.field] = one.value
        elif number is not None and not one.field:
            words[number, one.shown] = one.value
    return constants, Answers(words=words, groups=groups)


def _answers(planned: TablePlan, said: Said) -> Iterator[ImportAnswer]:
    """What was said once for all rows; what was said of one row means nothing in another file."""
    titles = {one.number: title for one, _, title in _placed(planned.columns)}
    found = [
        ("", "", path, json.dumps(value, ensure_ascii=False)) for path, value in _kept(said, planned.spec)
    ]
    found += [(titles.get(at, ""), shown, "", text) for (at, shown), text in said.answers.words.items()]
    found += [
        (titles.get(at, ""), shown, path, text) for (at, shown, path), text in said.answers.groups.items()
    ]
    for title, shown, path, value in found:
        if (title or path) and all(_storable(text) for text in (title, shown, value)):
            yield ImportAnswer(title=title, shown=shown, field=path, value=value)


def _kept(said: Said, spec: Spec[Any]) -> Iterator[tuple[str, Any]]:
    """What is the same in all rows, but for the day from which this one file holds, which is no field."""
    known = words_with(spec, said.making).targets
    return ((path, value) for path, value in said.constants.items() if path in known)


def _storable(text: str) -> bool:
    """Whether the text comes back as it is."""
    return len(text) <= LONGEST_VALUE and text == text.strip() and (text.isprintable() or not text)


def _cut(text: str, longest: int) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:longest].strip()


def _answered(run: ImportRun) -> str:
    """What was said once for all rows, in words, the first of it."""
    fields = {path: target.label for path, target in words_with(SPECS[run.record_kind]).targets.items()}
    found = []
    for one in run.answers:
        label = fields.get(one.field, one.field)
        value = one.value if one.title else str(json.loads(one.value)) or "自動"
        where = f"{one.title}の「{one.shown}」" if one.title else "すべての行"
        found.append(f"{where}{f'の{label}' if label else ''}は「{value or '空欄'}」")
    more = f"ほか{len(found) - _NAMED}件" if len(found) > _NAMED else ""
    return "、".join(found[:_NAMED]) + more


def _listed(titles: tuple[str, ...]) -> str:
    more = f"ほか{len(titles) - _NAMED}列" if len(titles) > _NAMED else ""
    return "".join(f"「{title}」" for title in titles[:_NAMED]) + more


def with_remembered(said: Said, found: Remembered) -> Said:
    """``said`` with what was said before, where it says nothing itself."""
    held, answers = found.said, said.answers
    return replace(
        said,
        columns={**held.columns, **said.columns},
        constants={**held.constants, **said.constants},
        making=held.making | said.making,
        erases=held.erases | said.erases,
        answers=replace(
            answers,
            words={**held.answers.words, **answers.words},
            groups={**held.answers.groups, **answers.groups},
        ),
    )
