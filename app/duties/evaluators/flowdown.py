"""subcontract-flowdown: the agreement binds the sub-contractor as the clause asks, and it is supervised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from app.annexes.choices import Exempt, Further, Workers
from app.annexes.kinds import State
from app.counting.deadlines import Deadline
from app.duties.duty import Remark, Step
from app.duties.evaluators.checked import begun_checks, checks, unmended
from app.duties.evaluators.delegated import delegations, name_of, unmanned
from app.duties.evaluators.delegating import unrecorded_delegations
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.ground import ground_of
from app.duties.evaluators.over import late, missed_rounds
from app.duties.evaluators.periodic import again, earliest, lapses, often, owed, period_of
from app.duties.evaluators.scope import stands
from app.duties.evaluators.stated import states, unclear
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView, Worker
from app.records import Approval, Check, Oath, Subcontract
from app.records.check import CheckKind
from app.records.oath import OathKind
from app.records.subcontract import FlowdownDuty

_BY_KIND: Mapping[str, FlowdownDuty] = MappingProxyType(
    {
        "secrecy": FlowdownDuty.SECRECY,
        "purpose-limit": FlowdownDuty.PURPOSE,
        "security-measures": FlowdownDuty.SAFETY,
        "copy-approval": FlowdownDuty.COPY,
        "takeout-approval": FlowdownDuty.TAKE_OUT,
        "training": FlowdownDuty.TRAINING,
        "oath": FlowdownDuty.OATH,
        "incident-notice": FlowdownDuty.REPORT,
        "audit": FlowdownDuty.AUDIT,
        "return": FlowdownDuty.RETURN,
        "disposal": FlowdownDuty.RETURN,
    }
)
"""A kind of duty of the vendor → what puts the same on the sub-contractor."""
_SAME = ("同等の義務", "守るために必要な事項")
"""Words in an item by which the agreement has to carry whatever the annex puts on the vendor."""
_INSTRUCTED = "指示する事項"


def judge(question: Question) -> Verdict:
    held = delegations(question.view)
    why = "再委託先には、契約で同じ義務を負わせ、守られているかを監督する必要があります。"
    lacks = list(unrecorded_delegations(question, why))
    if not held and not lacks:
        return question.not_due(
            "再委託の記録はなく、行う場合は再委託先に同じ義務を負わせて監督する必要があります。"
        )
    remarks: list[Remark] = []
    doubts: list[Lack] = []
    for one in held:
        lacks.extend(_further(question, one))
        lacks.extend(_unbound(question, one))
        lacks.extend(_unselected(question, one))
        lacks.extend(_unsupervised(question, one))
        lacks.extend(_left_wanting(question, one))
        remarks.extend(_over(question, one))
        doubts.extend(_unsaid(question, one))
        if question.asks.selection and states(one.selection):
            doubts.extend(unclear(one, f"{_what(question, one)}の選定時の確認の内容", one.selection))
    if any("従事者の" in item for item in question.asks.items):
        lacks.extend(_workers(question))
        doubts.extend(unmanned(question))
    evidence = [question.evidence(one, one.agreed_on) for one in held if _agreed(question.view, one)]
    evidence.extend(question.evidence(one, one.done_on) for one in _checks(question.view))
    satisfied = f"再委託{len(held)}件は、求められた義務を契約に入れ、監督しています。"
    by, step = earliest(_renewals(question, held))
    return question.judge(lacks, evidence, satisfied, by, step, remarks=remarks, doubts=doubts)


def _over(question: Question, one: Subcontract) -> Iterator[Remark]:
    """An agreement or a choice that came after the start, and checks that were let go by."""
    view, name, due = question.view, name_of(question.view, one), question.before(one.starts_on)
    if one.agreed_on is not None and _agreed(view, one) and one.agreed_on > due:
        yield late(f"{name}との再委託契約の締結", one, due, one.agreed_on)
    if question.asks.selection and one.selected_on is not None and due < one.selected_on <= view.day:
        yield late(f"{name}を選定したときの確認", one, due, one.selected_on)
    if _supervised(question):
        done = [check.done_on for check in _checks(view) if check.subcontract == one.id]
        missed = lapses(view, period_of(question.asks), done, one.starts_on, _until(view, one))
        yield from missed_rounds(f"{name}への再委託の点検", one, missed)


def _unselected(question: Question, one: Subcontract) -> Iterator[Lack]:
    """Where the clause wants an able sub-contractor, its choice rests on what was found beforehand."""
    if not question.asks.selection:
        return
    found_out = one.selected_on is not None and one.selected_on <= question.view.day
    absent = [
        label
        for label, stated in (("選定時の確認の内容", states(one.selection)), ("選定の確認日", found_out))
        if not stated
    ]
    if absent:
        why = (
            "再委託先は、同等の安全管理措置を講じられることを、再委託が始まる前に確かめて選ぶ必要があります。"
        )
        text = f"{_what(question, one)}に、{'と'.join(absent)}が登録されていません。"
        lack = Lack(text, why, "subcontract", one.id, step=open_record(one))
        yield lack.by(question.beforehand(one.starts_on))


def _renewals(question: Question, held: Sequence[Subcontract]) -> Iterator[tuple[Deadline | None, Step]]:
    """By when each running delegation is checked again."""
    view, period = question.view, period_of(question.asks)
    for one in held if _supervised(question) else ():
        done = [check.done_on for check in _checks(view) if check.subcontract == one.id]
        yield again(view, period, done, one.starts_on, _until(view, one)), _checking(one)


def _agreed(view: ContractView, one: Subcontract) -> bool:
    return one.agreed_on is not None and one.agreed_on <= view.day


def _what(question: Question, one: Subcontract) -> str:
    return f"{name_of(question.view, one)}への再委託（始期{shown(one.starts_on)}）"


def _unbound(question: Question, one: Subcontract) -> Iterator[Lack]:
    """The agreement is there before the work starts, and carries what the clause asks."""
    why = f"再委託は、始まる（{shown(one.starts_on)}）前に再委託先との契約で義務を負わせる必要があります。"
    what = _what(question, one)
    if not _agreed(question.view, one):
        lack = Lack(
            f"{what}の契約の締結日が登録されていません。", why, "subcontract", one.id, step=open_record(one)
        )
        yield lack.by(question.beforehand(one.starts_on))
        return
    if question.asks.written and one.agreement_written is False:
        text = f"{what}の契約が書面によるものとして登録されていません。"
        written = "再委託先に負わせる義務は、再委託先との契約書に明記する必要があります。"
        yield Lack(text, written, "subcontract", one.id, step=open_record(one))
    absent = [str(duty) for duty in _wanted(question) if duty not in one.duty_names]
    if absent:
        asked = f"（条項の求め：{'、'.join(question.asks.items)}）" if question.asks.items else ""
        text = f"{what}の契約に「{'」「'.join(absent)}」が入っていません{asked}。"
        yield Lack(text, why, "subcontract", one.id, step=open_record(one))
    if any(_INSTRUCTED in item for item in question.asks.items) and not one.instructed:
        text = f"{what}で、発注者が指示した事項（なければその旨）の伝達が登録されていません。"
        yield Lack(text, why, "subcontract", one.id, step=open_record(one))


def _unsaid(question: Question, one: Subcontract) -> Iterator[Lack]:
    """Where the clause wants it in writing, an agreement of which nobody says how it was made."""
    if question.asks.written and _agreed(question.view, one) and one.agreement_written is None:
        yield Lack(
            f"{_what(question, one)}の契約が書面によるものかが登録されていません。",
            "再委託先に負わせる義務は契約書に明記することとされているため、契約の方式を確かめてください。",
            "subcontract",
            one.id,
            step=open_record(one),
        )


def _wanted(question: Question) -> tuple[FlowdownDuty, ...]:
    """The duties that the agreement must carry: those named by an item, and the vendor's own where equal."""
    items = question.asks.items
    found = [duty for duty in FlowdownDuty if str(duty) in items]
    if any(word in item for word in _SAME for item in items):
        found.extend(question.view.once(_own_duties, question.clause.annex))
    return tuple(dict.fromkeys(found))


