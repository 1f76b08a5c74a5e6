"""A form at the end of a text as the wording that the client prescribes for an oath."""

from __future__ import annotations

import re

from app.annexes.reading.model import Document
from app.annexes.reading.review.deciding import set_value
from app.annexes.reading.review.model import Review

OATH = "oath"
_LABEL = re.compile(r"[（(]?(別記|別紙|様式|第[^。]{1,8}号)[^。]{0,20}")
_SIGNED = re.compile(r"(令和|平成|西暦)?[\s\d]*年[\s\d]*月[\s\d]*日[^。]*$")
_DATED = re.compile(r"(?:令和|平成|西暦)?[\s\d]*年[\s\d]*月[\s\d]*日")
_SHORT = 20
"""A line that is no longer and no sentence is a label: 氏名, 住所."""
_ADDRESSED = re.compile(
    r"[（(〔]?(?:宛て?先|あて先|提出先)[^。]{0,40}|[^。]{1,40}(?:様|殿|御中|宛て?|あて)[）)]?"
)
_TEXT, _PRESCRIBED = "oath_text", "prescribed"


def oath_places(review: Review) -> tuple[int, ...]:
    """The places of the clauses that ask for an oath."""
    return tuple(at for at, item in enumerate(review.items) if item.taken and OATH in item.kinds)


def with_oath(review: Review, form: Document) -> Review:
    """Every clause that asks for an oath prescribes the words of ``form``."""
    for at in oath_places(review):
        review = set_value(review, at, OATH, _PRESCRIBED, True)
        review = set_value(review, at, OATH, _TEXT, list(wording(form)))
    return review


def without_oath(review: Review) -> Review:
    """No clause prescribes the words of an oath."""
    for at in oath_places(review):
        review = set_value(review, at, OATH, _TEXT, None)
    return review


def prescribed(review: Review) -> Document | None:
    """The form whose words the clauses prescribe."""
    held = [
        one.value
        for at in oath_places(review)
        for one in review.items[at].details
        if one.ticked and (one.kind, one.name) == (OATH, _TEXT)
    ]
    return next((form for form in review.forms if list(wording(form)) in held), None)


def wording(form: Document) -> tuple[str, ...]:
    """The paragraphs of a form, without its title, whom it is for, and where one dates and signs it."""
    lines = [" ".join(line.split()) for line in form.text.splitlines()]
    title = "".join(form.title.split())
    held = [line for line in lines if line and "".join(line.split()) != title and not _LABEL.fullmatch(line)]
    while held and (_ADDRESSED.fullmatch(held[0]) or _DATED.fullmatch(held[0])):
        del held[0]
    while held:
        held[-1] = _SIGNED.sub("", held[-1]).rstrip()
        if held[-1] and ("。" in held[-1] or len(held[-1]) > _SHORT):
            break
        held.pop()
    return tuple(held)
