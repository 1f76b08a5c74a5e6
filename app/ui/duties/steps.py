"""From the next step of a duty to the page or dialog where it is done."""

from __future__ import annotations

from app.duties.duty import Action, Step
from app.duties.papers.drift import Drift, statement_of
from app.records import Audit
from app.ui.context import Context
from app.ui.homes import new_record, place
from app.ui.targets import DoAct, EditRecord, IssueForm, Target
from app.work.desks.audit import next_act
from app.work.tasks import Task


def signs(task: Task) -> bool:
    """Whether the step is to record signatures, which is done for several workers at once."""
    return task.step.target == "oath" and task.step.action in (Action.ADD, Action.OPEN)


def _in_variants(drift: Drift) -> bool:
    """Whether the form is one that is notified anew on a change."""
    statement = statement_of(drift.submission)
    return statement is not None and bool(statement.variant)


def words(task: Task) -> str:
    """What stands on the button of a task; empty where there is nothing to press."""
    if not task.step.action:
        return ""
    if signs(task):
        return "署名を記録"
    if task.step.action is Action.ISSUE and any(_in_variants(drift) for drift in task.drifts):
        return "変更届を作成"
    return task.step.text


def take(context: Context, task: Task) -> None:
    """Do the next step of a task, or go where it is done."""
    step = task.step
    if signs(task):
        from app.ui.duties.signing import sign_oaths

        sign_oaths(context, task.contract)
    elif step.action is Action.ISSUE:
        context.navigate(IssueForm(step.target, task.contract))
    elif step.action is Action.SUBMIT:
        from app.ui.papers.fates import submit

        submit(context, step.id)
    elif step.action is Action.OPEN:
        _go(context, _opening(context, step))
    elif step.action is Action.ADD:
        _go(context, _adding(task))


def _opening(context: Context, step: Step) -> Target | None:
    """Where a record is mended. An audit's desk shows this very step: to open it from there does nothing."""
    if step.target != "audit":
        return place(step.target, step.id)
    audit = context.facts().find(Audit, step.id)
    act = next_act(audit) if audit else ""
    return DoAct(act, (step.id,)) if act else EditRecord("audit", step.id)


def _go(context: Context, target: Target | None) -> None:
    if target is not None:
        context.navigate(target)


def _adding(task: Task) -> Target | None:
    kind = task.step.target
    asset = next((gap.id for gap in task.gaps if gap.record == "asset"), 0)
    if kind == "event" and asset:
        return new_record("event", given={"asset": asset})
    return new_record(kind, task.contract, dict(task.step.given))