def _own_duties(view: ContractView, annex: str) -> tuple[FlowdownDuty, ...]:
    """What the annex puts on the vendor under this contract, in the words of an agreement."""
    row = next((row for row in view.contract.annexes if row.annex == annex), None)
    held = view.catalogue.find(row.annex, row.version) if row else None
    options = row.options if row else ()
    kinds = {
        kind
        for one in (held.clauses if held else ())
        if set(one.options) <= set(options)
        for kind in one.kinds
    }
    return tuple(dict.fromkeys(duty for kind, duty in _BY_KIND.items() if kind in kinds))


def _further(question: Question, one: Subcontract) -> Iterator[Lack]:
    """Further delegation: never, or bound in the same way."""
    what = _what(question, one)
    below = any(other.parent == one.id for other in delegations(question.view))
    match question.asks.further:
        case Further.FORBIDDEN:
            why = "再委託先がさらに委託することは、承諾があっても認められません。"
            if Exempt.NONE not in question.asks.exception:
                why = "再委託先がさらに委託することは認められません。"
            if one.tier > 1 and not _lifted(question, one):
                text = (
                    f"{what}は{one.tier}次の再委託で、禁止に反するため、事情と対応を確かめる必要があります。"
                )
                yield Lack(text, why, "subcontract", one.id, step=open_record(one))
            elif one.tier == 1 and one.further and not below:
                text = f"{what}は、さらなる委託が「あり」とされ、禁止に反します。"
                yield Lack(text, why, "subcontract", one.id, step=open_record(one))
        case Further.SAME_DUTIES:
            settled = (FlowdownDuty.SAME_DUTIES,) if below or one.further else tuple(_SETTLED)
            if _agreed(question.view, one) and not any(duty in one.duty_names for duty in settled):
                why = "再委託先がさらに委託する場合は、その相手にも同じ義務を負わせる必要があります。"
                text = f"{what}の契約に「{'」又は「'.join(settled)}」が入っていません。"
                yield Lack(text, why, "subcontract", one.id, step=open_record(one))


