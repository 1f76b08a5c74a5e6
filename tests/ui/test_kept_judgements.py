"""A start shows what the last session judged, judges it all the same, and puts right what was not so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.duties.evaluators import EVALUATORS
from app.duties.verdict import Question, Verdict
from app.ledger.door import Ledger
from app.records import Location
from app.ui.context import Context, Program
from app.ui.operations import Operations
from app.ui.parts.look import Look
from app.ui.reckoning.assessor import Assessor
from app.work.assessment import NOTHING, Assessment
from tests.ui.conftest import FakeDialogs, Sample

APP = Path(__file__).parents[2] / "app"
NEVER = 600_000


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kind of each duty that an evaluator was asked about."""
    asked: list[str] = []

    def noting(kind: str, judge: Callable[[Question], Verdict]) -> Callable[[Question], Verdict]:
        def noted(question: Question) -> Verdict:
            asked.append(kind)
            return judge(question)

        return noted

    every = {kind: replace(one, judge=noting(kind, one.judge)) for kind, one in EVALUATORS.items()}
    monkeypatch.setattr("app.duties.engine.EVALUATORS", every)
    return asked


class Session:
    """One start of the window after the other, over the same ledger."""

    def __init__(self, start: Callable[[], Context], qtbot: QtBot) -> None:
        self._start, self._qtbot = start, qtbot
        self.begin()

    def begin(self) -> Assessment:
        """Start, and wait for what is shown first; what was taken over is not judged yet."""
        self.assessor = Assessor(self._start())
        self.shown: list[Assessment] = []
        self.assessor._rest.setInterval(NEVER)
        self.assessor._keep.setInterval(NEVER)
        self.assessor.ready.connect(self.shown.append)
        with self._qtbot.waitSignal(self.assessor.ready):
            self.assessor.want()
        return self.shown[0]

    def settle(self) -> Assessment:
        """Wait until what was taken over has been judged."""
        with self._qtbot.waitSignal(self.assessor.reckoned):
            self.assessor._rest.start(0)
        assert self.assessor.latest is not None
        return self.assessor.latest

    def keep(self, instead: Assessment | None = None) -> None:
        """Keep what was judged, or something else under its name."""
        assert self.assessor.latest is not None
        self.assessor.latest = instead or self.assessor.latest
        before = self.kept()
        self.assessor._keep.start(0)
        self._qtbot.waitUntil(lambda: self.kept() != before)

    def kept(self) -> bytes:
        path = self.assessor._keeping.path
        return path.read_bytes() if path.exists() else b""


@pytest.fixture
def session(
    sample: Sample,
    look: Look,
    program: Program,
    ledger: Ledger,
    operations: Operations,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> Iterator[Session]:
    del sample
    contexts: list[Context] = []

    def start() -> Context:
        contexts.append(Context(program, ledger, dialogs, operations, look))
        return contexts[-1]

    yield Session(start, qtbot)
    qtbot.waitUntil(lambda: not operations.busy)
    for one in contexts:
        one.close()


def found(made: Assessment) -> tuple[object, ...]:
    return made.day, made.duties, made.drifts, made.findings, made.planned


def test_the_next_start_shows_it_at_once_and_judges_it_afterwards(
    session: Session, judged: list[str]
) -> None:
    first = session.assessor.latest
    assert first is not None
    session.keep()
    judged.clear()
    shown = session.begin()
    assert not judged
    assert found(shown) == found(first)
    settled = session.settle()
    assert judged
    assert settled.kept is NOTHING
    assert found(settled) == found(first)
    assert len(session.shown) == 1, "nothing is shown anew where nothing is otherwise"


def test_what_was_kept_kinder_than_the_facts_is_put_right_and_noted(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    true = session.assessor.latest
    assert true is not None
    ((number, held),) = true.contracts.items()
    assert any(duty.state is not State.SATISFIED for duty in held.duties)
    kinder = replace(held, duties=tuple(replace(one, state=State.SATISFIED) for one in held.duties))
    session.keep(replace(true, contracts={number: kinder}))
    assert session.begin().counts(number).keys() == {State.SATISFIED}
    assert found(session.settle()) == found(true)
    assert found(session.shown[-1]) == found(true)
    assert [one.getMessage() for one in caplog.records] == [
        f"kept judgements were otherwise: contracts [{number}]"
    ]
    session.keep()
    assert found(session.begin()) == found(true)


def test_a_finding_of_no_contract_is_put_right_as_well(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    true = session.assessor.latest
    assert true is not None
    assert any(true.own.values())
    session.keep(replace(true, own=dict.fromkeys(true.own, ())))
    assert session.begin().findings != true.findings
    assert session.settle().findings == true.findings
    assert session.shown[-1].findings == true.findings
    assert caplog.records[0].getMessage().endswith("[0]")


def test_after_any_entry_made_elsewhere_all_is_judged(
    session: Session, judged: list[str], ledger: Ledger
) -> None:
    session.keep()
    judged.clear()
    session.begin()
    assert not judged
    ledger.set_officer("別の担当者")
    assert session.begin().kept is NOTHING
    assert judged


def test_a_change_before_it_was_judged_is_judged_with_all_the_rest(
    session: Session, judged: list[str], ledger: Ledger, qtbot: QtBot
) -> None:
    session.keep()
    assert session.begin().kept is not NOTHING
    judged.clear()
    with qtbot.waitSignal(session.assessor.reckoned):
        ledger.change(replace(ledger.facts().all(Location)[0], name="別室"))
    assert session.assessor.latest is not None
    assert session.assessor.latest.kept is NOTHING
    assert set(judged) >= {duty.kind for duty in session.assessor.latest.duties} - {""}


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"x" * 100])
def test_a_spoilt_file_is_made_anew(session: Session, spoilt: bytes) -> None:
    session.keep()
    path = session.assessor._keeping.path
    path.write_bytes(spoilt)
    assert session.begin().kept is NOTHING
    session.keep()
    assert session.begin().kept is not NOTHING


def test_what_is_kept_lies_with_the_settings_and_not_with_the_ledger(
    session: Session, ledger: Ledger
) -> None:
    session.keep()
    assert session.assessor._keeping.path.parent != ledger.path.parent
    assert not list(ledger.path.parent.glob("*.kept"))
    assert "髙橋".encode() not in session.kept()


def test_nothing_but_the_first_look_of_the_window_rests_on_it() -> None:
    """Papers, verification and commands judge from the records, whatever is kept."""
    asking = [path for path in APP.glob("**/*.py") if "from app.work.kept" in path.read_text("utf-8")]
    assert [path.relative_to(APP).as_posix() for path in asking] == ["ui/reckoning/keeping.py"]
    taking = [path for path in APP.glob("**/*.py") if "Keeping(" in path.read_text("utf-8")]
    assert [path.relative_to(APP).as_posix() for path in taking] == ["ui/reckoning/assessor.py"]
