"""The desk of an audit: what is to be mended first, what may be shown, what came of findings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.duty import Action, Step
from app.duties.finding import Finding as CrossCheck
from app.duties.finding import Severity
from app.records.audit import Finding
from app.work.desks import audit as desk
from app.work.tasks import Group
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)


def check(severity: Severity, action: Action = Action.OPEN) -> CrossCheck:
    return CrossCheck("x", severity, str(severity), "asset", 1, 1, next=Step("開く", action, "asset", 1))


def test_what_presses_stands_first_and_nothing_that_only_comes(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    world.clause("status-report", "periodic", period_months=1)
    world.incident("漏えい", found=DURING - 3 * DAY)
    found = desk.ahead(world.duties(DURING), (), (), DURING)
    groups = [group for group, _tasks in found.groups]
    assert groups[0] is Group.ACCIDENT
    assert Group.COMING not in groups
    assert found.lines == sum(len(held) for _group, held in found.groups)
    states = {duty.state for _group, held in found.groups for one in held for duty in one.duties}
    assert states <= {State.OVERDUE, State.DUE, State.WAITING, State.CONFIRM}


def test_what_does_not_fit_is_worst_first_and_counted(world: World) -> None:
    del world
    odd = (check(Severity.REMARK, Action.NONE), check(Severity.VIOLATION))
    found = desk.ahead((), (), odd, DURING)
    assert [one.severity for one in found.findings] == [Severity.VIOLATION, Severity.REMARK]
    assert (found.lines, found.today) == (2, 1)


def test_papers_to_issue_are_each_named_once(world: World) -> None:
    world.clause("incident-notice", "each-time", urgency="直ちに")
    for _ in range(2):
        world.incident("漏えい", found=DURING - 3 * DAY)
    found = desk.to_issue(desk.ahead(world.duties(DURING), (), (), DURING))
    assert found == ((world.contract.id, "incident-first"),)


def test_a_paper_that_came_back_is_not_shown_as_one_that_counts(world: World) -> None:
    world.use(world.place())
    world.worker("鈴木次郎")
    good = world.issue("location-notice")
    world.change(world.issue("worker-list"), sent_back_on=DURING, sent_back_why="押印")
    assert [one.id for one in desk.papers(world.facts(), world.contract.id)] == [good.id]


def test_a_finding_stands_with_what_was_put_right_because_of_it(world: World) -> None:
    audit = world.audit(findings=(Finding(number=2, finding="あ"), Finding(number=5, finding="い")))
    mine = world.improvement(audit=audit.id, finding_number=2)
    other = world.improvement(audit=audit.id, finding_number=9)
    world.improvement()
    found = desk.answers(world.facts(), audit)
    assert [(one.number, one.improvements) for one in found] == [(2, (mine,)), (5, ())]
    assert desk.loose(world.facts(), audit) == (other,)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "予定日を過ぎ、実施の記録なし（1日超過）"),
        (0, "実施はきょう"),
        (1, "実施はあす"),
        (2, "実施まであと2日"),
    ],
)
def test_where_an_announced_audit_stands(world: World, days: int, said: str) -> None:
    assert desk.stage(world.audit(planned_on=DURING + days * DAY), DURING) == said


def test_an_audit_that_is_over_is_not_done_while_a_finding_is_unanswered(world: World) -> None:
    rows = (Finding(number=1, finding="あ", answer="済", answered_on=DURING), Finding(number=2, finding="い"))
    audit = world.audit(held_on=DURING - DAY, findings=rows)
    assert desk.stage(audit, DURING) == "実施済み・未回答の指摘1件"


@pytest.mark.parametrize(
    ("done", "effect", "said"),
    [
        (None, None, "未実施　あと2日"),
        (DURING, None, "実施済み・効果は未確認"),
        (DURING, DURING, "実施済み・効果を確認"),
    ],
)
def test_an_improvement_is_not_done_with_before_its_effect_is_seen(
    world: World, done: date | None, effect: date | None, said: str
) -> None:
    one = world.improvement(START, due_on=DURING + 2 * DAY, done_on=done, effect_on=effect)
    assert "　".join(desk.standing(one, DURING)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"accepted": False, "refused_why": "繁忙期"}, "断った"),
        (
            {"accepted": True, "refused_why": "繁忙期", "planned_on": DURING},
            "実施はきょう（先に断っています）",
        ),
        ({"accepted": True, "refused_why": "繁忙期", "held_on": DURING}, "実施済み（先に断っています）"),
        ({"accepted": False, "refused_why": "繁忙期", "held_on": DURING}, "実施済み（先に断っています）"),
        ({"accepted": True, "held_on": DURING}, "実施済み"),
    ],
)
def test_an_audit_that_was_refused_at_first_says_so_where_it_stands(
    world: World, values: dict[str, Any], said: str
) -> None:
    assert desk.stage(world.audit(**{"held_on": None, **values}), DURING) == said
