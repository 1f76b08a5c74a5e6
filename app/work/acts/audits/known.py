"""What the ledger knows of an audit and of who mends its findings, held against what is said now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.records import Audit, Person
from app.records.days import wareki
from app.work.acts.devices.persons import unfit
from app.work.acts.plan import Ground

OWNER = "改善の担当者"


def unheld(audit: Audit) -> Iterator[str]:
    """That nothing says when the audit was held, or that it was held at all."""
    if audit.held_on is not None:
        return
    if audit.accepted is False:
        yield f"{audit.called}は断ったと登録されています。受け入れて実施したときは、続けて記録してください。"
    else:
        yield f"{audit.called}の実施日が記録されていません。実施したときは、続けて記録してください。"


def before(audit: Audit, label: str, day: date, way: str = "日付を確かめてください。") -> Iterator[str]:
    """That ``day``, called ``label``, lies before the audit was announced or held; ``way``: what to do."""
    if audit.announced_on is not None and day < audit.announced_on:
        told = wareki(audit.announced_on)
        yield f"{label}（{wareki(day)}）が通知を受けた日（{told}）より前です。日付を確かめてください。"
    elif audit.held_on is not None and day < audit.held_on:
        yield f"{label}（{wareki(day)}）が実施日（{wareki(audit.held_on)}）より前です。{way}"


def owner_unfit(ground: Ground, owner: int | None, day: date) -> Iterator[str]:
    """Why nobody of that id can be the owner on ``day``."""
    if (person := ground.facts.find(Person, owner)) is not None:
        yield from unfit(person, day, OWNER)


def owner_until(ground: Ground, owner: int | None, since: date, due: date | None) -> Iterator[str]:
    """That the owner, there on ``since``, leaves before it is due, or has left since."""
    person = ground.facts.find(Person, owner)
    if person is None or person.left_on is None or person.left_on < since:
        return
    told, left = f"{OWNER}の{person.name}は", wareki(person.left_on)
    if person.left_on < ground.today:
        yield f"{told}{left}に退職しています。後任を決めてください。"
    elif due is not None and person.left_on < due:
        yield f"{told}、期日（{wareki(due)}）より前の{left}に退職します。後任を決めてください。"
