"""Own annexes for tests: overlays on the annexes of the product, and records that hold them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from app.annexes.asks import parameters_of
from app.annexes.choices import Submit
from app.annexes.kinds import KINDS, When
from app.records import OwnAnnex
from app.records.contract import Option

PUBLISHED = date(2026, 3, 1)

HEAD = """\
schema = 1
key = "{key}"
title = "架空市の特記事項"
version = {version}
base = "{base}"
base_version = {base_version}
source = "試験"
"""


def overlay(
    body: str = "",
    key: str = "kakuu",
    version: int = 1,
    base: str = "kimitsu-hoji",
    base_version: int = 1,
) -> str:
    """The text of an overlay with these changes."""
    return (HEAD.format(key=key, version=version, base=base, base_version=base_version) + body).rstrip()


def own(content: str, key: str = "kakuu", version: int = 1, **values: Any) -> OwnAnnex:
    """A record that holds the text, published unless said otherwise."""
    values = {"title": "架空市の特記事項", "published_on": PUBLISHED, **values}
    return OwnAnnex(annex=key, version=version, content=content, **values)


WORDS_USED = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
"""Texts of every script, quotes, brackets and equals signs included, without blanks at the ends."""
_KINDS = [kind for kind in KINDS if kind != "liability"]
_DUTIES = [str(moment) for moment in When if moment is not When.INFO]
_PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "submit": st.sampled_from([str(one) for one in Submit]),
        "days_before": st.integers(1, 1200),
        "written": st.just(True),
        "exception": st.just(["approval", "statute"]),
        "items": st.lists(WORDS_USED, min_size=1, max_size=3, unique=True),
        "country": WORDS_USED,
        "explain": st.just([{"act": "個人情報の保護に関する法律", "article": "第66条", "subject": "管理"}]),
    },
)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """The tables of a right annex, as an annex file has them."""
    parts = draw(st.lists(st.sampled_from(["", "契約書", "特記事項"]), min_size=1, unique=True))
    options = draw(st.lists(st.sampled_from([str(one) for one in Option]), unique=True))
    head = {"schema": 1, "key": "kakuu", "title": draw(WORDS_USED), "version": draw(st.integers(1, 9999))}
    begun = draw(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)))
    return {
        **head,
        "source": draw(WORDS_USED),
        **({"in_force_from": begun} if begun else {}),
        "part": [
            {"key": part, "title": draw(WORDS_USED), "words": {"client": draw(WORDS_USED), "vendor": "乙"}}
            for part in parts
        ],
        "option": [{"key": option, "label": draw(WORDS_USED)} for option in options],
        "clause": [draw(_clauses(at, parts, options)) for at in range(draw(st.integers(1, 4)))],
    }


@st.composite
def _clauses(draw: st.DrawFn, at: int, parts: list[str], options: list[str]) -> dict[str, Any]:
    kinds = draw(st.lists(st.sampled_from(_KINDS), max_size=7, unique=True))
    idle = st.just(["info"]) | st.just(["standing"])
    when = draw(st.lists(st.sampled_from(_DUTIES), min_size=1, max_size=4, unique=True) if kinds else idle)
    offered = {name for kind in kinds for name in parameters_of(kind)}
    parameters = {name: one for name, one in draw(_PARAMETERS).items() if name in offered}
    own = draw(_PARAMETERS) if kinds else {}
    if own := {name: one for name, one in own.items() if name in parameters_of(kinds[0])}:
        parameters[kinds[0]] = own
    part = draw(st.sampled_from(parts))
    table = {
        "key": f"clause-{at}",
        "number": f"{part} 第{at}条".strip(),
        "heading": draw(WORDS_USED),
        "summary": f"{draw(WORDS_USED)}\n{draw(WORDS_USED)}",
        "kinds": kinds,
        "when": when,
    }
    chosen = draw(st.lists(st.sampled_from(options), unique=True)) if options else []
    return {
        **table,
        **({"options": chosen} if chosen else {}),
        **({"parameters": parameters} if parameters else {}),
    }
