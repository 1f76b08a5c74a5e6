"""契約の開始: everything that is due before a contract begins, in the order in which it is done. No widgets.

Nothing of it is typed: each stage is what the duties of the contract still lack. A stage is done once they
lack nothing of it; what cannot be judged before an earlier stage is done is never counted as done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from app.annexes.kinds import KINDS, State, When, kind_label
from app.duties.duty import Action, Duty, Gap, Step
from app.records import Assignment, Contract, Person, Submission

if TYPE_CHECKING:
    from app.duties.case import FormFace
    from app.work.assessment import Assessment

_SOON = timedelta(days=7)
_WORKERS = "worker-list"
PAPERS, HANDING_IN = "papers", "handing-in"
"""The last two stages: making the papers and handing them in."""


class _Told(NamedTuple):
    title: str
    act: str = ""


_ORDER: Mapping[str, _Told] = MappingProxyType(
    {
        "responsible-person": _Told("責任者を決める", "join"),
        _WORKERS: _Told("従事者を決める", "join"),
        "management-system": _Told("管理体制を定める"),
        "work-location": _Told("作業場所を決める"),
        "equipment-register": _Told("使うPC・媒体を決める"),
        "management-rules": _Told("規程を定める"),
        "transfer-method": _Told("授受の方法を取り決める"),
        "dispatch-contract": _Told("派遣契約を確かめる"),
        "training": _Told("研修を行う", "train"),
        "oath": _Told("誓約書に署名を受ける", "oaths"),
    }
)
"""Kind of duty → how its stage is called and the act that does it; kinds that are not here come after."""
_WORST = (State.OVERDUE, State.DUE, State.CONFIRM, State.WAITING, State.NOT_DUE, State.SATISFIED)
_CLOSED = (State.SATISFIED, State.WAITING)
_WHO = "assignment"
_NAMED = 5
"""People named one by one before the rest is counted."""
_ENTERED = (_WHO, "location_use", "device_use")
"""Record types without which nothing is known of a contract: who works, where, and with what."""


class Stage(NamedTuple):
    """One stage. ``kind``: a kind of duty, ``PAPERS`` or ``HANDING_IN``.

    ``state``: of this stage alone; ``NOT_DUE`` where an earlier one has to be done first. ``due``: its first
    deadline, None where no day is set or nothing is left. ``missing``: what is open. ``clauses``: which ask
    for it. ``act``: the name of the act that does it; empty: ``step`` does. ``given``: what the act is
    told. ``duties``: which it serves. ``found``: on what it is said to be done, where that may be less than
    its name says.
    """

    kind: str
    title: str
    state: State
    due: date | None
    missing: tuple[str, ...]
    clauses: tuple[str, ...]
    duties: tuple[Duty, ...]
    act: str = ""
    step: Step = Step()
    given: tuple[tuple[str, Any], ...] = ()
    found: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing of it is left to the vendor."""
        return self.state in _CLOSED


@dataclass(frozen=True, slots=True)
class Starting:
    """The start of one contract on one day. ``unset``: duties besides which are still to be confirmed."""

    contract: Contract
    day: date
    stages: tuple[Stage, ...]
    unset: int = 0

    @property
    def done(self) -> int:
        """How many of its stages are done."""
        return sum(one.done for one in self.stages)

    @property
    def late(self) -> tuple[Stage, ...]:
        """Those of its stages that are past their day."""
        return tuple(one for one in self.stages if not one.done and one.due and one.due < self.day)

    @property
    def presses(self) -> bool:
        """Whether something of it is due within a week, or late."""
        return self.due is not None and self.due <= self.day + _SOON

    @property
    def said(self) -> str:
        """How far off the start is, and how much of it is ready, in words."""
        days = (self.contract.starts_on - self.day).days
        if days > 0:
            until = "あす開始" if days == 1 else f"開始まであと{days:,}日"
        else:
            until = f"開始から{-days:,}日" if days else "きょう開始"
        if not self.stages:
            return f"{until}、着手の前に求められる手順はありません"
        return f"{until}、{len(self.stages)}つのうち{self.done}つ済み"

    @property
    def next(self) -> Stage | None:
        """The first stage that can be begun; None where nothing is left."""
        left = [one for one in self.stages if not one.done]
        return next((one for one in left if one.state is not State.NOT_DUE), left[0] if left else None)

    @property
    def due(self) -> date | None:
        """The first of the deadlines of what is left."""
        return min((one.due for one in self.stages if not one.done and one.due), default=None)


