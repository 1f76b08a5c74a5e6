"""What people read of a review: where a paragraph stands, how sure a proposal is, and on which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import When, kind_label
from app.annexes.reading.model import DocumentKind
from app.annexes.reading.review.model import Detail, Item, Pick, Span, State, Timing
from app.annexes.reading.review.nearest import Near

UNFOUND = "見つかりませんでした"
DOCUMENTS: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.CONTRACT: "契約書",
        DocumentKind.ANNEX: "特記事項",
        DocumentKind.SPECIFICATION: "仕様書",
        DocumentKind.FORM: "様式",
        DocumentKind.OTHER: "文書",
    }
)
"""What people call a document without a title."""
_STATES: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.PROPOSED: ("提案どおり", "info"),
        State.NOTHING: (UNFOUND, "warn"),
        State.ACCEPTED: ("確認済み", "ok"),
        State.CHANGED: ("直しました", "ok"),
        State.SET_ASIDE: ("外しました", "muted"),
    }
)
AS_IT_IS, _NO_DUTY, _WITHOUT = "このとおりで次へ", "義務なしで次へ", "印のないものを除いて次へ"
NOTHING_NEAR = "似た条項はありません。"
_MOST = 3
"""Places of evidence that are told; the rest is marked in the text. So many conditions are told too."""


def state_of(item: Item) -> tuple[str, str]:
    """Word and tone of where a paragraph stands."""
    if item.open and item.state is State.PROPOSED:
        return "要確認", "warn"
    return _STATES[item.state]


def goes_on(item: Item) -> str:
    """What the button says that takes a paragraph as it is ticked. Who only goes on must see that he says
    "nothing is asked", or leaves a duty out: what is doubtful has no tick."""
    if not item.taken:
        return AS_IT_IS
    if not item.kinds:
        return _NO_DUTY
    return _WITHOUT if item.left_out else AS_IT_IS


def named(item: Item) -> str:
    """Number and heading."""
    return f"{item.number}　{item.heading}".rstrip()


def kinds_of(item: Item) -> str:
    """What is ticked, else why nothing is."""
    if item.kinds:
        return "、".join(kind_label(kind) for kind in item.kinds)
    if item.state is State.NOTHING:
        return "—"
    if any(pick.doubtful for pick in item.picks) and not item.state.decided:
        return f"（{'、'.join(kind_label(pick.kind) for pick in item.picks)}？）"
    return "義務なし"


def reason(one: Pick | Timing | Detail, item: Item) -> str:
    """How sure a proposal for ``item`` is, and on which words, or by which example."""
    confidence = one.confidence if isinstance(one, Pick) else item.sureness(one)
    if confidence >= 1.0 and not one.spans:
        return "この画面で選びました"
    sure = f"確からしさ {round(confidence * 100)}％"
    return "　".join(filter(None, (sure, quoted(one.spans, item.text) or item.followed)))


def quoted(spans: Sequence[Span], text: str) -> str:
    """The words at ``spans`` of ``text``."""
    return "".join(f"「{text[start:end]}」" for start, end in spans[:_MOST])


def detail_words(one: Detail) -> str:
    """A parameter with its value."""
    return _parameter_words(one.name, one.value)


def _parameter_words(name: str, value: Json) -> str:
    parameter = PARAMETERS[name]
    return f"{parameter.heading or parameter.label}：{parameter.words(parameter.read(value))}"


def near_words(near: Near) -> str:
    """What is near, and in what it differs."""
    title = f"「{near.annex.title}」{near.clause.number}（{near.clause.heading}）に近い条項です。"
    return "\n".join(filter(None, (title, *_differences(near))))


def _differences(near: Near) -> Sequence[str]:
    asks = (
        _told("近い条項だけの条件", _conditions(near.asks_there)),
        _told("この条項だけの条件", _conditions(near.asks_here)),
    )
    if near.same:
        same = "義務の種別と時期は同じです。" if any(asks) else "義務の種別、時期、条件は同じです。"
        return (same, *asks)
    return (
        _told("近い条項だけの種別", [kind_label(kind) for kind in near.only_there]),
        _told("この条項だけの種別", [kind_label(kind) for kind in near.only_here]),
        _told("近い条項だけの時期", [When(one).label for one in near.when_there]),
        _told("この条項だけの時期", [When(one).label for one in near.when_here if one != When.INFO]),
        *asks,
    )


def _conditions(found: Sequence[tuple[str, str, Json]]) -> Sequence[str]:
    """Each once, whichever kinds have it; only some of many."""
    made = list(dict.fromkeys(_parameter_words(name, value) for _kind, name, value in found))
    return [*made[:_MOST], *([f"ほか{len(made) - _MOST}件"] if len(made) > _MOST else [])]


def _told(name: str, found: Sequence[str]) -> str:
    return f"{name}：{'、'.join(found)}" if found else ""
