"""A review as the text that a ledger keeps, and back: a person comes back to it after days."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from app.annexes.reading.model import Document, DocumentKind, Parties
from app.annexes.reading.review.model import Detail, Item, Pick, Rest, Review, State, Timing
from app.common import PeopleError
from app.records.spelling.unseen import cleaned, unshown

FORM = 1
"""The version of what is written here."""


def written(review: Review) -> str:
    """The review as one line of JSON; ``read_back`` gives an equal one."""
    return joined(text_around(review), [item_text(one) for one in review.items])


def text_around(review: Review) -> tuple[str, str]:
    """What stands before and behind the paragraphs in what is written of a review."""
    head = {"form": FORM, "raw": review.raw, "documents": [_document(one) for one in review.documents]}
    rest = [(one.called, one.text, one.before) for one in review.rest]
    return f'{_json(head)[:-1]},"items":[', f'],"rest":{_json(rest)}}}'


def item_text(item: Item) -> str:
    """A paragraph as it stands in what is written of a review."""
    return _json(_item(item))


def joined(around: tuple[str, str], items: Iterable[str]) -> str:
    """The review of which these are the parts."""
    return f"{around[0]}{','.join(items)}{around[1]}"


def _json(held: Any) -> str:
    return _plain(json.dumps(held, ensure_ascii=False, separators=(",", ":")))


def read_back(text: str) -> Review:
    """The review that was ``written``. Raises ``PeopleError`` for what is none."""
    try:
        held = json.loads(text)
        if held["form"] != FORM:
            raise PeopleError("読取りの内容が新しい版のソフトで作られているため、開けません。")
        return Review(
            held["raw"],
            tuple(_document_of(one) for one in held["documents"]),
            tuple(_item_of(one) for one in held["items"]),
            tuple(Rest(*one) for one in held["rest"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PeopleError("読取りの内容を開けません。文章をもう一度読み取ってください。") from error


def left_open(text: str) -> int:
    """How many paragraphs of a kept review nobody has decided; 0 where the text is none."""
    try:
        return len(read_back(text).open)
    except PeopleError:
        return 0


def _plain(text: str) -> str:
    """With everything spelt out that a record drops or refuses: a city's text comes with all sorts."""
    for sign in filter(_is_odd, set(text)):
        text = text.replace(sign, json.dumps(sign)[1:-1])
    return text


@lru_cache(maxsize=1 << 13)
def _is_odd(sign: str) -> bool:
    return sign != " " and (cleaned(sign).text != sign or bool(unshown(sign)))


def _document(one: Document) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "title": one.title,
        "part": one.part,
        "client": one.parties.client,
        "vendor": one.parties.vendor,
        "text": one.text,
    }


def _document_of(held: dict[str, Any]) -> Document:
    parties = Parties(tuple(held["client"]), tuple(held["vendor"]))
    return Document(DocumentKind(held["kind"]), held["title"], held["part"], parties, held["text"])


def _item(one: Item) -> dict[str, Any]:
    plain = {
        name: getattr(one, name)
        for name in ("key", "number", "heading", "text", "document", "paragraph", "summary", "lead", "silent")
    }
    return {
        **plain,
        **({"followed": one.followed} if one.followed else {}),
        "state": str(one.state),
        "options": one.options,
        "offered": one.offered,
        "picks": [(two.kind, two.ticked, two.confidence, two.spans) for two in one.picks],
        "moments": [(two.when, two.ticked, two.confidence, two.spans, two.kinds) for two in one.moments],
        "details": [
            (two.kind, two.name, two.value, two.ticked, two.confidence, two.spans) for two in one.details
        ],
    }


def _item_of(held: dict[str, Any]) -> Item:
    lists = {
        "options": tuple(held.pop("options")),
        "offered": tuple(held.pop("offered")),
        "picks": tuple(Pick(kind, on, sure, _spans(at)) for kind, on, sure, at in held.pop("picks")),
        "moments": tuple(
            Timing(when, on, sure, _spans(at), tuple(kinds))
            for when, on, sure, at, kinds in held.pop("moments")
        ),
        "details": tuple(
            Detail(kind, name, value, on, sure, _spans(at))
            for kind, name, value, on, sure, at in held.pop("details")
        ),
    }
    return Item(**{**held, **lists, "state": State(held["state"])})


def _spans(held: list[Any]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in held)