def _lifted(question: Question, one: Subcontract) -> bool:
    """Whether the client's word for this very delegation lifts a ban that the clause lets it lift."""
    ground = ground_of(question.asks)
    approval = question.view.facts.find(Approval, one.approval)
    if not question.asks.exception or ground.absolute or approval is None:
        return False
    return stands(approval, question.view.day) and not any(ground.offended(approval))


_SETTLED = (FlowdownDuty.NO_FURTHER, FlowdownDuty.SAME_DUTIES)


def _checks(view: ContractView) -> tuple[Check, ...]:
    return checks(view, CheckKind.SUBCONTRACTOR)


def _unsupervised(question: Question, one: Subcontract) -> Iterator[Lack]:
    """A running delegation is checked once in the period; a clause on its agreement or workers asks none."""
    view = question.view
    if not _supervised(question):
        return
    done = [check.done_on for check in _checks(view) if check.subcontract == one.id]
    deadline = owed(view, period_of(question.asks), done, one.starts_on, _until(view, one))
    if deadline is None or one.starts_on > view.day:
        return
    last = f"は{shown(max(done))}が最後です" if done else "の記録がありません"
    why = f"再委託先の監督は{often(period_of(question.asks))}行う必要があります。"
    text = f"{_what(question, one)}の点検{last}。"
    yield Lack(text, why, "subcontract", one.id, step=_checking(one)).by(deadline)


def _left_wanting(question: Question, one: Subcontract) -> Iterator[Lack]:
    """What a check of the delegation found wanting; a clause on its agreement or workers asks for none."""
    if _supervised(question):
        begun = begun_checks(question.view, CheckKind.SUBCONTRACTOR)
        yield from unmended(question, tuple(c for c in begun if c.subcontract == one.id))


def _supervised(question: Question) -> bool:
    return not question.asks.workers and question.asks.further is not Further.FORBIDDEN


def _checking(one: Subcontract) -> Step:
    return add("check", kind=str(CheckKind.SUBCONTRACTOR), subcontract=one.id)


def _until(view: ContractView, one: Subcontract) -> date:
    return min(one.ends_on or view.contract.last_day, view.contract.last_day)


def _workers(question: Question) -> Iterator[Lack]:
    """The sub-contractor's own workers: trained, and their oaths received."""
    why = "再委託先の従事者にも、従事する前に研修を受けさせ、誓約書を集める必要があります。"
    trained = any("研修" in item for item in question.asks.items)
    sworn = any("誓約書" in item for item in question.asks.items)
    for worker in question.view.workers_of((Workers.SUBCONTRACTOR,)):
        absent = []
        if trained and worker.person.id not in question.view.attended:
            absent.append("研修の受講")
        if sworn and not _sworn(question.view, worker):
            absent.append("署名済みの誓約書")
        if absent:
            text = f"再委託先の{worker.person.name}について、{'と'.join(absent)}の記録がありません。"
            lack = Lack(text, why, "person", worker.person.id, step=open_record(worker.person))
            yield lack.by(question.beforehand(worker.since))


def _sworn(view: ContractView, worker: Worker) -> bool:
    return any(
        oath.person == worker.person.id
        and oath.kind == OathKind.STARTING
        and oath.signed_on is not None
        and oath.signed_on <= view.day
        for oath in view.covering(Oath)
    )


EVALUATOR = evaluator(
    "subcontract-flowdown", judge, State.NOT_DUE, State.DUE, State.OVERDUE, State.CONFIRM, State.SATISFIED
)
