"""A form at the end of a text as the wording that the client prescribes for an oath."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.annexes.reading.around.notes import Notes
from app.annexes.reading.marks import marks_at
from app.annexes.reading.model import Document
from app.annexes.reading.review.deciding import set_value
from app.annexes.reading.review.model import Review
from app.annexes.reading.text import folded

OATH = "oath"
_LABEL = re.compile(r"[（(]?(別記|別紙|様式|第[^。]{1,8}号)[^。]{0,20}")
_SIGNED = re.compile(r"(令和|平成|西暦)?[\s\d]*年[\s\d]*月[\s\d]*日[^。]*$")
_DATED = re.compile(r"(?:令和|平成|西暦)?[\s\d]*年[\s\d]*月[\s\d]*日")
_ASIDE = re.compile(
    r"\*|[(〔【\[]?(?:注意|留意|(?:記[入載]|作成)(?:上|に当たって|にあたって)?の?(?:注意|留意|要領|方法|例))"
    r"(?:事項|点)?(?:[)〕】\]\s:]|$)"
)
"""How a note begins in a form, beside what begins one in an annex."""
_REFERRED = re.compile(r"(?:※|注)\s?[\d０-９]{1,2}")
_SHORT = 20
"""A line that is no longer and no sentence is a label: 氏名, 住所."""
_SWORN = ("こと", "ます", "ません")
"""How an item ends that is sworn though no full stop closes it."""
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
    """The paragraphs of a form that are sworn: without its title, whom it is for, where one dates and signs
    it, and the notes above and below, which tell whoever fills it in what to do."""
    lines = [" ".join(line.split()) for line in form.text.splitlines()]
    title = "".join(form.title.split())
    held = [line for line in lines if line and "".join(line.split()) != title and not _LABEL.fullmatch(line)]
    notes = _notes(held)
    while held and (notes[0] or _ADDRESSED.fullmatch(held[0]) or _DATED.fullmatch(held[0])):
        del held[0], notes[0]
    del held[_signed(held, notes) :]
    while held:
        if notes[len(held) - 1]:
            held.pop()
            continue
        held[-1] = _SIGNED.sub("", held[-1]).rstrip()
        if held[-1] and not _is_label(held[-1]):
            break
        held.pop()
    return tuple(held)


def _notes(lines: Sequence[str]) -> list[bool]:
    """Which of ``lines`` are notes; one to which the words refer by its number is part of them."""
    found: list[bool] = []
    notes, inside, said = Notes(), False, ""
    for line in lines:
        plain = folded(line).folded
        inside = bool(notes.begins(plain) or _ASIDE.match(plain)) or (
            inside and notes.goes_on([*marks_at(plain, 0)])
        )
        number = _REFERRED.match(line)
        found.append(inside and not (number is not None and number[0] in said))
        said += "" if inside else line
    return found


def _signed(lines: Sequence[str], notes: Sequence[bool]) -> int:
    """Where the words end before the place for date and name, if nothing but notes stands below that."""
    sworn = next((at for at, line in enumerate(lines) if not (notes[at] or _is_label(line))), len(lines))
    for at in range(sworn + 1, len(lines)):
        if _SIGNED.match(lines[at]):
            below = (notes[on] for on in range(at + 1, len(lines)) if not _is_label(lines[on]) or notes[on])
            if next(below, True):
                return at
    return len(lines)


def _is_label(line: str) -> bool:
    return "。" not in line and len(line) <= _SHORT and not line.endswith(_SWORN)
