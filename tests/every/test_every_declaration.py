"""What is declared wrongly fails where it is declared, with its name."""

from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, Any

import pytest

from app.annexes.asks import declared
from app.annexes.choices import Medium, Submit
from app.annexes.kinds import KINDS, Kind, State, by_name
from app.annexes.parameter_types import Count, Flag, Many, One
from app.duties.evaluators import EVALUATORS, collect
from app.duties.evaluators.evaluator import Evaluator, evaluator

SAID: dict[str, Any] = {"label": "名前", "about": "a thing"}


@dataclass
class Right:
    days: Annotated[int | None, Count(unit="日", kinds=("oath",), **SAID)] = None
    submit: Annotated[Submit, One(of=Submit, **SAID)] = Submit.NONE
    media: Annotated[tuple[Medium, ...], Many(of=Medium, **SAID)] = ()


@dataclass
class Unsaid:
    days: int | None = None


@dataclass
class OfAnotherType:
    days: Annotated[str, Count(unit="日", **SAID)] = ""


@dataclass
class OfAnotherList:
    submit: Annotated[Medium, One(of=Submit, **SAID)] = Medium.PAPER


@dataclass
class NotAList:
    media: Annotated[Medium, Many(of=Medium, **SAID)] = Medium.PAPER


@dataclass
class OfNoKind:
    written: Annotated[bool, Flag(sentence="書面による", kinds=("oaths",), **SAID)] = False


def test_a_parameter_is_declared_by_its_field() -> None:
    assert list(declared(Right)) == ["days", "submit", "media"]


@pytest.mark.parametrize(
    ("cls", "words"),
    [
        (Unsaid, "Unsaid.days needs one declaration"),
        (OfAnotherType, "OfAnotherType.days is .*str.*Count holds .*int"),
        (OfAnotherList, "OfAnotherList.submit is .*Medium.*One holds .*Submit"),
        (NotAList, "NotAList.media is .*Many holds"),
        (OfNoKind, r"OfNoKind.written names kinds that are not declared: \['oaths'\]"),
    ],
)
def test_a_parameter_that_is_declared_wrongly_is_named(cls: type[Any], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        declared(cls)


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(TypeError, match="audit"):
        by_name((Kind("audit", "監査", "。"), Kind("oath", "誓約書", "。"), Kind("audit", "調査", "。")))


def module(**evaluators: Evaluator) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(evaluators)
    return made


def test_every_duty_has_one_evaluator_which_is_found_by_itself() -> None:
    every = module(**{f"at{at}": one for at, one in enumerate(EVALUATORS.values())})
    again = module(imported=EVALUATORS["oath"])
    assert collect([every, again]) == EVALUATORS
    assert list(EVALUATORS) == [kind.name for kind in KINDS.values() if not kind.shown_only]


def test_a_kind_that_two_evaluators_judge_is_named() -> None:
    every = module(**{f"at{at}": one for at, one in enumerate(EVALUATORS.values())})
    second = module(second=evaluator("oath", EVALUATORS["oath"].judge, State.DUE))
    with pytest.raises(TypeError, match="two evaluators judge oath"):
        collect([every, second])


def test_a_kind_that_nobody_judges_and_a_judge_of_no_duty_are_named() -> None:
    others = {f"at{at}": one for at, one in enumerate(EVALUATORS.values()) if one.kind != "oath"}
    with pytest.raises(TypeError, match=r"\['oath'\]"):
        collect([module(**others)])
    shown = evaluator("liability", EVALUATORS["oath"].judge, State.DUE)
    with pytest.raises(TypeError, match=r"\['liability', 'oath'\]"):
        collect([module(**others, shown=shown)])
