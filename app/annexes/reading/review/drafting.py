"""The tables of an own annex from a review."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.files.tables import SCHEMA, Table
from app.annexes.kinds import KINDS, When, kind_label
from app.annexes.own.drafting import set_parameter
from app.annexes.reading.review.model import Item, Review
from app.common import PeopleError
from app.records.contract import Option

CLIENT, VENDOR = "発注者", "受注者"
"""The words of a document that names its sides by none."""
UNFOUND = "義務は見つかりませんでした。条文を確かめてください。"
UNSURE = "義務があるか確かではありません。条文を確かめてください。"
UNASKED = "この条項が求めることはないと確かめました。"


def draft(review: Review, key: str, title: str, version: int = 1, source: str = "") -> Table:
    """The tables of the annex that the review makes, as ``files.annex_file`` reads them.

    The numbers are those of the text; its wording stands in none of the tables. Raises ``PeopleError``
    where no paragraph is left, or two have the same number, or one has none.
    """
    numbers = review.numbers()
    held = head(review, key, title, version, source)
    clauses = [clause_of(item, numbers[at]) for at, item in enumerate(review.items) if item.taken]
    return held | {"clause": clauses}


def head(review: Review, key: str, title: str, version: int = 1, source: str = "") -> Table:
    """The same without its clauses. Raises as it."""
    taken = review.taken
    if not taken:
        raise PeopleError("条項が1つもありません。外した条項を戻すか、別の文章を読み取ってください。")
    if told := faults(review):
        raise PeopleError(next(iter(told.values())), list(told.values()))
    documents = dict.fromkeys(item.document for item in taken)
    led = review.parts
    parts = {led[at]: at for at in reversed([*documents])}
    switched = dict.fromkeys(str(option) for item in taken for option in options(item))
    return {
        "schema": SCHEMA,
        "key": key,
        "title": title,
        "version": version,
        "source": source or usual_source(title),
        "part": [_part(review, at, part, title) for part, at in reversed(parts.items())],
        "option": [{"key": name, "label": f"{name}を取り扱う契約"} for name in switched],
    }


def usual_source(title: str) -> str:
    """What stands as the source where a person gave none."""
    return f"「{title}」の文章を読み取って登録した特記事項です。"


def faults(review: Review) -> dict[int, str]:
    """Why a number cannot stand, by the place of its paragraph."""
    parts = review.parts
    taken = {at: (parts[item.document], item.number) for at, item in enumerate(review.items) if item.taken}
    counts = Counter(taken.values())
    found = {}
    for at, (part, number) in taken.items():
        if not number:
            found[at] = "条項番号がありません。入力してください。"
        elif any(sign.isspace() for sign in number):
            found[at] = f"条項番号「{number}」に空白があります。空白を除いてください。"
        elif counts[part, number] > 1:
            found[at] = f"条項番号「{number}」が2つあります。別の番号にしてください。"
    return found


def options(item: Item) -> tuple[Option, ...]:
    """What of the words in brackets a contract can switch on; what it cannot binds every contract."""
    if not item.options:
        return ()
    return tuple(option for option in Option if any(option in words for words in item.options))


def summary(item: Item) -> str:
    """A person's words of the clause, or what its ticks say."""
    if item.summary:
        return item.summary
    if item.kinds:
        told = [kind_label(kind) for kind in item.kinds]
        return "、".join(
            [*told, *(words for one in item.details if (words := _words(item, one.kind, one.name)))]
        )
    if item.silent and not item.state.decided:
        return f"義務のない条項と読み取りました。{item.silent}"
    if item.state.decided:
        return UNASKED
    return UNSURE if item.picks else UNFOUND


def parameters(item: Item) -> Table:
    """The ticked parameters of the ticked kinds, as a clause has them."""
    made: Table = {"kinds": list(item.kinds)}
    for one in item.details:
        if one.ticked and one.kind in item.kinds:
            set_parameter(made, one.kind, one.name, one.value)
    held: Table = made.get("parameters", {})
    return held


def moments(item: Item) -> list[str]:
    """The moments that the clause gets: those ticked, as far as its kinds allow."""
    if all(KINDS[kind].shown_only for kind in item.kinds):
        return [str(When.INFO)]
    when = item.when
    ticked = [str(one) for one in When if one in when and one is not When.INFO]
    return ticked or [str(When.STANDING)]


def _words(item: Item, kind: str, name: str) -> str:
    values = [
        one.value
        for one in item.details
        if (one.kind, one.name) == (kind, name) and one.ticked and kind in item.kinds
    ]
    if not values:
        return ""
    parameter = PARAMETERS[name]
    return f"{parameter.heading or parameter.label}は{parameter.words(parameter.read(values[-1]))}"


def _part(review: Review, at: int, part: str, title: str) -> dict[str, Any]:
    document = review.documents[at]
    client = next(iter(document.parties.client), CLIENT)
    vendor = next(iter(document.parties.vendor), VENDOR)
    held = title if not part else document.title or part
    return {"key": part, "title": held, "words": {"client": client, "vendor": vendor}}


def clause_of(item: Item, number: str) -> Table:
    """The table of the clause that a paragraph becomes under a number."""
    made: Table = {
        "key": item.key,
        "number": number,
        "heading": item.heading or item.number,
        "summary": summary(item),
        "kinds": list(item.kinds),
        "when": moments(item),
    }
    if switched := [str(option) for option in options(item)]:
        made["options"] = switched
    if held := parameters(item):
        made["parameters"] = held
    return made
