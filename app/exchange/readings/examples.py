"""Examples of how paragraphs were settled: out of an annex that was read, into a file and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.annexes.reading.examples.example import (
    Example,
    asks_of,
    asks_text,
    example_of,
    item_text,
    signs_of,
    sound,
    told,
    without_words,
)
from app.annexes.reading.examples.sketch import is_mark, is_sketch
from app.annexes.reading.review.drafting import moments, parameters
from app.annexes.reading.review.kept import read_back
from app.annexes.reading.review.model import Item, Review, State
from app.annexes.reading.revising.reviewing import read_anew
from app.common import PeopleError
from app.exchange.json_text import decode, read_file, read_value
from app.exchange.saving import check_place, save
from app.ledger.door import Ledger
from app.records import Facts, OwnAnnex, ReadingExample

FORM = "jutaku-reading-examples"
_VERSION = 1
MOST = 5_000
"""Examples in one file: thirty annexes of a hundred and sixty paragraphs."""
LONGEST = 20_000
"""Characters of a wording that the ledger keeps."""
_LONGEST_WORD = 60
"""Letters of what a text calls a party."""
_FIELDS = {"mark", "sketch", "kinds", "when", "parameters", "text", "client", "vendor", "source"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Examples that would be written: new ones, and those that say otherwise than the ledger's.

    ``same``: how many the ledger has already.
    """

    new: tuple[ReadingExample, ...]
    changed: tuple[ReadingExample, ...]
    same: int = 0


def examples_of(facts: Facts) -> tuple[Example, ...]:
    """The examples of a ledger. What cannot be read any more is followed by nobody."""
    made = []
    for record in facts.all(ReadingExample):
        try:
            held = asks_of(record.asks)
        except ValueError:
            continue
        made.append(
            Example(
                record.mark,
                record.sketch,
                tuple(held["kinds"]),
                tuple(held["when"]),
                held["parameters"],
                record.text,
                record.client,
                record.vendor,
                record.id,
            )
        )
    return tuple(made)


def asks_shown(record: ReadingExample) -> dict[str, Any]:
    """What an example asks, as ``annex read`` says it; empty where it cannot be read any more."""
    try:
        return asks_of(record.asks)
    except ValueError:
        return {}


def corrected(record: OwnAnnex) -> tuple[Example, ...]:
    """The paragraphs of an own annex that a person settled otherwise than they are read, as examples.

    An item goes with the sentence that leads to it: behind another one the same words ask something else.

    Raises ``PeopleError`` where it was not read from a text.
    """
    if not record.reading:
        raise PeopleError(
            f"「{record.title}」第{record.version}版は文章から読み取ったものではないため、見本にできません。"
        )
    review = read_back(record.reading)
    read = {item.key: item for item in read_anew(review).items}
    texts = {item.key: item.text for item in review.items}
    return tuple(
        _example(review, item, texts.get(item.lead, ""))
        for item in review.taken
        if item.state is State.CHANGED
        and 0 < len(item.text.strip()) <= LONGEST - len(texts.get(item.lead, ""))
        and not _as_read(item, read.get(item.key))
    )


def _as_read(item: Item, read: Item | None) -> bool:
    """Whether nothing but number, heading or summary was changed."""
    return read is not None and read.text == item.text and _asked(read) == _asked(item)


def _asked(item: Item) -> tuple[object, ...]:
    return item.kinds, moments(item), parameters(item)


def _example(review: Review, item: Item, lead: str) -> Example:
    parties = review.documents[item.document].parties
    clause = {"kinds": list(item.kinds), "when": moments(item), "parameters": parameters(item)}
    client, vendor = next(iter(parties.client), ""), next(iter(parties.vendor), "")
    return example_of(item_text(lead, item.text), clause, client, vendor)


def plan(facts: Facts, examples: Iterable[Example], source: str) -> Taken:
    """What of ``examples`` the ledger does not have yet. ``source``: the annex they come from."""
    held = {record.mark: record for record in facts.all(ReadingExample)}
    new: dict[str, ReadingExample] = {}
    changed: dict[str, ReadingExample] = {}
    same = 0
    for one in examples:
        former = held.get(one.mark)
        asks = asks_text(one)
        if former is None:
            new[one.mark] = ReadingExample(
                name=told(one.kinds),
                source=source,
                text=one.text,
                client=one.client,
                vendor=one.vendor,
                asks=asks,
                mark=one.mark,
                sketch=one.sketch,
            )
        elif former.asks != asks or (one.text and not former.text):
            made = replace(former, name=told(one.kinds), asks=asks, source=source)
            if one.text:
                made = replace(made, text=one.text, client=one.client, vendor=one.vendor)
            changed[one.mark] = made
        else:
            same += 1
    return Taken(tuple(new.values()), tuple(changed.values()), same)


