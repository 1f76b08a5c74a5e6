"""How the desk of an audit tells what it knows, in the window and on the command line. No widgets."""

from __future__ import annotations

from datetime import date

from app.records import Audit, Contract, Facts, Improvement, Location, Person, Submission
from app.records.days import wareki
from app.work.desks.audit import Ahead, Answered, standing
from app.work.states import named

NOTHING = "直すことは見つかりません"
NOTHING_WHY = "期限の来た義務も、記録の食い違いもありません。"
NO_MATERIAL = "まだ記録がありません。"
NO_ANSWER = "回答した日が記録されていません。"
NO_IMPROVEMENT = "改善の記録がありません。"
NO_FINDING = "指摘は記録されていません。"


def heading(audit: Audit) -> str:
    """Number and kind."""
    return f"{audit.number}　{audit.kind}"


def about(facts: Facts, audit: Audit) -> str:
    """Of which contract, when, where and by whom."""
    contract, place = facts.find(Contract, audit.contract), facts.find(Location, audit.location)
    day = audit.held_on or audit.planned_on
    when = f"{'実施' if audit.held_on else '予定'}{wareki(day)}" if day else "予定日は未定"
    where = "　".join(filter(None, (place.name if place else "", audit.place)))
    parts = (named(facts, contract) if contract else "", when, where, audit.auditor)
    return "　".join(filter(None, parts))


def counted(audit: Audit, found: Ahead) -> str:
    """How much an auditor would find, and how much of it can be begun today."""
    head = "当日までに直すこと" if audit.held_on is None else "この契約でいま開いていること"
    ways = f"（きょう手を付けられるもの{found.today}件）" if found.today < found.lines else ""
    return f"{head}　{found.lines}件{ways}"


def binder(newest: Submission) -> str:
    """The binder that was issued last: it shows the ledger as it was then."""
    return f"{newest.number}　{newest.title}（{wareki(newest.issued_on)}発行。その日の記録です）"


def finding(one: Answered) -> str:
    """A finding by its number."""
    return f"指摘{one.number}　{one.finding.finding}"


def answer(one: Answered) -> str:
    """What was answered and when; empty where no day is recorded."""
    on = one.finding.answered_on
    return f"○ {wareki(on)}回答　{one.finding.answer}" if on else ""


def improvement(one: Improvement) -> str:
    """An improvement by its number."""
    return f"{one.number}　{one.action or one.finding}"


def owed(facts: Facts, one: Improvement, today: date) -> str:
    """Where an improvement stands, whose it is, and by when."""
    owner = facts.find(Person, one.owner)
    who = f"担当：{owner.name}" if owner else "担当者は未定"
    due = f"期日：{wareki(one.due_on)}" if one.due_on else "期日は未定"
    return "　".join(("　".join(standing(one, today)), who, due))
