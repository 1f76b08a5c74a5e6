"""What people read for the parts of an annex, and for what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from app.annexes.annex import HEAD, WORDS
from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import KINDS, When, kind_label
from app.annexes.revision import Difference

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **HEAD,
        "number": "条項番号",
        "heading": "見出し",
        "summary": "要約",
        "kinds": "義務の種別",
        "when": "時期",
        "options": "該当する事項",
        "label": "説明",
    }
)
"""Each field of an annex and of a clause."""

_SPOKEN = {
    **FIELDS,
    **WORDS,
    **{name: one.label for name, one in PARAMETERS.items()},
    **{name: kind.label for name, kind in KINDS.items()},
}
_INSTEAD = (
    (re.compile(r".*\[\[part\]\].*"), "条項番号の中に空白は使えません。空白を除いてください。"),
    (
        re.compile(r"「(.*)」という \[\[option\]\] がありません。"),
        r"「\1」は「題名・用語」の該当する事項で選ばれていません。選ぶか、この条項から外してください。",
    ),
    (re.compile(r".*act・article・subject.*"), "1行に1つ、「法令／条／内容」の形で入力してください。"),
    (re.compile(r"1つ以上の値を持つ配列で書いてください。"), "1つ以上を指定してください。"),
    (re.compile(r"空でない文字列で書いてください。"), "内容を入力してください。"),
    (re.compile(r"none（例外なし）"), "「例外なし」"),
    (re.compile(r"だけを info とし"), "だけを「参考」とし"),
)


def spoken(sentence: str) -> str:
    """A fault of the reader in the words of the form: people see labels, not the names of a file's keys."""
    for pattern, text in _INSTEAD:
        sentence = pattern.sub(text, sentence)
    return re.sub(r"「([\w-]+)」", lambda found: f"「{_SPOKEN.get(found[1], found[1])}」", sentence)


def field_label(difference: Difference) -> str:
    """What differs: a field, or a parameter with the kind that it holds for alone."""
    if not difference.parameter:
        return FIELDS[difference.field]
    label = _label(difference.field)
    return f"{label}（{kind_label(difference.kind)}）" if difference.kind else label


def value_words(difference: Difference, value: Json | None) -> str:
    """One side of a difference in words; なし where there is nothing."""
    if value is None or value in ("", []):
        return "なし"
    if difference.parameter:
        return _parameter(difference.field, value)
    if isinstance(value, list):
        names = [str(one) for one in value]
        if difference.field == "kinds":
            names = [kind_label(name) for name in names]
        elif difference.field == "when":
            names = [When(name).label for name in names]
        return "、".join(names)
    return str(value)


def _parameter(name: str, value: Json) -> str:
    if name == "assumed" and isinstance(value, list):
        return "、".join(_label(str(one)) for one in value)
    parameter = PARAMETERS[name]
    return parameter.words(parameter.read(value)) or "なし"


def _label(name: str) -> str:
    return PARAMETERS[name].label if name in PARAMETERS else name