def keep(ledger: Ledger, taken: Taken, reason: str) -> int:
    """Write the examples as one change; how many. Raises ``PeopleError``; then nothing is written."""
    if not (taken.new or taken.changed):
        return 0
    with ledger.write(reason) as change:
        for record in taken.new:
            change.add(record)
        for record in taken.changed:
            change.change(record)
    return len(taken.new) + len(taken.changed)


def write_out(facts: Facts, path: Path, *, with_text: bool) -> int:
    """Put the ledger's examples into a file; how many. Without ``with_text`` no word of any text is in it.

    Raises ``PeopleError``.
    """
    check_place(path)
    sources = {record.mark: record.source for record in facts.all(ReadingExample)}
    held = examples_of(facts)
    if not held:
        raise PeopleError("書き出す見本がありません。読取りで直した条項を、先に見本として登録してください。")
    entries = [
        _entry(one if with_text else without_words(one), sources[one.mark] if with_text else "")
        for one in held
    ]
    value = {"form": FORM, "version": _VERSION, "examples": entries}
    save(path, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"))
    return len(entries)


def _entry(one: Example, source: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "mark": one.mark,
        "sketch": one.sketch,
        "kinds": list(one.kinds),
        "when": list(one.when),
        "parameters": dict(one.parameters),
    }
    words = {"text": one.text, "client": one.client, "vendor": one.vendor, "source": source}
    return entry | {name: text for name, text in words.items() if text}


def read_in(path: Path) -> tuple[tuple[Example, ...], str]:
    """The examples of a file and what they came from. Raises ``PeopleError`` in one sentence."""
    shown = f"「{path.name}」"
    data = read_file(path)
    try:
        value = read_value(decode(data)[0])
    except PeopleError as error:
        raise PeopleError(f"{shown}は読取りの見本のファイルとして読めません。{error.sentence}") from None
    if not isinstance(value, dict) or value.get("form") != FORM:
        raise PeopleError(
            f"{shown}は読取りの見本のファイルではありません。"
            "jutaku annex export-examples で作ったファイルを指定してください。"
        )
    if value.get("version") != _VERSION:
        raise PeopleError(
            f"{shown}は新しい版のソフトで作られているため読めません。ソフトを更新してください。"
        )
    entries = value.get("examples")
    if not isinstance(entries, list) or not entries:
        raise PeopleError(f"{shown}に見本がありません。書き出し直してください。")
    if len(entries) > MOST:
        raise PeopleError(f"{shown}の見本が多すぎます（{MOST:,}件まで）。分けて書き出してください。")
    return tuple(_read(entry, at, shown) for at, entry in enumerate(entries, 1)), path.stem


def _read(entry: Any, at: int, shown: str) -> Example:
    try:
        made = _made(entry)
    except (ValueError, KeyError, TypeError):
        made = None
    if made is None:
        raise PeopleError(
            f"{shown}の{at}件目の見本が読めません。手で直していないかを確かめ、書き出し直してください。"
        )
    return made


def _made(entry: Any) -> Example | None:
    """The example of an entry, None for what is none. Raises ``ValueError``, ``KeyError``, ``TypeError``."""
    if not isinstance(entry, dict) or set(entry) - _FIELDS:
        return None
    held = sound({name: entry[name] for name in ("kinds", "when", "parameters") if name in entry})
    text, client, vendor, source = (entry.get(name, "") for name in ("text", "client", "vendor", "source"))
    if not all(isinstance(one, str) for one in (text, client, vendor, source)) or len(text) > LONGEST:
        return None
    mark, sketch = entry["mark"], entry["sketch"]
    if max(len(client), len(vendor)) > _LONGEST_WORD or not (is_mark(mark) and is_sketch(sketch)):
        return None
    kinds, when = tuple(held["kinds"]), tuple(held["when"])
    made = Example(mark, sketch, kinds, when, held["parameters"], text, client, vendor)
    return made if not text or _agrees(made) else None


def _agrees(one: Example) -> bool:
    """Whether mark and sketch are those of its words: else another clause would follow it."""
    return (one.mark, one.sketch) == signs_of(one.text, one.client, one.vendor)
