"""A new version in sentences: what became of each clause, and what that does to a contract."""

from __future__ import annotations

from collections.abc import Iterator

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.kinds import When, kind_label
from app.annexes.own.drafting import effective
from app.annexes.parameter_types import Parameter
from app.annexes.reading.comparing.rewording import Fate
from app.annexes.reading.revising.carrying import Carried, Step
from app.annexes.reading.revising.reviewing import Revised
from app.annexes.revision import plain
from app.duties.whatif.revision_effects import UNMOVED, Effects

STEPS = {Step.KEPT: "変更なし", Step.REWORDED: "変更", Step.ADDED: "新設", Step.GONE: "廃止"}
_LONGEST = 120
"""Characters of a part that stayed: its ends are shown."""


def counts(revised: Revised) -> str:
    """How many clauses stayed, changed, came and went."""
    moved = sum(
        1
        for one in revised.of(Step.KEPT)
        if one.old and one.new and plain(one.old["number"]) != plain(one.new["number"])
    )
    more = {Step.KEPT: f"（うち番号だけが変わった条項{moved}）" if moved else ""}
    told = "、".join(f"{STEPS[step]}{len(revised.of(step))}{more.get(step, '')}" for step in Step)
    said = f"{told}。文章が同じ条項は、設定した義務と条件をそのまま引き継ぎます。"
    if revised.by_summary:
        said += (
            f"前の版の条文が台帳にない{revised.by_summary}条項は要約と比べているため、"
            "文章の相違は示しません。"
        )
    return said


def changes(revised: Revised) -> Iterator[list[str]]:
    """Every clause that is not the same, in lines."""
    for one in revised.clauses:
        if one.step is not Step.KEPT:
            yield [title(one), *(f"  {line}" for line in _lines(one))]


def title(one: Carried) -> str:
    """A clause with what became of it, and its numbers in both versions."""
    return f"【{STEPS[one.step]}】{numbered(one)}"


def numbered(one: Carried) -> str:
    """A clause by its numbers in both versions, and its heading."""
    old, new = one.old and one.old["number"], one.new and one.new["number"]
    held = one.new or one.old or {}
    number = f"{old} → {new}" if old and new and plain(old) != plain(new) else new or old
    heading = held["heading"]
    return f"{number}" if heading in (old, new) else f"{number}　{heading}"


def words(one: Carried) -> str:
    """What was taken out (［－…］) and put in (［＋…］)."""
    marks = {Fate.REMOVED: "［－{}］", Fate.ADDED: "［＋{}］", Fate.KEPT: "{}"}
    return "".join(
        marks[run.fate].format(_short(run.text) if run.fate is Fate.KEPT else run.text) for run in one.runs
    )


def in_duties(one: Carried) -> Iterator[str]:
    """What the change of words means."""
    if one.step is Step.GONE:
        gone = labels(one.old["kinds"] if one.old else ())
        yield f"なくなる義務：{gone}" if gone else "前の版で義務を設定していない条項です。"
        return
    if one.added:
        yield f"新しい義務：{labels(one.added)}"
    if one.unread:
        yield f"新しい文章から読み取れない義務（残しています）：{labels(one.unread)}"
    if one.disputed:
        yield f"設定した条件と新しい文章が違う義務（設定を残しています）：{labels(one.disputed)}"
    set_anew = [*_parameters(one)]
    yield from set_anew
    if not (one.added or one.unread or one.disputed or set_anew):
        held = labels(one.new["kinds"] if one.new else ())
        if one.step is Step.ADDED:
            yield "義務は見つかりませんでした。条文を確かめてください。"
        else:
            yield f"義務の種別は変わりません（{held or '義務の設定なし'}）。"


def on_contract(found: Effects) -> Iterator[str]:
    """What the version would do to a contract; one sentence where it would do nothing."""
    told = [
        *(f"新たに生じる義務：{duty.clause.number} {kind_label(duty.kind)}" for duty in found.appearing),
        *(f"なくなる義務：{duty.clause.number} {kind_label(duty.kind)}" for duty in found.disappearing),
        *(
            f"状態や期限が変わる義務：{one.after.clause.number} {kind_label(one.after.kind)}"
            f"（{one.before.state.label} → {one.after.state.label}）"
            for one in found.moved
        ),
        *(f"新しい版では数えない遵守確認と条文の控え：{one.clause}" for one in found.outdated),
        *(f"引き継がれない、契約で定めた数値：{one.clause}" for one in found.dropped),
    ]
    yield from told or [UNMOVED]


def labels(kinds: tuple[str, ...] | list[str]) -> str:
    """Kinds as people read them in a row."""
    return "・".join(kind_label(kind) for kind in kinds)


def _parameters(one: Carried) -> Iterator[str]:
    """What a kind that both versions have asks otherwise now."""
    old, new = one.old, one.new
    if old is None or new is None:
        return
    for kind in (kind for kind in new["kinds"] if kind in old["kinds"]):
        before, after = effective(old, kind), effective(new, kind)
        for name in dict.fromkeys((*before, *after)):
            if name != "assumed" and before.get(name) != after.get(name):
                parameter = PARAMETERS[name]
                was, is_now = (_said(parameter, held.get(name)) for held in (before, after))
                yield f"{kind_label(kind)}の{parameter.heading or parameter.label}：{was} → {is_now}"
    if set(old["when"]) != set(new["when"]):
        was, is_now = ("・".join(When(when).label for when in held["when"]) for held in (old, new))
        yield f"時期：{was} → {is_now}"


def _said(parameter: Parameter, value: Json | None) -> str:
    return "なし" if value is None else parameter.words(parameter.read(value)) or "なし"


def _lines(one: Carried) -> Iterator[str]:
    if one.runs:
        yield words(one)
    yield from in_duties(one)


def _short(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"
