"""How the start of a contract is told, in the window and on the command line. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.annexes.kinds import State
from app.records.days import wareki
from app.work.course.starting import Stage, Starting
from app.work.states import Mark, mark

_WORD: Mapping[State, str] = MappingProxyType({State.SATISFIED: "済み", State.NOT_DUE: "前の手順の後"})
_FIRST = "前の手順を済ませると、ここで何をするかが決まります。"


def stage_mark(stage: Stage) -> Mark:
    """How the state of a stage is shown."""
    shown = mark(stage.state)
    return Mark(_WORD.get(stage.state, shown.word), shown.sign, shown.tone)


def stage_lines(stage: Stage, most: int | None = None) -> tuple[str, ...]:
    """What is open of a stage, with the clauses that ask for it; where it is done, on what that is said.

    ``most``: things named one by one before the rest is counted; None names all.
    """
    if stage.done:
        return tuple(filter(None, (stage.found,)))
    named = stage.missing[:most]
    left = len(stage.missing) - len(named)
    lines = [*named, *([f"ほか{left:,}件"] if left > 0 else [])]
    if not lines or stage.state is State.NOT_DUE:
        lines = [_FIRST]
    clauses = f"（{'、'.join(stage.clauses)}）" if stage.clauses else ""
    return (*lines[:-1], f"{lines[-1]}{clauses}")


def begins(found: Starting) -> str:
    """Of which contract it is, and when that begins."""
    return f"契約番号 {found.contract.number}　始期 {wareki(found.contract.starts_on)}"


def besides(found: Starting) -> str:
    """What is to be confirmed besides, in one sentence."""
    if not found.unset:
        return "このほかに、状況を確かめる義務はありません。"
    return f"このほかに、状況を確かめる義務が{found.unset:,}件あります。"