def prepares(duty: Duty) -> bool:
    """Whether a duty belongs to the start of its contract."""
    return (
        When.BEFORE_START in duty.clause.when
        and KINDS[duty.kind].ready
        and duty.state is not State.NOT_APPLICABLE
    )


def starting(made: Assessment, contract: Contract) -> Starting:
    """The stages of the start of ``contract``, none where its clauses ask for nothing before it."""
    own = made.of(contract.id)
    duties = tuple(one for one in own if prepares(one))
    asked = (one for one in own if one.state is State.CONFIRM and one not in duties)
    stages = (_told_who(one, made, contract) for one in _stages(duties, made.forms, made.day))
    return Starting(contract, made.day, tuple(stages), sum(1 for _ in asked))


def _told_who(stage: Stage, made: Assessment, contract: Contract) -> Stage:
    """Who works is said by name: no clause knows whether that is everybody; one alone may be the manager."""
    if stage.kind != _WORKERS or not stage.done:
        return stage
    day = max(made.day, contract.starts_on)
    roles: dict[int, list[str]] = {}
    for one in made.facts.of(Assignment, "contract", contract.id):
        if one.ends_on is None or day <= one.ends_on:
            roles.setdefault(one.person, []).extend(one.role_names)
    people = [
        f"{made.facts.get(Person, person).name}（{'・'.join(dict.fromkeys(held))}）"
        for person, held in roles.items()
    ]
    named = "、".join(
        [*people[:_NAMED], *([f"ほか{len(people) - _NAMED}人"] if len(people) > _NAMED else [])]
    )
    return stage._replace(found=f"登録済み：{named}。ほかに従事する者がいるときは、追加してください。")


def starts(made: Assessment) -> tuple[Starting, ...]:
    """The contracts that are best seen as a start: not begun and not ready, or begun and hardly entered.

    The first in time first.
    """
    found = (starting(made, one) for one in made.facts.all(Contract) if _beginning(made, one))
    left = (one for one in found if one.next is not None and _unentered(made, one))
    return tuple(sorted(left, key=lambda one: (one.contract.starts_on, one.contract.id)))


def _beginning(made: Assessment, contract: Contract) -> bool:
    """Cheap to ask of every contract: most have long begun, with papers handed in."""
    if made.day > contract.last_day or contract.ended_on is not None:
        return False
    if made.day < contract.starts_on:
        return True
    return not any(one.submitted_on is not None for one in made.facts.of(Submission, "contract", contract.id))


def _unentered(made: Assessment, one: Starting) -> bool:
    """Of a contract that has begun: whether who, where or with what is not entered at all."""
    if made.day < one.contract.starts_on:
        return True
    unknown = (duty for stage in one.stages for duty in stage.duties if duty.state is State.CONFIRM)
    gaps = (gap for duty in unknown for gap in duty.missing)
    return any(not gap.id and gap.record in _ENTERED for gap in gaps)


def _stages(duties: tuple[Duty, ...], forms: Mapping[str, FormFace], day: date) -> Iterator[Stage]:
    kinds = [kind for kind in _ORDER if any(one.kind == kind for one in duties)]
    kinds += dict.fromkeys(one.kind for one in duties if one.kind not in _ORDER)
    found = [_recording(kind, tuple(one for one in duties if one.kind == kind), forms, day) for kind in kinds]
    yield from found
    if found:
        yield from _papers(found, duties, forms, day)


