"""From the next step of a duty to the page or dialog where it is done."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.duties.drift import Drift, statement_of
from app.duties.duty import Action
from app.records import SPECS, fields_of
from app.records.kinds import Ref, Rows
from app.ui.context import Context
from app.ui.targets import EditRecord, IssueForm, ShowContract, ShowDocument, ShowSettings, Target
from app.work.tasks import Task

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def preset_for(kind: str, contract: int) -> Mapping[str, Any]:
    """What a new record of a type starts with when it is made for a contract."""
    if not contract:
        return _NOTHING
    for field in fields_of(SPECS[kind].cls):
        if field.name == "contract" and isinstance(field.kind, Ref):
            return {"contract": contract}
        if field.name == "contracts" and isinstance(field.kind, Rows):
            row: Any = field.kind.of
            return {"contracts": (row(contract=contract),)}
    return _NOTHING


def target_of(record: str, record_id: int = 0, contract: int = 0) -> Target:
    """Where a record is shown; id 0 adds one."""
    if record == "vendor":
        return ShowSettings("vendor")
    if record == "submission" and record_id:
        return ShowDocument(record_id)
    if record == "contract" and record_id:
        return ShowContract(record_id)
    return EditRecord(record, record_id, _NOTHING if record_id else preset_for(record, contract))


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
        context.navigate(target_of(step.target, step.id))
    elif step.action is Action.ADD:
        context.navigate(_adding(task))


def _adding(task: Task) -> Target:
    kind = task.step.target
    asset = next((gap.id for gap in task.gaps if gap.record == "asset"), 0)
    if kind == "event" and asset:
        return EditRecord("event", 0, {"asset": asset})
    if task.step.given:
        return EditRecord(kind, 0, {**preset_for(kind, task.contract), **dict(task.step.given)})
    return target_of(kind, 0, task.contract)
