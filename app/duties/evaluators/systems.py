"""access-control and access-log: who may enter each system, and who looks at its log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter, itemgetter

from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import Part, counts, first_again, often, owed, period_of
from app.duties.evaluators.rounds import late_rounds
from app.duties.evaluators.stated import states, unclear
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import AccessReview, Person, System

_WATCHED, _ANALYSED, _KEPT, _LOGGED = "監視", "分析", "保存", "記録"
_POINTS = (_WATCHED, _ANALYSED, _KEPT, _LOGGED)
"""What a clause may ask of a log, by the word that tells it; the first that fits an item counts."""
_A_YEAR = 12


def in_use(view: ContractView) -> tuple[System, ...]:
    """The systems in which the information of the contract is handled now."""
    return tuple(
        system
        for system in view.covering(System)
        if (system.starts_on is None or system.starts_on <= view.as_of)
        and (system.ends_on is None or system.ends_on >= view.as_of)
    )


def judge_control(question: Question) -> Verdict:
    systems = question.view.once(in_use)
    if not systems:
        return question.unrecorded(
            "情報システムが登録されていないため、アクセスの制御を示せません。", "system"
        )
    lacks = [lack for system in systems for lack in (*_open_doors(system), *_left_alone(question, system))]
    evidence = [question.evidence(system) for system in systems if states(system.authentication)]
    satisfied = f"情報システム{len(systems)}件の認証の方法、アクセス権、管理者が登録されています。"
    doubts = [
        lack
        for one in systems
        for what, text in (("認証の方法", one.authentication), ("アクセス権の設定", one.access_rights))
        if states(text)
        for lack in unclear(one, f"情報システム「{one.name}」の{what}", text)
    ]
    return question.judge(lacks, evidence, satisfied, doubts=doubts)


def _open_doors(system: System) -> Iterator[Lack]:
    absent = [
        label
        for label, stated in (
            ("認証の方法", states(system.authentication)),
            ("アクセス権の設定", states(system.access_rights)),
            ("管理者", system.administrator),
        )
        if not stated
    ]
    if absent:
        yield Lack(
            f"情報システム「{system.name}」の{'、'.join(absent)}が登録されていません。",
            f"情報システムは、{'、'.join(absent)}を定めて利用者を制御する必要があります。",
            "system",
            system.id,
            None,
            open_record(system),
        )


def _left_alone(question: Question, system: System) -> Iterator[Lack]:
    """Who left the company administers nothing, and may still have the keys."""
    person = question.view.facts.find(Person, system.administrator)
    left = person.left_on if person is not None else None
    if person is not None and left is not None and left < question.view.as_of:
        text = f"情報システム「{system.name}」の管理者である{person.name}は、{shown(left)}に退職しています。"
        why = "情報システムには、在職する管理者を定めて利用者を制御する必要があります。"
        yield Lack(text, why, "system", system.id, None, open_record(system))


def judge_log(question: Question) -> Verdict:
    systems = question.view.once(in_use)
    if not systems:
        return question.unrecorded(
            "情報システムが登録されていないため、アクセスの記録を示せません。", "system"
        )
    asked = _asked(question)
    lacks: list[Lack] = []
    evidence: list[Evidence] = []
    read: list[tuple[date, System]] = []
    for system in systems:
        found = [*_unlogged(system, asked), *_short(question, system, asked), *_unwatched(system, asked)]
        lacks.extend(found)
        if not found:
            evidence.append(question.evidence(system))
        if _ANALYSED in asked:
            lacks.extend(_unread(question, system, evidence, read))
    what = {_LOGGED: "取得", _KEPT: "保存", _ANALYSED: "分析", _WATCHED: "監視"}
    done = "、".join(what[point] for point in reversed(_POINTS) if point in asked)
    satisfied = f"情報システム{len(systems)}件のアクセスの記録について、{done}が行われています。"
    late = tuple(_late(question)) if _ANALYSED in asked else ()
    doubts = [lack for one in systems for lack in _unclear(question, one, asked)]
    return question.judge(lacks, evidence, satisfied, *_renewal(question, read), remarks=late, doubts=doubts)


def parts(question: Question) -> Iterator[Part]:
    """Each system whose log is to be read within the period; none where the clause asks for no analysis."""
    view = question.view
    for system in view.once(in_use) if _ANALYSED in _asked(question) else ():
        held = (one.reviewed_on for one in view.facts.of(AccessReview, "system", system.id))
        days = tuple(sorted(day for day in held if day <= view.day))
        yield Part(system.name, system.spec.name, system.id, days, _since(view, system))


def _unclear(question: Question, system: System, asked: frozenset[str]) -> Iterator[Lack]:
    """What is written of the watching, or was done about an anomaly, where it may be a plan."""
    what = f"情報システム「{system.name}」の"
    if _WATCHED in asked and states(system.monitoring):
        yield from unclear(system, f"{what}不正なアクセスの監視", system.monitoring)
    for one in question.view.facts.of(AccessReview, "system", system.id) if _ANALYSED in asked else ():
        if one.reviewed_on <= question.view.day and one.anomalies and states(one.action):
            yield from unclear(one, f"{what}異常への措置（{shown(one.reviewed_on)}）", one.action)


def _late(question: Question) -> Iterator[Remark]:
    """The analyses that came after their day, of systems that are no longer used as well."""
    view = question.view
    period = period_of(question.asks)
    for system in view.covering(System):
        held = [
            one for one in view.facts.of(AccessReview, "system", system.id) if one.reviewed_on <= view.day
        ]
        by_day = {one.reviewed_on: one for one in held}
        for due, on in late_rounds(view, period, by_day, _since(view, system), system.ends_on):
            what = f"情報システム「{system.name}」のアクセス記録の分析"
            text = f"{what}は、期限（{shown(due)}）の後の{shown(on)}でした。"
            yield Remark(text, "access_review", by_day[on].id, due, on)


def _renewal(question: Question, read: list[tuple[date, System]]) -> tuple[Deadline | None, Step]:
    """By when the log of the first of the systems, each with the day of its last review, is read again."""
    view = question.view
    by = first_again(view, period_of(question.asks), ((day, _since(view, one)) for day, one in read))
    system = min(read, key=itemgetter(0))[1].id if read else 0
    return by, add("access_review", system=system)


def _asked(question: Question) -> frozenset[str]:
    """What the clause asks of the log: what its items name, all where they name nothing known."""
    named = (next((point for point in _POINTS if point in item), "") for item in question.asks.items)
    return frozenset(point for point in named if point) or frozenset(_POINTS)


def _unlogged(system: System, asked: frozenset[str]) -> Iterator[Lack]:
    if _LOGGED in asked and system.logged is not True:
        text = f"情報システム「{system.name}」のアクセスの記録が取得されていません。"
        if system.logged is None:
            text = f"情報システム「{system.name}」のアクセスの記録を取得しているかが登録されていません。"
        why = "情報システムへのアクセスは、記録する必要があります。"
        yield Lack(text, why, "system", system.id, None, open_record(system))


def _short(question: Question, system: System, asked: frozenset[str]) -> Iterator[Lack]:
    least = question.asks.keep_months or _A_YEAR
    kept = system.log_kept_months
    if _KEPT in asked and (kept is None or kept < least):
        text = f"情報システム「{system.name}」のアクセスの記録の保存期間が登録されていません。"
        if kept is not None:
            text = f"情報システム「{system.name}」のアクセスの記録は{kept}か月しか保存されません。"
        why = f"アクセスの記録は{least}か月以上保存する必要があります。"
        yield Lack(text, why, "system", system.id, None, open_record(system))


def _unwatched(system: System, asked: frozenset[str]) -> Iterator[Lack]:
    if _WATCHED in asked and not states(system.monitoring):
        text = f"情報システム「{system.name}」の不正なアクセスの監視が登録されていません。"
        why = "情報システムは、不正なアクセスがないか監視する必要があります。"
        yield Lack(text, why, "system", system.id, None, open_record(system))


def _unread(
    question: Question, system: System, evidence: list[Evidence], read: list[tuple[date, System]]
) -> Iterator[Lack]:
    view = question.view
    period = period_of(question.asks)
    held = (one for one in view.facts.of(AccessReview, "system", system.id) if one.reviewed_on <= view.day)
    done = sorted(held, key=attrgetter("reviewed_on", "id"))
    days = [one.reviewed_on for one in done]
    deadline = owed(view, period, days, _since(view, system))
    if deadline is not None:
        last = f"は{shown(done[-1].reviewed_on)}が最後です" if done else "の記録がありません"
        yield Lack(
            f"情報システム「{system.name}」のアクセス記録の分析{last}。",
            f"アクセスの記録は{often(period)}分析する必要があります。",
            "system",
            system.id,
            step=add("access_review", system=system.id),
        ).by(deadline)
    elif counts(view, period, days, _since(view, system)):
        evidence.append(question.evidence(done[-1], done[-1].reviewed_on))
        read.append((days[-1], system))
    for one in done:
        if one.anomalies and not states(one.action):
            yield Lack(
                f"情報システム「{system.name}」の分析（{shown(one.reviewed_on)}）で見つかった異常に、措置の記録がありません。",
                "アクセスの記録に異常があったときは、措置をとって記録する必要があります。",
                "access_review",
                one.id,
                None,
                open_record(one),
            )


def _since(view: ContractView, system: System) -> date:
    return max(system.starts_on or view.contract.starts_on, view.contract.starts_on)


CONTROL = evaluator("access-control", judge_control, State.DUE, State.CONFIRM, State.SATISFIED)
LOG = evaluator("access-log", judge_log, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