def _recording(kind: str, duties: tuple[Duty, ...], forms: Mapping[str, FormFace], day: date) -> Stage:
    """What is recorded before any paper can tell of it."""
    told = _ORDER.get(kind, _Told(kind_label(kind)))
    open_ = [(duty, gap) for duty in duties for gap in duty.missing if not _of_paper(duty, gap, forms)]
    unsaid = [duty for duty in duties if duty.state is State.CONFIRM and not duty.missing]
    states = [_state(duty, gap, day) for duty, gap in open_] + [one.state for one in unsaid]
    states += [one.state for one in duties if one.state is State.NOT_DUE]
    steps = [gap.step for _duty, gap in open_] + [duty.next for duty, _gap in open_]
    step = next((one for one in steps if one.action), Step())
    state = min(states, key=_WORST.index, default=State.SATISFIED)
    act = told.act
    if told.act and step.target == _WHO and told.act != "join":
        # Whom it is about is not known yet: nothing can be begun here.
        state, act, step = State.NOT_DUE, "", Step()
    elif told.act == "oaths" and open_ and all(gap.step.action is Action.OPEN for _duty, gap in open_):
        act = "signed"
    return Stage(
        kind,
        told.title,
        state,
        _first(gap.due or duty.due for duty, gap in open_),
        tuple(dict.fromkeys(gap.text for _duty, gap in open_)) or tuple(one.why for one in unsaid),
        _clauses(duties),
        duties,
        act,
        step,
        tuple(_given(act, step)),
    )


def _given(act: str, step: Step) -> Iterator[tuple[str, Any]]:
    """What whoever begins is told already: in which role."""
    for name, rows in step.given if act == "join" else ():
        if name == "roles":
            yield "role", rows[0].role


def _papers(
    before: list[Stage], duties: tuple[Duty, ...], forms: Mapping[str, FormFace], day: date
) -> Iterator[Stage]:
    """The papers that tell the client: made, then handed in. What is still to be recorded comes first."""
    ready = all(one.done for one in before)
    gaps = [(duty, gap) for duty in duties for gap in duty.missing if _of_paper(duty, gap, forms)]
    handed = any(held.record == "submission" for duty in duties for held in duty.evidence)
    if ready and not gaps and not handed:
        return
    waits = _first(one.due for one in before if not one.done)
    unmade = [one for one in gaps if one[1].step.action is not Action.SUBMIT]
    yield _of_papers(PAPERS, "届出の書類を作る", unmade, waits, ready=ready, day=day, forms=forms)
    unsent = [one for one in gaps if one[1].step.action is Action.SUBMIT]
    first = _first(gap.due for _duty, gap in unmade) or waits
    yield _of_papers(
        HANDING_IN, "書類を提出する", unsent, first, ready=ready and not unmade, day=day, forms=forms
    )


def _of_papers(
    kind: str,
    title: str,
    gaps: list[tuple[Duty, Gap]],
    waits: date | None,
    *,
    ready: bool,
    day: date,
    forms: Mapping[str, FormFace],
) -> Stage:
    """``waits``: by when, where something has to be done ``before`` it can be said what there is to do."""
    states = [_state(duty, gap, day) for duty, gap in gaps]
    calm = State.SATISFIED if ready else State.NOT_DUE
    texts = (
        forms[gap.step.target].title if gap.step.action is Action.ISSUE else gap.text for _duty, gap in gaps
    )
    return Stage(
        kind,
        title,
        min(states, key=_WORST.index, default=calm),
        _first(gap.due for _duty, gap in gaps) if gaps else None if ready else waits,
        tuple(dict.fromkeys(texts)),
        _clauses(duty for duty, _gap in gaps),
        tuple(dict.fromkeys(duty for duty, _gap in gaps)),
        step=gaps[0][1].step if gaps else Step(),
    )


def _of_paper(duty: Duty, gap: Gap, forms: Mapping[str, FormFace]) -> bool:
    """Whether a paper for the client is what is missing: the sheet on which a worker signs is none."""
    step = gap.step
    if step.action is Action.ISSUE:
        return duty.kind != "oath" or forms[step.target].past
    return step.action is Action.SUBMIT


def _state(duty: Duty, gap: Gap, day: date) -> State:
    if duty.state is State.CONFIRM:
        return State.CONFIRM
    if gap.waiting:
        return State.WAITING
    return State.OVERDUE if gap.due is not None and gap.due < day else State.DUE


def _first(days: Iterable[date | None]) -> date | None:
    return min((one for one in days if one is not None), default=None)


def _clauses(duties: Iterable[Duty]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.clause.number for one in duties))
