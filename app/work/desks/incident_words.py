"""How the desk of an accident tells what it knows, in the window and on the command line. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.annexes.overrides import asks_of
from app.duties.duty import Duty
from app.duties.evaluators.incidents import meant
from app.records import Contract, Facts, Incident
from app.records.days import wareki, wareki_moment
from app.records.incident import IncidentNotice, said_kinds
from app.work.acts.incidents.statute import Stand
from app.work.desks.incident import Call, Clock, Content, Report
from app.work.states import days_left, named

NO_CLAUSE = "契約の特記事項に、この事故の報告や措置を求める条項が見つかりません。契約書を確かめてください。"
NOT_COUNTED = "この事故の期限を数えていません。発見した日時と、対象の情報の区分を確かめてください。"
NOTHING_LACKING = "○ この事故について、足りないものはありません。"
NOT_TOLD = "まだ知らせた記録がありません。"
NO_TELEPHONE = "電話番号は登録されていません"
NOTHING_LEFT = "記録の上で残っていることはありません。"
NO_COURSE = "まだ記録がありません。"
NO_DAY = "期日の定めなし"
STATUTE = "自社の法定報告（個人情報保護委員会）"
UNMADE = "未作成"


class Said(NamedTuple):
    """One line; ``wanting``: whether it tells of something that is missing or not certain."""

    text: str
    wanting: bool = False


def heading(incident: Incident) -> str:
    """Number, kinds and when it was found."""
    return f"{incident.number}　{said_kinds(incident.kinds)}（発見{wareki_moment(incident.found_at)}）"


def about(facts: Facts, incident: Incident) -> str:
    """Of which contract, where, and what happened."""
    contract = facts.find(Contract, incident.contract)
    parts = (named(facts, contract) if contract else "", incident.place, incident.circumstances)
    return "　".join(filter(None, parts))


def state(incident: Incident) -> str:
    """Whether it is closed, and since when."""
    return f"{wareki(incident.closed_on)}終結" if incident.closed_on else "対応中"


def whom(call: Call, *, sibling: bool) -> str:
    """Whom to telephone; ``sibling``: the call is of another incident of the same accident."""
    same = f"同じ事故（{call.incident.number}）　" if sibling else ""
    return f"{same}{call.client.name}{f'　{call.who}' if call.who else ''}"


def of_contract(facts: Facts, call: Call) -> str:
    """The contract of a call, by number and name."""
    return f"{call.contract.number}　{named(facts, call.contract)}"


def told(one: IncidentNotice) -> str:
    """One notice that the client had."""
    who = f"　{one.to_whom}" if one.to_whom else ""
    how = f"（{one.how}）" if one.how else ""
    return f"○ {wareki_moment(one.notified_at)}　{one.stage}{how}{who}"


def source(catalogue: Catalogue, clock: Clock) -> str:
    """The clause from which a clock comes."""
    annexes = {held.key: held.title for held in catalogue.annexes}
    clause = clock.duty.clause
    return f"{clause.number}　{clause.heading}（{annexes.get(clock.duty.annex, '特記事項')}）"


def uncounted(facts: Facts, incident: Incident, held: Iterable[Duty]) -> Iterator[str]:
    """Why no clause counts a day for an incident: the clauses ``held`` (``desk.unmeant``) by their reason.

    ``NO_CLAUSE`` only where the contract has none on incidents at all.
    """
    reasons: dict[str, list[str]] = {}
    for duty in held:
        numbers = reasons.setdefault(_uncounted(facts, incident, duty), [])
        if duty.clause.number not in numbers:
            numbers.append(duty.clause.number)
    yield from (f"{'、'.join(numbers)}：{why}" for why, numbers in reasons.items())
    if not reasons:
        yield NO_CLAUSE


def _uncounted(facts: Facts, incident: Incident, duty: Duty) -> str:
    if duty.state is State.NOT_APPLICABLE:
        return duty.why.removeprefix(f"{duty.clause.number}：")
    mishaps = asks_of(facts.get(Contract, incident.contract), duty.clause, duty.kind).mishaps
    if meant(incident, mishaps):
        return NOT_COUNTED
    spoken = "、".join(mishaps)
    return (
        f"{spoken}の事故についての条項です。この事故の種類は「{said_kinds(incident.kinds)}」のため、"
        f"期限を数えていません。{spoken}に当たらないことを発注者に確かめ、当たるときは「種類」を直してください。"
    )


def lacking(clock: Clock) -> str:
    """What is missing first, and how much more."""
    more = f"（ほか{len(clock.open) - 1}件）" if len(clock.open) > 1 else ""
    return f"{clock.open[0].text}{more}"


def asked(clock: Clock) -> str:
    """Why only the client can say whether the clause means this incident; empty where it surely does."""
    duty = clock.duty
    if duty.state is not State.CONFIRM or not clock.open or clock.open[0] != duty.missing[0]:
        return ""
    return f"要確認：{duty.why.removeprefix(f'{duty.clause.number}：')}"


def counted(clock: Clock) -> str:
    """How its day was counted; empty where nothing was."""
    return f"数え方：{clock.duty.counted}" if clock.duty.counted else ""


def left(due: date, today: date, *, expected: bool = False) -> str:
    """How much time is left; ``expected``: the day is only about when it is due, and never over."""
    if expected and due < today:
        return f"目安を{(today - due).days}日経過"
    return days_left(due, today)


def stood(one: Stand) -> str:
    """A step of the vendor's own report that was done; empty for one that was not."""
    if one.done is None:
        return ""
    return f"○ {one.title}：{wareki(one.done)}{'（期限の後）' if one.late else ''}"


def issued(report: Report) -> str:
    """The paper of a report; empty where none was made."""
    paper = report.paper
    return f"{paper.number}　{wareki(paper.issued_on)}発行" if paper else ""


def contents(facts: Facts, incident: Incident, held: Iterable[Content]) -> Iterator[tuple[Said, ...]]:
    """What was on the lost things and how they were protected; of what the ledger does not say, that."""
    day = wareki((incident.happened_at or incident.found_at).date())
    for row in incident.assets:
        name = facts.key_of("asset", row.asset) if row.asset else ""
        count = f"{row.persons:,}人" if row.persons else "本人の数は未確認"
        what = (name, row.item or row.medium or "情報項目は未確認", count)
        yield (Said("　".join(filter(None, what))),)
    if not incident.assets:
        yield (Said("対象の情報がまだ登録されていません。", wanting=True),)
    for one in held:
        yield tuple(_content(day, one))
    if incident.recipient or incident.recovered is not None:
        back = incident.spec.field("recovered").kind.to_text(incident.recovered) or "未確認"
        yield (Said(f"渡った相手：{incident.recipient or '未確認'}　回収：{back}"),)


def _content(day: str, one: Content) -> Iterator[Said]:
    yield Said(f"{day}現在の登録　{one.protection}")
    if one.sure:
        yield Said(f"入っていた：{'、'.join(one.sure)}")
    if one.doubtful:
        yield Said(f"残っていたか要確認：{'、'.join(one.doubtful)}", wanting=True)
    if not one.sure and not one.doubtful:
        yield Said("情報資産が入っていた記録はありません。中身を確かめてください。", wanting=True)


def course(incident: Incident) -> Iterator[tuple[str, str]]:
    """What was done, the latest first: when, and what by whom."""
    for row in sorted(incident.timeline, key=lambda one: one.at, reverse=True):
        yield wareki_moment(row.at), "　".join(filter(None, (row.what, row.who)))
